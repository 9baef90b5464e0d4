"""Chapter 9, third part: security, how safe people are from all armed men.

9.20 A hex is quiet when nobody has fought in it or beside it; its quiet is counted in days, up to a limit.
9.21 Those who hold a hex guard it with the men whom they and their friends have in it and beside it; men on patrol
    weigh more, and guard the hexes beside in full. Armed villages guard themselves.
9.22 Security moves slowly towards what quiet, firm control and guards give, less what the holder's enemies about take.
"""

from __future__ import annotations

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NO_FACTION, OFF_MAP, FactionClass, Life, Order
from game.core.kernels import chapter, clause
from game.core.realmath import exp
from game.core.ruleset import Ruleset
from game.core.ruleset_people import SupportRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.control import spread_weight
from game.rules.presence import friendly, in_play
from game.rules.workspace import Now, Work, is_war


@clause
def is_foreign(w: Tables, a: int) -> bool:
    """9.26 Whether the faction's troops are foreign to the country fought over; a peace mission is not counted."""
    return w.faction_i[A.MOVEMENT, a] < 0 and w.faction_i[A.CLASS, a] != FactionClass.MISSION


@clause
def rules_for(w: Tables, a: int, holder: int) -> bool:
    """9.23 Whether people take what the holder does for the doing of the movement of faction `a`: it holds the hex
    itself, or a foreign friend holds it for it."""
    return holder == a or (holder != NO_FACTION and is_foreign(w, holder) and friendly(w, a, holder))


@clause
def governor(w: Tables, c: Cast, h: int) -> int:
    """9.23 The faction whose policies hold in the hex: who controls it, or the movement that rules through him; of
    several the first. NO_FACTION if nobody does."""
    holder = w.hex_i[H.CONTROL, h]
    if holder == NO_FACTION or w.faction_i[A.MOVEMENT, holder] >= 0:
        return holder
    for m in range(c.champion.shape[0]):
        a = c.champion[m]
        if w.faction_i[A.LIFE, a] == Life.ACTIVE and rules_for(w, a, holder):
            return a
    return holder


@clause
def weigh_presence(w: Tables, g: Ground, x: Work, r: Ruleset, since: int) -> None:
    """9.21 Every faction's weight on every hex into `x.weight`, and into `x.clashed` its men who fought there since
    the hour `since`.

    Formula: weight = as for control, + patrol_weight * men on patrol in the hex and beside it
    """
    spread_weight(w, g, x, r.control)
    x.clashed[:, :] = 0
    fi = w.force_i
    for f in range(fi.shape[1]):
        if not in_play(w, f):
            continue
        h = fi[F.HEX, f]
        a = fi[F.FACTION, f]
        if fi[F.LAST_FOUGHT, f] >= since and fi[F.LAST_FOUGHT, f] >= 0:
            x.clashed[h, a] += fi[F.MEN, f]
        if fi[F.ORDER, f] != Order.PATROL:
            continue
        men = r.support.patrol_weight * fi[F.MEN, f]
        x.weight[h, a] += men
        x.pressed[h] = 1
        for d in range(6):
            b = g.neighbours[h, d]
            if b != OFF_MAP and g.river[h, d] < 3:
                x.weight[b, a] += men
                x.pressed[b] = 1


@clause
def guarded(w: Tables, c: Cast, x: Work, rules: SupportRules, h: int) -> float:
    """9.21 How well the hex is guarded by those who hold it, 0..1, from the weights of `weigh_presence`.

    Formula: guard = 1 - (1 - min(1, men / max(guard_least, guard_ratio * people))) * (1 - militia_guard * policy *
        share of it funded)
    """
    holder = w.hex_i[H.CONTROL, h]
    if holder == NO_FACTION:
        return 0.0
    men = 0.0
    for a in range(x.weight.shape[1]):
        if x.weight[h, a] > 0.0 and friendly(w, a, holder):
            men += x.weight[h, a]
    share = min(1.0, men / max(rules.guard_least, rules.guard_ratio * w.hex_i[H.PEOPLE, h]))
    ruler = governor(w, c, h)
    return 1.0 - (1.0 - share) * (1.0 - rules.militia_guard * w.policy[P.MILITIA, ruler] * w.faction_f[A.FUNDED, ruler])


@clause
def threatened(w: Tables, x: Work, h: int) -> float:
    """9.22 Share of the weight of armed men on the hex that is the holder's enemies'; nobody's land has none."""
    holder = w.hex_i[H.CONTROL, h]
    friends = 1.0
    enemies = 0.0
    if holder != NO_FACTION:
        for a in range(x.weight.shape[1]):
            if x.weight[h, a] > 0.0:
                if is_war(w.stance, a, holder):
                    enemies += x.weight[h, a]
                elif friendly(w, a, holder):
                    friends += x.weight[h, a]
    return enemies / (enemies + friends)


@chapter
def secure(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """9.20-9.22 One month, in the country fought over. Leaves the weights of `weigh_presence` for the month's rules.

    Formula (9.20): quiet = days since the last fight in the hex or beside it, at most quiet_most
    Formula (9.22): security += (target - security) * (1 - exp(-days / secure_days)); target = quiet / (quiet +
        quiet_days) * (secure_hold * hold + (1 - secure_hold) * guard) * (1 - threat_weight * share of enemies)
    """
    rules = r.support
    weigh_presence(w, g, x, r, now.hour - int(now.days * 24.0))
    felt = 1.0 - exp(-now.days / rules.secure_days)
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        last = w.hex_i[H.FOUGHT, h]
        for d in range(6):
            b = g.neighbours[h, d]
            if b != OFF_MAP and w.hex_i[H.FOUGHT, b] > last:
                last = w.hex_i[H.FOUGHT, b]
        quiet = min(int(rules.quiet_most), w.hex_i[H.QUIET, h] + int(now.days))
        if last >= 0:
            quiet = min(quiet, (now.hour - last) // 24)
        w.hex_i[H.QUIET, h] = quiet
        hold = w.hex_f[H.HOLD, h] if w.hex_i[H.CONTROL, h] != NO_FACTION else 0.0
        target = rules.secure_hold * hold + (1.0 - rules.secure_hold) * guarded(w, c, x, rules, h)
        target *= (quiet / (quiet + rules.quiet_days)) * (1.0 - rules.threat_weight * threatened(w, x, h))
        w.hex_f[H.SECURITY, h] += (target - w.hex_f[H.SECURITY, h]) * felt
