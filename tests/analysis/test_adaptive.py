"""Adaptive replication: boundaries from the literature, error rates by simulation, growing studies."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pytest
from scipy import stats

from cocreate.experiments.analysis.adaptive import More, Stop, Target, adaptive, schedule
from cocreate.experiments.analysis.boundaries import Spending, boundaries
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.run_until import InMemory, Question, run_until
from cocreate.experiments.study.designs import Factorial
from cocreate.experiments.study.engines.engine import InProcess, Records
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Batch
from cocreate.experiments.study.worlds import World
from tests.analysis.worlds import Made

FIFTHS = (0.2, 0.4, 0.6, 0.8, 1.0)


def given(numbers: np.ndarray) -> More:
    """Return a function that gives numbers piece by piece."""
    return lambda start, stop: numbers[start:stop]


def test_boundaries_are_those_that_lan_and_demets_published() -> None:
    assert boundaries(FIFTHS) == pytest.approx([4.8769, 3.3569, 2.6803, 2.2898, 2.0310], abs=2e-4)
    pocock = boundaries(FIFTHS, 0.05, Spending.POCOCK)
    assert pocock == pytest.approx([2.4380, 2.4268, 2.4101, 2.3966, 2.3859], abs=2e-4)


def test_a_single_look_is_an_ordinary_test_and_looks_that_spend_nothing_never_stop() -> None:
    assert boundaries((1.0,)) == pytest.approx([1.959964])
    assert boundaries((0.01, 1.0)) == pytest.approx([np.inf, 1.959964])


def test_all_looks_together_err_as_often_as_one() -> None:
    # 100,000 paths at uneven looks: standard error 0.07 points, tolerance four of them (1 in 16,000)
    fractions = (0.1, 0.25, 0.3, 0.7, 0.75, 1.0)
    draws = np.random.default_rng(12)
    sums = draws.normal(0, np.sqrt(np.diff([0, *fractions])), (100_000, 6)).cumsum(axis=1)
    for spending in Spending:
        beyond = np.abs(sums) / np.sqrt(fractions) > boundaries(fractions, 0.05, spending)
        assert beyond.any(axis=1).mean() == pytest.approx(0.05, abs=0.0028)


@pytest.mark.slow
def test_ten_looks_find_nothing_in_95_of_100_studies_of_nothing_and_usual_intervals_do_not() -> None:
    # 2,000 studies: standard error 0.5 points, so more than 6.5 % has a chance of 1 in 900 at a true rate of
    # 5 %; usual intervals err in about 19 %, and less than 15 % has a chance below 1 in 100,000.
    numbers = np.random.default_rng(31).normal(0, 1, (2_000, 100))
    found = [adaptive(given(one), Target(), 100, 10).stop is Stop.SURE for one in numbers]
    looks = [stats.ttest_1samp(numbers[:, :end], 0, axis=1).pvalue < 0.05 for end in range(10, 101, 10)]
    assert np.mean(found) < 0.065
    assert np.any(looks, axis=0).mean() > 0.15


def test_the_interval_covers_the_truth_wherever_it_stopped() -> None:
    # 600 studies with a real effect, stopped when it is seen: standard error 0.9 points, so less than 92 %
    # has a chance of 1 in 2,000 if 95 % are covered.
    draws = np.random.default_rng(7)
    covered = stopped_early = 0
    for _ in range(600):
        found = adaptive(given(draws.normal(0.5, 1, 80)), Target(), 80, 8)
        covered += found.estimates[0].low <= 0.5 <= found.estimates[0].high
        stopped_early += found.last.replicates < 80
    assert covered / 600 > 0.92
    assert stopped_early > 400


def test_a_large_effect_is_settled_early_and_an_absent_one_uses_the_budget() -> None:
    draws = np.random.default_rng(1)
    large = adaptive(given(draws.normal(3, 1, 100)), Target(), 100)
    assert (large.stop, large.last.replicates < 50) == (Stop.SURE, True)
    nothing = draws.normal(0, 1, 100)
    absent = adaptive(given(nothing - nothing.mean()), Target(), 100)
    assert (absent.stop, absent.last.replicates, len(absent.looks)) == (Stop.BUDGET, 100, 10)
    assert "100 of at most 100 replicates and 10 looks: the budget was used up" in absent.sentence


def test_a_narrow_interval_ends_it_whatever_the_mean() -> None:
    draws = np.random.default_rng(2)
    numbers = draws.normal(5, 1, 400)
    found = adaptive(given(numbers), Target(half_width=0.4, decide=False, spending=Spending.POCOCK), 400, 20)
    assert found.stop is Stop.SURE
    assert found.estimates[0].width <= 0.8
    assert found.looks[-2].estimates[0].width > 0.8


def test_it_goes_on_until_every_question_is_answered() -> None:
    draws = np.random.default_rng(3)
    numbers = np.stack([draws.normal(5, 1, 100), draws.normal(0.6, 1, 100)], axis=1)
    found = adaptive(given(numbers), Target(), 100, 10)
    alone = adaptive(given(numbers[:, 0]), Target(), 100, 10)
    assert alone.last.replicates < found.last.replicates
    assert found.last.answered == (True, True)


def test_numbers_that_are_all_equal_answer_nothing_before_the_end() -> None:
    rare = np.zeros(40)
    rare[-1] = 5.0
    found = adaptive(given(rare), Target(half_width=0.5), 40, 10)
    assert found.last.replicates == 40


def test_numbers_that_are_equal_but_for_rounding_answer_nothing_before_the_end() -> None:
    usual = np.random.default_rng(8).random(40)
    numbers = (usual + 0.1) - usual
    assert np.ptp(numbers) > 0
    numbers[-1] = 5.0
    found = adaptive(given(numbers), Target(half_width=0.5), 40, 10)
    assert found.last.replicates == 40
    assert found.looks[0].estimates[0].width == 0


def made_of(usual: np.ndarray, gain: np.ndarray) -> Callable[[Study], Made]:
    """Return a runner that gives the first of these numbers to two worlds."""
    return lambda study: Made({"few": usual[: study.replicates], "many": (usual + gain)[: study.replicates]})


def test_differences_that_are_equal_but_for_rounding_answer_no_question_before_the_end() -> None:
    usual = np.random.default_rng(8).random(40)
    question, wanted = Question("many", "trust", "few"), Study(worlds=(World(name="few"), World(name="many")))
    for gain in (1e-3, 1e-17):
        rare = np.full(40, gain)
        rare[-1] = 5.0
        run = made_of(usual, rare)
        assert np.ptp(question.numbers(run(wanted.model_copy(update={"replicates": 39})))) == 0
        found = run_until(wanted, [question], Target(half_width=0.5), 40, run)
        assert found.adaptive.last.replicates == 40
        assert not any(one.estimates[0].width for one in found.adaptive.looks[:-1])


def test_replicates_of_one_draw_are_averaged_before_a_question_is_answered() -> None:
    gain = np.tile([0.2, 2.0, 0.5, 1.5, -0.6], 8) + np.random.default_rng(2).normal(0, 0.01, 40)
    uncertain = tuple({"forgetting": 0.01 * (1 + draw)} for draw in range(5))
    worlds = World(name="few"), World(name="many")
    question, run = Question("many", "trust", "few"), made_of(np.zeros(40), gain)
    alone = run_until(Study(worlds=worlds), [question], Target(), 40, run)
    shared = run_until(Study(worlds=worlds, draws=uncertain), [question], Target(), 40, run)
    assert alone.adaptive.stop is Stop.SURE
    assert (shared.adaptive.stop, shared.adaptive.last.pairs) == (Stop.BUDGET, (5,))
    assert shared.adaptive.last.replicates == 40
    assert shared.adaptive.estimates[0].width > 1


def test_a_study_of_several_points_does_not_grow() -> None:
    design = Factorial(factors={"sector_silo": (0.1, 0.9)})
    with pytest.raises(AnalysisError, match="one point, but that of 'study' has 2"):
        run_until(Study(design=design), [Question("default", "trust")], Target(), 10, InMemory())


def test_a_look_that_spends_nothing_knows_nothing_yet() -> None:
    estimate = adaptive(given(np.arange(300.0)), Target(), 300, 100).looks[0].estimates[0]
    assert (estimate.low, estimate.value, estimate.high) == (-np.inf, 1.0, np.inf)


def test_missing_numbers_are_left_out_and_counted() -> None:
    numbers = np.random.default_rng(3).normal(0, 1, 40)
    numbers[::4] = np.nan
    found = adaptive(given(numbers), Target(), 40, 4)
    assert [look.pairs for look in found.looks] == [(7,), (15,), (22,), (30,)]


def test_more_looks_than_replicates_look_at_each_once() -> None:
    assert schedule(5, 50) == (3, 4, 5)


@pytest.mark.parametrize(("budget", "looks", "half_width"), [(2, 1, 0.0), (10, 0, 0.0), (10, 1, -1.0)])
def test_impossible_plans_are_refused(budget: int, looks: int, half_width: float) -> None:
    with pytest.raises(AnalysisError, match="a budget of at least 3 replicates"):
        adaptive(given(np.zeros(99)), Target(half_width), budget, looks)


def test_a_source_that_gives_too_little_is_found_out() -> None:
    with pytest.raises(AnalysisError, match="Replicates 0 to 9 were asked for, but 4 came"):
        adaptive(given(np.arange(4.0)), Target(), 10, 1)


def test_a_study_grows_until_it_is_known_and_simulates_each_run_once() -> None:
    small = {"regions": 2, "horizon": 24}
    worlds = (
        World(name="few", levers={"proposal_rate": 0.05}),
        World(name="many", levers={"proposal_rate": 2.0}),
    )
    study = Study(worlds=worlds, levers=small, seed=5, replicates=1)
    simulated: list[str] = []

    class Counting(InProcess):
        def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
            for batch in batches:
                simulated.extend(task.key for task in batch.tasks)
                yield from super().records([batch])

    run = InMemory(Counting())
    question = Question("many", "effort", "few")
    found = run_until(study, [question], Target(), 30, run, looks=6)
    assert found.adaptive.stop is Stop.SURE
    assert found.study.replicates == found.adaptive.last.replicates < 30
    assert len(simulated) == len(set(simulated)) == 2 * found.study.replicates
    at_once = InMemory()(found.study)
    assert (question.numbers(at_once) == question.numbers(found.results)).all()
    assert found.adaptive.estimates[0].value == question.numbers(at_once).mean()


def test_a_study_without_a_question_does_not_grow() -> None:
    with pytest.raises(AnalysisError, match="without a question"):
        run_until(Study(), [], Target(), 10, InMemory())
