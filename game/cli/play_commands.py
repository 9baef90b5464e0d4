"""Commands for one game: play it in the window, and play it over without one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from game.cli import output
from game.cli.arguments import AgentsOption, JsonOption, UsageError, chosen_agents, known_side

if TYPE_CHECKING:
    from game.engine.playable import Playable
    from game.engine.replay import Replay

app = typer.Typer(rich_markup_mode=None)

WATCH = "watch"
"""What `--side` says to give no orders oneself."""
MOST_SEED = 2**31 - 1
_NO_GREETING = "PYGAME_HIDE_SUPPORT_PROMPT"


@app.command(short_help="Open the window: the menu, or a game at once.")
def play(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="SCENARIO|FOLDER|SAVE",
            help="Begin at once: a scenario by id or folder, a saved game or a replay. A folder that holds scenarios: "
            "the menu, with these among the others. The menu if left out.",
        ),
    ] = None,
    side: Annotated[
        str | None, typer.Option(help="Side to play, or 'watch'; the scenario's first if left out.", show_default=False)
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(help="Seed of chance; a new one if left out.", min=0, max=MOST_SEED, show_default=False),
    ] = None,
    agents: AgentsOption = None,
    load: Annotated[
        Path | None,
        typer.Option(help="Saved game or replay to go on with; SCENARIO is then its own.", show_default=False),
    ] = None,
) -> None:
    """Open the window: at the menu, or at once in a new game, a saved one or a replay."""
    _ask_for_a_display()
    choices = side is not None or seed is not None or bool(agents)
    if load is None and what is not None and _is_record(what):
        load, what = Path(what), None
    if load is not None and choices:
        raise UsageError(f"{load} has its own side, seed and agents; leave out --side, --seed and --agents")
    shelf = Path(what) if what is not None and load is None and _is_shelf(Path(what)) else None
    if what is None or shelf is not None:
        if choices:
            raise UsageError("--side, --seed and --agents go with one scenario: kampuchea play SCENARIO --side SIDE")
        _open_window(shelf, load=load)
        return
    from game.engine.playable import load as load_scenario

    playable = load_scenario(what)
    named = playable.definition.folder
    if load is not None:
        _open_window(named, playable, load=load)
        return
    own = _own_side(side, playable)
    chosen = chosen_agents(agents or [], playable.sides)
    if own is not None and any(item.split("=")[0].strip() == own for text in agents or [] for item in text.split(",")):
        raise UsageError(f"--agents names {own}, which is yours; leave it out, or play another with --side")
    _open_window(named, playable, own, chosen, seed)


def _open_window(
    named: Path | None = None,
    playable: Playable | None = None,
    side: str | None = None,
    agents: Mapping[str, str] | None = None,
    seed: int | None = None,
    load: Path | None = None,
) -> None:
    """As `ui.app.Opening`. UsageError if this machine shows no windows."""
    with _without_greeting():
        from game.ui.app import NoWindow, Opening, run

    try:
        run(Opening(() if named is None else (named,), playable, side, agents or {}, seed, load))
    except NoWindow as error:
        raise UsageError(f"the window cannot be opened: {error}; to run the war without one: make simulate") from error


@contextmanager
def _without_greeting() -> Iterator[None]:
    """pygame prints a line when it is imported, unless a variable says not to."""
    before = os.environ.get(_NO_GREETING)
    os.environ[_NO_GREETING] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_NO_GREETING]
        else:
            os.environ[_NO_GREETING] = before


def _ask_for_a_display() -> None:
    """UsageError where no window can be opened."""
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    ):
        raise UsageError("there is no display to open a window on; to run the war without one: make simulate")


def _is_record(name: str) -> bool:
    """Whether this names a saved game or a replay, there or not."""
    from game.engine import replay, saves

    return name.endswith((saves.SUFFIX, replay.SUFFIX)) and not Path(name).is_dir()


def _is_shelf(folder: Path) -> bool:
    """Whether this is a folder that is no scenario and holds some. UsageError for a folder without any."""
    from game.scenario.library import scenarios_in

    try:
        if not folder.is_dir():
            return False
    except (OSError, ValueError):
        return False
    inside = scenarios_in(folder)
    if not inside:
        raise UsageError(f"{folder} holds no scenario; write one there: kampuchea new my_war --in {folder}")
    return inside != (folder,)


def _own_side(side: str | None, playable: Playable) -> str | None:
    """Id of the side to play; None to watch."""
    sides = playable.definition.setting.sides
    able = [s.id for s in sides if s.playable]
    if side is None:
        return able[0] if able else None
    if side == WATCH:
        return None
    known_side("--side", side, [*(s.id for s in sides), WATCH])
    if side not in able:
        raise UsageError(f"--side {side}: agents play it in this scenario; choose {' or '.join([*able, WATCH])}")
    return side


@app.command(short_help="Play a saved game over and compare its end.")
def replay(
    file: Annotated[Path, typer.Argument(help="A saved game (.kampuchea) or a replay (.replay.json).")],
    scenario: Annotated[
        str | None, typer.Option(help="Its scenario, where it is not found again by itself.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File to write the replay to: NAME.replay.json.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Play a saved game or a replay over without a window, and compare its end with the recorded one."""
    from game.engine.replay import SUFFIX, verify

    if out is not None and not out.name.endswith(SUFFIX):
        raise UsageError(f"--out {out}: a replay's name ends in {SUFFIX}")
    recorded, playable = recorded_game(file, scenario)
    verdict = verify(recorded, playable)
    if verdict.warning:
        output.tell(f"kampuchea: {file}: {verdict.warning}")
    if out is not None:
        recorded.save(out)
        output.tell(f"Wrote {out}")
    if as_json:
        found = {
            "scenario": recorded.scenario,
            "seed": recorded.seed,
            "turns": len(recorded.orders),
            "state_hash": verdict.final_hash,
            "same": not verdict.warning,
        }
        output.say_json(found)
    else:
        played = f"{len(recorded.orders)} turns played over"
        same = "another end" if verdict.warning else "same end"
        output.say(f"{recorded.scenario}, seed {recorded.seed}: {played}, {same} {verdict.final_hash[:12]}")


def recorded_game(file: Path, scenario: str | None) -> tuple[Replay, Playable]:
    """What is to be played over, and on what."""
    from game.engine.playable import load, recall
    from game.engine.replay import SUFFIX, Replay

    playable = None if scenario is None else load(scenario)
    if not file.name.endswith(SUFFIX):
        return Replay.from_save(file, playable)
    recorded = Replay.load(file)
    if playable is None:
        playable = recall(file, recorded.scenario, recorded.scenario_hash, recorded.place)
    return recorded, playable
