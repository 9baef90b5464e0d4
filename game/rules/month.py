"""The rules of a month in one piece, as `impulse` has those of an impulse: what Python enters once a month.

The order is that of `SEQUENCE_OF_PLAY` in the engine (a test compares them), where each chapter's title stands too.
"""

from __future__ import annotations

from game.core.kernels import chapter
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.mines import month_of_mines
from game.rules.sweep import watch_borders
from game.rules.workspace import Now, Work


@chapter
def play_month(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """1.7 All that happens by rule at the end of a month, in order."""
    month_of_mines(w, g, c, x, r, now)
    watch_borders(w, g, c, x, r, now)
