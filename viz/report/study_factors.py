"""Sections of a report on a study whose design varies factors: which matter, and where something happens."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan

from cocreate.experiments.analysis.morris import MorrisResult
from cocreate.experiments.analysis.sobol import SobolResult
from cocreate.experiments.conclusions.conclude import Conclusions
from cocreate.experiments.conclusions.discoveries import Discovered
from cocreate.experiments.conclusions.outcome_words import (
    change,
    level,
    number,
    outcome_named,
    unit_of_change,
)
from cocreate.experiments.conclusions.responses import Response
from cocreate.experiments.conclusions.sensitivities import Sensitive
from cocreate.experiments.words import counted
from cocreate.viz.boxes import box_figure
from cocreate.viz.report.badges import FOUND, NOT_TESTED, NOTHING, UNSURE
from cocreate.viz.report.files import csv_file
from cocreate.viz.report.page import Answer, Badge, Block, Column, Note, Section, Table, Text
from cocreate.viz.report.pictures import picture
from cocreate.viz.report.study_effects import interval_words, titles_of
from cocreate.viz.responses import responses
from cocreate.viz.sensitivity import morris_figure, sobol_figure

SOBOL_WORDS = (
    "First order: the share of the variance of the outcome that a lever explains alone. Total: the share in"
    " which it has any part, together with other levers. Total shares can sum to more than one. Of chance:"
    " what chance between replicates adds to the total share, 0 for a lever that changes no run.",
)

MORRIS_WORDS = (
    "The size of the effect is the mean change of the outcome, without its sign, when a lever goes through"
    " its whole range while others stay. A spread as large as the size says that the effect hangs on other"
    " levers. By chance: the size that chance between replicates would show if the lever had no effect on"
    " average, 0 for a lever that changes no run.",
)


def sensitivity_section(found: Conclusions, note: str) -> Section:
    """Return the section on which factors matter for which outcome."""
    kind = SOBOL_WORDS if found.results.study.design.kind == "sobol" else MORRIS_WORDS
    parts = tuple(
        _sensitive(one, f"sensitivity-{place + 1}", titles_of(found)[one.world], note)
        for place, one in enumerate(found.sensitivities)
    )
    return Section("sensitivity", "Which levers matter", (Text(kind),), parts)


def _sensitive(one: Sensitive, anchor: str, title: str, note: str) -> Section:
    declared = outcome_named(one.outcome)
    heading = _heading(declared.meaning, title)
    if one.found is None:
        return Section(anchor, heading, (Note(f"Nothing can be said: {one.problem}"),))
    blocks: list[Block] = [Text((one.found.sentence,))]
    if isinstance(one.found, SobolResult):
        figure, columns = sobol_figure(one.found), SOBOL_COLUMNS
        rows, dotted = _sobol_rows(one.found), "what chance between replicates adds to the total share"
    else:
        figure, columns = morris_figure(one.found, declared.unit), MORRIS_COLUMNS
        rows = _morris_rows(one.found, declared.unit)
        dotted = "the size that chance alone would show if the lever had no effect on average"
    caption = f"Marks with 95 % intervals. Dotted, lever by lever: {dotted}. {note}"
    blocks.append(
        picture(
            figure,
            f"figure-{anchor}",
            f"Levers by how much they move: {declared.meaning}",
            caption,
            one.found.sentence,
        )
    )
    told = one.found.table.to_dict("records")
    file = csv_file(f"{anchor}-{one.outcome}.csv", told, "These numbers in full precision (CSV)")
    unit = f"; effects in {unit_of_change(declared.unit)}" if isinstance(one.found, MorrisResult) else ""
    blocks.append(Table(f"Levers by their part in: {declared.meaning}{unit}", columns, rows, file))
    if isinstance(one.found, SobolResult) and one.found.pairs:
        blocks.append(_pairs(one.found, f"{anchor}-{one.outcome}"))
    return Section(anchor, heading, tuple(blocks))


def _pairs(found: SobolResult, name: str) -> Table:
    """Return what pairs of levers explain only together, the largest share first."""
    ranked = sorted(found.pairs, key=lambda one: -one.share.value)
    rows = tuple(
        (
            " and ".join(one.names),
            number(one.share.value),
            f"{number(one.share.low)} to {number(one.share.high)}",
            "yes" if one.share.low > 0 else "not clearly",
        )
        for one in ranked
    )
    told = [{"one": one.names[0], "other": one.names[1], **asdict(one.share)} for one in ranked]
    columns = (
        Column("Levers"), Column("Share", True), Column("95 % interval", True), Column("More than nothing"),
    )  # fmt: skip
    caption = (
        "Second order: the share of the variance that two levers explain only together, beyond what each"
        " explains alone. Chance can make it negative"
    )
    file = csv_file(f"{name}-pairs.csv", told, "These shares in full precision (CSV)")
    return Table(caption, columns, rows, file)


def _heading(meaning: str, title: str) -> str:
    return f"{meaning[:1].upper()}{meaning[1:]}, around “{title}”"


SOBOL_COLUMNS = (
    Column("Lever"), Column("Total", True), Column("95 % interval", True),
    Column("First order", True), Column("95 % interval of it", True), Column("Of chance", True),
)  # fmt: skip

MORRIS_COLUMNS = (
    Column("Lever"), Column("Mean size", True), Column("95 % interval", True),
    Column("Mean with sign", True), Column("Spread", True), Column("By chance", True),
)  # fmt: skip


def _sobol_rows(found: SobolResult) -> tuple[tuple[str, ...], ...]:
    ranked = sorted(found.factors, key=lambda one: -one.total.value)
    return tuple(
        (
            one.name,
            number(one.total.value),
            f"{number(one.total.low)} to {number(one.total.high)}",
            number(one.first.value),
            f"{number(one.first.low)} to {number(one.first.high)}",
            number(one.chance),
        )
        for one in ranked
    )


def _morris_rows(found: MorrisResult, unit: str) -> tuple[tuple[str, ...], ...]:
    """Return effects in the unit in which changes of the outcome are written."""
    ranked = sorted(found.factors, key=lambda one: -one.mu_star.value)
    return tuple(
        (
            one.name,
            _size(unit, one.mu_star.value),
            f"{_size(unit, one.mu_star.low)} to {_size(unit, one.mu_star.high)}",
            change(unit, one.mu),
            _size(unit, one.sigma),
            _size(unit, one.noise_floor),
        )
        for one in ranked
    )


def _size(unit: str, value: float) -> str:
    """Return the size of a change as text, without a sign."""
    return change(unit, value).removeprefix("+")


def sensitivity_answers(found: Conclusions) -> list[Answer]:
    """Return for each outcome which lever matters most, in a sentence."""
    titles = titles_of(found)
    answers = []
    for place, one in enumerate(found.sensitivities):
        if one.found is None:
            badge, sentence = NOT_TESTED, one.problem
        else:
            badge, sentence = _sureness(one.found), one.found.sentence
        meaning = _heading(outcome_named(one.outcome).meaning, titles[one.world])
        answers.append(Answer(badge, f"{meaning}.", sentence, f"sensitivity-{place + 1}"))
    return answers


def _sureness(found: SobolResult | MorrisResult) -> Badge:
    if not found.mattering:
        return UNSURE if isnan(found.noise_share) else NOTHING
    return FOUND if found.converged else UNSURE


def discovery_section(found: Conclusions, note: str) -> Section:
    """Return the section on where an outcome lies beyond its threshold."""
    parts = tuple(
        _discovered(one, f"box-{place + 1}", titles_of(found)[one.world], note)
        for place, one in enumerate(found.discoveries)
    )
    how = (
        "A box is a set of limits on levers. Coverage is the share of all cases that lie inside, density"
        " the share of cases among what lies inside. A box counts only if it also does well on points that"
        " were not used to find it. Points count by the mean over their replicates.",
    )
    return Section("boxes", "Where it happens", (Text(how),), parts)


def _question(one: Discovered) -> str:
    declared = outcome_named(one.wanted.outcome)
    return f"{declared.meaning} {one.wanted.side} {level(declared.unit, one.wanted.threshold)}"


def _discovered(one: Discovered, anchor: str, title: str, note: str) -> Section:
    heading = _heading(_question(one), title)
    if one.found is None:
        return Section(anchor, heading, (Note(f"Nothing can be said: {one.problem}"),))
    blocks: list[Block] = [Text((f"{one.found.sentence}",))]
    if one.dropped:
        points = counted(one.dropped, "point", digits=True)
        blocks.append(Note(f"Left out: {points}, since no run there could be measured and compared."))
    if one.incomplete:
        points = counted(one.incomplete, "point", digits=True)
        blocks.append(
            Note(
                f"Some runs are missing at {points}. The mean there is over the others, less what these add"
                " at all points alike, so that it can be compared."
            )
        )
    if one.found.box is not None:
        caption = (
            "Grey: the range that the study covers. Blue: inside the box, with its limits. Whiskers: where a"
            f" limit lies when points are drawn again. {note}"
        )
        blocks.append(
            picture(
                box_figure(one),
                f"figure-{anchor}",
                f"The box: {one.found.box.words}",
                caption,
                one.found.sentence,
            )
        )
        blocks.append(_limits(one, anchor))
    return Section(anchor, heading, tuple(blocks))


def _limits(one: Discovered, anchor: str) -> Table:
    assert one.found is not None
    columns = (
        Column("Lever"), Column("Side"), Column("Limit", True), Column("Returns in resamples", True),
        Column("Lies between", True),
    )  # fmt: skip
    rows = tuple(
        (
            found.limit.lever,
            str(found.limit.side),
            " or ".join(found.limit.words) or f"{found.limit.value:.3g}",
            f"{found.returned:.0%}",
            "" if isnan(found.low) else f"{found.low:.3g} and {found.high:.3g}",
        )
        for found in one.found.limits
    )
    told = one.found.table.to_dict("records")
    file = csv_file(f"{anchor}.csv", told, "These limits in full precision (CSV)")
    return Table("Limits of the box, and how firm they are", columns, rows, file)


def discovery_answers(found: Conclusions) -> list[Answer]:
    """Return what was found about each threshold, in a sentence."""
    titles = titles_of(found)
    answers = []
    for place, one in enumerate(found.discoveries):
        sentence = one.problem if one.found is None else one.found.sentence
        badge = NOT_TESTED if one.found is None else NOTHING if one.found.box is None else FOUND
        heading = _heading(_question(one), titles[one.world])
        answers.append(Answer(badge, f"{heading}.", sentence, f"box-{place + 1}"))
    return answers


def responses_section(found: Conclusions, note: str) -> Section:
    """Return the section on how outcomes respond to each factor."""
    titles = titles_of(found)
    groups: dict[tuple[str, str], list[Response]] = {}
    for one in found.responses:
        groups.setdefault((one.world, one.outcome), []).append(one)
    blocks: list[Block] = [
        Text(
            (
                "The mean of an outcome at each level of a lever, over all settings of the other levers."
                f"{interval_words(found.results.study)}",
            )
        )
    ]
    for place, ((world, outcome), mine) in enumerate(groups.items()):
        title = _heading(outcome_named(outcome).meaning, titles[world])
        drawn = responses(mine)
        caption = (
            "Marks: means over the points at a level. Lines: 95 % intervals, but for those that leave out"
            f" nothing the outcome can be. {note}"
        )
        blocks.append(
            picture(
                drawn,
                f"figure-response-{place + 1}",
                title,
                caption,
                f"{title}. The table below holds all numbers.",
            )
        )
        blocks.append(_responses_table(mine, title))
    return Section("responses", "How outcomes respond to each lever", tuple(blocks))


def _responses_table(mine: list[Response], title: str) -> Table:
    columns = (
        Column("Lever"), Column("Level", True), Column("Mean", True), Column("95 % interval", True),
        Column("Runs", True),
    )  # fmt: skip
    unit = outcome_named(mine[0].outcome).unit
    rows = tuple(
        (
            one.factor,
            label,
            level(unit, mean.mean),
            "unknown" if isnan(mean.low) else f"{level(unit, mean.low)} to {level(unit, mean.high)}",
            f"{mean.runs:,}",
        )
        for one in mine
        for label, mean in zip(one.labels, one.means, strict=True)
    )
    return Table(f"{title}: means at the levels of each lever", columns, rows)
