"""Whatever stands in the files: faults or a scenario, never another exception."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenario_folder import TEMPLATE, ScenarioFolder

from game.core.texts import printable
from game.scenario import library, loader
from game.scenario.rulesets import read_ruleset
from game.scenario.schema import FILES

FILE = st.sampled_from(sorted(FILES))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from(["dk", "vietnam", "moc_bai", "war", "control_date", "combat.fortune", "attack"]),
)
KEYS = st.sampled_from(["id", "men", "faction", "between", "kind", "x", "location"])
PIECES = st.one_of(st.just(b""), st.binary(max_size=12), st.sampled_from([b"&a ", b"*a ", b"!!set ", b"\n- "]))
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(KEYS, inner, max_size=3),
    ),
    max_leaves=8,
)


@pytest.fixture(autouse=True, scope="module")
def one_map_and_ruleset() -> Iterator[None]:
    """Read the map and the ruleset once: they are no part of what is varied in a scenario here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "load_map", cache(loader.load_map))
        patch.setattr(loader, "read_ruleset", cache(loader.read_ruleset))
        yield


def _rich() -> dict[str, Any]:
    """The template with every kind of effect, a standing order and held ground: all of the schema is reached."""
    files = _parsed()
    files["events.yaml"]["events"][0]["effects"] += [
        {"relation": {"between": ["vietnam", "dk"], "value": -100}},
        {"stance": {"between": ["vietnam", "dk"], "stance": "war"}},
        {"inflow": {"depot": "depot_go_dau_ha", "inflow": 10}},
        {"lift": {"faction": "dk", "factor": 0.5}},
    ]
    files["forces.yaml"]["groups"][0]["forces"][0] |= {"order": "move", "destination": "svay_rieng", "supply_days": 9}
    files["factions.yaml"]["factions"][1]["holds"] = ["chau_doc"]
    return files


def _attempt(folder: ScenarioFolder) -> None:
    """Load; only a scenario or its faults may come out, and each fault must be sayable."""
    try:
        loader.load(folder.path)
    except loader.ScenarioError as error:
        assert error.faults
        for fault in error.faults:
            assert fault.message
            assert printable(str(fault)) == str(fault)


def _parsed() -> dict[str, Any]:
    return {name: yaml.safe_load((TEMPLATE / name).read_text(encoding="utf-8")) for name in FILES}


PARSED = _parsed()


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Paths of all values below the root."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [p for key, value in parts for p in [(*path, key), *_paths(value, (*path, key))]]


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


PATHS = [(name, path) for name, data in PARSED.items() for path in _paths(data)]


def _with(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    key, *rest = path
    changed = dict(data) if isinstance(data, dict) else list(data)
    changed[key] = _with(data[key], tuple(rest), value)
    return changed


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILE, st.binary(max_size=300))
def test_random_bytes(file: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = ScenarioFolder.make(Path(parent))
        folder.write(file, content)
        _attempt(folder)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILE, st.dictionaries(st.sampled_from(sorted({k for m in FILES.values() for k in m.model_fields})), TREES))
def test_random_trees_under_known_keys(file: str, data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = ScenarioFolder.make(Path(parent))
        folder.write(file, yaml.safe_dump({**PARSED[file], **data}, allow_unicode=True))
        _attempt(folder)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PATHS), TREES)
def test_one_value_replaced_by_anything(place: tuple[str, tuple[str | int, ...]], value: Any) -> None:
    file, path = place
    with tempfile.TemporaryDirectory() as parent:
        folder = ScenarioFolder.make(Path(parent))
        folder.write(file, yaml.safe_dump(_with(PARSED[file], path, value), allow_unicode=True))
        _attempt(folder)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILE, st.data())
def test_valid_text_with_a_piece_cut_out_or_put_in(file: str, data: st.DataObject) -> None:
    text = (TEMPLATE / file).read_bytes()
    at = data.draw(st.integers(0, len(text)))
    upto = data.draw(st.integers(at, min(len(text), at + 40)))
    piece = data.draw(PIECES)
    with tempfile.TemporaryDirectory() as parent:
        folder = ScenarioFolder.make(Path(parent))
        folder.write(file, text[:at] + piece + text[upto:])
        _attempt(folder)


@settings(max_examples=60, deadline=None)
@given(st.dates(), st.dates(), st.floats(), st.integers())
def test_any_dates_and_turn_lengths(start: date, end: date, days: float, impulses: int) -> None:
    changed = {
        **PARSED["scenario.yaml"],
        "start": start,
        "end": end,
        "days_per_turn": days,
        "impulses_per_turn": impulses,
    }
    with tempfile.TemporaryDirectory() as parent:
        folder = ScenarioFolder.make(Path(parent))
        folder.write("scenario.yaml", yaml.safe_dump(changed, allow_unicode=True))
        _attempt(folder)


ODD = st.one_of(
    SCALARS,
    st.sampled_from(
        [10**30, float("inf"), "²²²²", "١٢٣٤", "\u202e", date(1, 1, 1), date(9999, 12, 31), [], {}, [None]]
    ),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_few_values_replaced_removed_doubled_or_taken_from_elsewhere(data: st.DataObject) -> None:
    files = _rich()
    values = [_at(files, path) for path in _paths(files) if len(path) > 1]
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([path for path in _paths(files) if len(path) > 1]))
        around, last = _at(files, path[:-1]), path[-1]
        change = data.draw(st.sampled_from(["odd", "elsewhere", "remove", "double", "add"]))
        if change == "odd":
            around[last] = data.draw(ODD)
        elif change == "elsewhere":
            around[last] = deepcopy(data.draw(st.sampled_from(values)))
        elif change == "remove":
            del around[last]
        elif isinstance(around, list):
            around.append(deepcopy(around[last]))
        else:
            around[data.draw(KEYS)] = deepcopy(data.draw(st.sampled_from(values)))
    with tempfile.TemporaryDirectory() as parent:
        folder = ScenarioFolder.make(Path(parent))
        for name, tree in files.items():
            folder.write(name, yaml.safe_dump(tree, allow_unicode=True))
        _attempt(folder)


RULESET = (library.data_folder() / "rulesets" / "standard.yaml").read_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(RULESET)), st.integers(0, 40), PIECES)
def test_a_ruleset_with_a_piece_cut_out_or_put_in(at: int, cut: int, piece: bytes) -> None:
    with tempfile.TemporaryDirectory() as parent:
        file = Path(parent) / "house.yaml"
        file.write_bytes(RULESET[:at] + piece + RULESET[at + cut :])
        found, faults = read_ruleset(file, str(file))
        assert (found is None) == bool(faults)
        assert all(printable(str(fault)) == str(fault) for fault in faults)
