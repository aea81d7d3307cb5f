"""The annotated timeline: the gravest incidents, each with its day and a line of words, for a page that is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.escalation.cautions import LONGEST
from analysis.escalation.timeline import dated
from analysis.figures.arabic import show
from analysis.figures.canvas import BLACK, FAMILIES, GREY, PALE, WINDOW, Drawing, Page, Style, styled
from analysis.figures.measures import POINT, SMALL, date_number, wrap
from analysis.figures.moments import Span, Which, anniversaries, counted, founding, observed_span, remembered
from analysis.figures.timeline import family_of
from analysis.figures.words import BETWEEN, LANGUAGES, Words

MOST = 15
WIDE = 46.0
"""Width of a label in mm."""

PITCH = SMALL * 1.5 * POINT
"""Height of a line of a label in mm."""


def narrative_table(events: pd.DataFrame, most: int = MOST, observed: Sequence[Any] | None = None) -> pd.DataFrame:
    """Return the `most` gravest dated rows in order of day, with a label in each language.

    Graver is: more killed at least, then more reports, then earlier; what is dated to more than three weeks tells of
    no moment and is left out. Columns: id, date_start, date_end
    (datetime64[s]), kind, family, label_en, label_ar (kind, place and people killed), killed_min, killed_max (Int64),
    n_reports (int64). `label_en` and `label_ar` of `events`, where it has them, are taken as they are.
    """
    span = observed_span(events, observed)
    rows = dated(events)
    rows = rows[rows["date_start"].between(*span) & ((rows["date_end"] - rows["date_start"]).dt.days < LONGEST)]
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
    labels = [_lines(page, row) for row in table.to_dict("records")]
    levels = _levels(page, table, span, labels)
    reach = max((abs(level) for level in levels), default=0) + 3.0
    ax = page.axes(ax, 2 * reach + 4.0)
    _line(ax, page, span, reach)
    for day in anniversaries(anniversary, span):
        ax.plot([date_number(day)] * 2, [-2.2, 2.2], color=WINDOW, linewidth=1.4, zorder=4)
    event = founding(anniversary, span)
    if event is not None:
        ax.plot([date_number(event)] * 2, [-2.2, 2.2], color=BLACK, linewidth=2.0, zorder=4)
    for row, level, label in zip(table.to_dict("records"), levels, labels, strict=True):
        _mark(ax, page, row, level, label)
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
    return page.finish(ax, drawing, _key(page, anniversary, span, table), made)


def _label(one: Words, row: dict[str, Any]) -> str:
    parts = [one.name("kind", row["kind"])]
    place = row.get(f"place_{one.lang}")
    if isinstance(place, str) and place:
        parts.append(place)
    low, high = row["killed_min"], row["killed_max"]
    if not pd.isna(low) and int(low) > 0:
        said = one.count("narrative.killed", int(low))
        exact = not pd.isna(high) and int(high) == int(low)
        parts.append(said if exact else one.say("narrative.at_least", count=said))
    return one.list([str(part) for part in parts])


def _line(ax: Axes, page: Page, span: Span, reach: float) -> None:
    page.time(ax, *span, beside=WIDE + 10)
    low, high = sorted(ax.get_xlim())
    room = (high - low) * WIDE / (page.width - 6 - WIDE)
    beyond = (low - room, high) if page.rtl != page.mirror else (low, high + room)
    ax.set_xlim(beyond[::-1] if page.mirror else beyond)
    ax.set_ylim(-reach, reach)
    ax.set_yticks([])
    for side in ("left", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.xaxis.set_tick_params(length=0)
    for tick in ax.get_xticks():
        ax.axvline(tick, color=PALE, linewidth=0.4, zorder=0)
    ax.plot([low, high], [0, 0], color=BLACK, linewidth=1.2, zorder=3)


def _lines(page: Page, row: dict[str, Any]) -> list[str]:
    """Return the lines of one label: its day, then its words, in each language of the figure."""
    lines: list[str] = []
    for lang in LANGUAGES[page.lang]:
        one = Words(lang, page.eastern)
        same = row["date_start"] == row["date_end"]
        lines += wrap(one.day(row["date_start"]) if same else one.span(row["date_start"], row["date_end"]), WIDE, SMALL)
        lines += wrap(one.text(str(row[f"label_{lang}"])), WIDE, SMALL)
    return lines


def _levels(page: Page, table: pd.DataFrame, span: Span, labels: list[list[str]]) -> list[float]:
    """Return for each label the distance in mm of its outer edge from the line, in turn above (positive) and below.

    A label stands beside its stem. The stem farthest on that side comes first and lowest: so no stem of another
    crosses a label.
    """
    per_day = (page.width - 6 - WIDE) / max(1, (span[1] - span[0]).days)
    towards = -1 if page.rtl else 1
    along = [(day - span[0]).days * per_day * (-1 if page.mirror else 1) * towards for day in table["date_start"]]
    taken: dict[int, list[tuple[float, float]]] = {1: [], -1: []}
    levels = [0.0] * len(labels)
    for index in sorted(range(len(labels)), key=lambda n: -along[n]):
        high = len(labels[index]) * PITCH + 1.5
        heights = {
            sign: max([4.0, *(top for at, top in taken[sign] if at - along[index] < WIDE + 2.0)]) for sign in (1, -1)
        }
        sign = min(heights, key=lambda side: (heights[side], -side))
        levels[index] = sign * (heights[sign] + high)
        taken[sign].append((along[index], heights[sign] + high))
    return levels


def _mark(ax: Axes, page: Page, row: dict[str, Any], level: float, label: list[str]) -> None:
    colour, hatch = FAMILIES.get(row["family"], (GREY, ""))
    at, end = date_number(row["date_start"]), date_number(row["date_end"])
    if end > at:
        bar = [(at - 0.5, end - at + 1)]
        ax.broken_barh(bar, (-1.0, 2.0), facecolor=colour, hatch=hatch, edgecolor=BLACK, linewidth=0.4, zorder=5)
    else:
        ax.plot([at], [0], "o", color=colour, markeredgecolor=BLACK, markeredgewidth=0.4, markersize=4.5, zorder=5)
    ax.plot([at, at], [0, level], color=GREY, linewidth=0.6, zorder=1)
    top = level if level > 0 else level + len(label) * PITCH
    for number, text in enumerate(label):
        ax.annotate(
            show(text),
            (at, top - number * PITCH),
            xytext=(-2.5 if page.rtl else 2.5, 0),
            textcoords="offset points",
            ha=page.start,
            va="top",
            size=SMALL,
            zorder=6,
        )


def _key(page: Page, anniversary: Which, span: Span, table: pd.DataFrame) -> list[Any]:
    words = page.words
    key: list[Any] = [
        Line2D(
            [], [], linestyle="", marker="o", color=colour, markeredgecolor=BLACK, markeredgewidth=0.4, markersize=4.5
        )
        for family, (colour, _) in FAMILIES.items()
        if (table["family"] == family).any()
    ]
    named = [family for family in FAMILIES if (table["family"] == family).any()]
    for handle, family in zip(key, named, strict=True):
        handle.set_label(words.key(f"family.{family}"))
    name = words.each(lambda one: one.say("anniversary_line", name=remembered(anniversary, one)), BETWEEN)
    bar = {"linestyle": "", "marker": "|", "markersize": 8}
    key.append(Line2D([], [], color=WINDOW, markeredgewidth=1.4, label=name, **bar))  # type: ignore[arg-type]
    event = founding(anniversary, span)
    if event is not None:
        said = words.each(lambda one: one.say("founding", date=one.day(event)), BETWEEN)
        key.append(Line2D([], [], color=BLACK, markeredgewidth=2.0, label=said, **bar))  # type: ignore[arg-type]
    return key


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
