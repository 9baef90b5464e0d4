"""Files that are put in place in one step.

Whoever looks finds the old file or the new one, whole, whenever the process ends or the power fails. A process that is
killed while it writes leaves a draft beside the place, a hidden file that nobody reads.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_DRAFT = ".part"


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` when the block ends.

    OSError, which names `path`, if that cannot be; what was there stays then, as when the block raises.
    """
    draft = _draft_of(path)
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink()
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes | str) -> None:
    """Put a file in place, text as UTF-8 with the line ends that it has. OSError as `whole_file`."""
    with whole_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which becomes `path` when the block ends. FileExistsError if there is one, OSError."""
    make_folder(path.parent)
    if path.exists():
        raise FileExistsError(f"{path} exists")
    draft = _draft_of(path)
    draft.mkdir()
    try:
        yield draft
        draft.rename(path)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, unless they are there. OSError if that cannot be."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    # not every system and file system can do this; the files themselves are whole either way
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear_drafts(folder: Path) -> None:
    """Remove what killed processes left in a folder, which nobody else may be writing to. OSError if that fails."""
    for draft in folder.glob(f".*{_DRAFT}"):
        draft.unlink()


def _draft_of(path: Path) -> Path:
    # of one length, so that every name that fits can be written
    return path.with_name(f".{secrets.token_hex(8)}{_DRAFT}")
