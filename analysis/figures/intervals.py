"""The interval-date chart: what "a few days ago" does to a count around a date."""

from __future__ import annotations

from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.escalation.timeline import count_spans, dated
from analysis.figures.arabic import show
from analysis.figures.canvas import BLACK, BLUE, GREY, ORANGE, WINDOW, Drawing, Page, Style, styled
from analysis.figures.measures import date_number, day_numbers
from analysis.figures.moments import WINDOW_DAYS, Span, counted, said_window
from analysis.figures.words import BETWEEN, Words

BEYOND = 16
"""Days drawn outside the window on each side."""


def intervals_table(
    events: pd.DataFrame, date: Any, window: tuple[int, int] = WINDOW_DAYS, beyond: int = BEYOND
) -> pd.DataFrame:
    """Return the rows whose days touch the window around `date`, or `beyond` days outside it, sorted by first day.

    Columns: id, kind, date_start, date_end (datetime64[s]), days (int64), date_basis, date_precision, inside (float64:
    the share of its days in the window, 0 to 1).
    """
    day = pd.Timestamp(date)
    first, last = (day + pd.Timedelta(days=n) for n in window)
    margin = pd.Timedelta(days=beyond)
    rows = dated(events)
    rows = rows[(rows["date_end"] >= first - margin) & (rows["date_start"] <= last + margin)]
    days = (rows["date_end"] - rows["date_start"]).dt.days + 1
    shared = (rows["date_end"].clip(upper=last) - rows["date_start"].clip(lower=first)).dt.days + 1
    key = "event_id" if counted(events) == "events" else "incident_id"
    table = pd.DataFrame(
        {
            "id": rows[key] if key in rows else pd.Series(rows.index.astype(str), index=rows.index),
            "kind": rows["kind"].astype("object"),
            "date_start": rows["date_start"],
            "date_end": rows["date_end"],
            "days": days.astype("int64"),
            "date_basis": rows["date_basis"].astype("object"),
            "date_precision": rows["date_precision"].astype("object"),
            "inside": (shared.clip(lower=0) / days).astype("float64"),
        }
    )
    return table.sort_values(["date_start", "date_end", "id"], kind="stable").reset_index(drop=True)


@styled
def draw_intervals(
    events: pd.DataFrame,
    date: Any,
    window: tuple[int, int] = WINDOW_DAYS,
    beyond: int = BEYOND,
    lang: str = "en",
    **style: Unpack[Style],
) -> Figure:
    """Draw every incident around one day as the days on which it may have happened, and what the window then counts.

    A filled dot is a known day, a bar an interval. Above: the least, the expected (aoristic) and the greatest number in
    the window. Rows without a date are counted in the corner. Returns a Figure of two Axes, totals above, bars below;
    the table drawn is `intervals_table`'s.
    """
    page = Page(lang, **style)
    table = intervals_table(events, date, window, beyond)
    day = pd.Timestamp(date)
    span = (day + pd.Timedelta(days=window[0] - beyond), day + pd.Timedelta(days=window[1] + beyond))
    total = count_spans(events, [tuple(day + pd.Timedelta(days=n) for n in window)]).iloc[0]
    bars = min(120.0, max(25.0, 1.7 * len(table)))
    figure = page.figure(bars + 26)
    above, below = figure.subplots(2, 1, height_ratios=[15, bars])
    _totals(page.turn(above), page, total)
    _bars(page.turn(below), page, table, day, window, bars)
    page.time(below, *span)
    words, what = page.words, counted(events)
    undated = len(events) - len(dated(events))
    box = {"facecolor": "white", "edgecolor": GREY, "linewidth": 0.5}
    corner = "right" if page.mirror else "left"
    page.corner(below, words.say("undated", n=undated), corner, y=0.02, va="bottom", bbox=box)
    drawing = Drawing(
        "intervals",
        lang,
        words.each(lambda one: _title(one, total, day, window, what)),
        words.each(lambda one: _alt(one, table, total, day, span, window, what, undated)),
        page.note(what, len(table), undated, "intervals.note"),
        table,
        page.details(span, window),
    )
    return page.finish(figure, drawing, _key(page, window))


def _totals(ax: Axes, page: Page, total: pd.Series) -> None:
    parts = ("lower", "expected", "upper")
    shades = ("#08306b", BLUE, "#9ecae1")
    top = max(1.0, float(total["upper"]))
    for row, (part, shade) in enumerate(zip(parts, shades, strict=True)):
        value = float(total[part])
        ax.barh(row, value, height=0.7, color=shade)
        said = page.words.each(lambda one, value=value, part=part: one.number(value, int(part == "expected")))  # type: ignore[misc]
        ax.text(value + 0.01 * top, row, show(f" {said} "), va="center", ha=page.start)
    ax.set_yticks(range(3))
    ax.set_yticklabels([show(page.words.each(lambda one, p=p: one.say(f"intervals.{p}"), BETWEEN)) for p in parts])  # type: ignore[misc]
    ax.set_ylim(2.5, -0.5)
    ax.set_xlim(0, 1.12 * top)
    if page.rtl:
        ax.invert_xaxis()
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _bars(ax: Axes, page: Page, table: pd.DataFrame, day: pd.Timestamp, window: tuple[int, int], high: float) -> None:
    at = date_number(day)
    ax.axvspan(at + window[0] - 0.5, at + window[1] + 0.5, color=WINDOW, alpha=0.15, linewidth=0, zorder=0)
    ax.axvline(at, color=BLACK, linewidth=0.6, zorder=1)
    wide = table[table["days"] > 1]
    left = day_numbers(wide["date_start"]) - 0.5
    ax.barh(wide.index, wide["days"], left=left, height=0.7, color=ORANGE, edgecolor=BLACK, linewidth=0.3, zorder=2)
    exact = table[table["days"] == 1]
    size = min(3.5, 1.2 * high / max(1, len(table)) / 0.35)
    ax.plot(day_numbers(exact["date_start"]), exact.index, "o", color=BLUE, markersize=size, zorder=3)
    ax.set_ylim(len(table) - 0.2 if len(table) else 1, -0.8)
    ax.set_yticks([])


def _key(page: Page, window: tuple[int, int]) -> list[Any]:
    words = page.words
    around = words.each(lambda one: one.say("window", days=said_window(one, window)), BETWEEN)
    return [
        Line2D([], [], color=BLUE, marker="o", linestyle="", markersize=3.5, label=words.key("intervals.exact")),
        Patch(facecolor=ORANGE, edgecolor=BLACK, linewidth=0.3, label=words.key("intervals.wide")),
        Patch(facecolor=WINDOW, alpha=0.15, label=around),
    ]


def _title(one: Words, total: pd.Series, day: pd.Timestamp, window: tuple[int, int], what: str) -> str:
    same = total["lower"] == total["upper"]
    return one.say(
        "intervals.title_same" if same else "intervals.title",
        lower=one.number(total["lower"]),
        upper=one.count(what, total["upper"]),
        days=said_window(one, window),
        date=one.day(day),
    )


def _alt(
    one: Words,
    table: pd.DataFrame,
    total: pd.Series,
    day: pd.Timestamp,
    span: Span,
    window: tuple[int, int],
    what: str,
    undated: int,
) -> str:
    exact = int((table["days"] == 1).sum())
    return one.say(
        "intervals.alt",
        total=one.count(what, len(table)),
        first=one.day(span[0]),
        last=one.day(span[1]),
        exact=exact,
        wide=len(table) - exact,
        days=said_window(one, window),
        date=one.day(day),
        lower=one.number(total["lower"]),
        expected=one.number(total["expected"], 1),
        upper=one.number(total["upper"]),
        undated=one.count(what, undated),
    )
