"""The window set up for pictures and measurements: shipped scenarios, planned by the commander."""

from __future__ import annotations

import time
from collections.abc import Callable

from game.ai import registry
from game.core.columns import force
from game.core.ids import Order
from game.ui.actions import Replace
from game.ui.screens.play import PlayScreen
from game.ui.window import App

SCENARIO, SIDE, AGENT, SEED = "christmas_invasion_1978", "vietnam", "commander", 7
CAMPAIGN, CAMPAIGN_SIDE, CAMPAIGN_TURNS = "grand_campaign_1977_1997", "vietnam", 84
_LIMIT_S = 180.0
_QUIET_FRAMES = 12
"""Frames without news after which a picture counts as finished."""


def settle(app: App, ready: Callable[[], bool] = lambda: True) -> None:
    """Draw until the picture is finished and `ready`. TimeoutError if it never is."""
    end, quiet = time.monotonic() + _LIMIT_S, 0
    while quiet < _QUIET_FRAMES:
        app.frame(0.05)
        quiet = quiet + 1 if app.reading.done and not app.drawing and ready() else 0
        if time.monotonic() > end:
            raise TimeoutError("the picture does not get finished")
        time.sleep(0.02)


def open_campaign(app: App) -> PlayScreen:
    """The grand campaign on the play screen, as its agents have left it after some years."""
    playable = app.library.open(CAMPAIGN)
    session = app.library.begin(playable, CAMPAIGN_SIDE, dict.fromkeys(playable.sides, AGENT), SEED)
    planner = registry.agent(AGENT, session.scenario, CAMPAIGN_SIDE)
    while session.world.turn < CAMPAIGN_TURNS:
        session.plan(planner.orders(session.view()))
        list(session.end_turn())
    play = PlayScreen(app, session)
    app.obey(Replace(play))
    app.frame(0.05)
    return play


def open_game(app: App) -> PlayScreen:
    """A new game on the play screen, the side's orders planned, its strongest assault selected and looked at."""
    playable = app.library.open(SCENARIO)
    session = app.library.begin(playable, SIDE, dict.fromkeys(playable.sides, AGENT), SEED)
    play = PlayScreen(app, session)
    app.obey(Replace(play))
    app.frame(0.05)
    session.plan(registry.agent(AGENT, session.scenario, SIDE).orders(session.view()))
    assaults = [p for p in play.match.planned() if p.kind is Order.ATTACK and play.card.enemies(p.dest)]
    if assaults:
        men = play.match.view.tables.force_i[force.MEN]
        best = max(assaults, key=lambda p: (sum(int(men[f]) for f in p.forces), -p.number))
        play.desk.select_force(best.forces[0])
        play.camera.centre_on(best.dest, glide=False)
    play.changed()
    return play
