"""Names of saves, replays and folders: what no system can write is refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.filenames import good_name, name_fault
from game.engine.replay import SUFFIX as REPLAY_SUFFIX
from game.engine.replay import Replay
from game.engine.saves import SUFFIX, SaveError, check_name

BAD = [
    "", " ", "\u200b", ".", "..", ".hidden", " x", "x ", "x.", "CON", "nul", "Com1", "aux.txt", "LPT9.x.y", "con .txt",
    "com¹", "a/b", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b", "a|b", "a\tb", "a\nb", "a\x1bb", "a\u202eb", "a\ud800",
    "x" * 256, "\U00020bb7" * 62,
]  # fmt: skip
GOOD = ["x", "Neak Luong 1979-01-06", "ភ្នំពេញ", "console", "com", "com10", "a.b", "[draft] 100 %", "x" * 200, "ក" * 60]


@pytest.mark.parametrize("name", BAD, ids=lambda name: ascii(name)[:40])
def test_a_bad_name_is_told_with_a_remedy(name: str) -> None:
    assert name_fault(name, SUFFIX)


@pytest.mark.parametrize("name", GOOD, ids=ascii)
@pytest.mark.parametrize("suffix", [SUFFIX, REPLAY_SUFFIX])
def test_a_good_name_can_be_written(tmp_path: Path, name: str, suffix: str) -> None:
    assert name_fault(name, suffix) == ""
    path = tmp_path / (name + suffix)
    check_name(path)
    Replay("1", "", "s", "", "", 1, (), "").save(path)
    assert path.is_file()


@pytest.mark.parametrize("name", ["CON", "aux.old", "x" * 250, "a\u202eb", "a:b"], ids=ascii)
def test_a_bad_name_is_refused_before_a_byte_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(SaveError, match="no good name") as error:
        Replay("1", "", "s", "", "", 1, (), "").save(tmp_path / "new" / (name + REPLAY_SUFFIX))
    assert "\u202e" not in str(error.value)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("title", ["War: 1979/80?", "...", "con", "\U00020bb7" * 120, "a\u202eb", "Neak Luong"])
def test_the_name_that_is_proposed_is_good(title: str) -> None:
    assert name_fault(good_name(title, SUFFIX), SUFFIX) == ""
