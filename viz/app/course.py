"""Courses: what a visitor has asked for, though the page may not show it yet."""

from __future__ import annotations

import threading

import solara


class Course[T]:
    """The latest of what was asked for, so that ten clicks at once are ten steps and not one ten times.

    A click can come in while the page still shows the step before: each goes on from what was asked for last.
    When the visitor goes elsewhere by the browser's own buttons, the course follows the address.
    """

    def __init__(self, query: str, now: T) -> None:
        """Start where the page is.

        Args:
            query: Query of the page's address.
            now: What it stands for.
        """
        self.now = now
        self._asked: list[str] = []
        self._seen = query
        self._lock = threading.Lock()

    def ask(self, query: str, now: T) -> None:
        """Remember what was asked for.

        Args:
            query: Query that the address will have.
            now: What it stands for.
        """
        with self._lock:
            self.now = now
            self._asked.append(query)

    def follow(self, query: str, now: T) -> None:
        """Take the address as it is now; what was asked for after it still counts.

        Args:
            query: Query of the page's address.
            now: What it stands for.
        """
        with self._lock:
            if query == self._seen:
                return
            self._seen = query
            if query in self._asked:
                del self._asked[: self._asked.index(query) + 1]
            else:
                self._asked.clear()
            if not self._asked:
                self.now = now


def use_course[T](query: str, now: T) -> Course[T]:
    """Return the course of a page that its address describes.

    Args:
        query: Query of the address.
        now: What it stands for.
    """
    course: Course[T] = solara.use_memo(lambda: Course(query, now), [])
    course.follow(query, now)
    return course
