"""Chapter 6, fifth part: who attacks a hex together, and who stands back (6.1, 6.9 of chapter 6, combat)."""

from __future__ import annotations

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import force as F
from game.core.ids import NO_FACTION, OFF_MAP
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.state import Tables
from game.rules.combat import is_attacker, is_defender
from game.rules.workspace import JOINED, WEIGHT, Work, is_war, note


@clause
def settle_meetings(w: Tables) -> None:
    """6.1 Where two sides attack each other's hexes, the side with more men and arms there attacks."""
    fi = w.force_i
    n = fi.shape[1]
    for f in range(n):
        t = fi[F.TARGET, f]
        if t == OFF_MAP:
            continue
        own = 0.0
        foes = 0.0
        for k in range(n):
            weight = fi[F.MEN, k] * w.force_f[F.QUALITY, k] * w.force_f[F.COHESION, k]
            if fi[F.TARGET, k] == t and fi[F.HEX, k] == fi[F.HEX, f]:
                own += weight
            elif fi[F.HEX, k] == t and fi[F.TARGET, k] == fi[F.HEX, f]:
                if is_war(w.stance, fi[F.FACTION, f], fi[F.FACTION, k]):
                    foes += weight
        if foes > own:
            for k in range(n):
                if fi[F.TARGET, k] == t and fi[F.HEX, k] == fi[F.HEX, f] and k != f:
                    fi[F.TARGET, k] = OFF_MAP
            fi[F.TARGET, f] = OFF_MAP


@clause
def defenders_in(w: Tables, target: int, a: int) -> int:
    """Forces that stand in the hex, formed, against the faction."""
    n = 0
    for f in range(w.force_i.shape[1]):
        if is_defender(w, f, target, a):
            n += 1
    return n


@clause
def form_attack(w: Tables, x: Work, target: int, hour: int) -> int:
    """6.9 Who attacks the hex together: the strongest faction there and those at war with none of the others, the
    stronger first. The forces of the rest stand back. Returns the faction that leads; NO_FACTION if there is no battle.
    """
    fi = w.force_i
    n = fi.shape[1]
    factions = w.faction_i.shape[1]
    x.bloc[:, :] = 0.0
    for f in range(n):
        if is_attacker(w, f, target):
            weight = fi[F.MEN, f] * w.force_f[F.QUALITY, f] * w.force_f[F.COHESION, f]
            x.bloc[WEIGHT, fi[F.FACTION, f]] += weight
    lead = NO_FACTION
    while True:
        best = NO_FACTION
        most = 0.0
        for a in range(factions):
            if x.bloc[JOINED, a] != 0.0 or x.bloc[WEIGHT, a] <= 0.0:
                continue
            weight = x.bloc[WEIGHT, a]
            if weight == most:
                # neither is the stronger: chance decides, not the faction's number
                if rng.uniform(w.clock[C.SEED], hour, target, Purpose.RIVALRY + 0, a) < 0.5:
                    best = a
            elif weight > most:
                best = a
                most = weight
        if best == NO_FACTION:
            return lead
        joins = 1.0 if defenders_in(w, target, best) > 0 else -1.0
        for a in range(factions):
            if x.bloc[JOINED, a] > 0.0 and is_war(w.stance, a, best):
                joins = -1.0
        x.bloc[JOINED, best] = joins
        if joins > 0.0 and lead == NO_FACTION:
            lead = best


@clause
def stand_back(w: Tables, x: Work, target: int, lead: int, hour: int) -> None:
    """6.9 The rivals of those who attack the hex wait for another day."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        if is_attacker(w, f, target) and x.bloc[JOINED, fi[F.FACTION, f]] < 0.0:
            fi[F.TARGET, f] = OFF_MAP
            note(
                x,
                hour,
                RecordKind.HALTED + 0,
                fi[F.FACTION, f],
                f,
                fi[F.HEX, f],
                lead,
                target,
                0,
                0,
                0,
                0,
                Reason.RIVALS + 0,
            )
