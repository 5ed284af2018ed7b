"""H12: co-creation has to be done time and again; pauses, turnover and fatigue undo what rounds bring."""

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference, interaction
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Value

FEW: dict[str, Value] = {"proposal_rate": 0.08}
MANY: dict[str, Value] = {"proposal_rate": 0.6}
PAUSES = tuple(
    Intervention(month, "proposal_rate", rate)
    for month, rate in ((36, 0.0), (60, 0.6), (96, 0.0), (120, 0.6), (156, 0.0))
)
"""Two years of nothing new after every three years."""

TURNOVER: dict[str, Value] = {"staff_turnover": 0.6, "turnover": 0.7}
FATIGUE: dict[str, Value] = {"fatigue": 1.0}

ROUNDS = Hypothesis(
    id="H12",
    name="rounds",
    title="Going round again and again makes services fit and builds trust",
    lesson="The path of co-creation needs to be developed time and time again.",
    source=COSIE,
    levers=("proposal_rate", "staff_turnover", "turnover", "fatigue"),
    worlds=(
        World(name="few", label="few rounds", levers=FEW),
        World(name="many", label="many rounds", levers=MANY),
        World(name="pauses", label="many rounds with pauses", levers=MANY, interventions=PAUSES),
        World(name="few_turnover", label="few rounds, people change", levers=FEW | TURNOVER),
        World(name="many_turnover", label="many rounds, people change", levers=MANY | TURNOVER),
        World(name="few_fatigue", label="few rounds, people tire", levers=FEW | FATIGUE),
        World(name="many_fatigue", label="many rounds, people tire", levers=MANY | FATIGUE),
        World(name="few_all", label="few rounds, change and tiring", levers=FEW | TURNOVER | FATIGUE),
        World(
            name="many_all",
            label="many rounds, pauses, change and tiring",
            levers=MANY | TURNOVER | FATIGUE,
            interventions=PAUSES,
        ),
    ),
    claims=(
        Claim(
            "Services fit better after many rounds than after few.",
            "effectiveness",
            difference("many", "few"),
            Expected.MORE,
        ),
        Claim("Citizens trust more after many rounds.", "trust", difference("many", "few"), Expected.MORE),
        Claim(
            "Pauses, changing people and fatigue together take away a part of what rounds bring.",
            "effectiveness",
            interaction("many_all", "few_all", "many", "few"),
            Expected.LESS,
            essential=True,
        ),
    ),
    refuted_if="rounds bring as much even with pauses, changing people and fatigue together",
    boundaries=(
        Boundary(
            "whether there are pauses",
            Claim(
                "With pauses, services fit better after many rounds, too.",
                "effectiveness",
                difference("pauses", "few"),
                Expected.MORE,
            ),
            foreseen=Expected.NOT_MORE,
        ),
        Boundary(
            "whether people stay",
            Claim(
                "Where people change often, services fit better after many rounds, too.",
                "effectiveness",
                difference("many_turnover", "few_turnover"),
                Expected.MORE,
            ),
            foreseen=Expected.NOT_MORE,
        ),
        Boundary(
            "how fast people tire",
            Claim(
                "Where people tire fast, services fit better after many rounds, too.",
                "effectiveness",
                difference("many_fatigue", "few_fatigue"),
                Expected.MORE,
            ),
            foreseen=Expected.NOT_MORE,
        ),
    ),
)
