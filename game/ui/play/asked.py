"""What others want of the person's side and is not answered yet: decisions of events, proposals, an accord."""

from __future__ import annotations

from game.core.columns import peace, treaty
from game.core.ids import Act, FactionId, Phase, Standing, TreatyState
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


def may_disarm(match: Match) -> list[FactionId]:
    """The person's factions that signed an accord, who may say whether they disarm (13.13)."""
    t = match.view.tables
    if match.side is None or match.setting.peace is None:
        return []
    if not Phase.ACCORD <= int(t.peace[peace.PHASE]) <= Phase.MISSION:
        return []
    bound = (Standing.SIGNED, Standing.CANTONING, Standing.REFUSED)
    return [k for k in match.setting.sides[match.side].factions if int(t.party[peace.STANDING, k]) in bound]


def undeclared(match: Match) -> list[FactionId]:
    """Those of them that have not said it, and are not told to this turn."""
    standing = match.view.tables.party[peace.STANDING]
    told = {a.faction for a in match.orders.acts if a.kind is Act.DISARM}
    return [k for k in may_disarm(match) if int(standing[k]) == Standing.SIGNED and k not in told]
