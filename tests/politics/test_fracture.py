"""12.30-12.55 Factions that break in two, formations that go over, coalitions, administration."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.columns import clock as C
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as L
from game.core.columns import treaty as Y
from game.core.ids import Life, Stance, Status, Term, TreatyState
from game.core.kernels import plain
from game.core.records import RecordKind, Records, say
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.engine.world import World
from game.rules import allegiance, fracture, unity
from game.rules.workspace import Now, Work
from tests.builders import force, standard_ruleset
from tests.politics.worlds import HEXES, books, divided, quick_game, sound

ALL = (
    unity.weigh_leaders, fracture.break_apart, fracture.go_over, fracture.keep_partners, fracture.administer,
    unity.bury_spent,
)  # fmt: skip


def count(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """12.10 as a rule of a month of its own."""
    plain(unity.muster)(w, g, c, x)


def month_of(world: World, *rules: object) -> Records:
    """Run rules of a month at once."""
    world.work.written[0] = 0
    for rule in rules:
        plain(rule)(world.tables, world.setting.ground, world.setting.cast, world.work, world.setting.ruleset,
                    world.now._replace(days=30.0))  # type: ignore[operator]  # fmt: skip
    return Records(world.work.records[: world.work.written[0]].copy())


def broken(**how: object) -> tuple[World, Records]:
    world = divided(**how)  # type: ignore[arg-type]
    world.tables.clock[C.HOUR] = 24 * 31
    for _ in range(8):
        records = month_of(world, unity.weigh_leaders, fracture.break_apart)
        if len(records.of_kind(RecordKind.FRACTURED)):
            return world, records
        world.tables.clock[C.HOUR] += 24 * 30
    raise AssertionError("it did not break")


def test_12_31_a_purged_command_breaks_away_and_takes_its_formations_and_their_land() -> None:
    world, records = broken(fracture__split_purged=0.0)
    t = world.tables
    assert t.faction_i[A.LIFE, 2] == Life.ACTIVE
    assert t.force_i[F.FACTION].tolist() == [2, 2, 0, 0, 1]
    assert t.hex_i[H.CONTROL, [26, 50, 30, 55]].tolist() == [2, 2, 0, 0]
    assert t.stance[0, 2] == t.stance[2, 0] == Stance.WAR
    assert t.relation[0, 2] < 0
    said = [say(r, world.setting) for r in records.of_kind(RecordKind.FRACTURED)]
    assert "F2 broke away from F0 with 7,000 men in 2 formations" in said[0] and "purges" in said[0]


def test_12_34_men_stores_and_supporters_are_shared_and_none_is_lost() -> None:
    world = divided(fracture__split_purged=0.0)
    before = world.tables.faction_i.copy()
    support = world.tables.support.sum(axis=0).copy()
    world, _ = broken(fracture__split_purged=0.0)
    t = world.tables
    assert books(world) == [0, 0, 0]
    for column in (A.MANPOWER, A.KITS):
        assert t.faction_i[column, [0, 2]].sum() == before[column, 0]
        assert t.faction_i[column, 2] == before[column, 0] // 2
    assert np.allclose(t.support.sum(axis=0), support)
    assert t.support[2, 26] == pytest.approx(0.3) and t.support[2, 30] == 0.0


def test_12_34_a_command_has_lost_the_men_whom_a_purge_took() -> None:
    world, _ = broken(fracture__split_purged=0.5)
    t = world.tables
    mine = t.force_i[F.MEN][t.force_i[F.FACTION] == 2].sum()
    assert 0.5 * 7000 <= mine < 0.6 * 7000
    assert t.faction_i[A.DESERTED, 0] == 7000 - mine
    assert books(world) == [0, 0, 0]


def test_12_41_former_comrades_in_one_hex_part() -> None:
    world, _ = broken(mixed=True)
    fi = world.tables.force_i
    there = {int(a) for a, h, s in zip(fi[F.FACTION], fi[F.HEX], fi[F.STATUS], strict=True) if h == 26 and s < 4}
    assert len(there) == 1
    assert books(world) == [0, 0, 0]


def test_12_37_a_line_may_make_the_two_hostile_instead_of_enemies() -> None:
    world, _ = broken(war=0)
    assert world.tables.stance[0, 2] == Stance.HOSTILE


def test_12_31_without_a_purge_and_with_unity_nothing_breaks() -> None:
    world = divided(weight=0.0)
    for _ in range(12):
        assert not len(month_of(world, unity.weigh_leaders, fracture.break_apart).of_kind(RecordKind.FRACTURED))
        world.tables.clock[C.HOUR] += 24 * 30


def test_12_31_a_command_of_too_few_men_stays() -> None:
    world = divided(fracture__split_men=20_000)
    assert not len(month_of(world, unity.weigh_leaders, fracture.break_apart).of_kind(RecordKind.FRACTURED))


def test_12_31_the_more_divided_breaks_sooner() -> None:
    def share(weight: float) -> float:
        broke = 0
        for seed in range(25):
            world = divided(seed=seed, weight=weight, fracture__split_least=0.0)
            world.tables.clock[C.HOUR] = 24 * 31
            broke += len(month_of(world, unity.weigh_leaders, fracture.break_apart).of_kind(RecordKind.FRACTURED))
        return broke / 25

    assert share(0.05) < share(0.35)


def amnesty(world: World) -> None:
    t = world.tables
    t.policy[L.AMNESTY, 1] = 1.0
    t.faction_f[A.UNITY, 0] = 0.0
    t.faction_f[A.ARREARS, 0] = 12.0
    t.faction_f[[A.AID_FELT, A.AIDED], 0] = (5.0, 0.0)
    t.force_f[F.COHESION] = 0.2


def test_12_44_an_unpaid_formation_of_a_divided_side_goes_over_with_its_men_and_its_hex() -> None:
    world = divided(fracture__defect_hazard=10.0)
    amnesty(world)
    records = month_of(world, count, fracture.go_over).of_kind(RecordKind.DEFECTED)
    assert len(records) == 1
    (row,) = list(records)
    assert world.tables.force_i[F.FACTION, row.force] == row.other == 1
    assert world.tables.force_i[F.ORIGIN, row.force] == 0
    assert world.tables.hex_i[H.CONTROL, row.hex] == 1
    assert books(world) == [0, 0, 0]
    assert "went over to F1" in say(row, world.setting)


def test_12_44_without_an_amnesty_none_goes_over() -> None:
    world = divided(fracture__defect_hazard=10.0)
    amnesty(world)
    world.tables.policy[L.AMNESTY] = 0.0
    assert not len(month_of(world, count, fracture.go_over).of_kind(RecordKind.DEFECTED))


def test_12_45_one_that_went_over_may_go_back_to_a_side_that_is_still_an_enemy() -> None:
    world = divided(fracture__return_hazard=10.0)
    t = world.tables
    t.force_i[F.ORIGIN, 4] = 0
    t.faction_f[A.ARREARS, 1] = 12.0
    records = month_of(world, count, fracture.go_over).of_kind(RecordKind.DEFECTED)
    assert [(r.force, r.other) for r in records] == [(4, 0)]


def test_12_43_a_faction_taken_up_whole_leaves_nothing_behind() -> None:
    world = quick_game([force(0, 20), force(1, 60)], depots=[(60, 1, 1000)], control=np.full(HEXES, 1))
    t = world.tables
    t.support[1] = 0.4
    t.faction_f[A.MONEY, 1] = 3.0
    plain(allegiance.take_up)(t, world.setting.ground, world.setting.cast, world.work, 1, 0, 24, 0)
    assert (t.hex_i[H.CONTROL] == 0).all() and (t.force_i[F.FACTION] == 0).all()
    assert t.depot_i[D.FACTION, 0] == 0 and t.faction_f[A.MONEY, 0] == 3.0
    assert t.faction_i[A.LIFE, 1] == Life.ENDED and t.faction_i[A.MERGED, 1] == 0
    assert (t.support[0] == 0.4).all() and books(world) == [0, 0] and sound(world) == []


def coalition(world: World, share: int) -> None:
    t = world.tables
    t.stance[0, 1] = t.stance[1, 0] = Stance.NEUTRAL
    t.treaty[[Y.TERM, Y.STATE, Y.A, Y.B, Y.VALUE], 0] = (Term.COALITION, TreatyState.IN_FORCE, 0, 1, share)


def test_11_12_partners_in_a_coalition_are_one_government_recognised_in_its_leader() -> None:
    world = quick_game([force(0, 20), force(1, 60)], factions=3)
    coalition(world, 50)
    world.tables.recognised[2, 0] = 1
    month_of(world, count, fracture.keep_partners)
    assert world.tables.recognised[2].tolist() == [1, 0, 0]


def test_12_52_partners_whose_share_does_not_match_their_strength_quarrel_until_they_part() -> None:
    world = quick_game([force(0, 20), force(1, 60)], rules=standard_ruleset(fracture__quarrel_hazard=50.0))
    coalition(world, 5)
    kinds = []
    for _ in range(30):
        records = month_of(world, count, fracture.keep_partners)
        kinds += [r.b for r in records.of_kind(RecordKind.QUARREL)]
        world.tables.clock[C.HOUR] += 720
    assert kinds[-1] == 1 and set(kinds[:-1]) == {0}
    assert world.tables.treaty[Y.STATE, 0] == TreatyState.BROKEN


def test_12_55_a_foreign_army_leaves_its_ally_the_administration() -> None:
    world = quick_game([force(0, 20), force(1, 60)], factions=3, control=np.zeros(HEXES, np.int64))
    t = world.tables
    world.setting.cast.movement[0] = -1
    t.stance[0, 2] = t.stance[2, 0] = Stance.ALLIED
    month_of(world, fracture.administer)
    assert (t.hex_i[H.CONTROL] == 2).all()


def test_12_55_land_of_its_own_stays() -> None:
    world = quick_game(
        [force(0, 20), force(1, 60)], factions=3, control=np.zeros(HEXES, np.int64), host=np.zeros(HEXES, np.int8)
    )
    world.setting.cast.movement[0] = -1
    world.tables.stance[0, 2] = world.tables.stance[2, 0] = Stance.ALLIED
    month_of(world, fracture.administer)
    assert (world.tables.hex_i[H.CONTROL] == 0).all()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 1000), mixed=st.booleans(), war=st.booleans(), amnestied=st.booleans())
def test_men_are_conserved_and_only_living_factions_hold_and_command(
    seed: int, mixed: bool, war: bool, amnestied: bool
) -> None:
    world = divided(seed=seed, mixed=mixed, war=int(war), fracture__defect_hazard=5.0)
    if amnestied:
        amnesty(world)
    world.tables.clock[C.HOUR] = 24 * 31
    for _ in range(6):
        month_of(world, *ALL)
        world.tables.clock[C.HOUR] += 24 * 30
        assert books(world) == [0, 0, 0]
        assert sound(world) == []
    fi = world.tables.force_i
    assert (fi[F.MEN][fi[F.STATUS] == Status.GONE] == 0).all()


def test_a_war_in_which_all_this_happens_is_the_same_twice() -> None:
    def played() -> str:
        world = divided(mixed=True, fracture__defect_hazard=5.0)
        amnesty(world)
        for _ in range(4):
            world.step({})
        assert books(world) == [0, 0, 0]
        return world.state_hash()

    assert played() == played()
