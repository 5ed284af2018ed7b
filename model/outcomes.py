"""Outcomes: what a run is measured by, each declared once."""

from dataclasses import dataclass
from typing import Literal

type Scope = Literal["month", "region", "end"]


@dataclass(frozen=True)
class Outcome:
    """The declaration of one outcome.

    Attributes:
        name: Name in series, tables and figures.
        meaning: What it is, in one phrase.
        unit: Unit.
        better: 1 where more is better, -1 where less is, 0 where neither.
        scope: Kept each month and for regions each year (``"region"``), each month only (``"month"``),
            or worked out at the end of a run (``"end"``).
    """

    name: str
    meaning: str
    unit: str = "share"
    better: int = 0
    scope: Scope = "month"


_DECLARED = (
    Outcome("initiatives", "initiatives proposed so far", "count"),
    Outcome("active", "initiatives under way, pilots included", "count", scope="region"),
    Outcome("pilots", "pilots started so far", "count", 1, "region"),
    Outcome("structural", "structural co-created services now", "count", 1, "region"),
    Outcome("structural_ever", "pilots that became structural so far", "count", 1),
    Outcome("partly", "pilots of which a component outlived the money, so far", "count"),
    Outcome("pilots_ended", "pilots that ended without becoming structural, so far", "count", -1),
    Outcome("structural_ended", "structural services that ended so far", "count", -1),
    Outcome("regions_reached", "regions in which a service ever became structural", better=1),
    Outcome("reached_own", "regions first reached by an initiative of their own"),
    Outcome("reached_copied", "regions first reached by a copy"),
    Outcome("reached_adapted", "regions first reached by an adaptation"),
    Outcome("adopters", "organisations that have adopted the principles", better=1, scope="region"),
    Outcome("councils", "local governments that have adopted the principles", better=1),
    Outcome("nation", "1 while the national government has adopted the principles", "flag", 1),
    Outcome("support", "mean support for co-creation on councils", better=1, scope="region"),
    Outcome("effectiveness", "mean fit of services to citizens", better=1, scope="region"),
    Outcome(
        "effectiveness_hard_to_reach",
        "mean fit of services to hard-to-reach citizens",
        better=1,
        scope="region",
    ),
    Outcome("effectiveness_gap", "fit for all citizens less fit for the hard to reach", "difference", -1),
    Outcome("trust", "mean trust of citizens", better=1, scope="region"),
    Outcome("trust_hard_to_reach", "mean trust of hard-to-reach citizens", better=1, scope="region"),
    Outcome("know_how", "mean know-how of all people", better=1, scope="region"),
    Outcome("openness", "mean openness of officials", better=1, scope="region"),
    Outcome("weariness", "mean weariness of citizens", better=-1, scope="region"),
    Outcome("engaged", "citizens who have taken part and trust", better=1, scope="region"),
    Outcome("lobbying", "mean pressure on councils against co-creation", better=-1, scope="region"),
    Outcome("backlashes", "backlash events so far", "count", -1),
    Outcome("infrastructure", "mean level of standing support", scope="region"),
    Outcome("community", "mean strength of community in living initiatives", better=1),
    Outcome("sessions", "sessions held in the month", "count"),
    Outcome("users_voice", "share of voice of citizens in the month's sessions", better=1),
    Outcome(
        "hard_to_reach_voice",
        "share of voice of hard-to-reach citizens in the month's sessions",
        better=1,
    ),
    Outcome("users_influence", "voice of citizens over their share of seats", "ratio", 1),
    Outcome("voice_gini", "Gini coefficient of voice in the month's sessions", better=-1),
    Outcome("effective_voices", "effective voices in the month's sessions", "people", 1),
    Outcome("effort", "effort spent so far for each person", "person-months"),
    Outcome("participation", "citizens who have ever taken part", better=1),
    Outcome("acceptance", "invitations so far that were accepted"),
    Outcome(
        "share_structural",
        "pilots whose fate is known that became structural",
        better=1,
        scope="end",
    ),
    Outcome("share_partly", "pilots whose fate is known that were partly continued", scope="end"),
    Outcome("share_ended", "pilots whose fate is known that ended", better=-1, scope="end"),
    Outcome("share_lasting", "structural services that are still there", better=1, scope="end"),
    Outcome(
        "share_ended_by_election",
        "ends of pilots and services that came with an election",
        better=-1,
        scope="end",
    ),
    Outcome(
        "election_hazard",
        "chance that an election ends a pilot or service living then",
        better=-1,
        scope="end",
    ),
    Outcome("decision_success", "votes that passed", better=1, scope="end"),
    Outcome("acceptability", "mean acceptance of decided designs by their group", better=1, scope="end"),
    Outcome("equity_spread", "mean standard deviation of acceptance in a group", better=-1, scope="end"),
    Outcome("result", "mean gain in fit of pilots over the conventional service", "difference", 1, "end"),
    Outcome(
        "mean_users_voice",
        "share of voice of citizens, mean over sessions of the run",
        better=1,
        scope="end",
    ),
    Outcome(
        "mean_hard_to_reach_voice",
        "share of voice of hard-to-reach citizens, mean over sessions of the run",
        better=1,
        scope="end",
    ),
    Outcome(
        "mean_voice_gini",
        "Gini coefficient of voice, mean over sessions of the run",
        better=-1,
        scope="end",
    ),
    Outcome(
        "mean_effective_voices",
        "effective voices, mean over sessions of the run",
        "people",
        1,
        "end",
    ),
    Outcome(
        "users_seats",
        "citizens at tables that met, over all who sit there now or sat there at the end",
        better=1,
        scope="end",
    ),
    Outcome("group_filled", "people who ever joined a table that met, over its seats", better=1, scope="end"),
    Outcome("sectors_joined", "sectors that an initiative covers, mean", "sectors", 1, "end"),
    Outcome("cross_sector_index", "E-I index of professionals' ties across sectors", "index", 1, "end"),
    Outcome("sector_modularity", "modularity of professionals' ties by sector", "index", -1, "end"),
    Outcome("ties_per_person", "standing ties and bonds of a person, mean", "ties", 0, "end"),
    Outcome("bonds_per_person", "live bonds of a person, mean", "ties", 1, "end"),
)

OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for outcome in _DECLARED}
"""Every outcome by name, in the order of declaration."""

MONTHLY = tuple(o.name for o in _DECLARED if o.scope != "end")
REGIONAL = tuple(o.name for o in _DECLARED if o.scope == "region")
"""Outcomes that are columns of regions, kept for each region once a year."""
OF_SESSIONS = ("users_voice", "hard_to_reach_voice", "users_influence", "voice_gini", "effective_voices")
"""Monthly outcomes that are NaN in a month without a session."""
FINAL = tuple(o.name for o in _DECLARED if o.scope == "end")
