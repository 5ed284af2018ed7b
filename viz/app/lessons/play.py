"""What a visitor does in a lesson, as the address of the page holds it."""

from __future__ import annotations

from dataclasses import dataclass

from cocreate.viz.app.lessons.catalogue import LESSONS, lesson_named
from cocreate.viz.app.lessons.lesson import Choice, Kind, Lesson, Step
from cocreate.viz.app.state import Setting
from cocreate.viz.app.visit import Visit

LESSON, CHOICE, GUESS, CALLS = "lesson.id", "lesson.choice", "lesson.guess", "lesson.calls"
"""Entries of an address with the lesson that a file comes from, what is changed, what is guessed, and who was
phoned."""

PLAN, PART, PROJECTOR = "plan", "plan.part", "projector"
"""Entries with the plan of a session, the part of it that is on, and whether it is shown on a projector."""

ON = "1"

LONGEST_NUMBER = 3
"""Digits of a colleague's number above which nobody has it."""


@dataclass(frozen=True)
class Play:
    """Where a visitor stands in a lesson.

    Attributes:
        visit: What the address says.
        lesson: The lesson.
    """

    visit: Visit
    lesson: Lesson

    @property
    def step(self) -> Step:
        """The step that is shown; the first one where the address names none of this lesson."""
        asked = self.visit.entry("step")
        return next((one for one in self.lesson.steps if one == asked), self.lesson.steps[0])

    @property
    def seed(self) -> int:
        """Seed of the first world."""
        return self.visit.setting.seed

    @property
    def choice(self) -> Choice:
        """What is changed, of a lesson with choices."""
        return self.lesson.choice(self.visit.entry(CHOICE))

    @property
    def guess(self) -> str:
        """What the visitor guessed, as text; empty for nothing yet."""
        return self.visit.entry(GUESS)

    @property
    def calls(self) -> tuple[int, ...]:
        """Numbers of those whom the visitor phoned, in order; they need not be known, or there at all."""
        found = (one for one in self.visit.entry(CALLS).split(",") if one.isascii() and one.isdecimal())
        return tuple(int(one) for one in found if len(one) <= LONGEST_NUMBER)

    @property
    def bought(self) -> tuple[str, ...]:
        """Reforms that tokens were spent on; nothing where the address asks for more than there are."""
        asked = self.guess.split(",")
        found = tuple(one.name for one in self.lesson.reforms if one.name in asked)
        return found if len(found) <= self.lesson.tokens else ()

    @property
    def projector(self) -> bool:
        """Whether the page is shown on a projector."""
        return self.visit.entry(PROJECTOR) == ON

    @property
    def before(self) -> Setting:
        """The world before the change."""
        return self.lesson.setting_before(self.seed)

    @property
    def now(self) -> Setting:
        """The world with the change."""
        if self.lesson.kind is Kind.TOKENS:
            return self.lesson.bought(self.bought, self.seed)
        return self.lesson.setting(self.choice, self.seed)

    @property
    def named(self) -> dict[str, str]:
        """Entries by which a file can say in the lesson's words what was changed."""
        if self.lesson.kind is Kind.TOKENS:
            return {LESSON: self.lesson.id, GUESS: ",".join(self.bought)}
        return {LESSON: self.lesson.id, CHOICE: self.choice.name}

    def at(self, step: Step, **entries: str) -> str:
        """Return the address of a step of this lesson.

        Args:
            step: The step.
            entries: ``choice``, ``guess`` or ``calls``, where they change; empty to take back.
        """
        kept = {name: self.visit.entry(name) for name in (CHOICE, GUESS, CALLS, PLAN, PART, PROJECTOR)}
        kept |= {f"lesson.{name}": text for name, text in entries.items()}
        found = {name: text for name, text in kept.items() if text}
        return self.visit.address(
            f"/lessons/{self.lesson.id}", Setting(seed=self.seed), None, step=step.value, **found
        )

    @property
    def next_step(self) -> Step | None:
        """The step that follows, None after the last one."""
        place = self.lesson.steps.index(self.step) + 1
        return self.lesson.steps[place] if place < len(self.lesson.steps) else None

    @property
    def previous_step(self) -> Step | None:
        """The step before, None at the first one."""
        place = self.lesson.steps.index(self.step)
        return self.lesson.steps[place - 1] if place else None

    @property
    def next_lesson(self) -> Lesson | None:
        """The lesson that follows, None after the last one."""
        place = LESSONS.index(self.lesson) + 1
        return LESSONS[place] if place < len(LESSONS) else None


def play_of(visit: Visit) -> Play | None:
    """Return where a visitor stands; None where the address names no lesson."""
    lesson = lesson_named(visit.path.strip("/").split("/")[-1])
    return Play(visit, lesson) if lesson is not None else None
