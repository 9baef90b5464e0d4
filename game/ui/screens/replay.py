"""A game played over: step, play, jump to a turn, through any side's eyes or none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pygame

from game.core.columns import force
from game.core.ids import OFF_MAP
from game.ui import keys
from game.ui.actions import Action, Pop
from game.ui.brush import Brush, Tip
from game.ui.mapview import Camera, MapScene
from game.ui.mapview.geometry import centre
from game.ui.match import Frame, Match
from game.ui.pane import Pane
from game.ui.play.desk import Desk
from game.ui.play.facts import in_play
from game.ui.play.hexpane import HexPane
from game.ui.play.layout import GUTTER, LEFT, RIGHT
from game.ui.play.maptip import map_tip
from game.ui.play.reportpane import ReportPane
from game.ui.play.resolve import SECONDS, film_of, report_of
from game.ui.play.scene import SceneMaker
from game.ui.play.telling import ReportItem
from game.ui.play.why import Whys
from game.ui.reel import Reel
from game.ui.screen import Screen
from game.ui.steering import Steering
from game.ui.theme import BRASS, HOVER, LINE, MUTED, TEXT, WARN, WINDOW
from game.ui.words import full_day

if TYPE_CHECKING:
    from game.ui.window import App

TOP, FOOT = 54.0, 66.0
_MARK_ROOM = 70.0
"""Least room between two marks of the timeline."""
OWN_EYES = "While the game lasts you see what your side saw."


class ReplayScreen(Screen):
    """The map, the report of the turn that led here, and the controls of the reel."""

    groups = (keys.EVERYWHERE, keys.LISTS, keys.MAP, keys.RESULT)

    def __init__(self, app: App, match: Match, reel: Reel, changed: bool = False) -> None:
        """`changed`: the game, played over, ends otherwise than it did; the rules have changed since."""
        super().__init__(app)
        self.changed = changed
        self.reel = reel
        self.match = Match(match.session)
        self.match.eyes = match.eyes
        self.turn = 0
        self.playing = False
        self.wide, self.drawer = True, False
        """Whether there is room for the panels; where there is not, whether the report lies open over the map."""
        self.desk = Desk(self.match)
        self.maker = SceneMaker(self.desk, app.settings.local_names)
        self.scene = MapScene()
        self.view = app.map_view(self.match.session.scenario)
        self.camera = Camera(
            self.match.setting.map,
            app.window.get_size(),
            round(40 * app.fonts.scale),
            reduced_motion=app.settings.reduced_motion,
        )
        self._look_at_the_armies()
        self.steer = Steering(app, self.camera)
        self.head = Pane("head", self._head, kind="plain")
        self.report = ReportPane(self.desk, app.keys, self._go, lambda: app.settings.hide_sensitive)
        self.hex = HexPane(self.desk, Whys(self.match, lambda: None))
        self.foot = Pane("reel", self._foot)
        self.panes = [self.report.pane, self.hex.pane, self.head, self.foot]
        self._show(0)

    def layout(self, width: float, height: float) -> None:
        wide = width >= 1000 and height >= 500
        self.head.place((0, 0, width, TOP))
        self.foot.place((GUTTER, height - FOOT - GUTTER, width - 2 * GUTTER, FOOT))
        room = height - TOP - FOOT - 3 * GUTTER
        self.wide = wide
        self.report.pane.shown, self.hex.pane.shown = wide or self.drawer, wide
        self.report.pane.place((GUTTER, TOP + GUTTER, min(LEFT, width * 0.6), room))
        self.hex.pane.place((width - RIGHT - GUTTER, TOP + GUTTER, RIGHT, min(room, 330.0)))
        k = self.app.fonts.scale
        side = round((self.report.pane.box[2] + GUTTER) * k) if self.report.pane.shown else 0
        first = self.camera.insets == (0, 0, 0, 0)
        insets = (side, round(TOP * k), 0, round((FOOT + 2 * GUTTER) * k))
        self.camera.resize(self.app.window.get_size(), insets)
        if first:
            self._look_at_the_armies()

    def on_scale(self) -> None:
        self.view = self.app.map_view(self.match.session.scenario)

    def _look_at_the_armies(self) -> None:
        """Centre on the middle of the forces near the country fought over, or else of all."""
        view = self.reel.view(0, None)
        hexes = [int(view.tables.force_i[force.HEX, f]) for f in in_play(view)]
        near = [h for h in hexes if self.match.near_the_war[h]]
        places = [centre(self.match.setting.map, h) for h in near or hexes]
        if places:
            x, y = (sum(p[k] for p in places) / len(places) for k in (0, 1))
            self.camera.look_at(x, y)

    @property
    def moving(self) -> bool:
        return self.playing or self.view.animation is not None or self.steer.moving

    @property
    def unfinished(self) -> bool:
        return self.view.busy

    # --- the reel ---------------------------------------------------------------------------------------------
    def _show(self, turn: int) -> None:
        """Show the picture after so many turns."""
        self.turn = min(self.reel.turns, max(0, turn))
        self.view.skip_animation()
        self.match.shown = self.reel.view(self.turn, self.match.eyes)
        self.scene = self.maker.base(self.match.shown)
        frames = [Frame(self.reel.records[self.turn - 1], self.match.shown)] if self.turn else []
        self.report.set_items(report_of(self.match, frames) if frames else [])
        self.touch()

    def _step_on(self) -> Action | None:
        """Play one turn."""
        if self.turn >= self.reel.turns:
            self.playing = False
            return None
        before = self.reel.view(self.turn, self.match.eyes)
        after = self.reel.view(self.turn + 1, self.match.eyes)
        frame = Frame(self.reel.records[self.turn], after)
        if self.app.settings.reduced_motion:
            self._show(self.turn + 1)
            return None
        self.turn += 1
        self.view.animation = film_of(before, frame, self.match.eyes, 2 * SECONDS[self.app.settings.speed])
        self.touch("reel", "head")
        return None

    def update(self, seconds: float) -> Action | None:
        if self.steer.update(seconds, self._mouse):
            self._point_at(self._mouse)
        if self.view.animation is not None:
            if not self.view.update(seconds):
                self._show(self.turn)
        elif self.playing:
            self._step_on()
        return None

    def draw_below(self, window: pygame.Surface) -> None:
        self.scene.selected_hex = self.desk.cursor
        self.view.draw(window, self.camera, self.scene)

    # --- painting ---------------------------------------------------------------------------------------------
    def _head(self, brush: Brush) -> float:
        w = self.head.box[2]
        brush.rule(0, TOP - 1, w, BRASS)
        view = self.match.view
        eyes = self.match.eyes
        name = "without fog" if eyes is None else f"as {self.match.setting.sides[eyes].name}"
        caps = self.app.keys.shown
        words = "Each side's knowledge in turn, then everything." if self.match.may_choose_eyes else OWN_EYES
        tip = Tip("Whose eyes", f"Now: {name}. {words}")
        x = w - 112.0
        brush.button("close", (x, 11, 100, 32), "Close", self.back, "Esc")
        x -= 238 if self.wide else 158
        eye = self._eyes if self.match.may_choose_eyes else None
        brush.button("eyes", (x, 11, w - 120 - x, 32), f"Seen {name}", eye, caps("eyes"), "normal", tip)
        if not self.wide:
            x -= 98
            kind = "on" if self.drawer else "normal"
            brush.button("report", (x, 11, 90, 32), "Report", self._toggle_drawer, caps("drawer"), kind)
        words = f"{full_day(self.match.day)} · after turn {view.turn} of {self.reel.turns}"
        brush.text(f"Replay · {self.match.scenario.title}", 16, 18, TEXT, "ui_semibold", 15, "l", x - 26)
        used = brush.text(words, 16, 37, MUTED, "ui", 12, "l", x - 26)
        if self.changed:
            brush.text(
                "the rules have changed: not as it was played", 28 + used, 37, WARN, "ui", 12, "l", x - 38 - used
            )
            tip = Tip(
                "Other rules", "The orders are those that were given, but under the present rules they end otherwise."
            )
            brush.hot("changed", (16, 26, x - 26, 22), None, tip)
        return TOP

    def _foot(self, brush: Brush) -> float:
        caps = self.app.keys.shown
        x, y = 10.0, 10.0
        for key, sign, act, tip in (
            ("first", "back", lambda: self._jump(0), Tip("To the start")),
            ("before", "left", lambda: self._jump(self.turn - 1), Tip("Turn before", f"Key {caps('step_back')}")),
            ("play", "pause" if self.playing else "right", self._toggle, Tip("Play or pause", f"Key {caps('play')}")),
            ("next", "on", self._next, Tip("Next turn", f"Key {caps('step_on')}")),
        ):
            brush.button(key, (x, y, 44, 46), "", act, tip=tip)
            brush.icon(sign, x + 22, y + 23, TEXT, 24)
            x += 50
        left, right = x + 16, brush.width - 20
        count = max(1, self.reel.turns)
        cy = 28.0
        brush.box((left, cy - 3, right - left, 6), WINDOW, 3)
        brush.box((left, cy - 3, (right - left) * self.turn / count, 6), BRASS, 3)
        each = (right - left) / count
        marks = self._time_marks(count, max(1, int((right - left) / _MARK_ROOM)))
        for n in range(count + 1):
            at = left + each * n
            brush.box((at - 0.5, cy + 8, 1, 6), LINE)
            if n in marks:
                brush.text(marks[n], at, cy + 24, MUTED, "ui", 11, "c")
            key = f"turn{n}"
            if brush.is_hover(key):
                brush.box((at - 4, cy - 8, 8, 16), HOVER, 4)
            day = full_day(self.match.setting.date_of(round(n * self.match.setting.days_per_turn * 24)))
            brush.hot(key, (at - each / 2, 6, each, 50), partial(self._jump, n), Tip(f"After turn {n}", day))
            brush.ring(key, (at - 6, cy - 9, 12, 18), 6)
        brush.box((left + each * self.turn - 7, cy - 7, 14, 14), TEXT, 7)
        return self.foot.view_height

    def _time_marks(self, count: int, most: int) -> dict[int, str]:
        """What stands under which turn: the years of a long game, the numbers of the turns of a short one."""
        setting = self.match.setting
        dates = [setting.date_of(round((n + 0.5) * setting.days_per_turn * 24)) for n in range(count + 1)]
        years = [n for n in range(1, count + 1) if dates[n].year != dates[n - 1].year]
        if len(years) < 2:
            return {n: str(n) for n in range(0, count + 1, max(1, -(-count // most)))}
        return {n: str(dates[n].year) for n in years[:: max(1, -(-len(years) // most))]}

    # --- commands ---------------------------------------------------------------------------------------------
    def _jump(self, turn: int) -> Action | None:
        self.playing = False
        self._show(turn)
        return None

    def _next(self) -> Action | None:
        if self.view.animation is not None:
            self._show(self.turn)
            return None
        return self._step_on()

    def _toggle(self) -> Action | None:
        self.playing = not self.playing and self.turn < self.reel.turns
        self.touch("reel")
        return None

    def _toggle_drawer(self) -> Action | None:
        self.drawer = not self.drawer
        self.touch("head")
        self.relayout()
        return None

    def _eyes(self) -> Action | None:
        if not self.match.may_choose_eyes:
            return None
        count = len(self.match.setting.sides)
        row = -1 if self.match.eyes is None else self.match.eyes
        self.match.eyes = row + 1 if row + 1 < count else None
        self._show(self.turn)
        return None

    def _go(self, item: ReportItem) -> Action | None:
        if item.hex != OFF_MAP:
            self.desk.cursor = item.hex
            self.camera.centre_on(item.hex)
            self.touch("hex")
        return None

    def command(self, command: str) -> Action | None:
        if self.steer.command(command):
            return None
        if command == "step_on":
            return self._next()
        if command == "step_back":
            return self._jump(self.turn - 1)
        if command == "play":
            return self._toggle()
        if command == "eyes":
            return self._eyes()
        if command == "drawer":
            return self._toggle_drawer()
        if command == "filter":
            self.report.next_filter()
        elif command == "event":
            item = self.report.next_event()
            return self._go(item) if item is not None else None
        elif command == "fog":
            self.desk.fog = not self.desk.fog
            self._show(self.turn)
        else:
            return super().command(command)
        return None

    def back(self) -> Action | None:
        self.view.skip_animation()
        return Pop()

    def on_event(self, event: pygame.event.Event) -> Action | None:
        clicked = self.steer.on_event(event, self._mouse)
        if clicked is not None:
            self.desk.cursor = self.camera.hex_at(clicked)
            self.touch("hex")
        elif event.type == pygame.MOUSEMOTION and not self.steer.dragging:
            self._point_at(event.pos)
        return None

    def ground_tip(self) -> Tip | None:
        if self._mouse[0] < 0 or self.pane_at(self._mouse) is not None or self.view.animation is not None:
            return None
        return map_tip(self.match.view, self.view.counter_at(self._mouse), self.camera.hex_at(self._mouse), None)

    def released(self) -> None:
        super().released()
        self.steer.let_go()

    def _point_at(self, position: tuple[int, int]) -> None:
        over_map = position[0] >= 0 and self.pane_at(position) is None
        hex_ = self.camera.hex_at(position) if over_map else OFF_MAP
        if hex_ != self.desk.hovered:
            self.desk.hovered = hex_
            self.scene.hovered_hex = hex_
            self.touch("hex")
