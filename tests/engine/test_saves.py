"""Saves are written whole or not at all, and anything that is not a sound save is refused with a reason."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.columns import force as F
from game.engine import saves
from game.engine.playable import Playable
from game.engine.saves import SaveError
from game.engine.session import Session
from game.engine.versions import (
    LAYOUT_OF_FORMAT_1,
    SAVE_FORMAT,
    SAVE_MIGRATIONS,
    UNKNOWN_RULES,
    layout_digest,
    rules_digest,
)
from tests.engine.conftest import Wanderer, play, small_scenario

NewSession = Callable[..., Session]
SCENARIO = small_scenario()
DATA = Path(__file__).parent / "data"


def saved(folder: Path) -> Path:
    session = Session(SCENARIO, 3, "s0", {"s1": "wanderer"}, Wanderer)
    play(session, 2)
    path = folder / "game.kampuchea"
    session.save(path)
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return saved(tmp_path_factory.mktemp("sound")).read_bytes()


def load(content: bytes, folder: Path, scenario: Playable = SCENARIO) -> Session:
    path = folder / "x.kampuchea"
    path.write_bytes(content)
    return Session.load(path, Wanderer, scenario)


def forged(sound: bytes, meta: Callable[[bytes], bytes] = bytes, state: Callable[[bytes], bytes] = bytes) -> bytes:
    """The save with other content and a checksum that is right for it."""
    _, _, meta_packed, *_ = struct.unpack_from(">8sHIIII", sound)
    first = struct.calcsize(">8sHIIII") + 32
    body = meta(zlib.decompress(sound[first : first + meta_packed]))
    snapshot = state(zlib.decompress(sound[first + meta_packed :]))
    parts = zlib.compress(body), zlib.compress(snapshot)
    head = struct.pack(">8sHIIII", saves.MAGIC, SAVE_FORMAT, len(parts[0]), len(body), len(parts[1]), len(snapshot))
    return head + hashlib.sha256(head + b"".join(parts)).digest() + b"".join(parts)


def test_a_forged_save_without_changes_is_read(sound: bytes, tmp_path: Path) -> None:
    assert load(forged(sound), tmp_path).world.turn == 2


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_any_byte_is_refused(sound: bytes, tmp_path: Path, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sound) - 1))
    flip = data.draw(st.integers(1, 255))
    broken = sound[:at] + bytes([sound[at] ^ flip]) + sound[at + 1 :]
    with pytest.raises(SaveError):
        load(broken, tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(end=st.floats(0, 0.9999), tail=st.binary(max_size=20))
def test_a_save_cut_short_or_drawn_out_is_refused(sound: bytes, tmp_path: Path, end: float, tail: bytes) -> None:
    with pytest.raises(SaveError):
        load(sound[: int(end * len(sound))] + tail, tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200).filter(lambda b: not b.startswith(saves.MAGIC)))
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SaveError, match="not a saved game"):
        load(content, tmp_path)


_PLANNED = b'"planned":{"forces":[],"acts":[]}'

FORGERIES = [
    (b'"turn":2', b'"turn":3'),
    (b'"turn":2', b'"turn":"2"'),
    (b'"turn":2', b'"turn":-1'),
    (b'"seed":3', b'"seed":4'),
    (b'"seed":3', b'"seed":1e400'),
    (b'"side":"s0"', b'"side":"s9"'),
    (b'"side":"s0"', b'"side":[]'),
    (b'"s1":"wanderer"', b'"s1":"nobody"'),
    (_PLANNED, b'"planned":{"forces":[[1,2]],"acts":[]}'),
    (_PLANNED, b'"planned":{"forces":[[0,99,0,0,0,0,0]],"acts":[]}'),
    (_PLANNED, b'"planned":{"forces":[[0,0,0,999,0,0,0]],"acts":[]}'),
    (_PLANNED, b'"planned":{"forces":[[0,0,99999999999999999999,0,0,0,0]],"acts":[]}'),
    (_PLANNED, b'"planned":{"forces":[],"acts":[[1,2]]}'),
    (_PLANNED, b'"planned":{"forces":[],"acts":[[0,99,0,0,0,0,0,0,0]]}'),
    (_PLANNED, b'"planned":{"forces":[],"acts":[[0,1,0,0,0,0,9999,0,0]]}'),
    (_PLANNED, b'"planned":{}'),
    (b'"since":[', b'"since":[7,'),
    (b'"men":[[', b'"men":[[NaN,'),
    (b'"place":"', b'"place":7,"was":"'),
    (b'{"program"', b'{"more":1,"program"'),
    (b'{"program"', b"[" * 5000 + b'{"program"'),
]


@pytest.mark.parametrize(("old", "new"), FORGERIES)
def test_a_save_with_a_right_checksum_and_wrong_content_is_refused(
    sound: bytes, tmp_path: Path, old: bytes, new: bytes
) -> None:
    def change(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new, 1)

    with pytest.raises(SaveError, match=r"x\.kampuchea: .*; "):
        load(forged(sound, meta=change), tmp_path)


@pytest.mark.parametrize("column", [F.HEX, F.DEST, F.THEN, F.BASE, F.FACTION, F.STATUS, F.ARMS, F.MOBILITY, F.MEN])
@pytest.mark.parametrize("value", [-2, 2**50])
def test_a_state_with_an_index_out_of_bounds_is_refused(sound: bytes, tmp_path: Path, column: int, value: int) -> None:
    forces = SCENARIO.definition.initial.sizes.forces

    def change(snapshot: bytes) -> bytes:
        out = bytearray(snapshot)
        struct.pack_into("<q", out, 5 * 8 + column * forces * 8, value)
        return bytes(out)

    with pytest.raises(SaveError, match="out of range"):
        load(forged(sound, state=change), tmp_path)


def test_a_state_of_another_size_is_refused(sound: bytes, tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="wrong size"):
        load(forged(sound, state=lambda s: s[:-8]), tmp_path)


def test_a_part_that_inflates_beyond_its_length_is_refused_without_being_inflated(tmp_path: Path) -> None:
    bomb = zlib.compress(bytes(200_000_000), 9)
    head = struct.pack(">8sHIIII", saves.MAGIC, 1, len(bomb), 100, 0, 0)
    with pytest.raises(SaveError, match="wrong length"):
        load(head + hashlib.sha256(head + bomb).digest() + bomb, tmp_path)


def test_a_later_format_is_refused_naming_both(sound: bytes, tmp_path: Path) -> None:
    later = SAVE_FORMAT + 1
    with pytest.raises(SaveError, match=f"format {later}, this program reads up to format {SAVE_FORMAT}; load it with"):
        load(sound[:8] + struct.pack(">H", later) + sound[10:], tmp_path)


def test_a_format_that_never_was_is_refused(sound: bytes, tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="never was a format 0"):
        load(sound[:8] + bytes(2) + sound[10:], tmp_path)


def test_a_save_of_format_1_is_brought_up_and_goes_on() -> None:
    """The file was written by the program when it wrote format 1."""
    path = DATA / "format1.kampuchea"
    meta, _ = saves.read(path)
    assert (meta.place, meta.layout, meta.rules) == ("", LAYOUT_OF_FORMAT_1, UNKNOWN_RULES)
    assert meta.game == saves.read(path)[0].game
    assert (meta.turn, meta.seed, meta.side, len(meta.orders), len(meta.planned.forces)) == (2, 3, "s0", 2, 1)
    if layout_digest() != LAYOUT_OF_FORMAT_1:
        with pytest.raises(SaveError, match="laid its state out otherwise; load it with version"):
            Session.load(path, Wanderer, SCENARIO)
        return
    session = Session.load(path, Wanderer, SCENARIO)
    play(session)
    assert session.world.turn == 3


def test_every_older_format_has_its_step_to_the_next() -> None:
    assert sorted(SAVE_MIGRATIONS) == list(range(1, SAVE_FORMAT))


def test_a_state_of_another_layout_is_refused_naming_the_version(sound: bytes, tmp_path: Path) -> None:
    other = forged(sound, meta=lambda body: body.replace(layout_digest().encode(), b"0123456789abcdef"))
    with pytest.raises(SaveError, match=r"saved by version 0\.1\.0 of the game, which laid its state out otherwise"):
        load(other, tmp_path)


def test_a_save_of_a_changed_scenario_names_both(sound: bytes, tmp_path: Path) -> None:
    changed = Playable(replace(SCENARIO.definition, hash="other"))
    with pytest.raises(SaveError, match="changed since: it was test, it is other; bring back"):
        load(sound, tmp_path, changed)


def test_a_save_of_another_version_of_the_game_goes_on(sound: bytes, tmp_path: Path) -> None:
    other = forged(sound, meta=lambda body: body.replace(b'"program":"0.1.0"', b'"program":"0.0.9"'))
    assert load(other, tmp_path).world.turn == 2


def test_a_game_played_under_two_versions_of_the_rules_notes_no_rules(sound: bytes, tmp_path: Path) -> None:
    other = forged(sound, meta=lambda body: body.replace(rules_digest().encode(), b"0123456789abcdef"))
    session = load(other, tmp_path)
    assert session.rules == UNKNOWN_RULES
    session.save(tmp_path / "again.kampuchea")
    assert load((tmp_path / "again.kampuchea").read_bytes(), tmp_path).rules == UNKNOWN_RULES
    session.restart()
    assert session.rules == rules_digest()


def test_a_save_of_a_scenario_that_is_not_here_says_where_it_was(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match=rf"its scenario 'test' was in {Path().resolve()} and is not there; bring it"):
        Session.load(saved(tmp_path), Wanderer)


@pytest.mark.parametrize("name", ["missing.kampuchea", "."])
def test_a_save_that_cannot_be_read_says_why(tmp_path: Path, name: str) -> None:
    with pytest.raises(SaveError):
        Session.load(tmp_path / name, Wanderer, SCENARIO)


@pytest.mark.parametrize("broken", ["fsync", "write", "replace"])
def test_a_full_disk_leaves_the_old_save_whole_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = saved(tmp_path)
    before = path.read_bytes()
    session = Session.load(path, Wanderer, SCENARIO)
    play(session)

    def full(*args: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if broken == "write":
        real = io.open

        def opened(path: object, mode: str = "r", *args: object, **more: object) -> object:
            file = real(path, mode, *args, **more)  # type: ignore[call-overload]
            if mode == "xb":
                monkeypatch.setattr(io, "open", real)
                return type(
                    "Full", (), {"write": full, "__enter__": lambda s: s, "__exit__": lambda s, *a: file.close()}
                )()
            return file

        monkeypatch.setattr(io, "open", opened)
    elif broken == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SaveError, match="No space left on device; free some room"):
        session.save(path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_says_why(new_session: NewSession, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SaveError, match=r"file/game\.kampuchea: not saved: .*choose another folder"):
        new_session().save(tmp_path / "file" / "game.kampuchea")
