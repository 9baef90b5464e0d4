"""Chapter 14: when events happen, how often, and what the words of their conditions mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.ids import Stance, Status
from game.core.reasons import Reason
from game.core.records import RecordKind, say
from game.engine.conditions import worth
from game.engine.world import World
from game.scenario.conditions import FUNCTIONS, VALUES, Condition, Kind, read_condition
from game.scenario.model import Effect, EffectKind, Event
from tests.builders import force, small_game


def condition(text: str) -> Condition:
    """Factions are f0, f1; places h7 and so on; the only country is row 0."""
    return read_condition(text).bound(lambda kind, name: 0 if kind in (Kind.COUNTRY, Kind.PROVINCE) else int(name[1:]))


def event(on: date | None = None, when: str = "", **more: object) -> Event:
    effects = more.pop("effects", (Effect(EffectKind.WILL, 0, value=-5.0),))
    asked = condition(when) if when else None
    return Event("e", on, "Event", "It happens.", "politics", False, effects, ("x",), when=asked, **more)  # type: ignore[arg-type]


def days_of(world: World, turns: int) -> list[int]:
    """Days from the start on which an event was recorded."""
    found = []
    for _ in range(turns):
        found += [r.hour // 24 for r in world.step({}).of_kind(RecordKind.EVENT)]
    return found


def game(*events: Event, **more: object) -> World:
    return small_game([force(0, 50), force(1, 20)], events=events, **more)  # type: ignore[arg-type]


def test_14_1_a_dated_event_happens_once_on_its_day() -> None:
    world = game(event(date(1979, 1, 6)))
    assert days_of(world, 5) == [5]


def test_14_1_a_day_before_the_start_is_history() -> None:
    assert days_of(game(event(date(1978, 12, 6))), 3) == []


def test_14_1_a_condition_waits_until_it_holds_and_for_its_date() -> None:
    assert days_of(game(event(when="date >= 1979-01-04")), 3) == [3]
    assert days_of(game(event(date(1979, 1, 9), "will(f0) > 0")), 3) == [8]
    assert days_of(game(event(when="will(f0) < 0")), 3) == []


def test_14_1_chance_is_a_share_a_day_whatever_the_impulse() -> None:
    def waits(impulses: int) -> float:
        days = [days_of(game(event(when="1", chance=0.25), impulses=impulses, seed=s, turns=8), 8) for s in range(120)]
        return float(np.mean([d[0] for d in days if d]))

    daily, halves = waits(4), waits(8)
    # the mean of a geometric wait is 3 days; a half-day impulse sees it a quarter of a day earlier at most
    assert daily == pytest.approx(3.0, abs=0.9)
    assert halves == pytest.approx(daily, abs=1.2)


def test_14_2_an_event_comes_again_after_its_interval() -> None:
    world = game(event(when="1", again_after=5.0), turns=4)
    assert days_of(world, 4) == [0, 5, 10, 15]
    assert world.tables.faction_f[A.WILL, 0] < 70.0 - 15.0


def test_14_1_an_event_stands_on_record_on_its_day_whatever_the_impulse() -> None:
    world = game(event(date(1979, 1, 7)), days_per_turn=30.0, impulses=3)
    records = world.step({})
    assert [r.hour // 24 for r in records.of_kind(RecordKind.EVENT)] == [6]


def test_14_2_an_atrocity_comes_on_its_day_or_not_at_all() -> None:
    for when, expected in (("alive(f1)", [5]), ("stage(f1) > 0", []), ("date >= 1979-01-09", [])):
        happened = replace(event(date(1979, 1, 6), when), kind="atrocity")
        assert days_of(game(happened), 5) == expected
    assert days_of(game(event(date(1979, 1, 6), "date >= 1979-01-09")), 5) == [8], "other events wait"


def test_14_3_an_event_that_moves_relations_far_is_told_at_once_as_what_it_was() -> None:
    massacre = replace(event(date(1979, 1, 6), effects=(Effect(EffectKind.BOND, 0, 1, value=-15.0),)), why="a massacre")
    small = event(date(1979, 1, 7), effects=(Effect(EffectKind.BOND, 0, 1, value=-3.0),))
    world = game(small, massacre)
    rows = [r for _ in range(3) for r in world.step({}).of_kind(RecordKind.RELATION)]
    assert [(r.hour // 24, r.a) for r in rows] == [(5, -1500)]
    said = say(rows[0], world.setting, world.scenario.headlines)
    assert said == "6 Jan 1979: relations of F0 and F1 are worse by 15, now -15: a massacre."


def test_14_3_recognition_and_aid_of_an_event_are_on_record_with_what_they_end() -> None:
    effects = (
        Effect(EffectKind.RECOGNITION, 2, 1, value=1.0), Effect(EffectKind.AID, 2, 1, value=24.0),
    )  # fmt: skip
    world = game(event(date(1979, 1, 2), effects=effects), factions=3)
    world.tables.recognised[2, 0] = 1
    records = world.step({})
    assert world.tables.recognised[2].tolist() == [0, 1, 0]
    recognised = [(r.other, r.a, r.reason) for r in records.of_kind(RecordKind.RECOGNISED)]
    assert recognised == [(0, 0, Reason.OTHER_GOVERNMENT), (1, 1, Reason.EVENT)]
    assert [(r.b, r.a) for r in records.of_kind(RecordKind.AID_CHANGED)] == [(0, 2000)]


def test_records_stand_in_the_order_of_their_hours() -> None:
    world = game(*(event(date(1979, 1, day)) for day in (9, 3, 7, 5)), days_per_turn=30.0, impulses=2)
    hours = [r.hour for r in world.step({})]
    assert hours == sorted(hours) and len(set(hours)) > 3


def test_14_2_what_has_happened_is_part_of_the_state() -> None:
    world = game(event(when="1"))
    assert days_of(world, 1) == [0]
    assert days_of(world.copy(), 2) == []


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("men(f0)", 5000), ("bands(f1)", 5000), ("killed(f1)", 7), ("will(f0)", 70), ("controls(f0, h50)", 1),
        ("controls(f1, h50)", 0), ("held(f0, c0)", 0.25), ("relation(f0, f1)", -40), ("at_war(f0, f1)", 1),
        ("displaced(c0)", 90), ("month", 1), ("wet", 0), ("date - 1978-12-31", 1), ("1 + 2 * 3 - 4 / 2", 5),
        ("3 / 0", 0), ("1 < 2 <= 2 and not 3 != 3", 1), ("0 or 2 > 1", 1), ("-2 < 0", 1),
    ],
)  # fmt: skip
def test_words_of_conditions(text: str, means: float) -> None:
    value = np.zeros(108)
    value[[50, 51, 52, 53]] = 1.0
    world = game(value=value)
    t = world.tables
    t.hex_i[H.CONTROL, 50] = 0
    t.hex_i[H.DISPLACED, 3] = 90
    t.force_i[4, 1] = Status.BANDS
    t.faction_i[A.KILLED, 1] = 7
    t.relation[0, 1] = t.relation[1, 0] = -40
    assert t.stance[0, 1] == Stance.WAR
    assert worth(condition(text), world.setting, t, 0) == means


def test_every_function_has_a_meaning() -> None:
    world = game()
    words = {
        Kind.FACTION: "f0", Kind.MOVEMENT: "f1", Kind.PLACE: "h3", Kind.COUNTRY: "c0", Kind.PROVINCE: "p0",
        Kind.TERM: "cease_fire", Kind.POLICY: "tax",
    }  # fmt: skip
    for name, function in FUNCTIONS.items():
        call = f"{name}({', '.join(words[kind] for kind in function.takes)})"
        text = call if function.gives is None else f"{call} == {next(iter(function.gives)).name.lower()}"
        assert worth(condition(text), world.setting, world.tables, 0) >= 0.0
    for name, value in VALUES.items():
        text = name if value.gives is None else f"{name} != {next(iter(value.gives)).name.lower()}"
        assert worth(condition(text), world.setting, world.tables, 0) >= 0.0
