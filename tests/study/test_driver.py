"""The driver: what is simulated, what is left out, and what may differ from before."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cocreate.experiments.conclusions.until_precise import run_until_precise
from cocreate.experiments.study.conclude import Conclude, Contrasts, Precision
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines.pool import Pool
from cocreate.experiments.study.entering import Allow
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.progress import Tally
from cocreate.experiments.study.readers import read_frame, read_results
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import EditedStudyError, StoreError
from cocreate.experiments.study.study_folder import StudyFolder
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World
from tests.study.store_worlds import CLOSED, OPEN, Counting, Failing, small

TIGHT = 5
"""Rows of a part, so that small studies make several."""


def seeds_of(study: Study) -> list[int]:
    """Return the seeds of the replicates."""
    return [cell.task.seed for cell in study.cells()][: study.replicates]


def test_a_store_gives_back_every_bit_that_memory_holds(tmp_path: Path) -> None:
    in_memory = run_study(small())
    stored = run_study(small(), Store(tmp_path / "store", part_rows=TIGHT))
    assert rows_hash(stored) == rows_hash(in_memory)
    assert rows_hash(read_results(tmp_path / "store", "small")) == rows_hash(in_memory)
    assert in_memory.outcomes.shape[0] == 12
    assert len(in_memory.pilots) > 0


@pytest.mark.slow
def test_one_process_and_two_give_the_same_rows(tmp_path: Path) -> None:
    alone = run_study(small(4))
    together = run_study(small(4), tmp_path / "store", engine=Pool(2))
    assert rows_hash(alone) == rows_hash(together)


def test_a_finished_run_is_never_simulated_again_not_even_for_another_study(tmp_path: Path) -> None:
    first, again, other = Counting(), Counting(), Counting()
    run_study(small(), tmp_path, engine=first)
    run_study(small(), tmp_path, engine=again)
    run_study(small(8, "larger"), tmp_path, engine=other)
    assert [len(engine.tasks) for engine in (first, again, other)] == [12, 0, 4]
    assert not {task.key for task in first.tasks} & {task.key for task in other.tasks}


def test_a_study_that_was_expanded_keeps_its_replicates_when_drift_is_accepted(tmp_path: Path) -> None:
    run_study(small(2), tmp_path)
    run_study(small(4), tmp_path, allow=Allow(expand=True))
    assert rows_hash(run_study(small(2), tmp_path, allow=Allow(drift=True))) == rows_hash(run_study(small(2)))
    assert read_results(tmp_path, "small").study.replicates == 4
    assert len(read_frame(tmp_path, "small")) == 8
    edited = small(2).model_copy(update={"seed": 2})
    run_study(edited, tmp_path, allow=Allow(drift=True))
    assert read_results(tmp_path, "small").study == edited


class Gone(Counting):
    """A cluster of which nobody can say how large it is."""

    @property
    def cores(self) -> int:  # type: ignore[override] # it has to be asked
        """Fail."""
        raise ConnectionError("the cluster is gone")


def test_an_engine_is_asked_nothing_when_there_is_nothing_to_simulate(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError, match="the cluster is gone"):
        run_study(small(1), tmp_path, engine=Gone())
    run_study(small(1), tmp_path)
    assert rows_hash(run_study(small(1), tmp_path, engine=Gone())) == rows_hash(run_study(small(1)))
    notes = StudyFolder(Store(tmp_path), "small").sessions()
    assert [(one["ends"], one["cores"]) for one in notes] == [("failed", 0), ("complete", 1), ("complete", 0)]


def test_worlds_that_are_equal_share_their_runs() -> None:
    twin = World(name="twin", levers=CLOSED.levers)
    engine = Counting()
    study = small().model_copy(update={"worlds": (OPEN, CLOSED, twin)})
    results = run_study(study, engine=engine)
    assert len(engine.tasks) == 12
    np.testing.assert_array_equal(results.values("closed", "trust"), results.values("twin", "trust"))


@pytest.mark.parametrize(
    "more", [Keep(pilots=True), Keep(series=("trust",)), Keep(series=("trust", "active"))]
)
def test_a_run_is_simulated_again_for_a_study_that_keeps_more_of_it(tmp_path: Path, more: Keep) -> None:
    run_study(small(2, "ends", Keep(series=("active",))), tmp_path)
    engine = Counting()
    stored = run_study(small(2, "more", more), tmp_path, engine=engine)
    assert len(engine.tasks) == 4
    assert rows_hash(stored) == rows_hash(run_study(small(2, "more", more)))
    assert len(read_frame(tmp_path, "ends")) == 4  # still one row a run


def test_a_failed_run_is_a_row_and_is_tried_again_only_when_asked(tmp_path: Path) -> None:
    bad = seeds_of(small())[2]
    results = run_study(small(), tmp_path, engine=Failing([bad]))
    assert [(one.number, one.failure) for one in results.failures] == [(2, "ValueError: it broke")] * 2
    row = read_frame(tmp_path, "small", "failures").iloc[0]
    assert (row.seed, row.traceback, row.world) == (bad, "where it broke", "open")
    assert '"sector_silo": 0.2' in row.levers
    resumed, retried = Counting(), Counting()
    run_study(small(), tmp_path, engine=resumed)
    mended = run_study(small(), tmp_path, engine=retried, allow=Allow(retry=True))
    assert (len(resumed.tasks), len(retried.tasks)) == (0, 2)
    assert rows_hash(mended) == rows_hash(run_study(small()))
    assert read_frame(tmp_path, "small", "failures").empty


def test_shards_together_give_the_rows_of_one_driver(tmp_path: Path) -> None:
    engines = [Counting(), Counting(), Counting()]
    for number, engine in enumerate(engines, 1):
        run_study(small(5), Store(tmp_path, part_rows=2), engine=engine, shard=(number, 3))
    assert sorted(len(engine.tasks) for engine in engines) == [3, 3, 4]
    rest = Counting()
    whole = run_study(small(5), tmp_path, engine=rest)
    assert rest.tasks == []
    assert rows_hash(whole) == rows_hash(run_study(small(5)))
    assert len(Store(tmp_path).parts()) == 1  # the driver of everything has put them together


def test_more_replicates_are_added_only_when_asked_and_leave_the_first_as_they_were(tmp_path: Path) -> None:
    before = run_study(small(3), tmp_path)
    with pytest.raises(EditedStudyError, match="expand small --replicates 5"):
        run_study(small(5), tmp_path)
    engine = Counting()
    after = run_study(small(5), tmp_path, engine=engine, allow=Allow(expand=True))
    assert len(engine.tasks) == 4
    np.testing.assert_array_equal(after.values("open", "trust")[:3], before.values("open", "trust"))
    fewer = run_study(small(3), tmp_path)
    assert rows_hash(fewer) == rows_hash(before)
    assert read_results(tmp_path, "small").study.replicates == 5


def test_a_study_edited_after_it_began_is_refused_with_what_differs(tmp_path: Path) -> None:
    run_study(small(2), tmp_path)
    edited = small(2).model_copy(update={"worlds": (OPEN, World(name="closed", levers={"sector_silo": 0.8}))})
    with pytest.raises(
        EditedStudyError, match=r"worlds 2, levers, sector_silo is 0.8, was 0.9.*--allow-drift"
    ):
        run_study(edited, tmp_path)
    assert rows_hash(read_results(tmp_path, "small")) == rows_hash(run_study(small(2)))
    allowed = run_study(edited, tmp_path, allow=Allow(drift=True))
    assert rows_hash(allowed) == rows_hash(run_study(edited))


def test_words_and_reports_of_a_study_can_change_freely(tmp_path: Path) -> None:
    run_study(small(2), tmp_path)
    engine = Counting()
    words = {"question": "Why?", "outcomes": ("trust",), "time_limit": 60.0}
    run_study(small(2).model_copy(update=words), tmp_path, engine=engine)
    assert engine.tasks == []
    assert read_results(tmp_path, "small").study.question == "Why?"


def test_words_and_conclusions_of_a_study_can_change_after_replicates_were_added(tmp_path: Path) -> None:
    run_study(small(2), tmp_path)
    run_study(small(4), tmp_path, allow=Allow(expand=True))
    contrasts = Conclude(contrasts=Contrasts(correction="bh"))
    words = {"question": "Why?", "outcomes": ("trust",), "conclude": contrasts}
    engine = Counting()
    run_study(small(2).model_copy(update=words), tmp_path, engine=engine)
    assert engine.tasks == []
    kept = read_results(tmp_path, "small").study
    assert kept == small(4).model_copy(update=words)
    assert len(read_frame(tmp_path, "small")) == 8


def test_a_budget_below_the_replicates_that_are_there_is_refused_with_both_ways_out(tmp_path: Path) -> None:
    run_study(small(4), tmp_path)
    precision = Precision(outcome="trust", half_width=0.1, budget=3)
    asked = small(2).model_copy(update={"conclude": Conclude(precision=precision)})
    for run in (run_study, run_until_precise):
        with pytest.raises(
            EditedStudyError,
            match=r"would have 4 replicates in the store .* has a budget of 3\. Raise budget .* to 4 or more"
            ".*another name",
        ):
            run(asked, tmp_path)
    assert read_results(tmp_path, "small").study == small(4)


def test_a_study_whose_file_is_damaged_is_entered_again_and_nothing_simulated_twice(tmp_path: Path) -> None:
    run_study(small(2), tmp_path)
    file = StudyFolder(Store(tmp_path), "small").file
    file.write_bytes(file.read_bytes()[:-40] + b"\xff")
    with pytest.raises(StoreError, match=r"study.toml .*Restore that file.*cocreate study run FILE --store"):
        read_results(tmp_path, "small")
    engine = Counting()
    mended = run_study(small(2), tmp_path, engine=engine)
    assert engine.tasks == []
    assert rows_hash(mended) == rows_hash(run_study(small(2)))
    assert read_results(tmp_path, "small").study == small(2)
    assert (file.parent / "damaged.toml").read_bytes().endswith(b"\xff")


@pytest.mark.parametrize("shard", [(0, 4), (5, 4), (1, 0), "1/4", (1.0, 2.0), (1, 2, 3), 1])
def test_a_share_that_is_none_is_refused_before_a_store_is_made(tmp_path: Path, shard: Any) -> None:
    with pytest.raises(StudyError, match=r"shard must be two whole numbers.*such as \(1, 4\)"):
        run_study(small(), tmp_path / "store", shard=shard)
    assert not (tmp_path / "store").exists()


def test_a_seed_of_zero_is_a_seed_like_any_other(tmp_path: Path) -> None:
    zero = small(2).model_copy(update={"seed": 0, "name": "zero"})
    stored = run_study(zero, tmp_path)
    assert rows_hash(stored) == rows_hash(run_study(zero)) != rows_hash(run_study(small(2)))
    assert read_results(tmp_path, "zero").study.seed == 0


def test_numbers_of_numpy_give_the_same_study_as_plain_ones(tmp_path: Path) -> None:
    levers: dict[str, Any] = {"regions": np.int64(1), "horizon": np.int32(24), "proposal_rate": np.float64(1)}
    worlds = (OPEN, World(name="closed", levers={"sector_silo": np.float64(0.9)}))
    counts: dict[str, Any] = {"replicates": np.int64(2), "seed": np.int64(1)}
    odd = Study(name="small", worlds=worlds, levers=levers, keep=small().keep, **counts)
    run_study(small(2), tmp_path)
    engine = Counting()
    run_study(odd, tmp_path, engine=engine)
    assert engine.tasks == []


def test_a_misspelt_lever_is_refused_before_a_store_is_made(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="sector_silo"):
        run_study(Study(levers={"sector_sillo": 0.5}), tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_progress_counts_what_was_there_what_came_and_what_failed(tmp_path: Path) -> None:
    run_study(small(2), tmp_path)
    seen: list[tuple[int, int, int, int]] = []

    def note(tally: Tally) -> None:
        seen.append((tally.total, tally.present, tally.done, tally.failed))

    bad = seeds_of(small(3))[2:]
    run_study(small(3), tmp_path, engine=Failing(bad), progress=note, allow=Allow(expand=True))
    assert seen[0] == (6, 4, 0, 0)
    assert seen[-1] == (6, 4, 0, 2)
