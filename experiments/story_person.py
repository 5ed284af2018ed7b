"""The report of a person: what they were asked, whether they were heard, and what became of it."""

from __future__ import annotations

from typing import Any

from cocreate.agents.initiative import Reason, State
from cocreate.experiments.runs import Run
from cocreate.experiments.story_pages import (
    YEAR,
    Pages,
    Report,
    add_changes_of_levers,
    capital,
    lead_sector,
    log_of,
    named,
    notice,
    people_of,
)
from cocreate.experiments.story_teller import Teller
from cocreate.experiments.story_words import state_in_words, trust_in_words, voice_in_words
from cocreate.model.diary import Kind

MUCH = 0.3
"""Way that a view has moved in a year, in need units, from which it counts as a good deal."""

NAMED = 3
"""People grown close to in a year who are named; more are counted."""

SINGLE = frozenset(
    {
        Kind.PROPOSED, Kind.SPONSORED, Kind.SPONSOR_LOST, Kind.TOLD_STORY, Kind.BACKLASH, Kind.LEFT,
        Kind.PROMISE_KEPT, Kind.PROMISE_BROKEN, Kind.SUCCEEDED, Kind.LOST_SEAT, Kind.SECTOR_JOINED,
    }
)  # fmt: skip
"""What is told event by event, each in the words of its name."""


def report_person(run: Run, person: int, teller: Teller) -> Report:
    """Return the report of a person.

    Args:
        run: A run with diaries.
        person: Index of the person.
        teller: Language of the report.
    """
    mine = log_of(run)[log_of(run)["person"] == person]
    pages = Pages(teller)
    if len(mine):
        add_changes_of_levers(pages, run, 0, run.months - 1)
    _tell_invitations(pages, run, mine)
    _tell_their_initiatives(pages, run, mine)
    _tell_single_events(pages, run, mine)
    _tell_years_at_tables(pages, run, mine)
    row: Any = people_of(run).iloc[person]
    region = run.region_name(int(row["region"]))
    opening = _portrait(row, region, teller)
    years = pages.years()
    return Report(
        head=teller.say("head"),
        title=teller.say(f"person.title.{row['role']}", id=str(row["id"]), region=region),
        notice=notice(run, teller),
        opening=opening if years else f"{opening} {teller.say('person.nothing')}",
        years=years,
        close=_close(row, mine, teller),
    )


def _portrait(row: Any, region: str, teller: Teller) -> str:
    role = str(row["role"])
    sector = teller.sector(int(row["sector"])) if role == "professional" else ""
    sentences = [teller.say(f"person.{role}", region=region, sector=sector)]
    traits = ("hard_to_reach", "storyteller", "spanner") if role == "citizen" else ("spanner",)
    sentences += [teller.say(f"person.{trait}") for trait in traits if row[trait] == 1]
    return " ".join(sentences)


def _tell_invitations(pages: Pages, run: Run, mine: Any) -> None:
    say = pages.teller.say
    for event in mine[mine["kind"] == int(Kind.JOINED)].itertuples():
        number = int(event.initiative)
        sector = lead_sector(run, number, pages.teller)
        pages.add(int(event.month), say("person.joined", number=f"{number}", sector=sector))
    declined = mine[mine["kind"] == int(Kind.DECLINED)]
    for year, rows in declined.groupby(declined["month"] // YEAR):
        tables = sorted(set(rows["initiative"]))
        numbers = pages.teller.listed([f"{number}" for number in tables])
        if len(rows) == 1:
            pages.sum_up(int(year), say("person.declined_once", numbers=numbers))
        else:
            key = "person.declined" if len(tables) > 1 else "person.declined_same"
            pages.sum_up(int(year), say(key, count=len(rows), numbers=numbers))


def _tell_single_events(pages: Pages, run: Run, mine: Any) -> None:
    teller = pages.teller
    proposed: set[int] = set()
    for event in mine.itertuples():
        kind, number = Kind(int(event.kind)), int(event.initiative)
        if kind not in SINGLE or (kind is Kind.SPONSORED and number in proposed):
            continue
        if kind is Kind.PROPOSED:
            proposed.add(number)
        clause = teller.say(
            f"person.{kind.name.lower()}",
            number=f"{number}",
            sector=_sector_of(kind, event, run, teller),
            voice=voice_in_words(teller, event.value) if kind is Kind.LEFT else "",
            trust=trust_in_words(teller, event.value),
        )
        pages.add(int(event.month), clause)


def _sector_of(kind: Kind, event: Any, run: Run, teller: Teller) -> str:
    if kind is Kind.SECTOR_JOINED:
        return teller.sector(int(event.detail))
    return lead_sector(run, int(event.initiative), teller) if kind is Kind.PROPOSED else ""


def _tell_their_initiatives(pages: Pages, run: Run, mine: Any) -> None:
    """Add the turning points of initiatives at whose table the person sat, while they sat there."""
    teller = pages.teller
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
                clause = state_in_words(teller, state, Reason(int(turn.value)))
                pages.add(int(turn.month), teller.say("state.of_initiative", number=f"{number}", text=clause))


def _tell_years_at_tables(pages: Pages, run: Run, mine: Any) -> None:
    """Sum up, for each year and table, how the person was heard, and what it did to them."""
    at_table = mine[mine["initiative"] >= 0]
    for (year, number), rows in at_table.groupby([at_table["month"] // YEAR, at_table["initiative"]]):
        for sentence in _year_at_table(f"{number}", rows, pages.teller):
            pages.sum_up(int(year), sentence)
    trained = mine[mine["kind"] == int(Kind.TRAINED)]
    for year, rows in trained.groupby(trained["month"] // YEAR):
        pages.sum_up(int(year), pages.teller.say("person.trained", count=len(rows)))
    _tell_ties(pages, run, mine)


def _year_at_table(number: str, rows: Any, teller: Teller) -> list[str]:
    sentences = []
    heard = rows[rows["kind"].isin([int(Kind.HEARD), int(Kind.IGNORED)])]
    if len(heard):
        voice = voice_in_words(teller, float(heard["value"].mean()))
        sentences.append(teller.say("person.heard", count=len(heard), number=number, voice=voice))
        ignored = int((heard["kind"] == int(Kind.IGNORED)).sum())
        if 0 < ignored < len(heard):
            sentences.append(teller.say("person.passed_over", count=ignored))
    learned = rows[rows["kind"] == int(Kind.LEARNED)]
    if len(learned):
        much = float(learned["value"].sum()) > MUCH
        sentences.append(
            teller.say("person.learned_much" if much else "person.learned_little", number=number)
        )
    threatened = len(rows[rows["kind"] == int(Kind.THREATENED)])
    if threatened:
        sentences.append(teller.say("person.threatened", count=threatened, number=number))
    return sentences


def _tell_ties(pages: Pages, run: Run, mine: Any) -> None:
    teller = pages.teller
    close = mine[mine["kind"] == int(Kind.GREW_CLOSE)]
    for year, rows in close.groupby(close["month"] // YEAR):
        others = list(dict.fromkeys(int(other) for other in rows["detail"]))
        names = [named(run, one, teller) for one in others[:NAMED]]
        if len(others) <= NAMED:
            sentence = teller.say("person.grew_close", people=teller.listed(names))
        else:
            more = teller.say("others", count=len(others) - NAMED)
            sentence = teller.say("person.grew_close_more", people=", ".join(names), others=more)
        pages.sum_up(int(year), sentence)


def _close(row: Any, mine: Any, teller: Teller) -> str:
    tables = mine[mine["kind"].isin([int(Kind.JOINED), int(Kind.PROPOSED)])]["initiative"].nunique()
    sentences = [teller.say("person.tables", count=int(tables)) if tables else teller.say("person.no_tables")]
    if row["generation"] > 0:
        sentences.insert(0, capital(teller.say("person.holders", count=int(row["generation"]) + 1)))
    sentences.append(teller.say("person.trust_at_end", trust=trust_in_words(teller, float(row["trust"]))))
    return " ".join(sentences)
