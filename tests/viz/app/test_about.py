"""About: every setting with its source, and evidence that is told as it was found."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.model.parameters import LEVERS
from cocreate.viz.app.evidence import Evidence, evidence, evidence_from
from cocreate.viz.app.pages.about import patterns_table, settings_table, verdicts_table
from cocreate.viz.app.words import Words

WORDS = Words("en", strict=True)
CONTENT: dict[str, Any] = {
    "version": "9",
    "sources": "abc",
    "seed": 1,
    "patterns": [
        {"id": "V1", "fitted": False, "source": "A 2001", "agree": 1, "numbers": 3, "worlds": 5},
        {"id": "V2", "fitted": True, "source": "B 2002", "agree": 1, "numbers": 1, "worlds": 5},
        {"id": "V3", "fitted": True, "source": "C 2003", "agree": 0, "numbers": 2, "worlds": 5},
    ],
    "verdicts": [{"id": "H1", "verdict": "refuted", "replicates": 45}],
}


@pytest.fixture
def found() -> Evidence:
    return evidence_from(CONTENT, "abc")


def test_every_setting_is_listed_once_with_its_source_or_as_an_assumption() -> None:
    groups = dict.fromkeys(one.group for one in LEVERS.values())
    html = "".join(settings_table(WORDS, group, group) for group in groups)
    for name, lever in LEVERS.items():
        assert html.count(f"({name})") == 1
        assert lever.source.split("&")[0][:20] in html


def test_patterns_that_are_missed_are_told_as_missed(found: Evidence) -> None:
    html = patterns_table(WORDS, found)
    assert "only 1 of 3 numbers (kept back as a test)" in html
    assert "yes (used to choose settings)" in html
    assert "no (used to choose settings)" in html


def test_a_refuted_lesson_stays_refuted_and_an_untried_one_is_not_told_as_known(found: Evidence) -> None:
    html = verdicts_table(WORDS, found)
    row = html.split(WORDS("about.hypothesis.H1"))[1]
    assert row.split("</tr>")[0].endswith("<td>does not hold</td>")
    assert html.count("cannot be told yet") == len(HYPOTHESES) - 1


def test_evidence_of_another_model_is_known_as_such(found: Evidence) -> None:
    assert found.current
    assert not evidence_from(CONTENT, "other").current


def test_every_hypothesis_and_every_verdict_has_its_words() -> None:
    assert all(WORDS(f"about.hypothesis.{id_}") for id_ in HYPOTHESES)
    stored = evidence()
    assert stored is not None
    assert [one.id for one in stored.verdicts] == list(HYPOTHESES)
    assert all(WORDS(f"about.pattern.{one.id}") for one in stored.patterns)
    assert all(WORDS(f"about.verdict.{one.verdict.replace(' ', '_')}") for one in stored.verdicts)


def test_a_pattern_is_met_only_when_all_its_numbers_agree(found: Evidence) -> None:
    assert [one.met for one in found.patterns] == [False, True, False]
    assert dataclasses.replace(found.patterns[0], agree=3).met
