"""Provenance: what results were made on is kept, and compared before more are added."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cocreate
from cocreate.agents.compiled import fingerprint
from cocreate.experiments.study import session, tasks
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.entering import Allow
from cocreate.experiments.study.provenance import checkout, drift, environment
from cocreate.experiments.study.readers import read_results
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import DriftError
from cocreate.experiments.study.study_folder import StudyFolder
from tests.study.store_worlds import Counting, small


def other(**changes: Any) -> dict[str, Any]:
    """Return the environment with changes."""
    return {**environment(), **changes}


def test_a_session_keeps_what_one_needs_to_make_the_numbers_again(tmp_path: Path) -> None:
    results = run_study(small(2), tmp_path)
    (note,) = StudyFolder(Store(tmp_path), "small").sessions()
    assert note["study"] == results.study.fingerprint
    assert (note["ends"], note["engine"], note["cores"]) == ("complete", "InProcess", 1)
    assert note["runs"] == {"there_before": 0, "simulated": 4, "failed": 0}
    assert 0 < note["processor_seconds"] <= note["wall_seconds"] * 1.5
    made_on = note["environment"]
    assert (made_on["cocreate"], made_on["code"]) == (cocreate.__version__, fingerprint())
    assert made_on["packages"]["numpy"]
    assert StudyFolder(Store(tmp_path), "small").study() == small(2)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cocreate": "0.0.1"}, "cocreate is .*, was 0.0.1"),
        ({"packages": {**environment()["packages"], "numpy": "1.0"}}, "numpy is .*, was 1.0"),
        ({"machine": "abacus"}, "the machine is .*, was abacus"),
    ],
)
def test_a_study_begun_on_something_else_goes_on_only_when_that_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], told: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(session, "environment", lambda: other(**changes))
        run_study(small(2), tmp_path)
    with pytest.raises(DriftError, match=f"{told}.*--allow-drift"):
        run_study(small(2), tmp_path)
    engine = Counting()
    allowed = run_study(small(2), tmp_path, engine=engine, allow=Allow(drift=True))
    assert engine.tasks == []
    assert rows_hash(allowed) == rows_hash(run_study(small(2)))
    run_study(small(2), tmp_path)  # accepted once is enough


def test_a_new_study_shares_no_runs_made_on_something_else_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(session, "environment", lambda: other(python="3.0.0"))
        run_study(small(2), tmp_path)
    with pytest.raises(DriftError, match="Python is"):
        run_study(small(2, "other"), tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(session, "environment", lambda: other(python="3.0.0", code="another model"))
        run_study(small(2, "other"), tmp_path)  # of other code it shares none


def test_results_of_another_model_s_code_are_read_as_they_were_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run_study(small(3), tmp_path)
    whole = rows_hash(before)
    monkeypatch.setattr(tasks, "fingerprint", lambda: "another model")
    monkeypatch.setattr(session, "environment", lambda: other(code="another model"))
    read = read_results(tmp_path, "small")
    assert rows_hash(read) == whole
    assert not read.failures
    with pytest.raises(DriftError, match="the model's code is another model"):
        run_study(small(3), tmp_path)
    assert rows_hash(read_results(tmp_path, "small")) == whole
    engine = Counting()
    accepted = run_study(small(2), tmp_path, engine=engine, allow=Allow(drift=True))
    assert len(engine.tasks) == 4
    assert not accepted.failures
    assert not np.isnan(read_results(tmp_path, "small").outcomes[:2, 0]).any()


def test_packages_that_cannot_change_a_result_may_change() -> None:
    now = environment()
    assert (
        drift(now, {**now, "packages": {**now["packages"], "matplotlib": "0.1"}, "host": "elsewhere"}) == []
    )


def test_a_checkout_is_told_by_its_commit() -> None:
    found = checkout()
    if found["commit"] is None:
        pytest.skip("needs a git checkout")
    assert len(found["commit"]) == 40
    assert isinstance(found["dirty"], bool)
