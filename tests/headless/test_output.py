"""What commands print: brackets as brackets, no order to the terminal, any encoding, outputs closed or full."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import REPOSITORY, TEMPLATE, CommandLine
from rich.console import Console

from game import cli
from game.core.standins import STAND_IN, stand_in
from game.core.texts import printable
from game.engine.playable import Playable
from game.headless.plan import Plan
from game.headless.run import run_one
from game.results.report import report
from game.results.runs import RunResult
from game.results.summary import Summary, summarise

ODD = "[a/b] [/b] [bold]x :smile: \\[y]"
"""Markup of every kind that rich knows."""
LETTERS = "Neak Lŏĕng – ភ្នំពេញ “x” Đặng"
ENCODINGS = ("ascii", "cp437", "cp850", "cp932", "iso8859-9", "cp1252", "cp1258", "cp874", "utf-8", "utf-16")
MAP = REPOSITORY / "scenarios" / "maps" / "cambodia_12km.yaml"


@pytest.fixture(scope="module")
def odd_war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small war in a folder, and with titles and names, full of brackets and letters."""
    folder = tmp_path_factory.mktemp("x") / "a[/b]" / f"[draft] {LETTERS}"
    shutil.copytree(TEMPLATE, folder)
    for file, key in (("scenario.yaml", "title: "), ("scenario.yaml", "name: "), ("factions.yaml", "name: ")):
        text = (folder / file).read_text("utf-8")
        lines = [
            f"{line.split(key)[0]}{key}'{ODD} {LETTERS} {k}'" if line.lstrip(" -").startswith(key) else line
            for k, line in enumerate(text.splitlines())
        ]
        (folder / file).write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def runs(small: Playable) -> list[RunResult]:
    plan = Plan(str(TEMPLATE), (("vietnam", "passive"), ("dk", "passive")), seed=1, runs=2, turns=False)
    return [run_one(small, plan, run) for run in range(plan.runs)]


@pytest.fixture(scope="module")
def summary(small: Playable, runs: list[RunResult]) -> Summary:
    """With every text that a scenario or an agent gives full of brackets."""
    found = summarise(small.definition, runs)
    return replace(
        found,
        title=f"{ODD} title",
        milestones=tuple(replace(m, title=f"{ODD} milestone") for m in found.milestones),
        sides=tuple(replace(s, name=f"{ODD} side", levels=((f"{ODD} level", 2),)) for s in found.sides),
        factions=tuple(replace(f, name=f"{ODD} faction") for f in found.factions),
        errors=((7, f"{ODD} error \x1b[31m\u202e"),),
    )


class Typed:
    """A command run in this process, on streams of an encoding."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, encoding: str, *arguments: object) -> None:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding))
            with pytest.raises(SystemExit) as end:
                cli.main([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            self.status = end.value.code or 0
            self.out, self.err = out.getvalue().decode(encoding), err.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [20, 40, 80, 140])
def test_every_bracket_of_a_report_shows(summary: Summary, width: int) -> None:
    console = Console(width=width, file=io.StringIO(), record=True)  # and not one of ours: any will do
    console.print(report(summary))
    printed = "".join(console.export_text().split())
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert r"\x1b[31m\u202e" in printed
    texts = ("title", "milestone", "side", "faction", "level", "error")
    if width <= 40:
        for what in texts:
            assert "".join(f"{ODD} {what}".split()) in printed, what
    else:  # a name may be folded between its words, among figures
        for word in ODD.split():
            assert printed.count(word) >= len(texts), word
    assert "…" not in printed


@pytest.mark.parametrize("width", [20, 40, 60, 80, 140])
def test_names_of_milestones_stay_on_the_narrowest_terminal(small: Playable, runs: list[RunResult], width: int) -> None:
    console = Console(width=width, file=io.StringIO(), record=True)
    console.print(report(summarise(small.definition, runs)))
    printed = console.export_text()
    assert "Neak Luong" in printed
    assert "Democratic" in printed
    assert "6 Jan 1979" in " ".join(printed.split())
    assert max(map(len, printed.splitlines())) <= width


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "cp850", "utf-16"])
def test_every_command_prints_in_every_encoding(
    monkeypatch: pytest.MonkeyPatch, odd_war: Path, tmp_path: Path, encoding: str
) -> None:
    def shown(text: str) -> str:
        return text.encode(encoding, STAND_IN).decode(encoding)

    checked = Typed(monkeypatch, encoding, "check", odd_war)
    assert (checked.status, checked.out.strip()) == (0, "No faults."), checked.out
    missing = Typed(monkeypatch, encoding, "check", odd_war / "no")
    assert missing.status == 2
    assert shown(str(odd_war)) in missing.out
    named = Typed(monkeypatch, encoding, "check", "--json", odd_war / "no")
    assert json.loads(named.out)[0]["file"] == str(odd_war / "no")[:200]
    nowhere = Typed(monkeypatch, encoding, "simulate", odd_war / "no")
    assert (nowhere.status, nowhere.err.count("\n")) == (2, 1)
    assert shown(str(odd_war)) in nowhere.err
    for command in (["rules"], ["rules", "supply"], ["rules", "haul_limit_km"], ["map", "show", MAP], ["--version"]):
        typed = Typed(monkeypatch, encoding, *command)
        assert typed.status == 0
        assert typed.out.strip()
    numbers = Typed(monkeypatch, encoding, "rules", "haul_limit_km", "--scenario", odd_war)
    assert shown(str(odd_war)) in numbers.out
    made = tmp_path / f"[x] {LETTERS}"
    new = Typed(monkeypatch, encoding, "new", "my_war", "--in", made)
    assert shown(str(made)) in new.out
    for command in ("schema", "docs --out"):
        typed = Typed(monkeypatch, encoding, *command.split(), made / "pages")
        assert shown(str(made)) in typed.out


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_report_is_laid_out_in_the_letters_of_its_output(summary: Summary, encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding)
    console = Console(width=140, file=stream)
    console.print(report(replace(summary, title=LETTERS, milestones=(), sides=(), factions=())))
    stream.flush()
    assert LETTERS.encode(encoding, STAND_IN).decode(encoding) in raw.getvalue().decode(encoding)


def test_stand_ins_are_readable_and_lose_nothing() -> None:
    assert stand_in("Lŏĕng – Đặng “x” • …") == 'Loeng - Dang "x" * ...'
    assert stand_in("ភ្នំ").encode().decode("unicode_escape") == "ភ្នំ"


@pytest.mark.parametrize("wrong", ["--\x1b[31mx", "simulate --\x1b[31mx", "no\x1b[31mx"])
def test_wrong_arguments_are_told_without_an_order_to_the_terminal(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    told = Typed(monkeypatch, "utf-8", *wrong.split())
    assert told.status == 2
    assert "\x1b" not in told.err
    assert r"\x1b[31mx" in told.err


def test_a_ruleset_of_ones_own_shows_its_brackets(kampuchea: CommandLine, tmp_path: Path) -> None:
    text = (REPOSITORY / "scenarios" / "rulesets" / "standard.yaml").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.lstrip().startswith("march_foot:"))
    doc = line[line.index("doc: ") :].removesuffix("}")
    mine = tmp_path / "mine.yaml"
    mine.write_text(text.replace(doc, 'doc: "March [a link](of no page) *so* <b> `x`"', 1), "utf-8")
    shown = kampuchea.run("rules", "march_foot", "--ruleset", mine).stdout
    assert "March [a link](of no page) *so* <b> `x`" in " ".join(shown.split())


def test_brackets_of_names_show_in_a_sweep(kampuchea: CommandLine, odd_war: Path) -> None:
    for encoding in ("cp850", "utf-8"):
        done = subprocess.run(
            kampuchea.command("simulate", odd_war, "--runs", 1, "--jobs", 1, "--agents", "vietnam=passive,dk=passive"),
            env={**kampuchea.environment, "PYTHONIOENCODING": encoding, "NO_COLOR": "1", "TERM": "dumb"},
            capture_output=True,
        )
        out = done.stdout.decode(encoding)
        assert done.returncode == 0, done.stderr
        assert "".join(f"{ODD} Neak".split()) in "".join(out.split())
        assert "\x1b" not in out


def test_without_utf_8_mode_in_the_c_locale_nothing_fails(kampuchea: CommandLine, odd_war: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert "-" in kampuchea.run("rules", "supply", **plain).stdout
    assert kampuchea.run("check", TEMPLATE, **plain).stdout == "No faults.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device on this system")
@pytest.mark.parametrize(
    ("closing", "status", "told"),
    [
        (">&-", 2, "it is closed"),
        (">/dev/full", 2, "No space left"),
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        ("<&-", 0, ""),
        (">&- 2>&-", 2, ""),
        (">&- 2>&- <&-", 2, ""),
    ],
)
def test_closed_and_full_outputs_are_one_line(kampuchea: CommandLine, closing: str, status: int, told: str) -> None:
    command = f'"{sys.executable}" -m game check "{TEMPLATE}" {closing}'
    done = subprocess.run(["sh", "-c", command], env=kampuchea.environment, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    assert told in done.stderr
    assert done.stderr.count("\n") == (1 if told else 0)


@pytest.mark.parametrize("columns", ["0", "1", "-5", "many", "99999999", "40"])
def test_odd_widths_are_not_believed(kampuchea: CommandLine, columns: str) -> None:
    out = kampuchea.run("rules", "supply", COLUMNS=columns).stdout
    assert "upply" in out
    assert max(map(len, out.splitlines())) <= 500


def test_a_path_and_a_wrong_argument_cannot_disturb_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (
        ["simulate", "a\x1b[31m\u202e"],
        ["check", "a\x1b[31m\u202e"],
        ["play", "--agents", "\x1b[31m"],
        ["explain", str(TEMPLATE), "\x1b[31m", "x"],
        ["replay", "\x1b[31m.kampuchea"],
        ["map", "show", "\x1b[31m"],
    ):
        typed = Typed(monkeypatch, "utf-8", *command)
        assert typed.status == 2, command
        assert printable(typed.out + typed.err, lines=True) == typed.out + typed.err, command
