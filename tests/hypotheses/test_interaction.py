"""The share of each theme is its Shapley value, and the grid goes from closed to open."""

from itertools import product

import pytest

from cocreate.experiments.hypotheses.interaction import INTERACTION, shapley_weights
from cocreate.experiments.hypotheses.opening import STEPS, grid, grid_world, levers_at
from cocreate.experiments.themes import THEMES


def value(player: int, worth: dict[tuple[bool, ...], float]) -> float:
    players = len(next(iter(worth)))
    return sum(weight * worth[members] for members, weight in shapley_weights(player, players).items())


def test_in_an_additive_game_everybody_gets_what_they_bring() -> None:
    parts = (1.0, -2.0, 5.0)
    worth = {
        members: sum(part for part, there in zip(parts, members, strict=True) if there)
        for members in product((False, True), repeat=3)
    }
    assert [value(player, worth) for player in range(3)] == pytest.approx(parts)


def test_in_the_glove_game_the_holder_of_the_scarce_glove_gets_two_thirds() -> None:
    worth = {
        members: float(members[0] and (members[1] or members[2]))
        for members in product((False, True), repeat=3)
    }
    assert [value(player, worth) for player in range(3)] == pytest.approx((2 / 3, 1 / 6, 1 / 6))


def test_the_shares_of_all_themes_sum_to_what_opening_all_brings() -> None:
    total: dict[str, float] = {}
    for claim in INTERACTION.claims[1:]:
        for world, weight in claim.weights.items():
            total[world] = total.get(world, 0.0) + weight
    ends = {world: weight for world, weight in total.items() if abs(weight) > 1e-12}
    assert ends == pytest.approx({grid()[-1].name: 1.0, grid()[0].name: -1.0})


def test_an_additive_world_has_no_gain_beyond_the_sum() -> None:
    worth = {world.name: 3.0 for world in grid()}
    for steps in product((0, STEPS - 1), repeat=3):
        worth[grid_world(steps).name] += sum(step * part for step, part in zip(steps, (1, 2, 4), strict=True))
    weights = INTERACTION.claims[0].weights
    assert sum(weight * worth[world] for world, weight in weights.items()) == pytest.approx(0)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_ends_of_the_grid_are_the_closed_and_the_opened_world(theme: object) -> None:
    one = next(known for known in THEMES if known is theme)
    assert levers_at(one, 0) == one.closed.levers
    assert levers_at(one, STEPS - 1) == one.opened.levers
