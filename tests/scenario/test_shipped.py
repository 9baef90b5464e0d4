"""The scenarios that come with the game: without fault, and true to the order of battle."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from game.core.columns import depot, faction, force
from game.core.columns import hex as hex_columns
from game.core.hexmap import HexMap
from game.core.ids import NO_FACTION, OFF_MAP, Mobility, Season, Stance, Status
from game.scenario import library, loader
from game.scenario.model import EffectKind, MetricKind, Scenario

MEN = {"vietnam": 172_600, "kufns": 6_000, "dk": 102_200, "thailand": 4_000}
"""Totals of the order of battle of 25 December 1978."""


@pytest.fixture(scope="module")
def invasion() -> Scenario:
    return loader.load("christmas_invasion_1978")


def _column(scenario: Scenario, number: int) -> np.ndarray:
    return scenario.initial.tables.force_i[number]


def test_every_shipped_file_is_without_fault() -> None:
    assert "christmas_invasion_1978" in library.list_scenarios()
    assert loader.check([library.data_folder()]) == []


def test_men_add_up_to_the_order_of_battle(invasion: Scenario) -> None:
    for id_, men in MEN.items():
        row = invasion.setting.faction_index(id_)
        own = _column(invasion, force.FACTION) == row
        assert int(_column(invasion, force.MEN)[own].sum()) == men
        assert invasion.initial.tables.faction_i[faction.START, row] == men


def test_all_sixty_formations_are_there_with_confidence_and_sources(invasion: Scenario) -> None:
    assert len(invasion.setting.forces) == 60
    assert len({f.id for f in invasion.setting.forces}) == 60
    assert all(f.sources and f.status and 1 <= f.confidence <= 4 for f in invasion.setting.forces)
    assert all(len(f.short) <= 6 for f in invasion.setting.forces)


def test_the_turns_reach_the_end(invasion: Scenario) -> None:
    setting = invasion.setting
    assert (setting.start, invasion.end, setting.turns) == (date(1978, 12, 25), date(1979, 4, 30), 32)
    assert setting.date_of(int(setting.turns * setting.days_per_turn * 24)) > invasion.end
    assert setting.season(0) == Season.DRY


def test_forces_stand_on_ground_that_they_can_stand_on(invasion: Scenario) -> None:
    map_ = invasion.setting.map
    hexes = _column(invasion, force.HEX)
    on_land = map_.is_land[hexes]
    by_water = np.isin(_column(invasion, force.MOBILITY), (Mobility.BOAT, Mobility.AMPHIBIOUS))
    assert (on_land | by_water).all()
    assert (_column(invasion, force.BASE) != OFF_MAP).all()
    assert (_column(invasion, force.STATUS) == Status.ACTIVE).all()


def test_no_enemies_share_a_hex_and_each_stands_on_its_own_sides_ground(invasion: Scenario) -> None:
    tables = invasion.initial.tables
    control = tables.hex_i[hex_columns.CONTROL]
    factions, hexes = _column(invasion, force.FACTION), _column(invasion, force.HEX)
    for f, hex_ in enumerate(hexes.tolist()):
        there = factions[hexes == hex_]
        assert not (tables.stance[factions[f], there] == Stance.WAR).any()
        holder = control[hex_]
        assert tables.stance[factions[f], holder] == Stance.ALLIED, invasion.setting.forces[f].id


def test_stances_and_relations_are_symmetric(invasion: Scenario) -> None:
    tables = invasion.initial.tables
    assert (tables.stance == tables.stance.T).all()
    assert (tables.relation == tables.relation.T).all()
    vietnam, kufns, dk = (invasion.setting.faction_index(name) for name in ("vietnam", "kufns", "dk"))
    assert tables.stance[vietnam, dk] == tables.stance[kufns, dk] == Stance.WAR
    assert tables.stance[vietnam, kufns] == Stance.ALLIED


def test_phnom_penh_is_nearly_empty_and_the_provinces_hold_their_people(invasion: Scenario) -> None:
    people = invasion.initial.tables.hex_i[hex_columns.PEOPLE]
    setting = invasion.setting
    capital = setting.hex_of("phnom_penh")
    assert 0 < people[capital] <= 20_000
    province = setting.map.provinces.index("Prey Veng")
    assert abs(int(people[setting.map.province == province].sum()) - 672_000) < 200
    cambodia = setting.map.country == setting.map.countries.index("Cambodia")
    assert 6_000_000 < people[cambodia].sum() < 6_700_000
    assert (people[~setting.map.is_land] == 0).all()


def test_base_areas_reach_to_the_hexes_beside_them(invasion: Scenario) -> None:
    shelter, dk = invasion.setting.ground.shelter, invasion.setting.faction_index("dk")
    pailin = invasion.setting.hex_of("pailin")
    beside = [h for h in invasion.setting.map.neighbours[pailin].tolist() if invasion.setting.map.is_land[h]]
    assert shelter[pailin] == dk
    assert (shelter[beside] == dk).all()
    assert shelter[invasion.setting.hex_of("phnom_penh")] == NO_FACTION


def test_depots_stand_on_their_users_ground(invasion: Scenario) -> None:
    tables = invasion.initial.tables
    holder = tables.hex_i[hex_columns.CONTROL][tables.depot_i[depot.HEX]]
    assert (tables.stance[tables.depot_i[depot.FACTION], holder] == Stance.ALLIED).all()
    assert (tables.depot_i[depot.STOCK_KG] > 0).all()


def test_milestones_are_historys_and_lie_within_their_bounds(invasion: Scenario) -> None:
    found = {m.id: m for m in invasion.milestones}
    assert sorted(found) == ["ci01", "ci02", "ci06", "ci07", "ci09", "ci10", "ci11"]
    assert found["ci01"].value == date(1979, 1, 7)
    assert found["ci09"].value == 30_000
    assert found["ci10"].never
    for milestone in found.values():
        low, value, high = milestone.low, milestone.value, milestone.high
        if isinstance(value, date):
            assert isinstance(low, date) and isinstance(high, date) and low <= value <= high
        else:
            assert isinstance(low, float) and isinstance(high, float) and low <= value <= high


def test_harm_to_civilians_scores_nowhere(invasion: Scenario) -> None:
    assert all(o.metric.kind != MetricKind.DISPLACED for o in invasion.objectives)
    assert all(e.sensitive for e in invasion.events if e.kind in ("atrocity", "famine"))


def test_every_side_has_objectives_and_a_doctrine(invasion: Scenario) -> None:
    sides = invasion.setting.sides
    assert [s.id for s in sides] == ["vietnam", "dk", "thailand"]
    assert {o.side for o in invasion.objectives} == {0, 1, 2}
    assert set(invasion.setting.doctrine) == {s.id for s in sides}
    assert sides[1].note, "the content note of Democratic Kampuchea's side"
    assert invasion.content_note.startswith("This game is about the wars in and around Cambodia")


def test_no_event_names_a_place_that_changes_hands(invasion: Scenario) -> None:
    of_places = (EffectKind.RELIEF, EffectKind.MINES, EffectKind.SUPPORT)
    for event in invasion.events:
        assert not any(effect.kind in of_places for effect in event.effects)
    assert not {"control", "place", "force", "hex"} & {kind.value for kind in EffectKind}


def test_loading_twice_gives_the_same_state_and_hash(invasion: Scenario) -> None:
    again = loader.load("christmas_invasion_1978")
    assert again.hash == invasion.hash
    assert again.initial.hash() == invasion.initial.hash()


def test_the_map_is_shared_and_frozen_in_the_setting(invasion: Scenario) -> None:
    assert isinstance(invasion.setting.map, HexMap)
    assert invasion.setting.ground.terrain is invasion.setting.map.terrain
