"""The command line as tests run it, and the smallest war that is shipped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
HANGS_S = 1800
"""Nothing takes so long on any machine, rules to be compiled included."""
TEMPLATE = REPOSITORY / "assets" / "template"
"""Four formations and ten turns."""


class CommandLine:
    """Runs `kampuchea` as a user would."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self.folder = folder

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "game", *map(str, arguments)]

    def run(self, *arguments: object, status: int = 0, **variables: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=HANGS_S,
        )
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        return done
