"""Settings: links lead to the world they name, and nonsense is told and left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.agents.errors import CocreateError
from cocreate.experiments.levers_file import levers_as_toml
from cocreate.experiments.presets import preset_names
from cocreate.experiments.trial import NEEDS_COMPILING
from cocreate.model.interventions import FIXED, Intervention
from cocreate.model.parameters import LEVERS
from cocreate.viz.app.files import problems_in
from cocreate.viz.app.problems import problem_text
from cocreate.viz.app.shares import worlds_in
from cocreate.viz.app.state import (
    LONGEST_QUERY,
    MOST_CHANGES,
    MOST_MONTHS,
    SECOND,
    Setting,
    TooLargeError,
    TooManyChangesError,
    as_query,
    read_levers_file,
    read_query,
)
from cocreate.viz.app.words import LANGUAGES, Words

SMALL = ("sector_silo", "support_infrastructure", "commitment", "inclusion", "transfer_pace", "trust_gain")


@st.composite
def values_of(draw: st.DrawFn, name: str) -> float | int | str:
    lever = LEVERS[name]
    if lever.choices:
        return draw(st.sampled_from(lever.choices))
    assert lever.low is not None
    assert lever.high is not None
    if lever.whole:
        return draw(st.integers(int(lever.low), int(lever.high)))
    return round(draw(st.floats(lever.low, lever.high)), 4)


@st.composite
def worlds(draw: st.DrawFn) -> Setting:
    names = draw(st.lists(st.sampled_from(SMALL), unique=True))
    levers = {name: draw(values_of(name)) for name in names}
    months = draw(st.none() | st.integers(61, 300))
    later = [name for name in SMALL if name not in FIXED]
    changes = [
        Intervention(draw(st.integers(0, 60)), name, draw(values_of(name)))
        for name in draw(st.lists(st.sampled_from(later), unique=True, max_size=3))
    ]
    preset = draw(st.sampled_from(["", "village", "rural_hackathon"]))
    return Setting.of(preset, levers, changes, draw(st.integers(1, 10_000)), months)


@given(world=worlds(), other=worlds())
@settings(max_examples=25, deadline=None)
def test_a_link_with_two_worlds_leads_back_to_both(world: Setting, other: Setting) -> None:
    query = as_query((world, ""), (other, SECOND), lang="fi", outcome="trust")
    first, second = read_query(query), read_query(query, SECOND)
    assert (first.problems, second.problems) == ((), ())
    assert first.setting == world
    assert first.setting.levers == world.levers
    assert second.setting.key() == other.key()


@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_text_whatever_breaks_the_reading_of_a_link(text: str) -> None:
    for reading in (read_query(text), read_query(text, SECOND), read_levers_file(text)):
        assert reading.setting.parameters.horizon > 0


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("preset=atlantis", "problem.unknown_preset"),
        ("secto_silo=0.3", "problem.unknown_near"),
        ("qqqq=0.3", "problem.unknown_entry"),
        ("sector_silo=7", "problem.bad_value"),
        ("sector_silo=nan", "problem.bad_value"),
        ("inclusion=everybody", "problem.bad_value"),
        ("seed=-1", "problem.not_whole"),
        ("seed=99999999999999999999", "problem.not_whole"),
        ("months=²", "problem.not_whole"),
        ("at=soon", "problem.bad_change"),
        ("at=60", "problem.bad_change"),
        ("at=9:secto_silo=0.3", "problem.unknown_near"),
        ("at=9:sector_silo=7", "problem.change_value"),
        ("at=9:group_size=4", "problem.change_fixed"),
        ("at=900:sector_silo=0.3", "problem.change_late"),
        (f"at={'9' * 5000}:sector_silo=0.3", "problem.change_late"),
        ("sectors=8", "problem.fixed_here"),
        ("citizens_per_region=20000", "problem.too_large"),
        ("eu_funding_start=90&eu_funding_end=20", "problem.contradiction"),
        ("a=" + "b" * LONGEST_QUERY, "problem.too_long"),
    ],
)
def test_a_link_that_makes_no_sense_is_told_and_the_page_goes_on(query: str, key: str) -> None:
    reading = read_query(query)
    assert [one.key for one in reading.problems] == [key]
    assert reading.setting.is_baseline


@pytest.mark.parametrize(
    "query",
    [
        "at=200:sector_silo=0.2&months=240",
        "months=240&at=200:sector_silo=0.2",
        "at=100:friends=3&preset=city",
    ],
)
def test_entries_of_a_link_count_in_any_order(query: str) -> None:
    reading = read_query(query)
    assert reading.problems == ()
    assert len(reading.setting.interventions) == 1


def test_changes_of_one_month_that_need_each_other_are_read_together() -> None:
    query = (
        "at=9:eu_funding_start=190&at=9:eu_funding_end=230&months=240&eu_funding_start=10&eu_funding_end=20"
    )
    assert read_query(query).problems == ()
    assert len(read_query(query).setting.interventions) == 2
    alone = read_query(query.replace("at=9:eu_funding_end=230", "at=9:friends=3"))
    assert [one.key for one in alone.problems] == ["problem.change_clash"]
    assert [one.lever for one in alone.setting.interventions] == ["friends"]


def test_the_order_in_which_changes_were_made_makes_no_other_world_and_no_other_link() -> None:
    one, other = Intervention(60, "sector_silo", 0.4), Intervention(24, "mandate", 0.5)
    first, second = Setting.of(interventions=[one, other]), Setting.of(interventions=[other, one])
    assert first == second
    assert as_query((first, "")) == as_query((second, "")) == "at=24:mandate=0.5&at=60:sector_silo=0.4"


def test_both_ends_of_the_outside_programme_can_be_set_wherever_the_usual_ones_lie() -> None:
    for query in ("eu_funding_start=0&eu_funding_end=5", "eu_funding_end=400&eu_funding_start=300"):
        reading = read_query(query)
        assert reading.problems == ()
        assert sorted(as_query((reading.setting, "")).split("&")) == sorted(query.split("&"))


def test_what_cannot_be_printed_is_not_shown_back_and_what_is_long_is_cut() -> None:
    (problem,) = read_query(f"at=%00%1b[31m%0a{'x' * 100}").problems
    assert problem.values["text"].startswith("  [31m x")
    assert problem.values["text"].isprintable()
    assert len(problem.values["text"]) == 40


def test_a_second_world_has_the_months_of_the_preset_of_the_first() -> None:
    first, second, _ = worlds_in("preset=probation_reversal&b.preset=village")
    assert (first.months, first.horizon, second.horizon) == (None, 96, 96)


def test_a_second_world_has_the_months_of_the_first_and_what_comes_too_late_in_it_is_told() -> None:
    query = "months=24&seed=3&b.months=120&b.at=60:sector_silo=0.4&b.at=9:sector_silo=0.3"
    first = read_query(query).setting
    second = read_query(query, SECOND, first)
    assert [(one.key, one.values["last"]) for one in second.problems] == [("problem.change_late", "23")]
    assert (second.setting.horizon, second.setting.seed) == (24, 3)
    assert [one.month for one in second.setting.interventions] == [9]
    assert problems_in(query) == second.problems
    assert worlds_in(query) == (first, second.setting, True)


@pytest.mark.parametrize(
    "nonsense", ["b.citizens_per_region=20000", "b.eu_funding_start=90&b.eu_funding_end=20"]
)
def test_a_second_world_that_makes_no_sense_still_has_the_luck_and_the_months_of_the_first(
    nonsense: str,
) -> None:
    first, second, _ = worlds_in(f"months=24&seed=3&{nonsense}")
    assert (second.horizon, second.seed) == (first.horizon, first.seed) == (24, 3)
    assert second.is_baseline


def test_more_changes_than_the_app_allows_are_refused_with_the_limit_wherever_they_come_from() -> None:
    changes = [Intervention(month, "friends", 3) for month in range(MOST_CHANGES + 1)]
    most = Setting.of(interventions=changes[:-1])
    with pytest.raises(TooManyChangesError, match=f"up to {MOST_CHANGES} changes"):
        Setting.of(interventions=changes)
    with pytest.raises(TooManyChangesError):
        most.changed_later(MOST_CHANGES, {"friends": 3})
    opened = read_levers_file(levers_as_toml(most.parameters, changes))
    assert [one.key for one in opened.problems] == ["explore.too_many"]
    found = read_query("&".join(f"at={one.month}:friends=3" for one in changes))
    assert [(one.key, one.values["most"]) for one in found.problems] == [
        ("problem.too_many", f"{MOST_CHANGES}")
    ]
    assert found.setting == most


def test_a_preset_with_changes_of_its_own_leaves_room_for_fewer_so_that_the_saved_world_opens_again() -> None:
    own = len(Setting.of("probation_reversal").all_interventions)
    assert own > 0
    changes = [Intervention(month, "friends", 3) for month in range(MOST_CHANGES - own)]
    full = Setting.of("probation_reversal", interventions=changes)
    assert read_levers_file(levers_as_toml(full.parameters, full.all_interventions)).problems == ()
    with pytest.raises(TooManyChangesError):
        full.changed_later(50, {"friends": 3})


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_bad_link_names_what_is_allowed_in_the_language(language: str) -> None:
    words = Words(language, strict=True)

    def said(query: str) -> str:
        return problem_text(words, read_query(query).problems[0])

    for query in ("sector_silo=7", "at=9:sector_silo=7"):
        assert words("about.range", low="0", high="1") in said(query)
    for query in ("decision_rule=nobody", "at=9:decision_rule=nobody"):
        for choice in LEVERS["decision_rule"].choices:
            assert words(f"lever.decision_rule.choices.{choice}") in said(query)
    assert "sector_silo" in said("secto_silo=0.3")
    assert "months" in said("moths=24")
    assert words("common.to_about") in said("qqqq=1")
    assert f"{Setting().horizon - 1}" in said("at=900:sector_silo=0.3")
    assert "village" in said("preset=atlantis")


def test_what_makes_sense_in_a_link_stays_when_something_else_does_not() -> None:
    reading = read_query("preset=village&sector_silo=9&trust_gain=0.1&seed=4")
    assert reading.setting == Setting.of("village", {"trust_gain": 0.1}, seed=4)
    assert len(reading.problems) == 1


def test_levers_that_are_as_in_the_preset_are_no_changes() -> None:
    start = Setting.of("village")
    same = start.with_levers({"friends": 10, "horizon": 180})
    assert same == start
    assert same.is_baseline


def test_worlds_that_are_equal_share_their_runs_whatever_they_started_from() -> None:
    made = Setting.of(levers=dict(Setting.of("village").start.levers or {}))
    assert made.key() == Setting.of("village").key()
    assert made.key(2) != made.key()


def test_a_world_too_large_for_the_app_is_refused() -> None:
    with pytest.raises(TooLargeError, match="20,000 people"):
        Setting.of(levers={"regions": 500})


def test_a_world_longer_than_the_app_simulates_is_refused_wherever_it_comes_from() -> None:
    assert Setting.of(months=MOST_MONTHS).horizon == MOST_MONTHS
    with pytest.raises(TooLargeError, match=f"over {MOST_MONTHS + 1} months"):
        Setting.of(months=MOST_MONTHS + 1)
    with pytest.raises(TooLargeError, match=f"over {MOST_MONTHS + 1} months"):
        Setting.of(levers={"horizon": MOST_MONTHS + 1})
    opened = read_levers_file(f"[levers]\nhorizon = {MOST_MONTHS + 1}\n")
    assert opened.setting == Setting()
    (problem,) = opened.problems
    assert (problem.key, problem.values["months"]) == ("problem.too_large", f"{MOST_MONTHS}")
    longest = read_levers_file(f"[levers]\nhorizon = {MOST_MONTHS}\n")
    assert (longest.setting.horizon, longest.problems) == (MOST_MONTHS, ())


@pytest.mark.parametrize("preset", ["", *preset_names()])
def test_a_saved_world_opens_again_as_the_same_world(preset: str) -> None:
    world = Setting.of(preset, {"sector_silo": 0.33}, [Intervention(24, "turnover", 0.6)])
    opened = read_levers_file(levers_as_toml(world.parameters, world.all_interventions))
    assert opened.problems == ()
    assert opened.setting.key() == world.key()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sector_silo = 0.2",
        "no toml [",
        "levers = 3",
        "[[interventions]]\nmonth = 1",
        "\0",
    ],
)
def test_a_file_of_nonsense_is_told_and_changes_nothing(text: str) -> None:
    reading = read_levers_file(text)
    assert reading.setting.is_baseline
    assert [one.key for one in reading.problems] == ["problem.bad_file"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[levers]\nsector_silo = 7", ["problem.bad_value"]),
        ("[levers]\nsector_silo = 'much'\nsecto_silo = 0.1", ["problem.bad_value", "problem.unknown_near"]),
        ("[levers]\nsector_silo = [1]", ["problem.bad_value"]),
        (
            "[[interventions]]\nmonth = 9\nlever = 'mandate'\nvalue = 7",
            ["problem.change_value"],
        ),
        ("[[interventions]]\nmonth = 9\nlever = 'qqqq'\nvalue = 7", ["problem.unknown_entry"]),
        (
            "[levers]\nhorizon = 24\n[[interventions]]\nmonth = 30\nlever = 'mandate'\nvalue = 1",
            ["problem.change_late"],
        ),
    ],
)
def test_a_file_that_sets_what_is_not_allowed_is_told_where_and_changes_nothing(
    text: str, keys: list[str]
) -> None:
    reading = read_levers_file(text)
    assert reading.setting.is_baseline
    assert [one.key for one in reading.problems] == keys


def test_only_what_is_taken_back_is_gone() -> None:
    start, middle, late = {"sector_silo": 0.2}, {"sector_silo": 0.9}, {"sector_silo": 0.5}
    world = Setting.of(levers=start).changed_later(60, middle).changed_later(120, late)
    without_middle = world.without_change(60, "sector_silo")
    assert without_middle.query() == Setting.of(levers=start).changed_later(120, late).query()
    assert (
        world.without("sector_silo").query()
        == world.baseline.changed_later(60, middle).changed_later(120, late).query()
    )


def test_what_shapes_the_world_cannot_change_later() -> None:
    world = Setting()
    with pytest.raises(CocreateError, match="shapes the world"):
        world.changed_later(24, {"group_size": 4})


def test_no_world_that_needs_compiling_can_be_asked_for() -> None:
    asked = "&".join(f"{name}=2" for name in sorted(NEEDS_COMPILING))
    assert {one.key for one in read_query(asked).problems} == {"problem.fixed_here"}
