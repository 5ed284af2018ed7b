"""Where people stand in the picture, as text that the browser reads."""

from __future__ import annotations

import numpy as np

from cocreate.model.world import World
from cocreate.viz.places import people_places, sectors_of

THOUSANDTHS = 1000
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def places_of(world: World) -> dict[str, list[int] | str]:
    """Return places and traits of all people in their order; see :mod:`~cocreate.viz.places`.

    Returns:
        ``x`` and ``y`` in thousandths of the region's radius; ``role`` (0 citizen, 1 professional,
        2 politician), ``hard`` (1 for hard to reach) and ``sector`` (a digit to base 36, ``-`` for none) as
        one character a person.
    """
    people = world.people
    x, y = people_places(world)
    return {
        "x": np.rint(THOUSANDTHS * x).astype(int).tolist(),
        "y": np.rint(THOUSANDTHS * y).astype(int).tolist(),
        "role": "".join(map(str, people["role"].tolist())),
        "hard": "".join(map(str, people["hard_to_reach"].tolist())),
        "sector": "".join(DIGITS[min(one, 35)] if one >= 0 else "-" for one in sectors_of(world).tolist()),
    }
