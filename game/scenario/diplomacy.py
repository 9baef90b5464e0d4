"""From factions.yaml's treaties, interests and blocs to the tables and the cast."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.calendar import MILLIONS_A_YEAR
from game.core.columns import faction, treaty
from game.core.columns import peace as peace_columns
from game.core.hexmap import HexMap
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, Spoiler, Stance, Term, TreatyState
from game.core.reasons import Reason
from game.core.setting import VIEW_LAW, VIEW_OCCUPATION, VIEW_RECORD, Interests, Setting
from game.core.state import Tables
from game.scenario.schema_cast import FactionEntry, FactionsFile

STAKE_OF_A_MOVEMENT = 1.0
STANCES: dict[Term, Stance] = {
    Term.ACCESS: Stance.ACCESS, Term.SANCTUARY: Stance.ACCESS, Term.COALITION: Stance.ACCESS,
    Term.AMNESTY: Stance.ACCESS, Term.ALLIANCE: Stance.ALLIED, Term.CEASE_FIRE: Stance.HOSTILE,
    Term.POWER_SHARING: Stance.HOSTILE, Term.PEACE: Stance.NEUTRAL,
}  # fmt: skip
"""The stance that a term makes (11.11); the others make none."""
TERMS: dict[str, Term] = {term.name.lower(): term for term in Term}


def borders(
    map_: HexMap, host: npt.NDArray[np.int8], factions: list[FactionEntry], country: str | None
) -> npt.NDArray[np.int8]:
    """int8 [factions, factions]: 1 where their lands touch; movements have the country fought over."""
    n = len(factions)
    touch = np.zeros((n + 1, n + 1), np.int8)
    inside = np.array([name == country for name in (*map_.countries, None)])[map_.country]
    owner = np.where(inside, n, host)
    for d in range(6):
        beside = map_.neighbours[:, d]
        there = (beside != OFF_MAP) & (owner != NO_FACTION)
        one, other = owner[there], owner[beside[there]]
        both = other != NO_FACTION
        touch[one[both], other[both]] = 1
    out = touch[:n, :n] | touch[:n, :n].T
    fought_over = touch[n, :n] | touch[:n, n]
    for a, entry in enumerate(factions):
        if entry.movement:
            out[a] |= fought_over
            out[:, a] |= fought_over
    movements = np.array([entry.movement for entry in factions])
    out[np.ix_(movements, movements)] = 1
    np.fill_diagonal(out, 0)
    return out


def make_interests(
    file: FactionsFile, map_: HexMap, host: npt.NDArray[np.int8], country: str | None = None
) -> Interests:
    """What factions want; those not listed under `interests` care for little and have little."""
    rows = {entry.id: k for k, entry in enumerate(file.factions)}
    n = len(rows)
    stake = np.array([STAKE_OF_A_MOVEMENT if entry.movement else 0.3 for entry in file.factions])
    fear, creed, purse, stain = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    might, spoiler = np.zeros(n, np.int64), np.zeros(n, np.int64)
    listed = np.zeros(n, np.int8)
    for entry in file.interests:
        k = rows[entry.faction]
        listed[k] = 1
        stake[k], fear[k], creed[k] = entry.stake, entry.fear, entry.creed
        purse[k], might[k], stain[k] = entry.purse, entry.might, entry.stain
        spoiler[k] = Spoiler[entry.spoiler.upper()]
    lean = np.zeros((len(file.blocs), n))
    minds = np.zeros((len(file.blocs), 3))
    for b, bloc in enumerate(file.blocs):
        for name, weight in bloc.lean.items():
            lean[b, rows[name]] = weight
        minds[b, VIEW_OCCUPATION], minds[b, VIEW_RECORD], minds[b, VIEW_LAW] = bloc.occupation, bloc.record, bloc.law
    return Interests(
        listed=listed, stake=stake, fear=fear, creed=creed, purse=purse, might=might, spoiler=spoiler, stain=stain,
        border=borders(map_, host, file.factions, country),
        votes=np.array([bloc.votes for bloc in file.blocs], np.int64), lean=lean, minds=minds,
    )  # fmt: skip


def fill_treaties(file: FactionsFile, setting: Setting, tables: Tables) -> None:
    """The treaties in force at the start, the stances that they make, aid, recognition and the seat."""
    rows = {entry.id: k for k, entry in enumerate(file.factions)}
    for column in (treaty.A, treaty.B, treaty.BY, treaty.LINK, treaty.UNTIL):
        tables.treaty[column] = NEVER
    for k, entry in enumerate(file.treaties):
        term, a, b = TERMS[entry.term], rows[entry.giver], rows[entry.receiver]
        until = NEVER if entry.until is None else setting.hour_of(entry.until)
        tables.treaty[treaty.TERM, k], tables.treaty[treaty.STATE, k] = term, TreatyState.IN_FORCE
        tables.treaty[treaty.A, k], tables.treaty[treaty.B, k] = a, b
        tables.treaty[treaty.VALUE, k], tables.treaty[treaty.UNTIL, k] = entry.value, until
        tables.treaty[treaty.REASON, k] = Reason.NONE
        if term is Term.AID:
            tables.aid[a, b] = max(tables.aid[a, b], entry.value * MILLIONS_A_YEAR)
        elif term is Term.RECOGNITION:
            tables.recognised[a, b] = 1
        if STANCES.get(term, Stance.WAR) > tables.stance[a, b]:
            tables.stance[a, b] = tables.stance[b, a] = STANCES[term]
    if file.seat is not None:
        tables.peace[peace_columns.SEAT] = rows[file.seat]
    tables.faction_i[faction.REPUTED] = setting.cast.interests.might
