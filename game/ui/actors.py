"""Factions as a reader meets them now: the name they go by, what they are, whether they are actors at all."""

from __future__ import annotations

from dataclasses import replace

from game.core.columns import faction, force
from game.core.ids import NO_FACTION, FactionClass, FactionId, Life, Stance, Status
from game.core.setting import Faction, Setting, name_of
from game.core.view import View
from game.ui.styles import style_of
from game.ui.theme import FactionStyle

CLASS_WORDS: dict[FactionClass, str] = {
    FactionClass.STATE: "state",
    FactionClass.ARMY: "army in the field",
    FactionClass.INSURGENCY: "insurgency",
    FactionClass.BLOC: "bloc of states",
    FactionClass.MISSION: "peace-keeping mission",
}
STANCE_WORDS: dict[Stance, str] = {
    Stance.WAR: "at war",
    Stance.HOSTILE: "hostile: no passage, fire only when fired upon",
    Stance.NEUTRAL: "neutral: no passage",
    Stance.ACCESS: "passage and sanctuary granted",
    Stance.ALLIED: "allied: fight as one side",
}


def _named(view: View, k: FactionId) -> Faction:
    return name_of(view.setting.factions[k], int(view.tables.faction_i[faction.STAGE, k]))


def setting_now(view: View) -> Setting:
    """The setting with the names that factions go by now, for sentences."""
    return view.setting.named(tuple(view.tables.faction_i[faction.STAGE].tolist()))


def name_now(view: View, k: FactionId) -> str:
    """The full name that a faction goes by; 'nobody' for NO_FACTION."""
    return "nobody" if k == NO_FACTION else _named(view, k).name


def short_now(view: View, k: FactionId) -> str:
    """The short name that a faction goes by; 'nobody' for NO_FACTION."""
    return "nobody" if k == NO_FACTION else _named(view, k).short


def style_now(view: View, k: FactionId) -> FactionStyle:
    """A faction's look, under its present short name."""
    return replace(style_of(view.setting.factions[k]), name=short_now(view, k))


def class_words(view: View, k: FactionId) -> str:
    """What kind of actor it is."""
    return CLASS_WORDS[FactionClass(int(view.tables.faction_i[faction.CLASS, k]))]


def is_actor(view: View, k: FactionId) -> bool:
    """Whether a faction acts at present; those that are not yet or no more do not."""
    return int(view.tables.faction_i[faction.LIFE, k]) == Life.ACTIVE


def actors(view: View) -> list[FactionId]:
    """Factions that act at present, in the scenario's order."""
    return [k for k in range(len(view.setting.factions)) if is_actor(view, k)]


def on_map(view: View, k: FactionId) -> bool:
    """Whether a faction is known to have men on the map."""
    i = view.tables.force_i
    mine = (i[force.FACTION] == k) & (i[force.STATUS] >= Status.ACTIVE) & (i[force.STATUS] <= Status.BANDS)
    return bool((mine & (i[force.MEN] > 0)).any())
