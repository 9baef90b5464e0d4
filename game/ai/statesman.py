"""What the factions of a side do beside commanding forces: money and men, dealings with others, the settlement.

Each part looks at the same view and gives acts with their reasons; the order here is that in which they are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from game.ai import decisions, settlement, statecraft, treasury
from game.core.orders import FactionAct, Orders
from game.core.view import View
from game.engine.playable import Playable

StateActs = Callable[[View, Playable, str], Iterable[FactionAct]]
"""Acts for the coming turn of the factions of a side (its id)."""

PARTS: tuple[StateActs, ...] = (
    treasury.state_acts,
    statecraft.state_acts,
    settlement.state_acts,
    decisions.state_acts,
)


def acts_of(view: View, scenario: Playable, side: str) -> tuple[FactionAct, ...]:
    """The acts of all parts. Of two that concern the same thing the later counts."""
    orders = Orders()
    for part in PARTS:
        for act in part(view, scenario, side):
            orders.act(act)
    return orders.acts
