"""Checking patterns: what is asked for, what is shared, and worlds built to break each pattern."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from cocreate.agents.compiled import is_interpreted
from cocreate.experiments.calibration.aims import AIMS
from cocreate.experiments.patterns.check import check_patterns
from cocreate.experiments.patterns.errors import UnknownPatternError
from cocreate.experiments.patterns.pattern import Checked, Pattern
from cocreate.experiments.patterns.registry import PATTERNS, chosen
from cocreate.experiments.patterns.table import notes, patterns_table
from cocreate.model.parameters import Value

SMALL: dict[str, Value] = {"regions": 2, "horizon": 60}

BREAKERS: dict[str, tuple[Mapping[str, Value], int]] = {
    "V1": ({"project_length": 3, "trial_months": 60, "eu_funding": 0.0, "proposal_rate": 0.0}, 4),
    "V2": ({"advance_piloting": 0.0}, 4),
    "V3": ({"routine_weight": 0.0}, 12),
    "V4": ({"election_cancel": 0.0}, 6),
    "V5": ({"estrangement_weight": 0.0, "legal_anchor": 0.0}, 6),
    "V6": ({"end_piloting": 0.2}, 4),
    "V7": ({"follow_loss": 0.0}, 6),
    "V8": ({"copying": 1.0, "transfer_mode": "copy"}, 8),
    "V9": ({"novelty_fades": 0.0, "lapse": 0.0}, 4),
    "V10": ({"trust_gain": 0.0}, 4),
}
"""For each pattern, levers that take away what it rests on, and worlds enough to see it."""


def broken(pattern: Pattern, levers: Mapping[str, Value], replicates: int) -> Pattern:
    """Return a pattern that is looked for in other worlds."""
    worlds = tuple(
        world.model_copy(update={"levers": {**world.levers, **levers}}) for world in pattern.study.worlds
    )
    return replace(
        pattern, study=pattern.study.model_copy(update={"worlds": worlds, "replicates": replicates})
    )


def checked(pattern: Pattern) -> Checked:
    """Return one pattern, checked in this process."""
    return check_patterns([pattern])[0]


def test_every_pattern_says_what_it_rests_on() -> None:
    assert list(PATTERNS) == [f"V{number}" for number in range(1, 11)]
    for pattern in PATTERNS.values():
        assert pattern.statement.endswith(".")
        assert pattern.source
        assert len(pattern.remark.split()) > 8, pattern.id  # how far the source is from co-creation
        assert 1 < pattern.quick < pattern.study.replicates


def test_what_was_fitted_is_kept_apart_from_what_was_kept_back() -> None:
    fitted = {aim.pattern for aim in AIMS}
    assert fitted == {name for name, one in PATTERNS.items() if one.use == "fitting"}
    assert len(PATTERNS) - len(fitted) >= 3


def test_an_unknown_pattern_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownPatternError, match=r"no pattern 'V11'.*V10"):
        chosen(["V2", "V11"])
    assert [one.id for one in chosen(["v9", "V1"])] == ["V9", "V1"]
    assert len(chosen([])) == len(PATTERNS)


def test_patterns_with_equal_studies_share_their_runs() -> None:
    small = [
        replace(
            PATTERNS[name],
            study=PATTERNS[name].study.model_copy(update={"levers": SMALL, "replicates": 3}),
        )
        for name in ("V2", "V6")
    ]
    calls: list[tuple[int, int]] = []
    found = check_patterns(small, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (3, 3)
    assert [one.worlds for one in found] == [3, 3]


def test_draws_of_uncertain_levers_reach_the_worlds() -> None:
    study = PATTERNS["V2"].study.model_copy(update={"levers": SMALL, "replicates": 4})
    pattern = replace(PATTERNS["V2"], study=study)
    never = check_patterns([pattern], draws=({"advance_piloting": 0.0},))[0]
    assert never.readings[0].value == 0.0


def test_a_pattern_with_a_failed_run_does_not_pass() -> None:
    study = PATTERNS["V2"].study.model_copy(update={"levers": SMALL, "replicates": 3, "time_limit": 1e-9})
    found = checked(replace(PATTERNS["V2"], study=study))
    assert found.failures == 3
    assert not found.passed
    assert np.isnan(found.readings[0].value)
    assert "3 runs failed" in notes([found])


def test_the_table_has_a_row_for_each_number_and_the_notes_a_source_for_each_pattern() -> None:
    study = PATTERNS["V6"].study.model_copy(update={"levers": SMALL, "replicates": 2})
    found = checked(replace(PATTERNS["V6"], study=study))
    assert patterns_table([found]).row_count == 1 + len(found.readings)
    assert "Scheirer 2005" in notes([found])


@pytest.mark.slow
@pytest.mark.skipif(is_interpreted(), reason="takes very long without compilation")
@pytest.mark.parametrize("name", PATTERNS)
def test_a_world_without_what_a_pattern_rests_on_fails_it(name: str) -> None:
    levers, replicates = BREAKERS[name]
    assert not checked(broken(PATTERNS[name], levers, replicates)).passed
