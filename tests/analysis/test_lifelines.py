"""Lifelines: Kaplan-Meier and fates against examples worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from cocreate.agents.initiative import State
from cocreate.experiments.analysis.lifelines import FATES, fates, lifeline
from cocreate.experiments.study.results import WorldRun
from cocreate.experiments.study.tasks import PILOT

MONTHS = 10


def world(*pilots: tuple[State, int, int, int], number: int = 0, failure: str = "") -> WorldRun:
    """Return a world of ten months with pilots (state, piloted, became structural, finished)."""
    table = np.zeros(len(pilots), PILOT)
    for row, one in zip(table, pilots, strict=True):
        row["state"], row["piloted"], row["became_structural"], row["finished"] = one
    return WorldRun(number, 1, {}, table, MONTHS, failure)


def test_the_estimate_agrees_with_one_worked_by_hand() -> None:
    drawn = lifeline(
        [
            world(
                (State.ENDED, 0, -1, 2),  # ends at age 2
                (State.PARTLY, 3, -1, 5),  # ends at age 2
                (State.ENDED, 1, 2, 6),  # ends at age 5
                (State.STRUCTURAL, 0, 4, -1),  # seen up to age 9
                (State.PILOTING, 6, -1, -1),  # seen up to age 3
            )
        ]
    )
    assert drawn.at_risk.tolist()[:7] == [5, 5, 5, 3, 2, 2, 1]
    assert drawn.alive[:2].tolist() == [1, 1]
    assert drawn.alive[2:5] == pytest.approx(3 / 5)
    assert drawn.alive[5:] == pytest.approx(3 / 5 * 1 / 2)
    assert (drawn.pilots, drawn.worlds) == (5, 1)


def test_intervals_have_no_width_when_all_worlds_are_alike_and_hold_the_estimate_when_not() -> None:
    short, long = (State.ENDED, 0, -1, 2), (State.STRUCTURAL, 0, 4, -1)
    alike = lifeline([world(short, long, number=k) for k in range(5)])
    assert alike.low[2:] == pytest.approx(alike.high[2:])
    apart = lifeline([world(short, number=0), world(long, number=1), world(long, short, number=2)])
    assert (apart.low <= apart.alive)[2:].all()
    assert (apart.alive <= apart.high)[2:].all()
    assert apart.high[5] - apart.low[5] > 0.5


def test_fates_add_up_and_are_counted_by_what_a_pilot_became() -> None:
    found = fates(
        [
            world(
                (State.STRUCTURAL, 0, 4, -1),
                (State.ENDED, 0, 4, 8),
                (State.PARTLY, 0, -1, 5),
                (State.ENDED, 0, -1, 5),
            ),
            world((State.PILOTING, 6, -1, -1), number=1),
        ]
    )
    assert found.shares == pytest.approx(dict.fromkeys(FATES, 0.2))
    assert found.pilots_per_world == 2.5
    assert 0 <= found.low <= 0.4 <= found.high <= 1


def test_failed_worlds_and_worlds_without_pilots_do_not_disturb() -> None:
    ended = (State.ENDED, 0, -1, 2)
    drawn = lifeline([world(ended), world(number=1), world(ended, number=2, failure="broke")])
    assert (drawn.pilots, drawn.worlds) == (1, 2)
    nothing = fates([world()])
    assert sum(nothing.shares.values()) == 0
    assert np.isnan(nothing.low)


def test_one_world_with_pilots_has_no_interval() -> None:
    ended, kept = (State.ENDED, 0, -1, 2), (State.STRUCTURAL, 0, 4, -1)
    for worlds in ([world(ended, kept)], [world(ended, kept), world(number=1)]):
        drawn, became = lifeline(worlds), fates(worlds)
        assert drawn.alive[5] == 0.5
        assert became.shares["structural"] == 0.5
        assert np.isnan([*drawn.low, *drawn.high, became.low, became.high]).all()


def test_intervals_are_unknown_until_services_have_ended_in_two_worlds_and_where_none_is_left() -> None:
    short, longer, last = ((State.ENDED, 0, -1, end) for end in (2, 4, 7))
    kept = (State.STRUCTURAL, 0, 4, -1)
    worlds = [world(kept, kept, number=k) for k in range(6)]
    nothing, became = lifeline(worlds), fates(worlds)
    assert nothing.alive.tolist() == [1] * 11
    assert became.shares["structural"] == 1
    assert np.isnan([*nothing.low, *nothing.high, became.low, became.high]).all()
    drawn = lifeline([world(short, last, number=0), world(longer, last, number=1), world(last, number=2)])
    assert np.isnan(drawn.low).tolist() == [True] * 4 + [False] * 3 + [True] * 4
    assert drawn.alive[[3, 4, 7]] == pytest.approx([4 / 5, 3 / 5, 0])


def test_intervals_draw_worlds_that_are_not_independent_together() -> None:
    short, long = (State.ENDED, 0, -1, 2), (State.STRUCTURAL, 0, 4, -1)
    alone = [world(short if k % 3 else long, number=k) for k in range(9)]
    points = [replace(one, point=point) for point in range(4) for one in alone]
    draws = [
        replace(one, number=9 * turn + one.number, draw=one.number) for turn in range(4) for one in alone
    ]
    for several in (points, draws):
        drawn, became = lifeline(several), fates(several)
        assert drawn.low[2:].tolist() == lifeline(alone).low[2:].tolist()
        assert drawn.high[2:].tolist() == lifeline(alone).high[2:].tolist()
        assert (became.low, became.high) == (fates(alone).low, fates(alone).high)
        assert (drawn.worlds, drawn.pilots) == (36, 36)
    same = lifeline([replace(one, draw=0) for one in alone])
    assert np.isnan(same.low).all()


def test_the_same_seed_gives_the_same_intervals() -> None:
    worlds = [world((State.ENDED, 0, -1, k), number=k) for k in range(1, 8)]
    once, again, other = (lifeline(worlds, seed).low[2:7] for seed in (3, 3, 4))
    assert once.tolist() == again.tolist()
    assert once.tolist() != other.tolist()
