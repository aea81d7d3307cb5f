"""The annotated timeline: the gravest incidents, each with its day and a line of words, for a page that is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis.escalation.timeline import dated
from analysis.figures.arabic import show
from analysis.figures.canvas import (
    BLACK,
    FAMILIES,
    GREY,
    MM,
    SMALL,
    WINDOW,
    Drawing,
    Page,
    Style,
    date_number,
    styled,
    wrap,
)
from analysis.figures.moments import Span, Which, anniversaries, counted, observed_span
from analysis.figures.timeline import family_of
from analysis.figures.words import Words

MOST = 15
ROW = 9.5
"""Height of a label in mm."""


def narrative_table(events: pd.DataFrame, most: int = MOST, observed: Sequence[Any] | None = None) -> pd.DataFrame:
    """Return the `most` gravest dated rows in order of day, with a label in each language.

    Graver is: more killed at least, then more reports, then earlier. Columns: id, date_start, date_end
    (datetime64[s]), kind, family, label_en, label_ar (kind, place and people killed), killed_min, killed_max (Int64),
    n_reports (int64). `label_en` and `label_ar` of `events`, where it has them, are taken as they are.
    """
    span = observed_span(events, observed)
    rows = dated(events)
    rows = rows[rows["date_start"].between(*span)]
    key = "event_id" if counted(events) == "events" else "incident_id"
    reports = rows["n_reports"] if "n_reports" in rows else pd.Series(1, index=rows.index)
    table = pd.DataFrame(
        {
            "id": rows[key] if key in rows else pd.Series(rows.index.astype(str), index=rows.index),
            "date_start": rows["date_start"],
            "date_end": rows["date_end"],
            "kind": rows["kind"].astype("object"),
            "family": family_of(rows["kind"]),
            "killed_min": rows["killed_min"],
            "killed_max": rows["killed_max"],
            "n_reports": reports.astype("int64"),
        }
    )
    for lang in ("en", "ar"):
        own = f"label_{lang}"
        made = [_label(Words(lang), row) for row in rows.to_dict("records")]
        table[own] = rows[own] if own in rows else pd.Series(made, index=rows.index, dtype="object")
    grave = table.assign(_killed=table["killed_min"].fillna(0).astype("int64"))
    grave = grave.sort_values(["_killed", "n_reports", "date_start", "id"], ascending=[False, False, True, True])
    return grave.head(most).sort_values(["date_start", "id"]).drop(columns="_killed").reset_index(drop=True)


@styled
def draw_narrative(
    events: pd.DataFrame,
    anniversary: Which = "soleimani",
    most: int = MOST,
    observed: Sequence[Any] | None = None,
    lang: str = "en",
    ax: Axes | None = None,
    **style: Unpack[Style],
) -> Axes:
    """Draw a timeline with the gravest incidents labelled: a mark on the line, a stem, the day and a line of words.

    Labels are staggered so that none covers another; a bar on the line is an interval of days; thin black lines are
    anniversaries. The table drawn is `narrative_table`'s.
    """
    page = Page(lang, **style)
    made = ax is None
    span = observed_span(events, observed)
    table = narrative_table(events, most, observed)
    first, last = span[0], span[1]
    wide = 46.0 if page.size != "column" else 38.0
    labels = [_lines(page, row, wide) for row in table.to_dict("records")]
    levels = _levels(page, table, span, wide, labels)
    ax = page.axes(ax, 2 * (max((abs(level) for level in levels), default=0) + 9.0))
    page.time(ax, first, last)
    reach = max((abs(level) for level in levels), default=0) + 9.0
    ax.set_ylim(-reach, reach)
    ax.set_yticks([])
    for side in ("left", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.axhline(0, color=BLACK, linewidth=1.2, zorder=3)
    for day in anniversaries(anniversary, span):
        ax.plot([date_number(day)] * 2, [-2.2, 2.2], color=WINDOW, linewidth=1.4, zorder=4)
    for row, level, label in zip(table.to_dict("records"), levels, labels, strict=True):
        _mark(ax, page, row, level, label, wide, span)
    ax.xaxis.set_tick_params(length=0)
    words, what = page.words, counted(events)
    undated = len(events) - len(dated(events))
    total = int(dated(events)["date_start"].between(*span).sum())
    drawing = Drawing(
        "narrative",
        lang,
        words.each(lambda one: _title(one, table, total, span, what)),
        words.each(lambda one: _alt(one, table, total, span, what)),
        page.note(what, len(table), undated, "narrative.note"),
        table,
        page.details(span),
    )
    return page.finish(ax, drawing, (), made)


def _label(one: Words, row: dict[str, Any]) -> str:
    parts = [one.name("kind", row["kind"])]
    place = row.get(f"place_{one.lang}")
    if isinstance(place, str) and place:
        parts.append(place)
    low, high = row.get("killed_min"), row.get("killed_max")
    if not pd.isna(low) and int(low) > 0:
        said = one.count("narrative.killed", int(low))
        exact = not pd.isna(high) and int(high) == int(low)
        parts.append(said if exact else one.say("narrative.at_least", count=said))
    return one.list([str(part) for part in parts])


def _lines(page: Page, row: dict[str, Any], wide: float) -> list[str]:
    """Return the lines of one label: its day, then its words, in each language of the figure."""
    lines: list[str] = []
    for lang in ("ar", "en") if page.lang == "both" else (page.lang,):
        one = Words(lang, page.eastern)
        same = row["date_start"] == row["date_end"]
        day = one.day(row["date_start"]) if same else one.span(row["date_start"], row["date_end"])
        lines += wrap(day, wide, SMALL) if lang == page.words.lang or page.lang == "both" else []
        lines += wrap(str(row[f"label_{lang}"]), wide, SMALL)
    return lines


def _at(page: Page, day: pd.Timestamp, span: Span) -> float:
    """Return where a day lies, in mm from the left edge of the panel."""
    share = (day - span[0]) / max(span[1] - span[0], pd.Timedelta(days=1))
    return float((1 - share if page.mirror else share) * (page.width - 6))


def _left(page: Page, day: pd.Timestamp, span: Span, wide: float) -> float:
    return min(max(_at(page, day, span) - wide / 2, 0.0), page.width - 6 - wide)


def _levels(page: Page, table: pd.DataFrame, span: Span, wide: float, labels: list[list[str]]) -> list[float]:
    """Return for each label its distance in mm from the line, above (positive) and below in turn, none on another."""
    line = SMALL * 1.3 * 25.4 / 72
    taken: dict[int, list[tuple[float, float, float]]] = {1: [], -1: []}
    levels = []
    for number, (row, label) in enumerate(zip(table.to_dict("records"), labels, strict=True)):
        left = _left(page, row["date_start"], span, wide)
        high = len(label) * line + 2.0
        best = min(
            ((_free(taken[sign], left, wide, high), sign) for sign in ((1, -1) if number % 2 == 0 else (-1, 1))),
            key=lambda choice: choice[0],
        )
        level, sign = best
        taken[sign].append((left, level, level + high))
        levels.append(sign * (level + high))
    return levels


def _free(taken: list[tuple[float, float, float]], left: float, wide: float, high: float) -> float:
    level = 4.0
    near = sorted((low, top) for other, low, top in taken if abs(other - left) < wide + 1.5)
    for low, top in near:
        if level + high <= low:
            break
        level = max(level, top)
    return level


def _mark(ax: Axes, page: Page, row: dict[str, Any], level: float, label: list[str], wide: float, span: Span) -> None:
    colour, hatch = FAMILIES.get(row["family"], (GREY, ""))
    at, end = date_number(row["date_start"]), date_number(row["date_end"])
    if end > at:
        ax.broken_barh(
            [(at - 0.5, end - at + 1)],
            (-1.0, 2.0),
            facecolor=colour,
            hatch=hatch,
            edgecolor=BLACK,
            linewidth=0.4,
            zorder=5,
        )
    else:
        ax.plot([at], [0], "o", color=colour, markeredgecolor=BLACK, markeredgewidth=0.4, markersize=4.5, zorder=5)
    line = SMALL * 1.3 * 25.4 / 72
    inner = abs(level) - len(label) * line - 1.2
    sign = 1 if level > 0 else -1
    ax.plot([at, at], [0, sign * inner], color=GREY, linewidth=0.5, zorder=1)
    low, high = ax.get_xlim()
    left = _left(page, row["date_start"], span, wide)
    middle = low + (high - low) * (left + wide / 2) / (page.width - 6)
    ax.text(
        middle,
        level - sign * 0.4 if sign > 0 else sign * inner - 0.4,
        "\n".join(show(text) for text in label),
        ha="center",
        va="top",
        size=SMALL,
        linespacing=1.15,
        zorder=6,
    ).set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.85})


def _title(one: Words, table: pd.DataFrame, total: int, span: Span, what: str) -> str:
    return one.say(
        "narrative.title",
        shown=len(table),
        total=one.count(what, total),
        first=one.number(span[0].year),
        last=one.number(span[1].year),
    )


def _alt(one: Words, table: pd.DataFrame, total: int, span: Span, what: str) -> str:
    said = [f"{one.day(row['date_start'])}: {row[f'label_{one.lang}']}" for row in table.to_dict("records")]
    return one.say(
        "narrative.alt",
        shown=len(table),
        total=one.count(what, total),
        first=one.number(span[0].year),
        last=one.number(span[1].year),
        list="; ".join(said) if one.lang == "en" else "؛ ".join(said),
    )
