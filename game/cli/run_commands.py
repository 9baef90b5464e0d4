"""Commands that run games: play, simulate, replay, bench."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game import __version__

if TYPE_CHECKING:
    from game.engine.playable import Playable
    from game.headless.store import Store
    from game.headless.sweep import Plan
    from game.results.runs import RunResult
    from game.scenario.model import Scenario

app = typer.Typer(rich_markup_mode=None)

MAIN_SCENARIO = "christmas_invasion_1978"
DEFAULT_AGENT = "commander"
INTERRUPTED = 130
MOST_RUNS = 1_000_000
MOST_JOBS = 256

ScenarioArgument = Annotated[str, typer.Argument(help="Id of a shipped scenario, or the folder of one.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on stdout.")]


class UsageError(Exception):
    """Arguments or surroundings that cannot work; the text says why and what to do."""


@app.command()
def play(
    scenario: Annotated[str | None, typer.Argument(help="Scenario to open at once; the menu if left out.")] = None,
) -> None:
    """Open the game's window."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    ):
        raise UsageError("there is no display to open a window on; to run the war without one: make simulate")
    if scenario is not None:
        from game.scenario.loader import load

        load(scenario)  # its faults belong on the terminal that named it, before a window opens
    from game.ui.app import run

    run(scenario)


@app.command()
def simulate(
    scenario: ScenarioArgument = MAIN_SCENARIO,
    runs: Annotated[int, typer.Option(help="Number of runs.", min=1, max=MOST_RUNS)] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the first run; run k has this plus k.", min=0)] = 1,
    jobs: Annotated[
        int | None, typer.Option(help="Processes; as many as this machine's cores if left out.", min=1, max=MOST_JOBS)
    ] = None,
    agents: Annotated[
        list[str] | None,
        typer.Option(help="side=agent, repeated or with commas between; commander for sides not named."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the manifest and the Parquet tables.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the sweep in the folder of --out.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run a scenario many times, agents against agents, and set the outcomes beside history."""
    from game.engine.playable import load
    from game.engine.world import SEED_LIMIT
    from game.headless.store import Identity, Store
    from game.headless.sweep import Plan

    if seed + runs > SEED_LIMIT:
        raise UsageError(f"seeds {seed} to {seed + runs - 1} go beyond {SEED_LIMIT - 1}; choose a smaller --seed")
    if resume and out is None:
        raise UsageError("--resume goes on with a sweep in a folder: name it with --out")
    playable = load(scenario)
    definition = playable.definition
    chosen = _agents(agents or [], playable.sides)
    plan = Plan(scenario, tuple(chosen.items()), seed, runs, turns=out is not None)
    store = None
    if out is not None:
        store = Store.open(out, Identity.of(__version__, definition, plan), definition, runs, resume)
    finished, interrupted = _sweep(playable, plan, jobs or _cores(), store)
    if as_json:
        typer.echo(json.dumps(_as_json(definition, finished), ensure_ascii=False, allow_nan=False))
    else:
        _print_report(definition, finished)
    if out is not None:
        typer.echo(f"{len(finished)} of {runs} runs are in {out}", err=True)
    if interrupted:
        more = "; the same command with --resume goes on" if out is not None else ""
        typer.echo(f"interrupted: kept {len(finished)} runs{more}", err=True)
        raise typer.Exit(INTERRUPTED)
    if all(run.error is not None for run in finished):
        raise typer.Exit(1)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A saved game (.kampuchea) or a replay (.replay.json).")],
    as_json: JsonOption = False,
) -> None:
    """Play a saved game or a replay again without a window, and compare its end with the recorded one."""
    from game.ai.registry import agent
    from game.engine.playable import load
    from game.engine.replay import SUFFIX, Replay, verify
    from game.engine.session import Session

    if file.name.endswith(SUFFIX):
        recorded = Replay.load(file)
    else:
        recorded = Replay.from_session(Session.load(file, agent))
    final = verify(recorded, load(recorded.scenario))
    if as_json:
        found = {
            "scenario": recorded.scenario,
            "seed": recorded.seed,
            "turns": len(recorded.orders),
            "state_hash": final,
        }
        typer.echo(json.dumps(found, allow_nan=False))
    else:
        played = f"{len(recorded.orders)} turns played again"
        typer.echo(f"{recorded.scenario}, seed {recorded.seed}: {played}, same end {final[:12]}")


@app.command()
def bench(as_json: JsonOption = False) -> None:
    """Measure how fast the game runs on this machine; takes a minute or two."""
    from game.headless.bench import bench as measure

    def tell(what: str) -> None:
        typer.echo(f"measuring: {what}", err=True)

    figures = measure(tell)
    tell("panning the full map under the whole play screen")
    figures["frame_ms_p99"] = _frame_ms_p99()
    if as_json:
        typer.echo(json.dumps(figures, allow_nan=False))
    else:
        _print_figures(figures)


_PAN = """
import json
from game.ui.framebench import pan_frame_ms
print(json.dumps(pan_frame_ms()["p99"]))
"""


def _frame_ms_p99() -> float | None:
    """Milliseconds a frame, 99th percentile: the play screen panned at 1920 x 1080 in software, in its own process.

    None, with a message, where the window cannot be drawn: the other figures are worth having.
    """
    from game.headless.bench import BenchError, run_python

    environment = {"SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    try:
        return float(json.loads(run_python(["-c", _PAN], "frames", environment)))
    except BenchError as error:
        typer.echo(f"kampuchea: {error}", err=True)
        return None


def _print_figures(figures: Mapping[str, object]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from game.headless.bench import GOALS

    table = Table("figure", "measured", "goal", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, value in figures.items():
        sign, goal = GOALS.get(name, ("", None))
        if isinstance(value, dict):
            for chapter, microseconds in value.items():
                table.add_row(f"{name}: {chapter}", f"{microseconds:,.1f}", "")
        else:
            measured = f"{value:,.2f}" if isinstance(value, float) else "not known here"
            table.add_row(name, measured, "" if goal is None else f"{sign} {goal:g}")
    Console().print(table)


def _agents(named: Sequence[str], sides: Sequence[str]) -> dict[str, str]:
    """Side -> agent, for every side. UsageError if a name is not known."""
    from game.ai.registry import names

    chosen = dict.fromkeys(sides, DEFAULT_AGENT)
    for item in (part.strip() for text in named for part in text.split(",")):
        side, equals, agent = item.partition("=")
        if not equals:
            raise UsageError(f"--agents {item!r} does not read side=agent; for example --agents {sides[0]}=passive")
        if side not in chosen:
            raise UsageError(f"--agents names no side {side!r}{_nearest(side, sides)}; sides: {', '.join(sides)}")
        if agent not in names():
            known = ", ".join(names())
            raise UsageError(f"--agents names no agent {agent!r}{_nearest(agent, names())}; agents: {known}")
        chosen[side] = agent
    return chosen


def _nearest(word: str, words: Sequence[str]) -> str:
    close = get_close_matches(word, words, n=1)
    return f", did you mean {close[0]!r}?" if close else ""


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _sweep(playable: Playable, plan: Plan, jobs: int, store: Store | None) -> tuple[list[RunResult], bool]:
    """All runs kept, in order, and whether the sweep was interrupted."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from game.headless.sweep import sweep

    kept: dict[int, RunResult] = {} if store is None else store.done
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    interrupted = False
    with progress:
        task = progress.add_task(plan.scenario, total=plan.runs, completed=len(kept))

        def listen(result: RunResult) -> None:
            if store is not None:
                store.add(result)
            else:
                kept[result.run] = result
            failed = sum(run.error is not None for run in kept.values()) if result.error else 0
            if failed:
                progress.update(task, description=f"{plan.scenario}, {failed} failed")
            progress.update(task, completed=len(kept))

        try:
            sweep(playable, plan, jobs, [run for run in range(plan.runs) if run not in kept], listen)
        except KeyboardInterrupt:
            interrupted = True
    if store is not None:
        store.close()
    return [kept[run] for run in sorted(kept)], interrupted


def _as_json(definition: Scenario, runs: Sequence[RunResult]) -> Mapping[str, object]:
    from game.results.summary import summarise

    summary = summarise(definition, runs)
    return {
        "scenario": definition.id,
        "runs": [run.as_dict() for run in runs],
        "summary": {milestone.id: milestone.as_dict() for milestone in summary.milestones},
    }


def _print_report(definition: Scenario, runs: Sequence[RunResult]) -> None:
    from rich.console import Console

    from game.results.report import report
    from game.results.summary import summarise

    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(report(summarise(definition, runs)))
