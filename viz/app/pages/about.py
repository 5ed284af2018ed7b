"""About: what the model is and is not, where its numbers come from, and what speaks for and against it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import solara

import cocreate
from cocreate.model.levers import ASSUMPTION
from cocreate.model.parameters import LEVERS
from cocreate.viz.app.controls.rows import allowed_text, value_text
from cocreate.viz.app.evidence import Evidence, PatternFound, evidence
from cocreate.viz.app.parts import folded, link, markup, table, tag
from cocreate.viz.app.state import Setting
from cocreate.viz.app.visit import use_visit
from cocreate.viz.app.words import Words

PATH = "/about"
DESCRIPTION = Path(__file__).resolve().parents[3] / "docs" / "odd.md"


@solara.component
def Page() -> None:
    """Show the page."""
    visit = use_visit()
    words = visit.words
    solara.Title(visit.title("about.title"))
    tag("h1", words("about.title"))
    tag("p", words("about.lead"), css="cc-lead")
    with tag("div", css="cc-about"):
        with tag("div", css="cc-pair"):
            _points(words, "is")
            _points(words, "is_not")
        _paragraph(words, "chance")
        with tag("section"):
            tag("h2", words("about.model_head"))
            tag("p", words("about.model"))
            link(words("about.model_open"), visit.address(f"{PATH}/model"), css="cc-button")
        _Settings(words)
        _Evidence(words)
        _points(words, "limits")
        _paragraph(words, "privacy")
        with tag("section"):
            tag("h2", words("about.again_head"))
            tag("p", words("about.again", version=cocreate.__version__))


def _points(words: Words, name: str) -> None:
    with tag("section", css="cc-card"):
        tag("h2", words(f"about.{name}_head"))
        count = len(words.each(f"about.{name}"))
        people = Setting().set_up.people_count
        tag("ul", *[tag("li", words(f"about.{name}.{place}", people=people)) for place in range(count)])


def _paragraph(words: Words, name: str) -> None:
    with tag("section"):
        tag("h2", words(f"about.{name}_head"))
        tag("p", words(f"about.{name}"))


@solara.component
def _Settings(words: Words) -> None:
    """List all levers with their usual value and where it comes from, a folded table for each group."""
    assumed = sum(one.source == ASSUMPTION for one in LEVERS.values())
    with tag("section"):
        tag("h2", words("about.settings_head"))
        tag("p", words("about.settings", count=len(LEVERS), assumed=assumed))
        for group in dict.fromkeys(one.group for one in LEVERS.values()):
            name = words(f"group.{group}")
            folded(name, settings_table(words, group, name))


def settings_table(words: Words, group: str, caption: str) -> str:
    """Return a table of all levers of a group as HTML."""
    heads = [words(f"about.{one}") for one in ("setting", "usual", "allowed", "origin")]
    rows = [
        [
            f"{words(f'lever.{one.name}.label')} ({one.name})",
            value_text(words, one.name, one.default),
            allowed_text(words, one),
            origin_text(words, one.source),
        ]
        for one in LEVERS.values()
        if one.group == group
    ]
    return f'<div class="cc-sources">{table(heads, rows, caption)}</div>'


def origin_text(words: Words, source: str) -> str:
    """Return where a usual value comes from: names of sources stay as they are."""
    if source == ASSUMPTION:
        return words("about.assumption")
    for kind in ("direction", "level"):
        if source.startswith(f"{kind}: "):
            return words(f"about.{kind}", source=source.removeprefix(f"{kind}: "))
    return source


@solara.component
def _Evidence(words: Words) -> None:
    """Show which patterns the model meets, and which lessons hold in it."""
    found = evidence()
    with tag("section"):
        tag("h2", words("about.patterns_head"))
        if found is None:
            tag("p", words("about.evidence_none"))
            return
        missed = [f"“{words(f'about.pattern.{one.id}')}”" for one in found.patterns if not one.met]
        met = len(found.patterns) - len(missed)
        tag("p", words("about.patterns", met=met, count=len(found.patterns)))
        if missed:
            tag("p", words("about.not_met", patterns=words.listed(missed)))
        if not found.current:
            tag("p", words("about.evidence_old"), css="cc-notice")
        markup(patterns_table(words, found), css="cc-verdicts")
    with tag("section"):
        tag("h2", words("about.verdicts_head"))
        tag("p", words("about.verdicts"))
        markup(verdicts_table(words, found), css="cc-verdicts")
        replicates = max((one.replicates for one in found.verdicts), default=0)
        version, seed = found.version, str(found.seed)
        tag(
            "p",
            words("about.evidence_from", version=version, seed=seed, worlds=replicates),
            css="cc-soft",
        )


def patterns_table(words: Words, found: Evidence) -> str:
    """Return a table of patterns as HTML."""
    heads = [words(f"about.{one}") for one in ("pattern_head", "pattern_found", "pattern_source")]
    rows = [[words(f"about.pattern.{one.id}"), _shown(words, one), one.source] for one in found.patterns]
    return table(heads, rows, words("about.patterns_head"))


def _shown(words: Words, one: PatternFound) -> str:
    """Return whether the model shows a pattern, and whether its settings were chosen to."""
    use = words("about.fitted" if one.fitted else "about.kept_back")
    if one.met:
        return f"{words('about.met')} ({use})"
    if one.agree == 0:
        return f"{words('about.missed')} ({use})"
    return f"{words('about.partly', agree=one.agree, numbers=one.numbers)} ({use})"


def verdicts_table(words: Words, found: Evidence) -> str:
    """Return a table of verdicts as HTML."""
    rows = [
        [
            words(f"about.hypothesis.{one.id}"),
            words(f"about.verdict.{one.verdict}"),
            words("about.claims", holds=one.holds, claims=one.claims),
        ]
        for one in found.verdicts
    ]
    heads = [words(f"about.{one}") for one in ("lesson_head", "verdict_head", "claims_head")]
    return table(heads, rows, words("about.verdicts_head"))


@solara.component
def Description() -> None:
    """Show the description of the model, which is kept in English."""
    visit = use_visit()
    words = visit.words
    solara.Title(visit.title("about.model_head"))
    link(words("about.title"), visit.address(PATH), css="cc-soft")
    if DESCRIPTION.is_file():
        markup(f'<div lang="en">{_description()}</div>', css="cc-odd")
    else:
        tag("h1", words("about.model_head"))
        tag("p", words("about.model_missing"))


@cache
def _description() -> str:
    """Return the description as HTML."""
    from markdown import markdown  # noqa: PLC0415 - comes with the extra ``app``

    text = DESCRIPTION.read_text(encoding="utf-8")
    html: str = markdown(text, extensions=["tables", "fenced_code"])
    return html.replace("<table>", '<div class="cc-table" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
