"""Money and men: which policies a faction keeps, whom a patron aids, what is raised. Once a month.

T.1 Whoever governs pays his soldiers first, and trades. What is left he spreads over civic and political work, and
    where rebels fight him over militias and the border.
T.2 Who owes pay cuts these and taxes more; who has little support and no debts taxes less.
T.3 A state offers rebels an amnesty, and calls men up as formations lack them; in a long peace fewer. Whom no rebels
    fight any more takes the amnesty back.
T.4 A patron gives what it is used to, more to a client who loses ground, less to one with whom relations have cooled,
    when it is weary, and when its vote falls. Cuts come first, so that what they free may be given to others.
T.5 Formations are raised when men and arms wait that others do not need.
Nobody is asked for what the rules do not allow him to do.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from game.ai.actbook import blank, read, write
from game.ai.books import (
    BACKERS,
    COUNTS,
    HEXES,
    MEN,
    PEOPLE,
    TO_RAISE,
    WANTED,
    core_cost,
    count_means,
    is_quiet,
    programme_cost,
    rebels,
    to_spare,
)
from game.core.calendar import MILLIONS_A_YEAR
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import policy as P
from game.core.ids import Act, FactionClass, Stance, Status, Term
from game.core.kernels import chapter, clause, plain
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.core.view import View
from game.engine.deeds_economy import IN_THE_FIELD, raisable_men, why_not_raise
from game.rules.presence import is_actor
from game.rules.treaties import in_force
from game.rules.workspace import INF
from game.rules.worth import at_war

NOTICEABLE = 0.1
"""Least change of a policy that is worth an act."""
NOTICEABLE_AID = 0.1
"""Least change of aid, as a share of what is given."""
LOW_SUPPORT = 0.35
"""Support below which who owes nothing taxes less."""
TAX_OWING, TAX_UNLOVED, TAX_STEADY = 0.8, 0.3, 0.5
"""Taxes of who owes pay, of who has little support, and of others."""
SPREAD_CIVIC, SPREAD_POLITICAL, SPREAD_MILITIA, SPREAD_SEAL = 0.4, 0.15, 0.25, 0.2
"""Share of what is to spare that each programme gets while rebels fight; in peace the last two get none."""
SUSTAINED = 0.6
"""Conscription that takes at most 3 % of the people under arms; more costs harvests."""
CALLED, CALLED_PER_LACK = 0.1, 2.0
"""Conscription outside a long peace at least, and how it rises with the share of men that formations lack."""
COOL = 20.0
"""Relations below which a patron gives half."""
BROKEN = 0.0
"""Relations below which it gives nothing."""
WARM = 50.0
"""Relations from which on it goes on with aid that custom has ended while its client is at war."""
LOSING = 0.35
"""Share of the country fought over below which a client counts as losing."""
MORE = 1.25
"""Factor on aid to a client who loses."""
PEACE_SHARE = 0.6
"""Share of its establishment that an army keeps up a year after its last battle: OURS."""
KEEP_BACK = 0.25
"""Men who wait for existing formations before a new one is raised, as a share of what these lack."""

# rows of what a patron weighs of each client
WISH, WHY, FIGURE, CHANGE, GIFTS = range(5)


@clause
def wish(
    w: Tables, a: int, policy: int, value: float, why: int, ra: float, rb: float, out: npt.NDArray[np.int64], n: int
) -> int:
    """Put down a policy that is wanted, if the faction sets it and it is noticeably another than now."""
    if w.faction_i[A.MOVEMENT, a] < 0 and policy != P.CONSCRIPTION:
        return n
    bounded = min(1.0, max(0.0, value))
    if abs(bounded - w.policy[policy, a]) < NOTICEABLE:
        return n
    percent = int(np.rint(100.0 * bounded))
    return write(out, n, a, Act.POLICY + 0, policy, 0, percent, 0, why, np.rint(ra), np.rint(rb))


@clause
def spread(
    w: Tables, g: Ground, r: Ruleset, a: int, programme: int, share: float, spare: float,
    counts: npt.NDArray[np.float64], out: npt.NDArray[np.int64], n: int,
) -> int:  # fmt: skip
    """T.1, T.2 A programme's share of what is to spare; nothing while pay is owed."""
    owed = w.faction_f[A.ARREARS, a]
    if owed > 1.0:
        return wish(w, a, programme, 0.0, Reason.TREASURY_OWES + 0, owed, 0.0, out, n)
    cost = programme_cost(g, r, programme, counts)
    value = min(1.0, share * spare / cost) if cost > 0.0 else 0.0
    return wish(w, a, programme, value, Reason.TREASURY_SPENDS + 0, 1000.0 * spare, 100.0 * share, out, n)


@clause
def set_policies(
    w: Tables, g: Ground, c: Cast, r: Ruleset, a: int, hour: int, counts: npt.NDArray[np.float64],
    out: npt.NDArray[np.int64], n: int,
) -> int:  # fmt: skip
    """T.1-T.3"""
    people = counts[PEOPLE]
    support = counts[BACKERS] / people if people > 0.0 else 0.0
    spare = to_spare(w, a, core_cost(w, c, r, a, counts[MEN]))
    owed = w.faction_f[A.ARREARS, a]
    foes = rebels(w, a)
    n = wish(w, a, P.PAY, 1.0, Reason.TREASURY_PAYS + 0, 0.0, 0.0, out, n)
    n = wish(w, a, P.TRADE, 1.0, Reason.TREASURY_TRADES + 0, 1000.0 * spare, 0.0, out, n)
    if owed > 1.0:
        n = wish(w, a, P.TAX, TAX_OWING, Reason.TREASURY_OWES + 0, owed, 0.0, out, n)
    elif support < LOW_SUPPORT:
        n = wish(w, a, P.TAX, TAX_UNLOVED, Reason.TREASURY_UNLOVED + 0, 100.0 * support, 0.0, out, n)
    else:
        n = wish(w, a, P.TAX, TAX_STEADY, Reason.TREASURY_STEADY + 0, 100.0 * support, 0.0, out, n)
    at_arms = 1.0 if foes > 0 else 0.0
    n = spread(w, g, r, a, P.CIVIC, SPREAD_CIVIC, spare, counts, out, n)
    n = spread(w, g, r, a, P.POLITICAL, SPREAD_POLITICAL, spare, counts, out, n)
    n = spread(w, g, r, a, P.MILITIA, SPREAD_MILITIA * at_arms, spare, counts, out, n)
    n = spread(w, g, r, a, P.SEAL, SPREAD_SEAL * at_arms, spare, counts, out, n)
    state = w.faction_i[A.CLASS, a] == FactionClass.STATE
    if state or foes == 0:
        n = wish(w, a, P.AMNESTY, at_arms, Reason.TREASURY_REBELS + 0, float(foes), 0.0, out, n)
    if state:
        lacks = max(0.0, counts[WANTED] - counts[MEN])
        if counts[WANTED] > 0.0:
            quiet = is_quiet(counts, hour)
            lacking = lacks / counts[WANTED] - (1.0 - PEACE_SHARE if quiet else 0.0)
            value = min(SUSTAINED, (0.0 if quiet else CALLED) + CALLED_PER_LACK * lacking)
            n = wish(w, a, P.CONSCRIPTION, value, Reason.TREASURY_LACKS + 0, lacks, counts[WANTED], out, n)
    return n


@clause
def weigh_gift(
    w: Tables, c: Cast, d: int, r: int, custom: float, past: float, counts: npt.NDArray[np.float64],
    gifts: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    """T.4 What a patron would give a client, US$ m a year, with the reason and its figure, into `gifts`.

    custom: what history has it give this year; past: the most in any year so far.
    """
    relation = w.relation[d, r]
    war = at_war(w, r)
    gifts[WISH, r] = 0.0
    gifts[WHY, r] = Reason.PATRON_COOL + 0
    gifts[FIGURE, r] = relation
    if relation < BROKEN:
        return
    if custom <= 0.0:
        if relation < WARM or not war:
            gifts[WHY, r] = Reason.PATRON_ENDS + 0
            return
        custom = past / 2.0
    amount = custom * (1.0 - w.faction_f[A.WEARINESS, d] / 200.0)
    if relation < COOL:
        gifts[WISH, r] = amount / 2.0
        return
    gifts[WISH, r] = amount
    gifts[WHY, r] = Reason.PATRON_CUSTOM + 0 if amount >= 0.5 else Reason.PATRON_SMALL + 0
    gifts[FIGURE, r] = amount
    if war and c.lands.shape[0] > 0 and w.faction_i[A.MOVEMENT, r] >= 0:
        count_means(w, c, r, counts)
        held = counts[HEXES] / c.lands.shape[0]
        if held < LOSING:
            gifts[WISH, r] = amount * MORE
            gifts[WHY, r] = Reason.PATRON_LOSING + 0
            gifts[FIGURE, r] = 100.0 * held


@clause
def weigh_clients(
    w: Tables, c: Cast, d: int, year: int, counts: npt.NDArray[np.float64], gifts: npt.NDArray[np.float64]
) -> float:
    """T.4 What the patron would give everybody; returns what its vote leaves for that, US$ m a year."""
    means = c.means
    at = min(means.custom.shape[2] - 1, max(0, year - means.first_year))
    vote = w.faction_f[A.AID_BUDGET, d]
    for r in range(means.custom.shape[1]):
        past = 0.0
        for k in range(at + 1):
            past = max(past, means.custom[d, r, k])
        gifts[WHY, r] = Reason.NONE + 0
        gifts[WISH, r] = 0.0
        if past <= 0.0 and w.aid[d, r] <= 0.0:
            continue
        if past <= 0.0 and in_force(w, Term.AID + 0, d, r) >= 0:  # his diplomats' affair, unless it became a custom
            vote -= w.aid[d, r]
            continue
        if is_actor(w, r) and means.keeps[r] == 1 and w.stance[d, r] != Stance.WAR:
            weigh_gift(w, c, d, r, means.custom[d, r, at], past, counts, gifts)
        else:
            gifts[WHY, r] = Reason.PATRON_COOL + 0
            gifts[FIGURE, r] = 0.0
    return vote


@clause
def give_aid(
    w: Tables, c: Cast, d: int, year: int, counts: npt.NDArray[np.float64], gifts: npt.NDArray[np.float64],
    out: npt.NDArray[np.int64], n: int,
) -> int:  # fmt: skip
    """T.4"""
    budget = w.faction_f[A.AID_BUDGET, d]
    if budget <= 0.0:
        return n
    vote = weigh_clients(w, c, d, year, counts, gifts)
    clients = gifts.shape[1]
    wanted = 0.0
    given = 0.0
    for r in range(clients):
        wanted += gifts[WISH, r]
        given += w.aid[d, r]
    part = min(1.0, max(0.0, vote) / wanted) if wanted > 0.0 else 1.0
    for r in range(clients):
        gifts[CHANGE, r] = 0.0
        change = monthly(gifts[WISH, r] * part) * MILLIONS_A_YEAR - w.aid[d, r]
        if gifts[WHY, r] != Reason.NONE + 0 and abs(change) > NOTICEABLE_AID * max(w.aid[d, r], 1.0):
            gifts[CHANGE, r] = change
    while True:
        r = next_change(gifts)
        if r < 0:
            return n
        change = gifts[CHANGE, r]
        gifts[CHANGE, r] = 0.0
        value = max(0.0, monthly(gifts[WISH, r] * part))
        if (w.aid[d, r] <= 0.0 and value == 0.0) or (change > 0.0 and given + change > budget):
            continue
        given += change
        why = int(gifts[WHY, r])
        ra = gifts[FIGURE, r]
        rb = 0.0
        if part < 1.0 and change < 0.0:
            why = Reason.PATRON_VOTE + 0
            ra = vote
            rb = wanted
        n = write(out, n, d, Act.AID + 0, r, 0, int(value), 0, why, np.rint(ra), np.rint(rb))


@clause
def monthly(yearly: float) -> float:
    """Whole US$ thousand a month in US$ m a year, rounded down but for halves: a vote is not exceeded."""
    return np.rint(yearly / MILLIONS_A_YEAR - 0.5)


@clause
def next_change(gifts: npt.NDArray[np.float64]) -> int:
    """T.4 The client whose aid changes next, the greatest cut first; -1 if none is left."""
    best = -1
    for r in range(gifts.shape[1]):
        if gifts[CHANGE, r] != 0.0 and (best < 0 or gifts[CHANGE, r] < gifts[CHANGE, best]):
            best = r
    return best


@clause
def least_to_raise(w: Tables, r: Ruleset, a: int) -> float:
    """T.5 Men that the smallest formation which exists on paper takes at least; more than there are if none does."""
    fi = w.force_i
    least = INF
    for f in range(fi.shape[1]):
        if fi[F.FACTION, f] == a and is_on_paper(fi[F.STATUS, f], fi[F.ARRIVES, f]):
            least = min(least, r.manpower.raise_share * fi[F.START_MEN, f])
    return least


@clause
def is_on_paper(status: int, arrives: int) -> bool:
    """T.5 Whether a formation waits to be raised; of arrays, of each."""
    return ((status == Status.PENDING) & (arrives == F.UNRAISED)) | (status == Status.GONE)


@chapter
def manage(
    w: Tables, g: Ground, c: Cast, r: Ruleset, a: int, year: int, hour: int, counts: npt.NDArray[np.float64],
    gifts: npt.NDArray[np.float64], out: npt.NDArray[np.int64],
) -> int:  # fmt: skip
    """T.1-T.4 The acts of one faction into `out` [ROOM, act columns]; returns how many, -1 for who keeps no accounts.

    counts [2, COUNTS]: its own books, and scratch for those of its clients; gifts [GIFTS, factions]: scratch.
    """
    if c.means.keeps[a] == 0 or not is_actor(w, a):
        return -1
    count_means(w, c, a, counts[0])
    counts[0, TO_RAISE] = least_to_raise(w, r, a)
    n = set_policies(w, g, c, r, a, hour, counts[0], out, 0)
    return give_aid(w, c, a, year, counts[1], gifts, out, n)


def state_acts(view: View) -> Iterator[FactionAct]:
    """The acts of the side's factions for the coming month."""
    t, setting, year, hour = view.tables, view.setting, view.date.year, view.hour
    counts, gifts, out = np.zeros((2, COUNTS)), np.zeros((GIFTS, len(setting.factions))), blank()
    for a in view.side.factions:
        written = manage(t, setting.ground, setting.cast, setting.ruleset, a, year, hour, counts, gifts, out)
        if written >= 0:
            governs = bool(setting.cast.means.home_front[a])
            for act in read(out[:written]):
                if governs or act.kind is not Act.POLICY or act.a in IN_THE_FIELD:
                    yield act
            lacks = max(0.0, float(counts[0, WANTED] - counts[0, MEN]))
            yield from _formations(view, a, lacks, float(counts[0, TO_RAISE]))


def _formations(view: View, a: int, lacks: float, least: float) -> Iterator[FactionAct]:
    """T.5 Formations to raise, as listed; lacks: men whom those in play lack; least: see `least_to_raise`."""
    t, fi = view.tables, view.tables.force_i
    men, kits = int(t.faction_i[A.MANPOWER, a]), int(t.faction_i[A.KITS, a])
    spare = min(men - round(KEEP_BACK * lacks), kits)
    if spare <= 0 or spare < least or t.faction_f[A.ARREARS, a] > 1.0:
        return
    share = view.setting.ruleset.manpower.raise_share
    on_paper = plain(is_on_paper)(fi[F.STATUS], fi[F.ARRIVES])
    for f in np.flatnonzero(on_paper & (fi[F.FACTION] == a)).tolist():
        if spare < share * fi[F.START_MEN, f]:
            continue
        if why_not_raise(t, view.setting, f, view.hour) is Reason.NONE:
            yield FactionAct(a, Act.RAISE, a=f, reason=Reason.TREASURY_RAISES, ra=men, rb=kits)
            spare -= raisable_men(t, f)
