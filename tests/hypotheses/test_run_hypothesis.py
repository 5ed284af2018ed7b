"""Experiments run as one study, share their worlds, and come out as data."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from cocreate.agents.compiled import fingerprint
from cocreate.experiments.errors import FolderError
from cocreate.experiments.hypotheses import run_hypothesis
from cocreate.experiments.hypotheses.claim import Claim, Expected, difference
from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.findings_file import prepare_folder, save_findings
from cocreate.experiments.hypotheses.h13_mandate import MANDATE
from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.experiments.hypotheses.run_hypothesis import run_hypotheses, study_of, usual_draws
from cocreate.experiments.hypotheses.verdict import Verdict
from cocreate.experiments.hypotheses.words import claims_table, effect_words, heading, paragraphs
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.progress import Tally
from cocreate.experiments.study.settings import draws_fingerprint
from cocreate.experiments.study.worlds import World
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Value
from tests.hypotheses.made import SMALL, hypothesis

SHARED = hypothesis(
    [World(name="even", levers={**SMALL, "facilitation": 1.0}), World(name="steep", levers={**SMALL})],
    [
        Claim(
            "Facilitation gives citizens voice.",
            "mean_users_voice",
            difference("even", "steep"),
            Expected.MORE,
        )
    ],
)


@pytest.fixture(scope="module")
def finding() -> Finding:
    return run_hypotheses([SHARED], replicates=6, seed=3)[0]


def test_a_finding_says_what_was_found_and_where_it_comes_from(finding: Finding) -> None:
    assert finding.effect.pairs == 6
    assert finding.provenance.seed == 3
    assert finding.provenance.replicates == 6
    assert finding.provenance.settings["even"]["facilitation"] == 1.0
    means = {one.world: one.mean for one in finding.worlds}
    assert means["even"] - means["steep"] == pytest.approx(finding.effect.mean)


def test_a_finding_says_on_what_it_was_made_and_from_which_draws(tmp_path: Path) -> None:
    draws: tuple[dict[str, Value], ...] = ({"follow_gain": 0.05}, {"follow_gain": 0.3})
    memory = run_hypotheses([SHARED], 3, 3, draws=draws)[0]
    stored = [run_hypotheses([SHARED], 3, 3, draws=draws, store=tmp_path / "store")[0] for _ in range(2)]
    for one in (memory, *stored):
        where = one.provenance
        assert where.code == fingerprint()
        assert where.drawn == ("follow_gain",)
        assert where.draws_fingerprint == draws_fingerprint(draws) != draws_fingerprint(draws[::-1])
        (made_on,) = where.environments
        assert made_on["packages"]["numpy"] == np.__version__
        assert "host" not in made_on
        assert one.rows()[0]["code"] == fingerprint()


def test_a_lever_that_changes_during_the_run_is_told() -> None:
    pause = Intervention(30, "proposal_rate", 0.0)
    paused = hypothesis(
        [
            World(name="on", levers={**SMALL}),
            World(name="off", label="a pause", levers={**SMALL}, interventions=(pause,)),
        ],
        [Claim("Pauses cost.", "initiatives", difference("off", "on"), Expected.LESS)],
    )
    found = run_hypotheses([paused], 5)[0]
    assert found.provenance.changes == {"a pause": "proposal_rate 0.0 from month 30"}
    assert found.verdict is Verdict.SUPPORTED


def test_the_same_seed_gives_the_same_finding_and_another_seed_another(finding: Finding) -> None:
    assert run_hypotheses([SHARED], 6, 3)[0].as_json() == finding.as_json()
    assert run_hypotheses([SHARED], 6, 4)[0].effect.mean != finding.effect.mean


def test_two_experiments_share_the_runs_of_equal_worlds() -> None:
    tallies: list[Tally] = []
    twin = HYPOTHESES["H13"].__class__(**{**vars(SHARED), "id": "twin"})
    run_hypotheses([SHARED, twin], 2, progress=tallies.append)
    assert tallies[-1].total == 4


def test_worlds_start_from_the_draws_of_uncertain_levers() -> None:
    draws: tuple[dict[str, Value], ...] = ({"follow_gain": 0.05}, {"follow_gain": 0.3})
    cells = list(study_of([MANDATE], 3, draws=draws).cells())
    assert [cell.task.levers["follow_gain"] for cell in cells[:3]] == [0.05, 0.3, 0.05]


def test_findings_are_kept_as_plain_json_and_as_rows(finding: Finding, tmp_path: Path) -> None:
    as_json, as_csv = save_findings([finding], tmp_path)
    (kept,) = json.loads(as_json.read_text("utf-8"))
    assert kept["judgement"]["verdict"] == finding.verdict.value
    assert kept["claims"][0]["effect"]["mean"] == finding.effect.mean
    with as_csv.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(finding.claims) + len(finding.boundaries)
    assert float(rows[0]["effect"]) == finding.effect.mean


def test_a_finding_without_any_value_is_kept_with_empty_numbers(tmp_path: Path) -> None:
    nobody = hypothesis(
        [World(name="a", levers={**SMALL, "proposal_rate": 0.0}), World(name="b", levers={**SMALL})],
        [Claim("It.", "lasting_past_money", difference("a", "b"), Expected.MORE)],
    )
    found = run_hypotheses([nobody], 3)[0]
    assert np.isnan(found.effect.mean)
    save_findings([found], tmp_path)
    (kept,) = json.loads((tmp_path / "findings.json").read_text("utf-8"))
    assert kept["claims"][0]["effect"]["mean"] is None
    assert "unknown" in effect_words(found.outcome, found.effect)


def test_a_folder_that_cannot_be_made_is_an_error_that_names_the_option(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(FolderError, match="--out"):
        prepare_folder(file / "below")


def test_words_name_verdict_levers_and_what_would_refute_it(finding: Finding) -> None:
    assert finding.judgement.words.upper() in heading(finding)
    text = "\n".join(paragraphs(finding))
    assert "legal_anchor" in text
    assert "Refuted if: it makes none." in text
    assert claims_table(finding).row_count == 1


def test_lessons_are_never_tested_at_the_defaults_for_want_of_a_posterior(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_hypothesis, "POSTERIOR", tmp_path / "none.csv")
    with pytest.raises(StudyError, match=r"no file .*none\.csv.*--at-defaults"):
        usual_draws()
