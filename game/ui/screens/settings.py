"""The settings, each kept as soon as it is changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from game.ui.actions import Action, Pop
from game.ui.brush import Brush, Tip
from game.ui.pane import Pane
from game.ui.screen import Screen
from game.ui.settings import SCALES, SPEEDS
from game.ui.theme import BAD, MUTED, TEXT

if TYPE_CHECKING:
    from game.ui.window import App

CHECKS = (
    ("local_names", "On the map, places in their own spelling (Phnum Pénh); texts keep the plain one (Phnom Penh)"),
    ("hide_sensitive", "Keep texts on atrocity and famine behind one click"),
    ("ask_idle", "Ask, once a game, before a turn ends in which nothing has been ordered"),
    ("edge_pan", "Move the map while the mouse is at the window's edge"),
    ("reduced_motion", "Reduced motion: no moving pictures, the map jumps"),
    ("fullscreen", "Full screen"),
)


class SettingsScreen(Screen):
    """One panel with all settings."""

    over = True

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.notice = ""
        self.pane = Pane("settings", self._body, lambda: ("Settings", "kept at once"), self._foot, 52)
        self.panes = [self.pane]

    def layout(self, width: float, height: float) -> None:
        self.pane.fit(self.app.fonts, self.marks, 560.0, (width, height))

    def _body(self, brush: Brush) -> float:
        x, w = 16.0, brush.width - 32
        brush.text("Size of letters and buttons", x, 26, TEXT)
        each = min(64.0, (w - 210) / len(SCALES) - 6)
        for k, scale in enumerate(SCALES):
            at = brush.width - 16 - (len(SCALES) - k) * (each + 6) + 6
            kind = "on" if abs(self.app.fonts.scale - scale) < 0.01 else "quiet"
            label = f"{scale:g}×"
            brush.button(f"scale{k}", (at, 12, each, 28), label, partial(self._scale, scale), kind=kind)
        brush.text("Pace of a turn's pictures", x, 64, TEXT)
        for k, speed in enumerate(SPEEDS):
            at = brush.width - 16 - (len(SPEEDS) - k) * 86 + 6
            kind = "on" if self.app.settings.speed == speed else "quiet"
            brush.button(f"speed{k}", (at, 50, 80, 28), speed, partial(self._set, "speed", speed), kind=kind)
        y = 104.0
        for name, label in CHECKS:
            on = bool(getattr(self.app.settings, name))
            brush.check(name, x, y, label, on, partial(self._toggle, name), w)
            y += max(32, brush.para_height(label, w - 30) + 14)
        if self.notice:
            y += brush.para(self.notice, x, y - 8, w, BAD) + 8
        return y

    def _foot(self, brush: Brush) -> None:
        tip = Tip("Settings file", str(self.app.settings_path))
        words = "Keys: F1 lists them; the settings file changes them"
        brush.text(words, 16, 26, MUTED, "ui", 12, "l", brush.width - 160)
        brush.hot("file", (12, 10, brush.width - 160, 32), None, tip)
        brush.button("close", (brush.width - 132, 10, 120, 32), "Close", Pop, "Esc")

    def _scale(self, scale: float) -> Action | None:
        self.app.set_scale(scale)
        self._keep()
        return None

    def _set(self, name: str, value: str) -> Action | None:
        setattr(self.app.settings, name, value)
        self._keep()
        return None

    def _toggle(self, name: str) -> Action | None:
        if name == "fullscreen":
            self.app.toggle_fullscreen()
        else:
            setattr(self.app.settings, name, not getattr(self.app.settings, name))
        self._keep()
        return None

    def _keep(self) -> None:
        self.notice = self.app.keep_settings()
        self.touch()
        self.relayout()
