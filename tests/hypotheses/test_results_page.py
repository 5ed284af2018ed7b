"""The published results: fresh, complete, and the same when a part of them is simulated again."""

import pytest

from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.experiments.hypotheses.results_page import DOCS, page, read
from cocreate.experiments.hypotheses.run_hypothesis import run_hypotheses, usual_draws
from cocreate.experiments.study.engines.choice import engine_from

ROWS = read(DOCS / "results.csv")
PART = "H13"
"""The experiment that is simulated again: the one with the fewest worlds."""


def test_the_page_is_what_its_table_says() -> None:
    assert (DOCS / "results.md").read_text("utf-8") == page(ROWS)


def test_every_experiment_has_its_results() -> None:
    assert {row["hypothesis"] for row in ROWS} == set(HYPOTHESES)


def test_every_claim_and_boundary_has_its_row() -> None:
    for one in HYPOTHESES.values():
        kinds = [row["kind"] for row in ROWS if row["hypothesis"] == one.id]
        assert kinds.count("claim") == len(one.claims)
        assert kinds.count("boundary") == len(one.boundaries)
        assert kinds.count("comparison") == sum(claim.tests for claim in one.claims if claim.ways)


@pytest.mark.slow
def test_a_part_of_the_results_comes_out_the_same_when_simulated_again() -> None:
    stored = [row for row in ROWS if row["hypothesis"] == PART]
    hypotheses = [HYPOTHESES[PART]]
    replicates = round(int(stored[0]["replicates"]) / hypotheses[0].share)
    found = run_hypotheses(
        hypotheses, replicates, int(stored[0]["seed"]), draws=usual_draws(), engine=engine_from(workers=2)
    )
    again = found[0].rows()
    assert [row["says"] for row in stored] == [row["says"] for row in again]
    for old, new in zip(stored, again, strict=True):
        for name in ("effect", "low", "high"):
            assert new[name] == pytest.approx(float(old[name]), rel=1e-9, abs=1e-12)
    assert {row["verdict"] for row in stored} == {row["verdict"] for row in again}
