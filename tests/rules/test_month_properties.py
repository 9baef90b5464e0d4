"""What holds of the rules of a month whatever is asked of them: nothing is made or lost unaccounted, the number of a
faction does not matter, more of what is good does no harm, and the length of a turn says nothing."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from game.core.columns import camp as K
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.ids import FactionClass, Order, Stance, Status, Term
from game.core.kernels import plain
from game.core.means import no_means
from game.engine.world import World
from game.rules import economy, relations, security, support
from game.rules.bargain import Offer, judge
from game.rules.month import play_month
from tests.builders import force, no_interests, small_game, standard_ruleset
from tests.rules.test_conservation import men_accounted

COLS, ROWS = 12, 9
N = COLS * ROWS
ROW = np.arange(N) // COLS
ACROSS = (ROWS - 1 - ROW) * COLS + np.arange(N) % COLS
"""For each hex the one that it changes places with when north and south do."""
HOME = 14
OTHERS_HOME = int(ACROSS[HOME])


def country(days: float = 10.0, impulses: int = 1, seed: int = 1, armies: bool = True, **rules: Any) -> World:
    """A game of its own of `_country`."""
    world = _country(days, impulses, armies, tuple(sorted(rules.items()))).copy()
    world.tables.clock[C.SEED] = seed
    return world


@cache
def _country(days: float, impulses: int, armies: bool, rules: tuple[tuple[str, Any], ...]) -> World:
    """Two movements at war, 0 in the north and 1 in the south, alike in all; 2 pays both, 3 lets both in. There are
    fields, camps, mines, money, recruits and formations on paper: every chapter of a month has something to do."""
    men = 4000 if armies else 0
    specs = []
    for a, town, wild in ((0, HOME, 8), (1, OTHERS_HOME, int(ACROSS[8]))):
        specs += [
            force(a, town, men or 1, base=town, status=Status.ACTIVE if armies else Status.GONE),
            force(a, wild, 800, status=Status.BANDS if armies else Status.GONE, order=Order.REST, base=wild),
            force(a, town, 3000, status=Status.PENDING, arrives=F.UNRAISED, base=town),
        ]
    means = no_means(4, len(specs))._replace(
        keeps=np.ones(4, np.int8), pay=np.full(4, 5.0), graft=np.full(4, 0.1), quality=np.ones(len(specs)),
        first_year=1979, budget=np.zeros((4, 3)), vote=np.full((4, 3), 50.0),
        custom=np.tile(np.array([[20.0, 20.0, 0, 0]] * 4)[:, :, None], (1, 1, 3)) * (np.arange(4) == 2)[:, None, None],
    )  # fmt: skip
    world = small_game(
        specs, factions=4, turns=round(360 / days), days_per_turn=days, impulses=impulses, people=8000,
        control=np.select([ROW < 4, ROW > 4], [0, 1], -1), capitals={0: HOME, 1: OTHERS_HOME}, start=date(1979, 1, 1),
        value=np.isin(np.arange(N), (HOME, OTHERS_HOME)) * 5.0, means=means, rules=standard_ruleset(**dict(rules)),
        depots=[(HOME, 0, 10**7, 5000), (OTHERS_HOME, 1, 10**7, 5000)],
        camps=[{"hex": 6, "people": 3000, "opened": 0, "host": 3}, {"hex": int(ACROSS[6]), "people": 3000, "opened": 0,
                                                                    "host": 3}],
        interests=no_interests(4, purse=np.array([0.0, 0.0, 100.0, 0.0])),
        cast={"movement": np.array([0, 1, -1, -1]), "champion": np.array([0, 1]), "fields_ha": np.full(N, 4000.0),
              "leaning": np.full((2, N), 0.2), "ceiling": np.ones(2), "relief_t": np.full((36, 2), 400.0),
              "first_month": 1979 * 12 + 1},
    )  # fmt: skip
    t = world.tables
    t.faction_i[A.MOVEMENT] = [0, 1, -1, -1]
    t.faction_i[A.CLASS] = [FactionClass.ARMY, FactionClass.ARMY, FactionClass.STATE, FactionClass.STATE]
    t.force_i[F.MEN, t.force_i[F.STATUS] != Status.ACTIVE] = 0
    t.force_i[F.MEN, t.force_i[F.STATUS] == Status.BANDS] = 800
    t.force_i[F.HEX, t.force_i[F.STATUS] == Status.GONE] = -1
    t.faction_i[A.START] = [t.force_i[F.MEN][t.force_i[F.FACTION] == a].sum() for a in range(4)]
    t.stance[:] = Stance.NEUTRAL
    np.fill_diagonal(t.stance, Stance.ALLIED)
    t.stance[0, 1] = t.stance[1, 0] = Stance.WAR
    t.stance[3, :2] = t.stance[:2, 3] = Stance.ACCESS
    t.relation[:] = t.bond[:] = 0.0
    t.support[:] = 0.0
    t.support[:2] = 0.3
    t.hex_f[H.FOOD_T] = 100.0
    t.hex_f[H.PLANTED] = 0.6
    t.hex_f[H.SCATTER] = 0.5
    t.policy[:, :2] = 0.4
    t.aid[2, :2] = 20.0
    t.faction_f[A.AID_BUDGET, 2] = 50.0
    t.faction_f[A.MONEY] = 4.0
    t.faction_i[A.KITS, :2] = 2000
    return world


def people(world: World) -> int:
    """Those there, and the dead who are missing among them, less the newborn: the same for ever."""
    t = world.tables
    born = t.hex_i[H.BORN].sum() + t.camp_i[K.BORN].sum()
    return int(t.hex_i[H.PEOPLE].sum() + t.camp_i[K.PEOPLE].sum() + t.harm[:, M.COUNTED].sum() - born)


@pytest.mark.parametrize("seed", [1, 2])
def test_men_and_people_are_conserved_by_cause_and_nothing_is_negative_with_every_chapter_on(seed: int) -> None:
    """8.x, 9.50, 10.20: what becomes of a man or of an inhabitant has a column."""
    world = country(seed=seed)
    t = world.tables
    inhabitants, before = people(world), t.harm.copy()
    for _ in range(12):
        world.step({})
        assert men_accounted(world) == [0, 0, 0, 0]
        assert people(world) == inhabitants
        assert (t.harm >= before).all(), "9.50 the ledger only grows"
        before = t.harm.copy()
        for table in (t.hex_f, t.camp_i[K.PEOPLE], t.camp_f, t.support, t.policy, t.aid, t.faction_f, t.depot_i[3]):
            assert np.isfinite(table).all()
            assert (table >= 0).all()
        assert (t.hex_i[[H.PEOPLE, H.DISPLACED, H.QUIET, H.BORN]] >= 0).all()
        assert (t.hex_i[H.DISPLACED] <= t.hex_i[H.PEOPLE]).all()
        assert (t.support.sum(axis=0) <= 1.0 + 1e-9).all()
        assert (np.delete(t.faction_i, [A.SIDE, A.CAPITAL, A.PARENT, A.MERGED, A.MOVEMENT], axis=0) >= 0).all()
        assert (np.abs(t.relation) <= 100.0).all()
        assert (t.relation == t.relation.T).all()
    for moved in (A.RECRUITED, A.DESERTED, A.RAISED):
        assert t.faction_i[moved, :2].all(), "the case moves something"
    assert t.harm[:, M.COUNTED].any()


def months(world: World, count: int = 4) -> World:
    """The rules of a month that draw no lots, `count` times."""
    t, s, x = world.tables, world.setting, world.work
    now = world.month[-1]
    for _ in range(count):
        for rule in (security.secure, support.sway, economy.keep_accounts, relations.weigh_relations):
            plain(rule)(t, s.ground, s.cast, x, s.ruleset, now)
    return world


def test_mirrored_movements_have_mirrored_months() -> None:
    """9.20-9.27, 10.1-10.12, 11.1-11.9: what faction 0 has in a hex faction 1 has in the hex across."""
    t = months(country()).tables
    assert np.ptp(t.support[0]) > 0.02, "the case moves something"
    np.testing.assert_allclose(t.hex_f[H.SECURITY], t.hex_f[H.SECURITY][ACROSS], rtol=1e-9)
    np.testing.assert_allclose(t.support[0], t.support[1][ACROSS], rtol=1e-9)
    np.testing.assert_allclose(t.faction_f[:, 0], t.faction_f[:, 1], rtol=1e-9)
    np.testing.assert_allclose(t.relation[0], t.relation[1][[1, 0, 2, 3]], rtol=1e-9)
    np.testing.assert_allclose(t.bond[:, 2, 0], t.bond[:, 2, 1], rtol=1e-9)


def test_alike_movements_are_offered_alike() -> None:
    """11.20: what a deal is worth and how likely it is taken does not hang on a faction's number."""
    world = months(country())
    t, s = world.tables, world.setting
    for term in (Term.ALLIANCE, Term.AID, Term.SANCTUARY):
        one, other = (judge(t, s, Offer(2, a, term, False, 10, 0)) for a in (0, 1))
        assert one.odds == pytest.approx(other.odds, rel=1e-9)
        assert [(what, pytest.approx(points)) for what, points in one.parts] == list(other.parts)


GOOD: dict[str, tuple[Any, Any]] = {
    "money": (lambda t: t.faction_f[A.MONEY], lambda t: t.faction_f[A.MONEY, 0]),
    "aid brings money": (lambda t: t.aid[2], lambda t: t.faction_f[A.MONEY, 0]),
    "aid brings arms": (lambda t: t.aid[2], lambda t: t.faction_i[A.KITS, 0]),
    "aid binds": (lambda t: t.aid[2], lambda t: t.relation[2, 0]),
    "people pay taxes": (lambda t: t.hex_i[H.PEOPLE], lambda t: t.faction_f[A.TAXES, 0]),
    "support": (lambda t: t.support[0], lambda t: t.support[0].mean()),
    "support brings recruits": (lambda t: t.support[0], lambda t: t.faction_i[A.RAISED, 0]),
    "food": (lambda t: t.hex_f[H.FOOD_T], lambda t: -t.hex_f[H.WANT].mean()),
    "security": (lambda t: t.hex_f[H.SECURITY], lambda t: t.support[0].mean()),
    "arms": (lambda t: t.faction_i[A.KITS], lambda t: t.faction_i[A.KITS, 0]),
}
"""What is more of -> where it must tell, of faction 0."""


@pytest.mark.parametrize("case", GOOD)
def test_more_of_what_is_good_never_does_worse(case: str) -> None:
    """One month's rules from the same day with more and more of it."""
    give, got = GOOD[case]
    found = []
    for factor in (0.0, 0.5, 1.0, 1.5, 2.0):
        world = country()
        table = give(world.tables)
        table[...] = (table * factor).astype(table.dtype)
        world.tables.hex_f[H.PLANTED] = 0.0
        world.work.written[0] = 0
        plain(play_month)(*world.month)
        found.append(float(got(world.tables)))
    assert found == sorted(found)
    assert found[0] < found[-1], "it tells"


def test_supplies_never_do_worse() -> None:
    """4.2, 8.3: an army with more to eat keeps more men on average."""
    kept = []
    for days in (0, 5, 20):
        left = []
        for seed in range(3):
            world = small_game(
                [force(0, 50, 8000, stock=8000 * days)], seed=seed, days_per_turn=20.0, impulses=4, turns=1, control=0
            )
            world.step({})
            left.append(int(world.tables.force_i[F.MEN, 0]))
        kept.append(float(np.mean(left)))
    assert kept == sorted(kept)
    assert kept[0] < kept[-1]


def test_a_better_relation_never_makes_a_refusal_likelier() -> None:
    """11.22-11.28."""
    for term in (Term.ALLIANCE, Term.AID, Term.SANCTUARY, Term.ACCESS, Term.RECOGNITION):
        odds = []
        for relation in (-80.0, -30.0, 0.0, 30.0, 80.0):
            world = country()
            relations.set_relation(world.tables, 0, 2, relation)
            odds.append(judge(world.tables, world.setting, Offer(0, 2, term, True, 10, 0)).odds)
        assert odds == sorted(odds), term.name


def test_1_7_months_in_turns_of_half_the_length_are_the_same_to_the_bit() -> None:
    """Impulses of ten days, in turns of twenty or ten: turns only say when orders are given."""
    worlds = [country(20.0, 2), country(10.0, 1)]
    for world in worlds:
        while world.hour < 120 * 24:
            world.step({})
        world.tables.clock[C.TURN] = 0
    assert len({world.state_hash() for world in worlds}) == 1


def test_1_7_months_are_the_same_for_impulses_of_half_the_length() -> None:
    """Without armies a year is its twelve months, whatever the impulses; lots are by the hour, so nobody is born, dies,
    moves or is recruited here."""
    still = {
        "harvest__born_year": 0.0, "harvest__starve_month": (0.0,) * 5, "camps__leave_month": 0.0,
        "camps__return_war": 0.0, "mines__civil_hit": 0.0, "people__labour_month": 0.0, "manpower__call_month": 0.0,
        "manpower__volunteer_month": 0.0, "manpower__camp_month": 0.0, "economy__kits_aid": 0.0,
    }  # fmt: skip
    worlds = []
    for days in (10.0, 5.0):
        world = country(days, 1, armies=False, **still)
        while world.hour < 130 * 24:
            world.step({})
        worlds.append(world.tables)
    one, other = worlds
    assert (np.abs(one.support[0] - 0.3) > 0.01).any(), "the case moves something"
    np.testing.assert_allclose(one.support, other.support, rtol=1e-9)
    np.testing.assert_allclose(one.relation, other.relation, rtol=1e-9)
    np.testing.assert_allclose(one.policy, other.policy, rtol=1e-9)
    for row in (A.MONEY, A.TAXES, A.CORRUPTION, A.ARREARS, A.SUPPORT):
        np.testing.assert_allclose(one.faction_f[row], other.faction_f[row], rtol=1e-9, err_msg=str(row))
    for row in (H.FOOD_T, H.WANT, H.PLANTED, H.SECURITY, H.SCATTER):
        np.testing.assert_allclose(one.hex_f[row], other.hex_f[row], rtol=1e-9, err_msg=str(row))
