"""Every fact has a sentence that a reader understands."""

from __future__ import annotations

import re

import pytest

from game.core.ids import NO_FACTION, NO_FORCE, OFF_MAP, Order
from game.core.reasons import Reason
from game.core.records import Record, RecordKind, say
from tests.builders import force, small_game

SETTING = small_game([force(0, 0), force(1, 5)]).setting
TOWN = SETTING.map.n // 2


def fact(kind: RecordKind, **more: int) -> Record:
    values = {"faction": 0, "force": 0, "hex": TOWN, "other": 1, "a": 0, "b": 0, "c": 0, "d": 0, "e": 0}
    return Record(hour=30, kind=kind, **{**values, "reason": Reason.NONE, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(RecordKind))
def test_every_kind_is_one_sentence_with_a_date(kind: RecordKind) -> None:
    said = say(fact(kind, a=3, b=4), SETTING)
    assert said.startswith("2 Jan 1979") and said.endswith(".") and "\n" not in said
    assert not re.search(r"[{}]|None|-1|: :|\.\.", said)


@pytest.mark.parametrize("kind", list(RecordKind))
def test_every_kind_can_be_said_of_nobody_and_nowhere(kind: RecordKind) -> None:
    nobody = fact(kind, faction=NO_FACTION, force=NO_FORCE, hex=OFF_MAP, other=NO_FACTION, a=1, b=OFF_MAP)
    assert say(nobody, SETTING).endswith(".")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_said_with_its_figures(reason: Reason) -> None:
    said = say(fact(RecordKind.ORDER, a=Order.ATTACK, b=TOWN, c=TOWN, d=150, reason=reason), SETTING)
    assert "{" not in said and said.startswith("2 Jan 1979: Force 0: attack towards Town")


def test_a_battle_tells_men_losses_and_odds() -> None:
    battle = fact(RecordKind.BATTLE, a=34120, b=13040, c=423, d=611, e=291)
    assert say(battle, SETTING) == (
        "2 Jan 1979, Town: 34,000 men of F0 attacked 13,000 of F1; losses about 420 and 610; odds 2.9 to 1."
    )


def test_a_refusal_says_why() -> None:
    refused = fact(RecordKind.REFUSED, a=Order.MOVE, b=TOWN, c=TOWN, reason=Reason.NO_PATH)
    assert (
        say(refused, SETTING) == "2 Jan 1979: Force 0: march to Town: refused: there is no way to Town for this force."
    )


def test_a_retreat_gives_the_odds_in_words() -> None:
    back = fact(RecordKind.RETREAT, a=TOWN + 1, b=5000, c=240, reason=Reason.PUSHED_BACK)
    assert say(back, SETTING).endswith("with 5,000 men: pushed back by force, odds 2.4 to 1.")


def test_an_event_is_told_by_its_title_if_the_titles_are_given() -> None:
    event = fact(RecordKind.EVENT, a=1, hex=OFF_MAP)
    assert say(event, SETTING, ("First", "The veto")) == "2 Jan 1979: The veto."


def test_will_that_rises_is_not_explained_by_a_loss() -> None:
    rise = fact(RecordKind.WILL, a=250, b=6100, hex=OFF_MAP, reason=Reason.LAND_LOST)
    assert say(rise, SETTING) == "2 Jan 1979: political will of F0 rose by 2.5 to 61: important places are regained."
