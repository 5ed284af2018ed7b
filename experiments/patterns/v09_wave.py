"""V9: participation spreads between regions in a wave that slows down and then falls."""

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.patterns.estimates import ratio, resampled
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import SEED
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World

WORLD = "nation"
TERM = 48
TERMS = 6
REGIONS = 30


def term_ends(councils: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of councils with the principles at the end of each term, shape (runs, terms)."""
    return councils[:, TERM - 1 :: TERM]


def _growth(ends: NDArray[np.float64], term: int) -> float:
    return float(ends[term] / ends[term - 1]) if ends[term - 1] > 0.0 else np.nan


def _slowing(ends: NDArray[np.float64], term: int, later: int) -> float:
    """Return a growth factor over a later one: infinite after a fall to nothing, NaN without a start."""
    return ratio(np.array([_growth(ends, term), _growth(ends, later)]))


def _left(ends: NDArray[np.float64]) -> float:
    """Return the last share over the highest before it."""
    return float(ends[-1] / ends[:-1].max()) if ends[:-1].max() > 0.0 else np.nan


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return the first growth factor, how factors fall, and what is left of the peak after six terms."""
    ends = term_ends(found.series(WORLD, "councils"))
    return (
        resampled(
            "growth factor from the first term to the second",
            Target(2.0),
            ends,
            lambda e: _growth(e, 1),
            found.resamples,
        ),
        resampled(
            "first growth factor over the second",
            Target(1.0),
            ends,
            lambda e: _slowing(e, 1, 2),
            found.resamples,
        ),
        resampled(
            "second growth factor over the fourth",
            Target(1.0),
            ends,
            lambda e: _slowing(e, 2, 4),
            found.resamples,
        ),
        resampled("share left at the end over its peak", Target(0.0, 0.95), ends, _left, found.resamples),
    )


PATTERN = Pattern(
    id="V9",
    title="A wave that falls",
    statement="The number of local governments with a participatory process grows by falling factors from"
    " term to term (about 4, 2, 1.7, 1.06) and then falls.",
    source="Avritzer and Wampler 2008; Spada 2010",
    remark="Participatory budgeting in Brazilian cities over two decades, not co-creation of services. Only"
    " the shape is asked for: growth that slows from term to term, then a fall of at least a twentieth from"
    " the peak.",
    use="fitting",
    study=Study(
        name="patterns-wave",
        worlds=(World(name=WORLD),),
        replicates=24,
        seed=SEED,
        levers={"regions": REGIONS, "horizon": TERM * TERMS, "term_length": TERM},
        keep=Keep(series=("councils",)),
    ),
    quick=10,
    measure=measure,
)
