"""What the panels about one faction share: its figures now, and what is kept of them by turn."""

from __future__ import annotations

from game.ui.pages.council import Council


class Home:
    """What the panels of the page share."""

    def __init__(self, council: Council) -> None:
        self.council = council

    def real(self, column: int) -> float:
        return float(self.council.view.tables.faction_f[column, self.council.who])

    def count(self, column: int) -> int:
        return int(self.council.view.tables.faction_i[column, self.council.who])

    @property
    def keeps(self) -> bool:
        """Whether the faction keeps accounts in this scenario."""
        return bool(self.council.view.setting.cast.means.keeps[self.council.who])

    @property
    def governs(self) -> bool:
        """Whether its command has a home front, or formations in the field alone."""
        return bool(self.council.view.setting.cast.means.home_front[self.council.who])

    def series(self, name: str) -> list[float]:
        """What is kept of a figure by turn, of the faction looked at."""
        history = self.council.match.world.history.get(name, [])
        return [float(turn[self.council.who]) for turn in history]
