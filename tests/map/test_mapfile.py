"""Map files: written and read back without loss, and every fault reported with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.hexmap import HexMap, MapLine, Place, Projection
from game.core.ids import Crossing, River, Road, Terrain
from game.scenario import mapfile
from game.scenario.mapfile import MapFileError, dump_lines, dump_map, load_map, parse_lines, parse_map


def small_map() -> HexMap:
    """Four by three hexes: sea in the west, a great river down the middle with a ferry, a road and a town."""
    n = 12
    plane = Projection("equirectangular", 11.0, 105.0)
    terrain = np.full(n, Terrain.RICE, np.int8)
    terrain[[0, 4, 8]] = Terrain.SEA
    country = np.where(terrain == Terrain.SEA, -1, 0).astype(np.int8)
    none = np.zeros((n, 6), np.int8)
    bare = HexMap(
        "small", "A small land: test", 4, 3, 12.0, plane, (-24.0, 18.0), terrain, np.zeros(n, np.int8),
        np.full(n, 10, np.int16), np.zeros(n, np.int8), country, ("Cambodia",), country.astype(np.int16), ("Kandal",),
        none.copy(), none.copy(), none.copy(), none.copy(), (), {"terrain": "by hand: test"},
    )  # fmt: skip
    for links, pairs, grade in (
        (bare.road, [(1, 2), (2, 3), (2, 6)], Road.PRIMARY),
        (bare.road, [(6, 7)], Road.TRACK),
        (bare.river, [(1, 2), (5, 2), (5, 6), (5, 10)], River.GREAT),
        (bare.crossing, [(1, 2)], Crossing.FERRY),
    ):
        for a, b in pairs:
            d = [int(x) for x in bare.neighbours[a]].index(b)
            links[a, d] = links[b, (d + 3) % 6] = grade
    lat, lon = bare.lat_lon(6)
    town = Place("town", "Town", 6, "town", "Cambodia", lat, lon, "Tœun", 2.0, "by hand", "on: a river, #1")
    return replace(bare, places=(town,))


TEXT = dump_map(small_map())


def faults_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(MapFileError) as caught:
        parse_map(text, "small.yaml")
    assert all(fault.message and fault.file == "small.yaml" for fault in caught.value.faults)
    return [(fault.line, fault.code) for fault in caught.value.faults]


def line_of(words: str, text: str = TEXT) -> int:
    return next(i for i, row in enumerate(text.splitlines(), 1) if row.strip().startswith(words))


def test_a_map_comes_back_as_it_was_written() -> None:
    before, after = small_map(), parse_map(TEXT, "small.yaml")
    for name in (
        "terrain",
        "relief",
        "elevation_m",
        "flood",
        "country",
        "province",
        "road",
        "rail",
        "river",
        "crossing",
    ):
        assert (getattr(before, name) == getattr(after, name)).all(), name
        assert getattr(before, name).dtype == getattr(after, name).dtype, name
    for name in ("name", "title", "cols", "rows", "km_per_hex", "projection", "origin_km", "countries", "provinces"):
        assert getattr(before, name) == getattr(after, name), name
    assert before.places == after.places
    assert before.provenance == after.provenance
    assert dump_map(after) == TEXT


def test_a_place_in_another_hex_is_a_fault() -> None:
    assert faults_of(TEXT.replace("hex: '0201'", "hex: '0301'")) == [(line_of("- {id: town"), "wrong-hex")]


def test_an_unknown_code_is_reported_at_its_line_and_column() -> None:
    row = line_of("~~r.r.r.")
    with pytest.raises(MapFileError) as caught:
        parse_map(TEXT.replace("~~r.r.r.", "~~r.x?r.", 1), "small.yaml")
    (fault,) = caught.value.faults
    assert (fault.line, fault.column, fault.code) == (row, 7, "unknown-code")
    assert "'x?'" in fault.message
    assert "r." in fault.remedy
    assert str(fault).startswith(f"small.yaml:{row}:7 ")


def test_all_faults_of_a_file_are_reported_at_once() -> None:
    broken = (
        TEXT.replace("~~r.r.r.", "~~r.r.", 1)
        .replace("ferry: 0100/0200", "ferry: 0100/0302")
        .replace("kind: town", "kind: hamlet")
        .replace("format: 1", "format: 7")
        .replace("title:", "titel:")
    )
    assert {code for _, code in faults_of(broken)} >= {
        "row-length", "not-neighbours", "bad-kind", "format", "unknown-key", "missing-key"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("primary 0100 - 0200: 0100 0200", "primary: 0000 0100 0200", "on-water"),
        ("primary 0100 - 0200: 0100 0200", "highway: 0100 0200", "bad-chain"),
        ("primary 0100 - 0200: 0100 0200", "primary: 0100 0300", "not-neighbours"),
        ("primary 0100 - 0200: 0100 0200", "primary: 0100 9900", "off-map"),
        ("primary 0100 - 0200: 0100 0200", "primary: 0100 two", "bad-hex"),
        ("primary 0100 - 0200: 0100 0200", "primary: 0100 0200\n  track: 0100 0200", "link-twice"),
        ("ferry: 0100/0200", "ferry: 0200/0300", "no-river"),
        ("cols: 4", "cols: 5000", "out-of-range"),
        ("cols: 4", "cols: four", "not-a-number"),
        ("km_per_hex: 12.0", "km_per_hex: 0", "out-of-range"),
        ("origin_km: [-24.0", "origin_km: [1e300", "out-of-range"),
        ("at: [11.0", "at: [-71", "out-of-range"),
        ("name: equirectangular", "name: mercator", "unknown-projection"),
        ("name: small", "name: &here small", "alias"),
        ("name: small", "name: !!python/object:os.system small", "tag"),
        ("name: small", "name: small\nname: small", "key-twice"),
        ("name: small", "name: [small", "not-yaml"),
        ("  Ka: Kandal", "  KANDAL: Kandal", "bad-code"),
    ],
)
def test_a_fault_has_its_code(old: str, new: str, code: str) -> None:
    assert old in TEXT
    assert code in {found for _, found in faults_of(TEXT.replace(old, new, 1))}


def test_land_without_a_country_and_sea_with_one_are_faults() -> None:
    row = line_of("..Ca")
    assert (row, "disagrees") in faults_of(TEXT.replace("..CaCaCa", "CaCaCaCa", 1))
    assert (row, "disagrees") in faults_of(TEXT.replace("..CaCaCa", "....CaCa", 1))


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", b"- a\n- b\n", b"42", b"a: *b", b"{" * 300, b"a: 1\n---\nb: 2"]
)
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.yaml"
    file.write_bytes(content)
    with pytest.raises(MapFileError) as caught:
        load_map(file)
    assert caught.value.faults


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.yaml"
    huge.write_text(TEXT)
    monkeypatch.setattr(mapfile, "MAX_BYTES", 100)
    for path, code in ((tmp_path / "none.yaml", "unreadable"), (huge, "too-large")):
        with pytest.raises(MapFileError) as caught:
            load_map(path)
        assert [fault.code for fault in caught.value.faults] == [code]
    monkeypatch.undo()
    with pytest.raises(MapFileError):
        load_map(tmp_path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_done_to_a_map_file_the_loader_reads_it_or_says_what_is_wrong(data: st.DataObject) -> None:
    rows = TEXT.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        i = data.draw(st.integers(0, len(rows) - 1))
        act = data.draw(st.sampled_from(["drop", "double", "swap", "insert", "cut", "word"]))
        if act == "drop" and len(rows) > 1:
            del rows[i]
        elif act == "double":
            rows.insert(i, rows[i])
        elif act == "swap":
            j = data.draw(st.integers(0, len(rows) - 1))
            rows[i], rows[j] = rows[j], rows[i]
        elif act == "insert":
            rows.insert(i, data.draw(st.text(max_size=30)) + "\n")
        elif act == "cut":
            rows[i] = rows[i][: data.draw(st.integers(0, len(rows[i])))]
        else:
            words = rows[i].split(" ")
            words[data.draw(st.integers(0, len(words) - 1))] = data.draw(
                st.sampled_from(
                    [
                        "-1",
                        "1e308",
                        "-179",
                        "nan",
                        "1e400",
                        "[]",
                        "{}",
                        "~",
                        "9" * 5000,
                        "*a",
                        "|",
                        "0x7f",
                        ".inf",
                        "''",
                    ]
                )
            )
            rows[i] = " ".join(words)
    try:
        parse_map("".join(rows), "fuzz.yaml")
    except MapFileError as error:
        assert error.faults


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_a_map_or_a_fault(text: str) -> None:
    for parse in (parse_map, parse_lines):
        try:
            parse(text, "fuzz")
        except MapFileError as error:
            assert error.faults


def test_drawing_lines_come_back_as_they_were_written() -> None:
    points = np.array([[0.25, 1.5], [2.0, 3.75], [4.5, 0.01]], np.float32)
    lines = (MapLine("river", "Tonle Sap", 3, False, points), MapLine("province", "", 0, True, points))
    back = parse_lines(dump_lines(lines), "small.lines.txt")
    assert [(x.layer, x.name, x.grade, x.closed) for x in back] == [
        ("river", "Tonle Sap", 3, False),
        ("province", "", 0, True),
    ]
    assert all((a.points == b.points).all() for a, b in zip(lines, back, strict=True))


@pytest.mark.parametrize(
    "row", ["river 3 open: 1,2", "lava 0 open x: 1,2 3,4", "river 9 open x: 1,2 3,4", "river 3 open x: 1,2 3", "x"]
)
def test_a_bad_drawing_line_is_reported_with_its_line(row: str) -> None:
    with pytest.raises(MapFileError) as caught:
        parse_lines(f"# head\nriver 3 open Mekong: 1,2 3,4\n{row}\n", "small.lines.txt")
    assert [(fault.line, fault.code) for fault in caught.value.faults] == [(3, "bad-line")]
