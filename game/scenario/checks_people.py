"""What makes sense of the scenario's `people`: movements that contend, shares that add up, camps on land."""

from __future__ import annotations

from datetime import date
from typing import Any

from game.core.hexmap import HexMap
from game.core.ids import OFF_MAP
from game.scenario.checks_ids import check_ids
from game.scenario.ground import locate
from game.scenario.yamltree import Document, Path_

_AT: Path_ = ("people",)


def check_people(scenario: Document, factions: Document, map_: HexMap | None) -> None:
    """Note every fault of sense in `people` of scenario.yaml."""
    _check_support(scenario, factions)
    _check_relief(scenario)
    _check_camps(scenario, map_)


def _check_support(scenario: Document, factions: Document) -> None:
    given = scenario.get(*_AT, "support")
    if not isinstance(given, dict):
        return
    if scenario.get("fought_over") is None:
        message = "there is support, and no country whose people could give it"
        scenario.add((*_AT, "support"), "no-country", message, "name the country in 'fought_over'", key=True)
    rows = [row for _, row in factions.rows("factions")]
    known = {row["id"] for row in rows if isinstance(row.get("id"), str)}
    movements = {row["id"] for row in rows if isinstance(row.get("id"), str) and row.get("movement") is True}
    sums: dict[str | None, float] = {None: 0.0}
    entries = {name: entry for name, entry in given.items() if isinstance(entry, dict)}
    named = {p for entry in entries.values() for p in _numbers(entry.get("provinces"))}
    for name, entry in entries.items():
        if name in known and name not in movements:
            message = f"'{str(name)[:40]}' contends for nobody's support"
            remedy = "set 'movement: true' for it in factions.yaml"
            scenario.add((*_AT, "support", name), "no-movement", message, remedy, key=True)
        whole = entry.get("share")
        share = _numbers({"": whole}).get("", 0.0)
        provinces = _numbers(entry.get("provinces"))
        sums[None] += share
        for province in named:
            sums[province] = sums.get(province, 0.0) + provinces.get(province, share)
    for where in sorted(sums, key=lambda p: p or ""):
        if sums[where] > 1.0 + 1e-9:
            message = (
                f"the movements' shares are {sums[where]:.2f} of the people {f'in {where}' if where else 'in all'}"
            )
            scenario.add((*_AT, "support"), "too-many", message, "lower them: they are 1 at most", key=True)


def _numbers(value: Any) -> dict[str, float]:
    """The shares of a mapping that are such."""
    if not isinstance(value, dict):
        return {}
    return {k: float(v) for k, v in value.items() if isinstance(v, int | float) and isinstance(k, str) and 0 <= v <= 1}


def _check_relief(scenario: Document) -> None:
    for path, row in scenario.rows(*_AT, "relief"):
        since, until = row.get("since"), row.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            scenario.add((*path, "until"), "date-order", f"relief ends on {until}, before it begins", "exchange them")


def _check_camps(scenario: Document, map_: HexMap | None) -> None:
    check_ids(scenario, "camps", scenario.rows(*_AT, "camps"))
    for path, row in scenario.rows(*_AT, "camps"):
        people, capacity = row.get("people", 0), row.get("capacity")
        if isinstance(people, int) and isinstance(capacity, int) and people > capacity:
            message = f"the camp holds {people:,} people and has room for {capacity:,}"
            scenario.add((*path, "people"), "no-room", message, "raise 'capacity' or lower 'people'")
        if isinstance(people, int) and people > 0 and row.get("opens_from") is not None:
            message = "the camp holds people before its host lets them in"
            scenario.add((*path, "opens_from"), "date-order", message, "leave one of the two out")
        location = row.get("location")
        at = locate(map_, location) if map_ is not None and isinstance(location, str) else OFF_MAP
        if map_ is not None and at != OFF_MAP and not map_.is_land[at]:
            scenario.add((*path, "location"), "on-water", f"'{location}' is water", "move the camp ashore")
