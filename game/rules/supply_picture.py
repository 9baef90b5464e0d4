"""Chapter 4 as a picture: what can reach a hex, and which way supplies flow, by the same clauses that issue them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.columns import force as F
from game.core.ids import OFF_MAP
from game.core.kernels import kernel
from game.core.ruleset import SupplyRules
from game.core.setting import Ground, Setting
from game.core.state import Tables
from game.rules.supply import fill_haul_steps, in_play, need_per_day, pass_kg, same_side, solve_haul
from game.rules.workspace import INF, Work, make_work


class Link(NamedTuple):
    """Supplies on their way from one hex to the next."""

    start: int
    end: int
    tonnes: float
    """A day."""


@kernel
def trace(
    w: Tables,
    g: Ground,
    x: Work,
    rules: SupplyRules,
    faction: int,
    season: int,
    tonnes: npt.NDArray[np.float64],
    flow: npt.NDArray[np.float64],
) -> None:
    """4.4, 4.5 tonnes [hexes]: t a day that the line to each hex can carry; flow [hexes]: t a day that come into it."""
    solve_haul(w, g, x, rules, faction)
    for h in range(tonnes.shape[0]):
        tonnes[h] = 0.0
        flow[h] = 0.0
        if x.haul[faction, h] >= INF:
            continue
        least = INF
        at = h
        while at != OFF_MAP:
            least = min(least, pass_kg(w, g, rules, at, season) / 1000.0)
            at = x.haul_from[faction, at]
        tonnes[h] = least
    for f in range(w.force_i.shape[1]):
        if not in_play(w, f) or not same_side(w, faction, w.force_i[F.FACTION, f]):
            continue
        at = w.force_i[F.HEX, f]
        if x.haul[faction, at] >= INF:
            continue
        need = need_per_day(w, rules, f, 1) / 1000.0
        while x.haul_from[faction, at] != OFF_MAP:
            flow[at] += need
            at = x.haul_from[faction, at]


def picture(setting: Setting, tables: Tables, faction: int, season: int) -> tuple[npt.NDArray[np.float64], list[Link]]:
    """(t a day that can reach each hex [hexes], the flow of supplies to the side's forces on the march).

    `tables`: the state or a side's view.
    """
    n = setting.map.n
    x = make_work(n, tables.force_i.shape[1], tables.faction_i.shape[1], tables.depot_i.shape[1], 1)
    fill_haul_steps(setting.ground, setting.chapters.supply, x.haul_step)
    tonnes, flow = np.zeros(n), np.zeros(n)
    trace(tables, setting.ground, x, setting.chapters.supply, faction, season, tonnes, flow)
    come_from = x.haul_from[faction]
    links = [Link(int(come_from[h]), h, float(flow[h])) for h in np.flatnonzero(flow > 0.0).tolist()]
    return tonnes, links
