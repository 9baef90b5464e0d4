"""Which march field leads a force where: the bookkeeping between the shared fields and the forces' goals.

A force's goals are its destination and its base. The field to a goal is a row of `Work.fields`; forces of one movement
class that may enter the same lands share it.
"""

from __future__ import annotations

from game.core.columns import force as F
from game.core.ids import OFF_MAP
from game.core.kernels import chapter, clause
from game.core.state import Tables
from game.rules.workspace import Work


@clause
def goal_of(w: Tables, k: int, f: int) -> int:
    """The force's destination (k 0) or base (k 1)."""
    return w.force_i[F.DEST, f] if k == 0 else w.force_i[F.BASE, f]


@chapter
def find_ways(w: Tables, x: Work) -> int:
    """Give every force the rows of its fields. Goals without one are listed in `x.unsolved`; returns how many."""
    unsolved = 0
    for k in range(2):
        rows = x.to_dest if k == 0 else x.to_base
        for f in range(w.force_i.shape[1]):
            goal = goal_of(w, k, f)
            if w.force_i[F.MEN, f] <= 0 or (goal == x.goal[k, f] and (rows[f] >= 0 or goal == OFF_MAP)):
                continue
            row = -1
            if goal != OFF_MAP:
                row = x.row_of[x.lands[w.force_i[F.FACTION, f]], w.force_i[F.MOBILITY, f], goal]
                if row < 0:
                    x.unsolved[unsolved, 0] = k
                    x.unsolved[unsolved, 1] = f
                    unsolved += 1
                    continue
            x.goal[k, f] = goal
            x.way_from[f] = OFF_MAP
            rows[f] = row
    return unsolved
