"""From a folder of files to a scenario: everything is read and checked in one pass, and only then built."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from game.core.faults import Fault
from game.core.hexmap import HexMap
from game.scenario import library
from game.scenario.build import Files, build
from game.scenario.checks import check_sense
from game.scenario.fields import Entry
from game.scenario.folder import Folder
from game.scenario.mapfile import MapFileError, load_map
from game.scenario.model import Scenario
from game.scenario.references import Known, check_references, fold_places
from game.scenario.rulesets import Figures, RulesetFile, assemble, check_overrides, read_ruleset
from game.scenario.schema import FILES, ScenarioFile
from game.scenario.schema_cast import FactionsFile
from game.scenario.schema_events import EventsFile
from game.scenario.schema_forces import ForcesFile
from game.scenario.validate import check_schema, nearest, shown
from game.scenario.yamltree import Document, read

E = TypeVar("E", bound=Entry)


class ScenarioError(Exception):
    """A scenario that cannot be used, with everything that is wrong with it in reading order."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass
class _Checked:
    """What one pass over a scenario's folder found."""

    folder: Path
    documents: dict[str, Document]
    entries: dict[str, Entry | None] = field(default_factory=dict)
    map: HexMap | None = None
    ruleset: RulesetFile | None = None
    overrides: dict[str, float | Figures] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    def entry(self, name: str, kind: type[E]) -> E:
        found = self.entries[name]
        assert isinstance(found, kind)
        return found

    def all_faults(self) -> list[Fault]:
        faults = list(self.faults)
        for document in self.documents.values():
            faults += document.faults
        return sorted(set(faults))


def load(path_or_name: str | Path) -> Scenario:
    """The scenario in a folder, or the shipped one of that name. Raises ScenarioError with every fault."""
    folder = library.find(path_or_name)
    if folder is None:
        raise ScenarioError([_nowhere(path_or_name)])
    checked = _check_folder(folder)
    faults = checked.all_faults()
    if faults:
        raise ScenarioError(faults)
    assert checked.map is not None and checked.ruleset is not None
    files = Files(
        scenario=checked.entry("scenario.yaml", ScenarioFile),
        factions=checked.entry("factions.yaml", FactionsFile),
        forces=checked.entry("forces.yaml", ForcesFile),
        events=checked.entry("events.yaml", EventsFile),
        map=checked.map,
        ruleset=assemble(checked.ruleset, checked.overrides),
        ruleset_name=checked.ruleset.name,
    )
    return build(files, folder, _hash(checked.raw))


def check(paths: Iterable[str | Path]) -> list[Fault]:
    """Every fault of every scenario in `paths`: folders of scenarios, folders that hold some, maps, rulesets, names."""
    found: set[Fault] = set()
    for path in paths:
        try:
            found.update(_check_path(Path(path)))
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            found.add(Fault(str(path), 0, 0, "unreadable", message, "check the name and the permissions"))
    return sorted(found)


def _check_path(path: Path) -> list[Fault]:
    folder = library.find(path)
    if folder is None:
        if path.is_file():
            return _check_file(path)
        return [_nowhere(path)]
    if (folder / library.SCENARIO_FILE).exists():
        return _check_folder(folder).all_faults()
    inside = sorted(p.parent for p in folder.glob(f"*/{library.SCENARIO_FILE}"))
    faults = [fault for scenario in inside for fault in _check_folder(scenario).all_faults()]
    for kind in ("maps", "rulesets"):
        for file in sorted((folder / kind).glob("*.yaml")):
            faults += _check_file(file)
            inside.append(file)
    return faults if inside else _check_folder(folder).all_faults()


def _check_file(path: Path) -> list[Fault]:
    """Faults of one file: a file of a scenario stands for its folder; else a map or a ruleset, by its first keys."""
    if path.name in FILES:
        return _check_folder(path.parent).all_faults()
    document = read(path, str(path))
    if document.data is not None and "move" in document.data:
        return read_ruleset(path, str(path))[1]
    if any(fault.code == "not-yaml" for fault in document.faults):
        return document.faults
    return _read_map(path)[1]


def _nowhere(path: str | Path) -> Fault:
    names = (*library.list_scenarios(), *(folder.name for folder in library.own_scenarios()))
    remedy = f"give a scenario's folder, or a name; {nearest(str(path), names)}".removesuffix("; ")
    return Fault(str(path)[:200], 0, 0, "no-scenario", "there is no such scenario", remedy)


def _check_folder(folder: Path) -> _Checked:
    documents = {name: read(folder / name, str(folder / name)) for name in FILES}
    checked = _Checked(folder, documents, raw=[document.raw for document in documents.values()])
    for name, schema in FILES.items():
        checked.entries[name] = check_schema(documents[name], schema)
    scenario = documents["scenario.yaml"]
    if scenario.data is not None:
        _take_map(checked, scenario)
        _take_ruleset(checked, scenario)
    known = _known(checked)
    for name, schema in FILES.items():
        if documents[name].data is not None:
            check_references(documents[name], schema, known)
    check_sense(
        Folder(
            scenario=scenario,
            factions=documents["factions.yaml"],
            forces=documents["forces.yaml"],
            events=documents["events.yaml"],
            map=checked.map,
            rules=None if checked.ruleset is None else assemble(checked.ruleset, checked.overrides).move,
        )
    )
    return checked


def _take_map(checked: _Checked, scenario: Document) -> None:
    name = scenario.get("map")
    if not isinstance(name, str):
        return
    path = library.resolve("maps", name, checked.folder)
    if path is None:
        remedy = nearest(name, library.shipped_maps()) or "give the path of a map file beside this one"
        scenario.add(("map",), "unknown-map", f"there is no map {shown(name)}", remedy)
        return
    checked.map, faults = _read_map(path)
    checked.faults += faults
    if checked.map is not None:
        checked.raw.append(path.read_bytes())


def _read_map(path: Path) -> tuple[HexMap | None, list[Fault]]:
    try:
        return load_map(path), []
    except MapFileError as error:
        return None, error.faults


def _take_ruleset(checked: _Checked, scenario: Document) -> None:
    name = scenario.get("ruleset")
    name = "standard" if name is None else name
    if not isinstance(name, str):
        return
    path = library.resolve("rulesets", name, checked.folder)
    if path is None:
        remedy = nearest(name, library.shipped_rulesets()) or "give the path of a ruleset beside this file"
        scenario.add(("ruleset",), "unknown-ruleset", f"there is no ruleset {shown(name)}", remedy)
        return
    checked.ruleset, faults = read_ruleset(path, str(path))
    checked.faults += faults
    if checked.ruleset is not None:
        checked.raw.append(checked.ruleset.raw)
        overrides = scenario.get("overrides")
        if isinstance(overrides, dict):
            checked.overrides = check_overrides(scenario, checked.ruleset, overrides, ("overrides",))


def _known(checked: _Checked) -> Known:
    documents = checked.documents
    map_ = checked.map

    def ids(file: str, *keys: str) -> frozenset[str] | None:
        """Ids in a list, or None if the list is unreadable: then names that refer to it cannot be judged."""
        rows = documents[file].rows(*keys)
        found = [row["id"] for _, row in rows if isinstance(row.get("id"), str)]
        return frozenset(found) if documents[file].data is not None and len(found) == len(rows) else None

    def texts(value: Any) -> frozenset[str]:
        return frozenset(value) if isinstance(value, dict) else frozenset()

    def movements() -> frozenset[str] | None:
        if ids("factions.yaml", "factions") is None:
            return None
        rows = documents["factions.yaml"].rows("factions")
        return frozenset(row["id"] for _, row in rows if row.get("movement") is True)

    places = None if map_ is None else frozenset(map_.place_by_id)
    hexes = None if map_ is None else frozenset(map(map_.code, range(map_.n)))
    scenario = documents["scenario.yaml"]
    start, end = scenario.get("start"), scenario.get("end")
    return Known(
        names={
            "place": places,
            "location": None if places is None or hexes is None else places | hexes,
            "country": None if map_ is None else frozenset(map_.countries),
            "province": None if map_ is None else frozenset(map_.provinces),
            "faction": ids("factions.yaml", "factions"),
            "movement": movements(),
            "side": ids("scenario.yaml", "sides"),
            "depot": ids("forces.yaml", "depots"),
            "group": ids("forces.yaml", "groups"),
            "source": None if scenario.data is None else texts(scenario.get("sources")),
        },
        start=start if isinstance(start, date) else None,
        end=end if isinstance(end, date) else None,
        places={} if map_ is None else fold_places(map_.places),
    )


def _hash(parts: list[bytes]) -> str:
    """SHA-256 over the files' bytes, each preceded by its length."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)} ".encode())
        digest.update(part)
    return digest.hexdigest()
