"""Mesa's own tools work on the model: batch runs, and a plain window in the browser (3.5 only)."""

import importlib
import time
from typing import Any

import mesa
import numpy as np
import pytest

from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import Parameters

needs_batch_run = pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="Mesa 4 has no batch_run")


@pytest.mark.core
@needs_batch_run
def test_batch_run_varies_levers_and_seeds() -> None:
    results = mesa.batch_run(
        CoCreationModel,
        {
            "regions": 2,
            "horizon": 12,
            "sector_silo": np.array([0.0, 1.0]),
            "decision_rule": ["majority", "unanimity"],
        },
        rng=[1, 2],
        display_progress=False,
    )
    assert len(results) == 8
    assert {row["sector_silo"] for row in results} == {0.0, 1.0}
    for row in results:
        alone = CoCreationModel(
            Parameters.of({name: row[name] for name in ("regions", "horizon", "decision_rule")}),
            rng=row["rng"],
            sector_silo=row["sector_silo"],
        )
        alone.run()
        assert row["trust"] == alone.outcome("trust")
        assert row["Step"] == 12


@pytest.mark.core
@needs_batch_run
def test_batch_run_can_keep_every_month() -> None:
    results = mesa.batch_run(
        CoCreationModel,
        {"regions": 1, "horizon": 6},
        rng=[3],
        data_collection_period=1,
        display_progress=False,
    )
    model = CoCreationModel(rng=3, regions=1, horizon=6)
    model.run()
    assert [row["trust"] for row in results] == model.series["trust"].tolist()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # solara and its parts use old names
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_plain_solara_window_shows_and_steps_the_model() -> None:
    solara = pytest.importorskip("solara")
    if not hasattr(mesa, "batch_run"):
        pytest.skip("needs the window of Mesa 3.5")
    visualization: Any = importlib.import_module("mesa.visualization")
    plot = visualization.make_plot_component

    model = CoCreationModel(rng=1, regions=1, horizon=24)
    model.run_for(3)

    @solara.component  # type: ignore[untyped-decorator]
    def page() -> None:
        """Show the window inside the frame that ``solara run`` puts around it."""
        with solara.AppLayout():
            visualization.SolaraViz(
                model,
                components=[plot("trust"), plot({"support": "tab:green"})],
                model_params={"regions": 1, "horizon": 24},
                name="a plain window",
            )

    box, rendered = solara.render(page(), handle_error=False)
    try:
        assert "Time: 3.0" in words_in(box)
        assert len(parts_named("Image", box)) == 2
        (step,) = (button for button in parts_named("Btn", box) if button.children == ["Step"])
        step.click()
        deadline = time.monotonic() + 120
        while "Time: 4.0" not in words_in(box) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert "Time: 4.0" in words_in(box)
        assert model.month == 4
    finally:
        rendered.close()


def parts_of(widget: Any) -> list[Any]:
    """Return the widgets and texts right inside a widget."""
    parts = list(getattr(widget, "children", None) or [])
    parts += [slot.get("children", []) for slot in getattr(widget, "v_slots", None) or []]
    parts += list(getattr(widget, "items", None) or []) if type(widget).__name__ == "GridLayout" else []
    flat: list[Any] = []
    for part in parts:
        flat += part if isinstance(part, list | tuple) else [part]
    return flat


def parts_named(name: str, widget: Any) -> list[Any]:
    """Return the widgets of a class inside a widget, at any depth."""
    here = [widget] if type(widget).__name__ == name else []
    inside = () if isinstance(widget, str) else parts_of(widget)
    return here + [found for part in inside for found in parts_named(name, part)]


def words_in(widget: Any) -> str:
    """Return all text in a tree of widgets."""
    return widget if isinstance(widget, str) else " ".join(words_in(part) for part in parts_of(widget))
