"""What was changed, as slides and pages say it: in the lesson's words, or by sliders and settings."""

import pytest

from cocreate.viz.app.changes import between, changed
from cocreate.viz.app.explore_controls import changed_from
from cocreate.viz.app.files import page_file
from cocreate.viz.app.headlines import END, HEADLINES
from cocreate.viz.app.lessons import LESSONS, Kind, Lesson
from cocreate.viz.app.lessons.play import Play
from cocreate.viz.app.state import SECOND, Setting, as_query, read_query
from cocreate.viz.app.visit import Visit
from cocreate.viz.app.words import Words

WORDS = Words("en", strict=True)
USUAL = Setting()
WALLS = HEADLINES[0]
TOLD = [one for one in LESSONS if one.choices and one.outcome]


def told(what: str) -> str:
    return WORDS("slide.changed", what=what)


def play(lesson: Lesson, query: str) -> Play:
    return Play(Visit(f"/lessons/{lesson.id}", query, WORDS, read_query(query), lambda _to: None), lesson)


@pytest.mark.parametrize("lesson", TOLD, ids=lambda one: one.id)
def test_a_lesson_says_what_was_changed_in_its_own_words(lesson: Lesson) -> None:
    for choice in lesson.choices:
        found = play(lesson, f"lesson.choice={choice.name}&seed=7")
        address = found.visit.address("/files/slide.png", found.before, found.now, **found.named)
        query = address.partition("?")[2]
        said = changed(WORDS, query, found.before, found.now)
        assert said == told(WORDS(f"lessons.{lesson.id}.choices.{choice.name}"))


def test_tokens_are_named_as_the_lesson_names_them() -> None:
    lesson = next(one for one in LESSONS if one.kind is Kind.TOKENS)
    found = play(lesson, "lesson.guess=staff,promise")
    query = found.visit.address("/files/slide.png", found.before, found.now, **found.named).partition("?")[2]
    said = changed(WORDS, query, found.before, found.now)
    assert all(WORDS(f"lessons.together.choices.{name}") in said for name in ("promise", "staff"))


def test_an_address_whose_worlds_are_not_those_of_its_lesson_says_what_differs() -> None:
    query = "lesson.id=silos&lesson.choice=high"
    said = changed(WORDS, query, USUAL, Setting.of(levers={"training": 0.5}))
    assert said == told(f"{WORDS('lever.training.label')}: 0.2 → 0.5")


@pytest.mark.parametrize("language", ["en", "fi", "el", "hu"])
def test_sliders_and_settings_are_named_with_their_values_in_the_language(language: str) -> None:
    words = Words(language, strict=True)
    second = Setting.of(levers={**WALLS.levers(USUAL, END), "inclusion": "throughout"}).changed_later(
        24, {"mandate": 0.4}
    )
    said = changed(words, "", USUAL, second)
    what = f"{words('lever.mandate.label')}: {words.number(0)} → {words.number(0.4, 1)}"
    for part in (
        f"{words('headline.silos.label')}: {words('headline.middle')} → {words('headline.silos.right')}",
        words("lever.inclusion.choices.throughout"),
        f"{words('explore.from_year', year=3)}: {what}",
    ):
        assert part in said
    assert "sector_silo" not in said


def test_equal_worlds_have_nothing_to_say_and_many_changes_are_counted() -> None:
    assert changed(WORDS, "", USUAL, USUAL) == ""
    names = ["training", "mandate", "guidance", "award", "storytellers", "asset_based"]
    said = changed(WORDS, "", USUAL, Setting.of(levers=dict.fromkeys(names, 0.45)))
    assert said.count("→") == 4
    assert said.endswith("and 2 more")


def test_worlds_of_two_presets_are_told_by_their_names_and_what_was_set_besides() -> None:
    said = changed(WORDS, "", USUAL, Setting.of("village", {"training": 0.55}))
    assert WORDS("preset.village.title") in said
    assert f"{WORDS('lever.training.label')}: 0.2 → 0.55" in said
    assert said.count("→") == 2
    back = changed(WORDS, "", Setting.of("village", {"training": 0.55}), USUAL)
    assert f"{WORDS('lever.training.label')}: 0.55 → 0.2" in back
    assert back.count("→") == 2


def test_a_change_during_the_first_world_is_told_too() -> None:
    said = changed(WORDS, "", USUAL.changed_later(12, {"mandate": 0.4}), USUAL)
    mandate = f"{WORDS('lever.mandate.label')}: 0 →"
    assert said == told(f"before: from year 2 on: {mandate} 0.4")
    both = changed(
        WORDS, "", USUAL.changed_later(12, {"mandate": 0.4}), USUAL.changed_later(13, {"mandate": 0.2})
    )
    assert both == f"{said} · now: From month 13: {mandate} 0.2"


def test_sliders_moved_later_are_named_as_sliders_and_each_time_is_said_once() -> None:
    silos, continuity, _, support = HEADLINES
    standing, usual = WORDS("headline.support.label"), WORDS("headline.middle")
    second = changed_from(USUAL, 36, continuity.levers(USUAL, END))
    second = changed_from(second, 36, {"commitment": 24, **silos.levers(USUAL, 5), "training": 0.5})
    second = changed_from(second, 60, {"commitment": 12})
    assert between(WORDS, USUAL, second) == [
        f"from year 4 on: {WORDS('headline.silos.label')}: {usual} → 50% of the way to “open doors”",
        f"{WORDS('headline.continuity.label')}: {usual} → lasting",
        f"{WORDS('lever.training.label')}: 0.2 → 0.5",
        f"from year 6 on: {WORDS('lever.commitment.label')}: 24 → 12 (months)",
    ]
    again = changed_from(changed_from(USUAL, 0, support.levers(USUAL, 4)), 36, support.levers(USUAL, END))
    assert between(WORDS, USUAL, again)[1].startswith(f"from year 4 on: {standing}: 40% of the way to “")


def test_what_shapes_the_start_is_told_as_of_the_start_besides_the_slider_that_moves_it() -> None:
    power = HEADLINES[2]
    told = between(WORDS, USUAL, changed_from(USUAL, 36, power.levers(USUAL, END)))
    assert [one.partition(":")[0] for one in told] == [
        WORDS("lever.interprofessional_gap.label"),
        "from year 4 on",
    ]
    assert f"{WORDS('headline.power.label')}: {WORDS('headline.middle')} →" in told[1]


def test_a_change_in_the_first_month_and_one_that_changes_nothing_are_told_as_they_are() -> None:
    assert between(WORDS, USUAL, USUAL.changed_later(0, {"mandate": 0.4})) == [
        f"from year 1 on: {WORDS('lever.mandate.label')}: 0 → 0.4"
    ]
    assert between(WORDS, USUAL, USUAL.changed_later(24, {"mandate": 0.0})) == []


def test_the_page_that_plays_offline_says_what_was_changed_above_the_player() -> None:
    second = Setting.of(levers={"training": 0.5}, months=2)
    query = as_query((Setting.of(months=2), ""), (second, SECOND), lang="el")
    page = page_file(read_query(query), query).decode()
    words = Words("el", strict=True)
    above = page.partition("<main>")[2].partition('<div id="player">')[0]
    assert f"{words('lever.training.label')}: 0,2 → 0,5" in above
    assert "training" not in above
