"""All figures of a named experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.interaction import INTERACTION
from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.viz.hypotheses import finding_figure
from cocreate.viz.interaction import shares_figure, surface_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figures_of(finding: Finding) -> dict[str, Figure]:
    """Return the figures of a finding by the name of their file, the leading one first.

    Args:
        finding: What one of the registered experiments found.
    """
    if finding.id == INTERACTION.id:
        return {finding.id: surface_figure(finding), f"{finding.id}_shares": shares_figure(finding)}
    return {finding.id: finding_figure(finding, HYPOTHESES[finding.id])}
