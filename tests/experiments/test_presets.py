"""Presets: the worlds that come with the model, and TOML files of one's own."""

from pathlib import Path

import pytest

from cocreate.experiments.errors import PresetError
from cocreate.experiments.presets import FOLDER, load_preset, preset_names, read_preset
from cocreate.model.outcomes import OUTCOMES
from cocreate.model.parameters import LEVERS, ParameterError

PILOTS = ("rural_hackathon", "probation_reversal", "city_incubator", "consulting_committee")


def test_the_worlds_and_pilots_that_are_promised_are_there() -> None:
    assert set(preset_names()) == {"roundtables", "village", "city", "nation", *PILOTS}


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    preset = load_preset(name)
    assert preset.name == name
    assert preset.title
    assert preset.meaning
    assert preset.illustration
    assert preset.sources


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_sets_levers_to_other_values_than_the_default(name: str) -> None:
    preset = load_preset(name)
    assert preset.levers
    assert set(preset.levers) <= set(LEVERS)
    assert not set(preset.levers) & set(OUTCOMES)
    assert preset.parameters != load_preset(name).parameters.__class__()


@pytest.mark.parametrize("name", PILOTS)
def test_a_pilot_is_marked_as_an_illustration(name: str) -> None:
    assert "illustration" in load_preset(name).illustration


def test_the_round_tables_have_the_reported_mix_of_roles() -> None:
    levers = load_preset("roundtables").parameters
    here = (levers.citizens_per_region, levers.professionals_per_region, levers.politicians_per_region)
    assert levers.regions * sum(here) == 650
    assert [round(100 * part / sum(here)) for part in here] == [46, 22, 32]


def test_the_reversal_is_an_intervention() -> None:
    assert {change.month for change in load_preset("probation_reversal").interventions} == {18}


def test_a_misspelt_preset_gets_the_nearest_one() -> None:
    with pytest.raises(PresetError, match="Did you mean village"):
        load_preset("vilage")


def test_a_preset_of_ones_own_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[levers]\nregions = 2\n[[interventions]]\nmonth = 3\nlever = "training"\nvalue = 1.0\n', "utf-8"
    )
    preset = load_preset(str(path))
    assert preset.name == "mine"
    assert preset.parameters.regions == 2
    assert preset.interventions[0].lever == "training"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[levers", "no valid TOML"),
        ("levers = 3", "must be a table"),
        ("lever = {}", "Did you mean levers"),
        ("title = 3", "must be a text"),
        ('sources = "one"', "list of texts"),
        ("[levers]\nsector_sillo = 0.1", "Did you mean sector_silo"),
        ("[levers]\nsector_silo = 7", "sector_silo must be a number from 0 to 1"),
        ("interventions = 3", "must be a list"),
        ("[[interventions]]\nmonth = 3", "lacks lever and value"),
        ('[[interventions]]\nmonth = 1.5\nlever = "training"\nvalue = 1', "must be a whole number"),
        ('[[interventions]]\nmonths = 1\nlever = "training"\nvalue = 1', "unknown entry 'months'"),
        ('[[interventions]]\nmonth = 1\nlever = "regions"\nvalue = 1', "cannot change in month"),
    ],
)
def test_a_file_that_is_not_in_order_is_told_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises((PresetError, ParameterError), match=message):
        read_preset(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match="cannot be read"):
        load_preset(str(tmp_path / "none.toml"))


def test_every_file_in_the_folder_is_a_preset() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == preset_names()
