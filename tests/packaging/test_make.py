"""The Makefile on machines that lack something: one clear line, status 2, and nothing half-made."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make here")


def make_with(python: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """`make play` in a copy of the project's head, where `python` is the script of the only interpreter."""
    shutil.copy(REPOSITORY / "Makefile", folder)
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    programs = folder / "bin"
    programs.mkdir()
    for name in ("sh", "rm", "touch"):
        (programs / name).symlink_to(str(shutil.which(name)))
    script = programs / "python3"
    script.write_text(f"#!/bin/sh\n{python}\n")
    script.chmod(0o755)
    return subprocess.run(
        [str(shutil.which("make")), "play"],
        cwd=folder,
        env={"PATH": str(programs), "HOME": str(folder), "LANG": os.environ.get("LANG", "C.UTF-8")},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_python_that_is_too_old_is_named_with_the_remedy(tmp_path: Path) -> None:
    done = make_with("exit 1", tmp_path)
    assert done.returncode == 2
    assert "Python 3.11 or newer" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_python_without_venv_is_named_with_the_remedy(tmp_path: Path) -> None:
    # answers the question for its version, and fails at importing venv
    done = make_with('case "$2" in *version_info*) exit 0;; *) exit 1;; esac', tmp_path)
    assert done.returncode == 2
    assert "python3-venv" in done.stderr
    assert not (tmp_path / ".venv").exists()
