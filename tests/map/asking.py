"""What the tests of the committed maps ask a map: ways by road, banks of rivers, who lies beside whom."""

from __future__ import annotations

from collections import deque

from game.core import hexes
from game.core.hexmap import HexMap
from game.core.ids import HexIndex, River, Road

ROUTES = {
    "RN1": "phnom_penh takhmau neak_luong kampong_trabek svay_rieng bavet moc_bai go_dau_ha ho_chi_minh_city",
    "RN2": "phnom_penh takeo tinh_bien chau_doc",
    "RN3": "phnom_penh kampot veal_renh",
    "RN4": "phnom_penh kampong_speu pich_nil_pass veal_renh ream kampong_som",
    "RN5": "phnom_penh udong kampong_chhnang pursat moung_roessei battambang sisophon poipet aranyaprathet",
    "RN6": "phnom_penh skuon kampong_thom stoung siem_reap kralanh sisophon",
    "RN7": "skuon kampong_cham suong krek memot snuol kratie stung_treng khong",
}
"""National routes of Cambodia and the towns along them, in order."""


def at(theatre: HexMap, place: str) -> HexIndex:
    return theatre.place_by_id[place].hex


def road_path(theatre: HexMap, start: HexIndex, goal: HexIndex, least: Road = Road.SECONDARY) -> list[HexIndex]:
    """Shortest way along road links, both ends included; empty if there is none."""
    came = {start: start}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == goal:
            path = [here]
            while path[-1] != start:
                path.append(came[path[-1]])
            return path[::-1]
        for d in range(6):
            there = int(theatre.neighbours[here, d])
            if theatre.road[here, d] >= least and there not in came:
                came[there] = here
                queue.append(there)
    return []


def direction(theatre: HexMap, a: HexIndex, b: HexIndex) -> int:
    return [int(n) for n in theatre.neighbours[a]].index(b)


def same_bank(theatre: HexMap, a: str, b: str, reach: int = 7) -> bool:
    """Whether one can walk from place to place near them without crossing a great river."""
    start, goal = at(theatre, a), at(theatre, b)
    seen, queue = {start}, deque([start])
    while queue:
        here = queue.popleft()
        for d in range(6):
            there = int(theatre.neighbours[here, d])
            if there < 0 or there in seen or not theatre.is_land[there] or theatre.river[here, d] == River.GREAT:
                continue
            if min(hexes.distance(there, end, theatre.cols) for end in (start, goal)) > reach:
                continue
            seen.add(there)
            queue.append(there)
    return goal in seen


def beside_river(theatre: HexMap, place: str, least: River = River.GREAT) -> bool:
    return bool((theatre.river[at(theatre, place)] >= least).any())
