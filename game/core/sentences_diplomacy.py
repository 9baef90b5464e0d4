"""How records of diplomacy are said: chapter 11."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.core.ids import Term

if TYPE_CHECKING:
    from game.core.records import Names, Record, Said

BOND_WORDS = (
    "the past", "events", "war", "aid", "treaties", "the border", "friends and enemies in common", "a foreign army",
)  # fmt: skip
"""What each bond (columns.bond) is called."""

_BOND_MOVED = (
    ("old friendship fades", "old quarrels fade"),
    ("what happened between them, or a good memory that fades", "what happened between them, or time that heals it"),
    ("war between them", "the wounds of war heal"),
    ("aid that was cut or has ended", "aid given"),
    ("treaties broken or no longer in force", "treaties kept, or a broken word half forgotten"),
    ("troops and harboured enemies across the border", "the border is quieter"),
    ("what each thinks of the other's friends and enemies", "friends and enemies in common"),
    ("a foreign army next door", "fewer foreign troops next door"),
)
"""What each bond (columns.bond) does that makes relations worse, and better."""

TERM_WORDS: dict[Term, str] = {
    Term.ACCESS: "passage for its troops",
    Term.SANCTUARY: "sanctuary for its troops",
    Term.AID: "aid",
    Term.ALLIANCE: "an alliance",
    Term.CEASE_FIRE: "a cease-fire",
    Term.WITHDRAWAL: "the withdrawal of troops",
    Term.RECOGNITION: "recognition",
    Term.COALITION: "a coalition",
    Term.POWER_SHARING: "a settlement with shared power",
    Term.AMNESTY: "an amnesty",
    Term.TRADE: "trade",
    Term.PEACE: "peace",
}
"""What each term is called."""
_BY_BOTH = frozenset({Term.ALLIANCE, Term.CEASE_FIRE, Term.COALITION, Term.POWER_SHARING, Term.PEACE})


def term_words(term: int, value: int) -> str:
    """A term with its figure: 'aid of US$ 7.5 m a month'."""
    words = TERM_WORDS[Term(term)]
    if term == Term.AID:
        return f"{words} of US$ {value / 1000:g} m a month"
    if term == Term.WITHDRAWAL and value:
        return f"{words} within {value} months"
    if term in (Term.COALITION, Term.POWER_SHARING) and value:
        return f"{words} ({value} % for the one, {100 - value} % for the other)"
    return words


def _proposed(r: Record, n: Names) -> Said:
    term = Term(abs(r.a))
    verb, link = ("asks", " for") if r.a < 0 and term not in _BY_BOTH else ("offers", "")
    counter = ", instead of what was proposed to it" if r.c % 2 else ""
    return f"{n.faction(r.faction)} {verb} {n.faction(r.other)}{link} {term_words(term, r.b)}{counter}", n.why(
        r, r.d, r.e
    )


def _accepted(r: Record, n: Names) -> Said:
    words = term_words(r.a, r.b)
    if Term(r.a) in _BY_BOTH:
        return f"{n.faction(r.faction)} and {n.faction(r.other)} agree on {words}", n.why(r, r.d, r.e)
    return f"{n.faction(r.faction)} and {n.faction(r.other)} agree: the first grants {words}", n.why(r, r.d, r.e)


def _refused(r: Record, n: Names) -> Said:
    return (
        f"{n.faction(r.faction)} does not take up what {n.faction(r.other)} proposed, {term_words(r.a, r.b)}",
        n.why(r, r.d, r.e),
    )


def _ended(r: Record, n: Names) -> Said:
    return f"{term_words(r.a, r.b)} between {n.faction(r.d)} and {n.faction(r.e)} is over", n.why(r)


def _broken(r: Record, n: Names) -> Said:
    return f"{n.faction(r.faction)} broke its treaty with {n.faction(r.other)} on {term_words(r.a, r.b)}", n.why(r)


def _war(r: Record, n: Names) -> Said:
    limit = f", for {r.a} months as it says" if r.a else ""
    return f"{n.faction(r.faction)} goes to war with {n.faction(r.other)}{limit}", n.why(r, r.b, r.c)


def _threatened(r: Record, n: Names) -> Said:
    if r.e:
        return f"{n.faction(r.faction)} did not carry out its threat to {n.faction(r.other)}", n.why(r)
    return (
        f"{n.faction(r.faction)} threatens {n.faction(r.other)} with war and demands {term_words(r.a, r.b)}",
        n.why(r, r.c, r.d),
    )


def _sanctioned(r: Record, n: Names) -> Said:
    verb = "stops trade with" if r.a else "takes up trade again with"
    return f"{n.faction(r.faction)} {verb} {n.faction(r.other)}", n.why(r, r.b, r.c)


def _voted(r: Record, n: Names) -> Said:
    result = {0: "loses", 1: "keeps", 2: "is given"}[r.d]
    against = "" if r.other < 0 else f" against {n.faction(r.other)}"
    return f"{n.faction(r.faction)} {result} the seat at the United Nations{against}, {r.a}-{r.b}-{r.c}", ""


def _resolved(r: Record, n: Names) -> Said:
    return f"the General Assembly votes {r.a}-{r.b}-{r.c} for the withdrawal of {n.faction(r.faction)}'s troops", ""


def _recognised(r: Record, n: Names) -> Said:
    verb = "recognises" if r.a else "no longer recognises"
    return f"{n.faction(r.faction)} {verb} {n.faction(r.other)} as its country's government", n.why(r)


def _relation(r: Record, n: Names) -> Said:
    better = r.a > 0
    way = "better" if better else "worse"
    return (
        f"relations of {n.faction(r.faction)} and {n.faction(r.other)} are {way} by {abs(r.a) / 100:.0f}, "
        f"now {r.b / 100:.0f}",
        n.event(r.d - 1) if r.d else _BOND_MOVED[r.c][better],
    )


SENTENCES: dict[str, Callable[[Record, Names], Said]] = {
    "PROPOSED": _proposed,
    "ACCEPTED": _accepted,
    "REFUSED_OFFER": _refused,
    "TREATY_ENDED": _ended,
    "TREATY_BROKEN": _broken,
    "WAR_DECLARED": _war,
    "THREATENED": _threatened,
    "SANCTIONED": _sanctioned,
    "VOTED": _voted,
    "RECOGNISED": _recognised,
    "RELATION": _relation,
    "RESOLVED": _resolved,
}
"""Name of the kind of record -> how it is said."""
