"""Conditions of events: a small language over the world, safe to read from anybody's file.

    controls(vietnam, phnom_penh) and will(dk) < 30 and date >= 1979-03-01 and phase == talks

It knows numbers, dates, `and`, `or`, `not`, comparisons, + - * /, the values of VALUES and the functions of FUNCTIONS.
What comes in kinds (a phase, a stance) is compared with the name of one. It is parsed by Python's own parser, of whose
nodes only these few are taken over; nothing in it is ever run as code.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, IntEnum

from game.core.columns import policy
from game.core.ids import Phase, Season, Stance, Standing, Term
from game.scenario.validate import nearest, no_such_day

MOST_CHARACTERS = 400
_MOST_DEPTH = 20


class Kind(Enum):
    """What a name in a condition stands for."""

    FACTION = "faction"
    MOVEMENT = "movement"
    """A faction that contends for the people's support."""
    PLACE = "place"
    COUNTRY = "country"
    PROVINCE = "province"
    """Its name in small letters, with _ for what is no letter: kampong_cham."""
    TERM = "term"
    """A term of treaties."""
    POLICY = "policy"


@dataclass(frozen=True)
class Function:
    """A function of the language."""

    takes: tuple[Kind, ...]
    means: str
    """What it gives, with its unit."""
    needs: int | None = None
    """How many of these names it cannot do without; all if left out."""
    gives: type[IntEnum] | None = None
    """The kinds that it gives one of, by name; a number if left out."""
    wide: bool = False
    """It looks at the whole map: such conditions are looked at once a month."""
    of_harm: bool = False
    """It counts what people suffer: nobody may gain by it."""
    of_existence: bool = False
    """It asks only who exists and as what, not how well anybody does or what was agreed."""

    @property
    def least(self) -> int:
        """How many names it needs."""
        return len(self.takes) if self.needs is None else self.needs


_F, _M, _C = Kind.FACTION, Kind.MOVEMENT, Kind.COUNTRY

FUNCTIONS: dict[str, Function] = {
    "men": Function((_F,), "men under arms, bands included"),
    "bands": Function((_F,), "men in bands"),
    "killed": Function((_F,), "soldiers killed since the start"),
    "will": Function((_F,), "political will, 0 to 100"),
    "weariness": Function((_F,), "war weariness, 0 to 100"),
    "unity": Function((_F,), "how far its leaders hold together, 0 to 1"),
    "money": Function((_F,), "money at hand, US$ m"),
    "manpower": Function((_F,), "trained men who wait for a unit"),
    "aid": Function((_F, _F), "US$ m a year that the first gives the second"),
    "policy": Function((_F, Kind.POLICY), "how far it follows a policy, 0 to 1"),
    "controls": Function((_F, Kind.PLACE), "1 if the faction's side controls the place, else 0"),
    "held": Function((_F, _C), "share (0 to 1) by value of a country's places that its side holds", wide=True),
    "support": Function(
        (_M, Kind.PROVINCE), "share (0 to 1) of the people, of a province if one is named, who prefer it", 1, wide=True
    ),
    "foreign_men": Function((_C,), "men in a country of factions whose own land is another", wide=True),
    "men_in": Function((_F, _C), "men of the faction in a country", wide=True),
    "relation": Function((_F, _F), "relation, -100 to 100"),
    "stance": Function((_F, _F), "their stance", gives=Stance),
    "at_war": Function((_F, _F), "1 if they are at war, else 0"),
    "treaty": Function((Kind.TERM, _F, _F), "1 if the first gives the second this by a treaty in force, else 0"),
    "recognises": Function((_F, _F), "1 if the first recognises the second as its country's government, else 0"),
    "sanctions": Function((_F, _F), "1 if the first does not trade with the second, else 0"),
    "seat": Function((_F,), "1 if it holds the country's seat at the United Nations, else 0"),
    "governs": Function((_F,), "1 if it leads the recognised government or shares it, else 0"),
    "standing": Function((_F,), "where it stands towards the accord", gives=Standing),
    "stage": Function((_F,), "number of the name that it goes by, 0 for the first", of_existence=True),
    "alive": Function((_F,), "1 if it is an actor at present, else 0", of_existence=True),
    "displaced": Function((_C,), "displaced people in the country", wide=True, of_harm=True),
    "camp_people": Function((), "people in border camps", of_harm=True),
    "dead": Function((), "civilian dead by the harm ledger, low estimate", of_harm=True),
}


@dataclass(frozen=True)
class Value:
    """A word that stands for a value."""

    means: str
    gives: type[IntEnum] | None = None


VALUES: dict[str, Value] = {
    "date": Value("the day, compared with a date: date >= 1979-03-01"),
    "year": Value("the year"),
    "month": Value("the month, 1 to 12"),
    "season": Value("the season of the monsoon", Season),
    "wet": Value("1 in the wet season, else 0"),
    "phase": Value("where the peace process stands", Phase),
}

POLICIES: dict[str, int] = {
    name.lower(): row
    for name, row in sorted(vars(policy).items())
    if name.isupper() and name not in ("POLICIES", "RETIRED")
}
"""Name of a policy -> its row."""
TERMS: dict[str, int] = {term.name.lower(): int(term) for term in Term}


def folded(name: str) -> str:
    """A province's name as conditions write it."""
    return re.sub(r"\W+", "_", name.lower()).strip("_")


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

    def words(self) -> frozenset[str]:
        """Every function and value that it uses."""
        return frozenset(_words(self.root))

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
        raise _unreadable(text, max(0, (error.offset or 1) - 1)) from None
    except (ValueError, RecursionError, MemoryError):
        raise ConditionError("cannot be read", _EXAMPLE, 0) from None
    return Condition(text, _node(tree.body, 0))


_EXAMPLE = "write it as 'will(dk) < 30 and date >= 1979-03-01'"
_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def _day_number(found: re.Match[str]) -> str:
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        message = f"{found.group()} is no date: {no_such_day(found.group())}"
        raise ConditionError(message, "write dates as 1979-03-01", found.start()) from None
    # as long as the date, so that columns stay what they were
    return f"{day.toordinal():>{len(found.group())}}"


_TOKEN = re.compile(r"\d{4}-\d{2}-\d{2}\b|\w+(?:\.\w+)*|[<>=!&|]+|\S")
_JOINS = ("and", "or")
_SIGNS = {
    "=": "==", "=<": "<=", "=>": ">=", "<>": "!=", "&": "and", "&&": "and", "|": "or", "||": "or", "!": "not",
    "===": "==", "!==": "!=",
}  # fmt: skip
"""What other languages write, and what is written here."""


def _unreadable(text: str, column: int) -> ConditionError:
    """What keeps a condition from being read: the first word that cannot stand where it stands, or else `column`."""
    opened: list[int] = []
    wants_value = True
    last = ""
    at = 0
    for found in _TOKEN.finditer(text):
        word, at_last, at = found.group(), at, found.start()
        if word in _SIGNS:
            return ConditionError(f"'{word}' means nothing here", f"write '{_SIGNS[word]}'", at)
        is_value = word[0].isalnum() or word[0] == "_"
        if word == "(":
            if not wants_value and not last.isidentifier():
                return ConditionError("'(' cannot stand here", _EXAMPLE, at)
            opened.append(at)
            wants_value = True
        elif word == ")":
            if not opened:
                return ConditionError("')' closes nothing", "take it out, or open it before", at)
            if wants_value and last != "(":
                return ConditionError(f"nothing stands after '{last}'", _EXAMPLE, at_last)
            opened.pop()
            wants_value = False
        elif word in _JOINS or not is_value:
            if wants_value and word not in "-+":
                return ConditionError(f"'{word}' cannot stand here: a value is missing before it", _EXAMPLE, at)
            if not is_value and word not in _KNOWN_SIGNS:
                return ConditionError(f"'{word}' means nothing here", _EXAMPLE, at)
            wants_value = True
        elif word != "not":
            if not wants_value:
                close = difflib.get_close_matches(word, _JOINS, 1, 0.6)
                remedy = f"did you mean '{close[0]}'?" if close else "join with 'and' or 'or', or compare"
                return ConditionError(f"'{word}' cannot stand here", remedy, at)
            wants_value = False
        last = word
    if wants_value and last:
        return ConditionError(f"nothing stands after '{last}'", f"take it out, or go on; {_EXAMPLE}", at)
    if opened:
        return ConditionError("this bracket is never closed", "add ')'", opened[-1])
    return ConditionError("cannot be read here", _EXAMPLE, column)


_KNOWN_SIGNS = frozenset(("<", "<=", ">", ">=", "==", "!=", "+", "-", "*", "/", ","))
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
            sides = _compared([left, *others], depth + 1)
            pairs = zip(ops, sides, sides[1:], strict=False)
            steps = tuple(Node(_COMPARES[type(op)], (a, b), column=column) for op, a, b in pairs)
            return steps[0] if len(steps) == 1 else Node("and", steps, column=column)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SUMS:
            return Node(_SUMS[type(op)], (_node(left, depth + 1), _node(right, depth + 1)), column=column)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Node("number", number=float(value), column=column)
        case ast.Name(id=name) if name in VALUES:
            _not_alone(name, VALUES[name].gives, column)
            return Node("value", name=name, column=column)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            call = _call(name, args, column)
            _not_alone(name, FUNCTIONS[name].gives, column)
            return call
        case ast.Name(id=name):
            known = [*VALUES, *(f"{f}(…)" for f in FUNCTIONS)]
            raise ConditionError(f"'{name}' is no value", nearest(name, known), column)
    remedy = "use numbers, dates, and, or, not, < <= > >= == !=, + - * / and the functions of the key reference"
    raise ConditionError("this is not part of the language of conditions", remedy, column)


def _not_alone(name: str, kinds: type[IntEnum] | None, column: int) -> None:
    if kinds is not None:
        example = next(iter(kinds)).name.lower()
        raise ConditionError(f"'{name}' is compared with a name", f"write it as '{name} == {example}'", column)


def _compared(sides: list[ast.expr], depth: int) -> list[Node]:
    """What is compared; beside what comes in kinds stand the kinds' names."""
    kinds = next((found for found in map(_kinds, sides) if found is not None), None)
    if kinds is None:
        return [_node(side, depth) for side in sides]
    return [_of_kind(side, kinds) for side in sides]


def _kinds(tree: ast.expr) -> type[IntEnum] | None:
    """The kinds that a value or function gives one of."""
    match tree:
        case ast.Name(id=name) if name in VALUES:
            return VALUES[name].gives
        case ast.Call(func=ast.Name(id=name)) if name in FUNCTIONS:
            return FUNCTIONS[name].gives
    return None


def _of_kind(tree: ast.expr, kinds: type[IntEnum]) -> Node:
    column = tree.col_offset
    names = {kind.name.lower(): kind for kind in kinds}
    match tree:
        case ast.Name(id=name) if name in names:
            return Node("number", number=float(names[name]), column=column)
        case ast.Name(id=name) if _kinds(tree) is kinds:
            return Node("value", name=name, column=column)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if _kinds(tree) is kinds:
            return _call(name, args, column)
        case ast.Name(id=name):
            raise ConditionError(f"there is no {kinds.__name__.lower()} '{name}'", nearest(name, names), column)
    message = f"a {kinds.__name__.lower()} is compared with the name of one"
    raise ConditionError(message, nearest("", names), column)


def _call(name: str, args: list[ast.expr], column: int) -> Node:
    function = FUNCTIONS.get(name)
    if function is None:
        raise ConditionError(f"there is no function '{name}'", nearest(name, list(FUNCTIONS)), column)
    wanted = spelling(name)
    if not function.least <= len(args) <= len(function.takes):
        count = f"{function.least} to {len(function.takes)}" if function.needs is not None else len(function.takes)
        raise ConditionError(f"'{name}' takes {count} names, not {len(args)}", f"write {wanted}", column)
    parts = []
    for kind, arg in zip(function.takes, args, strict=False):
        if not isinstance(arg, ast.Name):
            raise ConditionError(f"'{name}' takes names", f"write {wanted}", arg.col_offset)
        parts.append(_argument(kind, arg))
    return Node(name, tuple(parts), column=column)


def spelling(name: str) -> str:
    """How a function is written: 'support(movement[, province])'."""
    function = FUNCTIONS[name]
    takes = [kind.value for kind in function.takes]
    told = ", ".join(takes[: function.least])
    more = "".join(f"[, {kind}]" for kind in takes[function.least :])
    return f"{name}({told}{more})"


_FIXED = {Kind.TERM: TERMS, Kind.POLICY: POLICIES}
"""Kinds of name that are the same in every scenario."""


def _argument(kind: Kind, arg: ast.Name) -> Node:
    rows = _FIXED.get(kind)
    if rows is None:
        return Node("name", name=arg.id, column=arg.col_offset)
    if arg.id not in rows:
        raise ConditionError(f"there is no {kind.value} '{arg.id}'", nearest(arg.id, rows), arg.col_offset)
    return Node("number", number=float(rows[arg.id]), column=arg.col_offset)


def _names(node: Node) -> Iterator[tuple[Kind, Node]]:
    if node.op in FUNCTIONS:
        pairs = zip(FUNCTIONS[node.op].takes, node.parts, strict=False)
        yield from ((kind, part) for kind, part in pairs if part.op == "name")
        return
    for part in node.parts:
        yield from _names(part)


def _words(node: Node) -> Iterator[str]:
    if node.op in FUNCTIONS:
        yield node.op
    elif node.op == "value":
        yield node.name
    for part in node.parts:
        yield from _words(part)


def _bound(node: Node, row_of: Callable[[Kind, str], int]) -> Node:
    if node.op in FUNCTIONS:
        kinds = FUNCTIONS[node.op].takes
        parts = (
            replace(part, number=float(row_of(kind, part.name))) if part.op == "name" else part
            for kind, part in zip(kinds, node.parts, strict=False)
        )
        return replace(node, parts=tuple(parts))
    return replace(node, parts=tuple(_bound(part, row_of) for part in node.parts))
