"""Scratch tables that chapters share within an impulse. All of them can be made again from the state."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from game.core.bundles import bundle
from game.core.columns import record
from game.core.ids import NO_FACTION, OFF_MAP, Mobility, Ways
from game.core.kernels import clause

# Rows of Work.bout: what a battle or a march keeps of each force within an impulse.
ENGAGED = 0  # days that an attacker has for its battle, from its arrival before the enemy
SAVED = 1  # hours that the last impulse left it (force.SPARE) and this one may use
NERVE = 2  # cumulated hazard that a defender still stands before it breaks
HAZARD = 3  # hazard per day that it breaks, as things stand
LEAVES = 4  # days into its battle at which a defender leaves the hex or an attacker gives up; INF if it stays
NEEDS = 5  # days that a defender on the march still needs to step out of the hex; INF if it is not on the march
PACE = 6  # hours of march that it makes in an hour
CHASED = 7  # days of the impulse in which a force that broke in it can be pursued; INF for all others
IN_BATTLE = 8  # days of the impulse that it has spent in contact: battles, ambushes, raids and flight from pursuers
THERE = 9  # days of the impulse that it has been at the destination of its order
BOUTS = 10
# Rows of Work.bout_i
AIM = 0  # hex that the force fought for in the last impulse, or OFF_MAP
WHY = 1  # Reason for which a defender leaves
GOES = 2  # hex to which a defender on the march would step
FOUGHT = 3  # hex that the force has fought for earlier in the impulse, or OFF_MAP
BOUTS_I = 4
# Rows of Work.bloc
WEIGHT = 0  # weight of those of the faction who attack the hex in hand
JOINED = 1  # 1 for factions that attack it together, -1 for those who stand back
BLOCS = 2
# Rows of Work.muster
ARMED = 0  # men in play
ABROAD = 1  # of whom on land that is neither their own nor fought over by their own movement
FOLK = 2  # people under its rule
HELD = 3  # hexes that it controls
MUSTERS = 4
STRAINS = 9
"""Causes of weariness or of disunity at most; rules.unity names them."""


# Rows of Work.tally: what a month's accounts count of each faction.
RULED = 0  # people under its rule in the country fought over, by firmness of control
TAXED = 1  # of these, as far as they have enough to eat
WILLING = 2  # people who would come if all were called
HOME = 3  # people of its own country
SUPPORTERS = 4  # people who prefer it, where it rules or has men
IN_CAMPS = 5  # people of its camps
BORDER = 6  # km of border that it would have to seal
RICHES = 7  # what riches in its hands sell for, US$ m in the month
AID_MONEY = 8  # aid that reaches it as money, US$ m in the month
AID_ARMS = 9  # aid that reaches it as arms and stores, US$ m in the month
UNDER_ARMS = 10  # men of its formations
WEAPONS = 11  # upkeep of tanks and guns, US$ m a month
VACANT = 12  # men whom its formations lack, and establishments that it may raise
WANTED = 13  # men whom formations can take in now
TALLIES = 14


class Now(NamedTuple):
    """The impulse in hand, or the month that has just ended."""

    hour: int
    """Hours from the scenario's start to its beginning."""
    days: float
    """How long it is."""
    season: int
    """ids.Season"""
    month: int
    """Month of the calendar, 1..12, in which it begins; the rules of a month have the month that has just ended."""
    year: int
    ways: int
    """ids.Ways"""


@bundle
class Work(NamedTuple):
    """Scratch of one game."""

    fields: npt.NDArray[np.uint16]
    """[rows, hexes] march to a row's hex, in parts: see ground.field_hours. Shared with other games, read only."""
    to_dest: npt.NDArray[np.int64]
    """[forces] row of the field to the force's destination, or -1."""
    to_base: npt.NDArray[np.int64]
    """[forces] row of the field to the force's base, or -1."""
    goal: npt.NDArray[np.int64]
    """[2, forces] destination and base for which the rows above were found."""
    way: npt.NDArray[np.int64]
    """[forces] direction of the next step found last, and"""
    way_from: npt.NDArray[np.int64]
    """[forces] the hex for which it was found, or OFF_MAP."""
    lands: npt.NDArray[np.int64]
    """[factions] number of the lands that the faction may enter; the same for all who may enter the same."""
    row_of: npt.NDArray[np.int32]
    """[lands, mobilities, hexes] row of the field to a hex, or -1."""
    unsolved: npt.NDArray[np.int64]
    """[2 forces, 2] whether destination (0) or base (1), and force, of goals without a field."""
    formed: npt.NDArray[np.int32]
    """[hexes, factions] men of formed forces that are not hidden."""
    hidden: npt.NDArray[np.int32]
    """[hexes, factions] men in bands or in ambush."""
    occupied: npt.NDArray[np.int8]
    """[hexes] 1 where anybody has been counted; elsewhere `formed` and `hidden` are 0."""
    eyes: npt.NDArray[np.int64]
    """[1 + factions] factions that see what one of these sees; the first is nobody. Sets of factions are bit masks."""
    guard: npt.NDArray[np.int64]
    """[hexes] factions with a formed force of their side in the hex,"""
    near: npt.NDArray[np.int64]
    """[hexes] in it or beside it (hidden ones count in their own hex), and"""
    nearby: npt.NDArray[np.int64]
    """[hexes] within two hexes."""
    sighted: npt.NDArray[np.int64]
    """[3, hexes] the factions that saw each hex at the last look, or ANEW, and its holder and people then."""
    weight: npt.NDArray[np.float64]
    """[hexes, factions] weighted men who press on a hex."""
    pressed: npt.NDArray[np.int8]
    """[hexes] 1 where anybody presses; elsewhere `weight` is 0."""
    haul: npt.NDArray[np.float64]
    """[lines, factions, hexes] haul from the nearest depot, km of primary road; INF if cut off. See rules.lines."""
    clients: npt.NDArray[np.int64]
    """[depots] factions that a depot serves in this issue of supplies, and"""
    sources: npt.NDArray[np.int64]
    """[depots] those of them whose rear or patron feeds it, and"""
    thin_km: npt.NDArray[np.float64]
    """[depots] haul by which it counts as farther away; INF if it is empty."""
    haul_start: npt.NDArray[np.float64]
    """[lines, factions, depots] haul with which lines set out from a depot when `haul` was solved."""
    stale: npt.NDArray[np.int64]
    """[1] factions whose `haul` does not hold any longer. At first that of nobody does."""
    haul_open: npt.NDArray[np.int64]
    """[hexes] factions whose convoys may pass, for which `haul` was solved, and"""
    next_open: npt.NDArray[np.int64]
    """[hexes] those for which the lines from the next depots were, when somebody last needed one."""
    march_step: npt.NDArray[np.float64]
    """[mobilities, states of the ways, hexes, 6] hours of every step."""
    haul_step: npt.NDArray[np.float64]
    """[hexes, 6] haul of every step, km of primary road."""
    before: npt.NDArray[np.int32]
    """[lines, factions, hexes] hex before each on its line; lines.UNKNOWN where nobody has asked."""
    next_stale: npt.NDArray[np.int8]
    """[factions] 1 if the two may differ for the faction."""
    altered: npt.NDArray[np.int64]
    """[hexes, 2] hexes whose passability has changed, and for which factions."""
    dirty: npt.NDArray[np.int64]
    """[hexes] those of them that concern the faction in hand."""
    lost: npt.NDArray[np.int64]
    """[hexes] hexes whose haul holds no longer, and"""
    lost_haul: npt.NDArray[np.float64]
    """[hexes] what it was."""
    path: npt.NDArray[np.int64]
    """[hexes] the line in hand."""
    passes: npt.NDArray[np.int64]
    """[1 + factions] factions whose convoys may pass over each one's land; the first is nobody."""
    by_haul: npt.NDArray[np.int64]
    """[forces] the near before the far."""
    barred: npt.NDArray[np.int64]
    """[hexes] factions whose convoys an enemy's troops bar the way."""
    swept: npt.NDArray[np.int8]
    """[hexes] 1 where an enemy of those whose base area the hex is combs it in this impulse."""
    patrol: npt.NDArray[np.int32]
    """[hexes, factions] men whom the faction's side has on patrol about the hex; 0 between chapters."""
    sky: npt.NDArray[np.float64]
    """[1] share of air sorties that the weather lets fly."""
    threat: npt.NDArray[np.int32]
    """[hexes, factions] hidden enemy men on and beside the hex; 0 between issues of supplies."""
    clashed: npt.NDArray[np.int32]
    """[hexes, factions] men of each who fought there in the month."""
    room_kg: npt.NDArray[np.float64]
    """[hexes] kg that may still pass a hex in this issue of supplies; below 0 where nobody has asked yet."""
    depot_kg: npt.NDArray[np.float64]
    """[depots] kg that a depot may still hand out in this issue of supplies."""
    short_kg: npt.NDArray[np.float64]
    """[forces] kg that a force still lacks because its depot can hand out no more in this issue of supplies."""
    order: npt.NDArray[np.int64]
    """[forces] order in which forces act this impulse."""
    loss: npt.NDArray[np.float64]
    """[forces] keys by which `order` is sorted,"""
    slots: npt.NDArray[np.int64]
    """[forces + 1] where the next of about that key is put, and"""
    placed: npt.NDArray[np.int64]
    """[forces] the order by these."""
    bout: npt.NDArray[np.float64]
    """[BOUTS, forces]"""
    bout_i: npt.NDArray[np.int64]
    """[BOUTS_I, forces]"""
    bloc: npt.NDArray[np.float64]
    """[BLOCS, factions]"""
    muster: npt.NDArray[np.float64]
    """[MUSTERS, factions] what the rules of politics count of every faction once a month."""
    strain: npt.NDArray[np.float64]
    """[STRAINS] what makes up the weariness or unity in hand."""
    assailed: npt.NDArray[np.int8]
    """[hexes] 1 where attackers have come up to the enemy in this impulse."""
    battle_days: npt.NDArray[np.float64]
    """[hexes] days of battle in this impulse."""
    terms: npt.NDArray[np.float64]
    """[2, stages] power of both sides of the battle in hand, stage by stage."""
    tally: npt.NDArray[np.float64]
    """[TALLIES, factions]"""
    ruler: npt.NDArray[np.int64]
    """[factions] who governs what the faction controls in the country fought over, or NO_FACTION."""
    lift: npt.NDArray[np.float64]
    """[factions] tonne-km left in this issue of supplies."""
    active: npt.NDArray[np.int64]
    """[factions] 1 for factions with forces in play."""
    present: npt.NDArray[np.int64]
    """[factions] 1 for factions with forces in play or land."""
    on_land: npt.NDArray[np.int64]
    """[factions, factions + 1] men of each on the land of each; last: in the country fought over. Made once a month."""
    hard: npt.NDArray[np.float64]
    """[factions, factions] relations without friends and enemies in common."""
    figures: npt.NDArray[np.float64]
    """[FIGURES] what a rule counts for itself: by cause, by camp, by distance."""
    heads: npt.NDArray[np.int32]
    """[HAUL_BUCKETS] the queue of hexes whose haul may be less, empty between rules, and"""
    chain: npt.NDArray[np.int32]
    """[3, hexes] its chains: see `enchain`."""
    records: npt.NDArray[np.int64]
    """[room, record.COLUMNS]"""
    written: npt.NDArray[np.int64]
    """[1] records written."""


POWER_STAGES = 11
"""Stages in which a side's power is made up; combat names them."""

INF = 2.0**60
"""No way."""

FIGURES = 8192
"""Room of `Work.figures`: more than causes of every movement, and than camps and distances."""

HAUL_BUCKETS = 256
"""Buckets of the queue of hauls."""

ANEW = -1
"""In `Work.sighted`: nobody has looked yet."""

LINES = 3
"""Kinds of lines of communication; rules.lines names them."""

RECORD_ROOM = 20000
"""Records of one impulse at most; further ones are dropped, which no rule reads."""


def make_work(hexes: int, forces: int, factions: int, depots: int) -> Work:
    """Fresh scratch for a game of these sizes, without fields."""
    return Work(
        fields=np.zeros((1, hexes), np.uint16),
        to_dest=np.full(forces, -1, np.int64),
        to_base=np.full(forces, -1, np.int64),
        goal=np.full((2, forces), OFF_MAP, np.int64),
        way=np.zeros(forces, np.int64),
        way_from=np.full(forces, OFF_MAP, np.int64),
        lands=np.zeros(factions, np.int64),
        row_of=np.full((factions, len(Mobility), hexes), -1, np.int32),
        unsolved=np.zeros((2 * forces, 2), np.int64),
        formed=np.zeros((hexes, factions), np.int32),
        hidden=np.zeros((hexes, factions), np.int32),
        occupied=np.zeros(hexes, np.int8),
        eyes=np.zeros(factions + 1, np.int64),
        guard=np.zeros(hexes, np.int64),
        near=np.zeros(hexes, np.int64),
        nearby=np.zeros(hexes, np.int64),
        sighted=np.full((3, hexes), ANEW, np.int64),
        weight=np.zeros((hexes, factions)),
        pressed=np.zeros(hexes, np.int8),
        haul=np.full((LINES, factions, hexes), INF),
        clients=np.zeros(depots, np.int64),
        sources=np.zeros(depots, np.int64),
        thin_km=np.zeros(depots),
        haul_start=np.full((LINES, factions, depots), INF),
        stale=np.full(1, -1, np.int64),
        haul_open=np.zeros(hexes, np.int64),
        next_open=np.zeros(hexes, np.int64),
        march_step=np.empty((len(Mobility), len(Ways), hexes, 6)),
        haul_step=np.full((hexes, 6), INF),
        before=np.full((LINES, factions, hexes), OFF_MAP, np.int32),
        next_stale=np.ones(factions, np.int8),
        altered=np.zeros((hexes, 2), np.int64),
        dirty=np.zeros(hexes, np.int64),
        lost=np.zeros(hexes, np.int64),
        lost_haul=np.zeros(hexes),
        path=np.zeros(hexes, np.int64),
        passes=np.zeros(factions + 1, np.int64),
        by_haul=np.arange(forces, dtype=np.int64),
        barred=np.zeros(hexes, np.int64),
        swept=np.zeros(hexes, np.int8),
        patrol=np.zeros((hexes, factions), np.int32),
        sky=np.ones(1),
        threat=np.zeros((hexes, factions), np.int32),
        clashed=np.zeros((hexes, factions), np.int32),
        room_kg=np.zeros(hexes),
        depot_kg=np.zeros(depots),
        short_kg=np.zeros(forces),
        order=np.zeros(forces, np.int64),
        loss=np.zeros(forces),
        slots=np.zeros(forces + 1, np.int64),
        placed=np.zeros(forces, np.int64),
        bout=np.full((BOUTS, forces), INF),
        bout_i=np.full((BOUTS_I, forces), -1, np.int64),
        bloc=np.zeros((BLOCS, factions)),
        muster=np.zeros((MUSTERS, factions)),
        strain=np.zeros(STRAINS),
        assailed=np.zeros(hexes, np.int8),
        battle_days=np.zeros(hexes),
        terms=np.zeros((2, POWER_STAGES)),
        tally=np.zeros((TALLIES, factions)),
        ruler=np.full(factions, NO_FACTION, np.int64),
        lift=np.zeros(factions),
        active=np.zeros(factions, np.int64),
        present=np.zeros(factions, np.int64),
        on_land=np.zeros((factions, factions + 1), np.int64),
        hard=np.zeros((factions, factions)),
        figures=np.zeros(FIGURES),
        heads=np.full(HAUL_BUCKETS, -1, np.int32),
        chain=np.full((3, hexes), -1, np.int32),
        records=np.zeros((RECORD_ROOM, record.COLUMNS), np.int64),
        written=np.zeros(1, np.int64),
    )


@clause
def note(
    x: Work,
    hour: int,
    kind: int,
    faction: int,
    force: int,
    hex_: int,
    other: int,
    a: int,
    b: int,
    c: int,
    d: int,
    e: int,
    reason: int,
) -> None:
    """Write a record."""
    k = x.written[0]
    if k < x.records.shape[0]:
        row = x.records[k]
        row[0] = hour
        row[1] = kind
        row[2] = faction
        row[3] = force
        row[4] = hex_
        row[5] = other
        row[6] = a
        row[7] = b
        row[8] = c
        row[9] = d
        row[10] = e
        row[11] = reason
        x.written[0] = k + 1


def note_row(x: Work, *columns: int) -> None:
    """`note` for the engine's own bookkeeping, in Python."""
    k = int(x.written[0])
    if k < len(x.records):
        x.records[k] = columns
        x.written[0] = k + 1


# A queue of hexes by cost: buckets of equal width, each a chain of the hexes in it, for least-cost paths in which
# labels are corrected. heads: [buckets] first hex of each bucket, or -1; chain: [3, hexes] the next and the last hex
# in the bucket, or -1, and which bucket, or -1.
@clause
def enchain(heads: npt.NDArray[np.int32], chain: npt.NDArray[np.int32], bucket: int, h: int) -> int:
    """Put a hex into a bucket, and out of the one it is in; returns how many hexes more are in the queue."""
    more = 1
    if chain[2, h] >= 0:
        unchain(heads, chain, h)
        more = 0
    first = heads[bucket]
    chain[0, h] = first
    chain[1, h] = -1
    chain[2, h] = bucket
    if first >= 0:
        chain[1, first] = h
    heads[bucket] = h
    return more


@clause
def unchain(heads: npt.NDArray[np.int32], chain: npt.NDArray[np.int32], h: int) -> None:
    """Take a hex out of its bucket."""
    after = chain[0, h]
    before = chain[1, h]
    if before >= 0:
        chain[0, before] = after
    else:
        heads[chain[2, h]] = after
    if after >= 0:
        chain[1, after] = before
    chain[2, h] = -1


@clause
def is_war(stance: npt.NDArray[np.int8], a: int, b: int) -> bool:
    """Whether the armed forces of factions a and b fight each other."""
    return a != NO_FACTION and b != NO_FACTION and a != b and stance[a, b] == 0
