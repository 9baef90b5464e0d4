"""Chapter 12, second part: war weariness and the unity of leaders. Both are slow, and both are sums of causes that can
be asked for.

12.10 Once a month it is counted what men every faction has under arms, how many of them stand abroad, how many people
     live under its rule, and how many hexes it holds.
12.11 Weariness grows with every month of war, with men lost for good as a share of those who bear the war, with pay
     owed and with an army kept abroad. It falls in peace, and people grow used to part of it.
12.12 The weary settle on a lower will (12.1).
12.13 Leaders fall out over land lost, over a patron whose aid has ended, over pay owed, over money that regional
     commands make for themselves, over the weight of one regional command, over weariness, and in the after-effects of
     purges, which are facts of history and fade. Land won and an enemy stronger than they are hold them together.
12.14 Unity moves slowly to where its causes put it.
12.15 What counts as lost or won is measured against what the faction had come to count on, a slow mean.
12.16 A movement that has neither men nor land left, nor anybody who waits to join it, is no actor any more; a party in
     a government is.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.calendar import DAYS_A_MONTH, HOURS_A_MONTH
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NO_FACTION, OFF_MAP, FactionClass, Life, Stance, Status
from game.core.kernels import chapter, clause
from game.core.realmath import LN2, exp
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.ruleset_politics import UnityRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.politics import land_value
from game.rules.presence import in_play, is_actor
from game.rules.workspace import ABROAD, ARMED, FOLK, HELD, Now, Work, note

# Causes of weariness, points a month.
LONG_WAR = 0
LOSSES = 1
UNPAID = 2
GARRISON = 3
PEACE = 4
USED_TO = 5
WEARY_CAUSES = 6

# Causes of disunity; what holds leaders together is below 0.
DEFEAT = 0
PATRON = 1
ARREARS = 2
REVENUE = 3
PURGE = 4
REGIONAL = 5
WEARY = 6
SUCCESS = 7
THREAT = 8
CAUSES = 9


@clause
def fade(half: float, months: float) -> float:
    """12.14, 12.15 Share that is left after `months` of what halves in `half` months."""
    return exp(-LN2 * months / half)


@chapter
def muster(w: Tables, g: Ground, c: Cast, x: Work) -> None:
    """12.10 What rules of politics count of every faction."""
    x.muster[:, :] = 0.0
    fi = w.force_i
    for f in range(fi.shape[1]):
        if not in_play(w, f):
            continue
        a = fi[F.FACTION, f]
        x.muster[ARMED, a] += fi[F.MEN, f]
        host = g.host[fi[F.HEX, f]]
        if c.movement[a] < 0 and host != NO_FACTION and host != a:
            x.muster[ABROAD, a] += fi[F.MEN, f]
    for h in range(w.hex_i.shape[1]):
        a = w.hex_i[H.CONTROL, h]
        if a != NO_FACTION:
            x.muster[FOLK, a] += w.hex_i[H.PEOPLE, h]
            x.muster[HELD, a] += 1.0


@clause
def at_war(w: Tables, x: Work, a: int) -> bool:
    """12.11 Whether the faction fights anybody who has men to fight with."""
    for b in range(w.faction_i.shape[1]):
        if b != a and w.stance[a, b] == Stance.WAR and is_actor(w, b) and x.muster[ARMED, b] > 0.0:
            return x.muster[ARMED, a] > 0.0
    return False


@clause
def gone_for_good(w: Tables, a: int) -> int:
    """12.11 Men whom the faction has lost."""
    t = w.faction_i
    return t[A.KILLED, a] + t[A.CAPTURED, a] + t[A.SICK, a] + t[A.DIED_IN_RANKS, a]


@clause
def weariness_causes(w: Tables, x: Work, rules: UnityRules, a: int, out: npt.NDArray[np.float64]) -> float:
    """12.11 Points a month by cause, into `out` (LONG_WAR ..); returns their sum. Reads `muster`.

    Formula: weary_war at war, else -weary_peace; weary_losses * 100 * men lost in the month / (men + weary_pool *
        people under its rule); weary_arrears * months of pay owed, at most arrears_most; weary_abroad * share of the
        men who stand abroad; -weary_fade * weariness
    """
    war = at_war(w, x, a)
    men = x.muster[ARMED, a]
    out[LONG_WAR] = rules.weary_war if war else 0.0
    out[PEACE] = 0.0 if war else -rules.weary_peace
    lost = gone_for_good(w, a) - w.faction_f[A.LOSSES_WEARY, a]
    bearers = men + rules.weary_pool * x.muster[FOLK, a]
    out[LOSSES] = rules.weary_losses * min(100.0, 100.0 * lost / bearers) if bearers > 0.0 and lost > 0.0 else 0.0
    out[UNPAID] = rules.weary_arrears * min(rules.arrears_most, w.faction_f[A.ARREARS, a])
    out[GARRISON] = rules.weary_abroad * x.muster[ABROAD, a] / men if men > 0.0 else 0.0
    out[USED_TO] = -rules.weary_fade * w.faction_f[A.WEARINESS, a]
    total = 0.0
    for k in range(WEARY_CAUSES):
        total += out[k]
    return total


@clause
def command_men(w: Tables, c: Cast, k: int) -> int:
    """12.13 Men of the regional command of split `k` who stand in its region."""
    fi = w.force_i
    total = 0
    for f in range(fi.shape[1]):
        if in_play(w, f) and fi[F.FACTION, f] == c.splits.parent[k] and stands_in_command(w, c, k, f):
            total += fi[F.MEN, f]
    return total


@clause
def stands_in_command(w: Tables, c: Cast, k: int, f: int) -> bool:
    """12.13 Whether a force belongs to the regional command of split `k` and stands in its region or beside it."""
    group = w.force_i[F.GROUP, f]
    h = w.force_i[F.HEX, f]
    return group >= 0 and h != OFF_MAP and c.splits.command[k, group] == 1 and c.splits.region[k, h] == 1


@clause
def purge_weight(c: Cast, rules: UnityRules, a: int, hour: int) -> float:
    """12.13 What purges weigh on the faction's leaders.

    Formula: its weight while it lasts; after that it halves in purge_half months
    """
    total = 0.0
    for k in range(c.splits.purged.shape[0]):
        if c.splits.purged[k] != a or hour < c.splits.purge[k, 0]:
            continue
        since = max(0.0, hour - c.splits.purge[k, 1])
        total += c.splits.purge[k, 2] * fade(rules.purge_half, since / HOURS_A_MONTH)
    return min(1.0, total)


@clause
def disunity_causes(
    w: Tables, c: Cast, x: Work, rules: UnityRules, a: int, hour: int, out: npt.NDArray[np.float64]
) -> float:
    """12.13 What divides the faction's leaders, by cause, into `out` (DEFEAT ..); returns the sum. Reads `muster`.

    Formula: unity_defeat * share lost of the land counted on, or -unity_success * share won; unity_patron * share
        ended of the aid counted on, from aid_least; unity_arrears * months of pay owed / arrears_most; unity_revenue *
        share of income from regional trade; the purges' weight; unity_regional * share of the men under one regional
        command; unity_weary * weariness / 100; -unity_threat * enemies' men / (enemies' + own)
    """
    out[:] = 0.0
    ff = w.faction_f
    counted = ff[A.LAND_FELT, a]
    if counted > 0.0:
        moved = (counted - ff[A.LAND_VALUE, a]) / counted
        out[DEFEAT] = rules.unity_defeat * min(1.0, max(0.0, moved))
        out[SUCCESS] = -rules.unity_success * min(1.0, max(0.0, -moved))
    if ff[A.AID_FELT, a] > rules.aid_least:
        out[PATRON] = rules.unity_patron * max(0.0, 1.0 - ff[A.AIDED, a] / ff[A.AID_FELT, a])
    out[ARREARS] = rules.unity_arrears * min(1.0, ff[A.ARREARS, a] / rules.arrears_most)
    if ff[A.INCOME, a] > 0.0:
        out[REVENUE] = rules.unity_revenue * min(1.0, max(0.0, ff[A.TRADED, a] / ff[A.INCOME, a]))
    out[PURGE] = purge_weight(c, rules, a, hour)
    men = x.muster[ARMED, a]
    if men > 0.0:
        for k in range(c.splits.parent.shape[0]):
            if c.splits.parent[k] == a and w.faction_i[A.LIFE, c.splits.child[k]] == Life.LATENT:
                out[REGIONAL] = max(out[REGIONAL], rules.unity_regional * command_men(w, c, k) / men)
    out[WEARY] = rules.unity_weary * ff[A.WEARINESS, a] / 100.0
    foes = 0.0
    for b in range(w.faction_i.shape[1]):
        if b != a and is_actor(w, b) and w.stance[a, b] == Stance.WAR:
            foes += x.muster[ARMED, b]
    if foes > 0.0:
        out[THREAT] = -rules.unity_threat * foes / (foes + men)
    total = 0.0
    for k in range(CAUSES):
        total += out[k]
    return total


@clause
def weary_reason(out: npt.NDArray[np.float64], rising: bool) -> int:
    """12.11 The cause that weighs most in a rise or a fall."""
    best = LONG_WAR
    for k in range(WEARY_CAUSES):
        if (out[k] > out[best]) if rising else (out[k] < out[best]):
            best = k
    return Reason.WAR_GOES_ON + best


@clause
def disunity_reason(out: npt.NDArray[np.float64], falling_out: bool) -> int:
    """12.13 The cause that weighs most in a falling-out, or in closing ranks."""
    best = DEFEAT
    for k in range(CAUSES):
        if (out[k] > out[best]) if falling_out else (out[k] < out[best]):
            best = k
    return Reason.DEFEATS + best


@chapter
def weigh_leaders(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """12.11-12.15 One month. A change is on record when weariness comes nearer to another ten, unity to another tenth.

    Formula (12.11): weariness += sum of its causes * months
    Formula (12.14): gap to 1 - sum of the causes of disunity halves in unity_half months
    Formula (12.15): gap of what is counted on to what there is halves in memory months
    """
    rules = r.unity
    muster(w, g, c, x)
    hour = now.hour
    months = now.days / DAYS_A_MONTH
    for a in range(w.faction_i.shape[1]):
        if not is_actor(w, a) or w.faction_i[A.CLASS, a] >= FactionClass.BLOC:
            continue
        ff = w.faction_f
        if ff[A.LAND_FELT, a] == 0.0:
            ff[A.LAND_FELT, a] = max(ff[A.LAND_AT_START, a], land_value(w, g, a))
        before = ff[A.WEARINESS, a]
        change = weariness_causes(w, x, rules, a, x.strain) * months
        ff[A.WEARINESS, a] = min(100.0, max(0.0, before + change))
        ff[A.LOSSES_WEARY, a] = gone_for_good(w, a)
        level = ff[A.WEARINESS, a]
        if int(before / 10.0 + 0.5) != int(level / 10.0 + 0.5):
            why = weary_reason(x.strain, level > before)
            moved = int((level - before) * 100.0)
            note(x, hour, RecordKind.WEARINESS + 0, a, -1, OFF_MAP, -1, moved, int(level * 100.0), 0, 0, 0, why)
        before = ff[A.UNITY, a]
        goal = min(1.0, max(0.0, 1.0 - disunity_causes(w, c, x, rules, a, hour, x.strain)))
        ff[A.UNITY, a] = goal + (before - goal) * fade(rules.unity_half, months)
        level = ff[A.UNITY, a]
        if int(before * 10.0 + 0.5) != int(level * 10.0 + 0.5):
            why = disunity_reason(x.strain, level < before)
            moved = int((level - before) * 1000.0)
            note(x, hour, RecordKind.UNITY + 0, a, -1, OFF_MAP, -1, moved, int(level * 1000.0), 0, 0, 0, why)
        left = fade(rules.memory, months)
        ff[A.LAND_FELT, a] = ff[A.LAND_VALUE, a] + (ff[A.LAND_FELT, a] - ff[A.LAND_VALUE, a]) * left
        ff[A.AID_FELT, a] = ff[A.AIDED, a] + (ff[A.AID_FELT, a] - ff[A.AIDED, a]) * left


@chapter
def bury_spent(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """12.16 One month."""
    for a in range(w.faction_i.shape[1]):
        if c.movement[a] < 0 or not is_actor(w, a) or x.muster[ARMED, a] > 0.0 or x.muster[HELD, a] > 0.0:
            continue
        t = w.faction_i
        had = t[A.START, a] + t[A.RECRUITED, a] + t[A.DEFECTED_IN, a] + t[A.RAISED, a]
        if had == 0 or t[A.MERGED, a] != NO_FACTION:
            continue
        waiting = t[A.MANPOWER, a] + t[A.TRAINING, a] + t[A.STRAGGLERS, a] + t[A.HOSPITAL, a]
        for f in range(w.force_i.shape[1]):
            if w.force_i[F.FACTION, f] == a and w.force_i[F.STATUS, f] != Status.GONE:
                waiting += w.force_i[F.MEN, f]
        if waiting == 0:
            t[A.LIFE, a] = Life.ENDED
            note(x, now.hour, RecordKind.ENDED + 0, a, -1, OFF_MAP, -1, 0, 0, 0, 0, 0, Reason.NO_MEANS + 0)
