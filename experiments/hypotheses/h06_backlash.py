"""H6: sharing power too fast brings backlash, too slowly brings nothing; training raises the peak."""

from cocreate.experiments.hypotheses.claim import Claim, Expected, mean_over, peak
from cocreate.experiments.hypotheses.hypothesis import COSIE, Axis, Hypothesis
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

PACES = (1, 6, 12, 24, 60)
"""Months until power is fully shared, from very fast to very slow."""

SHARING: dict[str, Value] = {"facilitation": 0.9, "inclusion": "throughout"}
TRAINED, UNTRAINED = 0.6, 0.0


def _worlds(prefix: str, label: str, training: float) -> tuple[World, ...]:
    return tuple(
        World(
            name=f"{prefix}_{pace}",
            label=f"{label}, {pace} months",
            levers=SHARING | {"transfer_pace": pace, "training": training},
        )
        for pace in PACES
    )


PLAIN = tuple(f"plain_{pace}" for pace in PACES)
TAUGHT = tuple(f"taught_{pace}" for pace in PACES)

BACKLASH = Hypothesis(
    id="H6",
    name="backlash",
    title="Sharing power at a middle pace leaves officials most open",
    lesson="People used to being in control can feel threatened, and strike back against co-creation.",
    source=f"{COSIE}; Brehm 1966",
    levers=("transfer_pace", "training"),
    worlds=(*_worlds("plain", "untrained", UNTRAINED), *_worlds("taught", "trained", TRAINED)),
    claims=(
        Claim(
            "One of the middle paces leaves officials more open than both the fastest and the slowest one.",
            "openness",
            {},
            Expected.MORE,
            essential=True,
            ways=peak(PLAIN),
        ),
        Claim(
            "On average, middle paces leave more citizens engaged than the fastest one.",
            "engaged",
            mean_over(PLAIN[1:-1], PLAIN[:1]),
            Expected.MORE,
        ),
        Claim(
            "Training leaves officials more open at middle paces, on average.",
            "openness",
            mean_over(TAUGHT[1:-1], PLAIN[1:-1]),
            Expected.MORE,
        ),
    ),
    refuted_if="no middle pace leaves officials more open than both ends (no peak in the middle)",
    axis=Axis(
        "Months until power is fully shared",
        tuple(float(pace) for pace in PACES),
        (("untrained officials", PLAIN), ("trained officials", TAUGHT)),
        "openness",
    ),
)
