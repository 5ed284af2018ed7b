"""Controls of Explore and Compare: each button takes back its own line, and links of any kind open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

solara = pytest.importorskip("solara", reason='The app is not installed: pip install "cocreate[app]"')

from cocreate.agents.errors import CocreateError  # noqa: E402 - after the skip
from cocreate.viz.app.explore_controls import ChangeList, refused_text  # noqa: E402
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


def test_what_is_said_of_a_change_that_cannot_be_made_names_the_limit_where_there_is_one() -> None:
    assert "up to 20 changes" in refused_text(WORDS, TooManyChangesError())
    assert refused_text(WORDS, CocreateError()) == WORDS("explore.refused")
