"""scenario.yaml's `people`: what it makes of the start, and every fault that an author can make in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scenario_folder import ScenarioFolder

from game.core.columns import camp, faction
from game.core.columns import hex as hex_columns
from game.core.ids import NEVER, NO_FACTION
from game.scenario import loader
from game.scenario.model import Scenario

PEOPLE = """
fought_over: Cambodia
people:
  food: 3
  want: 0.1
  support:
    dk: {share: 0.2, leaning: 0.05, ceiling: 0.3, provinces: {Takeo: 0.4}}
  relief:
  - {since: 1979-01-11, until: 1979-01-19, country: 500, camps: 20}
  - {since: 1979-01-12, until: 1979-01-20, country: 100}
  camps:
  - {id: ta_phraya, name: Ta Phraya, location: battambang, capacity: 3000, opens_from: 1979-01-20}
  - {id: old, name: Old camp, location: takeo, host: vietnam, holder: dk, capacity: 3000, people: 1200}
"""


@pytest.fixture
def war(tmp_path: Path) -> ScenarioFolder:
    folder = ScenarioFolder.make(tmp_path)
    folder.append("scenario.yaml", PEOPLE)
    folder.replace("factions.yaml", "- id: dk\n", "- id: dk\n    movement: true\n")
    return folder


@pytest.fixture
def scenario(war: ScenarioFolder) -> Scenario:
    assert war.faults() == []
    return loader.load(war.path)


def test_support_stands_as_written_by_province(scenario: Scenario) -> None:
    t, cast, map_ = scenario.initial.tables, scenario.setting.cast, scenario.setting.map
    inside = cast.contested == 1
    takeo = inside & (map_.province == map_.provinces.index("Takeo"))
    assert t.support.shape[0] == 1
    assert set(t.support[0, takeo]) == {0.4}
    assert set(t.support[0, inside & ~takeo]) == {0.2}
    assert t.support[0, ~inside].sum() == 0.0
    assert set(cast.leaning[0, inside & ~takeo]) == {0.05}
    assert cast.ceiling.tolist() == [0.3]
    dk = scenario.setting.faction_index("dk")
    assert cast.champion.tolist() == [dk]
    assert 0.2 < t.faction_f[faction.SUPPORT, dk] < 0.4


def test_food_is_in_store_by_months_of_need_in_the_country_alone(scenario: Scenario) -> None:
    t, inside = scenario.initial.tables, scenario.setting.cast.contested == 1
    need = t.hex_i[hex_columns.PEOPLE] * scenario.setting.ruleset.harvest.need_kg / 12_000
    assert np.allclose(t.hex_f[hex_columns.FOOD_T], np.where(inside, 3 * need, 0.0))
    assert set(t.hex_f[hex_columns.WANT, inside]) == {0.1}


def test_camps_and_relief_stand_as_written(scenario: Scenario) -> None:
    t, setting = scenario.initial.tables, scenario.setting
    assert t.camp_i[camp.HOST].tolist() == [setting.faction_index("dk"), setting.faction_index("vietnam")]
    assert t.camp_i[camp.HOLDER].tolist() == [NO_FACTION, setting.faction_index("dk")]
    assert t.camp_i[camp.OPENED].tolist() == [NEVER, 0]
    assert t.camp_i[camp.PEOPLE].tolist() == [0, 1200]
    assert setting.camp_names == ("Ta Phraya", "Old camp")
    assert setting.cast.camp_steps[0, setting.hex_of("battambang")] == 0
    assert setting.cast.camp_from.tolist() == [setting.hour_of(scenario.start.replace(year=1979, month=1, day=20)), 0]
    first = scenario.start.year * 12 + scenario.start.month
    assert setting.cast.first_month == first
    assert setting.cast.relief_t.tolist() == [[600, 20]]


@pytest.mark.parametrize(
    ("old", "new", "code", "part", "remedy"),
    [
        ("    dk: {share", "    kdk: {share", "unknown-faction", "'kdk'", "'dk'"),
        ("    dk: {share", "    vietnam: {share", "no-movement", "'vietnam'", "movement: true"),
        ("share: 0.2", "share: 1.2", "out-of-range", "'1.2'", "at most 1"),
        ("Takeo: 0.4", "Takoe: 0.4", "unknown-province", "'Takoe'", "'Takeo'"),
        ("fought_over: Cambodia\n", "", "no-country", "no country", "fought_over"),
        ("until: 1979-01-20", "until: 1979-01-02", "date-order", "before it begins", "exchange"),
        ("id: old", "id: ta_phraya", "duplicate-id", "twice in camps", "rename"),
        ("people: 1200", "people: 9000", "no-room", "room for 3,000", "capacity"),
        ("people: 1200", "people: 1200, opens_from: 1979-01-20", "date-order", "before its host", "leave one"),
        ("location: takeo", "location: takoe", "unknown-place", "'takoe'", "'takeo'"),
        ("holder: dk", "holder: kd", "unknown-faction", "'kd'", "dk"),
        ("capacity: 3000, opens", "capacity: 0, opens", "out-of-range", "'0'", "at least 1"),
    ],
)
def test_each_fault_has_its_place_and_remedy(
    war: ScenarioFolder, old: str, new: str, code: str, part: str, remedy: str
) -> None:
    line = war.replace("scenario.yaml", old, new)
    fault = war.only_fault()
    assert fault.code == code
    assert part in fault.message
    assert remedy in fault.remedy
    assert abs(fault.line - line - 1) <= 3


def test_shares_of_all_movements_are_of_the_same_people(war: ScenarioFolder) -> None:
    war.replace("factions.yaml", "- id: vietnam\n", "- id: vietnam\n    movement: true\n")
    war.replace("scenario.yaml", "    dk: {share: 0.2", "    vietnam: {share: 0.7}\n    dk: {share: 0.2")
    fault = war.only_fault()
    assert (fault.code, "Takeo" in fault.message) == ("too-many", True)


def test_a_scenario_that_says_nothing_of_people_plays_as_before(tmp_path: Path) -> None:
    scenario = loader.load(ScenarioFolder.make(tmp_path).path)
    assert len(scenario.setting.cast.lands) == 0
    assert scenario.initial.tables.support.size == 0
    assert scenario.initial.tables.hex_f[hex_columns.FOOD_T].sum() == 0.0
