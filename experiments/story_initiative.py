"""The report of an initiative: who began it, who came, who was heard, what was decided, how it ended."""

from __future__ import annotations

from typing import Any

from cocreate.agents.initiative import Mode, Reason, State
from cocreate.experiments.runs import Run
from cocreate.experiments.story_pages import (
    ROLES,
    YEAR,
    Pages,
    Report,
    add_changes_of_levers,
    capital,
    initiatives_of,
    log_of,
    named,
    notice,
    people_of,
)
from cocreate.experiments.story_teller import Teller
from cocreate.experiments.story_words import share_in_words, state_in_words
from cocreate.experiments.words import sectors_in
from cocreate.model.diary import Kind

NOTICED = 0.05
"""Gain in fit that people would notice."""


def report_initiative(run: Run, initiative: int, teller: Teller) -> Report:
    """Return the report of an initiative.

    Args:
        run: The run; one saved without diaries tells less.
        initiative: Number of the initiative.
        teller: Language of the report.
    """
    row: Any = initiatives_of(run).iloc[initiative]
    mine = log_of(run)[log_of(run)["initiative"] == initiative]
    last = int(row["finished"]) if row["finished"] >= 0 else run.months - 1
    pages = Pages(teller)
    add_changes_of_levers(pages, run, int(row["proposed"]), last)
    _tell_beginning(pages, run, row)
    states = mine[mine["kind"] == int(Kind.STATE)]
    search = states["detail"] == int(State.RECRUITING)
    _tell_states(pages, states[search], row)
    _tell_joining(pages, run, mine)
    _tell_surroundings(pages, run, row, last)
    _tell_states(pages, states[~search], row)
    _tell_followers(pages, run, initiative)
    _tell_meetings(pages, mine)
    region = run.region_name(int(row["region"]))
    sectors = teller.listed([teller.sector(one) for one in sectors_in(int(row["sectors"]))])
    return Report(
        head=teller.say("head"),
        title=teller.say("initiative.title", number=f"{initiative}", region=region),
        notice=notice(run, teller),
        opening=teller.say("initiative.opening", sectors=sectors),
        years=pages.years(),
        close=_ending(row, teller),
    )


def _tell_beginning(pages: Pages, run: Run, row: Any) -> None:
    say = pages.teller.say
    month = int(row["proposed"])
    mode = Mode(int(row["mode"]))
    if mode is Mode.NEW:
        champion = int(row["champion"])
        key = "by_citizen" if people_of(run)["role"].iloc[champion] == "citizen" else "by_person"
        sector = pages.teller.sector(int(row["lead_sector"]))
        pages.add(month, say(f"initiative.{key}", who=named(run, champion, pages.teller), sector=sector))
    else:
        source = int(row["source"])
        there = run.region_name(int(initiatives_of(run)["region"].iloc[source]))
        key = "copy" if mode is Mode.COPIED else "adapt"
        pages.add(month, say(f"initiative.{key}", source=f"{source}", region=there))
    if mode is not Mode.COPIED:
        pages.add(month, say(f"initiative.inclusion.{int(row['inclusion'])}"))
    pages.add(month, say("initiative.paid_outside" if row["funded_outside"] else "initiative.paid_here"))


def _tell_states(pages: Pages, states: Any, row: Any) -> None:
    say = pages.teller.say
    for event in states.itertuples():
        state, reason = State(int(event.detail)), Reason(int(event.value))
        if state is State.PROPOSED:
            continue
        pages.add(int(event.month), state_in_words(pages.teller, state, reason))
        if state is State.DECIDED and row["legal_anchor"]:
            pages.add(int(event.month), say("initiative.anchored"))
        if state is State.DECIDED and row["committed_until"] >= 0:
            pages.add(int(event.month), say("initiative.bound"))
        if state is State.PILOTING:
            gain = float(row["result"])
            fits = "better" if gain > NOTICED else "worse" if gain < -NOTICED else "alike"
            pages.add(int(event.month), say(f"initiative.fits_{fits}"))


def _tell_joining(pages: Pages, run: Run, mine: Any) -> None:
    teller = pages.teller
    joined = mine[mine["kind"] == int(Kind.JOINED)]
    for _, rows in joined.groupby(joined["month"] // YEAR):
        roles = people_of(run)["role"].to_numpy()[rows["person"].to_numpy()].tolist()
        hard = int(people_of(run)["hard_to_reach"].to_numpy()[rows["person"].to_numpy()].sum())
        people = teller.listed(
            [teller.say(f"{role}s", count=roles.count(role)) for role in ROLES if role in roles]
        )
        first, last = int(rows["month"].min()), int(rows["month"].max())
        key = "initiative.joined_in" if first == last else "initiative.joined_from"
        said = [teller.say(key, first=teller.month(first), last=teller.month(last), people=people)]
        said += [teller.say("initiative.hard_to_reach", count=hard)] if hard else []
        pages.add_from(first, last, " ".join(capital(one) for one in said))
    for event in mine[mine["kind"] == int(Kind.SECTOR_JOINED)].itertuples():
        sector = teller.sector(int(event.detail))
        pages.add(int(event.month), teller.say("initiative.sector_joined", sector=sector))
    for event in mine[mine["kind"] == int(Kind.SPONSORED)].itertuples():
        who = str(people_of(run)["id"].iloc[event.person])
        pages.add(int(event.month), teller.say("initiative.sponsored", id=who))
    for month, rows in mine[mine["kind"] == int(Kind.BACKLASH)].groupby("month"):
        pages.add(int(month), teller.say("initiative.pushed_back", count=len(rows)))


def _tell_meetings(pages: Pages, mine: Any) -> None:
    say = pages.teller.say
    met = mine[mine["kind"] == int(Kind.MET)]
    left = mine[mine["kind"] == int(Kind.LEFT)]
    stories = mine[mine["kind"] == int(Kind.TOLD_STORY)]
    for year, rows in met.groupby(met["month"] // YEAR):
        told = int((stories["month"] // YEAR == year).sum())
        gone = int((left["month"] // YEAR == year).sum())
        share = share_in_words(pages.teller, float(rows["value"].mean()))
        pages.sum_up(int(year), say("initiative.met", count=len(rows), share=share))
        pages.sum_up(int(year), say("initiative.came", count=round(float(rows["detail"].mean()))))
        if told:
            pages.sum_up(int(year), say("initiative.stories", count=told))
        if gone:
            pages.sum_up(int(year), say("initiative.left", count=gone))


def _tell_surroundings(pages: Pages, run: Run, row: Any, last: int) -> None:
    """Add elections, and what they did to sponsors, while the initiative was alive."""
    say = pages.teller.say
    here = log_of(run)[
        (log_of(run)["region"] == int(row["region"]))
        & (log_of(run)["month"] > int(row["proposed"]))
        & (log_of(run)["month"] <= last)
    ]
    lost = here[(here["kind"] == int(Kind.SPONSOR_LOST)) & (here["initiative"] == row.name)]
    changed = set(here[here["kind"] == int(Kind.GOVERNMENT_CHANGED)]["month"])
    for event in here[here["kind"] == int(Kind.ELECTION)].itertuples():
        key = "initiative.election_turn" if event.month in changed else "initiative.election"
        pages.add(int(event.month), say(key))
        gone = int((lost["month"] == event.month).sum())
        if gone:
            pages.add(int(event.month), say("initiative.seats_lost", count=gone))
    for kind, key in ((Kind.COUNCIL_ADOPTED, "council_adopted"), (Kind.COUNCIL_LAPSED, "council_lapsed")):
        for event in here[here["kind"] == int(kind)].itertuples():
            pages.add(int(event.month), say(f"initiative.{key}"))


def _tell_followers(pages: Pages, run: Run, initiative: int) -> None:
    visits = log_of(run)[(log_of(run)["kind"] == int(Kind.VISITED)) & (log_of(run)["detail"] == initiative)]
    for visit in visits.itertuples():
        copied = int(initiatives_of(run)["mode"].iloc[int(visit.initiative)]) == int(Mode.COPIED)
        key = "initiative.visited_copy" if copied else "initiative.visited_adapt"
        region = run.region_name(int(visit.region))
        pages.add(int(visit.month), pages.teller.say(key, region=region, number=f"{int(visit.initiative)}"))


def _ending(row: Any, teller: Teller) -> str:
    alive = row["finished"] < 0
    opening = [
        teller.say("initiative.in_all", count=int(row["joined"])),
        capital(teller.say("initiative.meetings", count=int(row["sessions"]))),
    ]
    if alive:
        service = State(int(row["state"])) is State.STRUCTURAL
        close = teller.say("initiative.still_service" if service else "initiative.still_alive")
    else:
        months = int(row["finished"]) - int(row["proposed"])
        close = teller.say("initiative.lived" if months else "initiative.lived_briefly", count=months)
    return " ".join([*opening, close])
