"""About: every setting with its source, and evidence that is told as it was found."""

from __future__ import annotations

import dataclasses
import json
from html import escape
from typing import Any

import pytest

from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.experiments.hypotheses.results_page import read
from cocreate.experiments.patterns.check import check_patterns
from cocreate.experiments.patterns.registry import PATTERNS
from cocreate.model.levers import ASSUMPTION
from cocreate.model.parameters import LEVERS, Parameters
from cocreate.viz.app.evidence import FILE, Evidence, checks, evidence, evidence_from
from cocreate.viz.app.evidence.make import RESULTS, content_of, pattern_found
from cocreate.viz.app.pages.about import origin_text, patterns_table, settings_table, verdicts_table
from cocreate.viz.app.words import LANGUAGES, Words

WORDS = Words("en", strict=True)
CONTENT: dict[str, Any] = {
    "version": "9",
    "checks": "abc",
    "seed": 1,
    "patterns": [
        {"id": "V1", "fitted": False, "source": "A 2001", "agree": 1, "numbers": 3, "worlds": 5},
        {"id": "V2", "fitted": True, "source": "B 2002", "agree": 1, "numbers": 1, "worlds": 5},
        {"id": "V3", "fitted": True, "source": "C 2003", "agree": 0, "numbers": 2, "worlds": 5},
    ],
    "verdicts": [
        {"id": "H1", "verdict": "refuted", "holds": 1, "claims": 3, "replicates": 45},
        {"id": "H3", "verdict": "mixed", "holds": 2, "claims": 4, "replicates": 45},
    ],
}


@pytest.fixture
def found() -> Evidence:
    return evidence_from(CONTENT, "abc")


def test_every_setting_is_listed_once_with_its_source_or_as_an_assumption() -> None:
    groups = dict.fromkeys(one.group for one in LEVERS.values())
    html = "".join(settings_table(WORDS, group, group) for group in groups)
    for name, lever in LEVERS.items():
        assert html.count(f"({name})") == 1
        assert escape(origin_text(WORDS, lever.source)) in html


def test_patterns_that_are_missed_are_told_as_missed(found: Evidence) -> None:
    html = patterns_table(WORDS, found)
    assert "no: only 1 of 3 numbers agree (kept back as a test)" in html
    assert "yes (used to choose settings)" in html
    assert "no (used to choose settings)" in html


def test_a_refuted_lesson_stays_refuted_and_its_claims_are_counted(found: Evidence) -> None:
    html = verdicts_table(WORDS, found)
    row = html.split(WORDS("about.hypothesis.H1"))[1].split("</tr>")[0]
    assert row.endswith("<td>does not hold</td><td>1 of 3</td>")
    assert "some of its claims hold, others do not" in html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (ASSUMPTION, "oletus"),
        ("direction: Spada 2010", "suunta: Spada 2010"),
        ("level: Spada 2010", "suuruus: Spada 2010"),
        ("Spada 2010", "Spada 2010"),
    ],
)
def test_where_a_value_comes_from_is_told_in_the_visitors_language(source: str, text: str) -> None:
    assert origin_text(Words("fi", strict=True), source) == text


def test_evidence_of_another_model_is_known_as_such(found: Evidence) -> None:
    assert found.current
    assert not evidence_from(CONTENT, "other").current


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return content


def test_what_is_shipped_is_of_this_model_and_of_these_patterns(shipped: dict[str, Any]) -> None:
    assert shipped["checks"] == checks(), "Model or patterns changed: run `make precomputed`."
    assert [one["id"] for one in shipped["patterns"]] == list(PATTERNS)


def test_shipped_verdicts_are_those_of_the_published_results(shipped: dict[str, Any]) -> None:
    now = content_of((), read(RESULTS), "")
    for name in ("version", "seed", "verdicts"):
        assert shipped[name] == now[name], "Results changed: run `make precomputed`."


@pytest.mark.slow
def test_a_shipped_pattern_comes_out_the_same_when_it_is_checked_again(shipped: dict[str, Any]) -> None:
    pattern = PATTERNS["V6"]
    again = pattern_found(check_patterns((pattern,))[0])
    assert again in shipped["patterns"]


def test_every_hypothesis_and_every_verdict_has_its_words() -> None:
    stored = evidence()
    assert stored is not None
    assert [one.id for one in stored.verdicts] == list(HYPOTHESES)
    assert all(WORDS(f"about.hypothesis.{one.id}") for one in stored.verdicts)
    assert all(WORDS(f"about.pattern.{one.id}") for one in stored.patterns)
    assert all(WORDS(f"about.verdict.{one.verdict}") for one in stored.verdicts)


def test_a_pattern_is_met_only_when_all_its_numbers_agree(found: Evidence) -> None:
    assert [one.met for one in found.patterns] == [False, True, False]
    assert dataclasses.replace(found.patterns[0], agree=3).met


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_name_the_size_of_region_that_the_model_was_fitted_to(language: str) -> None:
    usual = Parameters()
    people = usual.citizens_per_region + usual.professionals_per_region + usual.politicians_per_region
    limits = Words(language, strict=True).each("about.limits")
    assert len([one for one in limits if str(people) in one]) == 1
