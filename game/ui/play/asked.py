"""What others want of the person's side and is not answered yet: decisions of events, proposals."""

from __future__ import annotations

from game.core.columns import treaty
from game.core.ids import Act, TreatyState
from game.engine.events import OpenDecision, open_decisions
from game.ui.match import Match


def waiting(match: Match) -> tuple[OpenDecision, ...]:
    """Decisions that the person's side has to take."""
    if match.side is None or match.world.over:
        return ()
    return open_decisions(match.scenario, match.view.tables, match.setting.sides[match.side].id)


def planned_answer(match: Match, decision: OpenDecision) -> int | None:
    """The answer planned for this turn, if any."""
    found = (a.value for a in match.orders.acts if a.kind is Act.CHOOSE and a.a == decision.row)
    return next(found, None)


def unanswered(match: Match) -> list[int]:
    """Rows of the treaty table with proposals to the person's side that have no planned answer."""
    if match.side is None or match.world.over:
        return []
    t, own = match.view.tables.treaty, match.setting.sides[match.side].factions
    answered = {a.a for a in match.orders.acts if a.kind is Act.ANSWER}
    return [
        r
        for r in range(t.shape[1])
        if int(t[treaty.TERM, r])
        and int(t[treaty.STATE, r]) == TreatyState.PROPOSED
        and int(t[treaty.BY, r]) not in own
        and (int(t[treaty.A, r]) in own or int(t[treaty.B, r]) in own)
        and r not in answered
    ]
