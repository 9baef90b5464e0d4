"""What the window remembers between games: one small JSON file, written whole or not at all."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from game.core.files import make_folder, write_whole

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
SPEEDS = ("slow", "normal", "fast")


@dataclass
class Settings:
    """A person's choices."""

    scale: float = 1.0
    """Size of letters and buttons, 1..2."""
    width: int = 1920
    height: int = 1080
    """Size of the window when it is not maximised."""
    maximised: bool = True
    fullscreen: bool = False
    speed: str = "normal"
    """Pace of the pictures while a turn is resolved; one of SPEEDS."""
    reduced_motion: bool = False
    """No moving pictures: the turn's end is shown at once, the map jumps instead of gliding."""
    edge_pan: bool = True
    """The map moves while the mouse is at the window's edge."""
    local_names: bool = False
    """Places on the map in their own spelling, with diacritics, and not as all texts spell them."""
    hide_sensitive: bool = True
    """Texts on atrocity and famine stay behind one click."""
    ask_idle: bool = True
    """Ask, once a game, before a turn ends in which nothing has been ordered."""
    note_read: bool = False
    """The content note has been read and need not be asked for again."""
    keys: dict[str, str] = field(default_factory=dict)
    """Own keys: command -> keys, as in game.ui.keys; 'undo': 'z ctrl+z', 'pan_up': 'place:w up'."""


def settings_path() -> Path:
    """Where the settings are kept on this machine."""
    return Path(platformdirs.user_config_dir("kampuchea", appauthor=False)) / "settings.json"


def saves_folder() -> Path:
    """Where games are saved unless somebody says otherwise."""
    return Path(platformdirs.user_data_dir("kampuchea", appauthor=False)) / "saves"


def load_settings(path: Path) -> tuple[Settings, list[str]]:
    """The settings in `path` and what was wrong with them, in words. Whatever is wrong falls back to the default."""
    try:
        raw = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [f"The settings in {path} cannot be read ({error}); the usual ones are used."]
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return Settings(), [f"The settings in {path} are not valid JSON; the usual ones are used."]
    if not isinstance(found, dict):
        return Settings(), [f"The settings in {path} are not a list of names and values; the usual ones are used."]
    return _checked(found, path)


def _checked(found: dict[str, Any], path: Path) -> tuple[Settings, list[str]]:
    settings, notices = Settings(), []
    known = {f.name for f in fields(Settings)}
    for name, value in found.items():
        if name not in known:
            notices.append(f"{path.name}: there is no setting {name!r}; it is left out.")
        elif _fits(name, value, getattr(settings, name)):
            setattr(settings, name, type(getattr(settings, name))(value))
        else:
            notices.append(f"{path.name}: {value!r} is no value for {name!r}; {getattr(settings, name)!r} is used.")
    return settings, notices


def _fits(name: str, value: Any, default: Any) -> bool:
    if isinstance(default, bool):
        return isinstance(value, bool)
    if name == "scale":
        return isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 2
    if name in ("width", "height"):
        return isinstance(value, int) and not isinstance(value, bool) and 320 <= value <= 16384
    if name == "speed":
        return value in SPEEDS
    return isinstance(value, dict) and all(isinstance(k, str) and isinstance(v, str) for k, v in value.items())


def store_settings(settings: Settings, path: Path) -> None:
    """Write the settings so that a crash leaves the old file or the new one, never half of one. OSError if it fails."""
    make_folder(path.parent)
    write_whole(path, json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n")
