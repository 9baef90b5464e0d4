"""Why: the one list of reasons that orders, records and refusals carry, and how each is said.

A text may use {a} and {b}, the two figures that go with the reason; {place_a} is {a} read as a hex, and
{odds_a} and {odds_b} are odds given to 100: '1.5 to 1'.
"""

from __future__ import annotations

from game.core import reasons_country, reasons_diplomacy
from game.core.ids import Numbering


class Reason(Numbering):
    NONE = 0
    # orders of a person and of agents
    COMMANDED = 1
    PLAN_OBJECTIVE = 2
    PLAN_CONCENTRATE = 3
    PLAN_ENCIRCLE = 4
    PLAN_RESERVE = 5
    PLAN_GARRISON = 6
    PLAN_SUPPLY_FIRST = 7
    PLAN_REST = 8
    PLAN_HOLD_LINE = 9
    PLAN_DELAY = 10
    PLAN_OUTMATCHED = 11
    PLAN_CUT_OFF = 12
    PLAN_BASE_AREA = 13
    PLAN_RAID_LOC = 14
    PLAN_BORDER_WATCH = 15
    PLAN_PURSUE = 16
    PLAN_SWEEP = 17
    PLAN_REFORM = 18
    PLAN_WHIM = 19
    PLAN_COUNTERATTACK = 20
    PLAN_SUPPORT = 21
    PLAN_AMBUSH = 22
    PLAN_GO_HOME = 23
    # refusals of an order
    NOT_YOURS = 40
    NOT_IN_PLAY = 41
    ROUTED = 42
    BAD_DESTINATION = 43
    NO_PATH = 44
    NO_ACCESS = 45
    CANNOT_ENTER = 46
    BANDS_CANNOT = 47
    KIND_CANNOT = 48
    NO_SUCH_FORCE = 49
    NO_SUCH_ORDER = 50
    CAMP_THERE = 51
    NO_ENEMY_THERE = 52
    # what stopped a movement
    CONTACT = 60
    HEX_FULL = 61
    NO_SUPPLY = 62
    RIVER = 63
    # why a battle turned out so
    LOSSES = 80
    TURNED = 81
    NEIGHBOUR_GONE = 82
    NO_RESERVE = 83
    OUT_OF_SUPPLY = 84
    PUSHED_BACK = 85
    OUTFLANKED_NO_RETREAT = 86
    SPENT = 87
    RIVALS = 88
    # control and will
    OCCUPIED = 100
    OVERAWED = 101
    CAPITAL_LOST = 102
    LAND_LOST = 103
    CASUALTIES = 104
    EVENT = 105
    HUNGER = 106
    IN_BASE_AREA = 107
    ENEMY_NEAR = 108
    # money and men
    NO_MONEY = 260
    PAY_WITHHELD = 261
    WAY_SHUT = 262
    NOTHING_GIVEN = 263
    NO_ECONOMY = 264
    NO_HOME_FRONT = 265
    OUT_OF_BOUNDS = 266
    BEYOND_VOTE = 267
    NO_VOTE = 268
    NO_RECIPIENT = 269
    NOT_IN_RESERVE = 270
    NOT_YET_DUE = 271
    NO_MANPOWER = 272
    NO_KITS = 273
    PLACE_NOT_HELD = 274
    TOO_FEW = 275
    UNPAID = 276
    JUST_DESTROYED = 277
    BY_CUSTOM = 278
    AMNESTY_OFFERED = 279
    RELIEF_PASSES = 280
    STATE_ENDED = 281
    AID_AGREED = 282
    AID_ENDED = 283
    TREASURY_PAYS = 410
    TREASURY_OWES = 411
    TREASURY_UNLOVED = 412
    TREASURY_STEADY = 413
    TREASURY_SPENDS = 414
    TREASURY_REBELS = 415
    TREASURY_LACKS = 416
    TREASURY_HUNGER = 417  # of older games: relief is no policy any more
    TREASURY_TRADES = 418
    TREASURY_RAISES = 419
    PATRON_CUSTOM = 420
    PATRON_COOL = 421
    PATRON_ENDS = 422
    PATRON_LOSING = 423
    PATRON_VOTE = 424
    PATRON_SMALL = 426
    # why people prefer a movement or not, in the order of rules.support's causes
    SUPPORT_MEMORY = 200
    SUPPORT_CONTROL = 201
    SUPPORT_SAFETY = 202
    SUPPORT_CIVIC = 203
    SUPPORT_CORRUPTION = 204
    SUPPORT_POLITICAL = 205
    SUPPORT_TAXES = 206
    SUPPORT_DRAFT = 207
    SUPPORT_SEALING = 208
    SUPPORT_FIGHTING = 209
    SUPPORT_WANT = 210
    SUPPORT_FOREIGN = 211
    SUPPORT_RELIEF = 212
    SUPPORT_CROWDED = 213
    # camps and flight
    HOST_LETS = 215
    MEN_THERE = 216
    FIGHTING_NEAR = 217
    SAFE_AT_HOME = 218
    ACCORD_SIGNED = 219
    SEALING = 220
    # weariness, in the order of rules.unity's causes
    WAR_GOES_ON = 350
    LOSSES_WEIGH = 351
    SOLDIERS_UNPAID = 352
    TROOPS_ABROAD = 353
    AT_PEACE = 354
    USED_TO_IT = 355
    # corruption, in the order of rules.economy's causes
    GRAFT = 470
    GRAFT_UNPAID = 471
    GRAFT_TRADE = 472
    GRAFT_CIVIC = 473
    # disunity, in the order of rules.unity's causes
    DEFEATS = 356
    PATRON_LOST = 357
    PAY_OWED = 358
    OWN_REVENUE = 359
    PURGED = 360
    ONE_COMMAND = 361
    WAR_WEARY = 362
    LAND_WON = 363
    ENEMY_STRONG = 364
    # factions that come, change and go
    NO_MEANS = 366
    STAGE_REACHED = 367
    FOUNDED_WITH_HELP = 368
    BROKE_AWAY = 369
    PARTED = 370
    AMNESTY_KEEPS = 371
    OLD_LOYALTY = 372
    JOINT_ARMY = 373
    ALLY_ADMINISTERS = 374
    UNEQUAL_SHARES = 375
    # the peace process
    STALEMATE = 380
    PATRONS_PRESS = 381
    HOPE_TO_WIN = 382
    TERMS_ACCEPTED = 383
    TERMS_REFUSED = 384
    CEASE_FIRE_BROKEN = 385
    NO_ANSWER = 386
    AS_IT_SAID = 387
    VOTES_CAST = 388
    HOLDS_THE_LAND = 389
    NO_VOTE_HELD = 390
    POWER_INDIVISIBLE = 391
    NO_ACCORD = 392
    NO_PARTY = 393
    STAYED_ARMED = 394
    PARDON_ACCEPTED = 395
    MISSION_OVER = 396
    # agents in a peace process
    CANTON_TRUST = 450
    REFUSE_DISTRUST = 452
    REFUSE_OUTSIDE = 453
    OFFER_PARDON = 454
    # decisions
    DECISION_WEIGHED = 460
    NOT_ASKED = 462
    NO_SUCH_OPTION = 463
    # chapter 11: refusals, ends of treaties, bonds; then agents
    TABLE_FULL = 300
    NO_SUCH_FACTION = 301
    NO_ACTOR = 302
    SAME_COMMAND = 303
    NO_SUCH_TERM = 304
    BAD_VALUE = 305
    ALREADY_AGREED = 306
    ALREADY_PROPOSED = 307
    NO_SUCH_TREATY = 308
    NOT_ADDRESSED = 309
    NOT_PARTY = 310
    ALREADY_AT_WAR = 311
    NOT_AT_WAR = 312
    STILL_AT_WAR = 313
    NO_TROOPS_THERE = 314
    NO_CLAIM = 315
    NO_CHANGE = 316
    NOT_A_FIGHTER = 317
    NOT_A_STATE = 318
    TERM_OVER = 320
    FULFILLED = 321
    NOT_WITHDRAWN = 322
    AID_STOPPED = 323
    PARTY_GONE = 324
    DENOUNCED = 325
    WENT_TO_WAR = 326
    UNANSWERED = 327
    TURNED_DOWN = 328
    SUPERSEDED = 329
    THREAT_EMPTY = 330
    UNDER_THREAT = 331
    LIMITED_WAR = 332
    BY_VOTE = 333
    ALLY_ATTACKED = 334
    OTHER_GOVERNMENT = 335
    TRADE_STOPPED = 336
    BOND_PAST = 340
    BOND_EVENTS = 341
    BOND_WAR = 342
    BOND_AID = 343
    BOND_TREATY = 344
    BOND_BORDER = 345
    BOND_FRIENDS = 346
    BOND_PRESENCE = 347
    SEEKS_SANCTUARY = 430
    SEEKS_AID = 431
    OFFERS_AID = 432
    SEEKS_ALLIANCE = 433
    SEEKS_END = 434
    SEEKS_COALITION = 435
    SEEKS_RECOGNITION = 436
    SEEKS_TRADE = 437
    DEMANDS_WITHDRAWAL = 438
    WEIGHED_ACCEPT = 439
    WEIGHED_REFUSE = 440
    TURNED_BAD = 441
    GOES_TO_WAR = 442
    PUNISHES = 443
    THREATENS = 444
    ISOLATES = 445
    RELENTS = 446
    STANDS_BY_ALLY = 447
    SEEKS_PASSAGE = 448
    # the war without fronts
    IN_SANCTUARY = 232
    PLAN_PATROL = 240
    PLAN_SWEEP_BASE = 241
    PLAN_SABOTAGE = 242
    PLAN_CLEAR = 243
    PLAN_HIDE = 244
    PLAN_SANCTUARY = 245
    PLAN_STAND_UP = 246


TEXT: dict[Reason, str] = {
    Reason.NONE: "",
    Reason.COMMANDED: "as ordered",
    Reason.PLAN_OBJECTIVE: "{place_a} is the axis's objective; odds there are put at {odds_b}",
    Reason.PLAN_CONCENTRATE: "closes up for the attack on {place_a}",
    Reason.PLAN_ENCIRCLE: "goes round to take {place_a} from behind",
    Reason.PLAN_RESERVE: "follows as the reserve of the axis to {place_a}",
    Reason.PLAN_GARRISON: "holds {place_a} behind the advance",
    Reason.PLAN_SUPPLY_FIRST: "waits for supplies: {a} days in hand, {b} wanted before an advance",
    Reason.PLAN_REST: "rests: fatigue {a} %, cohesion {b} %",
    Reason.PLAN_HOLD_LINE: "holds {place_a}; enemy odds {odds_b} are bearable",
    Reason.PLAN_DELAY: "falls back by bounds towards {place_a}; enemy odds {odds_b}",
    Reason.PLAN_OUTMATCHED: "outmatched {odds_b}, makes for {place_a}",
    Reason.PLAN_CUT_OFF: "its way back is threatened; breaks out towards {place_a}",
    Reason.PLAN_BASE_AREA: "makes for its base area at {place_a}",
    Reason.PLAN_RAID_LOC: "raids the supply road near {place_a}",
    Reason.PLAN_BORDER_WATCH: "watches the border at {place_a}",
    Reason.PLAN_PURSUE: "pursues a beaten enemy towards {place_a}",
    Reason.PLAN_SWEEP: "clears {place_a} of the enemy",
    Reason.PLAN_REFORM: "re-forms in its base area",
    Reason.PLAN_WHIM: "no plan: chosen at random",
    Reason.PLAN_COUNTERATTACK: "strikes at {place_a} while odds are {odds_b}",
    Reason.PLAN_SUPPORT: "supports from {place_a}",
    Reason.PLAN_GO_HOME: "goes home to {place_a} as a treaty demands",
    Reason.PLAN_AMBUSH: "hides and lies in wait at {place_a}; enemy odds {odds_b}",
    Reason.NOT_YOURS: "the force does not take orders from this side",
    Reason.NOT_IN_PLAY: "the force is not in play",
    Reason.ROUTED: "the force is broken and falling back; it takes orders again when it rallies",
    Reason.BAD_DESTINATION: "the order needs a destination on the map",
    Reason.NO_PATH: "there is no way to {place_a} for this force",
    Reason.NO_ACCESS: "{place_a} lies in a country that grants no passage",
    Reason.CANNOT_ENTER: "a force of this kind cannot enter {place_a}",
    Reason.BANDS_CANNOT: "bands can move, hide, ambush, raid, sabotage, withdraw and rest, no more",
    Reason.KIND_CANNOT: "a force of this kind cannot carry out such an order",
    Reason.NO_SUCH_FORCE: "there is no such force",
    Reason.NO_SUCH_ORDER: "there is no such order",
    Reason.CAMP_THERE: "{place_a} is the site of a border camp: no attack, ambush, raid, sabotage or sweep may name it",
    Reason.NO_ENEMY_THERE: "no enemy is known to be at {place_a}: to go there is a march, which halts on meeting one",
    Reason.CONTACT: "halted on meeting the enemy at {place_a}",
    Reason.HEX_FULL: "no room at {place_a}: {b} men are there already",
    Reason.NO_SUPPLY: "no fuel and food to go on",
    Reason.RIVER: "crossing the river before {place_a} takes time",
    Reason.LOSSES: "losses of {a} in a thousand in a day",
    Reason.TURNED: "turned: attacked from several sides",
    Reason.NEIGHBOUR_GONE: "the neighbouring force has gone",
    Reason.NO_RESERVE: "no reserve stood behind it",
    Reason.OUT_OF_SUPPLY: "out of supply",
    Reason.PUSHED_BACK: "pushed back by force, odds {odds_a}",
    Reason.OUTFLANKED_NO_RETREAT: "no way back was open",
    Reason.SPENT: "the attack is spent",
    Reason.RIVALS: "its enemies attack the same place in greater strength",
    Reason.OCCUPIED: "occupied by troops",
    Reason.OVERAWED: "enemy troops dominate the country around",
    Reason.CAPITAL_LOST: "the seat of government is lost",
    Reason.LAND_LOST: "important places are lost",
    Reason.CASUALTIES: "losses weigh on the country",
    Reason.EVENT: "events abroad",
    Reason.HUNGER: "hunger",
    Reason.IN_BASE_AREA: "in its base area",
    Reason.ENEMY_NEAR: "the enemy is near",
    **{Reason[name]: text for name, text in reasons_country.TEXTS.items()},
    **{Reason[name]: text for name, text in reasons_diplomacy.TEXTS.items()},
    Reason.IN_SANCTUARY: "in sanctuary across the border",
    Reason.PLAN_PATROL: "guards roads and people about {place_a}",
    Reason.PLAN_SWEEP_BASE: "combs the base area at {place_a}",
    Reason.PLAN_SABOTAGE: "breaks the enemy's road or railway near {place_a}",
    Reason.PLAN_CLEAR: "clears mines at {place_a}",
    Reason.PLAN_HIDE: "hides from enemy sweeps at {place_a}",
    Reason.PLAN_SANCTUARY: "makes for sanctuary at {place_a}",
    Reason.PLAN_STAND_UP: "forms again at {place_a}; no enemy is near",
}
