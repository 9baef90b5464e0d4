"""exp, ln and power made of + - * / alone: libms and compilers differ in the last bit, these do not.

Accurate to about 1e-14 relative over the ranges that rules use (|x| < 700 for exp, 1e-300 < x < 1e300 for ln).
"""

from __future__ import annotations

from game.core.kernels import clause

LN2 = 0.6931471805599453


@clause
def exp(x: float) -> float:
    """e**x: range reduction to |r| <= ln2/2, Taylor polynomial to r**13, scaling by doubling."""
    if x > 700.0:
        x = 700.0
    if x < -700.0:
        return 0.0
    doublings = int(x / LN2 + (0.5 if x >= 0.0 else -0.5))
    r = x - doublings * LN2
    # 1 / k!, from k = 13 down
    total = 1.6059043836821613e-10
    total = total * r + 2.08767569878681e-09
    total = total * r + 2.505210838544172e-08
    total = total * r + 2.755731922398589e-07
    total = total * r + 2.7557319223985893e-06
    total = total * r + 2.48015873015873e-05
    total = total * r + 0.0001984126984126984
    total = total * r + 0.001388888888888889
    total = total * r + 0.008333333333333333
    total = total * r + 0.041666666666666664
    total = total * r + 0.16666666666666666
    total = total * r + 0.5
    total = total * r + 1.0
    total = total * r + 1.0
    for _ in range(doublings):
        total *= 2.0
    for _ in range(-doublings):
        total *= 0.5
    return total


@clause
def ln(x: float) -> float:
    """Natural logarithm of x > 0: halving to [2/3, 4/3], then 2 artanh((x-1)/(x+1)) as a series."""
    doublings = 0
    while x > 1.3333333333333333:
        x *= 0.5
        doublings += 1
    while x < 0.6666666666666666:
        x *= 2.0
        doublings -= 1
    z = (x - 1.0) / (x + 1.0)
    square = z * z
    total = 0.0
    for k in range(23, 0, -2):
        total = total * square + 1.0 / k
    return doublings * LN2 + 2.0 * z * total


@clause
def power(x: float, exponent: float) -> float:
    """x**exponent for x >= 0; 0 for x = 0."""
    if x <= 0.0:
        return 0.0
    return exp(exponent * ln(x))


@clause
def chance_within(rate_per_day: float, days: float) -> float:
    """Chance that something of a constant daily hazard rate happens within `days`: 1 - exp(-rate * days)."""
    return 1.0 - exp(-rate_per_day * days)


@clause
def share_within(share_per_day: float, days: float) -> float:
    """Share gone after `days` when `share_per_day` (0..<1) goes each day: 1 - (1 - share)**days."""
    if share_per_day <= 0.0:
        return 0.0
    if share_per_day >= 1.0:
        return 1.0
    return 1.0 - exp(days * ln(1.0 - share_per_day))
