"""The account of men: every man who leaves the ranks leaves by a cause, and is counted there.

Conservation: see columns.faction.
"""

from __future__ import annotations

from game.core import rng
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.ids import NO_FACTION, OFF_MAP, Order, Status
from game.core.kernels import clause
from game.core.rng import Purpose
from game.core.ruleset_economy import ManpowerRules
from game.core.state import Tables


@clause
def count_of(w: Tables, share: float, total: int, hour: int, f: int, purpose: int) -> int:
    """`share` of `total` as a count whose mean is exact, never more than `total`."""
    if share <= 0.0 or total <= 0:
        return 0
    if share >= 1.0:
        return total
    n = rng.whole(share * total, rng.uniform(w.clock[C.SEED], hour, f, purpose, 7))
    return n if n < total else total


@clause
def take_men(w: Tables, f: int, men: int, cause: int) -> int:
    """Move men of a force to a column of its faction's account; returns how many went. An emptied force is GONE."""
    fi = w.force_i
    if men > fi[F.MEN, f]:
        men = fi[F.MEN, f]
    fi[F.MEN, f] -= men
    w.faction_i[cause, fi[F.FACTION, f]] += men
    if fi[F.MEN, f] == 0:
        dissolve(w, f)
    return men


@clause
def dissolve(w: Tables, f: int) -> None:
    """A force without men leaves play; its heavy weapons are lost."""
    fi = w.force_i
    faction = fi[F.FACTION, f]
    w.faction_i[A.TANKS_LOST, faction] += fi[F.TANKS, f]
    w.faction_i[A.GUNS_LOST, faction] += fi[F.GUNS, f]
    w.faction_i[A.KG_LOST, faction] += fi[F.STOCK_KG, f]
    fi[F.TANKS, f] = 0
    fi[F.GUNS, f] = 0
    fi[F.STOCK_KG, f] = 0
    fi[F.STATUS, f] = Status.GONE
    fi[F.HEX, f] = OFF_MAP
    fi[F.TARGET, f] = OFF_MAP
    fi[F.ORDER, f] = Order.HOLD


@clause
def take_arms(w: Tables, rules: ManpowerRules, foe: int, men: int, hour: int, f: int) -> None:
    """10.27 Arms of enemies who fell or laid them down; `f`: their force.

    Formula: arms for men = men * arms_taken
    """
    if foe == NO_FACTION:
        return
    kits = count_of(w, rules.arms_taken, men, hour, f, Purpose.ARMS_TAKEN + 0)
    w.faction_i[A.KITS, foe] += kits
    w.faction_i[A.KITS_TAKEN, foe] += kits


@clause
def battle_loss(w: Tables, f: int, men: int, killed_share: float, hour: int, purpose: int) -> int:
    """Men hit in battle: part die, the others go to hospital. Returns how many were hit."""
    if men > w.force_i[F.MEN, f]:
        men = w.force_i[F.MEN, f]
    dead = count_of(w, killed_share, men, hour, f, purpose + 100)
    take_men(w, f, dead, A.KILLED)
    take_men(w, f, men - dead, A.HOSPITAL)
    return men
