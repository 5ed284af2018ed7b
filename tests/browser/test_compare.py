"""Compare: two worlds with the same luck, what is left without a change, and shares that sum to the gap."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.visitors import PATIENCE, PHONE, Visit, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TWO = (
    "/compare?lang=en&preset=village&months=60"
    "&b.preset=village&b.communication_channels=0.9&b.support_infrastructure=0.9&outcome=trust"
)


def test_two_worlds_stand_side_by_side_and_one_change_can_be_left_out(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open(TWO, ".cc-sentence")
    assert "of 20 worlds" in visitor.settled()
    charts = page.locator(".cc-result .cc-chart")
    sees(charts).to_have_count(2)
    sees(charts.nth(1).locator(".now .thin")).to_have_count(20)
    page.get_by_label("Leave out one change").select_option(label="Standing support")
    page.get_by_text("Without “Standing support”").wait_for()


def test_shares_are_worked_out_and_shown_as_a_table(visit: Visit) -> None:
    page = visit().open(TWO, ".cc-sentence")
    page.get_by_role("button", name="Work it out").click()
    page.get_by_role("table", name="Which change has what share?").wait_for()
    sees(page.get_by_role("rowheader", name="Standing support")).to_have_count(1)


def test_a_slider_of_the_second_world_changes_only_the_second_world(visit: Visit) -> None:
    page = visit().open(TWO, ".cc-sentence")
    page.get_by_role("slider", name="Power at the table").nth(1).focus()
    page.keyboard.press("End")
    page.wait_for_function("location.search.includes('b.inclusion=throughout')")
    assert "&inclusion" not in page.url


def test_slides_and_files_of_both_worlds_can_be_taken_away(visit: Visit) -> None:
    page = visit().open(TWO, ".cc-files")
    starts = {"Slide (PNG)": b"\x89PNG", "Slide (PDF)": b"%PDF", "Results of all twenty": b"setting,seed"}
    for name, start in starts.items():
        address = page.get_by_role("link", name=name).get_attribute("href")
        answer = page.request.get(page.url.split("/compare")[0] + address, timeout=PATIENCE)
        assert answer.status == 200
        assert answer.body().startswith(start)


def test_equal_worlds_are_called_equal(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/compare?lang=en&preset=village&months=60&b.preset=village", ".cc-sentence")
    assert "same in all 20 worlds" in visitor.settled()
    sees(page.get_by_text("The two worlds are the same")).to_have_count(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_sound_for_everybody_in_both_themes(
    visit: Visit, violations: Callable[[Any], list[str]], theme: str
) -> None:
    visitor = visit(color_scheme=theme)
    page = visitor.open(TWO, "canvas")
    visitor.settled()
    assert violations(page) == []


def test_nothing_is_wider_than_a_phone(visit: Visit) -> None:
    visitor = visit(PHONE)
    visitor.open(TWO.replace("lang=en", "lang=hu"), "canvas")
    visitor.settled()
    assert visitor.overflow() <= 0
