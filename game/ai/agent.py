"""What an agent is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from game.core.orders import Orders
from game.core.view import View
from game.engine.playable import Playable


class Agent(Protocol):
    """Whoever gives a side's orders: it sees a View and nothing else."""

    name: str

    def orders(self, view: View) -> Orders:
        """Orders for the coming turn. Forces without an order go on with their standing one.

        Every order carries the reason for it, which records.say turns into a sentence.
        """
        ...


AgentFactory = Callable[[Playable, str], Agent]
"""Makes an agent for a scenario and a side id."""
