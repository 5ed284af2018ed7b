"""The steps of the phone lesson: phoning by hand, and the shortest ways in twenty worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import solara

from cocreate.viz.app.chance import Counts
from cocreate.viz.app.lessons.guess_step import guesses
from cocreate.viz.app.lessons.lesson import Lesson, Step
from cocreate.viz.app.lessons.phone import MOST_CALLS, SHOWN, Office, fewest_in_worlds, office
from cocreate.viz.app.lessons.play import Play
from cocreate.viz.app.lessons.reveal import on_expectation, way_of
from cocreate.viz.app.parts import folded, table, tag
from cocreate.viz.app.words import Words
from cocreate.viz.app.worlds import WORLDS

SILO = "sector_silo"


@solara.component
def PhoneStep(play: Play) -> None:
    """Let the visitor phone through an office; the address holds whom they phoned."""
    words, place = play.visit.words, shown_office(play.lesson)
    calls = place.made(play.calls)

    def phone(*called: int) -> None:
        play.visit.go(play.at(Step.PLAY, calls=",".join(f"{one}" for one in called)))

    with tag("section", css="cc-card", aria_label=words("lessons.phone.title")):
        tag("p", words("lessons.phone.story"))
        tag("p", words("lessons.phone.play"))
        tag("p", _standing(words, place, calls), css="cc-sentence", role="status")
        with tag("div", css="cc-phones"):
            for sector in sorted(place.departments):
                _Department(words, place, calls, sector, lambda number: phone(*calls, number))
        tag(
            "button",
            words("lessons.phone.again"),
            css="cc-button",
            on_click=phone,
            type="button",
        )


def shown_office(lesson: Lesson) -> Office:
    """Return the office that is played by hand."""
    return office(float(lesson.before[SILO]), SHOWN)


def _standing(words: Words, place: Office, calls: Sequence[int]) -> str:
    """Return how far the calls have led."""
    reached, needed = place.reached(calls), place.needed(calls)
    if needed is not None:
        fewest = place.fewest_calls()
        return words("lessons.phone.done", calls=needed, fewest=needed if fewest is None else fewest)
    if not place.reachable(calls):
        return words("lessons.phone.stuck")
    return words(
        "lessons.phone.calls", calls=len(calls), reached=len(reached), departments=len(place.departments)
    )


@solara.component
def _Department(
    words: Words, place: Office, calls: Sequence[int], sector: int, phone: Callable[[int], None]
) -> None:
    known = place.reachable(calls)
    with tag("div", css="cc-department"):
        tag("h3", words(f"sector.{sector}"))
        with tag("ul"):
            for number, theirs in enumerate(place.sectors):
                if theirs == sector:
                    with tag("li").key(f"{number}"):
                        _Desk(words, number, _state(place, calls, known, number), phone)


def _state(place: Office, calls: Sequence[int], known: frozenset[int], number: int) -> str:
    if number == place.you:
        return "you"
    return "called" if number in calls else "call" if number in known else "stranger"


@solara.component
def _Desk(words: Words, number: int, state: str, phone: Callable[[int], None]) -> None:
    """Show one professional: a button where one can phone them."""
    name = words("lessons.phone.colleague", number=number)
    if state == "call":
        _Call(f"{words('lessons.phone.call')}: {name}", lambda: phone(number))
    else:
        text = words("lessons.phone.you") if state == "you" else f"{name}: {words(f'lessons.phone.{state}')}"
        tag("span", text, css=f"cc-desk cc-desk-{state}")


@solara.component
def _Call(label: str, phone: Callable[[], None]) -> None:
    """Show the button by which one phones somebody."""
    tag("button", label, css="cc-desk cc-desk-call", on_click=phone, type="button")


@dataclass(frozen=True)
class Calls:
    """The fewest calls in pairs of worlds; None where there is no way.

    Attributes:
        high: With the usual walls.
        low: With open doors.
    """

    high: tuple[int | None, ...]
    low: tuple[int | None, ...]

    @property
    def less(self) -> int:
        """Worlds in which open doors need fewer calls."""
        return sum(_far(low) < _far(high) for high, low in zip(self.high, self.low, strict=True))

    @property
    def more(self) -> int:
        """Worlds in which they need more."""
        return sum(_far(low) > _far(high) for high, low in zip(self.high, self.low, strict=True))

    @property
    def way(self) -> str:
        """Which way the number of calls goes with open doors, by the sign test at 5 %."""
        return way_of(Counts(self.more, self.less, len(self.high)).verdict())


def _far(calls: int | None) -> int:
    return MOST_CALLS + 1 if calls is None else calls


@solara.component
def PhoneResultStep(play: Play) -> None:
    """Show how many calls it takes in twenty worlds."""
    words, lesson = play.visit.words, play.lesson
    found = solara.use_memo(
        lambda: Calls(
            fewest_in_worlds(float(lesson.before[SILO]), WORLDS),
            fewest_in_worlds(float(play.choice.levers[SILO]), WORLDS),
        ),
        [],
    )
    before, now = (_middle(words, one) for one in (found.high, found.low))
    with tag("section", css="cc-card cc-result"):
        said = words("lessons.phone.sentence", less=found.less, more=found.more, worlds=len(found.high))
        tag("p", said, css="cc-sentence", role="status")
        tag("p", words("lessons.phone.typical", before=before, now=now))
        without = found.high.count(None)
        if without:
            tag(
                "p",
                words("lessons.phone.none_high", count=without, worlds=len(found.high), most=MOST_CALLS),
            )
        said_of_visitor = [words_on_guess(words, lesson, play.guess, before), words_on_calls(play)]
        if any(said_of_visitor):
            tag("p", " ".join(filter(None, said_of_visitor)), css="cc-answer")
        tag("p", on_expectation(words, play.choice.expected, found.way, lesson.counted))
        tag("p", words("lessons.phone.result"), css="cc-soft")
        heads = [words("lessons.phone.world"), words("lessons.phone.high"), words("lessons.phone.low")]
        rows = [
            [str(seed), *(_calls_text(words, one) for one in pair)]
            for seed, pair in enumerate(zip(found.high, found.low, strict=True), start=1)
        ]
        folded(words("lessons.table_of_worlds"), table(heads, rows, words("lessons.phone.caption")))
    tag("p", words("lessons.on_model"), css="cc-soft")


def words_on_guess(words: Words, lesson: Lesson, guess: str, before: str) -> str:
    """Return what is said of a guess; nothing where none was made, or the link holds something else.

    Args:
        words: Words of the visitor's language.
        lesson: The lesson.
        guess: The guess, as the link holds it.
        before: The number of calls that was to be guessed.
    """
    known = guesses(words, lesson)
    return words("lessons.phone.guess_said", guess=known[guess], before=before) if guess in known else ""


def words_on_calls(play: Play) -> str:
    """Return how many calls the visitor needed by hand; nothing for who has not reached all departments."""
    place = shown_office(play.lesson)
    needed = place.needed(place.made(play.calls))
    return "" if needed is None else play.visit.words("lessons.phone.yours", count=needed)


def _middle(words: Words, calls: Sequence[int | None]) -> str:
    middle = float(np.median([_far(one) for one in calls]))
    return (
        words("lessons.phone.no_way")
        if middle > MOST_CALLS
        else words.number(middle, 0 if middle % 1 == 0 else 1)
    )


def _calls_text(words: Words, calls: int | None) -> str:
    return words("lessons.phone.no_way") if calls is None else words.number(calls)
