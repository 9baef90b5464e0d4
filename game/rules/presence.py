"""Who stands where: the presence tables that movement, combat, supply and control share, and who is whose enemy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, Life, Posture, Stance, Status
from game.core.kernels import chapter, clause
from game.core.records import RecordKind
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.workspace import Work, is_war, note


@clause
def same_side(w: Tables, a: int, b: int) -> bool:
    """1.3 Whether two factions are under one command."""
    if a == NO_FACTION or b == NO_FACTION:
        return False
    return a == b or (w.faction_i[A.SIDE, a] >= 0 and w.faction_i[A.SIDE, a] == w.faction_i[A.SIDE, b])


@clause
def is_actor(w: Tables, a: int) -> bool:
    """Whether the faction is one at present (10.5, 12.13)."""
    return w.faction_i[A.LIFE, a] == Life.ACTIVE


@clause
def friendly(w: Tables, a: int, b: int) -> bool:
    """1.3 Whether two factions fight as one side."""
    if a == NO_FACTION or b == NO_FACTION:
        return False
    return a == b or w.stance[a, b] == Stance.ALLIED or same_side(w, a, b)


@clause
def ally_in_country(w: Tables, a: int) -> int:
    """9.23, 10.2, 12.55 The movement that a faction stands behind: of its allies that contend for the people the one it
    stands best with; NO_FACTION if it has none."""
    best = NO_FACTION
    for b in range(w.faction_i.shape[1]):
        if b == a or w.faction_i[A.MOVEMENT, b] < 0 or not is_actor(w, b) or w.stance[a, b] != Stance.ALLIED:
            continue
        if best == NO_FACTION or w.relation[a, b] > w.relation[a, best]:
            best = b
    return best


@clause
def in_play(w: Tables, f: int) -> bool:
    status = w.force_i[F.STATUS, f]
    return status >= Status.ACTIVE and status <= Status.BANDS and w.force_i[F.MEN, f] > 0


@clause
def enemy_men(w: Tables, x: Work, faction: int, h: int) -> int:
    """Men of formed forces at war with the faction in the hex."""
    total = 0
    if x.occupied[h] == 0:
        return total
    for other in range(x.formed.shape[1]):
        if x.formed[h, other] > 0 and is_war(w.stance, faction, other):
            total += x.formed[h, other]
    return total


@clause
def enemy_beside(w: Tables, g: Ground, x: Work, faction: int, h: int) -> bool:
    """Whether a formed enemy stands in a neighbouring hex."""
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP and enemy_men(w, x, faction, b) > 0:
            return True
    return False


@clause
def friends_in(w: Tables, x: Work, faction: int, h: int) -> int:
    """Men of all who are not enemies in the hex, hidden ones too."""
    total = 0
    if x.occupied[h] == 0:
        return total
    for other in range(x.formed.shape[1]):
        if not is_war(w.stance, faction, other):
            total += x.formed[h, other] + x.hidden[h, other]
    return total


@clause
def is_hidden(status: int, posture: int) -> bool:
    """3.8 Bands and forces in ambush bar no way and are hard to see."""
    return status == Status.BANDS or posture == Posture.HIDDEN


@clause
def enter_presence(w: Tables, x: Work, f: int, sign: int) -> None:
    """Add (sign 1) or take away (-1) a force's men in the presence tables."""
    h = w.force_i[F.HEX, f]
    status = w.force_i[F.STATUS, f]
    if h == OFF_MAP or status < Status.ACTIVE or status > Status.BANDS:
        return
    men = w.force_i[F.MEN, f] * sign
    x.occupied[h] = 1
    if is_hidden(status, w.force_i[F.POSTURE, f]):
        x.hidden[h, w.force_i[F.FACTION, f]] += men
    else:
        x.formed[h, w.force_i[F.FACTION, f]] += men


@clause
def count_presence(w: Tables, x: Work) -> None:
    """Make the presence tables anew."""
    for h in range(x.occupied.shape[0]):
        if x.occupied[h] == 1:
            x.occupied[h] = 0
            for a in range(x.formed.shape[1]):
                x.formed[h, a] = 0
                x.hidden[h, a] = 0
    for f in range(w.force_i.shape[1]):
        enter_presence(w, x, f, 1)


@clause
def draw_order(w: Tables, x: Work, forces: int, hour: int, purpose: int) -> None:
    """3.7 The order of acting: the first `forces` of `x.order`, sorted by a number drawn for each; of two with the same
    number the first listed goes first (E. J. Isaac and R. C. Singleton, Sorting by Address Calculation, Journal of the
    ACM 3, 1956: numbers drawn evenly over 0..1 lie near their places).
    """
    seed = w.clock[C.SEED]
    x.slots[: forces + 1] = 0
    for k in range(forces):
        drawn = rng.uniform(seed, hour, x.order[k], purpose, 1)
        x.loss[x.order[k]] = drawn
        x.slots[int(drawn * forces) + 1] += 1
    for k in range(forces):
        x.slots[k + 1] += x.slots[k]
    for k in range(forces):
        f = x.order[k]
        slot = int(x.loss[f] * forces)
        x.placed[x.slots[slot]] = f
        x.slots[slot] += 1
    for k in range(forces):
        f = x.placed[k]
        j = k
        while j >= 1 and acts_after(x, x.order[j - 1], f):
            x.order[j] = x.order[j - 1]
            j -= 1
        x.order[j] = f
    x.loss[:] = 0.0


@clause
def acts_after(x: Work, f: int, other: int) -> bool:
    """3.7 Whether force f acts after the other, by the numbers drawn."""
    return x.loss[f] > x.loss[other] or (x.loss[f] == x.loss[other] and f > other)


@clause
def take(w: Tables, x: Work, h: int, a: int, reason: int, hour: int) -> None:
    """9.2, 9.3 The hex changes hands."""
    before = w.hex_i[H.CONTROL, h]
    w.hex_i[H.CONTROL, h] = a
    w.hex_f[H.HOLD, h] = 0.0
    note(x, hour, RecordKind.CONTROL + 0, a, -1, h, before, 0, 0, 0, 0, 0, reason)


@chapter
def count_formed(w: Tables, country: npt.NDArray[np.int8], out: npt.NDArray[np.int64]) -> None:
    """Men of the formed forces of each faction in each country, and of the largest of them, into `out` [2, factions,
    countries], which holds zeros. country: [hexes] row of the country, below 0 where there is none."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        h = fi[F.HEX, f]
        if fi[F.STATUS, f] != Status.ACTIVE or h == OFF_MAP or country[h] < 0:
            continue
        a = fi[F.FACTION, f]
        men = fi[F.MEN, f]
        out[0, a, country[h]] += men
        if men > out[1, a, country[h]]:
            out[1, a, country[h]] = men


@chapter
def count_in_play(w: Tables, men: npt.NDArray[np.float64], bands: npt.NDArray[np.float64]) -> None:
    """Men in play of each faction, and those of them in bands, into [factions]."""
    for a in range(men.shape[0]):
        men[a] = 0.0
        bands[a] = 0.0
    for f in range(w.force_i.shape[1]):
        if in_play(w, f):
            men[w.force_i[F.FACTION, f]] += w.force_i[F.MEN, f]
            if w.force_i[F.STATUS, f] == Status.BANDS:
                bands[w.force_i[F.FACTION, f]] += w.force_i[F.MEN, f]
