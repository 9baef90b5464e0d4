"""The committed map of the Cambodian theatre is right to a Cambodian's eye."""

from __future__ import annotations

import time
from collections import deque
from itertools import pairwise
from pathlib import Path

import pytest

from game.core import hexes
from game.core.hexmap import HexMap
from game.core.ids import Crossing, Flood, Relief, River, Terrain
from game.scenario.mapfile import dump_lines, dump_map, lines_path, load_lines, load_map
from tests.map.asking import ROUTES, at, beside_river, direction, road_path, same_bank

FILE = Path(__file__).parents[2] / "scenarios" / "maps" / "cambodia_12km.yaml"

INVASION = [
    "aranyaprathet",
    "ba_chuc",
    "battambang",
    "ben_cau",
    "bien_hoa",
    "bu_dop",
    "buon_ma_thuot",
    "chau_doc",
    "duc_co",
    "ha_tien",
    "hong_ngu",
    "kampong_cham",
    "kampong_chhnang",
    "kampong_rou",
    "kampong_som",
    "kampong_trabek",
    "kep",
    "kirivong",
    "kratie",
    "krek",
    "loc_ninh",
    "memot",
    "moc_bai",
    "neak_luong",
    "o_yadav",
    "phnom_penh",
    "phu_quoc",
    "pleiku",
    "prey_veng",
    "sen_monorom",
    "snuol",
    "stung_treng",
    "svay_rieng",
    "takeo",
    "tan_bien",
    "tani",
    "tay_ninh",
    "tinh_bien",
    "xa_mat",
]
"""Where the formations of 25 December 1978 stand."""


@pytest.fixture(scope="module")
def theatre() -> HexMap:
    return load_map(FILE)


@pytest.mark.parametrize("route", ROUTES)
def test_a_national_route_passes_through_its_towns(theatre: HexMap, route: str) -> None:
    towns = ROUTES[route].split()
    for a, b in pairwise(towns):
        path = road_path(theatre, at(theatre, a), at(theatre, b))
        straight = hexes.distance(at(theatre, a), at(theatre, b), theatre.cols)
        assert path, f"{route}: no road from {a} to {b}"
        assert len(path) - 1 <= max(straight * 1.5, straight + 2), f"{route}: {a} to {b} goes a long way round"


@pytest.mark.parametrize("route", ROUTES)
def test_a_national_route_crosses_great_rivers_only_by_ferry_or_bridge(theatre: HexMap, route: str) -> None:
    towns = ROUTES[route].split()
    for a, b in pairwise(towns):
        path = road_path(theatre, at(theatre, a), at(theatre, b))
        for here, there in pairwise(path):
            d = direction(theatre, here, there)
            if theatre.river[here, d] >= River.MAJOR:
                assert theatre.crossing[here, d] != Crossing.NONE, (
                    f"{route} between {a} and {b} at {theatre.code(here)}"
                )


@pytest.mark.parametrize(
    ("west", "east", "crossing"),
    [
        ("takhmau", "neak_luong", Crossing.FERRY),
        ("kampong_cham", "suong", Crossing.FERRY),
        ("udong", "skuon", Crossing.FERRY),
        ("can_tho", "vinh_long", Crossing.FERRY),
        ("moc_bai", "go_dau_ha", Crossing.BRIDGE),
    ],
)
def test_the_known_crossings_are_on_the_road(theatre: HexMap, west: str, east: str, crossing: Crossing) -> None:
    path = road_path(theatre, at(theatre, west), at(theatre, east))
    found = {theatre.crossing[a, direction(theatre, a, b)] for a, b in pairwise(path)}
    assert crossing in found


def test_phnom_penh_lies_on_the_west_bank_of_the_four_arms(theatre: HexMap) -> None:
    assert beside_river(theatre, "phnom_penh")
    for town in ("udong", "takhmau", "pochentong", "kampong_speu", "takeo", "prek_kdam"):
        assert same_bank(theatre, "phnom_penh", town), town
    for town in ("neak_luong", "prey_veng", "skuon", "suong"):
        assert not same_bank(theatre, "phnom_penh", town), town


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [
        ("kampong_cham", "skuon", True),
        ("kampong_cham", "suong", False),
        ("kampong_cham", "chup", False),
        ("kratie", "snuol", True),
        ("kratie", "chhlong", True),
        ("stung_treng", "kratie", True),
        ("neak_luong", "svay_rieng", True),
        ("neak_luong", "prey_veng", True),
        ("chau_doc", "tinh_bien", True),
        ("chau_doc", "hong_ngu", False),
        ("can_tho", "long_xuyen", True),
        ("can_tho", "vinh_long", False),
        ("khong", "stung_treng", True),
        ("kampong_chhnang", "udong", True),
    ],
)
def test_towns_lie_on_their_banks(theatre: HexMap, a: str, b: str, together: bool) -> None:
    assert same_bank(theatre, a, b) is together


@pytest.mark.parametrize(
    "town",
    [
        "phnom_penh",
        "neak_luong",
        "kampong_cham",
        "kratie",
        "stung_treng",
        "chhlong",
        "takhmau",
        "prek_kdam",
        "khong",
        "pakse",
        "chau_doc",
        "hong_ngu",
        "can_tho",
        "long_xuyen",
        "vinh_long",
        "my_tho",
        "kampong_chhnang",
    ],
)
def test_river_towns_lie_by_a_great_river(theatre: HexMap, town: str) -> None:
    assert beside_river(theatre, town)


@pytest.mark.parametrize(
    ("town", "least"),
    [("lumphat", River.MAJOR), ("go_dau_ha", River.MAJOR), ("bien_hoa", River.MAJOR), ("battambang", River.MINOR)],
)
def test_towns_lie_by_their_lesser_rivers(theatre: HexMap, town: str, least: River) -> None:
    assert beside_river(theatre, town, least)


@pytest.mark.parametrize(
    "town", ["kampong_som", "kampot", "kep", "ream", "koh_kong", "ha_tien", "rach_gia", "qui_nhon", "vung_tau"]
)
def test_coast_towns_lie_on_the_coast(theatre: HexMap, town: str) -> None:
    around = {at(theatre, town), *(int(b) for b in theatre.neighbours[at(theatre, town)] if b >= 0)}
    assert any(theatre.is_coast[hex_] for hex_ in around)


def test_siem_reap_lies_near_the_lake_and_angkor_beside_it(theatre: HexMap) -> None:
    lake = [h for h in range(theatre.n) if theatre.terrain[h] == Terrain.LAKE]
    assert min(hexes.distance(h, at(theatre, "siem_reap"), theatre.cols) for h in lake) <= 3
    assert hexes.distance(at(theatre, "angkor_wat"), at(theatre, "siem_reap"), theatre.cols) <= 1


def test_the_tonle_sap_grows_fourfold_in_the_wet_season(theatre: HexMap) -> None:
    square_km = theatre.km_per_hex**2 * 3**0.5 / 2
    dry = int((theatre.terrain == Terrain.LAKE).sum()) * square_km
    wet = dry + int((theatre.flood == Flood.LAKE).sum()) * square_km
    assert 2000 < dry < 3500
    assert 8000 < wet < 16000


def test_cambodia_has_its_size(theatre: HexMap) -> None:
    hexes_of = {name: int((theatre.country == i).sum()) for i, name in enumerate(theatre.countries)}
    assert hexes_of["Cambodia"] * theatre.km_per_hex**2 * 3**0.5 / 2 == pytest.approx(181_035, rel=0.02)
    assert set(theatre.countries) == {"Cambodia", "Laos", "Thailand", "Vietnam"}


@pytest.mark.parametrize("place", INVASION)
def test_every_place_of_the_order_of_battle_is_on_land_in_its_country(theatre: HexMap, place: str) -> None:
    hex_ = at(theatre, place)
    assert theatre.is_land[hex_]
    assert theatre.countries[theatre.country[hex_]] == theatre.place_by_id[place].country


def test_every_place_lies_in_its_hex_and_in_its_country_or_says_so(theatre: HexMap) -> None:
    for place in theatre.places:
        assert theatre.hex_at(place.lat, place.lon) == place.hex
        assert theatre.is_land[place.hex], place.id
        owner = theatre.countries[theatre.country[place.hex]]
        assert owner == place.country or f"most of its hex is {owner}" in place.note, place.id


def test_the_border_parts_the_towns_that_face_each_other(theatre: HexMap) -> None:
    for a, b in (("bavet", "moc_bai"), ("poipet", "aranyaprathet"), ("krek", "xa_mat"), ("kirivong", "tinh_bien")):
        assert at(theatre, a) != at(theatre, b)


def test_mountains_stand_where_they_stand(theatre: HexMap) -> None:
    rough = theatre.relief >= Relief.HILLS
    for lat, lon, name in ((12.0, 103.6, "Cardamoms"), (14.37, 104.3, "Dangrek"), (10.8, 104.0, "Elephant mountains")):
        assert rough[theatre.hex_at(lat, lon)], name
    assert theatre.relief[theatre.hex_at(12.0, 103.6)] == Relief.MOUNTAINS
    for town in ("svay_rieng", "prey_veng", "battambang", "can_tho"):
        assert theatre.relief[at(theatre, town)] == Relief.PLAIN, town


def test_phu_quoc_is_an_island_of_several_hexes(theatre: HexMap) -> None:
    island, queue = {at(theatre, "phu_quoc")}, deque([at(theatre, "phu_quoc")])
    while queue:
        here = queue.popleft()
        for there in (int(b) for b in theatre.neighbours[here]):
            if there >= 0 and theatre.is_land[there] and there not in island:
                island.add(there)
                queue.append(there)
    assert 3 <= len(island) <= 8


def test_links_and_edges_are_the_same_from_both_sides(theatre: HexMap) -> None:
    for links in (theatre.road, theatre.rail, theatre.river, theatre.crossing):
        for d in range(6):
            other = theatre.neighbours[:, d]
            on_map = other >= 0
            assert (links[on_map, d] == links[other[on_map], hexes.opposite(d)]).all()
            assert (links[~on_map, d] == 0).all()


def test_crossings_stand_on_rivers_and_roads_on_land(theatre: HexMap) -> None:
    assert (theatre.river[theatre.crossing > 0] > 0).all()
    assert theatre.is_land[(theatre.road > 0).any(axis=1)].all()
    assert theatre.is_land[(theatre.river > 0).any(axis=1)].all()


def test_khmer_and_vietnamese_places_have_names_with_diacritics(theatre: HexMap) -> None:
    expected = {"phnom_penh": "Phnum Pénh", "battambang": "Bătdâmbâng", "siem_reap": "Siĕmréab", "moc_bai": "Mộc Bài"}
    for place, name in expected.items():
        assert theatre.place_by_id[place].local_name == name
    for name in INVASION:
        place = theatre.place_by_id[name]
        assert place.local_name or place.country == "Thailand", name


def test_the_committed_files_are_as_the_writer_writes_them(theatre: HexMap) -> None:
    assert dump_map(theatre) == FILE.read_text(encoding="utf-8")
    lines = load_lines(lines_path(FILE))
    assert dump_lines(lines) == lines_path(FILE).read_text(encoding="utf-8")
    assert all(line.closed for line in lines if line.layer in ("coast", "lake", "wet_lake")), "areas can be filled"
    assert {line.layer for line in lines} == {
        "coast", "lake", "wet_lake", "river", "road", "rail", "border", "province"
    }  # fmt: skip


def test_the_map_loads_in_a_fraction_of_a_second() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        load_map(FILE)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.2
