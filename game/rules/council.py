"""Chapter 13, third part: an accord carried out.

13.12 Some months after the accord the mission comes: its battalions enter play in their sectors, with the right of
     passage everywhere. They fight nobody.
13.13 A party that signed says whether it disarms, and may think again until the vote. One that has given no answer in
     time has refused.
13.14 Who disarms brings a share of its men to cantonment each month, where part of them are sent home. While anybody
     refuses, the others send few.
13.15 Voters register, each month a share of those not yet registered, where no party rules that refused.
13.16 A vote is due when the mission has lasted long enough and enough are registered. A mission that gets no vote in
     time has failed.
13.17 When an accord fails, what was agreed is void, old enemies are at war again, and the mission leaves. A failed
     accord is forgotten in some months.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.ids import NEVER, NO_FACTION, Life, Phase, Stance, Standing, Status, Term
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.rules.losses import take_men as _take_men
from game.rules.process import BOUND, Process, end_agreements, turn_to

take_men = plain(_take_men)

_TOLD = 1000
"""Men newly cantoned that a record is made of."""


def carry_out(s: Process) -> bool:
    """13.12-13.16 One month from the accord to the vote; whether the vote is due.

    Formula (13.12): the mission comes after deploy_months
    Formula (13.13): an answer is awaited for answer_months
    Formula (13.16): due after mission_months with register_least of the voters; failed after mission_most
    """
    rules = s.r.peace
    if s.phase is Phase.ACCORD:
        if s.since >= rules.deploy_months:
            turn_to(s, Phase.MISSION)
            bring_mission(s)
        return False
    if s.since >= rules.answer_months:
        for a in s.with_standing(Standing.SIGNED):
            refuse(s, a, Reason.NO_ANSWER)
    for a in s.with_standing(Standing.CANTONING):
        canton(s, a)
    register(s)
    voters = rules.adult_share * float((s.w.hex_i[H.PEOPLE] * s.c.contested).sum())
    if s.since >= rules.mission_months and s.w.peace[P.REGISTERED] >= rules.register_least * voters:
        return True
    if s.since >= rules.mission_most:
        turn_to(s, Phase.COLLAPSED)
        s.tell(RecordKind.CRISIS, NO_FACTION, NO_FACTION, Reason.NO_VOTE_HELD, 3)
    return False


def bring_mission(s: Process) -> None:
    """13.12 The mission enters play."""
    m = s.terms.mission
    if m == NO_FACTION:
        return
    s.w.faction_i[A.LIFE, m] = Life.ACTIVE
    others = [a for a in range(s.w.faction_i.shape[1]) if a != m]
    s.w.stance[m, others] = s.w.stance[others, m] = Stance.ACCESS
    fi = s.w.force_i
    men = 0
    for f in ((fi[F.FACTION] == m) & (fi[F.STATUS] == Status.PENDING)).nonzero()[0].tolist():
        fi[F.MEN, f] = fi[F.START_MEN, f]
        fi[F.ARRIVES, f] = s.now.hour
        men += int(fi[F.MEN, f])
    s.w.faction_i[A.RECRUITED, m] += men
    s.tell(RecordKind.MISSION, m, NO_FACTION, Reason.ACCORD_SIGNED, men, 1)


def send_mission_home(s: Process) -> None:
    """13.17, 13.28 The mission leaves; it may be asked for again."""
    m = s.terms.mission
    if not s.lives(m):
        return
    fi = s.w.force_i
    for f in s.forces(m):
        s.w.faction_i[A.DEMOBILISED, m] += fi[F.MEN, f]
        fi[F.MEN, f] = 0
        fi[F.STATUS, f] = Status.PENDING
        fi[F.ARRIVES, f] = F.UNRAISED
    s.w.faction_i[A.LIFE, m] = Life.LATENT
    s.tell(RecordKind.MISSION, m, NO_FACTION, Reason.MISSION_OVER, 0, 0)


def answer(s: Process, a: int, disarms: bool, reason: Reason) -> Reason:
    """13.13 A party says whether it disarms; Reason.NONE, or why it has nothing to say."""
    if s.phase not in (Phase.ACCORD, Phase.MISSION):
        return Reason.NO_ACCORD
    if s.standing(a) not in (Standing.SIGNED, Standing.CANTONING, Standing.REFUSED):
        return Reason.NO_PARTY
    if not disarms:
        refuse(s, a, reason)
    elif s.standing(a) is not Standing.CANTONING:
        s.stand(a, Standing.CANTONING)
        s.tell(RecordKind.CANTONED, a, NO_FACTION, reason, int(s.w.party[P.CANTONED, a]), int(s.w.party[P.DISARMED, a]))
    return Reason.NONE


def refuse(s: Process, a: int, reason: Reason) -> None:
    """13.13 A party that signed refuses to disarm. Its men in cantonment go back to it."""
    if s.standing(a) is Standing.REFUSED:
        return
    s.stand(a, Standing.REFUSED)
    s.w.party[P.CANTONED, a] = 0
    s.tell(RecordKind.REFUSED_DISARM, a, NO_FACTION, reason, s.men(a))


def canton(s: Process, a: int) -> None:
    """13.14 One month of a party that disarms. A formation's men in cantonment still belong to it.

    Formula: cantoned += canton_share * men * months, times canton_alone while anybody refuses; gone home = demobilise *
        cantoned * months, as far as the others keep pace
    """
    rules = s.r.peace
    party, fi = s.w.party, s.w.force_i
    pace = rules.canton_alone if s.with_standing(Standing.REFUSED) else 1.0
    men = s.men(a)
    before = int(party[P.CANTONED, a])
    come = min(men - before, int(rules.canton_share * pace * s.months * men))
    party[P.CANTONED, a] = before + max(0, come)
    home = int(rules.demobilise * pace * s.months * party[P.CANTONED, a])
    gone = 0
    for f in s.forces(a):
        part = min(int(fi[F.MEN, f]) - 1, int(home * int(fi[F.MEN, f]) / men))
        if part > 0:
            gone += int(take_men(s.w, f, part, A.DEMOBILISED))
    party[P.CANTONED, a] -= gone
    party[P.DISARMED, a] += gone
    told = int(party[P.CANTONED, a] + party[P.DISARMED, a])
    if told // _TOLD != (before + int(party[P.DISARMED, a]) - gone) // _TOLD:
        s.tell(
            RecordKind.CANTONED, a, NO_FACTION, Reason.AS_IT_SAID,
            int(party[P.CANTONED, a]), int(party[P.DISARMED, a]),
        )  # fmt: skip


def in_reach(s: Process) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """13.15 Hexes of the country where people can register and vote: no party that refused rules there."""
    closed = s.with_standing(Standing.REFUSED, Standing.OUTLAWED)
    reach: np.ndarray[tuple[int], np.dtype[np.bool_]] = (s.c.contested == 1) & ~np.isin(s.w.hex_i[H.CONTROL], closed)
    return reach


def register(s: Process) -> None:
    """13.15 One month.

    Formula: registered += register_share * months * (adult_share * people in reach - registered)
    """
    rules = s.r.peace
    voters = int(rules.adult_share * int(s.w.hex_i[H.PEOPLE][in_reach(s)].sum()))
    registered = int(s.w.peace[P.REGISTERED])
    more = int(min(1.0, rules.register_share * s.months) * (voters - registered))
    s.w.peace[P.REGISTERED] = min(voters, registered + max(0, more))


def call_off(s: Process) -> None:
    """13.17 The month of the failure, and those after it.

    Formula: forgotten after collapse_months
    """
    parties = s.living(s.terms.parties)
    if s.now.hour == int(s.w.peace[P.SINCE]):
        bound = s.with_standing(*BOUND, Standing.REFUSED)
        for a, b in combinations(bound, 2):
            end_agreements(s, a, b, (Term.POWER_SHARING, Term.CEASE_FIRE), Reason.CEASE_FIRE_BROKEN)
        send_mission_home(s)
        for a in parties:
            s.stand(a, Standing.OUTSIDE)
            s.w.party[P.CANTONED, a] = 0
    elif s.since >= s.r.peace.collapse_months:
        turn_to(s, Phase.WAR)
        s.w.peace[P.ACCORD] = s.w.peace[P.ELECTION] = NEVER
        s.w.peace[P.TALKS] = 0
