"""Names as their own people write them: spelled in the right letters, and drawn without a missing glyph."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from game.scenario.mapfile import load_map

ROOT = Path(__file__).parents[2]
MAPS = sorted((ROOT / "scenarios" / "maps").glob("*.yaml"))
SCRIPTS = {"Khmer": (0x1780, 0x17FF), "Thai": (0x0E00, 0x0E7F), "Lao": (0x0E80, 0x0EFF)}
OF_COUNTRY = {"Cambodia": "Khmer", "Thailand": "Thai", "Laos": "Lao"}


def script_of(name: str) -> set[str]:
    return {script for c in name for script, (low, high) in SCRIPTS.items() if low <= ord(c) <= high}


@pytest.mark.parametrize("file", MAPS, ids=lambda f: f.stem)
def test_a_name_is_written_in_the_letters_of_its_country(file: Path) -> None:
    for place in load_map(file).places:
        if place.script_name:
            assert script_of(place.script_name) == {OF_COUNTRY[place.country]} or place.id == "o_trao", place.id
            assert all(any(low <= ord(c) <= high for low, high in SCRIPTS.values()) for c in place.script_name)


def test_the_towns_that_every_cambodian_knows_are_spelled_as_they_are_spelled() -> None:
    names = {place.id: place.script_name for place in load_map(ROOT / "scenarios/maps/cambodia_12km.yaml").places}
    known = {
        "phnom_penh": "ភ្នំពេញ",
        "battambang": "បាត់ដំបង",
        "siem_reap": "សៀមរាប",
        "kampong_cham": "កំពង់ចាម",
        "kratie": "ក្រចេះ",
        "stung_treng": "ស្ទឹងត្រែង",
        "pursat": "ពោធិ៍សាត់",
        "svay_rieng": "ស្វាយរៀង",
        "neak_luong": "អ្នកលឿង",
        "kampong_som": "កំពង់សោម",
        "aranyaprathet": "อรัญประเทศ",
        "trat": "ตราด",
    }
    assert {place: names[place] for place in known} == known


def test_no_row_of_names_stands_for_a_place_that_is_on_no_map() -> None:
    known = {place.id for file in MAPS for place in load_map(file).places}
    for table in ("local_names", "script_names"):
        rows = (ROOT / "assets" / "geo" / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        ids = [row["id"] for row in csv.DictReader(rows)]
        assert len(ids) == len(set(ids)), table
        assert set(ids) <= known, table


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_fonts_have_every_letter_of_the_names(script: str) -> None:
    font_module = pytest.importorskip("pygame.font")
    font_module.init()
    font = font_module.Font(str(ROOT / "assets" / "fonts" / f"NotoSans{script}-Regular.ttf"), 20)
    for file in MAPS:
        for place in load_map(file).places:
            if script in script_of(place.script_name):
                assert None not in font.metrics(place.script_name), place.id
