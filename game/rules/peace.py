"""Chapter 13, second part: from war to an accord.

13.2 A party is ripe for talks by its weariness, by a stalemate, in which it neither won nor lost land of late, and by
     the pressure of patrons who are on better terms with each other than before.
13.3 When all parties without whom there is no accord are ripe, and some of them are at war, talks open by a chance a
     month.
13.4 Rounds are held by a chance a month; the ripe come. Talks break off by a chance that grows with what is lacking.
13.5 After some rounds, when all who are needed are present and patrons press, a draft is on the table. It shares
     the council by what each could hold by arms and by whom people prefer.
13.6 A party signs by the odds with which it would accept to share power on these terms from the party with the largest
     share (11.20-11.26), as if they were in force: a mission is to guarantee them. That party weighs all the others'
     shares, and the least of its odds counts. Who has agreed with it already signs.
13.7 When all who are needed sign, there is an accord; others who came may sign too. The rest stay outside.
13.8 Under an accord a council holds the country's seat.
13.9 All who signed cease fire, with each other and with the foreign armies in the country, and share power; foreign
     armies are to leave, which is verified (11.14).
13.11 An accord fails when two who signed it are at war again.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.ids import NO_FACTION, Life, Phase, Stance, Standing, Term
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset_politics import PeaceRules
from game.core.setting import PeaceTerms
from game.core.state import Tables
from game.rules.bargain import judge_offer
from game.rules.council import call_off, carry_out
from game.rules.election import hold_vote
from game.rules.process import BOUND, Process, agree, fighting, turn_to
from game.rules.settlement import form_government, govern
from game.rules.treaties import in_force
from game.rules.worth import PARTS

_DRAW_SIGN = 1000
_DRAW_TALKS = 1
_DRAW_ROUND = 2


def play_peace(s: Process) -> None:
    """13.1 One month of the peace process."""
    phase = s.phase
    if phase is Phase.WAR:
        open_talks(s)
    elif phase is Phase.TALKS:
        talk(s)
    elif phase is Phase.COLLAPSED:
        call_off(s)
    elif phase is Phase.SETTLED:
        govern(s)
    elif fighting(s, s.with_standing(*BOUND)):
        fail(s, Reason.CEASE_FIRE_BROKEN)
    else:
        if phase is Phase.ELECTED:
            form_government(s)
        elif carry_out(s):
            hold_vote(s)
    if s.phase is Phase.COLLAPSED and phase is not Phase.COLLAPSED:
        call_off(s)


def fail(s: Process, reason: Reason) -> None:
    """13.11 The accord fails."""
    turn_to(s, Phase.COLLAPSED)
    s.tell(RecordKind.CRISIS, NO_FACTION, NO_FACTION, reason, 3)


def thaw(w: Tables, rules: PeaceRules, terms: PeaceTerms) -> float:
    """13.2 How far patrons press for a settlement, 0..1.

    Formula: (mean relation of the guarantors - thaw_from) / (thaw_full - thaw_from)
    """
    living = [a for a in terms.guarantors if w.faction_i[A.LIFE, a] == Life.ACTIVE]
    pairs = list(combinations(living, 2))
    if not pairs:
        return 0.0
    mean = sum(float(w.relation[a, b]) for a, b in pairs) / len(pairs)
    return min(1.0, max(0.0, (mean - rules.thaw_from) / (rules.thaw_full - rules.thaw_from)))


def ripeness(s: Process, a: int) -> tuple[float, float, float]:
    """13.2 What makes a party ripe: weariness, stalemate, pressure; their sum is its ripeness.

    Formula: ripe_weary * weariness / 100; ripe_stale * (1 - share of the land counted on won or lost of late /
        stale_share); ripe_press * pressure
    """
    rules = s.r.peace
    counted = float(s.w.faction_f[A.LAND_FELT, a])
    moved = abs(float(s.w.faction_f[A.LAND_VALUE, a]) - counted) / counted if counted > 0.0 else 0.0
    return (
        rules.ripe_weary * float(s.w.faction_f[A.WEARINESS, a]) / 100.0,
        rules.ripe_stale * max(0.0, 1.0 - moved / rules.stale_share),
        rules.ripe_press * thaw(s.w, rules, s.terms),
    )


def open_talks(s: Process) -> None:
    """13.3 One month of war.

    Formula: chance = talks_hazard * months while every party that is needed has ripeness of ripe_least
    """
    rules = s.r.peace
    needed = s.living(s.terms.required)
    if len(needed) < 2 or not fighting(s, needed):
        return
    if s.draw(Purpose.PEACE, _DRAW_TALKS) >= rules.talks_hazard * s.months:
        return
    causes = [ripeness(s, a) for a in needed]
    if min(map(sum, causes)) < rules.ripe_least:
        return
    turn_to(s, Phase.TALKS)
    pressed = sum(c[2] for c in causes) > sum(c[1] for c in causes)
    s.tell(RecordKind.TALKS, NO_FACTION, NO_FACTION, Reason.PATRONS_PRESS if pressed else Reason.STALEMATE)


def talk(s: Process) -> None:
    """13.4, 13.5 One month of talks.

    Formula (13.4): chance of breaking off = talks_off * (ripe_least - least ripeness) * months; of a round =
        round_chance * months
    Formula (13.5): a draft after draft_rounds
    """
    rules = s.r.peace
    needed = s.living(s.terms.required)
    ripe = {a: sum(ripeness(s, a)) for a in s.living(s.terms.parties)}
    lacking = rules.ripe_least - min((ripe[a] for a in needed if a in ripe), default=0.0)
    over = len(needed) < 2 or not fighting(s, needed)
    if over or s.draw(Purpose.PEACE, _DRAW_TALKS) < rules.talks_off * lacking * s.months:
        turn_to(s, Phase.WAR)
        s.tell(RecordKind.TALKS, NO_FACTION, NO_FACTION, Reason.HOPE_TO_WIN, int(s.w.peace[P.TALKS]), 0, 1)
        return
    if s.draw(Purpose.PEACE, _DRAW_ROUND) >= rules.round_chance * s.months:
        return
    present = [a for a, value in ripe.items() if value >= rules.ripe_least]
    if len(present) < 2:
        return
    s.w.peace[P.TALKS] += 1
    for a in present:
        s.w.party[P.TALKED, a] += 1
    held = int(s.w.peace[P.TALKS])
    s.tell(RecordKind.TALKS, NO_FACTION, NO_FACTION, Reason.NONE, held, len(present))
    pressed = thaw(s.w, s.r.peace, s.terms) > 0.0 or len(s.living(s.terms.guarantors)) < 2
    if held >= rules.draft_rounds and pressed and set(needed) <= set(present):
        table_draft(s, present, needed)


def powers(s: Process, present: list[int]) -> dict[int, float]:
    """13.5 What each could hold by arms: its share of the men of all, with those of armies that fight beside it."""
    men = {a: float(s.men(a)) for a in present}
    total = sum(men.values())
    return {a: men[a] / total if total else 1.0 / len(present) for a in present}


def preferences(s: Process, present: list[int]) -> dict[int, float]:
    """13.5 Share of each among those people who prefer any of them."""
    people = s.w.hex_i[H.PEOPLE] * s.c.contested
    votes = {a: float(s.w.support[s.c.movement[a]] @ people) if s.c.movement[a] >= 0 else 0.0 for a in present}
    total = sum(votes.values())
    return {a: votes[a] / total if total else 1.0 / len(present) for a in present}


def shares(s: Process, present: list[int]) -> dict[int, float]:
    """13.5 The draft: the mean of what each could hold by arms and of whom people prefer."""
    arms, people = powers(s, present), preferences(s, present)
    return {a: (arms[a] + people[a]) / 2.0 for a in present}


def odds_of_signing(s: Process, a: int, offer: dict[int, float]) -> float:
    """13.6 Chance that a party signs the draft."""
    leader = leader_of(offer)
    if a != leader:
        return odds_with(s, leader, a, False, offer[a])
    return min(odds_with(s, b, a, True, offer[b]) for b in offer if b != a)


def odds_with(s: Process, by: int, to: int, asks: bool, share: float) -> float:
    """13.6 Chance that `to` shares power with `by`, who gets or grants `share` of the council (11.20-11.26)."""
    giver, taker = (to, by) if asks else (by, to)
    if in_force(s.w, int(Term.POWER_SHARING), giver, taker) >= 0:
        return 1.0
    value = round(100.0 * share)
    phase = int(s.w.peace[P.PHASE])
    if s.terms.mission != NO_FACTION:
        s.w.peace[P.PHASE] = int(Phase.ACCORD)
    odds = float(
        judge_offer(s.w, s.c, s.setting.ruleset, by, to, int(Term.POWER_SHARING), asks, value, False, np.zeros(PARTS))
    )
    s.w.peace[P.PHASE] = phase
    return odds


def leader_of(offer: dict[int, float]) -> int:
    """13.5 The party with the largest share, who grants the others theirs."""
    return max(offer, key=lambda a: (offer[a], -a))


def table_draft(s: Process, present: list[int], needed: list[int]) -> None:
    """13.6, 13.7 Every party present signs or does not."""
    offer = shares(s, present)
    signed = [a for a in present if s.draw(Purpose.PEACE, _DRAW_SIGN + a) < odds_of_signing(s, a, offer)]
    if not set(needed) <= set(signed):
        first = next(a for a in needed if a not in signed)
        s.tell(RecordKind.TALKS, first, NO_FACTION, Reason.TERMS_REFUSED, int(s.w.peace[P.TALKS]), len(signed))
        return
    turn_to(s, Phase.ACCORD)
    sign(s, signed, offer)
    s.tell(RecordKind.ACCORD, NO_FACTION, NO_FACTION, Reason.TERMS_ACCEPTED, int(s.w.peace[P.TALKS]), len(signed))


def foreign_men(s: Process, a: int) -> int:
    """13.9 Men whom a foreign faction has in the country fought over."""
    fi = s.w.force_i
    return sum(int(fi[F.MEN, f]) for f in s.forces(a) if s.c.contested[fi[F.HEX, f]] == 1)


def foreigners(s: Process) -> list[int]:
    """13.9 Living factions, other than the mission, that contend for nobody's support."""
    return [
        a
        for a in range(s.w.faction_i.shape[1])
        if s.c.movement[a] < 0 and a != s.terms.mission and s.lives(a) and a not in s.terms.parties
    ]


def sign(s: Process, signed: list[int], offer: dict[int, float]) -> None:
    """13.7-13.9 The accord is signed."""
    s.w.peace[P.ACCORD] = s.now.hour
    s.w.peace[P.SEAT] = NO_FACTION
    s.w.peace[[P.REGISTERED, P.TURNOUT]] = 0
    s.w.party[[P.CANTONED, P.DISARMED, P.VOTES, P.SEATS]] = 0
    leader = leader_of({a: offer[a] for a in signed})
    for a in signed:
        s.stand(a, Standing.SIGNED)
        if a != leader:
            agree(s, Term.POWER_SHARING, leader, a, round(100.0 * offer[a]))
    for a, b in combinations(signed, 2):
        if s.w.stance[a, b] <= Stance.HOSTILE:
            agree(s, Term.CEASE_FIRE, a, b, 0)
    for a in foreigners(s):
        for b in signed:
            if s.at_war(a, b):
                agree(s, Term.CEASE_FIRE, a, b, 0)
        if foreign_men(s, a) > 0:
            agree(s, Term.WITHDRAWAL, a, leader, round(s.r.peace.deploy_months))
