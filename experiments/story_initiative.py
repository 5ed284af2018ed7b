"""The report of an initiative: who began it, who came, who was heard, what was decided, how it ended."""

from __future__ import annotations

from typing import Any

from cocreate.agents.initiative import Mode, Reason, State
from cocreate.experiments.runs import Run
from cocreate.experiments.story_pages import (
    YEAR,
    Pages,
    add_changes_of_levers,
    heading,
    initiative_name,
    initiatives_of,
    log_of,
    people_of,
)
from cocreate.experiments.story_words import CHAMPIONS, INCLUSION, share_in_words, state_in_words
from cocreate.experiments.words import counted, listed, month_name, sector_name, sector_names
from cocreate.model.diary import Kind

ROLES = ("citizen", "professional", "politician")


def tell_initiative(run: Run, initiative: int) -> str:
    """Return the report of an initiative.

    Args:
        run: The run; one saved without diaries tells less.
        initiative: Number of the initiative.
    """
    row: Any = initiatives_of(run).iloc[initiative]
    mine = log_of(run)[log_of(run)["initiative"] == initiative]
    last = int(row["finished"]) if row["finished"] >= 0 else run.months - 1
    pages = Pages()
    add_changes_of_levers(pages, run, int(row["proposed"]), last)
    _tell_beginning(pages, run, row)
    _tell_joining(pages, run, mine)
    _tell_surroundings(pages, run, row, last)
    _tell_states(pages, mine, row)
    _tell_followers(pages, run, initiative)
    _tell_meetings(pages, mine)
    title = f"Initiative {initiative}, region {run.region_name(int(row['region']))}"
    sectors = listed(sector_names(int(row["sectors"])))
    opening = f"This is the life of an initiative that came to cover {sectors}."
    return "\n".join([heading(title, run), opening, "", pages.text(), "", _ending(run, row)])


def _tell_beginning(pages: Pages, run: Run, row: Any) -> None:
    champion = int(row["champion"])
    who = CHAMPIONS[int(row["champion_kind"])]
    if champion >= 0:
        person = people_of(run).iloc[champion]
        who = f"{person['role']} {person['id']}"
        who = f"a group of citizens around {who}" if person["role"] == "citizen" else who
    sector = sector_name(int(row["lead_sector"]))
    how = f"{who} proposed something new in {sector}"
    mode = Mode(int(row["mode"]))
    if mode is not Mode.NEW:
        source = int(row["source"])
        there = run.region_name(int(initiatives_of(run)["region"].iloc[source]))
        what = "to copy the design of" if mode is Mode.COPIED else "to find an own way by the principles of"
        how = f"{who} proposed {what} initiative {source} in region {there}"
    month = int(row["proposed"])
    pages.add(month, how)
    if mode is not Mode.COPIED:
        pages.add(month, INCLUSION[int(row["inclusion"])])
    pages.add(
        month,
        "an outside programme paid for it" if row["funded_outside"] else "the region paid for it itself",
    )


def _tell_states(pages: Pages, mine: Any, row: Any) -> None:
    states = mine[mine["kind"] == int(Kind.STATE)]
    for event in states.itertuples():
        state, reason = State(int(event.detail)), Reason(int(event.value))
        if state is State.PROPOSED:
            continue
        pages.add(int(event.month), state_in_words(state, reason))
        if state is State.DECIDED and row["legal_anchor"]:
            pages.add(int(event.month), "the council anchored the decision in a rule of its own")
        if state is State.DECIDED and row["committed_until"] >= 0:
            pages.add(int(event.month), "the council bound itself to it past the next election")
        if state is State.PILOTING:
            pages.add(int(event.month), _result(float(row["result"])))


def _result(gain: float) -> str:
    if gain > 0.05:  # noqa: PLR2004 - a difference that people would notice
        return "for those who used it, it fitted better than what was there before"
    if gain < -0.05:  # noqa: PLR2004
        return "for those who used it, it fitted worse than what was there before"
    return "for those who used it, it fitted about as well as what was there before"


def _tell_joining(pages: Pages, run: Run, mine: Any) -> None:
    joined = mine[mine["kind"] == int(Kind.JOINED)]
    for year, rows in joined.groupby(joined["month"] // YEAR):
        roles = people_of(run)["role"].to_numpy()[rows["person"].to_numpy()].tolist()
        hard = int(people_of(run)["hard_to_reach"].to_numpy()[rows["person"].to_numpy()].sum())
        parts = [counted(roles.count(role), role) for role in ROLES if role in roles]
        reached = f", among them {counted(hard, 'citizen')} whom offices rarely reach" if hard else ""
        months = [month_name(int(rows["month"].min())), month_name(int(rows["month"].max()))]
        when = f"From {months[0]} to {months[1]}" if len(set(months)) > 1 else f"In {months[0]}"
        pages.sum_up(int(year), f"{when}, {listed(parts)} joined the table{reached}.")
    for event in mine[mine["kind"] == int(Kind.SECTOR_JOINED)].itertuples():
        pages.add(int(event.month), f"with a new colleague, {sector_name(int(event.detail))} came on board")
    for event in mine[mine["kind"] == int(Kind.SPONSORED)].itertuples():
        pages.add(int(event.month), f"politician {people_of(run)['id'].iloc[event.person]} stood up for it")
    for month, rows in mine[mine["kind"] == int(Kind.BACKLASH)].groupby("month"):
        pages.add(
            int(month),
            f"{counted(len(rows), 'member')} who felt passed over pushed back, and lobbied the council",
        )


def _tell_meetings(pages: Pages, mine: Any) -> None:
    met = mine[mine["kind"] == int(Kind.MET)]
    left = mine[mine["kind"] == int(Kind.LEFT)]
    stories = mine[mine["kind"] == int(Kind.TOLD_STORY)]
    for year, rows in met.groupby(met["month"] // YEAR):
        told = int((stories["month"] // YEAR == year).sum())
        gone = int((left["month"] // YEAR == year).sum())
        people = round(float(rows["detail"].mean()))
        share = share_in_words(float(rows["value"].mean()))
        sentence = (
            f"The table met {_times(len(rows))} that year, with {counted(people, 'person', 'people')} on"
            f" average; {share} of what carried weight was said by citizens."
        )
        if told:
            sentence += f" Stories of lived experience were brought in {_times(told)}."
        if gone:
            sentence += f" {counted(gone, 'person', 'people').capitalize()} left the table."
        pages.sum_up(int(year), sentence)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count) or counted(count, "time")


def _tell_surroundings(pages: Pages, run: Run, row: Any, last: int) -> None:
    """Add elections, and what they did to sponsors, while the initiative was alive."""
    here = log_of(run)[
        (log_of(run)["region"] == int(row["region"]))
        & (log_of(run)["month"] > int(row["proposed"]))
        & (log_of(run)["month"] <= last)
    ]
    lost = here[(here["kind"] == int(Kind.SPONSOR_LOST)) & (here["initiative"] == row.name)]
    changed = set(here[here["kind"] == int(Kind.GOVERNMENT_CHANGED)]["month"])
    for event in here[here["kind"] == int(Kind.ELECTION)].itertuples():
        side = "and the other side won" if event.month in changed else "and the same side stayed in office"
        pages.add(int(event.month), f"a council was elected, {side}")
        gone = int((lost["month"] == event.month).sum())
        if gone:
            pages.add(
                int(event.month), f"{counted(gone, 'politician')} who had stood up for it lost the seat"
            )
    for event in here[here["kind"] == int(Kind.COUNCIL_ADOPTED)].itertuples():
        pages.add(int(event.month), "the council made the principles of co-creation its own")
    for event in here[here["kind"] == int(Kind.COUNCIL_LAPSED)].itertuples():
        pages.add(int(event.month), "the council let the principles of co-creation go")


def _tell_followers(pages: Pages, run: Run, initiative: int) -> None:
    visits = log_of(run)[(log_of(run)["kind"] == int(Kind.VISITED)) & (log_of(run)["detail"] == initiative)]
    for visit in visits.itertuples():
        copied = int(initiatives_of(run)["mode"].iloc[int(visit.initiative)]) == int(Mode.COPIED)
        took = "to copy it" if copied else "to do something like it in their own way"
        pages.add(
            int(visit.month),
            f"visitors went home to region {run.region_name(int(visit.region))} {took}"
            f" ({initiative_name(run, int(visit.initiative), whole=False)})",
        )


def _ending(run: Run, row: Any) -> str:
    state = State(int(row["state"]))
    alive = row["finished"] < 0
    months = (run.months if alive else int(row["finished"])) - int(row["proposed"])
    came = counted(int(row["joined"]), "person", "people")
    opening = (
        f"In all, {came} had a seat at its table, and {counted(int(row['sessions']), 'meeting')} were held."
    )
    if row["sessions"] == 1:
        opening = opening.replace("were held", "was held")
    if alive and state is State.STRUCTURAL:
        close = "When the simulation ended, the service was still there."
    elif alive:
        close = f"When the simulation ended, it was still under way ({state.name.lower()})."
    else:
        close = f"From the proposal to its end it lived for {counted(months, 'month')}."
    return f"{opening} {close}"
