"""Chapter 10, economy and aid, first part: money and corruption, month by month; aid stands in rules.aid.

10.1 A faction keeps accounts if the scenario gives it an economy; others spend nothing and lack nothing. What it has
     in hand after a month is what it had before, and what came in, less what went out; it never owes to a bank.
10.2 Taxes are taken from the people of the country fought over by who governs them: the faction in control, or the
     movement on whose behalf a foreign army holds the land. They go with policy, with firmness of control and with what
     people have to eat. A state whose budget the scenario states is not taxed besides on its own land.
10.3 A state outside the fighting has the budget of the year. What it does not need here beyond a reserve goes to its
     own affairs; of any other faction's hoard part is lost month by month to those who keep it.
10.4 Gems and timber are sold across a border by whoever controls the place, from the month in which the trade opened,
     as policy allows, while the buyer is no enemy and neither of the two has stopped its trade with the other.
10.7 Corruption takes its share of what passes through a faction's hands: taxes, trade, aid, arms and stores.
10.8 Soldiers' pay and upkeep come before all else; then civic and political work, militias and the sealing of borders.
     If there is too little, all of these programmes get the same share, and work only so far.
10.9 Pay that is not paid is owed, in months of pay. It is made good when there is money to spare, and after long enough
     nobody counts on it any more.
10.10 Corruption drifts to where it belongs: higher where soldiers are unpaid and where income is gems and timber, lower
     where there is oversight.
10.11 Road transport is kept up by paid upkeep and by aid, and wears out without.
10.12 Who has men waiting without arms buys arms with what is beyond the reserve.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.calendar import MONTHS_A_YEAR
from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.hexes import EDGE
from game.core.ids import NO_FACTION, OFF_MAP, Stance, Status
from game.core.kernels import chapter, clause
from game.core.realmath import power
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.ruleset import Ruleset
from game.core.ruleset_economy import EconomyRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules import workspace as B
from game.rules.aid import give_aid, lets_through, vote_aid
from game.rules.presence import ally_in_country, count_presence, is_actor
from game.rules.workspace import Now, Work, note

MILLION = 1.0e6

AT_REST, UNPAID, TRADE, CIVIC = range(4)
CORRUPTION_CAUSES = 4
"""10.10 Rows of `what_corrupts`."""


@clause
def client_of(w: Tables, a: int) -> int:
    """10.2 Whose taxes, recruits and border the faction's land in the country fought over are: its own if it contends
    for the people, else those of the movement that it stands behind; NO_FACTION if there is none."""
    return a if w.faction_i[A.MOVEMENT, a] >= 0 else ally_in_country(w, a)


@clause
def count_people(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset) -> None:
    """10.2, 10.20, 10.21 What each faction has of people, borders and camps.

    Formula (10.2): taxed = people * hold * (1 - want)
    Formula (10.20): willing = people * hold * (call_least + (1 - call_least) * support)
    """
    rules = r.manpower
    t = x.tally
    factions = w.faction_i.shape[1]
    t[:, :] = 0.0
    for a in range(factions):
        x.ruler[a] = client_of(w, a)
    for h in range(w.hex_i.shape[1]):
        people = w.hex_i[H.PEOPLE, h]
        a = w.hex_i[H.CONTROL, h]
        if c.contested[h] == 0:
            if a != NO_FACTION and g.host[h] == a:
                t[B.HOME, a] += people
                if c.means.outside[a] == 0:
                    t[B.TAXED, a] += people * w.hex_f[H.HOLD, h] * (1.0 - w.hex_f[H.WANT, h])
            continue
        b = x.ruler[a] if a != NO_FACTION else NO_FACTION
        if b != NO_FACTION:
            hold = w.hex_f[H.HOLD, h]
            support = w.support[w.faction_i[A.MOVEMENT, b], h]
            t[B.RULED, b] += people * hold
            t[B.TAXED, b] += people * hold * (1.0 - w.hex_f[H.WANT, h])
            t[B.WILLING, b] += people * hold * (rules.call_least + (1.0 - rules.call_least) * support)
            t[B.SUPPORTERS, b] += people * support
            for d in range(6):
                beyond = g.neighbours[h, d]
                if beyond != OFF_MAP and g.host[beyond] >= 0 and g.host[beyond] != g.host[h]:
                    if c.contested[beyond] == 0 and not lets_through(w, b, g.host[beyond]):
                        t[B.BORDER, b] += EDGE * g.km
        if x.occupied[h] == 1:
            for k in range(factions):
                m = w.faction_i[A.MOVEMENT, k]
                if m >= 0 and k != b and x.formed[h, k] + x.hidden[h, k] > 0:
                    t[B.SUPPORTERS, k] += people * w.support[m, h]
    for k in range(w.camp_i.shape[1]):
        a = w.camp_i[K.HOLDER, k]
        if a != NO_FACTION and w.faction_i[A.MOVEMENT, a] >= 0:
            t[B.IN_CAMPS, a] += w.camp_i[K.PEOPLE, k]


@clause
def sell_riches(w: Tables, c: Cast, x: Work, month: int) -> None:
    """10.4 Gems and timber. `month`: year * 12 + month - 1.

    Formula: US$ m in the month = value * policy / 12
    """
    m = c.means
    for k in range(m.rich_hex.shape[0]):
        a = w.hex_i[H.CONTROL, m.rich_hex[k]]
        buyer = m.rich_buyer[k]
        if a == NO_FACTION or month < m.rich_from[k] or month > m.rich_until[k]:
            continue
        if x.ruler[a] != NO_FACTION:
            a = x.ruler[a]
        if w.stance[a, buyer] <= Stance.HOSTILE or w.sanction[a, buyer] == 1 or w.sanction[buyer, a] == 1:
            continue
        x.tally[B.RICHES, a] += m.rich_value[k] * w.policy[P.TRADE, a] / MONTHS_A_YEAR


@clause
def count_forces(w: Tables, x: Work, rules: EconomyRules) -> None:
    """10.8 Men under arms and the upkeep of heavy weapons.

    Formula: US$ a month = tanks * upkeep_tank + guns * upkeep_gun
    """
    fi = w.force_i
    for f in range(fi.shape[1]):
        if fi[F.STATUS, f] != Status.GONE and fi[F.MEN, f] > 0:
            a = fi[F.FACTION, f]
            x.tally[B.UNDER_ARMS, a] += fi[F.MEN, f]
            x.tally[B.WEAPONS, a] += fi[F.TANKS, f] * rules.upkeep_tank + fi[F.GUNS, f] * rules.upkeep_gun


@clause
def pay_of(w: Tables, c: Cast, rules: EconomyRules, a: int) -> float:
    """10.8 A soldier's pay, US$ a month.

    Formula: as the scenario says, else pay_man
    """
    said = c.means.pay[a]
    return said if said >= 0.0 else rules.pay_man[w.faction_i[A.CLASS, a]]


@clause
def programmes(w: Tables, x: Work, rules: EconomyRules, a: int) -> float:
    """10.8 What a faction's programmes would cost in a month, US$ m.

    Formula: people * (civic_head * civic + militia_head * militia + political_head * political) / 12
        + km of border * seal_km * 1000 * seal
    """
    head = rules.civic_head * w.policy[P.CIVIC, a] + rules.militia_head * w.policy[P.MILITIA, a]
    head += rules.political_head * w.policy[P.POLITICAL, a]
    seal = x.tally[B.BORDER, a] * rules.seal_km * 1000.0 * w.policy[P.SEAL, a]
    return (x.tally[B.RULED, a] * head / MONTHS_A_YEAR + seal) / MILLION


@clause
def fade(half_life: float, days: float) -> float:
    """10.10, 10.11 Share of a gap that is closed in `days`.

    Formula: 1 - 2 ^ (-days / half-life)
    """
    return 1.0 - power(0.5, days / half_life)


@clause
def balance(w: Tables, c: Cast, x: Work, rules: EconomyRules, a: int, now: Now) -> None:
    """10.1-10.4, 10.7-10.9 A faction's month.

    Formula (10.2): taxes = tax_head * policy * taxed / 12
    Formula (10.3): lost = beyond keep_months of what an army costs, all of it for a state outside the fighting, else
        hoard_month * corruption
    Formula (10.8): paid = min(1, (in hand + income) / (men * pay * policy + all who are fed * upkeep_man
        + weapons)); programmes get
        what is left, up to their cost
    Formula (10.9): owed += 1 - paid * policy - made good, where back_pay of what is owed is made good out of what is
        left after that; at most arrears_most
    """
    m = c.means
    t = w.faction_f
    year = min(m.budget.shape[1] - 1, max(0, now.year - m.first_year))
    clean = 1.0 - t[A.CORRUPTION, a]
    t[A.BUDGETED, a] = m.budget[a, year] / MONTHS_A_YEAR
    t[A.TAXES, a] = rules.tax_head * w.policy[P.TAX, a] * x.tally[B.TAXED, a] / MONTHS_A_YEAR / MILLION * clean
    t[A.TRADED, a] = x.tally[B.RICHES, a] * clean
    t[A.AIDED, a] = x.tally[B.AID_MONEY, a]
    t[A.STORES, a] = x.tally[B.AID_ARMS, a]
    t[A.INCOME, a] = t[A.BUDGETED, a] + t[A.TAXES, a] + t[A.TRADED, a] + t[A.AIDED, a]
    hand = t[A.MONEY, a] + t[A.INCOME, a]
    men = x.tally[B.UNDER_ARMS, a]
    pay = men * pay_of(w, c, rules, a) / MILLION
    fed = men + w.faction_i[A.MANPOWER, a] + w.faction_i[A.TRAINING, a]
    due = pay * w.policy[P.PAY, a] + (fed * rules.upkeep_man + x.tally[B.WEAPONS, a]) / MILLION
    paid = min(1.0, hand / due) if due > 0.0 else 1.0
    out = due * paid
    wanted = programmes(w, x, rules, a)
    spent = min(wanted, max(0.0, hand - out))
    t[A.FUNDED, a] = spent / wanted if wanted > 0.0 else 1.0
    out += spent
    before = t[A.ARREARS, a]
    if pay > 0.0:
        good = min(before * rules.back_pay, max(0.0, hand - out) / pay)
        out += good * pay
        owed = before - good + 1.0 - paid * w.policy[P.PAY, a]
        t[A.ARREARS, a] = min(rules.arrears_most, max(0.0, owed))
    else:
        t[A.ARREARS, a] = 0.0
    beyond = max(0.0, hand - out - rules.keep_months * due)
    bought = buy_arms(w, rules, a, beyond)
    out += bought
    beyond -= bought
    out += beyond if m.outside[a] == 1 else beyond * rules.hoard_month * t[A.CORRUPTION, a]
    t[A.OUTLAY, a] = out
    t[A.MONEY, a] = max(0.0, hand - out)
    if t[A.INCOME, a] > 0.0 or out > 0.0:
        note(
            x, now.hour, RecordKind.LEDGER + 0, a, -1, OFF_MAP, -1, int(t[A.INCOME, a] * 1000.0), int(out * 1000.0),
            int(t[A.TAXES, a] * 1000.0), int(t[A.TRADED, a] * 1000.0), int(t[A.AIDED, a] * 1000.0), Reason.NONE + 0,
        )  # fmt: skip
    if int(t[A.ARREARS, a]) > int(before):
        why = Reason.NO_MONEY + 0 if paid < 1.0 else Reason.PAY_WITHHELD + 0
        note(
            x, now.hour, RecordKind.PAID_SHORT + 0, a, -1, OFF_MAP, -1, int(1000.0 * paid * w.policy[P.PAY, a]),
            int(t[A.ARREARS, a] * 10.0), 0, 0, 0, why,
        )  # fmt: skip
    wear(w, c, x, rules, a, paid, now.days)
    corrupt(w, c, x, rules, a, now.days)


@clause
def buy_arms(w: Tables, rules: EconomyRules, a: int, beyond: float) -> float:
    """10.12 Arms for men who wait without; returns what they cost, US$ m.

    Formula: arms = men who wait - arms in store, as far as money beyond the reserve goes at arms_price each
    """
    lacks = w.faction_i[A.MANPOWER, a] - w.faction_i[A.KITS, a]
    arms = min(lacks, int(beyond * MILLION / rules.arms_price))
    if arms <= 0:
        return 0.0
    w.faction_i[A.KITS, a] += arms
    w.faction_i[A.KITS_BOUGHT, a] += arms
    return min(beyond, arms * rules.arms_price / MILLION)


@clause
def wear(w: Tables, c: Cast, x: Work, rules: EconomyRules, a: int, paid: float, days: float) -> None:
    """10.11 Road transport.

    Formula: goes to (transport at the start * share of upkeep paid + arms and stores a year * lift_aid) with
        half-life lift_days
    """
    goal = c.means.lift[a] * paid + x.tally[B.AID_ARMS, a] * MONTHS_A_YEAR * rules.lift_aid
    w.faction_f[A.LIFT_TKM, a] += (goal - w.faction_f[A.LIFT_TKM, a]) * fade(rules.lift_days, days)


@clause
def what_corrupts(w: Tables, c: Cast, rules: EconomyRules, a: int, out: npt.NDArray[np.float64]) -> float:
    """10.10 What corruption goes to, by cause, into `out` (AT_REST ..); returns their sum, 0..1.

    Formula: corruption at rest + corrupt_unpaid * min(1, months owed / unpaid_months) + corrupt_trade * share of trade
        in income - corrupt_civic * civic work paid for
    """
    t = w.faction_f
    out[AT_REST] = c.means.graft[a]
    out[UNPAID] = rules.corrupt_unpaid * min(1.0, t[A.ARREARS, a] / rules.unpaid_months)
    out[TRADE] = rules.corrupt_trade * t[A.TRADED, a] / t[A.INCOME, a] if t[A.INCOME, a] > 0.0 else 0.0
    out[CIVIC] = -rules.corrupt_civic * w.policy[P.CIVIC, a] * t[A.FUNDED, a]
    return min(1.0, max(0.0, out[AT_REST] + out[UNPAID] + out[TRADE] + out[CIVIC]))


@clause
def corrupt(w: Tables, c: Cast, x: Work, rules: EconomyRules, a: int, days: float) -> None:
    """10.10 Corruption.

    Formula: goes to what its causes make with half-life corrupt_days
    """
    goal = what_corrupts(w, c, rules, a, x.strain)
    w.faction_f[A.CORRUPTION, a] += (goal - w.faction_f[A.CORRUPTION, a]) * fade(rules.corrupt_days, days)


@chapter
def keep_accounts(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """10.1 The month of all who keep accounts."""
    kept = 0
    for a in range(w.faction_i.shape[1]):
        kept += c.means.keeps[a]
    if kept == 0:
        return
    count_presence(w, x)
    count_people(w, g, c, x, r)
    count_forces(w, x, r.economy)
    sell_riches(w, c, x, now.year * 12 + now.month - 1)
    give_aid(w, c, x, r.economy, now.hour)
    for a in range(w.faction_i.shape[1]):
        if c.means.keeps[a] == 1 and is_actor(w, a):
            balance(w, c, x, r.economy, a, now)
    vote_aid(w, c, x, now)
