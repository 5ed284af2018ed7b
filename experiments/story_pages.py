"""Pages of a community report: sentences gathered by month and told by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from cocreate.experiments.runs import Run
from cocreate.experiments.words import month_name, sector_name
from cocreate.model.diary import Kind
from cocreate.model.parameters import LEVERS

YEAR = 12


@dataclass
class Pages:
    """Clauses of a report, in order of time.

    Attributes:
        by_month: Clauses of each month; they start with a small letter and have no full stop.
        by_year: Sentences that sum up a year; told after its months.
    """

    by_month: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_year: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, month: int, clause: str) -> None:
        """Add what happened in a month, once."""
        if clause not in self.by_month[month]:
            self.by_month[month].append(clause)

    def sum_up(self, year: int, sentence: str) -> None:
        """Add a sentence on a whole year, counted from 0."""
        self.by_year[year].append(sentence)

    def text(self) -> str:
        """Return all years as text, each with a heading."""
        years = sorted({month // YEAR for month in self.by_month} | set(self.by_year))
        return "\n\n".join(f"Year {year + 1}\n{self._year(year)}" for year in years)

    def _year(self, year: int) -> str:
        months = [month for month in sorted(self.by_month) if month // YEAR == year]
        paragraphs = [self._month(month) for month in months]
        return " ".join([*paragraphs, *self.by_year.get(year, [])])

    def _month(self, month: int) -> str:
        first, *others = self.by_month[month]
        return " ".join([f"In {month_name(month)}, {first}.", *(f"{capital(one)}." for one in others)])


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


def heading(title: str, run: Run) -> str:
    """Return the head of a report, which says that it is simulated."""
    where = f"preset {run.preset}, " if run.preset else ""
    return (
        f"SIMULATED COMMUNITY REPORT\n{title}\n\n"
        f"Nobody in this report is real. The model made it up from its rules ({where}seed {run.seed},"
        f" cocreate {run.version}); year 1 starts in month 0 of the run.\n"
    )


def add_changes_of_levers(pages: Pages, run: Run, first: int, last: int) -> None:
    """Add the interventions that fall in some months: the rules that everybody felt."""
    rows = log_of(run)[log_of(run)["kind"] == int(Kind.LEVER)]
    names = list(LEVERS)
    for row in rows.itertuples():
        if first <= row.month <= last:
            declared = LEVERS[names[row.detail]]
            value = declared.choices[int(row.value)] if declared.choices else f"{row.value:g}"
            pages.add(
                row.month,
                f"conditions changed for everybody: {declared.name} was set to {value}"
                f" ({declared.meaning[:1].lower()}{declared.meaning[1:]})",
            )


def initiative_name(run: Run, initiative: int, *, whole: bool = True) -> str:
    """Return how a report calls an initiative.

    Args:
        run: The run.
        initiative: Its number.
        whole: Whether to say what it is about.
    """
    if not whole:
        return f"initiative {initiative}"
    sector = sector_name(int(initiatives_of(run)["lead_sector"].iloc[initiative]))
    return f"initiative {initiative}, which began in {sector}"
