"""Chapter 9, collaboration: what people tell whom.

9.28 What people tell an army of its enemies goes by who holds them, and by whom they prefer: whoever holds them firmly
     hears something from everybody, and little gets out from under his enemies' hold.
"""

from __future__ import annotations

from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.ids import NO_FACTION
from game.core.kernels import clause
from game.core.ruleset_people import SupportRules
from game.core.state import Tables
from game.rules.presence import friendly


@clause
def collaboration(w: Tables, rules: SupportRules, a: int, h: int) -> float:
    """9.28 How far the people of the hex tell faction `a` what they see, 0..1.

    Formula: hold * (tips_base + (1 - tips_base) * liking) + (1 - hold) * liking under its friends; liking * (1 -
        (1 - tips_enemy) * hold) under others; liking: share who prefer it or its friends
    """
    liking = 0.0
    for b in range(w.faction_i.shape[1]):
        m = w.faction_i[A.MOVEMENT, b]
        if m >= 0 and m < w.support.shape[0] and friendly(w, a, b):
            liking += w.support[m, h]
    liking = min(1.0, liking)
    holder = w.hex_i[H.CONTROL, h]
    hold = w.hex_f[H.HOLD, h] if holder != NO_FACTION else 0.0
    if friendly(w, a, holder):
        return hold * (rules.tips_base + (1.0 - rules.tips_base) * liking) + (1.0 - hold) * liking
    return liking * (1.0 - (1.0 - rules.tips_enemy) * hold)
