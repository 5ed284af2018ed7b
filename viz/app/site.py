"""The site: Solara's pages in our own frame, files to take away, and messages where there is no page."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cocreate.experiments.late_imports import load_late
from cocreate.viz.app.files import file_response, problems_in
from cocreate.viz.app.language import language_of
from cocreate.viz.app.problems import problem_text
from cocreate.viz.app.words import Words

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request

ENTRY = "cocreate.viz.app.main"
ASSETS = Path(__file__).parent / "assets"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
VIEW = '<meta name="viewport" content="width=device-width, initial-scale=1">'
OF_SOLARA = "/{fullpath"

logger = logging.getLogger("cocreate.app")


def site() -> Starlette:
    """Return the application that a server runs.

    Everything is loaded before the first visitors come: where one of them waits for a module to load, another
    one would find half of it.
    """
    from solara.server import app as solara_app  # noqa: PLC0415 - heavy
    from solara.server import starlette as solara_site  # noqa: PLC0415
    from starlette.applications import Starlette  # noqa: PLC0415

    from cocreate.viz.app.breakage import keep_from_visitors  # noqa: PLC0415

    keep_from_visitors()
    load_late()
    import_module(ENTRY)
    if "__default__" not in solara_app.apps:
        solara_app.apps["__default__"] = solara_app.AppScript(ENTRY)
    kept = [
        route
        for route in solara_site.routes
        if getattr(route, "path", "") not in ("/", "/resourcez") and not _is_page(route)
    ]
    return Starlette(
        routes=[
            Route("/files/{name}", file),
            Route("/look/{name}", asset),
            *kept,
            Route("/", page),
            Route("/{path:path}", page),
        ],
        middleware=solara_site.middleware,
        lifespan=solara_site.lifespan,
        exception_handlers={404: not_found, 500: broken},
    )


def _is_page(route: object) -> bool:
    return str(getattr(route, "path", "")).startswith(OF_SOLARA)


async def page(request: Request) -> Response:
    """Return a page in our frame: its language, our look, and room to zoom on a phone."""
    from solara.server import starlette as solara_site  # noqa: PLC0415 - heavy

    response: Response = await solara_site.root(request)
    if not isinstance(response, HTMLResponse):
        return response
    words = words_for(request)
    framed = HTMLResponse(in_frame(bytes(response.body).decode(), words))
    for name, value in response.raw_headers:
        if name == b"set-cookie":
            framed.raw_headers.append((name, value))
    framed.headers["Cache-Control"] = "no-store"
    return framed


def words_for(request: Request) -> Words:
    """Return the words of a visitor's language: the link's, or else the browser's."""
    asked = parse_qs(request.url.query).get("lang", [""])[0]
    return Words(language_of(asked, request.headers.get("accept-language", "")).name)


def in_frame(html: str, words: Words) -> str:
    """Return Solara's page with our head, and lines for those who wait, have no script or see a page break.

    Args:
        html: The page.
        words: Words of the visitor's language.
    """
    loading, no_script = escape(words("common.loading")), escape(words("common.no_script"))
    first = (
        f'<div id="cc-wait" role="status">{loading}</div>'
        f"<noscript><p>{no_script}</p></noscript>"
        f'<div id="cc-offline" role="alert" hidden>{escape(words("common.offline"))}</div>'
    )
    last = (  # its link comes after the page's, so that the first of all links leads to the page
        f'<div id="cc-broken" role="alert" hidden><p>{escape(words("common.broken"))}</p>'
        f"<p>{escape(words('common.broken_more'))}</p>"
        f'<p><a href="/?lang={words.language}">{escape(words("common.to_start"))}</a></p></div>'
    )
    head = (
        "".join(
            f'<link rel="stylesheet" href="{asset_address(name)}">' for name in ("app.css", "teaching.css")
        )
        + f'<script src="{asset_address("site.js")}" defer></script>'
    )
    html = html.replace("<html>", f'<html lang="{words.locale}">', 1)
    start = html.find('<meta name="viewport"')
    end = html.find(">", start) + 1
    html = html[:start] + VIEW + html[end:]
    html = html.replace("<title>", f"<title>{escape(words('common.name'))} ", 1)
    html = html.replace('"variant": "light"', '"variant": "auto"', 1)
    html = html.replace("</head>", f"{head}</head>", 1)
    end = html.rindex("</html>")
    html = html[:end] + last + html[end:]
    body = html.index(">", html.index("<body")) + 1
    return html[:body] + first + html[body:]


@cache
def asset_address(name: str) -> str:
    """Return the address of a file of the look, with a mark that changes with its content."""
    return f"/look/{name}?v={hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]}"


async def asset(request: Request) -> Response:
    """Return a file of the look."""
    name = request.path_params["name"]
    path = ASSETS / name
    if path.parent != ASSETS or path.suffix not in KINDS or not path.is_file():
        raise HTTPException(404)
    forever = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(path.read_bytes(), media_type=KINDS[path.suffix], headers=forever)


async def file(request: Request) -> Response:
    """Return a file for the world that the address describes, or say what in the address makes no sense."""
    problems = problems_in(request.url.query)
    if not problems:
        return await file_response(request)
    words = words_for(request)
    details = [problem_text(words, one) for one in problems]
    return message_page(words, words("problem.heading", count=len(problems)), 400, details)


async def not_found(request: Request, _error: Exception) -> Response:
    """Say that there is no such page."""
    words = words_for(request)
    return message_page(words, words("common.no_page"), 404)


async def broken(request: Request, error: Exception) -> Response:
    """Say that something broke; what it was is for the log only."""
    logger.error("%s failed", request.url.path, exc_info=error)
    words = words_for(request)
    return message_page(words, words("common.broken"), 500)


def message_page(words: Words, said: str, status: int, details: Sequence[str] = ()) -> HTMLResponse:
    """Return a small page that says one thing and leads back to the start.

    Args:
        words: Words of the visitor's language.
        said: What to say.
        status: Status of the answer.
        details: What more there is to say.
    """
    more = "".join(f"<p>{escape(one)}</p>" for one in details)
    name, heading, back = escape(words("common.name")), escape(said), escape(words("common.to_start"))
    return HTMLResponse(
        f'<!doctype html><html lang="{words.locale}"><head><meta charset="utf-8"><title>{name}</title>{VIEW}'
        f'<link rel="stylesheet" href="{asset_address("app.css")}"></head><body class="cc-alone">'
        f'<main class="cc-page"><h1>{heading}</h1>{more}'
        f'<p><a href="/?lang={words.language}">{back}</a></p></main></body></html>',
        status,
    )
