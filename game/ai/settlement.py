"""How an agent answers in a peace process: whether its factions disarm, and whom a government offers a pardon.

To disarm is worth what the vote promises, as far as the mission makes the terms credible; to stay armed is worth what
arms could still win, less what the war costs one who is weary of it. A party with a sanctuary and money of its own has
less to lose by staying outside: it spoils.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.columns import treaty as Y
from game.core.ids import Act, Life, Phase, Stance, Standing, Status, Term, TreatyState
from game.core.orders import FactionAct
from game.core.reasons import Reason
from game.core.view import View
from game.engine.playable import Playable

_GUARDED, _BARE = 0.85, 0.2
"""Credibility of terms with and without a mission (Walter 1997)."""
_REFUSED = 0.5
"""Factor on it once another party has refused."""
_WEARY = 0.6
"""Share of what arms promise that full weariness takes."""
_MEANS = 0.25
"""What a sanctuary or money of one's own adds to what arms promise."""
_AUTONOMY = 40
"""Autonomy offered with a pardon, hundredths."""
_ASK_AGAIN_MONTHS = 6


def state_acts(view: View, scenario: Playable, side: str) -> Iterator[FactionAct]:
    """The acts of the side's factions for the coming turn."""
    t = view.tables
    if view.setting.peace is None:
        return
    phase = int(t.peace[P.PHASE])
    for a in view.side.factions:
        if t.faction_i[A.LIFE, a] != Life.ACTIVE:
            continue
        standing = int(t.party[P.STANDING, a])
        if phase == Phase.MISSION and standing in (Standing.SIGNED, Standing.CANTONING):
            act = answer(view, a)
            if (act.value == 1) != (standing == Standing.CANTONING):
                yield act
        elif phase == Phase.SETTLED and a == int(t.peace[P.GOVERNMENT]):
            yield from pardons(view, a)


def answer(view: View, a: int) -> FactionAct:
    """Whether a party that signed disarms, and why."""
    vote, trust = hopes(view, a), credibility(view)
    arms = strength(view, a)
    if outside(view, a):
        arms += _MEANS
    arms *= 1.0 - _WEARY * float(view.tables.faction_f[A.WEARINESS, a]) / 100.0
    if trust * vote >= arms:
        return FactionAct(a, Act.DISARM, value=1, reason=Reason.CANTON_TRUST, ra=round(100.0 * trust))
    if vote >= arms:
        return FactionAct(a, Act.DISARM, value=0, reason=Reason.REFUSE_DISTRUST, ra=round(100.0 * trust))
    return FactionAct(a, Act.DISARM, value=0, reason=Reason.REFUSE_OUTSIDE, ra=round(100.0 * vote))


def credibility(view: View) -> float:
    """How far the terms can be believed, 0..1."""
    t = view.tables
    assert view.setting.peace is not None
    guarded = view.setting.peace.mission >= 0 and t.faction_i[A.LIFE, view.setting.peace.mission] == Life.ACTIVE
    refused = (t.party[P.STANDING] == Standing.REFUSED).any()
    return (_GUARDED if guarded else _BARE) * (_REFUSED if refused else 1.0)


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
    """Share of the armed men of all parties, as far as known, that the party has: what arms promise."""
    t = view.tables
    assert view.setting.peace is not None
    fi = t.force_i
    in_play = (fi[F.STATUS] >= Status.ACTIVE) & (fi[F.STATUS] <= Status.BANDS)
    men = {b: int(fi[F.MEN][in_play & (fi[F.FACTION] == b)].sum()) for b in view.setting.peace.parties}
    total = sum(men.values())
    return men.get(a, 0) / total if total else 0.0


def outside(view: View, a: int) -> bool:
    """Whether a party can live outside the accord: a sanctuary on a neighbour's land, or trade of its own."""
    t = view.tables
    trades = t.faction_f[A.INCOME, a] > 0.0 and t.faction_f[A.TRADED, a] > 0.3 * t.faction_f[A.INCOME, a]
    hosts = t.camp_i[K.HOST][(t.camp_i[K.HOLDER] == a) & (t.camp_i[K.PEOPLE] > 0)]
    return bool(trades) or any(h >= 0 and t.stance[a, h] >= Stance.ACCESS for h in hosts.tolist())


def pardons(view: View, a: int) -> Iterator[FactionAct]:
    """A government offers a pardon to armed movements of the country that stand against it."""
    t, cast = view.tables, view.setting.cast
    y = t.treaty
    since = view.hour - _ASK_AGAIN_MONTHS * 730
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
        yield FactionAct(a, Act.PROPOSE, a=b, b=int(Term.AMNESTY), value=_AUTONOMY, reason=Reason.OFFER_PARDON, ra=men)
