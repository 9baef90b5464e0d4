"""What makes sense of treaties, interests and blocs at the start."""

from __future__ import annotations

from typing import Any

from game.scenario.checks_ids import check_two
from game.scenario.yamltree import Document

_FOR_FRIENDS = ("access", "sanctuary", "alliance", "coalition", "amnesty", "trade")
_NEEDS_VALUE = ("aid", "withdrawal")
MAX_TREATIES = 96
"""Half of the table: the rest is for the game."""


def check_diplomacy(document: Document) -> None:
    """Note every fault of sense in factions.yaml's treaties, interests and blocs."""
    rows = document.rows("treaties")
    if len(rows) > MAX_TREATIES:
        document.add(("treaties",), "too-many", f"more than {MAX_TREATIES} treaties", "leave the least out")
    wars = {frozenset(_names(row.get("between"))) for _, row in document.rows("stances") if row.get("stance") == "war"}
    for path, row in rows:
        pair = _names([row.get("giver"), row.get("receiver")])
        check_two(document, path, pair)
        term = row.get("term")
        if frozenset(pair) in wars and term in _FOR_FRIENDS:
            message = f"the two are at war, and a treaty on {term} is in force"
            document.add((*path, "term"), "war-and-treaty", message, "leave out the treaty or the stance")
        if term in _NEEDS_VALUE and not row.get("value"):
            document.add((*path, "term"), "missing-key", f"'{term}' needs 'value'", "add 'value'")
    _check_recognition(document)
    first: dict[str, int] = {}
    for path, row in document.rows("interests"):
        name = row.get("faction")
        if isinstance(name, str):
            if name in first:
                message = f"the interests of {name[:40]} stand here a second time"
                document.add((*path, "faction"), "duplicate-id", message, f"the first is on line {first[name]}")
            first.setdefault(name, document.spot((*path, "faction")).line)


def _check_recognition(document: Document) -> None:
    """A country has one government: nobody recognises two of those who contend for it."""
    contenders = {row.get("id") for _, row in document.rows("factions") if row.get("movement") is True}
    recognised: dict[str, str] = {}
    for path, row in document.rows("treaties"):
        giver, receiver = row.get("giver"), row.get("receiver")
        if row.get("term") != "recognition" or not (isinstance(giver, str) and isinstance(receiver, str)):
            continue
        if receiver not in contenders:
            continue
        other = recognised.setdefault(giver, receiver)
        if other != receiver:
            message = f"'{giver[:40]}' recognises '{other[:40]}' already, and a country has one government"
            document.add((*path, "receiver"), "two-governments", message, "leave one of the two treaties out")


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
