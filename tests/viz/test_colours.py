"""Colours: told apart by people with any colour vision, and in grey together with their shapes."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from cocreate.viz.durations import LINES
from cocreate.viz.hypotheses import LOOKS
from cocreate.viz.lives import ENDS, SPANS
from cocreate.viz.network import PEOPLE
from cocreate.viz.region_map import LIVING
from cocreate.viz.survival import FATE_STYLES
from cocreate.viz.theme import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PURPLE,
    SKY_BLUE,
    VERMILION,
    YELLOW,
)
from cocreate.viz.thin_lines import FIRST, SECOND

# Machado, Oliveira and Fernandes (2009), severity 1, in linear RGB
VISION = {
    "usual": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

PALETTE = (BLACK, ORANGE, SKY_BLUE, GREEN, YELLOW, BLUE, VERMILION, PURPLE)

MARKS = {
    "fates": {name: (colour, hatch) for name, (colour, hatch, _) in FATE_STYLES.items()},
    "parts of a life": dict(SPANS),
    "ends of a life": {name: (colour, marker) for name, (marker, colour) in ENDS.items()},
    "people": {name: (fill, f"{marker}{fill == 'white'}") for name, (marker, fill, _) in PEOPLE.items()},
    "initiatives": {name: (colour, marker) for name, (marker, colour) in LIVING.items()},
    "lines": {
        str(number): (colour, f"{dash}{marker}") for number, (colour, dash, marker) in enumerate(LINES)
    },
    "pairs": {"first": (FIRST.colour, f"{FIRST.dash}"), "second": (SECOND.colour, f"{SECOND.dash}")},
    "claims": {name.value: (colour, marker) for name, (marker, colour) in LOOKS.items()},
}
"""Colour and shape of what stands side by side in figures."""

APART = 9.0
"""Smallest distance in CIE L*a*b* between colours of the palette; about 2.3 can just be seen."""

LIGHTER = 20.0
"""Smallest difference in lightness between things that have the same shape."""


def lab(colour: str, vision: str = "usual") -> np.ndarray:
    """Return a colour as L*, a*, b* under D65, as it looks to a kind of vision."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISION[vision] @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ seen / np.array([0.9505, 1.0, 1.089]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_yardstick_tells_red_from_green_apart_only_with_usual_vision() -> None:
    red, green = "#C00000", "#608000"
    assert np.linalg.norm(lab(red) - lab(green)) > 60
    assert np.linalg.norm(lab("#A05000", "deuteranopia") - lab("#7A6000", "deuteranopia")) < APART


@pytest.mark.parametrize("vision", VISION)
def test_colours_of_the_palette_are_apart_for_every_kind_of_vision(vision: str) -> None:
    near = {
        (one, two): float(np.linalg.norm(lab(one, vision) - lab(two, vision)))
        for one, two in combinations(PALETTE, 2)
    }
    assert {pair: distance for pair, distance in near.items() if distance < APART} == {}


@pytest.mark.parametrize("name", MARKS)
def test_what_stands_side_by_side_differs_in_shape_or_clearly_in_grey(name: str) -> None:
    for (one, (colour, shape)), (two, (other, form)) in combinations(MARKS[name].items(), 2):
        lightness = abs(lab(colour)[0] - lab(other)[0])
        assert shape != form or lightness >= LIGHTER, f"{one} and {two} look alike in grey"


def test_all_colours_of_marks_stand_out_from_paper_or_have_an_edge() -> None:
    edged = {PALE, ORANGE, YELLOW, SKY_BLUE, "#FFFFFF", "white"}
    for shown in MARKS.values():
        for colour, _ in shown.values():
            assert colour in edged or lab(colour)[0] <= 70
    assert lab(GREY)[0] < 60
