"""Chapter 9, sixth part: flight, camps and return. Camps are civilian sites: no order can name them.

9.40 Danger, want and mines make households leave. They go along roads to safer and better fed hexes beside, to towns,
     and to camps within reach: fewer, the farther.
9.41 A camp opens when people come, from the day on which its host lets them in and while nobody fights there. It holds
     no more than it has room for.
9.42 A camp is administered by the movement that has men there or beside it, among those whom the host lets in. Who has
     one, or is to have it, keeps it until an enemy's men come and his are gone: people stay with those whom they came
     to. Camps without a movement are run by relief agencies; one that the host runs itself stays closed to movements.
9.43 Relief for camps is shared by need; nobody can hold it back. What people in camps lack is want, and kills as
     elsewhere.
9.44 After fighting in its hex a camp is moved, after fighting beside it part of it is: to the nearest camp with room.
9.45 People in camps go home to safe and fed country near by where there are fields: few in war, most once an accord is
     signed. Many who go in a month are on record.
9.46 An empty camp closes. One that was left for fighting stays shut for a while.
"""

from __future__ import annotations

from game.core.calendar import DAYS_A_MONTH, DAYS_A_YEAR
from game.core.columns import camp as K
from game.core.columns import faction as A
from game.core.columns import harm as M
from game.core.columns import hex as H
from game.core.columns import peace as P
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, Life, Phase, Stance
from game.core.kernels import chapter, clause
from game.core.realmath import exp
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.ruleset_people import CampRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules.harm import drawn, enter_displaced, enter_missing
from game.rules.harvest import enter_starved, starving
from game.rules.losses import count_of
from game.rules.workspace import Now, Work, is_war, note

_FAR = 64
"""Steps from which nobody reaches a camp."""


@clause
def host_admits(c: Cast, k: int, hour: int) -> bool:
    """9.41 Whether the host lets people into the camp."""
    return hour >= c.camp_from[k]


@clause
def fought_since(w: Tables, h: int, since: int) -> bool:
    """9.44 Whether men have fought in the hex since that hour."""
    return w.hex_i[H.FOUGHT, h] >= 0 and w.hex_i[H.FOUGHT, h] >= since


@clause
def room(w: Tables, c: Cast, rules: CampRules, k: int, hour: int) -> int:
    """9.41, 9.46 How many more people the camp can take in.

    Formula: none for shut_days after fighting in its hex; else capacity - people
    """
    if not host_admits(c, k, hour) or fought_since(w, w.camp_i[K.HEX, k], hour - int(rules.shut_days * 24.0)):
        return 0
    return max(0, w.camp_i[K.CAPACITY, k] - w.camp_i[K.PEOPLE, k])


@clause
def enter_camp(w: Tables, x: Work, k: int, people: int, hour: int) -> None:
    """9.41 People come into the camp, which opens if it was not."""
    w.camp_i[K.PEOPLE, k] += people
    if w.camp_i[K.OPENED, k] == NEVER or w.camp_i[K.CLOSED, k] != NEVER:
        w.camp_i[K.OPENED, k] = hour
        w.camp_i[K.CLOSED, k] = NEVER
        note(
            x, hour, RecordKind.CAMP_OPENED + 0, w.camp_i[K.HOLDER, k], -1, w.camp_i[K.HEX, k], w.camp_i[K.HOST, k],
            k, people, 0, 0, 0, Reason.HOST_LETS + 0,
        )  # fmt: skip


@clause
def push(w: Tables, r: Ruleset, h: int) -> float:
    """9.40 Share of the hex's people who would leave it in a month.

    Formula: share = leave_month * (1 - exp(-push_danger * danger - push_want * max(0, want - least starve_want) -
        push_mines * min(1, mines / mines_half))); danger = max(0, 1 - security / safe_enough)
    """
    rules = r.camps
    danger = max(0.0, 1.0 - w.hex_f[H.SECURITY, h] / rules.safe_enough)
    mines = min(1.0, w.hex_f[H.SCATTER, h] / r.harvest.mines_half)
    hunger = max(0.0, w.hex_f[H.WANT, h] - r.harvest.starve_want[0])
    drive = rules.push_danger * danger + rules.push_want * hunger + rules.push_mines * mines
    if drive <= 0.0:
        return 0.0
    return rules.leave_month * (1.0 - exp(-drive))


@clause
def comfort(w: Tables, g: Ground, rules: CampRules, h: int) -> float:
    """9.40 What draws people to a hex.

    Formula: security - want + town_pull in a town
    """
    return w.hex_f[H.SECURITY, h] - w.hex_f[H.WANT, h] + (rules.town_pull if g.value[h] > 0.0 else 0.0)


@clause
def cause_of_flight(w: Tables, r: Ruleset, h: int) -> int:
    """9.40 The cause (columns.harm) under which those who leave a hex are entered: the stronger of danger and want."""
    rules = r.camps
    danger = rules.push_danger * max(0.0, 1.0 - w.hex_f[H.SECURITY, h] / rules.safe_enough)
    want = rules.push_want * max(0.0, w.hex_f[H.WANT, h] - r.harvest.starve_want[0])
    if want > danger:
        return M.HUNGER + 0
    return M.FIGHTING + 0 if danger > 0.0 else M.MINES + 0


@clause
def leave(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """9.40 One month of flight, from the numbers as they were; who arrives is counted when all have left.

    Formula: share of the people who leave = share who would * min(1, sum of draws), shared by draw: (comfort there -
        here) * (1 + road_pull * class of road) for hexes beside, (camp_pull * (1 - want there) - comfort here) *
        exp(-km / flight_km) for camps with room; neither is negative
    """
    rules = r.camps
    camps = w.camp_i.shape[1]
    coming = x.lost
    falls = x.figures
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        coming[h] = 0
    for k in range(_FAR):
        falls[k] = exp(-k * g.km / rules.flight_km)
    spaces = _FAR
    for k in range(camps):
        falls[spaces + k] = room(w, c, rules, k, now.hour)
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        people = w.hex_i[H.PEOPLE, h]
        if people <= 0:
            continue
        share = push(w, r, h)
        if share <= 0.0:
            continue
        here = comfort(w, g, rules, h)
        draws = spaces + camps
        total = 0.0
        for d in range(6):
            b = g.neighbours[h, d]
            draw = 0.0
            if b != OFF_MAP and c.contested[b] == 1:
                draw = max(0.0, comfort(w, g, rules, b) - here) * (1.0 + rules.road_pull * g.road[h, d])
            falls[draws + d] = draw
            total += draw
        for k in range(camps):
            draw = 0.0
            steps = c.camp_steps[k, h]
            if steps < _FAR and falls[spaces + k] > 0.0:
                draw = max(0.0, rules.camp_pull * (1.0 - w.camp_f[K.WANT, k]) - here) * falls[steps]
            falls[draws + 6 + k] = draw
            total += draw
        if total <= 0.0:
            continue
        going = count_of(w, share * min(1.0, total), people, now.hour, h, Purpose.LEAVE + 0)
        left = going
        displaced = w.hex_i[H.DISPLACED, h]
        for k in range(6 + camps):
            if falls[draws + k] <= 0.0:
                continue
            part = int(going * falls[draws + k] / total)
            if k >= 6:
                part = min(part, int(falls[spaces + k - 6]))
            part = min(part, left)
            if part <= 0:
                continue
            left -= part
            if k < 6:
                coming[g.neighbours[h, k]] += part
            else:
                falls[spaces + k - 6] -= part
                enter_camp(w, x, k - 6, part, now.hour)
        gone = going - left
        again = min(displaced, gone)
        w.hex_i[H.PEOPLE, h] -= gone
        w.hex_i[H.DISPLACED, h] = displaced - again
        enter_displaced(w, cause_of_flight(w, r, h), gone - again, gone)
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        w.hex_i[H.PEOPLE, h] += coming[h]
        w.hex_i[H.DISPLACED, h] += coming[h]


@clause
def find_holder(w: Tables, x: Work, k: int, hour: int) -> None:
    """9.42 Who runs the camp: reads the weights that security left."""
    h = w.camp_i[K.HEX, k]
    host = w.camp_i[K.HOST, k]
    holder = w.camp_i[K.HOLDER, k]
    most = 0.0
    if holder != NO_FACTION:
        if w.faction_i[A.LIFE, holder] == Life.ENDED:
            w.camp_i[K.HOLDER, k] = NO_FACTION
        else:
            most = x.weight[h, holder]
    if most > 0.0:
        return
    for a in range(x.weight.shape[1]):
        if w.faction_i[A.MOVEMENT, a] < 0 or (host != NO_FACTION and host != a and w.stance[host, a] < Stance.ACCESS):
            continue
        if holder != NO_FACTION and holder != a and w.faction_i[A.LIFE, holder] != Life.ENDED:
            if not is_war(w.stance, a, holder):
                continue
        if x.weight[h, a] > most:
            most = x.weight[h, a]
            w.camp_i[K.HOLDER, k] = a
    if w.camp_i[K.HOLDER, k] != holder and w.camp_i[K.PEOPLE, k] > 0:
        note(
            x, hour, RecordKind.CAMP_HELD + 0, w.camp_i[K.HOLDER, k], -1, h, holder,
            k, w.camp_i[K.PEOPLE, k], 0, 0, 0, Reason.MEN_THERE + 0,
        )  # fmt: skip


@clause
def feed_camps(w: Tables, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """9.43 The month's relief, want, births and deaths in the camps.

    Formula: relief = people * ration_kg * days, less if less comes; lack = 1 - relief / ration - camp_coping; want +=
        (lack - want) * (1 - exp(-days / want_days)); born = born_year * days / 365.25 * people * (1 - want)
    """
    rules = r.camps
    food = r.harvest
    at = now.year * 12 + now.month - c.first_month
    tonnes = c.relief_t[at, 1] if at >= 0 and at < c.relief_t.shape[0] else 0.0
    wanted = 0.0
    for k in range(w.camp_i.shape[1]):
        wanted += w.camp_i[K.PEOPLE, k] * rules.ration_kg * now.days / 1000.0
    enough = min(1.0, tonnes / wanted) if wanted > 0.0 else 0.0
    felt = 1.0 - exp(-now.days / food.want_days)
    dead = 0
    hungry = 0
    for k in range(w.camp_i.shape[1]):
        people = w.camp_i[K.PEOPLE, k]
        if people <= 0:
            w.camp_i[K.RELIEF_KG, k] = 0
            w.camp_f[K.WANT, k] = 0.0
            continue
        w.camp_i[K.RELIEF_KG, k] = int(people * rules.ration_kg * now.days * enough)
        lack = max(0.0, 1.0 - enough - rules.camp_coping)
        want = w.camp_f[K.WANT, k] + (lack - w.camp_f[K.WANT, k]) * felt
        w.camp_f[K.WANT, k] = want
        died = drawn(w, starving(food, want) * now.days / DAYS_A_MONTH * people, now.hour, k, Purpose.CAMP + 0)
        born = drawn(w, food.born_year * now.days / DAYS_A_YEAR * people * (1.0 - want), now.hour, k, Purpose.CAMP + 1)
        died = min(died, people)
        enter_missing(w, M.HUNGER, died)
        w.camp_i[K.BORN, k] += born
        w.camp_i[K.PEOPLE, k] += born - died
        dead += died
        if want > food.starve_want[0]:
            hungry += people
    enter_starved(w, x, food, dead, hungry, now.hour)


@clause
def evacuate(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, k: int, now: Now) -> None:
    """9.44, 9.46 Fighting moves the camp's people.

    Formula: moved = evacuate_in or evacuate_beside * people, to camps on the same host's land with room, the nearest
        first; those for whom there is no room stay
    """
    rules = r.camps
    h = w.camp_i[K.HEX, k]
    since = now.hour - int(now.days * 24.0)
    share = 0.0
    if fought_since(w, h, since):
        share = rules.evacuate_in
    else:
        for d in range(6):
            b = g.neighbours[h, d]
            if b != OFF_MAP and fought_since(w, b, since):
                share = rules.evacuate_beside
    going = count_of(w, share, w.camp_i[K.PEOPLE, k], now.hour, k, Purpose.CAMP + 2)
    while going > 0:
        best = -1
        for j in range(w.camp_i.shape[1]):
            if j == k or w.camp_i[K.HOST, j] != w.camp_i[K.HOST, k] or fought_since(w, w.camp_i[K.HEX, j], since):
                continue
            if room(w, c, rules, j, now.hour) > 0 and (best < 0 or c.camp_steps[j, h] < c.camp_steps[best, h]):
                best = j
        if best < 0:
            break
        part = min(going, room(w, c, rules, best, now.hour))
        w.camp_i[K.PEOPLE, k] -= part
        enter_camp(w, x, best, part, now.hour)
        enter_displaced(w, M.FIGHTING + 0, 0, part)
        note(
            x, now.hour, RecordKind.CAMP_MOVED + 0, w.camp_i[K.HOLDER, k], -1, h, NO_FACTION,
            part, w.camp_i[K.HEX, best], k, best, 0, Reason.FIGHTING_NEAR + 0,
        )  # fmt: skip
        going -= part


@clause
def go_home(w: Tables, c: Cast, x: Work, r: Ruleset, k: int, now: Now) -> None:
    """9.45 People of the camp go home; reads how numbers fall with distance, which flight left in the scratch.

    Formula: share a month = return_peace after an accord, else return_war, * how much of the fields within reach is
        home; home: security >= home_safe, by fields * (1 - want) * the fall of flight with distance
    """
    rules = r.camps
    people = w.camp_i[K.PEOPLE, k]
    signed = w.peace[P.PHASE] >= Phase.ACCORD and w.peace[P.PHASE] <= Phase.SETTLED
    rate = (rules.return_peace if signed else rules.return_war) * now.days / DAYS_A_MONTH
    falls = x.figures
    total = 0.0
    all_ = 0.0
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        if c.camp_steps[k, h] >= _FAR:
            continue
        near = falls[c.camp_steps[k, h]] * c.fields_ha[h]
        all_ += near
        if w.hex_f[H.SECURITY, h] >= rules.home_safe:
            total += near * (1.0 - w.hex_f[H.WANT, h])
    if total <= 0.0:
        return
    going = count_of(w, rate * (1.0 if signed else total / all_), people, now.hour, k, Purpose.CAMP + 3)
    sum_ = 0.0
    sent = 0
    for i in range(c.lands.shape[0]):
        h = int(c.lands[i])
        if c.camp_steps[k, h] >= _FAR or w.hex_f[H.SECURITY, h] < rules.home_safe:
            continue
        sum_ += falls[c.camp_steps[k, h]] * c.fields_ha[h] * (1.0 - w.hex_f[H.WANT, h])
        upto = int(going * min(1.0, sum_ / total) + 0.5)
        w.hex_i[H.PEOPLE, h] += upto - sent
        sent = upto
    w.camp_i[K.PEOPLE, k] -= sent
    if sent > rules.told:
        note(
            x, now.hour, RecordKind.RETURNED + 0, w.camp_i[K.HOLDER, k], -1, w.camp_i[K.HEX, k], NO_FACTION,
            sent, w.camp_i[K.PEOPLE, k], k, 0, 0, (Reason.ACCORD_SIGNED if signed else Reason.SAFE_AT_HOME) + 0,
        )  # fmt: skip


@chapter
def shelter(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """9.40-9.46 One month of flight, camps and return."""
    for k in range(w.camp_i.shape[1]):
        find_holder(w, x, k, now.hour)
        if w.camp_i[K.PEOPLE, k] > 0:
            evacuate(w, g, c, x, r, k, now)
    leave(w, g, c, x, r, now)
    feed_camps(w, c, x, r, now)
    for k in range(w.camp_i.shape[1]):
        if w.camp_i[K.PEOPLE, k] > 0:
            go_home(w, c, x, r, k, now)
        if w.camp_i[K.PEOPLE, k] == 0 and w.camp_i[K.OPENED, k] != NEVER and w.camp_i[K.CLOSED, k] == NEVER:
            w.camp_i[K.CLOSED, k] = now.hour
            note(
                x, now.hour, RecordKind.CAMP_CLOSED + 0, w.camp_i[K.HOLDER, k], -1, w.camp_i[K.HEX, k], NO_FACTION,
                k, 0, 0, 0, 0, Reason.NONE + 0,
            )  # fmt: skip
