"""From a page as data to one file of HTML that needs nothing else."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from cocreate.viz.report.page import Attachment, Badge, Block, Link, Page

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent


def render(page: Page) -> str:
    """Return a page as HTML with style, drawings and files inside; equal pages give equal bytes.

    All texts are escaped, so that no name of a world or a study can become a part of the page.
    """
    template = _environment().get_template("page.html.jinja")
    style = (HERE / "style.css").read_text("utf-8")
    return template.render(page=page, style=style) + "\n"


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind_of_block"] = kind_of_block
    environment.filters["data_address"] = data_address
    environment.filters["drawing"] = Markup  # an SVG element of our own making
    environment.tests["badge"] = lambda value: isinstance(value, Badge)
    environment.tests["link"] = lambda value: isinstance(value, Link)
    return environment


def kind_of_block(block: Block) -> str:
    """Return which macro of the template writes a block."""
    return type(block).__name__.lower()


def data_address(file: Attachment) -> str:
    """Return an address that holds the whole file."""
    content = base64.b64encode(file.text.encode("utf-8")).decode("ascii")
    return f"data:{file.kind};charset=utf-8;base64,{content}"
