"""The shared store of march fields, asked by several threads."""

from __future__ import annotations

import threading

from tests.builders import force, small_game


def test_a_field_that_two_threads_want_at_once_has_one_row_and_no_other_field_gets_it() -> None:
    world = small_game([force(0, 10)])
    routes = world.routes
    lands = routes.entry_key(world.tables, 0)
    rows: list[int] = []
    other = threading.Thread(target=lambda: rows.append(routes.row_to(50, 0, 0, lands)))
    with routes._lock:
        other.start()
        other.join(0.2)  # it has looked, found nothing, and waits
        assert other.is_alive()
        mine = routes.row_to(50, 0, 0, lands)
    other.join()
    assert rows == [mine]
    assert routes.row_to(60, 0, 0, lands) != mine
    assert routes.pool[mine, 50] == 0
