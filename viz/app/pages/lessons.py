"""Lessons: the list of them, and each one step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import solara

from cocreate.viz.app.controls.presenter import Presenter
from cocreate.viz.app.lessons.catalogue import LESSONS
from cocreate.viz.app.lessons.guess_step import GuessStep
from cocreate.viz.app.lessons.lesson import Kind, Step
from cocreate.viz.app.lessons.phone_step import PhoneResultStep, PhoneStep
from cocreate.viz.app.lessons.play import PART, PLAN, PROJECTOR, Play, play_of
from cocreate.viz.app.lessons.result_step import ResultStep
from cocreate.viz.app.lessons.watch_step import WatchStep
from cocreate.viz.app.parts import link, tag
from cocreate.viz.app.trainer.plans import part_after
from cocreate.viz.app.visit import use_visit


@solara.component
def Page() -> None:
    """Show the list."""
    visit = use_visit()
    words = visit.words
    solara.Title(visit.title("lessons.title"))
    tag("h1", words("lessons.title"))
    tag("p", words("lessons.lead"), css="cc-lead")
    with tag("ol", css="cc-lessons"):
        for lesson in LESSONS:
            with (
                tag("li"),
                tag("a", css="cc-door", href=visit.address(f"/lessons/{lesson.id}"), data_here=""),
            ):
                tag("strong", words(f"lessons.{lesson.id}.title"))
                tag("span", words(f"lessons.{lesson.id}.lead"))
                tag("span", words("lessons.minutes", count=lesson.minutes), css="cc-soft")


@solara.component
def LessonPage() -> None:
    """Show one step of a lesson."""
    visit = use_visit()
    words, play = visit.words, play_of(visit)
    if play is None:
        tag("h1", words("lessons.unknown"))
        link(words("lessons.all"), visit.address("/lessons"))
        return
    title = words(f"lessons.{play.lesson.id}.title")
    solara.Title(play.visit.title(f"lessons.{play.lesson.id}.title"))
    Presenter(words, projector=play.projector, step=f"{play.lesson.id} {play.step}")
    if not play.projector:
        link(words("lessons.all"), visit.address("/lessons"), css="cc-soft")
    tag("h1", title)
    _Trail(play)
    with tag("div", css=f"cc-step cc-step-{play.step}", tabindex="-1").key(f"{play.lesson.id} {play.step}"):
        tag("h2", words(f"lessons.step.{play.step}"))
        VIEWS.get((play.lesson.kind, play.step), VIEWS[None, play.step])(play)
    _Ways(play)


@solara.component
def _Trail(play: Play) -> None:
    """Show all steps, and where the visitor is."""
    words = play.visit.words
    here = play.lesson.steps.index(play.step)
    with tag("nav", css="cc-trail", aria_label=words("lessons.steps")), tag("ol"):
        for place, step in enumerate(play.lesson.steps):
            with tag("li", css="cc-past" if place < here else ""):
                if place <= here or play.projector:
                    current = {"aria_current": "step"} if place == here else {}
                    link(words(f"lessons.step.{step}"), play.at(step), **current)
                else:
                    tag("span", words(f"lessons.step.{step}"))


@solara.component
def _Ways(play: Play) -> None:
    """Show the ways on and back, which a clicker follows as well."""
    words = play.visit.words
    after = play.next_step
    asks = play.step is Step.GUESS and not play.guess and not play.projector
    with tag("nav", css="cc-row cc-ways", aria_label=words(f"lessons.{play.lesson.id}.title")):
        if play.previous_step is not None:
            link(words("lessons.previous"), play.at(play.previous_step), css="cc-button", data_previous="")
        if after is not None and not asks:
            key = "run" if after is Step.RESULT else "next"
            link(words(f"lessons.{key}"), play.at(after), css="cc-button cc-main", data_next="")
        elif after is not None:
            tag("p", words("lessons.guess_first"), css="cc-soft")
        else:
            _Onward(play)


@solara.component
def _Onward(play: Play) -> None:
    """Lead to the next part of the session, or else to the next lesson."""
    words, visit = play.visit.words, play.visit
    part = part_after(visit.entry(PLAN), visit.entry(PART))
    if part is not None:
        entries = {PLAN: part.plan, PART: part.number, PROJECTOR: visit.entry(PROJECTOR)}
        kept = {name: text for name, text in entries.items() if text}
        address = visit.address(part.path, None, None, **kept)
        link(words("lessons.next_part"), address, css="cc-button cc-main", data_next="")
    elif play.next_lesson is not None:
        title = words(f"lessons.{play.next_lesson.id}.title")
        address = visit.address(f"/lessons/{play.next_lesson.id}")
        link(words("lessons.next_lesson", title=title), address, css="cc-button cc-main", data_next="")
    else:
        link(words("lessons.open_explore"), visit.address("/explore"), css="cc-button cc-main", data_next="")


@solara.component
def _Brief(play: Play) -> None:
    """Say what the lesson stands for in the policy brief, and how the model makes it."""
    words = play.visit.words
    with tag("section", css="cc-card"):
        tag("p", words(explained_by(play, "brief")), css="cc-lead")
    with tag("section", css="cc-card"):
        tag("h3", words("lessons.model_head"))
        tag("p", words(explained_by(play, "model")))
        tag("p", words("lessons.on_model"), css="cc-soft")


def explained_by(play: Play, name: str) -> str:
    """Return the key of what explains a lesson: that of the choice made, where it has one of its own.

    Args:
        play: Where the visitor stands.
        name: ``brief`` or ``model``.
    """
    lesson = play.lesson
    own = f"lessons.{lesson.id}.{name}_of.{play.choice.name}" if lesson.choices else ""
    return own if own in play.visit.words else f"lessons.{lesson.id}.{name}"


@solara.component
def _Table(play: Play) -> None:
    """Ask a question for the table."""
    words = play.visit.words
    with tag("section", css="cc-card cc-question-card"):
        tag("p", words(f"lessons.{play.lesson.id}.table"), css="cc-lead")
        tag("p", words("lessons.table_how"), css="cc-soft")


@solara.component
def _Sandbox(play: Play) -> None:
    """Give tasks, and lead to where everything can be changed."""
    words, visit = play.visit.words, play.visit
    tag("p", words("lessons.sandbox.story"), css="cc-lead")
    with tag("section", css="cc-card"):
        tag("ol", *[tag("li", one) for one in words.each("lessons.sandbox.tasks")])
        link(words("lessons.open_explore"), visit.address("/explore"), css="cc-button")


VIEWS: Mapping[tuple[Kind | None, Step], Callable[[Play], Any]] = {
    (None, Step.GUESS): GuessStep,
    (None, Step.RESULT): ResultStep,
    (None, Step.WATCH): WatchStep,
    (None, Step.BRIEF): _Brief,
    (None, Step.TABLE): _Table,
    (None, Step.PLAY): _Sandbox,
    (Kind.PHONE, Step.PLAY): PhoneStep,
    (Kind.PHONE, Step.RESULT): PhoneResultStep,
}
"""What shows each step; a pair without a kind is for all kinds that have none of their own."""
