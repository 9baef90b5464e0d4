"""One sweep in one folder: who is second is told who is first.

The system holds the lock and lets it go with the process, however that ends, so that no lock is left over. Who holds it
is noted in a file beside, for the message.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from game.core.files import write_whole

LOCK = ".lock"
HOLDER = ".holder"
_PATIENCE_S = 1.0


class Held(Exception):
    """Another process uses the folder; the text says which, and what to do."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep others out of a folder that is there. Held if another process does, OSError if it cannot be written."""
    try:
        lock = FileLock(folder / LOCK).acquire(timeout=0)
    except Timeout:
        raise Held(_told(folder)) from None
    with lock:
        noted = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(" ", "seconds")}
        write_whole(folder / HOLDER, json.dumps(noted) + "\n")
        try:
            yield
        finally:
            with suppress(OSError):
                (folder / HOLDER).unlink()


def _told(folder: Path) -> str:
    holder = _holder(folder)
    if holder is None:
        who, elsewhere = "another process", True
    else:
        who = f"process {holder.get('pid')} on {holder.get('host')}, since {holder.get('since')},"
        elsewhere = holder.get("host") != socket.gethostname()
    stale = f"; if it is gone and this stays, delete {folder / LOCK}" if elsewhere else ""
    return f"{folder} is in use: {who} writes a sweep to it; wait for its end or name another folder with --out{stale}"


def _holder(folder: Path) -> dict[str, object] | None:
    """Who has the lock; one who got it this instant has not noted it yet."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        with suppress(OSError, ValueError):
            noted = json.loads((folder / HOLDER).read_text("utf-8"))
            if isinstance(noted, dict):
                return noted
        if time.monotonic() > until:
            return None
        time.sleep(0.02)
