"""The economy's keys: what they become in the tables, and the faults that are told of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_folder import ScenarioFolder

from game.core.columns import faction as A
from game.core.columns import policy as P
from game.scenario.loader import load

FACTIONS = "factions.yaml"
VIETNAM, DK = "  - id: vietnam\n", "  - id: dk\n"
PATRON = VIETNAM + "    economy: {vote: [{since: 1979, amount: 80}], budget: [{since: 1900, amount: 12}]}\n"
CLIENT = DK + "    economy: {money: 3, manpower: 700, kits: 900, policies: {tax: 0.4, pay: 0.2}, home_front: false}\n"
AID = "\naid:\n  - {donor: vietnam, recipient: dk, spans: [{since: 1900, amount: 60}]}\n"


@pytest.fixture
def war(tmp_path: Path) -> ScenarioFolder:
    return ScenarioFolder.make(tmp_path)


def with_economy(war: ScenarioFolder) -> ScenarioFolder:
    war.replace(FACTIONS, VIETNAM, PATRON)
    war.replace(FACTIONS, DK, CLIENT)
    war.append(FACTIONS, AID)
    return war


def test_an_economy_becomes_accounts_policies_and_customs(war: ScenarioFolder) -> None:
    scenario = load(with_economy(war).path)
    t, means = scenario.initial.tables, scenario.setting.cast.means
    vietnam, dk = scenario.setting.faction_index("vietnam"), scenario.setting.faction_index("dk")
    assert t.faction_i[[A.MANPOWER, A.KITS], dk].tolist() == [700, 900]
    assert t.faction_f[A.MONEY, dk] == 3.0
    assert t.policy[[P.TAX, P.RETIRED, P.PAY], dk].tolist() == [0.4, 0.0, 0.2]
    assert (means.keeps[dk], means.home_front[dk], means.outside[vietnam]) == (1, 0, 1)
    assert means.budget[vietnam].tolist() == [12.0] * means.budget.shape[1]
    assert t.aid[vietnam, dk] == 60.0


@pytest.mark.parametrize(
    ("old", "new", "code", "remedy"),
    [
        ("recipient: dk", "recipient: vietnam", "same-faction", "name two factions"),
        ("vote: [{since: 1979, amount: 80}], ", "", "no-vote", "give its 'economy' a 'vote'"),
        (CLIENT, DK, "no-economy", "give it an 'economy'"),
        ("{since: 1979, amount: 80}", "{since: 1979, until: 1978, amount: 80}", "date-order", "exchange them"),
        ("tax: 0.4", "tax: 4", "out-of-range", ""),
        ("tax: 0.4", "relief: 0.4", "unknown-key", "take the key out"),
        ("donor: vietnam", "donor: vietnm", "unknown-faction", "vietnam"),
    ],
)
def test_faults_of_an_economy_are_told_with_their_remedy(
    war: ScenarioFolder, old: str, new: str, code: str, remedy: str
) -> None:
    with_economy(war).replace(FACTIONS, old, new)
    fault = war.only_fault()
    assert fault.code == code
    assert remedy in fault.remedy


def test_a_first_day_of_raising_is_for_reserves(war: ScenarioFolder) -> None:
    text = war.text("forces.yaml")
    entry = next(line for line in text.splitlines() if line.strip().startswith("men:"))
    war.replace("forces.yaml", entry, f"{entry}\n{entry[: len(entry) - len(entry.lstrip())]}not_before: 1979-01-11")
    assert war.only_fault().code == "bad-value"
