"""How an agent answers in a peace process: whether its factions disarm, and whom a government offers a pardon.

To disarm is worth what the vote promises, as far as the others can be believed to keep the terms, and else what could
be won with the arms that are left; few are given up while another refuses (13.14). To stay armed is worth what arms
could still win, less what war costs (11.24), and what patrons who agree press for. One who wants more than a share
takes a deal as a pause (11.26), if it can live outside, by a sanctuary or by money of its own: it spoils.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from game.ai.manners import Manners
from game.core.calendar import HOURS_A_MONTH
from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import Act, Life, Phase, Stance, Standing, Term, TreatyState
from game.core.kernels import plain
from game.core.orders import FactionAct
from game.core.realmath import exp as _exp
from game.core.reasons import Reason
from game.core.ruleset_politics import PeaceRules
from game.core.view import View
from game.rules.peace import thaw
from game.rules.process import BOUND
from game.rules.truce import credibility as _word
from game.rules.truce import spoils as _spoils
from game.rules.truce import war_costs as _war_costs

exp = plain(_exp)
spoils, war_costs, word = plain(_spoils), plain(_war_costs), plain(_word)


def state_acts(view: View, m: Manners) -> Iterator[FactionAct]:
    """The acts of the side's factions for the coming turn."""
    t = view.tables
    if view.setting.peace is None:
        return
    phase = int(t.peace[P.PHASE])
    if phase not in (Phase.MISSION, Phase.SETTLED):
        return
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
    """Whether a party that signed disarms, and why.

    Formula (points): armed = max(0, 100 * stake * share of the men - what war costs (11.24) - pressure * patrons'
        pressure (13.2)); it disarms if 100 * stake * trust * vote + (1 - trust) * armed * arms kept - what a deal
        takes from it (11.26), if it can live outside >= armed
    """
    t, cast, rules, terms = view.tables, view.setting.cast, view.setting.ruleset, view.setting.peace
    assert terms is not None
    refused = t.party[P.STANDING] == Standing.REFUSED
    refused[a] = False
    vote, trust = hopes(view, a), credibility(view, a)
    stake = 100.0 * max(rules.bargain.stake_least, float(cast.interests.stake[a]))
    pressed = rules.bargain.pressure * thaw(t, rules.peace, terms)
    armed = max(0.0, stake * strength(view, a) - war_costs(t, rules.bargain, a) - pressed)
    pause = spoils(t, cast, rules.bargain, a) if outside(view, m, a) else 0.0
    deal = stake * trust * vote + (1.0 - trust) * armed * kept(rules.peace, bool(refused.any())) - pause
    if deal >= armed:
        return FactionAct(a, Act.DISARM, value=1, reason=Reason.CANTON_TRUST, ra=round(100.0 * trust))
    if stake * vote - pause >= armed:
        return FactionAct(a, Act.DISARM, value=0, reason=Reason.REFUSE_DISTRUST, ra=round(100.0 * trust))
    return FactionAct(a, Act.DISARM, value=0, reason=Reason.REFUSE_OUTSIDE, ra=round(100.0 * vote))


def kept(rules: PeaceRules, alone: bool) -> float:
    """Share of its men that a party in cantonment still has by the day of the vote.

    Formula (13.14): exp(-canton_share * demobilise * pace^2 * mission_months^2 / 2); pace = canton_alone while another
        refuses, else 1
    """
    pace = rules.canton_alone if alone else 1.0
    return exp(-rules.canton_share * rules.demobilise * (pace * rules.mission_months) ** 2 / 2.0)


def credibility(view: View, a: int) -> float:
    """How far the accord can be believed, 0..1.

    Formula: mean of what the words of the others who keep to it are worth (11.24), by their men * share of the people
        who live where nobody rules who refused (13.15)
    """
    t, cast, rules = view.tables, view.setting.cast, view.setting.ruleset.bargain
    assert view.setting.peace is not None
    others = [b for b in view.setting.peace.parties if b != a and t.faction_i[A.LIFE, b] == Life.ACTIVE]
    closed = [b for b in others if t.party[P.STANDING, b] == Standing.REFUSED]
    men = {b: float(t.faction_i[A.REPUTED, b]) for b in others if t.party[P.STANDING, b] in BOUND}
    heads = sum(men.values())
    words = sum(men[b] * word(t, cast, rules, b) for b in men) / heads if heads else 1.0
    people = t.hex_i[H.PEOPLE] * cast.contested
    total = float(people.sum())
    reach = float(people[~np.isin(t.hex_i[H.CONTROL], closed)].sum()) / total if total else 1.0
    return words * reach


def hopes(view: View, a: int) -> float:
    """Share of the vote that the party may hope for, 0..1, among those who can run."""
    t, cast = view.tables, view.setting.cast
    assert view.setting.peace is not None
    people = t.hex_i[H.PEOPLE] * cast.contested
    away = (Standing.OUTSIDE, Standing.REFUSED)
    runs = [b for b in view.setting.peace.parties if b == a or t.party[P.STANDING, b] not in away]
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
        if t.stance[a, b] > Stance.HOSTILE or t.faction_i[A.MERGED, b] == a:
            continue
        asked = (y[Y.TERM] == Term.AMNESTY) & (y[Y.A] == a) & (y[Y.B] == b)
        open_ = asked & ((y[Y.STATE] == TreatyState.PROPOSED) | (y[Y.STATE] == TreatyState.IN_FORCE))
        if open_.any() or (asked & (y[Y.SINCE] > since)).any():
            continue
        men = int(t.force_i[F.MEN][t.force_i[F.FACTION] == b].sum())
        yield FactionAct(
            a, Act.PROPOSE, a=b, b=int(Term.AMNESTY), value=int(m.pardon_autonomy), reason=Reason.OFFER_PARDON, ra=men
        )
