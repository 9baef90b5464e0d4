"""The report: what happened last turn and why; a click goes there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.core.ids import OFF_MAP
from game.ui.actions import Action
from game.ui.brush import Brush, Tip
from game.ui.keys import KeyMap
from game.ui.pane import Pane
from game.ui.play.desk import Desk
from game.ui.play.telling import FILTERS, ReportItem
from game.ui.theme import BRASS, HOVER, MUTED, RAISED, TEXT, WINDOW

_CHIPS = 56.0
"""Height of two rows of filters."""
LINES = 200
FLAT = 24
"""Most items that are told in one list; more are told by group."""
FIRST = 4
"""Items of a group that are shown before it is opened."""


class ReportPane:
    """Left panel: the events of the last turn."""

    def __init__(
        self, desk: Desk, keys: KeyMap, go: Callable[[ReportItem], Action | None], hide_sensitive: Callable[[], bool]
    ) -> None:
        self.desk, self.keys, self.go, self.hide_sensitive = desk, keys, go, hide_sensitive
        self.items: list[ReportItem] = []
        self.filter = 0
        self.at = -1
        self.fresh = False
        """Whether the report is of the turn just resolved and has not been looked at."""
        self.opened: set[str] = set()
        """Groups of which all items are shown."""
        self.pane = Pane("report", self._body, self._title, self._filters)

    @property
    def grouped(self) -> bool:
        """Whether the report is told by group: all of it is wanted, and it is long."""
        return FILTERS[self.filter] == "All" and len(self.items) > FLAT

    def groups(self) -> list[tuple[str, list[ReportItem], list[ReportItem]]]:
        """(group, what is shown of it, all of it), the one with the weightiest item first."""
        by_group: dict[str, list[ReportItem]] = {}
        for item in self.items:
            by_group.setdefault(item.group, []).append(item)
        return [(group, found[: LINES if group in self.opened else FIRST], found) for group, found in by_group.items()]

    @property
    def shown(self) -> list[ReportItem]:
        """The items that are shown, in their order."""
        if self.grouped:
            return [item for _, part, _ in self.groups() for item in part]
        wanted = FILTERS[self.filter]
        return [i for i in self.items if wanted in ("All", i.group)][:LINES]

    def set_items(self, items: list[ReportItem]) -> None:
        self.items, self.at, self.fresh = items, -1, bool(items)
        self.pane.foot_height = _CHIPS if items else 0.0
        self.pane.scroll = 0
        self.pane.touch()

    def next_filter(self) -> None:
        self.filter = (self.filter + 1) % len(FILTERS)
        self.at = -1
        self.pane.scroll = 0
        self.pane.touch()

    def next_event(self) -> ReportItem | None:
        """The next event with a place, going round."""
        shown = self.shown
        places = [k for k, item in enumerate(shown) if item.hex != OFF_MAP]
        if not places:
            return None
        self.at = next((k for k in places if k > self.at), places[0])
        self.fresh = False
        self.pane.touch()
        return shown[self.at]

    def _title(self) -> tuple[str, str]:
        count = len(self.items) if self.grouped else len(self.shown)
        return "Reports", f"{count} {'event' if count == 1 else 'events'} · {self.keys.shown('event')} next"

    def _body(self, brush: Brush) -> float:
        if not self.items:
            return brush.para("Nothing to report yet.", 12, 12, brush.width - 24, MUTED) + 24
        y, shown = 6.0, self.shown
        if not shown:
            text = "Nothing under this filter."
            return y + brush.para(text, 12, y + 4, brush.width - 24, MUTED) + 14
        if self.grouped:
            return self._groups(brush, y) + 4
        for k, item in enumerate(shown):
            y = self._item(brush, y, k, item)
        return y + 4

    def _groups(self, brush: Brush, y: float) -> float:
        k = 0
        for group, part, found in self.groups():
            box = (8.0, y, brush.width - 16, 26.0)
            key, opened = f"group_{group.split()[0]}", group in self.opened
            brush.box(box, HOVER if brush.is_hover(key) else WINDOW, 4)
            brush.text(group.upper(), 16, y + 13, BRASS, "ui_semibold", 12)
            more = len(found) > FIRST
            words = f"{len(found)}" if not more else f"{len(found)} · fewer" if opened else f"{len(found)} · show all"
            brush.text(words, brush.width - 16, y + 13, MUTED, "ui", 11, "r")
            brush.hot(key, box, partial(self._toggle, group) if more else None, Tip(f"{group}: {len(found)}"))
            brush.ring(key, box, 4)
            y += 30
            for item in part:
                y = self._item(brush, y, k, item)
                k += 1
            y += 4
        return y

    def _toggle(self, group: str) -> Action | None:
        self.opened ^= {group}
        self.at = -1
        self.pane.touch()
        return None

    def _filters(self, brush: Brush) -> None:
        """The chips of the filters, which stay where they are while the list scrolls."""
        if not self.items:
            return
        brush.rule(8, 0, brush.width - 16)
        x, y = 8.0, 5.0
        for k, name in enumerate(FILTERS):
            short = name.split()[0]
            w = brush.measure(short, "ui_medium", 11) + 12
            if x + w > brush.width - 6:
                x, y = 8.0, y + 25
            on = k == self.filter
            key = f"filter{k}"
            brush.box((x, y, w, 22), HOVER if on or brush.is_hover(key) else RAISED, 11, BRASS if on else None)
            brush.text(short, x + w / 2, y + 11, TEXT if on else MUTED, "ui_medium", 11, "c")
            brush.hot(key, (x, y, w, 22), partial(self._choose, k), Tip("Show: " + name))
            brush.ring(key, (x, y, w, 22), 11)
            x += w + 3

    def _choose(self, k: int) -> Action | None:
        self.filter, self.at = k, -1
        self.pane.scroll = 0
        self.pane.touch()
        return None

    def _item(self, brush: Brush, y: float, k: int, item: ReportItem) -> float:
        key = f"item{k}"
        hidden = item.sensitive and self.hide_sensitive() and item.event not in self.desk.show_sensitive
        detail = "Text on atrocity or famine; click to read." if hidden else item.detail
        width = brush.width - 34
        used = brush.measure(item.when, "ui", 11) + 12
        height = brush.para_height(item.title, width - used, "ui_semibold", 13, 1.25)
        below = brush.para_height(detail, width, "ui", 12, 1.3) if detail else 0
        box = (8, y, brush.width - 16, height + below + 12)
        brush.row(key, box, lambda: self._open(k, item, hidden), k == self.at)
        brush.box((8, y, 3, box[3]), item.colour)
        brush.para(item.title, 20, y + 5, width - used, TEXT, "ui_semibold", 13, 1.25)
        brush.text(item.when, 20 + width, y + 13, MUTED, "ui", 11, "r")
        if detail:
            brush.para(detail, 20, y + 6 + height, width, MUTED, "ui", 12, 1.3)
        return y + box[3] + 4

    def _open(self, k: int, item: ReportItem, hidden: bool) -> Action | None:
        self.at, self.fresh = k, False
        if hidden:
            self.desk.show_sensitive.add(item.event)
            self.pane.touch()
            return None
        self.pane.touch()
        return self.go(item)
