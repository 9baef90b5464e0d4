"""Chance, tied to when, where and what for.

A draw is a pure function of (seed, hour, place, purpose, salt). No generator has a state: undo, a re-plan or
another order of evaluation cannot reroll luck, and halving the turn leaves the hours' draws in place.
The mixer is a 32-bit finaliser of two multiplications (constants from C. Wellons' hash-prospector search, public
domain), kept in int64 so that compiled and uncompiled arithmetic agree.
"""

from __future__ import annotations

from game.core.ids import Numbering
from game.core.kernels import clause, kernel

_MASK = 0xFFFFFFFF


class Purpose(Numbering):
    """What a draw is for; two purposes at one place and hour are independent."""

    LOSS_ATTACK = 1
    LOSS_DEFENCE = 2
    FORTUNE = 3
    BREAK_ATTACK = 4
    BREAK_DEFENCE = 5
    RETREAT = 6
    DETECT = 7
    ESTIMATE = 8
    DESERT = 9
    SICKNESS = 10
    STRAGGLE = 11
    REFORM = 12
    AMBUSH = 13
    RAID = 14
    SURRENDER = 15
    FLIGHT = 16
    AGENT = 17
    WEATHER = 18
    EQUIPMENT = 19
    EVENT = 20
    WOUNDED = 21
    FOLLOW = 22
    RIVALRY = 23
    ARMS_AID = 50
    CALL_UP = 51
    TRAINING = 52
    CAME_OVER = 53
    ARMS_TAKEN = 54
    BORN = 30
    STARVE = 31
    LEAVE = 32
    CAMP = 33  # to 36
    LABOUR = 37
    FRACTURE = 60
    DEFECTION = 61
    QUARREL = 62
    PEACE = 65
    SETTLEMENT = 66
    BREAKDOWN = 67
    DECISION = 70
    ANSWER = 55
    INITIATIVE = 56
    MINES = 43
    CLEARING = 44
    SWEEP = 47
    SABOTAGE = 48


@clause
def mix(x: int) -> int:
    """Scramble 32 bits."""
    x &= _MASK
    x ^= x >> 16
    x = (x * 0x21F0AAAD) & _MASK
    x ^= x >> 15
    x = (x * 0x735A2D97) & _MASK
    return x ^ (x >> 15)


@clause
def bits(seed: int, hour: int, place: int, purpose: int, salt: int) -> int:
    """32 random bits."""
    x = mix(seed ^ 0x5BF03635)
    x = mix(x ^ (hour + 0x1000193))
    x = mix(x ^ (place * 31 + 0x3C6EF35F))
    x = mix(x ^ (purpose * 0x9E3779B1))
    return mix(x ^ (salt * 0x85EBCA6B + 0x27D4EB2F))


@kernel
def uniform(seed: int, hour: int, place: int, purpose: int, salt: int) -> float:
    """A real in (0, 1): the middle of one of 2**32 cells, so never 0 or 1."""
    return (bits(seed, hour, place, purpose, salt) + 0.5) / 4294967296.0


@clause
def bell(seed: int, hour: int, place: int, purpose: int, salt: int) -> float:
    """Mean 0, standard deviation 1, within +-3.46: the sum of four uniforms, scaled (Irwin-Hall)."""
    total = 0.0
    for k in range(4):
        total += uniform(seed, hour, place, purpose, salt * 4 + k)
    return (total - 2.0) * 1.7320508075688772


@clause
def whole(x: float, chance: float) -> int:
    """x >= 0 as a count: the part behind the point becomes one more with just that chance, so the mean is x."""
    floor = int(x)
    return floor + 1 if chance < x - floor else floor
