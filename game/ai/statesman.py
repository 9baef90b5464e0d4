"""What the factions of a side do beside commanding forces: money and men, dealings with others, the settlement.

Each part looks at the same view and gives acts with their reasons; the order here is that in which they are done.
"""

from __future__ import annotations

from itertools import chain

from game.ai import decisions, settlement, statecraft, treasury
from game.ai.actbook import opens_month
from game.ai.manners import Manners
from game.core.orders import FactionAct, Orders
from game.core.view import View
from game.engine.playable import Playable


def acts_of(view: View, scenario: Playable, side: str, manners: Manners) -> tuple[FactionAct, ...]:
    """The acts of all parts, money and dealings in the first turn that begins in a month alone. Of two that concern the
    same thing the later counts."""
    orders = Orders()
    if opens_month(view):
        for act in chain(treasury.state_acts(view), statecraft.state_acts(view, manners)):
            orders.act(act)
    for act in chain(settlement.state_acts(view, manners), decisions.state_acts(view, scenario, side)):
        orders.act(act)
    return orders.acts
