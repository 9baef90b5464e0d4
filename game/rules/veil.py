"""Chapter 5, second part: what a side is shown.

5.4 Control and inhabitants are known where the faction sees, and elsewhere as last known; so is who has a depot. Of
    mines only those are known that lie where it sees. Money, men in waiting and policies are known to those who keep
    them; what patrons give is public.
5.5 Who is an actor, under what name and of what kind, is public, and so is all that parties to a peace process do.
    Treaties are public, proposals known to those whom they concern. Of others' weariness the mood of the press is
    known, to the nearest twenty points; of their men abroad and at home what is said of them; how united their leaders
    are is guessed.
5.6 What people think and how they fare is known where the faction sees; elsewhere it knows only how many prefer each
    movement in the whole country. What it does not see is taken to be quiet and fed.
"""

from __future__ import annotations

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import sighting as S
from game.core.columns import treaty as Y
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, Order, Posture, Status, TreatyState
from game.core.kernels import chapter, clause
from game.core.rng import Purpose
from game.core.ruleset import SightRules
from game.core.setting import Cast
from game.core.state import Tables
from game.rules.presence import same_side


@clause
def is_public(column: int) -> bool:
    """5.4 What everybody knows of a faction: who it is, its seat, and what it is believed to have."""
    return (
        column == A.CAPITAL
        or column == A.LIFE
        or column == A.CLASS
        or column == A.STAGE
        or column == A.MOVEMENT
        or column == A.PARENT
        or column == A.MERGED
        or column == A.REPUTED
        or column == A.ABROAD
    )


UNVEILED = ("hex_i", "hex_f", "support", "seen", "known_control", "known_people", "in_sight")
"""Tables of a view that `veil` fills from the state's; of the others it is given a copy."""


# In the loops over hexes what may turn out not to be shown is read all the same, so that the compiler can take many
# hexes at once.


@clause
def show_counts(w: Tables, out: Tables, leader: int, column: int, else_: int) -> None:
    """5.4, 5.6 A column of `hex_i` where the side sees, and `else_` elsewhere."""
    for h in range(out.hex_i.shape[1]):
        here = w.hex_i[column, h]
        out.hex_i[column, h] = here if w.in_sight[leader, h] != 0 else else_


@clause
def show_shares(w: Tables, out: Tables, leader: int, column: int, else_: float) -> None:
    """5.4, 5.6 A column of `hex_f` where the side sees, and `else_` elsewhere."""
    for h in range(out.hex_f.shape[1]):
        here = w.hex_f[column, h]
        out.hex_f[column, h] = here if w.in_sight[leader, h] != 0 else else_


@clause
def preferred_by(w: Tables, movement: int) -> float:
    """5.6 Share of the people of the whole country who prefer the movement; below 0 if nobody leads it."""
    share = -1.0
    for a in range(w.faction_i.shape[1]):
        if w.faction_i[A.MOVEMENT, a] == movement:
            share = w.faction_f[A.SUPPORT, a]
    return share


@clause
def show_support(w: Tables, c: Cast, out: Tables, leader: int) -> None:
    """5.6 What people think where the side sees; elsewhere, in the country fought over, what people think in all of
    it."""
    for m in range(w.support.shape[0]):
        share = preferred_by(w, m)
        for h in range(w.support.shape[1]):
            here = w.support[m, h]
            known = (w.in_sight[leader, h] != 0) | (c.contested[h] == 0) | (share < 0.0)
            out.support[m, h] = here if known else share


@clause
def show_land(w: Tables, c: Cast, out: Tables, leader: int) -> None:
    """5.4, 5.6 What is known of the land and its people, by the side of faction `leader`."""
    for h in range(out.hex_i.shape[1]):
        out.hex_i[H.CONTROL, h] = w.known_control[leader, h]
        out.hex_i[H.PEOPLE, h] = w.known_people[leader, h]
        out.hex_f[H.WORKS, h] = w.hex_f[H.WORKS, h]
    for k in range(out.hex_i.shape[0]):
        if k != H.CONTROL and k != H.PEOPLE:
            show_counts(w, out, leader, k, NEVER + 0 if k == H.FOUGHT else 0)
    for k in range(out.hex_f.shape[0]):
        if k != H.WORKS:
            show_shares(w, out, leader, k, 1.0 if k == H.HOLD else 0.0)
    show_support(w, c, out, leader)


@clause
def show_knowledge(w: Tables, out: Tables, leader: int, shown: int) -> int:
    """5.3, 5.4 What the factions of the side know, which are returned as a set; what others know nobody knows. shown:
    the factions whose knowledge may be in `out` so far."""
    members = 0
    for a in range(w.faction_i.shape[1]):
        if same_side(w, leader, a):
            members |= 1 << a
            for k in range(w.seen.shape[1]):
                for f in range(w.seen.shape[2]):
                    out.seen[a, k, f] = w.seen[a, k, f]
            for h in range(w.in_sight.shape[1]):
                out.in_sight[a, h] = w.in_sight[a, h]
                out.known_control[a, h] = w.known_control[a, h]
                out.known_people[a, h] = w.known_people[a, h]
        elif (shown >> a) & 1 == 1:
            out.seen[a, :, :] = NEVER
            out.in_sight[a, :] = 0
            out.known_control[a, :] = NO_FACTION
            out.known_people[a, :] = 0
    return members


@chapter
def veil(w: Tables, c: Cast, out: Tables, rules: SightRules, leader: int, hour: int, shown: int) -> int:
    """5.3-5.6 Make `out`, a copy of the state but for the tables in UNVEILED, into what the side of faction `leader`
    can know. shown: the set of factions whose knowledge `out` showed before, or -1 for all; returns the set whose
    knowledge it shows.

    Formula (5.3): a sighting counts for fade_days; an enemy's quality and cohesion are taken to be typical_quality
        and typical_cohesion
    Formula (5.5): their unity is taken to be typical_unity
    """
    fi = out.force_i
    ff = out.force_f
    members = show_knowledge(w, out, leader, shown)
    # a view has a seed of its own, so that nobody can read the game's luck from it
    out.clock[C.SEED] = rng.bits(w.clock[C.SEED], 0, leader, Purpose.AGENT + 0, 0) >> 1
    for f in range(fi.shape[1]):
        if same_side(w, leader, fi[F.FACTION, f]):
            continue
        seen = w.seen[leader, S.HOUR, f]
        known = seen >= 0 and hour - seen <= rules.fade_days * 24.0 and w.seen[leader, S.HEX, f] != OFF_MAP
        if not known:
            fi[F.HEX, f] = OFF_MAP
            fi[F.MEN, f] = 0
            fi[F.TANKS, f] = 0
            fi[F.GUNS, f] = 0
            fi[F.STATUS, f] = Status.PENDING
            fi[F.LAST_FOUGHT, f] = NEVER
            fi[F.POSTURE, f] = Posture.HASTY
            ff[F.DUG_IN, f] = 0.0
            for k in range(out.seen.shape[1]):
                out.seen[leader, k, f] = NEVER
        else:
            fi[F.HEX, f] = w.seen[leader, S.HEX, f]
            fi[F.MEN, f] = w.seen[leader, S.MEN, f]
            fi[F.TANKS, f] = w.seen[leader, S.TANKS, f]
            fi[F.GUNS, f] = w.seen[leader, S.GUNS, f]
            fi[F.STATUS, f] = w.seen[leader, S.STATUS, f]
            fi[F.LAST_FOUGHT, f] = w.seen[leader, S.FOUGHT, f]
            fi[F.POSTURE, f] = w.seen[leader, S.POSTURE, f]
            ff[F.DUG_IN, f] = w.seen[leader, S.WORKS, f] / 100.0
        fi[F.SORTIES, f] = 0
        fi[F.STOCK_KG, f] = 1
        fi[F.START_MEN, f] = 0
        fi[F.ORDER, f] = Order.HOLD
        fi[F.DEST, f] = OFF_MAP
        fi[F.THEN, f] = OFF_MAP
        fi[F.TARGET, f] = OFF_MAP
        fi[F.BASE, f] = OFF_MAP
        fi[F.FROM_HEX, f] = OFF_MAP
        fi[F.ARRIVES, f] = 0
        fi[F.ORIGIN, f] = NO_FACTION
        ff[F.QUALITY, f] = rules.typical_quality
        ff[F.COHESION, f] = rules.typical_cohesion
        ff[F.FATIGUE, f] = 0.0
        ff[F.MARCHED, f] = 0.0
        ff[F.ADVANCED, f] = 0.0
        ff[F.SURPRISE, f] = 1.0
        ff[F.HUNGER, f] = 0.0
        ff[F.SPARE, f] = 0.0
    show_land(w, c, out, leader)
    for a in range(w.faction_i.shape[1]):
        if same_side(w, leader, a):
            continue
        for k in range(2, w.faction_i.shape[0]):
            if not is_public(k):
                out.faction_i[k, a] = 0
        for k in range(w.faction_f.shape[0]):
            if k != A.SUPPORT:
                out.faction_f[k, a] = 0.0
        out.faction_f[A.UNITY, a] = rules.typical_unity
        out.faction_f[A.WEARINESS, a] = 20.0 * int(w.faction_f[A.WEARINESS, a] / 20.0 + 0.5)
        out.faction_i[A.START, a] = 0
        out.policy[:, a] = 0.0
    for k in range(w.treaty.shape[1]):
        open_ = w.treaty[Y.STATE, k] == TreatyState.PROPOSED or w.treaty[Y.STATE, k] == TreatyState.REFUSED
        if open_ and not same_side(w, leader, w.treaty[Y.A, k]) and not same_side(w, leader, w.treaty[Y.B, k]):
            for i in range(w.treaty.shape[0]):
                out.treaty[i, k] = 0
    for k in range(w.depot_i.shape[1]):
        if not same_side(w, leader, w.depot_i[D.FACTION, k]):
            out.depot_i[D.STOCK_KG, k] = 0
            out.depot_i[D.INFLOW_KG, k] = 0
            out.depot_i[D.CAPACITY_KG, k] = 0
            holder = w.known_control[leader, w.depot_i[D.HEX, k]]
            out.depot_i[D.FACTION, k] = holder if holder != NO_FACTION else w.depot_i[D.OWNER, k]
    return members
