"""The one table of keys: the window listens by it, the help page prints it, the settings file may change it.

A key is written as a person would say it: 'm', 'shift+tab', 'ctrl+s', 'f3'; or, where its place matters and not what it
types, by what a US keyboard types there: 'place:w', 'shift+place:w'. Buttons show a command's first key.

Which key that is on the keyboard at hand, in this order:

1. A place is the key that lies there, whatever it types: W A S D stand as a cross and 1 to 6 as a row on any keyboard.
2. A letter is the key that types it. If that key is in a place that another command has, the two change: the letter
   goes to the key that types the place's own letter. So on a French keyboard, where the key in W's place types Z, the
   map moves by that key and Z's command is given by the key that types W. Chords differ by their modifiers: Ctrl+Z
   stays with Z.
3. A letter that the keyboard does not type, as a Russian or Thai one types no Latin letters, is the key in its place
   on a US keyboard, unless that key has a command by one of the first two.
4. A digit or mark is also given by typing it with Shift, as French keyboards ask for.

Keys of a person's own go before all those of the table. Keys are shown by what they type here; by the Latin letter that
a US keyboard has in the place if the screens' letters do not hold the sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pygame

from game.ui.keyboard import US, Keyboard, us_place

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
    Binding("back", "Back, close, let go of the selection, skip the pictures", EVERYWHERE, ("esc",)),
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
    Binding("pan_up", "Move the map north", MAP, ("place:w", "up")),
    Binding("pan_left", "Move the map west", MAP, ("place:a", "left")),
    Binding("pan_down", "Move the map south", MAP, ("place:s", "down")),
    Binding("pan_right", "Move the map east", MAP, ("place:d", "right")),
    Binding("cursor_up", "Hex cursor north", MAP, ("shift+up", "shift+place:w")),
    Binding("cursor_left", "Hex cursor west", MAP, ("shift+left", "shift+place:a")),
    Binding("cursor_down", "Hex cursor south", MAP, ("shift+down", "shift+place:s")),
    Binding("cursor_right", "Hex cursor east", MAP, ("shift+right", "shift+place:d")),
    Binding(
        "act",
        "At the hex cursor: select, or give the order; while a turn is shown: skip the pictures",
        MAP,
        ("space",),
    ),
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
    Binding("page_map", "The map", PAGES, ("place:1",)),
    Binding("page_diplomacy", "Diplomacy: relations, treaties, proposals, the United Nations", PAGES, ("place:2",)),
    Binding("page_home", "Politics and economy: money, men, policies", PAGES, ("place:3",)),
    Binding("page_peace", "Peace process", PAGES, ("place:4",)),
    Binding("page_ledger", "Harm ledger", PAGES, ("place:5",)),
    Binding("decisions", "Decisions that wait for an answer", PAGES, ("place:6",)),
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
    Binding("end_turn", "End the turn", ORDERS, ("enter", "e", "ctrl+enter", "kp_enter")),
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


_PLACE = "place:"
_SHOWABLE = (range(0x21, 0x7F), range(0xA1, 0x250), range(0x1E00, 0x1F00), range(0x2010, 0x2100))
"""Signs that the screens' letters hold: Latin ones, and marks."""


@dataclass(frozen=True)
class Chord:
    """A key with its modifiers. `key`: what it types, as a key code; if `by_place`, what a US keyboard types there."""

    key: int
    modifiers: frozenset[str]
    by_place: bool = False


def chord(text: str) -> Chord:
    """Read 'ctrl+s' or 'shift+place:w'. ValueError for a key that does not exist."""
    *modifiers, name = text.lower().split("+") if not text.endswith("+") else [*text[:-1].split("+")[:-1], "+"]
    unknown = [m for m in modifiers if m not in _MODIFIERS]
    by_place, name = name.startswith(_PLACE), name.removeprefix(_PLACE)
    try:
        key = pygame.key.key_code(_NAMES.get(name, name))
    except ValueError:
        key = pygame.K_UNKNOWN
    if unknown or key == pygame.K_UNKNOWN or (by_place and us_place(key) is None):
        raise ValueError(
            f"there is no key {text!r}; write for example 'm', 'f3', 'shift+tab', 'ctrl+s', or 'place:w' for the key "
            "that lies where W does on a US keyboard"
        )
    return Chord(key, frozenset(modifiers), by_place)


_OWN, _AT_PLACE, _BY_LETTER, _FALLEN_BACK = range(4)
"""How a command came to a key; the lower goes before the higher."""


class KeyMap:
    """Which command a pressed key gives, with a person's own choices put over the table."""

    def __init__(self, own: Mapping[str, str] | None = None, keyboard: Keyboard | None = None) -> None:
        """`own`: command -> keys separated by blanks. Wrong entries are left out and named in `faults`."""
        self.faults: list[str] = []
        self._chords: dict[str, tuple[Chord, ...]] = {b.id: tuple(chord(k) for k in b.keys) for b in BINDINGS}
        self._own: set[str] = set()
        for command, keys in (own or {}).items():
            if command not in COMMANDS:
                self.faults.append(f"there is no command {command!r}")
                continue
            try:
                self._chords[command] = tuple(chord(k) for k in keys.split())
                self._own.add(command)
            except ValueError as error:
                self.faults.append(f"{command}: {error}")
        self.changed: Callable[[], None] = lambda: None
        """Called when the keyboard turns out to be another, so that its keys have other names."""
        self.learn(keyboard or Keyboard())

    def learn(self, keyboard: Keyboard) -> None:
        """Take another keyboard for the one at hand."""
        self.keyboard = keyboard
        self._taken = {
            (us_place(c.key), c.modifiers)
            for command, chords in self._chords.items()
            for c in chords
            if c.by_place and command not in self._own
        }
        """Places that commands of the table have, with the modifiers."""
        self.changed()

    def chords(self, command: str) -> tuple[Chord, ...]:
        return self._chords[command]

    def shown(self, command: str) -> str:
        """The first key of a command as buttons show it; empty if it has none."""
        chords = self._chords[command]
        return self.named(chords[0], command) if chords else ""

    def caps(self, command: str) -> list[str]:
        """All keys of a command as the help shows them, each once."""
        return list(dict.fromkeys(self.named(c, command) for c in self._chords[command]))

    def named(self, c: Chord, command: str) -> str:
        """'Ctrl+S', as the keys are on this keyboard."""
        place, _ = self._found(c, command)
        sign = self.keyboard.sign(place) if place is not None else None
        key = c.key if place is None else sign if sign is not None and _is_showable(sign) else US[place]
        parts = [m.capitalize() for m in ("ctrl", "alt", "shift") if m in c.modifiers]
        return "+".join([*parts, _key_name(key)])

    def command(self, event: pygame.event.Event, among: tuple[str, ...]) -> str | None:
        """The command that a KEYDOWN event gives. Where a key has several, the one that has come to it the straighter
        way (see above), then that of the group which stands last in `among`.
        """
        if self.keyboard.is_denied_by(event):
            self.learn(self.keyboard.corrected(event))
        held = frozenset(name for name, mask in _MODIFIERS.items() if event.mod & mask)
        given = [
            (way, -among.index(binding.group), n, binding.id)
            for n, binding in enumerate(BINDINGS)
            if binding.group in among
            for c in self._chords[binding.id]
            if (way := self._way(event, held, c, binding.id)) is not None
        ]
        return min(given)[-1] if given else None

    def is_key_of(self, event: pygame.event.Event, command: str) -> bool:
        """Whether the key of an event is one of the command's, whatever modifiers are held."""
        return any(self._way(event, c.modifiers, c, command) is not None for c in self._chords[command])

    def _way(self, event: pygame.event.Event, held: frozenset[str], c: Chord, command: str) -> int | None:
        """How an event, with these modifiers held, comes to be the chord; None if it is not."""
        if held != c.modifiers:
            typed = not c.modifiers and held == {"shift"} and event.unicode == _sign(c.key) != ""
            return _FALLEN_BACK if typed else None
        place, way = self._found(c, command)
        if place is not None and event.scancode:
            return way if event.scancode == place else None
        return way if event.key == c.key else None

    def _found(self, c: Chord, command: str) -> tuple[int | None, int]:
        """Place of the chord's key on this keyboard, and how it was found; None: it has no such place, as Tab."""
        own = command in self._own
        if c.by_place:
            return us_place(c.key), _OWN if own else _AT_PLACE
        place = self.keyboard.place(c.key)
        if own and place is not None:
            return place, _OWN
        seen = set()
        while place is not None and (place, c.modifiers) in self._taken and place not in seen:
            seen.add(place)
            place = self.keyboard.place(US[place])
        if place is not None and place not in seen:
            return place, _BY_LETTER
        fallen = us_place(c.key)
        return fallen, _BY_LETTER if fallen is None else _FALLEN_BACK


def _sign(key: int) -> str:
    """The sign of a key code, if it is a digit or a mark."""
    return chr(key) if _is_showable(key) and not chr(key).isalpha() else ""


def _is_showable(sign: int) -> bool:
    return any(sign in signs for signs in _SHOWABLE)


def _key_name(key: int) -> str:
    """'Enter', 'F3', 'M', 'É', 'ß'."""
    name = chr(key) if _is_showable(key) else pygame.key.name(key)
    if len(name) > 1:
        return _SHOWN.get(name, name.upper() if name[1:].isdigit() else name.capitalize())
    return _SHOWN.get(name, name.upper() if len(name.upper()) == 1 else name)
