"""Draw the pictures of the documents from simulated worlds: ``python docs/images/draw.py`` (some minutes)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from cocreate.experiments.analysis.morris import MorrisResult
from cocreate.experiments.conclusions.sensitivities import sensitivities
from cocreate.experiments.hypotheses.interaction import INTERACTION
from cocreate.experiments.hypotheses.run_hypothesis import QUICK, run_hypotheses
from cocreate.experiments.runs import run_of
from cocreate.experiments.study import conclude
from cocreate.experiments.study.designs import Morris
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines.pool import Pool
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.themes import BASELINE, THEMES, theme_study
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import Parameters, Value
from cocreate.viz.adoption import adoption
from cocreate.viz.contrasts import forest
from cocreate.viz.headline import differences_of
from cocreate.viz.interaction import shares_figure, surface_figure
from cocreate.viz.lifelines import fate_bars, lifelines
from cocreate.viz.lives import lives
from cocreate.viz.network import network
from cocreate.viz.saving import rendered
from cocreate.viz.sensitivity import morris_figure, morris_title
from cocreate.viz.sheet import framed
from cocreate.viz.silos import silos
from cocreate.viz.theme import study_note
from cocreate.viz.timeline import timeline
from cocreate.viz.twenty_worlds import twenty_worlds
from cocreate.viz.voices import voices

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = (75, 68, 62, 56)
"""Sharpness of a picture, from most to least."""

COLOURS = 64

MOST_BYTES = 60_000
"""Size of a picture's file."""

WORLDS, SEED = 40, 3
SILOS, CONTINUITY, POWER = THEMES

LIVELY: dict[str, Value] = {**CONTINUITY.opened.levers, **POWER.opened.levers, "ecosystem": 0.8}
"""Levers of the one world that is shown from many sides: one in which a good deal happens."""


def one_world() -> Iterator[tuple[str, Figure]]:
    """Give the figures of single worlds."""
    model = world(LIVELY)
    run = run_of(model, Parameters.of(LIVELY))
    yield "timeline", timeline(run)
    yield "lives", lives(run)
    yield "adoption", adoption(run)
    yield "network", network(model)
    yield "voices", voices(world({}))
    yield "silos", silos({one.title: world(one.levers) for one in SILOS.worlds})


def world(levers: dict[str, Value]) -> CoCreationModel:
    """Return a model that has run."""
    model = CoCreationModel(Parameters.of(levers), rng=SEED)
    model.run()
    return model


def many_worlds() -> Iterator[tuple[str, Figure]]:
    """Give the figures of studies."""
    themes = run_study(theme_study(WORLDS), engine=Pool())
    yield "fates", fate_bars(themes, THEMES)
    yield "lifelines", lifelines(themes, THEMES)
    yield "forest", forest(themes, THEMES, differences_of(themes))
    outcome = "structural"
    worlds, keep = (BASELINE, POWER.opened), Keep(series=(outcome,))
    pairs = run_study(Study(name="pairs", worlds=worlds, replicates=20, keep=keep), engine=Pool())
    yield "twenty_worlds", twenty_worlds(pairs, (BASELINE.name, POWER.opened.name), outcome)
    (finding,) = run_hypotheses([INTERACTION], QUICK, engine=Pool())
    yield "surface", surface_figure(finding)
    yield "shares", shares_figure(finding)
    yield "sensitivity", sensitivity()


def sensitivity() -> Figure:
    """Return the elementary effects of six levers."""
    names = ("support_infrastructure", "facilitation", "commitment", "turnover", "sector_silo", "inclusion")
    design = Morris(factors=dict.fromkeys(names, ()), trajectories=24)
    found = run_study(
        Study(name="levers", design=design, replicates=4, outcomes=("structural_per_region",)), engine=Pool()
    )
    (one,) = sensitivities(found, conclude.Sensitivity())
    how = "The mean size of what a lever changes over its whole range, each time elsewhere in the space."
    unit = "services per region"
    assert isinstance(one.found, MorrisResult)
    return framed(morris_figure(one.found, unit), morris_title(one.found, unit), how, study_note(found))


def small(figure: Figure) -> bytes:
    """Return a figure as PNG with few colours, as sharp as its file has room for."""
    content = b""
    for dots in DOTS_PER_INCH:
        picture = Image.open(io.BytesIO(rendered(figure, "png", dots))).convert("RGB")
        file = io.BytesIO()
        few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(file, "png", optimize=True)
        content = file.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return content


def main() -> None:
    """Draw all pictures."""
    folder = Path(__file__).parent
    for figures in (one_world(), many_worlds()):
        for name, figure in figures:
            (folder / f"{name}.png").write_bytes(small(figure))


if __name__ == "__main__":
    main()
