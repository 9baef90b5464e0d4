"""Commands that run games without a window: simulate, bench."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game import __version__
from game.cli import output
from game.cli.arguments import AgentsOption, Interrupted, JsonOption, UsageError, named_agents
from game.core.texts import printable

if TYPE_CHECKING:
    from game.headless.plan import Plan
    from game.headless.store import Store
    from game.headless.workers import Workers
    from game.results.runs import RunResult
    from game.scenario.model import Scenario

app = typer.Typer(rich_markup_mode=None)

MAIN_SCENARIO = "christmas_invasion_1978"
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
    run_seconds: Annotated[
        float | None, typer.Option(help="End a run that takes longer; it counts as failed.", min=0.001)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Run a scenario many times, agents against agents, and set the outcomes beside history."""
    from game.core.setting import SEED_LIMIT
    from game.headless.workers import Workers

    if seed + runs > SEED_LIMIT:
        raise UsageError(f"seeds {seed} to {seed + runs - 1} go beyond {SEED_LIMIT - 1}; choose a smaller --seed")
    if resume and out is None:
        raise UsageError("--resume goes on with a sweep in a folder: name it with --out")
    with ExitStack() as stack:
        # they import the rules while this process, which does without, reads the scenario
        with Workers(scenario, min(jobs or _cores(), runs)) as workers:
            from game.headless.plan import Plan
            from game.scenario.loader import load

            definition = load(scenario)
            chosen = named_agents(agents or [], [side.id for side in definition.setting.sides])
            plan = Plan(scenario, tuple(chosen.items()), seed, runs, out is not None, run_seconds)
            store = None
            if out is not None:
                # the libraries of its tables take fifty megabytes
                from game.headless.store import Identity, Store

                identity = Identity.of(__version__, definition, plan)
                store = stack.enter_context(Store.open(out, identity, definition, runs, resume))
            finished, interrupted = _sweep(workers, plan, store)
        if store is not None:
            store.close()
    if as_json:
        output.say_json(_as_json(definition, finished))
    else:
        _print_report(definition, finished)
    kept = f"{len(finished)} of {runs} runs" + ("" if out is None else f" are in {out}")
    if interrupted:
        more = "" if out is None else "; the same command with --resume goes on"
        raise Interrupted(f"{kept}{more}")
    if out is not None:
        output.tell(kept)
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
        _soak(soak, as_json)
        return

    def tell(what: str) -> None:
        output.tell(f"measuring: {what}")

    figures = measure(tell)
    tell("panning the full map under the whole play screen")
    figures["frame_ms_p99"] = _frame_ms_p99()
    if as_json:
        output.say_json(figures)
    else:
        _print_figures(figures)


_SOAK = """
import json, sys
from game.core.memory import collect_seldom
collect_seldom()
from game.ui.soak import soak
for reading in soak(int(sys.argv[1])):
    print(json.dumps(reading._asdict()), flush=True)
"""
_EVERY_MIN = 5
"""Minutes between the lines that say how far a soak is."""


def _soak(minutes: int, as_json: bool) -> None:
    """What a process of its own holds while it plays: told as it goes, and all of it at the end."""
    from game.headless.bench import python_lines

    readings = []
    told = -_EVERY_MIN
    for line in python_lines(["-c", _SOAK, str(minutes)], "memory", _UNSEEN):
        reading = {
            key: round(value) if isinstance(value, float) and value == value else value
            for key, value in json.loads(line).items()
        }
        readings.append(reading)
        if reading["minute"] >= told + _EVERY_MIN:
            told = reading["minute"]
            output.tell("minute {minute}, {seconds} s: {megabytes} MB, {kept} of them kept; {where}".format(**reading))
    if as_json:
        output.say_json(readings)
        return
    typer.echo("minute      s     MB   kept  where")
    for reading in readings:
        typer.echo("{minute:6}  {seconds:5}  {megabytes:5}  {kept:5}  {where}".format(**reading))


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
        output.tell(f"kampuchea: {error}")
        return None


def _print_figures(figures: Mapping[str, object]) -> None:
    from rich import box
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
    output.show(table)


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _sweep(workers: Workers, plan: Plan, store: Store | None) -> tuple[list[RunResult], bool]:
    """All runs kept, in order, and whether the sweep was interrupted."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    kept: dict[int, RunResult] = {} if store is None else store.done
    console = output.messages()
    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,  # a log wants the messages only
    )
    wanted = [run for run in range(plan.runs) if run not in kept]
    compiling: list[TaskID] = []

    def tell(what: str, share: float) -> None:
        if not compiling:
            compiling.append(progress.add_task("", total=1.0))
        text = f"compiling the rules, once on this machine: {what} ({share:.0%})"
        progress.update(compiling[0], description=text, completed=share)

    def listen(result: RunResult) -> None:
        while compiling:
            progress.remove_task(compiling.pop())
        if store is not None:
            store.add(result)
        else:
            kept[result.run] = result
        failed = sum(run.error is not None for run in kept.values()) if result.error else 0
        if failed:
            progress.update(task, description=f"{printable(plan.scenario)}, {failed} failed")
        progress.update(task, completed=len(kept))

    interrupted = False
    with progress:
        task = progress.add_task(printable(plan.scenario), total=plan.runs, completed=len(kept))
        try:
            workers.run(plan, wanted, listen, tell)
        except KeyboardInterrupt:
            interrupted = True
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
    from game.results.report import report
    from game.results.summary import summarise

    output.show(report(summarise(definition, runs)), output.PIPE_WIDTH)
