"""The one table of keys: the window listens by it, the help page prints it, the settings file may change it.

A key is written as a person would say it: 'm', 'shift+tab', 'ctrl+s', 'f3'. A command's first key is the one that
buttons show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pygame

EVERYWHERE, LISTS, MAP, ORDERS, RESULT = "Everywhere", "Lists", "Map", "Orders", "Result and replay"
PAGES = "Pages"
GROUPS = (EVERYWHERE, LISTS, MAP, PAGES, ORDERS, RESULT)

_NAMES = {
    "enter": "return",
    "esc": "escape",
    "plus": "+",
    "minus": "-",
    "pageup": "page up",
    "pagedown": "page down",
    "kp_enter": "enter",
    "kp_plus": "[+]",
    "kp_minus": "[-]",
}
_SHOWN = {
    "return": "Enter",
    "enter": "Num Enter",
    "[+]": "Num +",
    "[-]": "Num −",
    "escape": "Esc",
    "page up": "PgUp",
    "page down": "PgDn",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "-": "−",
}
_LETTERS = 1
"""Names of keys up to this length are letters and signs, and shown as capitals; longer ones begin with one."""
_MODIFIERS = {"ctrl": pygame.KMOD_CTRL, "shift": pygame.KMOD_SHIFT, "alt": pygame.KMOD_ALT}


@dataclass(frozen=True)
class Binding:
    """A command and the keys that give it."""

    id: str
    label: str
    group: str
    keys: tuple[str, ...]


BINDINGS: tuple[Binding, ...] = (
    Binding("help", "This list of keys", EVERYWHERE, ("f1",)),
    Binding("next", "Next button or row", EVERYWHERE, ("tab",)),
    Binding("previous", "Previous button or row", EVERYWHERE, ("shift+tab",)),
    Binding("accept", "Press the marked button; in a dialog: its answer", EVERYWHERE, ("enter", "kp_enter")),
    Binding("back", "Back, close, let go of the selection", EVERYWHERE, ("esc",)),
    Binding("fullscreen", "Full screen on or off", EVERYWHERE, ("f11",)),
    Binding(
        "larger", "Larger letters and buttons", EVERYWHERE, ("ctrl+plus", "ctrl+=", "ctrl+shift+=", "ctrl+kp_plus")
    ),
    Binding("smaller", "Smaller letters and buttons", EVERYWHERE, ("ctrl+minus", "ctrl+kp_minus")),
    Binding("load", "Load a saved game", EVERYWHERE, ("ctrl+o",)),
    Binding("page_up", "A page up", LISTS, ("pageup",)),
    Binding("page_down", "A page down", LISTS, ("pagedown",)),
    Binding("to_start", "To the first line", LISTS, ("home",)),
    Binding("to_end", "To the last line", LISTS, ("end",)),
    Binding("save", "Save the game", MAP, ("ctrl+s",)),
    Binding("menu", "Game menu", MAP, ("f10",)),
    Binding("aims", "Briefing and objectives", MAP, ("i",)),
    Binding("pan_up", "Move the map north", MAP, ("w", "up")),
    Binding("pan_left", "Move the map west", MAP, ("a", "left")),
    Binding("pan_down", "Move the map south", MAP, ("s", "down")),
    Binding("pan_right", "Move the map east", MAP, ("d", "right")),
    Binding("cursor_up", "Hex cursor north", MAP, ("shift+up", "shift+w")),
    Binding("cursor_left", "Hex cursor west", MAP, ("shift+left", "shift+a")),
    Binding("cursor_down", "Hex cursor south", MAP, ("shift+down", "shift+s")),
    Binding("cursor_right", "Hex cursor east", MAP, ("shift+right", "shift+d")),
    Binding("act", "At the hex cursor: select, or give the order", MAP, ("space",)),
    Binding("zoom_in", "Closer", MAP, ("plus", "=", "shift+=", "kp_plus")),
    Binding("zoom_out", "Farther", MAP, ("minus", "kp_minus")),
    Binding("centre", "Centre on the selection", MAP, ("c",)),
    Binding("supply", "Supply overlay on or off", MAP, ("f3",)),
    Binding("control", "Control overlay on or off", MAP, ("f4",)),
    Binding("support", "Support overlay on or off", MAP, ("f5",)),
    Binding("next_movement", "Support overlay: next movement", MAP, ("shift+f5",)),
    Binding("people", "People overlay on or off", MAP, ("f8",)),
    Binding("mines", "Mines overlay on or off", MAP, ("f9",)),
    Binding("season", "Season overlay (mud, flood, lake) on or off", MAP, ("f12",)),
    Binding("reach", "Reach of the selection on or off", MAP, ("g",)),
    Binding("fog", "Fog on or off", MAP, ("v",)),
    Binding("eyes", "Whose eyes: next side or none (when watching or replaying)", MAP, ("k",)),
    Binding("panels", "Keyboard to the panels, and back to the map", MAP, ("f6",)),
    Binding("drawer", "Open or close the drawer of panels (small window or large letters)", MAP, ("f7",)),
    Binding("event", "Jump to the next event of the report", MAP, ("j",)),
    Binding("filter", "Report: next filter", MAP, ("l",)),
    Binding("page_map", "The map", PAGES, ("1",)),
    Binding("page_diplomacy", "Diplomacy: relations, treaties, proposals, the United Nations", PAGES, ("2",)),
    Binding("page_home", "Politics and economy: money, men, policies", PAGES, ("3",)),
    Binding("page_peace", "Peace process", PAGES, ("4",)),
    Binding("page_ledger", "Harm ledger", PAGES, ("5",)),
    Binding("decisions", "Decisions that wait for an answer", PAGES, ("6",)),
    Binding("next_stack", "Next stack of yours", ORDERS, ("tab",)),
    Binding("previous_stack", "Previous stack of yours", ORDERS, ("shift+tab",)),
    Binding("unordered", "Next force without an order", ORDERS, ("f",)),
    Binding("next_force", "Next force of the stack, then the whole stack", ORDERS, ("n",)),
    Binding("move", "Move", ORDERS, ("m",)),
    Binding("attack", "Assault", ORDERS, ("x",)),
    Binding("withdraw", "Withdraw avoiding battle", ORDERS, ("q",)),
    Binding("hold", "Dig in and hold", ORDERS, ("h",)),
    Binding("ambush", "Lie in ambush", ORDERS, ("b",)),
    Binding("raid", "Raid supply traffic", ORDERS, ("r",)),
    Binding("rest", "Rest and refit", ORDERS, ("t",)),
    Binding("patrol", "Patrol", ORDERS, ("u",)),
    Binding("sweep", "Sweep for bands", ORDERS, ("shift+u",)),
    Binding("sabotage", "Break roads and rail", ORDERS, ("shift+r",)),
    Binding("clear", "Clear mines", ORDERS, ("shift+c",)),
    Binding("cancel_order", "Take back the order of the selection", ORDERS, ("delete", "backspace")),
    Binding("undo", "Undo", ORDERS, ("z", "ctrl+z")),
    Binding("redo", "Redo", ORDERS, ("y", "ctrl+y")),
    Binding(
        "end_turn",
        "End the turn; while it is shown: skip the pictures",
        ORDERS,
        ("enter", "e", "ctrl+enter", "kp_enter"),
    ),
    Binding("replay", "Replay the game", RESULT, ("p",)),
    Binding("step_on", "Replay: next turn", RESULT, (".",)),
    Binding("step_back", "Replay: turn before", RESULT, (",",)),
    Binding("play", "Replay, or the turns that you watch: play or pause", RESULT, ("o",)),
)

REPEATED = frozenset(
    f"{what}_{way}" for what in ("pan", "cursor") for way in ("up", "left", "down", "right")
) | {
    "next", "previous", "page_up", "page_down", "zoom_in", "zoom_out", "next_stack", "previous_stack", "unordered",
    "next_force", "undo", "redo", "step_on", "step_back",
}  # fmt: skip
"""Commands that are given again and again while their key is held down; all others once a press."""
ARROWS = (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN)

COMMANDS: dict[str, Binding] = {binding.id: binding for binding in BINDINGS}


@dataclass(frozen=True)
class Chord:
    """A key with its modifiers."""

    key: int
    modifiers: frozenset[str]

    @property
    def shown(self) -> str:
        """'Ctrl+S'."""
        name = pygame.key.name(self.key)
        parts = [m.capitalize() for m in ("ctrl", "alt", "shift") if m in self.modifiers]
        return "+".join(
            [
                *parts,
                _SHOWN.get(name, name.upper() if len(name) <= _LETTERS or name[1:].isdigit() else name.capitalize()),
            ]
        )


def chord(text: str) -> Chord:
    """Read 'ctrl+s'. ValueError for a key that does not exist."""
    *modifiers, name = text.lower().split("+") if not text.endswith("+") else [*text[:-1].split("+")[:-1], "+"]
    unknown = [m for m in modifiers if m not in _MODIFIERS]
    try:
        key = pygame.key.key_code(_NAMES.get(name, name))
    except ValueError:
        key = pygame.K_UNKNOWN
    if unknown or key == pygame.K_UNKNOWN:
        raise ValueError(f"there is no key {text!r}; write for example 'm', 'f3', 'shift+tab' or 'ctrl+s'")
    return Chord(key, frozenset(modifiers))


class KeyMap:
    """Which command a pressed key gives, with a person's own choices put over the table."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """`own`: command -> keys separated by blanks. Wrong entries are left out and named in `faults`."""
        self.faults: list[str] = []
        self._chords: dict[str, tuple[Chord, ...]] = {b.id: tuple(chord(k) for k in b.keys) for b in BINDINGS}
        for command, keys in (own or {}).items():
            if command not in COMMANDS:
                self.faults.append(f"there is no command {command!r}")
                continue
            try:
                self._chords[command] = tuple(chord(k) for k in keys.split())
            except ValueError as error:
                self.faults.append(f"{command}: {error}")

    def chords(self, command: str) -> tuple[Chord, ...]:
        return self._chords[command]

    def shown(self, command: str) -> str:
        """The first key of a command as buttons show it; empty if it has none."""
        chords = self._chords[command]
        return chords[0].shown if chords else ""

    def command(self, event: pygame.event.Event, among: tuple[str, ...]) -> str | None:
        """The command that a KEYDOWN event gives, looked for in the groups `among` from the last to the first."""
        held = frozenset(name for name, mask in _MODIFIERS.items() if event.mod & mask)
        for group in reversed(among):
            for binding in BINDINGS:
                if binding.group == group and any(
                    c.key == event.key and c.modifiers == held for c in self._chords[binding.id]
                ):
                    return binding.id
        return None
