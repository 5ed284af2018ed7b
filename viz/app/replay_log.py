"""What a replay takes from the log: lives of initiatives, who sat at tables, meetings, and marks."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from cocreate.agents.columns import Table
from cocreate.agents.initiative import State
from cocreate.model.diary import Kind

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
VOICE_STEPS = 5
"""Steps of voice between nobody's and an equal share."""

FADING = 12
"""Months for which the place of an ended initiative stays taken in the picture."""

OVER = (int(State.ENDED), int(State.PARTLY))
TABLE_GONE = (int(State.STRUCTURAL), *OVER)

SIMPLE_MARKS = {
    int(Kind.ELECTION): "election",
    int(Kind.SPONSOR_LOST): "champion_left",
    int(Kind.BACKLASH): "backlash",
    int(Kind.LEVER): "lever",
    int(Kind.COUNCIL_ADOPTED): "council_adopted",
    int(Kind.COUNCIL_LAPSED): "council_lapsed",
    int(Kind.NATION_ADOPTED): "nation_adopted",
    int(Kind.NATION_LAPSED): "nation_lapsed",
    int(Kind.VISITED): "visited",
}
"""Marks that stand for one kind of event each."""


def initiatives_in(log: Table, rows: Table, months: int) -> dict[str, list[Any]]:
    """Return the lives of initiatives, in the order of their proposal.

    Returns:
        Lists of one entry an initiative: ``region``, ``sector``, ``mode`` and ``source`` as in the model;
        ``states``, a flat list of position, state and reason for each change; ``slot``, its place in the
        region's picture, which no other initiative has at the same time.
    """
    states: dict[int, list[int]] = defaultdict(list)
    for event in log[log["kind"] == int(Kind.STATE)]:
        entered = [int(event["month"]) + 1, int(event["detail"]), int(event["value"])]
        states[int(event["initiative"])] += entered
    return {
        "region": rows["region"].tolist(),
        "sector": rows["lead_sector"].tolist(),
        "mode": rows["mode"].tolist(),
        "source": rows["source"].tolist(),
        "slot": _slots(rows, months),
        "states": [states[number] for number in range(len(rows))],
    }


def _slots(rows: Table, months: int) -> list[int]:
    free_from: dict[int, list[int]] = defaultdict(list)
    slots = []
    for row in rows:
        taken = free_from[int(row["region"])]
        begin = int(row["proposed"])
        end = int(row["finished"]) + FADING if row["finished"] >= 0 else months
        slot = next((place for place, free in enumerate(taken) if free < begin), len(taken))
        if slot == len(taken):
            taken.append(end)
        else:
            taken[slot] = end
        slots.append(slot)
    return slots


def stays_in(log: Table, months: int, size: int) -> dict[str, list[Any]]:
    """Return who sat at which table from when to when, and how they were heard.

    Args:
        log: The log, with diaries.
        months: Months of the run.
        size: Seats of a table.

    Returns:
        Lists of one entry a stay: ``person``, ``initiative``, ``from``, the first position, ``to``, the
        position at which the person is gone, ``seat`` around the table, and ``voice``, one character a
        position: ``.`` for no voice on record, else fifths of an equal share to base 36. Officials' voices
        are not on record.
    """
    heard = _voices(log)
    stays = [stay for stay in _all_stays(log, months) if stay[2] < stay[3]]
    stays.sort(key=lambda stay: (stay[2], stay[1], stay[0]))
    seats = _seats(stays, size)
    words = [
        "".join(heard.get((person, table, position), ".") for position in range(begin, end)).rstrip(".")
        for person, table, begin, end in stays
    ]
    people, tables, begins, ends = (
        (list(column) for column in zip(*stays, strict=True)) if stays else ([],) * 4
    )
    return {
        "person": people, "initiative": tables, "from": begins, "to": ends, "seat": seats, "voice": words
    }  # fmt: skip


def _all_stays(log: Table, months: int) -> list[tuple[int, int, int, int]]:
    kinds = (Kind.PROPOSED, Kind.JOINED, Kind.LEFT, Kind.STATE)
    open_since: dict[int, dict[int, int]] = defaultdict(dict)
    stays = []
    for event in log[np.isin(log["kind"], [int(kind) for kind in kinds])]:
        kind, person, table = int(event["kind"]), int(event["person"]), int(event["initiative"])
        position = int(event["month"]) + 1
        if kind in (int(Kind.PROPOSED), int(Kind.JOINED)):
            open_since[table][person] = position
        elif kind == int(Kind.LEFT):
            stays.append((person, table, open_since[table].pop(person), position))
        elif int(event["detail"]) in TABLE_GONE:
            stays += [(one, table, begin, position) for one, begin in open_since.pop(table, {}).items()]
    for table, people in open_since.items():
        stays += [(one, table, begin, months + 1) for one, begin in people.items()]
    return stays


def _voices(log: Table) -> dict[tuple[int, int, int], str]:
    rows = log[np.isin(log["kind"], [int(Kind.HEARD), int(Kind.IGNORED)])]
    steps = np.minimum(np.rint(rows["value"] * VOICE_STEPS), len(DIGITS) - 1).astype(int)
    keys = zip(
        rows["person"].tolist(), rows["initiative"].tolist(), (rows["month"] + 1).tolist(), strict=True
    )
    return {key: DIGITS[step] for key, step in zip(keys, steps.tolist(), strict=True)}


def _seats(stays: list[tuple[int, int, int, int]], size: int) -> list[int]:
    """Give each stay the first seat that is free around its table."""
    free_from: dict[int, list[int]] = defaultdict(lambda: [0] * size)
    seats = []
    for _, table, begin, end in stays:
        taken = free_from[table]
        seat = next(place for place, free in enumerate(taken) if free <= begin)
        taken[seat] = end
        seats.append(seat)
    return seats


def meetings_in(log: Table) -> list[int]:
    """Return meetings as a flat list of five numbers each.

    Position, initiative, speakers, citizens' share of voice in per cent, and the mean voice of an official
    who was there in per cent of an equal share (0 where none was).
    """
    rows = log[log["kind"] == int(Kind.MET)]
    heard = log[np.isin(log["kind"], [int(Kind.HEARD), int(Kind.IGNORED)])]
    most = len(log) + 1
    keys, citizens = np.unique(heard["month"] * most + heard["initiative"], return_counts=True)
    spoke = dict(zip(keys.tolist(), citizens.tolist(), strict=True))
    mine = np.array([spoke.get(key, 0) for key in (rows["month"] * most + rows["initiative"]).tolist()], int)
    officials = rows["detail"] - mine
    voice = (1.0 - rows["value"]) * rows["detail"] / np.maximum(1, officials)
    share = np.rint(100.0 * rows["value"])
    columns = [rows["month"] + 1, rows["initiative"], rows["detail"], share, np.rint(100.0 * voice)]
    flat: list[int] = np.column_stack(columns).astype(int).ravel().tolist()
    return flat


def marks_in(log: Table, rows: Table) -> list[list[Any]]:
    """Return what a timeline marks, as [position, kind, region, initiative, detail] each, in order.

    Kinds: those of :data:`SIMPLE_MARKS`; ``structural`` (a pilot became a service); ``ended`` (a pilot ended)
    and ``service_ended``, whose detail is the reason; ``partly`` (a part of a pilot lived on). The detail of
    an election is 1 where the government changed side; of a lever its place in the list of levers; of a visit
    the initiative that was visited.
    """
    changed = log[log["kind"] == int(Kind.GOVERNMENT_CHANGED)]
    sides = set(zip(changed["month"].tolist(), changed["region"].tolist(), strict=True))
    told = log[np.isin(log["kind"], [*SIMPLE_MARKS, int(Kind.STATE), int(Kind.SUCCEEDED)])]
    marks: list[list[Any]] = []
    for month, kind, person, initiative, region, detail, value in told.tolist():
        if kind == int(Kind.SUCCEEDED):
            marks += _champions_gone(person, month, rows)
        elif kind == int(Kind.STATE):
            found = _mark_of_state(detail, rows[initiative])
            marks += [[month + 1, found, region, initiative, int(value)]] if found else []
        else:
            turned = kind == int(Kind.ELECTION) and (month, region) in sides
            marks.append([month + 1, SIMPLE_MARKS[kind], region, initiative, int(turned) or detail])
    return _once(marks)


def _mark_of_state(state: int, row: Any) -> str:
    if state == int(State.STRUCTURAL):
        return "structural"
    if state not in OVER or row["piloted"] < 0:
        return ""
    if row["became_structural"] >= 0:
        return "service_ended"
    return "partly" if state == int(State.PARTLY) else "ended"


def _champions_gone(person: int, month: int, rows: Table) -> list[list[Any]]:
    """Return marks for what a professional had proposed, and leaves before it is a service or over."""
    over = np.where(rows["became_structural"] >= 0, rows["became_structural"], rows["finished"])
    alive = (rows["proposed"] < month) & ((over < 0) | (over >= month))
    mine = np.flatnonzero((rows["champion"] == person) & alive)
    return [[month + 1, "champion_left", int(rows["region"][k]), k, 0] for k in mine.tolist()]


def _once(marks: list[list[Any]]) -> list[list[Any]]:
    """Return marks without doubles, such as several backlashes at one table in a month."""
    seen: dict[tuple[Any, ...], list[Any]] = {}
    for mark in marks:
        seen.setdefault(tuple(mark[:4]) + ((mark[4],) if mark[1] == "lever" else ()), mark)
    return list(seen.values())
