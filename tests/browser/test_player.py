"""The player, from disk and with the network off: what it shows is what the replay holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("anywidget", reason='The app is not installed: pip install "cocreate[app]"')

from cocreate.model.interventions import Intervention
from cocreate.model.model import CoCreationModel
from cocreate.viz.app.export import page_of
from cocreate.viz.app.replay import Replay, replay_of
from cocreate.viz.app.words import Words
from tests.browser.visitors import PATIENCE, Visit, patient, sees, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESKTOP, PHONE = (1280, 900), (390, 844)
PLAYER = "document.querySelector('.ccp-player').player"
LONGEST_FRAME = 0.25
"""Seconds that one frame plays at most, so that nobody misses months while the computer does other things."""

SLOWER = 25
"""How many times slower a slow computer is than this one."""

type Open = Callable[..., Any]


@pytest.fixture(scope="session")
def twins() -> tuple[Replay, Replay]:
    """Return the default world with standing support, of 1,250 people, and its twin without."""
    change = Intervention(48, "commitment", 24)
    mine = CoCreationModel(rng=1, support_infrastructure=0.8, interventions=[change], diaries=True)
    return replay_of(mine), replay_of(CoCreationModel(rng=1, diaries=True))


@pytest.fixture(scope="session")
def page_file(twins: tuple[Replay, Replay], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the exported page of both worlds."""
    path = tmp_path_factory.mktemp("export") / "world.html"
    path.write_text(page_of(twins[0], Words("en", strict=True), other=twins[1], caption="Twins"), "utf-8")
    return path


@pytest.fixture
def opened(chromium: Any, page_file: Path) -> Iterator[Open]:
    """Return a function that opens the exported page; the test fails on any error or request of the page."""
    problems: list[str] = []
    contexts = []

    def open_page(size: tuple[int, int] = DESKTOP, **options: Any) -> Any:
        view = {"width": size[0], "height": size[1]}
        context = patient(chromium.new_context(viewport=view, offline=True, **options))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda one: problems.append(one.text) if one.type in ("error", "warning") else None
        )
        page.on("request", lambda one: problems.append(one.url) if one.url != page_file.as_uri() else None)
        page.goto(page_file.as_uri())
        page.wait_for_selector(".ccp-picture")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def open_table(page: Any) -> Any:
    """Open the table of a world, and return its rows."""
    page.get_by_text("Show as a table").click()
    return page.locator(".ccp-player table tbody tr")


def open_key(page: Any) -> None:
    """Open the key to the signs, and wait until it is there."""
    page.get_by_text("What the signs mean").click()
    page.locator(".ccp-player details[open] > :nth-child(2)").first.wait_for()


def time_of(page: Any) -> float:
    """Return the position that the player shows."""
    return float(page.evaluate(f"{PLAYER}.time"))


def test_what_the_browser_decodes_is_what_the_replay_holds(
    opened: Open, twins: tuple[Replay, Replay]
) -> None:
    page = opened()
    content = twins[0].content
    for position in (1, 60, 180):
        counts = page.evaluate(f"{PLAYER}.replay.countsAt({position})")
        assert counts["services"] == content["series"]["structural"][position - 1]
        seated = page.evaluate(f"{PLAYER}.replay.staysAt({position}).length")
        spans = zip(content["stays"]["from"], content["stays"]["to"], strict=True)
        assert seated == sum(begin <= position < end for begin, end in spans)
    ties = page.evaluate(f"[...{PLAYER}.replay.tiesAt(0).layers.colleagues]")
    model = CoCreationModel(rng=1, support_infrastructure=0.8)
    graph = model.graph("colleagues")
    pairs = list(zip(ties[::2], ties[1::2], strict=True))
    assert {tuple(sorted(edge[:2])) for edge in graph.edges} == set(pairs)


def test_everybody_is_drawn_where_the_data_says(opened: Open) -> None:
    page = opened()
    page.evaluate(f"{PLAYER}.seek(90)")
    inked = page.evaluate(
        f"""() => {{
          const player = {PLAYER}; const copy = document.createElement("canvas"); let blank = 0;
          copy.width = player.picture.width; copy.height = player.picture.height;
          const pen = copy.getContext("2d", {{ willReadFrequently: true }});
          pen.drawImage(player.picture, 0, 0);
          const paper = player.palette.region;
          const two = (part) => part.toString(16).padStart(2, "0").toUpperCase();
          const hex = (data) => "#" + [0, 1, 2].map((i) => two(data[i])).join("");
          for (let person = 0; person < player.replay.count; person++) {{
            if (player.replay.hard[person]) continue;
            const [x, y] = player.scene.placeOf(person).map((v) => Math.round(v * player.scale));
            if (hex(pen.getImageData(x, y, 1, 1).data) === paper) blank++;
          }}
          return blank;
        }}"""
    )
    assert inked == 0


def test_keys_play_step_and_jump(opened: Open, twins: tuple[Replay, Replay]) -> None:
    page = opened()
    page.focus(".ccp-stage")
    marks = sorted({mark[0] for mark in twins[0].content["marks"]})
    for key, position in (
        ("End", 180), ("ArrowLeft", 179), ("Shift+ArrowLeft", 167), ("Home", 0), ("ArrowRight", 1),
        ("PageDown", marks[0]), ("PageDown", marks[1]), ("PageUp", marks[0]),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert time_of(page) == position, key
    page.keyboard.press("Space")
    wait_until(page, f"{PLAYER}.time > {marks[0] + 1}")
    page.keyboard.press("Space")
    assert page.evaluate(f"{PLAYER}.playing") is False
    assert time_of(page) == int(time_of(page))


def test_each_month_is_told_in_words_and_aloud(opened: Open, twins: tuple[Replay, Replay]) -> None:
    page = opened()
    first = twins[0].content["marks"][0]
    page.evaluate(f"{PLAYER}.seek({first[0]})")
    said = page.inner_text(".ccp-sentence")
    when = Words("en").month(first[0] - 1)
    assert said.startswith(f"{when}.")
    assert "a council is elected" in said
    assert page.text_content("[aria-live=polite]") == said
    assert said in page.get_attribute(".ccp-picture", "aria-label")
    assert page.get_attribute(".ccp-scrub", "aria-valuetext") == when


def test_a_mark_of_the_timeline_leads_to_its_month(opened: Open, twins: tuple[Replay, Replay]) -> None:
    page = opened()
    mark = next(mark for mark in twins[0].content["marks"] if mark[1] == "structural")
    row = page.evaluate(f"{PLAYER}.timeline.rowY(3)")
    x = page.evaluate(f"{PLAYER}.timeline.x({mark[0]})")
    page.locator(".ccp-line").click(position={"x": x, "y": row})
    assert time_of(page) == mark[0]
    assert page.evaluate(f"{PLAYER}.scene.picked") == {"kind": "initiative", "index": mark[3]}
    assert f"Initiative {mark[3]}" in page.inner_text(".ccp-picked")


def test_a_click_picks_who_stands_there_and_the_list_does_the_same(opened: Open) -> None:
    page = opened()
    page.evaluate(f"{PLAYER}.seek(60)")
    x, y = page.evaluate(f"{PLAYER}.scene.placeOf(5)")
    page.locator(".ccp-picture").click(position={"x": x, "y": y})
    assert page.evaluate(f"{PLAYER}.model.get('picked')") == {"kind": "person", "index": 5}
    assert "5, Region 1" in page.inner_text(".ccp-picked")
    seated = page.evaluate(f"{PLAYER}.replay.stays.person[{PLAYER}.replay.staysAt(60)[0]]")
    page.get_by_label("Whose story?").select_option(f"person:{seated}")
    assert page.evaluate(f"{PLAYER}.model.get('picked')") == {"kind": "person", "index": seated}
    page.focus(".ccp-stage")
    page.keyboard.press("Escape")
    assert page.evaluate(f"{PLAYER}.model.get('picked')") == {}


def test_one_region_can_be_looked_at_and_left(opened: Open) -> None:
    page = opened()
    everyone = page.evaluate(f"{PLAYER}.stage.radius")
    page.get_by_label("Look at").select_option(label="Region 4")
    assert page.evaluate(f"{PLAYER}.stage.radius") > 2 * everyone
    assert "Region 4." in page.inner_text(".ccp-sentence")
    page.focus(".ccp-stage")
    page.keyboard.press("Escape")
    assert page.evaluate(f"{PLAYER}.stage.radius") == everyone


def test_the_table_holds_what_the_picture_shows(opened: Open, twins: tuple[Replay, Replay]) -> None:
    page = opened()
    rows = open_table(page)
    sees(rows).to_have_count(30)
    cells = rows.nth(4).locator("td").all_inner_texts()
    assert int(cells[2]) == twins[0].content["series"]["structural"][59]
    marks = page.locator(".ccp-marks button")
    sees(marks).to_have_count(len(twins[0].content["marks"]))
    marks.nth(3).click()
    assert time_of(page) == twins[0].content["marks"][3][0]


def test_time_passes_at_the_chosen_rate_however_often_the_picture_is_drawn(opened: Open) -> None:
    page = opened()
    drawn = page.evaluate(
        f"""() => {{
          const player = {PLAYER}; let next = null;
          window.requestAnimationFrame = (act) => {{ next = act; return 1; }};
          const play = (times) => {{
            player.seek(60); player.frames = 0; player.play();
            for (const time of times) next(time);
            const months = player.time - 60;
            player.pause();
            return [player.frames, months];
          }};
          const every = (step) => Array.from({{ length: 2000 / step + 1 }}, (_, place) => place * step);
          return [play(every(10)), play(every(50)), play(every(200)), play([0, 100, 9000])];
        }}"""
    )
    assert [frames for frames, _ in drawn] == [201, 41, 11, 3]
    assert [months for _, months in drawn] == pytest.approx([12, 12, 12, 6 * (0.1 + LONGEST_FRAME)])


def test_who_asks_for_less_motion_steps_and_nothing_moves(opened: Open) -> None:
    page = opened(reduced_motion="reduce")
    assert not page.get_by_role("button", name="Play", exact=True).is_visible()
    page.focus(".ccp-stage")
    page.keyboard.press("Space")
    assert time_of(page) == 1
    page.evaluate(f"{PLAYER}.play()")
    page.wait_for_timeout(200)
    assert time_of(page) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_nothing_runs_over_the_edge_and_both_themes_have_their_colours(
    opened: Open, scheme: str, size: tuple[int, int]
) -> None:
    page = opened(size, color_scheme=scheme, device_scale_factor=2)
    open_key(page)
    sees(open_table(page)).not_to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.get_attribute(".ccp-player", "data-theme") == scheme
    sharp = page.evaluate(f"{PLAYER}.picture.width / {PLAYER}.picture.clientWidth")
    assert sharp == pytest.approx(2, abs=0.02)


def test_the_pictures_are_laid_out_once_for_each_size_of_the_window(opened: Open) -> None:
    page = opened()
    page.evaluate(
        f"""() => {{
          const player = {PLAYER}, resize = player.resize.bind(player);
          player.resize = () => {{ player.laidOut = (player.laidOut || 0) + 1; resize(); }};
        }}"""
    )
    for times, size in enumerate([(900, 900), (900, 700), (390, 844)], 1):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        wait_until(page, f"{PLAYER}.laidOut >= {times}")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(f"{PLAYER}.laidOut") == times
        room = page.evaluate(f"[{PLAYER}.root.clientWidth, {PLAYER}.picture.clientWidth]")
        assert room[0] - 1 <= room[1] <= room[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Open, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(color_scheme=scheme)
    open_key(page)
    sees(open_table(page)).not_to_have_count(0)
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_the_view_stays_when_the_world_changes(opened: Open) -> None:
    page = opened()
    page.get_by_label("Look at").select_option(label="Region 2")
    page.get_by_label("Colleagues", exact=True).check()
    page.evaluate(f"() => {{ {PLAYER}.seek(33); {PLAYER}.rebuild(); }}")
    assert time_of(page) == 33
    assert page.get_by_label("Look at").input_value() == "1"
    assert page.get_by_label("Colleagues", exact=True).is_checked()


def test_a_page_with_its_twin_stays_small(page_file: Path) -> None:
    assert page_file.stat().st_size < 400_000


def test_a_slow_computer_gets_its_picture_later_and_not_never(visit: Visit) -> None:
    page = visit().page
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{visit().address}/explore?lang=en&preset=village&months=24")
    page.wait_for_function(f"document.querySelector('.ccp-player') && {PLAYER}.replay", timeout=2 * PATIENCE)
