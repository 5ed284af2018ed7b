"""Figures of one run: what they draw is what the run holds."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from cocreate.agents.initiative import State
from cocreate.experiments.runs import Run, run_of
from cocreate.model.diary import Kind
from cocreate.model.model import CoCreationModel, UnknownNameError
from cocreate.model.networks import Layer
from cocreate.model.parameters import Parameters, Value
from cocreate.viz.adoption import adoption, arrivals, holdings, services_by_year, transfers
from cocreate.viz.lives import MOST_ROWS, lives, lives_of, stages_of
from cocreate.viz.network import crossing, network, ties_of
from cocreate.viz.silos import silos, tie_counts
from cocreate.viz.table_voices import all_voices, gini, lorenz, median_curve, voices_at
from cocreate.viz.voices import voices
from tests.viz.pictures import named

LEVERS: dict[str, Value] = {
    "regions": 5, "horizon": 126, "proposal_rate": 1.2, "facilitation": 0.6, "ecosystem": 0.9,
    "transfer_mode": "both", "support_infrastructure": 0.5, "commitment": 12,
}  # fmt: skip


@pytest.fixture(scope="module")
def model() -> CoCreationModel:
    model = CoCreationModel(Parameters.of(LEVERS), rng=5)
    model.run()
    return model


@pytest.fixture(scope="module")
def run(model: CoCreationModel) -> Run:
    return run_of(model, Parameters.of(LEVERS))


@pytest.fixture(scope="module")
def empty() -> CoCreationModel:
    model = CoCreationModel(rng=1, regions=1, horizon=1, proposal_rate=0.0)
    model.run()
    return model


def bars(axes: Axes, name: str) -> list[Rectangle]:
    return [one for one in axes.patches if isinstance(one, Rectangle) and one.get_gid() == name]


def test_each_part_of_a_life_lasts_from_its_month_to_its_month(run: Run) -> None:
    rows = run.initiatives.to_dict("index")
    for life in lives_of(run):
        row = {str(name): int(value) for name, value in rows[life.number].items()}
        spans = {name: (begin, end) for name, begin, end in life.spans}
        finished = row["finished"] if row["finished"] >= 0 else run.months
        assert spans["before"] == (row["proposed"], row["piloted"])
        assert spans["piloting"][0] == row["piloted"]
        if row["became_structural"] >= 0:
            assert spans["structural"] == (row["became_structural"], finished)
        assert life.spans[-1][2] == finished
        over = {int(State.ENDED): "ended", int(State.PARTLY): "partly"}
        assert life.end == over.get(row["state"], "going_on")


def test_the_figure_of_lives_draws_each_pilot_and_counts_each_stage(run: Run) -> None:
    figure = lives(run)
    found = lives_of(run)
    assert 10 < len(found) <= MOST_ROWS
    left, right = figure.axes
    drawn = sum((one.get_width() for one in bars(left, "piloting")), 0.0)
    spent = sum(end - begin for life in found for name, begin, end in life.spans if name == "piloting")
    assert drawn * 12 == pytest.approx(spent)
    assert [one.get_width() for one in bars(right, "stages")] == list(stages_of(run).values())
    assert stages_of(run)["structural"] == run.outcomes["structural_ever"]
    assert stages_of(run)["lasting"] == run.outcomes["structural"]
    assert f"{stages_of(run)['piloted']} became pilots" in figure.get_suptitle().replace("\n", " ")
    marks = [named(figure, name)[0] for name in ("ended", "partly", "going_on")]
    assert sum(len(np.asarray(one.get_xdata())) for one in marks if isinstance(one, Line2D)) == len(found)


def test_too_many_pilots_are_thinned_and_the_figure_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cocreate.viz.lives.MOST_ROWS", 7)
    figure = lives(run)
    assert len(bars(figure.axes[0], "piloting")) == 7
    assert f"7 of {len(lives_of(run))} pilots are shown" in figure.texts[1].get_text().replace("\n", " ")


def test_silos_draw_the_ties_of_the_model_and_its_own_index(model: CoCreationModel) -> None:
    counts = tie_counts(model)
    index = 1 - 2 * np.trace(counts) / counts.sum()
    assert index == pytest.approx(model.outcome("cross_sector_index"))
    figure = silos({"this world": model})
    image = next(one for one in figure.axes[0].get_children() if isinstance(one, AxesImage))
    shares = np.asarray(image.get_array(), float)
    np.testing.assert_allclose(shares, 100 * counts / counts.sum(axis=1, keepdims=True))
    np.testing.assert_allclose(shares.sum(axis=1), 100)
    assert f"{index:.2f}".replace("-", "\N{MINUS SIGN}") in figure.axes[0].get_title(loc="left")


def test_an_open_and_a_closed_world_differ_in_the_title(empty: CoCreationModel) -> None:
    worlds = {
        name: CoCreationModel(rng=1, regions=2, horizon=1, sector_silo=level)
        for name, level in (("closed", 1.0), ("open", 0.0))
    }
    shares = [1 - np.trace(tie_counts(one)) / tie_counts(one).sum() for one in worlds.values()]
    assert shares[0] < shares[1] / 2
    title = silos(worlds).get_suptitle().replace("\n", " ")
    assert title.startswith(f"From {100 * shares[0]:.0f}\N{NO-BREAK SPACE}% to {100 * shares[1]:.0f}")
    assert "sector_silo 1.0" in silos(worlds).texts[2].get_text()
    assert silos({"one": empty}).get_suptitle()


def test_voices_at_a_table_are_those_of_the_meeting() -> None:
    levers = Parameters.of(
        {
            "regions": 4, "horizon": 80, "proposal_rate": 1.5, "inclusion": "throughout", "facilitation": 0.7,
            "power_imbalance": 1.5,
        }
    )  # fmt: skip
    model = CoCreationModel(levers, rng=2, diaries=True)
    checked = []

    def compare(_: CoCreationModel) -> None:
        log, rows = model.event_rows, model.initiative_rows
        for event in log[(log["kind"] == int(Kind.MET)) & (log["month"] == model.month)]:
            number = int(event["initiative"])
            row = rows[number]
            if row["sessions"] == 1 and row["left"] == 0 and event["detail"] == row["members"]:
                checked.append((gini(voices_at(model, number)), float(row["voice_gini"])))

    model.add_hook("sessions", compare)
    model.run()
    assert len(checked) > 5
    for mine, theirs in checked:
        assert mine == pytest.approx(theirs, abs=1e-9)


def test_curves_of_voice_rise_from_nothing_to_all_below_equality(model: CoCreationModel) -> None:
    found = all_voices(model)
    assert len(found) > 5
    for voice in found:
        curve = lorenz(voice)
        assert (curve[0], curve[-1]) == pytest.approx((0, 1))
        assert (curve <= np.linspace(0, 1, len(curve)) + 1e-12).all()
    at, middle = median_curve([np.full(4, 0.25)])
    np.testing.assert_allclose(middle, at)


def test_the_figure_of_voice_draws_initiatives_and_names_the_shares(model: CoCreationModel) -> None:
    figure = voices(model)
    rows = model.initiative_rows
    met = rows[(rows["sessions"] > 0) & (rows["members"] > 0)]
    for axes, x, y in (
        (figure.axes[1], 100 * met["citizens"] / met["members"], 100 * met["user_voice"]),
        (figure.axes[2], met["members"], met["effective_voices"]),
    ):
        lines = [line for line in axes.get_lines() if line.get_gid() in ("pilots", "others")]
        assert np.sort(np.concatenate([np.asarray(line.get_xdata()) for line in lines])) == pytest.approx(
            np.sort(x)
        )
        assert np.sort(np.concatenate([np.asarray(line.get_ydata()) for line in lines])) == pytest.approx(
            np.sort(y)
        )
    voice = f"{100 * model.outcome('mean_users_voice'):.0f}\N{NO-BREAK SPACE}% of the voice"
    assert voice in figure.get_suptitle().replace("\n", " ")


def test_the_network_draws_each_tie_of_the_region_once(model: CoCreationModel) -> None:
    world, region = model.world, 2
    figure = network(model, region)
    for layer in Layer:
        one, other = ties_of(world, layer)
        assert (one < other).all()
        inside = (world.people["region"][one] == region) & (world.people["region"][other] == region)
        if layer is Layer.COUNCIL:
            inside &= (world.people["role"][one] == 2) & (world.people["role"][other] == 2)
        across = crossing(world, layer, one, other)
        for kind, chosen in (("crossing", inside & across), ("inside", inside & ~across)):
            (line,) = named(figure, f"{layer.name.lower()}:{kind}")
            assert isinstance(line, Line2D)
            assert np.isnan(np.asarray(line.get_xdata(), float)).sum() == chosen.sum()
    graph = model.graph("colleagues")
    assert graph.number_of_edges() == len(ties_of(world, Layer.COLLEAGUES)[0])


def test_the_map_shows_services_councils_and_living_initiatives(model: CoCreationModel) -> None:
    figure = network(model)
    regions, rows = model.world.regions, model.initiative_rows
    assert [one.get_text() for one in figure.axes[-1].texts] == [str(one) for one in regions["structural"]]
    assert len(named(figure, "holds")) == regions["adopted"].sum()
    assert len(named(figure, "pilot")) == (rows["state"] == int(State.PILOTING)).sum()
    over = [int(State.STRUCTURAL), int(State.PARTLY), int(State.ENDED), int(State.PILOTING)]
    assert len(named(figure, "table")) == (~np.isin(rows["state"], over)).sum()


def test_a_region_that_does_not_exist_is_an_error(model: CoCreationModel) -> None:
    with pytest.raises(UnknownNameError, match="regions 0 to 4"):
        network(model, 5)


def test_adoption_draws_services_and_councils_of_each_year(run: Run, model: CoCreationModel) -> None:
    services = services_by_year(run)
    assert services.shape == (5, 11)
    assert services[:, -1].sum() == run.outcomes["structural"] > 0
    figure = adoption(run)
    cells = next(axes for axes in figure.axes if axes.get_ylabel() == "Region")
    image = next(one for one in cells.get_children() if isinstance(one, AxesImage))
    drawn = np.ma.masked_invalid(np.asarray(image.get_array(), float))
    np.testing.assert_array_equal(drawn.filled(0), services)
    for region in range(5):
        months = np.zeros(run.months, bool)
        for _, begin, end in (one for one in holdings(run) if one[0] == region):
            months[begin:end] = True
        assert months[-1] == bool(model.world.regions["adopted"][region])
    held = [months for _, begin, end in holdings(run) for months in range(begin, end)]
    assert len(held) == pytest.approx(5 * run.series["councils"].sum())


def test_arrivals_and_transfers_are_those_of_the_model(run: Run, model: CoCreationModel) -> None:
    ways = {region: int(mode) + 1 for region, _, mode in arrivals(run)}
    reached = model.world.regions["reached"]
    assert ways == {region: way for region, way in enumerate(reached.tolist()) if way}
    found = transfers(run)
    assert found
    taken = run.initiatives[(run.initiatives["source"] >= 0) & (run.initiatives["piloted"] >= 0)]
    assert {end for _, end, _, _ in found} <= set(taken["region"])
    arrows = named(adoption(run, projector=True), "transfer")
    assert len(arrows) >= len(found)


def test_a_world_in_which_nothing_happens_can_be_drawn(empty: CoCreationModel) -> None:
    run = run_of(empty, empty.parameters)
    for figure in (lives(run), adoption(run), voices(empty), network(empty), silos({"empty": empty})):
        figure.canvas.draw()
        assert figure.get_suptitle()
