"""Chapter 10, economy and aid, third part: what a faction decides about money and men.

10.40 A faction sets its policies, from 0 to 100 each. One whose command is of formations in the field only has no home
      front: it sets its soldiers' pay, its trade and its amnesty, and the rest stays as the scenario says. Relief is no
      policy: nobody can hold it back.
10.41 A patron sets what it gives to whom, at most its vote for this theatre in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.calendar import MONTHS_A_YEAR
from game.core.columns import act as T
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NO_FACTION, OFF_MAP, Life, Stance, Status
from game.core.kernels import plain
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.rules.manpower import is_raisable
from game.rules.presence import same_side
from game.rules.treaties import change_aid
from game.rules.workspace import note_row

if TYPE_CHECKING:
    from game.core.setting import Setting
    from game.core.state import Tables
    from game.engine.world import World

IN_THE_FIELD = frozenset({P.PAY, P.TRADE, P.AMNESTY})
"""10.40 Policies of a command without a home front."""
_THOUSAND = 1000.0
_ROUNDING = 1e-6
_change_aid = plain(change_aid)


def set_policy(world: World, row: list[int]) -> Reason:
    """10.40 The faction's policy A becomes VALUE hundredths."""
    faction, policy, value = row[T.FACTION], row[T.A], row[T.VALUE]
    means = world.setting.cast.means
    if not means.keeps[faction]:
        return Reason.NO_ECONOMY
    if policy == P.RETIRED:
        return Reason.RELIEF_PASSES
    if not (0 <= policy < P.POLICIES and 0 <= value <= 100):
        return Reason.OUT_OF_BOUNDS
    if not means.home_front[faction] and policy not in IN_THE_FIELD:
        return Reason.NO_HOME_FRONT
    world.tables.policy[policy, faction] = value / 100.0
    return Reason.NONE


def set_aid(world: World, row: list[int]) -> Reason:
    """10.41 The faction gives A US$ VALUE thousand a month from now on."""
    t = world.tables
    donor, recipient, value = row[T.FACTION], row[T.A], row[T.VALUE]
    if t.faction_f[A.AID_BUDGET, donor] <= 0.0:
        return Reason.NO_VOTE
    if not 0 <= recipient < t.faction_i.shape[1] or recipient == donor or not can_take_aid(world, donor, recipient):
        return Reason.NO_RECIPIENT
    yearly = value / _THOUSAND * MONTHS_A_YEAR
    others = float(t.aid[donor].sum() - t.aid[donor, recipient])
    if value < 0 or others + yearly > t.faction_f[A.AID_BUDGET, donor] + _ROUNDING:
        return Reason.BEYOND_VOTE
    _change_aid(t, world.work, donor, recipient, yearly, row[T.REASON], row[T.RA], row[T.RB], world.hour)
    return Reason.NONE


def can_take_aid(world: World, donor: int, recipient: int) -> bool:
    """10.41 Whether the recipient is an actor that keeps accounts and no enemy."""
    t = world.tables
    active = t.faction_i[A.LIFE, recipient] == Life.ACTIVE and world.setting.cast.means.keeps[recipient]
    return bool(active) and t.stance[donor, recipient] != Stance.WAR


def raise_formation(world: World, row: list[int]) -> Reason:
    """10.25 The formation A is raised: with the men who wait and the arms in store, and comes in weeks later.

    Formula: comes in after raise_days with raise_cohesion; quality = the establishment's * recruit_quality
    """
    t, f = world.tables, row[T.A]
    rules = world.setting.ruleset.manpower
    if not 0 <= f < t.force_i.shape[1] or t.force_i[F.FACTION, f] != row[T.FACTION]:
        return Reason.NO_SUCH_FORCE
    why = why_not_raise(t, world.setting, f, world.hour)
    if why is not Reason.NONE:
        return why
    a, force = row[T.FACTION], t.force_i[:, f]
    men = raisable_men(t, f)
    force[F.HEX] = raising_place(t, f)
    force[F.STATUS] = Status.PENDING
    force[F.ARRIVES] = world.hour + round(rules.raise_days * 24.0)
    force[F.MEN] = men
    t.faction_i[A.RECRUITED, a] += men
    t.faction_i[A.MANPOWER, a] -= men
    t.faction_i[A.KITS, a] -= men
    t.force_f[:, f] = 0.0
    t.force_f[F.QUALITY, f] = world.setting.cast.means.quality[f] * rules.recruit_quality
    t.force_f[F.COHESION, f] = rules.raise_cohesion
    t.force_f[F.SURPRISE, f] = 1.0
    note_row(
        world.work, world.hour, RecordKind.RAISED, a, f, int(force[F.HEX]), NO_FACTION,
        men, round(rules.raise_days), 0, 0, 0, Reason(row[T.REASON]),
    )  # fmt: skip
    return Reason.NONE


def why_not_raise(t: Tables, setting: Setting, f: int, hour: int) -> Reason:
    """10.25 Why its faction cannot raise the formation now, or Reason.NONE.

    Formula: men and arms for raise_share of its establishment at least, and less than unpaid_months of pay owed
    """
    rules = setting.ruleset
    a = int(t.force_i[F.FACTION, f])
    why = Reason(int(plain(is_raisable)(t, setting.cast, rules.manpower, f, hour)))
    if why is not Reason.NONE:
        return why
    if not is_place_held(t, setting, a, raising_place(t, f)):
        return Reason.PLACE_NOT_HELD
    if t.faction_f[A.ARREARS, a] >= rules.economy.unpaid_months:
        return Reason.NO_MONEY
    least = rules.manpower.raise_share * t.force_i[F.START_MEN, f]
    if t.faction_i[A.MANPOWER, a] < least:
        return Reason.NO_MANPOWER
    return Reason.NO_KITS if t.faction_i[A.KITS, a] < least else Reason.NONE


def raising_place(t: Tables, f: int) -> int:
    """10.25 Where a formation forms: its place in the scenario, or the base of one that was destroyed."""
    pending = t.force_i[F.STATUS, f] == Status.PENDING
    return int(t.force_i[F.HEX if pending else F.BASE, f])


def raisable_men(t: Tables, f: int) -> int:
    """10.25 The men with whom it would form now."""
    a = int(t.force_i[F.FACTION, f])
    return int(min(t.force_i[F.START_MEN, f], t.faction_i[A.MANPOWER, a], t.faction_i[A.KITS, a]))


def is_place_held(t: Tables, setting: Setting, a: int, hex_: int) -> bool:
    """10.25 Its own side's or an ally's, or the land of a state that lets it in or beside it, or its base area with
    nobody there."""
    ground = setting.ground
    holder, host = int(t.hex_i[H.CONTROL, hex_]), int(ground.host[hex_])
    for beside in ground.neighbours[hex_].tolist():
        other = NO_FACTION if beside == OFF_MAP else int(ground.host[beside])
        if other not in (NO_FACTION, host) and t.stance[other, a] >= Stance.ACCESS:
            return True
    if holder == NO_FACTION:
        return int(ground.shelter[hex_]) == a
    if plain(same_side)(t, holder, a):
        return True
    let_in = holder == host or int(ground.shelter[hex_]) == a
    return t.stance[holder, a] == Stance.ALLIED or (t.stance[holder, a] >= Stance.ACCESS and let_in)
