"""Worlds: runs for all visitors, each simulated once and kept as long as there is room."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import cache

from cocreate.agents.errors import CocreateError
from cocreate.experiments.study.tasks import Keep, RunFailure, RunResult, Task, different
from cocreate.model.model import CoCreationModel
from cocreate.viz.app.played import DRAWN, Played, played_from
from cocreate.viz.app.pool import DIED, WorldPool
from cocreate.viz.app.precomputed import precomputed
from cocreate.viz.app.replay import Replay, replay_of
from cocreate.viz.app.state import Setting
from cocreate.viz.app.weights import bytes_of, bytes_of_model

logger = logging.getLogger("cocreate.app")

WORLDS = 20
"""Worlds of an ensemble."""

AHEAD = 2
"""Worlds that one visitor may have waiting at a time, so that all visitors take turns."""

MEGABYTE = 1_000_000

ROOM_FOR_REPLAYS = 256 * MEGABYTE
ROOM_FOR_MODELS = 512 * MEGABYTE
ROOM_FOR_RUNS = 64 * MEGABYTE
"""Bytes of replays, of finished models for stories, and of worlds of ensembles that are kept.

A replay counts 1 MB in the default world, and 215 MB in the largest and busiest that the app allows; a model
2 and 230 MB; a world of an ensemble 9 and 14 kB.
"""


class SimulationError(CocreateError):
    """A world could not be simulated."""


class Kept[T]:
    """A bounded store that makes each thing once, however many threads ask for it at the same time."""

    def __init__(self, room: int, weigh: Callable[[T], int] = lambda _: 1) -> None:
        """Start empty.

        Args:
            room: Weight of all things that are kept; those unused for longest go first. The last one that
                was put stays whatever it weighs.
            weigh: Returns what a thing weighs; each weighs 1 if not told otherwise.
        """
        self._room = room
        self._weigh = weigh
        self._things: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._weight = 0
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many things are kept now."""
        return len(self._things)

    @property
    def weight(self) -> int:
        """What all things that are kept now weigh."""
        return self._weight

    @property
    def being_made(self) -> int:
        """How many things somebody waits for now."""
        return len(self._making)

    def get(self, key: str) -> T | None:
        """Return a thing, None when it is not kept."""
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key][0]

    def put(self, key: str, thing: T) -> None:
        """Keep a thing, in place of the one of that key."""
        weight = self._weigh(thing)
        with self._lock:
            _, before = self._things.pop(key, (None, 0))
            self._things[key] = (thing, weight)
            self._weight += weight - before
            while self._weight > self._room and len(self._things) > 1:
                _, (_, gone) = self._things.popitem(last=False)
                self._weight -= gone

    def get_or_make(self, key: str, make: Callable[[], T]) -> T:
        """Return a thing; whoever comes first makes it, and the others wait."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        try:
            with making:
                thing = self.get(key)
                if thing is None:
                    thing = make()
                    self.put(key, thing)
        finally:
            with self._lock:
                self._making.pop(key, None)
        return thing


class Worlds:
    """Runs of the model by their levers, changes and seed, whoever asks for them."""

    def __init__(self, pool: WorldPool | None = None) -> None:
        """Keep nothing yet.

        Args:
            pool: Who simulates ensembles; processes of its own when None.
        """
        self._pool = pool or WorldPool()
        self._replays: Kept[Replay] = Kept(ROOM_FOR_REPLAYS, lambda one: bytes_of(one.content))
        self._models: Kept[CoCreationModel] = Kept(ROOM_FOR_MODELS, bytes_of_model)
        self._runs: Kept[Played] = Kept(ROOM_FOR_RUNS, lambda one: bytes_of((one.outcomes, one.lines)))

    def make_ready(self) -> None:
        """Simulate what the first visitor will look at, and start the processes."""
        self.replay(Setting())
        self._pool.start()

    def close(self) -> None:
        """End the processes."""
        self._pool.close()

    def replay(self, setting: Setting) -> Replay:
        """Return the whole course of the world that a visitor looks at."""
        return self._replays.get_or_make(setting.key(), lambda: self._recorded(setting))

    def model(self, setting: Setting) -> CoCreationModel:
        """Return the finished run of that world, with all that happened to everybody; do not change it."""
        return self._models.get_or_make(setting.key(), lambda: _finished(setting))

    def _recorded(self, setting: Setting) -> Replay:
        model = _fresh(setting)
        replay = replay_of(model)
        self._models.put(setting.key(), model)
        return replay

    def ensemble(
        self, setting: Setting, worlds: int = WORLDS, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[Played]:
        """Give the worlds with the seeds from the setting's on, one after the other.

        A world whose process died is simulated once more.

        Args:
            setting: The world.
            worlds: How many.
            cancelled: Asked before each; no more worlds follow once it says so.

        Raises:
            SimulationError: A world could not be simulated.
        """
        tasks = [_task(setting, setting.seed + number) for number in range(worlds)]
        waiting: dict[int, Callable[[], RunResult | RunFailure]] = {}
        following = 0
        for number, task in enumerate(tasks):
            following = max(following, number)
            while following < min(worlds, number + AHEAD):
                if self._known(tasks[following]) is None:
                    waiting[following] = self._pool.simulate(tasks[following], KEEP)
                following += 1
            if cancelled():
                return
            yield self._known(task) or self._keep(task, self._found(task, waiting.pop(number)))

    def _known(self, task: Task) -> Played | None:
        return self._runs.get(task.key) or precomputed().get(task)

    def _found(self, task: Task, result: Callable[[], RunResult | RunFailure]) -> RunResult | RunFailure:
        found = result()
        if isinstance(found, RunFailure) and found.type == DIED:
            logger.warning(
                "The process of the world with seed %d died; once more: %s", task.seed, found.message
            )
            return self._pool.simulate(task, KEEP)()
        return found

    def _keep(self, task: Task, found: RunResult | RunFailure) -> Played:
        if isinstance(found, RunFailure):
            raise SimulationError(f"The world with seed {task.seed} came to nothing: {found.message}")
        played = played_from(task.seed, found)
        self._runs.put(task.key, played)
        return played


KEEP = Keep(series=DRAWN)


def _fresh(setting: Setting) -> CoCreationModel:
    return CoCreationModel(
        setting.parameters, rng=setting.seed, interventions=setting.all_interventions, diaries=True
    )


def _finished(setting: Setting) -> CoCreationModel:
    model = _fresh(setting)
    model.run()
    return model


def _task(setting: Setting, seed: int) -> Task:
    return Task(setting.key(seed), seed, different(setting.parameters), setting.all_interventions)


@cache
def worlds() -> Worlds:
    """Return the worlds that all visitors of this process share."""
    return Worlds()
