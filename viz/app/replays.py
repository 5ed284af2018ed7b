"""Replays on a page: the course of one world and of its twin, in the player."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import solara

from cocreate.viz.app.background import Progress, use_background
from cocreate.viz.app.parts import tag
from cocreate.viz.app.player import Player, player_labels
from cocreate.viz.app.replay import Replay
from cocreate.viz.app.state import Setting
from cocreate.viz.app.visit import use_theme, use_words
from cocreate.viz.app.worlds import worlds


@dataclass(frozen=True)
class Shown:
    """What the player shows.

    Attributes:
        replay: The world.
        other: Its twin, in grey.
    """

    replay: Replay
    other: Replay | None


def use_replays(setting: Setting, twin: Setting | None) -> Progress[Shown]:
    """Return the course of a world and of its twin once both are simulated.

    Args:
        setting: The world.
        twin: The world shown in grey; None, or an equal one, for none.
    """
    other = twin if twin is not None and twin.key() != setting.key() else None

    def work(_gone: Callable[[], bool]) -> Iterator[Shown]:
        found = worlds().replay(other) if other is not None else None
        yield Shown(worlds().replay(setting), found)

    return use_background(work, f"{setting.key()} {other.key() if other is not None else ''}")


@solara.component
def World(
    progress: Progress[Shown],
    month: int = 0,
    on_month: Callable[[int], None] | None = None,
    on_picked: Callable[[Mapping[str, Any]], None] | None = None,
) -> None:
    """Show the player, or what it waits for.

    Args:
        progress: What is known of the world and its twin.
        month: Month to show.
        on_month: Called with the month at which the visitor stopped.
        on_picked: Called with whom the visitor picked, empty for nobody.
    """
    words, theme = use_words(), use_theme()
    shown = progress.value
    both = [one for one in (shown.replay, shown.other) if one is not None] if shown is not None else []
    labels = solara.use_memo(lambda: player_labels(words, both), [words.language, *map(id, both)])
    texts = solara.use_memo(lambda: [one.to_json() for one in both], [*map(id, both)])
    if progress.failed:
        tag("p", words("explore.failed"), css="cc-notice", role="alert")
    if not texts:
        if not progress.failed:
            tag("p", words("explore.waiting"), css="cc-busy", role="status")
        return
    with solara.Div(classes=["cc-player"]):
        Player.element(
            replay=texts[0],
            other=texts[1] if len(texts) > 1 else "",
            labels=labels,
            theme=theme,
            month=month,
            on_month=on_month or _ignore,
            on_picked=on_picked or _ignore,
        )


def _ignore(_value: Any) -> None:
    """Take no notice."""
