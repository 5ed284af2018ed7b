"""Courses: steps that come faster than the page go on from one another."""

from cocreate.viz.app.course import Course


def test_steps_that_come_at_once_go_on_from_one_another() -> None:
    course = Course("seed=1", 1)
    for _ in range(3):
        course.ask(f"seed={course.now + 1}", course.now + 1)
        course.follow("seed=1", 1)  # the page still shows the first
    assert course.now == 4


def test_a_page_that_lags_behind_does_not_turn_the_course_back() -> None:
    course = Course("seed=1", 1)
    course.ask("seed=2", 2)
    course.ask("seed=3", 3)
    course.follow("seed=2", 2)
    assert course.now == 3
    course.follow("seed=3", 3)
    assert course.now == 3


def test_the_browsers_back_button_is_followed() -> None:
    course = Course("seed=1", 1)
    course.ask("seed=2", 2)
    course.follow("seed=2", 2)
    course.follow("seed=1", 1)
    assert course.now == 1
    course.ask("seed=5", 5)
    course.follow("other", 9)
    assert course.now == 9
