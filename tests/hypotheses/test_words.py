"""What the terminal prints of a finding: what was measured, how sure it is, and in which worlds."""

from io import StringIO

import pytest
from rich.console import Console

from cocreate.experiments.hypotheses.claim import Expected
from cocreate.experiments.hypotheses.finding import Finding, Provenance
from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.experiments.hypotheses.verdict import Standing, judge
from cocreate.experiments.hypotheses.words import MOST_WORLDS, claims_table, runs_line, world_lines
from tests.hypotheses.made import claim, judged, judged_boundary, paired

CLEAR, WIDE = paired(0.4, noise=0.1), paired(0.2, noise=0.6)


def finding(worlds: int = 2, draws: int = 0) -> Finding:
    """Return a finding with a claim that holds, and a boundary that is not settled."""
    claims, bounds = (judged(CLEAR, claim(), tests=2),), (judged_boundary(WIDE),)
    settings = {f"world {place}": {"sector_silo": place / 100} if place else {} for place in range(worlds)}
    changes = {"world 1": "month 24: facilitation = 0.1"}
    where = Provenance(7, claims[0].effect.pairs, 0, settings, draws, "0.1.0", changes)
    texts = ("H0", "It helps", "It helps.", "nobody", ("sector_silo",), "it does not")
    return Finding(*texts, claims, bounds, judge(claims, bounds), (), where)


def printed(one: Finding) -> str:
    """Return the table of a finding as text."""
    out = StringIO()
    Console(file=out, width=220).print(claims_table(one))
    return out.getvalue()


def test_the_table_says_what_is_measured_how_sure_it_is_and_what_counts() -> None:
    one = finding()
    table = printed(one)
    assert "Effect [95% interval, all 2 tests]" in table
    assert "Smallest that counts" in table
    about = one.claims[0]
    assert f"({about.claim.outcome})" in table
    assert about.standing is Standing.HOLDS
    assert " unsettled" in table
    assert " open" not in table


def test_pairs_seed_and_draws_are_named() -> None:
    pairs = finding().claims[0].effect.pairs
    assert runs_line(finding()).startswith(f"Pairs behind each effect: {pairs}, of {pairs} replicates")
    assert runs_line(finding()).endswith("; seed 7; uncertain levers at their defaults.")
    assert f"; each from one of the first {pairs} of 64 draws of uncertain levers." in runs_line(
        finding(draws=64)
    )
    assert "; each from one of 12 draws of uncertain levers." in runs_line(finding(draws=12))


def test_each_world_is_told_with_its_levers_unless_there_are_very_many() -> None:
    assert world_lines(finding()) == [
        "World “world 0”: all levers as usual",
        "World “world 1”: sector_silo = 0.01; month 24: facilitation = 0.1",
    ]
    assert len(world_lines(finding(MOST_WORLDS))) == MOST_WORLDS
    first, between, last = world_lines(finding(64))
    assert "“world 0”" in first
    assert between == "62 worlds in between are in findings.json."
    assert "“world 63”" in last


@pytest.mark.parametrize("name", ["silos", "continuity", "power"])
def test_a_boundary_of_an_opened_theme_claims_what_it_measures(name: str) -> None:
    for one in HYPOTHESES[name].boundaries:
        assert one.claim.outcome == "structural_per_region"
        assert "a region has more regular services with" in one.claim.says
        assert one.claim.expected is Expected.MORE


def test_no_standing_is_called_open_as_silos_are() -> None:
    assert "open" not in {str(one) for one in Standing}
