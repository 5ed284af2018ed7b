"""What a lever is: a parameter with default, range, unit, meaning and source, declared once."""

from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import ConfigDict, Field
from pydantic.fields import FieldInfo

ASSUMPTION = "assumption"
BRIEF = "CoSIE policy brief on co-creation (H2020 770492)"
FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True)
"""How all groups of levers behave: they cannot be changed, and know no other names."""

type Group = Literal[
    "silos",
    "power",
    "continuity",
    "support",
    "money",
    "scaling",
    "people",
    "size",
    "mechanism",
    "life",
]


def lever(
    default: Any,
    within: tuple[float, float],
    unit: str,
    meaning: str,
    group: Group,
    source: str = ASSUMPTION,
) -> Any:
    """Declare a numeric lever as a field of :class:`~cocreate.model.parameters.Parameters`.

    Args:
        default: Value in the default world.
        within: Smallest and largest value, both allowed.
        unit: Unit of the value.
        meaning: What it stands for, in one sentence without a full stop.
        group: Family of levers that it belongs to.
        source: Where it comes from, or ``"assumption"``.
    """
    extra: Any = {"unit": unit, "group": group, "source": source}
    return Field(default, ge=within[0], le=within[1], description=meaning, json_schema_extra=extra)


def choice(default: str, meaning: str, group: Group, source: str = ASSUMPTION) -> Any:
    """Declare a lever that takes one of a few words; its type names them."""
    extra: Any = {"unit": "choice", "group": group, "source": source}
    return Field(default, description=meaning, json_schema_extra=extra)


@dataclass(frozen=True)
class Lever:
    """The declaration of one lever, as validation, sliders, sweeps and the documents read it.

    Attributes:
        name: Name, as used in code, files, figures and text.
        default: Value in the default world.
        low: Smallest value, None for a choice.
        high: Largest value, None for a choice.
        choices: Allowed words, empty for a number.
        whole: True for whole numbers.
        unit: Unit of the value.
        group: Family of levers.
        meaning: What it stands for.
        source: Where it comes from, or ``"assumption"``.
    """

    name: str
    default: float | int | str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    whole: bool
    unit: str
    group: str
    meaning: str
    source: str

    @property
    def allowed(self) -> str:
        """The allowed values in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} from {self.low:g} to {self.high:g}"


def read_lever(name: str, field: FieldInfo) -> Lever:
    """Return a pydantic field's declaration as a lever."""
    bounds: dict[str, float] = {}
    for constraint in field.metadata:
        for key in ("ge", "le"):
            if hasattr(constraint, key):
                bounds[key] = getattr(constraint, key)
    is_choice = get_origin(field.annotation) is Literal
    extra = field.json_schema_extra
    assert isinstance(extra, dict)
    return Lever(
        name=name,
        default=field.default,
        low=bounds.get("ge"),
        high=bounds.get("le"),
        choices=tuple(get_args(field.annotation)) if is_choice else (),
        whole=field.annotation is int,
        unit=str(extra["unit"]),
        group=str(extra["group"]),
        meaning=str(field.description),
        source=str(extra["source"]),
    )
