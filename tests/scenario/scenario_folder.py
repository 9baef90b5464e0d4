"""A valid scenario in a temporary folder, and ways to spoil it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from game.core.faults import Fault
from game.scenario import library, loader
from game.scenario.schema import FILES

TEMPLATE = library.assets_folder() / "template"


@dataclass
class ScenarioFolder:
    """The template scenario under `path`, to be spoilt by replacing text."""

    path: Path

    @classmethod
    def make(cls, parent: Path) -> ScenarioFolder:
        path = parent / "my_war"
        path.mkdir()
        for name in FILES:
            shutil.copy(TEMPLATE / name, path / name)
        return cls(path)

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        data = content if isinstance(content, bytes) else content.encode()
        (self.path / file).write_bytes(data)

    def replace(self, file: str, old: str, new: str) -> int:
        """Replace the first `old`, which must be there; returns the line on which it stood."""
        text = self.text(file)
        at = text.index(old)
        self.write(file, text[:at] + new + text[at + len(old) :])
        return text.count("\n", 0, at) + 1

    def append(self, file: str, more: str) -> int:
        """Add text at the end; returns the line on which it begins."""
        text = self.text(file)
        self.write(file, text + more)
        return text.count("\n") + 1

    def faults(self) -> list[Fault]:
        return loader.check([self.path])

    def only_fault(self) -> Fault:
        faults = self.faults()
        assert len(faults) == 1, "\n".join(map(str, faults))
        return faults[0]
