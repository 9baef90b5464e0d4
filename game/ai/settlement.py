"""How an agent answers in a peace process: whether its factions disarm, and whom a government offers a pardon.

To disarm is worth what the vote promises, as far as the mission makes the terms credible; to stay armed is worth what
arms could still win, less what the war costs one who is weary of it. A party with a sanctuary and money of its own has
less to lose by staying outside: it spoils. Once another has refused, cantonment all but stops (13.14), and who stays in
it gives up few arms for his place on the ballot. Who stands against an accord that his patrons guarantee is outlawed.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.ai.manners import Manners
from game.core.calendar import HOURS_A_MONTH
from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import Act, Life, Phase, Stance, Standing, Term, TreatyState
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.view import View


def state_acts(view: View, m: Manners) -> Iterator[FactionAct]:
    """The acts of the side's factions for the coming turn."""
    t = view.tables
    if view.setting.peace is None:
        return
    phase = int(t.peace[P.PHASE])
    for a in view.side.factions:
        if t.faction_i[A.LIFE, a] != Life.ACTIVE:
            continue
        standing = int(t.party[P.STANDING, a])
        if phase == Phase.MISSION and standing in (Standing.SIGNED, Standing.CANTONING, Standing.REFUSED):
            act = answer(view, m, a)
            if standing != (Standing.CANTONING if act.value == 1 else Standing.REFUSED):
                yield act
        elif phase == Phase.SETTLED and a == int(t.peace[P.GOVERNMENT]):
            yield from pardons(view, m, a)


def answer(view: View, m: Manners, a: int) -> FactionAct:
    """Whether a party that signed disarms, and why."""
    vote, trust = hopes(view, a), credibility(view, m)
    arms = strength(view, a)
    if outside(view, m, a):
        arms += m.own_means
    t, rules = view.tables, view.setting.ruleset.peace
    others = t.party[P.STANDING] == Standing.REFUSED
    others[a] = False
    if others.any():
        arms *= rules.canton_alone
    arms *= 1.0 - m.weary_arms * float(t.faction_f[A.WEARINESS, a]) / 100.0
    arms = max(0.0, arms - m.outlawed)
    if trust * vote >= arms:
        return FactionAct(a, Act.DISARM, value=1, reason=Reason.CANTON_TRUST, ra=round(100.0 * trust))
    if vote >= arms:
        return FactionAct(a, Act.DISARM, value=0, reason=Reason.REFUSE_DISTRUST, ra=round(100.0 * trust))
    return FactionAct(a, Act.DISARM, value=0, reason=Reason.REFUSE_OUTSIDE, ra=round(100.0 * vote))


def credibility(view: View, m: Manners) -> float:
    """How far the terms can be believed, 0..1."""
    t = view.tables
    assert view.setting.peace is not None
    guarded = view.setting.peace.mission >= 0 and t.faction_i[A.LIFE, view.setting.peace.mission] == Life.ACTIVE
    refused = (t.party[P.STANDING] == Standing.REFUSED).any()
    return (m.trust_guarded if guarded else m.trust_bare) * (m.trust_refused if refused else 1.0)


def hopes(view: View, a: int) -> float:
    """Share of the vote that the party may hope for, 0..1, among those who can run."""
    t, cast = view.tables, view.setting.cast
    assert view.setting.peace is not None
    people = t.hex_i[H.PEOPLE] * cast.contested
    runs = [b for b in view.setting.peace.parties if t.party[P.STANDING, b] != Standing.OUTSIDE]
    votes = {b: float(t.support[cast.movement[b]] @ people) for b in runs if cast.movement[b] >= 0}
    total = sum(votes.values())
    return votes.get(a, 0.0) / total if total else 0.0


def strength(view: View, a: int) -> float:
    """Share of the armed men of all parties, as the world believes, that the party has: what arms promise."""
    t = view.tables
    assert view.setting.peace is not None
    men = {b: int(t.faction_i[A.REPUTED, b]) for b in view.setting.peace.parties}
    total = sum(men.values())
    return men.get(a, 0) / total if total else 0.0


def outside(view: View, m: Manners, a: int) -> bool:
    """Whether a party can live outside the accord: a sanctuary on a neighbour's land, or trade of its own."""
    t = view.tables
    trades = t.faction_f[A.INCOME, a] > 0.0 and t.faction_f[A.TRADED, a] > m.own_trade * t.faction_f[A.INCOME, a]
    hosts = t.camp_i[K.HOST][(t.camp_i[K.HOLDER] == a) & (t.camp_i[K.PEOPLE] > 0)]
    return bool(trades) or any(h >= 0 and t.stance[a, h] >= Stance.ACCESS for h in hosts.tolist())


def pardons(view: View, m: Manners, a: int) -> Iterator[FactionAct]:
    """A government offers a pardon to armed movements of the country that stand against it."""
    t, cast = view.tables, view.setting.cast
    y = t.treaty
    since = view.hour - int(m.pardon_months * HOURS_A_MONTH)
    for b in range(t.faction_i.shape[1]):
        if b == a or cast.movement[b] < 0 or t.faction_i[A.LIFE, b] != Life.ACTIVE:
            continue
        if t.stance[a, b] > Stance.HOSTILE or t.party[P.STANDING, b] == Standing.RECONCILED:
            continue
        asked = (y[Y.TERM] == Term.AMNESTY) & (y[Y.A] == a) & (y[Y.B] == b)
        open_ = asked & ((y[Y.STATE] == TreatyState.PROPOSED) | (y[Y.STATE] == TreatyState.IN_FORCE))
        if open_.any() or (asked & (y[Y.SINCE] > since)).any():
            continue
        men = int(t.force_i[F.MEN][t.force_i[F.FACTION] == b].sum())
        yield FactionAct(
            a, Act.PROPOSE, a=b, b=int(Term.AMNESTY), value=int(m.pardon_autonomy), reason=Reason.OFFER_PARDON, ra=men
        )
