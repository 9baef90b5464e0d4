"""How an agent answers the decisions that are put to its side: by what the scenario says each option is worth to it.

The worth of an option is its `ai` expression, read off the side's own view. An option is taken with the chance that
its worth has among all; the draw is tied to the decision, so that asking again gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.core.columns import clock as C
from game.core.ids import Act
from game.core.kernels import plain
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.rng import Purpose
from game.core.rng import uniform as _uniform
from game.core.view import View
from game.engine.conditions import worth
from game.engine.events import OpenDecision, open_decisions
from game.engine.playable import Playable

uniform = plain(_uniform)


def state_acts(view: View, scenario: Playable, side: str) -> Iterator[FactionAct]:
    """An answer to every decision that waits for the side."""
    for decision in open_decisions(scenario.definition, view.tables, side):
        option, share = _answer(view, decision)
        yield FactionAct(
            decision.faction,
            Act.CHOOSE,
            decision.row,
            value=option,
            reason=Reason.DECISION_WEIGHED,
            ra=round(share * 100.0),
            rb=len(decision.answers),
        )


def _answer(view: View, decision: OpenDecision) -> tuple[int, float]:
    """The option taken, and its share of the worth of all."""
    worths = [
        1.0 if weight is None else max(0.0, worth(weight, view.setting, view.tables, view.hour))
        for weight in (answer.option.weight for answer in decision.answers)
    ]
    total = sum(worths)
    if total <= 0.0:
        return decision.default, 0.0
    asked = int(view.tables.event_hour[decision.row])
    drawn = uniform(int(view.tables.clock[C.SEED]), asked, decision.row, int(Purpose.DECISION), 0) * total
    for k, value in enumerate(worths):
        drawn -= value
        if drawn < 0.0:
            return k, value / total
    return decision.default, worths[decision.default] / total
