"""The grand campaign: who is there in January 1977, who waits, and that nobody's start is given away."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from game.core.columns import faction, force
from game.core.columns import hex as hex_columns
from game.core.ids import NO_FACTION, Life, Stance, Status
from game.scenario import loader
from game.scenario.model import EffectKind, Scenario

ROWS = [
    "vietnam",
    "dk",
    "prk",
    "kpnlf",
    "funcinpec",
    "dnum",
    "thailand",
    "laos",
    "china",
    "ussr",
    "usa",
    "asean",
    "un",
]

APRIL_1977 = [
    "2nd Division (Southwestern Zone, Reg. 13)",
    "1st Division (Southwestern Zone)",
    "Southwestern Zone regional regiment, Region 13",
    "Southwestern Zone regional regiment, Region 35",
    "3rd Division (Eastern Zone)",
    "4th Division (Eastern Zone, Heng Samrin)",
    "5th Division (Eastern Zone)",
    "Region 23 regional regiment",
    "Region 24 regional regiment",
    "703rd Division (Centre)",
    "310th Division (Centre)",
    "164th Division (coast and navy)",
    "801st Division (northeast)",
    "920th Division (Mondulkiri)",
    "Tank regiment (Centre)",
    "Artillery regiment (Centre)",
    "4th Division (MR9)",
    "330th Division (MR9, economic duties)",
    "341st Division (4th Corps)",
    "7th Division (4th Corps)",
    "5th Division (MR7)",
    "303rd Division (MR7)",
    "An Giang border posts and local forces",
    "Dong Thap border posts and local forces",
    "Tay Ninh border posts and local forces",
    "Kien Giang border posts and local forces",
    "Long An local forces",
    "22nd Armoured Brigade (detachment)",
    "372nd Air Division",
]
"""Formations of the order of battle of 30 April 1977."""


@pytest.fixture(scope="module")
def campaign() -> Scenario:
    return loader.load("grand_campaign_1977_1997")


def _row(scenario: Scenario, name: str) -> int:
    return scenario.setting.faction_index(name)


def test_the_cast_stands_in_its_rows_each_a_side_of_its_own(campaign: Scenario) -> None:
    assert [f.id for f in campaign.setting.factions] == ROWS
    assert [s.id for s in campaign.setting.sides] == ROWS
    assert [s.factions for s in campaign.setting.sides] == [(k,) for k in range(len(ROWS))]


def test_those_who_were_not_founded_yet_wait_without_a_man(campaign: Scenario) -> None:
    tables = campaign.initial.tables
    life = tables.faction_i[faction.LIFE]
    waiting = [ROWS[k] for k in np.flatnonzero(life == Life.LATENT)]
    assert waiting == ["prk", "kpnlf", "funcinpec", "dnum", "un"]
    assert (tables.faction_i[faction.START][life == Life.LATENT] == 0).all()
    assert tables.faction_i[faction.PARENT, _row(campaign, "prk")] == _row(campaign, "dk")
    assert tables.faction_i[faction.PARENT, _row(campaign, "dnum")] == _row(campaign, "dk")


def test_the_contenders_for_the_country_fought_over_are_the_cambodian_ones(campaign: Scenario) -> None:
    movements = campaign.setting.cast.movement
    assert [ROWS[k] for k in np.flatnonzero(movements >= 0)] == ["dk", "prk", "kpnlf", "funcinpec", "dnum"]
    assert campaign.setting.cast.contested.any()


def test_every_formation_of_april_1977_stands_on_the_map(campaign: Scenario) -> None:
    forces = campaign.initial.tables.force_i
    row = {info.name: k for k, info in enumerate(campaign.setting.forces)}
    assert [name for name in APRIL_1977 if name not in row] == []
    there = [row[name] for name in APRIL_1977]
    assert (forces[force.STATUS, there] == Status.ACTIVE).all()
    assert (forces[force.MEN, there] > 0).all()


def test_formations_are_within_the_speed_budget_and_say_where_they_come_from(campaign: Scenario) -> None:
    forces = campaign.setting.forces
    assert len(forces) <= 230
    assert all(info.sources and info.status for info in forces)


def test_formations_of_later_years_exist_on_paper_only(campaign: Scenario) -> None:
    forces = campaign.initial.tables.force_i
    paper = forces[force.ARRIVES] == force.UNRAISED
    assert (forces[force.MEN][paper] == 0).all()
    assert (forces[force.START_MEN][paper] > 0).all()
    latent = np.isin(
        forces[force.FACTION], [_row(campaign, name) for name in ("prk", "kpnlf", "funcinpec", "dnum", "un")]
    )
    assert latent.sum() >= 40
    assert paper[latent].all()


def test_nobody_is_at_war_in_january_1977(campaign: Scenario) -> None:
    tables = campaign.initial.tables
    alive = tables.faction_i[faction.LIFE] == Life.ACTIVE
    assert not (tables.stance[np.ix_(alive, alive)] == Stance.WAR).any()
    assert (tables.stance == tables.stance.T).all()
    assert (tables.relation == tables.relation.T).all()


def test_every_force_present_stands_on_ground_of_its_own_or_of_one_that_lets_it_pass(campaign: Scenario) -> None:
    tables = campaign.initial.tables
    forces = tables.force_i
    for f in np.flatnonzero(forces[force.STATUS] == Status.ACTIVE).tolist():
        holder = tables.hex_i[hex_columns.CONTROL, forces[force.HEX, f]]
        assert holder != NO_FACTION
        stance = tables.stance[forces[force.FACTION, f], holder]
        assert stance in (Stance.ALLIED, Stance.ACCESS), campaign.setting.forces[f].id


def test_the_end_of_1997_lies_in_the_last_turn(campaign: Scenario) -> None:
    setting = campaign.setting
    assert (setting.start, campaign.end, setting.turns) == (date(1977, 1, 1), date(1997, 12, 31), 252)


def test_the_state_of_1975_79_and_the_mission_cannot_be_taken_by_a_person(campaign: Scenario) -> None:
    playable = {side.id: side.playable for side in campaign.setting.sides}
    assert not playable["dk"]
    assert not playable["un"]
    assert playable["vietnam"]


def test_every_objective_set_of_a_side_is_worth_a_hundred_points(campaign: Scenario) -> None:
    sums = dict.fromkeys(range(len(ROWS)), 0.0)
    for objective in campaign.objectives:
        sums[objective.side] += objective.points
    assert {ROWS[k]: points for k, points in sums.items() if points not in (0.0, 100.0)} == {}


def test_no_event_changes_a_stance_and_no_doctrine_gives_a_date_for_what_armies_do(campaign: Scenario) -> None:
    for name in ROWS:
        assert all(task["not_before"] is None for task in campaign.setting.doctrine[name]["tasks"])
    for event in campaign.events:
        effects = [*event.effects, *(effect for option in event.options for effect in option.effects)]
        assert EffectKind.STANCE not in {effect.kind for effect in effects}, event.id
