"""How bands are led.

P.9  Bands strike at supply roads within reach (P.16), or make for a base area or sanctuary and rest there; they move on
     when found, and form again in shelter when no enemy is near.
"""

from __future__ import annotations

from game.ai.doctrine import Doctrine
from game.ai.picture import Aims, Scratch, give, hours_to
from game.ai.security import strike_out
from game.core.columns import depot as D
from game.core.columns import force as F
from game.core.ids import OFF_MAP, Order
from game.core.kernels import clause
from game.core.reasons import Reason
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.hiding import grants_sanctuary
from game.rules.workspace import INF


@clause
def has_food(w: Tables, s: Scratch, h: int, faction: int) -> bool:
    """P.9 Whether a store of the faction's lies in the hex, and no enemy bars it."""
    if s.enemy_at[h] > 0.0:
        return False
    for k in range(w.depot_i.shape[1]):
        if w.depot_i[D.HEX, k] == h and w.depot_i[D.FACTION, k] == faction and w.depot_i[D.STOCK_KG, k] > 0:
            return True
    return False


@clause
def refuge(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int) -> int:
    """P.9 The base area for bands: near, and without enemies; the force's own base if there is no way to any."""
    best = INF
    fi = w.force_i
    where = fi[F.BASE, f]
    hungry = w.force_f[F.HUNGER, f] > c.raid_hunger
    for b in range(a.bases.at.shape[0]):
        hours = hours_to(w, g, a, a.bases, b, f)
        if hours >= INF:
            continue
        if s.enemy[a.bases.at[b]] > 0.0:
            hours += c.refuge_detour_hours
        if hungry and not has_food(w, s, a.bases.at[b], fi[F.FACTION, f]):
            hours += c.refuge_detour_hours
        if hours < best:
            best = hours
            where = a.bases.at[b]
    return where


@clause
def stronghold(w: Tables, g: Ground, c: Doctrine, s: Scratch, a: Aims, f: int) -> int:
    """P.11 The base area for a formed force: by worth and nearness, and rather without enemies; else its own base."""
    best = 0.0
    fi = w.force_i
    where = fi[F.BASE, f]
    hungry = w.force_f[F.HUNGER, f] > c.raid_hunger
    for b in range(a.bases.at.shape[0]):
        hours = hours_to(w, g, a, a.bases, b, f)
        if hours >= INF:
            continue
        if s.enemy[a.bases.at[b]] > s.friend[a.bases.at[b]]:
            hours += c.refuge_detour_hours
        if hungry and not has_food(w, s, a.bases.at[b], fi[F.FACTION, f]):
            hours += c.refuge_detour_hours
        score = a.bases.worth[b] / (hours + c.near_hours)
        if score > best:
            best = score
            where = a.bases.at[b]
    return where


@clause
def lead_bands(w: Tables, g: Ground, r: Ruleset, c: Doctrine, s: Scratch, a: Aims, f: int) -> None:
    """P.9 One force in bands."""
    fi = w.force_i
    h = fi[F.HEX, f]
    home = refuge(w, g, c, s, a, f)
    if home == OFF_MAP:
        give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)
        return
    if strike_out(w, g, r, c, s, a, f):
        return
    granted = grants_sanctuary(w, g, fi[F.FACTION, f], h)
    if (g.shelter[h] == fi[F.FACTION, f] or granted) and s.enemy[h] <= 0.0:
        ready = r.retreat.bands_below < r.retreat.rout_cohesion * w.force_f[F.COHESION, f]
        if ready and fi[F.MEN, f] >= r.morale.reform_men and quiet_about(g, s, h):
            give(s, f, Order.HOLD + 0, OFF_MAP, Reason.PLAN_STAND_UP + 0, h, 0)
        else:
            give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_REFORM + 0, h, 0)
    elif h == home:
        give(s, f, Order.REST + 0, OFF_MAP, Reason.PLAN_BASE_AREA + 0, h, 0)
    elif grants_sanctuary(w, g, fi[F.FACTION, f], home):
        give(s, f, Order.WITHDRAW + 0, home, Reason.PLAN_SANCTUARY + 0, home, 0)
    elif g.shelter[h] == fi[F.FACTION, f]:
        give(s, f, Order.WITHDRAW + 0, home, Reason.PLAN_HIDE + 0, h, 0)
    else:
        give(s, f, Order.WITHDRAW + 0, home, Reason.PLAN_BASE_AREA + 0, home, 0)


@clause
def quiet_about(g: Ground, s: Scratch, h: int) -> bool:
    """P.9 Whether no formed enemy is known within two hexes."""
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP and s.enemy[b] > 0.0:
            return False
    return True
