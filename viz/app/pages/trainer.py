"""Trainer: plans, notes for each part, a clock, cards to print, and a link for the room."""

from __future__ import annotations

from html import escape

import solara
import solara.lab

from cocreate.viz.app.controls.clock import Clock
from cocreate.viz.app.controls.presenter import Presenter
from cocreate.viz.app.controls.press import Press
from cocreate.viz.app.lessons.play import ON, PART, PLAN, PROJECTOR
from cocreate.viz.app.parts import link, markup, tag
from cocreate.viz.app.trainer.link import code_of, only_here, origin_of
from cocreate.viz.app.trainer.plans import PLANS, ROLES, Part, part_after, part_before, part_of
from cocreate.viz.app.visit import Visit, use_visit

PATH = "/trainer"
QUESTIONS = "trainer.debrief.questions"
EXAMPLE = "192.168.1.20"
"""Address of a computer in a network, as the page on rooms without internet has it."""


def address_of(visit: Visit, part: Part, *, room: bool = False) -> str:
    """Return the address of a part: of its notes, or of what the room looks at.

    Args:
        visit: What the address of the page says.
        part: The part.
        room: Whether the room's page is meant.
    """
    entries = {PLAN: part.plan, PART: part.number}
    if room:
        entries[PROJECTOR] = ON
    return visit.address(part.path if room else PATH, None, None, **entries)


@solara.component
def Page() -> None:
    """Show the plans, or one part of a plan with its notes."""
    visit = use_visit()
    words = visit.words
    part = part_of(visit.entry(PLAN), visit.entry(PART))
    solara.Title(visit.title("trainer.title"))
    Presenter(words, notes=True, room=address_of(visit, part, room=True) if part else "")
    tag("h1", words("trainer.title"))
    if part is None:
        tag("p", words("trainer.lead"), css="cc-lead")
        _Plans(visit)
    else:
        _Notes(visit, part)
    Invitation(visit, origin_of(solara.lab.headers.value or {}))
    _More(visit)


@solara.component
def _Plans(visit: Visit) -> None:
    words = visit.words
    with tag("ul", css="cc-doors"):
        for name, parts in PLANS.items():
            with tag("li"), tag("a", css="cc-door", href=address_of(visit, parts[0]), data_here=""):
                tag("strong", words("trainer.plan", minutes=name))
                tag("ul", *[tag("li", _title(visit, one)) for one in parts if one.is_lesson], css="cc-parts")


def _title(visit: Visit, part: Part) -> str:
    """Return what a part is called."""
    area = "lessons" if part.is_lesson else "trainer"
    return visit.words(f"{area}.{part.activity}.title")


@solara.component
def _Notes(visit: Visit, part: Part) -> None:
    """Show the part that is on: its clock, what to say and do, and the ways on and back."""
    words = visit.words
    with tag("div", css="cc-two cc-session"):
        _Agenda(visit, part)
        with tag("section", css="cc-card cc-second", aria_label=_title(visit, part)):
            tag("p", words("trainer.part", part=part.place + 1, parts=len(PLANS[part.plan])), css="cc-soft")
            tag("h2", _title(visit, part))
            Clock(words, part.minutes, f"{part.plan} {part.number}")
            for kind in ("say", "do", "ask"):
                text = f"trainer.{part.activity}.{kind}"
                if text in words:
                    tag("h3", words(f"trainer.{kind}"))
                    tag("p", words(text))
            _Ways(visit, part)
            tag("p", words("trainer.keys"), css="cc-soft")


@solara.component
def _Agenda(visit: Visit, now: Part) -> None:
    words = visit.words
    with tag("nav", css="cc-card cc-agenda", aria_label=words("trainer.agenda")):
        tag("h2", words("trainer.plan", minutes=now.plan))
        with tag("ol"):
            for part in PLANS[now.plan]:
                current = {"aria_current": "step"} if part == now else {}
                with tag("li"):
                    link(_title(visit, part), address_of(visit, part), **current)
                    tag("span", words("trainer.minutes", count=part.minutes), css="cc-soft")
        link(words("trainer.other_plan"), visit.address(PATH))


@solara.component
def _Ways(visit: Visit, part: Part) -> None:
    words = visit.words
    before, after = (find(part.plan, part.number) for find in (part_before, part_after))
    with tag("div", css="cc-row"):
        if before is not None:
            link(words("trainer.previous"), address_of(visit, before), css="cc-button", data_previous="")
        if after is not None:
            link(words("trainer.next"), address_of(visit, after), css="cc-button cc-main", data_next="")
        tag(
            "a",
            words("trainer.open_room"),
            css="cc-button",
            href=address_of(visit, part, room=True),
            target="cocreate-room",
        )
        Press("curtain", words("trainer.curtain_button"))


@solara.component
def Invitation(visit: Visit, origin: str) -> None:
    """Show how others in the room open the app: a link and its code, or what to do so that there is one.

    Args:
        visit: What the address says.
        origin: First part of the address by which the visitor reached the server.
    """
    words = visit.words
    address = f"{origin}{visit.address('/')}"
    with tag("section", css="cc-card cc-invitation", aria_label=words("trainer.link.title")):
        tag("h2", words("trainer.link.title"))
        if only_here(origin):
            tag("p", words("trainer.link.here"))
            tag("p", tag("code", f"cocreate app --host {EXAMPLE}"), css="cc-command")
            tag("p", words("trainer.link.how", example=EXAMPLE), css="cc-soft")
            return
        with tag("div", css="cc-row"):
            label = escape(words("trainer.link.code", address=address))
            markup(f'<div class="cc-code" role="img" aria-label="{label}">{code_of(address)}</div>')
            with tag("div"):
                tag("p", tag("a", address, href=address))
                tag("p", words("trainer.link.room"))


@solara.component
def _More(visit: Visit) -> None:
    """Offer what is prepared, and what is left to talk about."""
    words = visit.words
    with tag("section", css="cc-card"):
        tag("h2", words("trainer.cards.title"))
        tag("p", words("trainer.cards.lead"))
        link(words("trainer.cards.open"), visit.address(f"{PATH}/cards"), css="cc-button")
    with tag("section", css="cc-card"):
        tag("h2", words("trainer.debrief.title"))
        tag("ol", *[tag("li", one) for one in words.each(QUESTIONS)])


@solara.component
def Cards() -> None:
    """Show the role cards, ready to print and cut."""
    visit = use_visit()
    words = visit.words
    solara.Title(visit.title("trainer.cards.title"))
    with tag("div", css="cc-no-print"):
        link(words("trainer.title"), visit.address(PATH), css="cc-soft")
        tag("h1", words("trainer.cards.title"))
        tag("p", words("trainer.cards.how"))
        Press("print", words("trainer.cards.print"))
    with tag("div", css="cc-cards"):
        for role in ROLES:
            with tag("article", css="cc-role"):
                tag("h2", words(f"trainer.role.{role}.title"))
                tag("p", words(f"trainer.role.{role}.who"))
                tag("p", tag("strong", words("trainer.cards.want")), " ", words(f"trainer.role.{role}.want"))
                tag("p", tag("strong", words("trainer.cards.fear")), " ", words(f"trainer.role.{role}.fear"))
                tag("p", words("trainer.cards.made_up"), css="cc-soft")


@solara.component
def Room() -> None:
    """Show what the room looks at between lessons: a title and one sentence."""
    visit = use_visit()
    words = visit.words
    part = part_of(visit.entry(PLAN), visit.entry(PART))
    solara.Title(words("common.name"))
    Presenter(words, projector=visit.entry(PROJECTOR) == ON)
    if part is None or part.is_lesson:
        tag("h1", words("start.question"))
        link(words("trainer.title"), visit.address(PATH))
        return
    tag("h1", words(f"trainer.{part.activity}.title"))
    tag("p", words(f"trainer.{part.activity}.room"), css="cc-lead")
    before, after = (find(part.plan, part.number) for find in (part_before, part_after))
    with tag("nav", css="cc-row cc-ways", aria_label=words("trainer.agenda")):
        if before is not None:
            link(
                words("lessons.previous"),
                address_of(visit, before, room=True),
                css="cc-button",
                data_previous="",
            )
        if after is not None:
            link(
                words("lessons.next"),
                address_of(visit, after, room=True),
                css="cc-button cc-main",
                data_next="",
            )
