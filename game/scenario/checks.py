"""What makes sense only across keys and files: duplicates, sides, turns, measurements, doctrine, victory.

All checks work on the raw data and look only at values of the right type, so that they report beside the schema's
faults and not after them.
"""

from __future__ import annotations

import difflib
from datetime import date
from typing import Any

from game.core.calendar import DAYS_A_MONTH
from game.scenario import cast
from game.scenario.checks_diplomacy import check_diplomacy
from game.scenario.checks_economy import check_economy
from game.scenario.checks_events import check_events
from game.scenario.checks_ground import check_ground
from game.scenario.checks_ids import check_ids, check_two
from game.scenario.checks_people import check_people
from game.scenario.checks_politics import check_politics
from game.scenario.folder import Folder, each_force, names_in
from game.scenario.model import NATURE, OF_HARM, MetricKind, Nature
from game.scenario.schema_doctrine import DoctrineEntry
from game.scenario.yamltree import Document

Path_ = tuple[str | int, ...]

MAX_TURNS = 2000
LONGEST_IMPULSE = 28
"""Days of the shortest month."""
MAX_FORCES = 2000
MAX_TURN_DAYS = 31
MAX_IMPULSES = 48
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
    check_events(folder.events, frozenset(faction for _, _, faction in each_force(folder)))
    check_politics(folder.scenario, folder.factions, folder.forces)
    _check_forces(folder)
    check_economy(folder.factions, folder.forces)
    check_people(folder.scenario, folder.factions, folder.map)
    if folder.map is not None:
        check_ground(folder, folder.map)


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
    _check_hours(document, days, impulses)
    if isinstance(start, date) and isinstance(end, date):
        if end < start:
            document.add(("end",), "date-order", f"the end {end} is before the start {start}", "exchange them")
        elif _number(days) and days > 0 and (end - start).days / days > MAX_TURNS:
            document.add(("end",), "too-long", f"more than {MAX_TURNS} turns", "end earlier or lengthen the turns")
        if not 1900 <= start.year <= 2100:
            document.add(("start",), "out-of-range", f"the year {start.year} is out of range", "1900 to 2100")


def _check_hours(document: Document, days: Any, impulses: Any) -> None:
    """The clock counts hours, so an impulse lasts a whole number of them; but a month is what it is."""
    if (
        days == DAYS_A_MONTH
        or not _number(days)
        or type(impulses) is not int
        or not 0 < days <= MAX_TURN_DAYS
        or impulses < 1
    ):
        return
    hours = 24.0 * days
    if hours % impulses == 0:
        return
    message = f"an impulse would last {hours / impulses:.4g} hours, and must last a whole number of them"
    if hours % 1 != 0:
        remedy = f"a turn of {days:g} days has {hours:g} hours; lengthen or shorten it to whole hours"
        document.add(("days_per_turn",), "impulse-hours", message, remedy)
        return
    fitting = [n for n in range(1, MAX_IMPULSES + 1) if hours % n == 0]
    near = sorted(sorted(fitting, key=lambda n: abs(n - impulses))[:3])
    remedy = f"the {hours:.0f} hours of a turn can be shared by {', '.join(map(str, near))} impulses"
    key = "days_per_turn" if document.get("impulses_per_turn") is None else "impulses_per_turn"
    document.add((key,), "impulse-hours", message, remedy)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_sides(folder: Folder) -> None:
    document = folder.scenario
    commanded: dict[str, int] = {}
    rows = document.rows("sides")
    for path, row in rows:
        for k, name in enumerate(names_in(row.get("factions"))):
            if name in commanded:
                message = f"the faction '{name[:40]}' belongs to two sides"
                remedy = f"leave it in one; the first is on line {commanded[name]}"
                document.add((*path, "factions", k), "two-sides", message, remedy)
            commanded.setdefault(name, document.spot((*path, "factions", k)).line)
    if rows and all(row.get("playable") is False for _, row in rows):
        document.add(("sides",), "no-player", "no side is playable", "set 'playable: true' for one side at least")
    with_forces: dict[str, Path_] = {}
    for path, _, faction in each_force(folder):
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
                    document.add((*path, "metric", key), "missing-key", message, "add it to the metric")
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
            names = names_in(row.get("between"))
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
        for k, country in enumerate(names_in(row.get("territory"))):
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
    for path, row, _ in each_force(folder):
        count += 1
        order = row.get("order")
        if isinstance(order, str) and order in cast.ORDERS_WITH_DESTINATION and row.get("destination") is None:
            message = f"the order '{order}' needs a destination"
            folder.forces.add((*path, "order"), "missing-key", message, "add 'destination: place'")
    if count > MAX_FORCES:
        folder.forces.add(("groups",), "too-many", f"more than {MAX_FORCES} forces", "merge the smallest")
