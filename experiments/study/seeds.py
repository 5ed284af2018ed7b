"""Seeds of runs: derived from the study's seed and the replicate alone, so that all worlds share them."""

from __future__ import annotations

import numpy as np

SEED_BITS = 48
"""Length of derived seeds: short enough for spreadsheets, which keep 15 digits."""


def replicate_seed(study_seed: int, number: int) -> int:
    """Return the seed of a replicate, the same in every world.

    It depends on nothing but the two numbers, so that replicates can be added later, or simulated in any
    order and place (NumPy's ``SeedSequence`` with the number as spawn key).

    Args:
        study_seed: Seed of the study, 0 or larger.
        number: Number of the replicate, from 0 on.

    >>> replicate_seed(1, 0) == replicate_seed(1, 0), replicate_seed(1, 0) == replicate_seed(1, 1)
    (True, False)
    """
    sequence = np.random.SeedSequence(study_seed, spawn_key=(number,))
    return int(sequence.generate_state(1, np.uint64)[0]) >> (64 - SEED_BITS)
