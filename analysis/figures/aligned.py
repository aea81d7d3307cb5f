"""The main picture: every year around its anniversary, day 0 aligned, and all years together against placebo dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.escalation.composite import superpose
from analysis.escalation.study import Study
from analysis.figures.canvas import BLACK, BLUE, SILVER, WINDOW, Drawing, Page, Style, styled
from analysis.figures.measures import LINE, POINT, TEXT, wrap
from analysis.figures.moments import remembered, said_window
from analysis.figures.words import BETWEEN, Words

COMPOSITE = "all"
SPANS = (60, 45, 30, 21, 14)
"""Days to each side for which a composite is tried; the widest that was observed around all placebo dates is drawn."""


def aligned_table(study: Study) -> pd.DataFrame:
    """Return one row per year and day from the anniversary, and per day of all years together.

    Columns: series (the anniversary, ISO, or 'all'), day (int64), date (datetime64[s]), part ('before', 'window',
    'after'), count (Int64; of one year), mean, smoothed, low, high, simultaneous_low, simultaneous_high (float64; of
    all years: incidents per day, see `superpose`).
    """
    daily = study.daily.assign(series=study.daily["anniversary"].dt.strftime("%Y-%m-%d"))
    return pd.concat([daily[["series", "day", "date", "part", "count"]], _composite(study)], ignore_index=True)


@styled
def draw_aligned(study: Study, lang: str = "en", **style: Unpack[Style]) -> Figure:
    """Draw incidents per day around each anniversary, one panel per year with one scale, and their mean below.

    Days in the window are coloured, days of the flanks grey; each panel prints its counts and rate ratio. The lowest
    panel shows the 7-day mean of all years over the band of placebo dates, day by day and for all days at once.
    Returns a Figure, panels from first year to composite; the table drawn is `aligned_table`'s.
    """
    page = Page(lang, **style)
    table = aligned_table(study)
    years = study.by_anniversary
    texts = [
        wrap(page.words.each(lambda one, row=row: _counts(one, row)), 0.72 * page.width, TEXT)  # type: ignore[misc]
        for row in years.to_dict("records")
    ]
    above = max(len(text) for text in texts) * TEXT * LINE * POINT + 1.5
    panel = 10.0 + above
    figure = page.figure(panel * len(years) + 40)
    panels = figure.subplots(len(years) + 1, 1, sharex=True, height_ratios=[*[panel] * len(years), 30])
    top = max(1, int(study.daily["count"].max()))
    for ax, row, text in zip(panels, years.to_dict("records"), texts, strict=False):
        days = table[table["series"] == f"{row['anniversary']:%Y-%m-%d}"]
        _year(page.turn(ax), page, days, top, above / panel)
        page.corner(ax, page.words.number(row["year"]), page.start, weight="bold")
        page.corner(ax, "\n".join(text))
    composite = table[table["series"] == COMPOSITE]
    _mean(page.turn(panels[-1]), page, composite, study.window)
    words = page.words
    page.unit(panels[0], words.say("aligned.unit"))
    page.offsets(panels[-1], int(study.daily["day"].min()), int(study.daily["day"].max()))
    event = words.each(lambda one: one.say("days_from", event=remembered(study.anniversary, one)))
    page.below(panels[-1], event)
    pooled, coverage = study.pooled.iloc[0], study.coverage.iloc[0]
    drawing = Drawing(
        "aligned",
        lang,
        words.each(lambda one: _title(one, study, pooled)),
        words.each(lambda one: _alt(one, study, pooled, composite)),
        page.note("incidents", int(coverage["counted"]), int(coverage["undated"]), "aligned.note"),
        table,
        page.details((study.counts.index[0], study.counts.index[-1]), study.window),
    )
    return page.finish(figure, drawing, _key(page, study, composite))


def _composite(study: Study) -> pd.DataFrame:
    for span in SPANS:
        try:
            found = superpose(study.counts, study.dates["date"], span=span)
        except ValueError:
            continue
        return found.assign(series=COMPOSITE).drop(columns=["outside", "outside_simultaneous"])
    mean = study.daily.groupby("day")["count"].mean().astype("float64").rename("mean").reset_index()
    smoothed = mean["mean"].rolling(7, center=True).mean()
    return mean.assign(series=COMPOSITE, smoothed=smoothed, low=np.nan, high=np.nan)


def _year(ax: Axes, page: Page, days: pd.DataFrame, top: int, above: float) -> None:
    inside = days["part"] == "window"
    counts = days["count"].fillna(0).astype("int64")
    for part, colour in ((inside, WINDOW), (~inside, SILVER)):
        some = part & (counts > 0)
        ax.bar(days["day"][some], counts[some], 0.85, color=colour)
    ax.axvline(0, color=BLACK, linewidth=0.6, zorder=0)
    ax.set_ylim(0, top / (1 - above))
    page.numbers(ax.yaxis)
    ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= top])


def _counts(one: Words, row: Mapping[Any, Any]) -> str:
    return one.say(
        "aligned.row",
        x=int(row["window_count"]),
        w=one.count("days", int(row["window_days"])),
        y=int(row["flank_count"]),
        b=one.count("days", int(row["flank_days"])),
        ratio=one.number(row["rate_ratio"], 2),
        interval=one.interval(row["exact_low"], row["exact_high"]),
    )


def _mean(ax: Axes, page: Page, composite: pd.DataFrame, window: tuple[int, int]) -> None:
    days = composite["day"].to_numpy()
    if "simultaneous_low" in composite and composite["simultaneous_low"].notna().any():
        low = composite["simultaneous_low"].clip(lower=0)
        ax.fill_between(days, low, composite["simultaneous_high"], color="#e6e6e6", linewidth=0)
        ax.fill_between(days, composite["low"], composite["high"], color="#bdbdbd", linewidth=0)
    ax.axvspan(window[0] - 0.5, window[1] + 0.5, color=WINDOW, alpha=0.15, linewidth=0)
    ax.plot(days, composite["smoothed"], color=BLUE, linewidth=1.3)
    ax.axvline(0, color=BLACK, linewidth=0.6)
    ax.set_ylim(0, None)
    page.numbers(ax.yaxis, whole=False)
    page.unit(ax, page.words.say("aligned.all_years"))


def _key(page: Page, study: Study, composite: pd.DataFrame) -> list[Patch | Line2D]:
    words = page.words
    around = words.each(lambda one: one.say("window", days=said_window(one, study.window)), BETWEEN)
    key: list[Patch | Line2D] = [
        Patch(facecolor=WINDOW, label=around),
        Patch(facecolor=SILVER, label=words.key("outside")),
        Line2D([], [], color=BLUE, linewidth=1.3, label=words.key("aligned.mean")),
    ]
    if composite["low"].notna().any():
        key.append(Patch(facecolor="#bdbdbd", label=words.key("aligned.pointwise")))
        key.append(Patch(facecolor="#e6e6e6", label=words.key("aligned.simultaneous")))
    return key


def _title(one: Words, study: Study, pooled: pd.Series) -> str:
    return one.say(
        "aligned.title",
        count=one.count("incidents", int(pooled["window_count"]) + int(pooled["flank_count"])),
        event=remembered(study.anniversary, one),
        window_count=int(pooled["window_count"]),
        window_days=one.count("days", int(pooled["window_days"])),
        flank_count=int(pooled["flank_count"]),
        flank_days=one.count("days", int(pooled["flank_days"])),
    )


def _alt(one: Words, study: Study, pooled: pd.Series, composite: pd.DataFrame) -> str:
    rows = [f"{one.number(row['year'])}: {_counts(one, row)}" for row in study.by_anniversary.to_dict("records")]
    placebo = band = ""
    if pd.notna(pooled["placebo_low"]):
        limits = one.interval(float(pooled["placebo_low"]), float(pooled["placebo_high"]))
        placebo = one.say("aligned.placebo", interval=limits)
    if "simultaneous_low" in composite and composite["simultaneous_low"].notna().any():
        high, low = (composite[f"simultaneous_{end}"] for end in ("high", "low"))
        days = int(((composite["smoothed"] > high) | (composite["smoothed"] < low)).sum())
        outside = one.say("aligned.outside", days=one.count("days", days)) if days else one.say("aligned.never_outside")
        band = one.say("aligned.band") + outside
    return one.say(
        "aligned.alt",
        event=remembered(study.anniversary, one),
        rows=("; " if one.lang == "en" else "؛ ").join(rows),
        window_count=int(pooled["window_count"]),
        window_days=one.count("days", int(pooled["window_days"])),
        flank_count=int(pooled["flank_count"]),
        flank_days=one.count("days", int(pooled["flank_days"])),
        ratio=one.number(float(pooled["rate_ratio"]), 2),
        exact=one.interval(float(pooled["exact_low"]), float(pooled["exact_high"])),
        placebo=placebo,
        band=band,
    )
