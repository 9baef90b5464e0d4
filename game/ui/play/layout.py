"""Where the panels of the play screen stand: two columns beside the map, or one drawer when there is little room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from game.ui.actions import Action
from game.ui.brush import Box, Brush, Marks
from game.ui.fonts import Fonts
from game.ui.pane import Pane
from game.ui.play.topbar import HEIGHT as TOP

GUTTER = 12.0
LEFT, RIGHT = 304.0, 322.0
WIDE_FROM, TALL_FROM = 1180.0, 600.0
"""Least window, in units at scale 1, for the two columns."""
_HEX = 256.0
"""Least height of the hex panel: that of a hex with all its lines, as the mouse wanders without a new layout."""
_SQUEEZED = 340.0
"""Least height for the stack with its orders in words; below it they are shown as keys alone if they do not fit."""
_THEATRE = 340.0
"""Height at which the little map fills the left column's width."""
_SUBJECT = 1000.0
"""How much worse it is to hide a square unit of what a card speaks of than of anything else."""
TABS = (("stack", "Stack"), ("hex", "Hex"), ("orders", "Orders"), ("report", "Report"), ("theatre", "Map"))


@dataclass(frozen=True)
class Insets:
    """What the panels hide of the map, in units at scale 1."""

    left: float
    top: float
    right: float
    bottom: float


class Layout:
    """Places the panels; `names` maps pane names to panes."""

    def __init__(self, panes: dict[str, Pane], fonts: Fonts, marks: Marks) -> None:
        self.panes, self.fonts, self.marks = panes, fonts, marks
        self.tab = "stack"
        self.open = True
        self.wide = True
        self.reporting = False
        """Whether the report has something new to show and gets more room."""
        self.told = False
        """Whether the report has anything to show at all."""
        self.tabs = Pane("tabs", self._tabs, kind="panel")
        self.tab_chosen: Callable[[], None] = lambda: None
        self.orders_height: Callable[[], float] = lambda: 0.0
        """Height at which the order list need not scroll."""
        self.compact: tuple[Callable[[bool], None], ...] = ()
        """Panels that are told whether they must save height."""

    def place(self, width: float, height: float) -> Insets:
        """Place everything for a window of this size, in units at scale 1."""
        self.panes["top"].place((0, 0, width, TOP))
        self.wide = width >= WIDE_FROM and height >= TALL_FROM
        self.tabs.shown = not self.wide
        if self.wide:
            for name, _ in TABS:
                self.panes[name].shown = True
            self._save_height(False)
            self._left(height)
            self._right(width, height)
            return Insets(LEFT + 2 * GUTTER, TOP, RIGHT + 2 * GUTTER, 0)
        return self._drawer(width, height)

    def _natural(self, name: str, x: float, y: float, w: float) -> float:
        """Height at which the panel need not scroll."""
        return self.panes[name].needed(self.fonts, self.marks, (x, y, w, 900))

    def _left(self, height: float) -> None:
        x, y = GUTTER, TOP + GUTTER
        room = height - y - 3 * GUTTER
        report = 98.0
        if self.told:
            report = max(130.0, room * (0.34 if self.reporting else 0.22))
        theatre = 170.0
        natural = max(180.0, self._natural("stack", x, y, LEFT))
        if natural > room - report - theatre and self.told:
            report = max(130.0, min(report, room * 0.26))
        self._save_height(natural > room - report - theatre < _SQUEEZED)
        stack = min(max(180.0, self._natural("stack", x, y, LEFT)), room - report - theatre)
        theatre = min(_THEATRE, room - stack - report)
        report = room - stack - theatre if self.told else report
        for name, h in (("stack", stack), ("theatre", theatre), ("report", report)):
            self.panes[name].place((x, y, LEFT, h))
            y += h + GUTTER

    def _right(self, width: float, height: float) -> None:
        x, y = width - RIGHT - GUTTER, TOP + GUTTER
        room = height - y - GUTTER
        turn = 186.0 if room > 760 else 152.0
        hex_ = min(max(_HEX, self._natural("hex", x, y, RIGHT)), room * 0.42)
        self.panes["hex"].place((x, y, RIGHT, hex_))
        y += hex_ + GUTTER
        orders = min(room - hex_ - turn - 2 * GUTTER, max(150.0, self.orders_height()))
        self.panes["orders"].place((x, y, RIGHT, orders))
        self.panes["turn"].place((x, height - GUTTER - turn, RIGHT, turn))

    def _drawer(self, width: float, height: float) -> Insets:
        w = min(RIGHT, width * 0.52)
        x, y = width - w - 8, TOP + 8
        turn = 32 + 54.0
        self.tabs.place((x, y, w, 36))
        self.panes["turn"].place((x, height - 8 - turn, w, turn))
        for name, _ in TABS:
            pane = self.panes[name]
            pane.shown = self.open and name == self.tab
            pane.place((x, y + 42, w, height - 8 - turn - 6 - y - 42))
        self._save_height(self.panes["stack"].box[3] < 260)
        return Insets(0, TOP, w + 16 if self.open else 0, 0)

    def _save_height(self, small: bool) -> None:
        for tell in self.compact:
            tell(small)

    def _tabs(self, brush: Brush) -> float:
        count = len(TABS) + 1
        each = (brush.width - 10) / count
        for k, (name, label) in enumerate(TABS):
            kind = "on" if self.open and name == self.tab else "quiet"
            brush.button(name, (6 + k * each, 5, each - 3, 26), label, partial(self._choose, name), "", kind, size=11)
        sign = "›" if self.open else "‹"
        brush.button("toggle", (6 + (count - 1) * each, 5, each - 5, 26), sign, self.toggle, "", "quiet", size=15)
        return 36

    def _choose(self, name: str) -> Action | None:
        self.tab, self.open = name, True
        self.tab_chosen()
        return None

    def toggle(self) -> Action | None:
        """Open or close the drawer."""
        self.open = not self.open
        self.tab_chosen()
        return None


def beside(subject: Box, size: tuple[float, float], room: Box, avoid: Sequence[Box], leftwards: bool) -> Box:
    """Where a card of `size` stands: next to `subject`, within `room`, over as little of `avoid` as can be; at the
    left of the subject rather than the right if `leftwards`. All in one measure.
    """
    (x, y, w, h), (cw, ch), gap = subject, size, 10.0
    left, right = (x - gap - cw, 0.0), (x + w + gap, 0.0)
    across = (x + w / 2 - cw / 2, x + w - cw, x, x - cw, x + w)
    down = (y + h / 2 - ch / 2, y + h - ch, y, y - ch, y + h)
    sides = (left, right) if leftwards else (right, left)
    spots = [(at, top) for at, _ in sides for top in down]
    spots += [(at, top) for top in (y + h + gap, y - gap - ch) for at in across]

    def inside(corner: tuple[float, float]) -> Box:
        return (
            max(room[0], min(corner[0], room[0] + room[2] - cw)),
            max(room[1], min(corner[1], room[1] + room[3] - ch)),
            cw,
            ch,
        )

    def hidden(box: Box) -> float:
        return _SUBJECT * overlap(box, subject) + sum(overlap(box, other) for other in avoid)

    return min((inside(corner) for corner in spots), key=hidden)


def overlap(a: Box, b: Box) -> float:
    """Area that two boxes share."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0.0, wide) * max(0.0, high)
