"""What a faction knows of its own means: the books that its treasury goes by."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.calendar import HOURS_A_YEAR
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import Stance
from game.core.kernels import clause
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.presence import in_play, is_actor
from game.rules.security import rules_for

RESERVE_MONTHS = 3.0
"""Months of soldiers' pay and upkeep that nobody spends on anything else."""

# rows of what is counted
MEN, WANTED, FOUGHT, HEXES, PEOPLE, BACKERS, TO_RAISE, COUNTS = range(8)


@clause
def count_means(w: Tables, c: Cast, a: int, out: npt.NDArray[np.float64]) -> None:
    """Into `out` [COUNTS]: men of faction a and their establishment, the hour at which any of them fought last (-1:
    never, or no army), and of the country fought over the hexes that it governs, their people, and of these those who
    prefer it. It governs what 9.23 counts as its doing.
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


@clause
def core_cost(w: Tables, c: Cast, r: Ruleset, a: int, men: float) -> float:
    """Pay and upkeep of the faction's army, US$ m a month."""
    pay = c.means.pay[a]
    if pay < 0.0:
        pay = r.economy.pay_man[w.faction_i[A.CLASS, a]]
    return men * (pay + r.economy.upkeep_man) / 1e6


@clause
def to_spare(w: Tables, a: int, core: float) -> float:
    """What may go into programmes, US$ m a month: what is left of income after the army's `core` cost, and a twelfth
    of what is beyond the reserve; nothing while pay is owed."""
    if w.faction_f[A.ARREARS, a] > 1.0:
        return 0.0
    left = max(0.0, w.faction_f[A.INCOME, a] - core)
    return left + max(0.0, w.faction_f[A.MONEY, a] - RESERVE_MONTHS * core) / 12.0


@clause
def programme_cost(g: Ground, r: Ruleset, programme: int, counts: npt.NDArray[np.float64]) -> float:
    """What a programme costs in full, US$ m a month."""
    rules = r.economy
    people = counts[PEOPLE]
    if programme == P.SEAL:
        governed = counts[HEXES] if people > 0.0 else 0.0
        return rules.seal_km * 1e-3 * g.km * np.sqrt(governed) * 2.0
    head = rules.militia_head
    if programme == P.CIVIC:
        head = rules.civic_head
    elif programme == P.POLITICAL:
        head = rules.political_head
    return head * people / 12.0 / 1e6


@clause
def is_quiet(counts: npt.NDArray[np.float64], hour: int) -> bool:
    """Whether the faction has fought, and none of its formations for a year."""
    return counts[FOUGHT] >= 0.0 and counts[FOUGHT] < hour - int(HOURS_A_YEAR)


@clause
def rebels(w: Tables, a: int) -> int:
    """Movements at war with the faction."""
    found = 0
    for b in range(w.faction_i.shape[1]):
        if w.faction_i[A.MOVEMENT, b] >= 0 and is_actor(w, b) and w.stance[a, b] == Stance.WAR:
            found += 1
    return found
