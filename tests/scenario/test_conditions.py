"""The language of events' conditions: what it reads, what it refuses, and that it never runs anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario.conditions import FUNCTIONS, ConditionError, Kind, read_condition


def test_names_are_told_by_what_they_stand_for() -> None:
    condition = read_condition("controls(vietnam, phnom_penh) and not held(dk, Cambodia) >= 0.5")
    assert [(kind, node.name) for kind, node in condition.names()] == [
        (Kind.FACTION, "vietnam"), (Kind.PLACE, "phnom_penh"), (Kind.FACTION, "dk"), (Kind.COUNTRY, "Cambodia"),
    ]  # fmt: skip


def test_names_are_bound_to_rows() -> None:
    bound = read_condition("will(dk) < 3").bound(lambda kind, name: len(name))
    assert bound.root.parts[0].parts[0].number == 2.0


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("will(dk) < ", 9), ("1979-02-30 > date", 0), ("will(3) > 2", 5), ("__import__('os')", 0), ("[1][0]", 0),
        ("lambda: 1", 0), ("will.__class__", 0), ("1 if 2 else 3", 0), ("'text'", 0), ("dk", 0), ("men(f=dk)", 0),
        ("True", 0), ("1 < 2 in 3", 0), ("2 ** 9", 0), ("", 0),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_its_place(text: str, column: int) -> None:
    with pytest.raises(ConditionError) as refused:
        read_condition(text)
    assert refused.value.column == column
    assert refused.value.remedy or text == "dk"


def test_long_and_deep_conditions_are_refused() -> None:
    for text in ("1+" * 300 + "1", "(" * 190 + "1" + ")" * 190, "not " * 90 + "1", "-" * 300 + "1"):
        try:
            read_condition(text)
        except ConditionError:
            continue
        assert text.startswith("(((")  # brackets alone make nothing deeper


@given(st.text(max_size=60) | st.text(alphabet="acdeiklnrw()<>=+-*/. 0123456789,_", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        condition = read_condition(text)
    except ConditionError:
        return
    assert all(kind in Kind for kind, _ in condition.names())


def test_every_function_is_described() -> None:
    assert all(function.means for function in FUNCTIONS.values())
