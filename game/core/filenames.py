"""Whether a name that a person gives makes a good file: on this system, and on those that the file may be taken to."""

from __future__ import annotations

from game.core.texts import blank, unfit

MOST_BYTES = 255
"""Of a name in UTF-8, on the file systems in use."""
_FORBIDDEN = frozenset('/\\:*?"<>|')
_PORTS = (f"{port}{k}" for port in ("com", "lpt") for k in "0123456789¹²³")
_DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))
"""Names that Windows keeps for devices, whatever stands after a point."""


def name_fault(name: str, suffix: str = "") -> str:
    """What is wrong with the name of a file to be written, and what to do; empty if it is good.

    `suffix` is what the program puts behind it.
    """
    if blank(name):
        return "Please type a name"
    if unfit(name) or set(name) & {*_FORBIDDEN, "\t", "\n"}:
        return 'Leave out / \\ : * ? " < > | and signs that show nothing'
    if name.startswith((".", " ")) or name.endswith((".", " ")):
        return "Begin and end with a letter, not with a point or a space"
    if name.split(".")[0].rstrip().lower() in _DEVICES:
        return f"Windows keeps the name {name.split('.')[0].rstrip()} for a device: add a word"
    room = MOST_BYTES - len(suffix.encode())
    if (size := len(name.encode())) > room:
        return f"Too long: {size} bytes, and a name has {room}: {room} plain letters, or {room // 3} Khmer ones"
    return ""


def good_name(text: str, suffix: str = "") -> str:
    """A good name for a file about something, as like its title as may be."""
    name = "".join(" " if c in _FORBIDDEN or c.isspace() or unfit(c) else c for c in text)
    name = " ".join(name.split()).strip(". ")
    while name and name_fault(name, suffix).startswith("Too long"):
        name = name[:-1].rstrip(". ")
    return name if not name_fault(name, suffix) else f"Game {name}".strip()
