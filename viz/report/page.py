"""What a page holds, as data: sections, and the blocks in them. Nothing here knows of HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """How a badge looks; its sign and its words say the same without colour."""

    YES = "yes"
    NO = "no"
    MIXED = "mixed"
    OPEN = "open"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Badge:
    """A short judgement with a sign.

    Attributes:
        sign: One character that tells it apart without colour.
        words: What it says.
        tone: How it looks.
    """

    sign: str
    words: str
    tone: Tone


@dataclass(frozen=True)
class Text:
    """Paragraphs of plain text."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Points:
    """A list of sentences.

    Attributes:
        items: The sentences.
        ordered: Whether their order matters.
    """

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Note:
    """A remark that must not be overlooked, such as a warning."""

    text: str


@dataclass(frozen=True)
class Answer:
    """One thing that was found.

    Attributes:
        badge: The judgement.
        sentence: What was found.
        detail: The numbers behind it, or its limits.
        link: Identity of the section that tells more, empty for none.
    """

    badge: Badge
    sentence: str
    detail: str = ""
    link: str = ""


@dataclass(frozen=True)
class Answers:
    """What was found, the most important first."""

    items: tuple[Answer, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        label: What stands at its head.
        numeric: Whether it holds numbers, which are set flush right.
    """

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Link:
    """A text that leads to a section of the page.

    Attributes:
        text: The text.
        section: Identity of the section.
    """

    text: str
    section: str


type Cell = str | Badge | Link
"""What stands in a table."""


@dataclass(frozen=True)
class Table:
    """A table; the first column names the rows.

    Attributes:
        caption: What it shows and how to read it.
        columns: Its columns.
        rows: Texts, badges and links, one for each column.
        file: The same in full precision to be saved, None for none.
        folded: Whether it is folded in, since few readers will want all of it.
        dense: Whether its columns are as narrow as can be, since there are many.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    file: Attachment | None = None
    folded: bool = False
    dense: bool = False


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the page.

    Attributes:
        name: Name under which a reader saves it.
        kind: Media type, such as ``text/csv``.
        text: Its content.
        label: What it is, for the link.
    """

    name: str
    kind: str
    text: str
    label: str


@dataclass(frozen=True)
class Picture:
    """A figure.

    Attributes:
        svg: The drawing, made by :func:`~cocreate.viz.report.svg.inline_svg`.
        title: What to see in it.
        caption: How to read it.
        description: The same in words for those who cannot see it.
    """

    svg: str
    title: str
    caption: str
    description: str


@dataclass(frozen=True)
class Definitions:
    """Terms and what they mean."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """A file to be read as it is, folded in.

    Attributes:
        title: What it is.
        text: Its content.
        file: The same to be saved, None for none.
    """

    title: str
    text: str
    file: Attachment | None = None


type Block = Text | Points | Note | Answers | Table | Picture | Definitions | Listing


@dataclass(frozen=True)
class Section:
    """A part of the page.

    Attributes:
        id: Identity in the page, unique, for links.
        title: Its heading.
        blocks: What it holds, in order.
        parts: Smaller sections after these; they have no parts of their own.
        badge: A judgement beside the heading, None for none.
        short: Its name in the table of contents; the title when empty.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()
    badge: Badge | None = None
    short: str = ""


@dataclass(frozen=True)
class Page:
    """A whole report.

    Attributes:
        title: Its name.
        kicker: What kind of report it is, above the title.
        lead: The question, or what the page is about.
        facts: A few numbers below the title: what, and how much.
        sections: Its sections.
        ending: The last line.
    """

    title: str
    kicker: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    ending: str
    language: str = field(default="en", kw_only=True)
