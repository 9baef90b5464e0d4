"""Chapter 11: what deals are worth. Odds move the right way with what should move them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.core.columns import bond as B
from game.core.columns import faction as A
from game.core.columns import peace as P
from game.core.ids import Phase, Spoiler, Stance, Term
from game.core.reasons import Reason
from game.engine.world import World
from game.rules.bargain import Judgement, Offer, judge
from tests.rules.diplomatic import agree, men, peaceful, relate


def ask(world: World, term: Term, by: int = 0, to: int = 1, value: int = 0, threat: bool = False) -> Judgement:
    return judge(world.tables, world.setting, Offer(by, to, term, True, value, threat=threat))


def offer(world: World, term: Term, by: int = 0, to: int = 1, value: int = 0) -> Judgement:
    return judge(world.tables, world.setting, Offer(by, to, term, False, value))


def at_odds(weariness: float = 20.0, **interests: Any) -> World:
    """Two movements of equal strength in a war of a year."""
    world = peaceful(3, movements=(0, 1), **interests)
    relate(world, 0, 1, -80.0, Stance.WAR)
    world.tables.bond[B.WAR, 0, 1] = world.tables.bond[B.WAR, 1, 0] = -40.0
    men(world, 20000, 20000, 100000)
    world.tables.faction_f[A.WEARINESS, :2] = weariness
    return world


def insurgent(relation: float = 20.0, enemy: float = -50.0, fear: float = 0.5) -> World:
    """Faction 0 fights 2 and asks 1, whose relations with both are given."""
    world = peaceful(3, fear=np.array([0, fear, 0]))
    relate(world, 0, 2, -80.0, Stance.WAR)
    relate(world, 0, 1, relation)
    relate(world, 1, 2, enemy)
    men(world, 10000, 100000, 100000)
    return world


def test_the_parts_add_up_to_the_odds_and_the_largest_comes_first() -> None:
    world = insurgent()
    judgement = ask(world, Term.SANCTUARY)
    total = sum(points for _, points in judgement.parts)
    assert judgement.odds == pytest.approx(1 / (1 + np.exp(-total / world.setting.ruleset.bargain.noise)), abs=0.02)
    sizes = [abs(points) for _, points in judgement.parts]
    assert sizes == sorted(sizes, reverse=True) and "relations" in dict(judgement.parts)


def test_better_relations_and_a_worse_enemy_in_common_open_a_sanctuary() -> None:
    assert ask(insurgent(40.0), Term.SANCTUARY).odds > ask(insurgent(0.0), Term.SANCTUARY).odds
    assert ask(insurgent(enemy=-90.0), Term.SANCTUARY).odds > ask(insurgent(enemy=-10.0), Term.SANCTUARY).odds
    assert ask(insurgent(-60.0, enemy=30.0), Term.SANCTUARY).odds < 0.05


def test_a_large_army_next_door_opens_it_and_a_stronger_enemy_is_feared() -> None:
    near, far = insurgent(), insurgent()
    near.tables.faction_i[A.ABROAD, 2] = 150000
    assert ask(near, Term.SANCTUARY).odds > ask(far, Term.SANCTUARY).odds
    weak = insurgent()
    men(weak, 10000, 20000, 500000)
    assert ask(weak, Term.SANCTUARY).odds < ask(far, Term.SANCTUARY).odds


def test_aid_is_likelier_the_less_of_the_purse_it_takes_and_against_a_rivals_client() -> None:
    def world() -> World:
        made = insurgent(enemy=-60.0)
        made.setting.cast.interests.purse[1] = 100.0
        return made

    assert ask(world(), Term.AID, value=1000).odds > ask(world(), Term.AID, value=8000).odds
    rival = world()
    rival.tables.aid[1, 2] = 0.0
    plain_odds = ask(rival, Term.AID, value=4000).odds
    four = peaceful(4, fear=np.zeros(4), purse=np.array([0, 100.0, 0, 0]))
    relate(four, 0, 2, -80.0, Stance.WAR)
    relate(four, 0, 1, 20.0)
    relate(four, 1, 2, -60.0)
    men(four, 10000, 100000, 100000, 1)
    relate(four, 1, 3, -90.0)
    without = ask(four, Term.AID, value=4000).odds
    four.tables.aid[3, 2] = 50.0
    assert without == pytest.approx(plain_odds)
    assert ask(four, Term.AID, value=4000).odds > without


def test_weariness_makes_every_end_of_a_war_likelier() -> None:
    for term, value in ((Term.CEASE_FIRE, 0), (Term.PEACE, 0), (Term.POWER_SHARING, 50)):
        odds = [offer(at_odds(weariness), term, value=value).odds for weariness in (0.0, 40.0, 90.0)]
        assert odds[0] < odds[1] < odds[2]


def test_who_wins_does_not_settle_and_who_is_losing_does() -> None:
    strong, weak = at_odds(), at_odds()
    men(strong, 20000, 100000, 1)
    men(weak, 100000, 20000, 1)
    assert offer(strong, Term.PEACE).odds < offer(at_odds(), Term.PEACE).odds < offer(weak, Term.PEACE).odds


def test_a_movement_whose_foreign_ally_has_gone_home_settles_sooner() -> None:
    def odds(abroad: int) -> float:
        world = at_odds()
        relate(world, 1, 2, 80.0, Stance.ALLIED)
        relate(world, 0, 2, -80.0, Stance.WAR)
        world.tables.faction_i[[A.ABROAD, A.MOVEMENT], 2] = abroad, -1
        return offer(world, Term.POWER_SHARING, value=50).odds

    assert odds(90_000) < odds(20_000) < odds(0)


def test_a_guarantor_makes_a_word_worth_more_and_broken_treaties_less() -> None:
    alone, guarded, broken = at_odds(), at_odds(), at_odds()
    guarded.tables.peace[P.PHASE] = Phase.ACCORD
    k = agree(broken, Term.TRADE, 0, 2)
    broken.tables.treaty[1, k], broken.tables.treaty[7, k] = 6, 0
    assert offer(guarded, Term.POWER_SHARING, value=50).odds > offer(alone, Term.POWER_SHARING, value=50).odds
    assert offer(broken, Term.POWER_SHARING, value=50).odds < offer(alone, Term.POWER_SHARING, value=50).odds


def test_spoilers_refuse_and_shrink_when_their_patron_leaves() -> None:
    total = np.array([0, Spoiler.TOTAL, 0])
    paid, left = at_odds(80.0, spoiler=total), at_odds(80.0, spoiler=total)
    paid.tables.aid[2, 1] = 80.0
    assert offer(paid, Term.PEACE).odds < offer(left, Term.PEACE).odds < offer(at_odds(80.0), Term.PEACE).odds


def test_11_24_a_cease_fire_only_puts_the_war_off_so_that_settling_is_worth_as_much_under_it() -> None:
    fighting, ceased = at_odds(60.0), at_odds(60.0)
    agree(ceased, Term.CEASE_FIRE, 0, 1)
    ceased.tables.stance[0, 1] = ceased.tables.stance[1, 0] = Stance.HOSTILE
    for term in (Term.POWER_SHARING, Term.PEACE):
        assert ask(ceased, term, value=50).odds == ask(fighting, term, value=50).odds
        ended = at_odds(60.0)
        ended.tables.stance[0, 1] = ended.tables.stance[1, 0] = Stance.HOSTILE
        assert ask(ended, term, value=50).odds < ask(fighting, term, value=50).odds


def test_11_26_who_wants_all_takes_a_deal_as_a_pause_sooner_than_a_pardon_which_is_for_good() -> None:
    parts = {}
    for kind in (Spoiler.LIMITED, Spoiler.TOTAL):
        world = at_odds(60.0, spoiler=np.array([0, int(kind), 0]))
        for term in (Term.POWER_SHARING, Term.AMNESTY):
            parts[kind, term] = dict(offer(world, term, value=40).parts).get("aims that no deal satisfies", 0.0)
    assert parts[Spoiler.LIMITED, Term.POWER_SHARING] == parts[Spoiler.LIMITED, Term.AMNESTY] == 0.0
    assert parts[Spoiler.TOTAL, Term.AMNESTY] < parts[Spoiler.TOTAL, Term.POWER_SHARING] < 0.0


def test_patrons_who_agree_press_for_a_deal() -> None:
    def world(between: float) -> World:
        made = peaceful(4, movements=(0, 1))
        relate(made, 0, 1, -80.0, Stance.WAR)
        made.tables.aid[2, 0] = made.tables.aid[3, 1] = 50.0
        relate(made, 2, 3, between)
        men(made, 20000, 20000, 1, 1)
        return made

    assert (
        offer(world(50.0), Term.POWER_SHARING, value=50).odds > offer(world(-70.0), Term.POWER_SHARING, value=50).odds
    )


def test_sanctions_and_weariness_bring_an_army_home() -> None:
    def world(weariness: float, barred: bool) -> World:
        made = peaceful(4, movements=(1, 2), purse=np.array([0, 0, 0, 100.0]))
        relate(made, 0, 1, -80.0, Stance.WAR)
        relate(made, 0, 2, 80.0, Stance.ALLIED)
        relate(made, 1, 2, -80.0, Stance.WAR)
        men(made, 150000, 40000, 40000, 1)
        made.tables.faction_i[A.ABROAD, 0] = 100000
        made.tables.faction_f[A.WEARINESS, 0] = weariness
        made.tables.sanction[3, 0] = int(barred)
        return made

    def odds(*case: Any) -> float:
        return judge(world(*case).tables, world(*case).setting, Offer(1, 0, Term.WITHDRAWAL, True, 24)).odds

    assert odds(0.0, False) < odds(60.0, False) < odds(60.0, True)


def test_11_36_the_more_time_its_friends_have_the_likelier_an_army_goes_home() -> None:
    def odds(months: int, clients: int) -> float:
        made = peaceful(3, movements=(1, 2))
        relate(made, 0, 1, -80.0, Stance.WAR)
        relate(made, 0, 2, 80.0, Stance.ALLIED)
        relate(made, 1, 2, -80.0, Stance.WAR)
        men(made, 150000, 40000, clients)
        made.tables.faction_i[A.ABROAD, 0] = 100000
        made.tables.faction_f[A.WEARINESS, 0] = 60.0
        return judge(made.tables, made.setting, Offer(1, 0, Term.WITHDRAWAL, True, months)).odds

    demands = [odds(months, 40000) for months in (3, 12, 24, 60, 120)]
    assert demands == sorted(demands) and demands[0] < demands[-1]
    assert odds(3, 0) == pytest.approx(odds(120, 0))  # nobody is left behind who could learn


def test_11_36_an_enemy_takes_a_quick_withdrawal_rather_than_a_far_one_and_a_patron_offers_a_far_one() -> None:
    made = peaceful(3, movements=(1, 2))
    relate(made, 0, 1, -80.0, Stance.WAR)
    relate(made, 0, 2, 80.0, Stance.ALLIED)
    relate(made, 1, 2, -80.0, Stance.WAR)
    men(made, 150000, 40000, 40000)
    made.tables.faction_i[A.ABROAD, 0] = 100000
    assert offer(made, Term.WITHDRAWAL, value=6).odds > offer(made, Term.WITHDRAWAL, value=60).odds
    asked = [ask(made, Term.WITHDRAWAL, by=2, to=0, value=months).odds for months in (6, 60)]
    assert asked[0] < asked[1]


def test_a_coalition_goes_with_the_seat_with_a_common_patron_and_against_creeds_apart() -> None:
    def world(seat: bool = False, patron: bool = False, creed: float = 0.0) -> World:
        made = peaceful(4, movements=(0, 1, 2), creed=np.array([-1.0, creed - 1.0, 0, 0]))
        for a in (0, 1):
            relate(made, a, 2, -80.0, Stance.WAR)
        men(made, 30000, 10000, 60000, 1)
        made.tables.peace[P.SEAT] = 0 if seat else -1
        if patron:
            made.tables.aid[3, 0] = made.tables.aid[3, 1] = 20.0
        return made

    base = offer(world(), Term.COALITION, value=30).odds
    assert offer(world(seat=True), Term.COALITION, value=30).odds > base
    assert offer(world(patron=True), Term.COALITION, value=30).odds > base
    assert offer(world(creed=1.8), Term.COALITION, value=30).odds < base


def test_recognition_goes_to_who_governs_unless_foreign_troops_keep_it() -> None:
    def world(troops: int = 0, governs: bool = True) -> World:
        made = peaceful(3, movements=(0,))
        made.tables.faction_i[A.CAPITAL, 0] = 54
        made.tables.hex_i[0, 54] = 0 if governs else -1
        relate(made, 0, 2, 80.0, Stance.ALLIED)
        made.tables.faction_i[A.ABROAD, 2] = troops
        return made

    own = ask(world(), Term.RECOGNITION).odds
    assert own > ask(world(governs=False), Term.RECOGNITION).odds
    assert own > ask(world(troops=150000), Term.RECOGNITION).odds


def test_a_threat_by_the_stronger_adds_fear() -> None:
    world = peaceful(movements=(0, 2))
    relate(world, 1, 2, -50.0, Stance.WAR)
    men(world, 500000, 20000, 1)
    world.tables.faction_i[A.ABROAD, 1] = 5000
    calm, threatened = (ask(world, Term.WITHDRAWAL, value=12, threat=threat) for threat in (False, True))
    assert threatened.odds > calm.odds and "the threat" in dict(threatened.parts)


def test_an_alliance_is_worth_most_against_a_danger_in_common() -> None:
    safe, danger = peaceful(), peaceful()
    for world in (safe, danger):
        relate(world, 0, 1, 50.0)
        men(world, 50000, 50000, 500000)
    relate(danger, 0, 2, -80.0)
    relate(danger, 1, 2, -80.0)
    assert offer(danger, Term.ALLIANCE).odds > offer(safe, Term.ALLIANCE).odds


def test_what_cannot_be_proposed_has_no_odds_but_a_reason() -> None:
    judgement = offer(peaceful(), Term.CEASE_FIRE)
    assert judgement.odds == 0.0 and judgement.bar is Reason.NOT_AT_WAR


def test_alike_parties_judge_alike() -> None:
    world = at_odds(40.0)
    there, back = offer(world, Term.CEASE_FIRE, 0, 1), offer(world, Term.CEASE_FIRE, 1, 0)
    assert there.odds == back.odds
