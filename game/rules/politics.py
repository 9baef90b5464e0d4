"""Chapter 12, political will.

12.1 Will falls with the share of all its men that a faction has lost for good, and returns slowly to a resting level.
    Weariness lowers that level, and the most that will can be (12.12).
12.2 Will moves with the value of the places that a faction's side holds, as a share of what it held at the start.
12.3 The loss of the seat of government is a blow of its own; to retake it undoes the blow.
"""

from __future__ import annotations

from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.ids import OFF_MAP
from game.core.kernels import chapter, clause
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.presence import same_side
from game.rules.workspace import Now, Work, note


@clause
def land_value(w: Tables, g: Ground, a: int) -> float:
    """12.2 Value of the places that the faction's side holds; the seat of government counts by 12.3."""
    total = 0.0
    for k in range(g.prizes.shape[0]):
        h = g.prizes[k]
        if same_side(w, a, w.hex_i[H.CONTROL, h]):
            total += g.value[h]
    return total


@clause
def men_lost(w: Tables, a: int) -> int:
    """12.1 Men gone for good."""
    t = w.faction_i
    return t[A.KILLED, a] + t[A.CAPTURED, a]


@chapter
def count_land(w: Tables, g: Ground) -> None:
    """12.2, 12.3 What every faction's side holds on the first day: the measure of what it loses and wins."""
    for a in range(w.faction_i.shape[1]):
        w.faction_f[A.LAND_VALUE, a] = land_value(w, g, a)
        w.faction_f[A.LAND_AT_START, a] = w.faction_f[A.LAND_VALUE, a]
        capital = w.faction_i[A.CAPITAL, a]
        if capital != OFF_MAP and same_side(w, a, w.hex_i[H.CONTROL, capital]):
            w.faction_f[A.SEAT, a] = 1.0


@chapter
def weigh_will(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """12.1-12.3, 12.12 One impulse.

    Formula (12.1): will -= will_per_loss * men newly killed or captured / all men that there were; below will_rest *
        left it rises by will_drift a day, above 100 * left it falls by as much; left = 1 - weary_will * weariness /
        100; a change of will_told in an impulse goes on record
    Formula (12.2): will += will_land * change of the value held / value held at the start
    Formula (12.3): will -= will_capital when the seat falls, += when it is retaken
    """
    rules = r.politics
    hour = now.hour
    days = now.days
    for a in range(w.faction_i.shape[1]):
        men = w.faction_i[A.START, a] + w.faction_i[A.RECRUITED, a] + w.faction_i[A.DEFECTED_IN, a]
        if men <= 0:
            continue
        will = w.faction_f[A.WILL, a]
        before = will
        land = land_value(w, g, a)
        held = w.faction_f[A.LAND_AT_START, a]
        if held > 0.0:
            will += rules.will_land * (land - w.faction_f[A.LAND_VALUE, a]) / held
        reason = Reason.LAND_LOST + 0
        w.faction_f[A.LAND_VALUE, a] = land
        lost = men_lost(w, a)
        fresh = lost - w.faction_f[A.LOSSES_FELT, a]
        if fresh > 0.0:
            w.faction_f[A.LOSSES_FELT, a] = lost
            fall = rules.will_per_loss * fresh / men
            will -= fall
            if fall > abs(before - will - fall):
                reason = Reason.CASUALTIES + 0
        capital = w.faction_i[A.CAPITAL, a]
        if capital != OFF_MAP:
            holds = 1.0 if same_side(w, a, w.hex_i[H.CONTROL, capital]) else 0.0
            if holds != w.faction_f[A.SEAT, a]:
                will += rules.will_capital * (holds - w.faction_f[A.SEAT, a])
                w.faction_f[A.SEAT, a] = holds
                reason = Reason.CAPITAL_LOST + 0
        left = 1.0 - r.unity.weary_will * w.faction_f[A.WEARINESS, a] / 100.0
        if will < rules.will_rest * left:
            will = min(rules.will_rest * left, will + rules.will_drift * days)
        elif will > 100.0 * left:
            will = max(100.0 * left, will - rules.will_drift * days)
        will = min(100.0, max(0.0, will))
        w.faction_f[A.WILL, a] = will
        moved = int((will - before) * 100.0)
        if abs(moved) >= rules.will_told * 100.0:
            note(x, hour, RecordKind.WILL + 0, a, -1, OFF_MAP, -1, moved, int(will * 100.0), 0, 0, 0, reason)
