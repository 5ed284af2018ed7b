"""Texts of figures: looked up, filled in, with the numbers of a language."""

import math

import pytest

from cocreate.viz.texts import ENGLISH, UNKNOWN, FigureTextError, Texts

FINNISH = Texts(
    {"axis.years": "Vuosia alusta", "number.decimal": ",", "number.thousands": "\N{NO-BREAK SPACE}"}
)


def test_a_language_replaces_what_it_has_and_the_rest_stays_english() -> None:
    assert FINNISH("axis.years") == "Vuosia alusta"
    assert FINNISH("axis.initiatives") == ENGLISH("axis.initiatives")


def test_numbers_are_written_as_the_language_does() -> None:
    assert FINNISH.number(12345.678, 2) == "12\N{NO-BREAK SPACE}345,68"
    assert ENGLISH.number(-0.25, 2) == "\N{MINUS SIGN}0.25"
    assert ENGLISH.number(-0.001, 1) == "0.0"
    assert ENGLISH.number(0.25, 1, signed=True) == "+0.2"
    assert ENGLISH.number(0.0, signed=True) == "0"
    assert FINNISH.percent(0.255, 1) == "25,5\N{NO-BREAK SPACE}%"
    assert ENGLISH.number(math.nan) == ENGLISH.percent(math.nan) == UNKNOWN


def test_a_count_chooses_the_form() -> None:
    one, ten = (
        ENGLISH("adoption.title", years="15", count=count, regions=10, councils="0 %") for count in (1, 10)
    )
    assert "1 of 10 regions has" in one
    assert "10 of 10 regions have" in ten


@pytest.mark.parametrize(
    ("key", "hint"), [("axis.yeers", "Did you mean axis.years"), ("voices.each.one", "voices.each")]
)
def test_a_key_that_does_not_exist_is_an_error_with_the_nearest(key: str, hint: str) -> None:
    for ask in (lambda: ENGLISH(key), lambda: Texts({key: "text"})):
        with pytest.raises(FigureTextError, match=hint):
            ask()


def test_a_missing_value_is_an_error_that_names_it() -> None:
    with pytest.raises(FigureTextError, match="'version'"):
        ENGLISH("note.world", seed="1")
