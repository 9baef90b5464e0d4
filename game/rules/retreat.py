"""Chapter 6, third part: breaking, retreat, pursuit and what becomes of a broken army.

6.10 A force that breaks loses cohesion and falls back a hex at once; then it makes for its base and takes no orders.
6.11 It falls back to the neighbouring hex nearest its base that no formed enemy holds and that has room. If there
     is none, part lay down arms, most slip away as stragglers, the rest keep together as bands.
6.12 While formed enemies are beside it, a broken force loses men to capture, scattering and leaves its heavy
     weapons; half as much in rough country.
6.13 Out of contact and some days on, it may rally; the shaken less readily.
6.14 A broken force whose cohesion is gone disperses: part keep together as guerrilla bands, which hide and make for
     the base areas; the rest straggle.
6.15 Stragglers come in, day by day, to forces of their faction in base areas, or go home.
6.16 Bands told to hold in shelter (5.11) re-form there when they are enough, hold together and no enemy is near.
6.17 Bands and hidden forces found by formed enemies in their hex lose men, for some days, by the enemy's superiority;
     an even fight finds nobody.
"""

from __future__ import annotations

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import sighting as S
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, Order, Posture, Status, Terrain
from game.core.kernels import chapter, clause
from game.core.realmath import chance_within, share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ground import field_hours, is_rough, may_enter, room
from game.rules.hiding import grants_sanctuary, is_sheltered
from game.rules.losses import count_of, take_arms, take_men
from game.rules.presence import count_presence, enemy_beside, enemy_men, enter_presence, friends_in, is_hidden
from game.rules.workspace import CHASED, IN_BATTLE, INF, Now, Work, is_war, note


@clause
def way_back(w: Tables, g: Ground, x: Work, r: Ruleset, f: int) -> int:
    """6.11 The hex to fall back to, or OFF_MAP.

    Formula: the least of march hours to the base + enemy_detour beside a formed enemy (not for the hex from which it
        came), where friends and own men fit into room_overfull * room
    """
    fi = w.force_i
    h = fi[F.HEX, f]
    faction = fi[F.FACTION, f]
    row = x.to_base[f]
    best = INF
    where = OFF_MAP
    for d in range(6):
        b = g.neighbours[h, d]
        if b == OFF_MAP or g.terrain[b] <= Terrain.LAKE or not may_enter(w, g, faction, b):
            continue
        if enemy_men(w, x, faction, b) > 0:
            continue
        if friends_in(w, x, faction, b) + fi[F.MEN, f] > r.move.room_overfull * room(g, r.move, b):
            continue
        cost = field_hours(g, x.fields[row, b]) if row >= 0 else 0.0
        if cost >= INF:
            continue
        if b != fi[F.FROM_HEX, f] and enemy_beside(w, g, x, faction, b):
            cost += r.retreat.enemy_detour
        if cost < best:
            best = cost
            where = b
    return where


@clause
def fall_back(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, foe: int, reason: int, figure: int, hour: int) -> None:
    """6.10, 6.11 One hex back, or the end of the force as such."""
    fi = w.force_i
    to = way_back(w, g, x, r, f)
    if to == OFF_MAP:
        no_way_out(w, g, x, r, f, foe, hour)
        return
    enter_presence(w, x, f, -1)
    h = fi[F.HEX, f]
    fi[F.FROM_HEX, f] = h
    fi[F.HEX, f] = to
    fi[F.TARGET, f] = OFF_MAP
    w.force_f[F.ADVANCED, f] = 0.0
    w.force_f[F.MARCHED, f] = 0.0
    w.force_f[F.SPARE, f] = 0.0
    w.force_f[F.DUG_IN, f] = 0.0
    if fi[F.ORDER, f] == Order.ATTACK:
        fi[F.ORDER, f] = Order.HOLD
    enter_presence(w, x, f, 1)
    note(x, hour, RecordKind.RETREAT + 0, fi[F.FACTION, f], f, h, foe, to, fi[F.MEN, f], figure, 0, 0, reason)


@clause
def break_force(
    w: Tables, g: Ground, x: Work, r: Ruleset, f: int, foe: int, reason: int, figure: int, hour: int
) -> None:
    """6.10 The force breaks.

    Formula: cohesion *= rout_cohesion
    """
    fi = w.force_i
    w.force_f[F.COHESION, f] *= r.retreat.rout_cohesion
    fi[F.STATUS, f] = Status.ROUTED
    fi[F.LAST_FOUGHT, f] = hour
    note(x, hour, RecordKind.BROKE + 0, fi[F.FACTION, f], f, fi[F.HEX, f], foe, fi[F.MEN, f], figure, 0, 0, 0, reason)
    fall_back(w, g, x, r, f, foe, reason, figure, hour)


@clause
def no_way_out(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, foe: int, hour: int) -> None:
    """6.11 No way back is open.

    Formula: captured = men * surrender_share; stragglers = rest * scatter_no_way; what is left goes on as bands
    """
    fi = w.force_i
    rules = r.retreat
    h = fi[F.HEX, f]
    faction = fi[F.FACTION, f]
    enter_presence(w, x, f, -1)
    taken = count_of(w, rules.surrender_share, fi[F.MEN, f], hour, f, Purpose.SURRENDER + 0)
    lose_weapons(w, f, foe, 1.0, hour)
    take_men(w, f, taken, A.CAPTURED)
    take_arms(w, r.manpower, foe, taken, hour, f)
    slipped = count_of(w, rules.scatter_no_way, fi[F.MEN, f], hour, f, Purpose.STRAGGLE + 0)
    take_men(w, f, slipped, A.STRAGGLERS)
    note(
        x,
        hour,
        RecordKind.SURRENDERED + 0,
        faction,
        f,
        h,
        foe,
        taken,
        slipped,
        0,
        0,
        0,
        Reason.OUTFLANKED_NO_RETREAT + 0,
    )
    if fi[F.MEN, f] > 0:
        become_bands(w, f)
        enter_presence(w, x, f, 1)


@clause
def become_bands(w: Tables, f: int) -> None:
    """6.14 The force goes on as bands."""
    fi = w.force_i
    fi[F.STATUS, f] = Status.BANDS
    fi[F.ORDER, f] = Order.WITHDRAW if fi[F.BASE, f] != OFF_MAP else Order.REST
    fi[F.DEST, f] = fi[F.BASE, f]
    fi[F.THEN, f] = OFF_MAP
    fi[F.TARGET, f] = OFF_MAP
    fi[F.POSTURE, f] = Posture.HIDDEN
    w.force_f[F.DUG_IN, f] = 0.0


@clause
def lose_weapons(w: Tables, f: int, foe: int, share: float, hour: int) -> int:
    """Heavy weapons left to the enemy; returns how many."""
    fi = w.force_i
    faction = fi[F.FACTION, f]
    tanks = count_of(w, share, fi[F.TANKS, f], hour, f, Purpose.EQUIPMENT + 20)
    guns = count_of(w, share, fi[F.GUNS, f], hour, f, Purpose.EQUIPMENT + 21)
    fi[F.TANKS, f] -= tanks
    fi[F.GUNS, f] -= guns
    w.faction_i[A.TANKS_LOST, faction] += tanks
    w.faction_i[A.GUNS_LOST, faction] += guns
    if foe != NO_FACTION:
        w.faction_i[A.TANKS_TAKEN, foe] += tanks
        w.faction_i[A.GUNS_TAKEN, foe] += guns
    return tanks + guns


@clause
def pursuer(w: Tables, g: Ground, x: Work, f: int) -> int:
    """6.12 A faction with formed men beside the force, at war with it; NO_FACTION if none."""
    h = w.force_i[F.HEX, f]
    faction = w.force_i[F.FACTION, f]
    for other in range(x.formed.shape[1]):
        if not is_war(w.stance, faction, other):
            continue
        if x.formed[h, other] > 0:
            return other
        for d in range(6):
            b = g.neighbours[h, d]
            if b != OFF_MAP and x.formed[b, other] > 0:
                return other
    return NO_FACTION


@chapter
def after_battle(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """Chapter 6, third part, in the sequence of play."""
    sort_out(w, g, x, r, now.hour, now.days)


@clause
def sort_out(w: Tables, g: Ground, x: Work, r: Ruleset, hour: int, days: float) -> None:
    """6.12-6.17 Broken forces, bands and stragglers, one impulse."""
    count_presence(w, x)
    fi = w.force_i
    for f in range(fi.shape[1]):
        if fi[F.STATUS, f] == Status.ROUTED:
            routed_day(w, g, x, r, f, hour, days, min(days, x.bout[CHASED, f]))
        elif is_hidden(fi[F.STATUS, f], fi[F.POSTURE, f]) and fi[F.HEX, f] != OFF_MAP:
            hunted_day(w, x, r, f, hour, days)
            if fi[F.STATUS, f] == Status.BANDS:
                stand_up(w, g, x, r, f, hour)
    for a in range(w.faction_i.shape[1]):
        stragglers_day(w, g, x, r, a, hour, days)


@clause
def routed_day(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, hour: int, days: float, chased: float) -> None:
    """6.12-6.14 A broken force pursued, or rallying. `chased`: days of the impulse in which it can be pursued.

    Formula (6.12): lost = men * (1 - (1 - pursuit_loss * rough) ^ days), of whom captured_share are captured;
        stragglers by pursuit_scatter and heavy weapons by pursuit_guns likewise; rough = rough_factor in rough
        country, else 1
    Formula (6.13): rallies after rout_days out of contact by chance 1 - exp(-rally_rate * cohesion * days)
    Formula (6.14): disperses with cohesion below bands_below
    """
    rules = r.retreat
    fi = w.force_i
    ff = w.force_f
    h = fi[F.HEX, f]
    faction = fi[F.FACTION, f]
    foe = pursuer(w, g, x, f)
    if foe != NO_FACTION:
        factor = rules.rough_factor if is_rough(g, h) else 1.0
        enter_presence(w, x, f, -1)
        lost = count_of(
            w, share_within(rules.pursuit_loss * factor, chased), fi[F.MEN, f], hour, f, Purpose.LOSS_DEFENCE + 30
        )
        taken = count_of(w, rules.captured_share, lost, hour, f, Purpose.SURRENDER + 30)
        weapons = lose_weapons(w, f, foe, share_within(rules.pursuit_guns * factor, chased), hour)
        take_men(w, f, taken, A.CAPTURED)
        take_men(w, f, lost - taken, A.KILLED)
        take_arms(w, r.manpower, foe, lost, hour, f)
        gone = count_of(
            w, share_within(rules.pursuit_scatter * factor, chased), fi[F.MEN, f], hour, f, Purpose.STRAGGLE + 30
        )
        take_men(w, f, gone, A.STRAGGLERS)
        ff[F.COHESION, f] *= 1.0 - share_within(rules.pursuit_scatter * factor, chased)
        enter_presence(w, x, f, 1)
        note(x, hour, RecordKind.PURSUED + 0, faction, f, h, foe, lost, gone, weapons, 0, 0, Reason.NONE + 0)
        fi[F.LAST_FOUGHT, f] = hour
        x.bout[IN_BATTLE, f] += chased
        if fi[F.STATUS, f] == Status.GONE:
            return
        if ff[F.COHESION, f] < rules.bands_below:
            disperse(w, g, x, r, f, hour)
        return
    # LAST_FOUGHT is the hour at which the impulse of the last contact began
    if hour - fi[F.LAST_FOUGHT, f] >= (rules.rout_days + days) * 24.0:
        hazard = rules.rally_rate * ff[F.COHESION, f]
        if rng.uniform(w.clock[C.SEED], hour, f, Purpose.REFORM + 0, 0) < chance_within(hazard, days):
            fi[F.STATUS, f] = Status.ACTIVE
            fi[F.ORDER, f] = Order.HOLD
            note(x, hour, RecordKind.RALLIED + 0, faction, f, h, NO_FACTION, fi[F.MEN, f], 0, 0, 0, 0, Reason.NONE + 0)


@clause
def disperse(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, hour: int) -> None:
    """6.14 Into bands and stragglers.

    Formula: bands = men * bands_keep
    """
    fi = w.force_i
    h = fi[F.HEX, f]
    enter_presence(w, x, f, -1)
    gone = count_of(w, 1.0 - r.retreat.bands_keep, fi[F.MEN, f], hour, f, Purpose.STRAGGLE + 31)
    take_men(w, f, gone, A.STRAGGLERS)
    lose_weapons(w, f, NO_FACTION, 1.0, hour)
    faction = fi[F.FACTION, f]
    note(x, hour, RecordKind.DISPERSED + 0, faction, f, h, NO_FACTION, fi[F.MEN, f], gone, 0, 0, 0, Reason.NONE + 0)
    if fi[F.MEN, f] > 0:
        become_bands(w, f)
        enter_presence(w, x, f, 1)


@clause
def hunted_day(w: Tables, x: Work, r: Ruleset, f: int, hour: int, days: float) -> None:
    """6.17 Hidden men found by the enemy.

    Formula (6.17): lost = men * (1 - (1 - sweep_loss * min(1, enemies / (sweep_ratio * men))) ^ days) for
        sweep_days after they are found; captured_share of them are captured
    """
    rules = r.retreat
    fi = w.force_i
    h = fi[F.HEX, f]
    faction = fi[F.FACTION, f]
    if x.occupied[h] == 0:
        return
    for foe in range(x.formed.shape[1]):
        if x.formed[h, foe] <= 0 or not is_war(w.stance, faction, foe):
            continue
        if w.seen[foe, S.HOUR, f] == NEVER or w.seen[foe, S.HEX, f] != h:
            continue
        left = rules.sweep_days - (hour - w.seen[foe, S.HOUR, f]) / 24.0
        if left <= 0.0:
            continue
        superiority = min(1.0, x.formed[h, foe] / (rules.sweep_ratio * fi[F.MEN, f]))
        share = share_within(rules.sweep_loss * superiority, min(days, left))
        enter_presence(w, x, f, -1)
        lost = count_of(w, share, fi[F.MEN, f], hour, f, Purpose.LOSS_DEFENCE + 31)
        taken = count_of(w, rules.captured_share, lost, hour, f, Purpose.SURRENDER + 31)
        take_men(w, f, taken, A.CAPTURED)
        take_men(w, f, lost - taken, A.KILLED)
        take_arms(w, r.manpower, foe, lost, hour, f)
        enter_presence(w, x, f, 1)
        if lost > 0:
            note(x, hour, RecordKind.PURSUED + 0, faction, f, h, foe, lost, 0, 0, 0, 0, Reason.NONE + 0)
        if fi[F.STATUS, f] == Status.GONE:
            return


@clause
def stand_up(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, hour: int) -> None:
    """6.16 Bands form again.

    Formula: with reform_men men at cohesion above bands_below / rout_cohesion
    """
    rules = r.retreat
    fi = w.force_i
    ff = w.force_f
    h = fi[F.HEX, f]
    if h == OFF_MAP:
        return
    faction = fi[F.FACTION, f]
    sheltered = is_sheltered(w, g, x, faction, h)
    if sheltered and fi[F.ORDER, f] == Order.HOLD and fi[F.MEN, f] >= r.morale.reform_men:
        holds = ff[F.COHESION, f] > rules.bands_below / rules.rout_cohesion
        if holds and not enemy_beside(w, g, x, faction, h) and enemy_men(w, x, faction, h) == 0:
            enter_presence(w, x, f, -1)
            fi[F.STATUS, f] = Status.ACTIVE
            fi[F.POSTURE, f] = Posture.HASTY
            enter_presence(w, x, f, 1)
            note(
                x,
                hour,
                RecordKind.REFORMED + 0,
                faction,
                f,
                h,
                NO_FACTION,
                fi[F.MEN, f],
                0,
                0,
                0,
                0,
                Reason.IN_SANCTUARY if grants_sanctuary(w, g, faction, h) else Reason.IN_BASE_AREA,
            )


@clause
def stragglers_day(w: Tables, g: Ground, x: Work, r: Ruleset, a: int, hour: int, days: float) -> None:
    """6.15 Those who come in join the weakest force, by its establishment, that stands in a base area.

    Formula: home = stragglers * (1 - (1 - straggler_home) ^ days); in = rest * (1 - (1 - straggler_return) ^ days)
    """
    rules = r.morale
    total = w.faction_i[A.STRAGGLERS, a]
    if total <= 0:
        return
    home = count_of(w, share_within(rules.straggler_home, days), total, hour, a, Purpose.DESERT + 40)
    w.faction_i[A.STRAGGLERS, a] -= home
    w.faction_i[A.DESERTED, a] += home
    back = count_of(w, share_within(rules.straggler_return, days), total - home, hour, a, Purpose.REFORM + 40)
    if back <= 0:
        return
    fi = w.force_i
    best = -1
    least = 1.0e9
    for f in range(fi.shape[1]):
        status = fi[F.STATUS, f]
        if fi[F.FACTION, f] != a or fi[F.HEX, f] == OFF_MAP or fi[F.START_MEN, f] <= 0:
            continue
        if status != Status.ACTIVE and status != Status.BANDS:
            continue
        if not is_sheltered(w, g, x, a, fi[F.HEX, f]):
            continue
        fullness = fi[F.MEN, f] / fi[F.START_MEN, f]
        if fullness < least:
            least = fullness
            best = f
    if best >= 0:
        enter_presence(w, x, best, -1)
        fi[F.MEN, best] += back
        w.faction_i[A.STRAGGLERS, a] -= back
        enter_presence(w, x, best, 1)
