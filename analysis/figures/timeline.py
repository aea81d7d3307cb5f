"""The simple timeline: incidents per month, by family of acts, with the anniversaries marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.escalation.timeline import dated
from analysis.figures.canvas import BLACK, FAMILIES, GREY, WINDOW, Drawing, Page, Style, styled
from analysis.figures.marks import draw_marks
from analysis.figures.measures import date_number, day_numbers
from analysis.figures.moments import (
    WINDOW_DAYS,
    Span,
    Which,
    anniversaries,
    counted,
    founding,
    in_window,
    observed_span,
    remembered,
    said_window,
)
from analysis.figures.words import BETWEEN, Words
from analysis.paths import data_path


def timeline_table(events: pd.DataFrame, observed: Sequence[Any] | None = None) -> pd.DataFrame:
    """Count rows per month and family by date_start: month (datetime64[s], its first day), family, count (int64).

    `events` is an incidents or events table. Months without any are there with 0; rows without a date are in none.
    """
    first, last = observed_span(events, observed)
    rows = dated(events)
    rows = rows[rows["date_start"].between(first, last)]
    months = pd.period_range(first, last, freq="M")
    table = pd.crosstab(rows["date_start"].dt.to_period("M"), family_of(rows["kind"]))
    table = table.reindex(index=months, columns=[*FAMILIES], fill_value=0)
    long = table.rename_axis(index="month", columns="family").stack().rename("count").reset_index()
    return long.assign(month=long["month"].dt.start_time.astype("datetime64[s]")).astype({"count": "int64"})


@styled
def draw_timeline(
    events: pd.DataFrame,
    anniversary: Which = "soleimani",
    window: tuple[int, int] = WINDOW_DAYS,
    observed: Sequence[Any] | None = None,
    marks: pd.DataFrame | None = None,
    lang: str = "en",
    ax: Axes | None = None,
    **style: Unpack[Style],
) -> Axes:
    """Draw incidents or events per month, stacked by family of acts, with a rug of the single ones beneath.

    The window around each anniversary is shaded and carries its count; the anniversary is a thin line. `observed` is
    (first, last); without it, from the first dated row to the last. `marks` (date, label_en, label_ar) are other dates,
    numbered and named in the note. The table drawn is `timeline_table`'s.
    """
    page = Page(lang, **style)
    made = ax is None
    ax = page.axes(ax, 62)
    table, span = timeline_table(events, observed), observed_span(events, observed)
    rows = dated(events)
    rows = rows[rows["date_start"].between(*span)]
    dates = anniversaries(anniversary, span)
    top = max(1, int(table.groupby("month")["count"].sum().max()))

    _columns(ax, table, top)
    _rug(ax, rows, -0.075 * top)
    _windows(ax, page, rows, dates, window, top)
    page.time(ax, span[0].replace(day=1), span[1] + pd.offsets.MonthEnd(0))
    ax.set_ylim(-0.15 * top, 1.16 * top)
    page.numbers(ax.yaxis)
    ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= top])
    ax.axhline(0, color=BLACK, linewidth=0.6)
    what = counted(events)
    words = page.words
    page.unit(ax, words.each(lambda one: one.say("per_month", things=one.say(f"things.{what}"))))
    key: list[Any] = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=words.key(f"family.{family}"))
        for family, (colour, hatch) in FAMILIES.items()
    ]
    key.append(Patch(facecolor=WINDOW, alpha=0.25, label=_window_label(words, window)))
    undated = len(events) - len(dated(events))
    event = founding(anniversary, span)
    if event is not None:
        key.append(mark_founding(page, event, ax))
    named = draw_marks(page, ax, marks, span)
    drawing = Drawing(
        "timeline",
        lang,
        words.each(lambda one: _title(one, rows, span, dates, window, anniversary, what)),
        words.each(lambda one: _alt(one, table, rows, span, dates, window, what, undated)),
        page.note(what, len(rows), undated, "timeline.note", named, thing=lambda one: one.say(f"thing.{what}")),
        table,
        page.details(span, window),
    )
    return page.finish(ax, drawing, key, made)


def mark_founding(page: Page, event: pd.Timestamp, *panels: Axes) -> Line2D:
    """Draw the founding event as a thick line into panels; return its entry for the key."""
    for ax in panels:
        ax.axvline(date_number(event), color=BLACK, linewidth=1.8, zorder=4)
    said = page.words.each(lambda one: one.say("founding", date=one.day(event)), BETWEEN)
    return Line2D([], [], linestyle="", marker="|", color=BLACK, markersize=8, markeredgewidth=1.8, label=said)


def family_of(kinds: pd.Series) -> pd.Series:
    """Return the family of each kind: violence, coercion, posture or civil."""
    table = pd.read_csv(data_path("entities", "kinds.tsv"), sep="\t", dtype="str", quoting=3).set_index("id")["family"]
    return kinds.astype("object").map(table).rename("family")


def _window_label(words: Words, window: tuple[int, int]) -> str:
    return words.each(lambda one: one.say("window", days=said_window(one, window)), BETWEEN)


def _columns(ax: Axes, table: pd.DataFrame, top: int) -> None:
    below = pd.Series(0, index=table["month"].unique())
    for family, (colour, hatch) in FAMILIES.items():
        counts = table[table["family"] == family].set_index("month")["count"]
        x = [date_number(month) + month.days_in_month / 2 - 0.5 for month in counts.index]
        wide = [month.days_in_month * 0.86 for month in counts.index]
        some = (counts > 0).to_numpy()
        x, wide = np.array(x)[some], np.array(wide)[some]
        ax.bar(
            x,
            counts[some],
            wide,
            bottom=below[some],
            color=colour,
            hatch=hatch,
            edgecolor="white",
            linewidth=0,
            zorder=3,
        )
        below = below + counts


def _rug(ax: Axes, rows: pd.DataFrame, y: float) -> None:
    exact = rows["date_start"] == rows["date_end"]
    ax.plot(day_numbers(rows.loc[exact, "date_start"]), [y] * int(exact.sum()), "|", color=GREY)
    ax.lines[-1].set(markersize=4, markeredgewidth=0.6)
    wide = rows[~exact]
    bars = [
        (date_number(first) - 0.5, date_number(last) - date_number(first) + 1)
        for first, last in zip(wide["date_start"], wide["date_end"], strict=True)
    ]
    ax.broken_barh(bars, (y + 0.3 * y, -0.6 * y), color=GREY, alpha=0.35, linewidth=0)


def _windows(
    ax: Axes, page: Page, rows: pd.DataFrame, dates: pd.DatetimeIndex, window: tuple[int, int], top: int
) -> None:
    for day in dates:
        at = date_number(day)
        ax.axvspan(at + window[0] - 0.5, at + window[1] + 0.5, color=WINDOW, alpha=0.25, linewidth=0, zorder=1)
        ax.axvline(at, color=BLACK, linewidth=0.6, zorder=4)
        number = int(in_window(rows["date_start"], pd.DatetimeIndex([day]), window).sum())
        ax.text(
            at, 1.15 * top, page.bare(number), ha="center", va="top", weight="bold", color=WINDOW, zorder=5
        ).set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})


def _title(
    one: Words,
    rows: pd.DataFrame,
    span: Span,
    dates: pd.DatetimeIndex,
    window: tuple[int, int],
    anniversary: Which,
    what: str,
) -> str:
    return one.say(
        "timeline.title",
        count=one.count(what, len(rows)),
        first=one.number(span[0].year),
        last=one.number(span[1].year),
        near=int(in_window(rows["date_start"], dates, window).sum()),
        days=said_window(one, window),
        event=remembered(anniversary, one),
    )


def _alt(
    one: Words,
    table: pd.DataFrame,
    rows: pd.DataFrame,
    span: Span,
    dates: pd.DatetimeIndex,
    window: tuple[int, int],
    what: str,
    undated: int,
) -> str:
    by_month, by_family = table.groupby("month")["count"].sum(), table.groupby("family", sort=False)["count"].sum()
    fullest = pd.Timestamp(by_month.idxmax())
    return one.say(
        "timeline.alt",
        things=one.things(what),
        first=one.day(span[0]),
        last=one.day(span[1]),
        total=one.count(what, len(rows)),
        most=int(by_month.max()),
        when=f"{one.month(fullest.month)} {one.number(fullest.year)}",
        families=one.list([f"{one.say(f'family.{name}')} {one.number(count)}" for name, count in by_family.items()]),
        anniversaries=one.count("anniversaries", len(dates)),
        near=int(in_window(rows["date_start"], dates, window).sum()),
        days=said_window(one, window),
        undated=undated,
    )
