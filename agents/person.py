"""A person: what citizens, professionals and politicians have in common.

State: trust, know-how, openness, voice. Rules: how know-how grows and fades, what a loss of voice does,
when somebody accepts an invitation, how trust answers to being heard and to promises kept or dropped.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import mesa

from cocreate.agents.columns import Column, Declared
from cocreate.agents.compiled import compiled

if TYPE_CHECKING:
    from cocreate.model.model import CoCreationModel


class Role(IntEnum):
    """What a person is in the process."""

    CITIZEN = 0
    PROFESSIONAL = 1
    POLITICIAN = 2


CITIZEN = int(Role.CITIZEN)
PROFESSIONAL = int(Role.PROFESSIONAL)
POLITICIAN = int(Role.POLITICIAN)


class Person(mesa.Agent[Any], Declared):
    """A person at work in the model: a live view on one row of the model's tables.

    Professionals and politicians hold a post or a seat: when somebody new takes over, the row goes on
    and ``generation`` counts up.
    """

    table_name = "people"

    trust = Column("f8", "trust in public institutions", "share", 0, 1)
    disposition = Column("f8", "trust that the person returns to in time", "share", 0, 1)
    know_how = Column("f8", "skill in working with others on a service", "share", 0, 1)
    openness = Column("f8", "readiness to be moved by others and to share power", "share", 0, 1)
    authority = Column("f8", "standing that others grant when this person speaks", "ratio", 0)
    expected_voice = Column("f8", "voice the person is used to, 1 = an equal share", "ratio", 0)
    tolerance = Column("f8", "threat of losing control that is borne calmly", "share", 0, 1)
    weariness = Column("f8", "tiredness of taking part without visible results", "share", 0, 1)
    region = Column("i4", "region in which the person lives or works", "index", 0)
    role_row = Column("i4", "row in the table of the person's role", "index", 0)
    initiative = Column("i4", "initiative at whose table the person sat last, -1 for none", "index", -1)
    rounds = Column("i4", "initiatives that the person has taken part in", "count", 0)
    generation = Column("i4", "holders of this post or seat before the present one", "count", 0)
    role = Column("i1", "citizen 0, professional 1, politician 2", "code", 0, 2)
    group = Column("i1", "social group inside the region", "code", 0)
    spanner = Column("i1", "1 for a boundary spanner, whose ties cross sectors and parties", "flag", 0, 1)
    bonded = Column("i1", "1 where the person has made a tie at a table", "flag", 0, 1)
    seats = Column("i1", "tables at which the person sits now", "count", 0)
    hard_to_reach = Column("i1", "1 where official channels rarely reach the person", "flag", 0, 1)

    def __init__(self, model: CoCreationModel, index: int) -> None:
        """Attach the agent to a row of the model's people.

        Args:
            model: The model in which the person lives.
            index: Row in the table ``people``.
        """
        self.index = index
        self._role_row = int(model.table("people")["role_row"][index])
        super().__init__(model)

    def row_in(self, table: str) -> int:
        """Return this person's row in a table of the model."""
        return self.index if table == "people" else self._role_row

    def ties(self, layer: str | None = None) -> list[Person]:
        """Return the people this one is tied to, in one layer of the network or in all.

        Args:
            layer: ``"friends"``, ``"colleagues"``, ``"service"``, ``"council"`` or ``"initiatives"``.

        Raises:
            UnknownNameError: There is no layer of that name.
        """
        model: Any = self.model
        return [model.person(other) for other in model.neighbours(self.index, layer)]

    @property
    def initiatives(self) -> list[Any]:
        """The initiatives at whose table this person sits, or sat when the table broke up, oldest first."""
        model: Any = self.model
        return list(model.initiatives_of(self.index))

    @property
    def diary(self) -> list[Any]:
        """What happened to this person, oldest first; empty unless the model keeps diaries."""
        model: Any = self.model
        return list(model.diary_of_person(self.index))


@compiled
def logistic(score: float) -> float:
    """Return the probability whose log-odds are ``score``.

    >>> logistic(0.0)
    0.5
    """
    if score >= 0.0:
        return 1.0 / (1.0 + math.exp(-score))
    grown = math.exp(score)
    return grown / (1.0 + grown)


@compiled
def shifted(probability: float, score: float) -> float:
    """Move a probability by ``score`` on the scale of log-odds; 0, 1 and a score of 0 leave it as it is.

    This is the form of an event-history logit (Berry and Berry 1990): effects add on log-odds.

    >>> shifted(0.25, 0.0), shifted(1.0, -3.0), round(shifted(0.5, 1.0), 4)
    (0.25, 1.0, 0.7311)
    """
    if score == 0.0 or probability <= 0.0 or probability >= 1.0:
        return probability
    odds = probability * math.exp(score)
    return odds / (odds + 1.0 - probability)


@compiled
def practise(know_how: float, rate: float) -> float:
    """Return know-how after a month of practice: ``k + rate (1 - k)``, a learning curve with a ceiling.

    After n months ``k_n = 1 - (1 - k_0)(1 - rate)^n``.

    >>> practise(0.5, 0.1)
    0.55
    """
    return know_how + rate * (1.0 - know_how)


@compiled
def forget(know_how: float, rate: float) -> float:
    """Return know-how after a month without practice: geometric decay (Argote, Beckman, Epple 1990).

    >>> forget(0.5, 0.1)
    0.45
    """
    return know_how * (1.0 - rate)


@compiled
def pick_up(know_how: float, other: float, rate: float) -> float:
    """Return know-how after a talk with somebody: people learn from those who know more.

    >>> pick_up(0.2, 0.6, 0.5), pick_up(0.6, 0.2, 0.5)
    (0.4, 0.6)
    """
    if other <= know_how:
        return know_how
    return know_how + rate * (other - know_how)


@compiled
def loss_of_voice(expected: float, voice: float) -> float:
    """Return the share of accustomed voice that is gone, 0 for who gained (both in the same unit).

    >>> loss_of_voice(0.5, 0.125), loss_of_voice(0.125, 0.5)
    (0.75, 0.0)
    """
    if expected <= 0.0 or voice >= expected:
        return 0.0
    return (expected - voice) / expected


@compiled
def threat(loss: float, know_how: float) -> float:
    """Return the threat that a loss of voice is felt as: know-how takes the edge off.

    >>> threat(0.5, 0.2)
    0.4
    """
    return loss * (1.0 - know_how)


@compiled
def openness_after(openness: float, felt: float, tolerance: float, progress: float, rate: float) -> float:
    """Return openness after a meeting: visible progress opens, threat beyond tolerance closes.

    Reactance (Brehm 1966) starts where the threat exceeds what a person tolerates.

    Args:
        openness: Openness before, in [0, 1].
        felt: Threat felt, in [0, 1].
        tolerance: Threat that is borne, in [0, 1].
        progress: Visible progress of the group, in [0, 1].
        rate: Speed of change a month, in [0, 1].

    >>> openness_after(0.5, 0.1, 0.3, 1.0, 0.1), openness_after(0.5, 0.8, 0.3, 1.0, 0.1)
    (0.55, 0.475)
    """
    if felt <= tolerance:
        return openness + rate * progress * (1.0 - openness)
    return openness - rate * (felt - tolerance) * openness


@compiled
def trust_after_good(trust: float, gain: float) -> float:
    """Return trust after a good experience: ``t + gain (1 - t)`` (contact: Pettigrew and Tropp 2006).

    >>> trust_after_good(0.5, 0.2)
    0.6
    """
    return trust + gain * (1.0 - trust)


@compiled
def trust_after_bad(trust: float, loss: float) -> float:
    """Return trust after a broken promise: ``t (1 - loss)``; the loss exceeds the gain (Slovic 1993).

    >>> trust_after_bad(0.5, 0.4)
    0.3
    """
    return trust * (1.0 - loss)


@compiled
def relative_expectation(authority: float, mean_weight: float, exponent: float) -> float:
    """Return the voice a person is used to, as a multiple of an equal share.

    Args:
        authority: The person's authority.
        mean_weight: Mean of ``authority ** exponent`` over those whom the person usually meets.
        exponent: How steeply authority turns into voice.

    >>> relative_expectation(2.0, 2.5, 2.0)
    1.6
    """
    if mean_weight <= 0.0:
        return 1.0
    return authority**exponent / mean_weight
