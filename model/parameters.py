"""Every lever of the model, each declared once, and the frozen object that holds their values."""

import difflib
from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from cocreate.agents.columns import Table
from cocreate.agents.errors import CocreateError
from cocreate.model.levers import Lever, choice, lever, read_lever

type Value = float | int | str
"""What a lever can be set to."""

BRIEF = "CoSIE policy brief on co-creation (H2020 770492)"


class ParameterError(CocreateError, ValueError):
    """A lever is unknown, of the wrong type or out of range, or levers contradict each other."""


class Parameters(BaseModel):
    """The levers of a world. Frozen: make another with :meth:`changed`.

    Raises:
        ParameterError: From :meth:`of` and :meth:`changed`, for a name or value that is not allowed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    # Silos
    sector_silo: float = lever(
        0.7,
        (0, 1),
        "share",
        "Share of ties and of listening between sectors that silos take away",
        "silos",
        BRIEF,
    )
    political_silo: float = lever(
        0.5,
        (0, 1),
        "share",
        "Share of council ties between parties that silos take away",
        "silos",
        BRIEF,
    )
    communication_channels: float = lever(
        0.4,
        (0, 1),
        "share",
        "Share of possible contacts between citizens and professionals that are open",
        "silos",
        BRIEF,
    )
    boundary_spanners: float = lever(
        0.1,
        (0, 1),
        "share",
        "Share of people whose ties cross sectors and parties whatever the silos",
        "silos",
        "Williams 2002; CoSIE pilot in probation (brokers)",
    )

    # Power
    power_imbalance: float = lever(
        1.5,
        (0, 4),
        "exponent",
        "How steeply authority turns into voice: voice grows as authority to this power",
        "power",
        "Berger et al. 1977; CoSIE policy brief",
    )
    interprofessional_gap: float = lever(
        0.4, (0, 0.9), "share", "How far the standing of professions differs", "power", BRIEF
    )
    facilitation: float = lever(
        0.35,
        (0, 1),
        "share",
        "How far facilitation evens out voice once it is fully there",
        "power",
        "Berger et al. 1977, status characteristics",
    )
    transfer_pace: int = lever(
        12,
        (1, 60),
        "months",
        "Months of practice until facilitation is fully there: a small number shares power fast",
        "power",
    )
    training: float = lever(
        0.2, (0, 1), "share", "Share of officials trained in co-creation in a year", "power", BRIEF
    )
    inclusion: Literal["consulted", "design", "throughout"] = choice(
        "consulted",
        "Least part that end users have: consulted, in design, or throughout",
        "power",
        "Arnstein 1969; CoSIE policy brief",
    )
    end_user_seats: float = lever(
        0.5, (0.05, 0.95), "share", "Share of seats at the table planned for citizens", "power"
    )
    decision_rule: Literal["majority", "supermajority", "unanimity", "authority"] = choice(
        "majority", "How a group decides on its proposal", "power", "Choi and Robertson 2014"
    )
    quota: float = lever(
        0.667,
        (0.5, 1),
        "share",
        "Share of voice that a supermajority needs",
        "power",
        "Choi and Robertson 2014",
    )
    group_size: int = lever(16, (3, 60), "people", "Seats at the table of an initiative", "power")

    # Continuity
    term_length: int = lever(48, (6, 120), "months", "Months between elections", "continuity")
    turnover: float = lever(
        0.35, (0, 1), "share", "Chance that a seat changes hands at an election", "continuity"
    )
    ideological_distance: float = lever(
        0.5,
        (0, 1),
        "share",
        "Distance between the two sides of the council",
        "continuity",
        "Azevedo et al. 2022",
    )
    commitment: int = lever(
        12,
        (0, 120),
        "months",
        "Months past the next election for which the council binds itself to a pilot",
        "continuity",
        BRIEF,
    )
    legal_anchor: float = lever(
        0.15,
        (0, 1),
        "share",
        "Chance that a decision is anchored in a rule of the council",
        "continuity",
        "Alves and Allegretti 2012",
    )
    staff_turnover: float = lever(
        0.12,
        (0, 1),
        "share a year",
        "Share of professionals who are replaced in a year",
        "continuity",
        "Argote, Beckman and Epple 1990",
    )

    # Support
    support_infrastructure: float = lever(
        0.15,
        (0, 1),
        "share",
        "Share of the effort that goes into a standing group with memory instead of events",
        "support",
        BRIEF,
    )
    asset_based: float = lever(
        0.3,
        (0, 1),
        "share",
        "How far the strengths of participants are sought and used",
        "support",
        BRIEF,
    )
    community_reporting: float = lever(
        0.2,
        (0, 1),
        "share",
        "How often stories of lived experience are gathered and brought to the table",
        "support",
        "CoSIE, community reporting",
    )
    storytellers: float = lever(
        0.05,
        (0, 0.5),
        "share",
        "Share of citizens who gather and tell stories",
        "support",
        "CoSIE, community reporting",
    )

    # Money and rules
    eu_funding: float = lever(
        0.4,
        (0, 1),
        "share",
        "Size of an outside programme, as a share of what all initiatives could use",
        "money",
        BRIEF,
    )
    eu_funding_start: int = lever(
        12, (0, 600), "month", "Month in which the outside programme starts", "money"
    )
    eu_funding_end: int = lever(96, (0, 600), "month", "Month in which the outside programme ends", "money")
    tied_to_infrastructure: float = lever(
        0.0,
        (0, 1),
        "share",
        "Share of the programme that has to build standing infrastructure",
        "money",
    )
    award: float = lever(
        0.2,
        (0, 1),
        "share",
        "Standing that an award gives; the region with the best results wins one each year",
        "money",
        BRIEF,
    )
    local_slack: float = lever(0.3, (0, 1), "share", "Spare money and staff of a region", "money")
    admin_capacity: float = lever(
        3.0,
        (0.25, 20),
        "per 100 people",
        "Initiatives that a region can handle at once, for each hundred people",
        "money",
    )
    project_length: int = lever(
        24, (3, 120), "months", "Months for which an initiative has a budget", "money"
    )
    mandate: float = lever(
        0.0,
        (0, 1),
        "share",
        "Strength of a rule that says when people must take part",
        "money",
        BRIEF,
    )
    guidance: float = lever(
        0.1, (0, 1), "share", "Strength of guidance on how people should take part", "money", BRIEF
    )

    # Scaling
    transfer_mode: Literal["none", "copy", "principles", "both"] = choice(
        "both",
        "What travels to other regions: designs, principles, both or neither",
        "scaling",
        BRIEF,
    )
    ecosystem: float = lever(
        0.3, (0, 1), "share", "Strength of the innovation network between regions", "scaling", BRIEF
    )
    context_distance: float = lever(
        0.5,
        (0, 2),
        "need units",
        "How far the needs of regions differ (standard deviation)",
        "scaling",
        BRIEF,
    )
    turbulence: float = lever(
        0.01,
        (0, 0.1),
        "need units a month",
        "Drift of needs over time (standard deviation of a month's step)",
        "scaling",
        "March 1991",
    )
    region_network: Literal["ring", "complete"] = choice(
        "ring", "Which regions hear of each other: neighbours and some far ones, or all", "scaling"
    )

    # People
    lived_experience_gap: float = lever(
        0.7,
        (0, 2),
        "need units",
        "Distance between what experts think and what people need",
        "people",
        BRIEF,
    )
    need_entanglement: float = lever(
        0.5, (0, 1), "share", "How far needs spread over several sectors", "people"
    )
    hard_to_reach_share: float = lever(
        0.2,
        (0, 0.9),
        "share",
        "Share of citizens whom official channels rarely reach",
        "people",
        BRIEF,
    )
    group_offset: float = lever(
        0.5,
        (0, 2),
        "need units",
        "Distance between the needs of hard-to-reach people and those of the others",
        "people",
    )
    need_spread: float = lever(
        0.4,
        (0, 2),
        "need units",
        "Differences between citizens of a group (standard deviation)",
        "people",
    )
    view_spread: float = lever(
        0.3,
        (0, 2),
        "need units",
        "Differences between professionals of a sector (standard deviation)",
        "people",
    )
    fatigue: float = lever(
        0.3, (0, 1), "share", "How fast taking part without visible results tires people", "people"
    )

    # Size
    regions: int = lever(10, (1, 20_000), "regions", "Regions in the world", "size", BRIEF)
    sectors: int = lever(4, (1, 8), "sectors", "Sectors of service in a region", "size")
    organisations_per_sector: int = lever(
        3, (1, 20), "organisations", "Organisations in a sector of a region", "size"
    )
    citizens_per_region: int = lever(100, (0, 20_000), "people", "Citizens in a region", "size")
    professionals_per_region: int = lever(20, (0, 2_000), "people", "Professionals in a region", "size")
    politicians_per_region: int = lever(5, (0, 200), "people", "Members of a region's council", "size")
    dimensions: int = lever(3, (1, 10), "dimensions", "Dimensions of needs, views and designs", "size")
    friends: int = lever(6, (0, 30), "ties", "Ties of a citizen to other citizens", "size")
    colleagues: int = lever(6, (0, 30), "ties", "Ties of a professional to other professionals", "size")
    contacts: int = lever(3, (0, 30), "ties", "Possible contacts of a citizen with professionals", "size")
    homophily: float = lever(
        0.6, (0, 1), "share", "Share of a citizen's far ties that stay in the own group", "size"
    )
    horizon: int = lever(180, (1, 1_200), "months", "Months to simulate", "size")
    null_world: Literal["no", "yes"] = choice(
        "no", "Whether a kind of people may be missing, as in a null world", "size"
    )

    # Mechanisms
    couplings: float = lever(
        1.0,
        (0, 2),
        "factor",
        "Strength of what shifts the life of initiatives; 0 leaves the base rates alone",
        "mechanism",
    )
    learning_rate: float = lever(
        0.06,
        (0, 1),
        "share a month",
        "Growth of know-how by practice",
        "mechanism",
        "Wright 1936, learning by doing",
    )
    forgetting: float = lever(
        0.012,
        (0, 1),
        "share a month",
        "Loss of know-how without practice",
        "mechanism",
        "Argote, Beckman and Epple 1990",
    )
    exchange: float = lever(
        0.04,
        (0, 1),
        "share a talk",
        "How far know-how and trust move in a talk with an acquaintance",
        "mechanism",
    )
    view_learning: float = lever(
        0.25,
        (0, 1),
        "share a meeting",
        "How far professionals' views move to lived experience heard with full openness and voice",
        "mechanism",
    )
    openness_rate: float = lever(
        0.06,
        (0, 1),
        "share a month",
        "Speed at which openness grows with progress and falls with threat",
        "mechanism",
        "Brehm 1966",
    )
    tolerance_mean: float = lever(0.25, (0, 1), "share", "Mean tolerance for losing control", "mechanism")
    expectation_rate: float = lever(
        0.05,
        (0, 1),
        "share a month",
        "Speed at which people get used to a new share of voice",
        "mechanism",
    )
    crowding: float = lever(
        0.2,
        (0, 1),
        "factor",
        "How much a larger group concentrates voice when nobody facilitates",
        "mechanism",
    )
    deliberation_rounds: int = lever(
        6,
        (1, 1_000),
        "rounds",
        "Rounds of listening to each other in a meeting",
        "mechanism",
        "Friedkin and Johnsen 1990",
    )
    acceptance_radius: float = lever(
        1.0,
        (0.01, 10),
        "need units",
        "Distance at which a fully open person still accepts a proposal",
        "mechanism",
    )
    fit_width: float = lever(
        0.8,
        (0.05, 10),
        "need units",
        "Distance at which the fit of a service has fallen to 61 %",
        "mechanism",
    )
    trust_gain: float = lever(
        0.02,
        (0, 1),
        "share a month",
        "Trust gained by being heard in a meeting",
        "mechanism",
        "Pettigrew and Tropp 2006",
    )
    follow_gain: float = lever(
        0.15,
        (0, 1),
        "share",
        "Trust gained when a joint decision is put into practice",
        "mechanism",
        "van Dijk and Lefevere 2023",
    )
    follow_loss: float = lever(
        0.35,
        (0, 1),
        "share",
        "Trust lost when a joint decision is dropped",
        "mechanism",
        "van Dijk and Lefevere 2023; Slovic 1993",
    )
    leaving: float = lever(
        0.02,
        (0, 1),
        "chance a month",
        "Chance that somebody with an equal voice leaves the table",
        "mechanism",
    )
    tie_growth: float = lever(
        0.25,
        (0, 1),
        "share a meeting",
        "Growth of a tie between two who meet at the table",
        "mechanism",
    )
    tie_decay: float = lever(0.06, (0, 1), "share a month", "Loss of such a tie without use", "mechanism")
    support_rate: float = lever(
        0.08, (0, 1), "share a month", "Speed at which a politician's support moves", "mechanism"
    )
    proposal_rate: float = lever(
        0.25,
        (0, 5),
        "per month",
        "Proposals in a month from a region with full support and nothing under way",
        "mechanism",
    )
    practice_weight: float = lever(
        1.5,
        (0, 5),
        "factor",
        "How far the practice of its staff lowers an organisation's threshold",
        "mechanism",
        "Granovetter 1978",
    )
    threshold_high: float = lever(
        0.9,
        (0, 2),
        "share",
        "Highest threshold of an organisation; thresholds are uniform from 0.1 up to it",
        "mechanism",
        "Granovetter 1978",
    )
    spread_rate: float = lever(
        0.05,
        (0, 1),
        "per month",
        "Rate at which local governments follow others that adopted",
        "mechanism",
        "Berry and Berry 1990",
    )
    local_adoption: float = lever(
        0.03,
        (0, 1),
        "per month",
        "Rate at which a council adopts principles that all its organisations practise",
        "mechanism",
    )
    lapse: float = lever(
        0.006,
        (0, 1),
        "per month",
        "Rate at which adopted principles lapse with half the council behind them",
        "mechanism",
        "Spada 2010",
    )
    national_threshold: float = lever(
        0.3,
        (0, 1),
        "share",
        "Share of regions with principles at which a national government takes them up",
        "mechanism",
        "Granovetter 1978",
    )
    transfer_rate: float = lever(
        0.03,
        (0, 1),
        "per month",
        "Rate at which a region takes up a service that it sees next door",
        "mechanism",
    )

    # Life of an initiative: base rates
    advance_proposed: float = lever(
        0.35, (0, 1), "per month", "Proposed: base rate of starting to recruit", "life"
    )
    advance_recruiting: float = lever(
        0.25, (0, 1), "per month", "Recruiting: base rate of starting to co-create", "life"
    )
    advance_cocreating: float = lever(
        0.12, (0, 1), "per month", "Co-creating: base rate of calling for a decision", "life"
    )
    advance_decided: float = lever(
        0.35, (0, 1), "per month", "Decided: base rate of putting it into practice", "life"
    )
    advance_piloting: float = lever(
        0.012,
        (0, 1),
        "per month",
        "Piloting: base rate of becoming structural",
        "life",
        "level: DellaVigna, Kim and Linos 2024",
    )
    end_proposed: float = lever(0.05, (0, 1), "per month", "Proposed: base rate of ending", "life")
    end_recruiting: float = lever(0.03, (0, 1), "per month", "Recruiting: base rate of ending", "life")
    end_cocreating: float = lever(0.02, (0, 1), "per month", "Co-creating: base rate of ending", "life")
    end_decided: float = lever(0.04, (0, 1), "per month", "Decided: base rate of being dropped", "life")
    end_piloting: float = lever(
        0.015, (0, 1), "per month", "Piloting: base rate of ending before the budget does", "life"
    )
    end_structural: float = lever(0.003, (0, 1), "per month", "Structural: base rate of ending", "life")
    election_cancel: float = lever(
        0.12,
        (0, 1),
        "chance",
        "Base chance that an election ends an initiative that nothing binds",
        "life",
        "level: Fernandez-Martinez and Becerril Viera (Spain 2019)",
    )

    @model_validator(mode="before")
    @classmethod
    def _plain_numbers(cls, values: Any) -> Any:
        if not isinstance(values, Mapping):
            return values
        return {k: v.item() if isinstance(v, np.generic) else v for k, v in values.items()}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.eu_funding_end < self.eu_funding_start:
            raise ValueError(
                f"eu_funding_end ({self.eu_funding_end}) lies before eu_funding_start"
                f" ({self.eu_funding_start}): set both, or set eu_funding to 0 for no programme."
            )
        counts = {
            "citizens_per_region": self.citizens_per_region,
            "professionals_per_region": self.professionals_per_region,
            "politicians_per_region": self.politicians_per_region,
        }
        missing = [name for name, count in counts.items() if count == 0]
        if missing and self.null_world == "no":
            raise ValueError(
                f"{' and '.join(missing)} is 0: a world needs citizens, professionals and politicians."
                " Set it to at least 1, or null_world=yes to study a world without them."
            )
        if sum(counts.values()) == 0:
            raise ValueError("A world without any people cannot be simulated.")
        return self

    @classmethod
    def of(cls, values: Mapping[str, Value] | None = None) -> Self:
        """Return the levers of a world: the defaults, with the given ones set.

        Args:
            values: Levers by name.

        Raises:
            ParameterError: For an unknown name (with the nearest right one), or a value that is of
                the wrong type, out of range, or contradicts another.
        """
        values = dict(values or {})
        for name in values:
            lever_named(name)
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise ParameterError(_in_words(error)) from None

    def changed(self, values: Mapping[str, Value]) -> Self:
        """Return a copy with some levers set to other values."""
        return self.of({**self.model_dump(), **values})

    def record(self) -> Table:
        """Return the levers as a table of one row, as the compiled rules read them.

        Choices become their place in the list of allowed words.
        """
        table = np.zeros(1, np.dtype([(name, "f8") for name in LEVERS]))
        for name, declared in LEVERS.items():
            value = getattr(self, name)
            table[name][0] = declared.choices.index(value) if declared.choices else value
        return table


LEVERS: dict[str, Lever] = {name: read_lever(name, f) for name, f in Parameters.model_fields.items()}
"""Every lever's declaration by name, in the order of declaration."""


def lever_named(name: str) -> Lever:
    """Return the declaration of a lever.

    Raises:
        ParameterError: There is no lever of that name; the message offers the nearest ones.
    """
    if name in LEVERS:
        return LEVERS[name]
    near = difflib.get_close_matches(name, LEVERS, n=3, cutoff=0.5)
    hint = f" Did you mean {', or '.join(near)}?" if near else ""
    raise ParameterError(f"There is no lever {name!r}.{hint} 'cocreate levers' lists them all.")


def value_from_text(name: str, text: str) -> Value:
    """Return the value that a text such as ``0.4`` or ``unanimity`` gives a lever.

    Raises:
        ParameterError: The lever is unknown, or the text is no value of its kind.
    """
    declared = lever_named(name)
    if declared.choices:
        return text
    try:
        return int(text) if declared.whole else float(text)
    except ValueError:
        raise ParameterError(f"{name} must be {declared.allowed}, but was given {text!r}.") from None


def _in_words(error: ValidationError) -> str:
    sentences = []
    for problem in error.errors():
        if problem["loc"]:
            name = str(problem["loc"][0])
            allowed = lever_named(name).allowed
            sentences.append(f"{name} must be {allowed}, but was given {problem['input']!r}.")
        else:
            sentences.append(str(problem["ctx"]["error"]))
    return " ".join(sentences)
