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
    return series_csv(worlds().model(reading.setting)).encode()


def page_file(_reading: Reading, query: str) -> bytes:
    """Return a page that plays the world without a network, with the first one, or the start, in grey."""
    first, second, _ = worlds_in(query)
    twin = worlds().replay(first) if first.key() != second.key() else None
    words = Words(language_of(parse_qs(query).get("lang", [""])[-1]).name)
    what = changed(words, query, first, second)
    return page_of(worlds().replay(second), words, other=twin, preset=second.preset, caption=what).encode()


def worlds_file(_reading: Reading, query: str) -> bytes:
    """Return the outcomes of all worlds of both ensembles as CSV, in the full precision of the model."""
    first, second, _ = worlds_in(query)
    *_, found = together((first, second), lambda: False)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["setting", "seed", *KEPT_OUTCOMES])
    for name, played in zip(("first", "second"), found.played, strict=True):
        for one in played:
            values = [one.outcomes[outcome] for outcome in KEPT_OUTCOMES]
            rows.writerow([name, one.seed, *("" if math.isnan(value) else repr(value) for value in values)])
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
    return Response(
        content,
        media_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{file_name(read_query(query).setting, name)}"'
        },
    )


def file_name(setting: Setting, name: str) -> str:
    """Return a name under which a file is saved, that tells its world and seed."""
    return f"cocreate-{setting.preset or 'default'}-seed{setting.seed}-{name}"
