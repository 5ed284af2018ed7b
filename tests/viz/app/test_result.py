"""Results on pages: worlds that are missing are told, and nothing is said of chance before all have come."""

import math

import numpy as np
import pytest

solara = pytest.importorskip("solara", reason='The app is not installed: pip install "cocreate[app]"')

from cocreate.agents.errors import CocreateError  # noqa: E402
from cocreate.experiments.analysis.estimate import Estimate  # noqa: E402 - after the skip
from cocreate.experiments.study.tasks import KEPT_OUTCOMES  # noqa: E402
from cocreate.model.parameters import Value  # noqa: E402
from cocreate.viz.app import compare_parts, replays  # noqa: E402
from cocreate.viz.app.background import Progress  # noqa: E402
from cocreate.viz.app.chance import Counts  # noqa: E402
from cocreate.viz.app.compare_parts import Gap, SharesOfParts, Without  # noqa: E402
from cocreate.viz.app.ensembles import Ensembles  # noqa: E402
from cocreate.viz.app.lessons import LESSONS, Kind, result_step, tokens  # noqa: E402
from cocreate.viz.app.lessons.play import Play  # noqa: E402
from cocreate.viz.app.played import DRAWN, Played  # noqa: E402
from cocreate.viz.app.result import Result  # noqa: E402
from cocreate.viz.app.shares import Shares, key_of, parts_between  # noqa: E402
from cocreate.viz.app.state import Setting, read_query  # noqa: E402
from cocreate.viz.app.verdicts import gap_text  # noqa: E402
from cocreate.viz.app.visit import Visit  # noqa: E402
from cocreate.viz.app.words import Words  # noqa: E402
from cocreate.viz.app.worlds import WORLDS  # noqa: E402

WORDS = Words("en", strict=True)
FIRST = Setting()
SECOND = Setting.of(levers={"training": 0.5})
FAILED, CLEAR = WORDS("explore.failed"), WORDS("verdict.clear")
NO_SHARES = WORDS("compare.no_shares")
WAITING = (WORDS("result.waiting", worlds=WORLDS), WORDS("explore.waiting"))


def found(worlds: int) -> Ensembles:
    """Return worlds that differ in trust by a gap too large for chance."""

    def played(trust: float) -> tuple[Played, ...]:
        return tuple(
            Played(
                seed,
                {**dict.fromkeys(KEPT_OUTCOMES, 0.5), "trust": trust + seed % 3 / 100},
                np.full((4, len(DRAWN)), trust, np.float32),
            )
            for seed in range(1, worlds + 1)
        )

    return Ensembles((FIRST, SECOND), (played(0.3), played(0.6)))


def texts(box: object) -> str:
    """Return all texts in a tree of elements, markup included."""
    children = getattr(box, "children", [])
    own = [one if isinstance(one, str) else texts(one) for one in children]
    return " ".join([*own, getattr(box, "unsafe_innerHTML", "") or ""])


def shown(element: object) -> str:
    box, context = solara.render(element, handle_error=False)
    text = texts(box)
    context.close()
    return text


@pytest.mark.parametrize("part", [Result, Gap], ids=["explore", "compare"])
@pytest.mark.parametrize(
    ("progress", "told", "left"),
    [
        (Progress("a", None), [WAITING[0]], [FAILED]),
        (Progress("a", None, done=True, failed=True), [FAILED], [*WAITING]),
        (Progress("a", found(12)), ["higher in 12 of 12", "12 of 20 pairs"], [FAILED, CLEAR]),
        (
            Progress("a", found(12), done=True, failed=True),
            [FAILED, "higher in 12 of 12", "12 of 20 pairs"],
            [CLEAR, *WAITING],
        ),
        (Progress("a", found(WORLDS), done=True), ["higher in 20 of 20", CLEAR], [FAILED, "of 20 pairs"]),
    ],
    ids=["waiting", "failed", "some", "some and failed", "all"],
)
def test_a_result_tells_which_worlds_are_missing(
    part: object, progress: Progress[Ensembles], told: list[str], left: list[str]
) -> None:
    text = shown(part(WORDS, progress, ("a", "b"), "trust"))  # type: ignore[operator]
    assert [one for one in told if one not in text] == []
    assert [one for one in left if one in text] == []


@pytest.mark.parametrize(
    ("progress", "told", "left"),
    [
        (Progress("a", None, done=True, failed=True), [FAILED], [*WAITING]),
        (
            Progress("a", found(12), done=True, failed=True),
            [FAILED, "higher in 12 of 12", "12 of 20"],
            [CLEAR, *WAITING],
        ),
        (Progress("a", found(12)), ["higher in 12 of 12", "12 of 20"], [CLEAR, FAILED]),
        (Progress("a", found(WORLDS), done=True), ["higher in 20 of 20", CLEAR], [FAILED]),
    ],
    ids=["failed", "some and failed", "some", "all"],
)
def test_what_would_happen_without_a_change_tells_which_worlds_are_missing(
    progress: Progress[Ensembles], told: list[str], left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_parts, "use_ensembles", lambda _settings: progress)
    monkeypatch.setattr(solara, "use_reactive", lambda _start: solara.Reactive("training"))
    text = shown(Without(WORDS, FIRST, SECOND, parts_between(FIRST, SECOND), "trust"))
    assert [one for one in told if one not in text] == []
    assert [one for one in left if one in text] == []


HALF = Shares((Estimate(0.2, 0.1, 0.3),) * 2, Estimate(0.4, 0.3, 0.5), Counts(12, 0, 12))
NOISE, OPPOSED = WORDS("compare.shares_of_noise"), WORDS("compare.shares_opposed")


@pytest.mark.parametrize(
    ("progress", "told", "left"),
    [
        (Progress("a", None), [WAITING[1]], [FAILED, NO_SHARES]),
        (Progress("a", None, done=True, failed=True), [FAILED], [WAITING[1], NO_SHARES]),
        (Progress("a", HALF, done=True, failed=True), [FAILED, "50%"], [WAITING[1], NO_SHARES]),
        (Progress("a", HALF), ["50%", "12 of 20"], [FAILED, NO_SHARES]),
        (Progress("a", HALF, done=True), ["50%"], [FAILED, NO_SHARES, "12 of 20"]),
        (Progress("a", CocreateError("no"), done=True), [NO_SHARES], [FAILED, WAITING[1]]),
    ],
    ids=["waiting", "failed", "some and failed", "some", "all", "refused"],
)
def test_shares_tell_which_worlds_are_missing(
    progress: Progress[Shares], told: list[str], left: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_between(FIRST, Setting.of(levers={"training": 0.5, "mandate": 0.5}))
    monkeypatch.setattr(compare_parts, "use_background", lambda _work, _key: progress)
    monkeypatch.setattr(solara, "use_reactive", lambda _start: solara.Reactive(key_of(FIRST, parts, "trust")))
    text = shown(SharesOfParts(WORDS, FIRST, parts, "trust"))
    assert [one for one in told if one not in text] == []
    assert [one for one in left if one in text] == []


@pytest.mark.parametrize(
    ("values", "counts", "done", "told", "left"),
    [
        (
            (0.52, -0.12),
            Counts(18, 2, 20),
            True,
            [OPPOSED, "+52.0 points", "-12.0 points"],
            [NOISE, "130%", "-30%"],
        ),
        ((0.4003, -0.0003), Counts(18, 2, 20), True, ["100%"], [NOISE, OPPOSED]),
        ((-0.3, -0.1), Counts(1, 19, 20), True, ["75%", "less: 19, of 20"], [NOISE, OPPOSED]),
        ((0.3, 0.1), Counts(2, 1, 3), False, ["more: 2, less: 1, of 3"], [NOISE, OPPOSED, "75%"]),
        ((0.3, 0.1), Counts(12, 8, 20), True, [NOISE], [OPPOSED, "75%"]),
        ((0.3, 0.1), Counts(3, 17, 20), True, [NOISE], [OPPOSED, "75%"]),
    ],
    ids=["opposed", "opposed by next to nothing", "less", "some", "noise", "counts against the mean"],
)
def test_shares_are_percentages_only_of_a_sure_gap_that_all_changes_work_towards(
    values: tuple[float, float],
    counts: Counts,
    done: bool,
    told: list[str],
    left: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts = parts_between(FIRST, Setting.of(levers={"training": 0.5, "mandate": 0.5}))
    estimates = tuple(Estimate(one, one - 0.5, one + 0.5) for one in values)
    found = Shares(estimates, Estimate(sum(values), 0.0, 1.0), counts)
    monkeypatch.setattr(compare_parts, "use_background", lambda _work, _key: Progress("a", found, done=done))
    monkeypatch.setattr(solara, "use_reactive", lambda _start: solara.Reactive(key_of(FIRST, parts, "trust")))
    text = shown(SharesOfParts(WORDS, FIRST, parts, "trust"))
    assert [one for one in told if one not in text] == []
    assert [one for one in left if one in text] == []


@pytest.mark.parametrize(
    ("size", "counts", "bars"),
    [
        (0.0002, Counts(9, 8, 20), False),
        (0.0002, Counts(19, 1, 20), True),
        (0.004, Counts(9, 8, 20), True),
    ],
    ids=["zero and noise", "zero but sure", "noise"],
)
def test_shares_are_gaps_in_points_and_bars_stand_only_where_there_is_something_to_see(
    size: float, counts: Counts, bars: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(compare_parts, "markup", said.append)
    parts = parts_between(FIRST, Setting.of(levers={"training": 0.5, "mandate": 0.5}))
    estimates = tuple(Estimate(one, one - size, math.nan) for one in (size, size / 2))
    found = Shares(estimates, Estimate(1.5 * size, 0.0, 1.0), counts)
    monkeypatch.setattr(compare_parts, "use_background", lambda _work, _key: Progress("a", found, done=True))
    monkeypatch.setattr(solara, "use_reactive", lambda _start: solara.Reactive(key_of(FIRST, parts, "trust")))
    text = " ".join([shown(SharesOfParts(WORDS, FIRST, parts, "trust")), *said])
    assert ("cc-bars" in text) is bars
    assert WORDS("compare.total", total=gap_text(WORDS, "trust", 1.5 * size), count=counts.pairs) in text
    for value in (size, size / 2):
        assert gap_text(WORDS, "trust", value) in text
    assert WORDS("compare.interval", low=gap_text(WORDS, "trust", 0.0), high=WORDS("verdict.none")) in text


@pytest.mark.parametrize(
    ("outcome", "values", "told"),
    [
        (
            "structural_per_region",
            (0.441, 0.339, 1.02),
            ["divide: +1.80,", "+0.44 · 24.5%", "+0.34 · 18.8%", "+1.02 · 56.7%"],
        ),
        ("trust", (0.0144, 0.0144), ["divide: +2.88 points", "+1.44 points · 50%"]),
        ("trust", (0.1, 0.1, 0.1), ["divide: +30.0 points", "+10.0 points · 33.4%", "+10.0 points · 33.3%"]),
    ],
)
def test_parts_add_up_to_the_gap_as_both_are_written(
    outcome: str, values: tuple[float, ...], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(compare_parts, "markup", said.append)
    names = ("training", "mandate", "support_infrastructure")[: len(values)]
    levers: dict[str, Value] = dict.fromkeys(names, 0.5)
    parts = parts_between(FIRST, Setting.of(levers=levers))
    found = Shares(
        tuple(Estimate(one, one - 0.5, one + 0.5) for one in values),
        Estimate(sum(values), 0.0, 3.0),
        Counts(19, 1, 20),
    )
    monkeypatch.setattr(compare_parts, "use_background", lambda _work, _key: Progress("a", found, done=True))
    monkeypatch.setattr(solara, "use_reactive", lambda _start: solara.Reactive(key_of(FIRST, parts, outcome)))
    text = " ".join([shown(SharesOfParts(WORDS, FIRST, parts, outcome)), *said])
    assert [one for one in told if one not in text] == []
    assert WORDS("compare.total_note") in text  # which says why it is not the gap between the middles


def test_what_reforms_bring_alone_adds_up_to_the_sum_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def played(value: float) -> tuple[Played, ...]:
        lines = np.zeros((1, len(DRAWN)), np.float32)
        return tuple(Played(seed, {"structural_per_region": value}, lines) for seed in range(WORLDS))

    worlds = Ensembles((FIRST,) * 4, tuple(played(one) for one in (0.0, 0.3, 0.14, 0.14)))
    said: list[str] = []
    monkeypatch.setattr(tokens, "markup", said.append)
    monkeypatch.setattr(tokens, "use_ensembles", lambda _settings: Progress("a", worlds, done=True))
    lesson = next(one for one in LESSONS if one.kind is Kind.TOKENS)
    query = f"lesson.guess={lesson.reforms[0].name},{lesson.reforms[1].name}"
    visit = Visit("/lessons/together", query, WORDS, read_query(query), lambda _to: None)
    text = shown(tokens.Apart(Play(visit, lesson)))
    assert "Together they bring +0.30" in text
    assert "added up, would bring +0.28" in text
    assert said[0].count("+0.14") == 2


@pytest.mark.parametrize(("worlds", "told"), [(12, False), (WORLDS, True)])
def test_a_lesson_answers_a_guess_once_all_worlds_are_there(
    worlds: int, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = Progress("a", found(worlds), done=told)
    monkeypatch.setattr(result_step, "use_ensembles", lambda _settings: progress)
    lesson = next(one for one in LESSONS if one.kind is Kind.WAY)
    query = "lesson.guess=same"
    visit = Visit(f"/lessons/{lesson.id}", query, WORDS, read_query(query), lambda _to: None)
    text = shown(result_step.ResultStep(Play(visit, lesson)))
    assert ("that is what the worlds show" in text) == told
    assert (WORDS("verdict.same") in text) == told


def test_a_replay_that_failed_is_not_waited_for() -> None:
    text = shown(replays.World(Progress("a", None, done=True, failed=True)))
    assert FAILED in text
    assert WAITING[1] not in text
