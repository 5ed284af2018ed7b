"""Warm-up: everything that Python calls is compiled ahead, once."""

import os
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from cocreate.experiments import warm_up as module
from cocreate.experiments.warm_up import NAMES, Announce, compile_share, is_warm, warm_up
from cocreate.model.month import PHASES

USED = """
import sys
from contextlib import nullcontext
from cocreate.experiments.warm_up import _kernels, warm_up
from cocreate.model.model import CoCreationModel
warm_up(lambda message: nullcontext())  # rules that come from the cache show only what Python calls
model = CoCreationModel(rng=1, regions=2, horizon=13)
model.run()
known = {id(compile.func.__self__) for _, compile in _kernels(4, 3)}
for name, module in list(sys.modules.items()):
    if name.startswith("cocreate.model"):
        for rule in list(vars(module).values()):
            if getattr(rule, "signatures", None) and id(rule) not in known:
                print(name, rule)
"""


def keeping(said: list[str]) -> Announce:
    """Return an announcement that only keeps its message."""

    def announce(message: str) -> AbstractContextManager[None]:
        said.append(message)
        return nullcontext()

    return announce


def test_every_phase_of_the_month_is_compiled_ahead() -> None:
    assert set(PHASES) <= set(NAMES)
    assert dict(module._kernels(4, 3)).keys() == set(NAMES)  # noqa: SLF001 - the list behind NAMES


def test_a_run_calls_no_rule_that_was_not_compiled_ahead() -> None:
    done = subprocess.run([sys.executable, "-c", USED], capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_a_rule_that_another_process_claimed_is_left_to_it(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).touch()
    assert compile_share(str(tmp_path), 4, 3) == []


def test_nothing_is_announced_when_all_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_compiled", lambda: True)
    said: list[str] = []
    assert not warm_up(keeping(said))
    assert said == []


def test_the_first_run_is_announced_and_marked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(module, "is_interpreted", lambda: False)
    monkeypatch.setattr(module, "_compile_in_workers", lambda *_: True)
    said: list[str] = []
    assert not is_warm(2, 5)
    assert warm_up(keeping(said), sectors=2, dimensions=5)
    assert is_warm(2, 5)
    assert not is_warm(5, 2)
    assert len(said) == 1


def test_a_warm_up_that_failed_is_not_marked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(module, "is_interpreted", lambda: False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / "python").write_text("#!/bin/sh\nexit 3\n", "utf-8")
    (tmp_path / "python").chmod(0o700)
    assert warm_up(keeping([]), sectors=2, dimensions=5)
    assert not is_warm(2, 5)


@pytest.mark.slow
def test_a_run_after_the_warm_up_compiles_nothing(tmp_path: Path) -> None:
    code = (
        "from contextlib import nullcontext\n"
        "from cocreate.experiments.warm_up import warm_up, _kernels\n"
        "from cocreate.model.model import CoCreationModel\n"
        "warm_up(lambda message: nullcontext(), sectors=1, dimensions=1)\n"
        "CoCreationModel(rng=1, regions=1, horizon=13, sectors=1, dimensions=1).run()\n"
        "for name, compile in _kernels(1, 1):\n"
        "    print(sum(compile.func.__self__.stats.cache_misses.values()))\n"
    )
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert set(done.stdout.split()) == {"0"}
