"""A screen: panels over a background, one of them under the mouse, one region with the keyboard."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pygame

from game.ui import keys
from game.ui.actions import Action, Pop
from game.ui.brush import KEYCAP_INK, Hot, Marks, Tip
from game.ui.pane import Pane
from game.ui.theme import MUTED, WINDOW
from game.ui.tooltip import draw_tip

if TYPE_CHECKING:
    import pygame_gui

    from game.ui.window import App

TIP_AFTER = 0.35
"""Seconds that the mouse rests before a tooltip comes."""
WHEEL = 48
"""Units that a notch of the wheel scrolls."""


_SCREEN_KEYS = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_ESCAPE, pygame.K_TAB)
"""Keys that a text entry does not get: they press buttons and move the focus."""


_PAGES = ("page_up", "page_down", "to_start", "to_end")


class Screen:
    """Base of all screens. `over` screens let the one below show through, dimmed."""

    over = False
    groups: tuple[str, ...] = (keys.EVERYWHERE, keys.LISTS)
    """Groups of the key table that the screen listens to."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.panes: list[Pane] = []
        self.marks = Marks()
        self.gui: pygame_gui.UIManager | None = None
        self._rested = 0.0
        self._mouse = (-1, -1)
        self._by_keys = False
        self._held: Hot | None = None
        """The region that is drawn along."""
        self._laid_out: object = None

    # --- for screens to fill in -------------------------------------------------------------------------------
    def layout(self, width: float, height: float) -> None:
        """Place the panels; width and height of the window in units at scale 1."""

    def command(self, command: str) -> Action | None:
        """Obey a command of the key table."""
        return self.back() if command == "back" else None

    def back(self) -> Action | None:
        """What Esc does."""
        return Pop()

    def at_risk(self) -> str:
        """What closing the window now would lose, in words; empty if nothing."""
        return ""

    def on_event(self, event: pygame.event.Event) -> Action | None:
        """An event that no panel took."""
        return None

    def update(self, seconds: float) -> Action | None:
        """Let time pass."""
        return None

    def draw_below(self, window: pygame.Surface) -> None:
        """What lies under the panels."""
        if not self.over:
            window.fill(WINDOW)

    @property
    def moving(self) -> bool:
        """Whether the picture changes by itself now, so that every frame counts."""
        return False

    @property
    def unfinished(self) -> bool:
        """Whether the picture still gets better while drawings are made for it, so that it is drawn again soon."""
        return False

    @property
    def stale(self) -> bool:
        """Whether something is to be drawn anew though nothing was pressed or pointed at."""
        return self._laid_out is None or any(pane.stale for pane in self.panes)

    @property
    def due(self) -> float:
        """Seconds until the picture changes by itself, for all that is known now."""
        rests = TIP_AFTER - self._rested
        return rests if rests > 0 else math.inf

    def released(self) -> None:
        """Another screen came on top or the window lost the keyboard: whatever is held down counts as let go."""
        self.marks.pressed = ""
        if self._held is not None:
            self.touch(self._held.id.split(".")[0])
            self._held = None

    def on_scale(self) -> None:
        """The interface scale or the window's size has changed."""

    # --- panels and regions -----------------------------------------------------------------------------------
    def touch(self, *names: str) -> None:
        """Have these panels painted again, or all."""
        for pane in self.panes:
            if not names or pane.name in names:
                pane.touch()

    def let_go(self) -> None:
        """Give back the panels' pictures, until they are painted again."""
        for pane in self.panes:
            pane.let_go()

    def arrange(self, size: tuple[int, int]) -> None:
        """Lay out again if the window or the scale has changed."""
        state = (size, self.app.fonts.scale)
        if state != self._laid_out:
            self._laid_out = state
            self.on_scale()
            self.layout(size[0] / self.app.fonts.scale, size[1] / self.app.fonts.scale)
            self.touch()

    def relayout(self) -> None:
        """Lay out again at the next drawing."""
        self._laid_out = None

    def pane_at(self, position: tuple[int, int]) -> Pane | None:
        """The topmost panel under a point that is in the mouse's way."""
        return next((pane for pane in self._under(position) if pane.in_the_way), None)

    def _under(self, position: tuple[int, int]) -> list[Pane]:
        """All panels under a point, the topmost first."""
        scale = self.app.fonts.scale
        return [p for p in reversed(self.panes) if p.shown and p.rect(scale).collidepoint(position)]

    def hot_at(self, position: tuple[int, int]) -> Hot | None:
        pane = next(iter(self._under(position)), None)
        if pane is None:
            return None
        return next((hot for hot in reversed(pane.hots) if hot.rect.collidepoint(position)), None)

    def hot(self, id_: str) -> Hot | None:
        """The region of that id, if it is on a shown panel."""
        return next((h for p in self.panes if p.shown for h in p.hots if h.id == id_), None)

    def _telling(self) -> list[tuple[Pane, Hot]]:
        """Regions that do something, and those that only say something."""
        return [(p, h) for p in self.panes if p.shown for h in p.hots if h.focusable or h.tip is not None]

    def focus_step(self, by: int) -> None:
        """Move the keyboard to the next region that does something, or the one before."""
        ring = [(p, h) for p, h in self._telling() if h.focusable or h.id == self.marks.focus]
        if not any(h.focusable for _, h in ring):
            return
        ids = [h.id for _, h in ring]
        at = ids.index(self.marks.focus) + by if self.marks.focus in ids else (0 if by > 0 else -1)
        self._focus(*ring[at % len(ring)])

    def focus_towards(self, dx: int, dy: int) -> None:
        """Move the keyboard to the nearest region in a direction, even if it has only a tooltip."""
        here = self.hot(self.marks.focus)
        if here is None:
            self.focus_step(1)
            return
        best: tuple[float, Pane, Hot] | None = None
        for pane, hot in self._telling():
            if hot.id == here.id:
                continue
            ox, oy = hot.rect.centerx - here.rect.centerx, hot.rect.centery - here.rect.centery
            if hot.rect.height == 0 and hot.id.split(".")[0] == here.id.split(".")[0]:
                ox, oy = 0, round((hot.top - here.top) * self.app.fonts.scale)
            forward, aside = (ox * dx, abs(oy)) if dx else (oy * dy, abs(ox))
            if forward > 3 and (best is None or forward + 2 * aside < best[0]):
                best = (forward + 2 * aside, pane, hot)
        if best is not None:
            self._focus(best[1], best[2])

    def _turn_pages(self, command: str) -> None:
        """Page up, page down, Home and End: in the list with the keyboard, or else the panel under the mouse."""
        down = command in ("page_down", "to_end")
        whole = command in ("to_start", "to_end")
        here = self.hot(self.marks.focus)
        if here is not None and ".foot." not in here.id:
            pane = next(p for p in self.panes if here in p.hots)
            rows = [h for h in pane.hots if h.focusable and ".foot." not in h.id]
            goal = (1e9 if down else -1e9) if whole else here.top + (1 if down else -1) * max(40.0, pane.view_height)
            self._focus(pane, min(rows, key=lambda h: (abs(h.top - goal), abs(h.rect.centerx - here.rect.centerx))))
            return
        under = self.pane_at(self._mouse)
        long = [p for p in self.panes if p.shown and p.content > p.view_height + 1]
        pages = under if under in long else long[0] if long else None
        if pages is not None:
            pages.scroll_by((1 if down else -1) * (1e9 if whole else max(40.0, pages.view_height - WHEEL)))

    def _focus(self, pane: Pane, hot: Hot) -> None:
        self.marks.focus = hot.id
        self._by_keys, self._rested = True, 0.0
        pane.reveal(hot)

    # --- the window's calls -----------------------------------------------------------------------------------
    def handle(self, event: pygame.event.Event) -> Action | None:
        """Take one event."""
        if self.gui is not None and not (event.type == pygame.KEYDOWN and event.key in _SCREEN_KEYS):
            taken = self.gui.process_events(event)
            if taken and event.type in (pygame.MOUSEBUTTONDOWN, pygame.KEYDOWN, pygame.TEXTINPUT):
                return None
        if event.type == pygame.KEYDOWN:
            return self._key(event)
        if event.type == pygame.MOUSEMOTION:
            return self._motion(event)
        if event.type == pygame.MOUSEBUTTONDOWN:
            return self._press(event)
        if event.type == pygame.MOUSEBUTTONUP:
            return self._release(event)
        if event.type == pygame.MOUSEWHEEL:
            pane = self.pane_at(self._mouse)
            if pane is not None:
                pane.scroll_by(-event.y * WHEEL)
                return None
        return self.on_event(event)

    def _key(self, event: pygame.event.Event) -> Action | None:
        if self.typing() and event.key not in (pygame.K_TAB, pygame.K_ESCAPE, pygame.K_RETURN):
            return None
        command = self.app.keys.command(event, self.groups)
        if self.marks.focus and event.key in (pygame.K_RETURN, pygame.K_SPACE, pygame.K_KP_ENTER):
            hot = self.hot(self.marks.focus)
            if hot is not None:
                return hot.act() if hot.act is not None else None
        arrows = {pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1)}
        if event.key in arrows and (self.marks.focus or command is None) and not event.mod & pygame.KMOD_SHIFT:
            self.focus_towards(*arrows[event.key])
            return None
        if command in ("next", "previous"):
            self.focus_step(1 if command == "next" else -1)
            return None
        if command in _PAGES:
            self._turn_pages(command)
            return None
        if command is not None:
            return self.command(command)
        return self.on_event(event)

    def typing(self) -> bool:
        """Whether a text entry has the keyboard."""
        return False

    def _draw_along(self, position: tuple[int, int]) -> None:
        """The held region follows the mouse."""
        if self._held is not None:
            self.marks.share = self._held.share(position[0])
            self.touch(self._held.id.split(".")[0])

    def _motion(self, event: pygame.event.Event) -> Action | None:
        self._mouse = event.pos
        if self._held is not None:
            self._draw_along(event.pos)
            return None
        hot = self.hot_at(event.pos)
        hover = hot.id if hot is not None else ""
        if hover != self.marks.hover:
            self.marks.hover = hover
            self._rested = 0.0
        self._by_keys = False
        if not hover:
            self._rested = 0.0
        if self.pane_at(event.pos) is None or self.marks.pressed == "":
            return self.on_event(event)
        return None

    def _press(self, event: pygame.event.Event) -> Action | None:
        self._mouse = event.pos
        if self.pane_at(event.pos) is None:
            self.marks.focus = ""
            return self.on_event(event)
        hot = self.hot_at(event.pos)
        if event.button == 1:
            self.marks.pressed = hot.id if hot is not None else "-"
            self.marks.focus = ""
            if hot is not None and hot.drag is not None:
                self._held = hot
                self._draw_along(event.pos)
        elif event.button == 3 and hot is not None and hot.alternative is not None:
            return hot.alternative()
        return None

    def _release(self, event: pygame.event.Event) -> Action | None:
        if event.button == 1 and self._held is not None:
            held, share = self._held, self._held.share(event.pos[0])
            self.released()
            return held.drag(share) if held.drag is not None else None
        pressed, self.marks.pressed = self.marks.pressed, ""
        if event.button == 1 and pressed:
            hot = self.hot_at(event.pos)
            if hot is not None and hot.id == pressed and hot.act is not None:
                return hot.act()
            return None
        return self.on_event(event)

    def tick(self, seconds: float) -> Action | None:
        """Let time pass for the screen and its tooltip."""
        self._rested += seconds
        if self.gui is not None:
            self.gui.update(seconds)
        return self.update(seconds)

    def draw(self, window: pygame.Surface) -> None:
        """Draw everything."""
        self.arrange(window.get_size())
        self.draw_below(window)
        for pane in self.panes:
            pane.draw(window, self.app.fonts, self.marks)
        self._draw_focus(window)
        if self.gui is not None:
            self.gui.draw_ui(window)
        self.draw_over(window)
        self._draw_tip(window)

    def _draw_focus(self, window: pygame.Surface) -> None:
        """The keyboard's mark about a region that only says something; the others draw their own. And the mouse's about
        a region of a panel that stays as it is.
        """
        hot = self.hot(self.marks.focus) if self.marks.focus else None
        pixels = max(2, round(2 * self.app.fonts.scale))
        if hot is not None and not hot.focusable and hot.rect.height > 0:
            pygame.draw.rect(window, KEYCAP_INK, hot.rect.inflate(pixels, pixels), pixels, border_radius=2 * pixels)
        name = self.marks.hover.split(".")[0]
        if any(pane.shown and pane.still and pane.name == name for pane in self.panes):
            hot = self.hot(self.marks.hover)
            if hot is not None and hot.act is not None:
                pygame.draw.rect(window, MUTED, hot.rect, max(1, pixels // 2), border_radius=2 * pixels)

    def ground_tip(self) -> Tip | None:
        """What a tooltip says where the mouse is on no region of a panel."""
        return None

    def draw_over(self, window: pygame.Surface) -> None:
        """What lies over the panels."""

    def _draw_tip(self, window: pygame.Surface) -> None:
        hot = self.hot(self.marks.focus if self._by_keys else self.marks.hover)
        if hot is not None and not self._by_keys and not hot.rect.collidepoint(self._mouse):
            hot = None  # the panel was laid out anew under a resting mouse
        if self._rested < TIP_AFTER or self.app.top is not self:
            return
        tip = self.ground_tip() if hot is None else hot.tip
        if tip is not None:
            beside = hot.rect if self._by_keys and hot is not None else pygame.Rect(*self._mouse, 4, 12)
            draw_tip(window, self.app.fonts, tip, beside)
