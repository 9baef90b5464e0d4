"""Money and arms that come from outside the tables: budgets, patrons' customs, riches of the land, pipelines.

All of it is a scenario's dated data. A scenario without an economy has `no_means`, and no faction keeps accounts.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.bundles import bundle


@bundle
class Means(NamedTuple):
    """What the rules of chapter 10 are given. Years count from `first_year`; months are year * 12 + month - 1."""

    keeps: npt.NDArray[np.int8]
    """[factions] 1 for factions that keep accounts."""
    home_front: npt.NDArray[np.int8]
    """[factions] 1 for factions whose command also governs; 0 for those that command field formations only."""
    outside: npt.NDArray[np.int8]
    """[factions] 1 for states outside the fighting, which live on a stated budget."""
    first_year: int
    budget: npt.NDArray[np.float64]
    """[factions, years] own means of a state outside the fighting, US$ m a year."""
    vote: npt.NDArray[np.float64]
    """[factions, years] most that a patron can give in this theatre, US$ m a year."""
    custom: npt.NDArray[np.float64]
    """[donors, recipients, years] aid as history has it, US$ m a year."""
    pay: npt.NDArray[np.float64]
    """[factions] US$ a man and month; below 0 where the ruleset's is meant."""
    graft: npt.NDArray[np.float64]
    """[factions] corruption at rest, 0..1."""
    lift: npt.NDArray[np.float64]
    """[factions] road transport that its own means keep up, tonne-km a day."""
    quality: npt.NDArray[np.float64]
    """[forces] training and leadership of a formation at its establishment."""
    not_before: npt.NDArray[np.int64]
    """[forces] hour before which a formation in reserve cannot be raised."""
    rich_hex: npt.NDArray[np.int64]
    rich_value: npt.NDArray[np.float64]
    """[riches] what it sells for, US$ m a year."""
    rich_from: npt.NDArray[np.int64]
    """[riches] first month of the trade."""
    rich_until: npt.NDArray[np.int64]
    """[riches] last month of the trade."""
    rich_buyer: npt.NDArray[np.int64]
    """[riches] faction across the border that buys."""
    pipe_donor: npt.NDArray[np.int64]
    pipe_to: npt.NDArray[np.int64]
    """[pipelines] recipient."""
    pipe_depot: npt.NDArray[np.int64]
    pipe_kg: npt.NDArray[np.float64]
    """[pipelines] kg a day while the donor gives `pipe_aid`; in proportion for more or less."""
    pipe_aid: npt.NDArray[np.float64]
    """[pipelines] US$ m a year, > 0."""
    pipe_most: npt.NDArray[np.float64]
    """[pipelines] kg a day that the way can pass."""
    pipe_host: npt.NDArray[np.int64]
    """[pipelines] faction over whose land it goes, or NO_FACTION."""
    pipe_port: npt.NDArray[np.int64]
    """[pipelines] hex of the port where it comes in, or OFF_MAP."""


def no_means(factions: int, forces: int) -> Means:
    """The means of a scenario without an economy."""
    none = np.zeros(0, np.int64)
    return Means(
        keeps=np.zeros(factions, np.int8),
        home_front=np.ones(factions, np.int8),
        outside=np.zeros(factions, np.int8),
        first_year=0,
        budget=np.zeros((factions, 1)),
        vote=np.zeros((factions, 1)),
        custom=np.zeros((factions, factions, 1)),
        pay=np.zeros(factions),
        graft=np.zeros(factions),
        lift=np.zeros(factions),
        quality=np.zeros(forces),
        not_before=np.zeros(forces, np.int64),
        rich_hex=none,
        rich_value=np.zeros(0),
        rich_from=none,
        rich_until=none,
        rich_buyer=none,
        pipe_donor=none,
        pipe_to=none,
        pipe_depot=none,
        pipe_kg=np.zeros(0),
        pipe_aid=np.zeros(0),
        pipe_most=np.zeros(0),
        pipe_host=none,
        pipe_port=none,
    )
