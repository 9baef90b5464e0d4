"""Chapter 9, second part: people in the way of war. Harm to civilians is counted; it gives nothing to anybody.

9.10 Where there is battle, part of the inhabitants flee each day to the quietest neighbouring land without enemies of
     those who hold it; a rout through the hex sets people moving too.
9.11 Civilian dead are entered in the harm ledger as a range, by the soldiers lost in a populated hex, and beside that
     on the account of all factions that fought there.
9.12 The displaced go home by a half-life once their surroundings are quiet; here that means that they are no longer
     counted as displaced where they are.
9.13 Where men fought, and when, is kept: quiet is counted from it.
"""

from __future__ import annotations

from game.core.columns import faction as A
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.columns import record as R
from game.core.ids import NO_FACTION, OFF_MAP, Terrain
from game.core.kernels import chapter, clause
from game.core.realmath import share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import PeopleRules, Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.condition import decay
from game.rules.harm import drawn, enter_dead, enter_displaced, lose_people
from game.rules.harvest import spoil
from game.rules.losses import count_of
from game.rules.workspace import Now, Work, is_war, note


@clause
def refuge(w: Tables, g: Ground, x: Work, h: int) -> int:
    """9.10 Where the people of a hex flee to, or OFF_MAP."""
    best = OFF_MAP
    least = 1.0e18
    for d in range(6):
        b = g.neighbours[h, d]
        if b == OFF_MAP or g.terrain[b] == Terrain.SEA or g.terrain[b] == Terrain.LAKE:
            continue
        danger = 0.0
        for a in range(x.formed.shape[1]):
            danger += x.formed[b, a]
        danger += 1.0e6 * w.hex_i[H.CONTESTED, b]
        if g.host[b] != g.host[h]:
            danger += 1.0e5
        if danger < least:
            least = danger
            best = b
    return best


@clause
def flee(w: Tables, g: Ground, x: Work, h: int, share: float, a: int, b: int, hour: int) -> None:
    """9.10 Part of a hex's people leave."""
    people = w.hex_i[H.PEOPLE, h]
    to = refuge(w, g, x, h)
    if people <= 0 or to == OFF_MAP:
        return
    going = count_of(w, share, people, hour, h, Purpose.FLIGHT + 0)
    if going <= 0:
        return
    before = min(w.hex_i[H.DISPLACED, h], going)
    w.hex_i[H.PEOPLE, h] -= going
    w.hex_i[H.DISPLACED, h] -= before
    w.hex_i[H.PEOPLE, to] += going
    w.hex_i[H.DISPLACED, to] += going
    for k in (a, b):
        if k != NO_FACTION:
            w.faction_i[A.FLED, k] += going - before
    enter_displaced(w, M.FIGHTING, going - before, going)
    note(x, hour, RecordKind.FLED + 0, a, -1, h, b, going, to, 0, 0, 0, Reason.NONE + 0)


@clause
def count_dead(w: Tables, rules: PeopleRules, h: int, a: int, b: int, soldiers: int, hour: int) -> None:
    """9.11 The civilian dead of a day of battle.

    Formula: dead = dead_low to dead_high * soldiers lost * min(1, people / crowd_people); the middle is missing
        among the inhabitants
    """
    mean = soldiers * min(1.0, w.hex_i[H.PEOPLE, h] / rules.crowd_people)
    middle = drawn(w, (rules.dead_low + rules.dead_high) / 2.0 * mean, hour, h, Purpose.FLIGHT + 20)
    gone = lose_people(w, M.FIGHTING, h, middle)
    low = min(gone, drawn(w, rules.dead_low * mean, hour, h, Purpose.FLIGHT + 20))
    high = drawn(w, rules.dead_high * mean, hour, h, Purpose.FLIGHT + 20)
    enter_dead(w, M.FIGHTING, low, high)
    for f in (a, b):
        if f != NO_FACTION:
            w.faction_i[A.CIVIL_DEAD_LOW, f] += low
            w.faction_i[A.CIVIL_DEAD_HIGH, f] += high


@chapter
def suffer(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """9.10, 9.12, 9.13, 9.38 One impulse: reads the battles, routs and changes of hands that this impulse recorded.

    Formula (9.10): flee = people * (1 - (1 - flee_battle) ^ days of battle), or flee_rout of them when a force
        breaks
    Formula (9.12): displaced halve in return_days where the hex is not contested
    """
    rules = r.people
    hour = now.hour
    days = now.days
    made = x.written[0]
    for k in range(made):
        kind = x.records[k, R.KIND]
        h = x.records[k, R.HEX]
        if kind == RecordKind.BATTLE or kind == RecordKind.AMBUSH or kind == RecordKind.RAID:
            w.hex_i[H.FOUGHT, h] = hour
        if kind == RecordKind.BATTLE:
            a = x.records[k, R.FACTION]
            b = x.records[k, R.OTHER]
            count_dead(w, rules, h, a, b, x.records[k, R.C] + x.records[k, R.D], hour)
            flee(w, g, x, h, share_within(rules.flee_battle, x.battle_days[h]), a, b, hour)
        elif kind == RecordKind.BROKE:
            flee(w, g, x, h, rules.flee_rout, x.records[k, R.OTHER], x.records[k, R.FACTION], hour)
        elif kind == RecordKind.CONTROL:
            before = x.records[k, R.OTHER]
            if before != NO_FACTION and is_war(w.stance, x.records[k, R.FACTION], before):
                spoil(w, r.harvest, h)
    kept = decay(rules.return_days, days)
    for h in range(w.hex_i.shape[1]):
        displaced = w.hex_i[H.DISPLACED, h]
        if displaced > 0 and w.hex_i[H.CONTESTED, h] == 0:
            w.hex_i[H.DISPLACED, h] = count_of(w, kept, displaced, hour, h, Purpose.FLIGHT + 10)
