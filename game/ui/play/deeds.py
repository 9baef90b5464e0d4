"""Acts of factions in words: what is planned, what a treaty says, what a policy is."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.columns import policy, treaty
from game.core.ids import NEVER, Act, FactionId, Term, TreatyState
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.records import say_reason
from game.core.view import View
from game.ui.actors import short_now
from game.ui.words import full_day


@dataclass(frozen=True)
class TermWords:
    """How a term of a treaty is said. {a} gives, {b} receives, {value} is the figure with its unit."""

    name: str
    sentence: str
    value: str = ""
    """Unit of VALUE, as '{n} months'; empty if the term has none."""
    mutual: bool = False
    """Whether it makes no difference who gives and who receives."""


TERMS: dict[Term, TermWords] = {
    Term.CEASE_FIRE: TermWords("Cease-fire", "{a} and {b} stop fighting", mutual=True),
    Term.PEACE: TermWords("Peace", "{a} and {b} end their war", mutual=True),
    Term.ALLIANCE: TermWords("Alliance", "{a} and {b} fight as one side", mutual=True),
    Term.ACCESS: TermWords("Passage", "{a} lets {b}'s troops pass and be supplied on its land"),
    Term.SANCTUARY: TermWords("Sanctuary", "{a} lets {b}'s troops rest and re-form on its land"),
    Term.AID: TermWords("Aid", "{a} gives {b} {value}", "US$ {n} thousand a month"),
    Term.WITHDRAWAL: TermWords("Withdrawal", "{a} takes its troops off {b}'s land within {value}", "{n} months"),
    Term.RECOGNITION: TermWords("Recognition", "{a} recognises {b} as its country's government"),
    Term.TRADE: TermWords("Trade", "{a} buys {b}'s gems and timber"),
    Term.COALITION: TermWords("Coalition", "{a} and {b} form one government, one seat, separate armies; {b}'s share "
                              "{value}", "{n} %"),
    Term.POWER_SHARING: TermWords("Power sharing", "{a} and {b} settle their war: cease-fire, council, elections; "
                                  "{b}'s share of the council {value}", "{n} %"),
    Term.AMNESTY: TermWords("Amnesty", "{a} pardons {b}'s men, who keep rank and land under its name; {b}'s autonomy "
                            "{value}", "{n} %"),
}  # fmt: skip
"""The terms, in the order in which they are offered for choice."""

STATES: dict[TreatyState, str] = {
    TreatyState.FREE: "",
    TreatyState.PROPOSED: "proposed",
    TreatyState.IN_FORCE: "in force",
    TreatyState.REFUSED: "refused",
    TreatyState.LAPSED: "lapsed",
    TreatyState.ENDED: "ended",
    TreatyState.BROKEN: "broken",
}

POLICIES: dict[int, tuple[str, str]] = {
    policy.TAX: ("Taxes", "What is taken from people and trade where it rules: money, at the cost of support."),
    policy.CONSCRIPTION: ("Conscription", "How hard men are called up: manpower, at the cost of support."),
    policy.PAY: ("Soldiers' pay", "Share of its soldiers' pay that it pays: money for men who stay."),
    policy.CIVIC: ("Civic work", "Wells, schools, clinics, honest officials: money for support."),
    policy.POLITICAL: ("Political work", "Cadres among the people: money for support."),
    policy.AMNESTY: ("Amnesty", "Rewards for enemies who come over: money for defectors."),
    policy.MILITIA: ("Village militias", "Arming villages: control held with few troops; arms and money."),
    policy.SEAL: ("Sealing the border", "Obstacles and patrols against infiltration, built by conscript labour: it "
                  "costs lives, health and support."),
    policy.TRADE: ("Gems and timber", "Sale across a border: money, and officials who take their share."),
}  # fmt: skip
"""Policy -> its name and what it does."""


def term_words(view: View, term: Term, a: FactionId, b: FactionId, value: int) -> str:
    """What a term says: 'Thailand lets KPNLF's troops rest and re-form on its land'."""
    words = TERMS[term]
    return words.sentence.format(a=short_now(view, a), b=short_now(view, b), value=words.value.format(n=f"{value:,}"))


def treaty_words(view: View, row: int) -> str:
    """What the treaty in a row of the table says."""
    t = view.tables.treaty
    return term_words(
        view, Term(int(t[treaty.TERM, row])), int(t[treaty.A, row]), int(t[treaty.B, row]), int(t[treaty.VALUE, row])
    )


def treaty_why(view: View, row: int) -> str:
    """Why a treaty was proposed, refused or ended, as far as the table keeps it; empty if it does not."""
    t = view.tables.treaty
    why = Reason(int(t[treaty.REASON, row]))
    if why is Reason.NONE:
        return ""
    words = say_reason(why, int(t[treaty.RA, row]), 0, view.setting)
    if int(t[treaty.STATE, row]) == TreatyState.PROPOSED:
        words = words.split(";")[0]  # the figures after it are not kept with a proposal
    return words[:1].upper() + words[1:]


def treaty_dates(view: View, row: int) -> str:
    """'in force since 3 Nov 1978, until 3 Nov 1979', 'broken by Thailand, 12 Jan 1980'."""
    t, setting = view.tables.treaty, view.setting
    state = TreatyState(int(t[treaty.STATE, row]))
    since, until, by = int(t[treaty.SINCE, row]), int(t[treaty.UNTIL, row]), int(t[treaty.BY, row])
    words = STATES[state]
    if by != NEVER and state in (TreatyState.PROPOSED, TreatyState.BROKEN, TreatyState.ENDED):
        words += f" by {short_now(view, by)}"
    if since != NEVER:
        words += f"{' since' if state is TreatyState.IN_FORCE else ','} {full_day(setting.date_of(since))}"
    if until != NEVER and state in (TreatyState.IN_FORCE, TreatyState.PROPOSED):
        words += f", until {full_day(setting.date_of(until))}"
    return words


def act_words(view: View, act: FactionAct, event_title: str = "") -> tuple[str, str]:
    """A planned act: what it is, and its particulars."""
    who, to = short_now(view, act.faction), ""
    if act.kind in (Act.AID, Act.PROPOSE, Act.WAR, Act.THREATEN, Act.SANCTION):
        to = short_now(view, act.a)
    if act.kind is Act.POLICY:
        now = round(float(view.tables.policy[act.a, act.faction]) * 100)
        return f"{POLICIES[act.a][0]} {act.value} %", f"{who}, now {now} %"
    if act.kind is Act.AID:
        return f"Aid to {to}", f"{who} gives {TERMS[Term.AID].value.format(n=f'{act.value:,}')}"
    if act.kind is Act.PROPOSE:
        term = Term(abs(act.b))
        a, b = (act.faction, act.a) if act.b > 0 else (act.a, act.faction)
        months = f", {act.until} months" if act.until else ""
        return f"Propose to {to}: {TERMS[term].name.lower()}{months}", term_words(view, term, a, b, act.value)
    if act.kind is Act.ANSWER:
        return ("Accept a proposal" if act.value else "Refuse a proposal"), treaty_words(view, act.a)
    if act.kind is Act.DENOUNCE:
        return "End a treaty", treaty_words(view, act.a)
    if act.kind is Act.WAR:
        return f"Go to war with {to}", who
    if act.kind is Act.THREATEN:
        return f"Threaten {to} with war", f"unless: {TERMS[Term(abs(act.b))].name.lower()}" if act.b else who
    if act.kind is Act.SANCTION:
        return (f"Stop trade with {to}" if act.value else f"Trade with {to} again"), who
    if act.kind is Act.CHOOSE:
        return event_title or "A decision", f"{who}: option {act.value + 1}"
    if act.kind is Act.RAISE:
        return f"Raise {view.setting.forces[act.a].name}", f"{who}, from men and arms in store"
    return ("Send men to cantonment" if act.value else "Refuse to disarm"), who


def grave(view: View, act: FactionAct) -> str:
    """The question before an act that ends a peace, a treaty or a presence; empty for all others."""
    if act.kind is Act.WAR:
        return f"Go to war with {short_now(view, act.a)}?"
    if act.kind is Act.DENOUNCE:
        return "Break this treaty?"
    withdraws = False
    if act.kind is Act.PROPOSE:
        withdraws = act.b == Term.WITHDRAWAL
    elif act.kind is Act.ANSWER and act.value:
        t = view.tables.treaty
        withdraws = int(t[treaty.TERM, act.a]) == Term.WITHDRAWAL and int(t[treaty.A, act.a]) == act.faction
    return "Take the troops off that land?" if withdraws else ""


_PAGES: dict[Act, str] = {
    Act.POLICY: "page_home",
    Act.AID: "page_home",
    Act.RAISE: "page_home",
    Act.DISARM: "page_peace",
    Act.CHOOSE: "decisions",
}


def page_of(act: FactionAct) -> str:
    """Command of the page on which an act is planned."""
    return _PAGES.get(act.kind, "page_diplomacy")
