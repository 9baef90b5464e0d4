"""Commands for authors: new, check, schema, docs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from game.cli import output
from game.core.filenames import name_fault
from game.core.files import make_folder, whole_folder, write_whole
from game.results import rulepages
from game.results.rulebook import read_rulebook
from game.scenario import docs as references
from game.scenario import library, loader, rulesets
from game.scenario.schema import FILES

app = typer.Typer(help="Write scenarios.", no_args_is_help=True, add_completion=False)

FAULTY = 2
"""Exit status when a user's files or arguments are at fault."""
_ID = re.compile(r"^id:[^\n]*$", re.MULTILINE)
_TITLE = re.compile(r"^title: *[^\s>|][^\n]*$", re.MULTILINE)
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")


def _refuse(message: str) -> NoReturn:
    output.tell(message)
    raise typer.Exit(FAULTY)


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


@app.command(short_help="Write a small scenario, ready to change.")
def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario: lower-case letters, figures and _.")],
    folder: Annotated[Path, typer.Option("--in", help="Folder to put it in.")] = Path(),
    model: Annotated[
        str | None,
        typer.Option(
            "--from", help="Scenario to copy, by name or folder; a small one if left out.", show_default=False
        ),
    ] = None,
) -> None:
    """Write a small valid scenario, or a copy of another under a new name, ready to play and to change."""
    if not _NAME.fullmatch(name):
        _refuse(f"'{name}' cannot name a scenario; use lower-case letters, figures and _, for example my_war")
    if fault := name_fault(name):
        _refuse(f"'{name}' cannot name a folder: {fault}")
    target = folder / name
    source = library.assets_folder() / "template" if model is None else library.find(model)
    if source is None:
        _refuse(f"--from {model}: there is no such scenario; names: {', '.join(library.list_scenarios())}")
    title = name.replace("_", " ").capitalize()
    if target.exists():
        _refuse(f"{target} exists already; choose another name or folder")
    try:
        with whole_folder(target) as draft:
            for path in sorted(path for path in source.iterdir() if path.is_file()):
                shutil.copyfile(path, draft / path.name)
            main = draft / library.SCENARIO_FILE
            text = _ID.sub(f"id: {name}", main.read_text(encoding="utf-8"), count=1)
            write_whole(main, _TITLE.sub(f"title: {title}", text, count=1))
    except UnicodeDecodeError:
        _refuse(f"{source / library.SCENARIO_FILE} is no UTF-8 text; see kampuchea check {source}")
    except OSError as error:
        _refuse(f"{error.filename or target} cannot be written: {error.strerror}; choose another folder with --in")
    output.say(f"Wrote {target}. Next:")
    for command in ("check", "play", "simulate"):
        output.say(f"  kampuchea {command} {shlex.quote(str(target))}")
    if not any(folder.resolve() == target.parent.resolve() for folder in library.own_folders()):
        output.say(f"To see it in the window's list at any time, move it to {library.own_folder()}")


@app.command(short_help="Report every fault of scenarios and maps.")
def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Scenarios by folder or name, maps, rulesets; the shipped ones if left out."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the faults as a JSON list.")] = False,
) -> None:
    """Report every fault of every file, with place and remedy. Exit status 2 if there are any."""
    faults = loader.check(paths or [str(library.data_folder())])
    if as_json:
        output.say_json([fault.as_dict() for fault in faults], indent=2)
    else:
        for fault in faults:
            output.say(str(fault))
        files = len({fault.file for fault in faults})
        counts = f"{_count(len(faults), 'fault')} in {_count(files, 'file')}"
        if faults:
            output.tell(counts)
        else:
            output.say("No faults.")
    if faults:
        raise typer.Exit(FAULTY)


@app.command(short_help="Write JSON Schema for editors' completion.")
def schema(
    out: Annotated[Path, typer.Argument(help="Folder for the JSON Schema files.")] = Path("schema"),
) -> None:
    """Write JSON Schema for editors' completion, one file for each of a scenario's files."""
    try:
        make_folder(out)
        for name, content in references.json_schemas().items():
            write_whole(out / _schema_file(name), json.dumps(content, indent=2) + "\n")
    except OSError as error:
        _refuse(f"{error.filename or out} cannot be written: {error.strerror}; choose another folder")
    output.say(f"Wrote {len(FILES)} schemas to {out}. With the YAML extension of your editor, begin each file with")
    for name in FILES:
        output.say(
            f"  {name + ':':16}# yaml-language-server: $schema={(out.resolve() / _schema_file(name)).as_posix()}"
        )


def _schema_file(name: str) -> str:
    return f"{Path(name).stem}.schema.json"


@app.command(short_help="Write the reference pages from the code.")
def docs(
    out: Annotated[Path | None, typer.Option(help="Folder for the pages; the package's assets/docs.")] = None,
) -> None:
    """Write the rulebook, the key reference and the ruleset reference anew from the code."""
    folder = library.assets_folder() / "docs" if out is None else out
    file, faults = rulesets.read_ruleset(library.data_folder() / "rulesets" / "standard.yaml", "standard.yaml")
    if file is None:
        _refuse("\n".join(map(str, faults)))
    pages = {
        "key_reference.md": references.key_reference(),
        "ruleset_reference.md": references.ruleset_reference(file),
        **{f"rulebook/{name}": text for name, text in rulepages.pages(read_rulebook(), file).items()},
    }
    try:
        make_folder(folder / "rulebook")
        for name, text in pages.items():
            write_whole(folder / name, text)
            output.say(f"Wrote {folder / name}")
    except OSError as error:
        _refuse(f"{error.filename or folder} cannot be written: {error.strerror}; choose another folder with --out")
