"""Sources and certainty: whether more is reported around an anniversary because more reports are written then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.escalation.timeline import dated
from analysis.figures.arabic import show
from analysis.figures.canvas import BLACK, BLUE, ORANGE, PALE, WINDOW, Drawing, Page, Style, styled
from analysis.figures.measures import TEXT, wrap
from analysis.figures.moments import (
    WINDOW_DAYS,
    Span,
    Which,
    anniversaries,
    counted,
    observed_span,
    offset_from,
    remembered,
    said_window,
)
from analysis.figures.words import BETWEEN, Words

REACH = 59
"""Days drawn on each side of the anniversary: eight weeks and half of the one in the middle."""


def sources_table(
    events: pd.DataFrame,
    reports: pd.DataFrame,
    anniversary: Which = "soleimani",
    window: tuple[int, int] = WINDOW_DAYS,
    observed: Sequence[Any] | None = None,
    reach: int = REACH,
) -> pd.DataFrame:
    """Count reports (by `published`) and incidents or events (by date_start) by their day from the anniversary.

    One row per day from -reach to +reach, over all anniversaries observed with the founding event left out. Columns:
    day (int64), in_window (bool), reports, events (int64), single (Int64: events known from one source; NA for
    incidents, each of which is one telling), observed_days (int64: in how many years that day was observed).
    """
    span = observed_span(events, observed)
    dates = anniversaries(anniversary, span)
    days = np.arange(-reach, reach + 1)
    rows = dated(events)
    rows = rows[rows["date_start"].between(*span)]
    published = pd.Series(pd.to_datetime(reports["published"]).dropna())
    published = published[published.between(*span)]
    seen = [sum(span[0] <= date + pd.Timedelta(days=int(day)) <= span[1] for date in dates) for day in days]

    def by_day(moments: pd.Series) -> np.ndarray:
        offsets = offset_from(moments, dates).dropna().astype("int64")
        return np.array(offsets.value_counts().reindex(days, fill_value=0).to_numpy())

    single = by_day(rows.loc[rows["n_sources"] <= 1, "date_start"]) if "n_sources" in rows else pd.NA
    return pd.DataFrame(
        {
            "day": days,
            "in_window": (days >= window[0]) & (days <= window[1]),
            "reports": by_day(published),
            "events": by_day(rows["date_start"]),
            "single": pd.array([single] * len(days) if single is pd.NA else single, dtype="Int64"),
            "observed_days": np.array(seen, dtype="int64"),
        }
    )


@styled
def draw_sources(
    events: pd.DataFrame,
    reports: pd.DataFrame,
    anniversary: Which = "soleimani",
    window: tuple[int, int] = WINDOW_DAYS,
    observed: Sequence[Any] | None = None,
    reach: int = REACH,
    lang: str = "en",
    **style: Unpack[Style],
) -> Figure:
    """Draw reports per day and incidents per day by weeks from the anniversary, and what is known from one source.

    The ratio of reports per day, window to outside, is the rate ratio that more reporting alone would give. Returns a
    Figure of three Axes: reports, incidents, shares and ratios; the table drawn is `sources_table`'s.
    """
    page = Page(lang, **style)
    table = sources_table(events, reports, anniversary, window, observed, reach)
    span = observed_span(events, observed)
    figure = page.figure(84)
    grid = figure.add_gridspec(2, 2, width_ratios=[5, 3] if not page.rtl else [3, 5])
    time, share = (1, 0) if page.rtl else (0, 1)
    above = page.turn(figure.add_subplot(grid[0, time]))
    below = page.turn(figure.add_subplot(grid[1, time], sharex=above))
    one_source = page.turn(figure.add_subplot(grid[0, share]))
    ratios = page.turn(figure.add_subplot(grid[1, share]))
    words, what = page.words, counted(events)
    sums = _sums(table)
    for ax, name in ((above, "reports"), (below, "events")):
        _weeks(ax, table, name, window)
        page.numbers(ax.yaxis, whole=False)
    page.unit(above, words.say("sources.reports"))
    page.unit(below, words.each(lambda one: one.say("sources.events", things=one.say(f"things.{what}"))))
    above.tick_params(labelbottom=False)
    page.offsets(below, -reach, reach, 0.5)
    page.below(below, words.each(lambda one: one.say("days_from", event=remembered(anniversary, one))), 0.5)
    _shares(one_source, page, sums)
    _ratios(ratios, page, sums, what)
    undated = len(events) - len(dated(events))
    drawing = Drawing(
        "sources",
        lang,
        words.each(lambda one: _title(one, sums, anniversary)),
        words.each(lambda one: _alt(one, sums, anniversary, span, what)),
        page.note(what, int(table["events"].sum()), undated, "sources.note"),
        table,
        page.details(span, window),
    )
    around = words.each(lambda one: one.say("window", days=said_window(one, window)), BETWEEN)
    key = [
        Patch(facecolor=WINDOW, alpha=0.15, label=around),
        Patch(facecolor=BLUE, hatch="////", edgecolor="white", label=words.key("sources.one")),
        Patch(facecolor=PALE, label=words.key("sources.more")),
    ]
    return page.finish(figure, drawing, key)


def _sums(table: pd.DataFrame) -> pd.DataFrame:
    """Return the sums in the window (True) and outside it, with rates per day."""
    sums = table.groupby("in_window")[["reports", "events", "single", "observed_days"]].sum(min_count=1)
    sums = sums.reindex([True, False], fill_value=0)
    days = sums["observed_days"].where(sums["observed_days"] > 0)
    return sums.assign(reports_rate=sums["reports"] / days, events_rate=sums["events"] / days)


def _ratio(sums: pd.DataFrame, name: str) -> float:
    outside = float(sums.loc[False, f"{name}_rate"])
    return float(sums.loc[True, f"{name}_rate"]) / outside if outside else float("nan")


def _weeks(ax: Axes, table: pd.DataFrame, name: str, window: tuple[int, int]) -> None:
    ax.axvspan(window[0] - 0.5, window[1] + 0.5, color=WINDOW, alpha=0.15, linewidth=0, zorder=0)
    ax.axvline(0, color=BLACK, linewidth=0.6, zorder=4)
    week = np.floor_divide(table["day"] + 3, 7)
    for _, days in table.groupby(week):
        seen = days["observed_days"].sum()
        rate = days[name].sum() / seen if seen else 0.0
        ax.bar(days["day"].mean(), rate, len(days) * 0.9, color=ORANGE if name == "reports" else BLUE, zorder=2)
    ax.set_ylim(0, None)


def _shares(ax: Axes, page: Page, sums: pd.DataFrame) -> None:
    page.unit(ax, page.words.say("sources.single"))
    if sums["single"].isna().any():
        ax.text(
            0.5, 0.5, show("\n".join(wrap(page.words.say("sources.unmerged"), page.width * 0.3, TEXT))), ha="center"
        )
        ax.axis("off")
        return
    labels = []
    for row, (inside, name) in enumerate(((True, "sources.window"), (False, "sources.baseline"))):
        total, single = int(sums.loc[inside, "events"]), int(sums.loc[inside, "single"])
        share = single / total if total else 0.0
        ax.barh(row, 1, height=0.6, color=PALE)
        ax.barh(row, share, height=0.6, color=BLUE, hatch="////", edgecolor="white", linewidth=0)
        said = page.words.key("of", part=single, whole=total)
        ax.text(0.98, row, show(said), ha=page.end, va="center").set_bbox(
            {"facecolor": "white", "edgecolor": "none", "pad": 1}
        )
        labels.append(show(page.words.say(name)))
    ax.set_yticks([0, 1])
    ax.set_yticklabels(labels, linespacing=1.2)
    _plain(ax, page, (0, 1), 1.6)


def _ratios(ax: Axes, page: Page, sums: pd.DataFrame, what: str) -> None:
    values = [_ratio(sums, "reports"), _ratio(sums, "events")]
    most = max([1.0, *(value for value in values if value == value)])
    for row, (value, colour) in enumerate(zip(values, (ORANGE, BLUE), strict=True)):
        if value == value:
            ax.barh(row, value, height=0.6, color=colour)
        said = page.words.number(value, 2)
        ax.text((0 if value != value else value) + 0.03 * most, row, show(said), ha=page.start, va="center")
    ax.axvline(1, color=BLACK, linewidth=0.6)
    ax.set_yticks([0, 1])
    words = page.words
    names = [
        words.say("sources.ratio_reports"),
        words.each(lambda one: one.say("sources.ratio_events", things=one.things(what))),
    ]
    ax.set_yticklabels([show(name) for name in names], linespacing=1.2)
    _plain(ax, page, (0, 1.25 * most), 1.6)
    ax.set_xticks([1], [show(page.words.number(1))])
    page.unit(ax, words.say("sources.ratios"))


def _plain(ax: Axes, page: Page, limits: tuple[float, float], low: float) -> None:
    ax.set_xlim(limits[::-1] if page.rtl else limits)
    ax.set_ylim(low, -0.6)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _title(one: Words, sums: pd.DataFrame, anniversary: Which) -> str:
    return one.say(
        "sources.title",
        near_reports=one.number(float(sums.loc[True, "reports_rate"]), 2),
        far_reports=one.number(float(sums.loc[False, "reports_rate"]), 2),
        event=remembered(anniversary, one),
    )


def _alt(one: Words, sums: pd.DataFrame, anniversary: Which, span: Span, what: str) -> str:
    def rate(inside: bool, name: str) -> str:
        return one.number(float(sums.loc[inside, f"{name}_rate"]), 2)

    def share(inside: bool) -> str:
        single = sums.loc[inside, "single"]
        if pd.isna(single):
            return one.say("sources.unmerged")
        return one.say("of", part=int(single), whole=int(sums.loc[inside, "events"]))

    return one.say(
        "sources.alt",
        things=one.things(what),
        event=remembered(anniversary, one),
        years=one.count("anniversaries", len(anniversaries(anniversary, span))),
        near_reports=rate(True, "reports"),
        near_events=rate(True, "events"),
        far_reports=rate(False, "reports"),
        far_events=rate(False, "events"),
        detection=one.number(_ratio(sums, "reports"), 2),
        ratio=one.number(_ratio(sums, "events"), 2),
        near_single=share(True),
        far_single=share(False),
    )
