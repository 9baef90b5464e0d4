"""kampuchea rules, as a reader types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import cli
from game.scenario import library


class Typed:
    """What a command printed, and its exit status."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        with pytest.raises(SystemExit) as ended:
            cli.main(["rules", *arguments])
        self.status = ended.value.code or 0
        captured = capsys.readouterr()
        self.out, self.err = " ".join(captured.out.split()), captured.err


def test_without_an_argument_it_lists_the_chapters(capsys: pytest.CaptureFixture[str]) -> None:
    typed = Typed(capsys)
    assert typed.status == 0
    assert "4 Supply" in typed.out
    assert "kampuchea rules supply" in typed.out


@pytest.mark.parametrize("what", ["4", "supply", "Supply", "lines"])
def test_a_chapter_is_found_by_number_title_or_module(capsys: pytest.CaptureFixture[str], what: str) -> None:
    typed = Typed(capsys, what)
    assert typed.status == 0
    assert typed.out.startswith("4 Supply")
    assert "Enemy bands and raiders near the line take their share" in typed.out
    assert "haul_limit_km" in typed.out


@pytest.mark.parametrize(
    ("what", "title"), [("move", "3 "), ("morale", "8 "), ("population", "9 "), ("battle", "6 "), ("p", "P ")]
)
def test_words_lead_to_their_chapter(capsys: pytest.CaptureFixture[str], what: str, title: str) -> None:
    assert Typed(capsys, what).out.startswith(title)


def test_a_clause_is_printed_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    typed = Typed(capsys, "4.6")
    assert typed.out.startswith("4.6 (Supply) Enemy bands")
    assert "game.rules.supply.carry" in typed.out
    assert "Depots, ports and caches" not in typed.out


@pytest.mark.parametrize("arguments", [("haul_limit_km",), ("--number", "haul_limit_km"), ("supply.haul_limit_km",)])
def test_a_number_is_explained_with_where_it_is_used(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    typed = Typed(capsys, *arguments)
    for told in ("value: 650 km", "range: 50 to 2000", "source: OURS", "confidence: low", "4.4 (Supply)", "mend_hauls"):
        assert told in typed.out


def test_a_name_that_two_chapters_have_shows_both_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    out = Typed(capsys, "captured_share").out
    assert "supply.captured_share" in out
    assert "retreat.captured_share" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("suply",), "did you mean 'supply'?; chapters: 1 Sequence of play, 2 Map"),
        (("haul_limit",), "did you mean 'haul_limit_km'?"),
        (("99",), "chapters: 1 Sequence of play"),
        (("4.99",), "chapter 4 has 4.1, 4.2"),
        (("99.1",), "chapters: 1 Sequence of play"),
        (("--number", "haul_limit"), "did you mean 'haul_limit_km'?"),
        (("4", "--number", "fortune"), "not both"),
        (("--ruleset", "standart"), "did you mean 'standard'?"),
        (("--scenario", "no_such_war"), "there is no such scenario"),
    ],
)
def test_what_is_not_there_gets_one_message_and_status_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    typed = Typed(capsys, *arguments)
    assert typed.status == 2
    assert told in typed.err
    assert "Traceback" not in typed.err
    assert len(typed.err.splitlines()) == 1
    assert typed.out == ""


def test_a_scenarios_own_numbers_are_shown_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    typed = Typed(capsys, "fortune", "--scenario", str(library.assets_folder() / "template"))
    assert "value: 0.25 share" in typed.out
    assert typed.out.endswith("differs in combat.fortune; its values are shown.")
    assert "value: 0.2 share" in Typed(capsys, "fortune").out


def test_a_ruleset_of_ones_own_is_shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = (library.data_folder() / "rulesets" / "standard.yaml").read_text(encoding="utf-8")
    own = tmp_path / "mine.yaml"
    own.write_text(text.replace("haul_limit_km: {value: 650", "haul_limit_km: {value: 700"), encoding="utf-8")
    assert "value: 700 km" in Typed(capsys, "haul_limit_km", "--ruleset", str(own)).out
