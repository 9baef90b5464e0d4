"""Chapter 7, second part: mines, which stay when the troops have gone.

7.2 A belt is stated in mines per km of front. Whoever enters a hex with a belt that his side does not hold loses hours,
    and men who tread on mines; in file behind a guide few do. Who holds the belt knows the lanes.
7.3 Mines scattered over the land are stated per km2. They take men of all sides who go about: many on operations, few
    in garrison.
7.4 Troops who defend lay mines about them while they fight, by their arms.
7.5 Mines that nobody tends decay by a half-life of years.
7.6 Mines hit those who live among them, for as long as they lie there, and keep fields idle (9.31). That is harm, and
    helps nobody.
7.7 Clearing by hand takes men and months: belts first, then what lies scattered where people go. It costs those who do
    it men of their own.
7.8 Sealing a border is a policy: where the side's men hold the land at a border with a neighbour at war or unfriendly,
    or one who shelters its enemies, a belt and works grow month by month up to a ceiling. What it costs those who are
    sent to labour there stands in 9.51.
"""

from __future__ import annotations

from game.core import rng
from game.core.calendar import DAYS_A_YEAR
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import harm as X
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NO_FACTION, OFF_MAP, Order, Posture, Stance, Status, Terrain
from game.core.kernels import chapter, clause
from game.core.realmath import LN2, exp, share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.ruleset_guerrilla import MineRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.ground import area
from game.rules.harm import drawn, enter_dead, lose_people
from game.rules.hiding import fights_beside
from game.rules.losses import count_of, take_men
from game.rules.presence import count_presence, enter_presence, in_play
from game.rules.workspace import IN_BATTLE, THERE, Now, Work, is_war, note

HEX_AREA = 0.8660254037844386
"""Area of a hex of width 1."""
LEAST = 0.01
"""Mines per km or km2 below which there are none."""


@clause
def belt_hours(w: Tables, rules: MineRules, faction: int, h: int) -> float:
    """7.2 Hours that the belt of a hex costs the faction's men who enter.

    Formula: hours = delay_least + (delay_most - delay_least) * min(1, mines per km / full)
    """
    mines = w.hex_f[H.MINES, h]
    if mines <= 0.0 or fights_beside(w, faction, w.hex_i[H.CONTROL, h]):
        return 0.0
    return rules.delay_least + (rules.delay_most - rules.delay_least) * min(1.0, mines / rules.full)


@clause
def cross_belt(w: Tables, x: Work, rules: MineRules, f: int, h: int, hour: int) -> None:
    """7.2 The force comes through the belt of the hex that it has entered.

    Formula: hit = men * in_file * (1 - exp(-mines per km * width_m / 1000))
    """
    faction = w.force_i[F.FACTION, f]
    if fights_beside(w, faction, w.hex_i[H.CONTROL, h]):
        return
    share = rules.in_file * (1.0 - exp(-w.hex_f[H.MINES, h] * rules.width_m / 1000.0))
    hit_by_mines(w, x, rules, f, count_of(w, share, w.force_i[F.MEN, f], hour, f, Purpose.MINES + 0), hour, 0)


@clause
def hit_by_mines(w: Tables, x: Work, rules: MineRules, f: int, hit: int, hour: int, salt: int) -> None:
    """7.2, 7.3 Men tread on mines: part die, the others go to hospital.

    Formula: dead = killed_share * hit
    """
    if hit <= 0:
        return
    h = w.force_i[F.HEX, f]
    dead = count_of(w, rules.killed_share, hit, hour, f, Purpose.MINES + 200 + salt)
    enter_presence(w, x, f, -1)
    take_men(w, f, dead, A.DIED_IN_RANKS)
    take_men(w, f, hit - dead, A.HOSPITAL)
    enter_presence(w, x, f, 1)
    note(x, hour, RecordKind.MINED + 0, w.force_i[F.FACTION, f], f, h, NO_FACTION, hit, dead, 0, 0, 0, Reason.NONE + 0)


@clause
def mines_about(w: Tables, g: Ground, rules: MineRules, h: int) -> float:
    """7.3 Mines per km2 where people and troops of the hex go.

    Formula: mines = scattered + belt_share * mines per km / (0.866 * km)
    """
    return w.hex_f[H.SCATTER, h] + rules.belt_share * w.hex_f[H.MINES, h] / (HEX_AREA * g.km)


@clause
def goes_about(w: Tables, f: int) -> bool:
    """7.3 Whether the force is on operations."""
    order = w.force_i[F.ORDER, f]
    still = order == Order.HOLD or order == Order.REST or order == Order.AMBUSH
    return not still or w.force_i[F.STATUS, f] == Status.ROUTED


@chapter
def tread(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """7.3, 7.4, 7.7 One impulse: men tread on scattered mines, lay some where they defend, and clear them.

    Formula (7.3): hit = men * (1 - (1 - p) ^ days), p = mines per km2 * width_m / 1000 * walk_km * tread (* walk_still
        for who stays in place)
    """
    rules = r.mines
    fi = w.force_i
    for f in range(fi.shape[1]):
        if not in_play(w, f):
            continue
        h = fi[F.HEX, f]
        if x.bout[IN_BATTLE, f] > 0.0:
            lay_mines(w, g, x, rules, f, h)
        if w.hex_f[H.SCATTER, h] <= 0.0 and w.hex_f[H.MINES, h] <= 0.0:
            if fi[F.ORDER, f] == Order.CLEAR and fi[F.DEST, f] == h:
                fi[F.ORDER, f] = Order.HOLD
            continue
        if fi[F.ORDER, f] == Order.CLEAR and fi[F.DEST, f] == h and fi[F.STATUS, f] == Status.ACTIVE:
            clear(w, g, x, r, f, h, now.hour, min(now.days, x.bout[THERE, f]))
        else:
            risk = mines_about(w, g, rules, h) * rules.width_m / 1000.0 * rules.walk_km * rules.tread
            if not goes_about(w, f):
                risk *= rules.walk_still
            hit = count_of(w, share_within(min(risk, 0.5), now.days), fi[F.MEN, f], now.hour, f, Purpose.MINES + 1)
            hit_by_mines(w, x, rules, f, hit, now.hour, 1)


@clause
def lay_mines(w: Tables, g: Ground, x: Work, rules: MineRules, f: int, h: int) -> None:
    """7.4 A force that has fought for its ground leaves mines there; raiders, who do not stay, leave fewer.

    Formula (7.4): mines per km2 += lay * men / 1000 * days of battle / km2 of the hex, in works or hiding; * lay_raid
        for raiders and saboteurs
    """
    posture = w.force_i[F.POSTURE, f]
    order = w.force_i[F.ORDER, f]
    if posture < Posture.HASTY or posture == Posture.REST:
        return
    laid = rules.lay[w.force_i[F.ARMS, f]] * w.force_i[F.MEN, f] / 1000.0 * x.bout[IN_BATTLE, f]
    if order == Order.RAID or order == Order.SABOTAGE:
        laid *= rules.lay_raid
    w.hex_f[H.SCATTER, h] += laid / (HEX_AREA * g.km * g.km)


@clause
def clear(w: Tables, g: Ground, x: Work, r: Ruleset, f: int, h: int, hour: int, days: float) -> None:
    """7.7 A force lifts mines; the order ends when none are left.

    Formula: share of the mines lifted = 1 - exp(-clear_m2 * men * days / m2 to search); men <= clear_men * area; m2 of
        a belt = clear_depth_m * km * 1000, of scattered mines clear_share of the hex
    """
    rules = r.mines
    men = min(float(w.force_i[F.MEN, f]), rules.clear_men * area(g, r.move))
    work = rules.clear_m2 * men * days
    lifted = 0.0
    belt_m2 = rules.clear_depth_m * g.km * 1000.0
    if w.hex_f[H.MINES, h] > 0.0:
        gone = w.hex_f[H.MINES, h] * (1.0 - exp(-work / belt_m2))
        lifted += gone * g.km
        w.hex_f[H.MINES, h] -= gone
        if w.hex_f[H.MINES, h] < 1.0:
            w.hex_f[H.MINES, h] = 0.0
    else:
        km2 = HEX_AREA * g.km * g.km
        gone = w.hex_f[H.SCATTER, h] * (1.0 - exp(-work / (rules.clear_share * km2 * 1.0e6)))
        lifted += gone * km2
        w.hex_f[H.SCATTER, h] -= gone
        if w.hex_f[H.SCATTER, h] < LEAST * 10.0:
            w.hex_f[H.SCATTER, h] = 0.0
    note(
        x, hour, RecordKind.CLEARED + 0, w.force_i[F.FACTION, f], f, h, NO_FACTION,
        int(lifted), int(mines_about(w, g, rules, h) * 100.0), 0, 0, 0, Reason.NONE + 0,
    )  # fmt: skip
    hit = rng.whole(rules.clear_loss * lifted, rng.uniform(w.clock[C.SEED], hour, f, Purpose.CLEARING + 0, 0))
    hit_by_mines(w, x, rules, f, min(hit, w.force_i[F.MEN, f]), hour, 2)


@chapter
def month_of_mines(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """7.5, 7.6, 7.8 A month.

    Formula (7.5): mines *= 2 ^ (-days / (365.25 * half_life_years))
    Formula (7.6): civilians hit = civil_hit * people * mines per km2; dead = civil_low to civil_high of them
    """
    rules = r.mines
    kept = exp(-LN2 * now.days / (DAYS_A_YEAR * rules.half_life_years))
    hit = 0.0
    gone = 0
    for h in range(w.hex_f.shape[1]):
        if w.hex_f[H.MINES, h] <= 0.0 and w.hex_f[H.SCATTER, h] <= 0.0:
            continue
        w.hex_f[H.MINES, h] *= kept
        w.hex_f[H.SCATTER, h] *= kept
        if w.hex_f[H.MINES, h] < LEAST:
            w.hex_f[H.MINES, h] = 0.0
        if w.hex_f[H.SCATTER, h] < LEAST:
            w.hex_f[H.SCATTER, h] = 0.0
        here = rules.civil_hit * w.hex_i[H.PEOPLE, h] * mines_about(w, g, rules, h)
        hit += here
        middle = (rules.civil_low + rules.civil_high) / 2.0
        gone += lose_people(w, X.MINES, h, drawn(w, here * middle, now.hour, h, Purpose.MINES + 0))
    if hit > 0.0:
        # the range holds what was counted
        low = int(min(rules.civil_low * hit, gone))
        high = int(max(rules.civil_high * hit, gone)) + 1
        enter_dead(w, X.MINES, low, high)
        if high > 0:
            note(
                x, now.hour, RecordKind.MINES_CIVIL + 0, NO_FACTION, -1, OFF_MAP, NO_FACTION,
                low, high, 0, 0, 0, Reason.NONE + 0,
            )  # fmt: skip
    counted = False
    for a in range(w.faction_i.shape[1]):
        if w.policy[P.SEAL, a] > 0.0:
            if not counted:
                count_presence(w, x)
                counted = True
            seal(w, g, x, r, a, now)


@clause
def is_hostile_border(w: Tables, a: int, other: int) -> bool:
    """7.8 Whether the faction seals itself off from the land of the other: unfriendly, or shelter of its enemies."""
    if other == NO_FACTION or fights_beside(w, a, other) or w.stance[a, other] >= Stance.ACCESS:
        return False
    if w.stance[a, other] <= Stance.HOSTILE:
        return True
    for b in range(w.faction_i.shape[1]):
        if is_war(w.stance, a, b) and b != other and w.stance[b, other] >= Stance.ACCESS:
            return True
    return False


@clause
def lies_at_hostile_border(w: Tables, g: Ground, a: int, h: int) -> bool:
    """7.8 Whether a hex that the faction's side controls lies at a border that it seals."""
    if g.terrain[h] <= Terrain.LAKE or not fights_beside(w, a, w.hex_i[H.CONTROL, h]):
        return False
    for d in range(6):
        b = g.neighbours[h, d]
        if b != OFF_MAP and g.host[b] != g.host[h] and is_hostile_border(w, a, g.host[b]):
            return True
    return False


@clause
def seal(w: Tables, g: Ground, x: Work, r: Ruleset, a: int, now: Now) -> None:
    """7.8 A month of work at the border.

    Formula: mines per km += seal_month * policy, up to seal_most * policy; works += seal_works * policy
    """
    rules = r.mines
    policy = w.policy[P.SEAL, a]
    hexes = 0
    mines = 0.0
    for h in range(w.hex_f.shape[1]):
        if not lies_at_hostile_border(w, g, a, h):
            continue
        held = False
        for b in range(w.faction_i.shape[1]):
            if x.formed[h, b] > 0 and fights_beside(w, a, b):
                held = True
        if not held:
            continue
        hexes += 1
        most = rules.seal_most * policy
        if w.hex_f[H.MINES, h] < most:
            w.hex_f[H.MINES, h] = min(most, w.hex_f[H.MINES, h] + rules.seal_month * policy)
        if w.hex_f[H.WORKS, h] < 2.0:
            w.hex_f[H.WORKS, h] = min(2.0, w.hex_f[H.WORKS, h] + rules.seal_works * policy)
        mines += w.hex_f[H.MINES, h]
    if hexes == 0:
        return
    note(
        x, now.hour, RecordKind.SEALED + 0, a, -1, OFF_MAP, NO_FACTION,
        hexes, int(mines / hexes), 0, 0, 0, Reason.NONE + 0,
    )  # fmt: skip
