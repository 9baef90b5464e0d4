"""Chapter 9, first part: control, which is who can enforce his will in a hex. (Support is another thing.)

9.1 Troops weigh on their hex in full and on the hexes beside it in part; bands weigh less.
9.2 A hex in which only one side has formed troops enough to hold it is that side's; so is one that they march through.
9.3 Elsewhere control slips while an enemy's weight is a multiple of the holder's and enough to overawe the hex; when
    it has slipped away, the enemy has it. Unchallenged control grows firm again.
9.4 A hex is contested while both sides weigh on it.
9.5 Where the holder arms the villages, militias weigh with him against others.
"""

from __future__ import annotations

from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, Status, Terrain
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.ruleset import ControlRules, Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ground import area, garrison
from game.rules.hiding import militia
from game.rules.presence import enemy_men, in_play, same_side, take
from game.rules.workspace import Now, Work, is_war


@clause
def spread_weight(w: Tables, g: Ground, x: Work, rules: ControlRules) -> None:
    """9.1 Every faction's weight on every hex.

    Formula: weight = men * (bands_weight for bands, else 1), and neighbour_weight of it beside, not over a great
        river
    """
    for h in range(x.pressed.shape[0]):
        if x.pressed[h] == 1:
            x.pressed[h] = 0
            for a in range(x.weight.shape[1]):
                x.weight[h, a] = 0.0
    fi = w.force_i
    for f in range(fi.shape[1]):
        if not in_play(w, f) or fi[F.STATUS, f] == Status.ROUTED:
            continue
        h = fi[F.HEX, f]
        a = fi[F.FACTION, f]
        men = float(fi[F.MEN, f])
        if fi[F.STATUS, f] == Status.BANDS:
            men *= rules.bands_weight
        x.weight[h, a] += men
        x.pressed[h] = 1
        for d in range(6):
            b = g.neighbours[h, d]
            if b != OFF_MAP and g.river[h, d] < 3:
                x.weight[b, a] += men * rules.neighbour_weight
                x.pressed[b] = 1


@clause
def grow_firm(w: Tables, rules: ControlRules, h: int, days: float) -> None:
    """9.3 Control that nobody challenges.

    Formula (9.3): it firms by days / firm_days
    """
    w.hex_f[H.HOLD, h] = min(1.0, w.hex_f[H.HOLD, h] + days / rules.firm_days)


@chapter
def enforce(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """9.2-9.5 One impulse.

    Formula (9.3): control slips by days / slip_days while the enemy's weight > overawe_ratio * own and >=
        overawe_men * area
    Formula (9.5): own weight += militia_weight * militiamen (5.13)
    """
    rules = r.control
    hiding = r.guerrilla
    move = r.move
    hour = now.hour
    days = now.days
    spread_weight(w, g, x, rules)
    size = area(g, move)
    enough = garrison(g, move, rules)
    factions = x.weight.shape[1]
    for h in range(w.hex_i.shape[1]):
        if g.terrain[h] == Terrain.SEA or g.terrain[h] == Terrain.LAKE:
            continue
        if x.pressed[h] == 0:
            w.hex_i[H.CONTESTED, h] = 0
            if w.hex_f[H.HOLD, h] > 0.0 and w.hex_f[H.HOLD, h] < 1.0:
                grow_firm(w, rules, h, days)
            continue
        holder = w.hex_i[H.CONTROL, h]
        own = 0.0
        for a in range(factions):
            if x.weight[h, a] > 0.0 and same_side(w, a, holder):
                own += x.weight[h, a]
        best = NO_FACTION
        most = 0.0
        for a in range(factions):
            if x.weight[h, a] > most and not same_side(w, a, holder):
                if holder == NO_FACTION or is_war(w.stance, a, holder):
                    most = x.weight[h, a]
                    best = a
        if best == NO_FACTION:
            w.hex_i[H.CONTESTED, h] = 0
            if own > 0.0 or w.hex_f[H.HOLD, h] > 0.0:
                grow_firm(w, rules, h, days)
            continue
        if holder != NO_FACTION:
            own += hiding.militia_weight * militia(w, hiding, holder, h)
        w.hex_i[H.CONTESTED, h] = 1 if own > 0.0 else 0
        if x.formed[h, best] >= enough and enemy_men(w, x, best, h) == 0:
            take(w, x, h, best, Reason.OCCUPIED + 0, hour)
        elif most >= rules.overawe_men * size and most > rules.overawe_ratio * own:
            w.hex_f[H.HOLD, h] -= days / rules.slip_days
            if w.hex_f[H.HOLD, h] <= 0.0 and enemy_men(w, x, best, h) == 0:
                take(w, x, h, best, Reason.OVERAWED + 0, hour)
            elif w.hex_f[H.HOLD, h] < 0.0:
                w.hex_f[H.HOLD, h] = 0.0
