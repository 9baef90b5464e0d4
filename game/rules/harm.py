"""Chapter 9, seventh part: the harm ledger. It only ever costs, and no rule reads it.

9.50 Dead and displaced civilians are entered in the ledger by cause, as ranges, once each; it only grows. The dead are
     missing from the count of inhabitants.
9.51 Sealing a border takes conscript labour from those who are ruled, and sickness and mines take part of it.
"""

from __future__ import annotations

from game.core import rng
from game.core.calendar import DAYS_A_MONTH
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NO_FACTION, OFF_MAP
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.security import governor
from game.rules.workspace import Now, Work, note


@clause
def drawn(w: Tables, people: float, hour: int, h: int, purpose: int) -> int:
    """9.50 An estimate as a count with just this mean."""
    return rng.whole(people, rng.uniform(w.clock[C.SEED], hour, h, purpose, 0))


@clause
def enter_dead(w: Tables, cause: int, low: int, high: int) -> None:
    """9.50 Dead of a cause (columns.harm), between `low` and `high`."""
    w.harm[cause, M.DEAD_LOW] += low
    w.harm[cause, M.DEAD_HIGH] += high


@clause
def enter_displaced(w: Tables, cause: int, low: int, high: int) -> None:
    """9.50 People driven from their homes by a cause, between `low` and `high`."""
    w.harm[cause, M.DISPLACED_LOW] += low
    w.harm[cause, M.DISPLACED_HIGH] += high


@clause
def enter_missing(w: Tables, cause: int, dead: int) -> None:
    """9.50 Dead who are missing among those counted, in a hex or a camp."""
    w.harm[cause, M.COUNTED] += dead


@clause
def lose_people(w: Tables, cause: int, h: int, dead: int) -> int:
    """9.50 The dead are missing among the hex's inhabitants; returns how many there were to miss."""
    gone = min(dead, w.hex_i[H.PEOPLE, h])
    w.hex_i[H.PEOPLE, h] -= gone
    w.hex_i[H.DISPLACED, h] = min(w.hex_i[H.DISPLACED, h], w.hex_i[H.PEOPLE, h])
    enter_missing(w, cause, gone)
    return gone


@chapter
def labour(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """9.51 One month.

    Formula: sent = labour_month * SEAL of whoever rules * people * months; dead = labour_low to labour_high of
        them
    """
    rules = r.people
    for a in range(w.faction_i.shape[1]):
        sealing = w.policy[P.SEAL, a]
        if sealing <= 0.0 or w.faction_i[A.MOVEMENT, a] < 0:
            continue
        low = 0.0
        high = 0.0
        sent = 0.0
        for i in range(c.lands.shape[0]):
            h = int(c.lands[i])
            if governor(w, c, h) == a:
                here = rules.labour_month * sealing * w.hex_i[H.PEOPLE, h] * now.days / DAYS_A_MONTH
                middle = here * (rules.labour_low + rules.labour_high) / 2.0
                gone = lose_people(w, M.LABOUR, h, drawn(w, middle, now.hour, h, Purpose.LABOUR + 0))
                sent += here
                # the range holds what was counted
                low += min(here * rules.labour_low, gone)
                high += max(here * rules.labour_high, gone)
        least = int(low)
        most = int(high) + 1 if high > 0.0 else 0
        enter_dead(w, M.LABOUR, least, most)
        if most > 0:
            note(
                x, now.hour, RecordKind.LABOUR + 0, a, -1, OFF_MAP, NO_FACTION,
                least, most, int(sent), 0, 0, Reason.SEALING + 0,
            )  # fmt: skip
