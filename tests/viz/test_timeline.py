"""The figure of one run: what its axes hold."""

import numpy as np
import pytest

from cocreate.agents.initiative import State
from cocreate.experiments.runs import Run, run_world
from cocreate.model.diary import Kind
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Parameters
from cocreate.viz.run_notes import record_note
from cocreate.viz.saving import save_all
from cocreate.viz.smoothing import smoothed
from cocreate.viz.timeline import event_tracks, timeline


@pytest.fixture(scope="module")
def run() -> Run:
    """Return a lively small run with two changes of levers."""
    levers = Parameters.of({"regions": 3, "horizon": 120, "proposal_rate": 1.0, "facilitation": 0.8})
    changes = [Intervention(40, "turnover", 0.9), Intervention(40, "commitment", 6)]
    return run_world(levers, 2, changes)


def test_there_are_marks_for_all_events_of_a_kind(run: Run) -> None:
    tracks = {track.label: track.months for track in event_tracks(run)}
    count = run.events["kind"].value_counts()
    assert len(tracks["Elections"]) == count[int(Kind.ELECTION)] > 0
    assert len(tracks["Service becomes structural"]) == run.outcomes["structural_ever"]
    assert len(tracks["Structural service ends"]) == run.outcomes["structural_ended"]
    ended = run.outcomes["partly"] + run.outcomes["pilots_ended"]
    assert len(tracks["Pilot ends, wholly or in part"]) == ended > 0


def test_proposals_that_never_became_a_pilot_are_no_pilots_that_ended(run: Run) -> None:
    ended = run.initiatives["state"] == int(State.ENDED)
    without_pilot = ended & (run.initiatives["piloted"] < 0)
    assert without_pilot.any()
    tracks = {track.label: track.months for track in event_tracks(run)}
    both = len(tracks["Pilot ends, wholly or in part"]) + len(tracks["Structural service ends"])
    finished = (run.initiatives["piloted"] >= 0) & (run.initiatives["finished"] >= 0)
    assert both == finished.sum()


def test_panels_show_the_series_of_the_run(run: Run) -> None:
    panels = timeline(run).axes
    assert len(panels) == 5
    drawn = {line.get_label(): line.get_ydata() for line in panels[1].get_lines()}
    np.testing.assert_array_equal(drawn["structural services"], run.series["structural"])
    pilots = run.initiatives[run.initiatives["state"] == int(State.PILOTING)]
    assert np.asarray(drawn["pilots running"])[-1] == len(pilots)
    trust = panels[3].get_lines()[0].get_ydata()
    np.testing.assert_allclose(np.asarray(trust, float), 100 * run.series["trust"])
    assert [axes.get_ylabel() for axes in panels[1:]] == [
        "Number", "Pilots", "Mean trust, %", "Share of voice, %"
    ]  # fmt: skip
    assert panels[-1].get_xlabel() == "Years from the start"


def test_changes_of_levers_are_marked_and_named(run: Run) -> None:
    figure = timeline(run)
    lines = [np.asarray(line.get_xdata(), float).tolist() for line in figure.axes[3].get_lines()]
    assert lines.count([40 / 12, 40 / 12]) == 1
    assert "1 (month 40): turnover → 0.9, commitment → 6" in record_note(run)
    assert record_note(run) in {text.get_text() for text in figure.texts}


def test_the_footer_names_levers_off_their_default_seed_and_version(run: Run) -> None:
    note = record_note(run)
    assert "facilitation 0.8" in note
    assert f"cocreate {run.version} · seed 2" in note
    assert "sector_silo" not in note


def test_voice_is_averaged_over_sessions_and_unknown_where_there_were_none(run: Run) -> None:
    smooth = smoothed(run.series, "users_voice")
    held = run.series["sessions"].to_numpy()
    voice = run.series["users_voice"].to_numpy()
    month = int(np.flatnonzero(held > 0)[20])
    window = slice(max(0, month - 11), month + 1)
    assert smooth[month] == pytest.approx(np.average(voice[window], weights=held[window]))
    assert np.isnan(smooth[: np.flatnonzero(held > 0)[0]]).all()


def test_a_run_of_one_month_can_be_drawn_and_saved_to_equal_bytes(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    short = run_world(Parameters.of({"regions": 1, "horizon": 1}), 1)
    one, two = (tmp_path_factory.mktemp("figure") for _ in range(2))
    first = save_all(timeline(short), one, "run")
    second = save_all(timeline(short), two, "run")
    assert [path.name for path in first] == ["run.svg", "run.png"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert timeline(short).axes[0].get_xlim() == (0, 1)
