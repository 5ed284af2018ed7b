"""The whole month: time a person and month from a thousand people to a million, by phase, and memory.

Sizes are measured in turn, each in a process of its own, so that the peak of memory belongs to one. Time is
that of the processor, so that a busy machine does not count; it still slows memory down.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from benchmarks.timing import median, show
from cocreate.model.measures import measure
from cocreate.model.model import CoCreationModel
from cocreate.model.month import PHASES
from cocreate.model.world import room_for_a_month, with_room

SIZES = {1_250: (10, 240), 12_500: (100, 96), 125_000: (1_000, 36), 1_000_000: (8_000, 12)}
"""People: regions of the usual 125, and months to time."""

WARM_UP = 24
ROUNDS = 3


def timed_months(regions: int, months: int) -> dict[str, float]:
    """Return seconds and bytes of a world of so many regions.

    Returns:
        ``create`` (seconds), ``whole`` (seconds a month, measuring included), one entry for each phase
        (seconds a month, median), ``people``, ``bytes`` of all tables, and ``peak`` bytes of the process.
    """
    CoCreationModel(rng=1, regions=2, horizon=13).run()  # loads what was compiled
    before = time.process_time()
    model = CoCreationModel(rng=1, regions=regions, horizon=WARM_UP + 2 * months)
    found = {"create": time.process_time() - before}
    for _ in range(WARM_UP):
        model.step()
    laps = []
    for _ in range(months):
        before = time.process_time()
        model.step()
        laps.append(time.process_time() - before)
    found["whole"] = sum(laps) / months
    found["median"] = median(laps)
    by_phase: dict[str, list[float]] = {name: [] for name in PHASES}
    by_phase["making room"] = []
    by_phase["measuring"] = []
    for _ in range(min(months, 24)):
        model.world.nation["month"][0] = model.month
        before = time.process_time()
        model.world = with_room(model.world, *room_for_a_month(model.world))
        by_phase["making room"].append(time.process_time() - before)
        for name, phase in PHASES.items():
            before = time.process_time()
            phase(model.world)
            by_phase[name].append(time.process_time() - before)
        before = time.process_time()
        measure(model.world, model._all_series, model.month)  # noqa: SLF001 - as step does
        by_phase["measuring"].append(time.process_time() - before)
    found |= {f"phase {name}": median(times) for name, times in by_phase.items()}
    found["people"] = len(model.world.people)
    found["bytes"] = sum(getattr(model.world, name).nbytes for name in model.world.table_names())
    found["peak"] = 1024.0 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found


def in_own_process(regions: int, months: int) -> dict[str, float]:
    """Return :func:`timed_months`, measured in a fresh process."""
    code = (
        "import json; from benchmarks.whole_month import timed_months;"
        f" print(json.dumps(timed_months({regions}, {months})))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def share_of_agents() -> float:
    """Return how much longer a run of the default length takes when agents are asked for once."""
    ratios = []
    for _ in range(2 * ROUNDS + 1):
        model = CoCreationModel(rng=1)
        before = time.process_time()
        model.run()
        middle = time.process_time()
        len(model.agents)
        ratios.append((time.process_time() - before) / (middle - before))
    return median(ratios)


def main() -> None:
    """Print time, growth, phases and memory."""
    rounds = [{n: in_own_process(*how) for n, how in SIZES.items()} for _ in range(ROUNDS)]
    for n in SIZES:
        mine = [found[n] for found in rounds]
        people = mine[0]["people"]
        show(f"month_ns_per_person_{n}", 1e9 * median([one["median"] for one in mine]) / people)
        show(f"month_mean_ns_per_person_{n}", 1e9 * median([one["whole"] for one in mine]) / people)
        growth = [
            found[n]["median"] / found[n]["people"] / (found[1_250]["median"] / found[1_250]["people"])
            for found in rounds
        ]
        show(f"growth_over_linear_{n}", median(growth))
        show(f"create_ns_per_person_{n}", 1e9 * median([one["create"] for one in mine]) / people)
        show(f"table_bytes_per_person_{n}", mine[0]["bytes"] / people)
        show(f"peak_bytes_per_person_{n}", mine[0]["peak"] / people)
        for name in (key for key in mine[0] if key.startswith("phase ")):
            label = name.removeprefix("phase ").replace(" ", "_")
            show(f"phase_{label}_ns_per_person_{n}", 1e9 * median([one[name] for one in mine]) / people)
    show("run_with_agents_over_run_without", share_of_agents())
