"""The player: a widget that shows the course of a world in the browser, without asking the server."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from cocreate.viz.app.controls.rows import choice_text
from cocreate.viz.app.errors import AppNotInstalledError
from cocreate.viz.app.player_look import COLOURS
from cocreate.viz.app.replay import Replay
from cocreate.viz.app.words import Words

try:
    import anywidget
    import traitlets
except ImportError as error:
    raise AppNotInstalledError(error.name or "anywidget") from None

FOLDER = Path(__file__).parent
PARTS = FOLDER / "player_parts"
MONTHS_A_YEAR = 12


@cache
def player_code() -> str:
    """Return the player as one ECMAScript module; its files share one scope and are read in their order."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(PARTS.glob("*.js")))


@cache
def player_style() -> str:
    """Return the style sheet of the player."""
    return (FOLDER / "player.css").read_text(encoding="utf-8")


def player_labels(words: Words, replays: Iterable[Replay] = ()) -> dict[str, str]:
    """Return all texts that the player needs in a language.

    Args:
        words: The language.
        replays: What will be shown, for the names of the levers that change during the run and of the choices
            that they change to.
    """
    changes = [(lever, value) for replay in replays for _, lever, value in replay.content["changes"]]
    levers = sorted({lever for lever, _ in changes})
    choices = sorted({(lever, value) for lever, value in changes if isinstance(value, str)})
    return {
        **words.branch("player"),
        **{f"sector.{key}": text for key, text in words.branch("sector").items()},
        **{f"month.{month}": words.month_name(month) for month in range(MONTHS_A_YEAR)},
        **{f"lever.{name}": words(f"lever.{name}.label") for name in levers},
        **{f"choice.{lever}.{value}": choice_text(words, lever, value) for lever, value in choices},
        "when": words.branch("time")["month_of_year"],
        "locale": words.locale,
    }


class Player(anywidget.AnyWidget):
    """The picture of a world: regions, people at tables, and a timeline to play and to jump on.

    Attributes:
        replay: Text of a replay (see :meth:`~cocreate.viz.app.replay.Replay.to_json`); empty for none.
        other: Text of its twin's replay, shown in grey; empty for none.
        labels: Texts from :func:`player_labels`.
        theme: ``"light"``, ``"dark"``, or ``"auto"`` for what the device prefers.
        month: Position that is shown: months since the start. The browser sets it when it stops somewhere;
            set it to jump there.
        plays: Raise it to play from ``month`` on.
        picked: Who was clicked: ``{"kind": "person" or "initiative", "index": number}``, or empty.
    """

    if TYPE_CHECKING:
        element: ClassVar[Any]  # Solara gives it to every widget

    _esm = player_code()
    _css = player_style()
    replay = traitlets.Unicode("").tag(sync=True)
    other = traitlets.Unicode("").tag(sync=True)
    labels: Any = traitlets.Dict().tag(sync=True)
    colours: Any = traitlets.Dict(COLOURS).tag(sync=True)
    theme = traitlets.Unicode("auto").tag(sync=True)
    month = traitlets.Int(0).tag(sync=True)
    plays = traitlets.Int(0).tag(sync=True)
    picked: Any = traitlets.Dict().tag(sync=True)
