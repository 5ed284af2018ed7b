"""Scenario discovery: boxes that were put there, and noise without any."""

import importlib

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from cocreate.experiments.analysis.box_search import Method
from cocreate.experiments.analysis.boxes import Box, Limit, Side
from cocreate.experiments.analysis.discovery import Discovery, DiscoveryError, discover
from cocreate.experiments.analysis.extras import MissingExtraError
from cocreate.experiments.analysis.refine import gain_of, refined

METHODS: tuple[Method, ...] = ("prim", "cart")
WORDS = ("consulted", "design", "throughout")


def settings(rows: int = 300, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "support_infrastructure": rng.random(rows),
            "sector_silo": rng.random(rows),
            "commitment": rng.integers(1, 49, rows),
            "inclusion": rng.choice(WORDS, rows),
        }
    )


def inside_of(points: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which points lie in the box that the methods shall find."""
    strong = (points["support_infrastructure"] > 0.6) & (points["commitment"] > 12)
    return np.asarray(strong & (points["inclusion"] != "consulted"), bool)


def by_lever(found: Discovery) -> dict[str, Limit]:
    assert found.box is not None
    assert len(found.box.limits) == len(found.box.levers)
    return {limit.lever: limit for limit in found.box.limits}


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_a_known_box_is_recovered_with_its_whole_numbers_and_words(method: Method) -> None:
    points = settings()
    found = discover(points, inside_of(points), method, resamples=5)
    limits = by_lever(found)
    assert set(limits) == {"support_infrastructure", "commitment", "inclusion"}
    # 300 points lie 1/300 apart on average; in the other limits' box some 130 do.
    assert limits["support_infrastructure"].value == pytest.approx(0.6, abs=0.03)
    assert 11 < limits["commitment"].value < 14
    assert limits["inclusion"].words == ("design", "throughout")
    assert found.quality is not None
    assert found.quality.coverage == found.quality.density == 1
    assert "inclusion design or throughout" in found.sentence
    assert all(one.returned >= 0.5 for one in found.limits)
    assert found.p < 1e-6


@pytest.mark.slow
def test_a_blurred_box_is_found_with_its_density_and_honest_stability() -> None:
    points = settings(400)
    rng = np.random.default_rng(5)
    cases = rng.random(400) < np.where(inside_of(points), 0.9, 0.1)
    found = discover(points, cases, "cart", resamples=40)
    assert found.quality is not None
    assert found.quality.density == pytest.approx(0.9, abs=0.1)  # 400 * 0.2 inside: standard error 0.03
    silo = [one for one in found.limits if one.limit.lever == "sector_silo"]
    assert silo == []
    support = next(one for one in found.limits if one.limit.lever == "support_infrastructure")
    assert support.low <= 0.6 <= support.high
    assert support.returned > 0.8
    assert support.quasi_p < 0.001
    assert found.table["lever"].tolist() == [one.limit.lever for one in found.limits]


@pytest.mark.slow
def test_pure_noise_has_no_box() -> None:
    points = settings(120)
    rng = np.random.default_rng(11)
    found = [discover(points, rng.random(120) < 0.3, "cart", resamples=0) for _ in range(60)]
    # At most 5 % false alarms are promised; more than 8 of 60 would then come up once in 250 times.
    assert sum(one.box is not None for one in found) <= 8
    assert "There is no box" in next(one for one in found if one.box is None).sentence


@pytest.mark.slow
def test_prim_says_of_pure_noise_that_there_is_no_box() -> None:
    points = settings(120)
    rng = np.random.default_rng(2)
    found = [discover(points, rng.random(120) < 0.3, "prim") for _ in range(3)]
    # Each time with a chance of 95 % or more: two false alarms of three come up once in 130 times.
    assert sum(one.box is not None for one in found) <= 1


def test_same_seed_same_box() -> None:
    points = settings(200)
    cases = inside_of(points)
    one, two = (discover(points, cases, "cart", resamples=5, seed=0) for _ in range(2))
    assert one.table.equals(two.table)
    assert one.sentence == two.sentence


def test_a_density_that_is_asked_for_is_kept_or_no_box_is_given() -> None:
    points = settings(400)
    cases = np.random.default_rng(5).random(400) < np.where(inside_of(points), 0.7, 0.1)
    dense = discover(points, cases, "cart", least_density=0.65, resamples=0)
    assert dense.quality is not None
    assert dense.quality.density >= 0.65
    assert discover(points, cases, "cart", least_density=1.0, resamples=0).quality is None


def test_why_there_is_no_box_is_said_as_it_was() -> None:
    draws = np.random.default_rng(1)
    points = pd.DataFrame({"a": draws.random(400), "b": draws.random(400)})
    cases = (points["a"] > 0.5).to_numpy() & (draws.random(400) < 0.7)
    never = discover(points, cases, "cart", least_density=1.0)
    assert never.p == 1
    assert never.sentence.endswith("neither half of the rows suggests one in which at least 100% are cases.")
    sentences = [discover(points, cases, "cart", least_density=0.95, seed=k).sentence for k in range(8)]
    assert all("in which at least 95% are cases" in one or "does not hold" in one for one in sentences)
    wrong = Discovery(None, None, (), 0.0002, 400, 140, 0, True, 0.95)
    assert "does not hold" not in wrong.sentence
    assert "more of them lie in some parts than in others (p = 0.0002)" in wrong.sentence
    assert wrong.sentence.endswith("no box in which at least 95% are cases.")
    assert "does not hold in the other half (p = 0.3)" in Discovery(None, None, (), 0.3, 400, 140, 0).sentence


def test_refining_moves_limits_to_their_best_places_and_never_loses() -> None:
    points = settings(400)
    cases = inside_of(points)
    start = Box((Limit("support_infrastructure", Side.ABOVE, 0.3), Limit("sector_silo", Side.BELOW, 0.5)))
    best = refined(start, points, cases)
    assert gain_of(best, points, cases) == 1
    assert gain_of(start, points, cases) < 1
    assert {"support_infrastructure", "commitment", "inclusion"} <= set(best.levers)


def test_boxes_read_in_plain_words() -> None:
    def words(*limits: Limit) -> str:
        return Box(limits, whole=("commitment",)).words

    above, below = Side.ABOVE, Side.BELOW
    assert words(Limit("sector_silo", above, 0.25), Limit("sector_silo", below, 0.5)) == (
        "sector_silo between 0.25 and 0.5"
    )
    assert words(Limit("commitment", above, 11.5), Limit("commitment", below, 24.5)) == (
        "commitment from 12 to 24 months"
    )
    assert words(Limit("commitment", below, 24)) == "commitment at most 23 months"
    assert words(Limit("commitment", above, 11.5), Limit("commitment", below, 13)) == (
        "commitment exactly 12 months"
    )
    assert words(Limit("lived_experience_gap", below, 0.5)) == "lived_experience_gap below 0.5 need units"
    assert words(Limit("own", above, 3), Limit("inclusion", Side.AMONG, words=WORDS[:2])) == (
        "own above 3 and inclusion consulted or design"
    )
    assert words() == "anywhere"


def test_rows_that_cannot_be_searched_are_refused_in_words() -> None:
    points = settings(50)
    cases = inside_of(points)
    with pytest.raises(DiscoveryError, match="yes or no for each of the 50 rows"):
        discover(points, cases[:-1])
    with pytest.raises(DiscoveryError, match="yes or no"):
        discover(points, cases.astype(float))
    with pytest.raises(DiscoveryError, match="39 rows are too few"):
        discover(points[:39], cases[:39])
    with pytest.raises(DiscoveryError, match="None of the 50 rows are cases"):
        discover(points, np.zeros(50, bool))
    with pytest.raises(DiscoveryError, match="All of the 50 rows"):
        discover(points, np.ones(50, bool))
    with pytest.raises(DiscoveryError, match="missing in sector_silo"):
        discover(points.assign(sector_silo=np.nan), cases)
    with pytest.raises(DiscoveryError, match=r"no method 'prin'.* Did you mean prim"):
        discover(points, cases, "prin")  # type: ignore[arg-type]


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(importlib, "import_module", absent)
    points = settings(50)
    with pytest.raises(MissingExtraError, match=r'pip install "cocreate\[discovery\]"'):
        discover(points, inside_of(points), "cart")
