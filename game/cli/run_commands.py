"""Commands that run games without a window: simulate, bench."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game import __version__
from game.cli.arguments import AgentsOption, JsonOption, UsageError, chosen_agents

if TYPE_CHECKING:
    from rich.progress import Progress

    from game.engine.playable import Playable
    from game.headless.store import Store
    from game.headless.sweep import Plan
    from game.results.runs import RunResult
    from game.scenario.model import Scenario

app = typer.Typer(rich_markup_mode=None)

MAIN_SCENARIO = "christmas_invasion_1978"
INTERRUPTED = 130
MOST_RUNS = 1_000_000
MOST_JOBS = 256

ScenarioArgument = Annotated[str, typer.Argument(help="Id of a shipped scenario, or the folder of one.")]


@app.command(short_help="Run a scenario many times without a window.")
def simulate(
    scenario: ScenarioArgument = MAIN_SCENARIO,
    runs: Annotated[int, typer.Option(help="Number of runs.", min=1, max=MOST_RUNS)] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the first run; run k has this plus k.", min=0)] = 1,
    jobs: Annotated[
        int | None, typer.Option(help="Processes; as many as this machine's cores if left out.", min=1, max=MOST_JOBS)
    ] = None,
    agents: AgentsOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the manifest and the Parquet tables.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the sweep in the folder of --out.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run a scenario many times, agents against agents, and set the outcomes beside history."""
    from game.engine.playable import load
    from game.engine.world import SEED_LIMIT
    from game.headless.sweep import Plan

    if seed + runs > SEED_LIMIT:
        raise UsageError(f"seeds {seed} to {seed + runs - 1} go beyond {SEED_LIMIT - 1}; choose a smaller --seed")
    if resume and out is None:
        raise UsageError("--resume goes on with a sweep in a folder: name it with --out")
    playable = load(scenario)
    definition = playable.definition
    chosen = chosen_agents(agents or [], playable.sides)
    plan = Plan(scenario, tuple(chosen.items()), seed, runs, turns=out is not None)
    store = None
    if out is not None:
        # the libraries of its tables take fifty megabytes
        from game.headless.store import Identity, Store

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


@app.command(short_help="Measure how fast the game runs here.")
def bench(
    as_json: JsonOption = False,
    soak: Annotated[
        int | None,
        typer.Option(
            "--soak",
            min=1,
            max=10_000,
            metavar="MINUTES",
            help="Play so many minutes in an unseen window instead, faster than a person; print what memory it takes.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Measure how fast the game runs on this machine; takes a minute or two."""
    from game.headless.bench import bench as measure

    if soak is not None:
        _soak(soak)
        return

    def tell(what: str) -> None:
        typer.echo(f"measuring: {what}", err=True)

    figures = measure(tell)
    tell("panning the full map under the whole play screen")
    figures["frame_ms_p99"] = _frame_ms_p99()
    if as_json:
        typer.echo(json.dumps(figures, allow_nan=False))
    else:
        _print_figures(figures)


_SOAK = """
import json, sys
from game.core.memory import collect_seldom
collect_seldom()
from game.ui.soak import soak
for minute, where, megabytes in soak(int(sys.argv[1])):
    print(json.dumps([minute, where, round(megabytes)]), flush=True)
"""


def _soak(minutes: int) -> None:
    """Minutes played, where the player is and megabytes held, a line each, while a process of its own plays."""
    from game.headless.bench import python_lines

    typer.echo("minute     MB  where")
    for line in python_lines(["-c", _SOAK, str(minutes)], "memory", _UNSEEN):
        minute, where, megabytes = json.loads(line)
        typer.echo(f"{minute:6}  {megabytes:5}  {where}")


_UNSEEN = {"SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
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

    try:
        return float(json.loads(run_python(["-c", _PAN], "frames", _UNSEEN)))
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
    wanted = [run for run in range(plan.runs) if run not in kept]
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
            if wanted:
                _make_ready(playable, plan, progress)
            sweep(playable, plan, jobs, wanted, listen)
        except KeyboardInterrupt:
            interrupted = True
    if store is not None:
        store.close()
    return [kept[run] for run in sorted(kept)], interrupted


def _make_ready(playable: Playable, plan: Plan, progress: Progress) -> None:
    """Compile the rules if they were not compiled before, and say so."""
    from rich.progress import TaskID

    from game.headless.ready import make_ready

    shown: list[TaskID] = []

    def tell(what: str) -> None:
        text = f"compiling the rules, once on this machine: {what}"
        if not shown:
            shown.append(progress.add_task(text, total=None))
        progress.update(shown[0], description=text)

    make_ready(playable, dict(plan.agents), tell)
    for task in shown:
        progress.remove_task(task)


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
    console.print(report(summarise(definition, runs), console.width))
