"""Conditions of events: a small language over the world, safe to read from anybody's file.

    controls(vietnam, phnom_penh) and will(dk) < 30 and date >= 1979-03-01

It knows numbers, dates, `and`, `or`, `not`, comparisons, + - * /, and the functions of FUNCTIONS. It is parsed by
Python's own parser, of whose nodes only these few are taken over; nothing in it is ever run as code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from game.scenario.validate import nearest

MOST_CHARACTERS = 400
_MOST_DEPTH = 20


class Kind(Enum):
    """What a name in a condition stands for."""

    FACTION = "faction"
    PLACE = "place"
    COUNTRY = "country"


@dataclass(frozen=True)
class Function:
    """A function of the language."""

    takes: tuple[Kind, ...]
    means: str
    """What it gives, with its unit."""


FUNCTIONS: dict[str, Function] = {
    "men": Function((Kind.FACTION,), "men under arms, bands included"),
    "bands": Function((Kind.FACTION,), "men in bands"),
    "killed": Function((Kind.FACTION,), "soldiers killed since the start"),
    "will": Function((Kind.FACTION,), "political will, 0 to 100"),
    "controls": Function((Kind.FACTION, Kind.PLACE), "1 if the faction's side controls the place, else 0"),
    "held": Function((Kind.FACTION, Kind.COUNTRY), "share (0 to 1) by value of a country's places that its side holds"),
    "relation": Function((Kind.FACTION, Kind.FACTION), "relation, -100 to 100"),
    "at_war": Function((Kind.FACTION, Kind.FACTION), "1 if they are at war, else 0"),
    "displaced": Function((Kind.COUNTRY,), "displaced people in the country"),
}
VALUES: dict[str, str] = {
    "date": "the day, compared with a date: date >= 1979-03-01",
    "month": "the month, 1 to 12",
    "wet": "1 in the wet season, else 0",
}


class ConditionError(ValueError):
    """A condition that cannot be read. `column`: 0-based place in its text."""

    def __init__(self, message: str, remedy: str, column: int) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.column = column


@dataclass(frozen=True)
class Node:
    """A part of a condition: an operator or function, its parts, and what stands at the leaves."""

    op: str
    """An operator, a function, 'number', 'value' or 'name'."""
    parts: tuple[Node, ...] = ()
    number: float = 0.0
    """Of a number; of a name once it is bound: the row or hex that it stands for."""
    name: str = ""
    column: int = 0


@dataclass(frozen=True)
class Condition:
    """A condition that was read."""

    text: str
    root: Node

    def names(self) -> Iterator[tuple[Kind, Node]]:
        """Every name that it uses, with what the name must stand for."""
        yield from _names(self.root)

    def bound(self, row_of: Callable[[Kind, str], int]) -> Condition:
        """The condition with its names looked up."""
        return replace(self, root=_bound(self.root, row_of))


def read_condition(text: str) -> Condition:
    """The condition that a text says. ConditionError if it says none."""
    if len(text) > MOST_CHARACTERS:
        raise ConditionError(f"longer than {MOST_CHARACTERS} characters", "make two events of it", 0)
    python = _DATE.sub(_day_number, text)
    try:
        tree = ast.parse(python, mode="eval")
    except SyntaxError as error:
        column = max(0, (error.offset or 1) - 1)
        raise ConditionError("cannot be read here", _EXAMPLE, column) from None
    except (ValueError, RecursionError, MemoryError):
        raise ConditionError("cannot be read", _EXAMPLE, 0) from None
    return Condition(text, _node(tree.body, 0))


_EXAMPLE = "write it as 'will(dk) < 30 and date >= 1979-03-01'"
_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def _day_number(found: re.Match[str]) -> str:
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise ConditionError(f"{found.group()} is no date", "write dates as 1979-03-01", found.start()) from None
    # as long as the date, so that columns stay what they were
    return f"{day.toordinal():>{len(found.group())}}"


_COMPARES = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_SUMS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def _node(tree: ast.expr, depth: int) -> Node:
    column = tree.col_offset
    if depth > _MOST_DEPTH:
        raise ConditionError("nested too deeply", "make two events of it", column)
    match tree:
        case ast.BoolOp(op=op, values=values):
            parts = tuple(_node(v, depth + 1) for v in values)
            return Node("and" if isinstance(op, ast.And) else "or", parts, column=column)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Node("not", (_node(operand, depth + 1),), column=column)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Node("-", (Node("number"), _node(operand, depth + 1)), column=column)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _COMPARES for op in ops):
            sides = [_node(side, depth + 1) for side in (left, *others)]
            pairs = zip(ops, sides, sides[1:], strict=False)
            steps = tuple(Node(_COMPARES[type(op)], (a, b), column=column) for op, a, b in pairs)
            return steps[0] if len(steps) == 1 else Node("and", steps, column=column)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SUMS:
            return Node(_SUMS[type(op)], (_node(left, depth + 1), _node(right, depth + 1)), column=column)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Node("number", number=float(value), column=column)
        case ast.Name(id=name) if name in VALUES:
            return Node("value", name=name, column=column)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _call(name, args, column)
        case ast.Name(id=name):
            known = [*VALUES, *(f"{f}(…)" for f in FUNCTIONS)]
            raise ConditionError(f"'{name}' is no value", nearest(name, known), column)
    remedy = "use numbers, dates, and, or, not, < <= > >= == !=, + - * / and the functions of the key reference"
    raise ConditionError("this is not part of the language of conditions", remedy, column)


def _call(name: str, args: list[ast.expr], column: int) -> Node:
    function = FUNCTIONS.get(name)
    if function is None:
        raise ConditionError(f"there is no function '{name}'", nearest(name, list(FUNCTIONS)), column)
    wanted = f"{name}({', '.join(kind.value for kind in function.takes)})"
    if len(args) != len(function.takes):
        raise ConditionError(f"'{name}' takes {len(function.takes)} names, not {len(args)}", f"write {wanted}", column)
    parts = []
    for arg in args:
        if not isinstance(arg, ast.Name):
            raise ConditionError(f"'{name}' takes names", f"write {wanted}", arg.col_offset)
        parts.append(Node("name", name=arg.id, column=arg.col_offset))
    return Node(name, tuple(parts), column=column)


def _names(node: Node) -> Iterator[tuple[Kind, Node]]:
    if node.op in FUNCTIONS:
        yield from zip(FUNCTIONS[node.op].takes, node.parts, strict=True)
        return
    for part in node.parts:
        yield from _names(part)


def _bound(node: Node, row_of: Callable[[Kind, str], int]) -> Node:
    if node.op in FUNCTIONS:
        kinds = FUNCTIONS[node.op].takes
        rows = (float(row_of(kind, part.name)) for kind, part in zip(kinds, node.parts, strict=True))
        return replace(node, parts=tuple(replace(p, number=r) for p, r in zip(node.parts, rows, strict=True)))
    return replace(node, parts=tuple(_bound(part, row_of) for part in node.parts))
