"""3.1 March fields are least-cost paths, whatever the order in which hexes are looked at."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.ids import OFF_MAP
from game.core.kernels import plain
from game.rules.ground import BUCKETS, FIELD_PARTS, NO_WAY, count_parts, march_field
from game.rules.workspace import INF
from tests.builders import plain_map

MAP = plain_map()


def dijkstra(steps: Any, entry: Any, source: int) -> list[float]:
    """The same by a heap."""
    hours = [INF] * MAP.n
    hours[source] = 0.0
    heap = [(0.0, source)]
    while heap:
        cost, b = heapq.heappop(heap)
        for d, a in enumerate(MAP.neighbours[b].tolist()):
            if cost <= hours[b] and a != OFF_MAP and entry[a] and cost + steps[b, d] < hours[a]:
                hours[a] = cost + float(steps[b, d])
                heapq.heappush(heap, (hours[a], a))
    return hours


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    shut=st.floats(0.0, 0.5),
    spread=st.sampled_from([1.0, 10.0, 1000.0]),
    source=st.integers(0, MAP.n - 1),
)
def test_3_1_a_field_holds_the_least_hours_from_everywhere(seed: int, shut: float, spread: float, source: int) -> None:
    rng = np.random.default_rng(seed)
    steps = rng.uniform(0.1, 0.1 + spread, (MAP.n, 6))
    steps[rng.random((MAP.n, 6)) < 0.1] = INF
    entry = (rng.random(MAP.n) >= shut).astype(np.int8)
    out = np.empty(MAP.n)
    heads, chain = np.full(BUCKETS, -1, np.int32), np.zeros((3, MAP.n), np.int32)
    width = float(steps[steps < INF].max()) / (BUCKETS - 2)
    for _ in range(2):  # the second finds the queue as the first left it
        march_field(MAP.neighbours, steps, entry, source, width, out, heads, chain)
        assert out.tolist() == dijkstra(steps, entry, source)
        assert (heads == -1).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0.0, 30_000.0), min_size=1, max_size=50), st.sampled_from([6.0, 12.0, 17.3]))
def test_3_1_parts_are_the_nearest_whole_number_of_them(hours: list[float], km: float) -> None:
    out = np.zeros(len(hours), np.uint16)
    count_parts(np.array(hours), km, out)
    assert out.tolist() == [int(min(np.rint(h * (FIELD_PARTS / km)), NO_WAY)) for h in hours]
    again = np.zeros_like(out)
    plain(count_parts)(np.array(hours), km, again)
    assert np.array_equal(out, again)
