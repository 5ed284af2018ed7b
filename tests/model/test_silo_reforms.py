"""Reforms of silos: a lever of the network that changes during a run opens or closes standing ties."""

import pytest

from cocreate.model.interventions import Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.networks import Layer
from cocreate.model.parameters import Parameters, Value

SMALL: dict[str, Value] = {"regions": 3, "horizon": 6}


@pytest.mark.core
@pytest.mark.parametrize(
    ("lever", "value", "layer"),
    [
        ("sector_silo", 0.0, "COLLEAGUES"),
        ("political_silo", 0.0, "COUNCIL"),
        ("communication_channels", 1.0, "SERVICE"),
    ],
)
def test_a_reform_of_a_silo_leaves_the_ties_of_a_world_that_always_had_it(
    lever: str, value: float, layer: str
) -> None:
    reform = [Intervention(3, lever, value)]
    reformed = CoCreationModel(Parameters.of(SMALL), rng=4, interventions=reform)
    untouched = CoCreationModel(Parameters.of(SMALL), rng=4)
    always = CoCreationModel(Parameters.of({**SMALL, lever: value}), rng=4)
    for model in (reformed, untouched, always):
        model.run()

    def standing(model: CoCreationModel) -> list[int]:
        ties = model.world.ties
        chosen = ties["layer"] == Layer[layer]
        return [int(other) for other in ties["other"][chosen]]

    assert standing(untouched) != standing(always)
    if layer != "COUNCIL":  # council ties follow the parties of the day, which elections may have changed
        assert standing(reformed) == standing(always)
    assert standing(reformed) != standing(untouched)


@pytest.mark.core
def test_a_stronger_ecosystem_opens_roads_between_regions_at_once() -> None:
    levers: dict[str, Value] = {"regions": 40, "horizon": 4, "ecosystem": 0.0, "citizens_per_region": 10}
    reformed = CoCreationModel(
        Parameters.of(levers), rng=4, interventions=[Intervention(2, "ecosystem", 1.0)]
    )
    untouched = CoCreationModel(Parameters.of(levers), rng=4)
    reformed.run()
    untouched.run()
    assert len(reformed.world.roads) > len(untouched.world.roads)
