"""The posterior that comes with the model."""

import json
from pathlib import Path

import numpy as np
import pytest

from cocreate.agents.compiled import fingerprint
from cocreate.experiments.calibration import posterior as shipped
from cocreate.experiments.calibration.aims import AIMS
from cocreate.experiments.calibration.errors import CalibrationError
from cocreate.experiments.calibration.matching import Fit
from cocreate.experiments.calibration.posterior import PROVENANCE, posterior, read_posterior, write_posterior
from cocreate.experiments.calibration.priors import PRIORS
from cocreate.experiments.study.spec import Study
from cocreate.model.parameters import LEVERS, ParameterError, Parameters


def test_every_draw_is_a_setting_of_all_uncertain_levers_within_their_priors() -> None:
    draws = posterior()
    assert 64 <= len(draws) <= 128
    for draw in draws:
        Parameters.of(draw)
        assert list(draw) == [one.name for one in PRIORS]
        assert all(one.low <= float(draw[one.name]) <= one.high for one in PRIORS)


def test_draws_differ_in_every_lever() -> None:
    for prior in PRIORS:
        assert len({draw[prior.name] for draw in posterior()}) > len(posterior()) / 2


def test_priors_are_ranges_of_levers_and_say_why() -> None:
    for prior in PRIORS:
        declared = LEVERS[prior.name]
        assert declared.low is not None
        assert declared.high is not None
        assert declared.low <= prior.low < prior.high <= declared.high
        assert prior.why


def test_the_defaults_lie_within_the_priors_and_near_the_posterior() -> None:
    usual = Parameters()
    for prior in PRIORS:
        drawn = [float(draw[prior.name]) for draw in posterior()]
        assert min(drawn) <= getattr(usual, prior.name) <= max(drawn), prior.name


def drawn() -> Fit:
    """Return a fit of drawn numbers."""
    rng = np.random.default_rng(1)
    points, numbers = rng.random((71, len(PRIORS))), rng.random((71, len(AIMS)))
    return Fit(PRIORS, AIMS, points, numbers, np.linspace(0, 2, 71), (0.5, 0.25), 100)


def test_the_provenance_names_every_prior_and_aim(tmp_path: Path) -> None:
    fit = drawn()
    told = json.loads(write_posterior(fit, tmp_path, {"seed": 7, "plan": {"keep": 71}})[1].read_text("utf-8"))
    assert told["priors"] == {one.name: {"low": one.low, "high": one.high, "why": one.why} for one in PRIORS}
    assert list(told["aims"]) == [one.name for one in AIMS]
    for place, (aim, row) in enumerate(zip(AIMS, told["aims"].values(), strict=True)):
        assert (row["pattern"], row["tolerance"]) == (aim.pattern, aim.tolerance)
        assert (row["low"] is None, row["high"] is None) == tuple(np.isinf([aim.target.low, aim.target.high]))
        assert row["median"] == sorted(fit.numbers[:, place])[35]
    assert (told["seed"], told["plan"], told["settings_simulated"]) == (7, {"keep": 71}, 100)
    assert told["prior_not_ruled_out"] == [0.5, 0.25]
    assert (told["largest_distance_in_tolerances"], told["median_distance_in_tolerances"]) == (2, 1)
    assert told["code"] == fingerprint()
    assert told["central"] in fit.settings


def test_the_posterior_that_ships_comes_with_its_whole_provenance(tmp_path: Path) -> None:
    shipped_one = json.loads(PROVENANCE.read_text("utf-8"))
    fresh = json.loads(write_posterior(drawn(), tmp_path, {"seed": 7, "plan": {}})[1].read_text("utf-8"))
    assert set(fresh) <= set(shipped_one)
    for part in ("priors", "aims", "central"):
        assert list(shipped_one[part]) == list(fresh[part])


def test_a_study_takes_the_posterior_as_its_draws() -> None:
    study = Study(draws=posterior(), replicates=3)
    cells = list(study.cells())
    assert [cell.task.levers["lapse"] for cell in cells] == [draw["lapse"] for draw in posterior()[:3]]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    fit = drawn()
    sample, told = write_posterior(fit, tmp_path, {"seed": 1})
    for written, read in zip(fit.settings, read_posterior(sample), strict=True):
        assert dict(read) == pytest.approx(written, rel=1e-5)
    assert json.loads(told.read_text("utf-8"))["settings_simulated"] == 100


def test_a_posterior_with_a_value_out_of_range_is_refused(tmp_path: Path) -> None:
    (tmp_path / "posterior.csv").write_text("lapse\n7\n", "utf-8")
    with pytest.raises(ParameterError, match="lapse must be"):
        read_posterior(tmp_path / "posterior.csv")


def test_a_missing_posterior_is_an_error_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "SAMPLE", tmp_path / "none.csv")
    posterior.cache_clear()
    with pytest.raises(CalibrationError, match=r"no file .*none\.csv.*leave --posterior out"):
        posterior()
