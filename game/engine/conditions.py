"""Whether a condition of an event holds in a game: the meaning of the language of scenario.conditions."""

from __future__ import annotations

import operator
from collections.abc import Callable

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.ids import Season, Stance, Status
from game.core.setting import Setting
from game.core.state import Tables
from game.engine.measure import allied_with, held_share, men_under_arms
from game.scenario.conditions import Condition, Node

_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
    "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip


def holds(condition: Condition, setting: Setting, tables: Tables, hour: int) -> bool:
    """Whether the condition, its names looked up, holds at `hour`."""
    return worth(condition.root, setting, tables, hour) != 0.0


def worth(node: Node, setting: Setting, tables: Tables, hour: int) -> float:
    """What a part of a condition comes to; 1 and 0 are true and false. What is divided by nothing is 0."""
    match node.op:
        case "number":
            return node.number
        case "value":
            return _value(node.name, setting, hour)
        case "and":
            return float(all(worth(part, setting, tables, hour) for part in node.parts))
        case "or":
            return float(any(worth(part, setting, tables, hour) for part in node.parts))
        case "not":
            return float(not worth(node.parts[0], setting, tables, hour))
        case "/":
            above, below = (worth(part, setting, tables, hour) for part in node.parts)
            return above / below if below else 0.0
        case op if op in _OPERATORS:
            left, right = (worth(part, setting, tables, hour) for part in node.parts)
            return float(_OPERATORS[op](left, right))
    return _function(node, setting, tables)


def _value(name: str, setting: Setting, hour: int) -> float:
    if name == "date":
        return float(setting.date_of(hour).toordinal())
    if name == "month":
        return float(setting.date_of(hour).month)
    return float(setting.season(hour) is Season.WET)


def _function(node: Node, setting: Setting, t: Tables) -> float:
    a = int(node.parts[0].number)
    b = int(node.parts[-1].number)
    fi = t.force_i
    match node.op:
        case "men":
            return float(men_under_arms(t, (a,)))
        case "bands":
            return float(fi[F.MEN][(fi[F.STATUS] == Status.BANDS) & (fi[F.FACTION] == a)].sum())
        case "killed":
            return float(t.faction_i[A.KILLED, a])
        case "will":
            return float(t.faction_f[A.WILL, a])
        case "controls":
            return float(int(t.hex_i[H.CONTROL, b]) in allied_with(setting, (a,)))
        case "held":
            return held_share(setting, t, allied_with(setting, (a,)), b)
        case "relation":
            return float(t.relation[a, b])
        case "at_war":
            return float(t.stance[a, b] == Stance.WAR)
        case "displaced":
            return float(t.hex_i[H.DISPLACED][setting.map.country == a].sum())
    raise AssertionError(f"a function that is in the language has no meaning: {node.op}")
