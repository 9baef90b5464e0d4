"""The sequence of play: one list. What happens in a turn, in order, is what stands here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from game.engine.acts import take_acts
from game.engine.events import play_events
from game.engine.peace import settle
from game.engine.stages import turn_pages
from game.rules.ambush import raid
from game.rules.assembly import vote
from game.rules.battle import fight
from game.rules.camps import shelter
from game.rules.condition import rest_and_leave
from game.rules.control import enforce
from game.rules.economy import keep_accounts
from game.rules.fracture import administer, break_apart, go_over, keep_partners
from game.rules.harm import labour
from game.rules.harvest import harvest
from game.rules.manpower import muster
from game.rules.mines import month_of_mines, tread
from game.rules.movement import march
from game.rules.orders import bring_arrivals
from game.rules.people import suffer
from game.rules.politics import weigh_will
from game.rules.relations import weigh_relations
from game.rules.retreat import after_battle
from game.rules.security import secure
from game.rules.sight import look
from game.rules.supply import feed
from game.rules.support import sway
from game.rules.sweep import comb, watch_borders
from game.rules.treaties import keep_treaties
from game.rules.unity import bury_spent, weigh_leaders

if TYPE_CHECKING:
    from game.engine.world import World


class When(Enum):
    TURN = "once a turn, before the impulses"
    MONTH = "in the first impulse that begins in a new month of the calendar, for the month that has ended"
    IMPULSE = "in every impulse"


@dataclass(frozen=True)
class Step:
    """One step of the turn: a rule, or the engine's own bookkeeping.

    A rule of an impulse takes tables, ground, scratch, ruleset and impulse; one of a month the cast after the ground.
    """

    name: str
    chapter: str
    when: When
    rule: Callable[..., None] | None = None
    bookkeeping: Callable[[World], None] | None = None

    def act(self, world: World) -> None:
        """Do the step."""
        if self.bookkeeping is not None:
            self.bookkeeping(world)
        if self.rule is not None:
            self.rule(*(world.month if self.when is When.MONTH else world.impulse))


def _orders(v: World) -> None:
    v.take_orders()


def _acts(v: World) -> None:
    take_acts(v)


def _events(v: World) -> None:
    play_events(v)


def _stages(v: World) -> None:
    turn_pages(v)


def _peace(v: World) -> None:
    settle(v)


def _ways(v: World) -> None:
    v.find_ways()


SEQUENCE_OF_PLAY: tuple[Step, ...] = (
    Step("orders", "1 Sequence of play", When.TURN, bookkeeping=_orders),
    Step("acts", "1 Sequence of play", When.TURN, bookkeeping=_acts),
    Step("mines of a month", "7 Works and mines", When.MONTH, month_of_mines),
    Step("borders", "6 Combat", When.MONTH, watch_borders),
    Step("security", "9 Security", When.MONTH, secure),
    Step("harvest", "9 Food", When.MONTH, harvest),
    Step("labour", "9 Harm", When.MONTH, labour),
    Step("camps", "9 Flight and camps", When.MONTH, shelter),
    Step("support", "9 Support", When.MONTH, sway),
    Step("economy", "10 Economy and aid", When.MONTH, keep_accounts),
    Step("manpower", "10 Economy and aid", When.MONTH, muster),
    Step("relations", "11 Diplomacy", When.MONTH, weigh_relations),
    Step("treaties", "11 Diplomacy", When.MONTH, keep_treaties),
    Step("assembly", "11 Diplomacy", When.MONTH, vote),
    Step("unity", "12 Politics", When.MONTH, weigh_leaders),
    Step("fracture", "12 Politics", When.MONTH, break_apart),
    Step("defection", "12 Politics", When.MONTH, go_over),
    Step("coalitions", "12 Politics", When.MONTH, keep_partners),
    Step("administration", "12 Politics", When.MONTH, administer),
    Step("dissolution", "12 Politics", When.MONTH, bury_spent),
    Step("stages", "12 Politics", When.MONTH, bookkeeping=_stages),
    Step("peace", "13 Peace process", When.MONTH, bookkeeping=_peace),
    Step("events", "14 Events", When.IMPULSE, bookkeeping=_events),
    Step("arrivals", "1 Sequence of play", When.IMPULSE, bring_arrivals),
    Step("movement", "3 Movement", When.IMPULSE, march, _ways),
    Step("combat", "6 Combat", When.IMPULSE, fight),
    Step("retreat", "6 Combat", When.IMPULSE, after_battle),
    Step("supply", "4 Supply", When.IMPULSE, feed),
    Step("raids", "6 Combat", When.IMPULSE, raid),
    Step("sweeps", "6 Combat", When.IMPULSE, comb),
    Step("mines", "7 Works and mines", When.IMPULSE, tread),
    Step("condition", "7-8 Works and morale", When.IMPULSE, rest_and_leave),
    Step("control", "9 Control", When.IMPULSE, enforce),
    Step("people", "9 Population", When.IMPULSE, suffer),
    Step("politics", "12 Politics", When.IMPULSE, weigh_will),
    Step("sight", "5 Visibility", When.IMPULSE, look),
)
