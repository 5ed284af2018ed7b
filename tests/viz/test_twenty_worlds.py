"""Pairs of worlds: lines, medians and the sentence follow the numbers."""

import numpy as np
import pytest
from matplotlib.lines import Line2D

from cocreate.experiments.study.driver import run_in_memory
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World
from cocreate.viz.theme import new_figure
from cocreate.viz.thin_lines import FIRST, draw_pairs, draw_worlds
from cocreate.viz.twenty_worlds import NoSeriesError, lines_of, twenty_worlds
from tests.viz.pictures import named

SMALL = {"regions": 2, "horizon": 48, "citizens_per_region": 40}


@pytest.fixture(scope="module")
def results() -> Results:
    worlds = (
        World(name="default", levers=SMALL),
        World(name="same", levers=SMALL),
        World(name="low", label="low trust", levers={**SMALL, "communication_channels": 0.0}),
    )
    return run_in_memory(
        Study(name="pairs", worlds=worlds, replicates=8, seed=3, keep=Keep(series=("know_how",)))
    )


def line(figure: object, name: str) -> Line2D:
    (found,) = named(figure, name)  # type: ignore[arg-type]
    assert isinstance(found, Line2D)
    return found


@pytest.mark.slow
def test_lines_are_those_of_the_runs_and_the_thick_one_is_their_median(results: Results) -> None:
    figure = twenty_worlds(results, ("default", "low"), "know_how")
    lines = 100 * lines_of(results, "low", "know_how")
    assert lines.shape == (8, 48)
    np.testing.assert_allclose(lines[:, -1], 100 * results.values("low", "know_how"))
    thick = line(figure, "low:know_how")
    np.testing.assert_allclose(np.asarray(thick.get_ydata(), float), np.median(lines, axis=0))
    np.testing.assert_allclose(np.asarray(thick.get_xdata(), float), (np.arange(48) + 1) / 12)
    thin = [one for one in figure.axes[0].get_lines() if len(np.asarray(one.get_xdata())) == 48]
    assert len(thin) == 2 * (8 + 1)


def test_the_sentence_counts_the_pairs(results: Results) -> None:
    one, two = (results.values(name, "know_how") for name in ("default", "low"))
    title = twenty_worlds(results, ("default", "low"), "know_how").get_suptitle().replace("\n", " ")
    more, less = int((two > one).sum()), int((two < one).sum())
    assert more != less
    first, second = (more, less) if more > less else (less, more)
    word = "higher" if more > less else "lower"
    assert f"{word} with low trust in {first} of 8 worlds" in title
    assert title.endswith(f" in {second}")
    same = twenty_worlds(results, ("default", "same"), "know_how").get_suptitle()
    assert "the same with same in all 8 worlds" in same.replace("\n", " ")


def test_medians_of_the_pairs_stand_on_both_sides(results: Results) -> None:
    medians = line(twenty_worlds(results, ("default", "low"), "know_how"), "medians")
    expected = [100 * float(np.median(results.values(name, "know_how"))) for name in ("default", "low")]
    assert [float(y) for y in np.asarray(medians.get_ydata(), float)] == pytest.approx(expected)


def test_an_outcome_without_a_course_and_a_world_that_is_not_there_are_errors(results: Results) -> None:
    with pytest.raises(NoSeriesError, match=r"it kept those of know_how.*series=\('trust',\)"):
        twenty_worlds(results, ("default", "low"), "trust")
    with pytest.raises(StudyError, match="Did you mean default"):
        twenty_worlds(results, ("defualt", "low"), "know_how")


def test_pairs_and_months_without_a_value_are_left_out() -> None:
    figure = new_figure(4, 3)
    axes = figure.subplots()
    ends = np.array([[1.0, 2.0, np.nan], [2.0, 4.0, 9.0]])
    draw_pairs(axes, ends)
    assert np.asarray(line(figure, "medians").get_ydata()).tolist() == [1.5, 3.0]
    lines = np.array([[np.nan, 1.0], [np.nan, 3.0], [np.nan, np.nan]])
    assert draw_worlds(axes, np.array([1.0, 2.0]), lines, FIRST, "thick") == 2.0
    middle = np.asarray(line(figure, "thick").get_ydata(), float)
    assert np.isnan(middle[0])
    draw_pairs(axes, np.full((2, 3), np.nan))
