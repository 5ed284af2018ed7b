"""Compilation: one decorator that turns a plain function into machine code and caches it.

With the environment variable ``NUMBA_DISABLE_JIT=1`` the same functions run as ordinary Python: slow,
debuggable, and equal in every bit.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba import config, njit, types

PACKAGE = Path(__file__).parent.parent
SOURCES = ("agents", "model")


@cache
def fingerprint() -> str:
    """Return a short hash of every source file that is compiled, and of the compiler's version.

    Numba notices a change in a function's own file only. A kernel also holds a copy of the rules it
    calls, which live in other files; naming the cache after all of them keeps it from going stale.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    for folder in SOURCES:
        for path in sorted((PACKAGE / folder).glob("*.py")):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path:
    """Return the folder that keeps compiled code, made on first use.

    ``NUMBA_CACHE_DIR`` is honoured; otherwise it is the user's cache folder, and a temporary one where
    that cannot be written.
    """
    named = os.environ.get("NUMBA_CACHE_DIR")
    homes = [Path(named)] if named else []
    homes.append(Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()))
    homes.append(Path(tempfile.gettempdir()))
    for home in homes:
        folder = home / "cocreate" / fingerprint()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return homes[-1]


def is_interpreted() -> bool:
    """Tell whether compilation is switched off (``NUMBA_DISABLE_JIT=1``)."""
    return bool(vars(config)["DISABLE_JIT"])


def is_compiled() -> bool:
    """Tell whether an earlier run has left compiled code, so that the next one starts at once."""
    return is_interpreted() or (cache_folder() / "complete").exists()


def mark_compiled() -> None:
    """Remember that all kernels were compiled and cached."""
    if not is_interpreted():
        (cache_folder() / "complete").touch()


_unliteral: Any = types.unliteral
_njit: Any = njit  # its annotations leave out the options that drop entries


def _widened(kind: Any) -> Any:
    """Return the type to compile for: 64-bit integers for all integers, flags and constants."""
    plain = _unliteral(kind)
    return types.int64 if isinstance(plain, types.Integer | types.Boolean) else plain


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function with Numba when it is first called, and cache the machine code on disk.

    Numba would compile a function anew for each constant and width of integer it is called with; all of
    them are widened to 64 bits, which makes the first run several times shorter.
    """
    return _compile(function, callable_from_python=True)


def part[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that only compiled code calls: the same, without an entry for Python.

    The entry is the larger half of what there is to compile. With compilation switched off, plain Python
    can call a part like any function.
    """
    return _compile(function, callable_from_python=False)


def _compile[**P, R](function: Callable[P, R], *, callable_from_python: bool) -> Callable[P, R]:
    settings: Any = vars(config)
    before = settings["CACHE_DIR"]
    settings["CACHE_DIR"] = str(cache_folder())
    try:
        dispatcher: Any = _njit(
            cache=True, no_cfunc_wrapper=True, no_cpython_wrapper=not callable_from_python
        )(function)
    finally:
        settings["CACHE_DIR"] = before
    if not is_interpreted():
        template = dispatcher.get_call_template

        def widened_template(args: Sequence[Any], kws: dict[str, Any]) -> Any:
            return template(tuple(_widened(kind) for kind in args), kws)

        dispatcher.get_call_template = widened_template
    compiled_function: Callable[P, R] = dispatcher
    return compiled_function
