"""What makes sense only across the keys of an economy: spans, donors and recipients, pipelines, reserves."""

from __future__ import annotations

from typing import Any

from game.scenario.yamltree import Document, Path_


def check_economy(factions: Document, forces: Document) -> None:
    """Note every fault of sense in aid, budgets, pipelines and reserves."""
    economies: dict[str, dict[str, Any] | None] = {}
    for path, row in factions.rows("factions"):
        economy = row.get("economy")
        if isinstance(row.get("id"), str):
            economies[row["id"]] = economy if isinstance(economy, dict) else None
        if isinstance(economy, dict):
            for key in ("budget", "vote"):
                _check_spans(factions, (*path, "economy", key))
    for path, row in factions.rows("aid"):
        _check_pair(factions, path, row, economies)
        _check_spans(factions, (*path, "spans"))
    for path, row in forces.rows("pipelines"):
        _check_pair(forces, path, row, economies)
    for group, _ in forces.rows("groups"):
        for path, row in forces.rows(*group, "forces"):
            if row.get("not_before") is not None and row.get("reserve") is not True:
                message = "'not_before' is for formations in reserve"
                forces.add((*path, "not_before"), "bad-value", message, "add 'reserve: true', or use 'arrives'")


def _check_spans(document: Document, path: Path_) -> None:
    for span_path, span in document.rows(*path):
        since, until = span.get("since"), span.get("until")
        if isinstance(since, int) and isinstance(until, int) and until < since:
            message = f"the span ends in {until}, before it begins in {since}"
            document.add((*span_path, "until"), "date-order", message, "exchange them")


def _check_pair(
    document: Document, path: Path_, row: dict[str, Any], economies: dict[str, dict[str, Any] | None]
) -> None:
    donor, recipient = row.get("donor"), row.get("recipient")
    # names that nobody has are told of elsewhere
    if not isinstance(donor, str) or not isinstance(recipient, str) or not {donor, recipient} <= economies.keys():
        return
    if donor == recipient:
        document.add((*path, "recipient"), "same-faction", f"'{donor[:40]}' would aid itself", "name two factions")
    elif economies[recipient] is None:
        message = f"'{recipient[:40]}' keeps no accounts and can take no aid"
        document.add((*path, "recipient"), "no-economy", message, "give it an 'economy' in factions.yaml")
    elif not (economies[donor] or {}).get("vote"):
        message = f"'{donor[:40]}' has no vote for aid and gives nothing"
        document.add((*path, "donor"), "no-vote", message, "give its 'economy' a 'vote' in factions.yaml")
