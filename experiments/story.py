"""Stories: a diary told as a community report, in plain language and marked as simulated."""

from __future__ import annotations

from textwrap import fill

from cocreate.experiments.errors import StoryError, nearest
from cocreate.experiments.runs import Run
from cocreate.experiments.story_initiative import report_initiative
from cocreate.experiments.story_pages import Report
from cocreate.experiments.story_person import report_person
from cocreate.experiments.story_teller import English, Teller

WIDTH = 100


def tell(run: Run, *, person: str | None = None, initiative: int | None = None) -> str:
    """Return the report of one person or one initiative in English, wrapped for a screen.

    Args:
        run: A run, with diaries for a person's report.
        person: Id of the person: from the file of people, or the number.
        initiative: Number of the initiative.

    Raises:
        StoryError: Neither or both are named, there is nobody of that id, or the run has no diaries.
    """
    if (person is None) == (initiative is None):
        raise StoryError("Name either a person with --person or an initiative with --initiative.")
    found = _index_of(run, person) if person is not None else None
    text = report(run, English(), person=found, initiative=initiative).text
    return "\n".join(fill(line, WIDTH) for line in text.splitlines())


def report(run: Run, teller: Teller, *, person: int | None = None, initiative: int | None = None) -> Report:
    """Return the report of one person or one initiative in a language, in its parts.

    Args:
        run: A run, with diaries for a person's report.
        teller: The language.
        person: Index of the person.
        initiative: Number of the initiative, where no person is named.

    Raises:
        StoryError: There is no such person or initiative, or the run has no diaries.
    """
    if person is not None:
        return report_person(run, _index_of(run, str(run.people["id"].iloc[person])), teller)
    assert initiative is not None
    return report_initiative(run, _known(run, initiative), teller)


def _index_of(run: Run, person: str) -> int:
    if not run.diaries:
        raise StoryError(
            "This run was saved without diaries of people: run it again with --diaries. Initiatives can be"
            " told without."
        )
    ids = run.people["id"].tolist()
    if person in ids:
        return int(ids.index(person))
    hint = nearest(person, ids) if run.names.people else f" There are persons 0 to {len(ids) - 1}."
    raise StoryError(f"There is nobody with the id {person!r} in this run.{hint}")


def _known(run: Run, initiative: int) -> int:
    count = len(run.initiatives)
    if not 0 <= initiative < count:
        there = f"initiatives 0 to {count - 1}" if count else "no initiatives"
        raise StoryError(f"There is no initiative {initiative} in this run: there are {there}.")
    return initiative
