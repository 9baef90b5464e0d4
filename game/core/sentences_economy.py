"""Sentences about money and men; see `game.core.records`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.core.records import Names, Record, Said

_POLICIES = (
    "taxes", "conscription", "civic work", "its amnesty", "the sealing of the border", "village militias",
    "the sale of gems and timber", "relief", "soldiers' pay", "political work",
)  # fmt: skip
"""Policies in words, by columns.policy."""


def policy_words(policy: int) -> str:
    """A policy (columns.policy) in words: 'taxes'."""
    return _POLICIES[policy] if 0 <= policy < len(_POLICIES) else "a policy"


def money(thousands: int) -> str:
    """'US$ 1.2 m', 'US$ 40,000'."""
    return f"US$ {thousands / 1000:,.1f} m" if abs(thousands) >= 1000 else f"US$ {thousands * 1000:,}"


def ledger(r: Record, n: Names) -> Said:
    parts = [f"{name} {money(figure)}" for name, figure in (("taxes", r.c), ("trade", r.d), ("aid", r.e)) if figure]
    of = f" ({', '.join(parts)})" if parts else ""
    return f"{n.faction(r.faction)} took in {money(r.a)} in the month{of} and spent {money(r.b)}", n.why(r)


def paid_short(r: Record, n: Names) -> Said:
    return (
        f"{n.faction(r.faction)} paid {r.a / 10:.0f} % of its soldiers' pay and owes {r.b / 10:.1f} months of it",
        n.why(r),
    )


def aid_changed(r: Record, n: Names) -> Said:
    way = "raises" if r.a > r.b else "cuts"
    return (
        f"{n.faction(r.faction)} {way} its aid to {n.faction(r.other)} from {money(r.b)} to {money(r.a)} a month",
        n.why(r, r.c, r.d),
    )


def pipeline(r: Record, n: Names) -> Said:
    what = f"{n.faction(r.faction)}'s depot {n.depot(r.b)} "
    if r.a:
        return f"{what}gets about {r.a / 1000:,.0f} t a day through {n.faction(r.other)}'s pipeline again", n.why(r)
    return f"{what}gets nothing any more from {n.faction(r.other)}", n.why(r)


def muster(r: Record, n: Names) -> Said:
    parts = []
    if r.a:
        parts.append(f"called up {n.count(r.a, r.faction)} men")
    if r.b:
        parts.append(f"had {n.count(r.b, r.faction)} volunteers")
    if r.c:
        parts.append(f"trained {n.count(r.c, r.faction)}")
    if r.d:
        parts.append(f"lost {n.count(r.d, r.faction)} from training, who went home")
    return f"{n.faction(r.faction)} {', '.join(parts)}; {n.count(r.e, r.faction)} wait for a unit", n.why(r)


def raised(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} is raised with {n.count(r.a, r.faction)} men and comes in after {r.b} days", n.why(r)


def disbanded(r: Record, n: Names) -> Said:
    return f"{n.force_of(r)} is disbanded, {n.count(r.a, r.faction)} men go home", n.why(r)


def lapsed(r: Record, n: Names) -> Said:
    return f"{n.faction(r.faction)}: {policy_words(r.a)}, {r.b} % so far, ends", n.why(r)


def came_over(r: Record, n: Names) -> Said:
    took = f", {n.count(r.b, r.other)} of them into its service" if r.b else ""
    return f"{n.loss(r.a, r.other)} men of {n.faction(r.faction)} came over to {n.faction(r.other)}{took}", n.why(r)
