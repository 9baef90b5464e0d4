"""Chapter 9, fourth part: support, which is whom people prefer. (Control is another thing, and shapes what they do.)

9.23 People take what whoever holds their land does for the doing of his movement; what foreign troops do who hold it
    is put down to the movement whose friends they are.
9.24 Every movement has a share of the people of each hex who would come to prefer it as things are: by what they
    remember and hope, by who rules and how safe, well and honestly, by work among them, by what is asked of them, by
    fighting, want and relief. It never exceeds the movement's ceiling; all shares together never exceed the people.
9.25 Support moves towards that share, slowly: faster under firm control, and faster still where troops are about.
9.26 Foreign troops cost their friends support, by their number among the people and by how long they stay; part of it
    goes to movements at war with them.
9.27 A movement that is no more has nobody's support; one that has joined another hands its own on.
     How many prefer each movement in all is known to everybody.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from game.core.calendar import DAYS_A_MONTH, HOURS_A_MONTH, MONTHS_A_YEAR
from game.core.columns import bond as B
from game.core.columns import faction as A
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NO_FACTION, OFF_MAP, Life
from game.core.kernels import chapter, clause, plain
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.ruleset_people import HarvestRules, SupportRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.presence import friendly
from game.rules.security import guarded, is_foreign, rules_for, weigh_presence
from game.rules.workspace import Now, Work, is_war, note

# Causes of support, in the order of `Reason.SUPPORT_MEMORY` and the reasons after it.
MEMORY = 0
CONTROL = 1
SAFETY = 2
CIVIC = 3
CORRUPTION = 4
POLITICAL = 5
TAXES = 6
DRAFT = 7
SEALING = 8
FIGHTING = 9
WANT = 10
FOREIGN = 11
RELIEF = 12
CROWDED = 13
"""What there is no room for: above the ceiling, beside the other movements, or below nobody."""
CAUSES = 14


@clause
def contribute(
    w: Tables,
    c: Cast,
    x: Work,
    rules: SupportRules,
    food: HarvestRules,
    m: int,
    h: int,
    out: npt.NDArray[np.float64],
    base: int,
) -> float:
    """9.24, 9.26 The share of the hex's people who would come to prefer movement `m`, before others' shares count;
    what each cause adds goes to `out[base + cause]`. Reads the weights of `weigh_presence`.

    Formula (9.24): share = leaning + hold * (gain_control + gain_security * (security - 0.5) + gain_civic * CIVIC *
        share funded * (1 - corruption) - cost_corruption * corruption - cost_tax * TAX - cost_draft * CONSCRIPTION -
        cost_seal * SEAL - cost_want * want + gain_relief * share of need met by relief) of whoever rules +
        gain_political * POLITICAL * share funded * men / (men + political_men) - cost_fighting * fought / (fought +
        fighting_men); fought: its men and its friends' who fought here
    Formula (9.26): share -= cost_foreign * n / (n + foreign_ratio) * stay of friends' troops, n men per inhabitant;
        share += foreign_shift of that for enemies' troops; stay = 1 + min(1, relations
        lost to their presence / foreign_stay)
    """
    for k in range(CAUSES):
        out[base + k] = 0.0
    f = c.champion[m]
    if w.faction_i[A.LIFE, f] != Life.ACTIVE:
        return 0.0
    people = float(w.hex_i[H.PEOPLE, h])
    out[base + MEMORY] = c.leaning[m, h]
    funded = w.faction_f[A.FUNDED, f]
    fought = 0.0
    for a in range(x.weight.shape[1]):
        if x.weight[h, a] <= 0.0:
            continue
        if a == f:
            fought += x.clashed[h, a]
            men = x.weight[h, a]
            work = rules.gain_political * w.policy[P.POLITICAL, f] * funded
            out[base + POLITICAL] = work * men / (men + rules.political_men)
        elif is_foreign(w, a):
            ratio = x.weight[h, a] / max(1.0, people)
            felt = rules.cost_foreign * ratio / (ratio + rules.foreign_ratio)
            if friendly(w, f, a):
                fought += x.clashed[h, a]
                out[base + FOREIGN] -= felt * (1.0 + min(1.0, abs(w.bond[B.PRESENCE, f, a]) / rules.foreign_stay))
            elif is_war(w.stance, f, a):
                out[base + FOREIGN] += felt * rules.foreign_shift
    out[base + FIGHTING] = -rules.cost_fighting * fought / (fought + rules.fighting_men)
    if rules_for(w, f, w.hex_i[H.CONTROL, h]):
        hold = w.hex_f[H.HOLD, h]
        rotten = w.faction_f[A.CORRUPTION, f]
        out[base + CONTROL] = hold * rules.gain_control
        out[base + SAFETY] = hold * rules.gain_security * (w.hex_f[H.SECURITY, h] - 0.5)
        out[base + CIVIC] = hold * rules.gain_civic * w.policy[P.CIVIC, f] * funded * (1.0 - rotten)
        out[base + CORRUPTION] = -hold * rules.cost_corruption * rotten
        out[base + TAXES] = -hold * rules.cost_tax * w.policy[P.TAX, f]
        out[base + DRAFT] = -hold * rules.cost_draft * w.policy[P.CONSCRIPTION, f]
        out[base + SEALING] = -hold * rules.cost_seal * w.policy[P.SEAL, f]
        out[base + WANT] = -hold * rules.cost_want * w.hex_f[H.WANT, h]
        need = people * food.need_kg / 1000.0 / MONTHS_A_YEAR
        if w.hex_f[H.RELIEF_T, h] > 0.0 and need > 0.0:
            out[base + RELIEF] = hold * rules.gain_relief * min(1.0, w.hex_f[H.RELIEF_T, h] / need)
    share = 0.0
    for k in range(CROWDED):
        share += out[base + k]
    if share < 0.0:
        out[base + CROWDED] = -share
        return 0.0
    if share > c.ceiling[m]:
        out[base + CROWDED] = c.ceiling[m] - share
        return c.ceiling[m]
    return share


@clause
def weigh_support(
    w: Tables,
    c: Cast,
    x: Work,
    rules: SupportRules,
    food: HarvestRules,
    h: int,
    out: npt.NDArray[np.float64],
    shares: int,
) -> None:
    """9.24 What every movement's support in the hex moves towards, into `out[shares + movement]`, with the causes of
    movement m in `out[m * CAUSES + cause]`."""
    total = 0.0
    for m in range(c.champion.shape[0]):
        share = contribute(w, c, x, rules, food, m, h, out, m * CAUSES)
        out[shares + m] = share
        total += share
    if total > 1.0:
        for m in range(c.champion.shape[0]):
            out[m * CAUSES + CROWDED] -= out[shares + m] * (1.0 - 1.0 / total)
            out[shares + m] /= total


@clause
def hand_on(w: Tables, c: Cast) -> None:
    """9.27 The support of a movement that has joined another is the other's."""
    for m in range(c.champion.shape[0]):
        a = c.champion[m]
        heir = w.faction_i[A.MERGED, a]
        if w.faction_i[A.LIFE, a] != Life.ENDED or heir == NO_FACTION or w.faction_i[A.MOVEMENT, heir] < 0:
            continue
        for i in range(c.lands.shape[0]):
            h = int(c.lands[i])
            w.support[w.faction_i[A.MOVEMENT, heir], h] += w.support[m, h]
            w.support[m, h] = 0.0


@chapter
def sway(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """9.23-9.27 One month: reads the weights that security left.

    Formula (9.25): support += (share - support) * (drift_month + drift_held * hold + drift_guarded * guard) *
        months
    """
    rules = r.support
    movements = c.champion.shape[0]
    if movements == 0:
        return
    hand_on(w, c)
    out = x.figures
    shares = movements * CAUSES
    sums = shares + movements
    for k in range(sums, sums + movements * (CAUSES + 2)):
        out[k] = 0.0
    before = sums + movements * CAUSES
    after = before + movements
    inhabitants = 0.0
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        people = w.hex_i[H.PEOPLE, h]
        if people <= 0:
            continue
        weigh_support(w, c, x, rules, r.harvest, h, out, shares)
        hold = w.hex_f[H.HOLD, h] if w.hex_i[H.CONTROL, h] != NO_FACTION else 0.0
        rate = rules.drift_month + rules.drift_held * hold + rules.drift_guarded * guarded(w, c, x, rules, h)
        rate = min(1.0, rate * now.days / DAYS_A_MONTH)
        inhabitants += people
        for m in range(movements):
            out[before + m] += w.support[m, h] * people
            w.support[m, h] += (out[shares + m] - w.support[m, h]) * rate
            out[after + m] += w.support[m, h] * people
            for k in range(CAUSES):
                out[sums + m * CAUSES + k] += out[m * CAUSES + k] * people
    if inhabitants <= 0.0:
        return
    for m in range(movements):
        w.faction_f[A.SUPPORT, c.champion[m]] = out[after + m] / inhabitants
        moved = (out[after + m] - out[before + m]) / inhabitants
        if abs(moved) < rules.told:
            continue
        main = MEMORY
        most = 0.0
        for k in range(CAUSES):
            part = out[sums + m * CAUSES + k] if moved > 0.0 else -out[sums + m * CAUSES + k]
            if part > most:
                most = part
                main = k
        level = w.faction_f[A.SUPPORT, c.champion[m]]
        note(
            x, now.hour, RecordKind.SUPPORT + 0, c.champion[m], -1, OFF_MAP, -1,
            int(moved * 10000.0), int(level * 10000.0), 0, 0, 0, Reason.SUPPORT_MEMORY + main,
        )  # fmt: skip


def explain_support(
    w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, hour: int, m: int, lands: Sequence[int]
) -> list[tuple[Reason, float]]:
    """9.24 Why support for movement `m` moves where it moves among the people of the hexes `lands`: every cause and the
    share of them that it makes, largest first; they sum to that share. `x`: scratch; `hour`: now."""
    plain(weigh_presence)(w, g, x, r, hour - int(HOURS_A_MONTH))
    shares = c.champion.shape[0] * CAUSES
    out, sums = np.zeros(shares + c.champion.shape[0]), np.zeros(CAUSES)
    for h in lands:
        people = float(w.hex_i[H.PEOPLE, h])
        if people > 0.0:
            plain(weigh_support)(w, c, x, r.support, r.harvest, h, out, shares)
            sums += out[m * CAUSES : (m + 1) * CAUSES] * people
    total = max(1.0, float(w.hex_i[H.PEOPLE, list(lands)].sum()))
    parts = [(Reason(Reason.SUPPORT_MEMORY + k), float(sums[k]) / total) for k in range(CAUSES)]
    return sorted((p for p in parts if p[1] != 0.0), key=lambda p: (-abs(p[1]), p[0]))
