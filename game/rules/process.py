"""Chapter 13, peace process, first part: its phases, and what its rules have in common.

13.1 The process is in one phase at a time: war; talks; an accord signed; the mission at work; a vote held; a
     settlement; or an accord that failed. From each it can go only to some: talks may break off, an accord, a mission
     or a vote may fail, and a failed accord is forgotten in time and leaves war.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np

from game.core.calendar import DAYS_A_MONTH, HOURS_A_MONTH
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import NEVER, NO_FACTION, NO_FORCE, OFF_MAP, Life, Phase, Stance, Standing, Status, Term, TreatyState
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import uniform as _uniform
from game.core.ruleset import Ruleset
from game.core.setting import Cast, Ground, PeaceTerms, Setting
from game.core.state import Tables
from game.rules.treaties import bring_into_force as _bring_into_force
from game.rules.treaties import end_treaty as _end_treaty
from game.rules.treaties import free_row as _free_row
from game.rules.treaties import go_to_war as _go_to_war
from game.rules.workspace import Now, Work, note_row

uniform = plain(_uniform)
bring_into_force, end_treaty = plain(_bring_into_force), plain(_end_treaty)
free_row, go_to_war = plain(_free_row), plain(_go_to_war)

ARROWS: dict[Phase, tuple[Phase, ...]] = {
    Phase.WAR: (Phase.TALKS,),
    Phase.TALKS: (Phase.WAR, Phase.ACCORD),
    Phase.ACCORD: (Phase.MISSION, Phase.COLLAPSED),
    Phase.MISSION: (Phase.ELECTED, Phase.COLLAPSED),
    Phase.ELECTED: (Phase.SETTLED, Phase.COLLAPSED),
    Phase.SETTLED: (),
    Phase.COLLAPSED: (Phase.WAR,),
}
"""13.1 Where each phase may lead."""

BOUND = (Standing.SIGNED, Standing.CANTONING, Standing.DISARMED, Standing.GOVERNMENT)
"""Standings of those who keep to the accord."""


class Process(NamedTuple):
    """A peace process and the world that it is in: what the rules of this chapter work on, once a month."""

    w: Tables
    x: Work
    setting: Setting
    terms: PeaceTerms
    now: Now

    @property
    def g(self) -> Ground:
        return self.setting.ground

    @property
    def c(self) -> Cast:
        return self.setting.cast

    @property
    def r(self) -> Ruleset:
        return self.setting.ruleset

    @property
    def phase(self) -> Phase:
        return Phase(int(self.w.peace[P.PHASE]))

    @property
    def months(self) -> float:
        """Months of the calendar month that has ended."""
        return self.now.days / DAYS_A_MONTH

    @property
    def since(self) -> float:
        """Months that the phase has lasted."""
        return (self.now.hour - int(self.w.peace[P.SINCE])) / HOURS_A_MONTH

    def draw(self, purpose: int, salt: int) -> float:
        """A chance of this month."""
        return uniform(int(self.w.clock[C.SEED]), self.now.hour, salt, int(purpose), 0)

    def lives(self, a: int) -> bool:
        return a != NO_FACTION and bool(self.w.faction_i[A.LIFE, a] == Life.ACTIVE)

    def living(self, factions: tuple[int, ...]) -> list[int]:
        return [a for a in factions if self.lives(a)]

    def standing(self, a: int) -> Standing:
        return Standing(int(self.w.party[P.STANDING, a]))

    def stand(self, a: int, standing: Standing) -> None:
        self.w.party[P.STANDING, a] = int(standing)

    def with_standing(self, *standings: Standing) -> list[int]:
        """Living parties of these standings."""
        return [a for a in self.living(self.terms.parties) if self.standing(a) in standings]

    def men(self, a: int) -> int:
        """Men of a faction in play."""
        return int(self.w.force_i[F.MEN][self.forces(a)].sum())

    def forces(self, a: int) -> list[int]:
        """A faction's forces in play."""
        fi = self.w.force_i
        own = (fi[F.FACTION] == a) & (fi[F.STATUS] >= Status.ACTIVE) & (fi[F.STATUS] <= Status.BANDS)
        return [f for f in own.nonzero()[0].tolist() if fi[F.MEN, f] > 0]

    def at_war(self, a: int, b: int) -> bool:
        return bool(self.w.stance[a, b] == Stance.WAR)

    def land_share(self, a: int) -> float:
        """Share, by value, of the places of the country fought over that a faction holds."""
        worth = self.g.value * self.c.contested
        total = float(worth.sum())
        return float(worth[self.w.hex_i[H.CONTROL] == a].sum()) / total if total else 0.0

    def tell(self, kind: RecordKind, faction: int, other: int, reason: Reason, *figures: int) -> None:
        """Put a fact on record."""
        figures = (*figures, *(0 for _ in range(5 - len(figures))))
        note_row(self.x, self.now.hour, kind, faction, NO_FORCE, OFF_MAP, other, *figures, reason)


def turn_to(s: Process, phase: Phase) -> None:
    """13.1 The next phase begins. ValueError if the present one does not lead there."""
    if phase not in ARROWS[s.phase]:
        raise ValueError(f"the peace process cannot go from {s.phase.name} to {phase.name}")
    s.w.peace[P.PHASE] = int(phase)
    s.w.peace[P.SINCE] = s.now.hour


def agree(s: Process, term: Term, a: int, b: int, value: int) -> None:
    """13.9 A treaty of the accord comes into force (11.10): a gives b the term."""
    y = s.w.treaty
    k = int(free_row(s.w))
    if k < 0:
        return
    y[:, k] = 0
    y[[Y.TERM, Y.STATE, Y.A, Y.B, Y.VALUE], k] = (term, TreatyState.PROPOSED, a, b, value)
    y[[Y.SINCE, Y.UNTIL, Y.BY, Y.REASON, Y.LINK], k] = (s.now.hour, NEVER, a, Reason.ACCORD_SIGNED, NEVER)
    bring_into_force(s.w, s.c, s.x, s.r.relations, k, s.now.hour, Reason.ACCORD_SIGNED + 0, 0, 0)


def end_agreements(s: Process, a: int, b: int, terms: tuple[Term, ...], reason: Reason) -> None:
    """13.17, 13.30 What two had agreed under the accord is void (11.11)."""
    y = s.w.treaty
    between = ((y[Y.A] == a) & (y[Y.B] == b)) | ((y[Y.A] == b) & (y[Y.B] == a))
    rows = between & (y[Y.STATE] == TreatyState.IN_FORCE) & np.isin(y[Y.TERM], terms)
    for k in rows.nonzero()[0].tolist():
        end_treaty(s.w, s.x, s.r.relations, k, int(TreatyState.BROKEN), a, int(reason), s.now.hour)


def fight(s: Process, a: int, b: int) -> None:
    """13.17, 13.30, 13.31 The two are at war again, and what they had agreed is broken by `a` (11.15)."""
    go_to_war(s.w, s.x, s.r.relations, a, b, s.now.hour)


def fighting(s: Process, factions: list[int]) -> bool:
    """13.11 Whether any two of them are at war."""
    return any(s.at_war(a, b) for a, b in combinations(factions, 2))
