"""Worlds: each is simulated once for all visitors, kept within bounds, and equal to the Python API's."""

import gc
import json
import threading
import time
import tracemalloc
from collections.abc import Callable, Sequence
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest

from cocreate.experiments.study.tasks import Keep, RunFailure, RunResult, Task, different
from cocreate.model.model import CoCreationModel
from cocreate.viz.app.lessons import LESSONS, Lesson
from cocreate.viz.app.lessons.catalogue import settings as settings_of_lessons
from cocreate.viz.app.played import DRAWN, EVERY
from cocreate.viz.app.pool import DIED, WorldPool
from cocreate.viz.app.precompute import simulated
from cocreate.viz.app.precomputed import FILE, precomputed, sources
from cocreate.viz.app.replay import replay_of
from cocreate.viz.app.state import Setting
from cocreate.viz.app.verdicts import compared, values_of
from cocreate.viz.app.weights import bytes_of, bytes_of_model
from cocreate.viz.app.worlds import (
    MEGABYTE,
    ROOM_FOR_MODELS,
    ROOM_FOR_REPLAYS,
    ROOM_FOR_RUNS,
    WORLDS,
    Kept,
    SimulationError,
    Worlds,
)

TINY = Setting.of(levers={"regions": 2, "citizens_per_region": 30}, months=36)


@pytest.fixture
def worlds() -> Worlds:
    return Worlds(WorldPool(0))


def test_an_ensemble_holds_what_the_model_gives_for_each_seed(worlds: Worlds) -> None:
    played = list(worlds.ensemble(TINY, 3))
    assert [one.seed for one in played] == [1, 2, 3]
    model = CoCreationModel(TINY.parameters, rng=3)
    model.run()
    assert {name: played[2].outcomes[name] for name in model.outcomes()} == pytest.approx(
        model.outcomes(), nan_ok=True, abs=0, rel=0
    )
    assert played[2].lines.shape == (36 // EVERY, len(DRAWN))
    assert played[2].lines[-1, DRAWN.index("trust")] == np.float32(model.series["trust"][-1])


def test_an_ensemble_stops_when_nobody_waits_any_more(worlds: Worlds) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    assert len(list(worlds.ensemble(TINY, WORLDS, cancelled))) == 2


def test_a_world_is_simulated_once_for_all_visitors(worlds: Worlds) -> None:
    assert worlds.replay(TINY) is worlds.replay(Setting.of(levers=dict(TINY.levers), months=36))
    assert next(worlds.ensemble(TINY)) is next(worlds.ensemble(TINY))


def test_a_replay_and_the_model_for_stories_are_of_one_run(worlds: Worlds) -> None:
    replay, model = worlds.replay(TINY), worlds.model(TINY)
    assert replay.content["series"]["structural"] == model.series["structural"].tolist()


def test_worlds_with_common_seeds_are_compared_in_pairs(worlds: Worlds) -> None:
    before = list(worlds.ensemble(TINY, 6))
    now = list(worlds.ensemble(TINY.with_levers({"communication_channels": 1.0}), 4))
    found = compared(before, now, "trust")
    gain = values_of(now, "trust") - values_of(before[:4], "trust")
    assert found.counts.pairs == 4
    assert found.gap == np.median(values_of(now, "trust")) - np.median(values_of(before[:4], "trust"))
    assert found.counts.more == (gain > 0).sum()


def test_many_who_ask_at_once_wait_for_the_one_who_makes_it() -> None:
    kept: Kept[int] = Kept(5)
    made: list[int] = []

    def make() -> int:
        time.sleep(0.02)
        made.append(1)
        return len(made)

    threads = [threading.Thread(target=kept.get_or_make, args=("a", make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_the_thing_unused_for_longest_makes_room() -> None:
    kept: Kept[int] = Kept(2)
    kept.put("a", 1)
    kept.put("b", 2)
    kept.get("a")
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c"), len(kept)) == (1, None, 3, 2)


def test_what_is_kept_weighs_no_more_than_there_is_room_for() -> None:
    kept: Kept[str] = Kept(10, len)
    for key, thing in [("a", "1234"), ("b", "1234"), ("b", "12"), ("c", "1234")]:
        kept.put(key, thing)
    assert (kept.get("a"), kept.weight, len(kept)) == ("1234", 10, 3)
    kept.put("d", "123")
    assert (kept.get("a"), kept.get("b"), kept.get("c"), kept.weight) == ("1234", None, None, 7)
    kept.put("e", "1" * 11)  # more than there is room for: it stays alone until something else comes
    assert (kept.get("e"), kept.weight, len(kept)) == ("1" * 11, 11, 1)
    kept.put("f", "1")
    assert (kept.get("e"), kept.weight, len(kept)) == (None, 1, 1)


def test_replays_and_models_and_worlds_of_ensembles_give_way_by_their_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    large = TINY.with_levers({"regions": 40})
    replay, model = replay_of(fresh(large)), fresh(large)
    model.run()
    monkeypatch.setattr("cocreate.viz.app.worlds.ROOM_FOR_REPLAYS", bytes_of(replay.content))
    monkeypatch.setattr("cocreate.viz.app.worlds.ROOM_FOR_MODELS", bytes_of_model(model))
    monkeypatch.setattr(
        "cocreate.viz.app.worlds.ROOM_FOR_RUNS",
        3 * bytes_of(next(Worlds(WorldPool(0)).ensemble(TINY)).outcomes),
    )
    here = Worlds(WorldPool(0))
    first, last = here.replay(TINY), here.model(TINY)
    played = list(here.ensemble(TINY, 4))
    assert here.replay(TINY) is first
    assert here.model(TINY) is last
    here.replay(large)
    assert here.replay(TINY) is not first
    assert here.model(TINY) is not last
    assert next(here.ensemble(TINY, 4)) is not played[0]


def test_the_size_of_a_replay_is_what_it_takes_in_memory_or_somewhat_more() -> None:
    text = replay_of(fresh(Setting())).to_json()
    taken, content = taken_by(lambda: json.loads(text))
    assert taken <= bytes_of(content) <= 3 * taken


def test_the_size_of_a_model_is_what_it_takes_in_memory() -> None:
    def run() -> CoCreationModel:
        model = fresh(Setting.of("city", months=24))
        model.run()
        return model

    run()  # what is compiled and kept for all is there now
    taken, model = taken_by(run)
    assert bytes_of_model(model) == pytest.approx(taken, rel=0.15)


def test_the_page_on_hosting_states_how_much_is_kept() -> None:
    text = (Path(__file__).parents[3] / "docs" / "hosting.md").read_text("utf-8")
    for room in (ROOM_FOR_REPLAYS, ROOM_FOR_MODELS, ROOM_FOR_RUNS):
        assert f"{room // MEGABYTE} MB" in text


def fresh(setting: Setting) -> CoCreationModel:
    return CoCreationModel(setting.parameters, rng=setting.seed, diaries=True)


def taken_by[T](make: Callable[[], T]) -> tuple[int, T]:
    """Return how many bytes are taken by what a function makes, and the thing itself."""
    gc.collect()
    tracemalloc.start()
    try:
        made = make()
        gc.collect()
        return tracemalloc.get_traced_memory()[0], made
    finally:
        tracemalloc.stop()


def test_what_could_not_be_made_is_made_by_the_next_who_asks() -> None:
    kept: Kept[int] = Kept(2)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.get_or_make("a", fail)
    assert kept.being_made == 0
    assert kept.get_or_make("a", lambda: 4) == 4
    assert kept.being_made == 0


class Dying(WorldPool):
    """A pool whose processes die at some of the first requests.

    Attributes:
        asked: Seeds asked for.
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__(0)
        self.kinds = list(kinds)
        self.asked: list[int] = []

    def simulate(self, task: Task, keep: Keep) -> Callable[[], RunResult | RunFailure]:
        """Give a failure of the next kind, a world where none is left."""
        self.asked.append(task.seed)
        kind = self.kinds.pop(0) if self.kinds else ""
        if not kind:
            return super().simulate(task, keep)
        return lambda: RunFailure(task.key, kind, "gone")


def test_a_world_whose_process_died_is_simulated_once_more() -> None:
    pool = Dying([DIED])
    assert [one.seed for one in Worlds(pool).ensemble(TINY, 2)] == [1, 2]
    assert sorted(pool.asked) == [1, 1, 2]


@pytest.mark.parametrize(("kinds", "asked"), [([DIED, "", DIED], [1, 1, 2]), (["TimeLimitError"], [1, 2])])
def test_a_world_that_fails_again_or_for_a_reason_of_its_own_is_told(
    kinds: list[str], asked: list[int]
) -> None:
    pool = Dying(kinds)
    with pytest.raises(SimulationError, match="seed 1 came to nothing: gone"):
        list(Worlds(pool).ensemble(TINY, 2))
    assert sorted(pool.asked) == asked


@pytest.mark.slow
def test_an_ensemble_goes_on_when_its_only_process_is_killed() -> None:
    others = active_children()
    pool = WorldPool(1)
    try:
        pool.start()
        (process,) = (one for one in active_children() if one not in others)
        process.kill()
        assert len(list(Worlds(pool).ensemble(TINY, 2))) == 2
    finally:
        pool.close()


@pytest.mark.slow
def test_a_process_gives_the_same_world_as_this_one() -> None:
    pool = WorldPool(1)
    try:
        pool.start()
        elsewhere = list(Worlds(pool).ensemble(TINY, 2))
    finally:
        pool.close()
    here = list(Worlds(WorldPool(0)).ensemble(TINY, 2))
    for one, other in zip(elsewhere, here, strict=True):
        assert one.outcomes == pytest.approx(other.outcomes, nan_ok=True, abs=0, rel=0)


SHIPPED = {
    "usual": Setting(),
    "village": Setting.of("village"),
    "probation": Setting.of("probation_reversal"),
    "lesson": settings_of_lessons()[-1],
}


def test_the_shipped_worlds_are_of_this_model() -> None:
    with np.load(FILE) as file:
        assert str(file["sources"]) == sources(), "The model changed: run `make precomputed`."


@pytest.mark.parametrize(("model", "found"), [("of another model", False), (sources(), True)])
def test_shipped_worlds_of_another_model_are_not_used(
    model: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with np.load(FILE) as shipped:
        np.savez(tmp_path / "ensembles.npz", **{**shipped, "sources": np.array(model)})
    monkeypatch.setattr("cocreate.viz.app.precomputed.FILE", tmp_path / "ensembles.npz")
    read = precomputed.__wrapped__()
    assert (len(read) > 0) == found
    task = Task("", 1, different(Setting().parameters), ())
    assert (read.get(task) is not None) == found


@pytest.mark.baseline
@pytest.mark.parametrize("setting", SHIPPED.values(), ids=SHIPPED)
def test_a_shipped_world_is_the_same_to_the_last_bit_when_it_is_simulated_again(setting: Setting) -> None:
    task = Task("", 7, different(setting.parameters), setting.all_interventions)
    shipped = precomputed().get(task)
    assert shipped is not None
    again = simulated(task)
    assert shipped.lines.tobytes() == again.lines.tobytes()
    assert (
        np.array(list(shipped.outcomes.values())).tobytes()
        == np.array([again.outcomes[name] for name in shipped.outcomes]).tobytes()
    )


@pytest.mark.parametrize("lesson", [one for one in LESSONS if one.outcome], ids=lambda one: one.id)
def test_the_worlds_of_lessons_are_shipped(lesson: Lesson) -> None:
    for setting in [lesson.setting_before(), *(lesson.setting(one) for one in lesson.choices)]:
        task = Task("", WORLDS, different(setting.parameters), setting.all_interventions)
        assert precomputed().get(task) is not None
