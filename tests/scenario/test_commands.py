"""new, check, schema and docs, as an author types them."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import pytest
from scenario_folder import ScenarioFolder
from typer.testing import CliRunner

from game.cli.author_commands import app
from game.scenario import docs, library, loader
from game.scenario.rulesets import read_ruleset
from game.scenario.schema import FILES

runner = CliRunner()


def test_new_writes_a_valid_scenario_that_loads_at_once(tmp_path: Path) -> None:
    result = runner.invoke(app, ["new", "northern_front", "--in", str(tmp_path)])
    assert result.exit_code == 0, result.output
    scenario = loader.load(tmp_path / "northern_front")
    assert (scenario.id, scenario.title) == ("northern_front", "Northern front")
    assert len(scenario.setting.sides) == 2


def test_new_copies_another_scenario_under_a_new_name(tmp_path: Path) -> None:
    model = library.list_scenarios()[0]
    result = runner.invoke(app, ["new", "my_copy", "--in", str(tmp_path), "--from", model])
    assert result.exit_code == 0, result.output
    copy, original = loader.load(tmp_path / "my_copy"), loader.load(model)
    assert (copy.id, copy.title) == ("my_copy", "My copy")
    assert (copy.briefing, len(copy.setting.forces)) == (original.briefing, len(original.setting.forces))


def test_new_refuses_to_copy_what_is_not_there(tmp_path: Path) -> None:
    result = runner.invoke(app, ["new", "my_copy", "--in", str(tmp_path), "--from", "nothing"])
    assert result.exit_code == 2
    assert f"names: {library.list_scenarios()[0]}" in result.output
    assert list(tmp_path.iterdir()) == []


def test_new_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    result = runner.invoke(app, ["new", "my_war", "--in", str(tmp_path)])
    assert result.exit_code == 2
    assert "No space left on device; choose another folder" in result.output
    assert list(tmp_path.iterdir()) == []


def test_new_says_how_the_window_lists_it_unless_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(library.OWN_FOLDERS, str(tmp_path / "shelf"))
    assert "window's list" in runner.invoke(app, ["new", "my_war", "--in", str(tmp_path)]).output
    assert "window's list" not in runner.invoke(app, ["new", "my_war", "--in", str(tmp_path / "shelf")]).output


def test_new_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "my_war").mkdir()
    result = runner.invoke(app, ["new", "my_war", "--in", str(tmp_path)])
    assert result.exit_code == 2
    assert "exists already" in result.output
    assert list((tmp_path / "my_war").iterdir()) == []


@pytest.mark.parametrize("name", ["My War", "../up", "", "ünder", "a/b"])
def test_new_refuses_a_name_that_is_none(tmp_path: Path, name: str) -> None:
    result = runner.invoke(app, ["new", name, "--in", str(tmp_path)])
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_new_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = runner.invoke(app, ["new", "my_war", "--in", str(tmp_path / "file")])
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_check_finds_no_fault_in_what_is_shipped() -> None:
    result = runner.invoke(app, ["check"])
    assert (result.exit_code, result.output) == (0, "No faults.\n")


def test_check_prints_every_fault_with_its_place_and_exits_with_2(tmp_path: Path) -> None:
    war = ScenarioFolder.make(tmp_path)
    line = war.replace("forces.yaml", "men: 8500", "men: -1")
    result = runner.invoke(app, ["check", str(war.path)])
    assert result.exit_code == 2
    assert f"forces.yaml:{line}:14 '-1' is out of range for 'men'; it must be at least 1" in result.output
    assert "1 fault in 1 file" in result.output


def test_check_json_has_the_stable_keys(tmp_path: Path) -> None:
    war = ScenarioFolder.make(tmp_path)
    war.replace("forces.yaml", "men: 8500", "men: -1")
    result = runner.invoke(app, ["check", "--json", str(war.path)])
    assert result.exit_code == 2
    (fault,) = json.loads(result.output)
    assert list(fault) == ["file", "line", "column", "code", "message", "remedy"]


def test_check_json_of_a_sound_scenario_is_an_empty_list(tmp_path: Path) -> None:
    war = ScenarioFolder.make(tmp_path)
    result = runner.invoke(app, ["check", "--json", str(war.path)])
    assert (result.exit_code, json.loads(result.output)) == (0, [])


def test_check_takes_several_paths_folders_of_scenarios_files_and_names(tmp_path: Path) -> None:
    war = ScenarioFolder.make(tmp_path)
    war.replace("events.yaml", "points: -1", "points: -100")
    for path in (war.path, war.path / "events.yaml", war.path / "scenario.yaml", tmp_path):
        assert runner.invoke(app, ["check", str(path), "christmas_invasion_1978"]).exit_code == 2
    standard = library.data_folder() / "rulesets" / "standard.yaml"
    assert runner.invoke(app, ["check", str(standard), "christmas_invasion_1978"]).exit_code == 0


def test_check_of_nothing_says_so(tmp_path: Path) -> None:
    result = runner.invoke(app, ["check", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "there is no such scenario" in result.output


def test_schema_writes_json_schema_with_descriptions_for_every_key(tmp_path: Path) -> None:
    written = runner.invoke(app, ["schema", str(tmp_path)])
    assert written.exit_code == 0
    for name in FILES:
        (line,) = [line for line in written.output.splitlines() if line.strip().startswith(f"{name}:")]
        assert line.endswith(f"$schema={(tmp_path / name).with_suffix('.schema.json').as_posix()}")
        content = json.loads((tmp_path / f"{Path(name).stem}.schema.json").read_text(encoding="utf-8"))
        definitions = [content, *content.get("$defs", {}).values()]
        for definition in definitions:
            for key, value in definition.get("properties", {}).items():
                assert value.get("description"), f"{name}: {key}"


def test_the_references_are_up_to_date() -> None:
    folder = library.assets_folder() / "docs"
    file, _ = read_ruleset(library.data_folder() / "rulesets" / "standard.yaml", "standard.yaml")
    assert file is not None
    assert (folder / "key_reference.md").read_text(encoding="utf-8") == docs.key_reference()
    assert (folder / "ruleset_reference.md").read_text(encoding="utf-8") == docs.ruleset_reference(file)


def test_every_measurement_and_every_key_is_in_the_key_reference() -> None:
    text = docs.key_reference()
    for name in FILES:
        assert f"## {name}" in text
    for kind in docs.MEASUREMENTS:
        assert text.count(f"`{kind}`") >= 2


def _guide() -> str:
    return (library.assets_folder() / "docs" / "authors_guide.md").read_text(encoding="utf-8")


def test_the_worked_example_of_the_authors_guide_is_a_valid_scenario(tmp_path: Path) -> None:
    for file in FILES:
        section = _guide().split(f"### `{file}`\n")[1].split("\n#")[0]
        code = [line[4:] for line in section.splitlines() if line.startswith("    ")]
        (tmp_path / file).write_text("\n".join(code) + "\n", encoding="utf-8")
    assert loader.check([tmp_path]) == []


def test_the_authors_guide_names_the_commands() -> None:
    for command in ("new", "check", "schema", "play", "simulate"):
        assert f"kampuchea {command}" in _guide()
