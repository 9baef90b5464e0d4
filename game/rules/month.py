"""The rules of a month in one piece, as `impulse` has those of an impulse: what Python enters once a month.

The order is that of `SEQUENCE_OF_PLAY` in the engine (a test compares them), where each chapter's title stands too.
"""

from __future__ import annotations

from game.core.kernels import chapter
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.assembly import vote
from game.rules.camps import shelter
from game.rules.economy import keep_accounts
from game.rules.fracture import administer, break_apart, go_over, keep_partners
from game.rules.harm import labour
from game.rules.harvest import harvest
from game.rules.manpower import muster
from game.rules.mines import month_of_mines
from game.rules.relations import weigh_relations
from game.rules.security import secure
from game.rules.support import sway
from game.rules.sweep import watch_borders
from game.rules.treaties import keep_treaties
from game.rules.unity import bury_spent, weigh_leaders
from game.rules.workspace import Now, Work


@chapter
def play_month(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """1.7 All that happens by rule at the end of a month, in order."""
    month_of_mines(w, g, c, x, r, now)
    watch_borders(w, g, c, x, r, now)
    secure(w, g, c, x, r, now)
    harvest(w, g, c, x, r, now)
    labour(w, g, c, x, r, now)
    shelter(w, g, c, x, r, now)
    sway(w, g, c, x, r, now)
    keep_accounts(w, g, c, x, r, now)
    muster(w, g, c, x, r, now)
    weigh_relations(w, g, c, x, r, now)
    keep_treaties(w, g, c, x, r, now)
    vote(w, g, c, x, r, now)
    weigh_leaders(w, g, c, x, r, now)
    break_apart(w, g, c, x, r, now)
    go_over(w, g, c, x, r, now)
    keep_partners(w, g, c, x, r, now)
    administer(w, g, c, x, r, now)
    bury_spent(w, g, c, x, r, now)
