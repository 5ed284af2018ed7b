"""Presets: worlds to start from, each a TOML file of levers and of what changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cocreate.experiments.errors import PresetError, nearest
from cocreate.experiments.levers_file import interventions_in, levers_in, read_toml
from cocreate.model.interventions import Intervention, checked
from cocreate.model.parameters import ParameterError, Parameters, Value

FOLDER = Path(__file__).parent / "presets"
KEYS = ("name", "title", "meaning", "illustration", "sources", "levers", "interventions")


@dataclass(frozen=True)
class Preset:
    """A world to start from.

    Attributes:
        name: Name by which it is asked for; empty for none.
        title: Name for readers.
        meaning: What the world stands for.
        illustration: How far it stands for a real place.
        sources: Where facts come from.
        levers: Levers that differ from the defaults.
        interventions: Levers that change during the run.
    """

    name: str = ""
    title: str = "The default world"
    meaning: str = ""
    illustration: str = ""
    sources: tuple[str, ...] = ()
    levers: Mapping[str, Value] | None = None
    interventions: tuple[Intervention, ...] = ()

    @property
    def parameters(self) -> Parameters:
        """All levers at the start."""
        return Parameters.of(self.levers)


def preset_names() -> list[str]:
    """Return the names of the presets that come with the model, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_preset(name: str) -> Preset:
    """Return a preset by name, or from a TOML file of your own by its path.

    Examples:
        >>> load_preset("village").parameters.regions
        1

    Raises:
        PresetError: There is no such preset (the message offers the nearest one) or file, or the file
            is not in order.
        ParameterError: The file sets a lever to a value that is not allowed.
    """
    if name in preset_names():
        return read_preset(FOLDER / f"{name}.toml")
    if name.endswith(".toml"):
        return read_preset(Path(name))
    raise PresetError(
        f"There is no preset {name!r}.{nearest(name, preset_names())} 'cocreate presets' lists them all;"
        " a file of your own is given by a path that ends in .toml."
    )


def read_preset(path: Path) -> Preset:
    """Return the preset that a TOML file describes, after checking all of it."""
    content = read_toml(path)
    for key in content:
        if key not in KEYS:
            raise PresetError(
                f"{path} has an unknown entry {key!r}.{nearest(key, KEYS)} Allowed are {', '.join(KEYS)}."
            )
    preset = Preset(
        name=_text(content, "name", path) or path.stem,
        title=_text(content, "title", path) or path.stem,
        meaning=_text(content, "meaning", path),
        illustration=_text(content, "illustration", path),
        sources=_sources(content, path),
        levers=levers_in(content, str(path)),
        interventions=interventions_in(content, str(path)),
    )
    try:
        checked(preset.parameters, preset.interventions)
    except ParameterError as error:
        raise ParameterError(f"{path}: {error}") from None
    return preset


def _text(content: Mapping[str, Any], key: str, path: Path) -> str:
    value = content.get(key, "")
    if not isinstance(value, str):
        raise PresetError(f"{path}: {key!r} must be a text, but is {value!r}.")
    return " ".join(value.split())


def _sources(content: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    sources = content.get("sources", [])
    if not isinstance(sources, list) or not all(isinstance(one, str) for one in sources):
        raise PresetError(f"{path}: 'sources' must be a list of texts.")
    return tuple(sources)
