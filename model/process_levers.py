"""Levers of process: rates and sizes of effects inside the mechanisms, and base rates of life."""

from pydantic import BaseModel

from cocreate.model.levers import FROZEN, lever


class ProcessLevers(BaseModel):
    """Mechanisms, and the life of an initiative."""

    model_config = FROZEN

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
        0.03,
        (0, 1),
        "share a month",
        "Loss of know-how without practice",
        "mechanism",
        "Argote, Beckman and Epple 1990",
    )
    exchange: float = lever(
        0.02,
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
        0.11,
        (0, 1),
        "share a month",
        "Speed at which openness grows with progress and falls with threat",
        "mechanism",
        "Brehm 1966",
    )
    tolerance_mean: float = lever(0.23, (0, 1), "share", "Mean tolerance for losing control", "mechanism")
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
        0.55,
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
    trust_return: float = lever(
        0.02, (0, 1), "share a month", "Return of trust to where a person's disposition has it", "mechanism"
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
    routine_weight: float = lever(
        3.0,
        (0, 10),
        "log-odds",
        "How far an existing routine to build on opens the window for a structural service",
        "mechanism",
        "direction: DellaVigna, Kim and Linos 2024",
    )
    evidence_weight: float = lever(
        2.3,
        (0, 10),
        "log-odds",
        "How far a gain in fit opens that window",
        "mechanism",
        "direction: DellaVigna, Kim and Linos 2024",
    )
    estrangement_weight: float = lever(
        13.0,
        (0, 40),
        "log-odds",
        "How far the distance of a new council from lost sponsors endangers an initiative that nothing holds",
        "mechanism",
        "direction: Azevedo et al. 2022",
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
        0.09, (0, 1), "share a month", "Speed at which a politician's support moves", "mechanism"
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
        0.3,
        (0, 1),
        "per month",
        "Rate at which local governments follow others that adopted",
        "mechanism",
        "Berry and Berry 1990",
    )
    local_adoption: float = lever(
        0.02,
        (0, 1),
        "per month",
        "Rate at which a council adopts principles that all its organisations practise",
        "mechanism",
    )
    novelty_fades: float = lever(
        0.03,
        (0, 1),
        "share a month",
        "How fast adopted principles lose their pull on other councils and their credit at home",
        "mechanism",
        "direction: Spada 2010; Strang and Macy 2001",
    )
    lapse: float = lever(
        0.02,
        (0, 1),
        "per month",
        "Rate at which adopted principles lapse with half the council behind them",
        "mechanism",
        "Spada 2010",
    )
    national_threshold: float = lever(
        0.5,
        (0, 1),
        "share",
        "Share of regions with principles at which a national government takes them up",
        "mechanism",
        "Granovetter 1978",
    )
    national_push: float = lever(
        0.005,
        (0, 1),
        "per month",
        "Rate at which councils adopt principles that the national government has taken up",
        "mechanism",
    )
    transfer_rate: float = lever(
        0.03,
        (0, 1),
        "per month",
        "Rate at which a region takes up a service that it sees next door",
        "mechanism",
    )
    copying: float = lever(
        0.2,
        (0, 1),
        "share",
        "Share of transfers that copy a design where nobody has know-how",
        "mechanism",
        "direction: Cohen and Levinthal 1990; SI-DRIVE, 1,005 cases",
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
        0.055,
        (0, 1),
        "per month",
        "Piloting: base rate of becoming structural",
        "life",
        "level: DellaVigna, Kim and Linos 2024",
    )
    trial_months: int = lever(
        6, (0, 60), "months", "Months that a pilot runs before it can become structural", "life"
    )
    end_proposed: float = lever(0.05, (0, 1), "per month", "Proposed: base rate of ending", "life")
    end_recruiting: float = lever(0.03, (0, 1), "per month", "Recruiting: base rate of ending", "life")
    end_cocreating: float = lever(0.02, (0, 1), "per month", "Co-creating: base rate of ending", "life")
    end_decided: float = lever(0.04, (0, 1), "per month", "Decided: base rate of being dropped", "life")
    end_piloting: float = lever(
        0.015, (0, 1), "per month", "Piloting: base rate of ending before the budget does", "life"
    )
    end_structural: float = lever(0.005, (0, 1), "per month", "Structural: base rate of ending", "life")
    election_cancel: float = lever(
        0.39,
        (0, 1),
        "chance",
        "Base chance that an election ends an initiative that nothing binds",
        "life",
        "level: Fernandez-Martinez and Becerril Viera (Spain 2019)",
    )
