"""Parts of pages: plain HTML elements with our look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any

import ipyvue
import reacton.ipyvue
import solara

type Children = Sequence[Any]


@cache
def _element(name: str) -> Any:
    """Return the kind of widget for an HTML element: a browser cannot turn a paragraph into a list."""
    return type(f"Html{name.title()}", (ipyvue.Html,), {})


def tag(
    name: str,
    *children: Any,
    css: str = "",
    on_click: Callable[[], None] | None = None,
    **attributes: str | None,
) -> Any:
    """Return an HTML element.

    Args:
        name: Name of the element.
        children: Texts and elements inside it.
        css: Names of classes, separated by spaces.
        on_click: Called when it is clicked.
        attributes: Attributes, None for those that it has not; ``_`` in a name stands for ``-``, and one at
            its end is left out.
    """
    known = {key.rstrip("_").replace("_", "-"): text for key, text in attributes.items() if text is not None}
    if on_click is not None:
        return _Clickable(name, list(children), css, known, on_click)
    return _element(name).element(tag=name, children=list(children), class_=css, attributes=known)


@solara.component
def _Clickable(
    name: str, children: list[Any], css: str, attributes: dict[str, str], on_click: Callable[[], None]
) -> Any:
    """Show an element that can be clicked; a component of its own, as listening to clicks is a hook."""
    made = _element(name).element(tag=name, children=children, class_=css, attributes=attributes)
    reacton.ipyvue.use_event(made, "click", lambda *_: on_click())
    return made


def markup(html: str, name: str = "div", css: str = "") -> Any:
    """Return an element whose content is HTML of our own making, such as a drawing.

    Args:
        html: The content; whatever visitors wrote in it has to be escaped.
        name: Name of the element.
        css: Names of classes.
    """
    return solara.HTML(tag=name, unsafe_innerHTML=html, classes=css.split())


def link(text: str, address: str, css: str = "", **attributes: str | None) -> Any:
    """Return a link to a page of the app, which opens without loading everything anew."""
    known: dict[str, Any] = {"href": address, "data_here": "", **attributes}
    return tag("a", text, css=css, **known)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """Return a table as HTML; the first cell of each row is its head.

    Args:
        heads: Heads of columns.
        rows: Cells as text.
        caption: What the table shows.
    """
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="cc-table" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(summary: str, html: str) -> Any:
    """Return HTML that opens under its summary.

    Args:
        summary: What is seen while it is closed.
        html: The content.
    """
    return markup(f"<details><summary>{escape(summary)}</summary>{html}</details>", css="cc-folded")
