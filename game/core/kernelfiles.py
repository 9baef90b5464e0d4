"""Where compiled kernels lie: by the name of their module, whatever folder the package itself is in.

Two checkouts with the same sources share what one of them has compiled. numba's own locators tell them apart by path.
Only numba imports this module, when it is told to (NUMBA_CACHE_LOCATOR_CLASSES, see core.kernels).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numba.core.caching import UserProvidedCacheLocator

_PACKAGE = Path(__file__).resolve().parents[1]


class KernelLocator(UserProvidedCacheLocator):
    """Folders of the kernel cache for functions of this package; numba's other locators see to the rest."""

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        """The folder, below the kernel cache, for a source file."""
        return "-".join(Path(py_file).resolve().relative_to(_PACKAGE).parent.parts)

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Any:
        """A locator, or None for a function that is not ours."""
        if not Path(py_file).resolve().is_relative_to(_PACKAGE):
            return None
        return super().from_function(py_func, py_file)  # type: ignore[no-untyped-call]
