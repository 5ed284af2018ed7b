"""Scenes: one phase of a month in a small world set up by hand, so that one cause has one effect."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from cocreate.agents.initiative import Inclusion, Mode, State
from cocreate.experiments.trial import ends_of
from cocreate.model.model import CoCreationModel
from cocreate.model.month import PHASES
from cocreate.model.parameters import LEVERS, Parameters, Value
from cocreate.model.world import room_for_a_month, with_room

SEED = 11
MONTH = 48
"""Month in which a scene begins, with an election in it."""

INITIATIVES = 300
"""Initiatives of a scene about their lives: each has draws of its own, which both worlds of a pair share."""

ONE_PLACE: dict[str, Value] = {
    "regions": 1,
    "citizens_per_region": 20,
    "professionals_per_region": 8,
    "politicians_per_region": 4,
    "group_size": 8,
    "turnover": 0.0,
}
PLACES: dict[str, Value] = {**ONE_PLACE, "regions": 30}

LIFE = "life of initiatives"

VOTING: dict[str, Value] = {
    **ONE_PLACE,
    "advance_decided": 0.0,
    "end_decided": 0.0,
    "acceptance_radius": 2.0,
}
"""Levers at which a decision stays a decision, and designs are within the reach of some."""

type Prepare = Callable[[CoCreationModel], None]


@dataclass(frozen=True)
class Scene:
    """What is set up, and what then happens.

    Attributes:
        phase: Phase of the month that is run.
        prepare: Sets the tables of a model by hand.
        levers: Levers of the world.
        months: Months for which the phase is run.
    """

    phase: str
    prepare: Prepare
    levers: dict[str, Value] = field(default_factory=lambda: ONE_PLACE)
    months: int = 1


def initiatives_in(state: State, count: int = INITIATIVES) -> Prepare:
    """Return how to give the first region initiatives in a state, between good and bad in all else."""

    def prepare(model: CoCreationModel) -> None:
        model.world = with_room(model.world, count, 20 * count)
        table = model.table
        rows = table("initiatives")[:count]
        rows["identity"] = np.arange(count)
        rows["state"] = state
        rows["since"] = MONTH - 12
        rows["piloted"] = MONTH - 12
        rows["budget_end"] = 10_000
        rows["sectors"] = 1
        rows["inclusion"] = Inclusion.THROUGHOUT
        for name in ("finished", "became_structural", "committed_until", "source", "champion"):
            rows[name] = -1
        for name in ("acceptability", "embedding"):
            rows[name] = 0.5
        rows["members"] = 4
        officials = int(table("regions")["first_professional"][0])
        seats = table("seats")
        seats[:count] = officials + np.arange(seats.shape[1])
        table("sponsors")[:count, 0] = int(table("regions")["first_politician"][0])
        table("living")[:count] = np.arange(count)
        table("nation")["initiatives"] = table("nation")["active"] = count
        table("regions")["active"] = count
        for name in ("support", "incentive"):
            table("regions")[name] = 0.5
        table("politicians")["support"] = 0.5
        table("politicians")["elected"] = 0
        table("people")["spanner"] = 0
        table("organisations")["adopted"] = 0

    return prepare


def at_the_end_of_money(model: CoCreationModel) -> None:
    """Give pilots that neither go on nor stop, and whose money ends."""
    initiatives_in(State.PILOTING)(model)
    model.table("initiatives")["budget_end"] = MONTH
    model.table("people")["know_how"] = 0.1
    model.table("initiatives")["embedding"] = 0.1


def before_an_election(model: CoCreationModel) -> None:
    """Give services whose sponsors were of the other side than the council is, and have lost their seats."""
    initiatives_in(State.STRUCTURAL)(model)
    model.table("regions")["election_phase"] = 0
    model.table("politicians")["party"] = -0.6
    model.table("initiatives")["sponsor_party"] = 0.6


def before_sponsors_go(model: CoCreationModel) -> None:
    """Give services with a sponsor each, who may lose the seat."""
    before_an_election(model)
    model.table("initiatives")["sponsors"] = 1


def on_a_routine(model: CoCreationModel) -> None:
    """Give pilots that build on a routine and bring a gain."""
    initiatives_in(State.PILOTING)(model)
    model.table("initiatives")["embedding"] = 0.9
    model.table("initiatives")["result"] = 0.3


def before_votes(model: CoCreationModel) -> None:
    """Give designs that lie more or less far from what people at the table want."""
    initiatives_in(State.COCREATING)(model)
    designs = model.table("initiatives")["design"]
    designs[:] = np.random.default_rng(SEED).normal(0.0, 0.6, designs.shape)


def one_promise(model: CoCreationModel) -> None:
    """Give one decision, made with all citizens of the region."""
    initiatives_in(State.DECIDED, 1)(model)
    model.table("people")["initiative"] = 0
    model.table("people")["trust"] = 0.5


def unlike(model: CoCreationModel) -> None:
    """Give people of whom every second knows how, and who trust less than they are disposed to."""
    people = model.table("people")
    people["know_how"] = np.arange(len(people)) % 2
    people["trust"], people["disposition"], people["rounds"] = 0.2, 0.9, 1


def empty_tables(model: CoCreationModel) -> None:
    """Give initiatives that look for people."""
    initiatives_in(State.RECRUITING, 12)(model)
    for name in ("members", "citizens", "sponsors"):
        model.table("initiatives")[name] = 0
    for name in ("trust", "know_how", "openness", "weariness"):
        model.table("people")[name] = 0.5
    model.table("people")["seats"] = 0
    model.table("people")["hard_to_reach"] = np.arange(len(model.table("people"))) % 2
    model.table("regions")["storytelling"] = 0.8


def tables(model: CoCreationModel) -> None:
    """Give each region a table with as many citizens as officials, who have and expect more say."""
    rows, people, regions = model.table("initiatives"), model.table("people"), model.table("regions")
    count, size = len(regions), int(model.parameters.group_size)
    initiatives_in(State.COCREATING, count)(model)
    rows["region"][:count] = np.arange(count)
    rows["members"][:count] = size
    rows["citizens"][:count] = size // 2
    rows["sessions"][:count] = 1
    seats = regions["first_professional"][:, None] - size // 2 + np.arange(size)
    model.table("seats")[:count] = seats
    people["seats"][seats] = 1
    people["initiative"][seats] = np.arange(count)[:, None]
    people["authority"] = np.where(people["role"] == 0, 1.0, 2.0)
    people["expected_voice"] = np.where(people["role"] == 0, 1.0, 3.0)
    people["hard_to_reach"] = people["role"] == 0
    people["hard_to_reach"][seats[:, 2:]] = 0
    for name in ("trust", "openness"):
        people[name] = 0.5
    people["know_how"] = 0.2
    people["weariness"] = 0.0
    people["tolerance"] = 0.2
    model.table("professionals")["view"] = 0.0
    model.table("citizens")["need"] = 0.5
    regions["practice_months"] = 6.0
    regions["storytelling"] = 0.8


def places(model: CoCreationModel) -> None:
    """Give regions that are alike and in which nothing is under way."""
    people, regions = model.table("people"), model.table("regions")
    for name in ("trust", "know_how", "openness", "weariness"):
        people[name] = 0.5
    for name in ("support", "openness", "engaged", "know_how"):
        regions[name] = 0.5
    model.table("politicians")["support"] = 0.5
    model.table("politicians")["party"] = 0.0
    regions["novel_since"] = regions["adopted_since"] = MONTH - 12
    regions["results"] = 0.5


def busy_places(model: CoCreationModel) -> None:
    """Give regions in which one initiative is under way, which takes some of what councils have."""
    places(model)
    model.table("regions")["active"] = 1


def some_adopted(model: CoCreationModel) -> None:
    """Give regions of which every third has adopted the principles, and so have half the organisations."""
    places(model)
    model.table("regions")["adopted"] = np.arange(len(model.table("regions"))) % 3 == 0
    organisations = model.table("organisations")
    organisations["adopted"] = np.arange(len(organisations)) % 2
    organisations["practice"] = 0.2
    organisations["threshold"] = 0.8


def nation_adopted(model: CoCreationModel) -> None:
    """Give the same regions in a nation that has taken up the principles."""
    some_adopted(model)
    model.table("nation")["adopted"] = 1


def with_services(model: CoCreationModel) -> None:
    """Give regions of which every third has services to look at."""
    places(model)
    model.table("regions")["know_how"] = 0.2
    model.world = with_room(model.world, 1, 0)
    model.table("initiatives")["embedding"][0] = 0.5
    model.table("nation")["initiatives"] = 1
    there = np.arange(len(model.table("regions"))) % 3 == 0
    model.table("regions")["structural"] = there
    services = model.table("services")
    services["initiative"] = np.where(np.repeat(there, len(services) // len(there)), 0, -1)


BUSY: dict[str, Value] = {**PLACES, "proposal_rate": 1.0, "admin_capacity": 8.0}

SCENES: dict[str, Scene] = {
    "proposed": Scene(LIFE, initiatives_in(State.PROPOSED), {**ONE_PLACE, "end_proposed": 0.3}),
    "recruiting": Scene(LIFE, initiatives_in(State.RECRUITING)),
    "co-creating": Scene(LIFE, initiatives_in(State.COCREATING), VOTING),
    "votes": Scene(LIFE, before_votes, {**VOTING, "decision_rule": "supermajority"}),
    "decided": Scene(LIFE, initiatives_in(State.DECIDED)),
    "promise kept": Scene(LIFE, one_promise, {**ONE_PLACE, "advance_decided": 1.0, "end_decided": 0.0}),
    "promise broken": Scene(LIFE, one_promise, {**ONE_PLACE, "advance_decided": 0.0, "end_decided": 1.0}),
    "piloting": Scene(LIFE, initiatives_in(State.PILOTING)),
    "piloting on a routine": Scene(LIFE, on_a_routine),
    "end of money": Scene(
        LIFE, at_the_end_of_money, {**ONE_PLACE, "advance_piloting": 0.0, "end_piloting": 0.0}
    ),
    "structural": Scene(LIFE, initiatives_in(State.STRUCTURAL)),
    "election": Scene("elections", before_an_election, {**ONE_PLACE, "estrangement_weight": 8.0}),
    "election of friends": Scene("elections", before_an_election, {**ONE_PLACE, "estrangement_weight": 0.0}),
    "election of sponsors": Scene("elections", before_sponsors_go, {**ONE_PLACE, "estrangement_weight": 8.0}),
    "invitations": Scene("recruitment", empty_tables, {**ONE_PLACE, "citizens_per_region": 100}, 3),
    "meetings": Scene("sessions", tables, {**ONE_PLACE, "group_size": 12, "leaving": 0.0}, 6),
    "leaving": Scene("sessions", tables, {**PLACES, "group_size": 12, "leaving": 0.05}),
    "everyday": Scene("everyday life", places),
    "everyday, unlike": Scene("everyday life", unlike),
    "proposals": Scene("proposals", places, {**PLACES, "proposal_rate": 1.0}, 6),
    "busy proposals": Scene("proposals", busy_places, BUSY, 6),
    "councils": Scene("councils", busy_places, PLACES),
    "money": Scene("money", places, PLACES),
    "a year of money": Scene("money", places, PLACES, 12),
    "adoption": Scene(
        "adoption", nation_adopted, {**PLACES, "national_threshold": 1.0, "national_push": 0.05}, 6
    ),
    "nation": Scene("adoption", some_adopted, PLACES, 40),
    "transfer": Scene("transfer", with_services, {**PLACES, "transfer_rate": 0.2}, 6),
    "staff": Scene("staff", places, PLACES, 6),
    "standing group": Scene("standing support", places, PLACES),
}
"""Scenes by name."""

VALUES: dict[str, tuple[float, float]] = {
    "initiatives.members": (4, 8),
    "initiatives.sponsors": (0, 1),
    "initiatives.committed_until": (-1, 600),
    "initiatives.sessions": (2, 9),
    "initiatives.result": (-0.3, 0.3),
    "initiatives.mode": (Mode.NEW, Mode.ADAPTED),
    "organisations.exposure": (0, 4),
    "people.expected_voice": (1, 4),
    "people.disposition": (0.2, 0.9),
    "people.rounds": (0, 1),
    "politicians.party": (-0.6, 0.6),
    "regions.active": (0, 1),
    "regions.practice_months": (0, 24),
    "citizens.experience": (-1, 1),
}
"""Values to compare of columns that are no shares."""


def ends_of_cause(cause: str) -> tuple[Value, Value]:
    """Return the low and the high value of a lever or a column."""
    table, name = cause.split(".")
    if table == "lever":
        return ends_of(LEVERS[name])
    return VALUES.get(cause, (0.0, 1.0))


def play(scene: Scene, cause: str, value: Value) -> CoCreationModel:
    """Return a model in which a lever or a column had a value while the phase was run."""
    model = CoCreationModel(Parameters.of(scene.levers), rng=SEED)
    scene.prepare(model)
    table, name = cause.split(".")
    if table == "lever":
        model.parameters = model.parameters.changed({name: value})
        model.world.levers[:] = model.parameters.record()
    else:
        model.table(table)[name] = value
    for month in range(MONTH, MONTH + scene.months):
        model.table("nation")["month"] = month
        model.world = with_room(model.world, *room_for_a_month(model.world))
        PHASES[scene.phase](model.world)
    return model


def seen(model: CoCreationModel, effect: str) -> float:
    """Return an effect: ``state.NAME`` counts initiatives, ``hard.seats`` seats of hard-to-reach people.

    Anything else is the mean of a column, of initiatives that were proposed only.
    """
    table, name = effect.split(".")
    if table == "state":
        return float(np.sum(model.initiative_rows["state"] == State[name.upper()]))
    if table == "hard":
        people = model.table("people")
        return float(people[name][(people["hard_to_reach"] == 1) & (people["role"] == 0)].sum())
    rows = model.initiative_rows if table == "initiatives" else model.table(table)
    return float(np.mean(rows[name], dtype=np.float64))
