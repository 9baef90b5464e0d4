"""The sequence of play: one list. What happens in a turn, in order, is what stands here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from game.rules.ambush import raid
from game.rules.battle import fight
from game.rules.condition import rest_and_leave
from game.rules.control import enforce
from game.rules.movement import march
from game.rules.orders import bring_arrivals
from game.rules.people import suffer
from game.rules.politics import weigh_will
from game.rules.retreat import after_battle
from game.rules.sight import look
from game.rules.supply import consume, issue

if TYPE_CHECKING:
    from game.engine.world import World


class When(Enum):
    TURN = "once a turn, before the impulses"
    IMPULSE = "in every impulse"


@dataclass(frozen=True)
class Step:
    """One step of the turn."""

    name: str
    chapter: str
    when: When
    act: Callable[[World], None]


def _movement(v: World) -> None:
    v.find_ways()
    r = v.setting.chapters
    march(
        v.tables,
        v.setting.ground,
        v.work,
        v.routes.steps,
        r.move,
        r.combat,
        r.control,
        int(v.season),
        v.hour,
        v.impulse_hours,
    )


def _combat(v: World) -> None:
    fight(
        v.tables,
        v.setting.ground,
        v.work,
        v.routes.steps,
        v.setting.numbers,
        int(v.season),
        v.hour,
        v.impulse_days,
    )


def _raids(v: World) -> None:
    raid(v.tables, v.setting.ground, v.work, v.setting.chapters.combat, v.hour, v.impulse_days)


def _retreat(v: World) -> None:
    after_battle(v.tables, v.setting.ground, v.work, v.setting.numbers, v.hour, v.impulse_days)


def _supply(v: World) -> None:
    rules = v.setting.chapters.supply
    issue(v.tables, v.setting.ground, v.work, rules, int(v.season), v.hour, v.impulse_days)
    consume(v.tables, v.setting.ground, rules, v.hour, v.impulse_days)


def _condition(v: World) -> None:
    rest_and_leave(v.tables, v.setting.ground, v.work, v.setting.numbers, int(v.season), v.hour, v.impulse_days)


def _control(v: World) -> None:
    r = v.setting.chapters
    enforce(v.tables, v.setting.ground, v.work, r.control, r.move, v.hour, v.impulse_days)


def _people(v: World) -> None:
    suffer(v.tables, v.setting.ground, v.work, v.setting.chapters.people, v.hour, v.impulse_days)


def _politics(v: World) -> None:
    weigh_will(v.tables, v.setting.ground, v.work, v.setting.chapters.politics, v.hour, v.impulse_days)


def _sight(v: World) -> None:
    look(v.tables, v.setting.ground, v.work, v.setting.chapters.sight, v.hour, v.impulse_days)


def _orders(v: World) -> None:
    v.take_orders()


def _events(v: World) -> None:
    v.apply_events()


def _arrivals(v: World) -> None:
    bring_arrivals(v.tables, v.work, v.hour)


SEQUENCE_OF_PLAY: tuple[Step, ...] = (
    Step("orders", "1 Sequence of play", When.TURN, _orders),
    Step("events", "14 Events", When.IMPULSE, _events),
    Step("arrivals", "1 Sequence of play", When.IMPULSE, _arrivals),
    Step("movement", "3 Movement", When.IMPULSE, _movement),
    Step("combat", "6 Combat", When.IMPULSE, _combat),
    Step("retreat", "6 Combat", When.IMPULSE, _retreat),
    Step("supply", "4 Supply", When.IMPULSE, _supply),
    Step("raids", "6 Combat", When.IMPULSE, _raids),
    Step("condition", "7-8 Works and morale", When.IMPULSE, _condition),
    Step("control", "9 Control", When.IMPULSE, _control),
    Step("people", "9 Population", When.IMPULSE, _people),
    Step("politics", "12 Politics", When.IMPULSE, _politics),
    Step("sight", "5 Visibility", When.IMPULSE, _sight),
)
