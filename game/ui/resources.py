"""Where the shipped pictures and fonts are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def asset(*parts: str) -> Path:
    """Path of a file or folder of `assets/`; it need not exist."""
    packed = _PACKAGE / "_data" / "assets"
    root = packed if packed.is_dir() else _PACKAGE.parent / "assets"
    return root.joinpath(*parts)
