"""Where scenarios, maps and rulesets are: those that come with the game, and a user's own anywhere."""

from __future__ import annotations

from pathlib import Path

SCENARIO_FILE = "scenario.yaml"


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


def find(name_or_path: str | Path) -> Path | None:
    """Folder of a scenario: an existing path to it or to a file in it, or the id of a shipped one; None if neither."""
    try:
        path = Path(name_or_path)
        if path.name == SCENARIO_FILE and path.is_file():
            return path.parent
        if path.is_dir():
            return path
        shipped = data_folder() / path
        is_plain_name = len(path.parts) == 1 and str(name_or_path) not in (".", "..", "")
        return shipped if is_plain_name and (shipped / SCENARIO_FILE).is_file() else None
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
