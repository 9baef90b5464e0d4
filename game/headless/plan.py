"""What a sweep is to run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """What to run."""

    scenario: str
    """As it was asked for: the id of a shipped one, or a folder."""
    agents: tuple[tuple[str, str], ...]
    """Side and agent, for every side of the scenario, in its order."""
    seed: int
    runs: int
    turns: bool
    """Whether to keep a row a turn."""
    run_seconds: float | None = None
    """How long one run may take."""

    def seed_of(self, run: int) -> int:
        return self.seed + run
