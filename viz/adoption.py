"""The figure of adoption: where services took root, which councils hold the principles, how both spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.initiative import Mode
from cocreate.experiments.runs import Run
from cocreate.model.diary import Kind
from cocreate.viz.heat import COLOURS, DARK
from cocreate.viz.places import ring_of_regions
from cocreate.viz.region_map import disc_size, draw_region
from cocreate.viz.run_notes import record_note
from cocreate.viz.sheet import Sheet, sheet, size_of
from cocreate.viz.survival import YEAR
from cocreate.viz.texts import ENGLISH, Texts
from cocreate.viz.theme import BLACK, GREEN, VERMILION, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage

MAPS = 4
"""Moments of which there is a map."""

MOST_NAMES = 30
"""Regions up to which each row has its name and its numbers."""

FIRST = {Mode.NEW: ("own", "o"), Mode.COPIED: ("copied", "s"), Mode.ADAPTED: ("adapted", "^")}
"""Name and mark of the way in which a region came to its first regular service."""


def services_by_year(run: Run) -> NDArray[np.int64]:
    """Return the regular services of each region at the end of each year and of the run.

    Returns:
        Shape (regions, years).
    """
    table = run.regional.pivot_table(index="region", columns="month", values="structural")
    return np.asarray(np.rint(table.to_numpy()), np.int64)


def holdings(run: Run) -> list[tuple[int, int, int]]:
    """Return when councils held the principles: region, first month, and month after the last."""
    kinds = [int(Kind.COUNCIL_ADOPTED), int(Kind.COUNCIL_LAPSED)]
    rows = run.events[run.events["kind"].isin(kinds)]
    since: dict[int, int] = {}
    found = []
    for kind, region, month in zip(rows["kind"], rows["region"], rows["month"], strict=True):
        if kind == int(Kind.COUNCIL_ADOPTED):
            since.setdefault(int(region), int(month))
        elif int(region) in since:
            found.append((int(region), since.pop(int(region)), int(month)))
    return sorted([*found, *((region, month, run.months) for region, month in since.items())])


def arrivals(run: Run) -> list[tuple[int, int, Mode]]:
    """Return the first regular service of each region that has had one: region, month and its mode."""
    rows = run.initiatives[run.initiatives["became_structural"] >= 0]
    first = rows.sort_values("became_structural", kind="stable").drop_duplicates("region")
    columns = zip(first["region"], first["became_structural"], first["mode"], strict=True)
    return [(int(region), int(month), Mode(int(mode))) for region, month, mode in columns]


def transfers(run: Run) -> list[tuple[int, int, int, Mode]]:
    """Return pilots taken over from another region: from where, to where, month of their start, mode."""
    rows = run.initiatives
    came = rows[(rows["source"] >= 0) & (rows["piloted"] >= 0)]
    home = rows["region"].to_numpy()[came["source"].to_numpy()]
    columns = zip(home, came["region"], came["piloted"], came["mode"], strict=True)
    return [(int(a), int(b), int(month), Mode(int(mode))) for a, b, month, mode in columns if a != b]


def adoption(run: Run, *, projector: bool = False, texts: Texts = ENGLISH) -> Figure:
    """Return maps of all regions at a few moments, and a row for each region over the years.

    A slide has the maps only.

    Args:
        run: A run of at least one month.
        projector: Whether to draw a slide with large letters.
        texts: Texts of the figure.
    """
    services = services_by_year(run)
    title = texts(
        "adoption.title", count=int((services[:, -1] > 0).sum()), regions=len(services),
        years=texts.number(run.months / YEAR, 0 if run.months % YEAR == 0 else 1),
        councils=texts.percent(float(run.series["councils"].iloc[-1])),
    )  # fmt: skip
    rows = 1.2 + min(5.0, 0.26 * len(services) + 0.4)
    with styled(size_of(projector=projector)):
        page = sheet(
            (title, texts("adoption.how"), record_note(run, texts)), 11, 2.9 + rows, projector=projector
        )
        side = 0.2 if projector else 0.7
        page.place(left=side, right=side, top=0.35, bottom=0.2 if projector else 0.55)
        heights = [1, 0] if projector else [2.5, rows]
        widths = [*[1] * MAPS, 0.001 if projector else 0.09]
        grid = page.figure.add_gridspec(
            2, MAPS + 1, height_ratios=heights, width_ratios=widths, hspace=0.25, wspace=0.06
        )
        for place, year in enumerate(_moments(services.shape[1])):
            axes = page.figure.add_subplot(grid[0, place])
            _map(axes, run, services, year, page)
            axes.set_title(
                texts("adoption.year", year=str(year + 1)), fontsize=page.points(9.5), loc="center"
            )
        if not projector:
            cells = page.figure.add_subplot(grid[1, :MAPS])
            image = _cells(cells, services, run.months)
            _marks(cells, run, len(services), page, texts)
            bar = page.figure.add_subplot(grid[1, MAPS])
            page.figure.colorbar(image, cax=bar, label=texts("adoption.services"))
    return page.figure


def _moments(years: int) -> list[int]:
    """Return the years that have a map, evenly spaced, the last one included; from 0 on."""
    ends = np.linspace(0, years, MAPS + 1)[1:]
    return sorted({max(0, round(float(end)) - 1) for end in ends})


def _map(axes: Axes, run: Run, services: NDArray[np.int64], year: int, page: Sheet) -> None:
    month = min((year + 1) * YEAR, run.months)
    x, y = ring_of_regions(len(services))
    holding = {region for region, begin, end in holdings(run) if begin < month <= end}
    size = disc_size(len(services), 24 if page.size > 1 else 15)
    for start, end, begun, mode in transfers(run):
        if begun < month:
            axes.annotate(
                "", (x[end], y[end]), (x[start], y[start]), gid="transfer",
                arrowprops={
                    "arrowstyle": "->", "color": VERMILION, "linewidth": 1.1, "shrinkA": size / 2,
                    "shrinkB": size / 2, "linestyle": "--" if mode is Mode.COPIED else "-",
                },
            )  # fmt: skip
    for region, count in enumerate(services[:, year].tolist()):
        draw_region(axes, (x[region], y[region]), count, size, holds=region in holding)
    axes.set_xlim(-1.3, 1.3)
    axes.set_ylim(-1.3, 1.3)
    axes.set_aspect("equal")
    axes.set_axis_off()


def _cells(axes: Axes, services: NDArray[np.int64], months: int) -> AxesImage:
    regions = len(services)
    top = max(1, int(services.max()))
    image = axes.imshow(
        np.where(services > 0, services, np.nan), cmap=COLOURS, vmin=0, vmax=top, aspect="auto",
        interpolation="nearest", extent=(0, months / YEAR, regions - 0.5, -0.5),
    )  # fmt: skip
    for (region, year), count in np.ndenumerate(services):
        if count and regions <= MOST_NAMES:
            axes.text(
                min(year + 1, months / YEAR) - 0.1, region, str(count), ha="right", va="center", fontsize=7.5,
                color="white" if count > DARK * top else "black",
            )  # fmt: skip
    return image


def _marks(axes: Axes, run: Run, regions: int, page: Sheet, texts: Texts) -> None:
    for number, (region, begin, end) in enumerate(holdings(run)):
        axes.fill_between(
            [begin / YEAR, end / YEAR], region - 0.42, region + 0.42, facecolor="none", edgecolor=GREEN,
            linewidth=2, gid="holding", label=texts("adoption.holds") if number == 0 else "",
        )  # fmt: skip
    found = arrivals(run)
    for mode, (name, marker) in FIRST.items():
        spots = [((month + 1) / YEAR, region) for region, month, way in found if way is mode]
        x, y = zip(*spots, strict=True) if spots else ((), ())
        label = f"{texts('adoption.first')} {texts(f'adoption.{name}')}"
        axes.plot(
            x, y, marker, color="white", markeredgecolor=BLACK, markersize=7 * page.size, linestyle="none",
            label=label, gid=f"first:{name}", clip_on=False,
        )  # fmt: skip
    step = 1 if regions <= MOST_NAMES else 10
    axes.set_yticks(range(0, regions, step), [run.region_name(one) for one in range(0, regions, step)])
    axes.set_ylabel(texts("adoption.regions"))
    axes.set_xlabel(texts("axis.years"))
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=4, fontsize=page.points(7.6), borderaxespad=0.2,
        columnspacing=1.0, handletextpad=0.4,
    )  # fmt: skip
