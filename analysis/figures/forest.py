"""The forest plot: rate ratios side by side, each with both its intervals and its counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.escalation.study import Study
from analysis.figures.arabic import show
from analysis.figures.canvas import BLACK, BLUE, PALE, Drawing, Page, Style, styled
from analysis.figures.measures import LINE, POINT, TEXT, decimals_of, text_width, wrap
from analysis.figures.moments import remembered
from analysis.figures.words import Words, names

TICKS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
ALL = "all"
COLUMNS = (
    "window_count window_days flank_count flank_days rate_ratio exact_low exact_high exact_p "
    "placebo_low placebo_high placebo_p"
).split()


def forest_table(studies: Study | Mapping[str, Study]) -> pd.DataFrame:
    """Return one row per line of the plot: `row` (its name), then counts, days, ratio, intervals and p as a study's.

    One study gives its anniversaries (the year is the name) and, last, all of them together ('all'); a mapping gives
    the pooled row of each study, named by its key: an id of a side, actor, kind or place is named in both languages.
    """
    if isinstance(studies, Study):
        years = studies.by_anniversary.assign(row=studies.by_anniversary["anniversary"].dt.strftime("%Y-%m-%d"))
        return pd.concat([years, studies.pooled.assign(row=ALL)], ignore_index=True)[["row", *COLUMNS]]
    rows = [study.pooled.assign(row=name) for name, study in studies.items()]
    if not rows:
        raise ValueError("no study was given; a forest needs one")
    return pd.concat(rows, ignore_index=True)[["row", *COLUMNS]]


@styled
def draw_forest(
    studies: Study | Mapping[str, Study], lang: str = "en", ax: Axes | None = None, **style: Unpack[Style]
) -> Axes:
    """Draw rate ratios (window to flanks) on a logarithmic axis, thick pale placebo bar under thin exact bar.

    1 is a black line; counts stand beside each row; what reaches beyond the axis is an arrow, and so is a ratio of 0 or
    without limit. The table drawn is `forest_table`'s. Raises ValueError without any study.
    """
    page = Page(lang, **style)
    made = ax is None
    table = forest_table(studies)
    line = 9.0 if lang == "both" else 6.5
    ax = page.axes(ax, line * len(table) + 14)
    low, high = _limits(table)
    ax.set_xscale("log")
    for row, values in enumerate(table.to_dict("records")):
        _row(ax, row, values, low, high)
    _axes(ax, page, table, low, high)
    words = page.words
    several = [studies] if isinstance(studies, Study) else list(studies.values())
    first = several[0]
    counted, undated = (sum(int(study.coverage[name].iloc[0]) for study in several) for name in ("counted", "undated"))
    drawing = Drawing(
        "forest",
        lang,
        words.each(
            lambda one: one.say(
                "forest.title", event=remembered(first.anniversary, one), rows=one.count("forest.rows", len(table))
            )
        ),
        words.each(lambda one: one.say("forest.alt", rows=_rows(one, table))),
        page.note("incidents", counted, undated, "forest.note"),
        table,
        page.details((first.counts.index[0], first.counts.index[-1]), first.window),
    )
    key = [
        Line2D([], [], linestyle="", marker="o", color=BLUE, markersize=4, label=words.key("forest.ratio")),
        Line2D([], [], color=BLUE, linewidth=1.2, label=words.key("forest.exact")),
        Patch(facecolor=PALE, label=words.key("forest.placebo")),
    ]
    return page.finish(ax, drawing, key, made)


def _limits(table: pd.DataFrame) -> tuple[float, float]:
    values = table[["rate_ratio", "exact_low", "exact_high", "placebo_low", "placebo_high"]].to_numpy(dtype="float64")
    known = values[np.isfinite(values) & (values > 0)]
    least = min(0.5, float(known.min())) if len(known) else 0.5
    most = max(2.0, float(known.max())) if len(known) else 2.0
    return max(TICKS[0], least) * 0.85, min(TICKS[-1], most) * 1.18


def _row(ax: Axes, row: int, values: dict[Any, Any], low: float, high: float) -> None:
    bars: tuple[tuple[str, dict[str, Any]], ...] = (
        ("placebo", {"color": PALE, "linewidth": 5, "zorder": 1}),
        ("exact", {"color": BLUE, "linewidth": 1.2, "zorder": 2}),
    )
    for name, how in bars:
        left, right = values[f"{name}_low"], values[f"{name}_high"]
        if pd.isna(left) or pd.isna(right):
            continue
        ax.plot([max(left, low), min(right, high)], [row, row], solid_capstyle="butt", **how)
        for beyond, end, marker in ((right > high, high, ">"), (left < low, low, "<")):
            if beyond:
                ax.plot([end], [row], marker, color=how["color"], markersize=4, clip_on=False, zorder=how["zorder"])
    ratio = values["rate_ratio"]
    if pd.isna(ratio):
        return
    if low <= ratio <= high:
        ax.plot([ratio], [row], "o", color=BLUE, markersize=4.5, zorder=4)
    else:
        end, marker = (high, ">") if ratio > high else (low, "<")
        ax.plot([end], [row], marker, color=BLUE, markerfacecolor="white", markersize=6, clip_on=False, zorder=5)


def _axes(ax: Axes, page: Page, table: pd.DataFrame, low: float, high: float) -> None:
    words = page.words
    ax.axvline(1, color=BLACK, linewidth=0.8, zorder=0)
    ax.set_xlim(low, high)
    ax.set_ylim(len(table) - 0.5, -0.7)
    ticks = [tick for tick in TICKS if low <= tick <= high]
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: page.bare(value, decimals_of(value))))
    ax.set_yticks(range(len(table)))
    labels = [words.each(lambda one, name=name: row_name(one, str(name))) for name in table["row"]]  # type: ignore[misc]
    room = page.width * 0.3
    ax.set_yticklabels([show("\n".join(wrap(label, room, TEXT))) for label in labels], linespacing=1.15)
    ax.tick_params(axis="y", length=0)
    page.below(ax, words.say("forest.unit"), 0.5)
    _counts(ax, page, table)
    if (table["row"] == ALL).any():
        ax.axhline(len(table) - 1.5, color=PALE, linewidth=0.6, zorder=0)


def _counts(ax: Axes, page: Page, table: pd.DataFrame) -> None:
    """Write the counts in two columns with their own heads: a pair in one line reads both ways in Arabic."""
    words, sign = page.words, 1 if page.end == "right" else -1
    x = 1.0 if sign == 1 else 0.0
    at = 0.0
    for name, label in (("window_count", "sources.window"), ("flank_count", "sources.baseline")):
        head = words.say(label)
        wide = max(text_width(line, TEXT) for line in head.split("\n")) / POINT
        at += 6 + wide
        where: dict[str, Any] = {
            "xytext": (sign * (at - wide / 2), 0),
            "xycoords": ax.get_yaxis_transform(),
            "textcoords": "offset points",
            "ha": "center",
            "annotation_clip": False,
            "linespacing": LINE,
        }
        ax.annotate(show(head), (x, -0.6), va="bottom", **where)
        for row, count in enumerate(table[name]):
            ax.annotate(page.bare(int(count)), (x, row), va="center", **where)


def row_name(one: Words, key: str) -> str:
    """Return the name of a row: a day, 'all', or an id that a table of entities names."""
    if key == ALL:
        return one.say("forest.all")
    if len(key) == 10 and key[4] == "-" and key[:4].isdigit():
        return one.day(key)
    for table in ("side", "actor", "kind", "family", "place"):
        if key in names(table, one.lang):
            return one.name(table, key)
    return key


def _rows(one: Words, table: pd.DataFrame) -> str:
    said = [
        one.say(
            "forest.row",
            name=row_name(one, str(row["row"])),
            x=int(row["window_count"]),
            w=one.count("days", int(row["window_days"])),
            y=int(row["flank_count"]),
            b=one.count("days", int(row["flank_days"])),
            ratio=one.number(row["rate_ratio"], 2),
            exact=one.interval(row["exact_low"], row["exact_high"]),
            placebo=one.interval(row["placebo_low"], row["placebo_high"]),
        )
        for row in table.to_dict("records")
    ]
    return ("; " if one.lang == "en" else "؛ ").join(said)
