"""What the language of scenario.conditions means in a game.

A condition is turned into nested functions once a scenario; looked at, it costs a microsecond or two. What several
conditions ask of the same moment is counted once.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import harm as R
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.ids import Life, Season, Stance, Status
from game.core.setting import Setting
from game.core.state import Tables
from game.engine.counts import allied_with, foreign_men, held_share, men_in, men_under_arms, support_share
from game.rules.treaties import in_force
from game.scenario.conditions import Condition, Node


@dataclass
class Moment:
    """A game as conditions look at it, and what they found out about it."""

    setting: Setting
    tables: Tables
    hour: int
    found: dict[tuple[str, tuple[int, ...]], float] = field(default_factory=dict)

    @property
    def date(self) -> date:
        return self.setting.date_of(self.hour)


Program = Callable[[Moment], float]
"""What a part of a condition comes to; 1 and 0 are true and false."""

_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
    "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip


def program(node: Node) -> Program:
    """The part of a condition, its names looked up, as a function. What is divided by nothing is 0."""
    if node.op == "number":
        number = node.number
        return lambda m: number
    if node.op == "value":
        return _VALUES[node.name]
    if node.op not in ("and", "or", "not", "/") and node.op not in _OPERATORS:
        return _function(node)
    parts = [program(part) for part in node.parts]
    first, last = parts[0], parts[-1]
    if node.op == "and":
        return lambda m: _all(parts, m)
    if node.op == "or":
        return lambda m: _any(parts, m)
    if node.op == "not":
        return lambda m: float(not first(m))
    if node.op == "/":
        return lambda m: _divided(first(m), last(m))
    act = _OPERATORS[node.op]
    return lambda m: float(act(first(m), last(m)))


def _all(parts: list[Program], m: Moment) -> float:
    for part in parts:
        if not part(m):
            return 0.0
    return 1.0


def _any(parts: list[Program], m: Moment) -> float:
    for part in parts:
        if part(m):
            return 1.0
    return 0.0


def worth(condition: Condition, setting: Setting, tables: Tables, hour: int) -> float:
    """What a condition comes to at `hour`."""
    return _program_of(condition)(Moment(setting, tables, hour))


_programs: dict[int, tuple[Condition, Program]] = {}
_PROGRAMS_KEPT = 1024


def _program_of(condition: Condition) -> Program:
    """Kept by identity: to find a condition by what it says takes longer than to look at it."""
    found = _programs.get(id(condition))
    if found is None:
        if len(_programs) >= _PROGRAMS_KEPT:
            _programs.clear()
        found = _programs[id(condition)] = condition, program(condition.root)
    return found[1]


# plain numbers: numpy is slow to compare itself with an enumeration's members
_ACTIVE, _WAR = int(Life.ACTIVE), int(Stance.WAR)


def _divided(above: float, below: float) -> float:
    return above / below if below else 0.0


def _function(node: Node) -> Program:
    count = _FUNCTIONS[node.op]
    key = (node.op, tuple(int(part.number) for part in node.parts))

    def ask(m: Moment) -> float:
        known = m.found.get(key)
        if known is None:
            known = m.found[key] = float(count(m.setting, m.tables, *key[1]))
        return known

    return ask


_VALUES: dict[str, Program] = {
    "date": lambda m: float(m.date.toordinal()),
    "year": lambda m: float(m.date.year),
    "month": lambda m: float(m.date.month),
    "season": lambda m: float(m.setting.season(m.hour)),
    "wet": lambda m: float(m.setting.season(m.hour) is Season.WET),
    "phase": lambda m: float(m.tables.peace[P.PHASE]),
}


def _bands(setting: Setting, t: Tables, a: int) -> int:
    fi = t.force_i
    return int(fi[F.MEN][(fi[F.STATUS] == Status.BANDS) & (fi[F.FACTION] == a)].sum())


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "men": lambda s, t, a: men_under_arms(t, (a,)),
    "bands": _bands,
    "killed": lambda s, t, a: t.faction_i[A.KILLED, a],
    "will": lambda s, t, a: t.faction_f[A.WILL, a],
    "weariness": lambda s, t, a: t.faction_f[A.WEARINESS, a],
    "unity": lambda s, t, a: t.faction_f[A.UNITY, a],
    "money": lambda s, t, a: t.faction_f[A.MONEY, a],
    "manpower": lambda s, t, a: t.faction_i[A.MANPOWER, a],
    "aid": lambda s, t, a, b: t.aid[a, b],
    "policy": lambda s, t, a, k: t.policy[k, a],
    "controls": lambda s, t, a, h: int(t.hex_i[H.CONTROL, h]) in allied_with(s, (a,)),
    "held": lambda s, t, a, c: held_share(s, t, allied_with(s, (a,)), c),
    "support": lambda s, t, a, province=None: support_share(s, t, a, province),
    "foreign_men": lambda s, t, c: foreign_men(s, t, c),
    "men_in": lambda s, t, a, c: men_in(s, t, (a,), c),
    "relation": lambda s, t, a, b: t.relation[a, b],
    "stance": lambda s, t, a, b: t.stance[a, b],
    "at_war": lambda s, t, a, b: int(t.stance[a, b]) == _WAR,
    "treaty": lambda s, t, term, a, b: in_force(t, term, a, b) >= 0,
    "recognises": lambda s, t, a, b: t.recognised[a, b],
    "sanctions": lambda s, t, a, b: t.sanction[a, b],
    "seat": lambda s, t, a: t.peace[P.SEAT] == a,
    "governs": lambda s, t, a: a in (t.peace[P.GOVERNMENT], t.peace[P.PARTNER]),
    "standing": lambda s, t, a: t.party[P.STANDING, a],
    "stage": lambda s, t, a: t.faction_i[A.STAGE, a],
    "alive": lambda s, t, a: int(t.faction_i[A.LIFE, a]) == _ACTIVE,
    "displaced": lambda s, t, c: t.hex_i[H.DISPLACED][s.map.country == c].sum(),
    "camp_people": lambda s, t: float(t.camp_i[K.PEOPLE].sum()),
    "dead": lambda s, t: float(t.harm[:, R.DEAD_LOW].sum()),
}
"""Meaning of every function of the language."""
