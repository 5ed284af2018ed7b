"""V8: services grow where they began; elsewhere they are adapted rather than copied."""

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.agents.initiative import ADAPTED, COPIED, NEW
from cocreate.experiments.patterns.estimates import ratio, resampled
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import DEFAULT, DEFAULT_WORLDS, QUICK


def by_mode(pilots: Table) -> NDArray[np.float64]:
    """Return how many pilots that became structural were new, adapted and copied."""
    modes = pilots["mode"][pilots["became_structural"] >= 0]
    return np.array([(modes == mode).sum() for mode in (NEW, ADAPTED, COPIED)], float)


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return growth at home over growth by transfer, and adaptations over copies."""
    counts = np.array([by_mode(pilots) for pilots in found.pilots(DEFAULT)])
    home = np.stack([counts[:, 0], counts[:, 1] + counts[:, 2]], axis=1)
    return (
        resampled(
            "structural services of own origin over transferred ones",
            Target(2.0),
            home,
            ratio,
            found.resamples,
        ),
        resampled("adapted over copied ones", Target(2.0), counts[:, 1:], ratio, found.resamples),
    )


PATTERN = Pattern(
    id="V8",
    title="Growth at home, adaptation elsewhere",
    statement="Growth at the place of origin far exceeds transfer, and adaptation is far more frequent than"
    " copying (both more than twice as frequent).",
    source="SI-DRIVE, 1,005 cases of social innovation; Danish innovation barometer",
    remark="Social innovations of many kinds and public workplaces, by their own account; few are"
    " co-created, and not all are services. Counted here on what became structural; growth at home is what"
    " regions began themselves.",
    use="fitting",
    study=DEFAULT_WORLDS,
    quick=QUICK,
    measure=measure,
)
