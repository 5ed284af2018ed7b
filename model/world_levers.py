"""Levers of the world: what people need, and how many of them there are."""

from typing import Literal

from pydantic import BaseModel

from cocreate.model.levers import BRIEF, FROZEN, choice, lever


class WorldLevers(BaseModel):
    """People and sizes."""

    model_config = FROZEN

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
