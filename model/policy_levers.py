"""Levers of policy: what a government, a council or a project could do differently."""

from typing import Literal

from pydantic import BaseModel

from cocreate.model.levers import BRIEF, FROZEN, choice, lever


class PolicyLevers(BaseModel):
    """Silos, power, continuity, support, money and rules, scaling."""

    model_config = FROZEN

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
        0,
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
