"""Controls of Explore and Compare: each button takes back its own line, and links of any kind open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

solara = pytest.importorskip("solara", reason='The app is not installed: pip install "cocreate[app]"')

from cocreate.agents.errors import CocreateError  # noqa: E402 - after the skip
from cocreate.model.interventions import FIXED  # noqa: E402
from cocreate.viz.app.controls.rows import headline_row, lever_groups  # noqa: E402
from cocreate.viz.app.explore_controls import (  # noqa: E402
    CannotLater,
    ChangeList,
    Headlines,
    changed_from,
    only_at_start,
    refused_text,
)
from cocreate.viz.app.headlines import HEADLINES, Headline  # noqa: E402
from cocreate.viz.app.pages.compare import both  # noqa: E402
from cocreate.viz.app.problems import problem_text  # noqa: E402
from cocreate.viz.app.state import Setting, TooManyChangesError, read_query  # noqa: E402
from cocreate.viz.app.visit import Visit  # noqa: E402
from cocreate.viz.app.words import Words  # noqa: E402

WORDS = Words("en", strict=True)
THREE = "sector_silo=0.2&at=60:sector_silo=0.9&at=120:sector_silo=0.5"


def visit(query: str) -> Visit:
    return Visit("/compare", query, WORDS, read_query(query), lambda _to: None)


def buttons(box: Any) -> Iterator[Any]:
    """Give the buttons in a tree of elements."""
    for one in getattr(box, "children", []):
        if not isinstance(one, str):
            if getattr(one, "tag", "") == "button":
                yield one
            yield from buttons(one)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (0, "at=60:sector_silo=0.9&at=120:sector_silo=0.5"),
        (1, "sector_silo=0.2&at=120:sector_silo=0.5"),
        (2, "sector_silo=0.2&at=60:sector_silo=0.9"),
    ],
)
def test_a_button_takes_back_its_own_line_and_no_other(line: int, left: str) -> None:
    here, made = visit(THREE), list[Setting]()
    lines = ChangeList(here, here.setting, lambda make: made.append(make(here.setting)))
    box, context = solara.render(lines, handle_error=False)
    list(buttons(box))[line].fire_event("click", None)
    context.close()
    assert [one.query() for one in made] == [read_query(left).setting.query()]


def test_a_second_world_that_changes_after_the_months_of_the_first_is_shown_without_that() -> None:
    here = visit("months=24&b.at=60:sector_silo=0.4&b.friends=3")
    first, second = both(here)
    assert (first.horizon, second.horizon) == (24, 24)
    assert second == Setting.of(levers={"friends": 3}, months=24)
    (problem,) = here.problems
    assert "from 0 to 23" in problem_text(WORDS, problem)


@pytest.mark.parametrize("first", ["", "village"])
@pytest.mark.parametrize("second", ["", "city"])
def test_an_address_with_two_worlds_leads_to_both_also_where_one_is_the_usual_one(
    first: str, second: str
) -> None:
    worlds = Setting.of(first, {"training": 0.4}), Setting.of(second)
    address = visit("").address("/compare", *worlds, outcome="trust")
    there = visit(address.partition("?")[2])
    assert there.has_second
    assert (there.setting, there.second.setting) == (worlds[0], worlds[1])
    assert there.problems == ()


def test_what_is_said_of_a_change_that_cannot_be_made_names_the_limit_where_there_is_one() -> None:
    assert "up to 20 changes" in refused_text(WORDS, TooManyChangesError())
    assert refused_text(WORDS, CocreateError()) == WORDS("explore.refused")


YEAR_4 = 36
"""Month from which on a change holds that is made from year 4 on."""


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda one: one.name)
def test_a_main_slider_moves_from_a_later_year_on_what_can_change_then(headline: Headline) -> None:
    moved = changed_from(Setting(), YEAR_4, headline.levers(Setting(), 5))
    assert {one.month for one in moved.interventions} == {YEAR_4}
    assert set(moved.levers) == set(headline.opened) & FIXED
    assert headline_row(WORDS, headline, moved, month=YEAR_4).value == 5
    assert headline.position(moved, YEAR_4 - 1) != 5
    assert changed_from(moved, YEAR_4, headline.levers(moved, 0)).is_baseline


def test_a_setting_that_cannot_change_later_is_told_as_long_as_it_stands() -> None:
    power = next(one for one in HEADLINES if one.name == "power")
    levers = power.levers(Setting(), 5)
    told = only_at_start(Setting(), YEAR_4, levers)
    moved = changed_from(Setting(), YEAR_4, levers)
    assert set(told) == set(levers) & FIXED
    assert only_at_start(Setting(), 0, levers) == only_at_start(moved, YEAR_4, levers) == {}
    for world, stands in ((moved, True), (Setting(), False)):  # the second as after Undo
        box, context = solara.render(CannotLater(WORDS, world, told), handle_error=False)
        assert any("shapes the world at its start" in text for text in texts(box)) == stands
        context.close()


def test_all_sliders_show_what_holds_in_the_year_that_was_chosen() -> None:
    moved = changed_from(Setting(), YEAR_4, {"sector_silo": 0.2})
    (before,), (after,) = (
        [row.value for group in lever_groups(WORDS, moved, ["sector_silo"], month) for row in group.rows]
        for month in (0, YEAR_4)
    )
    assert (before, after) == (Setting().parameters.sector_silo, 0.2)


def test_above_the_main_sliders_stands_from_when_on_they_change_the_world() -> None:
    here = visit("")
    for month, told in ((0, False), (YEAR_4, True)):
        box, context = solara.render(
            Headlines(here, here.setting, lambda _make: None, month=month), handle_error=False
        )
        assert ("Changes hold: from year 4 on" in texts(box)) == told
        context.close()


def texts(box: Any) -> list[str]:
    """Return all texts in a tree of elements."""
    parts = getattr(box, "children", [])
    return [one for one in parts if isinstance(one, str)] + [
        text for one in parts if not isinstance(one, str) for text in texts(one)
    ]
