"""The benchmark compares like with like: same rules, same draws, same results. Nothing here is timed."""

import numpy as np
import pytest

from benchmarks.against_mesa import copied, largest_difference, lively_world, run_compiled
from benchmarks.idiomatic_mesa import Town


@pytest.mark.slow
def test_the_idiomatic_mesa_model_moves_everybody_as_the_compiled_phases_do() -> None:
    assert largest_difference(lively_world(500), 12) < 1e-9


@pytest.mark.slow
def test_the_compared_months_hold_sessions_and_move_trust() -> None:
    world = lively_world(500)
    later = copied(world)
    run_compiled(later, 12)
    assert (
        later.nation["sessions"][0] > 0
        or later.initiatives["sessions"].sum() > world.initiatives["sessions"].sum()
    )
    assert np.abs(later.people["trust"] - world.people["trust"]).max() > 0.01


@pytest.mark.slow
def test_a_town_with_draws_of_its_own_and_shuffled_people_stays_within_its_ranges() -> None:
    town = Town(lively_world(250), shared_draws=False, in_order=False)
    for _ in range(6):
        town.step()
    assert all(0.0 <= one.trust <= 1.0 and 0.0 <= one.know_how <= 1.0 for one in town.residents)
    assert {one.seats for one in town.residents} > {0}
