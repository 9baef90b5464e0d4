"""What happened: one row a fact, said in a sentence only when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from game.core import (
    reasons,
    sentences_diplomacy,
    sentences_events,
    sentences_guerrilla,
    sentences_people,
    sentences_politics,
    sentences_war,
)
from game.core import sentences_economy as economy
from game.core.calendar import say_day
from game.core.columns import record as columns
from game.core.ids import NO_FACTION, NO_FORCE, OFF_MAP, Act, Numbering, Order
from game.core.reasons import Reason
from game.core.sentences_people import about as _about
from game.core.sentences_war import odds, tonnes
from game.core.setting import Setting


class RecordKind(Numbering):
    """Kinds of record; A..E as stated."""

    ORDER = 1  # an order was given: A ids.Order, B destination, C and D the reason's figures
    REFUSED = 2  # an order was refused: A ids.Order, B destination
    MOVED = 3  # a force entered HEX: A hex it left
    HALTED = 4  # a force halted before A (hex)
    BATTLE = 5  # a day of battle at HEX: A men attacking, B men defending, C and D losses of each, E odds to 100
    RETREAT = 6  # FORCE fell back from HEX to A; B men, C the reason's figure
    BROKE = 7  # FORCE broke: A men left, B losses of that day in thousandths
    DISPERSED = 8  # FORCE dispersed into bands: A men who keep together, B stragglers
    SURRENDERED = 9  # A men laid down arms, B slipped away; OTHER took them
    PURSUED = 10  # A killed or captured, B scattered, C heavy weapons left
    CONTROL = 11  # HEX came under FACTION's control; OTHER held it before; E > 1: told of so many hexes at once
    RALLIED = 12  # FORCE rallied
    REFORMED = 13  # bands became a formed force: A men
    ARRIVED = 14  # FORCE entered play at HEX: A men
    AMBUSH = 15  # FORCE ambushed OTHER at HEX: A own loss, B enemy loss
    RAID = 16  # FORCE raided traffic at HEX: A kg destroyed, B road damage in thousandths
    DEPOT_TAKEN = 17  # a depot at HEX fell: A kg taken, B kg lost
    WILL = 18  # political will moved: A points in hundredths, B new level in hundredths
    EVENT = 19  # scenario event: A row of the event
    FLED = 20  # A civilians fled HEX
    HUNGRY = 21  # FORCE has A thousandths of its need unmet
    LEDGER = 50  # a faction's month: US$ thousand, A income, B outlay, C taxes, D trade, E aid in money
    PAID_SHORT = 51  # soldiers paid too little: A thousandths of a month's pay, B tenths of months owed
    AID_CHANGED = 52  # aid to OTHER: A US$ thousand a month, B before
    PIPELINE = 53  # depot B of FACTION at HEX has A kg a day from OTHER now: 0 if it was cut off, else it runs again
    MUSTER = 54  # men: A called up, B volunteers, C trained, D gone home from training, E who wait for a unit
    RAISED = 55  # FORCE is raised at HEX: A men, B days until it comes in
    DISBANDED = 56  # FORCE is disbanded at HEX: A men who go home
    CAME_OVER = 57  # A men of FACTION took OTHER's amnesty, B of them its service
    HARVEST = 30  # A tonnes of rice came in, B thousandths of the fields were under crop
    RELIEF = 31  # A tonnes of relief reached the people of B tonnes sent
    STARVED = 32  # A to B people died of want; C live in want
    LABOUR = 33  # A to B of C people sent to seal a border for FACTION died
    SUPPORT = 34  # support for FACTION moved: A ten-thousandths of the people, to B
    CAMP_OPENED = 35  # the camp A at HEX, on the land of OTHER, took in B people
    CAMP_CLOSED = 36  # the camp A at HEX is empty
    CAMP_HELD = 37  # FACTION runs the camp A at HEX, of B people; OTHER ran it before
    CAMP_MOVED = 38  # A people were moved from the camp at HEX to that at B (hex)
    RETURNED = 39  # A people went home from the camp at HEX; B are left
    LAPSED = 74  # FACTION's policy A (columns.policy) is over: B hundredths before
    STAGE = 75  # FACTION goes by another name: A the stage, B the one before
    FOUNDED = 76  # FACTION was founded, with OTHER's help: A men who joined, B men armed
    FRACTURED = 77  # FACTION broke from OTHER: A men, B formations, C hexes, D disunity of that command in thousandths
    DEFECTED = 78  # FORCE went over from FACTION to OTHER: A men
    MERGED = 79  # FACTION's army passed into OTHER's: A men, B formations
    ENDED = 80  # FACTION is no actor any more
    WEARINESS = 81  # war weariness moved: A points in hundredths, B new level in hundredths
    UNITY = 82  # unity of leaders moved: A thousandths, B new level in thousandths
    QUARREL = 83  # FACTION and OTHER, partners, fell out: A points of relation; B 1 if they part
    ADMINISTERED = 84  # FACTION took over the administration of A hexes from OTHER, its ally
    TALKS = 85  # A round of talks (0: they open), B parties present, C 1 if they break off
    ACCORD = 86  # an accord was signed: A rounds that it took, B parties
    MISSION = 87  # the mission FACTION came (B 1) or left (B 0): A men
    CANTONED = 88  # FACTION cantoned men: A in cantonment, B sent home in all
    REFUSED_DISARM = 89  # FACTION refuses to disarm: A men under arms
    ELECTION = 90  # FACTION's result: A votes, B seats, C registered, D turnout in thousandths
    GOVERNMENT = 91  # FACTION forms a government, with OTHER if any: A and B their seats
    OUTLAWED = 92  # OTHER's government outlawed FACTION
    PARDONED = 93  # OTHER's government pardoned FACTION: A men, B 1 once they are part of the army
    CRISIS = 94  # FACTION against OTHER: A 1 the vote contested, 2 partners fight, 3 the accord fails
    DECISION_OPEN = 95  # FACTION is asked the decision A (row of the event) and has B days to answer
    DECIDED = 96  # FACTION took the option B of the decision A: C row of its title, D and E the reason's figures
    PROPOSED = 60  # FACTION to OTHER: A ids.Term, < 0 asked for, B value, C twice the row, 1 more for a counter
    ACCEPTED = 61  # in force, FACTION gives, OTHER receives: A ids.Term, B value, C row; 60-62: D and E the reason's
    REFUSED_OFFER = 62  # FACTION did not take up what OTHER proposed: A ids.Term, B value, C row
    TREATY_ENDED = 63  # A ids.Term, B value, C row, D and E the parties; FACTION ended it
    TREATY_BROKEN = 64  # as TREATY_ENDED; FACTION broke it
    WAR_DECLARED = 65  # FACTION on OTHER: A months for which it says, 0 without limit; B and C the reason's figures
    THREATENED = 66  # OTHER: A ids.Term demanded, B value, C and D the reason's figures; E 1: it was not carried out
    SANCTIONED = 67  # FACTION stopped (A 1) or took up (A 0) trade with OTHER; B and C the reason's figures
    VOTED = 68  # on the seat of FACTION, OTHER its rival: A for, B against, C abstaining; D 0 lost, 1 kept, 2 given
    RECOGNISED = 69  # FACTION recognises (A 1) or no longer (A 0) OTHER
    RELATION = 70  # of FACTION and OTHER moved: A hundredths of points, B new value in hundredths, C columns.bond
    # and D 1 + the row of the headline that says why, or 0
    RESOLVED = 71  # resolution on the withdrawal of FACTION: A for, B against, C abstaining
    SABOTAGED = 40  # FORCE damaged roads and railway at HEX: A damage in thousandths, B all of it
    SWEPT = 41  # FORCE combed HEX: A hidden parties found, B men scattered, C kg of stores found
    MINED = 42  # men of FORCE trod on mines at HEX: A hit, B of whom died
    MINES_CIVIL = 43  # civilians hit by mines in the month, all told: A of the dead the low, B the high estimate
    CLEARED = 44  # FORCE cleared HEX: A mines lifted, B mines per km2 left in hundredths
    TRESPASS = 45  # FORCE stood on OTHER's land without leave, or fought beside it (B 1): A men
    SEALED = 46  # FACTION sealed its border: A hexes worked on, B mines a km on average
    ACT = 98  # a faction acted: A ids.Act, B to E the act's A, B, VALUE and UNTIL
    ACT_REFUSED = 99  # an act was refused: as ACT


@dataclass(frozen=True)
class Record:
    """One fact."""

    hour: int
    kind: RecordKind
    faction: int
    force: int
    hex: int
    other: int
    a: int
    b: int
    c: int
    d: int
    e: int
    reason: Reason


class Records:
    """The facts of one or more turns, in the order in which they happened."""

    __slots__ = ("rows",)

    def __init__(self, rows: npt.NDArray[np.int64] | None = None) -> None:
        """`rows`: int64 [records, columns.record.COLUMNS]."""
        self.rows = np.zeros((0, columns.COLUMNS), np.int64) if rows is None else rows

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Record]:
        for row in self.rows.tolist():
            hour, kind, faction, force, hex_, other, a, b, c, d, e, reason = row
            yield Record(hour, RecordKind(kind), faction, force, hex_, other, a, b, c, d, e, Reason(reason))

    def by_hour(self) -> Records:
        """A copy in the order of the hours; what happened in one hour stays in the order in which it was put down."""
        return Records(self.rows[np.argsort(self.rows[:, columns.HOUR], kind="stable")])

    def of_kind(self, *kinds: RecordKind) -> Records:
        """Only the records of these kinds."""
        return Records(self.rows[np.isin(self.rows[:, columns.KIND], kinds)])

    def __add__(self, other: Records) -> Records:
        return Records(np.vstack([self.rows, other.rows]))


def say_reason(reason: Reason, a: int, b: int, setting: Setting) -> str:
    """The reason in words, with its figures put in; empty for Reason.NONE."""
    text = reasons.TEXT[reason]
    place = setting.map.label(a) if "{place_a}" in text and OFF_MAP <= a < setting.map.n else ""
    return text.format(a=a, b=b, place_a=place, odds_a=odds(a), odds_b=odds(b))


Exact: TypeAlias = Callable[[int], bool]
"""Whether the figures of a faction (its row) are known to the man; others are told to two figures."""


def say(record: Record, setting: Setting, event_titles: Sequence[str] = ()) -> str:
    """One sentence for one fact, with its reason: '26 Dec 1978, Svay Rieng: 34,000 men of Vietnam attacked ...'.

    `event_titles`: `headlines` of the scenario, which records of events and decisions need.
    """
    place = "" if record.hex == OFF_MAP or record.kind in _OF_THE_ORDER else f", {setting.map.label(record.hex)}"
    return f"{say_day(setting.date_of(record.hour))}{place}: {say_what(record, setting, event_titles)}."


def say_what(
    record: Record, setting: Setting, event_titles: Sequence[str] = (), exact: Exact = lambda faction: False
) -> str:
    """What happened and why, without day and place and without a full stop: the part of `say` that a report shows."""
    body, why = _SENTENCES[record.kind](record, Names(setting, event_titles, exact))
    return f"{body}{f': {why}' if why else ''}"


_OF_THE_ORDER = (RecordKind.ORDER, RecordKind.REFUSED)
_ORDER_WORDS = {
    Order.HOLD: "hold",
    Order.MOVE: "march to",
    Order.ATTACK: "attack towards",
    Order.AMBUSH: "lie in ambush at",
    Order.RAID: "raid near",
    Order.WITHDRAW: "withdraw to",
    Order.REST: "rest",
    Order.PATROL: "patrol",
    Order.SWEEP: "sweep",
    Order.SABOTAGE: "sabotage near",
    Order.CLEAR: "clear mines at",
}
_ACT_WORDS = {
    Act.POLICY: "sets {policy} to {value} %",
    Act.AID: "sets its aid to {to}",
    Act.PROPOSE: "makes a proposal to {to}",
    Act.ANSWER: "answers a proposal",
    Act.DENOUNCE: "ends a treaty",
    Act.WAR: "goes to war with {to}",
    Act.THREATEN: "threatens {to}",
    Act.SANCTION: "changes its trade with {to}",
    Act.CHOOSE: "decides",
    Act.RAISE: "raises a formation",
    Act.DISARM: "answers for its disarmament",
}


class Names:
    """How the things that a record points to are called."""

    def __init__(self, setting: Setting, event_titles: Sequence[str], exact: Exact) -> None:
        self.setting = setting
        self._event_titles = event_titles
        self._exact = exact

    def count(self, number: int, faction: int) -> str:
        """A count of a faction's: '423' if it is known to the man, else '420'."""
        return f"{number:,}" if self._knows(faction) else _about(number)

    def loss(self, number: int, faction: int) -> str:
        """'423', or 'about 420'."""
        return f"{number:,}" if self._knows(faction) else f"about {_about(number)}"

    def losses(self, first: int, one: int, second: int, other: int) -> str:
        """Losses of two sides: 'about 420 and 610', '423 and about 610'."""
        if self._knows(one) or self._knows(other):
            return f"{self.loss(first, one)} and {self.loss(second, other)}"
        return f"about {_about(first)} and {_about(second)}"

    def _knows(self, faction: int) -> bool:
        return faction != NO_FACTION and self._exact(faction)

    def about(self, number: int) -> str:
        """A count to two figures."""
        return _about(number)

    def tonnes(self, kg: int) -> str:
        """'12 t', or '600 kg'."""
        return tonnes(kg)

    def faction(self, row: int) -> str:
        # an act that was refused may concern any number
        return self.setting.factions[row].short if 0 <= row < len(self.setting.factions) else "nobody"

    def force(self, row: int) -> str:
        return "a force" if row == NO_FORCE else self.setting.forces[row].name

    def force_of(self, record: Record) -> str:
        """The force and, as numbers are used on both sides, whose it is."""
        whose = "" if record.faction == NO_FACTION else f" ({self.faction(record.faction)})"
        return self.force(record.force) + whose

    def place(self, hex_: int) -> str:
        return self.setting.map.label(hex_) if OFF_MAP <= hex_ < self.setting.map.n else "off the map"

    def depot(self, row: int) -> str:
        names = self.setting.depot_names
        return names[row] if 0 <= row < len(names) else "somewhere"

    def event(self, row: int) -> str:
        return self._event_titles[row] if row < len(self._event_titles) else "an event"

    def why(self, record: Record, a: int = 0, b: int = 0) -> str:
        return say_reason(record.reason, a, b, self.setting)


Said = tuple[str, str]
"""What happened, and why (empty if the record has no reason)."""


def _order(r: Record, n: Names) -> str:
    words = _ORDER_WORDS[Order(r.a)]
    return f"{n.force(r.force)}: {words}" if r.b == OFF_MAP else f"{n.force(r.force)}: {words} {n.place(r.b)}"


def _ordered(r: Record, n: Names) -> Said:
    return _order(r, n), n.why(r, r.c, r.d)


def _refused(r: Record, n: Names) -> Said:
    return f"{_order(r, n)}: refused", n.why(r, r.c, r.d)


def _what_was_done(r: Record, n: Names) -> str:
    words = _ACT_WORDS[Act(r.a)]
    to = n.faction(r.b) if "{to}" in words else ""
    return f"{n.faction(r.faction)} {words.format(to=to, policy=economy.policy_words(r.b), value=r.d)}"


def _acted(r: Record, n: Names) -> Said:
    return _what_was_done(r, n), n.why(r)


def _act_refused(r: Record, n: Names) -> Said:
    return f"{_what_was_done(r, n)}: refused", n.why(r)


_SENTENCES: dict[RecordKind, Callable[[Record, Names], Said]] = {
    RecordKind.ORDER: _ordered,
    RecordKind.REFUSED: _refused,
    **{RecordKind[name]: sentence for name, sentence in sentences_war.SENTENCES.items()},
    RecordKind.LEDGER: economy.ledger,
    RecordKind.PAID_SHORT: economy.paid_short,
    RecordKind.AID_CHANGED: economy.aid_changed,
    RecordKind.PIPELINE: economy.pipeline,
    RecordKind.MUSTER: economy.muster,
    RecordKind.RAISED: economy.raised,
    RecordKind.DISBANDED: economy.disbanded,
    RecordKind.CAME_OVER: economy.came_over,
    RecordKind.LAPSED: economy.lapsed,
    **{RecordKind[name]: sentence for name, sentence in sentences_people.SENTENCES.items()},
    RecordKind.DECISION_OPEN: sentences_events.decision_open,
    RecordKind.DECIDED: sentences_events.decided,
    RecordKind.SABOTAGED: sentences_guerrilla.sabotaged,
    RecordKind.SWEPT: sentences_guerrilla.swept,
    RecordKind.MINED: sentences_guerrilla.mined,
    RecordKind.MINES_CIVIL: sentences_guerrilla.mines_civil,
    RecordKind.CLEARED: sentences_guerrilla.cleared,
    RecordKind.TRESPASS: sentences_guerrilla.trespass,
    RecordKind.SEALED: sentences_guerrilla.sealed,
    RecordKind.ACT: _acted,
    RecordKind.ACT_REFUSED: _act_refused,
    **{RecordKind[name]: sentence for name, sentence in sentences_politics.SENTENCES.items()},
    **{RecordKind[name]: said for name, said in sentences_diplomacy.SENTENCES.items()},
}
