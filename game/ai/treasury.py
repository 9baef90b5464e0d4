"""Money and men: which policies a faction keeps, whom a patron aids, what is raised. Once a month.

Whoever governs pays his soldiers first. What is left he spreads over civic and political work, and where rebels fight
him over militias, the border and an amnesty. Who owes pay cuts these and taxes more; who has little support and no
debts taxes less. He calls up men as his formations lack them, and raises formations when men and arms wait that others
do not need. A patron gives what it is used to, more to a client who loses ground, less to one with whom relations have
cooled, when it is weary, and when its vote falls. Nobody is asked for what the rules do not allow him to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from game.ai.books import HEXES, Books, books_of, count
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import policy as P
from game.core.columns import treaty as Y
from game.core.ids import Act, FactionClass, Life, Stance, Status, Term, TreatyState
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.view import View
from game.engine.deeds_economy import IN_THE_FIELD, raisable_men, why_not_raise

NOTICEABLE = 0.1
"""Least change of a policy that is worth an act."""
NOTICEABLE_AID = 0.1
"""Least change of aid, as a share of what is given."""
LOW_SUPPORT = 0.35
SPREAD = {P.CIVIC: 0.4, P.POLITICAL: 0.15, P.MILITIA: 0.25, P.SEAL: 0.2}
"""Share of what is to spare that each programme gets while rebels fight; in peace the last two get none."""
SUSTAINED = 0.6
"""Conscription that takes at most 3 % of the people under arms; more costs harvests."""
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


def state_acts(view: View) -> Iterator[FactionAct]:
    """The acts of the side's factions for the coming turn: in the first turn that begins in a month."""
    means = view.setting.cast.means
    before = view.date - timedelta(days=view.setting.days_per_turn)
    if view.turn > 0 and before.month == view.date.month and before.year == view.date.year:
        return
    for a in view.side.factions:
        if not means.keeps[a] or view.tables.faction_i[A.LIFE, a] != Life.ACTIVE:
            continue
        books = books_of(view, a)
        yield from _policies(view, a, books)
        yield from _aid(view, a)
        yield from _formations(view, a, books)


def _rebels(view: View, a: int) -> int:
    """Movements at war with the faction."""
    t = view.tables
    others = (t.faction_i[A.MOVEMENT] >= 0) & (t.faction_i[A.LIFE] == Life.ACTIVE)
    return int((others & (t.stance[a] == Stance.WAR)).sum())


class Wish(NamedTuple):
    """A policy wanted, and why."""

    value: float
    reason: Reason
    a: int = 0
    b: int = 0


def _policies(view: View, a: int, books: Books) -> Iterator[FactionAct]:
    t, means = view.tables, view.setting.cast.means
    wishes = _wishes(books, int(t.faction_i[A.CLASS, a]), _rebels(view, a))
    if t.faction_i[A.MOVEMENT, a] < 0:
        wishes = {policy: wish for policy, wish in wishes.items() if policy == P.CONSCRIPTION}
    kept = t.policy[:, a].tolist()
    for policy, wish in wishes.items():
        if not means.home_front[a] and policy not in IN_THE_FIELD:
            continue
        value = min(1.0, max(0.0, wish.value))
        if abs(value - kept[policy]) >= NOTICEABLE:
            yield FactionAct(
                a, Act.POLICY, a=policy, value=round(100 * value), reason=wish.reason, ra=wish.a, rb=wish.b
            )


def _wishes(books: Books, class_: int, rebels: int) -> dict[int, Wish]:
    """What the faction wants of each policy."""
    percent = round(100 * books.support)
    owes = Wish(0.0, Reason.TREASURY_OWES, round(books.arrears))
    thousands = round(1000 * books.spare)
    wishes = {P.PAY: Wish(1.0, Reason.TREASURY_PAYS), P.TRADE: Wish(1.0, Reason.TREASURY_TRADES, thousands)}
    if books.arrears > 1.0:
        wishes[P.TAX] = owes._replace(value=0.8)
    elif books.support < LOW_SUPPORT:
        wishes[P.TAX] = Wish(0.3, Reason.TREASURY_UNLOVED, percent)
    else:
        wishes[P.TAX] = Wish(0.5, Reason.TREASURY_STEADY, percent)
    for policy, part in SPREAD.items():
        share = part if rebels or policy in (P.CIVIC, P.POLITICAL) else 0.0
        cost = books.costs[policy]
        value = min(1.0, share * books.spare / cost) if cost > 0.0 else 0.0
        reason = Wish(value, Reason.TREASURY_SPENDS, thousands, round(100 * share))
        wishes[policy] = owes if books.arrears > 1.0 else reason
    if class_ == FactionClass.STATE:
        wishes[P.AMNESTY] = Wish(1.0 if rebels else 0.0, Reason.TREASURY_REBELS, rebels)
        if books.establishment:
            lacking = books.lacks / books.establishment - (1.0 - PEACE_SHARE if books.quiet else 0.0)
            value = min(SUSTAINED, (0.0 if books.quiet else 0.1) + 2.0 * lacking)
            wishes[P.CONSCRIPTION] = Wish(value, Reason.TREASURY_LACKS, books.lacks, books.establishment)
    wishes[P.RELIEF] = Wish(1.0, Reason.TREASURY_HUNGER, round(100 * books.want))
    return wishes


def _aid(view: View, d: int) -> Iterator[FactionAct]:
    t, means = view.tables, view.setting.cast.means
    budget = vote = float(t.faction_f[A.AID_BUDGET, d])
    if vote <= 0.0:
        return
    agreed = _agreed(view, d)
    years = means.custom.shape[2]
    year = min(years - 1, max(0, view.date.year - means.first_year))
    wishes: dict[int, tuple[float, Reason, int]] = {}
    customs = means.custom[d, :, : year + 1]
    for r, (custom, past) in enumerate(zip(customs[:, -1].tolist(), customs.max(axis=1).tolist(), strict=True)):
        if past <= 0.0 and t.aid[d, r] <= 0.0:
            continue
        if past <= 0.0 and r in agreed:
            vote -= float(t.aid[d, r])
            continue
        taken = t.faction_i[A.LIFE, r] == Life.ACTIVE and means.keeps[r] and t.stance[d, r] != Stance.WAR
        wishes[r] = _gift(view, d, r, custom, past) if taken else (0.0, Reason.PATRON_COOL, 0)
    wanted = sum(amount for amount, _, _ in wishes.values())
    part = min(1.0, max(0.0, vote) / wanted) if wanted > 0.0 else 1.0
    changes = []
    for r, (amount, reason, figure) in wishes.items():
        now, monthly = float(t.aid[d, r]), round(amount * part / 12.0 * 1000.0 - 0.5)
        if abs(monthly * 12.0 / 1000.0 - now) > NOTICEABLE_AID * max(now, 1.0):
            short = part < 1.0 and monthly * 12.0 / 1000.0 < now
            why, ra, rb = (Reason.PATRON_VOTE, round(vote), round(wanted)) if short else (reason, figure, 0)
            changes.append(
                (
                    monthly * 12.0 / 1000.0 - now,
                    FactionAct(d, Act.AID, a=r, value=max(0, monthly), reason=why, ra=ra, rb=rb),
                )
            )
    # cuts first, so that what they free may be given to others
    given = float(t.aid[d].sum())
    for change, act in sorted(changes, key=lambda change: change[0]):
        if (t.aid[d, act.a] <= 0.0 and not act.value) or (change > 0.0 and given + change > budget):
            continue
        given += change
        yield act


def _agreed(view: View, d: int) -> set[int]:
    """Those to whom a patron gives by treaty; that is his diplomats' affair unless it became a custom."""
    y = view.tables.treaty
    rows = (y[Y.TERM] == Term.AID) & (y[Y.STATE] == TreatyState.IN_FORCE) & (y[Y.A] == d)
    return set(y[Y.B, rows].tolist())


def _gift(view: View, d: int, r: int, custom: float, past: float) -> tuple[float, Reason, int]:
    """What a patron would give a client, US$ m a year, with the reason and its figure."""
    t = view.tables
    relation, weariness = float(t.relation[d, r]), float(t.faction_f[A.WEARINESS, d])
    fights = bool((t.stance[r] == Stance.WAR).any())
    if relation < BROKEN:
        return 0.0, Reason.PATRON_COOL, round(relation)
    if custom <= 0.0:
        if relation < WARM or not fights:
            return 0.0, Reason.PATRON_ENDS, round(relation)
        custom = past / 2.0
    amount = custom * (1.0 - weariness / 200.0)
    if relation < COOL:
        return amount / 2.0, Reason.PATRON_COOL, round(relation)
    lands = view.setting.cast.lands
    if fights and len(lands) and t.faction_i[A.MOVEMENT, r] >= 0:
        held = count(view, r)[HEXES] / len(lands)
        if held < LOSING:
            return amount * MORE, Reason.PATRON_LOSING, round(100 * held)
    return amount, Reason.PATRON_CUSTOM, round(amount)


def _formations(view: View, a: int, books: Books) -> Iterator[FactionAct]:
    """Formations to raise, as listed, while men and arms wait that others do not need."""
    t, fi = view.tables, view.tables.force_i
    men, kits = int(t.faction_i[A.MANPOWER, a]), int(t.faction_i[A.KITS, a])
    spare = min(men - round(KEEP_BACK * books.lacks), kits)
    if spare <= 0 or books.arrears > 1.0:
        return
    paper = (fi[F.FACTION] == a) & (
        ((fi[F.STATUS] == Status.PENDING) & (fi[F.ARRIVES] == F.UNRAISED)) | (fi[F.STATUS] == Status.GONE)
    )
    least = view.setting.ruleset.manpower.raise_share
    for f in np.flatnonzero(paper).tolist():
        if spare < least * fi[F.START_MEN, f]:
            continue
        if why_not_raise(t, view.setting, f, view.hour) is Reason.NONE:
            yield FactionAct(a, Act.RAISE, a=f, reason=Reason.TREASURY_RAISES, ra=men, rb=kits)
            spare -= raisable_men(t, f)
