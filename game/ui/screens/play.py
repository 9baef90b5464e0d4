"""The play screen: the map under everything, panels beside it, the turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.core.columns import force
from game.core.ids import OFF_MAP, HexIndex, Order
from game.engine.saves import SaveError
from game.engine.session import Session
from game.ui import keys
from game.ui.actions import Action, Push
from game.ui.brush import Tip
from game.ui.mapview import Camera, MapScene, MapView
from game.ui.match import Match
from game.ui.play.asked import waiting
from game.ui.play.card import BattleCard, Previews
from game.ui.play.desk import Desk
from game.ui.play.hands import Hands
from game.ui.play.hexpane import HexPane
from game.ui.play.layout import Insets, Layout
from game.ui.play.legend import LegendPane
from game.ui.play.maptip import map_tip
from game.ui.play.orderspane import OrdersPane, TurnPane
from game.ui.play.overmap import draw_banner, draw_notice
from game.ui.play.reportpane import ReportPane
from game.ui.play.resolve import Recollection, Resolver
from game.ui.play.scene import SceneMaker
from game.ui.play.stackpane import StackPane
from game.ui.play.telling import ReportItem
from game.ui.play.theatre import TheatrePane
from game.ui.play.topbar import TopBar
from game.ui.play.why import Whys
from game.ui.screen import Screen
from game.ui.screens.dialogs import Choice, Dialog, error_dialog
from game.ui.screens.openings import OPENINGS, opened
from game.ui.screens.result import ResultScreen
from game.ui.screens.saves import ask_save
from game.ui.steering import Steering
from game.ui.words import day_month

if TYPE_CHECKING:
    from game.ui.window import App

ZOOM = 64
"""Pixels a hex at the start, at scale 1."""
SETTLE_S = 0.5
"""Seconds after a turn's pictures in which nobody ends the next: the press may have been meant for the last one."""


class PlayScreen(Screen):
    """One game."""

    groups = (keys.EVERYWHERE, keys.LISTS, keys.RESULT, keys.MAP, keys.PAGES, keys.ORDERS)

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.match = Match(session)
        self.desk = Desk(self.match)
        self.resolver = Resolver(self.match)
        self._recollection = Recollection(self.match, lambda: app.library.reel(session), lambda: app.warm)
        self.maker = SceneMaker(self.desk, app.settings.local_names)
        self.scene: MapScene = MapScene()
        self._stale = True
        self.auto = False
        """Whether turns follow one another without being asked (when watching)."""
        self._settling = 0.0
        """Seconds for which a turn just begun is not ended."""
        self._asked_idle = False
        """Whether it was asked if a turn should end in which nothing was ordered."""
        self.previews = Previews(self.desk, self._preview_ready)
        self.whys = Whys(self.match, lambda: self.touch("top", "stack", "hex"))
        self.top = TopBar(self.match, app.keys, self._open, self.whys)
        self.stack = StackPane(self.desk, app.keys, self._order, self.changed, self.whys)
        self.theatre = TheatrePane(self.desk, app.keys, self.command)
        self.report = ReportPane(self.desk, app.keys, self._go, lambda: app.settings.hide_sensitive)
        self.hex = HexPane(self.desk, self.whys)
        self.orders = OrdersPane(self.desk, app.keys, self.command, self.previews.chance, self.changed)
        self.turn = TurnPane(
            self.desk, app.keys, self._end_or_skip, self._busy_words, lambda: self.resolver.film is not None
        )
        self.card = BattleCard(self.desk, self.previews)
        self.legend = LegendPane(lambda: self.scene, app.keys, self.desk, self.changed)
        parts = [self.stack, self.theatre, self.report, self.hex, self.orders, self.turn, self.top]
        self.layouter = Layout({p.pane.name: p.pane for p in parts}, app.fonts, self.marks)  # type: ignore[attr-defined]
        self.layouter.tab_chosen = self.relayout
        self.layouter.orders_height = self.orders.natural
        self.layouter.compact = (self.stack.compact, self.orders.compact)
        self.panes = [self.legend.pane, self.layouter.tabs, *(p.pane for p in parts), self.card.pane]  # type: ignore[attr-defined]
        self.insets = Insets(0, 0, 0, 0)
        self.view: MapView = app.map_view(self.match.session.scenario)
        size = app.window.get_size()
        zoom = round(ZOOM * app.fonts.scale)
        self.camera = Camera(self.match.setting.map, size, zoom, reduced_motion=app.settings.reduced_motion)
        self.steer = Steering(app, self.camera)
        self.hands = Hands(self.desk, self.steer, app.keys, lambda: self.resolver.busy)
        self._first_look()

    def _first_look(self) -> None:
        stacks = self.match.own_stacks()
        near = [h for h in stacks if self.match.near_the_war[h]]
        if stacks:
            men = self.match.view.tables.force_i[force.MEN]
            biggest = max(near or stacks, key=lambda h: (sum(int(men[f]) for f in self.desk.own_at(h)), -h))
            self.desk.select_hex(biggest)
            self.camera.centre_on(biggest, glide=False)
        else:
            self.camera.fit()

    # --- layout and change ------------------------------------------------------------------------------------
    def on_scale(self) -> None:
        self.view = self.app.map_view(self.match.session.scenario)
        self.layouter.fonts = self.app.fonts
        self.maker.local_names = self.app.settings.local_names
        self.camera.reduced_motion = self.app.settings.reduced_motion
        self._stale = True

    def layout(self, width: float, height: float) -> None:
        self.layouter.reporting, self.layouter.told = self.report.fresh, bool(self.report.items)
        self.insets = self.layouter.place(width, height)
        k = self.app.fonts.scale
        i = self.insets
        pixels = round(i.left * k), round(i.top * k), round(i.right * k), round(i.bottom * k)
        first = self.camera.insets == (0, 0, 0, 0)
        self.camera.resize(self.app.window.get_size(), pixels)
        if first and self.desk.stack != OFF_MAP:
            self.camera.centre_on(self.desk.stack, glide=False)

    def changed(self) -> None:
        """Selection, orders or overlay have changed."""
        self._stale = True
        self.touch("stack", "hex", "orders", "turn", "theatre", "tabs", "top")
        self.card.pane.touch()
        self.relayout()

    def _preview_ready(self) -> None:
        self.touch("orders")
        self.card.pane.touch()

    def _busy_words(self) -> str:
        if self.resolver.thinking:
            return "Thinking…"
        return "Skip the pictures" if self.resolver.film is not None else ""

    def at_risk(self) -> str:
        if self.resolver.busy:
            return "A turn is being resolved; the game is saved as it stood after the turn before."
        unsaved = self.match.unsaved()
        return f"Planned for this turn and not saved: {unsaved}." if unsaved else ""

    @property
    def moving(self) -> bool:
        return self.resolver.film is not None or self.steer.moving or self.desk.telling or self.auto

    @property
    def unfinished(self) -> bool:
        return self.view.busy

    @property
    def stale(self) -> bool:
        return self._stale or super().stale

    # --- time -------------------------------------------------------------------------------------------------
    def update(self, seconds: float) -> Action | None:
        desk = self.desk
        desk.pass_time(seconds)
        self._settling = max(0.0, self._settling - seconds)
        if self.steer.update(seconds, self._mouse):
            self._point_at(self._mouse)
        if not self.resolver.busy:
            self.previews.update()
            self.whys.look(desk.focus_hex, seconds)
            self.whys.update()
            items = self._recollection.take()
            if self._recollection.before is not None:
                self.top.recall(self._recollection.before)
                self._recollection.before = None
                self.whys.forget()
            if items:
                self.report.set_items(items)
                self.report.fresh = False
                self.changed()
        if self.resolver.thinking:
            return self._await_turn()
        if self.resolver.film is not None:
            if not self.view.update(seconds):
                return self._next_impulse()
        elif self.auto and not self.match.world.over:
            return self.end_turn()
        return None

    def _await_turn(self) -> Action | None:
        try:
            taken = self.resolver.take()
        except (RuntimeError, OSError, ValueError) as error:
            self.auto = False
            self.changed()
            return error_dialog(self.app, "The turn could not be resolved", error)
        if not taken:
            return None
        return self._finish_turn() if self.app.settings.reduced_motion else self._next_impulse()

    def _next_impulse(self) -> Action | None:
        made = self.resolver.next_animation(self.app.settings.speed)
        self._stale = True
        self.top.status = f"The turn is being carried out: {day_month(self.match.view.date)}"
        self.touch("top", "turn", "hex")
        if made is None:
            return self._finish_turn()
        self.view.animation = made
        return None

    def _finish_turn(self) -> Action | None:
        self.view.skip_animation()
        items = self.resolver.finish()
        self.top.status = ""
        self.report.set_items(items)
        self.desk.forget()
        self.desk.hovered = OFF_MAP
        self._settling = SETTLE_S
        self.view.open_stack(OFF_MAP)
        self.layouter.tab = "report"
        self.changed()
        self.touch()
        action = self._autosave()
        if self.match.world.over:
            self.auto = False
            return Push(ResultScreen(self.app, self.match))
        return action or (self._open("decisions") if waiting(self.match) else None)

    def _autosave(self) -> Action | None:
        try:
            self.match.autosave(self.app.saves)
        except SaveError as error:
            return error_dialog(self.app, "The game could not be saved by itself", error)
        return None

    def _end_or_skip(self) -> Action | None:
        """What the button does: end the turn, or skip its pictures while they are shown."""
        return self._finish_turn() if self.resolver.film is not None else self._ask_end()

    def _ask_end(self) -> Action | None:
        """End the turn for a person; not by one press too many, and, once a game, not idly without a question."""
        if self._settling > 0 or self.resolver.busy:
            self._settling = SETTLE_S
            if self.resolver.film is not None:
                self.desk.tell(f"{self.app.keys.shown('act')} skips the pictures")
            return None
        if not self._is_idle():
            return self.end_turn()
        self._asked_idle = True
        text = (
            "Nothing has been ordered in this turn. Forces go on with what they were told before; those without an "
            "order dig in where they stand. This is asked once a game; the settings can turn it off."
        )
        choices = (Choice("End the turn", self.end_turn), Choice("Go on planning", None, "primary"))
        return Push(Dialog(self.app, "End the turn with nothing ordered?", text, choices))

    def _is_idle(self) -> bool:
        """Whether nothing is planned though forces could be given orders, and nobody has been asked about it."""
        match = self.match
        asks = self.app.settings.ask_idle and not self._asked_idle and not match.world.over
        return asks and not len(match.orders) and not match.orders.acts and bool(match.own_stacks())

    def end_turn(self) -> Action | None:
        """Begin the end of the turn; after the last turn, show the result."""
        if self.resolver.busy:
            return None
        if self.match.world.over:
            return Push(ResultScreen(self.app, self.match))
        self.top.remember()
        self.top.status = "The other sides are thinking…"
        self.desk.armed = None
        self.resolver.begin()
        self.touch("turn", "top")
        return None

    # --- drawing ----------------------------------------------------------------------------------------------
    def draw_below(self, window: pygame.Surface) -> None:
        if self._stale:
            self._stale = False
            self.scene = self.maker.base(self.match.view) if self.resolver.busy else self.maker.planning()
            awaited = self.desk.overlay == "supply" and self.scene.overlay is None
            self._stale = awaited and not self.resolver.busy
            self.legend.choose(self.app.fonts.scale, self.insets, window.get_size())
        self.view.draw(window, self.camera, self.scene)
        self._place_card(window)

    def _place_card(self, window: pygame.Surface) -> None:
        if self.resolver.busy:
            self.card.hide()
        else:
            self.card.choose()
            self.card.place(self.camera, self.view.stacks.tray, self.insets, window.get_size(), self.app.fonts.scale)

    def ground_tip(self) -> Tip | None:
        if self._mouse[0] < 0 or self.pane_at(self._mouse) is not None or self.steer.dragging:
            return None
        if self.resolver.busy or self.card.pane.shown or self.desk.telling:
            return None
        hit = self.view.counter_at(self._mouse)
        return map_tip(self.match.view, hit, self.camera.hex_at(self._mouse), self.scene.overlay)

    def draw_over(self, window: pygame.Surface) -> None:
        fonts = self.app.fonts
        self.theatre.draw(window, self.view, self.camera, self.scene, fonts.scale)
        desk = self.desk
        if desk.telling:
            at = self._mouse if desk.cursor == OFF_MAP else self.camera.hex_centre(desk.cursor)
            if at[0] < 0 or not window.get_rect().collidepoint(at):
                at = self.steer.middle()
            refused = desk.refusal_left > 0
            draw_notice(window, fonts, desk.refusal if refused else desk.notice, (round(at[0]), round(at[1])), refused)
        if self.resolver.thinking:
            draw_banner(window, fonts, "The other sides are thinking", self.insets)

    # --- the mouse on the map ---------------------------------------------------------------------------------
    def on_event(self, event: pygame.event.Event) -> Action | None:
        clicked = self.steer.on_event(event, self._mouse)
        if clicked is not None:
            self._click(clicked)
        elif event.type == pygame.MOUSEMOTION and not self.steer.dragging:
            if self.desk.looked_at != OFF_MAP:
                self.desk.look_at(OFF_MAP)
                self.changed()
            self._point_at(event.pos)
        elif event.type == pygame.MOUSEBUTTONUP and event.button == 3:
            self._usual_order(event.pos)
        return None

    def released(self) -> None:
        super().released()
        self.steer.let_go()

    def _press(self, event: pygame.event.Event) -> Action | None:
        if event.button == 1 and self.theatre.jump(event.pos, self.camera, not self.app.settings.reduced_motion):
            return None
        return super()._press(event)

    def _point_at(self, position: tuple[int, int]) -> None:
        over_map = position[0] >= 0 and self.pane_at(position) is None
        hex_ = self._hex_under(position) if over_map else OFF_MAP
        if hex_ == self.desk.hovered:
            return
        self.desk.hovered = hex_
        if not self.resolver.busy:
            self.maker.point(self.scene)
        self.touch("hex")

    def _hex_under(self, position: tuple[int, int]) -> HexIndex:
        """The hex that is aimed at by pointing there: that of a counter or the ground, as if no stack were opened."""
        hit = self.view.counter_at(position, fan=False)
        return hit.hex if hit is not None else self.camera.hex_at(position)

    def _click(self, position: tuple[int, int]) -> None:
        hit = self.view.counter_at(position)
        hex_ = self._hex_under(position) if hit is None or self.desk.armed is not None else hit.hex
        self.hands.click(hex_, hit, self.view, bool(pygame.key.get_mods() & pygame.KMOD_SHIFT))
        if self.layouter.tab == "report" and self.desk.selected:
            self.layouter.tab = "stack"
        self.changed()

    def _usual_order(self, position: tuple[int, int]) -> None:
        if self.hands.usual_order(self._hex_under(position)):
            self.changed()

    # --- commands ---------------------------------------------------------------------------------------------
    def command(self, command: str) -> Action | None:
        if command in ("act", "back") and self.resolver.film is not None:
            return self._finish_turn()
        if self.steer.command(command):
            return None
        if self.hands.command(command):
            if self.view.open_hex != self.desk.stack:
                self.view.open_stack(OFF_MAP)
            if command in ("next_stack", "previous_stack", "unordered", "next_force"):
                self.layouter.tab = "stack"
            self.changed()
            return None
        return self._window_command(command)

    def _window_command(self, command: str) -> Action | None:
        if command == "end_turn":
            return self._enter()
        if command in OPENINGS:
            return self._open(command)
        if command == "save":
            return None if self.resolver.busy else ask_save(self.app, self.match)
        if command == "back":
            return self.back()
        if command == "eyes":
            self._next_eyes()
        elif command == "panels":
            if self.marks.focus:
                self.marks.focus = ""
            else:
                self.focus_step(1)
        elif command == "drawer":
            self.layouter.toggle()
        elif command == "event":
            item = self.report.next_event()
            return self._go(item) if item is not None else None
        elif command == "filter":
            self.report.next_filter()
        elif command == "play" and self.match.side is None:
            self.auto = not self.auto
        self.changed()
        return None

    def _enter(self) -> Action | None:
        """End the turn; but an order that is being aimed with the hex cursor is given first."""
        if not self.hands.aiming:
            return self._ask_end()
        self.hands.act()
        self.changed()
        return None

    def _order(self, kind: Order) -> Action | None:
        self.hands.order(kind)
        self.changed()
        return None

    def _next_eyes(self) -> None:
        if self.match.may_choose_eyes and not self.resolver.busy:
            self.match.next_eyes()
            self.desk.forget()
            self.touch()
        else:
            self.desk.refuse("only who watches may choose whose eyes; you see what your side sees")

    def _go(self, item: ReportItem) -> Action | None:
        if item.hex != OFF_MAP:
            self.desk.look_at(item.hex)
            self.camera.centre_on(item.hex)
            self.changed()
        return None

    def _open(self, command: str) -> Action | None:
        found = opened(self.app, self.match, command, self.resolver.busy)
        if isinstance(found, str):
            self.desk.refuse(found)
            return None
        return found

    def back(self) -> Action | None:
        if self.marks.focus:
            self.marks.focus = ""
            return None
        if self.desk.let_go():
            self.view.open_stack(OFF_MAP)
            self.changed()
            return None
        return self._open("menu")
