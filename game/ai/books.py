"""What a faction knows of its own means: the books that its treasury goes by."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.calendar import HOURS_A_YEAR
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.kernels import entry
from game.core.setting import Cast
from game.core.state import Tables
from game.core.view import View
from game.rules.presence import in_play
from game.rules.security import rules_for

RESERVE_MONTHS = 3.0
"""Months of soldiers' pay and upkeep that nobody spends on anything else."""
# rows of what is counted
MEN, WANTED, FOUGHT, HEXES, PEOPLE, BACKERS, HUNGRY, COUNTS = range(8)


class Books(NamedTuple):
    """What a faction knows of its own means."""

    income: float
    """US$ m a month."""
    core: float
    """Pay and upkeep of its army, US$ m a month."""
    money: float
    arrears: float
    support: float
    """Share of the people under its rule who prefer it."""
    want: float
    """Share of their need of food that they lack."""
    costs: dict[int, float]
    """Programme -> what it costs in full, US$ m a month."""
    lacks: int
    """Men whom its formations lack."""
    establishment: int
    quiet: bool
    """Whether it has fought, and none of its formations for a year."""

    @property
    def spare(self) -> float:
        """What may go into programmes, US$ m a month: what is left of income, and a twelfth of what is beyond the
        reserve."""
        if self.arrears > 1.0:
            return 0.0
        return max(0.0, self.income - self.core) + max(0.0, self.money - RESERVE_MONTHS * self.core) / 12.0


@entry
def count_means(w: Tables, c: Cast, a: int, out: npt.NDArray[np.float64]) -> None:
    """Into `out` [COUNTS]: men of faction a and their establishment, the hour at which any of them fought last (-1:
    never, or no army), and of the country fought over the hexes that it governs, their people, and of these those who
    prefer it and those who go hungry. It governs what 9.23 counts as its doing.
    """
    out[:] = 0.0
    out[FOUGHT] = -1.0
    fi = w.force_i
    for f in range(fi.shape[1]):
        if fi[F.FACTION, f] == a and in_play(w, f):
            out[MEN] += fi[F.MEN, f]
            out[WANTED] += fi[F.START_MEN, f]
            out[FOUGHT] = max(out[FOUGHT], float(fi[F.LAST_FOUGHT, f]))
    movement = w.faction_i[A.MOVEMENT, a]
    if movement < 0:
        return
    for k in range(c.lands.shape[0]):
        h = c.lands[k]
        if rules_for(w, a, w.hex_i[H.CONTROL, h]):
            people = float(w.hex_i[H.PEOPLE, h])
            out[HEXES] += 1.0
            out[PEOPLE] += people
            out[BACKERS] += people * w.support[movement, h]
            out[HUNGRY] += people * w.hex_f[H.WANT, h]


def count(view: View, a: int) -> list[float]:
    """The counts of a faction, as the view has them."""
    out = np.empty(COUNTS)
    count_means(view.tables, view.setting.cast, a, out)
    counted: list[float] = out.tolist()
    return counted


def books_of(view: View, a: int) -> Books:
    """The books of a faction of the view's side."""
    t, rules, means = view.tables, view.setting.ruleset.economy, view.setting.cast.means
    men, wanted, fought, hexes, people, backers, hungry = count(view, a)
    money = t.faction_f[:, a].tolist()
    pay = float(means.pay[a])
    pay = pay if pay >= 0.0 else float(rules.pay_man[int(t.faction_i[A.CLASS, a])])
    heads = {P.CIVIC: rules.civic_head, P.POLITICAL: rules.political_head, P.MILITIA: rules.militia_head}
    costs = {policy: head * people / 12.0 / 1e6 for policy, head in heads.items()}
    governed = hexes if people else 0.0
    costs[P.SEAL] = rules.seal_km * 1e-3 * view.setting.ground.km * governed**0.5 * 2.0
    return Books(
        income=money[A.INCOME],
        core=men * (pay + rules.upkeep_man) / 1e6,
        money=money[A.MONEY],
        arrears=money[A.ARREARS],
        support=backers / people if people else 0.0,
        want=hungry / people if people else 0.0,
        costs=costs,
        lacks=max(0, int(wanted - men)),
        establishment=int(wanted),
        quiet=0 <= fought < view.hour - int(HOURS_A_YEAR),
    )
