"""Files to take away: each has an address that holds its world, so a link to it is all that is needed."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from cocreate.experiments.levers_file import levers_as_toml
from cocreate.experiments.study.tasks import KEPT_OUTCOMES
from cocreate.viz.app.changes import changed
from cocreate.viz.app.ensembles import together
from cocreate.viz.app.export import page_of, series_csv
from cocreate.viz.app.language import language_of
from cocreate.viz.app.origin import Origin, file_name
from cocreate.viz.app.shares import worlds_in
from cocreate.viz.app.state import SECOND, Problem, Reading, Setting, read_query
from cocreate.viz.app.words import Words
from cocreate.viz.app.worlds import worlds

if TYPE_CHECKING:
    from starlette.requests import Request

type Maker = Callable[[Reading, str], bytes]


def levers_file(reading: Reading, _query: str) -> bytes:
    """Return the levers of a world as TOML, to be opened again here or by the command line."""
    setting = reading.setting
    return levers_as_toml(setting.parameters, setting.all_interventions).encode()


def series_file(reading: Reading, _query: str) -> bytes:
    """Return the monthly outcomes of the world as CSV, the same as the Python API gives for its seed."""
    return series_csv(worlds().model(reading.setting), reading.setting).encode()


def page_file(_reading: Reading, query: str) -> bytes:
    """Return a page that plays the world without a network, with the first one, or the start, in grey."""
    first, second, _ = worlds_in(query)
    twin = worlds().replay(first) if first.key() != second.key() else None
    words = Words(language_of(parse_qs(query).get("lang", [""])[-1]).name)
    what = changed(words, query, first, second)
    return page_of(worlds().replay(second), words, other=twin, preset=second.preset, caption=what).encode()


def worlds_file(_reading: Reading, query: str) -> bytes:
    """Return the outcomes of all worlds of both ensembles as CSV, in the full precision of the model.

    Each row tells its setting, its seed, the version, and the levers that are not as usual in either setting.
    """
    first, second, _ = worlds_in(query)
    *_, found = together((first, second), lambda: False)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    origin = Origin((first, second))
    rows.writerow(["setting", "seed", *origin.columns, *KEPT_OUTCOMES])
    for name, setting, played in zip(("first", "second"), (first, second), found.played, strict=True):
        for one in played:
            values = [one.outcomes[outcome] for outcome in KEPT_OUTCOMES]
            numbers = ("" if math.isnan(value) else repr(value) for value in values)
            rows.writerow([name, one.seed, *origin.of(setting), *numbers])
    return text.getvalue().encode()


def slide_maker(kind: str) -> Maker:
    """Return what makes a slide: matplotlib is loaded when the first one is asked for."""

    def make(_reading: Reading, query: str) -> bytes:
        from cocreate.viz.app.slide import slide  # noqa: PLC0415 - heavy

        return slide(query, kind)

    return make


MAKERS: dict[str, tuple[str, Maker]] = {
    "page.html": ("text/html; charset=utf-8", page_file),
    "series.csv": ("text/csv; charset=utf-8", series_file),
    "worlds.csv": ("text/csv; charset=utf-8", worlds_file),
    "slide.png": ("image/png", slide_maker("png")),
    "slide.pdf": ("application/pdf", slide_maker("pdf")),
    "world.toml": ("application/toml", levers_file),
}
"""Files by name: kind of content, and what makes it."""

OF_ONE_WORLD = ("series.csv", "world.toml")
"""Files that tell of the first world only, also where the address names a second one."""


def problems_in(query: str) -> tuple[Problem, ...]:
    """Return what in the query of a file's address could not be used, in either world."""
    first = read_query(query)
    return first.problems + read_query(query, SECOND, first.setting).problems


async def file_response(request: Request) -> Response:
    """Return a file for the world that the address describes."""
    name = request.path_params["name"]
    if name not in MAKERS:
        raise HTTPException(404)
    kind, make = MAKERS[name]
    query = request.url.query
    content = await run_in_threadpool(make, read_query(query), query)
    saved_as = file_name(worlds_of(name, query), name)
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{saved_as}"'}
    )


def worlds_of(name: str, query: str) -> tuple[Setting, ...]:
    """Return the worlds by which a file is named: two only where neither is the start of the other."""
    if name in OF_ONE_WORLD:
        return (read_query(query).setting,)
    first, second, _ = worlds_in(query)
    return (second,) if first == second.baseline else (first, second)
