"""How the commander plans. Everything it reads is a View's; every order it writes carries its reason.

The clauses stand in modules of their own: P.1 in `picture`, P.2-P.6 and P.12 in `offence`, P.4, P.6, P.7
and P.13 in `rear`, P.8 and P.11 in `defence`, P.9 in `bands`, P.15 and P.16 in `security`.

P.10 A watching side holds its border.
P.14 A measured side attacks while it is stronger, over all, than the enemies that it knows, by the odds that it wants;
     else it defends, and holds its border while it is at war with nobody.
"""

from __future__ import annotations

from game.ai.bands import lead_bands
from game.ai.defence import defend
from game.ai.doctrine import DELAY, MEASURED, OFFENSIVE, WATCH, Doctrine
from game.ai.offence import attack
from game.ai.picture import Aims, Scratch, assess, give
from game.core.columns import force as F
from game.core.ids import OFF_MAP, Order, Status
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.workspace import is_war


@clause
def measured(w: Tables, c: Doctrine, own: float, foes: float) -> int:
    """P.14"""
    for a in range(w.stance.shape[0]):
        if is_war(w.stance, c.leader, a):
            return OFFENSIVE if own >= c.odds_attack * foes else DELAY
    return WATCH


@chapter
def plan(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, a: Aims) -> int:
    """Orders for all forces of the side, into `s.orders`; returns how many were written."""
    fi = w.force_i
    own, foes, formed = assess(w, g, r, c, s)
    s.written[0] = 0
    s.given[:] = 0.0
    for f in range(fi.shape[1]):
        if s.free[f] == 1 and fi[F.STATUS, f] == Status.BANDS:
            lead_bands(w, g, r, c, s, a, f)
    secure = own >= c.pursuit_odds * foes
    lost = own < c.outmatched * foes or formed < c.broken
    posture = c.posture
    if posture == MEASURED:
        posture = measured(w, c, own, foes)
    if posture == OFFENSIVE and not lost:
        attack(w, g, r, c, s, a, secure)
        return s.written[0]
    for f in range(fi.shape[1]):
        if s.free[f] == 1:
            if posture == WATCH:
                give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_BORDER_WATCH + 0, fi[F.HEX, f], 0)
            else:
                defend(w, g, r, c, s, a, lost, secure, f)
    return s.written[0]
