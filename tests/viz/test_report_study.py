"""Reports on studies: self-contained, sound, right in their numbers, and sensible where there is nothing."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cocreate.experiments.analysis.contrast import Verdict
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.factorial import FactorialEffect
from cocreate.experiments.conclusions.conclude import Conclusions, conclude
from cocreate.experiments.conclusions.outcome_words import change, level, p_value, span
from cocreate.experiments.errors import FolderError
from cocreate.experiments.levers_file import with_note
from cocreate.experiments.study.conclude import Conclude, Precision, Sensitivity, Survival
from cocreate.experiments.study.designs import Design, Factorial, FromTable, LatinHypercube, Single, Sobol
from cocreate.experiments.study.spec import Cell, Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World
from cocreate.model.interventions import Intervention
from cocreate.model.outcomes import OUTCOMES
from cocreate.viz.report.files import save_page
from cocreate.viz.report.interaction_answers import interaction_answers
from cocreate.viz.report.study_effects import effect_answers
from cocreate.viz.report.study_page import report_study
from cocreate.viz.report.study_worlds import changes_table
from tests.conclusions.made import Rule, made, shifted, study
from tests.conclusions.test_courses import rising
from tests.viz.html_check import CheckedPage, words_of

pytestmark = pytest.mark.slow

HOSTILE = '<script>alert("1")</script> & \'co\' "x" </style></svg> $5 or $x_$'

SESSION = {
    "wall_seconds": 75.0,
    "processor_seconds": 7300.0,
    "environment": {
        "cocreate": "0.1.0",
        "code": "c0de",
        "commit": "abc123",
        "dirty": True,
        "python": "3.12.1",
        "platform": "Linux",
        "packages": {"numpy": "2.0", "mesa": None},
    },
}


@pytest.fixture(scope="module")
def found() -> Conclusions:
    """Return conclusions on two worlds whose services last, one of which changes in its fourth year."""
    worlds = study().worlds
    changed = worlds[1].model_copy(update={"interventions": (Intervention(40, "local_slack", 0.0),)})
    asked = study(
        question="Do open silos help?",
        worlds=(worlds[0], changed),
        keep=Keep(pilots=True),
        conclude=Conclude(
            survival=Survival(),
            precision=Precision(outcome="structural_per_region", half_width=0.1, budget=60),
        ),
    )
    return conclude(made(asked, shifted(0.5)))


@pytest.fixture(scope="module")
def html(found: Conclusions) -> str:
    """Return the report on them."""
    return report_study(found, [SESSION])


@pytest.fixture(scope="module")
def page(html: str) -> CheckedPage:
    """Return the report, taken apart."""
    return CheckedPage(html)


def test_a_report_is_sound_and_needs_nothing_from_outside(page: CheckedPage) -> None:
    assert page.problems == []


def test_a_report_is_small_and_the_same_each_time(found: Conclusions, html: str) -> None:
    assert len(html.encode()) < 1_000_000
    assert report_study(found, [SESSION]) == html


def test_a_report_answers_the_question_before_anything_else(page: CheckedPage) -> None:
    assert words_of(page.text).index("Do open silos help?") < words_of(page.text).index("The answer first")
    assert page.headings[1] == (2, "The answer first")
    assert "In “open silos”, structural co-created services now, per region: 1.4" in words_of(page.text)


def test_the_table_of_effects_holds_the_numbers_of_the_analysis(
    found: Conclusions, page: CheckedPage
) -> None:
    table = next(one for one in page.tables if "Difference" in one[0])
    rows = [[words_of(cell) for cell in row] for row in table[1:]]
    units = ["count", "share"]
    assert len(rows) == len(found.differences)
    for row, one, unit in zip(rows, found.differences, units, strict=True):
        assert row[1:4] == [
            words_of(text)
            for text in (
                change(unit, one.difference),
                span(unit, one.low, one.high),
                p_value(one.p_corrected),
            )
        ]
        means = level(unit, one.mean_arm), level(unit, one.mean_baseline)
        assert row[5:7] == [words_of(mean) for mean in means]
        assert row[8] == str(one.pairs)


def test_the_file_of_effects_has_them_in_full_precision(found: Conclusions, page: CheckedPage) -> None:
    rows = list(csv.DictReader(io.StringIO(page.files["effects.csv"])))
    assert [float(row["difference"]) for row in rows] == [one.difference for one in found.differences]
    assert [float(row["p_corrected"]) for row in rows] == [one.p_corrected for one in found.differences]
    assert [row["verdict"] for row in rows] == [str(one.verdict) for one in found.differences]


def test_the_study_file_inside_a_report_makes_the_same_study(
    found: Conclusions, page: CheckedPage, tmp_path: Path
) -> None:
    file = tmp_path / "made.toml"
    file.write_text(page.files["made.toml"], "utf-8")
    assert Study.from_file(file) == found.results.study


def test_levers_interventions_and_origin_are_told(page: CheckedPage) -> None:
    text = words_of(page.text)
    for told in (
        "Share of ties and of listening between sectors that silos take away (sector_silo, share)",
        "Spare money and staff of a region (local_slack, share)",
        "40 (year 4)",
        "abc123, with changes since",
        "1 min 15 s",
        "2 h 1 min",
        "not installed",
        "docs/odd.md",
        "At look 2 of 5, after 24 replicates",
        "That is precise enough.",
    ):
        assert told in text


def test_services_are_followed_with_elections(page: CheckedPage) -> None:
    captions = words_of(page.text)
    assert "Share of services still going" in captions
    assert "Services that end, in months with and without an election" in captions


def test_names_cannot_become_a_part_of_the_page() -> None:
    worlds = (World(name="default", label=HOSTILE), World(name=HOSTILE, levers={"sector_silo": 0.1}))
    asked = study(worlds=worlds, question=HOSTILE)

    def rule(cell: Cell, draws: np.random.Generator) -> dict[str, float] | str:
        return HOSTILE if cell.replicate == 3 else shifted(0.5)(cell, draws)  # type: ignore[return-value]

    html = report_study(conclude(made(asked, rule)))
    page = CheckedPage(html)
    assert page.problems == []
    assert "<script" not in html
    assert words_of(HOSTILE) in words_of(page.text)
    assert "failure" in page.files["failures.csv"]


def test_failures_are_counted_with_reasons_and_seeds() -> None:
    def rule(cell: Cell, draws: np.random.Generator) -> dict[str, float] | str:
        if cell.replicate < 2 and cell.point.world.name == "open":
            return "the council is empty"
        return {"structural_per_region": draws.normal(), "trust": 0.5}

    results = made(study(), rule)
    page = CheckedPage(report_study(conclude(results)))
    assert page.problems == []
    table = next(one for one in page.tables if one[0][0] == "Reason")
    seed = results.of("open")[0].seed
    assert table[1:] == [["ModelError: the council is empty", "2", "0", str(seed)]]
    assert "2 of 60 runs (3.3%) did not reach their end" in words_of(page.text)


def test_a_study_whose_runs_all_failed_gets_a_page_that_says_so() -> None:
    page = CheckedPage(report_study(conclude(made(study(keep=Keep(pilots=True)), lambda *_: "boom"))))
    assert page.problems == []
    assert "No run reached its end, so nothing can be said." in words_of(page.text)
    assert "figure" not in page.landmarks


@pytest.mark.parametrize(
    "asked",
    [
        study(worlds=study().worlds[:1], replicates=1),
        study(replicates=1),
        study(draws=({"turbulence": 0.02}, {"turbulence": 0.03}), name="a_b"),
        study(keep=Keep(pilots=True), conclude=Conclude(survival=Survival(window=600)), replicates=2),
    ],
    ids=["one run", "one pair", "draws", "few pilots"],
)
def test_small_and_odd_studies_get_a_sound_page(asked: Study) -> None:
    page = CheckedPage(report_study(conclude(made(asked, shifted(0.5)))))
    assert page.problems == []
    assert "nan" not in words_of(page.text).lower().split()


def test_one_run_of_a_world_has_durations_without_intervals_and_too_few_pairs() -> None:
    asked = study(keep=Keep(pilots=True), conclude=Conclude(survival=Survival(window=6)), replicates=1)
    page = CheckedPage(report_study(conclude(made(asked, shifted(0.5)))))
    assert page.problems == []
    text = words_of(page.text)
    assert "interval unknown" in text
    assert "too few pairs to tell" in text
    assert not re.search(r"\bnan", text, re.IGNORECASE)


def test_the_first_answers_are_those_that_hold_after_correction_the_clearest_of_them_first(
    found: Conclusions,
) -> None:
    one = next(one for one in found.differences if one.verdict is Verdict.MORE)
    sure = replace(one, p=0.001, p_corrected=0.01)
    asked = [
        replace(sure, outcome="trust", effect=2.0, p=0.02, p_corrected=0.3),
        replace(sure, outcome="openness", effect=0.5),
        replace(sure, outcome="support", effect=-1.0, difference=-one.difference),
        replace(sure, outcome="know_how", effect=9.0, p=0.4, p_corrected=1.0),
        replace(sure, outcome="lobbying", effect=np.nan),
    ]
    told = replace(found, differences=tuple(asked))
    order = ["support", "openness", "lobbying", "trust"]
    meanings = [answer.sentence.split("”, ")[1].split(":")[0] for answer in effect_answers(told)]
    assert meanings == [OUTCOMES[name].meaning for name in order]
    assert [answer.badge.words for answer in effect_answers(told)] == ["less", "more", "more", "perhaps more"]
    assert effect_answers(told, most=2) == effect_answers(told)[:2]


def test_the_table_of_changes_says_why_where_somebody_said_so(page: CheckedPage) -> None:
    worlds = study().worlds
    noted = with_note(Intervention(40, "local_slack", 0.0), "the fund is spent")
    changed = worlds[1].model_copy(update={"interventions": (noted, Intervention(60, "training", 0.0))})
    table = changes_table(study(worlds=(worlds[0], changed)))
    assert [row[-1] for row in table.rows] == ["the fund is spent", ""]
    assert [column.label for column in table.columns][-1] == "Why"
    (told,) = (one for one in page.tables if one[0][:2] == ["Number", "World"])
    assert told[0][-1] == "New value"


def test_a_difference_that_holds_after_correction_is_settled_whatever_an_even_share_would_say(
    found: Conclusions,
) -> None:
    one = next(one for one in found.differences if one.verdict is Verdict.MORE)
    close = replace(one, pairs=40, dropped=0, difference=0.001, deviation=0.0026, low=0.0002, high=0.0018)
    names = list(OUTCOMES)[:20]
    asked = [replace(close, outcome=name, p=0.02, p_corrected=0.4) for name in names[1:]]
    sure = replace(close, outcome=names[0], p=0.02, p_corrected=0.026)
    page = CheckedPage(report_study(replace(found, differences=(sure, *asked))))
    rows = [list(map(words_of, row)) for row in next(one for one in page.tables if "Difference" in one[0])]
    settled, *others = (row[-1] for row in rows[1:])
    assert settled == "settled"
    assert all(number.isdigit() and number != "0" for number in others)
    told = list(csv.DictReader(io.StringIO(page.files["effects.csv"])))
    assert [row["more_replicates_to_settle"] == "0" for row in told] == [True, *(False for _ in others)]


def test_a_study_whose_pairs_all_start_from_one_draw_has_a_page_that_says_so() -> None:
    asked = study(
        draws=({"forgetting": 0.03},),
        replicates=4,
        keep=Keep(pilots=True),
        conclude=Conclude(precision=Precision(outcome="trust", half_width=0.1, budget=60, looks=20)),
    )
    page = CheckedPage(report_study(conclude(made(asked, shifted(0.5)))))
    assert page.problems == []
    text = words_of(page.text)
    effects = next(one for one in page.tables if "Difference" in one[0])
    assert [row[-1] for row in effects[1:]] == ["too few draws"] * 2
    assert "too few to tell (1)" in text
    assert "too few draws of uncertain levers for an interval" in text
    assert not re.search(r"\bnan", text, re.IGNORECASE)


def test_a_factorial_study_tells_what_levers_do_together() -> None:
    design = Factorial(factors={"sector_silo": (0.1, 0.9), "commitment": (0, 24)})

    def rule(cell: Cell, draws: np.random.Generator) -> dict[str, float]:
        silo, bound = cell.point.factors["sector_silo"] == 0.9, cell.point.factors["commitment"] == 24
        noise = draws.normal(0, 0.1)
        return {"structural_per_region": 2 * silo + 1 * bound + 3 * (silo and bound) + noise, "trust": 0.5}

    asked = study(worlds=study().worlds[:1], design=design, replicates=10)
    found = conclude(made(asked, rule))
    effects = {one.title: one.effect.value for one in found.interactions[0].effects}
    assert list(effects.values()) == pytest.approx([3.5, 2.5, 3.0])
    page = CheckedPage(report_study(found))
    assert page.problems == []
    assert "What levers do alone and together" in [text for _, text in page.headings]
    text = words_of(page.text)
    assert "from one level to another: sector_silo from 0.1 to 0.9; commitment from 0 to 24." in text
    assert "Levels in between" not in text
    answer = answer_in(text)
    assert "nothing found" not in answer
    assert "+3.50 when sector_silo goes from 0.1 to 0.9." in answer
    assert "what sector_silo does changes by +3.00 when commitment goes from 0 to 24" in answer


def answers_of(asked: Study, rule: Rule) -> str:
    """Return the words of the answer of a report."""
    page = CheckedPage(report_study(conclude(made(asked, rule))))
    assert page.problems == []
    return answer_in(words_of(page.text))


def answer_in(text: str) -> str:
    """Return the part of a report between two headings that its contents name first."""
    return text[text.rindex("The answer first") : text.rindex("What this is, and what it is not")]


def test_answers_from_a_factorial_tell_first_what_holds_after_correction_and_doubt_the_rest() -> None:
    design = Factorial(factors={"sector_silo": (0.1, 0.9), "commitment": (0, 24)})
    found = conclude(made(study(worlds=study().worlds[:1], design=design), shifted(0.5)))

    def effect(names: tuple[str, ...], value: float, p_corrected: float) -> FactorialEffect:
        return FactorialEffect(names, Estimate(value, value - 0.1, value + 0.1), 0.001, p_corrected)

    pair = ("sector_silo", "commitment")
    effects = [
        effect(("sector_silo",), -9.0, 0.3),
        effect(("commitment",), 0.5, 0.01),
        effect(pair, 8.0, 0.3),
        effect(pair, 0.4, 0.01),
        replace(effect(("commitment",), 7.0, 1.0), p=0.4),
    ]
    told = replace(found, interactions=(replace(found.interactions[0], effects=tuple(effects)),))
    answers = interaction_answers(told)
    assert [one.badge.words for one in answers] == ["more", "perhaps less", "found", "not yet firm"]
    assert "+0.50 when commitment" in answers[0].sentence
    assert answers[2].sentence.endswith("their effects do not just add up.")
    assert answers[3].sentence.endswith("their effects may not just add up.")


def test_a_factorial_without_effects_says_that_they_were_tested() -> None:
    def rule(_: Cell, draws: np.random.Generator) -> dict[str, float]:
        return {"structural_per_region": draws.normal(), "trust": 0.5}

    design = Factorial(factors={"sector_silo": (0.1, 0.9), "commitment": (0, 24)})
    answer = answers_of(study(worlds=study().worlds[:1], design=design), rule)
    assert "nothing found" in answer
    assert "6 effects were tested." in answer
    answer = answers_of(study(worlds=study().worlds[:1], design=design, replicates=1), rule)
    assert "too few runs" in answer


@pytest.mark.parametrize(
    ("design", "words"),
    [
        (FromTable(rows=({"commitment": 0}, {"commitment": 24})), "see how outcomes respond to each"),
        (LatinHypercube(factors={"commitment": ()}, points=8), "see how outcomes respond to each"),
        (Factorial(factors={"inclusion": ()}), "see how outcomes respond to each"),
        (Single(), "Nothing was to be compared"),
    ],
    ids=["table", "sample", "three words", "single"],
)
def test_where_nothing_was_tested_the_answer_says_so(design: Design, words: str) -> None:
    answer = answers_of(study(worlds=study().worlds[:1], design=design, replicates=4), shifted(0.5))
    assert "not tested" in answer
    assert words in answer
    assert "nothing found" not in answer


def test_a_figure_of_many_runs_says_how_many_of_them_it_draws() -> None:
    asked = study(worlds=study().worlds[:1], replicates=540)
    text = words_of(CheckedPage(report_study(conclude(made(asked, shifted(0.5))))).text)
    assert "Dots: 120 of 540 runs" in text


def test_months_that_were_kept_are_drawn_and_told_at_the_quarters() -> None:
    page = CheckedPage(report_study(conclude(rising([8] * 6))))
    assert page.problems == []
    assert "Month by month" in [text for _, text in page.headings]
    rows = list(csv.DictReader(io.StringIO(page.files["courses.csv"])))
    assert len(rows) == 4 * 8
    assert [float(row["median"]) for row in rows[:3]] == [2.5, 3.5, 4.5]
    table = next(one for one in page.tables if "After 0.667 years" in one[0])
    active = next(row for row in table if row[:2] == ["initiatives under way, pilots included", "open silos"])
    assert active[2:] == ["7.00 (7.00 to 7.00)"] * 4


def test_what_pairs_of_levers_explain_together_is_told_when_it_was_computed() -> None:
    design = Sobol(factors={"sector_silo": (0.0, 1.0), "turnover": (0.0, 1.0)}, base=256, second_order=True)

    def rule(cell: Cell, draws: np.random.Generator) -> dict[str, float]:
        silo, turnover = (float(cell.point.factors[name]) - 0.5 for name in ("sector_silo", "turnover"))
        return {"structural_per_region": silo * turnover, "trust": silo + draws.normal(0, 0.001)}

    wanted = Conclude(sensitivity=Sensitivity(resamples=100))
    asked = study(worlds=study().worlds[:1], design=design, replicates=1, conclude=wanted)
    page = CheckedPage(report_study(conclude(made(asked, rule))))
    assert page.problems == []
    pairs = [one[1] for one in page.tables if one[0][0] == "Levers"]
    # A product of two centred factors is all interaction, a single factor has none.
    assert [row[0] for row in pairs] == ["sector_silo and turnover"] * 2
    assert float(pairs[0][1]) == pytest.approx(1, abs=0.1)
    assert [row[3] for row in pairs] == ["yes", "not clearly"]


def test_a_long_table_of_levers_is_folded_in() -> None:
    worlds = tuple(World(name=f"w{place}", levers={"sector_silo": place / 40}) for place in range(30))
    html = report_study(conclude(made(study(worlds=worlds, replicates=3), shifted(0.5))))
    assert CheckedPage(html).problems == []
    assert "(30 rows)</summary>" in html


def test_a_page_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(FolderError, match=r"taken.*--out"):
        save_page("page", tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
