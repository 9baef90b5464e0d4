"""Why something is as it is, worked out in the background and kept until the hour or the onlooker changes."""

from __future__ import annotations

from collections.abc import Callable

from game.core.columns import faction
from game.core.ids import OFF_MAP, FactionId, HexIndex
from game.core.records import Record
from game.engine.explain import Explainer, Explanation
from game.ui.brush import Tip
from game.ui.match import Match, turn_hours
from game.ui.play.overlays import movements, peopled
from game.ui.play.society import shares
from game.ui.play.tidings import known_to
from game.ui.work import Task

Ask = Callable[[Explainer], Explanation]
_KEPT = 300
_PARTS = 9
_REST = 0.3
"""Seconds for which a hex is pointed at before anything is worked out about it."""


class Whys:
    """Questions by key; `ready` is called when an answer has come in."""

    def __init__(self, match: Match, ready: Callable[[], None]) -> None:
        self.match, self.ready = match, ready
        self._known: dict[object, Explanation] = {}
        self._for: object = None
        self._wanted: list[tuple[object, Ask]] = []
        self._hex: HexIndex = OFF_MAP
        self._rested = 0.0
        self._task: tuple[object, object, Task[Explanation]] | None = None

    def _now(self) -> object:
        return self.match.view.hour, self.match.eyes

    def known(self, key: object) -> Explanation | None:
        """The answer, if it has been worked out for this hour."""
        return self._known.get(key) if self._for == self._now() else None

    def forget(self) -> None:
        """More is known now than when the questions were asked."""
        self._known.clear()

    def want(self, key: object, ask: Ask) -> Explanation | None:
        """The answer, or None, and then it is worked out: the question asked last first."""
        if self._for != self._now():
            self._for = self._now()
            self._known.clear()
            self._wanted.clear()
        found = self._known.get(key)
        if found is None and all(key != asked for asked, _ in self._wanted) and not self._is_asked(key):
            self._wanted.insert(0, (key, ask))
            del self._wanted[4:]
        return found

    def _is_asked(self, key: object) -> bool:
        return self._task is not None and self._task[:2] == (key, self._for)

    def look(self, hex_: HexIndex, seconds: float) -> None:
        """A hex is pointed at: once it has been for a moment, why it is held and what its people think is asked."""
        self._rested = self._rested + seconds if hex_ == self._hex else 0.0
        self._hex = hex_
        if hex_ == OFF_MAP or self._rested < _REST:
            return
        view = self.match.view
        self.want(("hex", hex_), lambda why: why.hex(hex_))
        if peopled(view)[hex_] and movements(view):
            leader = shares(view, hex_)[0][0]
            self.want(("support", hex_), lambda why: why.support(leader, hex_))

    @property
    def busy(self) -> bool:
        """Whether an answer is being worked out or waits for it."""
        return self._task is not None or bool(self._wanted)

    def update(self) -> None:
        """Take the answer that has come in, begin the next question."""
        if self._task is not None and self._task[2].done:
            key, asked_for, task = self._task
            self._task = None
            if asked_for == self._for:
                if len(self._known) > _KEPT:
                    self._known.clear()
                self._known[key] = task.result()
                self.ready()
        if self._task is None and self._wanted:
            key, ask = self._wanted.pop(0)
            explainer = self._explainer()
            self._task = key, self._for, Task(lambda: ask(explainer), "why")

    def _explainer(self) -> Explainer:
        """An explainer of what the onlooker knows: his picture, and the facts that he has heard of."""
        match = self.match
        view = match.view
        heard: list[Record] = [r for r in match.last_records if known_to(r, view, match.eyes)]
        return Explainer(match.scenario, view.tables, heard)


def will_moved(match: Match, k: FactionId) -> Ask:
    """What moved a faction's will in the last turn."""
    kept = match.world.history["will"]
    then = float(kept[-2][k]) if len(kept) > 1 else float(match.scenario.initial.tables.faction_f[faction.WILL, k])
    since = match.view.hour - round(turn_hours(match.setting))
    return lambda why: why.will(k, since, then)


def why_tip(tip: Tip, found: Explanation | None) -> Tip:
    """A tooltip with the contributions, the largest first, and what is on record."""
    if found is None:
        return tip
    rows = tuple((part.text, _amount(part.amount, part.unit)) for part in found.parts[:_PARTS])
    head = ((f"{found.says}:", ""),) if rows and found.says else ()
    told = "".join(f"\n{fact}" for fact in found.records[:3])
    return Tip(tip.title, f"{tip.text}{told}", (*tip.rows, *head, *rows), tip.source)


def _amount(amount: float, unit: str) -> str:
    number = f"{amount:+,.0f}" if abs(amount) >= 100 else f"{amount:+,.1f}"
    return f"{number} {unit}".replace("-", "−").rstrip()
