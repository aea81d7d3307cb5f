"""The matrix of who acts against whom, in the window around an anniversary and outside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, to_rgb
from matplotlib.patches import Patch, Polygon

from analysis.escalation.timeline import dated
from analysis.figures.arabic import show
from analysis.figures.canvas import GREY, PALE, Drawing, Page, Style, styled
from analysis.figures.measures import TEXT, text_width
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

SIDES = 9
PER_DAYS = 30


def dyads_table(
    events: pd.DataFrame,
    anniversary: Which = "soleimani",
    window: tuple[int, int] = WINDOW_DAYS,
    observed: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Count incidents by initiator, target and period, by date_start; unnamed sides are left out.

    Columns: initiator, target (sides), period ('window', 'baseline'), count, days (int64), rate (float64: per 30 days).
    The window is the days around every anniversary observed; the baseline is all other observed days but those around
    the founding event, which count for neither. Sorted by initiator and target in their order of frequency, ties by id.
    """
    span = observed_span(events, observed)
    dates = anniversaries(anniversary, span)
    every = pd.Series(pd.date_range(*span))
    own = _founding_days(anniversary, span, window)
    near = int(in_window(every, dates, window).sum())
    days = {"window": near, "baseline": len(every) - near - int(every.isin(own).sum())}
    rows = dated(events)
    rows = rows[rows["date_start"].between(*span) & ~rows["date_start"].isin(own)]
    rows = rows[rows["actor_side"].notna() & rows["target_side"].notna()]
    rows = rows[(rows["actor_side"] != "") & (rows["target_side"] != "")]
    period = np.where(in_window(rows["date_start"], dates, window), "window", "baseline")
    found = rows.assign(period=period).groupby(["actor_side", "target_side", "period"]).size()
    pairs = found.index.droplevel("period").unique()
    order = _order(pd.concat([rows["actor_side"], rows["target_side"]]))
    lines = [
        {
            "initiator": actor,
            "target": target,
            "period": name,
            "count": int(found.get((actor, target, name), 0)),
            "days": days[name],
        }
        for actor, target in sorted(pairs, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
        for name in days
    ]
    table = pd.DataFrame(lines, columns=["initiator", "target", "period", "count", "days"])
    table = table.astype({"count": "int64", "days": "int64"})
    return table.assign(rate=table["count"] * float(PER_DAYS) / table["days"].where(table["days"] > 0))


@styled
def draw_dyads(
    events: pd.DataFrame,
    anniversary: Which = "soleimani",
    window: tuple[int, int] = WINDOW_DAYS,
    observed: Sequence[Any] | None = None,
    lang: str = "en",
    ax: Axes | None = None,
    **style: Unpack[Style],
) -> Axes:
    """Draw who acts against whom as a matrix; each cell is cut in two: in the window above, outside it below.

    Colour is the rate per 30 days, the number printed is the count. Sides beyond the 9 most frequent are left to the
    table, which is `dyads_table`'s.
    """
    page = Page(lang, **style)
    made = ax is None
    table, span = dyads_table(events, anniversary, window, observed), observed_span(events, observed)
    actors, targets = (_most(table, name) for name in ("initiator", "target"))
    ax = page.axes(ax, 8.5 * max(1, len(actors)) + 30)
    shown = table[table["initiator"].isin(actors) & table["target"].isin(targets)]
    norm = Normalize(0, max(1e-9, float(shown["rate"].max()) if len(shown) else 1.0))
    for row in shown.itertuples(index=False):
        _half(ax, page, targets.index(row.target), actors.index(row.initiator), row, norm)
    _axes(ax, page, actors, targets)
    words, what = page.words, counted(events)
    rows = dated(events)
    undated = len(events) - len(rows)
    total = table.groupby("period")[["count"]].sum()["count"].reindex(["window", "baseline"], fill_value=0)
    own = _founding_days(anniversary, span, window)
    counting = rows["date_start"].between(*span) & ~rows["date_start"].isin(own)
    unnamed = int(counting.sum()) - int(total.sum())
    drawing = Drawing(
        "dyads",
        lang,
        words.each(lambda one: _title(one, total, anniversary, what)),
        words.each(lambda one: _alt(one, table, total, anniversary, what, unnamed)),
        page.note(what, int(shown["count"].sum()), undated, "dyads.note"),
        table,
        page.details(span, window),
    )
    around = words.each(lambda one: one.say("dyads.window", days=said_window(one, window)), BETWEEN)
    shades = [
        Patch(facecolor=colormaps["cividis_r"](norm(value)), label=page.figures(value, 1))
        for value in np.linspace(0, norm.vmax or 1, 3)
    ]
    blank: dict[str, Any] = {"facecolor": "none", "edgecolor": "none"}
    key = [
        Patch(**blank, label=words.key("dyads.scale")),
        *shades,
        Patch(**blank, label=around),
        Patch(**blank, label=words.key("dyads.baseline")),
    ]
    return page.finish(ax, drawing, key, made)


def _founding_days(anniversary: Which, span: Span, window: tuple[int, int]) -> pd.DatetimeIndex:
    day = founding(anniversary, span)
    return pd.DatetimeIndex([]) if day is None else day + pd.to_timedelta(range(window[0], window[1] + 1), unit="D")


def _order(sides: pd.Series) -> list[str]:
    counts = sides.value_counts()
    return sorted(counts.index, key=lambda name: (-counts[name], name))


def _most(table: pd.DataFrame, column: str) -> list[str]:
    totals = table.groupby(column)["count"].sum()
    return sorted(totals.index, key=lambda name: (-totals[name], name))[:SIDES]


def _half(ax: Axes, page: Page, x: int, y: int, row: Any, norm: Normalize) -> None:
    upper = row.period == "window"
    corners = [(x - 0.5, y - 0.5), (x + 0.5, y - 0.5), (x - 0.5, y + 0.5)]
    if not upper:
        corners = [(x + 0.5, y + 0.5), *corners[1:]]
    shade = to_rgb(colormaps["cividis_r"](norm(row.rate))) if row.count else to_rgb("#f7f7f7")
    ax.add_patch(Polygon(corners, closed=True, facecolor=shade, edgecolor="white", linewidth=0.6))
    if row.count:
        red, green, blue = shade
        dark = 0.3 * red + 0.59 * green + 0.11 * blue < 0.5
        shift = -0.19 if upper else 0.19
        ax.text(
            x + shift, y + shift, page.bare(row.count), ha="center", va="center", color="white" if dark else "black"
        )


def _axes(ax: Axes, page: Page, actors: list[str], targets: list[str]) -> None:
    for across in range(len(targets) + 1):
        ax.axvline(across - 0.5, color=PALE, linewidth=0.4, zorder=0)
    for down in range(len(actors) + 1):
        ax.axhline(down - 0.5, color=PALE, linewidth=0.4, zorder=0)
    low, high = -0.5, max(1, len(targets)) - 0.5
    ax.set_xlim((high, low) if page.rtl else (low, high))
    ax.set_ylim(max(1, len(actors)) - 0.5, -0.5)
    ax.set_xticks(range(len(targets)))
    ax.set_yticks(range(len(actors)))
    words = page.words
    names = [words.name("side", side) for side in targets]
    room = (page.width - 45) / max(1, len(targets))
    lines = 2 if page.lang == "both" else 1
    turned = any(text_width(line, TEXT) > room for name in names for line in name.split("\n"))
    turn = 0 if not turned else 40 if room > 6.5 * lines else 90
    ax.xaxis.set_ticks_position("top")
    ax.xaxis.set_label_position("top")
    ax.set_xticklabels(
        [show(name) for name in names],
        rotation=turn,
        ha=page.start if turn == 40 else "left" if turn else "center",
        va="center" if turn == 90 else "baseline",
        rotation_mode="anchor" if turned else "default",
    )
    if page.rtl and turn == 40:
        for label in ax.get_xticklabels():
            label.set_rotation(-turn)
    ax.set_yticklabels([show(words.name("side", side)) for side in actors], linespacing=1.1)
    ax.set_xlabel(show(words.key("dyads.target")), color=GREY)
    ax.set_ylabel(show(words.key("dyads.actor")), color=GREY)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _title(one: Words, total: pd.Series, anniversary: Which, what: str) -> str:
    return one.say(
        "dyads.title",
        near=one.count(what, int(total["window"])),
        far=one.number(int(total["baseline"])),
        event=remembered(anniversary, one),
    )


def _alt(one: Words, table: pd.DataFrame, total: pd.Series, anniversary: Which, what: str, unnamed: int) -> str:
    days = table.groupby("period")["days"].first()
    wide = table.pivot_table(index=["initiator", "target"], columns="period", values="count", sort=False)
    most = wide.sum(axis=1).sort_values(ascending=False, kind="stable").index[:5] if len(wide) else []
    pairs = [
        one.say(
            "dyads.pair",
            actor=one.name("side", actor),
            target=one.name("side", target),
            near=int(wide.loc[(actor, target), "window"]),
            far=int(wide.loc[(actor, target), "baseline"]),
        )
        for actor, target in most
    ]
    return one.say(
        "dyads.alt",
        things=one.things(what),
        event=remembered(anniversary, one),
        near=one.count(what, int(total["window"])),
        near_days=one.count("days", int(days.get("window", 0))),
        far=one.count(what, int(total["baseline"])),
        far_days=one.count("days", int(days.get("baseline", 0))),
        pairs="; ".join(pairs) if one.lang == "en" else "؛ ".join(pairs),
        unnamed=one.count(what, unnamed),
    )
