"""Emulators: response surfaces that say what the simulator would give, and how surely."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.extras import load
from cocreate.experiments.calibration.errors import CalibrationError

PENALTIES = tuple(float(penalty) for penalty in np.logspace(-2, 4, 13))
"""Penalties of the regression to choose from by cross-validation."""


class Emulator:
    """Quadratic response surfaces, one for each number (Box and Wilson 1951), fitted by ridge regression."""

    def __init__(self, points: NDArray[np.float64], numbers: NDArray[np.float64]) -> None:
        """Fit surfaces to simulated numbers.

        Args:
            points: Settings in the unit cube, shape (points, levers).
            numbers: What was simulated there, shape (points, numbers); NaN is left out.

        Raises:
            CalibrationError: A number is missing nearly everywhere.
            MissingExtraError: scikit-learn is not installed.
        """
        self._surfaces: list[Any] = []
        self.error = np.zeros(numbers.shape[1])
        for place in range(numbers.shape[1]):
            known = np.isfinite(numbers[:, place])
            if known.sum() <= points.shape[1]:
                raise CalibrationError(
                    f"Number {place} of the patterns could be measured at {known.sum()} settings only:"
                    " simulate more of them, or spend more effort on each."
                )
            surface, error = _fitted(points[known], numbers[known, place])
            self._surfaces.append(surface)
            self.error[place] = error

    def predict(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the expected numbers at points of the unit cube, shape (points, numbers)."""
        return np.stack([surface.predict(points) for surface in self._surfaces], axis=1)


def _fitted(points: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[Any, float]:
    """Return a surface and its error at settings that it was not fitted to (standard deviation)."""
    pipeline = load("sklearn.pipeline", "calibration")
    preprocessing = load("sklearn.preprocessing", "calibration")
    linear = load("sklearn.linear_model", "calibration")
    selection = load("sklearn.model_selection", "calibration")

    surface = pipeline.make_pipeline(
        preprocessing.PolynomialFeatures(2, include_bias=False),
        preprocessing.StandardScaler(),
        linear.RidgeCV(PENALTIES),
    )
    guessed = selection.cross_val_predict(surface, points, values, cv=5)
    error = float(np.sqrt(np.mean((values - guessed) ** 2)))
    return surface.fit(points, values), error
