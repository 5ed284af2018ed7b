"""Headline: silos, continuity and power together: the whole picture of scaling, and the share of each."""

from __future__ import annotations

from itertools import product
from math import factorial

from cocreate.experiments.hypotheses.claim import Claim, Expected
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.hypotheses.opening import STEPS, grid, grid_name
from cocreate.experiments.themes import THEMES

SCALE = "structural_per_region"
"""The outcome that the picture shows."""


def shapley_weights(player: int, players: int) -> dict[tuple[bool, ...], float]:
    """Return the weights of all coalitions in the Shapley value of a player (Shapley 1953).

    The value is a weighted sum of what coalitions are worth, so that it can be estimated like any other
    effect. The values of all players sum to what everybody together brings.

    Args:
        player: Number of the player, from 0 on.
        players: Players in all.

    >>> shapley_weights(0, 2)
    {(False, False): -0.5, (False, True): -0.5, (True, False): 0.5, (True, True): 0.5}
    """
    weights = {}
    for members in product((False, True), repeat=players):
        others = sum(members) - members[player]
        share = factorial(others) * factorial(players - others - 1) / factorial(players)
        weights[members] = share if members[player] else -share
    return weights


def _corner(members: tuple[bool, ...]) -> str:
    return grid_name(tuple(STEPS - 1 if opened else 0 for opened in members))


def _share(place: int) -> Claim:
    weights = shapley_weights(place, len(THEMES))
    return Claim(
        f"{THEMES[place].opened.label.capitalize()} has a share in what opening all three brings.",
        SCALE,
        {_corner(members): weight for members, weight in weights.items()},
        Expected.MORE,
    )


def _beyond_the_sum() -> dict[str, float]:
    """Return the weights of what opening all themes brings beyond the sum of opening each alone."""
    players = len(THEMES)
    weights = {_corner((True,) * players): 1.0, _corner((False,) * players): players - 1.0}
    for place in range(players):
        weights[_corner(tuple(one == place for one in range(players)))] = -1.0
    return weights


INTERACTION = Hypothesis(
    id="interaction",
    name="interaction",
    title="Silos, continuity and power bring more together than one by one",
    lesson="The barriers to co-creation and the conditions for it come together.",
    source=COSIE,
    levers=tuple(name for theme in THEMES for name in theme.opened.levers),
    worlds=grid(),
    claims=(
        Claim(
            "Opening silos, continuity and power together brings more services than the sum of opening each"
            " alone.",
            SCALE,
            _beyond_the_sum(),
            Expected.MORE,
            essential=True,
        ),
        *(_share(place) for place in range(len(THEMES))),
    ),
    refuted_if="together they bring no more than the sum of each",
    share=0.4,
)
