"""Where compiled kernels lie, and for which machine.

One folder for every source, Python, numba and processor, so that nobody meets what was compiled for others: below
NUMBA_CACHE_DIR if that is set, else below the user's cache. Where nothing can be written there, a folder for the time
of this process and of those that it starts takes what is compiled; it is made when the first is, and removed at the
end. What lies in the other is read all the same.
"""

from __future__ import annotations

import atexit
import errno
import hashlib
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs

PASSING = "KAMPUCHEA_KERNELS"
"""Variable that tells processes that this one starts of a folder to use first: that for the time being."""
_ROOMS_WITH_KERNELS = ("core", "rules", "ai")
_ROOM_BYTES = 10_000_000
"""Room that must be free: several times what all kernels take."""
_FORGOTTEN_S = 60 * 86400.0
"""A folder that nobody has used for so long is removed: every version of the game makes one."""
_NAME = re.compile(r"kernels-[0-9a-f]{16}-.*")


def source_digest() -> str:
    """Digest of every source file that may hold a kernel."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in _ROOMS_WITH_KERNELS:
        for path in sorted((package / room).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def machine() -> dict[str, str]:
    """What compiled code is good for: processor with a digest of its features, numba and Python."""
    import llvmlite  # type: ignore[import-untyped]
    import numba
    from numba.core.registry import cpu_target

    # as numba sees it: NUMBA_CPU_NAME and NUMBA_CPU_FEATURES may say otherwise than the machine
    system, processor, features = cpu_target.target_context.codegen().magic_tuple()
    digest = hashlib.sha256(f"{system} {features}".encode()).hexdigest()[:6]
    return {
        "cpu": f"{processor or platform.machine()}-{digest}",
        "numba": f"{numba.__version__}-{llvmlite.__version__}",
        "python": f"{sys.implementation.cache_tag}-{platform.python_version()}",
    }


def _root() -> Path:
    given = os.environ.get("NUMBA_CACHE_DIR")
    return Path(given or platformdirs.user_cache_dir("kampuchea", appauthor=False))


@cache
def lasting() -> Path:
    """The folder that is there the next time, whether it can be used or not."""
    words = re.sub(r"[^\w.+-]", "_", "-".join(machine().values()))
    folder = _root() / f"kernels-{source_digest()}-{words}"
    with suppress(OSError):
        os.utime(folder)  # it is in use
    return folder


def _passing() -> Path | None:
    given = os.environ.get(PASSING)
    return Path(given) if given else None


def found(name: str) -> Path | None:
    """The file of this name, if there is one."""
    for folder in (_passing(), lasting()):
        if folder is not None and (file := folder / name).is_file():
            return file
    return None


def made() -> Path:
    """A folder to write to, made if need be. OSError where there is none on this machine."""
    if (passing := _passing()) is not None:
        _use(passing)
        return passing
    with suppress(OSError):
        _use(lasting())
        return lasting()
    return _for_the_time_being()


def settle() -> None:
    """Have the processes that this one starts from now on share what they compile, and have it removed with this one
    where it cannot last. Called before they are started, by a process that may end them at any moment."""
    if _passing() is None:
        with suppress(OSError):
            _use(_root())
            return
        with suppress(OSError):
            _for_the_time_being()


def _for_the_time_being() -> Path:
    """A folder that is removed when this process ends. OSError where there can be none."""
    folder = Path(tempfile.mkdtemp(prefix="kampuchea-kernels-"))
    owner = os.getpid()
    try:
        _use(folder)
    except OSError:
        _remove(folder, owner)
        raise
    atexit.register(_remove, folder, owner)
    os.environ[PASSING] = str(folder)
    return folder


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:  # and no process that was forked from it
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get(PASSING) == str(folder):
            del os.environ[PASSING]


def _use(folder: Path) -> None:
    """Make a folder. OSError if it cannot be written to, or has little room."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        if shutil.disk_usage(folder).free < _ROOM_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def remove_forgotten(folder: Path) -> None:
    """Remove the folders beside this one that were not used for two months."""
    with suppress(OSError):
        for other in folder.parent.iterdir():
            if other != folder and _NAME.fullmatch(other.name) and time.time() - other.stat().st_mtime > _FORGOTTEN_S:
                shutil.rmtree(other, ignore_errors=True)
