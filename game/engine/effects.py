"""Chapter 14, effects: the list of what events and decisions can change, and how each is told before it is chosen.

14.3 Effects are these: relations, stances, political will, war weariness and unity of leaders; what depots receive,
     road transport, a patron's budget and its aid, money, trained men and arms from abroad; a policy of the faction
     that decides; treaties proposed, or made where one party acts from outside; embargoes and recognition; food for
     people, harm for the ledger, support of a movement, mines scattered over a province. None hands over a place or
     a force, and none makes harm pay.
14.4 A relation is the bounded sum of its bonds, so what an event does to it enters the bond of events: points are
     added, and a value that is set is what the sum then comes to.
14.5 Harm enters the ledger and moves nothing else: who did it pays by other effects, in will, relations and support.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from game.core.calendar import HOURS_A_MONTH
from game.core.columns import depot as D
from game.core.columns import faction as A
from game.core.columns import harm as R
from game.core.columns import hex as H
from game.core.columns import treaty as Y
from game.core.ids import NEVER, NO_FACTION, NO_FORCE, OFF_MAP, Stance, Term, TreatyState
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.setting import Setting
from game.core.state import Tables
from game.rules import relations, treaties
from game.rules.relations import move_relation, set_relation
from game.rules.workspace import Work, note_row
from game.scenario.conditions import POLICIES
from game.scenario.model import Effect, EffectKind

_HIGHEST = 100.0
_free_row = plain(treaties.free_row)
_begin, _count_men = plain(treaties.bring_into_force), plain(relations.count_men)
_change_aid, _tell_relation = plain(treaties.change_aid), plain(relations.tell_relation)
_recognise, _end_recognition = plain(treaties.recognise), plain(treaties.end_recognition)


def take_effect(setting: Setting, t: Tables, x: Work, effect: Effect, cause: int, hour: int) -> None:
    """14.3 `x`: where records go; `cause`: row of the scenario's headlines that records of relations name as cause."""
    if effect.kind in _RECORDED:
        _RECORDED[effect.kind](setting, t, x, effect, hour)
        return
    _EFFECTS[effect.kind](setting, t, effect, hour)
    if effect.kind in (EffectKind.RELATION, EffectKind.BOND):
        a, b = max(effect.a, effect.b), min(effect.a, effect.b)
        _tell_relation(t, x, setting.ruleset.relations, a, b, cause + 1, hour)


def say_effect(setting: Setting, effect: Effect) -> str:
    """14.3 What an effect does, in a few words: 'political will of Thailand -3'."""
    return _WORDS[effect.kind](setting, effect)


def _relation(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    """14.4"""
    set_relation(t, e.a, e.b, e.value)


def _bond(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    """14.4"""
    move_relation(t, e.a, e.b, e.value)


def _stance(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.stance[e.a, e.b] = t.stance[e.b, e.a] = e.row


def _will(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    _move(t, A.WILL, e.a, e.value, _HIGHEST)


def _weariness(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    _move(t, A.WEARINESS, e.a, e.value, _HIGHEST)


def _unity(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    _move(t, A.UNITY, e.a, e.value, 1.0)


def _move(t: Tables, row: int, a: int, by: float, most: float) -> None:
    t.faction_f[row, a] = min(most, max(0.0, float(t.faction_f[row, a]) + by))


def _inflow(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.depot_i[D.INFLOW_KG, e.row] = int(e.value)


def _lift(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.faction_f[A.LIFT_TKM, e.a] *= e.value


def _aid_budget(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.faction_f[A.AID_BUDGET, e.a] = e.value


def _budget(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.faction_f[A.AID_BUDGET, e.a] *= e.value


def _aid(s: Setting, t: Tables, x: Work, e: Effect, hour: int) -> None:
    _change_aid(t, x, e.a, e.b, e.value, int(Reason.EVENT), 0, 0, hour)


def _money(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.faction_f[A.MONEY, e.a] = max(0.0, float(t.faction_f[A.MONEY, e.a]) + e.value)


def _manpower(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    """14.3 They are entered among the men raised, so that the account of men closes."""
    t.faction_i[[A.MANPOWER, A.RAISED], e.a] += int(e.value)


def _kits(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.faction_i[A.KITS, e.a] += int(e.value)


def _policy(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.policy[e.row, e.a] = e.value


def _treaty(s: Setting, t: Tables, x: Work, e: Effect, hour: int) -> None:
    """14.3 A proposal, unless it stands already or the table is full (11.18); or the treaty at once."""
    y = t.treaty
    here = (y[Y.TERM] == e.row) & (y[Y.A] == e.a) & (y[Y.B] == e.b)
    standing = (y[Y.STATE] == TreatyState.IN_FORCE) | (y[Y.STATE] == TreatyState.PROPOSED)
    row = _free_row(t)
    if (here & standing).any() or row < 0:
        return
    until = hour + int(e.months * HOURS_A_MONTH) if e.months else NEVER
    y[:, row] = 0
    for column, value in {
        Y.TERM: e.row, Y.STATE: TreatyState.PROPOSED, Y.A: e.a, Y.B: e.b,
        Y.VALUE: int(e.value), Y.SINCE: hour, Y.UNTIL: until, Y.BY: e.a, Y.REASON: Reason.EVENT, Y.LINK: -1,
    }.items():  # fmt: skip
        y[column, row] = value
    if e.at_once:
        _conclude(s, t, x, e, hour)


def _conclude(s: Setting, t: Tables, x: Work, e: Effect, hour: int) -> None:
    """14.3 What was proposed is in force at once, with all that this brings (11.11, 11.12)."""
    k = treaties.proposed(t, e.row, e.a, e.b)
    if k >= 0:
        _count_men(t, s.ground, s.cast, x)
        _begin(t, s.cast, x, s.ruleset.relations, k, hour, int(Reason.EVENT), 0, 0)


def _sanction(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.sanction[e.a, e.b] = int(e.value)


def _recognition(s: Setting, t: Tables, x: Work, e: Effect, hour: int) -> None:
    """14.3, 11.12"""
    if bool(t.recognised[e.a, e.b]) == bool(e.value):
        return
    rules = s.ruleset.relations
    if not e.value:
        _end_recognition(t, x, rules, e.a, e.b, int(Reason.EVENT), hour)
        return
    _recognise(t, s.cast, x, rules, e.a, e.b, hour)
    note_row(
        x, hour, RecordKind.RECOGNISED, e.a, NO_FORCE, OFF_MAP, e.b,
        1, 0, 0, 0, 0, Reason.EVENT,
    )  # fmt: skip


def _area(s: Setting, e: Effect) -> npt.NDArray[np.bool_]:
    """Land of the effect's province, or of its country."""
    if e.province >= 0:
        inside: npt.NDArray[np.bool_] = (s.map.province == e.province) & s.map.is_land
    else:
        inside = (s.map.country == e.row) & s.map.is_land
    return inside


def _relief(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    """14.3 Tonnes by the number of people."""
    people = np.where(_area(s, e), t.hex_i[H.PEOPLE], 0)
    total = int(people.sum())
    if total:
        t.hex_f[H.FOOD_T] += e.value * people / total


def _harm(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    """14.5"""
    t.harm[e.row, R.DEAD_LOW : R.DISPLACED_HIGH + 1] += e.figures


def _support(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    """14.3 The shares of all movements together stay 1 at most: what one gains the others lose in proportion."""
    m = int(t.faction_i[A.MOVEMENT, e.a])
    if m < 0:
        return
    where = (s.cast.contested != 0) & ((s.cast.province == e.province) | (e.province < 0))
    now = np.clip(t.support[m, where] + e.value, 0.0, 1.0)
    others = t.support[:, where].sum(axis=0) - t.support[m, where]
    room = np.where(others > 0.0, np.minimum(1.0, (1.0 - now) / np.maximum(others, 1e-12)), 1.0)
    t.support[:, where] *= room
    t.support[m, where] = now


def _mines(s: Setting, t: Tables, e: Effect, hour: int) -> None:
    t.hex_f[H.SCATTER, _area(s, e)] += e.value


_EFFECTS: dict[EffectKind, Callable[[Setting, Tables, Effect, int], None]] = {
    EffectKind.RELATION: _relation,
    EffectKind.BOND: _bond,
    EffectKind.STANCE: _stance,
    EffectKind.WILL: _will,
    EffectKind.WEARINESS: _weariness,
    EffectKind.UNITY: _unity,
    EffectKind.INFLOW: _inflow,
    EffectKind.LIFT: _lift,
    EffectKind.AID_BUDGET: _aid_budget,
    EffectKind.BUDGET: _budget,
    EffectKind.MONEY: _money,
    EffectKind.MANPOWER: _manpower,
    EffectKind.KITS: _kits,
    EffectKind.POLICY: _policy,
    EffectKind.SANCTION: _sanction,
    EffectKind.RELIEF: _relief,
    EffectKind.HARM: _harm,
    EffectKind.SUPPORT: _support,
    EffectKind.MINES: _mines,
}

_RECORDED: dict[EffectKind, Callable[[Setting, Tables, Work, Effect, int], None]] = {
    EffectKind.AID: _aid,
    EffectKind.TREATY: _treaty,
    EffectKind.RECOGNITION: _recognition,
}
"""Effects that go on record by themselves."""


# --- in words -----------------------------------------------------------------------------------------------------
def _who(s: Setting, a: int) -> str:
    return "nobody" if a == NO_FACTION else s.factions[a].short


def _pair(s: Setting, e: Effect) -> str:
    return f"{_who(s, e.a)} and {_who(s, e.b)}"


def _where(s: Setting, e: Effect) -> str:
    if e.province >= 0:
        return s.map.provinces[e.province]
    return s.map.countries[e.row] if e.kind is EffectKind.RELIEF else "the country fought over"


def _treaty_words(s: Setting, e: Effect) -> str:
    what = Term(e.row).name.lower().replace("_", " ")
    how = "agreed" if e.at_once else "proposed"
    lasts = f" for {e.months} months" if e.months else ""
    return f"{what} {how} by {_who(s, e.a)} to {_who(s, e.b)}{lasts}"


def _harm_words(s: Setting, e: Effect) -> str:
    low, high, fled_low, fled_high = e.figures
    parts = [f"{low:,} to {high:,} dead"] if high else []
    parts += [f"{fled_low:,} to {fled_high:,} displaced"] if fled_high else []
    return f"harm to civilians: {', '.join(parts) or 'not counted'}"


_POLICY_NAMES = {row: name for name, row in POLICIES.items()}

_WORDS: dict[EffectKind, Callable[[Setting, Effect], str]] = {
    EffectKind.RELATION: lambda s, e: f"relation of {_pair(s, e)} becomes {e.value:+g}",
    EffectKind.BOND: lambda s, e: f"relation of {_pair(s, e)} {e.value:+g}",
    EffectKind.STANCE: lambda s, e: f"stance of {_pair(s, e)}: {Stance(e.row).name.lower()}",
    EffectKind.WILL: lambda s, e: f"political will of {_who(s, e.a)} {e.value:+g}",
    EffectKind.WEARINESS: lambda s, e: f"war weariness of {_who(s, e.a)} {e.value:+g}",
    EffectKind.UNITY: lambda s, e: f"unity of {_who(s, e.a)} {e.value * 100:+g} %",
    EffectKind.INFLOW: lambda s, e: f"{s.depot_names[e.row]} receives {e.value / 1000:g} t a day",
    EffectKind.LIFT: lambda s, e: f"road transport of {_who(s, e.a)} x {e.value:g}",
    EffectKind.AID_BUDGET: lambda s, e: f"{_who(s, e.a)} can give US$ {e.value:,.0f} m a year",
    EffectKind.BUDGET: lambda s, e: f"what {_who(s, e.a)} can give x {e.value:g}",
    EffectKind.AID: lambda s, e: f"{_who(s, e.a)} gives {_who(s, e.b)} US$ {e.value:,.0f} m a year",
    EffectKind.MONEY: lambda s, e: f"money of {_who(s, e.a)} US$ {e.value:+,.0f} m",
    EffectKind.MANPOWER: lambda s, e: f"{e.value:,.0f} trained men for {_who(s, e.a)}",
    EffectKind.KITS: lambda s, e: f"arms for {e.value:,.0f} men to {_who(s, e.a)}",
    EffectKind.POLICY: lambda s, e: f"policy of {_who(s, e.a)}, {_POLICY_NAMES[e.row]}: {e.value * 100:.0f} %",
    EffectKind.TREATY: _treaty_words,
    EffectKind.SANCTION: lambda s, e: f"{_who(s, e.a)} {'stops' if e.value else 'takes up'} trade with {_who(s, e.b)}",
    EffectKind.RECOGNITION: lambda s, e: (
        f"{_who(s, e.a)} {'recognises' if e.value else 'no longer recognises'} {_who(s, e.b)}"
    ),
    EffectKind.RELIEF: lambda s, e: f"{e.value:,.0f} t of food for {_where(s, e)}",
    EffectKind.HARM: _harm_words,
    EffectKind.SUPPORT: lambda s, e: f"support of {_who(s, e.a)} in {_where(s, e)} {e.value * 100:+g} %",
    EffectKind.MINES: lambda s, e: f"mines over {_where(s, e)}, {e.value:g} a km² more",
}
