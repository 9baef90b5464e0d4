"""The committed map of Indochina: every place of the chronicle and of the orders of battle of 1977-1997 in its land."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from game.core import hexes
from game.core.hexmap import HexMap
from game.core.ids import Crossing, Flood, River, Road, Terrain
from game.scenario.mapfile import dump_lines, dump_map, lines_path, load_lines, load_map
from tests.map.asking import ROUTES, at, beside_river, direction, road_path, same_bank

FILE = Path(__file__).parents[2] / "scenarios" / "maps" / "indochina_24km.yaml"

PLACES = {
    "Cambodia": """
        phnom_penh pochentong tang_krasang wat_phniet takhmau kambol prek_kdam prek_pra udong svay_rieng bavet
        kampong_rou kampong_trabek neak_luong prey_veng kampong_cham suong krek memot snuol kratie chhlong stung_treng
        ban_lung lumphat o_yadav sen_monorom takeo kirivong tani kampot kep phnom_vour veal_renh kampong_som ream
        koh_kong koh_tang poulo_wai kampong_speu amleang kampong_chhnang kampong_chhnang_airfield pursat leach
        veal_veng battambang pailin samlot ta_sanh treng khai_dan sneng bavel kamrieng sisophon poipet nimit malai
        ang_kobal phum_thmei svay_chek thmar_puok banteay_chhmar ampil san_ro dong_ruk phnom_chat sok_sann tatum osmach
        samraong anlong_veng choam siem_reap chong_kneas kralanh kulen svay_leu kampong_thom stoung preah_vihear
        tbeng choam_khsant rovieng
        """,
    "Vietnam": """
        chau_doc tinh_bien ba_chuc ha_tien hong_ngu tay_ninh tan_bien ben_cau moc_bai moc_hoa loc_ninh bu_dop can_tho
        long_xuyen bien_hoa ho_chi_minh_city buon_ma_thuot duc_co pleiku phu_quoc tho_chu cam_ranh da_nang hanoi
        haiphong lang_son dong_dang that_khe loc_binh dinh_lap khanh_khe cao_bang soc_giang thong_nong tra_linh
        phuc_hoa dong_khe lao_cai cam_duong muong_khuong sa_pa phong_tho ha_giang vi_xuyen laoshan tien_yen bac_giang
        thai_nguyen
        """,
    "China": """
        pingxiang ningming longzhou jingxi napo dongxing hekou jinping malipo maguan mengzi nanning
        """,
    "Thailand": """
        aranyaprathet ta_phraya sa_kaeo khao_i_dang site_two site_8 site_b non_mak_mun nong_chan nong_samet khao_din
        khlong_wa o_trao nam_yeun chong_an_ma borai surin kap_choeng sisaket kantharalak prachinburi chanthaburi
        pong_nam_ron trat ubon bangkok u_tapao pattaya hat_lek
        """,
    "Laos": "vientiane pakse savannakhet attapeu khong",
}
BESIDE_A_BORDER = {"xa_mat", "mong_cai", "bat_xat", "noi_parai", "chong_bok", "nong_khai", "nakhon_phanom"}
"""Places that share a hex with the far side's town at this scale; their notes say so."""


@pytest.fixture(scope="module")
def region() -> HexMap:
    return load_map(FILE)


@pytest.mark.parametrize(("country", "place"), [(land, p) for land, ids in PLACES.items() for p in ids.split()])
def test_a_place_of_the_twenty_years_lies_on_land_in_its_country(region: HexMap, country: str, place: str) -> None:
    hex_ = at(region, place)
    assert region.is_land[hex_]
    assert region.place_by_id[place].country == country
    assert region.countries[region.country[hex_]] == country


def test_every_place_lies_in_its_hex_and_in_its_country_or_says_so(region: HexMap) -> None:
    strays = set()
    for place in region.places:
        assert region.hex_at(place.lat, place.lon) == place.hex
        assert region.is_land[place.hex], place.id
        owner = region.countries[region.country[place.hex]]
        if owner != place.country:
            strays.add(place.id)
            assert f"most of its hex is {owner}" in place.note, place.id
    assert strays == BESIDE_A_BORDER


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("bavet", "moc_bai"),
        ("poipet", "aranyaprathet"),
        ("ampil", "site_two"),
        ("malai", "site_8"),
        ("pailin", "pong_nam_ron"),
        ("osmach", "kap_choeng"),
        ("sok_sann", "borai"),
        ("preah_vihear", "kantharalak"),
        ("choam", "o_trao"),
        ("koh_kong", "hat_lek"),
        ("kirivong", "chau_doc"),
        ("snuol", "loc_ninh"),
        ("o_yadav", "duc_co"),
        ("dong_dang", "pingxiang"),
        ("lao_cai", "hekou"),
    ],
)
def test_the_border_parts_those_who_face_each_other(region: HexMap, a: str, b: str) -> None:
    assert at(region, a) != at(region, b)
    assert region.country[at(region, a)] != region.country[at(region, b)]
    assert hexes.distance(at(region, a), at(region, b), region.cols) <= 4


@pytest.mark.parametrize("route", ROUTES)
def test_a_national_route_passes_through_its_towns_and_crosses_great_rivers_by_ferry_or_bridge(
    region: HexMap, route: str
) -> None:
    for a, b in pairwise(ROUTES[route].split()):
        path = road_path(region, at(region, a), at(region, b))
        straight = hexes.distance(at(region, a), at(region, b), region.cols)
        assert path, f"{route}: no road from {a} to {b}"
        assert len(path) - 1 <= max(straight * 1.5, straight + 2), f"{route}: {a} to {b} goes a long way round"
        for here, there in pairwise(path):
            d = direction(region, here, there)
            if region.river[here, d] >= River.MAJOR:
                assert region.crossing[here, d] != Crossing.NONE, f"{route} at {region.code(here)}"


@pytest.mark.parametrize(
    "towns",
    [
        "hanoi bac_giang lang_son dong_dang pingxiang",
        "hanoi thai_nguyen cao_bang",
        "lang_son that_khe dong_khe cao_bang",
        "hanoi ninh_binh thanh_hoa vinh dong_hoi hue da_nang quang_ngai qui_nhon nha_trang ho_chi_minh_city",
        "da_nang kon_tum pleiku buon_ma_thuot ho_chi_minh_city",
        "bangkok aranyaprathet",
        "bangkok chanthaburi trat hat_lek",
        "vientiane savannakhet pakse khong",
    ],
)
def test_the_great_roads_of_the_neighbours_join_their_towns(region: HexMap, towns: str) -> None:
    for a, b in pairwise(towns.split()):
        path = road_path(region, at(region, a), at(region, b))
        straight = hexes.distance(at(region, a), at(region, b), region.cols)
        assert path, f"no road from {a} to {b}"
        assert len(path) - 1 <= max(straight * 1.6, straight + 3), f"{a} to {b} goes a long way round"


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [
        ("phnom_penh", "udong", True),
        ("phnom_penh", "takeo", True),
        ("phnom_penh", "neak_luong", False),
        ("phnom_penh", "prey_veng", False),
        ("kampong_cham", "suong", False),
        ("kampong_cham", "skuon", True),
        ("kratie", "snuol", True),
        ("stung_treng", "kratie", True),
        ("neak_luong", "svay_rieng", True),
        ("can_tho", "long_xuyen", True),
        ("can_tho", "vinh_long", False),
        ("hanoi", "hoa_binh", True),
        ("hanoi", "bac_giang", False),
        ("savannakhet", "pakse", True),
        ("phu_quoc", "kep", False),
    ],
)
def test_towns_lie_on_their_banks(region: HexMap, a: str, b: str, together: bool) -> None:
    assert same_bank(region, a, b, reach=9) is together


@pytest.mark.parametrize(
    "town",
    ["phnom_penh", "neak_luong", "kampong_cham", "kratie", "stung_treng", "chau_doc", "can_tho", "hanoi", "vientiane"],
)
def test_river_towns_lie_by_a_great_river(region: HexMap, town: str) -> None:
    assert beside_river(region, town)


@pytest.mark.parametrize("town", ["kampong_som", "kampot", "koh_kong", "ha_tien", "da_nang", "haiphong", "u_tapao"])
def test_coast_towns_lie_on_the_coast(region: HexMap, town: str) -> None:
    around = {at(region, town), *(int(b) for b in region.neighbours[at(region, town)] if b >= 0)}
    assert any(region.is_coast[hex_] for hex_ in around)


def test_capitals_and_great_towns_are_towns_on_the_ground(region: HexMap) -> None:
    for town in ("phnom_penh", "hanoi", "ho_chi_minh_city", "bangkok", "vientiane", "da_nang", "hue", "battambang"):
        assert region.terrain[at(region, town)] == Terrain.URBAN, town


def test_cambodia_has_its_size_and_the_map_stays_small(region: HexMap) -> None:
    square_km = region.km_per_hex**2 * 3**0.5 / 2
    sizes = {name: int((region.country == i).sum()) * square_km for i, name in enumerate(region.countries)}
    assert sizes["Cambodia"] == pytest.approx(181_035, rel=0.02)
    assert sizes["Vietnam"] == pytest.approx(331_000, rel=0.04)
    assert int(region.is_land.sum()) <= 2500
    lake = int(((region.terrain == Terrain.LAKE) | (region.flood == Flood.LAKE)).sum()) * square_km
    assert 8000 < lake < 16000


def test_the_railways_run_where_they_ran(region: HexMap) -> None:
    for town in ("phnom_penh", "pursat", "battambang", "sisophon", "kampot", "kampong_som", "hanoi", "da_nang"):
        assert region.rail[at(region, town)].any(), town


def test_links_are_the_same_from_both_sides_and_on_land(region: HexMap) -> None:
    for links in (region.road, region.rail, region.river, region.crossing):
        for d in range(6):
            other = region.neighbours[:, d]
            on_map = other >= 0
            assert (links[on_map, d] == links[other[on_map], hexes.opposite(d)]).all()
    assert (region.river[region.crossing > 0] > 0).all()
    assert region.is_land[(region.road > Road.NONE).any(axis=1)].all()


def test_the_committed_files_are_as_the_writer_writes_them(region: HexMap) -> None:
    assert dump_map(region) == FILE.read_text(encoding="utf-8")
    assert dump_lines(load_lines(lines_path(FILE))) == lines_path(FILE).read_text(encoding="utf-8")
