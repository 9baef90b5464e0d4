"""What holds whatever anybody orders: men and kilograms are conserved, nothing is negative, games are repeatable."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.ids import OFF_MAP, Arms, Order, River, Road, Status, Terrain
from game.core.orders import Orders
from game.engine.world import World
from tests.builders import force, line, links, plain_map, small_game, standard_ruleset

COLS, ROWS = 8, 6
N = COLS * ROWS
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])

forces = st.lists(
    st.fixed_dictionaries(
        {
            "faction": st.integers(0, 2),
            "at": st.integers(0, N - 1),
            "men": st.integers(1, 20_000),
            "tanks": st.integers(0, 30),
            "guns": st.integers(0, 60),
            "status": st.sampled_from([Status.ACTIVE] * 4 + [Status.BANDS, Status.ROUTED, Status.PENDING]),
            "arrives": st.sampled_from([24, 48, 10**6]),
            "stock": st.sampled_from([0, 10_000, 500_000]),
            "cohesion": st.floats(0.1, 1.0),
            "quality": st.floats(0.2, 1.3),
            "dug_in": st.floats(0.0, 3.0),
            "arms": st.sampled_from([Arms.LIGHT, Arms.INFARTY, Arms.MECH]),
            "base": st.integers(0, N - 1),
        }
    ),
    min_size=2,
    max_size=10,
)
commands = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(list(Order)), st.integers(-3, N + 3), st.integers(-1, N - 1)),
    max_size=30,
)


def rough_country() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Terrain, roads, rivers and base areas of a small varied land."""
    terrain = np.array(
        [Terrain.RICE, Terrain.FOREST, Terrain.RICE, Terrain.URBAN, Terrain.UPLAND, Terrain.SWAMP], np.int8
    )
    shelter = np.full(N, -1, np.int8)
    shelter[[0, 7, N - 1]] = 0, 1, 2
    return (
        np.resize(terrain, N), links(line(16, 23), Road.PRIMARY, COLS, ROWS),
        links([(19, 20), (27, 28), (11, 12)], River.GREAT, COLS, ROWS), shelter,
    )  # fmt: skip


def small_war(specs: list[dict], seed: int = 1, **more: object) -> World:
    terrain, road, river, shelter = rough_country()
    return small_game(
        [force(s["faction"], s["at"], **{k: v for k, v in s.items() if k not in ("faction", "at")}) for s in specs],
        hexmap=plain_map(COLS, ROWS, terrain=terrain, road=road, river=river), factions=3, shelter=shelter, people=5000,
        depots=[(16, 0, 10**6, 5000), (23, 1, 10**6, 5000), (40, 2, 10**5, 5000)],
        control=np.resize([0, 1, 2], N), seed=seed, turns=6, **more,
    )  # fmt: skip


def as_orders(given_: Iterable[tuple[int, Order, int, int]]) -> dict[str, Orders]:
    """The same commands to every side: those of other sides' forces are refused."""
    orders = Orders()
    for f, kind, dest, then in given_:
        orders.give(f, kind, dest, then=then)
    return {"s0": orders, "s1": orders.copy(), "s2": orders.copy()}


def men_accounted(world: World) -> list[int]:
    """START + RECRUITED less everything that became of the men; 0 for every faction whose account is whole."""
    t = world.tables
    left = []
    for a in range(t.faction_i.shape[1]):
        own = t.force_i[F.FACTION] == a
        ways = (A.KILLED, A.CAPTURED, A.DESERTED, A.SICK, A.HOSPITAL, A.STRAGGLERS, A.DEFECTED_OUT, A.DEMOBILISED)
        gone = t.faction_i[[*ways, A.DIED_IN_RANKS], a].sum() - t.faction_i[A.DEFECTED_IN, a]
        left.append(int(t.faction_i[A.START, a] + t.faction_i[A.RECRUITED, a] - t.force_i[F.MEN][own].sum() - gone))
    return left


@FEW
@given(specs=forces, turns=st.lists(commands, min_size=2, max_size=4), seed=st.integers(0, 2**31 - 1))
def test_men_are_conserved_and_nothing_is_negative(specs: list[dict], turns: list, seed: int) -> None:
    world = small_war(specs, seed)
    people = world.tables.hex_i[H.PEOPLE].sum()
    for given_ in turns:
        world.step(as_orders(given_))
        t = world.tables
        assert men_accounted(world) == [0, 0, 0]
        counts = (F.MEN, F.TANKS, F.GUNS, F.SORTIES, F.STOCK_KG)
        assert (t.force_i[list(counts)] >= 0).all()
        # these may say "none"
        assert (np.delete(t.faction_i, [A.SIDE, A.CAPITAL, A.PARENT, A.MERGED], axis=0) >= 0).all()
        assert (t.depot_i[D.STOCK_KG] >= 0).all()
        assert (t.hex_i[[H.PEOPLE, H.DISPLACED]] >= 0).all()
        assert t.hex_i[H.PEOPLE].sum() == people + t.hex_i[H.BORN].sum() - t.harm[:, M.COUNTED].sum()
        assert np.isfinite(t.force_f).all()
        assert np.isfinite(t.faction_f).all()
        for column in (F.COHESION, F.FATIGUE, F.HUNGER):
            assert (t.force_f[column] >= 0).all()
            assert (t.force_f[column] <= 1).all()
        assert (t.hex_f[H.HOLD] >= 0).all()
        assert (t.hex_f[H.CUT] >= 0).all()
        assert (t.hex_f[H.CUT] <= 1).all()
        assert (t.faction_f[A.WILL] >= 0).all()
        gone = t.force_i[F.STATUS] == Status.GONE
        assert (t.force_i[F.MEN][gone] == 0).all()
        assert (t.force_i[F.HEX][gone] == OFF_MAP).all()
        assert (t.force_i[F.MEN][~gone] > 0).all()


@FEW
@given(specs=forces, turns=st.lists(commands, min_size=1, max_size=3))
def test_no_record_speaks_of_a_hex_off_the_map_or_of_a_force_that_is_not(specs: list[dict], turns: list) -> None:
    world = small_war(specs)
    for given_ in turns:
        for record in world.step(as_orders(given_)):
            assert OFF_MAP <= record.hex < N
            assert -1 <= record.force < len(specs)
            assert -1 <= record.faction < 3
            assert -1 <= record.other < 3


@FEW
@given(specs=forces, turns=st.lists(commands, min_size=2, max_size=3), seed=st.integers(0, 2**31 - 1))
def test_same_seed_and_orders_same_game_in_a_copy_too_and_in_any_order_of_sides(
    specs: list[dict], turns: list, seed: int
) -> None:
    world, again = small_war(specs, seed), small_war(specs, seed)
    for given_ in turns:
        copy = world.copy()
        before = copy.state_hash()
        orders = as_orders(given_)
        world.step(orders)
        assert copy.state_hash() == before
        again.step(dict(reversed(orders.items())))
        copy.step(orders)
        assert world.state_hash() == again.state_hash() == copy.state_hash()


def test_another_seed_is_another_game() -> None:
    specs = [
        {"faction": a, "at": at, "men": 9000, "order": Order.ATTACK, "dest": 20}
        for a, at in ((0, 18), (1, 21), (0, 19))
    ]
    hashes = set()
    for seed in range(5):
        world = small_war(specs, seed)
        world.step({})
        world.tables.clock[:] = 0
        hashes.add(world.state_hash())
    assert len(hashes) == 5


@FEW
@given(
    stock=st.integers(0, 10**6), men=st.integers(100, 20_000), at=st.integers(49, 57), bands=st.integers(1, 3000),
    lift=st.floats(0.0, 1e6),
)  # fmt: skip
def test_kilograms_are_conserved_where_nobody_captures_burns_or_dissolves(
    stock: int, men: int, at: int, bands: int, lift: float
) -> None:
    """What leaves the depot reaches the force or is entered as lost; what the force had and got, less what it has, was
    eaten, and that is its need at most. (Stocks of dissolved forces, of captured depots and what raiders burn are
    entered as KG_LOST too; what is eaten has no column, so the account is whole only up to consumption.)"""
    raiders = force(1, at - 1, bands, status=Status.BANDS, order=Order.REST)
    world = small_game(
        [force(0, at, men, stock=0), raiders], depots=[(48, 0, stock)], control=0, days_per_turn=1.0, impulses=1,
        rules=standard_ruleset(morale__desert_month=0.0),
    )  # fmt: skip
    t = world.tables
    t.faction_f[A.LIFT_TKM] = lift
    world.step({})
    out = stock - int(t.depot_i[D.STOCK_KG, 0])
    assert out == t.faction_i[A.KG_ISSUED, 0] + t.faction_i[A.KG_LOST, 0]
    eaten = int(t.faction_i[A.KG_ISSUED, 0]) - int(t.force_i[F.STOCK_KG, 0])
    assert 0 <= eaten <= men


def duel(seed: int, west: int, east: int, men_west: int = 9000, men_east: int = 9000, swap: bool = False) -> float:
    """Men of the western army less the eastern one's after ten days; `swap` exchanges the factions' numbers."""
    a, b = (1, 0) if swap else (0, 1)
    specs = [
        force(a, west, men_west, order=Order.ATTACK, dest=east, base=48),
        force(b, east, men_east, order=Order.ATTACK, dest=west, base=59),
    ]
    if swap:
        specs.reverse()
    world = small_game(specs, seed=seed, days_per_turn=10.0, impulses=10)
    world.step({})
    men = world.tables.force_i[F.MEN]
    left, right = (1, 0) if swap else (0, 1)
    return float(men[left] - men[right])


def standard_errors(sample: list[float], expected: float = 0.0) -> float:
    a = np.array(sample)
    return abs(a.mean() - expected) / max(1e-9, a.std(ddof=1) / np.sqrt(len(a)))


def test_mirrored_armies_do_equally_well() -> None:
    assert standard_errors([duel(seed, 52, 55) for seed in range(40)]) < 3.5


def test_the_number_of_a_faction_does_not_matter() -> None:
    plain_ = [duel(seed, 52, 55, 12_000, 9000) for seed in range(30)]
    swapped = [duel(seed + 1000, 52, 55, 12_000, 9000, swap=True) for seed in range(30)]
    difference = abs(np.mean(plain_) - np.mean(swapped))
    error = np.sqrt((np.var(plain_, ddof=1) + np.var(swapped, ddof=1)) / 30)
    assert difference < 3.5 * error


def test_more_men_never_do_worse_on_average() -> None:
    margins = [
        float(np.mean([duel(seed, 52, 55, men, 9000) for seed in range(16)]))
        for men in (3000, 6000, 9000, 13_000, 20_000)
    ]
    assert margins == sorted(margins)
    assert margins[0] < 0 < margins[-1]
