"""The calendar heat map: every day a cell, a row of weeks per Gregorian or Hijri year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Unpack

import numpy as np
import pandas as pd
from hijridate import Gregorian, Hijri
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import BoundaryNorm, ListedColormap, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from analysis.escalation.calendars import find_anniversary
from analysis.escalation.cautions import LONGEST
from analysis.escalation.timeline import Observed, count_timeline, dated, observed_days
from analysis.figures.arabic import show
from analysis.figures.canvas import BLACK, GREY, WINDOW, Drawing, Page, Style, styled
from analysis.figures.measures import text_width
from analysis.figures.moments import Span, Which, anniversaries, counted, founding, observed_span, remembered
from analysis.figures.words import BETWEEN, Words

Line = Literal["-", "--", ":", "-."]
FIRST_WEEKDAY = 5
"""Rows begin with Saturday, as weeks of work do in the region; Friday is last."""

HOLIDAYS: Mapping[str, Line] = {"soleimani": "-", "ashura": ":", "eid_al_fitr": "--", "eid_al_adha": "-."}
"""Anniversaries outlined in the calendar without being asked, and the line of each."""
FEASTS = ("ashura", "eid_al_fitr", "eid_al_adha")
"""Those of them that are outlined beside any other anniversary."""


@dataclass(frozen=True, slots=True)
class Year:
    """One row of weeks: its label, its days, and where its months begin."""

    label: int
    first: pd.Timestamp
    last: pd.Timestamp
    months: tuple[tuple[int, pd.Timestamp], ...]


def calendar_table(events: pd.DataFrame, observed: Observed | None = None) -> pd.DataFrame:
    """Return one row per day: date (datetime64[s]), count (Float64: aoristic sum; NA where nobody observed), weekday
    (int64, Monday 0), hijri_year, hijri_month, hijri_day (int64, Umm al-Qura).

    What is dated to more than three weeks tells of no day and is left out, as in the study: spread over its days it
    would only tint them all.
    """
    span = observed if observed is not None else observed_span(events)
    known = dated(events)
    days = count_timeline(known[~_vague(known)], span, "D")
    own = [Gregorian(day.year, day.month, day.day).to_hijri() for day in days["period_start"]]
    return pd.DataFrame(
        {
            "date": days["period_start"],
            "count": days["expected"],
            "weekday": days["period_start"].dt.day_of_week.astype("int64"),
            "hijri_year": pd.Series([day.year for day in own], dtype="int64"),
            "hijri_month": pd.Series([day.month for day in own], dtype="int64"),
            "hijri_day": pd.Series([day.day for day in own], dtype="int64"),
        }
    )


@styled
def draw_calendar(
    events: pd.DataFrame,
    calendar: str = "gregorian",
    holidays: Sequence[Which] | None = None,
    observed: Observed | None = None,
    lang: str = "en",
    **style: Unpack[Style],
) -> Figure:
    """Draw incidents per day as a calendar, one Axes per year of `calendar` ('gregorian' or 'hijri').

    Months are named above in the calendar of the rows and below in the other one. `holidays` are outlined (without
    them, those of HOLIDAYS); days that nobody observed are hatched, not white. The table drawn is `calendar_table`'s.
    Raises ValueError for another calendar.
    """
    if calendar not in ("gregorian", "hijri"):
        raise ValueError(f"calendar must be gregorian or hijri, got {calendar!r}")
    page = Page(lang, **style)
    table = calendar_table(events, observed)
    span = (table["date"].iloc[0], table["date"].iloc[-1])
    seen = observed_days(observed if observed is not None else span)
    years = _gregorian_years(*span) if calendar == "gregorian" else _hijri_years(*span)
    named = list(HOLIDAYS) if holidays is None else list(holidays)
    lines = list(HOLIDAYS.values())
    outlined = {n: _outlined(which, span) for n, which in enumerate(named)}
    cell = (page.width - 22) / 54
    figure = page.figure(len(years) * (7 * cell + (13 if lang == "both" else 8.5)))
    panels = np.atleast_1d(figure.subplots(len(years), 1))
    norm, colours = _scale(table["count"])
    counts = table.set_index("date")["count"]
    for ax, year in zip(panels, years, strict=True):
        _year(page.turn(ax), page, year, counts, seen, norm, colours, calendar)
        for number, days in outlined.items():
            for day in days[(days >= year.first) & (days <= year.last)]:
                x, y = _cell(day, year)
                ax.add_patch(
                    Rectangle(
                        (x - 0.5, y - 0.5),
                        1,
                        1,
                        fill=False,
                        edgecolor=WINDOW,
                        linewidth=1.1,
                        linestyle=lines[number % 4],
                        zorder=4,
                    )
                )
    words, what = page.words, counted(events)
    known = dated(events)
    undated, vague = len(events) - len(known), int(_vague(known).sum())
    drawing = Drawing(
        f"calendar_{calendar}",
        lang,
        words.each(lambda one: _title(one, table, span, what)),
        words.each(lambda one: _alt(one, table, named, span, what, calendar)),
        page.note(
            what,
            len(known) - vague,
            undated,
            "calendar.note",
            vague=lambda one: one.say("calendar.vague", days=LONGEST, count=one.count(what, vague)) if vague else "",
        ),
        table,
        page.details(span),
    )
    key = _key(page, norm, colours, named, lines, what, bool((~seen).any()))
    return page.finish(figure, drawing, key)


def _vague(known: pd.DataFrame) -> pd.Series:
    """Whether a dated row covers more than LONGEST days."""
    return (known["date_end"] - known["date_start"]).dt.days >= LONGEST


def _outlined(which: Which, span: Span) -> pd.DatetimeIndex:
    event = founding(which, span)
    return anniversaries(which, span).append(pd.DatetimeIndex([] if event is None else [event]))


def _gregorian_years(first: pd.Timestamp, last: pd.Timestamp) -> list[Year]:
    return [
        Year(
            year,
            pd.Timestamp(year, 1, 1),
            pd.Timestamp(year, 12, 31),
            tuple((month, pd.Timestamp(year, month, 1)) for month in range(1, 13)),
        )
        for year in range(first.year, last.year + 1)
    ]


def _hijri_years(first: pd.Timestamp, last: pd.Timestamp) -> list[Year]:
    low, high = (Gregorian(day.year, day.month, day.day).to_hijri().year for day in (first, last))
    years = []
    for year in range(low, high + 1):
        months = tuple((month, _from_hijri(year, month)) for month in range(1, 13))
        years.append(Year(year, months[0][1], _from_hijri(year + 1, 1) - pd.Timedelta(days=1), months))
    return years


def _from_hijri(year: int, month: int) -> pd.Timestamp:
    return pd.Timestamp(date(*Hijri(year, month, 1).to_gregorian().datetuple()))


def _hijri_months(first: pd.Timestamp, last: pd.Timestamp) -> list[tuple[int, pd.Timestamp]]:
    return [start for year in _hijri_years(first, last) for start in year.months if first <= start[1] <= last]


def _cell(day: pd.Timestamp, year: Year) -> tuple[int, int]:
    row = (day.weekday() - FIRST_WEEKDAY) % 7
    shift = (year.first.weekday() - FIRST_WEEKDAY) % 7
    return ((day - year.first).days + shift) // 7, row


def _scale(counts: pd.Series) -> tuple[BoundaryNorm, ListedColormap]:
    """Whole numbers up to 4, then doubling: few colours, each with a number in the key; 0 is near white."""
    most = float(counts.max())
    edges = [0.0, 1e-9, 1.0, 2.0, 3.0, 4.0]
    while edges[-1] <= most:
        edges.append(edges[-1] * 2)
    while len(edges) > 4 and edges[-2] > most:
        edges.pop()
    steps = len(edges) - 2
    ramp = [to_hex(colormaps["cividis_r"](0.08 + 0.9 * n / max(1, steps - 1))) for n in range(steps)]
    shades = ["#f2f2f2", *ramp]
    return BoundaryNorm(edges, len(shades)), ListedColormap(shades)


def _year(
    ax: Axes,
    page: Page,
    year: Year,
    counts: pd.Series,
    seen: pd.Series,
    norm: BoundaryNorm,
    colours: ListedColormap,
    calendar: str,
) -> None:
    days = pd.date_range(year.first, year.last, unit="s")
    places = np.array([_cell(day, year) for day in days])
    values = counts.reindex(days).where(seen.reindex(days, fill_value=False)).astype("float64").to_numpy()
    grid = np.full((7, places[:, 0].max() + 1), np.nan)
    grid[places[:, 1], places[:, 0]] = values
    edges = np.arange(grid.shape[1] + 1) - 0.5, np.arange(8) - 0.5
    ax.pcolormesh(
        *edges, np.ma.masked_invalid(grid), norm=norm, cmap=colours, edgecolors="white", linewidth=0.4, zorder=2
    )
    blank = places[np.isnan(values)]
    cells = [Rectangle((x - 0.5, y - 0.5), 1, 1) for x, y in blank]
    ax.add_collection(PatchCollection(cells, facecolor="white", edgecolor=GREY, hatch="/////", linewidth=0.2, zorder=1))
    for _, start in year.months:
        _month_edge(ax, start, year)
    weeks = _cell(year.last, year)[0]
    ax.set_xlim((weeks + 0.6, -0.6) if page.mirror else (-0.6, weeks + 0.6))
    ax.set_ylim(6.6, -0.6)
    ax.set_aspect("equal")
    for spine in ax.spines.values():
        spine.set_visible(False)
    _names(ax, page, year, calendar)


def _month_edge(ax: Axes, start: pd.Timestamp, year: Year) -> None:
    x, y = _cell(start, year)
    ax.plot(
        [x + 0.5, x + 0.5, x - 0.5, x - 0.5] if y else [x - 0.5, x - 0.5],
        [-0.5, y - 0.5, y - 0.5, 6.5] if y else [-0.5, 6.5],
        color=BLACK,
        linewidth=0.6,
        zorder=3,
    )


def _names(ax: Axes, page: Page, year: Year, calendar: str) -> None:
    words = page.words
    own = [(month, start) for month, start in year.months]
    other = (
        _hijri_months(year.first, year.last)
        if calendar == "gregorian"
        else [(day.month, day) for day in pd.date_range(year.first, year.last, freq="MS")]
    )
    first, second = (words.month, words.hijri_month) if calendar == "gregorian" else (words.hijri_month, words.month)
    edge = "right" if page.mirror else "left"
    for names, say, y, va, colour, size in (
        (own, first, -0.7, "bottom", BLACK, 5.5),
        (other, second, 6.7, "top", GREY, 5.0),
    ):
        widest = max(text_width(line, size) for month, _ in names for line in say(month).split("\n"))
        step = -(-(widest + 1) // ((page.width - 22) / 12.4))
        for number, (month, start) in enumerate(names):
            if number % step:
                continue
            x = _cell(start, year)[0] + (1 if start.weekday() != FIRST_WEEKDAY and y < 0 else 0)
            ax.text(
                x - 0.4 + (0.4 if y < 0 and start != year.first else 0),
                y,
                show(say(month)),
                ha=edge,
                va=va,
                size=size,
                color=colour,
                linespacing=1.2,
            )
    ax.set_xticks([])
    ax.set_yticks([0, 3, 6])
    ax.set_yticklabels(
        [show(_weekday(words, (FIRST_WEEKDAY + row) % 7)) for row in (0, 3, 6)], size=5.5, linespacing=1.0
    )
    ax.tick_params(axis="y", length=0)
    ax.set_ylabel(show(words.number(year.label)), weight="bold")


def _weekday(words: Words, number: int) -> str:
    return words.each(lambda one: one.say(f"weekday.{number}")[: 3 if one.lang == "en" else None])


def _key(
    page: Page,
    norm: BoundaryNorm,
    colours: ListedColormap,
    named: Sequence[Which],
    lines: Sequence[Line],
    what: str,
    unseen: bool,
) -> list[Any]:
    words = page.words
    edges = [float(edge) for edge in norm.boundaries]
    said = [words.number(0)]
    for low in edges[1:-1]:
        said.append(words.key("calendar.less") if low < 1 else f"≥ {words.number(low)}")
    scale = words.each(lambda one: one.say("calendar.scale", things=one.things(what)), BETWEEN)
    key: list[Any] = [Patch(facecolor="none", edgecolor="none", label=scale)]
    key += [
        Patch(facecolor=shade, edgecolor=GREY, linewidth=0.3, label=label)
        for shade, label in zip(map(str, colours.colors), said, strict=True)  # type: ignore[arg-type]
    ]
    if unseen:
        key.append(Patch(facecolor="white", edgecolor=GREY, hatch="/////", label=words.key("calendar.unseen")))
    for number, which in enumerate(named):
        name = words.each(lambda one, which=which: _holiday(one, which), BETWEEN)  # type: ignore[misc]
        key.append(Patch(fill=False, edgecolor=WINDOW, linewidth=1.1, linestyle=lines[number % 4], label=name))
    return key


def _holiday(one: Words, which: Which) -> str:
    known = find_anniversary(which).id
    name = one.name("holiday", known)
    return remembered(which, one) if name == known else name


def _title(one: Words, table: pd.DataFrame, span: Span, what: str) -> str:
    total = round(float(table["count"].sum()))
    return one.say("calendar.title", count=one.count(what, total), first=one.day(span[0]), last=one.day(span[1]))


def _alt(
    one: Words,
    table: pd.DataFrame,
    named: Sequence[Which],
    span: Span,
    what: str,
    calendar: str,
) -> str:
    fullest = table.loc[table["count"].astype("float64").idxmax()]
    by_weekday = table.groupby("weekday")["count"].sum()
    return one.say(
        "calendar.alt",
        things=one.things(what),
        year_kind=one.say(f"calendar.{calendar}_year"),
        first=one.day(span[0]),
        last=one.day(span[1]),
        total=one.count(what, round(float(table["count"].sum()))),
        when=one.day(fullest["date"]),
        most=one.number(float(fullest["count"]), 1),
        weekdays=one.list([f"{one.say(f'weekday.{d}')} {one.number(float(n))}" for d, n in by_weekday.items()]),
        holidays=one.list([_holiday(one, which) for which in named]) or one.say("calendar.none"),
    )
