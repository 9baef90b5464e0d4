"""After the warm-up nothing is left to be compiled."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from types import SimpleNamespace

import pytest

import game
from game.ai.warmup import is_warm, warm_up
from game.core import kernels
from game.core.compiling import trouble
from game.core.kernelplace import found
from game.core.kernels import COMPILED


def compiled_versions() -> dict[str, int]:
    """Compiled versions of every kernel that is loaded."""
    found = {}
    for module in [m for name, m in sys.modules.items() if name.startswith("game.")]:
        for name, thing in vars(module).items():
            if hasattr(thing, "py_func") and hasattr(thing, "is_compiled"):
                found[f"{thing.py_func.__module__}.{name}"] = int(thing.is_compiled)
            elif hasattr(thing, "py_func") and hasattr(thing, "signatures"):
                found[f"{thing.py_func.__module__}.{name}"] = len(thing.signatures)
    return found


def test_a_real_game_compiles_nothing_more_after_the_warm_up() -> None:
    told: list[tuple[str, float]] = []
    warm_up(lambda what, share: told.append((what, share)))
    assert is_warm() and told[-1] == ("ready", 1.0)
    assert [share for _, share in told] == sorted(share for _, share in told)
    before = compiled_versions()
    assert bool(before) == COMPILED
    for name in ("christmas_invasion_1978", "grand_campaign_1977_1997"):
        scenario = game.load(name)
        world = scenario.start(3)
        agents = {side: game.agent("commander", scenario, side) for side in scenario.sides}
        for _ in range(2):
            world.step({side: agent.orders(world.view(side)) for side, agent in agents.items()})
        world.routes.reach(world.tables, 0, world.season)
        assert compiled_versions() == before


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_what_the_warm_up_has_made_ready_lies_on_disk_the_month_with_it() -> None:
    from game.core.kernelfiles import USED

    warm_up()
    assert trouble() == ""
    for entered in ("rules.impulse.play_impulse", "rules.month.play_month", "ai.planning.plan", "rules.preview.fight"):
        (name,) = (used for used in USED if used.startswith(f"game.{entered}"))
        assert found(name) is not None


def test_a_warm_up_is_ended_by_what_its_listener_raises() -> None:
    def interrupt(what: str, share: float) -> None:
        raise InterruptedError(what)

    with pytest.raises(InterruptedError):
        warm_up(interrupt)


def test_a_second_warm_up_returns_at_once() -> None:
    told: list[str] = []
    warm_up()
    warm_up(lambda what, share: told.append(what))
    assert told == ["ready"]


def test_two_threads_that_want_the_same_chapter_get_the_same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither may take the other's unfinished work."""
    made = []

    class Slow:
        """Stands for numba's dispatcher."""

        def __init__(self) -> None:
            self.overloads: dict[int, SimpleNamespace] = {}
            made.append(self)

        def compile(self, types: tuple[object, ...]) -> None:
            sleep(0.05)
            self.overloads[0] = SimpleNamespace(entry_point=lambda: self)

    monkeypatch.setattr(kernels, "_dispatcher", lambda function, **options: Slow())

    def rule() -> None:
        """A rule."""

    chapter = kernels._Chapter(rule)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(chapter.compile, ()) for _ in range(4)]:
            done.result()
    assert chapter.is_compiled
    assert made == [chapter()]
