"""Where compiled kernels lie: by the name of their module, whatever folder the package itself is in.

Two checkouts with the same sources share what one of them has compiled. numba's own locators tell them apart by path.
core.kernels tells numba the locator's name.

With the machine code of a function numba keeps its intermediate code, for others to take in, and reads it back at every
start. For the few large functions that Python enters this takes longer and fills more memory than all the rest, and
nobody takes them in: an `Entry` keeps the names alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from numba.core.caching import FunctionCache, UserProvidedCacheLocator
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler

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
        return super().from_function(py_func, py_file)


class KernelCache(FunctionCache):
    """The compiled versions of a function on disk."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What was compiled for a signature, or None.

        numba's own first makes ready all that it compiles with, which takes longer than to read ten functions.
        """
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


class _EntryLibrary(JITCodeLibrary):
    """The machine code of an entry; what others could take in are names without a body."""

    def finalize(self) -> None:
        """Link, optimise and make into machine code."""
        self._own = {f.name for f in self._final_module.functions if not f.is_declaration}
        super().finalize()

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            # nobody outside calls the parts, so that one that is called once becomes part of its caller. Private, not
            # internal: the names of internal functions can be taken for those of other libraries
            if not function.is_declaration and function.name not in self._own:
                function.linkage = llvm.Linkage.private
        # once: numba's first, cheap round serves what counts references, which kernels do not
        passes, builder = self._codegen._module_pass_manager()
        passes.run(self._final_module, builder)

    def _get_module_for_linking(self) -> llvm.ModuleRef:
        self._ensure_finalized()
        module = self._final_module
        shared = [f for f in module.functions if not f.is_declaration and f.linkage is not llvm.Linkage.private]
        bodies = [f'define void @"{f.name}"() {{ unreachable }}' for f in shared]
        variables = [f'@"{v.name}" = global i8 0' for v in module.global_variables if not v.is_declaration]
        return llvm.parse_assembly("\n".join(bodies + variables))


class _Executable:
    """Stands for the machine where a part is made ready for it, which has no machine code."""

    def set_env(self, name: str, environment: Any) -> None:
        """There is nobody to set it for."""


class _PartLibrary(JITCodeLibrary):
    """The intermediate code of a part, as it is: the whole is optimised and made into machine code."""

    @property
    def codegen(self) -> Any:
        """What runs machine code."""
        return _Executable()

    def _optimize_functions(self, ll_module: llvm.ModuleRef) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        """Left to the whole."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """None."""
        self._ensure_finalized()
        return 0


class Part(Compiler):
    """numba's compiler for functions that only others take in."""

    def __init__(
        self, typingctx: Any, targetctx: Any, library: Any, args: Any, return_type: Any, flags: Any, locals: Any
    ) -> None:
        library = _PartLibrary(targetctx.codegen(), "part")
        super().__init__(typingctx, targetctx, library, args, return_type, flags, locals)


class Entry(Compiler):
    """numba's compiler for functions that only Python calls: see the module's text."""

    def __init__(
        self, typingctx: Any, targetctx: Any, library: Any, args: Any, return_type: Any, flags: Any, locals: Any
    ) -> None:
        library = _EntryLibrary(targetctx.codegen(), "entry")
        library.enable_object_caching()
        super().__init__(typingctx, targetctx, library, args, return_type, flags, locals)
