"""Findings as a folder."""

from pathlib import Path

import pytest

from cocreate.experiments.errors import FolderError
from cocreate.experiments.hypotheses.h13_mandate import MANDATE
from cocreate.experiments.hypotheses.run_hypothesis import run_hypotheses
from cocreate.viz.findings import write_findings


def test_nothing_half_written_is_left_when_saving_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> list[Path]:
        raise OSError("no space left")

    small = ({"regions": 2, "citizens_per_region": 30, "horizon": 24},)
    findings = run_hypotheses([MANDATE], 2, draws=small)
    monkeypatch.setattr("cocreate.viz.findings.save_all", full)
    with pytest.raises(FolderError, match="no space left"):
        write_findings(findings, tmp_path, "cocreate test H13")
    assert list(tmp_path.iterdir()) == []
