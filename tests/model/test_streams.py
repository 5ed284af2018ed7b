"""Random draws: even, independent of order, and shared by twins that differ in a lever."""

import numpy as np
import pytest
from scipy.stats import kstest

from cocreate.model.model import CoCreationModel
from cocreate.model.networks import Layer
from cocreate.model.streams import Stream, normal, stream_keys, uniform

pytestmark = pytest.mark.core

KEYS = stream_keys(np.random.default_rng(1))


def test_uniform_draws_are_uniform_and_normal_ones_normal() -> None:
    """Each of the two comparisons fails by chance in 1 of 1,000 keys; the key is fixed."""
    draws = [uniform(KEYS, int(Stream.LIFE), who, month, 3) for who in range(60) for month in range(60)]
    bells = [normal(KEYS, int(Stream.LIFE), who, month, 4) for who in range(60) for month in range(60)]
    assert all(0.0 <= draw < 1.0 for draw in draws)
    assert kstest(draws, "uniform").pvalue > 0.001
    assert kstest(bells, "norm").pvalue > 0.001


def test_neighbouring_counters_are_uncorrelated() -> None:
    """Each of the four correlations fails by chance in 1 of 15,000 keys (four standard errors)."""
    count = 4000
    base = np.array([uniform(KEYS, 0, who, 7, 7) for who in range(count)])
    others = (
        [uniform(KEYS, 0, who + 1, 7, 7) for who in range(count)],
        [uniform(KEYS, 0, who, 8, 7) for who in range(count)],
        [uniform(KEYS, 0, who, 7, 8) for who in range(count)],
        [uniform(KEYS, 1, who, 7, 7) for who in range(count)],
    )
    for other in others:
        assert abs(np.corrcoef(base, np.array(other))[0, 1]) < 4.0 / np.sqrt(count)


def test_a_draw_depends_on_nothing_but_who_when_and_what() -> None:
    first = [uniform(KEYS, 2, who, 1, 1) for who in (5, 6, 7)]
    again = [uniform(KEYS, 2, who, 1, 1) for who in (7, 6, 5)]
    assert first == again[::-1]
    assert uniform(KEYS, 2, -11, 1, 1) != uniform(KEYS, 2, 11, 1, 1)


def edges(model: CoCreationModel, layer: Layer) -> set[tuple[int, int]]:
    """Return the ties of a layer as pairs of people."""
    graph = model.graph(layer.name.lower())
    return {(min(pair), max(pair)) for pair in graph.edges()}


def test_channels_open_contacts_one_by_one_and_touch_no_other_layer() -> None:
    worlds = [CoCreationModel(rng=4, communication_channels=share) for share in (0.2, 0.5, 1.0)]
    contacts = [edges(world, Layer.SERVICE) for world in worlds]
    assert contacts[0] < contacts[1] < contacts[2]
    for layer in (Layer.FRIENDS, Layer.COLLEAGUES, Layer.COUNCIL):
        assert edges(worlds[0], layer) == edges(worlds[2], layer)


def test_a_sector_silo_moves_colleagues_ties_inside_and_touches_no_other_layer() -> None:
    open_world, closed = (
        CoCreationModel(rng=4, sector_silo=silo, boundary_spanners=0.0) for silo in (0.0, 1.0)
    )
    assert closed.outcome("cross_sector_index") == -1.0
    assert open_world.outcome("cross_sector_index") > 0.0
    for layer in (Layer.FRIENDS, Layer.SERVICE, Layer.COUNCIL):
        assert edges(open_world, layer) == edges(closed, layer)


def test_twins_that_differ_in_a_lever_start_with_the_same_people() -> None:
    one, two = (CoCreationModel(rng=9, turnover=turnover) for turnover in (0.0, 1.0))
    assert one.table("people").tobytes() == two.table("people").tobytes()
    one.run_for(60)
    two.run_for(60)
    assert one.series.tobytes() != two.series.tobytes()


def test_elections_fall_a_term_apart_in_each_region() -> None:
    from cocreate.model.diary import Kind  # noqa: PLC0415

    model = CoCreationModel(rng=3, regions=5, term_length=20, horizon=100)
    model.run()
    for region in range(5):
        months = [event.month for event in model.events(Kind.ELECTION) if event.region == region]
        assert len(months) >= 4
        assert set(np.diff(months)) == {20}
    phases = model.table("regions")["election_phase"]
    assert len(set(phases.tolist())) > 1
