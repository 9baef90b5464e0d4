"""Chapter 13, fifth part: a government, and what becomes of those who stayed outside it.

13.26 Some months after the vote the winner forms a government with those it needs for a majority. Whoever holds most of
     the land shares it unless the winner has the majority alone, and carries on the state: the state is his that has
     its administration.
13.27 The partner with the most seats keeps troops of its own in the common army; the armies of the other parties that
     disarmed merge with the government's at once, and these parties live on without them.
13.28 The government holds the country's seat and is recognised; the mission leaves.
13.29 Each month formations of the partner may pass into the common army.
13.30 Partners of whom each has troops of its own may come to blows: the more, the less a partner's part of the power
     matches its part of the seats, the worse their relations and the smaller the danger that they share.
13.31 Those who signed and stayed armed are outlawed after some months of government, and are at war with it.
13.32 Whoever accepts a pardon is at peace with the government and comes under its name; after some months its men and
     land are part of the state, unless it was granted autonomy.
"""

from __future__ import annotations

from game.core.calendar import HOURS_A_MONTH
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import NO_FACTION, Phase, Standing, Term, TreatyState
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.rules.allegiance import merge_army as _merge_army
from game.rules.allegiance import pass_force as _pass_force
from game.rules.allegiance import take_up as _take_up
from game.rules.council import send_mission_home
from game.rules.election import leaders
from game.rules.process import Process, agree, fight, turn_to

merge_army, pass_force, take_up = plain(_merge_army), plain(_pass_force), plain(_take_up)

_DRAW_BREAKDOWN = 5


def form_government(s: Process) -> None:
    """13.26 A month after the vote.

    Formula: after form_months; partners are taken in until they have majority of the seats
    """
    rules = s.r.peace
    if s.since < rules.form_months:
        return
    runs = s.with_standing(Standing.DISARMED)
    if not runs:
        turn_to(s, Phase.COLLAPSED)
        s.tell(RecordKind.CRISIS, NO_FACTION, NO_FACTION, Reason.NO_VOTE_HELD, 3)
        return
    winner, holder = leaders(s, runs)
    seats = {a: int(s.w.party[P.SEATS, a]) for a in runs}
    wanted = rules.majority * sum(seats.values())
    inside = [winner]
    for a in (holder, *sorted(runs, key=lambda a: (-seats[a], a))):
        if a not in inside and sum(seats[b] for b in inside) < wanted:
            inside.append(a)
    head = holder if holder in inside else winner
    partner = next((a for a in sorted(inside, key=lambda a: (-seats[a], a)) if a != head), NO_FACTION)
    turn_to(s, Phase.SETTLED)
    take_office(s, head, partner, inside, runs)
    s.tell(
        RecordKind.GOVERNMENT, head, partner, Reason.VOTES_CAST if head == winner else Reason.HOLDS_THE_LAND,
        seats[head], 0 if partner == NO_FACTION else seats[partner],
    )  # fmt: skip


def take_office(s: Process, head: int, partner: int, inside: list[int], runs: list[int]) -> None:
    """13.27, 13.28 The government begins."""
    peace = s.w.peace
    peace[P.GOVERNMENT], peace[P.PARTNER], peace[P.SEAT] = head, partner, head
    s.w.recognised[:, list(s.terms.parties)] = 0
    s.w.recognised[:, head] = 1
    for a in inside:
        s.stand(a, Standing.GOVERNMENT)
    for a in runs:
        if a == head:
            continue
        agree(s, Term.ALLIANCE, head, a, 0)
        s.w.faction_i[A.MERGED, a] = head
        if a != partner:
            merge_army(s.w, s.g, s.c, s.x, a, head, s.now.hour, int(Reason.JOINT_ARMY))
    send_mission_home(s)


def govern(s: Process) -> None:
    """13.29-13.32 One month of a settlement."""
    head, partner = int(s.w.peace[P.GOVERNMENT]), int(s.w.peace[P.PARTNER])
    if not s.lives(head):
        return
    pardon(s, head)
    outlaw(s, head)
    if s.lives(partner):
        join_up(s, head, partner)
        come_to_blows(s, head, partner)


def join_up(s: Process, head: int, partner: int) -> None:
    """13.29 One month.

    Formula: chance of each formation = join_share * months
    """
    men = formations = 0
    for f in s.forces(partner):
        if s.draw(Purpose.SETTLEMENT, f) < s.r.peace.join_share * s.months:
            men += int(s.w.force_i[F.MEN, f])
            formations += 1
            pass_force(s.w, s.g, s.x, f, head, s.now.hour)
    if formations:
        s.tell(RecordKind.MERGED, partner, head, Reason.JOINT_ARMY, men, formations)


def tension(s: Process, head: int, partner: int) -> float:
    """13.30 How near partners are to blows.

    Formula: |partner's share of the men - of the seats| * (1 - relation / 100) / 2 * (1 - outlaws' men / all men)
    """
    men, theirs = s.men(head), s.men(partner)
    outlaws = sum(s.men(a) for a in range(s.w.faction_i.shape[1]) if s.lives(a) and s.at_war(head, a))
    seats = int(s.w.party[P.SEATS, head]) + int(s.w.party[P.SEATS, partner])
    if not men + theirs or not seats or not theirs:
        return 0.0
    unequal = abs(theirs / (men + theirs) - int(s.w.party[P.SEATS, partner]) / seats)
    enmity = (1.0 - float(s.w.relation[head, partner]) / 100.0) / 2.0
    return unequal * enmity * (1.0 - outlaws / (outlaws + men + theirs))


def come_to_blows(s: Process, head: int, partner: int) -> None:
    """13.30 One month.

    Formula: chance = breakdown * tension * months
    """
    if s.draw(Purpose.BREAKDOWN, _DRAW_BREAKDOWN) >= s.r.peace.breakdown * tension(s, head, partner) * s.months:
        return
    s.tell(RecordKind.CRISIS, partner, head, Reason.POWER_INDIVISIBLE, 2)
    s.w.faction_i[A.MERGED, partner] = NO_FACTION
    s.w.peace[P.PARTNER] = NO_FACTION
    s.stand(partner, Standing.OUTSIDE)
    fight(s, partner, head)


def outlaw(s: Process, head: int) -> None:
    """13.31 One month.

    Formula: after outlaw_months
    """
    if s.since < s.r.peace.outlaw_months:
        return
    for a in s.with_standing(Standing.REFUSED):
        s.stand(a, Standing.OUTLAWED)
        s.tell(RecordKind.OUTLAWED, a, head, Reason.STAYED_ARMED)
        fight(s, a, head)
        for b in s.with_standing(Standing.GOVERNMENT):
            if b != head:
                fight(s, a, b)


def pardon(s: Process, head: int) -> None:
    """13.32 One month.

    Formula: part of the state after pardon_months
    """
    y = s.w.treaty
    mine = (y[Y.TERM] == Term.AMNESTY) & (y[Y.STATE] == TreatyState.IN_FORCE) & (y[Y.A] == head)
    for k in mine.nonzero()[0].tolist():
        a = int(y[Y.B, k])
        if not s.lives(a) or a == head:
            continue
        if s.standing(a) is not Standing.RECONCILED:
            s.stand(a, Standing.RECONCILED)
            s.w.faction_i[A.MERGED, a] = head
            s.tell(RecordKind.PARDONED, a, head, Reason.PARDON_ACCEPTED, s.men(a), 0)
        months = (s.now.hour - int(y[Y.SINCE, k])) / HOURS_A_MONTH
        if months >= s.r.peace.pardon_months and y[Y.VALUE, k] < s.r.peace.autonomy:
            s.tell(RecordKind.PARDONED, a, head, Reason.PARDON_ACCEPTED, s.men(a), 1)
            take_up(s.w, s.g, s.c, s.x, a, head, s.now.hour, int(Reason.PARDON_ACCEPTED))
