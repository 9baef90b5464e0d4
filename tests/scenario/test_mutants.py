"""Mistakes that people make, at random in the shipped scenarios and the ruleset: `check` points at the very place."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from mutants import KINDS, Mutant, Spoiler

from game.scenario import library, loader
from game.scenario.schema import FILES
from game.scenario.yamltree import read

SHARE = 0.98
"""Of the mistakes that make a file faulty, so many are pointed at exactly."""


def trial(file: Path, mutant: Mutant) -> bool | None:
    """Whether a fault stands at the mistake; None if the mutant is without fault, as a number still in range is."""
    before = file.read_bytes()
    file.write_text(mutant.text, encoding="utf-8")
    try:
        faults = loader.check([file])
    finally:
        file.write_bytes(before)
    here = {(fault.line, fault.column) for fault in faults if Path(fault.file) == file}
    return bool(here & mutant.at) if faults else None


def share(files: dict[Path, Spoiler], each: int, seed: int) -> tuple[float, Counter[str], Counter[str]]:
    """Share of the mistakes pointed at exactly, and the faulty and the missed by kind; `each`: trials of a kind."""
    rng = random.Random(seed)
    faulty: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for kind in KINDS:
        done = 0
        for _ in range(60 * each):
            file = rng.choice(list(files))
            mutant = files[file].mutant(kind, rng.choice(files[file].tokens), rng)
            if mutant is not None:
                done += 1
                exact = trial(file, mutant)
                faulty[kind] += exact is not None
                missed[kind] += exact is False
            if done == each:
                break
    return 1.0 - missed.total() / faulty.total(), faulty, missed


@pytest.mark.parametrize(("name", "each"), [("christmas_invasion_1978", 4), ("grand_campaign_1977_1997", 2)])
def test_mistakes_are_pointed_at_exactly(name: str, each: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # map and ruleset stay what they are
    monkeypatch.setattr(loader, "load_map", cache(loader.load_map))
    monkeypatch.setattr(loader, "read_ruleset", cache(loader.read_ruleset))
    for file in FILES:
        shutil.copy(library.data_folder() / name / file, tmp_path / file)
    files = {tmp_path / file: Spoiler(read(tmp_path / file, file)) for file in FILES}
    found, faulty, missed = share(files, each, seed=13)
    assert faulty.total() > 15 * each
    assert found >= SHARE, dict(+missed)


def test_mistakes_in_a_ruleset_are_pointed_at_exactly(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    shutil.copy(library.data_folder() / "rulesets" / "standard.yaml", file)
    found, faulty, missed = share({file: Spoiler(read(file, file.name))}, 3, seed=13)
    assert faulty.total() > 20
    assert found >= SHARE, dict(+missed)
