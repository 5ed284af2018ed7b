"""What a visitor takes home: a page in one file that plays from disk, and the numbers as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import MONTHLY
from cocreate.viz.app.origin import Origin
from cocreate.viz.app.player import player_code, player_labels, player_style
from cocreate.viz.app.player_look import COLOURS
from cocreate.viz.app.replay import Replay
from cocreate.viz.app.state import Setting
from cocreate.viz.app.words import Words

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
"""What the exported page may load: nothing but itself."""

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0 auto; max-width: 1280px; padding: 0 12px 24px; background: {light}; color: {light_ink};
  font: 16px/1.45 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.5rem; }}
@media print {{ :root {{ color-scheme: light; }} }}
@media screen and (prefers-color-scheme: dark) {{ body {{ background: {dark}; color: {dark_ink}; }} }}
{style}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{caption}
<div id="player"></div>
</main>
<footer>
{notes}
</footer>
<script type="application/json" id="values">{values}</script>
<script type="module">
{code}
const values = JSON.parse(document.getElementById("values").textContent);
const model = {{
  get: (name) => values[name],
  set: (name, value) => {{ values[name] = value; }},
  on() {{}},
  off() {{}},
  save_changes() {{}},
}};
render({{ model, el: document.getElementById("player") }});
</script>
</body>
</html>
"""


def page_of(
    replay: Replay,
    words: Words,
    *,
    other: Replay | None = None,
    preset: str = "",
    caption: str = "",
    month: int = 0,
) -> str:
    """Return a page in one file that plays a world from disk, without a server and without internet.

    It says the seed, the levers, what changed and the version on it.

    Args:
        replay: The world.
        words: Language of the page.
        other: Its twin, shown in grey.
        preset: Name of the preset that its visitor started from, which the replay does not know: equal worlds
            share it.
        caption: What to see, in plain text.
        month: Position at which the page opens.
    """
    values = {
        "replay": replay.to_json(),
        "other": other.to_json() if other else "",
        "labels": player_labels(words, [replay]),
        "colours": COLOURS,
        "theme": "auto",
        "month": month,
        "picked": {},
    }
    return PAGE.format(
        language=words.locale,
        policy=POLICY,
        title=escape(words("player.export.title")),
        light=COLOURS["light"]["paper"],
        light_ink=COLOURS["light"]["ink"],
        dark=COLOURS["dark"]["paper"],
        dark_ink=COLOURS["dark"]["ink"],
        style=player_style(),
        caption=_paragraphs([caption] if caption else []),
        notes=_paragraphs(_notes(replay, other, words, preset)),
        values=json.dumps(values, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        code=player_code(),
    )


def series_csv(model: CoCreationModel, setting: Setting) -> str:
    """Return the monthly outcomes of a run as CSV, exactly as ``model.series`` holds them.

    Args:
        model: A model that has run.
        setting: The world that it ran.

    Returns:
        Columns that say where it comes from (``seed``, ``version``, levers that are not as usual), then
        ``month``, counted from 0, and one for each monthly outcome; empty where there is nothing
        to take it from. Numbers have a point and as many digits as it takes to read them back unchanged.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    origin = Origin([setting])
    told = [setting.seed, *origin.of(setting)]
    rows.writerow(["seed", *origin.columns, "month", *MONTHLY])
    columns = [model.series[name].tolist() for name in MONTHLY]
    for month, values in enumerate(zip(*columns, strict=True)):
        rows.writerow([*told, month, *("" if np.isnan(value) else repr(value) for value in values)])
    return text.getvalue()


def _notes(replay: Replay, other: Replay | None, words: Words, preset: str) -> list[str]:
    content = replay.content
    note: Any = lambda key, **values: words(f"player.export.{key}", **values)  # noqa: E731
    lines = [
        note("world", seed=str(content["seed"]), version=content["version"], months=replay.months),
        *([note("preset", preset=preset)] if preset else []),
        _levers(content, words),
    ]
    changes = [
        note("change", month=str(month), lever=lever, value=str(value))
        for month, lever, value in content["changes"]
    ]
    if changes:
        lines.append(note("changes", changes="; ".join(changes)))
    if other:
        lines += [note("twin"), note("other_levers", levers=_levers(other.content, words))]
    return [*lines, note("caution"), note("how")]


def _levers(content: Mapping[str, Any], words: Words) -> str:
    levers = content["levers"]
    if not levers:
        return words("player.export.no_levers")
    return words(
        "player.export.levers", levers=", ".join(f"{name} {value}" for name, value in levers.items())
    )


def _paragraphs(texts: list[str]) -> str:
    return "\n".join(f"<p>{escape(text)}</p>" for text in texts)
