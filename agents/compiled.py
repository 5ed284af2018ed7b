"""Compilation: one decorator that turns a plain function into machine code and caches it.

With the environment variable ``NUMBA_DISABLE_JIT=1`` the same functions run as ordinary Python: slow,
debuggable, and equal in every bit.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numba
from numba import config, njit

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


def is_compiled() -> bool:
    """Tell whether an earlier run has left compiled code, so that the next one starts at once."""
    return bool(config.DISABLE_JIT) or (cache_folder() / "complete").exists()


def mark_compiled() -> None:
    """Remember that all kernels were compiled and cached."""
    if not config.DISABLE_JIT:
        (cache_folder() / "complete").touch()


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function with Numba when it is first called, and cache the machine code on disk."""
    before = config.CACHE_DIR
    config.CACHE_DIR = str(cache_folder())
    try:
        dispatcher: Callable[P, R] = njit(cache=True)(function)
    finally:
        config.CACHE_DIR = before
    return dispatcher
