"""Lessons as data: every choice changes a world, and what a reveal says follows from numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

import numpy as np
import pytest

from cocreate.model.parameters import LEVERS
from cocreate.viz.app.chance import Counts, counts_of
from cocreate.viz.app.charts import lines_of
from cocreate.viz.app.ensembles import Ensembles
from cocreate.viz.app.lessons import LESSONS, Kind, Lesson
from cocreate.viz.app.lessons.guess_step import DRAWN_YEARS, guesses, height_of, known_line
from cocreate.viz.app.lessons.lesson import Step
from cocreate.viz.app.lessons.phone import SHOWN, Office, fewest_in_worlds, office
from cocreate.viz.app.lessons.phone_step import Calls, shown_office, words_on_calls, words_on_guess
from cocreate.viz.app.lessons.play import Play
from cocreate.viz.app.lessons.result_step import answer, guessed
from cocreate.viz.app.lessons.reveal import (
    LESS,
    MORE,
    SAME,
    UNCLEAR,
    compare_line,
    is_small,
    line_from_text,
    on_expectation,
    on_guess,
    on_line,
    way_of,
)
from cocreate.viz.app.lessons.tokens import gains
from cocreate.viz.app.pages.lessons import explained_by
from cocreate.viz.app.played import DRAWN, EVERY, Played
from cocreate.viz.app.state import Setting, read_query
from cocreate.viz.app.verdicts import Compared
from cocreate.viz.app.visit import Visit
from cocreate.viz.app.words import LANGUAGES, Words
from cocreate.viz.app.worlds import WORLDS

WORDS = Words("en", strict=True)
BOTH = ("brief", "model")
USUAL_WALLS = float(LEVERS["sector_silo"].default)
TOGETHER = next(one for one in LESSONS if one.kind is Kind.TOKENS)


def play(lesson: Lesson, query: str) -> Play:
    return Play(Visit(f"/lessons/{lesson.id}", query, WORDS, read_query(query), lambda _to: None), lesson)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.id)
def test_every_text_of_a_lesson_is_there(lesson: Lesson) -> None:
    for key in ("title", "lead", "brief", "model", "table", "story"):
        assert WORDS(f"lessons.{lesson.id}.{key}")
    for step in lesson.steps:
        assert WORDS(f"lessons.step.{step}")
    if lesson.kind is not Kind.SANDBOX:
        assert WORDS(f"lessons.{lesson.id}.question")
        assert all(guesses(WORDS, lesson).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_that_shares_no_power_is_not_explained_by_the_sharing_of_power(language: str) -> None:
    power, words = next(one for one in LESSONS if one.id == "power"), Words(language, strict=True)
    explained = {
        one.name: [words(explained_by(play(power, f"lesson.choice={one.name}"), name)) for name in BOTH]
        for one in power.choices
    }
    assert explained["at_once"] == explained["step_by_step"]
    assert not set(explained["steep"]) & set(explained["at_once"])
    assert all(explained_by(play(one, ""), "model") == f"lessons.{one.id}.model" for one in LESSONS)


def test_things_that_are_counted_are_fewer_and_others_less() -> None:
    said = {one.id: list(guesses(WORDS, one).values())[-1] for one in LESSONS if one.kind is Kind.WAY}
    assert said == {"silos": "fewer", "power": "less", "copying": "less"}
    assert "“fewer”" in on_guess(WORDS, MORE, LESS, counted="services")
    assert "“fewer”" in on_expectation(WORDS, LESS, LESS, "calls")


@pytest.mark.parametrize(("guess", "told"), [("calls_4", True), ("more", False), ("<b>", False), ("", False)])
def test_only_a_guess_that_the_phone_lesson_offers_is_told(guess: str, told: bool) -> None:
    phone = next(one for one in LESSONS if one.kind is Kind.PHONE)
    said = words_on_guess(WORDS, phone, guess, "7")
    assert bool(said) == told
    assert not told or said.startswith(f"You guessed “{guesses(WORDS, phone)[guess]}”. ")
    assert not told or said.endswith("the shortest way takes 7.")  # of this, and not of one's own, was asked


PHONE = next(one for one in LESSONS if one.kind is Kind.PHONE)


def some_way(place: Office) -> list[int]:
    """Return calls that lead to all departments, the first that one can make each time."""
    calls: list[int] = []
    while place.needed(calls) is None:
        calls.append(min(place.reachable(calls)))
    return calls


def test_calls_are_kept_in_the_address_from_step_to_step() -> None:
    calls = some_way(shown_office(PHONE))
    here = play(PHONE, f"step=play&lesson.calls={','.join(map(str, calls))}")
    assert here.calls == tuple(calls)
    for step in PHONE.steps:
        query = urlsplit(here.at(step, guess="calls_4")).query
        assert play(PHONE, query).calls == tuple(calls)
    assert play(PHONE, urlsplit(here.at(Step.PLAY, calls="")).query).calls == ()


def test_only_calls_that_could_be_made_are_taken_from_a_link() -> None:
    place = shown_office(PHONE)
    calls = some_way(place)
    hidden = next(one for one in range(len(place.sectors)) if one not in place.reachable(()) and one)
    asked = ["", "x", "-1", "²", "1e1", "9999999999", f"{hidden}", "999", *map(str, calls), f"{calls[0]}"]
    assert place.made(play(PHONE, f"lesson.calls={quote(','.join(asked))}").calls) == tuple(calls)


def test_visitors_hear_how_many_calls_they_needed_themselves() -> None:
    place = shown_office(PHONE)
    calls = some_way(place)
    further = [*calls, *sorted(place.reachable(calls))[:2]]  # those after the last department do not count
    for made in (calls, further):
        said = words_on_calls(play(PHONE, f"lesson.calls={','.join(map(str, made))}"))
        assert said == f"You yourself needed {len(calls)} calls."
    assert words_on_calls(play(PHONE, f"lesson.calls={','.join(map(str, calls[:-1]))}")) == ""
    assert words_on_calls(play(PHONE, "")) == ""


@pytest.mark.parametrize("lesson", [one for one in LESSONS if one.outcome], ids=lambda one: one.id)
def test_every_choice_and_reform_makes_another_world(lesson: Lesson) -> None:
    before = lesson.setting_before().key()
    others = [lesson.setting(one).key() for one in lesson.choices]
    others += [lesson.bought((one.name,)).key() for one in lesson.reforms]
    assert len({before, *others}) == 1 + len(others)


def test_pairs_of_worlds_share_their_seed_and_a_link_can_choose_it() -> None:
    found = play(LESSONS[1], "seed=7&lesson.choice=open")
    assert (found.before.seed, found.now.seed) == (7, 7)
    assert found.choice.name == "open"


@pytest.mark.parametrize(
    ("query", "step"), [("step=table", "table"), ("step=nonsense", "guess"), ("", "guess")]
)
def test_a_link_opens_its_step_and_nonsense_the_first_one(query: str, step: str) -> None:
    assert play(LESSONS[1], query).step == step


def test_three_tokens_tell_how_many_services_there_are_and_how_many_last() -> None:
    assert {"structural_per_region", "share_lasting"} <= {TOGETHER.outcome, *TOGETHER.also}


def test_more_reforms_than_tokens_buy_nothing() -> None:
    assert play(TOGETHER, "lesson.guess=doors,group").bought == ("doors", "group")
    assert play(TOGETHER, "lesson.guess=doors,group,staff,chair").bought == ()
    assert play(TOGETHER, "lesson.guess=gold").bought == ()


def test_the_way_on_keeps_guess_and_session() -> None:
    found = play(LESSONS[1], "lesson.guess=less&plan=45&plan.part=2&projector=1&seed=3&lang=en")
    address = found.at(found.lesson.steps[1])
    for entry in ("lesson.guess=less", "plan=45", "plan.part=2", "projector=1", "seed=3", "step=result"):
        assert entry in address


@pytest.mark.parametrize(
    ("gap", "way"),
    [(0.5, MORE), (-0.5, LESS), (0.0, SAME)],
)
def test_a_clear_gap_goes_one_way(gap: float, way: str) -> None:
    before = np.linspace(0, 1, 20)
    wobble = np.where(np.arange(20) % 2, 0.01, -0.01) if gap else 0.0
    assert way_of(counts_of(before, before + gap + wobble).verdict()) == way


def test_a_gap_within_the_noise_settles_nothing() -> None:
    before = np.zeros(20)
    now = np.where(np.arange(20) % 2, 1.0, -0.9)
    assert way_of(counts_of(before, now).verdict()) == UNCLEAR


@pytest.mark.parametrize(
    ("guess", "found", "said"),
    [
        (MORE, MORE, "that is what the worlds show"),
        (MORE, LESS, "The worlds show “less”"),
        (MORE, UNCLEAR, "do not settle it"),
        (SAME, UNCLEAR, "nothing speaks against you"),
        ("", MORE, "You made no guess"),
        ("<script>", MORE, "You made no guess"),
    ],
)
def test_a_guess_is_answered_by_what_was_found(guess: str, found: str, said: str) -> None:
    assert said in on_guess(WORDS, guess, found)


@pytest.mark.parametrize(
    ("outcome", "before", "now", "spread", "small"),
    [
        ("effectiveness", 0.502, 0.491, 0.0181, True),  # 50 % and 49 % in whole percentages
        ("effectiveness", 0.5, 0.484, 0.0181, False),
        ("effectiveness", 0.5, 0.42, 0.2, False),  # below half of the usual spread, but eight points
        ("structural_per_region", 0.4, 0.25, 0.34, False),  # below half of the usual spread, but 38 % less
        ("structural_per_region", 2.0, 1.9, 0.34, True),
        ("structural_per_region", 2.0, 1.9, 0.1, False),
        ("structural_per_region", 0.5, 0.4, 0.34, False),  # a fifth, but for rounding
        ("structural_per_region", 0.0, 0.0, 0.0, True),
        ("structural_per_region", 2.0, 1.9, math.nan, False),
        ("structural_per_region", math.nan, math.nan, math.nan, False),
    ],
)
def test_middles_close_in_themselves_are_close_to_about_the_same(
    outcome: str, before: float, now: float, spread: float, small: bool
) -> None:
    found = Compared(outcome, Counts(3, 16, 20), before, now, spread)
    assert is_small(found) is small
    said = on_guess(WORDS, SAME, way_of(found.verdict), small=small)
    assert ("a small difference, “less”, but it is more than chance" in said) is small
    assert ("The worlds show “less”" in said) is not small
    assert "small" not in on_guess(WORDS, MORE, LESS, small=small)


@pytest.mark.parametrize("guess", ["more", "less", "same", ""])
def test_the_answer_of_a_lesson_tells_no_size_besides_the_two_middles(guess: str) -> None:
    lesson = next(one for one in LESSONS if one.id == "copying")

    def played(value: float) -> tuple[Played, ...]:
        lines = np.zeros((1, 1), np.float32)
        return tuple(Played(seed, {"effectiveness": value + seed / 1000}, lines) for seed in range(20))

    found = Ensembles((Setting(), Setting()), (played(0.5), played(0.49)))
    said = answer(play(lesson, f"lesson.guess={guess}"), found)
    assert not re.search(r"\d", said)
    assert ("a small difference" in said) is (guess == SAME)


@pytest.mark.parametrize(
    ("expected", "found", "said"),
    [
        (MORE, MORE, "These worlds agree"),
        (MORE, LESS, "show the opposite"),
        (MORE, UNCLEAR, "do not show it clearly"),
        (MORE, SAME, "do not show it clearly"),
        ("", MORE, "makes no promise"),
    ],
)
def test_a_model_that_contradicts_the_brief_says_so(expected: str, found: str, said: str) -> None:
    assert said in on_expectation(WORDS, expected, found)


def test_a_drawn_line_is_compared_with_where_worlds_end() -> None:
    drawn = compare_line([0.0, 2.0], [1.0, 2.0, 3.0, 4.0])
    assert (drawn.below, drawn.above, drawn.middle, drawn.worlds) == (1, 2, 2.5, 4)


@pytest.mark.parametrize("text", ["0.16", "0.2", "0.2000001", "0.24"])
def test_a_line_is_judged_by_the_number_that_is_shown(text: str) -> None:
    ends = [0.1] * 7 + [0.2] * 7 + [0.30000000000000004] * 6  # as adding up leaves them
    line = line_from_text(text, 1, 2.0)
    said = on_line(WORDS, "structural_per_region", compare_line(line, ends))
    assert "ends at 0.2, the middle world at 0.2" in said
    assert "7 ended lower than your line and 6 higher" in said


def test_a_drawn_line_stands_on_the_chart_at_the_years_and_the_height_at_which_it_was_drawn() -> None:
    election = next(one for one in LESSONS if one.kind is Kind.LINE)
    here = play(election, "lesson.guess=0.2,0.4,0.4,0.8,1")

    def played(services: float) -> Played:
        lines = np.full((60, len(DRAWN)), np.nan, np.float32)
        lines[:, DRAWN.index("structural")] = services
        return Played(1, {}, lines)

    found = Ensembles((here.before, here.now), ((played(1), played(2), played(9)),) * 2)
    assert known_line(found, election.outcome) == pytest.approx([0.2] * 60)  # of ten regions, the middle
    (side,) = guessed(here, found)
    (line,) = lines_of(side, election.outcome)
    for year, value in zip(DRAWN_YEARS, (0.2, 0.4, 0.4, 0.8, 1.0), strict=True):
        assert line[12 * year // EVERY - 1] == pytest.approx(value)
    assert line[0] == pytest.approx(0.2 / 12)  # from nothing at the start
    assert guessed(play(election, ""), found) == []


@pytest.mark.parametrize("text", ["", "1,2", "1,2,x", "1,2,-1", "1,2,inf", "1,2,3,4", "1;2;3"])
def test_a_line_in_a_link_that_makes_no_sense_is_no_line(text: str) -> None:
    assert line_from_text(text, 3, 5.0) == ()


def test_the_drawing_leaves_room_above_what_is_known() -> None:
    assert height_of([0.0, 0.0]) == 1.0
    assert height_of([0.2, 0.94]) == 4.0


def small_office() -> Office:
    """You know 1; 1 knows 2; 2 knows 3: a chain through the departments 0, 0, 1, 2."""
    known = (frozenset({1}), frozenset({0, 2}), frozenset({1, 3}), frozenset({2}))
    return Office((0, 0, 1, 2), known, 0)


def test_the_fewest_calls_through_a_chain_are_its_length() -> None:
    chain = small_office()
    assert chain.fewest_calls() == 3
    assert chain.reachable([1]) == {2}
    assert chain.reached([1, 2]) == {0, 1}


def test_a_department_nobody_knows_stays_out_of_reach() -> None:
    alone = Office((0, 1), (frozenset(), frozenset()), 0)
    assert alone.fewest_calls() is None
    assert alone.reachable([]) == frozenset()


def test_the_office_on_the_page_can_be_solved_by_hand_and_the_shortest_way_is_right() -> None:
    place = office(USUAL_WALLS, SHOWN)
    fewest = place.fewest_calls()
    assert fewest is not None
    assert fewest == brute_force(place)


def test_the_office_on_the_page_is_like_the_middle_of_all_worlds() -> None:
    calls = [math.inf if one is None else one for one in fewest_in_worlds(USUAL_WALLS, WORLDS)]
    assert office(USUAL_WALLS, SHOWN).fewest_calls() == np.median(calls)


def brute_force(place: Office) -> int:
    """Return the fewest calls without any of the shortcuts of the real search."""
    tried: set[tuple[int, ...]] = {()}
    for calls in range(10):
        if any(place.reached(one) == place.departments for one in tried):
            return calls
        tried = {tuple(sorted((*one, more))) for one in tried for more in place.reachable(one)}
    raise AssertionError("no way")


def test_open_doors_never_need_fewer_calls_than_departments() -> None:
    known = [one for one in fewest_in_worlds(0.2, 5) if one is not None]
    assert len(known) > 2  # else doors are not open
    assert min(known) >= 3


def test_worlds_without_a_way_count_as_further_than_any_other() -> None:
    calls = Calls(high=(None, 5, 3), low=(4, 3, 3))
    assert (calls.less, calls.more) == (2, 0)
    assert calls.way == UNCLEAR  # two pairs settle nothing: the sign test needs six
    assert Calls((5,) * 6, (3,) * 6).way == LESS
    assert Calls((3, 3), (3, 3)).way == SAME


def ensembles(values: Mapping[str, list[float]]) -> Ensembles:
    played = tuple(
        tuple(
            Played(seed, {"structural_per_region": value}, np.zeros((1, 1), np.float32))
            for seed, value in enumerate(found)
        )
        for found in values.values()
    )
    return Ensembles((Setting(),) * len(values), played)


@pytest.mark.parametrize(("together", "way"), [(3.0, MORE), (1.0, LESS)])
def test_reforms_that_add_up_to_less_or_more_are_told_apart(together: float, way: str) -> None:
    wobble = np.where(np.arange(20) % 2, 0.1, -0.1)
    found = gains(
        ensembles(
            {
                "usual": [0.0] * 20,
                "together": (together + wobble).tolist(),
                "one": [1.0] * 20,
                "other": [1.0] * 20,
            }
        ),
        "structural_per_region",
    )
    assert found.alone == (1.0, 1.0)
    assert math.isclose(found.together, together)
    assert found.way == way


def test_what_adds_up_is_not_told_apart_by_the_rounding_of_computers() -> None:
    alone = {"one": [0.1] * 20, "other": [0.2] * 20}  # 0.1 + 0.2 is not 0.3 in binary
    found = gains(ensembles({"usual": [0.0] * 20, "together": [0.3] * 20, **alone}), "structural_per_region")
    assert (found.counts.more, found.counts.less, found.way) == (0, 0, SAME)
