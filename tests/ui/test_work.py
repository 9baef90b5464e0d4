"""Work beside the window ends in good order, and the window leaves Python as it found it."""

from __future__ import annotations

import sys
import threading

import pytest

from game.ui import work
from game.ui.work import Stopped, Task, between_frames, end_all


def test_a_task_that_is_told_to_stop_does_so_at_its_next_step() -> None:
    started = threading.Event()

    def steps() -> None:
        while True:
            started.set()
            between_frames()

    task = Task(steps, "steps")
    assert started.wait(60)
    assert end_all(60) == []
    assert task.done
    with pytest.raises(Stopped):
        task.result()


def test_a_task_that_does_not_heed_it_is_named_and_not_waited_for() -> None:
    gate = threading.Event()
    task = Task(lambda: gate.wait(600), "deaf")
    assert end_all(0.01) == ["deaf"]
    assert not task.done
    gate.set()
    assert task.wait(60)
    assert end_all(0) == []


def test_other_threads_and_the_main_one_are_not_stopped() -> None:
    between_frames()
    ended: list[bool] = []

    def look() -> None:
        between_frames()
        ended.append(True)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert ended == [True]


def test_a_closed_window_leaves_no_thread_and_no_setting_behind(open_window, monkeypatch) -> None:
    before, threads = sys.getswitchinterval(), set(threading.enumerate())
    d = open_window(side="s0")
    assert sys.getswitchinterval() != before
    gate = threading.Event()
    Task(lambda: [between_frames() for _ in iter(lambda: gate.wait(0.01), True)], "long work")
    d.app.close()
    assert sys.getswitchinterval() == before
    assert work._at_work == set()
    assert set(threading.enumerate()) <= threads
