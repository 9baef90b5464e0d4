"""What makes sense only across keys and files: duplicates, ground, enemies in one hex, turns, effects, victory.

All checks work on the raw data and look only at values of the right type, so that they report beside the schema's
faults and not after them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from game.core.hexmap import HexMap
from game.core.ids import OFF_MAP, HexIndex, Mobility, River
from game.scenario import cast
from game.scenario.checks_diplomacy import check_diplomacy
from game.scenario.checks_economy import check_economy
from game.scenario.checks_events import check_events
from game.scenario.checks_ids import check_ids, check_two
from game.scenario.checks_people import check_people
from game.scenario.checks_politics import check_politics
from game.scenario.ground import locate
from game.scenario.model import NATURE, OF_HARM, MetricKind, Nature
from game.scenario.schema_doctrine import DoctrineEntry
from game.scenario.yamltree import Document

Path_ = tuple[str | int, ...]

MAX_TURNS = 2000
LONGEST_IMPULSE = 28
"""Days of the shortest month."""
MAX_FORCES = 2000
_MISSPELT = 0.85
"""difflib's likeness from which a key of doctrine is taken for a misspelling of another."""
_NEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((kind.value for kind in MetricKind), ("subjects",)),
    **dict.fromkeys(("control_date", "loss_date", "holds"), ("subjects", "place")),
    **dict.fromkeys(
        ("held_share", "men_committed", "enters", "withdrawal_date", "foreign_troops"), ("subjects", "country")
    ),
    **dict.fromkeys(("displaced", "camp_people", "civil_dead", "votes_for"), ()),
    "treaty_date": ("subjects", "term"),
    "phase_date": ("phase",),
    "relation": ("subjects", "other"),
}
"""Measurement -> what it cannot do without."""
_DATED = frozenset(kind.value for kind, nature in NATURE.items() if nature is Nature.DATE)
_YES_NO = frozenset(kind.value for kind, nature in NATURE.items() if nature is Nature.YES_NO)
_OF_HARM = frozenset(kind.value for kind in OF_HARM)


@dataclass(frozen=True)
class Folder:
    """The documents of one scenario and its map, if that could be read."""

    scenario: Document
    factions: Document
    forces: Document
    events: Document
    map: HexMap | None

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.scenario, self.factions, self.forces, self.events


def check_sense(folder: Folder) -> None:
    """Note every fault of sense in the documents concerned."""
    _check_ids(folder)
    _check_time(folder.scenario)
    _check_sides(folder)
    _check_metrics(folder)
    _check_pairs(folder.factions)
    check_diplomacy(folder.factions)
    _check_territory(folder.factions)
    _check_doctrine(folder.factions)
    check_events(folder.events, frozenset(faction for _, _, faction in _each_force(folder)))
    check_politics(folder.scenario, folder.factions, folder.forces)
    _check_forces(folder)
    check_economy(folder.factions, folder.forces)
    check_people(folder.scenario, folder.factions, folder.map)
    if folder.map is not None:
        _check_ground(folder, folder.map)


def _check_ids(folder: Folder) -> None:
    forces = [
        (path, row) for group, _ in folder.forces.rows("groups") for path, row in folder.forces.rows(*group, "forces")
    ]
    tables: list[tuple[Document, str, list[tuple[Path_, dict[str, Any]]]]] = [
        (folder.scenario, key, folder.scenario.rows(key)) for key in ("sides", "objectives", "milestones")
    ]
    tables += [
        (folder.factions, "factions", folder.factions.rows("factions")),
        (folder.forces, "groups", folder.forces.rows("groups")),
        (folder.forces, "forces", forces),
        (folder.forces, "depots", folder.forces.rows("depots")),
        (folder.events, "events", folder.events.rows("events")),
    ]
    for document, what, rows in tables:
        check_ids(document, what, rows)


def _check_time(document: Document) -> None:
    start, end = document.get("start"), document.get("end")
    days = document.get("days_per_turn")
    days = 4.0 if days is None else days
    impulses = document.get("impulses_per_turn")
    impulses = 4 if impulses is None else impulses
    if _number(days) and _number(impulses) and impulses >= 1 and days / impulses > LONGEST_IMPULSE:
        message = f"an impulse of {days / impulses:.1f} days could pass over a month, and with it the month's rules"
        document.add(("days_per_turn",), "long-impulse", message, "shorten the turns or add 'impulses_per_turn'")
    if isinstance(start, date) and isinstance(end, date):
        if end < start:
            document.add(("end",), "date-order", f"the end {end} is before the start {start}", "exchange them")
        elif _number(days) and days > 0 and (end - start).days / days > MAX_TURNS:
            document.add(("end",), "too-long", f"more than {MAX_TURNS} turns", "end earlier or lengthen the turns")
        if not 1900 <= start.year <= 2100:
            document.add(("start",), "out-of-range", f"the year {start.year} is out of range", "1900 to 2100")


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_sides(folder: Folder) -> None:
    document = folder.scenario
    commanded: dict[str, int] = {}
    rows = document.rows("sides")
    for path, row in rows:
        for k, name in enumerate(_names(row.get("factions"))):
            if name in commanded:
                message = f"the faction '{name[:40]}' belongs to two sides"
                remedy = f"leave it in one; the first is on line {commanded[name]}"
                document.add((*path, "factions", k), "two-sides", message, remedy)
            commanded.setdefault(name, document.spot((*path, "factions", k)).line)
    if rows and all(row.get("playable") is False for _, row in rows):
        document.add(("sides",), "no-player", "no side is playable", "set 'playable: true' for one side at least")
    with_forces: dict[str, Path_] = {}
    for path, _, faction in _each_force(folder):
        with_forces.setdefault(faction, path)
    known = {row["id"] for _, row in folder.factions.rows("factions") if isinstance(row.get("id"), str)}
    for faction, path in with_forces.items():
        if rows and faction in known and faction not in commanded:
            message = f"no side commands the faction '{faction}', which has forces"
            folder.forces.add(path, "no-side", message, "add it to a side in scenario.yaml")
    previous: float | None = None
    for path, row in document.rows("victory"):
        share = row.get("share")
        if _number(share):
            assert share is not None
            if previous is not None and share >= previous:
                document.add((*path, "share"), "level-order", "levels must fall from best to worst", "order them")
            previous = share


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _each_force(folder: Folder) -> Iterator[tuple[Path_, dict[str, Any], str]]:
    """Path, entry and faction of every force that has one."""
    for group_path, group in folder.forces.rows("groups"):
        for path, row in folder.forces.rows(*group_path, "forces"):
            faction = row.get("faction", group.get("faction"))
            if isinstance(faction, str):
                yield path, row, faction


def _check_metrics(folder: Folder) -> None:
    document = folder.scenario
    for list_ in ("objectives", "milestones"):
        for path, row in document.rows(list_):
            metric = row.get("metric")
            kind = metric.get("kind") if isinstance(metric, dict) else None
            if not isinstance(metric, dict) or not isinstance(kind, str) or kind not in _NEEDS:
                continue
            for key in _NEEDS[kind]:
                if not metric.get(key):
                    message = f"'{kind}' needs '{key}'"
                    document.add((*path, "metric"), "missing-key", message, "add it to the metric")
            if list_ == "objectives":
                _check_objective(document, path, row, kind)
            else:
                _check_milestone(document, path, row, kind)


def _check_objective(document: Document, path: Path_, row: dict[str, Any], kind: str) -> None:
    if kind in _OF_HARM:
        message = "harm to civilians can never score"
        document.add((*path, "metric", "kind"), "harm-scores", message, "measure it as a milestone")
        return
    never = row.get("never") is True
    bounded = row.get("at_least") is not None or row.get("at_most") is not None
    if kind in _DATED and bounded:
        document.add(path, "bad-value", f"'{kind}' is a date and has no 'at_least'", "use 'by' or 'never'")
    if kind not in _DATED | _YES_NO and not bounded:
        document.add(path, "missing-key", f"'{kind}' needs 'at_least' or 'at_most'", "say what value is wanted")
    if kind not in _DATED | _YES_NO and never:
        document.add((*path, "never"), "bad-value", f"'{kind}' always has a value", "use 'at_most'")


def _check_milestone(document: Document, path: Path_, row: dict[str, Any], kind: str) -> None:
    wants_date = kind in _DATED and row.get("never") is not True
    for key in ("value", "low", "high"):
        value = row.get(key)
        if (
            value is not None
            and isinstance(value, date) != wants_date
            and (wants_date or _number(value) or isinstance(value, date))
        ):
            wanted = "a date" if wants_date else "a number"
            document.add((*path, key), "wrong-type", f"'{key}' of '{kind}' must be {wanted}", f"write {wanted}")
            return
    low, value, high = (row.get(key) for key in ("low", "value", "high"))
    if None not in (low, value, high) and type(low) is type(high) and (_number(low) or isinstance(low, date)):
        assert low is not None and high is not None
        if low > high:
            document.add((*path, "low"), "order", "'low' is above 'high'", "exchange them")


def _check_pairs(document: Document) -> None:
    for list_ in ("relations", "stances"):
        first: dict[frozenset[str], int] = {}
        for path, row in document.rows(list_):
            names = _names(row.get("between"))
            if len(names) != 2:
                continue
            check_two(document, path, names)
            pair = frozenset(names)
            if pair in first and len(pair) == 2:
                message = f"the pair {names[0][:40]} and {names[1][:40]} stands here a second time"
                document.add((*path, "between"), "duplicate-pair", message, f"the first is on line {first[pair]}")
            first.setdefault(pair, document.spot((*path, "between")).line)


def _check_territory(document: Document) -> None:
    first: dict[str, int] = {}
    for path, row in document.rows("factions"):
        for k, country in enumerate(_names(row.get("territory"))):
            where = (*path, "territory", k)
            if country in first:
                message = f"{country[:40]} has two owners"
                document.add(
                    where, "two-owners", message, f"the first is on line {first[country]}; use 'holds' for places"
                )
            first.setdefault(country, document.spot(where).line)


def _check_doctrine(document: Document) -> None:
    """Keys of an author's own are allowed, but a misspelt one would be passed over in silence."""
    said = document.get("doctrine")
    for side, entry in said.items() if isinstance(said, dict) else ():
        for key in entry if isinstance(entry, dict) else ():
            if key in DoctrineEntry.model_fields:
                continue
            meant = difflib.get_close_matches(key, DoctrineEntry.model_fields, 1, _MISSPELT)
            if meant:
                message = f"the key '{key[:40]}' is not known, but nearly"
                remedy = f"did you mean '{meant[0]}'? give a key of your own another name"
                document.add(("doctrine", side, key), "misspelt-key", message, remedy, key=True)


def _check_forces(folder: Folder) -> None:
    count = 0
    for path, row, _ in _each_force(folder):
        count += 1
        order = row.get("order")
        if isinstance(order, str) and order in cast.ORDERS_WITH_DESTINATION and row.get("destination") is None:
            message = f"the order '{order}' needs a destination"
            folder.forces.add((*path, "order"), "missing-key", message, "add 'destination: place'")
    if count > MAX_FORCES:
        folder.forces.add(("groups",), "too-many", f"more than {MAX_FORCES} forces", "merge the smallest")


def _check_ground(folder: Folder, map_: HexMap) -> None:
    controllers = _controllers(folder, map_)
    at_war = _wars(folder)
    stands: dict[HexIndex, list[tuple[Path_, str]]] = {}
    for path, row, faction in _each_force(folder):
        location = row.get("location")
        hex_ = locate(map_, location) if isinstance(location, str) else OFF_MAP
        if hex_ == OFF_MAP:
            continue
        _check_surface(folder.forces, map_, path, row, hex_)
        if row.get("arrives") is None and not row.get("reserve"):
            stands.setdefault(hex_, []).append((path, faction))
    for there in stands.values():
        _check_company(folder.forces, _hex_name(map_, folder.forces, there[0][0]), there, at_war)
    for path, row in folder.forces.rows("depots"):
        location, user = row.get("location"), row.get("faction")
        hex_ = locate(map_, location) if isinstance(location, str) else OFF_MAP
        if hex_ == OFF_MAP or not isinstance(user, str):
            continue
        if not map_.is_land[hex_]:
            folder.forces.add((*path, "location"), "on-water", "a depot stands on land", "move it to the coast")
        elif frozenset((user, controllers.get(hex_, ""))) in at_war:
            message = f"the depot stands on ground of {controllers[hex_]}, an enemy"
            folder.forces.add((*path, "location"), "enemy-ground", message, "move it, or add the place to 'holds'")


def _check_surface(document: Document, map_: HexMap, path: Path_, row: dict[str, Any], hex_: HexIndex) -> None:
    mobility = cast.MOBILITY.get(str(row.get("mobility", "foot")))
    if mobility is None:
        return
    where = f"'{row.get('location')}'"
    if not map_.is_land[hex_] and mobility not in cast.ON_WATER:
        message = f"{where} is water, and this force moves by land"
        document.add((*path, "location"), "on-water", message, "move it ashore; boats and marines may stand on water")
    if mobility == Mobility.BOAT and map_.is_land[hex_] and not _has_water(map_, hex_):
        message = f"{where} has no water for boats"
        document.add((*path, "location"), "on-land", message, "move it to the sea, a lake or a large river")


def _has_water(map_: HexMap, hex_: HexIndex) -> bool:
    beside = [b for b in map_.neighbours[hex_].tolist() if b != OFF_MAP]
    return bool((map_.river[hex_] >= River.MAJOR).any()) or any(not map_.is_land[b] for b in beside)


def _hex_name(map_: HexMap, document: Document, path: Path_) -> str:
    """A force's location as a person would say it: the name of the place that its entry gives, or its hex."""
    location = str(document.get(*path, "location"))
    place = map_.place_by_id.get(location)
    return place.name if place else map_.label(locate(map_, location))


def _check_company(
    document: Document,
    where: str,
    there: list[tuple[Path_, str]],
    at_war: set[frozenset[str]],
) -> None:
    _, first = there[0]
    for path, faction in there[1:]:
        if frozenset((first, faction)) in at_war:
            message = f"enemies stand in one hex, at {where}: {first} and {faction}"
            remedy = "put one of them into a hex beside it"
            document.add((*path, "location"), "enemies-together", message, remedy)


def _controllers(folder: Folder, map_: HexMap) -> dict[HexIndex, str]:
    """Hex -> faction that controls it at the start, by territory and `holds`; only hexes with an owner."""
    owner: dict[str, str] = {}
    found: dict[HexIndex, str] = {}
    rows = folder.factions.rows("factions")
    for _, row in rows:
        if isinstance(row.get("id"), str):
            for country in _names(row.get("territory")):
                owner.setdefault(country, row["id"])
    for hex_, country in enumerate(map_.country.tolist()):
        if country >= 0 and map_.countries[country] in owner:
            found[hex_] = owner[map_.countries[country]]
    for _, row in rows:
        for location in _names(row.get("holds")):
            if isinstance(row.get("id"), str):
                found[locate(map_, location)] = row["id"]
    return found


def _wars(folder: Folder) -> set[frozenset[str]]:
    return {
        frozenset(_names(row.get("between")))
        for _, row in folder.factions.rows("stances")
        if row.get("stance") == "war"
    }
