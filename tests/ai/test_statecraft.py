"""Agents deal with each other: they answer, propose, end, fight and stop trade, each for a reason with its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from game.ai import statecraft, statesman
from game.ai.manners import manners_of
from game.core.calendar import HOURS_A_MONTH
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import treaty as Y
from game.core.ids import Act, Stance, Term, TreatyState
from game.core.kernels import plain
from game.core.orders import FactionAct
from game.core.reasons import TEXT, Reason
from game.core.records import RecordKind, say
from game.engine import acts
from game.engine.playable import Playable
from game.engine.world import World
from game.rules.bargain import Offer, judge
from game.scenario.schema_statecraft import manners
from tests.builders import force
from tests.rules.diplomatic import agree, men, peaceful, relate, talk


def acts_of(world: World, side: int) -> list[FactionAct]:
    """What a side's statecraft does now."""
    return list(statecraft.state_acts(world.view(f"s{side}"), manners_of(world.setting, f"s{side}")))


def hunted(relation: float = 60.0) -> World:
    """Faction 0 fights 2, a large army abroad; 1 is its neighbour and fears that army, 3 a patron."""
    world = peaceful(
        4, [force(0, 30, 9000), force(1, 11, 20000), force(2, 42, 90000)], movements=(0,),
        fear=np.array([0, 1.0, 0, 0]), purse=np.array([0, 20.0, 100.0, 200.0]), might=np.array([0, 100000, 0, 300000]),
    )  # fmt: skip
    relate(world, 0, 2, -90.0, Stance.WAR)
    relate(world, 1, 2, -60.0)
    relate(world, 3, 2, -80.0)
    relate(world, 0, 1, relation)
    relate(world, 0, 3, relation)
    men(world, 9000, 120000, 90000, 300000)
    world.tables.faction_i[A.ABROAD, 2] = 90000
    return world


def test_insurgents_ask_a_neighbour_who_fears_their_enemy_and_patrons_pay() -> None:
    records = talk(hunted(), 18)
    agreed = {(r.faction, r.other, Term(r.a)) for r in records if r.kind is RecordKind.ACCEPTED}
    assert (1, 0, Term.SANCTUARY) in agreed
    assert (3, 0, Term.AID) in agreed


@pytest.mark.parametrize(("purse", "pays"), [(0.0, True), (150.0, True), (250.0, False)])
def test_s_3_nobody_asks_a_poorer_one_for_aid_or_offers_it_to_a_richer_one(purse: float, pays: bool) -> None:
    """3 can give 200 a year; 0 fights."""
    world = hunted()
    world.setting.cast.interests.purse[0] = purse
    records = talk(world, 18)
    given = {(r.faction, r.other) for r in records if r.kind is RecordKind.ACCEPTED and r.a == Term.AID}
    assert ((3, 0) in given) is pays
    asked = [r for r in records if r.kind is RecordKind.PROPOSED and r.faction == 0 and r.a == -Term.AID]
    assert pays or not asked


def test_every_record_of_an_agents_act_says_why() -> None:
    world = hunted()
    records = talk(world, 12)
    assert records
    for record in records:
        ends_by_rule = record.reason is Reason.LIMITED_WAR
        if not ends_by_rule and record.kind in (RecordKind.PROPOSED, RecordKind.ACCEPTED, RecordKind.REFUSED_OFFER):
            assert "odds of" in say(record, world.setting) or "no answer" in say(record, world.setting)


def test_agents_propose_nothing_that_the_rules_refuse() -> None:
    records = talk(hunted(), 18)
    assert [r for r in records if r.kind is RecordKind.ACT_REFUSED] == []


def test_the_same_seed_deals_the_same_and_another_one_differs() -> None:
    def run(seed: int) -> list[Any]:
        world = hunted(20.0)
        world.tables.clock[2] = seed
        return [tuple(vars(r).values()) for r in talk(world, 8)]

    assert run(1) == run(1)
    assert any(run(1) != run(seed) for seed in (2, 3, 4))


def test_nobody_deals_for_or_with_factions_whose_interests_are_not_stated() -> None:
    world = hunted()
    world.setting.cast.interests.listed[:] = 0
    assert talk(world, 4) == []


def test_agents_act_in_the_first_turn_of_a_month_alone() -> None:
    world = hunted()
    world.tables.clock[C.TURN] = 1
    found = []
    for hours in (31 * 24, 59 * 24, 90 * 24):  # the first of February, March and April: a third of the others each
        world.tables.clock[C.HOUR] = hours
        found += acts_of(world, 0)
    assert found
    short = replace(world.setting, days_per_turn=4.0)
    later = replace(world.view("s0"), setting=short)
    later.tables.clock[C.HOUR] += 8 * 24
    assert statesman.acts_of(later, Playable(world.scenario), "s0", manners_of(later.setting, "s0")) == ()


def test_a_treaty_that_turned_bad_is_ended() -> None:
    world = peaceful()
    k = agree(world, Term.SANCTUARY, 0, 1)
    relate(world, 0, 1, -80.0)
    (act,) = [a for a in acts_of(world, 0) if a.kind is Act.DENOUNCE]
    assert act.a == k


def test_rage_and_a_good_chance_bring_war_and_a_poor_chance_does_not() -> None:
    def wars(own: int) -> list[Any]:
        world = peaceful(2, [force(0, 1, own), force(1, 11, 50000)])
        relate(world, 0, 1, -95.0, Stance.HOSTILE)
        men(world, own, 50000)
        return [r for r in talk(world, 36) if r.kind is RecordKind.WAR_DECLARED and r.faction == 0]

    assert wars(400000) and not wars(40000)


def test_a_friend_under_attack_is_stood_by_with_a_war_that_says_when_it_ends() -> None:
    world = peaceful(3, [force(0, 25, 400000), force(1, 2, 120000), force(2, 11, 30000)])
    relate(world, 1, 2, -90.0, Stance.WAR)
    relate(world, 0, 1, -80.0)
    relate(world, 0, 2, 80.0)
    men(world, 400000, 120000, 30000)
    world.tables.faction_i[A.ABROAD, 1] = 100000
    declared = [r for r in talk(world, 24) if r.kind is RecordKind.WAR_DECLARED and r.faction == 0]
    assert declared and declared[0].other == 1 and declared[0].a == manners()["punish_months"]
    assert "stands by its friend" in say(declared[0], world.setting)


def test_weary_enemies_make_an_end_and_fresh_ones_do_not() -> None:
    def ended(weariness: float) -> bool:
        world = peaceful(2, movements=(0, 1))
        relate(world, 0, 1, -60.0, Stance.WAR)
        men(world, 20000, 20000)
        world.tables.faction_f[A.WEARINESS] = weariness
        return any(r.kind is RecordKind.ACCEPTED for r in talk(world, 20))

    assert ended(95.0) and not ended(0.0)


def test_whoever_refuses_to_withdraw_so_soon_names_its_own_time() -> None:
    """S.1"""
    world = hunted()
    asked = [0, int(Act.PROPOSE), 2, -int(Term.WITHDRAWAL), 12, 0, int(Reason.DEMANDS_WITHDRAWAL), 0, 0]
    assert acts.DEEDS[Act.PROPOSE](world, asked) is Reason.NONE
    own = manners_of(world.setting, "s2")._replace(offer_months=60.0, least_worth=-1000.0)
    said = list(statecraft.state_acts(world.view("s2"), own))
    assert [a.value for a in said if a.kind is Act.ANSWER] == [0]
    assert [a.value for a in said if a.kind is Act.PROPOSE and a.b == Term.WITHDRAWAL] == [60]


def test_what_was_refused_is_asked_for_again_the_sooner_the_better_the_odds() -> None:
    """S.3"""
    world = hunted()
    own = manners_of(world.setting, "s0")
    k = agree(world, Term.SANCTUARY, 1, 0)
    world.tables.treaty[Y.STATE, k] = TreatyState.REFUSED

    def waits(odds: float, months: float) -> bool:
        hour = int(months * HOURS_A_MONTH)
        return bool(plain(statecraft.tried)(world.tables, own, int(Term.SANCTUARY), 1, 0, odds, hour))

    whole = own.patience_months
    assert waits(0.0, 0.9 * whole) and not waits(0.0, 1.1 * whole)
    assert waits(0.6, 0.3 * whole) and not waits(0.6, 0.5 * whole)


@pytest.mark.parametrize("months", [3, 24, 120])
def test_the_odds_that_a_player_is_shown_are_those_of_the_one_who_answers(months: int) -> None:
    """S.1, 11.20, 11.36"""
    world = hunted()
    world.setting.cast.movement[3] = 1
    relate(world, 2, 3, 80.0, Stance.ALLIED)
    men(world, 9000, 120000, 90000, 40000)
    world.tables.faction_f[A.WEARINESS] = 95.0
    shown = judge(world.tables, world.setting, Offer(0, 2, Term.WITHDRAWAL, True, months)).odds
    asked = [0, int(Act.PROPOSE), 2, -int(Term.WITHDRAWAL), months, 0, int(Reason.DEMANDS_WITHDRAWAL), 0, 0]
    assert acts.DEEDS[Act.PROPOSE](world, asked) is Reason.NONE
    own = manners_of(world.setting, "s2")._replace(offer_months=60.0)
    said = []
    for hour in range(0, 200 * 730, 730):
        world.tables.clock[C.HOUR] = hour
        said += [a for a in statecraft.state_acts(world.view("s2"), own) if a.kind is Act.ANSWER]
    assert {a.ra for a in said} == {int(100.0 * shown)}
    assert sum(a.value for a in said) / len(said) == pytest.approx(shown, abs=0.1)


def test_the_end_of_a_limited_war_is_taken_at_once_or_waited_for() -> None:
    """S.1, 11.17"""
    world = hunted()
    assert acts.DEEDS[Act.WAR](world, [3, int(Act.WAR), 2, 0, 0, 6, int(Reason.PUNISHES), 0, 0]) is Reason.NONE
    answers = [a for hour in range(0, 6 * 730, 730) for a in answers_at(world, 2, hour)]
    assert all(a.value == 1 for a in answers)
    assert len(answers) < 6


def answers_at(world: World, side: int, hour: int) -> list[FactionAct]:
    """What a side answers at an hour."""
    world.tables.clock[C.HOUR] = hour
    return [a for a in acts_of(world, side) if a.kind is Act.ANSWER]


def test_trade_stops_with_an_army_abroad_and_is_taken_up_when_it_is_gone() -> None:
    world = peaceful(2, [force(0, 1), force(1, 10, 90000)], purse=np.array([100.0, 0]))
    relate(world, 0, 1, -70.0)
    world.tables.faction_i[A.ABROAD, 1] = 90000
    talk(world, 20)
    assert world.tables.sanction[0, 1] == 1
    world.tables.force_i[F.HEX, 1] = 11
    relate(world, 0, 1, 0.0)
    talk(world, 40)
    assert world.tables.sanction[0, 1] == 0


@pytest.mark.parametrize("number", range(430, 447))
def test_every_reason_of_statecraft_has_its_figures(number: int) -> None:
    assert "{a}" in TEXT[number] and "{b}" in TEXT[number]  # type: ignore[index]


def test_an_army_at_war_asks_a_neighbour_for_passage() -> None:
    world = peaceful(3, [force(0, 30, 9000), force(1, 11, 20000), force(2, 42, 90000)], movements=())
    relate(world, 0, 2, -90.0, Stance.WAR)
    relate(world, 1, 2, -90.0)
    relate(world, 0, 1, 30.0)
    men(world, 90000, 200000, 50000)
    records = talk(world, 12)
    agreed = {(r.faction, r.other, Term(r.a)) for r in records if r.kind is RecordKind.ACCEPTED}
    assert (1, 0, Term.ACCESS) in agreed
    assert world.tables.stance[0, 1] == Stance.ACCESS


@pytest.mark.parametrize(("theirs", "least", "most"), [(9000, 45, 55), (1000, 5, 15)])
def test_power_is_offered_by_what_each_could_win_by_arms(theirs: int, least: int, most: int) -> None:
    world = peaceful(2, [force(0, 30, 9000), force(1, 33, theirs)], movements=(0, 1))
    relate(world, 0, 1, -20.0, Stance.WAR)
    men(world, 9000, theirs)
    world.tables.faction_f[A.WEARINESS] = 60.0
    idea = 2
    cast, rules = world.setting.cast, world.setting.ruleset.bargain
    term, asks, value, _ = plain(statecraft.offer_of)(
        world.tables, cast, rules, manners_of(world.setting, "s0"), 0, 1, idea
    )
    assert (term, asks) == (Term.POWER_SHARING, False) and least <= value <= most


def test_partners_in_a_government_part_by_its_crises_and_not_by_notice_or_war() -> None:
    def told(merged: bool) -> set[Act]:
        world = peaceful(2, [force(0, 1, 400000), force(1, 11, 50000)], movements=(1,))
        agree(world, Term.ALLIANCE, 0, 1)
        relate(world, 0, 1, -95.0, Stance.HOSTILE)
        men(world, 400000, 50000)
        world.tables.faction_i[A.MERGED, 1] = 0 if merged else -1
        found = {act.kind for act in acts_of(world, 0)}
        world.tables.treaty[Y.STATE] = TreatyState.ENDED
        for hours in range(0, 24 * 30 * 36, 24 * 30):
            world.tables.clock[C.HOUR] = hours
            found |= {act.kind for act in acts_of(world, 0)}
        return found & {Act.DENOUNCE, Act.WAR}

    assert told(merged=False) == {Act.DENOUNCE, Act.WAR}
    assert told(merged=True) == set()
