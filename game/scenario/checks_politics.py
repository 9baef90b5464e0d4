"""What makes sense of latent factions, lines of fracture and the terms of peace, checked on the raw data.

None of these may hand over anything: a latent faction has neither land nor men until play gives it some.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from game.scenario.checks_events import word_of_harm
from game.scenario.checks_ids import check_ids
from game.scenario.yamltree import Document

Path_ = tuple[str | int, ...]

_HELD = ("holds", "territory")


def check_politics(scenario: Document, factions: Document, forces: Document) -> None:
    """Note every fault of politics in the documents concerned."""
    cast = {row["id"]: (path, row) for path, row in factions.rows("factions") if isinstance(row.get("id"), str)}
    latent = {name for name, (_, row) in cast.items() if row.get("latent") is True}
    children = {row["child"] for _, row in factions.rows("fracture") if isinstance(row.get("child"), str)}
    peace = scenario.get("peace")
    mission = peace.get("mission") if isinstance(peace, dict) else None
    is_known = scenario.data is not None
    """Whether the mission is: a file that cannot be read is no reason to find fault with another."""
    for name, (path, row) in cast.items():
        check_ids(factions, "stages", factions.rows(*path, "stages"))
        _check_not_opened_by_harm(factions, path, row)
        if name not in latent:
            if row.get("founding") is not None:
                message = f"'{name}' is an actor from the start and cannot be founded"
                factions.add((*path, "founding"), "not-latent", message, "add 'latent: true', or leave this out")
            continue
        for key in _HELD:
            if row.get(key):
                message = f"'{name}' is latent and cannot hold anything at the start"
                factions.add((*path, key), "latent-holds", message, "leave it out: land comes in play")
        if row.get("founding") is None and name not in children and name != mission and is_known:
            message = f"'{name}' would never come to life"
            factions.add(path, "never", message, "give it a 'founding' or a line in 'fracture'")
    _check_descent(factions, cast)
    _check_fractures(factions, latent, cast)
    _check_reserves(forces, latent)
    if isinstance(peace, dict):
        _check_peace(scenario, peace, cast)


def _check_not_opened_by_harm(factions: Document, path: Path_, row: Mapping[str, Any]) -> None:
    """What people suffer neither founds a faction nor raises it to another name."""
    founding = row.get("founding")
    asked = [((*path, "founding"), founding)] if isinstance(founding, dict) else []
    for at, entry in [*asked, *factions.rows(*path, "stages")]:
        word = word_of_harm(entry.get("when"))
        if word:
            message = f"what people suffer would bring this about: the condition counts '{word}'"
            remedy = "harm opens nothing: ask for a date, who governs or what was agreed"
            factions.add((*at, "when"), "harm-rewarded", message, remedy)


def _check_descent(document: Document, cast: Mapping[str, Any]) -> None:
    """Nobody descends from itself: every circle of parents is told once, at its first faction in the file."""
    parents = {name: row.get("parent") for name, (_, row) in cast.items()}
    seen: set[str] = set()
    for name in cast:
        line: list[str] = []
        here: Any = name
        while isinstance(here, str) and here in parents and here not in seen:
            seen.add(here)
            line.append(here)
            here = parents[here]
        if here in line:
            circle = line[line.index(here) :]
            first = min(circle, key=lambda member: cast[member][0])
            at = circle.index(first)
            told = " > ".join(member[:40] for member in [*circle[at:], *circle[:at], first])
            message = f"factions are each other's parent in a circle: {told}"
            lines = ", ".join(str(document.spot((*cast[member][0], "parent")).line) for member in circle)
            remedy = f"take 'parent' out of one of them ({'lines' if len(circle) > 1 else 'line'} {lines})"
            document.add((*cast[first][0], "parent"), "parent-circle", message, remedy)


def _check_fractures(document: Document, latent: set[str], cast: Mapping[str, Any]) -> None:
    for path, row in document.rows("fracture"):
        parent, child = row.get("parent"), row.get("child")
        if isinstance(child, str) and child in cast and child not in latent:
            message = f"'{child}' is an actor from the start and cannot break from anybody"
            document.add((*path, "child"), "not-latent", message, "add 'latent: true' to it")
        if isinstance(parent, str) and parent == child:
            document.add((*path, "child"), "same-faction", f"'{parent}' stands against itself", "name two factions")
        if not row.get("provinces") and not row.get("places"):
            message = "a regional command needs a region"
            document.add(path, "missing-key", message, "add 'provinces' or 'places'")
    for path, row in document.rows("purges"):
        first, last = row.get("first"), row.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            document.add((*path, "last"), "date-order", f"the last day {last} is before the first", "exchange them")


def _check_reserves(document: Document, latent: set[str]) -> None:
    for group_path, group in document.rows("groups"):
        for path, row in document.rows(*group_path, "forces"):
            faction = row.get("faction", group.get("faction"))
            if isinstance(faction, str) and faction in latent and row.get("reserve") is not True:
                message = f"'{faction}' is latent and has no men at the start"
                document.add(path, "latent-men", message, "add 'reserve: true': it is raised in play")


def _check_peace(document: Document, peace: Mapping[str, Any], cast: Mapping[str, Any]) -> None:
    parties = peace.get("parties") if isinstance(peace.get("parties"), list) else []
    required = peace.get("required") if isinstance(peace.get("required"), list) else []
    assert isinstance(parties, list) and isinstance(required, list)
    for k, name in enumerate(parties):
        if name in parties[:k]:
            document.add(("peace", "parties", k), "duplicate-id", f"'{name}' stands here twice", "leave one out")
        if isinstance(name, str) and name in cast and cast[name][1].get("movement") is not True:
            message = f"'{name}' contends for nobody's support and cannot run for election"
            document.add(("peace", "parties", k), "no-movement", message, "add 'movement: true' to it")
    for k, name in enumerate(required):
        if isinstance(name, str) and name not in parties:
            message = f"'{name}' is needed for an accord and is no party to it"
            document.add(("peace", "required", k), "no-party", message, "add it to 'parties'")
    mission = peace.get("mission")
    if isinstance(mission, str) and mission in cast:
        row = cast[mission][1]
        if row.get("kind") != "mission" or row.get("latent") is not True:
            message = f"'{mission}' is no mission that waits to be asked"
            document.add(("peace", "mission"), "no-mission", message, "give it 'kind: mission' and 'latent: true'")
