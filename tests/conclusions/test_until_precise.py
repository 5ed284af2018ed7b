"""Studies that grow by themselves: when they stop, and what an interrupt leaves."""

from pathlib import Path

import pytest

from cocreate.experiments import run_until_precise
from cocreate.experiments.analysis.adaptive import Target
from cocreate.experiments.analysis.boundaries import Spending
from cocreate.experiments.analysis.run_until import Grown, InMemory, Question, run_until
from cocreate.experiments.conclusions.precision import Precise, precision
from cocreate.experiments.study.conclude import Conclude, Precision
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.readers import read_results
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import EditedStudyError, StudyStopped
from cocreate.experiments.study.study_folder import StudyFolder
from cocreate.experiments.study.tasks import Keep
from tests.study.store_worlds import Counting, Failing, small

BUDGET, LOOKS = 20, 4
NARROW, WIDE = 1e-6, 10.0
"""Half widths that no interval of trust is ever within, and always."""


def until(half_width: float, replicates: int = 2) -> Study:
    """Return a study that looks after 5, 10, 15 and 20 replicates."""
    asked = Precision(outcome="trust", half_width=half_width, budget=BUDGET, looks=LOOKS)
    study = small(replicates, keep=Keep())
    return study.model_copy(update={"conclude": Conclude(precision=asked)})


def known(results: Results) -> Precise:
    """Return how precise a study is that asks for it."""
    assert results.study.conclude.precision is not None
    return precision(results, results.study.conclude.precision)


def looks_of(study: Study, store: Path, engine: Counting) -> list[tuple[int, bool]]:
    """Simulate a study and return what was known at each look: replicates, and whether that was enough."""
    seen: list[Precise] = []
    run_until_precise(study, store, engine=engine, looked=seen.append)
    return [(one.replicates, one.reached) for one in seen]


def test_a_study_stops_at_the_first_look_that_is_precise_enough(tmp_path: Path) -> None:
    engine = Counting()
    assert looks_of(until(WIDE), tmp_path, engine) == [(5, True)]
    assert len(engine.tasks) == 10
    assert read_results(tmp_path, "small").study.replicates == 5


def test_a_study_stops_when_its_budget_is_used_up(tmp_path: Path) -> None:
    engine = Counting()
    assert looks_of(until(NARROW), tmp_path, engine) == [(5, False), (10, False), (15, False), (20, False)]
    assert len(engine.tasks) == 40
    again = Counting()
    assert looks_of(until(NARROW), tmp_path, again) == [(20, False)]
    assert again.tasks == []


def test_a_study_stops_where_adaptive_replication_in_memory_does(tmp_path: Path) -> None:
    question, memory = [Question("closed", "trust", "open")], InMemory()

    def in_memory(half_width: float) -> Grown[Results]:
        target = Target(half_width, decide=False, spending=Spending.POCOCK)
        return run_until(until(half_width), question, target, BUDGET, memory, LOOKS)

    halves = [look.estimates[0].width / 2 for look in in_memory(NARROW).adaptive.looks]
    enough = 1.001 * halves[1]
    assert enough < halves[0]
    grown = in_memory(enough)
    stored = run_until_precise(until(enough), tmp_path)
    assert rows_hash(stored) == rows_hash(grown.results)
    assert stored.study.replicates == 10
    assert tuple(known(stored).differences.values()) == grown.adaptive.estimates


def test_an_interrupted_study_is_resumed_to_the_same_rows(tmp_path: Path) -> None:
    def stop(number: int) -> None:
        if number >= 13:
            raise KeyboardInterrupt

    stopped, rest = Counting(after=stop), Counting()
    with pytest.raises(StudyStopped, match="cocreate study resume small"):
        run_until_precise(until(NARROW), tmp_path, engine=stopped)
    left = read_results(tmp_path, "small")
    assert left.study.replicates == 10
    assert left.complete < 10
    assert (known(left).replicates, known(left).next_look) == (5, 10)  # half a look is none
    resumed = run_until_precise(left.study, tmp_path, engine=rest)
    assert len(stopped.tasks) + len(rest.tasks) == 2 * BUDGET
    assert rows_hash(resumed) == rows_hash(run_study(until(NARROW, BUDGET)))


def test_an_interrupt_between_two_looks_says_how_to_go_on(tmp_path: Path) -> None:
    def stop(_: Precise) -> None:
        raise KeyboardInterrupt

    with pytest.raises(StudyStopped, match="cocreate study resume small"):
        run_until_precise(until(NARROW), tmp_path, looked=stop)
    assert [one["ends"] for one in StudyFolder(Store(tmp_path), "small").sessions()] == ["complete"]


def test_a_study_that_begins_beyond_the_first_look_begins_there(tmp_path: Path) -> None:
    assert looks_of(until(WIDE, 12), tmp_path, Counting()) == [(10, True)]
    assert read_results(tmp_path, "small").study.replicates == 12


def test_failed_runs_do_not_keep_a_study_from_its_looks(tmp_path: Path) -> None:
    bad = [cell.task.seed for cell in until(NARROW, 3).cells()][2]
    seen: list[Precise] = []
    run_until_precise(until(WIDE), tmp_path, engine=Failing([bad]), looked=seen.append)
    assert [(one.replicates, one.reached) for one in seen] == [(5, True)]


def test_an_edited_study_is_refused_before_it_grows(tmp_path: Path) -> None:
    run_until_precise(until(WIDE), tmp_path)
    with pytest.raises(EditedStudyError, match="seed is 2, was 1"):
        run_until_precise(until(NARROW).model_copy(update={"seed": 2}), tmp_path)
    assert read_results(tmp_path, "small").study.replicates == 5


def test_a_study_without_a_wish_for_precision_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"give it \[conclude.precision\]"):
        run_until_precise(small(), tmp_path)
