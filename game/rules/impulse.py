"""The rules of an impulse in one piece: what Python enters once, instead of chapter by chapter.

The order is that of `SEQUENCE_OF_PLAY` in the engine (a test compares them), where each chapter's title stands too.
"""

from __future__ import annotations

from game.core.kernels import chapter
from game.core.ruleset import Ruleset
from game.core.setting import Ground
from game.core.state import Tables
from game.rules.ambush import raid
from game.rules.battle import fight
from game.rules.condition import rest_and_leave
from game.rules.control import enforce
from game.rules.mines import tread
from game.rules.movement import march
from game.rules.orders import bring_arrivals
from game.rules.people import suffer
from game.rules.politics import weigh_will
from game.rules.retreat import after_battle
from game.rules.sight import look
from game.rules.supply import feed
from game.rules.sweep import comb
from game.rules.workspace import Now, Work


@chapter
def play_impulse(w: Tables, g: Ground, x: Work, r: Ruleset, now: Now) -> None:
    """1.6 All that happens by rule in an impulse, in order."""
    bring_arrivals(w, g, x, r, now)
    march(w, g, x, r, now)
    fight(w, g, x, r, now)
    after_battle(w, g, x, r, now)
    feed(w, g, x, r, now)
    raid(w, g, x, r, now)
    comb(w, g, x, r, now)
    tread(w, g, x, r, now)
    rest_and_leave(w, g, x, r, now)
    enforce(w, g, x, r, now)
    suffer(w, g, x, r, now)
    weigh_will(w, g, x, r, now)
    look(w, g, x, r, now)
