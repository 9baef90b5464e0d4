"""Chapter 10, economy and aid, second part: men and arms, month by month.

10.20 Men are called up from the people whom a faction governs and from its own country's, as policy says and as far as
      support makes them come, up to a ceiling under arms, and only while formations lack men.
10.21 A movement has volunteers among its supporters where it governs or has men, and in its camps; fewer without
      sanctuary across a border. Nobody is forced.
10.22 Recruits train for months before they are men who wait for a unit; some of those called up go home from training.
10.23 Formations below their establishment that are fed, lately without battle and not in one place with the enemy take
      in men who wait, as far as there are arms in store. If there are too few of either, all get the same share.
10.24 Recruits dilute a formation's quality and cohesion. Training brings quality back, and fighting can lead beyond it.
10.25 A formation in reserve, or one that was destroyed long enough ago, is raised at its place if that is held, with
      men who wait and arms in store; weeks later it comes in.
10.26 A formation of which too little is left, and that nobody can fill, is disbanded. A faction that owes its soldiers
      too many months loses formations one by one. The men go home, their arms go to the store.
10.27 Who takes prisoners or drives a beaten enemy takes part of their arms. Arms of the sick and of part of the
      deserters stay with their army.
10.35 An amnesty draws single men out of enemy formations in or beside land that its giver controls: more of the unpaid,
      the hungry and those whose leaders are at odds. Most of them go home; some take service. Each costs money. Only
      those who contend for the same people can give it to each other's men.
"""

from __future__ import annotations

from game.core import rng
from game.core.calendar import DAYS_A_MONTH
from game.core.columns import clock as C
from game.core.columns import faction as A
from game.core.columns import force as F
from game.core.columns import hex as H
from game.core.columns import policy as P
from game.core.ids import NEVER, NO_FACTION, OFF_MAP, FactionClass, Stance, Status
from game.core.kernels import chapter, clause
from game.core.realmath import exp, share_within
from game.core.reasons import Reason
from game.core.records import RecordKind
from game.core.rng import Purpose
from game.core.ruleset import Ruleset
from game.core.ruleset_economy import ManpowerRules
from game.core.setting import Cast, Ground
from game.core.state import Tables
from game.rules import workspace as B
from game.rules.economy import MILLION, fade
from game.rules.losses import count_of, take_men
from game.rules.presence import count_presence, enemy_men, enter_presence, in_play, is_actor, same_side
from game.rules.workspace import Now, Work, is_war, note


@clause
def is_calm(w: Tables, x: Work, rules: ManpowerRules, f: int, hour: int) -> bool:
    """10.23, 10.26 Without battle for fill_quiet_days, and with no enemy in the hex; bands live among their enemies."""
    fi = w.force_i
    fought = fi[F.LAST_FOUGHT, f]
    if fought != NEVER and hour - fought < rules.fill_quiet_days * 24.0:
        return False
    return fi[F.STATUS, f] == Status.BANDS or enemy_men(w, x, fi[F.FACTION, f], fi[F.HEX, f]) == 0


@clause
def intake(w: Tables, g: Ground, x: Work, rules: ManpowerRules, f: int, hour: int) -> int:
    """10.23 Men whom a formation can take in this month.

    Formula: min(establishment - men, establishment * fill_month) with hunger below fill_hunger; bands in their base
        area only
    """
    fi = w.force_i
    lacks = fi[F.START_MEN, f] - fi[F.MEN, f]
    if lacks <= 0 or not in_play(w, f) or fi[F.STATUS, f] == Status.ROUTED:
        return 0
    if fi[F.STATUS, f] == Status.BANDS and g.shelter[fi[F.HEX, f]] != fi[F.FACTION, f]:
        return 0
    if w.force_f[F.HUNGER, f] >= rules.fill_hunger or not is_calm(w, x, rules, f, hour):
        return 0
    return min(lacks, int(fi[F.START_MEN, f] * rules.fill_month))


@clause
def is_raisable(w: Tables, c: Cast, rules: ManpowerRules, f: int, hour: int) -> int:
    """10.25 Reason.NONE if the formation is one that can be raised now, else why not."""
    fi = w.force_i
    if fi[F.STATUS, f] == Status.PENDING and fi[F.ARRIVES, f] == F.UNRAISED:
        return Reason.NONE + 0 if hour >= c.means.not_before[f] else Reason.NOT_YET_DUE + 0
    if fi[F.STATUS, f] == Status.GONE and fi[F.START_MEN, f] > 0 and fi[F.BASE, f] != OFF_MAP:
        fought = fi[F.LAST_FOUGHT, f]
        if fought != NEVER and hour - fought < rules.rebuild_days * 24.0:
            return Reason.JUST_DESTROYED + 0
        return Reason.NONE + 0
    return Reason.NOT_IN_RESERVE + 0


@clause
def count_vacancies(w: Tables, g: Ground, c: Cast, x: Work, rules: ManpowerRules, hour: int) -> None:
    """10.20, 10.23 What formations lack, and what they can take in."""
    fi = w.force_i
    for f in range(fi.shape[1]):
        a = fi[F.FACTION, f]
        if in_play(w, f):
            x.tally[B.VACANT, a] += max(0, fi[F.START_MEN, f] - fi[F.MEN, f])
            x.tally[B.WANTED, a] += intake(w, g, x, rules, f, hour)
        elif is_raisable(w, c, rules, f, hour) == Reason.NONE:
            x.tally[B.VACANT, a] += fi[F.START_MEN, f]


@clause
def has_sanctuary(w: Tables, a: int) -> bool:
    """10.21 Whether a state that does not contend for the people lets the faction's men in."""
    for b in range(w.faction_i.shape[1]):
        state = w.faction_i[A.CLASS, b] == FactionClass.STATE and w.faction_i[A.MOVEMENT, b] < 0
        if b != a and state and is_actor(w, b) and w.stance[a, b] >= Stance.ACCESS:
            return True
    return False


@clause
def call_up(w: Tables, x: Work, rules: ManpowerRules, a: int, now: Now) -> None:
    """10.20-10.22 A month's recruits, and those whose training ends.

    Formula (10.20): called = call_month * policy * (willing + people at home), at most what formations lack and
        pool_share of those under arms less those who train and wait, and at most call_ceiling * policy of the people
        less all under arms
    Formula (10.21): volunteers = volunteer_month * supporters * (no_sanctuary without sanctuary) + camp_month * people
        in camps, within the same room
    Formula (10.22): end of training = men * (1 - exp(-days / train_days)); home = rest * (1 - (1 - leak_month) ^
        months) * (1 - share of volunteers among the month's recruits)
    """
    fi = w.faction_i
    t = x.tally
    seed = w.clock[C.SEED]
    months = now.days / DAYS_A_MONTH
    policy = w.policy[P.CONSCRIPTION, a]
    pool = fi[A.MANPOWER, a] + fi[A.TRAINING, a]
    room = t[B.VACANT, a] + rules.pool_share * t[B.UNDER_ARMS, a] - pool
    free = rules.call_ceiling * policy * (t[B.RULED, a] + t[B.HOME, a]) - t[B.UNDER_ARMS, a] - pool
    called = max(0.0, min(rules.call_month * months * policy * (t[B.WILLING, a] + t[B.HOME, a]), min(room, free)))
    came = rules.volunteer_month * t[B.SUPPORTERS, a] * (1.0 if has_sanctuary(w, a) else rules.no_sanctuary)
    came = max(0.0, min((came + rules.camp_month * t[B.IN_CAMPS, a]) * months, room - called))
    forced = rng.whole(called, rng.uniform(seed, now.hour, a, Purpose.CALL_UP + 0, 0))
    free_will = rng.whole(came, rng.uniform(seed, now.hour, a, Purpose.CALL_UP + 0, 1))
    training = fi[A.TRAINING, a]
    trained = count_of(w, 1.0 - exp(-now.days / rules.train_days), training, now.hour, a, Purpose.TRAINING + 0)
    leak = share_within(rules.leak_month, months) * (1.0 - free_will / max(1, forced + free_will))
    home = count_of(w, leak, training - trained, now.hour, a, Purpose.CALL_UP + 0)
    fi[A.TRAINING, a] += forced + free_will - trained - home
    fi[A.MANPOWER, a] += trained
    fi[A.RAISED, a] += forced + free_will
    fi[A.LEFT_TRAINING, a] += home
    if forced + free_will + trained + home > 0:
        note(
            x, now.hour, RecordKind.MUSTER + 0, a, -1, OFF_MAP, -1, forced, free_will, trained, home,
            fi[A.MANPOWER, a], Reason.NONE + 0,
        )  # fmt: skip


@clause
def join(w: Tables, c: Cast, x: Work, rules: ManpowerRules, f: int, men: int) -> None:
    """10.23, 10.24 Men join a formation.

    Formula (10.24): quality = mean over its men, recruits with recruit_quality of the establishment's; cohesion
        likewise with recruit_cohesion, where that is lower
    """
    fi = w.force_i
    ff = w.force_f
    a = fi[F.FACTION, f]
    before = fi[F.MEN, f]
    after = before + men
    raw = c.means.quality[f] * rules.recruit_quality
    loose = min(rules.recruit_cohesion, ff[F.COHESION, f])
    ff[F.QUALITY, f] = (before * ff[F.QUALITY, f] + men * min(raw, ff[F.QUALITY, f])) / after
    ff[F.COHESION, f] = (before * ff[F.COHESION, f] + men * loose) / after
    enter_presence(w, x, f, -1)
    fi[F.MEN, f] = after
    enter_presence(w, x, f, 1)
    w.faction_i[A.RECRUITED, a] += men
    w.faction_i[A.MANPOWER, a] -= men
    w.faction_i[A.KITS, a] -= men


@clause
def fill_ranks(w: Tables, g: Ground, c: Cast, x: Work, rules: ManpowerRules, hour: int) -> None:
    """10.23 Replacements.

    Formula: men = intake * min(1, min(men who wait, arms in store) / all that formations can take in)
    """
    fi = w.force_i
    # what there is at first: shares do not depend on the order of the formations
    for a in range(w.faction_i.shape[1]):
        wanted = x.tally[B.WANTED, a]
        have = min(w.faction_i[A.MANPOWER, a], w.faction_i[A.KITS, a])
        x.tally[B.WANTED, a] = min(1.0, have / wanted) if wanted > 0.0 else 0.0
    for f in range(fi.shape[1]):
        a = fi[F.FACTION, f]
        if c.means.keeps[a] == 0 or x.tally[B.WANTED, a] <= 0.0:
            continue
        men = int(intake(w, g, x, rules, f, hour) * x.tally[B.WANTED, a])
        if men > 0:
            join(w, c, x, rules, f, men)


@clause
def gather_arms(w: Tables, rules: ManpowerRules, a: int) -> None:
    """10.27 Arms of men who have left the ranks since the last month.

    Formula: left in all = (sick + discharged) * arms_left_sick + deserters * arms_left_gone
    """
    fi = w.faction_i
    left = int(fi[A.SICK, a] * rules.arms_left_sick + fi[A.DESERTED, a] * rules.arms_left_gone)
    if left > fi[A.KITS_LEFT, a]:
        fi[A.KITS, a] += left - fi[A.KITS_LEFT, a]
        fi[A.KITS_LEFT, a] = left


@clause
def learn(w: Tables, c: Cast, rules: ManpowerRules, now: Now) -> None:
    """10.24 Quality comes back.

    Formula: goes to the establishment's (+ veteran after a month with fighting) with half-life learn_days; never down
    """
    fi = w.force_i
    for f in range(fi.shape[1]):
        if c.means.keeps[fi[F.FACTION, f]] == 0 or not in_play(w, f):
            continue
        goal = c.means.quality[f]
        fought = fi[F.LAST_FOUGHT, f]
        if fought != NEVER and now.hour - fought <= now.days * 24.0:
            goal += rules.veteran
        gap = goal - w.force_f[F.QUALITY, f]
        if gap > 0.0:
            w.force_f[F.QUALITY, f] += gap * fade(rules.learn_days, now.days)


@clause
def send_home(w: Tables, x: Work, f: int, why: int, hour: int) -> None:
    """10.26 A formation is disbanded."""
    fi = w.force_i
    a = fi[F.FACTION, f]
    men = fi[F.MEN, f]
    note(x, hour, RecordKind.DISBANDED + 0, a, f, fi[F.HEX, f], NO_FACTION, men, 0, 0, 0, 0, why)
    enter_presence(w, x, f, -1)
    w.faction_i[A.KITS, a] += men
    take_men(w, f, men, A.DEMOBILISED)


@clause
def disband(w: Tables, x: Work, rules: ManpowerRules, a: int, hour: int) -> None:
    """10.26 Shells of formations, and those that nobody pays.

    Formula: below disband_share of its establishment while no men or no arms wait; from disband_arrears months owed on
        one formation a month, that with the fewest men
    """
    fi = w.force_i
    empty = w.faction_i[A.MANPOWER, a] == 0 or w.faction_i[A.KITS, a] == 0
    unpaid = w.faction_f[A.ARREARS, a] >= rules.disband_arrears
    least = -1
    formations = 0
    for f in range(fi.shape[1]):
        if fi[F.FACTION, f] == a and in_play(w, f):
            formations += 1
    for f in range(fi.shape[1]):
        if fi[F.FACTION, f] != a or not in_play(w, f) or not is_calm(w, x, rules, f, hour):
            continue
        if empty and formations > 1 and fi[F.MEN, f] < rules.disband_share * fi[F.START_MEN, f]:
            send_home(w, x, f, Reason.TOO_FEW + 0, hour)
            formations -= 1
        elif least < 0 or fi[F.MEN, f] < fi[F.MEN, least]:
            least = f
    if unpaid and least >= 0 and formations > 1:
        send_home(w, x, least, Reason.UNPAID + 0, hour)


@clause
def in_reach(w: Tables, g: Ground, x: Work, f: int, a: int) -> bool:
    """10.35 Whether the force stands in or beside land that the faction controls, or its allies for it."""
    h = w.force_i[F.HEX, f]
    for d in range(7):
        b = h if d == 6 else g.neighbours[h, d]
        if b == OFF_MAP:
            continue
        holder = w.hex_i[H.CONTROL, b]
        if holder != NO_FACTION and (same_side(w, holder, a) or x.ruler[holder] == a):
            return True
    return False


@clause
def draw_over(w: Tables, g: Ground, x: Work, r: Ruleset, a: int, b: int, now: Now) -> None:
    """10.35 Men of faction b who take the amnesty of faction a in a month.

    Formula: share = min(defect_most, defect_month * policy * (1 + defect_unpaid * unpaid + defect_hungry * hunger
        + defect_split * (1 - unity))), at amnesty_man each; defect_join of them take service
    """
    rules = r.manpower
    policy = w.policy[P.AMNESTY, a] * w.faction_f[A.FUNDED, a]
    if policy <= 0.0 or not is_war(w.stance, a, b):
        return
    unpaid = min(1.0, w.faction_f[A.ARREARS, b] / r.economy.unpaid_months)
    months = now.days / DAYS_A_MONTH
    came = 0
    for f in range(w.force_i.shape[1]):
        if w.force_i[F.FACTION, f] != b or not in_play(w, f) or not in_reach(w, g, x, f, a):
            continue
        strain = 1.0 + rules.defect_unpaid * unpaid + rules.defect_hungry * w.force_f[F.HUNGER, f]
        strain += rules.defect_split * (1.0 - w.faction_f[A.UNITY, b])
        share = share_within(min(rules.defect_most, rules.defect_month * policy * strain), months)
        men = count_of(w, share, w.force_i[F.MEN, f], now.hour, f, Purpose.CAME_OVER + 0)
        men = min(men, int(w.faction_f[A.MONEY, a] * MILLION / rules.amnesty_man))
        if men <= 0:
            continue
        cost = men * rules.amnesty_man / MILLION
        w.faction_f[A.MONEY, a] = max(0.0, w.faction_f[A.MONEY, a] - cost)
        w.faction_f[A.OUTLAY, a] += cost
        enter_presence(w, x, f, -1)
        take_men(w, f, men, A.DEFECTED_OUT)
        enter_presence(w, x, f, 1)
        came += men
    if came > 0:
        serve = count_of(w, rules.defect_join, came, now.hour, b, Purpose.ARMS_AID + 0)
        w.faction_i[A.CAME_OVER, a] += came
        w.faction_i[A.MANPOWER, a] += serve
        w.faction_i[A.RAISED, a] += serve
        note(x, now.hour, RecordKind.CAME_OVER + 0, b, -1, OFF_MAP, a, came, serve, 0, 0, 0, Reason.AMNESTY_OFFERED + 0)


@chapter
def muster(w: Tables, g: Ground, c: Cast, x: Work, r: Ruleset, now: Now) -> None:
    """Chapter 10, second part, in the sequence of play. What 10.2 and 10.8 counted for the month still stands."""
    factions = w.faction_i.shape[1]
    kept = 0
    for a in range(factions):
        kept += c.means.keeps[a]
    if kept == 0:
        return
    rules = r.manpower
    count_presence(w, x)
    count_vacancies(w, g, c, x, rules, now.hour)
    for a in range(factions):
        if c.means.keeps[a] == 1 and is_actor(w, a):
            gather_arms(w, rules, a)
            call_up(w, x, rules, a, now)
    fill_ranks(w, g, c, x, rules, now.hour)
    learn(w, c, rules, now)
    for a in range(factions):
        if c.means.keeps[a] == 0 or not is_actor(w, a):
            continue
        disband(w, x, rules, a, now.hour)
        if w.faction_i[A.MOVEMENT, a] < 0:
            continue
        for b in range(factions):
            if w.faction_i[A.MOVEMENT, b] >= 0:
                draw_over(w, g, x, r, a, b, now)
