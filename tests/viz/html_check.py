"""What a page must be, whatever it says: well nested, self-contained, readable without seeing it."""

import base64
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

VOID = {"meta", "link", "br", "img", "hr", "input"}
OUTSIDE = ("http:", "https:", "//", "@import", "file:")


class CheckedPage(HTMLParser):
    """A page of HTML, taken apart.

    Attributes:
        problems: What is wrong with it.
        headings: Level and text of its headings, in order.
        tables: Texts of all cells, row by row, of each table.
        files: Content of the files inside the page, by name.
        text: All text.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.tables: list[list[list[str]]] = []
        self.files: dict[str, str] = {}
        self.text = ""
        self.landmarks: Counter[str] = Counter()
        self._ids: Counter[str] = Counter()
        self._links: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self._finish(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at what opens."""
        values = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        self._check_attributes(tag, values)
        self.landmarks[tag] += 1
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append((int(tag[1]), ""))
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at what opens and closes at once."""
        self._check_attributes(tag, {name: value or "" for name, value in attrs})

    def _check_attributes(self, tag: str, values: dict[str, str]) -> None:
        if "id" in values:
            self._ids[values["id"]] += 1
        if tag == "svg" and not (values.get("role") == "img" and values.get("aria-label")):
            self.problems.append("a drawing without a description")
        if tag == "img" and not values.get("alt"):
            self.problems.append("a picture without a description")
        if tag == "th" and values.get("scope") not in {"col", "row"}:
            self.problems.append("a head of a table without a scope")
        if tag in {"script", "link", "iframe", "img", "object", "embed", "base"}:
            self.problems.append(f"a tag {tag}")
        for name, value in values.items():
            if name.startswith("on"):
                self.problems.append(f"an attribute {name}")
            if name in {"src", "href", "xlink:href"}:
                self._check_address(value, values.get("download", ""))
            if "url(" in value and "url(#" not in value:
                self.problems.append(f"a reference to the outside: {value[:60]}")
            for part in value.split("url(#")[1:]:
                self._links.append(part.split(")")[0])

    def _check_address(self, address: str, name: str) -> None:
        if address.startswith("#"):
            self._links.append(unquote(address[1:]))
        elif address.startswith("data:image/"):
            return  # a picture inside a drawing
        elif address.startswith("data:"):
            self.files[name] = base64.b64decode(address.partition("base64,")[2]).decode("utf-8")
        else:
            self.problems.append(f"an address outside: {address[:60]}")

    def handle_endtag(self, tag: str) -> None:
        """Look at what closes."""
        if tag in VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"{tag} closed where it was not open")

    def handle_data(self, data: str) -> None:
        """Look at a text."""
        inside = self._open[-1] if self._open else ""
        if inside == "style":
            self.problems += [f"{one} in the style" for one in (*OUTSIDE, "url(") if one in data]
            return
        self.text += data
        if self.headings and any(tag in self._open for tag in ("h1", "h2", "h3", "h4")):
            level, text = self.headings[-1]
            self.headings[-1] = level, text + data
        if self.tables and ("td" in self._open or "th" in self._open):
            self.tables[-1][-1][-1] += data

    def _finish(self, html: str) -> None:
        self.problems += [f"{one} left open" for one in self._open]
        self.problems += [f"{count} things called {name}" for name, count in self._ids.items() if count > 1]
        self.problems += [
            f"a link to {name}, which is not there" for name in self._links if name not in self._ids
        ]
        self.problems += [f"{one} somewhere" for one in OUTSIDE[:2] if one + "//" in html]
        levels = [level for level, _ in self.headings]
        if levels[:1] != [1] or levels.count(1) != 1:
            self.problems.append("not one heading of the first level, in front")
        for before, after in pairwise(levels):
            if after > before + 1:
                self.problems.append(f"a heading of level {after} after one of level {before}")
        for tag in ("header", "nav", "main", "footer"):
            if self.landmarks[tag] != 1:
                self.problems.append(f"{self.landmarks[tag]} landmarks {tag}")


def words_of(text: str) -> str:
    """Return a text with single blanks."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
