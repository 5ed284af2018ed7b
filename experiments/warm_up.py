"""Warm-up: compile all rules once after installation, on two cores, and keep the machine code."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

from cocreate.agents.compiled import cache_folder, is_compiled, is_interpreted, mark_compiled

WORKERS = 2

type Announce = Callable[[str], AbstractContextManager[object]]

MESSAGE = "Compiling the model (once after installation, about half a minute) ..."
MESSAGE_AGAIN = "Compiling the model for this number of sectors and dimensions (about half a minute) ..."

USUAL_LAYOUT = (4, 3)
"""Sectors and dimensions of the default world."""


def is_warm(sectors: int = USUAL_LAYOUT[0], dimensions: int = USUAL_LAYOUT[1]) -> bool:
    """Tell whether the rules are compiled for worlds of so many sectors and dimensions.

    Both are part of the layout of the tables, so each pair needs machine code of its own.
    """
    usual = (sectors, dimensions) == USUAL_LAYOUT
    return is_interpreted() or (is_compiled() if usual else _mark(sectors, dimensions).exists())


def _mark(sectors: int, dimensions: int) -> Path:
    return cache_folder() / f"complete-{sectors}-{dimensions}"


def warm_up(announce: Announce, *, sectors: int = USUAL_LAYOUT[0], dimensions: int = USUAL_LAYOUT[1]) -> bool:
    """Compile all rules unless that was done before, and return whether it was needed.

    Args:
        announce: Shows a message while the context that it returns is open.
        sectors: Sectors of service of the world to come.
        dimensions: Dimensions of needs of the world to come.
    """
    if is_warm(sectors, dimensions):
        return False
    usual = (sectors, dimensions) == USUAL_LAYOUT
    with announce(MESSAGE if usual else MESSAGE_AGAIN), tempfile.TemporaryDirectory() as claims:
        done = _compile_in_workers(claims, sectors, dimensions)
    if done and usual:
        mark_compiled()
    elif done:
        _mark(sectors, dimensions).touch()
    return True


def _compile_in_workers(claims: str, sectors: int, dimensions: int) -> bool:
    """Compile in processes of their own; return whether all of them ended well."""
    code = (
        "from cocreate.experiments.warm_up import compile_share;"
        f" compile_share({claims!r}, {sectors}, {dimensions})"
    )
    workers = min(WORKERS, os.cpu_count() or 1)
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(workers)
    ]
    try:
        codes = [process.wait() for process in started]
        return not any(codes)
    finally:
        for process in started:
            if process.poll() is None:
                process.terminate()
                process.wait()


def compile_share(claims: str, sectors: int, dimensions: int) -> list[str]:
    """Compile those rules that no other process has claimed yet, and return their names.

    Args:
        claims: Folder in which each process claims a rule by making a file of its name.
        sectors: Sectors of service of the world to come.
        dimensions: Dimensions of needs of the world to come.
    """
    done = []
    kernels: dict[str, Callable[[], None]] | None = None
    for name in NAMES:
        if _claimed(Path(claims) / name):
            continue
        if kernels is None:
            kernels = dict(_kernels(sectors, dimensions))
        kernels[name]()
        done.append(name)
    return done


def _claimed(claim: Path) -> bool:
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        return True
    return False


# The longest to compile come first, so that the workers finish at about the same time.
NAMES = (
    "sessions", "life of initiatives", "draw_state", "draw_traits", "elections", "recruitment", "proposals",
    "draw_ties", "transfer", "adoption", "measure", "councils", "staff", "everyday life", "index_ties",
    "draw_roads", "money", "needs drift", "standing support", "take_stock", "sum_up", "settle_in",
)  # fmt: skip
"""Every rule that plain Python calls: the phases of a month, and what draws and measures a world."""


def _kernels(sectors: int, dimensions: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """Give each rule's name and a function that compiles it for a tiny world, without running it."""
    import numba  # noqa: PLC0415 - heavy
    import numpy as np  # noqa: PLC0415

    from cocreate.model.council import sum_up  # noqa: PLC0415
    from cocreate.model.everyday import take_stock  # noqa: PLC0415
    from cocreate.model.measures import SERIES, measure  # noqa: PLC0415
    from cocreate.model.month import PHASES  # noqa: PLC0415
    from cocreate.model.networks import draw_roads, draw_ties, index_ties  # noqa: PLC0415
    from cocreate.model.parameters import Parameters  # noqa: PLC0415
    from cocreate.model.population import draw_state, draw_traits, settle_in  # noqa: PLC0415
    from cocreate.model.streams import stream_keys  # noqa: PLC0415
    from cocreate.model.world import TIE, empty_world  # noqa: PLC0415

    levers = Parameters.of({"regions": 1, "horizon": 1, "sectors": sectors, "dimensions": dimensions})
    keys = stream_keys(np.random.default_rng(0))
    kind_of: Callable[[Any], Any] = numba.typeof
    world = kind_of(empty_world(levers, keys, np.ones((1, 3), np.int64)))
    indices = kind_of(np.zeros(0, np.int64))
    ties, series = kind_of(np.zeros(0, TIE)), kind_of(np.zeros(0, SERIES))
    whole = numba.int64
    signatures: dict[str, tuple[Any, tuple[Any, ...]]] = {
        **{name: (phase, (world,)) for name, phase in PHASES.items()},
        "draw_state": (draw_state, (world,)),
        "draw_traits": (draw_traits, (world,)),
        "settle_in": (settle_in, (world,)),
        "draw_ties": (draw_ties, (world, indices, indices, indices)),
        "index_ties": (index_ties, (indices, indices, indices, indices, ties)),
        "draw_roads": (draw_roads, (world, indices, indices)),
        "measure": (measure, (world, series, whole)),
        "take_stock": (take_stock, (world, whole)),
        "sum_up": (sum_up, (world, whole)),
    }
    for name, (kernel, arguments) in signatures.items():
        yield name, partial(kernel.compile, arguments)
