"""Explore: what a visitor does changes the address, the picture and the sentence, and nothing breaks it."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from cocreate.experiments.levers_file import levers_as_toml
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import MONTHLY
from cocreate.model.parameters import LEVERS
from cocreate.viz.app.controls.rows import NOT_HERE
from cocreate.viz.app.state import Setting
from tests.browser.visitors import PHONE, Visit, Visitor, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SMALL = "/explore?lang=en&preset=village&months=60"
PLAYED = "document.querySelector('.ccp-player').player"


def query_of(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def at_address(visitor: Visitor, part: str) -> None:
    visitor.page.wait_for_function(f"location.search.includes({part!r})")


def test_a_slider_moves_by_keyboard_and_the_sentence_counts_twenty_worlds(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(SMALL, ".cc-sentence")
    before = visitor.settled()
    assert "same in all 20" in before
    slider = page.get_by_role("slider", name="Standing support")
    slider.focus()
    page.keyboard.press("End")
    at_address(visitor, "support_infrastructure=0.8")
    assert "of 20 worlds" in visitor.settled(before)
    sees(slider).to_have_attribute("aria-valuetext", "100% of the way to “a standing group”")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("!location.search.includes('support_infrastructure')")
    page.get_by_text(before).wait_for()


def test_a_link_opened_by_somebody_else_gives_the_same_sentence(visit: Visit) -> None:
    link = f"{SMALL}&communication_channels=0.9&outcome=trust"
    sentences = []
    for _ in range(2):
        visitor = visit()
        visitor.open(link, ".cc-sentence")
        sentences.append(visitor.settled())
    assert sentences[0] == sentences[1]


def test_the_player_holds_the_world_and_the_grey_one(visit: Visit) -> None:
    page = visit().open(f"{SMALL}&seed=3&sector_silo=0.2", "canvas")
    page.wait_for_function(f"{PLAYED}.replay && {PLAYED}.other")
    held = page.evaluate(
        f"(() => {{ const one = {PLAYED}; return [one.replay, one.other].map("
        "each => [each.seed, each.months, each.levers.sector_silo]); })()"
    )
    assert held[0] == [3, 60, 0.2]
    assert held[1][:2] == [3, 60]


def test_numbers_taken_away_are_those_of_the_python_api(visit: Visit) -> None:
    page = visit().open(f"{SMALL}&seed=3&sector_silo=0.2", ".cc-files")
    with page.expect_download() as download:
        page.get_by_role("link", name="Numbers by month (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8"))))
    setting = Setting.of("village", {"sector_silo": 0.2}, seed=3, months=60)
    model = CoCreationModel(setting.parameters, rng=3)
    model.run()
    assert [int(row["month"]) for row in rows] == list(range(60))
    assert set(MONTHLY) < set(rows[0])
    assert {(row["seed"], row["sector_silo"]) for row in rows} == {("3", "0.2")}
    assert [float(row["trust"]) for row in rows] == model.series["trust"].tolist()


def test_ten_clicks_at_once_lead_to_one_world_and_no_error(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(SMALL, ".cc-sentence")
    page.get_by_role("button", name="Another world").evaluate(
        "button => { for (let i = 0; i < 10; i++) button.click(); }"
    )
    at_address(visitor, "seed=11")
    page.get_by_text("World number: 11").wait_for()
    visitor.settled()
    assert query_of(page)["seed"] == ["11"]


def test_a_hand_edited_link_is_told_and_what_makes_sense_is_kept(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(
        f"{SMALL}&sector_silo=9&foo=%3Cscript%3E&trust_gain=0.1&preset=atlantis", ".cc-sentence"
    )
    sees(page.locator(".cc-notice li")).to_have_count(3)
    assert "<script>" not in page.locator(".cc-notice").inner_html()
    sees(page.locator(".cc-changes")).to_contain_text("trust_gain")


def test_every_lever_has_a_control_in_the_drawer_and_one_that_is_looked_for_can_be_set(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(SMALL, ".cc-sentence")
    page.get_by_role("button", name="All settings").click()
    sees(page.locator("#cc-decision_rule")).to_have_count(1)
    assert [name for name in sorted(set(LEVERS) - NOT_HERE) if page.locator(f"#cc-{name}").count() != 1] == []
    page.get_by_label("Find a setting").fill("decision_rule")
    page.locator("#cc-decision_rule").select_option("unanimity")
    at_address(visitor, "decision_rule=unanimity")
    page.get_by_label("Find a setting").fill("no such thing")
    page.get_by_text("No setting has that").wait_for()


def test_a_lever_can_change_later_in_the_run(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(SMALL, ".cc-sentence")
    page.get_by_role("button", name="All settings").click()
    page.get_by_label("Changes hold").select_option("24")
    page.get_by_label("Find a setting").fill("mandate")
    page.locator("#cc-mandate").focus()
    page.keyboard.press("End")
    at_address(visitor, "at=24:mandate=1")


def test_saved_settings_open_again_and_nonsense_is_told(visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.open(SMALL, ".cc-files")
    nonsense = tmp_path / "nonsense.toml"
    nonsense.write_bytes(b"\xff\x00 levers = [")
    page.locator("input[type=file]").set_input_files(nonsense)
    page.get_by_text("That file could not be read").wait_for()
    saved = tmp_path / "saved.toml"
    saved.write_text(levers_as_toml(Setting.of("village", {"mandate": 0.25}, months=48).parameters), "utf-8")
    page.locator("input[type=file]").set_input_files(saved)
    at_address(visitor, "mandate=0.25")
    assert query_of(page)["months"] == ["48"]


def test_two_visitors_at_once_stay_apart(visit: Visit) -> None:
    one, other = visit(), visit()
    one.open(SMALL, ".cc-sentence")
    other.open(SMALL, ".cc-sentence")
    one.page.get_by_role("button", name="Another world").click()
    at_address(one, "seed=2")
    other.settled()
    assert "seed" not in query_of(other.page)
    sees(other.page.get_by_text("World number: 1")).to_have_count(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_sound_for_everybody_in_both_themes(
    visit: Visit, violations: Callable[[Any], list[str]], theme: str
) -> None:
    visitor = visit(color_scheme=theme)
    page = visitor.open(f"{SMALL}&sector_silo=0.2", "canvas")
    visitor.settled()
    page.get_by_role("button", name="All settings").click()
    page.get_by_label("Find a setting").fill("e")
    page.locator("#cc-mandate").wait_for()
    assert violations(page) == []


def test_on_a_phone_the_sentence_stays_in_sight_while_a_slider_is_moved(visit: Visit) -> None:
    visitor = visit(PHONE)
    page = visitor.open(f"{SMALL}&support_infrastructure=0.8", ".cc-sentence")
    said = visitor.settled()
    page.get_by_role("slider", name="Power at the table").scroll_into_view_if_needed()
    echo = page.locator(".cc-echo p")
    sees(echo).to_have_text(said)
    sees(echo).to_be_in_viewport(ratio=1)
    page.evaluate("window.scrollTo(0, 0)")
    sees(echo).not_to_be_in_viewport()  # where the result itself is in sight, it is not said twice


def test_the_button_for_a_file_speaks_the_visitors_language(visit: Visit) -> None:
    page = visit(locale="de-DE").open(SMALL.replace("lang=en", "lang=fi"), ".cc-files")
    page.get_by_text("Valitse tiedosto").wait_for()
    field = page.get_by_label("Avaa tallennetut asetukset")
    assert field.evaluate("one => [one.type, getComputedStyle(one).opacity]") == ["file", "0"]
    field.focus()
    sees(page.locator(".cc-file")).to_have_css("outline-style", "solid")


def test_nothing_is_wider_than_a_phone(visit: Visit) -> None:
    visitor = visit(PHONE)
    visitor.open(f"{SMALL.replace('en', 'el')}&sector_silo=0.2", "canvas")
    visitor.settled()
    assert visitor.overflow() <= 0
