"""pygame_gui for what it does well: text entries and long scrolling texts.

Its stock buttons and lists take no keyboard focus and cannot show chips, bars or charts, so panels are painted by
`game.ui.brush`; both share the palette and the fonts.
"""

from __future__ import annotations

from typing import Any

import pygame
import pygame_gui
from pygame_gui.elements import UITextBox, UITextEntryLine

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
    text = {
        **box,
        "misc": {
            "shape": "rectangle",
            "border_width": "0",
            "shadow_width": "0",
            "padding": f"{round(4 * fonts.scale)},{round(2 * fonts.scale)}",
            "line_spacing": "1.25",
        },
    }
    bar = {
        "colours": {**box["colours"], "dark_bg": _hex(WINDOW), "normal_bg": _hex(HOVER)},
        "misc": {"shape": "rounded_rectangle", "shape_corner_radius": "3", "border_width": "0", "shadow_width": "0"},
    }
    return {
        "text_box": text,
        "text_entry_line": box,
        "vertical_scroll_bar": {**bar, "misc": {**bar["misc"], "enable_arrow_buttons": "0"}},
        "vertical_scroll_bar.button": bar,
        "button": {"font": font, **bar},
        "label": {"font": font},
    }


def manager(window: tuple[int, int], fonts: Fonts) -> pygame_gui.UIManager:
    """A manager whose elements look like the rest of the window at this scale."""
    made = pygame_gui.UIManager(window, enable_live_theme_updates=False)
    made.get_theme().load_theme(_theme(fonts))
    return made


def _pixels(fonts: Fonts, box: Box) -> pygame.Rect:
    k = fonts.scale
    x, y, w, h = box
    return pygame.Rect(round(x * k), round(y * k), round(w * k), round(h * k))


def text_box(made: pygame_gui.UIManager, fonts: Fonts, box: Box, html: str) -> UITextBox:
    """A scrolling text; `box` in units at scale 1."""
    return UITextBox(html, _pixels(fonts, box), made)


def text_entry(made: pygame_gui.UIManager, fonts: Fonts, box: Box, text: str) -> UITextEntryLine:
    """A line to type in."""
    entry = UITextEntryLine(_pixels(fonts, box), made)
    entry.set_text(text)
    return entry


def escaped(words: str) -> str:
    """Plain words for an HTML-like text box: no tags, paragraphs kept."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.strip().replace("\n\n", "<br><br>").replace("\n", " ")
