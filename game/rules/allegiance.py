"""Chapter 12, third part: what passes when men or whole factions change their allegiance.

12.40 A formation that changes sides takes its men, arms and supplies with it; they are counted as gone over, on both
     sides. It keeps its place, digs in there and looks to its new side for orders.
12.41 Former comrades who stand in one hex part: the weaker fall back.
12.42 Land passes with the men who stand on it or beside it, where those of the old side are fewer; with the land go its
     depots.
12.43 A faction that is taken up whole by another brings its men, waiting men, arms in store, money, land, camps and
     supporters, and is no actor any more.
"""

from __future__ import annotations

from game.core.columns import bond as B
from game.core.columns import camp as K
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.ids import NO_FACTION, OFF_MAP, Life, Order, Status
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.presence import count_presence, enter_presence, in_play, take
from game.rules.retreat import fall_back
from game.rules.sight import spot
from game.rules.workspace import Work, note


@clause
def pass_force(w: Tables, g: Ground, x: Work, f: int, to: int, hour: int) -> None:
    """12.40 The force, in play or still due, is `to`'s from now on."""
    fi = w.force_i
    old = fi[F.FACTION, f]
    men = fi[F.MEN, f]
    enter_presence(w, x, f, -1)
    w.faction_i[A.DEFECTED_OUT, old] += men
    w.faction_i[A.DEFECTED_IN, to] += men
    fi[F.FACTION, f] = to
    fi[F.ORIGIN, f] = old
    fi[F.DEST, f] = OFF_MAP
    fi[F.THEN, f] = OFF_MAP
    fi[F.TARGET, f] = OFF_MAP
    if fi[F.STATUS, f] == Status.ACTIVE:
        fi[F.ORDER, f] = Order.HOLD
    elif fi[F.STATUS, f] == Status.BANDS:
        fi[F.ORDER, f] = Order.REST
    if in_play(w, f):
        home = fi[F.BASE, f]
        if home == OFF_MAP or g.shelter[home] != to:
            fi[F.BASE, f] = fi[F.HEX, f]
        spot(w, old, f, hour, men)
    for k in range(2):
        x.goal[k, f] = OFF_MAP
    x.to_dest[f] = -1
    x.to_base[f] = -1
    x.way_from[f] = OFF_MAP
    enter_presence(w, x, f, 1)


@clause
def weight_in(w: Tables, a: int, h: int) -> float:
    """12.41 Weight of a faction's forces in a hex."""
    fi = w.force_i
    total = 0.0
    for f in range(fi.shape[1]):
        if fi[F.HEX, f] == h and fi[F.FACTION, f] == a and in_play(w, f):
            total += fi[F.MEN, f] * w.force_f[F.QUALITY, f] * w.force_f[F.COHESION, f]
    return total


@clause
def part(w: Tables, g: Ground, x: Work, r: Ruleset, h: int, a: int, b: int, hour: int) -> None:
    """12.41 Two factions that were one part in a hex; the presence tables must be up to date. Where neither is the
    stronger, those who broke away (`a`) go."""
    fi = w.force_i
    ours = weight_in(w, a, h)
    theirs = weight_in(w, b, h)
    if ours <= 0.0 or theirs <= 0.0:
        return
    goes = a if ours <= theirs else b
    stays = b if ours <= theirs else a
    for f in range(fi.shape[1]):
        if fi[F.HEX, f] == h and fi[F.FACTION, f] == goes and in_play(w, f) and fi[F.STATUS, f] != Status.BANDS:
            fall_back(w, g, x, r, f, stays, Reason.PARTED + 0, 0, hour)


@clause
def men_about(g: Ground, x: Work, a: int, h: int) -> int:
    """12.42 Men of a faction in a hex and beside it. Reads the presence tables."""
    total = x.formed[h, a] + x.hidden[h, a]
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP:
            total += x.formed[b, a] + x.hidden[b, a]
    return total


@clause
def pass_hex(w: Tables, x: Work, h: int, old: int, to: int, reason: int, hour: int) -> None:
    """12.42 A hex and its depots change hands among living factions."""
    take(w, x, h, to, reason, hour)
    w.hex_f[H.HOLD, h] = 1.0
    for k in range(w.depot_i.shape[1]):
        if w.depot_i[D.HEX, k] == h and w.depot_i[D.FACTION, k] == old:
            w.depot_i[D.FACTION, k] = to


@clause
def move_support(w: Tables, c: Cast, h: int, old: int, to: int, share: float) -> None:
    """12.42, 12.43 Part of those in a hex who preferred one movement prefer the other."""
    a = c.movement[old]
    b = c.movement[to]
    if a >= 0 and b >= 0 and a != b:
        going = w.support[a, h] * share
        w.support[a, h] -= going
        w.support[b, h] += going


@clause
def pass_stores(w: Tables, old: int, to: int, share: float) -> None:
    """12.40, 12.43 A share of those who wait, heal or are scattered, of the arms in store and of the money."""
    t = w.faction_i
    for k in (A.STRAGGLERS, A.HOSPITAL):
        men = int(share * t[k, old])
        t[k, old] -= men
        t[k, to] += men
        t[A.DEFECTED_OUT, old] += men
        t[A.DEFECTED_IN, to] += men
    for k in (A.MANPOWER, A.TRAINING):
        men = int(share * t[k, old])
        t[k, old] -= men
        t[k, to] += men
        t[A.RAISED, old] -= men
        t[A.RAISED, to] += men
    kits = int(share * t[A.KITS, old])
    t[A.KITS, old] -= kits
    t[A.KITS, to] += kits
    money = share * w.faction_f[A.MONEY, old]
    w.faction_f[A.MONEY, old] -= money
    w.faction_f[A.MONEY, to] += money


@clause
def know_as(w: Tables, old: int, to: int) -> None:
    """12.40 Who breaks away knows what his old side knew."""
    for h in range(w.hex_i.shape[1]):
        w.known_control[to, h] = w.known_control[old, h]
        w.known_people[to, h] = w.known_people[old, h]
    for k in range(w.seen.shape[1]):
        for f in range(w.seen.shape[2]):
            w.seen[to, k, f] = w.seen[old, k, f]


@clause
def be_born(w: Tables, a: int, like: int, unity: float) -> None:
    """12.36, 12.22 A latent faction is an actor from now on; its will and weariness are those of `like`."""
    ff = w.faction_f
    w.faction_i[A.LIFE, a] = Life.ACTIVE
    w.faction_i[A.MERGED, a] = NO_FACTION
    ff[A.UNITY, a] = unity
    if like != NO_FACTION:
        ff[A.WEARINESS, a] = ff[A.WEARINESS, like]
        ff[A.LAND_AT_START, a] = ff[A.LAND_AT_START, like]


@chapter
def merge_army(w: Tables, g: Ground, c: Cast, x: Work, a: int, into: int, hour: int, reason: int) -> int:
    """12.42, 12.43 The army of faction `a` and the land that it holds pass into another's; returns the men. `a` is a
    party in the other's government from then on. Those two must not be at war."""
    fi = w.force_i
    count_presence(w, x)
    men = 0
    formations = 0
    for f in range(fi.shape[1]):
        if fi[F.FACTION, f] == a and fi[F.STATUS, f] != Status.GONE:
            men += fi[F.MEN, f]
            formations += 1 if fi[F.MEN, f] > 0 else 0
            pass_force(w, g, x, f, into, hour)
    pass_stores(w, a, into, 1.0)
    for h in range(w.hex_i.shape[1]):
        if w.hex_i[H.CONTROL, h] == a:
            pass_hex(w, x, h, a, into, reason, hour)
    for k in range(w.depot_i.shape[1]):
        if w.depot_i[D.FACTION, k] == a:
            w.depot_i[D.FACTION, k] = into
        if w.depot_i[D.OWNER, k] == a:
            w.depot_i[D.OWNER, k] = into
    w.faction_i[A.MERGED, a] = into
    note(x, hour, RecordKind.MERGED + 0, a, -1, OFF_MAP, into, men, formations, 1, 0, 0, reason)
    return men


@chapter
def take_up(w: Tables, g: Ground, c: Cast, x: Work, a: int, into: int, hour: int, reason: int) -> int:
    """12.43 Faction `a` passes into another whole; returns the men. Those two must not be at war."""
    men = merge_army(w, g, c, x, a, into, hour, reason)
    for h in range(w.hex_i.shape[1]):
        move_support(w, c, h, a, into, 1.0)
    for k in range(w.camp_i.shape[1]):
        if w.camp_i[K.HOLDER, k] == a:
            w.camp_i[K.HOLDER, k] = into
    if w.peace[P.SEAT] == a:
        w.peace[P.SEAT] = into
    w.faction_i[A.LIFE, a] = Life.ENDED
    note(x, hour, RecordKind.ENDED + 0, a, -1, OFF_MAP, into, 0, 0, 0, 0, 0, reason)
    return men


@clause
def fall_out(w: Tables, a: int, b: int, points: float, stance: int) -> None:
    """12.37, 12.52 Two factions' relation falls, and with it their stance, unless that is worse already."""
    for one, other in ((a, b), (b, a)):
        w.bond[B.EVENTS, one, other] -= points
        w.relation[one, other] = max(-100.0, w.relation[one, other] - points)
        if w.stance[one, other] > stance:
            w.stance[one, other] = stance
