"""What the pages share: the game, whose affairs they show, and how an act is planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.core.ids import NO_FACTION, FactionId
from game.core.orders import FactionAct
from game.core.view import View
from game.ui.actions import Action
from game.ui.actors import actors
from game.ui.keys import KeyMap
from game.ui.match import Match
from game.ui.play.deeds import act_words, grave
from game.ui.play.why import Whys


@dataclass
class Council:
    """The table at which a side's affairs are looked at. `changed` has everything painted and laid out again."""

    match: Match
    keys: KeyMap
    changed: Callable[[], None]
    ask: Callable[[str, str, Callable[[], Action | None]], Action | None]
    """Puts a question before a grave act: its title, its text, and what is done at yes."""
    who: FactionId = NO_FACTION
    """The faction whose affairs are shown: one of the person's own, or any when watching."""
    other: FactionId = NO_FACTION
    """The faction that it is compared with."""
    refusal: str = ""
    """Why the last act was refused; empty if it was planned."""

    def __post_init__(self) -> None:
        self.whys = Whys(self.match, self.changed)
        own = self.own()
        self.who = own[0] if own else NO_FACTION
        others = [k for k in self.actors() if k != self.who]
        self.other = others[0] if others else NO_FACTION

    @property
    def view(self) -> View:
        return self.match.view

    def actors(self) -> list[FactionId]:
        """Factions that act at present; the side's own always."""
        own = set(self._side())
        return [k for k in range(len(self.match.setting.factions)) if k in own or k in actors(self.view)]

    def _side(self) -> tuple[FactionId, ...]:
        if self.match.eyes is None:
            return tuple(range(len(self.match.setting.factions)))
        return self.match.setting.sides[self.match.eyes].factions

    def own(self) -> list[FactionId]:
        """Factions whose affairs are open to the onlooker: the side's, or all when watching."""
        alive = actors(self.view)
        return [k for k in self._side() if k in alive] or list(self._side()[:1])

    @property
    def may_act(self) -> bool:
        """Whether the game goes on, the onlooker gives orders and `who` is one of his."""
        side = self.match.side
        return side is not None and not self.match.world.over and self.who in self.match.setting.sides[side].factions

    # --- choosing -----------------------------------------------------------------------------------------------
    def take(self, k: FactionId) -> Action | None:
        """Show the affairs of another faction of the side."""
        self.who = k
        if self.other == k:
            self.other = next((o for o in self.actors() if o != k), NO_FACTION)
        return self._again()

    def compare(self, k: FactionId) -> Action | None:
        """Compare with another faction."""
        if k != self.who:
            self.other = k
        elif k in self.own():
            return None
        return self._again()

    def pair(self, a: FactionId, b: FactionId) -> Action | None:
        """Show two factions beside each other; the side's own stands first."""
        if a == b:
            return self.compare(a)
        own = self.own()
        self.who, self.other = (b, a) if b in own and a not in own else (a, b)
        return self._again()

    def step(self, first: bool, by: int) -> Action | None:
        """The next faction at the first or the second place of the pair."""
        ring = [k for k in self.actors() if k != (self.other if first else self.who)]
        if not ring:
            return None
        here = self.who if first else self.other
        at = ring.index(here) if here in ring else 0
        if first:
            self.who = ring[(at + by) % len(ring)]
        else:
            self.other = ring[(at + by) % len(ring)]
        return self._again()

    def _again(self) -> Action | None:
        self.refusal = ""
        self.changed()
        return None

    # --- acting -------------------------------------------------------------------------------------------------
    def act(self, act: FactionAct) -> Action | None:
        """Plan an act, or say why it may not be done. War, leaving a land and breaking a treaty are asked about."""
        why = self.match.why_not_act(act)
        title = "" if why else grave(self.view, act)
        if not title:
            return self._plan(act)
        text = f"{act_words(self.view, act)[1]}. It is done when the turn ends, and can be taken back until then."
        return self.ask(title, text, lambda: self._plan(act))

    def _plan(self, act: FactionAct) -> Action | None:
        self.refusal = self.match.act(act)
        self.changed()
        return None

    def drop(self, act: FactionAct) -> Action | None:
        """Take a planned act back."""
        self.match.drop_act(act)
        self._again()
        return None

    def planned(self, act: FactionAct) -> FactionAct | None:
        """The planned act that concerns the same thing, if there is one."""
        key = (act.faction, act.kind, act.a, act.b)
        return next((a for a in self.match.orders.acts if (a.faction, a.kind, a.a, a.b) == key), None)
