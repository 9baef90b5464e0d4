"""Every kind of fault that an author can make is reported at its exact place with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenario_folder import ScenarioFolder

from game.scenario import loader


@pytest.fixture
def war(tmp_path: Path) -> ScenarioFolder:
    return ScenarioFolder.make(tmp_path)


SCENARIO, FACTIONS, FORCES, EVENTS = "scenario.yaml", "factions.yaml", "forces.yaml", "events.yaml"
DAY = "date: 1979-01-11"
AT_PLEIKU = "mobility: boat\n        location: pleiku"

SINGLE = [
    # file, text to replace, replacement, offset of line, column, code, part of message, part of remedy
    (EVENTS, DAY, "when: wil(dk) < 30", 0, 11, "condition", "no function 'wil'", "'will'"),
    (
        EVENTS,
        DAY,
        "when: will(dkk) < 30",
        0,
        16,
        "condition",
        "character 6: there is no",
        "'dk'",
    ),
    (EVENTS, DAY, "when: will(dk, vietnam)", 0, 11, "condition", "takes 1", "will(faction)"),
    (EVENTS, DAY, "when: will(dk) <", 0, 20, "condition", "nothing stands after '<'", "1979-03-01"),
    (EVENTS, DAY, "when: will(dk) < 30 and", 0, 25, "condition", "nothing stands after 'and'", "take it out"),
    (EVENTS, DAY, "when: will(dk) < 30 adn year > 3", 0, 25, "condition", "'adn' cannot stand", "mean 'and'"),
    (EVENTS, DAY, "when: 'will(dk) <  30 && year > 3'", 0, 27, "condition", "'&&' means nothing", "'and'"),
    (EVENTS, DAY, "when: (will(dk) < 30", 0, 11, "condition", "never closed", "')'"),
    (EVENTS, DAY, "when: will(dk) < 30)", 0, 24, "condition", "closes nothing", "take it out"),
    (EVENTS, DAY, "when: >-\n      will(dk) <\n      30 and yeer > 3", 2, 14, "condition", "'yeer'", "'year'"),
    (EVENTS, DAY, "when: date > 1979-02-30", 0, 18, "condition", "February has 28 days", "1979-03-01"),
    (SCENARIO, "impulses_per_turn: 4", "impulses_per_turn: 7", 0, 20, "impulse-hours", "6.857", "6, 8"),
    (SCENARIO, "days_per_turn: 2", "days_per_turn: 0.51", 0, 16, "impulse-hours", "whole number", "12.24 hours"),
    (FORCES, "location: moc_bai", "location: phnom_penh", 0, 19, "enemy-ground", "the capital of dk", "holds"),
    (FORCES, "location: moc_bai", "location: kratie", 0, 19, "enemy-ground", "ground of dk", "'holds' of vietnam"),
    (FORCES, "men: 8500", "men: 46000", 0, 14, "no-room", "54,500 men", "several forces"),
    (FORCES, "type: infantry_division", "type: guerrilla_division", 0, 15, "bad-value", "", "allowed: air_division"),
    (FORCES, "arrives: 1979-01-03", "arrives: 1979-02-30", 0, 18, "wrong-type", "February has 28 days", "1978-12-25"),
    (FORCES, "arrives: 1979-01-03", "arrives: 1979-13-03", 0, 18, "wrong-type", "no month 13", "1978-12-25"),
    (SCENARIO, "place: neak_luong}", "place: neak_luong, the ferry}", 0, 67, "unknown-key", "the ferry", "quotes"),
    (EVENTS, DAY, "when: exec(dk)", 0, 11, "condition", "no function 'exec'", ""),
    (EVENTS, DAY, "when: dk.will > 3", 0, 11, "condition", "not part of the language", "functions"),
    (EVENTS, DAY, "chance: 0.5", -1, 5, "never", "never happen", "a date"),
    (FORCES, "men: 8500", "menn: 8500", 0, 9, "unknown-key", "'menn'", "did you mean 'men'"),
    (FORCES, "men: 8500", "men: -5", 0, 14, "out-of-range", "'-5'", "at least 1"),
    (FORCES, "men: 8500", "men: many", 0, 14, "wrong-type", "whole number", "figures"),
    (FORCES, "men: 8500", "men: '8500'", 0, 14, "wrong-type", "whole number", "quotes"),
    (FORCES, "men: 8500", "men: 8500.5", 0, 14, "wrong-type", "whole number", "figures"),
    (FORCES, "name: 7th Division", "name: 7", 0, 15, "wrong-type", "must be text", "quotes"),
    (FORCES, "short: '7'  ", "short: 'SEVENTH'", 0, 16, "bad-length", "'short'", "at most 6"),
    (FORCES, "quality: 1.0", "quality: 7.0", 0, 18, "out-of-range", "'7.0'", "at most 1.3"),
    (FORCES, "quality: 1.0", "quality: .inf", 0, 18, "wrong-type", "a number", "figures"),
    (FORCES, "arms: infarty", "arms: infantry", 0, 15, "bad-value", "'infantry'", "did you mean 'infarty'"),
    (FORCES, "location: moc_bai", "location: moc_bay", 0, 19, "unknown-place", "moc_bay", "'moc_bai'"),
    (FORCES, "location: moc_bai", "location: '9999'", 0, 19, "unknown-place", "'9999'", ""),
    (FORCES, "location: moc_bai", "location: '0060'", 0, 19, "on-water", "water", "ashore"),
    (FORCES, "base: ho_chi_minh_city", "base: saigon", 0, 15, "unknown-place", "'saigon'", "under `places`"),
    (FORCES, "location: moc_bai", "location: Moc Bai", 0, 19, "unknown-place", "'Moc Bai'", "'moc_bai'"),
    (FORCES, "location: moc_bai", "location: Mộc Bài", 0, 19, "unknown-place", "'Mộc Bài'", "'moc_bai'"),
    (FORCES, "location: svay_rieng", "location: ស្វាយរៀង", 0, 19, "unknown-place", "", "'svay_rieng'"),
    (FORCES, "base: leach", "base: Poŭthĭsăt", 0, 15, "unknown-place", "", "'pursat'"),
    (FORCES, "men: 8500", "men: 8,500", 0, 14, "wrong-type", "whole number", "comma"),
    (FORCES, "sources: [guess]", "sources: guess", 0, 18, "wrong-type", "must be a list", "[a, b]"),
    (FORCES, "faction: vietnam", "faction: vietnm", 0, 14, "unknown-faction", "'vietnm'", "'vietnam'"),
    (FORCES, "arrives: 1979-01-03", "arrives: 1979-03-01", 0, 18, "date-outside", "outside", "1979-01-01 to"),
    (FORCES, "arrives: 1979-01-03", "arrives: 1979-13-03", 0, 18, "wrong-type", "a date", "1978-12-25"),
    (FORCES, "arrives: 1979-01-03", "arrives: soon", 0, 18, "wrong-type", "a date", "1978-12-25"),
    (FORCES, "id: pavn_9_div", "id: pavn_7_div", 0, 13, "duplicate-id", "'pavn_7_div'", "first is on line"),
    (FORCES, "id: pavn_9_div", "id: PAVN 9", 0, 13, "bad-value", "'PAVN 9'", "lower-case"),
    (FORCES, "posture: attack", "order: move", 0, 16, "missing-key", "'move' needs", "destination"),
    (FORCES, "sources: [guess]", "sources: [gues]", 0, 19, "unknown-source", "'gues'", "'guess'"),
    (FORCES, "location: svay_rieng", "location: moc_bai", 0, 19, "enemies-together", "one hex", "beside"),
    (
        "forces.yaml",
        "location: kampong_trabek",
        AT_PLEIKU,
        1,
        19,
        "on-land",
        "no water",
        "river",
    ),
    (FORCES, "location: go_dau_ha", "location: krek", 0, 15, "enemy-ground", "dk", "holds"),
    (FORCES, "stock: 1500", "stock: -1", 0, 12, "out-of-range", "'-1'", "at least 0"),
    (SCENARIO, "map: cambodia_12km", "map: cambodia_12", 0, 6, "unknown-map", "cambodia_12", "cambodia_12km"),
    (SCENARIO, "ruleset: standard", "ruleset: standrd", 0, 10, "unknown-ruleset", "standrd", "'standard'"),
    (
        "scenario.yaml",
        "combat.fortune: 0.25",
        "combat.fortun: 0.25",
        0,
        3,
        "unknown-number",
        "fortun",
        "combat.fortune",
    ),
    (SCENARIO, "combat.fortune: 0.25", "combat: {fortune: 0.3}", 0, 3, "unknown-number", "", "'combat.fortune: ...'"),
    (SCENARIO, "combat.fortune: 0.25", "supply.haul: 9", 0, 3, "unknown-number", "supply.haul", "haul_limit_km"),
    (SCENARIO, "combat.fortune: 0.25", "combat.fortune: 9", 0, 19, "out-of-range", "'9'", "from 0 to 0.6"),
    (SCENARIO, "combat.fortune: 0.25", "combat.fortune: [1]", 0, 19, "wrong-type", "a number", "a number"),
    (SCENARIO, "combat.fortune: 0.25", "sight.cover: [0.1]", 0, 16, "bad-length", "needs 8", "forest"),
    (SCENARIO, "end: 1979-01-20", "end: 1978-01-20", 0, 6, "date-order", "before the start", "exchange"),
    (SCENARIO, "factions: [dk]", "factions: [dk, vietnam]", 0, 20, "two-sides", "two sides", "line"),
    (SCENARIO, "side: dk", "side: kd", 0, 11, "unknown-side", "'kd'", "allowed: dk, vietnam"),
    (SCENARIO, "place: neak_luong", "place: neak_lung", 0, 55, "unknown-place", "neak_lung", "'neak_luong'"),
    (SCENARIO, "kind: strength_at", "kind: displaced", 0, 20, "harm-scores", "never score", "milestone"),
    (SCENARIO, "    at_least: 6000\n", "", -5, 5, "missing-key", "'at_least' or 'at_most'", "value"),
    (SCENARIO, ", subjects: [dk]}", "}", 0, 13, "missing-key", "needs 'subjects'", "metric"),
    (SCENARIO, "share: 0.45", "share: 0.95", 0, 37, "level-order", "best to worst", "order"),
    (SCENARIO, "value: 1979-01-06", "value: 6", 0, 12, "wrong-type", "must be a date", "date"),
    (SCENARIO, "low: 1979-01-04", "low: 1979-01-11", 0, 10, "order", "above", "exchange"),
    (SCENARIO, "Svay Rieng: 292", "Svay Rien: 292", 0, 5, "unknown-province", "Svay Rien", "'Svay Rieng'"),
    (SCENARIO, "Vietnam: 200", "Viet Nam: 200", 0, 27, "unknown-country", "Viet Nam", "'Vietnam'"),
    (FACTIONS, "colour: '#B23A2E'", "colour: red", 0, 13, "bad-value", "'red'", "#B23A2E"),
    (FACTIONS, "shape: circle", "shape: circel", 0, 12, "bad-value", "'circel'", "'circle'"),
    (
        "factions.yaml",
        "territory: [Cambodia]",
        "territory: [Cambodia, Vietnam]",
        0,
        27,
        "two-owners",
        "two owners",
        "holds",
    ),
    (FACTIONS, "stance: war", "stance: peace", 0, 38, "bad-value", "'peace'", "neutral"),
    (FACTIONS, "[vietnam, dk], value", "[dk, dk], value", 0, 15, "same-faction", "itself", "two"),
    (
        "factions.yaml",
        "between: [vietnam, dk], value",
        "between: [vietnam], value",
        0,
        15,
        "bad-length",
        "",
        "at least 2",
    ),
    (FACTIONS, "  vietnam:\n    posture", "  vitnam:\n    posture", 0, 3, "unknown-side", "vitnam", "'vietnam'"),
    (FACTIONS, "place: kampong_trabek", "place: trabek", 0, 17, "unknown-place", "'trabek'", ""),
    (EVENTS, "will: {faction", "control: {faction", 0, 9, "hand-over", "'control'", "armies only"),
    (EVENTS, "kind: diplomacy", "kind: famine", 0, 11, "not-sensitive", "'famine'", "sensitive: true"),
    (EVENTS, "date: 1979-01-11", "date: 1980-01-11", 0, 11, "date-outside", "1980-01-11", "1979-01-20"),
    (FACTIONS, "odds_attack: 1.3", "odds_atack: 1.3", 0, 5, "misspelt-key", "'odds_atack'", "'odds_attack'"),
    (EVENTS, "{faction: vietnam, points: -1}", "", 0, 9, "effect", "not 0", "relation, bond"),
    (EVENTS, "points: -1", "points: -100", 0, 42, "out-of-range", "'-100'", "at least -50"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "code", "message", "remedy"),
    SINGLE,
    ids=[f"{row[5]}-{row[2][:24].strip()}" for row in SINGLE],
)
def test_a_fault_is_reported_once_at_its_place_with_its_remedy(
    war: ScenarioFolder,
    file: str,
    old: str,
    new: str,
    line: int,
    column: int,
    code: str,
    message: str,
    remedy: str,
) -> None:
    at = war.replace(file, old, new)
    fault = war.only_fault()
    assert (Path(fault.file).name, fault.line, fault.column, fault.code) == (file, at + line, column, code)
    assert message in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize(("days", "impulses", "codes"), [(28, 1, []), (29, 1, ["long-impulse"]), (31, 2, [])])
def test_an_impulse_cannot_pass_over_a_month(war: ScenarioFolder, days: int, impulses: int, codes: list[str]) -> None:
    """1.7: the rules of a month are played in the first impulse that begins after it."""
    war.replace(SCENARIO, "days_per_turn: 2 ", f"days_per_turn: {days} ")
    war.replace(SCENARIO, "impulses_per_turn: 4", f"impulses_per_turn: {impulses}")
    assert [fault.code for fault in war.faults()] == codes


def test_a_force_of_a_faction_without_side_is_a_fault(war: ScenarioFolder) -> None:
    war.replace("scenario.yaml", "factions: [dk]", "factions: [vietnam]")
    codes = {fault.code for fault in war.faults()}
    assert codes == {"two-sides", "no-side"}


def test_a_scenario_that_nobody_can_play_is_a_fault(war: ScenarioFolder) -> None:
    war.replace("scenario.yaml", "factions: [vietnam]", "factions: [vietnam]\n    playable: false")
    assert war.faults() == []
    war.replace("scenario.yaml", "factions: [dk]", "factions: [dk]\n    playable: false")
    assert war.only_fault().code == "no-player"


def test_a_second_line_for_a_pair_is_a_fault_even_in_the_other_order(war: ScenarioFolder) -> None:
    old = "  - {between: [vietnam, dk], stance: war}"
    at = war.replace("factions.yaml", old, f"{old}\n  - {{between: [dk, vietnam], stance: neutral}}")
    fault = war.only_fault()
    assert (fault.code, fault.line) == ("duplicate-pair", at + 1)
    assert f"line {at}" in fault.remedy


def test_a_quote_that_is_not_closed_is_told_where_it_was_opened(war: ScenarioFolder) -> None:
    at = war.replace("forces.yaml", "short: '7' ", "short: '7 ")
    fault = war.only_fault()
    assert (fault.code, fault.line, fault.column) == ("not-yaml", at, 16)
    assert "not closed on its line" in fault.remedy


def test_a_tab_is_told_as_a_tab(war: ScenarioFolder) -> None:
    at = war.replace("forces.yaml", "        men: 8500", "\tmen: 8500")
    fault = war.only_fault()
    assert (fault.code, fault.line) == ("not-yaml", at)
    assert "spaces" in fault.remedy


@pytest.mark.parametrize("name", ["forces.yml", "force.yaml", "Forces.yaml"])
def test_a_file_under_another_name_is_found(war: ScenarioFolder, name: str) -> None:
    (war.path / "forces.yaml").rename(war.path / name)
    fault = war.only_fault()
    assert (fault.code, fault.remedy) == ("missing-file", f"rename '{name}' to 'forces.yaml'")


def test_enemies_in_one_hex_are_told_by_the_name_that_the_author_wrote(war: ScenarioFolder) -> None:
    war.replace("forces.yaml", "location: svay_rieng", "location: moc_bai")
    assert "at Moc Bai" in war.only_fault().message


def test_a_doctrine_may_have_keys_of_an_agents_own(war: ScenarioFolder) -> None:
    war.replace("factions.yaml", "odds_attack: 1.3", "odds_attack: 1.3\n    night_marches: true")
    assert war.faults() == []


def test_an_event_can_do_nothing_that_hands_over_a_place_or_a_force() -> None:
    from game.scenario.model import EffectKind
    from game.scenario.schema_events import EffectEntry

    assert set(EffectEntry.model_fields) == {kind.value for kind in EffectKind}
    assert not {"control", "place", "hex", "force", "territory"} & set(EffectEntry.model_fields)


def test_an_effect_does_one_thing(war: ScenarioFolder) -> None:
    old = "      - will: {faction: vietnam, points: -1}"
    at = war.replace("events.yaml", old, f"{old}\n        lift: {{faction: vietnam, factor: 0.5}}")
    fault = war.only_fault()
    assert (fault.code, fault.line) == ("effect", at)


def test_a_missing_key_names_the_entry(war: ScenarioFolder) -> None:
    war.replace("forces.yaml", "        type: infantry_division\n", "")
    fault = war.only_fault()
    assert fault.code == "missing-key"
    assert "'type'" in fault.message
    assert "'pavn_7_div'" in fault.message


def test_boats_and_marines_may_stand_at_sea(war: ScenarioFolder) -> None:
    war.replace(
        "forces.yaml", "mobility: motorised\n        location: moc_bai", "mobility: boat\n        location: '0060'"
    )
    assert war.faults() == []


def test_all_faults_of_all_files_come_in_one_pass_in_reading_order(war: ScenarioFolder) -> None:
    war.replace("scenario.yaml", "title: My war", "titel: My war")
    war.replace("scenario.yaml", "side: dk", "side: kd")
    war.replace("factions.yaml", "shape: circle", "shape: circel")
    war.replace("forces.yaml", "men: 8500", "men: -1")
    war.replace("forces.yaml", "location: moc_bai", "location: moc_bay")
    war.replace("forces.yaml", "stock: 1500", "stock: lots")
    war.replace("forces.yaml", "id: pavn_9_div", "id: pavn_7_div")
    war.replace("events.yaml", "date: 1979-01-11", "date: 1985-01-11")
    faults = war.faults()
    found = sorted(fault.code for fault in faults)
    assert found == sorted(
        [
            "unknown-key",
            "unknown-side",
            "bad-value",
            "out-of-range",
            "unknown-place",
            "wrong-type",
            "duplicate-id",
            "date-outside",
        ]
    )
    assert faults == sorted(faults)


def test_loading_a_faulty_scenario_raises_all_its_faults(war: ScenarioFolder) -> None:
    war.replace("forces.yaml", "men: 8500", "men: -1")
    war.replace("events.yaml", "date: 1979-01-11", "date: 1985-01-11")
    with pytest.raises(loader.ScenarioError) as raised:
        loader.load(war.path)
    assert [fault.code for fault in raised.value.faults] == ["date-outside", "out-of-range"]


def test_a_scenario_that_does_not_exist_is_one_fault_with_a_suggestion() -> None:
    with pytest.raises(loader.ScenarioError) as raised:
        loader.load("christmas_invasion_1987")
    (fault,) = raised.value.faults
    assert fault.code == "no-scenario"
    assert "christmas_invasion_1978" in fault.remedy


def test_a_users_own_map_and_ruleset_lie_beside_the_scenario(war: ScenarioFolder) -> None:
    from game.scenario import library

    own = (library.data_folder() / "rulesets" / "standard.yaml").read_text(encoding="utf-8")
    war.write("house.yaml", own.replace("name: standard", "name: house").replace("value: 0.028,", "value: 0.03,"))
    war.replace("scenario.yaml", "ruleset: standard", "ruleset: house")
    scenario = loader.load(war.path)
    assert scenario.setting.ruleset_name == "house"
    assert scenario.setting.ruleset.combat.loss_attacker == 0.03
    assert scenario.setting.ruleset.combat.fortune == 0.25


def test_a_fault_in_a_users_ruleset_has_its_line(war: ScenarioFolder) -> None:
    from game.scenario import library

    own = (library.data_folder() / "rulesets" / "standard.yaml").read_text(encoding="utf-8")
    line = own[: own.index("loss_attacker")].count("\n") + 1
    war.write("house.yaml", own.replace("loss_attacker: {value: 0.028", "loss_attacker: {value: 28"))
    war.replace("scenario.yaml", "ruleset: standard", "ruleset: house")
    fault = war.only_fault()
    assert (Path(fault.file).name, fault.line, fault.code) == ("house.yaml", line, "out-of-range")


def test_a_side_without_doctrine_watches(war: ScenarioFolder) -> None:
    text = war.text("factions.yaml")
    war.write("factions.yaml", text[: text.index("  dk:\n    posture")])
    assert loader.load(war.path).setting.doctrine["dk"]["posture"] == "watch"


DECISION = """
  - id: asked
    date: 1979-01-05
    title: A question
    text: What is to be done?
    kind: politics
    asks: vietnam
    options:
      - id: one
        title: Do one thing
        effects:
          - will: {faction: vietnam, points: 1}
      - id: other
        title: Do another
        effects:
          - bond: {between: [vietnam, dk], points: -1}
    sources: [guess]
"""


def test_a_decision_is_read(war: ScenarioFolder) -> None:
    war.append("events.yaml", DECISION)
    assert war.faults() == []


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("    asks: vietnam\n", "", "decision", "asks a faction"),
        ("kind: politics", "kind: atrocity\n    sensitive: true", "atrocity-chosen", "nobody decides on an atrocity"),
        ("title: Do another", "title: Deport the villagers", "atrocity-chosen", "'Deport'"),
        ("id: other", "id: one", "duplicate-id", "'one'"),
        ("title: Do one thing", "title: Do one thing\n        ai: displaced(Cambodia)", "harm-weighed", "'displaced'"),
        (
            "      - id: other",
            "          - harm: {cause: attacks, dead: [1, 2]}\n      - id: other",
            "atrocity-chosen",
            "by attacks",
        ),
        (
            "      - id: other",
            "          - harm: {cause: hunger, dead: [1, 2]}\n      - id: other",
            "harm-rewarded",
            "'vietnam'",
        ),
        ("bond: {between: [vietnam, dk], points: -1}", "mines: {province: Kratie, density: 1}", "mines", "no option"),
        (
            "bond: {between: [vietnam, dk], points: -1}",
            "policy: {faction: dk, policy: tax, value: 0.5}",
            "foreign-policy",
            "of the faction's own",
        ),
        (
            "bond: {between: [vietnam, dk], points: -1}",
            "policy: {faction: vietnam, policy: relief, value: 0.2}",
            "bad-value",
            "'relief' is not allowed for 'policy'",
        ),
        (
            "bond: {between: [vietnam, dk], points: -1}",
            "treaty: {term: peace, giver: dk, taker: vietnam, in_force: true}",
            "forced-treaty",
            "theirs to make",
        ),
        ("sources: [guess]", "effects:\n      - relief: {tonnes: 5}\n    sources: [guess]", "effect", "country or"),
    ],
)
def test_what_a_decision_may_not_do_is_refused(
    war: ScenarioFolder, old: str, new: str, code: str, message: str
) -> None:
    assert old in DECISION
    war.append("events.yaml", DECISION.replace(old, new, 1))
    fault = war.only_fault()
    assert fault.code == code
    assert message in fault.message
    assert fault.remedy


EXISTS = "when: alive(dk) and stage(dk) == 0"
FACT = """
  - id: fact
    date: 1979-01-05
    when: alive(dk) and stage(dk) == 0
    title: A fact
    text: What was done.
    kind: atrocity
    sensitive: true
    effects:
      - harm: {cause: attacks, by: dk, dead: [10, 20]}
      - will: {faction: vietnam, points: 1}
    sources: [guess]
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("faction: vietnam, points: 1", "faction: dk, points: 1", "harm-rewarded", "'dk'"),
        (
            "faction: vietnam, points: 1}",
            "faction: vietnam, points: 1}\n      - bond: {between: [dk, vietnam], points: 5}",
            "harm-rewarded",
            "'dk'",
        ),
        (EXISTS, "when: will(dk) > 3", "atrocity-branches", "'will'"),
        (EXISTS, "when: at_war(dk, vietnam)", "atrocity-branches", "'at_war'"),
        (EXISTS, "when: standing(dk) == refused", "atrocity-branches", "'standing'"),
        (EXISTS, "when: phase == war", "atrocity-branches", "'phase'"),
        ("    date: 1979-01-05\n", "", "atrocity-branches", "on its date"),
        ("kind: atrocity\n    sensitive: true", "kind: war\n    sensitive: true", "", ""),
        (EXISTS, "when: phase == peace", "condition", "there is no phase 'peace'"),
        (EXISTS, "when: phase > 2", "condition", "compared with the name of one"),
        (
            EXISTS,
            "when: support(vietnam) > 0.2",
            "condition",
            "there is no movement 'vietnam'",
        ),
        (
            EXISTS,
            "when: treaty(nothing, dk, vietnam)",
            "condition",
            "there is no term 'nothing'",
        ),
    ],
)
def test_what_history_records_of_harm_rewards_nobody_and_branches_on_nothing(
    war: ScenarioFolder, old: str, new: str, code: str, message: str
) -> None:
    assert old in FACT
    war.append("events.yaml", FACT.replace(old, new, 1))
    faults = war.faults()
    if not code:
        assert faults == []
        return
    assert message in next(fault.message for fault in faults if fault.code == code)


OPENED = """
  - id: opened
    date: 1979-01-05
    when: dead() > 5000 or displaced(Cambodia) > 20000
    title: Food comes
    text: What came.
    kind: aid
    effects:
      - EFFECT
    sources: [guess]
"""


@pytest.mark.parametrize(
    "effect",
    [
        "relief: {country: Cambodia, tonnes: 100}", "bond: {between: [vietnam, dk], points: 3}",
        "stance: {between: [vietnam, dk], stance: access}", "inflow: {depot: depot_phnom_penh, inflow: 30}",
        "relation: {between: [vietnam, dk], value: 3}", "weariness: {faction: dk, points: -1}",
    ],
)  # fmt: skip
def test_harm_opens_nothing(war: ScenarioFolder, effect: str) -> None:
    war.append("events.yaml", OPENED.replace("EFFECT", effect))
    fault = war.only_fault()
    assert fault.code == "harm-rewarded" and f"'{effect.split(':')[0]}'" in fault.message and "'dead'" in fault.message
    assert "harm opens nothing" in fault.remedy


def test_harm_may_cost_and_a_decision_that_it_opens_may_give_nothing_either(war: ScenarioFolder) -> None:
    war.append("events.yaml", OPENED.replace("EFFECT", "will: {faction: dk, points: -1}"))
    assert war.faults() == []
    war.append("events.yaml", DECISION.replace("    title: A question", "    when: dead() > 1\n    title: A question"))
    fault = war.only_fault()
    assert fault.code == "harm-rewarded" and "'will'" in fault.message


def test_what_people_suffer_founds_nobody_and_raises_nobody_to_another_name(war: ScenarioFolder) -> None:
    stage = "{id: later, name: Later, short: Later, adjective: Late, kind: insurgency, when: camp_people() > 9}"
    war.replace("factions.yaml", "  - id: dk\n", f"  - id: dk\n    stages:\n      - {stage}\n")
    fault = war.only_fault()
    assert fault.code == "harm-rewarded" and "'camp_people'" in fault.message


@pytest.mark.parametrize("kind", ["displaced", "camp_people", "civil_dead"])
def test_harm_is_never_an_objective(war: ScenarioFolder, kind: str) -> None:
    war.replace("scenario.yaml", "kind: control_date", f"kind: {kind}")
    assert any(fault.code == "harm-scores" for fault in war.faults())


@pytest.mark.parametrize("members", [("dk",), ("dk", "vietnam")])
def test_a_circle_of_parents_is_told_once_and_whole(war: ScenarioFolder, members: tuple[str, ...]) -> None:
    for child, parent in zip(members, (*members[1:], members[0]), strict=True):
        war.replace(FACTIONS, f"id: {child}\n", f"id: {child}\n    parent: {parent}\n")
    fault = war.only_fault()
    assert fault.code == "parent-circle"
    assert all(f"{member} > " in fault.message for member in members)
    assert war.text(FACTIONS).splitlines()[fault.line - 1].strip().startswith("parent: ")


def test_those_who_hide_may_begin_on_an_enemys_ground_but_not_in_its_capital(war: ScenarioFolder) -> None:
    war.replace(FORCES, "posture: attack", "posture: hidden")
    war.replace(FORCES, "location: moc_bai ", "location: kratie ")
    assert war.faults() == []
    war.replace(FORCES, "location: kratie ", "location: phnom_penh ")
    assert war.only_fault().code == "enemy-ground"


def test_room_goes_with_the_overrides_and_a_lone_force_may_overfill(war: ScenarioFolder) -> None:
    war.replace(SCENARIO, "combat.fortune: 0.25", "move.room_open: 10000")
    fault = war.only_fault()
    assert (fault.code, "17,000 men" in fault.message, "10,000 find room" in fault.message) == ("no-room", True, True)
    war.replace(FORCES, "location: moc_bai\n        posture: attack", "location: krek\n        posture: hidden")
    assert war.faults() == []


def test_merge_keys_are_told_of_once_and_nothing_else_is_missed(war: ScenarioFolder) -> None:
    war.replace(FORCES, "  - id: pavn_7_div", "  - &div\n        id: pavn_7_div")
    text = war.text(FORCES)
    at = text.index("      - id: pavn_9_div")
    upto = text.index("  - id: dk_route_1")
    more = "      - {<<: *div, id: pavn_9_div}\n      - {<<: *div, id: pavn_8_div}\n"
    war.write(FORCES, text[:at] + more + text[upto:])
    fault = war.only_fault()
    assert (fault.code, fault.line, fault.column) == ("merge-key", text.count("\n", 0, at) + 1, 10)
    assert "not supported" in fault.message


def test_a_name_before_the_fault_of_a_condition_is_told_of_too(war: ScenarioFolder) -> None:
    war.replace(EVENTS, DAY, "when: will(vietnm) < 30 and")
    assert [(fault.column, fault.code) for fault in war.faults()] == [(16, "condition"), (29, "condition")]
