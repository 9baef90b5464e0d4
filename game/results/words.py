"""Words of scenarios, paths and agents for the terminal: never markup, never an order to the terminal."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from game.core.standins import encodable
from game.core.texts import printable


class Words:
    """Text as it is: brackets are brackets, controls are spelt out, and letters that the output lacks have stand-ins
    before the lines are laid out."""

    def __init__(self, text: str, style: str = "") -> None:
        self._text = printable(text, lines=True)
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self._drawn(options)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._drawn(options))

    def _drawn(self, options: ConsoleOptions) -> Text:
        return Text(encodable(self._text, options.encoding), self._style, justify=options.justify)
