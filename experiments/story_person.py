"""The report of a person: what they were asked, whether they were heard, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cocreate.agents.initiative import Reason, State
from cocreate.experiments.runs import Run
from cocreate.experiments.story_pages import (
    YEAR,
    Pages,
    add_changes_of_levers,
    heading,
    initiative_name,
    log_of,
    people_of,
)
from cocreate.experiments.story_words import state_in_words, trust_in_words, voice_in_words
from cocreate.experiments.words import counted, listed, sector_name
from cocreate.model.diary import Kind

STRONG_TIE = 0.5


def tell_person(run: Run, person: int) -> str:
    """Return the report of a person.

    Args:
        run: A run with diaries.
        person: Index of the person.
    """
    mine = log_of(run)[log_of(run)["person"] == person]
    pages = Pages()
    if len(mine):
        add_changes_of_levers(pages, run, 0, run.months - 1)
    _tell_invitations(pages, run, mine)
    _tell_their_initiatives(pages, run, mine)
    _tell_single_events(pages, run, mine)
    _tell_years_at_tables(pages, run, mine)
    row: Any = people_of(run).iloc[person]
    title = f"{str(row['role']).capitalize()} {row['id']}, region {run.region_name(int(row['region']))}"
    body = pages.text() or "In all these years, nobody asked them to take part, and they did not ask either."
    return "\n".join([heading(title, run), _portrait(run, row), "", body, "", _close(row, mine)])


def _portrait(run: Run, row: Any) -> str:
    region = run.region_name(int(row["region"]))
    if row["role"] == "professional":
        text = (
            f"The professional in this report works in {sector_name(int(row['sector']))} in region {region}."
        )
    elif row["role"] == "politician":
        text = f"The politician in this report sits on the council of region {region}."
    else:
        text = f"The citizen in this report lives in region {region}."
        if row["hard_to_reach"]:
            text += " Letters and notices from offices rarely reach them."
        if row["storyteller"]:
            text += " They gather and tell other people's stories."
    if row["spanner"]:
        text += " They know people well beyond their own circle."
    return text


def _tell_invitations(pages: Pages, run: Run, mine: Any) -> None:
    for event in mine[mine["kind"] == int(Kind.JOINED)].itertuples():
        name = initiative_name(run, int(event.initiative))
        pages.add(int(event.month), f"they were asked to join {name}, and came along")
    declined = mine[mine["kind"] == int(Kind.DECLINED)]
    for year, rows in declined.groupby(declined["month"] // YEAR):
        tables = listed([f"{number}" for number in sorted(set(rows["initiative"]))])
        several = "initiatives" if len(set(rows["initiative"])) > 1 else "initiative"
        again = f"{counted(len(rows), 'time')}" if len(rows) > 1 else "once"
        pages.sum_up(
            int(year), f"That year they were asked {again} to join {several} {tables}, and stayed away."
        )


SINGLE: dict[Kind, Callable[[Any, str], str]] = {
    Kind.PROPOSED: lambda _, name: f"they proposed {name}",
    Kind.SPONSORED: lambda _, name: f"they stood up for {name} on the council",
    Kind.SPONSOR_LOST: lambda _, name: f"{name} lost a supporter with their seat",
    Kind.TOLD_STORY: lambda _, name: f"they brought a story of lived experience to the table of {name}",
    Kind.BACKLASH: lambda _, name: (
        f"they pushed back against {name} and took it to the council, as their word"
        " no longer counted as it used to"
    ),
    Kind.LEFT: lambda event, name: (
        f"they left the table of {name}, where they had been heard {voice_in_words(event.value)}"
    ),
    Kind.PROMISE_KEPT: lambda event, name: (
        f"they saw what {name} had decided being put into practice;"
        f" their trust in public institutions was now {trust_in_words(event.value)}"
    ),
    Kind.PROMISE_BROKEN: lambda event, name: (
        f"they saw what they had worked for in {name} come to nothing;"
        f" their trust in public institutions was now {trust_in_words(event.value)}"
    ),
    Kind.SUCCEEDED: lambda *_: (
        "they moved on, and somebody new took over the post; from here on the report"
        " follows the successor, who knew little of what had been"
    ),
    Kind.LOST_SEAT: lambda *_: (
        "they lost the seat in the election; from here on the report follows the one who won it"
    ),
}
"""Clauses for what is told event by event."""


def _tell_single_events(pages: Pages, run: Run, mine: Any) -> None:
    named: set[int] = set()
    for event in mine.itertuples():
        kind = Kind(int(event.kind))
        if kind is Kind.SECTOR_JOINED:
            pages.add(
                int(event.month),
                f"with them, {sector_name(int(event.detail))} came to the table of"
                f" initiative {event.initiative}",
            )
        if kind not in SINGLE or (kind is Kind.SPONSORED and event.initiative in named):
            continue
        number = int(event.initiative)
        name = initiative_name(run, number, whole=kind is Kind.PROPOSED) if number >= 0 else ""
        if kind is Kind.PROPOSED:
            named.add(number)
        pages.add(int(event.month), SINGLE[kind](event, name))


def _tell_their_initiatives(pages: Pages, run: Run, mine: Any) -> None:
    """Add the turning points of initiatives at whose table the person sat, while they sat there."""
    for number, rows in mine[mine["initiative"] >= 0].groupby("initiative"):
        first = rows[rows["kind"].isin([int(Kind.JOINED), int(Kind.PROPOSED)])]["month"]
        if first.empty:
            continue
        gone = rows[rows["kind"] == int(Kind.LEFT)]["month"]
        last = int(gone.max()) if len(gone) else run.months
        turns = log_of(run)[
            (log_of(run)["kind"] == int(Kind.STATE))
            & (log_of(run)["initiative"] == number)
            & (log_of(run)["month"] >= int(first.min()))
            & (log_of(run)["month"] < last)
        ]
        for turn in turns.itertuples():
            state = State(int(turn.detail))
            if state not in (State.PROPOSED, State.RECRUITING):
                clause = state_in_words(state, Reason(int(turn.value)))
                pages.add(int(turn.month), f"as for initiative {number}, {clause}")


def _tell_years_at_tables(pages: Pages, run: Run, mine: Any) -> None:
    """Sum up, for each year and table, how the person was heard, and what it did to them."""
    at_table = mine[mine["initiative"] >= 0]
    for (year, number), rows in at_table.groupby([at_table["month"] // YEAR, at_table["initiative"]]):
        heard = rows[rows["kind"].isin([int(Kind.HEARD), int(Kind.IGNORED)])]
        sentences = []
        if len(heard):
            sentences.append(_heard(int(number), heard))
        learned = rows[rows["kind"] == int(Kind.LEARNED)]
        if len(learned):
            moved = float(learned["value"].sum())
            far = "changed their mind a good deal" if moved > 0.3 else "changed their mind a little"  # noqa: PLR2004
            sentences.append(
                f"Listening at the table of initiative {number}, they {far} about what people need."
            )
        threatened = len(rows[rows["kind"] == int(Kind.THREATENED)])
        if threatened:
            often = counted(threatened, "meeting")
            sentences.append(
                f"In {often} of initiative {number} they felt control slipping from their hands."
            )
        for sentence in sentences:
            pages.sum_up(int(year), sentence)
    trained = mine[mine["kind"] == int(Kind.TRAINED)]
    for year, rows in trained.groupby(trained["month"] // YEAR):
        again = "" if len(rows) == 1 else f", {counted(len(rows), 'time')}"
        pages.sum_up(int(year), f"They were trained in working together with citizens that year{again}.")
    _tell_ties(pages, run, mine)


def _heard(number: int, heard: Any) -> str:
    ignored = int((heard["kind"] == int(Kind.IGNORED)).sum())
    meetings = counted(len(heard), "meeting")
    words = voice_in_words(float(heard["value"].mean()))
    sentence = f"In {meetings} of initiative {number} they were heard {words}"
    if 0 < ignored < len(heard):
        sentence += f"; {counted(ignored, 'time')} their words were passed over"
    return f"{sentence}."


def _tell_ties(pages: Pages, run: Run, mine: Any) -> None:
    close = mine[mine["kind"] == int(Kind.GREW_CLOSE)]
    for year, rows in close.groupby(close["month"] // YEAR):
        others = list(dict.fromkeys(int(other) for other in rows["detail"]))
        names = [f"{people_of(run)['role'].iloc[one]} {people_of(run)['id'].iloc[one]}" for one in others[:3]]
        more = f" and {counted(len(others) - 3, 'other')}" if len(others) > 3 else ""  # noqa: PLR2004 - told
        told = listed(names) if not more else ", ".join(names) + more
        pages.sum_up(int(year), f"They grew close to {told}.")


def _close(row: Any, mine: Any) -> str:
    tables = mine[mine["kind"].isin([int(Kind.JOINED), int(Kind.PROPOSED)])]["initiative"].nunique()
    taken = f"In all, they sat at {counted(tables, 'table')}." if tables else "They never sat at a table."
    trust = trust_in_words(float(row["trust"]))
    if row["generation"] > 0:
        holders = counted(int(row["generation"]) + 1, "person", "people")
        taken = taken.replace("they", f"{holders} who held this place one after another")
        taken = taken.replace("They never", f"The {holders} who held this place never")
    return f"{taken} When the simulation ended, trust in public institutions was {trust} here."
