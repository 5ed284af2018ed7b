"""Every figure: it says what to see and where that comes from, fits its sheet, and speaks other languages."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from matplotlib.figure import Figure

from cocreate.experiments.runs import Run, run_of
from cocreate.experiments.study.driver import run_in_memory
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World
from cocreate.experiments.themes import THEMES
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import Parameters, Value
from cocreate.viz.adoption import adoption
from cocreate.viz.lifelines import fate_bars, lifelines
from cocreate.viz.lives import lives
from cocreate.viz.network import network
from cocreate.viz.sheet import SLIDE_HEIGHT, SLIDE_WIDTH
from cocreate.viz.silos import silos
from cocreate.viz.texts import _ENGLISH, ENGLISH, Texts
from cocreate.viz.theme import PROJECTOR
from cocreate.viz.timeline import timeline
from cocreate.viz.twenty_worlds import twenty_worlds
from cocreate.viz.voices import voices
from tests.viz.pictures import off_the_sheet, texts_of

pytestmark = pytest.mark.slow

LEVERS: dict[str, Value] = {
    "regions": 4,
    "horizon": 84,
    "proposal_rate": 1.0,
    "facilitation": 0.6,
    "ecosystem": 0.8,
}

SMALLEST = 7.0
"""Points of the smallest letters in print."""

READABLE = 10.5
"""Points of the smallest letters on a slide, its footer apart."""


@dataclass(frozen=True)
class Drawn:
    """What figures are drawn from."""

    model: CoCreationModel
    run: Run
    pairs: Results
    themes: Results


type Drawing = Callable[[Drawn, bool, Texts], Figure]

FIGURES: dict[str, Drawing] = {
    "adoption": lambda of, slide, texts: adoption(of.run, projector=slide, texts=texts),
    "lives": lambda of, slide, texts: lives(of.run, projector=slide, texts=texts),
    "network": lambda of, slide, texts: network(of.model, 1, projector=slide, texts=texts),
    "silos": lambda of, slide, texts: silos(
        {"open silos": of.model, "closed": of.model}, projector=slide, texts=texts
    ),
    "timeline": lambda of, slide, texts: timeline(of.run, projector=slide, texts=texts),
    "twenty worlds": lambda of, slide, texts: twenty_worlds(
        of.pairs, ("default", "open"), "trust", projector=slide, texts=texts
    ),
    "voices": lambda of, slide, texts: voices(of.model, projector=slide, texts=texts),
}
"""Figures whose texts can be handed over."""

ALL: dict[str, Drawing] = {
    **FIGURES,
    "fates": lambda of, slide, _: fate_bars(of.themes, THEMES, projector=slide),
    "lifelines": lambda of, slide, _: lifelines(of.themes, THEMES, projector=slide),
}


@pytest.fixture(scope="module")
def of(results: Results) -> Drawn:
    model = CoCreationModel(Parameters.of(LEVERS), rng=8)
    model.run()
    study = Study(
        name="pairs",
        worlds=(World(name="default", levers={"regions": 2, "horizon": 36}),
                World(name="open", levers={"regions": 2, "horizon": 36, "sector_silo": 0.1})),
        replicates=6,
        seed=8,
        keep=Keep(series=("trust",)),
    )  # fmt: skip
    return Drawn(model, run_of(model, Parameters.of(LEVERS)), run_in_memory(study), results)


@pytest.mark.parametrize("name", ALL)
def test_a_print_has_title_axes_and_a_footer_with_seed_and_settings_and_nothing_is_cut_off(
    name: str, of: Drawn
) -> None:
    figure = ALL[name](of, False, ENGLISH)
    said = " ".join(one.get_text() for one in figure.texts)
    assert figure.get_suptitle()
    assert ("seed 4" if name in ("fates", "lifelines") else "seed 8") in said
    assert (
        ("silo" in said) if name in ("fates", "lifelines", "twenty worlds") else ("facilitation 0.6" in said)
    )
    assert "predicts no place" in said
    for axes in (axes for axes in figure.axes if axes.axison):
        together = axes.get_shared_x_axes().get_siblings(axes)
        assert axes.get_ylabel() or any(one.get_xlabel() for one in together)
    assert not off_the_sheet(figure)
    assert min(float(one.get_fontsize()) for one in texts_of(figure)) >= SMALLEST


@pytest.mark.parametrize("name", ALL)
def test_a_slide_has_its_size_large_letters_and_nothing_cut_off(name: str, of: Drawn) -> None:
    figure = ALL[name](of, True, ENGLISH)
    assert tuple(figure.get_size_inches()) == (SLIDE_WIDTH, SLIDE_HEIGHT)
    assert not off_the_sheet(figure)
    foot = [one for one in figure.texts if "predicts no place" in one.get_text()]
    assert len(foot) == 1
    assert "seed" in foot[0].get_text()
    letters = [float(one.get_fontsize()) for one in texts_of(figure) if one is not foot[0]]
    assert min(letters) >= READABLE
    assert max(letters) == pytest.approx(14 * PROJECTOR)


@pytest.mark.parametrize("name", FIGURES)
def test_every_word_can_be_another_one(name: str, of: Drawn) -> None:
    marked = {key: f"¤{text}¤" for key, text in _ENGLISH.items() if not key.startswith("number.")}
    figure = FIGURES[name](of, False, Texts(marked))
    from_the_study = {"default", "open", "Mean trust of citizens, %"}
    for text in (one.get_text() for one in texts_of(figure)):
        wordless = not any(letter.isalpha() for letter in text)
        assert "¤" in text or wordless or text in from_the_study or "sector_silo 0.1" in text, text
