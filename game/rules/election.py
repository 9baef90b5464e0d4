"""Chapter 13, fourth part: the vote.

13.20 On the ballot are the parties that signed and did not refuse to disarm. Those who refused do not run.
13.21 The registered vote as they prefer. Of those who prefer nobody on the ballot some vote, for each alike; of those
     who prefer a party that does not run, none do.
13.22 Fewer vote where armed men of a party that refused stand in or beside the hex, and where a party that runs is
     master and people are not safe. Fear keeps voters of all parties away alike: it only costs.
13.23 Seats go by the votes of the whole country, the largest remainders taking the last ones; lots decide between
     equals.
13.24 A loser who holds the land may contest the vote and threaten to secede, by a chance that grows with the land. Most
     such crises end in a government that shares power; some end the accord.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.ids import NO_FACTION, OFF_MAP, Phase, Standing
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.rules.council import in_reach
from game.rules.process import Process, fight, turn_to

_DRAW_LOTS = 2000
_DRAW_CRISIS = 3
_DRAW_END = 4


def ballot(s: Process) -> list[int]:
    """13.20 The parties that run."""
    return [a for a in s.with_standing(Standing.SIGNED, Standing.CANTONING, Standing.DISARMED) if s.c.movement[a] >= 0]


def fear(s: Process) -> npt.NDArray[np.bool_]:
    """13.22 Hexes in or beside which men of a party stand who refused."""
    found = np.zeros(s.w.hex_i.shape[1], bool)
    for a in s.with_standing(Standing.REFUSED, Standing.OUTLAWED):
        for f in s.forces(a):
            h = int(s.w.force_i[F.HEX, f])
            beside = s.g.neighbours[h]
            found[[h, *beside[beside != OFF_MAP].tolist()]] = True
    return found


def voting(s: Process, runs: list[int]) -> npt.NDArray[np.float64]:
    """13.22 Voters of every hex who go to the poll, whomever they prefer.

    Formula: registered * turnout * (1 - turnout_fear, if in fear) * (1 - turnout_rule * (1 - security), if a party on
        the ballot is master)
    """
    rules = s.r.peace
    people = np.where(in_reach(s), s.w.hex_i[H.PEOPLE], 0).astype(np.float64)
    total = float(people.sum())
    registered = people * (float(s.w.peace[P.REGISTERED]) / total if total else 0.0)
    afraid = 1.0 - rules.turnout_fear * fear(s)
    ruled = np.isin(s.w.hex_i[H.CONTROL], runs)
    unsafe = 1.0 - rules.turnout_rule * ruled * (1.0 - s.w.hex_f[H.SECURITY])
    return np.asarray(registered * rules.turnout * afraid * unsafe, np.float64)


def count_votes(s: Process, runs: list[int]) -> dict[int, int]:
    """13.21 Votes of every party on the ballot.

    Formula: voters of a hex * (support + undecided * share who prefer no movement / parties)
    """
    rules = s.r.peace
    voters = voting(s, runs)
    nobody = np.clip(1.0 - s.w.support.sum(axis=0), 0.0, 1.0)
    stray = float((voters * nobody).sum()) * rules.undecided / len(runs)
    return {a: int(float((voters * s.w.support[s.c.movement[a]]).sum()) + stray) for a in runs}


def allot(s: Process, votes: dict[int, int]) -> dict[int, int]:
    """13.23 Seats of every party."""
    cast = sum(votes.values())
    if not cast:
        return dict.fromkeys(votes, 0)
    quota = {a: s.terms.seats * v / cast for a, v in votes.items()}
    seats = {a: int(q) for a, q in quota.items()}
    by_rest = sorted(votes, key=lambda a: (seats[a] - quota[a], s.draw(Purpose.PEACE, _DRAW_LOTS + a)))
    for a in by_rest[: s.terms.seats - sum(seats.values())]:
        seats[a] += 1
    return seats


def hold_vote(s: Process) -> None:
    """13.20-13.24 The vote.

    Formula (13.24): chance = crisis_hazard * share of the land's value that the loser holds; it ends the accord by
        crisis_war
    """
    rules = s.r.peace
    runs = ballot(s)
    if not runs:
        turn_to(s, Phase.COLLAPSED)
        s.tell(RecordKind.CRISIS, NO_FACTION, NO_FACTION, Reason.NO_VOTE_HELD, 3)
        return
    votes = count_votes(s, runs)
    seats = allot(s, votes)
    registered, cast = int(s.w.peace[P.REGISTERED]), sum(votes.values())
    s.w.peace[P.TURNOUT] = cast
    s.w.peace[P.ELECTION] = s.now.hour
    turn_to(s, Phase.ELECTED)
    turnout = 1000 * cast // registered if registered else 0
    for a in sorted(runs, key=lambda a: -votes[a]):
        s.w.party[P.VOTES, a], s.w.party[P.SEATS, a] = votes[a], seats[a]
        s.stand(a, Standing.DISARMED)
        s.tell(RecordKind.ELECTION, a, NO_FACTION, Reason.VOTES_CAST, votes[a], seats[a], registered, turnout)
    winner, holder = leaders(s, runs)
    if holder == winner or s.draw(Purpose.PEACE, _DRAW_CRISIS) >= rules.crisis_hazard * s.land_share(holder):
        return
    s.tell(RecordKind.CRISIS, holder, winner, Reason.HOLDS_THE_LAND, 1)
    if s.draw(Purpose.PEACE, _DRAW_END) < rules.crisis_war:
        fight(s, holder, winner)
        turn_to(s, Phase.COLLAPSED)
        s.tell(RecordKind.CRISIS, NO_FACTION, NO_FACTION, Reason.CEASE_FIRE_BROKEN, 3)


def leaders(s: Process, runs: list[int]) -> tuple[int, int]:
    """13.24 The party with the most seats, and the one that holds most of the land; lots decide between equals."""
    lots = {a: s.draw(Purpose.PEACE, _DRAW_LOTS + a) for a in runs}
    winner = max(runs, key=lambda a: (int(s.w.party[P.SEATS, a]), lots[a]))
    holder = max(runs, key=lambda a: (s.land_share(a), s.men(a), lots[a]))
    return winner, holder
