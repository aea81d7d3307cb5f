"""When the rows of a table happened, and how that lies to an anniversary: what several figures ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from analysis.escalation.calendars import Anniversary, anniversary_dates, find_anniversary
from analysis.escalation.timeline import dated
from analysis.figures.words import Words

Which: TypeAlias = str | date | Anniversary | pd.Series | pd.DataFrame
Span: TypeAlias = tuple[pd.Timestamp, pd.Timestamp]
WINDOW_DAYS = (-14, 14)
KNOWN_DAYS = 31
"""An interval longer than this does not widen the time that the figures show."""


def counted(table: pd.DataFrame) -> str:
    """Return what a row of the table is: 'events' where reports have been merged, else 'incidents'."""
    return "events" if "event_id" in table.columns and "incident_id" not in table.columns else "incidents"


def observed_span(table: pd.DataFrame, observed: Sequence[Any] | None = None) -> Span:
    """Return first and last day of a figure: those given, or those of the dated rows.

    Raises ValueError where neither is there.
    """
    if observed is not None:
        first, last = observed
        return pd.Timestamp(first).normalize(), pd.Timestamp(last).normalize()
    rows = dated(table)
    if rows.empty:
        raise ValueError("the table has no row with a date; give observed=(first, last)")
    return rows["date_start"].min(), rows["date_end"].max()


def observed_days(told: pd.DataFrame, reports: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the days that figures show: from the first closely dated row to the last, no later than the last report.

    None where nothing is dated closely: a date of several years tells little of when the observation began.
    """
    rows = dated(told)
    close = rows[(rows["date_end"] - rows["date_start"]).dt.days < KNOWN_DAYS]
    published = reports["published"].dropna()
    if len(published):
        close = close[close["date_start"] <= published.max()]
    if close.empty:
        return None
    last = close["date_end"].max()
    return close["date_start"].min(), min(last, published.max()) if len(published) else last


def anniversaries(which: Which, span: Span) -> pd.DatetimeIndex:
    """Return the days within a span on which an anniversary fell; the founding event is not one of them."""
    days = anniversary_dates(which, range(span[0].year, span[1].year + 1))
    kept = days[~days["before"] & ~days["founding"] & days["date"].between(*span)]
    return pd.DatetimeIndex(kept["date"])


def founding(which: Which, span: Span) -> pd.Timestamp | None:
    """Return the day of the founding event where it lies within a span."""
    founded = find_anniversary(which).founded
    day = None if founded is None else pd.Timestamp(founded)
    return day if day is not None and span[0] <= day <= span[1] else None


def offset_from(days: pd.Series, dates: pd.DatetimeIndex) -> pd.Series:
    """Return for each day its distance in days from the nearest of `dates` (Int64; NA where there is none)."""
    if not len(dates):
        return pd.Series(pd.NA, index=days.index, dtype="Int64")
    apart = (days.to_numpy()[:, None] - dates.to_numpy()[None, :]) / np.timedelta64(1, "D")
    apart = np.where(np.isnan(apart), np.inf, apart)
    nearest = apart[np.arange(len(apart)), np.abs(apart).argmin(axis=1)]
    return pd.Series(nearest, index=days.index).replace([np.inf, -np.inf], np.nan).round().astype("Int64")


def in_window(days: pd.Series, dates: pd.DatetimeIndex, window: tuple[int, int] = WINDOW_DAYS) -> pd.Series:
    """Return which days lie in the window around any of `dates`; a missing day lies in none."""
    inside = np.zeros(len(days), dtype=bool)
    for day in dates:
        inside |= days.between(day + pd.Timedelta(days=window[0]), day + pd.Timedelta(days=window[1])).to_numpy()
    return pd.Series(inside, index=days.index)


def remembered(which: Which, words: Words) -> str:
    """Return what a figure calls an anniversary: its day where that is a day of a calendar, else its name.

    >>> remembered("soleimani", Words("en")), remembered("ashura", Words("en"))
    ('3 January', '10 Muharram')
    """
    found = find_anniversary(which)

    def said(one: Words) -> str:
        if isinstance(found.day, str) or found.calendar == "solar_hijri":
            return found.name_en if one.lang == "en" else found.name_ar
        day = one.number(found.day)
        return f"{day} {one.month(found.month) if found.calendar == 'gregorian' else one.hijri_month(found.month)}"

    return words.each(said)


def said_window(words: Words, window: tuple[int, int]) -> str:
    """Return the length of a window to either side: '14 days', or first and last day where the sides differ."""
    before, after = -window[0], window[1]
    if before == after:
        return words.count("days", after)
    return words.each(lambda one: one.say("interval", low=one.offset(window[0]), high=one.offset(window[1])))
