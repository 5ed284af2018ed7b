"""The everyday and session rules written as Mesa models usually are: an object a person, a ``step`` each.

Attributes are plain Python numbers and lists, acquaintances are lists of agents, and randomness comes from
the model's ``random``. Constants and the small rules of decision are those of the real model, uncompiled, so
that both say the same; everything that moves data is written out here. Community reporting is left out, and
so is the keeping of records, which only the real model does.
"""

from __future__ import annotations

import math
from typing import Any, Protocol

import mesa

from cocreate.agents import citizen, person, professional
from cocreate.agents.initiative import COCREATING, CONSULTED, PILOTING, THROUGHOUT
from cocreate.agents.person import CITIZEN, PROFESSIONAL
from cocreate.model import bonds, decision, everyday, sessions, streams, voice
from cocreate.model.staff import EVENT_SHARE
from cocreate.model.world import World


def plain(rule: Any) -> Any:
    """Return a rule as the plain Python function that it was before it was compiled."""
    return getattr(rule, "py_func", rule)


acceptance = plain(decision.acceptance)
forget = plain(person.forget)
leaving = plain(citizen.leaving)
loss_of_voice = plain(person.loss_of_voice)
one_of = plain(streams.one_of)
openness_after = plain(person.openness_after)
pick_up = plain(person.pick_up)
practise = plain(person.practise)
threat = plain(person.threat)
trust_after_good = plain(person.trust_after_good)
view_step = plain(professional.view_step)
voice_exponent = plain(voice.voice_exponent)


class Draws(Protocol):
    """Where the numbers come from that decide what happens by chance."""

    def of_day(self, who: int, month: int) -> tuple[float, float]:
        """Return the two numbers of a person's everyday life in a month."""
        ...

    def of_session(self, who: int, month: int, what: int) -> float:
        """Return a number for a person or a table at a session."""
        ...


class OwnDraws:
    """Numbers from a Mesa model's own generator, as Mesa models usually take them."""

    def __init__(self, model: mesa.Model[Any, Any]) -> None:
        self._random = model.random.random

    def of_day(self, who: int, month: int) -> tuple[float, float]:  # noqa: ARG002
        """Return two new numbers."""
        return self._random(), self._random()

    def of_session(self, who: int, month: int, what: int) -> float:  # noqa: ARG002
        """Return a new number."""
        return self._random()


class SharedDraws:
    """The very numbers that the real model draws."""

    def __init__(self, world: World) -> None:
        self._keys = world.streams

    def of_day(self, who: int, month: int) -> tuple[float, float]:
        """Return what the real model draws for everyday life."""
        low, high = (int(word) for word in self._keys[streams.EVERYDAY])
        first, second = streams.random_words(low, high, who, month, 0)
        return first / everyday.WORD, second / everyday.WORD

    def of_session(self, who: int, month: int, what: int) -> float:
        """Return what the real model draws for sessions."""
        return streams.uniform(self._keys, streams.SESSIONS, who, month, what)


class Bond:
    """A tie made at a table."""

    __slots__ = ("month", "other", "strength")

    def __init__(self, other: Resident, strength: float, month: int) -> None:
        self.other = other
        self.strength = strength
        self.month = month


class Place:
    """What everybody in a region shares."""

    def __init__(self, world: World, r: int) -> None:
        region = world.regions[r]
        lever = world.levers[0]
        self.infrastructure = float(region["infrastructure"])
        self.results = float(region["results"])
        self.need = [float(number) for number in region["need"]]
        self.voters_need = [float(number) for number in region["voters_need"]]
        ramp = min(1.0, float(region["practice_months"]) / float(lever["transfer_pace"]))
        self.facilitation = float(lever["facilitation"]) * ramp


class Resident(mesa.Agent[Any]):
    """A person with plain attributes."""

    model: Town

    def __init__(self, model: Town, index: int) -> None:
        super().__init__(model)
        row = model.world.people[index]
        self.index = index
        self.role = int(row["role"])
        self.place = model.places[int(row["region"])]
        self.seats = int(row["seats"])
        self.rounds = int(row["rounds"])
        self.trust = float(row["trust"])
        self.disposition = float(row["disposition"])
        self.know_how = float(row["know_how"])
        self.openness = float(row["openness"])
        self.authority = float(row["authority"])
        self.expected_voice = float(row["expected_voice"])
        self.tolerance = float(row["tolerance"])
        self.weariness = float(row["weariness"])
        self.sector = voice.HEARS_ALL
        self.outlook = self._outlook(model.world, int(row["role_row"]))
        self.acquaintances: list[Resident] = []
        self.bonds: list[Bond | None] = []

    def _outlook(self, world: World, row: int) -> list[float]:
        if self.role == PROFESSIONAL:
            self.sector = int(world.professionals["sector"][row])
            return [float(number) for number in world.professionals["view"][row]]
        if self.role == CITIZEN:
            needs = world.citizens["need"][row]
            return [a + float(b) for a, b in zip(self.place.need, needs, strict=True)]
        return [a + b for a, b in zip(self.place.need, self.place.voters_need, strict=True)]

    def step(self) -> None:
        """Have a month of everyday life."""
        lever = self.model.levers
        first, second = self.model.draws.of_day(self.index, self.model.month)
        if self.acquaintances:
            self.talk(self.acquaintances[one_of(first, len(self.acquaintances))])
        bond = self.bonds[one_of(second, len(self.bonds))]
        if bond is not None and self.strength_of(bond) > bonds.CLOSE:
            other = bond.other
            self.strengthen(other)
            other.strengthen(self)
            self.talk(other)
        self.trust += lever["trust_return"] * (self.disposition - self.trust)
        if self.seats == 0:
            rate = lever["forgetting"]
            if self.rounds > 0:
                rate *= 1.0 - everyday.MEMORY_OF_A_GROUP * self.place.infrastructure
            self.know_how = forget(self.know_how, rate)
            self.weariness *= 1.0 - everyday.REST

    def talk(self, other: Resident) -> None:
        """Be moved by a talk."""
        rate = self.model.levers["exchange"]
        self.trust += everyday.TRUST_IN_TALK * rate * (other.trust - self.trust)
        self.know_how = pick_up(self.know_how, other.know_how, rate)

    def strength_of(self, bond: Bond) -> float:
        """Return the strength of a bond after the months that it was not used."""
        kept = 1.0 - 0.7 * self.place.infrastructure
        months = float(self.model.month - bond.month)
        faded: float = bond.strength * (1.0 - self.model.levers["tie_decay"] * kept) ** months
        return faded

    def strengthen(self, other: Resident) -> None:
        """Let the bond to somebody grow, in the place of the weakest if all places are taken."""
        weakest = 0
        least = 2.0
        before = 0.0
        for place, bond in enumerate(self.bonds):
            strength = self.strength_of(bond) if bond is not None else -1.0
            if bond is not None and bond.other is other:
                weakest, before = place, strength
                break
            if strength < least:
                weakest, least = place, strength
        after = before + self.model.levers["tie_growth"] * (1.0 - before)
        self.bonds[weakest] = Bond(other, after, self.model.month)

    def be_heard(self, relative: float, evenness: float) -> None:
        """Gain trust by contact, as a citizen."""
        heard = relative >= sessions.HEARD_FROM
        gain = self.model.levers["trust_gain"] * (0.5 + 0.5 * evenness if heard else sessions.CONTACT_ONLY)
        self.trust = trust_after_good(self.trust, gain)

    def mind_loss(self, relative: float, progress: float) -> None:
        """Open up or close, as an official."""
        lever = self.model.levers
        felt = threat(loss_of_voice(self.expected_voice, relative), self.know_how)
        self.openness = openness_after(self.openness, felt, self.tolerance, progress, lever["openness_rate"])
        self.expected_voice += lever["expectation_rate"] * (relative - self.expected_voice)


class Table(mesa.Agent[Any]):
    """An initiative that meets."""

    model: Town

    def __init__(self, model: Town, k: int) -> None:
        super().__init__(model)
        row = model.world.initiatives[k]
        self.identity = int(row["identity"])
        self.place = model.places[int(row["region"])]
        self.cocreating = int(row["state"]) == COCREATING
        self.inclusion = int(row["inclusion"])
        self.piloting = int(row["state"]) == PILOTING and self.inclusion == THROUGHOUT
        self.since = int(row["since"])
        self.held = int(row["sessions"])
        self.design = [float(number) for number in row["design"]]
        seats = model.world.seats[k, : int(row["members"])]
        self.members = [model.residents[int(index)] for index in seats]

    def step(self) -> None:
        """Meet, if this is a month to meet in."""
        model = self.model
        if not self.cocreating and not (self.piloting and (model.month - self.since) % 2 == 1):
            return
        present = [one for one in self.members if self._comes(one)]
        taken_over = EVENT_SHARE * self.place.infrastructure
        if len(present) > 1 and model.draws.of_session(self.identity, model.month, 0) >= taken_over:
            self.meet(present)

    def _comes(self, one: Resident) -> bool:
        chance = sessions.ATTENDANCE * (1.0 - 0.5 * one.weariness)
        return self._draw(one, sessions.COMES) < chance

    def _draw(self, one: Resident, purpose: int) -> float:
        what = sessions.TABLE_DRAWS + sessions.TABLE_PURPOSES * self.identity + purpose
        return self.model.draws.of_session(one.index, self.model.month, what)

    def meet(self, present: list[Resident]) -> None:
        """Hold a meeting."""
        lever = self.model.levers
        voices = self.give_voice(present)
        users = [share for one, share in zip(present, voices, strict=True) if one.role == CITIZEN]
        shared = min(1.0, sum(users)) * len(present) / len(users) if users else 0.0
        progress = self.discuss(present, voices) * min(1.0, shared)
        self.held += 1
        self.learn(present, voices)
        evenness = 1.0 / sum(one * one for one in voices) / len(present)
        tiring = sessions.WEARINESS_RATE * lever["fatigue"] * (1.0 - self.place.results)
        for one, share in zip(present, voices, strict=True):
            if one.role == CITIZEN:
                one.be_heard(share * len(present), evenness)
            else:
                one.mind_loss(share * len(present), progress)
            one.weariness = practise(one.weariness, tiring)
        for j, one in enumerate(present):
            place = one_of(self._draw(one, sessions.MINGLES), len(present) - 1)
            other = present[place + 1 if place >= j else place]
            one.strengthen(other)
            other.strengthen(one)
        self.part_ways(present, voices)

    def give_voice(self, present: list[Resident]) -> list[float]:
        """Return the share of voice of each person."""
        lever = self.model.levers
        even = self.place.facilitation
        exponent = voice_exponent(lever["power_imbalance"], even, lever["crowding"], len(present))
        weights = [one.authority**exponent for one in present]
        if self.inclusion == CONSULTED and self.held > 0:
            quiet = sessions.CONSULTED_VOICE
            pairs = zip(present, weights, strict=True)
            weights = [w * quiet if one.role == CITIZEN else w for one, w in pairs]
        total = sum(weights)
        return [weight / total for weight in weights]

    def discuss(self, present: list[Resident], voices: list[float]) -> float:
        """Deliberate, draw up a design and return how acceptable it is."""
        lever = self.model.levers
        across = 1.0 - lever["sector_silo"] * (1.0 - self.place.facilitation)
        held = {one.sector: 0.0 for one in present}
        for one, share in zip(present, voices, strict=True):
            held[one.sector] += share
        for d in range(len(self.design)):
            start = [one.outlook[d] for one in present]
            now = start
            for _ in range(int(lever["deliberation_rounds"])):
                now = self.listen(present, voices, start, now, held, across)
            proposed = sum(share * where for share, where in zip(voices, now, strict=True))
            self.design[d] += (proposed - self.design[d]) / (self.held + 1.0)
        fits = []
        for one in present:
            distance = sum((a - b) ** 2 for a, b in zip(one.outlook, self.design, strict=True))
            fits.append(acceptance(distance, lever["fit_width"]))
        return math.fsum(fits) / len(fits)

    def listen(
        self,
        present: list[Resident],
        voices: list[float],
        start: list[float],
        now: list[float],
        held: dict[int, float],
        across: float,
    ) -> list[float]:
        """Return positions in one dimension after a round of listening."""
        heard = 0.0
        own = dict.fromkeys(held, 0.0)
        for one, share, where in zip(present, voices, now, strict=True):
            heard += share * where
            own[one.sector] += share * where
        after = []
        for one, stand in zip(present, start, strict=True):
            listened = heard
            if one.sector >= 0 and held[one.sector] > 0.0:
                listened = across * heard + (1.0 - across) * own[one.sector] / held[one.sector]
            after.append(one.openness * listened + (1.0 - one.openness) * stand)
        return after

    def learn(self, present: list[Resident], voices: list[float]) -> None:
        """Let everybody practise, and professionals learn from lived experience."""
        lever = self.model.levers
        pairs = [(one, share) for one, share in zip(present, voices, strict=True) if one.role == CITIZEN]
        heard = sum(share for _, share in pairs)
        lived = [sum(share * one.outlook[d] for one, share in pairs) for d in range(len(self.design))]
        for one in present:
            one.know_how = practise(one.know_how, lever["learning_rate"])
            if one.role != PROFESSIONAL or heard <= 0.0:
                continue
            step = view_step(one.openness, heard, lever["view_learning"])
            one.outlook = [a + step * (b / heard - a) for a, b in zip(one.outlook, lived, strict=True)]

    def part_ways(self, present: list[Resident], voices: list[float]) -> None:
        """Let those leave who were not heard, are tired, or feel threatened."""
        base = self.model.levers["leaving"]
        for one, share in zip(present, voices, strict=True):
            relative = share * len(present)
            if one.role != CITIZEN:
                relative /= max(0.01, one.expected_voice)
            if self._draw(one, sessions.LEAVES) < leaving(relative, one.weariness, base):
                place = self.members.index(one)
                self.members[place] = self.members[-1]
                self.members.pop()
                one.seats -= 1


class Town(mesa.Model[Any, Any]):
    """People and tables, started from the state of a real world."""

    def __init__(self, world: World, *, shared_draws: bool, in_order: bool) -> None:
        """Make the agents.

        Args:
            world: State to start from; it is not changed.
            shared_draws: Whether to draw what the real model draws, else from the model's ``random``.
            in_order: Whether people act in the order of the table, as in the real model, else shuffled.
        """
        super().__init__(rng=1)
        self.world = world
        self.levers = {name: float(world.levers[name][0]) for name in world.levers.dtype.names or ()}
        self.month = int(world.nation["month"][0])
        self.places = [Place(world, r) for r in range(len(world.regions))]
        self.draws: Draws = SharedDraws(world) if shared_draws else OwnDraws(self)
        self.in_order = in_order
        self.residents = [Resident(self, index) for index in range(len(world.people))]
        for one in self.residents:
            self._tie(one)
        self.tables = [Table(self, int(k)) for k in world.living[: int(world.nation["active"][0])]]

    def _tie(self, one: Resident) -> None:
        first, last = self.world.tie_start[one.index], self.world.tie_start[one.index + 1]
        one.acquaintances = [self.residents[int(other)] for other in self.world.ties["other"][first:last]]
        row = self.world.bonds[one.index]
        one.bonds = [
            Bond(self.residents[int(other)], float(strength), int(month)) if other >= 0 else None
            for other, strength, month in zip(row["other"], row["strength"], row["month"], strict=True)
        ]

    def step(self) -> None:
        """Let tables meet and people live for a month."""
        for kind in (Table, Resident):
            if kind in self.agent_types:
                agents = self.agents_by_type[kind]
                (agents.do if self.in_order else agents.shuffle_do)("step")
        self.month += 1
