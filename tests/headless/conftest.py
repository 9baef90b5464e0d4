"""What the tests of sweeps share: a scenario that ends quickly, the command line, and agents that misbehave."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command_line import REPOSITORY, TEMPLATE, CommandLine

from game.core.columns import clock
from game.engine.playable import Playable, load

_AGENTS = '''
import json, os, signal, stat, sys, time
import numpy
from game.core.orders import Orders

def game():
    """What a view lets an agent know of the game's seed."""
    return os.environ.get("MISBEHAVE_IN")

class Failing:
    """Fails in the game named."""
    name = "failing"
    def __init__(self, scenario, side):
        pass
    def orders(self, view):
        if str(view.tables.clock[2]) == game():
            raise ValueError("no plan\\nfor this game")
        return Orders()

class Killing:
    """Kills its process in the game named."""
    name = "killing"
    def __init__(self, scenario, side):
        pass
    def orders(self, view):
        if str(view.tables.clock[2]) == game():
            os.kill(os.getpid(), signal.SIGKILL)
        return Orders()

class Bad:
    """Does in each game what the variable DOES says of it."""
    name = "bad"
    def __init__(self, scenario, side):
        pass
    def orders(self, view):
        print("an agent talks")
        os.write(1, b"and to the pipe too\\n")
        does = json.loads(os.environ.get("DOES", "{}")).get(str(view.tables.clock[2]))
        if does:
            getattr(self, does)()
        return Orders()
    def raises(self):
        raise ValueError("no plan\\nfor this game")
    def exits(self):
        sys.exit(3)
    def ends(self):
        os._exit(0)
    def interrupts(self):
        raise KeyboardInterrupt
    def hangs(self):
        while True:
            time.sleep(1)
    def eats(self):
        hoard = []
        while True:
            hoard.append(numpy.zeros(2**27))  # which takes the room and does not fill it
    def lies(self):
        raise ValueError("\\udc80")
    forked = False
    def forks(self):
        if not Bad.forked:  # once in a process: a copy plays on
            Bad.forked = True
            os.fork()
    def cuts(self):
        os.closerange(3, 64)
    def babbles(self):
        for number in range(3, 64):
            try:
                if stat.S_ISSOCK(os.fstat(number).st_mode):
                    os.write(number, b"a line for the log, as an agent thinks")
            except OSError:
                pass
    def exits_as_it_tells(self):
        class Untold(Exception):
            def __str__(self):
                sys.exit(7)
        raise Untold

class Slow:
    """Takes as long a turn as it is told."""
    name = "slow"
    def __init__(self, scenario, side):
        pass
    def orders(self, view):
        time.sleep(float(os.environ.get("SECONDS_A_TURN", "0")))
        return Orders()
'''
_ENTRY_POINTS = """[kampuchea.agents]
failing = misbehaving_agents:Failing
killing = misbehaving_agents:Killing
slow = misbehaving_agents:Slow
bad = misbehaving_agents:Bad
ending = ending_agent:Ending
leaving = leaving_agent:Leaving
unsound = unsound_agent:Unsound
lacking = misbehaving_agents:Lacking
"""


@pytest.fixture(scope="session")
def small() -> Playable:
    return load(TEMPLATE)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables of a process that has the misbehaving agents installed."""
    site = tmp_path_factory.mktemp("plugins")
    (site / "misbehaving_agents.py").write_text(_AGENTS, encoding="utf-8")
    (site / "unsound_agent.py").write_text("import no_such_package\n", encoding="utf-8")
    (site / "ending_agent.py").write_text("import os\nos._exit(0)\n", encoding="utf-8")
    (site / "leaving_agent.py").write_text("import sys\nsys.exit(0)\n", encoding="utf-8")
    described = site / "misbehaving_agents-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: misbehaving-agents\nVersion: 1.0\n")
    (described / "entry_points.txt").write_text(_ENTRY_POINTS)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(site)]), "COLUMNS": "140"}


@pytest.fixture(scope="session")
def third_game(small: Playable) -> str:
    """By what an agent of Vietnam can tell the game with seed 3 from others."""
    return str(small.start(3).view("vietnam").tables.clock[clock.SEED])


@pytest.fixture
def kampuchea(environment: dict[str, str], tmp_path: Path) -> CommandLine:
    return CommandLine(environment, tmp_path)
