"""The specification curve: is it the window that was chosen?"""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.escalation.study import Study
from analysis.figures.arabic import show
from analysis.figures.canvas import BLACK, PALE, WINDOW, Drawing, Page, Style, styled
from analysis.figures.forest import TICKS
from analysis.figures.measures import SMALL, decimals_of
from analysis.figures.words import Words


def specification_table(study: Study) -> pd.DataFrame:
    """Return the rows of `study.grid` that were observed and have a ratio, by ratio: `rank` (int64, from 1) first."""
    grid = study.grid[study.grid["observed"].astype("bool")]
    grid = grid[np.isfinite(grid["rate_ratio"].astype("float64"))]
    grid = grid.sort_values(["rate_ratio", "window_first", "window_last", "flank"], kind="stable")
    return grid.assign(rank=np.arange(1, len(grid) + 1))[["rank", *study.grid.columns]].reset_index(drop=True)


@styled
def draw_specification(study: Study, lang: str = "en", **style: Unpack[Style]) -> Figure:
    """Draw the rate ratio under every window and flank, sorted, over a matrix that says which choice each is.

    Thick pale bars are placebo intervals, thin ones exact; the declared specification is a coloured diamond. Returns a
    Figure of two Axes, curve above, choices below; the table drawn is `specification_table`'s. Raises ValueError where
    no specification could be counted.
    """
    page = Page(lang, **style)
    table = specification_table(study)
    if table.empty:
        raise ValueError("no specification has a rate ratio: nothing was counted in the flanks")
    choices = _choices(table)
    line = 7.4 if lang == "both" else 4.0
    figure = page.figure(50 + line * (len(choices) + 2))
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[44, line * (len(choices) + 2)])
    _curve(page.turn(above), page, table)
    _matrix(page.turn(below), page, table, choices)
    words, coverage = page.words, study.coverage.iloc[0]
    unobserved = len(study.grid) - int(study.grid["observed"].sum())
    drawing = Drawing(
        "specification",
        lang,
        words.each(lambda one: _title(one, table)),
        words.each(lambda one: _alt(one, table)),
        page.note(
            "incidents",
            int(coverage["counted"]),
            int(coverage["undated"]),
            "specification.note_short" if unobserved else "specification.note",
            unobserved=lambda one: one.count("specification.choices", unobserved),
        ),
        table,
        page.details((study.counts.index[0], study.counts.index[-1]), study.window),
    )
    key = [
        Line2D([], [], linestyle="", marker="D", color=WINDOW, markersize=5, label=words.key("specification.declared")),
        Line2D([], [], linestyle="", marker="o", color=BLACK, markersize=3.5, label=words.key("specification.other")),
        Line2D([], [], color=BLACK, linewidth=0.9, label=words.key("forest.exact")),
        Patch(facecolor=PALE, label=words.key("forest.placebo")),
    ]
    return page.finish(figure, drawing, key)


COUNTS = ("window_count", "flank_count")
Choice = tuple[str, tuple[int, ...]]


def _choices(table: pd.DataFrame) -> list[Choice]:
    windows = sorted(
        {(int(a), int(b)) for a, b in zip(table["window_first"], table["window_last"], strict=True)},
        key=lambda window: (window[0] == 0 or window[1] < 0, window[1] - window[0], window),
    )
    flanks = sorted({int(flank) for flank in table["flank"]})
    return [("window", window) for window in windows] + [("flank", (flank,)) for flank in flanks]


def _curve(ax: Axes, page: Page, table: pd.DataFrame) -> None:
    ax.set_yscale("log")
    values = table[["rate_ratio", "placebo_low", "placebo_high"]].to_numpy(dtype="float64")
    known = values[np.isfinite(values) & (values > 0)]
    low, high = max(TICKS[0], min(0.5, known.min())) / 1.1, min(TICKS[-1], max(2.0, known.max())) * 1.1
    for name, how in (
        ("placebo", {"color": PALE, "linewidth": 4, "zorder": 1}),
        ("exact", {"color": BLACK, "linewidth": 0.9, "zorder": 2}),
    ):
        bottom, top = (table[f"{name}_{end}"].astype("float64").clip(low / 2, high * 2) for end in ("low", "high"))
        ax.vlines(table["rank"], bottom, top, **how)  # type: ignore[arg-type]
    primary = table["primary"].astype("bool")
    ax.plot(table["rank"][~primary], table["rate_ratio"][~primary], "o", color=BLACK, markersize=3.5, zorder=3)
    ax.plot(table["rank"][primary], table["rate_ratio"][primary], "D", color=WINDOW, markersize=5.5, zorder=4)
    ax.axhline(1, color=BLACK, linewidth=0.6, zorder=0)
    ax.set_ylim(low, high)
    ax.set_xlim(0.3, len(table) + 0.7)
    ax.yaxis.set_major_locator(FixedLocator([tick for tick in TICKS if low <= tick <= high]))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: page.bare(value, decimals_of(value))))
    ax.tick_params(axis="x", length=0, labelbottom=False)
    page.unit(ax, page.words.say("placebo.unit"))


def _matrix(ax: Axes, page: Page, table: pd.DataFrame, choices: list[Choice]) -> None:
    primary = table["primary"].astype("bool")
    for row, (sort, choice) in enumerate(choices):
        if sort == "window":
            chosen = (table["window_first"] == choice[0]) & (table["window_last"] == choice[1])
        else:
            chosen = table["flank"] == choice[0]
        ax.plot(table["rank"], [row] * len(table), ".", color=PALE, markersize=3)
        mine = table["rank"][chosen & ~primary]
        ax.plot(mine, [row] * len(mine), "o", color=BLACK, markersize=3.5)
        declared = table["rank"][chosen & primary]
        ax.plot(declared, [row] * len(declared), "D", color=WINDOW, markersize=4.5)
    windows = sum(sort == "window" for sort, _ in choices)
    for edge in (windows, len(choices)):
        ax.axhline(edge - 0.5, color=PALE, linewidth=0.6)
    turned = (page.width - 60) / len(table) < 4.0
    how: dict[str, Any] = {"size": 4.5, "rotation": 90} if turned else {"size": SMALL}
    for row, name in enumerate(COUNTS, start=len(choices)):
        for rank, count in zip(table["rank"], table[name], strict=True):
            ax.text(rank, row, page.bare(int(count)), ha="center", va="center", **how)
    ax.set_yticks(range(len(choices) + len(COUNTS)))
    rows: list[Choice] = [*choices, *((name, ()) for name in COUNTS)]
    said = [page.words.each(lambda one, choice=choice: _named(one, choice)) for choice in rows]  # type: ignore[misc]
    ax.set_yticklabels([show(text) for text in said], linespacing=1.1)
    ax.set_ylim(len(choices) + len(COUNTS) - 0.4, -0.6)
    ax.tick_params(length=0, labelbottom=False)
    for side in ("bottom", "left", "right"):
        ax.spines[side].set_visible(False)


def _named(one: Words, choice: Choice) -> str:
    sort, values = choice
    if sort in COUNTS:
        return one.say(f"specification.{sort}")
    if sort == "flank":
        return one.list(
            [one.say("specification.flank"), one.say("specification.flank_days", days=one.count("days", values[0]))]
        )
    first, last = (one.offset(value) for value in values)
    return one.list([one.say("specification.window"), one.say("specification.days", first=first, last=last)])


def _title(one: Words, table: pd.DataFrame) -> str:
    low, high = float(table["rate_ratio"].min()), float(table["rate_ratio"].max())
    return one.say(
        "specification.title",
        low=one.number(low, 2),
        high=one.number(high, 2),
        n=one.count("specification.choices", len(table)),
    )


def _alt(one: Words, table: pd.DataFrame) -> str:
    primary: dict[Any, Any] | None = next(iter(table[table["primary"].astype("bool")].to_dict("records")), None)
    shown = primary or table.iloc[0].to_dict()
    window, flank = (int(shown["window_first"]), int(shown["window_last"])), (int(shown["flank"]),)
    return one.say(
        "specification.alt",
        n=one.count("specification.choices", len(table)),
        low=one.number(float(table["rate_ratio"].min()), 2),
        high=one.number(float(table["rate_ratio"].max()), 2),
        primary=one.list([_named(one, ("window", window)), _named(one, ("flank", flank))]),
        ratio=one.number(float(shown["rate_ratio"]), 2),
        interval=one.interval(float(shown["placebo_low"]), float(shown["placebo_high"])),
        above=int((table["placebo_low"] > 1).sum()),
        below=int((table["placebo_high"] < 1).sum()),
    )
