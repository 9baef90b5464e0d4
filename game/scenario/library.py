"""Where scenarios, maps and rulesets are: those that come with the game, and a user's own anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import platformdirs

SCENARIO_FILE = "scenario.yaml"
_FILES = (SCENARIO_FILE, "factions.yaml", "forces.yaml", "events.yaml")
OWN_FOLDERS = "KAMPUCHEA_SCENARIOS"
"""Environment variable: further folders of scenarios, separated as in PATH."""


def data_folder() -> Path:
    """The folder of shipped scenarios: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data" / "scenarios"
    return installed if installed.is_dir() else package.parent / "scenarios"


def assets_folder() -> Path:
    """The folder of shipped assets, found likewise."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data" / "assets"
    return installed if installed.is_dir() else package.parent / "assets"


def list_scenarios() -> tuple[str, ...]:
    """Ids of the shipped scenarios, in order of name."""
    folder = data_folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{SCENARIO_FILE}")))


def own_folder() -> Path:
    """The folder for a user's own scenarios; it need not be there."""
    return Path(platformdirs.user_data_dir("kampuchea", appauthor=False)) / "scenarios"


def own_folders() -> tuple[Path, ...]:
    """Folders of a user's own scenarios: those that KAMPUCHEA_SCENARIOS names, then `own_folder`."""
    named = [Path(part).expanduser() for part in os.environ.get(OWN_FOLDERS, "").split(os.pathsep) if part]
    return (*named, own_folder())


def own_scenarios(named: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Folders of a user's own scenarios, absolute, each once: `named` and what is in it, then those of `own_folders`.

    A folder that somebody named and that holds no scenario is among them, so that it can be told what is wrong with it.
    """
    usual = own_folder()
    found: dict[Path, None] = {}
    for folder in (*named, *own_folders()):
        inside = scenarios_in(folder)
        expected = () if folder == usual else (folder,)
        found.update(dict.fromkeys(path.resolve() for path in inside or expected))
    return tuple(path for path in found if not is_shipped(path))


def scenarios_in(folder: Path) -> tuple[Path, ...]:
    """The folder itself if it is a scenario's, else the scenarios' folders in it, in order of name."""
    if _has_scenario_file(folder):
        return (folder,)
    try:
        return tuple(sorted(path for path in folder.iterdir() if _has_scenario_file(path)))
    except OSError:
        return ()


def _has_scenario_file(folder: Path) -> bool:
    """Whether there is any of a scenario's files: one that lacks another is a scenario with a fault."""
    try:
        return any((folder / name).is_file() for name in _FILES)
    except (OSError, ValueError):
        return False


def is_shipped(folder: Path) -> bool:
    """Whether a scenario's folder is one of those that come with the game."""
    return folder.resolve().parent == data_folder().resolve()


def find(name_or_path: str | Path) -> Path | None:
    """Folder of a scenario: an existing path to it or to a file in it, the id of a shipped one, or the name of one of
    the user's own; None if there is none."""
    try:
        path = Path(name_or_path)
        if not str(name_or_path):
            return None
        if path.name in _FILES and path.is_file():
            return path.parent
        if path.is_dir():
            return path
        if len(path.parts) != 1 or str(name_or_path) in (".", ".."):
            return None
        candidates = [folder / path for folder in (data_folder(), *own_folders())]
        return next((folder for folder in candidates if (folder / SCENARIO_FILE).is_file()), None)
    except (OSError, ValueError):
        return None


def shipped_maps() -> tuple[str, ...]:
    """Names of the shipped maps."""
    return _names("maps")


def shipped_rulesets() -> tuple[str, ...]:
    """Names of the shipped rulesets."""
    return _names("rulesets")


def resolve(kind: str, name: str, folder: Path) -> Path | None:
    """File of a map (`kind` 'maps') or ruleset ('rulesets'): in the scenario's `folder` first, else a shipped one.

    None if there is none, or if the name leads out of these folders.
    """
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return None
    candidates = [folder / name, folder / f"{name}.yaml", data_folder() / kind / f"{name}.yaml"]
    try:
        return next((path for path in candidates if path.is_file()), None)
    except (OSError, ValueError):
        return None


def _names(kind: str) -> tuple[str, ...]:
    folder = data_folder() / kind
    if not folder.is_dir():
        return ()
    return tuple(sorted(p.stem for p in folder.glob("*.yaml") if not p.stem.endswith(".lines")))
