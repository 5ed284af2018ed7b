"""Lessons: one idea each, guessed before it is shown."""

from cocreate.viz.app.lessons.catalogue import LESSONS, lesson_named
from cocreate.viz.app.lessons.lesson import Choice, Kind, Lesson, Reform

__all__ = ["LESSONS", "Choice", "Kind", "Lesson", "Reform", "lesson_named"]
