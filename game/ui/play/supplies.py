"""The supply overlay: tonnes a day that can reach each hex, by the rules' own lines of communication.

A hex gets what the narrowest place of its line lets pass, at most what its depot hands out and the lorries can haul
so far; as far as the onlooking side knows who bars the way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.core.columns import depot, faction, force
from game.core.ids import OFF_MAP, Arms, HexIndex
from game.core.kernels import plain
from game.core.view import View
from game.engine.routes import Routes
from game.rules.lines import ANY_DEPOT, before_on_line, depot_at, solve_lines
from game.rules.presence import count_presence
from game.rules.supply import pass_kg
from game.rules.workspace import INF, Work, make_work
from game.ui.mapview import Flow
from game.ui.play.facts import in_play, need_per_day

come_from = plain(before_on_line)


@dataclass(frozen=True)
class SupplyPicture:
    """What the overlay shows."""

    tonnes: npt.NDArray[np.float64]
    """[hexes] t/day; 0 where no line reaches, -1 on water without one."""
    flows: tuple[Flow, ...]
    depots: tuple[tuple[HexIndex, str], ...]


def supply_picture(view: View, routes: Routes) -> SupplyPicture:
    """Solve the lines of the view's leading faction. Slow (uncompiled): call it in a Task."""
    t, setting = view.tables, view.setting
    lead = view.side.factions[0]
    work = make_work(setting.map.n, len(setting.forces), len(setting.factions), t.depot_i.shape[1])
    work.haul_step[:] = routes.haul_steps
    plain(count_presence)(t, work)
    work.active[lead] = 1
    plain(solve_lines)(t, setting.ground, work, setting.ruleset.supply)
    tonnes = _tonnes(view, work, lead)
    stocks: dict[HexIndex, int] = {}
    for k in range(t.depot_i.shape[1]):
        if int(t.depot_i[depot.FACTION, k]) in view.side.factions and t.depot_i[depot.STOCK_KG, k] > 0:
            at = int(t.depot_i[depot.HEX, k])
            stocks[at] = stocks.get(at, 0) + int(t.depot_i[depot.STOCK_KG, k])
    notes = tuple((at, f"{kg / 1000:,.0f} t") for at, kg in sorted(stocks.items()))
    return SupplyPicture(tonnes, _flows(view, work, lead), notes)


def _tonnes(view: View, work: Work, lead: int) -> npt.NDArray[np.float64]:
    t, setting = view.tables, view.setting
    haul = work.haul[ANY_DEPOT, lead]
    passing, origin = plain(pass_kg), plain(depot_at)
    lift = sum(float(t.faction_f[faction.LIFT_TKM, k]) for k in view.side.factions) * 1000.0
    tonnes = np.where(setting.map.is_land, 0.0, -1.0)
    kg = np.zeros(setting.map.n)
    for h in np.argsort(haul, kind="stable").tolist():
        if haul[h] >= INF:
            break
        before = int(come_from(setting.ground, work, ANY_DEPOT, lead, h))
        if before == OFF_MAP:
            limit = float(t.depot_i[depot.CAPACITY_KG, origin(t, work, ANY_DEPOT, lead, h)])
        else:
            limit = kg[before]
        here = float(passing(t, setting.ground, setting.ruleset.supply, h, int(view.season)))
        kg[h] = min(limit, here)
        tonnes[h] = min(kg[h], lift / haul[h] if haul[h] > 0 else kg[h]) / 1000.0
    return tonnes


def _flows(view: View, work: Work, lead: int) -> tuple[Flow, ...]:
    """The daily need of the side's forces, laid along their lines."""
    t, setting = view.tables, view.setting
    edges: dict[tuple[int, int], float] = {}
    for f in in_play(view):
        at = int(t.force_i[force.HEX, f])
        if not view.is_own(int(t.force_i[force.FACTION, f])) or work.haul[ANY_DEPOT, lead, at] >= INF:
            continue
        need = need_per_day(setting, int(t.force_i[force.MEN, f]), Arms(int(t.force_i[force.ARMS, f]))) / 1000.0
        while (before := int(come_from(setting.ground, work, ANY_DEPOT, lead, at))) != OFF_MAP:
            edges[before, at] = edges.get((before, at), 0.0) + need
            at = before
    return tuple(Flow(edge, 2.0 + min(9.0, tons / 25.0)) for edge, tons in sorted(edges.items()))
