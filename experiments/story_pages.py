"""Pages of a community report: sentences gathered by month and told by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from cocreate.experiments.runs import Run
from cocreate.experiments.story_teller import Teller
from cocreate.model.diary import Kind
from cocreate.model.parameters import LEVERS

YEAR = 12

ROLES = ("citizen", "professional", "politician")


@dataclass(frozen=True)
class Report:
    """A community report, ready to be laid out.

    Attributes:
        head: Says that it is simulated.
        title: Who or what it is about.
        notice: Says that nobody in it is real, and how to make the run again.
        opening: A paragraph on who or what it is about.
        years: Heading and text of each year in which something happened.
        close: A paragraph on how it ended.
    """

    head: str
    title: str
    notice: str
    opening: str
    years: tuple[tuple[str, str], ...]
    close: str

    @property
    def text(self) -> str:
        """The whole report, its paragraphs parted by empty lines."""
        years = [f"{heading}\n{text}" for heading, text in self.years]
        parts = [f"{self.head}\n{self.title}", self.notice, self.opening, *years, self.close]
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Clause:
    """What happened in a month.

    Attributes:
        text: A clause; or sentences, where these name the months themselves.
        until: The last of the months that they name; None for a clause.
    """

    text: str
    until: int | None = None


@dataclass
class Pages:
    """Clauses of a report, in order of time.

    Attributes:
        teller: Language of the report.
        by_month: Clauses of each month, and sentences that name their months themselves.
        by_year: Sentences that sum up a year; told after its months.
    """

    teller: Teller
    by_month: dict[int, list[Clause]] = field(default_factory=lambda: defaultdict(list))
    by_year: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, month: int, clause: str) -> None:
        """Add what happened in a month, once: a clause with a small letter and without a full stop."""
        if Clause(clause) not in self.by_month[month]:
            self.by_month[month].append(Clause(clause))

    def add_from(self, first: int, last: int, sentences: str) -> None:
        """Add what happened from one month to another as sentences that name both."""
        self.by_month[first].append(Clause(capital(sentences), last))

    def sum_up(self, year: int, sentence: str) -> None:
        """Add a sentence on a whole year, counted from 0."""
        self.by_year[year].append(capital(sentence))

    def years(self) -> tuple[tuple[str, str], ...]:
        """Return heading and text of each year in which something happened."""
        years = sorted({month // YEAR for month in self.by_month} | set(self.by_year))
        return tuple((self.teller.say("year", year=f"{year + 1}"), self._year(year)) for year in years)

    def _year(self, year: int) -> str:
        months = [month for month in sorted(self.by_month) if month // YEAR == year]
        paragraphs = [self._month(month) for month in months]
        return " ".join([*paragraphs, *self.by_year.get(year, [])])

    def _month(self, month: int) -> str:
        told, named = [], False
        for one in self.by_month[month]:
            if one.until is not None:
                told.append(one.text)
                named = one.until == month
                continue
            opening = self.teller.say("in_month", month=self.teller.month(month), text=one.text)
            told.append(f"{capital(one.text)}." if named else capital(opening))
            named = True
        return " ".join(told)


def log_of(run: Run) -> Any:
    """Return the log; here and below as Any, as the stubs of pandas do not know the types of columns."""
    return run.events


def people_of(run: Run) -> Any:
    """Return the table of people."""
    return run.people


def initiatives_of(run: Run) -> Any:
    """Return the table of initiatives."""
    return run.initiatives


def capital(clause: str) -> str:
    """Return a clause with a capital letter.

    >>> capital("it ended")
    'It ended'
    """
    return clause[:1].upper() + clause[1:]


def notice(run: Run, teller: Teller) -> str:
    """Return the notice that nobody in a report is real, and how to make the run again."""
    if run.preset:
        return teller.say("notice_preset", preset=run.preset, seed=f"{run.seed}", version=run.version)
    return teller.say("notice", seed=f"{run.seed}", version=run.version)


def named(run: Run, person: int, teller: Teller) -> str:
    """Return how a report calls a person: role and id."""
    row = people_of(run).iloc[person]
    return teller.say(f"named.{row['role']}", id=str(row["id"]))


def lead_sector(run: Run, initiative: int, teller: Teller) -> str:
    """Return the sector in which an initiative began."""
    return teller.sector(int(initiatives_of(run)["lead_sector"].iloc[initiative]))


def add_changes_of_levers(pages: Pages, run: Run, first: int, last: int) -> None:
    """Add the interventions that fall in some months: the rules that everybody felt."""
    rows = log_of(run)[log_of(run)["kind"] == int(Kind.LEVER)]
    names = list(LEVERS)
    for row in rows.itertuples():
        if first <= row.month <= last:
            declared = LEVERS[names[row.detail]]
            value = declared.choices[int(row.value)] if declared.choices else f"{row.value:g}"
            lever = pages.teller.lever(declared.name)
            pages.add(row.month, pages.teller.say("lever_set", lever=lever, value=value))
