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
from game.ui.theme import BRASS, HOVER, MUTED, RAISED, TEXT

LINES = 200


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
        self.pane = Pane("report", self._body, self._title)

    @property
    def shown(self) -> list[ReportItem]:
        wanted = FILTERS[self.filter]
        return [i for i in self.items if wanted in ("All", i.group)][:LINES]

    def set_items(self, items: list[ReportItem]) -> None:
        self.items, self.at, self.fresh = items, -1, bool(items)
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
        count = len(self.shown)
        return "Reports", f"{count} {'event' if count == 1 else 'events'} · {self.keys.shown('event')} next"

    def _body(self, brush: Brush) -> float:
        y = self._filters(brush)
        shown = self.shown
        if not shown:
            text = "Nothing to report yet." if not self.items else "Nothing under this filter."
            return y + brush.para(text, 12, y + 4, brush.width - 24, MUTED) + 14
        for k, item in enumerate(shown):
            y = self._item(brush, y, k, item)
        return y + 4

    def _filters(self, brush: Brush) -> float:
        x = 8.0
        for k, name in enumerate(FILTERS):
            short = name.split()[0]
            w = brush.measure(short, "ui_medium", 11) + 14
            on = k == self.filter
            key = f"filter{k}"
            brush.box((x, 6, w, 22), HOVER if on or brush.is_hover(key) else RAISED, 11, BRASS if on else None)
            brush.text(short, x + w / 2, 17, TEXT if on else MUTED, "ui_medium", 11, "c")
            brush.hot(key, (x, 6, w, 22), partial(self._choose, k), Tip("Show: " + name))
            brush.ring(key, (x, 6, w, 22), 11)
            x += w + 4
        return 34.0

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
