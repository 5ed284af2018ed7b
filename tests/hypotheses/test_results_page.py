"""The published results: fresh, complete, and the same when a part of them is simulated again."""

from collections.abc import Sequence

import pytest

from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.experiments.hypotheses.results_page import DOCS, Row, page, read
from cocreate.experiments.hypotheses.run_hypothesis import run_hypotheses, usual_draws
from cocreate.experiments.study.engines.choice import engine_from

ROWS = read(DOCS / "results.csv")
TABLE = page(ROWS).partition("## Verdicts")[2].partition("## Claims")[0].splitlines()
"""Lines of the table of verdicts."""

PART = "H13"
"""The experiment that is simulated again: the one with the fewest worlds."""


def test_the_page_is_what_its_table_says() -> None:
    assert (DOCS / "results.md").read_text("utf-8") == page(ROWS)


def test_every_experiment_has_its_results() -> None:
    other = {row["hypothesis"] for row in ROWS} ^ set(HYPOTHESES)
    assert not other, f"docs/results.csv is stale for {', '.join(sorted(other))}: run `make results`"


def test_every_claim_and_boundary_has_its_row() -> None:
    for one in HYPOTHESES.values():
        kinds = [row["kind"] for row in ROWS if row["hypothesis"] == one.id]
        assert kinds.count("claim") + kinds.count("validity") == len(one.claims)
        assert kinds.count("validity") == sum(claim.validity for claim in one.claims)
        assert kinds.count("boundary") == len(one.boundaries)
        assert kinds.count("comparison") == sum(claim.tests for claim in one.claims if claim.ways)


def standing_of(row: Row) -> str:
    """Return the standing that interval and margin of a row give, by the rule that the page tells."""
    low, high, margin = float(row["low"]), float(row["high"]), float(row["margin"])
    holds, fails = {
        "more": (low > margin, high <= margin),
        "less": (high < -margin, low >= -margin),
        "about the same": (-margin <= low and high <= margin, low > margin or high < -margin),
        "less or about the same": (high <= margin, low > margin),
        "more or about the same": (low >= -margin, high < -margin),
    }[row["expected"]]
    return "holds" if holds else "fails" if fails else "unsettled"


def verdict_of(rows: Sequence[Row]) -> str:
    """Return the verdict on an experiment from its rows, by the rule that the page tells."""
    claims = [row for row in rows if row["kind"] == "claim"]
    stands = {row["standing"] for row in claims}
    essential = {row["standing"] for row in claims if row["essential"] == "yes"}
    conditions = {row["standing"] for row in rows if row["kind"] == "validity"}
    if not conditions <= {"holds"} or ("unsettled" in essential and "fails" not in essential):
        return "undecided"
    if "fails" in essential:
        return "refuted"
    if {"holds", "fails"} <= stands:
        return "depends on which of its claims is meant"
    if "unsettled" in stands:
        return "undecided"
    (all_of,) = stands
    there = [row for row in rows if row["kind"] == "boundary"]
    turned = [row["question"] for row in there if row["standing"] not in (all_of, "unsettled")]
    if turned:
        return f"depends on {' and on '.join(turned)}"
    return {"holds": "supported", "fails": "refuted"}[all_of]


def deciding(rows: Sequence[Row]) -> set[str]:
    """Return the standings of rows that alone can give a verdict, and what kind of row they are of."""
    return {f"{row['kind']} {row['standing']}" for row in rows if row["decides"]}


@pytest.mark.parametrize("id_", HYPOTHESES)
def test_each_verdict_stands_beside_what_decides_it(id_: str) -> None:
    rows = [row for row in ROWS if row["hypothesis"] == id_]
    verdict = rows[0]["verdict"]
    one_of = {
        "supported": ({"claim holds"},),
        "refuted": ({"claim fails"},),
        "undecided": ({"claim unsettled"}, {"validity unsettled"}, {"validity fails"}),
        "depends on which of its claims is meant": ({"claim fails"},),
    }.get(verdict, ({"boundary holds"}, {"boundary fails"}))
    assert deciding(rows) in one_of
    first = next(row for row in rows if row["decides"] == "1")
    (line,) = (line for line in TABLE if line.startswith(f"| {id_} |"))
    assert f"**{verdict}**" in line
    assert first["says"] in line
    assert page([first]).splitlines()[-1].split(" | ")[4] == line.removesuffix(" |").split(" | ")[-1]


def test_a_table_of_an_earlier_version_gives_a_page_too() -> None:
    rows = [{name: cell for name, cell in row.items() if name != "decides"} for row in ROWS]
    lines = page(rows).splitlines()
    assert sum("unknown; leading effect" in line for line in lines) == len(HYPOTHESES)
    assert page(ROWS).splitlines()[-len(ROWS) :] == lines[-len(ROWS) :]


def test_each_standing_follows_from_the_numbers_beside_it() -> None:
    several = {row["says"] for row in ROWS if row["kind"] == "comparison"}
    single = [row for row in ROWS if row["kind"] == "comparison" or row["says"] not in several]
    assert {row["says"] for row in single if standing_of(row) != row["standing"]} == set()


def test_the_standing_of_a_claim_with_comparisons_follows_from_them() -> None:
    for one in HYPOTHESES.values():
        for claim in (claim for claim in one.claims if claim.ways):
            rows = [row for row in ROWS if row["hypothesis"] == one.id and row["says"] == claim.says]
            stands = [row["standing"] for row in rows if row["kind"] == "comparison"]
            each = iter(stands)
            ways = [[next(each) for _ in way] for way in claim.ways]
            holds = any(set(way) == {"holds"} for way in ways)
            fails = all("fails" in way for way in ways)
            (told,) = (row["standing"] for row in rows if row["kind"] == "claim")
            assert told == ("holds" if holds else "fails" if fails else "unsettled")


@pytest.mark.parametrize("id_", HYPOTHESES)
def test_each_verdict_follows_from_its_rows(id_: str) -> None:
    rows = [row for row in ROWS if row["hypothesis"] == id_]
    assert verdict_of(rows) == rows[0]["verdict"]


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
