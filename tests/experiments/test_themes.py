"""Themes: their settings are allowed, move every lever, and share worlds with the experiments."""

from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.registry import HEADLINES
from cocreate.experiments.hypotheses.run_hypothesis import study_of
from cocreate.experiments.themes import BANDS, REPORTED, THEMES, theme_study
from cocreate.model.parameters import Parameters


def test_every_setting_of_every_theme_is_allowed_and_moves_each_of_its_levers() -> None:
    default = Parameters()
    for theme in THEMES:
        assert set(theme.opened.levers) == set(theme.closed.levers)
        for name, value in theme.opened.levers.items():
            assert value != theme.closed.levers[name]
            assert getattr(default.changed(theme.opened.levers), name) == value
    assert len({world.name for world in theme_study(1).worlds}) == 1 + 2 * len(THEMES)


def test_every_reported_outcome_has_a_place_in_a_band() -> None:
    placed = [name for names in BANDS.values() for name in names]
    assert sorted(placed) == sorted(REPORTED)


def test_an_outcome_has_one_name_in_contrasts_and_lessons() -> None:
    shared = REPORTED.keys() & MEASURES.keys()
    assert "structural_per_region" in shared
    assert {name: REPORTED[name] for name in shared} == {name: MEASURES[name].label for name in shared}


def test_the_headline_experiments_simulate_every_run_of_the_themes() -> None:
    simple = [one for one in HEADLINES if one.share == 1]
    draws = ({"proposal_rate": 0.4}, {"proposal_rate": 0.6})
    there = {cell.task.key for cell in study_of(simple, 3, 5, draws).cells()}
    assert {cell.task.key for cell in theme_study(3, 5, draws).cells()} <= there
