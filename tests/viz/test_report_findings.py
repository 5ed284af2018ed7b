"""Reports on findings: headlines first, every verdict and number as the experiments found them."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference, peak
from cocreate.experiments.hypotheses.estimate import estimate, judged_claim, more_pairs
from cocreate.experiments.hypotheses.finding import Finding, Provenance
from cocreate.experiments.hypotheses.in_short import in_short
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.verdict import JudgedBoundary, JudgedClaim, Verdict, judge, standing
from cocreate.model.outcomes import OUTCOMES
from cocreate.viz.report.badges import VERDICTS
from cocreate.viz.report.findings_page import report_findings
from cocreate.viz.report.outcome_definitions import measure_definition
from cocreate.viz.theme import new_figure
from tests.viz.html_check import CheckedPage, words_of

PAIRS = 40


def finding(id_: str, effect: float, at_boundary: float = 0.5, title: str = "") -> Finding:
    """Return a finding whose claim expects more, from drawn numbers with given effects."""
    draws = np.random.default_rng(4)
    base = draws.normal(0.5, 0.1, PAIRS)
    values = {
        "off": base,
        "on": base + effect + draws.normal(0, 0.02, PAIRS),
        "off_there": base,
        "on_there": base + at_boundary + draws.normal(0, 0.02, PAIRS),
    }
    claim = Claim("It helps.", "trust", difference("on", "off"), Expected.MORE)
    found = estimate(claim.weights, values, 2)
    one = JudgedClaim(claim, found, standing(found, claim.expected, claim.smallest), more_pairs(found, claim))
    there = Claim("It helps there, too.", "trust", difference("on_there", "off_there"), Expected.MORE)
    boundary = Boundary("whether it is raining", there, Expected.MORE)
    seen = estimate(there.weights, values, 2)
    other = JudgedBoundary(
        boundary, seen, standing(seen, Expected.MORE, 0.2), standing(seen, boundary.foreseen, 0.2)
    )
    return Finding(
        id=id_,
        title=title or f"Title of {id_}",
        lesson="A lesson.",
        source="a brief",
        levers=("sector_silo",),
        refuted_if="it does not help",
        claims=(one,),
        boundaries=(other,),
        judgement=judge([one], [other]),
        worlds=(),
        provenance=Provenance(7, PAIRS, 2, {"closed": {"sector_silo": 0.9}, "open": {}}, 0, "0.1.0"),
    )


FINDINGS = (
    finding("H1", 0.3),
    finding("H2", -0.3, -0.3),
    finding("H3", 0.3, -0.3),
    finding("H4", 0.02),
    finding("silos", 0.3),
)


@pytest.fixture(scope="module")
def page() -> CheckedPage:
    """Return a report on five findings, one of which has a figure."""
    figure = new_figure(4, 3)
    figure.subplots().plot([0, 1])
    return CheckedPage(report_findings(FINDINGS, {"H1": {"one": figure, "two": figure}}))


def test_the_five_findings_cover_every_verdict() -> None:
    assert {one.verdict for one in FINDINGS} == set(Verdict)


def test_a_report_on_findings_is_sound_and_needs_nothing_from_outside(page: CheckedPage) -> None:
    assert page.problems == []
    assert page.landmarks["figure"] == 2


def test_headlines_come_first_and_the_rest_in_the_order_given(page: CheckedPage) -> None:
    lessons = [words_of(text) for level, text in page.headings if level == 3]
    assert [text.split(" ")[0].rstrip(":") for text in lessons] == ["Title", "H1", "H2", "H3", "H4"]
    assert "silos" in lessons[0]


def test_each_verdict_has_its_word_and_a_sign_of_its_own(page: CheckedPage) -> None:
    assert len({sign for sign, _ in VERDICTS.values()}) == len(Verdict)
    table = next(one for one in page.tables if one[0][:2] == ["Lesson", "Verdict"])
    shown = {words_of(row[0]).split(":")[0]: words_of(row[1]) for row in table[1:]}
    for one in FINDINGS:
        sign, _ = VERDICTS[one.verdict]
        words = "it depends" if one.verdict is Verdict.DEPENDS else str(one.verdict)
        assert shown[one.id] == f"{sign} {words}"
    assert "depends on whether it is raining" in words_of(page.text)


def test_the_table_of_verdicts_shows_the_claim_that_decides_rather_than_the_leading_one() -> None:
    one, other = finding("H1", 0.3), finding("H2", -0.1)
    fatal = replace(other.claims[0].claim, says="It cures.", essential=True)
    claims = one.claims[0], replace(other.claims[0], claim=fatal)
    refuted = replace(one, claims=claims, boundaries=(), judgement=judge(claims))
    page = CheckedPage(report_findings([refuted]))
    (_, row) = next(table for table in page.tables if table[0][:2] == ["Lesson", "Verdict"])
    assert words_of(row[1]) == "✕ refuted"
    assert words_of(row[2]) == "Essential: It cures."
    assert float(words_of(row[5]).replace("−", "-")) == pytest.approx(-10, abs=1)  # noqa: RUF001 - a minus
    text = words_of(page.text)
    assert "Leading effect, on trust of citizens: +30" in text
    assert "Deciding effect, on trust of citizens: −" in text  # noqa: RUF001 - a minus


def test_the_reason_and_the_effect_of_each_finding_are_told(page: CheckedPage) -> None:
    text = words_of(page.text)
    for one in FINDINGS:
        assert words_of(in_short(one)) in text
        assert f"{100 * abs(one.effect.mean):.1f} percentage points" in text


def test_tables_say_at_what_level_intervals_are(page: CheckedPage) -> None:
    heads = [one[0] for one in page.tables if any("interval" in words_of(cell).lower() for cell in one[0])]
    assert len(heads) == 1 + 2 * len(FINDINGS)  # verdicts, then claims and boundaries of each
    assert all("95 % interval, all tests" in map(words_of, head) for head in heads)


def test_all_claims_and_boundaries_are_in_the_file_in_full_precision(page: CheckedPage) -> None:
    rows = list(csv.DictReader(io.StringIO(page.files["findings.csv"])))
    assert len(rows) == 2 * len(FINDINGS)
    means = {row["hypothesis"]: float(row["effect"]) for row in rows if row["kind"] == "claim"}
    assert means == {one.id: one.effect.mean for one in FINDINGS}


def test_a_title_cannot_become_a_part_of_the_page() -> None:
    html = report_findings([finding("H<1>", 0.3, title="<script>x</script>")])
    assert "<script" not in html
    assert CheckedPage(html).problems == []


def test_a_finding_without_any_measured_pair_gets_a_page() -> None:
    empty = finding("H1", float("nan"), float("nan"))
    page = CheckedPage(report_findings([empty]))
    assert page.problems == []
    assert "there is no interval, as only 0 of 40 replicates could be measured" in words_of(page.text)
    assert "nan" not in words_of(page.text).lower().split()


def test_outcomes_are_defined_as_declared_with_the_direction_that_is_better() -> None:
    declared = OUTCOMES["trust"]
    gap = "gap in fit of the hard to reach"
    text = words_of(CheckedPage(report_findings(FINDINGS[:1], also=("effectiveness_gap",))).text)
    meaning = f"{declared.meaning[:1].upper()}{declared.meaning[1:]}"
    assert f"{meaning}. Unit: %. More is better. In data: trust." in text
    assert gap in text
    assert "Fit for all citizens less fit for the hard to reach. Unit: points. Less is better." in text


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_a_meaning_of_its_own(name: str) -> None:
    one = MEASURES[name]
    assert one.meaning != name.replace("_", " ")
    assert measure_definition(name)[1].endswith(f"In data: {name}.")


def test_a_report_says_on_what_its_runs_were_made_and_which_levers_were_drawn() -> None:
    one = finding("H1", 0.3)
    where = {"cocreate": "0.1.0", "code": "c0de", "commit": "abc", "dirty": True, "python": "3.12.1"}
    noted = replace(
        one.provenance,
        draws=128,
        drawn=("copying", "sector_silo"),
        draws_fingerprint="d4a3",
        environments=({**where, "packages": {"numpy": "2.5"}, "platform": "Linux"},),
    )
    page = CheckedPage(report_findings([replace(one, provenance=noted)]))
    facts = dict(next(table[1:] for table in page.tables if table[0] == ["What", "Value"]))
    assert facts["Code of the model, fingerprint"] == "c0de"
    assert facts["Commit"] == "abc, with changes since"
    assert facts["Draws of uncertain levers, fingerprint"] == "d4a3"
    assert ["numpy", "2.5"] in next(table for table in page.tables if table[0][0] == "Package")
    text = words_of(page.text)
    assert "these uncertain levers" in text
    assert "copying and sector_silo" in text
    assert "the first 40 of 128" in text
    (levers,) = (table for table in page.tables if table[0][0] == "Lever")
    assert [words_of(cell) for cell in levers[1]][-2:] == ["0.9", "varies"]


def test_a_finding_without_notes_on_its_environment_says_so(page: CheckedPage) -> None:
    facts = dict(next(table[1:] for table in page.tables if table[0] == ["What", "Value"]))
    assert facts["Code of the model, fingerprint"] == facts["Commit"] == facts["Python"] == "unknown"


def test_claims_that_decide_more_than_others_are_marked_and_comparisons_are_listed() -> None:
    one = finding("H1", 0.3)
    draws = np.random.default_rng(2)
    values = {name: 0.5 + 0.1 * (name == "b") + draws.normal(0, 0.02, PAIRS) for name in ("a", "b", "c")}
    top = Claim("It peaks.", "trust", {}, Expected.MORE, essential=True, ways=peak(["a", "b", "c"]))
    fair = replace(one.claims[0].claim, says="It is fair.", validity=True)
    claims = judged_claim(top, values.__getitem__, 3), replace(one.claims[0], claim=fair)
    marked = replace(
        one,
        claims=claims,
        judgement=judge(claims),
    )
    text = words_of(CheckedPage(report_findings([marked])).text)
    assert "Essential: It peaks." in text
    assert "Validity: It is fair." in text
    assert "One comparison of it: b - a" in text
    assert "One comparison of it: b - c" in text
