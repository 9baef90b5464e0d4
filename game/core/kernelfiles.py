"""How kernels are compiled, and the files of those that are: see core.kernelplace for their folder.

With the machine code of a function numba keeps its intermediate code, for others to take in, and reads it back at every
start. For the few large functions that Python enters this takes longer and fills more memory than all the rest, and
nobody takes them in: an `Entry` keeps the names alone.
"""

from __future__ import annotations

import hashlib
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm  # type: ignore[import-untyped]
from numba.core.caching import NullCache
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, CompileResult
from numba.core.serialize import dumps

from game.core import kernelplace
from game.core.files import write_whole

_DIGEST = 32
"""Bytes of the digest at the head of a file."""
USED: set[str] = set()
"""Files of the kernels that this process has taken from the disk, or put there."""


def file_name(kernel: str, types: tuple[Any, ...]) -> str:
    """The file of a kernel, by its name with its module's, compiled for arguments of these types."""
    digest = hashlib.sha256(", ".join(str(t) for t in types).encode()).hexdigest()
    return f"{kernel}-{digest[:12]}.kernel"


class NotThere(Exception):
    """A kernel is not on disk, and is not to be compiled here."""


class KernelCache(NullCache):
    """The compiled versions of a kernel: a file each, which holds the digest of the rest first.

    numba's own keeps an index beside them and trusts both: a file of which a part is lost would fail at every start.
    """

    def __init__(self, function: Any, *, compiles: bool) -> None:
        """`compiles`: whether what is not on disk is to be compiled here; else it is `NotThere`."""
        self._name = f"{function.__module__}.{function.__name__}"
        self._compiles = compiles
        self.fault: OSError | None = None
        """Why what was compiled could not be kept."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What was compiled for a signature, or None. What cannot be read is removed."""
        # unlike numba's own, this does not first make ready all that numba compiles with, which takes longer than to
        # read ten functions
        name = file_name(self._name, _arguments(sig))
        file = kernelplace.found(name)
        if file is not None and (content := _content(file)) is not None:
            try:
                found = CompileResult._rebuild(target_context, *pickle.loads(content))
            except Exception:  # whatever a pickle can raise, of whose content we know only that it is as written
                _drop(file)
            else:
                USED.add(name)
                return found
        if not self._compiles:
            raise NotThere(self._name)
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled, if it can be; see `fault`."""
        content: bytes = dumps(data._reduce())
        name = file_name(self._name, _arguments(sig))
        try:
            write_whole(kernelplace.made() / name, hashlib.sha256(content).digest() + content)
            USED.add(name)
        except OSError as fault:
            self.fault = fault


def _arguments(sig: Any) -> tuple[Any, ...]:
    return tuple(getattr(sig, "args", sig))


def _content(file: Path) -> bytes | None:
    """What follows the digest, if it is what was written; else the file is removed."""
    try:
        whole = file.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(whole[_DIGEST:]).digest() == whole[:_DIGEST]:
        return whole[_DIGEST:]
    _drop(file)
    return None


def _drop(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


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
