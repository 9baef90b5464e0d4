"""pygame_gui for what it does well: text entries.

Its stock buttons and lists take no keyboard focus and cannot show chips, bars or charts, so panels are painted by
`game.ui.brush`; both share the palette and the fonts.
"""

from __future__ import annotations

import math
from typing import Any

import pygame
import pygame_gui
from pygame_gui.elements import UITextEntryLine

from game.ui.brush import Box
from game.ui.fonts import FACES, Fonts
from game.ui.resources import asset
from game.ui.theme import BRASS, DIM, HOVER, LINE, MUTED, PANEL, PAPER, RAISED, TEXT, WINDOW, Rgb


def _hex(colour: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


def _theme(fonts: Fonts) -> dict[str, Any]:
    font = {
        "name": "inter",
        "size": str(max(9, round(13 * fonts.scale))),
        "regular_path": str(asset("fonts", FACES["ui"])),
        "bold_path": str(asset("fonts", FACES["ui_semibold"])),
        "italic_path": str(asset("fonts", FACES["ui_italic"])),
        "bold_italic_path": str(asset("fonts", FACES["ui_semibold"])),
    }
    box = {
        "colours": {
            "dark_bg": _hex(PANEL),
            "normal_bg": _hex(RAISED),
            "hovered_bg": _hex(HOVER),
            "normal_text": _hex(TEXT),
            "hovered_text": _hex(TEXT),
            "selected_text": _hex(WINDOW),
            "selected_bg": _hex(BRASS),
            "text_cursor": _hex(BRASS),
            "link_text": _hex(BRASS),
            "link_hover": _hex(PAPER),
            "link_selected": _hex(MUTED),
            "normal_border": _hex(LINE),
            "hovered_border": _hex(BRASS),
            "active_border": _hex(BRASS),
            "selected_border": _hex(BRASS),
            "disabled_bg": _hex(RAISED),
            "disabled_text": _hex(DIM),
            "disabled_border": _hex(LINE),
        },
        "font": font,
        "misc": {"shape": "rounded_rectangle", "shape_corner_radius": "4", "border_width": "1", "shadow_width": "0"},
    }
    return {"text_entry_line": box, "label": {"font": font}}


def manager(window: tuple[int, int], fonts: Fonts) -> pygame_gui.UIManager:
    """A manager whose elements look like the rest of the window at this scale."""
    made = pygame_gui.UIManager(window, enable_live_theme_updates=False)
    made.get_theme().load_theme(_theme(fonts))
    return made


def _pixels(fonts: Fonts, box: Box) -> pygame.Rect:
    k = fonts.scale
    x, y, w, h = box
    return pygame.Rect(round(x * k), round(y * k), round(w * k), round(h * k))


def text_entry(made: pygame_gui.UIManager, fonts: Fonts, box: Box, text: str) -> UITextEntryLine:
    """A line to type in, that has the keyboard. Its cursor stands still: a window that waits draws nothing."""
    entry = UITextEntryLine(_pixels(fonts, box), made)
    entry.set_text(text)
    entry.blink_cursor_time = math.inf
    made.set_focus_set(entry.get_focus_set())
    entry.cursor_has_moved_recently = True
    made.update(0.0)
    return entry
