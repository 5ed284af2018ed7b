"""The entry of the app: its routes, and the frame around every page."""

from __future__ import annotations

from typing import Any

import solara

from cocreate.viz.app.boundary import guarded
from cocreate.viz.app.controls.theme import ThemeSwitch
from cocreate.viz.app.lessons import LESSONS
from cocreate.viz.app.notices import Notices
from cocreate.viz.app.pages import about, compare, explore, lessons, start, trainer
from cocreate.viz.app.parts import link, tag
from cocreate.viz.app.visit import Visit, language_problem, use_visit
from cocreate.viz.app.words import LANGUAGES

NAMELESS = " "
"""Label of routes: without one Solara writes "No title" into every page, which pages replace by their own."""

NAVIGATION = ("lessons", "explore", "compare", "trainer", "about")
"""Pages in the order in which the header names them; the start has the name of the app."""


@solara.component
def Layout(children: list[Any]) -> None:
    """Show header, notices and footer around a page."""
    visit = use_visit()
    words = visit.words
    unknown = language_problem(visit)
    problems = (*visit.problems, *([unknown] if unknown else ()))
    solara.Title(words("common.name"))
    with solara.Div(classes=["cc-app"]):
        tag("a", words("common.skip"), css="cc-skip", href="#cc-main")
        _Header(visit)
        with vue_main():
            Notices(words, problems)
            solara.Div(children=children)
        with tag("footer", css="cc-footer"):
            tag("p", words("common.footer"))


def vue_main() -> Any:
    """Return the element that holds the page."""
    return tag("main", css="cc-page", id="cc-main", tabindex="-1")


@solara.component
def _Header(visit: Visit) -> None:
    words = visit.words
    here = visit.path.strip("/").split("/")[0]
    with tag("header", css="cc-header"):
        link(words("common.name"), visit.address("/"), css="cc-name")
        with tag("nav", css="cc-nav", aria_label=words("common.navigation")):
            for name in NAVIGATION:
                current = "page" if here == name else None
                link(words(f"common.to_{name}"), visit.address(f"/{name}"), aria_current=current)
        with tag("div", css="cc-tools"):
            _Languages(visit)
            ThemeSwitch(
                labels={name: words(f"common.theme_{name}") for name in ("title", "light", "dark", "auto")}
            )


@solara.component
def _Languages(visit: Visit) -> None:
    """Offer all languages; each link loads the same page anew, so that all of it is in that language."""
    kept = "&".join(one for one in visit.query.split("&") if one and not one.startswith("lang="))
    with tag("details", css="cc-languages"):
        own = LANGUAGES.get(visit.words.language, visit.words.language)
        tag("summary", own, aria_label=f"{visit.words('common.language')}: {own}")
        with tag("ul"):
            for code, name in LANGUAGES.items():
                query = f"{kept}&lang={code}" if kept else f"lang={code}"
                current = "true" if code == visit.words.language else None
                tag(
                    "li",
                    tag(
                        "a",
                        name,
                        href=f"{visit.path}?{query}",
                        lang=code,
                        hreflang=code,
                        aria_current=current,
                    ),
                )


def _route(path: str, page: Any, layout: Any = None) -> solara.Route:
    """Return the route of a page, which cannot break what is around it."""
    return solara.Route(path, component=guarded(page), layout=layout, label=NAMELESS)


routes = [
    _route("/", start.Page, Layout),
    solara.Route(
        "lessons",
        label=NAMELESS,
        children=[
            _route("/", lessons.Page),
            *[_route(one.id, lessons.LessonPage) for one in LESSONS],
        ],
    ),
    _route("explore", explore.Page),
    _route("compare", compare.Page),
    solara.Route(
        "trainer",
        label=NAMELESS,
        children=[
            _route("/", trainer.Page),
            _route("cards", trainer.Cards),
            _route("room", trainer.Room),
        ],
    ),
    solara.Route(
        "about",
        label=NAMELESS,
        children=[
            _route("/", about.Page),
            _route("model", about.Description),
        ],
    ),
]
