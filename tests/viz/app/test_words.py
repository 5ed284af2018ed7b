"""Texts of the app: looked up, filled in, with plural forms, numbers and dates of each language."""

import datetime
import math
import re

import numpy as np
import pytest

from cocreate.viz.app.words import LANGUAGES, LanguageError, MissingTextError, Words, preferred, texts_of
from cocreate.viz.app.words.catalogue import flattened
from cocreate.viz.app.words.pseudo import CLOSING, OPENING

NARROW_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def of_texts(monkeypatch: pytest.MonkeyPatch, texts: dict[str, dict[str, str]], language: str) -> Words:
    """Return words of a language from texts of our own, as a visitor gets them."""
    monkeypatch.setattr("cocreate.viz.app.words.words.texts_of", lambda code: texts[code])
    return Words(language)


def test_a_text_is_found_by_area_and_name_and_filled_in() -> None:
    assert Words("en", strict=True)("time.month_of_year", month="March", year=3) == "March of year 3"


@pytest.mark.parametrize("count", [1, 1.0, np.int64(1), np.float64(1.0)])
def test_one_of_something_takes_the_singular_however_the_number_is_stored(count: float) -> None:
    assert Words("en", strict=True)("role.citizen", count=count) == "1 citizen"


@pytest.mark.parametrize("count", [0, 2, 1.5, np.int64(7)])
def test_any_other_number_takes_the_plural(count: float) -> None:
    assert Words("en", strict=True)("role.citizen", count=count) == f"{count} citizens"


def test_plural_forms_follow_the_rules_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = {
        "day.one": "{count} dzień",
        "day.few": "{count} dni.",
        "day.many": "{count} dni",
        "day.other": "{count} dnia",
    }
    words = of_texts(monkeypatch, {"en": {}, "pl": forms}, "pl")
    assert [words("day", count=count) for count in (1, 3, 5, 22, 1.5)] == [
        "1 dzień",
        "3 dni.",
        "5 dni",
        "22 dni.",
        "1,5 dnia",
    ]


def test_a_text_that_a_language_lacks_is_shown_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"en": {"a.x": "English", "a.y": "Too"}, "fi": {"a.x": "Suomi"}}
    words = of_texts(monkeypatch, texts, "fi")
    assert (words("a.x"), words("a.y")) == ("Suomi", "Too")
    assert words.branch("a") == {"x": "Suomi", "y": "Too"}


def test_a_text_that_no_language_has_is_shown_as_its_key() -> None:
    words = Words("en")
    assert words("explore.nonsense") == "explore.nonsense"
    assert "explore.nonsense" not in words


def test_a_value_that_is_missing_leaves_its_place_open_for_visitors_and_is_an_error_in_tests() -> None:
    assert Words("en")("time.month_of_year", month="May") == "May of year {year}"
    with pytest.raises(MissingTextError, match="'year'"):
        Words("en", strict=True)("time.month_of_year", month="May")


def test_a_missing_text_is_an_error_in_tests_even_where_english_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = {"en": {"a.x": "English"}, "fi": {}}
    monkeypatch.setattr("cocreate.viz.app.words.words.texts_of", lambda code: texts[code])
    with pytest.raises(MissingTextError, match=r"fi has no text 'a\.x'"):
        Words("fi", strict=True)("a.x")


def test_an_unknown_language_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(LanguageError, match="'tlh'; it has en, fi, et"):
        Words("tlh")


def test_items_of_a_list_come_in_order_beyond_the_ninth() -> None:
    items = [f"item {number}" for number in range(12)]
    assert list(flattened({"about": {"limits": items}}).values()) == items


@pytest.mark.parametrize(
    ("language", "number", "share", "day"),
    [
        ("en", "-1,234.6", "25%", "4 March 2026"),
        ("fi", f"{MINUS}1{NARROW_SPACE}234,6", f"25{NARROW_SPACE}%", "4. maaliskuuta 2026"),
        ("et", f"{MINUS}1{NARROW_SPACE}234,6", "25%", "4. märts 2026"),
        ("sv", f"{MINUS}1{NARROW_SPACE}234,6", f"25{NARROW_SPACE}%", "4 mars 2026"),
        ("nl", "-1.234,6", "25%", "4 maart 2026"),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_writes_them(
    language: str, number: str, share: str, day: str
) -> None:
    words = Words(language)
    assert words.number(-1234.56, 1) == number
    assert words.percent(0.25) == share
    assert words.date(datetime.date(2026, 3, 4)) == day


def test_a_signed_number_says_plus_and_zero_has_no_sign() -> None:
    words = Words("en")
    assert [words.number(value, 1, signed=True) for value in (0.25, -0.04, -2)] == ["+0.3", "0.0", "-2.0"]


@pytest.mark.parametrize(("language", "written"), [("en", "-25%"), ("fi", f"{MINUS}25{NARROW_SPACE}%")])
def test_a_share_below_zero_has_the_minus_of_the_language_and_zero_has_none(
    language: str, written: str
) -> None:
    words = Words(language)
    assert words.percent(-0.25) == written
    assert words.percent(-0.001) == words.percent(0)
    assert words.percent(-0.0001, 1) == words.percent(0, 1)


def test_halves_are_rounded_up_as_people_do() -> None:
    words = Words("nl")
    written = [words.number(value, 1) for value in (0.25, 0.35, 0.75, -0.25, 100 * 0.0145, (0.2 + 0.7) / 2)]
    assert written == ["0,3", "0,4", "0,8", "-0,3", "1,5", "0,5"]
    assert [words.percent(value) for value in (0.125, 0.135)] == ["13%", "14%"]
    assert "0,063" in words("role.citizen.other", count=0.0625)
    assert "1.000.000.000.000.000.000" in words("role.citizen.other", count=1e18)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash(value: float) -> None:
    words = Words("en")
    dash = "\N{EN DASH}"
    assert (words.number(value), words.percent(value), words("role.citizen.other", count=value)) == (
        dash,
        dash,
        f"{dash} citizens",
    )


def test_months_run_on_through_the_years() -> None:
    words = Words("en")
    assert (words.month(0), words.month(11), words.month(26)) == (
        "January of year 1",
        "December of year 1",
        "March of year 3",
    )


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("sv-FI,sv;q=0.9,fi;q=0.8", "sv"),
        ("fi;q=0.3, sv;q=0.9", "sv"),
        ("EL-gr", "el"),
        ("ja, zh;q=0.8", "en"),
        ("fi;q=0, et;q=0.1", "et"),
        ("*", "en"),
        ("", "en"),
        (";;;q,, fi;q=lots", "en"),
    ],
)
def test_the_browsers_favourite_among_the_languages_is_chosen(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def test_the_pseudo_language_marks_every_text_and_keeps_its_places() -> None:
    english, disguised = texts_of("en"), texts_of("xx")
    assert disguised.keys() == english.keys()
    for key, text in disguised.items():
        assert text.startswith(OPENING), key
        assert text.endswith(CLOSING), key
        assert len(text) > len(english[key]), key
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", english[key]), key


def test_the_pseudo_language_is_offered_to_nobody() -> None:
    assert "xx" not in LANGUAGES
    assert preferred("xx") == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_player_calls_permanent_services_as_the_result_does(language: str) -> None:
    words = Words(language, strict=True)
    stems = [one[:4] for one in words("outcome.structural.label").casefold().split()]
    for key in ("counts", "counts_other", "state.6", "mark.structural", "column.services", "curve.services"):
        text = texts_of(language)[f"player.{key}"].casefold()
        assert all(stem in text for stem in stems), (key, text, stems)


def test_a_region_has_the_point_of_an_ordinal_in_hungarian() -> None:
    texts = texts_of("hu")
    assert Words("hu", strict=True)("player.region", name="5") == "5. térség"
    told = [text for text in texts.values() if re.search(r"\{(region|name|source)\}\.? térség", text)]
    assert len(told) > 10
    assert not [text for text in told if re.search(r"\{(region|name|source)\} térség", text)]
