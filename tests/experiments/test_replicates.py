"""Replicates: seeds, common random numbers, workers and failures."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from cocreate.experiments import replicates
from cocreate.experiments.analysis.contrast import Verdict, contrast
from cocreate.experiments.replicates import (
    Arm,
    DesignError,
    Replicate,
    Study,
    replicate_seed,
    run_study,
)
from cocreate.experiments.themes import BASELINE, REPORTED, THEMES, all_arms
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import ParameterError, Parameters

SMALL = Parameters.of({"regions": 2, "citizens_per_region": 30, "horizon": 60})
CLOSED = Arm("closed", "closed silos", {"sector_silo": 1.0})


def same(one: Replicate, two: Replicate) -> bool:
    """Tell whether two replicates are equal bit for bit."""
    return (
        (one.arm, one.number, one.seed, one.failure, one.months)
        == (two.arm, two.number, two.seed, two.failure, two.months)
        and list(one.outcomes) == list(two.outcomes)
        and np.array(list(one.outcomes.values())).tobytes() == np.array(list(two.outcomes.values())).tobytes()
        and one.pilots.tobytes() == two.pilots.tobytes()
    )


def test_a_seed_depends_on_the_study_and_the_number_alone() -> None:
    assert replicate_seed(7, 3) == replicate_seed(7, 3)
    seeds = {replicate_seed(study, number) for study in range(20) for number in range(200)}
    assert len(seeds) == 4_000  # 48 bits: a chance of 1 in 35 million that two agree
    assert all(0 <= seed < 2**48 for seed in seeds)


def test_arms_share_their_seeds_world_by_world() -> None:
    study = run_study([BASELINE, CLOSED], 3, 5, parameters=SMALL, workers=1)
    assert [one.seed for one in study.of("default")] == [one.seed for one in study.of("closed")]
    assert [one.number for one in study.of("closed")] == [0, 1, 2]


def test_more_replicates_leave_the_first_ones_as_they_were() -> None:
    few = run_study([BASELINE], 2, 5, parameters=SMALL, workers=1)
    more = run_study([BASELINE], 3, 5, parameters=SMALL, workers=1)
    assert all(same(*pair) for pair in zip(few.replicates, more.replicates[:2], strict=True))


def test_a_replicate_is_the_run_that_its_seed_gives() -> None:
    study = run_study([CLOSED], 1, 5, parameters=SMALL, workers=1)
    model = CoCreationModel(SMALL, rng=study.replicates[0].seed, sector_silo=1.0)
    model.run()
    kept = study.replicates[0].outcomes
    np.testing.assert_equal({name: kept[name] for name in model.outcomes()}, model.outcomes())
    assert kept["structural_per_region"] == model.outcome("structural") / 2
    assert len(study.replicates[0].pilots) == model.outcome("pilots")


@pytest.mark.slow
def test_one_and_two_workers_give_the_same_bytes() -> None:
    alone = run_study([BASELINE, CLOSED], 4, 9, parameters=SMALL, workers=1)
    together = run_study([BASELINE, CLOSED], 4, 9, parameters=SMALL, workers=2)
    assert len(alone.replicates) == len(together.replicates) == 8
    assert all(same(*pair) for pair in zip(alone.replicates, together.replicates, strict=True))


def test_two_arms_with_equal_levers_differ_by_exactly_nothing() -> None:
    twin = Arm("twin", "twin", {"sector_silo": SMALL.sector_silo})
    study = run_study([BASELINE, twin], 3, 2, parameters=SMALL, workers=1)
    for one in contrast(study, "default", ["twin"], list(REPORTED)):
        assert one.more == one.less == 0
        if one.pairs >= 2:
            assert (one.difference, one.low, one.high, one.p) == (0, 0, 0, 1)
            assert one.verdict is Verdict.SAME


def test_a_world_that_fails_is_a_record_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = replicate_seed(1, 1)

    class Fragile(CoCreationModel):
        def run(self) -> None:
            if self.seed == bad:
                raise ValueError("it broke")
            super().run()

    monkeypatch.setattr(replicates, "CoCreationModel", Fragile)
    study = run_study([BASELINE, CLOSED], 3, 1, parameters=SMALL, workers=1)
    assert [(one.arm, one.number) for one in study.failures] == [("default", 1), ("closed", 1)]
    assert study.failures[0].failure == "ValueError: it broke"
    assert np.isnan(study.values("default", "trust")[1])
    assert np.isfinite(study.values("default", "trust")[[0, 2]]).all()


@pytest.mark.slow
def test_a_process_that_dies_leaves_a_record_for_each_of_its_worlds() -> None:
    die = cast("Callable[[int], list[Replicate]]", os._exit)
    lost = list(replicates._results(die, 3, 2, [BASELINE, CLOSED], 1))  # noqa: SLF001 - no public way to die
    assert sorted((one.number, one.arm) for worlds in lost for one in worlds) == [
        (number, arm) for number in range(3) for arm in ("closed", "default")
    ]
    assert all("BrokenProcessPool" in one.failure for worlds in lost for one in worlds)


def test_progress_counts_up_to_all_worlds() -> None:
    seen: list[tuple[int, int]] = []
    run_study(
        [BASELINE, CLOSED], 2, parameters=SMALL, workers=1, progress=lambda done, of: seen.append((done, of))
    )
    assert seen == [(2, 4), (4, 4)]


@pytest.mark.parametrize(
    ("arms", "number", "workers", "named"),
    [
        ([], 2, 1, "one or more arms"),
        ([BASELINE, BASELINE], 2, 1, "different names"),
        ([BASELINE], 0, 1, "replicates"),
        ([BASELINE], 2, 0, "workers"),
    ],
)
def test_a_senseless_study_is_refused_by_name(arms: list[Arm], number: int, workers: int, named: str) -> None:
    with pytest.raises(DesignError, match=named):
        run_study(arms, number, parameters=SMALL, workers=workers)


def test_a_misspelt_lever_of_an_arm_is_refused_before_anything_runs() -> None:
    with pytest.raises(ParameterError, match="sector_silo"):
        run_study([Arm("x", "x", {"sector_sillo": 1.0})], 2, parameters=SMALL, workers=1)


def test_every_arm_of_every_theme_is_allowed_and_moves_each_of_its_levers() -> None:
    default = Parameters()
    for theme in THEMES:
        assert set(theme.opened.levers) == set(theme.closed.levers)
        for name, value in theme.opened.levers.items():
            assert value != theme.closed.levers[name]
            assert getattr(default.changed(theme.opened.levers), name) == value
    assert len({arm.name for arm in all_arms()}) == 1 + 2 * len(THEMES)


def test_a_study_knows_how_many_replicates_each_arm_has() -> None:
    study = run_study([BASELINE, CLOSED], 2, parameters=SMALL, workers=1)
    assert study.count == 2
    assert replace(study, replicates=()).count == 0
    assert isinstance(study, Study)
