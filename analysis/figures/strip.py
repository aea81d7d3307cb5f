"""The event strip: a row of marks for every side, and under them the rate of all with its exact band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from analysis.escalation.breaks import bayesian_blocks
from analysis.escalation.cautions import LONGEST
from analysis.escalation.timeline import daily_counts, dated, rolling_rate
from analysis.figures.arabic import show
from analysis.figures.canvas import BLACK, BLUE, GREY, ORANGE, PALE, WINDOW, Drawing, Page, Style, styled
from analysis.figures.marks import draw_marks
from analysis.figures.measures import date_number, day_numbers
from analysis.figures.moments import (
    WINDOW_DAYS,
    Span,
    Which,
    anniversaries,
    counted,
    founding,
    observed_span,
    said_window,
)
from analysis.figures.timeline import mark_founding
from analysis.figures.words import BETWEEN, Words

ROWS = 8
RATE_DAYS = 28
OTHERS = "others"
WEAK = ("weak", "contested")
LIGHT = "#9fc5de"


def strip_table(events: pd.DataFrame, observed: Sequence[Any] | None = None, rows: int = ROWS) -> pd.DataFrame:
    """Return one row per dated incident or event of the figure, in order of side and day.

    Columns: side (of `actor_side`; 'others' beyond the `rows` most frequent, '' where nobody is named), date_start,
    date_end (datetime64[s]), exact (bool: known to the day), killed (Int64, the least), weak (bool: one source, or
    contested; by `grade`, or where that is missing by confidence below 0.5).
    """
    span = observed_span(events, observed)
    shown = dated(events)
    shown = shown[(shown["date_start"] <= span[1]) & (shown["date_end"] >= span[0])]
    side = shown["actor_side"].astype("object").where(shown["actor_side"].notna(), "")
    ranks = side.value_counts()
    kept = sorted(ranks.index, key=lambda name: (-ranks[name], name))[:rows]
    side = side.where(side.isin(kept), OTHERS)
    weak = shown["grade"].isin(WEAK) if "grade" in shown else shown["confidence"] < 0.5
    order = {name: place for place, name in enumerate([name for name in kept if name] + [OTHERS, ""])}
    table = pd.DataFrame(
        {
            "side": side,
            "date_start": shown["date_start"],
            "date_end": shown["date_end"],
            "exact": shown["date_start"] == shown["date_end"],
            "killed": shown["killed_min"],
            "weak": weak.astype("bool"),
        }
    )
    return table.sort_values(
        ["side", "date_start", "date_end"], key=lambda c: c.map(order) if c.name == "side" else c, kind="stable"
    ).reset_index(drop=True)


@styled
def draw_strip(
    events: pd.DataFrame,
    anniversary: Which = "soleimani",
    window: tuple[int, int] = WINDOW_DAYS,
    observed: Sequence[Any] | None = None,
    marks: pd.DataFrame | None = None,
    lang: str = "en",
    **style: Unpack[Style],
) -> Figure:
    """Draw the whole timeline in two panels: a row of marks per side, and the rate of all over 28 days.

    A tick is a known day, a bar an interval of days; taller where people were killed, thin where the interval is
    longer than three weeks, pale where it rests on one source or is contested. The rate has its exact (Garwood) band
    and the steps of Bayesian blocks (Scargle et al. 2013). `marks` (date, label_en, label_ar) are other dates, numbered
    and named in the note. Returns a Figure of two Axes, rows above, rate below; the table drawn is `strip_table`'s.
    """
    page = Page(lang, **style)
    table, span = strip_table(events, observed), observed_span(events, observed)
    sides = list(dict.fromkeys(table["side"]))
    line = 6.0 if lang == "both" else 4.6
    figure = page.figure(line * len(sides) + 42)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[line * len(sides), 34])
    dates = anniversaries(anniversary, span)
    for ax in (page.turn(above), page.turn(below)):
        for day in dates:
            at = date_number(day)
            ax.axvspan(at + window[0] - 0.5, at + window[1] + 0.5, color=WINDOW, alpha=0.2, linewidth=0, zorder=0)
            ax.axvline(at, color=BLACK, linewidth=0.6, zorder=1)

    _marks(above, page, table, sides)
    rate = _rate(below, page, events, span)
    page.time(below, *span)
    above.tick_params(axis="x", labelbottom=False, length=0)
    words, what = page.words, counted(events)
    page.unit(below, words.each(lambda one: one.say("per_day", things=one.say(f"things.{what}"))))
    undated = len(events) - len(dated(events))
    drawing = Drawing(
        "strip",
        lang,
        words.each(lambda one: _title(one, table, span, what)),
        words.each(lambda one: _alt(one, table, sides, span, dates, rate, what, undated)),
        page.note(what, len(table), undated, "strip.note", draw_marks(page, below, marks, span)),
        table,
        page.details(span, window),
    )
    event = founding(anniversary, span)
    marked = [] if event is None else [mark_founding(page, event, above, below)]
    return page.finish(figure, drawing, [*_key(page, window), *marked])


def _marks(ax: Axes, page: Page, table: pd.DataFrame, sides: list[str]) -> None:
    row = table["side"].map({side: row for row, side in enumerate(sides)}).to_numpy(dtype="float64")
    half = np.where((table["killed"].fillna(0) > 0).to_numpy(dtype=bool), 0.42, 0.24)
    half = np.where((table["date_end"] - table["date_start"]).dt.days >= LONGEST, 0.08, half)
    left, right = (day_numbers(table[name]) for name in ("date_start", "date_end"))
    for weak, line, bar in ((True, LIGHT, PALE), (False, BLUE, ORANGE)):
        some = (table["exact"] & (table["weak"] == weak)).to_numpy()
        ax.vlines(left[some], row[some] - half[some], row[some] + half[some], color=line, linewidth=0.9, zorder=3)
        wide = (~table["exact"] & (table["weak"] == weak)).to_numpy()
        spans = zip(left[wide], right[wide], row[wide], half[wide], strict=True)
        bars = [Rectangle((x - 0.5, y - h), end - x + 1, 2 * h) for x, end, y, h in spans]
        ax.add_collection(
            PatchCollection(bars, facecolor=bar, alpha=0.55, edgecolor=GREY, linewidth=0.3, zorder=2), autolim=False
        )
    counts = table["side"].value_counts()
    ax.set_yticks(range(len(sides)))
    ax.set_yticklabels(
        [
            show(page.words.each(lambda one, side=side: f"{_side(one, side)} ({one.number(int(counts[side]))})"))  # type: ignore[misc]
            for side in sides
        ],
        linespacing=1.1,
    )
    ax.set_ylim(len(sides) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    for row in range(1, len(sides)):
        ax.axhline(row - 0.5, color=PALE, linewidth=0.4, zorder=0)


def _side(one: Words, side: str) -> str:
    if side == OTHERS:
        return one.say("strip.others")
    return one.name("side", side)


def _rate(ax: Axes, page: Page, events: pd.DataFrame, span: Span) -> pd.DataFrame:
    counts = daily_counts(events, span)
    rate, blocks = rolling_rate(counts, RATE_DAYS), bayesian_blocks(counts)
    x = [date_number(day) for day in rate.index]
    ax.fill_between(x, rate["low"], rate["high"], color=GREY, alpha=0.3, linewidth=0, zorder=2)
    ax.plot(x, rate["rate"], color=BLUE, zorder=3)
    tops = [float(np.nanquantile(rate["high"], 0.995)), float(rate["rate"].max())]
    if len(blocks):
        edges = [*(day_numbers(blocks["first"]) - 0.5), date_number(blocks["last"].iloc[-1]) + 0.5]
        ax.stairs(blocks["rate"], edges, color=BLACK, linestyle="--", linewidth=1.0, zorder=4, baseline=None)
        tops.append(float(blocks["rate"].max()))
    ax.set_ylim(0, max(tops) * 1.05)
    page.numbers(ax.yaxis, whole=False)
    return rate


def _key(page: Page, window: tuple[int, int]) -> list[Any]:
    said = page.words.key
    around = page.words.each(lambda one: one.say("window", days=said_window(one, window)), BETWEEN)
    return [
        Line2D([], [], color=BLUE, marker="|", linestyle="", markersize=7, label=said("strip.exact")),
        Patch(facecolor=ORANGE, alpha=0.55, edgecolor=GREY, linewidth=0.3, label=said("strip.interval")),
        Line2D([], [], color=LIGHT, marker="|", linestyle="", markersize=7, label=said("strip.weak")),
        Line2D([], [], color=BLUE, label=said("strip.rate")),
        Line2D([], [], color=BLACK, linestyle="--", label=said("strip.blocks")),
        Patch(facecolor=WINDOW, alpha=0.2, label=around),
    ]


def _title(one: Words, table: pd.DataFrame, span: Span, what: str) -> str:
    first, last = one.number(span[0].year), one.number(span[1].year)
    return one.say("strip.title", count=one.count(what, len(table)), first=first, last=last)


def _alt(
    one: Words,
    table: pd.DataFrame,
    sides: list[str],
    span: Span,
    dates: pd.DatetimeIndex,
    rate: pd.DataFrame,
    what: str,
    undated: int,
) -> str:
    counts = table["side"].value_counts()
    when = pd.Timestamp(rate["rate"].idxmax())
    return one.say(
        "strip.alt",
        things=one.things(what),
        first=one.day(span[0]),
        last=one.day(span[1]),
        total=one.count(what, len(table)),
        sides=one.list([f"{_side(one, side)} {one.number(int(counts[side]))}" for side in sides]),
        most=one.number(float(rate["rate"].max()), 2),
        when=one.day(when),
        anniversaries=one.count("anniversaries", len(dates)),
        undated=undated,
    )
