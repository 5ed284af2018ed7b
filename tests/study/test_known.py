"""Keys of runs: a set like any other, in a tenth of the memory."""

import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.experiments.study import known
from cocreate.experiments.study.known import Keys

keys = st.integers(0, 300).map(lambda number: f"{number:032x}") | st.integers(0, 300).map(
    lambda number: f"{number:x}".ljust(32, "0")  # bytes of zero at the end, which NumPy drops
)


@given(st.lists(keys), st.lists(keys), st.lists(keys))
def test_keys_are_a_set(first: list[str], added: list[str], asked: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "RECENT", 3)
        found = Keys(first)
        found.update(added)
    assert len(found) == len({*first, *added})
    assert [key in found for key in asked] == [key in {*first, *added} for key in asked]


@pytest.mark.slow
def test_a_key_takes_sixteen_bytes_once_there_are_many() -> None:
    source = random.Random(1)
    tracemalloc.start()
    try:
        found = Keys()
        found.update(source.randbytes(16).hex() for _ in range(100_000))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == 100_000
    assert held < 100_000 * 16 + known.RECENT * 150
