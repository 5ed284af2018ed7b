"""Every rule of plain numbers goes the way that the design says, in each of its arguments."""

import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

import cocreate.agents
import cocreate.model
from cocreate.agents.citizen import experience_after, fit, leaving, willingness
from cocreate.agents.compiled import is_interpreted
from cocreate.agents.initiative import inclusion_chosen, life_step, survives_in_part
from cocreate.agents.organisation import adoption_probability, adopts, threshold_with
from cocreate.agents.person import (
    forget,
    logistic,
    loss_of_voice,
    openness_after,
    pick_up,
    practise,
    relative_expectation,
    shifted,
    threat,
    trust_after_bad,
    trust_after_good,
)
from cocreate.agents.politician import estrangement, leaning, novelty, sponsoring, support_aimed_at
from cocreate.agents.professional import authority_of_sector, joining, practice, view_step
from cocreate.model.decision import acceptance, accepts
from cocreate.model.voice import voice_exponent

DRAWS = [(place + 0.5) / 50 for place in range(50)]

type Values = tuple[float, ...]

SHARE: Values = (0.1, 0.5, 0.9)
"""Values of an argument that is a share, or any number from 0 to 1."""


def share_advancing(advance: float, end: float) -> float:
    """Return the share of draws at which an initiative goes on."""
    return sum(life_step(draw, advance, end) == 1 for draw in DRAWS)


def share_ending(advance: float, end: float) -> float:
    """Return the share of draws at which an initiative ends."""
    return sum(life_step(draw, advance, end) == -1 for draw in DRAWS)


@dataclass(frozen=True)
class Ways:
    """Which way a rule goes.

    Attributes:
        rule: The rule, or what it comes to over many draws.
        more: Arguments of which more gives more, or at least no less.
        less: Arguments of which more gives less, or at least no more.
        both: Arguments that go either way, depending on where they and the others stand.
        values: Values to try by argument, where they are not :data:`SHARE`.
    """

    rule: Callable[..., float]
    more: str = ""
    less: str = ""
    both: str = ""
    values: Mapping[str, Values] | None = None

    def values_of(self, argument: str) -> Values:
        """Return the values to try for an argument, in rising order."""
        return (self.values or {}).get(argument, SHARE)


RULES = (
    # citizens: trust, know-how and good memories bring people in, tiredness keeps them away
    Ways(willingness, "trust know_how experience", "weariness", values={"experience": (-0.8, 0.0, 0.8)}),
    Ways(leaving, "weariness base", "relative_voice", values={"base": (0.01, 0.02, 0.05)}),
    Ways(fit, "width", "weighted_misfit"),
    Ways(experience_after, "experience outcome", values={"experience": (-1, 0, 1), "outcome": (-1, 0, 1)}),
    # officials
    Ways(joining, "openness know_how trust", "weariness"),
    Ways(view_step, "openness citizens_voice rate"),
    Ways(practice, "openness know_how"),
    Ways(authority_of_sector, "base status", both="gap", values={"status": (-1.0, 0.0, 1.0)}),
    Ways(sponsoring, "support know_how"),
    Ways(
        support_aimed_at, "leaning results incentives peers", "pressure", values={"leaning": (-1.0, 0.0, 1.0)}
    ),
    Ways(leaning, "engaged credit", both="party", values={"party": (-0.8, 0.0, 0.8)}),
    Ways(novelty, "", "months fades", values={"months": (0.0, 5.0, 40.0)}),
    Ways(
        estrangement,
        "",
        "reach",
        "party sponsors_party",
        values={"party": (-0.8, 0.0, 0.8), "sponsors_party": (-0.8, 0.0, 0.8)},
    ),
    # know-how, voice, threat and trust
    Ways(logistic, "score", values={"score": (-3.0, -0.5, 0.0, 2.0)}),
    Ways(shifted, "probability score", values={"score": (-3.0, -0.5, 0.0, 2.0)}),
    Ways(practise, "know_how rate"),
    Ways(forget, "know_how", "rate"),
    Ways(pick_up, "know_how other rate"),
    Ways(loss_of_voice, "expected", "voice"),
    Ways(threat, "loss", "know_how"),
    Ways(openness_after, "openness tolerance progress", "felt", "rate"),
    Ways(trust_after_good, "trust gain"),
    Ways(trust_after_bad, "trust", "loss"),
    Ways(relative_expectation, "authority", "mean_weight", "exponent", {"authority": (0.5, 1.0, 3.0)}),
    # initiatives and organisations
    Ways(share_advancing, "advance", "end"),
    Ways(share_ending, "end", "advance"),
    Ways(inclusion_chosen, "know_how guidance floor", "draw", values={"floor": (0, 1, 2)}),
    Ways(survives_in_part, "skill group tool"),
    Ways(adopts, "influence", "threshold"),
    Ways(threshold_with, "threshold", "practice weight"),
    Ways(
        adoption_probability, "adopters rate", "around", values={"adopters": (1.0, 4.0), "around": (2.0, 9.0)}
    ),
    # tables
    Ways(voice_exponent, "power crowding people", "facilitation", values={"people": (5, 12, 40)}),
    Ways(accepts, "openness radius", "squared_distance"),
    Ways(acceptance, "width", "squared_distance"),
)

WITHOUT_WAYS = {"clipped", "life_step", "one_of"}
"""Rules that have no direction of their own: a limit, a draw, and one that is looked at over many draws."""


def arguments_of(rule: Callable[..., float]) -> list[str]:
    return list(inspect.signature(rule).parameters)


def rises(ways: Ways, argument: str) -> set[bool]:
    """Return whether the rule rises, falls, or both, as one argument grows and the others stay."""
    others = [name for name in arguments_of(ways.rule) if name != argument]
    found: set[bool] = set()
    for corner in itertools.product(*(ways.values_of(name) for name in others)):
        rest = dict(zip(others, corner, strict=True))
        given = [{**rest, argument: value} for value in ways.values_of(argument)]
        results = [ways.rule(*(one[name] for name in arguments_of(ways.rule))) for one in given]
        found |= {after > before for before, after in itertools.pairwise(results) if before != after}
    return found


@pytest.mark.parametrize("ways", RULES, ids=lambda ways: ways.rule.__name__)
def test_the_rule_goes_the_way_that_the_design_says_and_nowhere_the_other(ways: Ways) -> None:
    found = {name: rises(ways, name) for name in arguments_of(ways.rule)}
    assert {name for name, way in found.items() if way == {True}} == set(ways.more.split())
    assert {name for name, way in found.items() if way == {False}} == set(ways.less.split())
    assert {name for name, way in found.items() if way == {True, False}} == set(ways.both.split())


def rules_of_numbers() -> set[str]:
    """Return the names of all compiled rules that take and give nothing but numbers."""
    found = set()
    for package in (cocreate.agents, cocreate.model):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, one in vars(importlib.import_module(module.name)).items():
                plain = getattr(one, "py_func", None)
                if plain is not None and plain.__module__ == module.name:
                    kinds = {getattr(kind, "__name__", kind) for kind in plain.__annotations__.values()}
                    found |= {name} if kinds <= {"float", "int", "bool"} else set()
    return found


@pytest.mark.skipif(is_interpreted(), reason="compilation tells rules from other functions")
def test_no_rule_of_plain_numbers_is_left_out_nor_an_argument_of_one() -> None:
    for ways in RULES:
        told = " ".join((ways.more, ways.less, ways.both)).split()
        assert sorted(told) == sorted(arguments_of(ways.rule)), ways.rule.__name__
    listed = {ways.rule.__name__ for ways in RULES} - {"share_advancing", "share_ending"}
    assert listed | WITHOUT_WAYS == rules_of_numbers()
