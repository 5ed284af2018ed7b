"""Every lever has one row among all settings, and what its control can send is a world."""

from urllib.parse import urlencode

import pytest

from cocreate.model.interventions import FIXED
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.app.controls.rows import NOT_HERE, lever_groups
from cocreate.viz.app.controls.sliders import Row
from cocreate.viz.app.state import Setting, read_query
from cocreate.viz.app.words import Words

START = Setting()
ROWS = [row for group in lever_groups(Words("en", strict=True), START) for row in group.rows]

ALLOWING: dict[str, dict[str, Value]] = {
    "eu_funding_start": {"eu_funding_end": 600},
    "eu_funding_end": {"eu_funding_start": 0},
}
"""What has to be set together with a lever, so that a programme does not end before it starts."""


def furthest(row: Row) -> list[Value]:
    """Return the values furthest from each other that a control can send: both ends, or every choice."""
    if row.choices:
        return [one["value"] for one in row.choices]
    return [int(end) if row.whole else end for end in (row.low, row.high)]


def test_every_lever_has_one_row_under_its_own_name() -> None:
    assert [row.id for row in ROWS] == [row.parameter for row in ROWS]
    assert sorted(row.parameter for row in ROWS) == sorted(set(LEVERS) - NOT_HERE)


@pytest.mark.parametrize("row", ROWS, ids=[row.parameter for row in ROWS])
def test_what_a_control_can_send_is_a_world_that_its_link_opens_again(row: Row) -> None:
    for value in furthest(row):
        levers: dict[str, Value] = {**ALLOWING.get(row.parameter, {}), row.parameter: value}
        setting = Setting.of(levers=levers)
        read = read_query(urlencode(setting.query(), doseq=True))
        assert read.problems == ()
        known: Value = getattr(read.setting.parameters, row.parameter)
        assert known == (value if isinstance(value, str) else pytest.approx(value))
        if row.parameter not in FIXED and value != row.start:
            later = START.changed_later(24, levers).interventions
            assert {one.lever: one.value for one in later}[row.parameter] == value
