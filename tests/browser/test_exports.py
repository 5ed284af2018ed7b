"""What is taken home: a page that plays from disk without a network, and numbers that are the model's own."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

import pytest

from cocreate.experiments.study.tasks import KEPT_OUTCOMES, Keep, RunResult, Task, different, simulate_task
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import MONTHLY
from cocreate.viz.app.state import Setting, read_levers_file
from tests.browser.visitors import Visit, patient, sees, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINK = "/explore?lang=en&preset=village&months=60&seed=7&sector_silo=0.2"
MINE = Setting.of("village", {"sector_silo": 0.2}, seed=7, months=60)
PLAYER = "document.querySelector('.ccp-player').player"


def taken(page: Any, name: str, folder: Path) -> Path:
    """Click a link to a file, and return where it was saved."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    path = folder / str(download.value.suggested_filename)
    download.value.save_as(path)
    return path


def test_the_page_that_is_taken_home_plays_from_disk_without_a_network(
    visit: Visit, chromium: Any, tmp_path: Path
) -> None:
    online = visit().open(LINK, "canvas")
    path = taken(online, "A page that plays without a network", tmp_path)
    online.locator(".ccp-stage").focus()
    online.keyboard.press("End")
    context = patient(chromium.new_context(offline=True))
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda one: problems.append(one.text))
    page.on("request", lambda one: problems.append(one.url) if one.url != path.as_uri() else None)
    page.goto(path.as_uri())
    page.get_by_role("button", name="Play", exact=True).click()
    wait_until(page, f"{PLAYER}.time > 1 && {PLAYER}.frames > 2")
    page.get_by_role("button", name="Pause", exact=True).click()
    page.locator(".ccp-stage").focus()
    page.keyboard.press("End")
    sees(page.locator(".ccp-sentence")).to_have_text(online.locator(".ccp-sentence").inner_text())
    assert page.evaluate(f"[{PLAYER}.replay.seed, {PLAYER}.replay.levers.sector_silo]") == [7, 0.2]
    sees(page.locator("footer")).to_contain_text("sector_silo 0.2")
    assert problems == []
    context.close()


def test_the_numbers_by_month_are_those_of_the_python_api_for_the_same_seed(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit().open(LINK, ".cc-files")
    rows = list(csv.reader(io.StringIO(taken(page, "Numbers by month", tmp_path).read_text("utf-8"))))
    model = CoCreationModel(MINE.parameters, rng=7)
    model.run()
    told = ["seed", "version", *sorted(different(MINE.parameters)), "month"]
    assert rows[0] == [*told, *MONTHLY]
    assert rows[1][0] == "7"
    assert rows[1][told.index("sector_silo")] == "0.2"
    for place, name in enumerate(MONTHLY, start=len(told)):
        column = [float(row[place]) if row[place] else math.nan for row in rows[1:]]
        assert column == pytest.approx(model.series[name].tolist(), rel=0, abs=0, nan_ok=True), name


def test_the_results_of_all_twenty_worlds_are_those_of_the_study_engine(visit: Visit, tmp_path: Path) -> None:
    page = visit().open(LINK, ".cc-files")
    rows = csv.DictReader(io.StringIO(taken(page, "Results of all twenty", tmp_path).read_text("utf-8")))
    found = [row for row in rows if row["setting"] == "second"]
    assert [int(row["seed"]) for row in found] == list(range(7, 27))
    for row in found[::6]:
        seed = int(row["seed"])
        run = simulate_task(Task("", seed, different(MINE.parameters)), Keep())
        assert isinstance(run, RunResult)
        assert row["sector_silo"] == "0.2"
        told = [float(row[name]) if row[name] else math.nan for name in KEPT_OUTCOMES]
        assert told == pytest.approx(run.outcomes.tolist(), rel=0, abs=0, nan_ok=True)


def test_settings_that_were_taken_home_are_the_world_that_was_looked_at(visit: Visit, tmp_path: Path) -> None:
    page = visit().open(LINK, ".cc-files")
    reading = read_levers_file(taken(page, "Settings (TOML)", tmp_path).read_text("utf-8"))
    assert reading.problems == ()
    assert reading.setting.parameters == MINE.parameters
