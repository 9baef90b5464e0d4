"""The builder, on a tiny country made up here: same input, same bytes; faults of sources are told in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

pytest.importorskip("shapely", reason="building maps needs the extra `geo`")

from game.cli.map_commands import app
from game.core import hexes
from game.core.hexmap import HexMap, MapLine
from game.core.ids import Crossing, Flood, Rail, Relief, River, Road, Terrain
from game.scenario.mapbuild.build import Request, build_map
from game.scenario.mapbuild.frame import make_frame, sample_offsets
from game.scenario.mapbuild.sources import MapBuildError, read_grid
from game.scenario.mapfile import dump_lines, dump_map, load_map

REPOSITORY = Path(__file__).resolve().parents[2]
BOX = (105.0, 11.0, 106.0, 12.0)
PLACE_HEAD = "id,period_name,modern_name,country,lat,lon,kind,coord_source,precision_km,note\n"


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def line(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(p) for p in points]}


def collection(*features: tuple[dict[str, Any], dict[str, Any]]) -> str:
    made = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": made})


def grid(values: list[list[int]]) -> str:
    cell = 1.2 / len(values)
    head = f"ncols {len(values[0])}\nnrows {len(values)}\nxllcorner 104.9\nyllcorner 10.9\n"
    return f"{head}cellsize {cell}\nNODATA_value -9999\n" + "\n".join(" ".join(map(str, row)) for row in values) + "\n"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Sea west of 105.25; West and East part at 105.9; a great river down 105.55; hills and forest in the north."""
    geo, hand = tmp_path / "geo", tmp_path / "hand"
    geo.mkdir()
    hand.mkdir()
    land = square(105.25, 10.5, 107, 12.5)
    river = line((105.55, 12.2), (105.57, 11.6), (105.55, 10.8))
    public = {
        "land": collection(
            ({}, land), ({"featurecla": "Minor island", "country": "West"}, square(105.05, 11.1, 105.12, 11.2))
        ),
        "countries": collection(
            ({"name": "West"}, square(105, 10.5, 105.9, 12.5)), ({"name": "East"}, square(105.9, 10.5, 107, 12.5))
        ),
        "admin1": collection(
            ({"name": "Nord", "country": "West"}, square(105, 11.5, 105.9, 12.5)),
            ({"name": "Sud", "country": "West"}, square(105, 10.5, 105.9, 11.5)),
            ({"name": "Ost", "country": "East"}, square(105.9, 10.5, 107, 12.5)),
        ),
        "coastline": collection(({}, line((105.25, 10.5), (105.25, 12.5)))),
        "borders": collection(({"left": "West", "right": "East"}, line((105.9, 10.5), (105.9, 12.5)))),
        "lakes": collection(({"year": 1995, "name": "New reservoir"}, square(105.3, 11.1, 105.5, 11.3))),
        "rivers": collection(({"name": "Big", "featurecla": "River"}, river)),
        "populated_places": collection(
            (
                {"name": "Åland", "name_ascii": "Aland", "country": "East", "featurecla": "Populated place"},
                {"type": "Point", "coordinates": [105.95, 11.2]},
            )
        ),
    }
    for name, text in public.items():
        (geo / f"{name}.geojson").write_text(text)
    north_rough = [[4] * 24 for _ in range(8)] + [[1] * 24 for _ in range(16)]
    (geo / "landcover_5min.asc").write_text(grid(north_rough))
    (geo / "relief_class_5min.asc").write_text(grid([[3] * 24 for _ in range(8)] + [[1] * 24 for _ in range(16)]))
    (geo / "elevation_terrain_5min.asc").write_text(
        grid([[502] * 24 for _ in range(8)] + [[-2] * 24 for _ in range(16)])
    )
    by_hand = {
        "islands_hand": collection(),
        "lakes_hand": collection(),
        "flood_regions": collection(({"name": "plain"}, square(105.6, 11.0, 105.8, 11.4))),
        "rivers_hand": collection(),
        "roads_1979": collection(
            ({"name": "R1", "class": "primary"}, line((105.4, 11.4), (105.55, 11.42), (105.75, 11.4))),
            ({"name": "R2", "class": "track"}, line((105.4, 11.4), (105.4, 11.8))),
        ),
        "railroads_1979": collection(({"name": "L", "status_1979": "cut in 1975"}, line((105.4, 11.4), (105.4, 11.1)))),
        "river_crossings_1979": collection(
            (
                {"name": "F", "road": "R1", "river": "Big", "kind": "ferry"},
                {"type": "Point", "coordinates": [105.56, 11.42]},
            )
        ),
        "landcover_regions": collection(({"name": "rice", "landcover": "rice_plain"}, square(105, 11, 106, 11.3))),
        "relief_regions": collection(
            ({"name": "plain", "relief_class": "floodplain", "typical_elev_m": 3}, square(105.6, 11.0, 105.8, 11.4))
        ),
    }
    for name, text in by_hand.items():
        (hand / f"{name}.geojson").write_text(text)
    (hand / "places_1979.csv").write_text(
        PLACE_HEAD
        + "alpha,Alpha,,West,11.4,105.4,capital,hand,1,\nbeta,Beta,,West,11.4,105.75,town,hand,2,\n"
        + "gamma,Gamma,,West,11.7,105.54,town,hand,2,on the river\nislet,Islet,,West,11.15,105.09,island,hand,2,\n"
    )
    (hand / "places_extra.csv").write_text(PLACE_HEAD + "rim,Rim,,East,11.7,105.86,border camp,hand,5,\n")
    (hand / "local_names.csv").write_text("id,local_name\nbeta,Bêta\n", encoding="utf-8")
    (hand / "script_names.csv").write_text("id,script_name\nbeta,ភ្នំពេញ\n", encoding="utf-8")
    (hand / "river_names.csv").write_text("name,lon,lat,called\n")
    (hand / "river_classes.csv").write_text("name,class\nBig,great\n")
    (hand / "river_banks.csv").write_text("place,river,bank\ngamma,Big,E\n")
    (hand / "provinces_1979.csv").write_text(
        "country,name_modern,province_1979\nWest,Nord,Old West\nWest,Sud,Old West\n"
    )
    return geo, hand


def built(folders: tuple[Path, Path]) -> tuple[HexMap, tuple[MapLine, ...]]:
    return build_map(Request(*folders, BOX, 12.0, "equirectangular", "tiny"))


def test_the_same_input_gives_the_same_bytes(folders: tuple[Path, Path]) -> None:
    once, twice = built(folders), built(folders)
    assert dump_map(once[0]) == dump_map(twice[0])
    assert dump_lines(once[1]) == dump_lines(twice[1])


def test_the_layers_arrive_in_the_map(folders: tuple[Path, Path]) -> None:
    tiny = built(folders)[0]
    north, south, sea = (tiny.hex_at(*spot) for spot in ((11.9, 105.5), (11.15, 105.45), (11.5, 105.1)))
    assert tiny.terrain[[north, south, sea]].tolist() == [Terrain.FOREST, Terrain.RICE, Terrain.SEA]
    assert tiny.relief[[north, south]].tolist() == [Relief.MOUNTAINS, Relief.PLAIN]
    assert tiny.elevation_m[north] == 520
    assert tiny.flood[tiny.hex_at(11.2, 105.7)] == Flood.FLOODED
    assert tiny.countries == ("East", "West")
    assert set(tiny.provinces) == {"Old West", "Ost"}
    assert (tiny.terrain != Terrain.LAKE).all(), "a reservoir of 1995 is not there in 1979"


def test_the_river_is_one_chain_with_the_road_crossing_it_at_the_ferry(folders: tuple[Path, Path]) -> None:
    tiny = built(folders)[0]
    alpha, beta = tiny.place_by_id["alpha"].hex, tiny.place_by_id["beta"].hex
    assert (tiny.river == River.GREAT).sum() / 2 >= 2 * hexes.distance(alpha, beta, tiny.cols)
    crossed = [
        (tiny.river[h, d], tiny.crossing[h, d])
        for h in range(tiny.n)
        for d in range(3)
        if tiny.road[h, d] == Road.PRIMARY
    ]
    assert (River.GREAT, Crossing.FERRY) in crossed
    assert (tiny.crossing > 0).sum() == 2
    assert Rail.CUT in tiny.rail[alpha]
    reached, queue = {alpha}, [alpha]
    while queue:
        here = queue.pop()
        for d in range(6):
            there = int(tiny.neighbours[here, d])
            if there >= 0 and tiny.is_land[there] and tiny.river[here, d] == River.NONE and there not in reached:
                reached.add(there)
                queue.append(there)
    assert beta not in reached, "the river has a gap"
    assert tiny.place_by_id["gamma"].hex not in reached, "the bank list puts gamma on the east bank"


def test_places_keep_their_hex_and_say_when_it_counts_to_another_country(folders: tuple[Path, Path]) -> None:
    tiny = built(folders)[0]
    for place in tiny.places:
        assert tiny.hex_at(place.lat, place.lon) == place.hex
        assert tiny.is_land[place.hex]
    rim = tiny.place_by_id["rim"]
    assert tiny.countries[tiny.country[rim.hex]] == "West"
    assert "most of its hex is West" in rim.note
    assert tiny.place_by_id["beta"].local_name == "Bêta"
    assert tiny.place_by_id["aland"].local_name == "Åland"
    assert tiny.place_by_id["beta"].script_name == "ភ្នំពេញ"
    assert tiny.places[0].kind == "capital"


def test_a_built_map_passes_its_own_loader(folders: tuple[Path, Path], tmp_path: Path) -> None:
    command = ["build", "--geo", str(folders[0]), "--hand", str(folders[1]), "--bbox", ",".join(map(str, BOX))]
    run = CliRunner().invoke(app, [*command, "--name", "tiny", "--out", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    text = (tmp_path / "out" / "tiny.yaml").read_text(encoding="utf-8")
    assert dump_map(load_map(tmp_path / "out" / "tiny.yaml")) == text
    shown = CliRunner().invoke(app, ["show", str(tmp_path / "out" / "tiny.yaml")])
    assert shown.exit_code == 0
    assert "places: 6" in shown.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--bbox", "1,2,3"], "--bbox"),
        (["--bbox", "9,8,7,6"], "--bbox"),
        (["--km", "0"], "--km"),
        (["--km", "0.5"], "--km"),
        (["--projection", "mercator"], "--projection"),
        (["--name", "a/b"], "--name"),
        (["--geo", "/does/not/exist"], "--geo"),
    ],
)
def test_an_impossible_option_gets_one_line_and_status_2(
    folders: tuple[Path, Path], tmp_path: Path, options: list[str], words: str
) -> None:
    base = ["build", "--geo", str(folders[0]), "--hand", str(folders[1]), "--out", str(tmp_path / "out")]
    run = CliRunner().invoke(app, [*base, "--bbox", ",".join(map(str, BOX)), *options])
    assert run.exit_code == 2
    assert words in run.output
    assert len(run.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [("roads_1979.geojson", "{"), ("roads_1979.geojson", '{"features": 3}'), ("places_1979.csv", "id,lat\na,1\n")],
)
def test_a_broken_layer_is_named(folders: tuple[Path, Path], name: str, text: str) -> None:
    (folders[1] / name).write_text(text)
    with pytest.raises(MapBuildError, match=name):
        built(folders)


def test_a_broken_grid_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.asc").write_text("ncols 3\nnrows 2\n1 2 3")
    with pytest.raises(MapBuildError, match=r"bad\.asc"):
        read_grid(tmp_path / "bad.asc")


def correct(folders: tuple[Path, Path], text: str) -> HexMap:
    (folders[1] / "corrections").mkdir(exist_ok=True)
    (folders[1] / "corrections" / "tiny.csv").write_text(text)
    return built(folders)[0]


def test_a_hex_corrected_by_hand_stays_corrected_when_the_map_is_built_again(folders: tuple[Path, Path]) -> None:
    before = built(folders)[0]
    grid = f"grid,{before.cols}x{before.rows},{before.origin_km[0]!r} {before.origin_km[1]!r},this map\n"
    rows = "terrain,0505,u^,seen\nelevation_m,0505,310,seen\nroads,0505/0605,track,walked\nflood,0505,ww,seen\n"
    after = correct(folders, "layer,where,value,why\n" + grid + rows)
    hex_ = 5 * before.cols + 5
    assert (after.terrain[hex_], after.relief[hex_]) == (Terrain.UPLAND, Relief.HILLS)
    assert (after.elevation_m[hex_], after.flood[hex_]) == (310, Flood.FLOODED)
    assert after.road[hex_, hexes.E] == after.road[hex_ + 1, hexes.opposite(hexes.E)] == Road.TRACK
    assert "4 by hand" in after.provenance["corrections"]
    others = [h for h in range(before.n) if h != hex_]
    assert (after.terrain[others] == before.terrain[others]).all()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("soil,0505,r.,x", "unknown layer 'soil'; choose one of terrain"),
        ("terrain,0505,zz,x", "terrain 'zz' is unknown; choose one of ~~"),
        ("terrain,0505/0605,r.,x", "is no place for terrain; give a hex"),
        ("roads,0505,track,x", "is no place for roads; give two hexes"),
        ("roads,0505/0805,track,x", "do not touch"),
        ("roads,0505/0605,motorway,x", "choose one of none, primary, secondary, track"),
        ("terrain,9999,r.,x", "off the map; columns 0-"),
        ("elevation_m,0505,high,x", "must be whole metres"),
        ("country,0505,Atlantis,x", "choose one of none, East, West"),
        ("terrain,0505,r.,", "needs its reason"),
        ("terrain,0505,~~,x\nroads,0505/0605,track,x", "not whole"),
    ],
)
def test_a_wrong_correction_is_told_with_its_row_and_the_choices(
    folders: tuple[Path, Path], row: str, words: str
) -> None:
    tiny = built(folders)[0]
    grid = f"grid,{tiny.cols}x{tiny.rows},{tiny.origin_km[0]!r} {tiny.origin_km[1]!r},this map\n"
    with pytest.raises(MapBuildError) as caught:
        correct(folders, f"layer,where,value,why\n{grid}{row}\n")
    assert words in str(caught.value)
    assert "tiny.csv" in str(caught.value)


def test_corrections_of_another_grid_are_refused(folders: tuple[Path, Path]) -> None:
    with pytest.raises(MapBuildError, match="this map's grid is"):
        correct(folders, "layer,where,value,why\ngrid,3x3,0.0 0.0,another map\n")


def test_a_part_of_a_river_gets_the_name_that_people_call_it_by(folders: tuple[Path, Path]) -> None:
    names = folders[1] / "river_names.csv"
    names.write_text("name,lon,lat,called\nBig,105.55,10.8,Bigger\n")
    (folders[1] / "river_classes.csv").write_text("name,class\nBigger,great\n")
    assert {line.name for line in built(folders)[1] if line.layer == "river"} == {"Bigger"}
    names.write_text("name,lon,lat,called\nBig,east,10.8,Bigger\n")
    with pytest.raises(MapBuildError, match=r"river_names\.csv"):
        built(folders)


def test_samples_lie_inside_their_hex() -> None:
    for x, y in sample_offsets().tolist():
        assert hexes.at(x + 2.5, y + 3**-0.5 + 3**0.5, 5, 5) == 12


def test_the_frame_covers_its_box() -> None:
    for projection in ("equirectangular", "lambert_azimuthal"):
        frame = make_frame(BOX, 12.0, projection)
        for lat in (11.06, 11.94):
            for lon in (105.06, 105.94):
                assert frame.hex_at(lat, lon) >= 0


def test_the_games_own_layers_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []

    def build(request: Request) -> None:
        asked.append(request)
        raise MapBuildError("enough")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("game.scenario.mapbuild.build.build_map", build)
    assert CliRunner().invoke(app, ["build", "--geo", str(tmp_path)]).exit_code == 2
    (request,) = asked
    assert request.hand.is_absolute()
    assert (request.hand / "river_names.csv").is_file()


_WITHOUT_SHAPELY = """
import sys
sys.modules["shapely"] = None
from game.cli import main
main(["map", "build", "--geo", "anywhere"])
"""


def test_a_missing_package_is_asked_for_with_a_command_that_works_here() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_SHAPELY], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.endswith(f"install it: {sys.executable} -m pip install shapely pyproj\n")
