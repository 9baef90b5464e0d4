"""Chapter 6, fourth part: ambush, raid and sabotage, the weapons of the weaker side.

6.20 A formed force that enters a hex where enemies lie in ambush is struck. The ambushers fire aimed, the column
     fires at an area (S. J. Deitchman, A Lanchester Model of Guerrilla Warfare, Operations Research 10, 1962):
     dC/dt = -a G, dG/dt = -b C G. No more ambushers take part than find room along the way, which goes with the width
     of the hex.
6.21 Each ambush party strikes once a day, and is then known to the enemy.
6.22 Raiders in a hex through which the enemy's supplies pass burn supplies there and damage the road. Patrols and
     militias keep part of it from happening (5.13).
6.23 Saboteurs break the enemy's roads, bridges and railway at their destination; when enough is broken, or enemy troops
     come, they slip away to their base. A railway is stopped by less than a road (4.5).
"""

from __future__ import annotations

from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import NEVER, OFF_MAP, Order, Rail, Road, Status
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import CombatRules, Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ground import area
from game.rules.hiding import guarded, stamp_patrols
from game.rules.lines import ANY_DEPOT, depot_at, follow_line
from game.rules.losses import battle_loss, count_of
from game.rules.presence import enemy_men, enter_presence
from game.rules.sight import spot
from game.rules.workspace import IN_BATTLE, THERE, Now, Work, is_war, note


@clause
def spring_ambush(
    w: Tables, g: Ground, x: Work, rules: CombatRules, reference_km: float, column: int, hour: int
) -> None:
    """6.20, 6.21 Strike a column that has just entered its hex.

    Formula (6.20): column hit = min(ambush_column * party * ambush_hours * quality, ambush_most * column); party =
        min(men in ambush, ambush_room * km / reference_km); ambushers hit = party * min(ambush_most, ambush_ambusher *
        ambush_hours * min(ambush_fire, column / (party + 1))); killed_share of the hit die
    Formula (6.21): hours between two strikes >= ambush_rest
    """
    fi = w.force_i
    h = fi[F.HEX, column]
    faction = fi[F.FACTION, column]
    present = False
    for other in range(x.hidden.shape[1]):
        if x.hidden[h, other] > 0 and is_war(w.stance, faction, other):
            present = True
    if not present:
        return
    for f in range(fi.shape[1]):
        if fi[F.HEX, f] != h or fi[F.ORDER, f] != Order.AMBUSH or not is_war(w.stance, faction, fi[F.FACTION, f]):
            continue
        if fi[F.STATUS, f] != Status.ACTIVE and fi[F.STATUS, f] != Status.BANDS:
            continue
        if fi[F.LAST_FOUGHT, f] != NEVER and hour - fi[F.LAST_FOUGHT, f] < rules.ambush_rest:
            continue
        party = min(float(fi[F.MEN, f]), rules.ambush_room * g.km / reference_km)
        hit_share = rules.ambush_column * party * rules.ambush_hours * w.force_f[F.QUALITY, f]
        hit = min(hit_share, rules.ambush_most * fi[F.MEN, column])
        own_share = min(
            rules.ambush_most,
            rules.ambush_ambusher * rules.ambush_hours * min(rules.ambush_fire, fi[F.MEN, column] / (party + 1.0)),
        )
        enter_presence(w, x, f, -1)
        enter_presence(w, x, column, -1)
        lost = battle_loss(
            w,
            column,
            count_of(w, hit / max(1, fi[F.MEN, column]), fi[F.MEN, column], hour, f, Purpose.AMBUSH + 0),
            rules.killed_share,
            hour,
            Purpose.AMBUSH + 0,
        )
        own = battle_loss(
            w,
            f,
            count_of(w, own_share * party / max(1, fi[F.MEN, f]), fi[F.MEN, f], hour, column, Purpose.AMBUSH + 0),
            rules.killed_share,
            hour,
            Purpose.AMBUSH + 0,
        )
        enter_presence(w, x, f, 1)
        enter_presence(w, x, column, 1)
        fi[F.LAST_FOUGHT, f] = hour
        x.bout[IN_BATTLE, f] += rules.ambush_hours / 24.0
        x.bout[IN_BATTLE, column] += rules.ambush_hours / 24.0
        w.force_f[F.COHESION, column] *= 1.0 - lost / (lost + fi[F.MEN, column] + 1.0)
        spot(w, faction, f, hour, fi[F.MEN, f])
        note(x, hour, RecordKind.AMBUSH + 0, fi[F.FACTION, f], f, h, faction, own, lost, column, 0, 0, Reason.NONE + 0)
        if fi[F.MEN, column] <= 0:
            return


@chapter
def raid(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """6.22, 6.23 All raiders and saboteurs strike where they stand."""
    fi = w.force_i
    strikers = 0
    for f in range(fi.shape[1]):
        if strikes(w, f):
            x.order[strikers] = f
            strikers += 1
    if strikers == 0:
        return
    stamp_patrols(w, g, x, r.guerrilla, 1)
    for k in range(strikers):
        f = x.order[k]
        if fi[F.ORDER, f] == Order.RAID:
            raid_traffic(w, g, x, r, f, now.hour, now.days)
        else:
            sabotage(w, g, x, r, f, now.hour, now.days)
    stamp_patrols(w, g, x, r.guerrilla, -1)


@clause
def strikes(w: Tables, f: int) -> bool:
    """6.22, 6.23 Whether the force raids or sabotages where it stands."""
    fi = w.force_i
    order = fi[F.ORDER, f]
    if (order != Order.RAID and order != Order.SABOTAGE) or fi[F.HEX, f] == OFF_MAP or fi[F.MEN, f] <= 0:
        return False
    if fi[F.STATUS, f] != Status.ACTIVE and fi[F.STATUS, f] != Status.BANDS:
        return False
    if order == Order.SABOTAGE and fi[F.HEX, f] != fi[F.DEST, f]:
        return False
    return is_war(w.stance, fi[F.FACTION, f], w.hex_i[H.CONTROL, fi[F.HEX, f]])


@clause
def sabotage(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, hour: int, impulse: float) -> None:
    """6.23 One party at work.

    Formula: damage += sabotage_cut * min(men, sabotage_men * area) / 1000 * days * guarded / (km / reference_km)
    """
    rules = r.guerrilla
    fi = w.force_i
    h = fi[F.HEX, f]
    enemy = w.hex_i[H.CONTROL, h]
    days = min(impulse, x.bout[THERE, f])
    men = min(float(fi[F.MEN, f]), rules.sabotage_men * area(g, r.move))
    worth = has_ways(g, h)
    done = 0.0
    if worth:
        scale = g.km / r.move.reference_km
        done = rules.sabotage_cut * men / 1000.0 * days / scale
        done *= guarded(w, g, x, rules, r.move.reference_km, enemy, h)
        done = min(done, 1.0 - w.hex_f[H.CUT, h])
        w.hex_f[H.CUT, h] += done
    if done > 0.0:
        fi[F.LAST_FOUGHT, f] = hour
        x.bout[IN_BATTLE, f] = max(x.bout[IN_BATTLE, f], min(1.0, days))
        note(
            x, hour, RecordKind.SABOTAGED + 0, fi[F.FACTION, f], f, h, enemy,
            int(done * 1000.0), int(w.hex_f[H.CUT, h] * 1000.0), 0, 0, 0, Reason.NONE + 0,
        )  # fmt: skip
    if not worth or w.hex_f[H.CUT, h] >= rules.sabotage_done or enemy_men(w, x, fi[F.FACTION, f], h) > 0:
        slip_away(w, f)


@clause
def has_ways(g: Ground, h: int) -> bool:
    """6.23 Whether there is a road or railway that is worth breaking."""
    found = False
    for d in range(6):
        found = found or g.road[h, d] >= Road.SECONDARY or g.rail[h, d] == Rail.OPERATING
    return found


@clause
def slip_away(w: Tables, f: int) -> None:
    """6.23 The party makes for its base, or lies low where it has none."""
    fi = w.force_i
    fi[F.ORDER, f] = Order.WITHDRAW if fi[F.BASE, f] != OFF_MAP else Order.REST
    fi[F.DEST, f] = fi[F.BASE, f]
    fi[F.THEN, f] = OFF_MAP


@clause
def raid_traffic(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, hour: int, impulse: float) -> None:
    """6.22 One party of raiders.

    Formula: damage to the road += raid_cut * men / 1000 * days * guarded; kg burnt = raid_kg * men * days * guarded;
        days: those since they came to their destination
    """
    rules = r.combat
    fi = w.force_i
    h = fi[F.HEX, f]
    enemy = w.hex_i[H.CONTROL, h]
    days = min(impulse, x.bout[THERE, f]) if h == fi[F.DEST, f] else impulse
    if days <= 0.0 or best_way(g, h) < Road.SECONDARY:
        return
    left = guarded(w, g, x, r.guerrilla, r.move.reference_km, enemy, h)
    damage = rules.raid_cut * fi[F.MEN, f] / 1000.0 * days * left
    w.hex_f[H.CUT, h] = min(1.0, w.hex_f[H.CUT, h] + damage)
    burnt = burn_convoy(w, g, x, enemy, h, int(rules.raid_kg * fi[F.MEN, f] * days * left))
    fi[F.LAST_FOUGHT, f] = hour
    x.bout[IN_BATTLE, f] = days
    note(
        x, hour, RecordKind.RAID + 0, fi[F.FACTION, f], f, h, enemy,
        burnt, int(damage * 1000.0), 0, 0, 0, Reason.NONE + 0,
    )  # fmt: skip


@clause
def best_way(g: Ground, h: int) -> int:
    """6.22 Best class of road at the hex."""
    best = 0
    for d in range(6):
        if g.road[h, d] > best:
            best = g.road[h, d]
    return best


@clause
def burn_convoy(w: Tables, g: Ground, x: Work, faction: int, h: int, kg: int) -> int:
    """6.22 Supplies burnt on the road come off the depot that feeds it; returns the kg burnt."""
    # hauls are solved, impulse by impulse, for those who have troops in play
    hexes = follow_line(g, x, ANY_DEPOT, faction, h) if x.active[faction] == 1 else 0
    if hexes == 0:
        return 0
    from_depot = depot_at(w, x, ANY_DEPOT, faction, x.path[hexes - 1])
    stock = w.depot_i[D.STOCK_KG, from_depot]
    taken = kg if kg < stock else stock
    w.depot_i[D.STOCK_KG, from_depot] = stock - taken
    w.faction_i[A.KG_LOST, faction] += taken
    return taken
