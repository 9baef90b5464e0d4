"""`kampuchea explain` answers why: for a hex, a force, a relation and support, with contributions by size."""

from __future__ import annotations

import json
from typing import Any

import pytest
from command_line import CommandLine

CAMPAIGN = "grand_campaign_1977_1997"


def asked(kampuchea: CommandLine, *what: str) -> dict[str, Any]:
    (found,) = json.loads(kampuchea.run("explain", CAMPAIGN, *what, "--turns", "1", "--json").stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (("hex", "phnom_penh"), "in control"),
        (("force", "FORCE"), "men"),
        (("relation", "vietnam", "dk"), "of -100 to 100"),
        (("support", "dk"), "people prefer it"),
        (("support", "dk", "battambang"), "people prefer it"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_each_is_answered_with_contributions_in_order_of_size(
    kampuchea: CommandLine, what: tuple[str, ...], words: str
) -> None:
    names = tuple(first_force() if name == "FORCE" else name for name in what)
    found = asked(kampuchea, *names)
    assert words in found["value"]
    sizes = [abs(part["amount"]) for part in found["parts"]]
    assert sizes == sorted(sizes, reverse=True)
    assert all(part["text"] for part in found["parts"])
    total = sum(part["amount"] for part in found["parts"])
    if what[0] == "relation":
        assert f"{total:+.0f} of" in found["value"], "its bonds sum to it"
    elif what[0] == "support":
        assert f"towards {total:.1f} %" in found["value"], "its causes sum to where it moves"
    else:
        assert total > 0.0


def first_force() -> str:
    from game.engine.playable import load

    return load(CAMPAIGN).definition.setting.forces[0].id


def test_a_name_that_nobody_has_gets_one_message_and_status_2(kampuchea: CommandLine) -> None:
    assert "vietnam" in kampuchea.run("explain", CAMPAIGN, "relation", "vietnm", "dk", status=2).stderr
