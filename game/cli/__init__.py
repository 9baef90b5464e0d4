"""The one entry point: `kampuchea`, and `python -m game`.

Whatever a user can get wrong ends in one message on stderr with place, cause and remedy, and exit status 2.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from game import __version__
from game.cli import output
from game.cli.arguments import Interrupted
from game.core.texts import printable

USER_ERROR = 2
"""Exit status when arguments, files or the machine's state are at fault."""
INTERRUPTED = 130
"""Exit status after Ctrl-C."""


class Commands(TyperGroup):
    """All commands together, of which none asks the user anything."""

    def make_context(self, *arguments: Any, **named: Any) -> Any:
        """Read the options before the command."""
        with _printable_errors():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. A file that ends too soon is no Ctrl-D at a question, as click takes it for."""
        try:
            with _printable_errors():
                return super().invoke(ctx)
        except EOFError as error:
            raise RuntimeError(f"something that was read ended too soon: {error}") from error


_WrongArguments: Any = typer.BadParameter.__base__
"""UsageError of click, or of the copy of click that newer versions of typer have inside."""


@contextmanager
def _printable_errors() -> Iterator[None]:
    """What is wrong with arguments is told by click, which repeats them as they are."""
    try:
        yield
    except _WrongArguments as error:
        error.message = printable(error.message)
        raise


def build_app() -> typer.Typer:
    """All commands together."""
    # here and not above: whoever interrupts the half second that they take should get no traceback
    from game.cli import author_commands, explain_command, map_commands, play_commands, rules_command, run_commands

    app = typer.Typer(
        name="kampuchea",
        cls=Commands,
        help="Kampuchea 1977-1997: a turn-based simulation of the Cambodian-Vietnamese War on a hex map.",
        no_args_is_help=True,
        add_completion=False,
        # plain text: an error stays in one line that can be searched for
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    app.add_typer(play_commands.app)
    app.add_typer(run_commands.app)
    app.add_typer(author_commands.app)
    app.add_typer(map_commands.app, name="map")
    app.add_typer(rules_command.app)
    app.add_typer(explain_command.app)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        output.say(f"kampuchea {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends with SystemExit. `arguments`: those of the process if left out."""
    output.prepare()
    try:
        build_app()(args=None if arguments is None else list(arguments), prog_name="kampuchea")
    # in this order: whoever was interrupted must not import what is asked for further down
    except KeyboardInterrupt:
        _say_interrupted()
    except Interrupted as error:
        _say_interrupted(f": {error}")
    except SystemExit as end:
        if end.code == INTERRUPTED:  # which typer makes of a KeyboardInterrupt
            _say_interrupted()
        raise
    except _user_errors() as error:
        output.tell(f"kampuchea: {error}")
        sys.exit(USER_ERROR)
    except BrokenPipeError:
        output.give_up()  # the reader (head, less) has gone
        sys.exit(1)
    except OSError as error:
        output.tell(f"kampuchea: {output.told(error)}")
        output.give_up()
        sys.exit(USER_ERROR)


def _say_interrupted(kept: str = "") -> NoReturn:
    with suppress(ValueError):  # of a thread: it hears none
        signal.signal(signal.SIGINT, lambda *_: None)  # once is enough
    output.tell(f"kampuchea: interrupted{kept}")
    sys.exit(INTERRUPTED)


def _user_errors() -> tuple[type[Exception], ...]:
    """Errors that say what a user should do."""
    from game.cli.arguments import UsageError
    from game.engine.saves import SaveError
    from game.headless.bench import BenchError
    from game.headless.store import StoreError
    from game.headless.workers import WorkersError
    from game.scenario.loader import ScenarioError
    from game.scenario.mapfile import MapFileError
    from game.scenario.rulesets import RulesetError

    return UsageError, ScenarioError, MapFileError, RulesetError, SaveError, StoreError, WorkersError, BenchError
