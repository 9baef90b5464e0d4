"""Chapter 12, fourth part: factions that break in two, formations that go over, coalitions that quarrel.

12.30 A faction may break along a regional command: its command groups, as far as they stand in or beside its region.
12.31 Each month it does so by a chance that grows with what divides its leaders (12.13); each cause moves this command
     as strongly as the scenario says. A command of too few men breaks away from nobody.
12.34 The command's formations, the land that they hold and a share of what the faction has in store go with it; not the
     men whom it has lost to a purge.
12.36 The new faction begins with its old side's will, weariness and knowledge.
12.37 The two are hostile or at war from then on.
12.44 Where an enemy offers amnesty, a formation may go over to him with its commander: when it is unpaid, when its
     patrons' aid has ended, when its leaders are divided and when the enemy overawes it; a firm formation less.
12.45 One that went over may go back, when its new side does not pay or falls apart.
12.50 Partners in a coalition keep armies of their own.
12.51 They quarrel by a chance that grows with the difference between a partner's share of the government and of the
     men, and shrinks with the threat that they share.
12.52 A quarrel costs relations; when these are bad enough the coalition ends.
12.55 A foreign army leaves the administration of the land that it takes in the country fought over to its ally there,
     once that ally has come to life: to the one with whom its relations are best.
"""

from __future__ import annotations

from game.core import rng
from game.core.calendar import DAYS_A_MONTH
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as L
from game.core.columns import treaty as Y
from game.core.ids import NO_FACTION, OFF_MAP, Life, Stance, Status, Term, TreatyState
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.allegiance import (
    be_born,
    fall_out,
    know_as,
    men_about,
    move_support,
    part,
    pass_force,
    pass_hex,
    pass_stores,
)
from game.rules.control import spread_weight
from game.rules.losses import count_of, take_men
from game.rules.presence import ally_in_country, count_presence, enter_presence, in_play, is_actor, same_side
from game.rules.treaties import end_treaty
from game.rules.unity import (
    ARREARS,
    CAUSES,
    PATRON,
    PURGE,
    command_men,
    disunity_causes,
    disunity_reason,
    stands_in_command,
)
from game.rules.workspace import ARMED, Now, Work, is_war, note


@clause
def disunity_of_command(w: Tables, c: Cast, x: Work, r: Ruleset, k: int, hour: int) -> float:
    """12.31 How far the command of split `k` is from its leaders. Leaves the causes in `x.strain`.

    Formula: sum of pull * cause
    """
    disunity_causes(w, c, x, r.unity, c.splits.parent[k], hour, x.strain)
    total = 0.0
    for cause in range(CAUSES):
        x.strain[cause] *= c.splits.pull[k, cause]
        total += x.strain[cause]
    return total


@clause
def purged_share(x: Work) -> float:
    """12.34 Share of the purge in what divides a command from its leaders, from the causes in `x.strain`."""
    whole = 0.0
    for cause in range(CAUSES):
        whole += max(0.0, x.strain[cause])
    return x.strain[PURGE] / whole if whole > 0.0 else 0.0


@chapter
def break_apart(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """12.30, 12.31 One month.

    Formula (12.31): chance = split_hazard * (disunity of the command - split_least) * months, with split_men men
    """
    rules = r.fracture
    for k in range(c.splits.parent.shape[0]):
        parent = c.splits.parent[k]
        child = c.splits.child[k]
        if not is_actor(w, parent) or w.faction_i[A.LIFE, child] != Life.LATENT:
            continue
        if command_men(w, c, k) < rules.split_men:
            continue
        apart = disunity_of_command(w, c, x, r, k, now.hour)
        chance = rules.split_hazard * (apart - rules.split_least) * now.days / DAYS_A_MONTH
        if rng.uniform(w.clock[C.SEED], now.hour, child, Purpose.FRACTURE + 0, k) < chance:
            split(w, g, c, x, r, k, int(apart * 1000.0), disunity_reason(x.strain, True), now.hour)


@clause
def split(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, k: int, apart: int, reason: int, hour: int) -> None:
    """12.34, 12.36, 12.37 The command of split `k` breaks away.

    Formula (12.34): men lost = split_purged * share of the purge in what divides it * men; the share of stores is that
        of the men; split_follow of the parent's supporters follow where the command rules
    """
    rules = r.fracture
    fi = w.force_i
    parent = c.splits.parent[k]
    child = c.splits.child[k]
    be_born(w, child, parent, rules.split_unity)
    w.faction_f[A.WILL, child] = w.faction_f[A.WILL, parent]
    know_as(w, parent, child)
    lost = rules.split_purged * purged_share(x)
    count_presence(w, x)
    whole = 0
    men = 0
    formations = 0
    for f in range(fi.shape[1]):
        if fi[F.FACTION, f] != parent or not in_play(w, f):
            continue
        ours = stands_in_command(w, c, k, f)
        if ours:
            enter_presence(w, x, f, -1)
            take_men(w, f, count_of(w, lost, fi[F.MEN, f] - 1, hour, f, Purpose.FRACTURE + 0), A.DESERTED)
            enter_presence(w, x, f, 1)
        whole += fi[F.MEN, f]
        if ours:
            men += fi[F.MEN, f]
            formations += 1
            pass_force(w, g, x, f, child, hour)
            fi[F.ORIGIN, f] = NO_FACTION
    pass_stores(w, parent, child, men / whole)
    fall_out(w, child, parent, rules.split_enmity, Stance.WAR if c.splits.war[k] == 1 else Stance.HOSTILE)
    hexes = 0
    for h in range(w.hex_i.shape[1]):
        if w.hex_i[H.CONTROL, h] == parent and c.splits.region[k, h] == 1:
            theirs = men_about(g, x, child, h)
            if theirs > 0 and theirs > men_about(g, x, parent, h):
                pass_hex(w, x, h, parent, child, Reason.BROKE_AWAY + 0, hour)
                move_support(w, c, h, parent, child, rules.split_follow)
                hexes += 1
    for f in range(fi.shape[1]):
        if fi[F.FACTION, f] == child and in_play(w, f):
            part(w, g, x, r, fi[F.HEX, f], child, parent, hour)
    note(x, hour, RecordKind.FRACTURED + 0, child, -1, OFF_MAP, parent, men, formations, hexes, apart, 0, reason)


@clause
def amnesty_of(w: Tables, b: int, a: int) -> float:
    """12.44 How far faction `b` pardons men of `a` who come over, 0..1: a treaty in force, or its policy in war."""
    if not is_actor(w, b) or w.faction_i[A.MOVEMENT, b] < 0 or same_side(w, a, b):
        return 0.0
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] == Term.AMNESTY and w.treaty[Y.STATE, k] == TreatyState.IN_FORCE:
            if w.treaty[Y.A, k] == b and w.treaty[Y.B, k] == a:
                return 1.0
    return w.policy[L.AMNESTY, b] if w.stance[a, b] == Stance.WAR else 0.0


@clause
def grievance(w: Tables, x: Work, r: Ruleset, f: int, to: int) -> float:
    """12.44 What moves a formation to go over to faction `to`. Reads the causes of its side's disunity in `x.strain`
    and the weights of control (9.1).

    Formula: defect_unpaid and defect_patron, as far as these causes go; defect_disunity * (1 - unity); defect_odds
        where the other's weight is overawe_ratio times its side's; - defect_firm * cohesion
    """
    rules = r.fracture
    fi = w.force_i
    a = fi[F.FACTION, f]
    h = fi[F.HEX, f]
    total = 0.0
    if r.unity.unity_arrears > 0.0:
        total += rules.defect_unpaid * x.strain[ARREARS] / r.unity.unity_arrears
    if r.unity.unity_patron > 0.0:
        total += rules.defect_patron * x.strain[PATRON] / r.unity.unity_patron
    total += rules.defect_disunity * (1.0 - w.faction_f[A.UNITY, a])
    if x.weight[h, to] > r.control.overawe_ratio * x.weight[h, a]:
        total += rules.defect_odds
    return total - rules.defect_firm * w.force_f[F.COHESION, f]


@chapter
def go_over(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """12.44, 12.45 One month. At most one formation of a faction goes over in a month: others wait to see.

    Formula (12.44): chance = defect_hazard * amnesty * (grievance - defect_least) * months; its cohesion *=
        defect_shaken
    Formula (12.45): chance = return_hazard * (months of pay owed / arrears_most + 1 - unity) * months
    """
    rules = r.fracture
    hour = now.hour
    months = now.days / DAYS_A_MONTH
    fi = w.force_i
    weighed = False
    for a in range(w.faction_i.shape[1]):
        if not is_actor(w, a) or w.faction_i[A.MOVEMENT, a] < 0 or x.muster[ARMED, a] <= 0.0:
            continue
        to = NO_FACTION
        most = 0.0
        for b in range(w.faction_i.shape[1]):
            if b != a:
                offered = amnesty_of(w, b, a)
                if offered > most:
                    most = offered
                    to = b
        if not weighed:
            spread_weight(w, g, x, r.control)
            count_presence(w, x)
            weighed = True
        disunity_causes(w, c, x, r.unity, a, hour, x.strain)
        owed = min(1.0, w.faction_f[A.ARREARS, a] / r.unity.arrears_most) + 1.0 - w.faction_f[A.UNITY, a]
        for f in range(fi.shape[1]):
            if fi[F.FACTION, f] != a or not in_play(w, f) or fi[F.STATUS, f] == Status.ROUTED:
                continue
            draw = rng.uniform(w.clock[C.SEED], hour, f, Purpose.DEFECTION + 0, a)
            back = fi[F.ORIGIN, f]
            if back != NO_FACTION and is_actor(w, back) and w.stance[a, back] <= Stance.HOSTILE:
                if draw < rules.return_hazard * owed * months:
                    defect(w, g, x, r, f, back, Reason.OLD_LOYALTY + 0, hour)
                    break
            if to != NO_FACTION:
                chance = rules.defect_hazard * most * (grievance(w, x, r, f, to) - rules.defect_least) * months
                if 1.0 - draw < chance:
                    w.force_f[F.COHESION, f] *= rules.defect_shaken
                    defect(w, g, x, r, f, to, Reason.AMNESTY_KEEPS + 0, hour)
                    break


@clause
def defect(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, to: int, reason: int, hour: int) -> None:
    """12.44, 12.45 The formation goes over, with the hex that it holds."""
    fi = w.force_i
    old = fi[F.FACTION, f]
    h = fi[F.HEX, f]
    note(x, hour, RecordKind.DEFECTED + 0, old, f, h, to, fi[F.MEN, f], 0, 0, 0, 0, reason)
    pass_force(w, g, x, f, to, hour)
    if w.hex_i[H.CONTROL, h] == old and x.formed[h, to] > x.formed[h, old]:
        pass_hex(w, x, h, old, to, reason, hour)
    if is_war(w.stance, old, to):
        part(w, g, x, r, h, to, old, hour)


@chapter
def keep_partners(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """12.50-12.52 One month of every coalition in force.

    Formula (12.51): chance = quarrel_hazard * |share agreed - share of the men| * (1 - threat) * months, with threat =
        enemies' men / (enemies' + the partners')
    Formula (12.52): relation -= quarrel_points; the coalition ends below quarrel_end
    """
    rules = r.fracture
    hour = now.hour
    for k in range(w.treaty.shape[1]):
        if w.treaty[Y.TERM, k] != Term.COALITION or w.treaty[Y.STATE, k] != TreatyState.IN_FORCE:
            continue
        a = w.treaty[Y.A, k]
        b = w.treaty[Y.B, k]
        men = x.muster[ARMED, a] + x.muster[ARMED, b]
        if men <= 0.0:
            continue
        foes = 0.0
        for other in range(w.faction_i.shape[1]):
            if is_actor(w, other) and (is_war(w.stance, a, other) or is_war(w.stance, b, other)):
                foes += x.muster[ARMED, other]
        unequal = abs(w.treaty[Y.VALUE, k] / 100.0 - x.muster[ARMED, b] / men)
        chance = rules.quarrel_hazard * unequal * (1.0 - foes / (foes + men)) * now.days / DAYS_A_MONTH
        if rng.uniform(w.clock[C.SEED], hour, k, Purpose.QUARREL + 0, 0) >= chance:
            continue
        fall_out(w, a, b, rules.quarrel_points, Stance.ALLIED + 0)
        parts = 0
        if w.relation[a, b] < rules.quarrel_end:
            parts = 1
            end_treaty(w, x, r.relations, k, TreatyState.BROKEN + 0, b, Reason.UNEQUAL_SHARES + 0, hour)
        note(
            x, hour, RecordKind.QUARREL + 0, b, -1, OFF_MAP, a,
            int(rules.quarrel_points), parts, 0, 0, 0, Reason.UNEQUAL_SHARES + 0,
        )  # fmt: skip


@chapter
def administer(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """12.55 One month."""
    for a in range(w.faction_i.shape[1]):
        if c.movement[a] >= 0 or not is_actor(w, a):
            continue
        ally = ally_in_country(w, a)
        if ally == NO_FACTION:
            continue
        hexes = 0
        for h in range(w.hex_i.shape[1]):
            if c.contested[h] == 1 and w.hex_i[H.CONTROL, h] == a and g.host[h] != a:
                pass_hex(w, x, h, a, ally, Reason.ALLY_ADMINISTERS + 0, now.hour)
                hexes += 1
        if hexes > 0:
            note(
                x, now.hour, RecordKind.ADMINISTERED + 0, ally, -1, OFF_MAP, a,
                hexes, 0, 0, 0, 0, Reason.ALLY_ADMINISTERS + 0,
            )  # fmt: skip
