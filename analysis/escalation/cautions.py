"""What a reader must be told beside the numbers: when a study is too small, too late, too close, or undecided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.escalation.calendars import Anniversary
from analysis.escalation.placebo import PlaceboLaw, placebo_interval
from analysis.escalation.rates import log_ratio, rate_ratio
from analysis.escalation.sentence import Caution
from analysis.escalation.windows import Windows

FEW = 10
"""Below so many incidents in windows and flanks together, no p is quoted."""

LONGEST = 21
"""An incident dated to more days than this is in no count: its first day, often the first of a month, says nothing."""

AFTERMATH = 90
"""Days after the founding event that are its aftermath rather than an ordinary baseline."""

DELAY = 30
"""Days before the end of observation in which reports may still be missing."""


def cautions_of_design(
    anniversary: Anniversary, windows: Windows, counts: pd.Series, declared: bool
) -> Iterator[Caution]:
    """Yield what the dates, the window and the observation period call for, whatever was counted."""
    span = windows.window[1] - windows.window[0] + 1 + 2 * windows.flank
    dates, window, flank = windows.dates, windows.window, windows.flank
    if len(dates) == 1:
        yield Caution("one_year")
    if not declared:
        yield Caution("post_hoc")
    close = [f"{_iso(first)}, {_iso(second)}" for first, second in pairwise(dates) if (second - first).days < span]
    if close:
        yield Caution("close", {"dates": "; ".join(close)})
    if anniversary.tolerance and not (window[0] <= -anniversary.tolerance and anniversary.tolerance <= window[1]):
        yield Caution("tolerance", {"days": anniversary.tolerance})
    yield from _aftermath(anniversary, windows)
    left = (counts.index[-1] - dates[-1]).days - window[1] - flank
    if left < DELAY:
        yield Caution("delay", {"days": left})


def cautions_of_counts(windows: Windows, law: PlaceboLaw | None, dating: pd.DataFrame) -> Iterator[Caution]:
    """Yield what the counts call for: too few of them, no placebo law, dates that decide the answer."""
    if sum(windows.observed) < FEW:
        yield Caution("few", {"least": FEW})
    if law is None:
        yield Caution("no_placebo")
    elif not law.exact:
        yield Caution("sampled")
    totals = dating.drop(columns="anniversary").sum()
    least = _conclusion(windows, law, int(totals["window_lower"]), int(totals["flank_upper"]))
    most = _conclusion(windows, law, int(totals["window_upper"]), int(totals["flank_lower"]))
    if least != most:
        yield Caution("undecided")


def cautions_of_coverage(events: pd.DataFrame, coverage: pd.DataFrame) -> Iterator[Caution]:
    """Yield which rows are in no count, and which are in one and should not be: a denied act, a story's history."""
    row = coverage.iloc[0]
    if row["undated"]:
        yield Caution("undated", {"incidents": row["undated"]})
    if row["vague"]:
        yield Caution("vague", {"incidents": row["vague"], "days": LONGEST})
    told = np.zeros(len(events), dtype=bool)
    for name in {"background", "summary"} & set(events.columns):
        told |= events[name].astype("boolean").fillna(False).to_numpy(dtype=bool)
    if "status" in events.columns:
        told |= events["status"].astype("string").eq("denied").fillna(False).to_numpy(dtype=bool)
    if told.any():
        yield Caution("no_acts", {"incidents": int(told.sum())})


def _aftermath(anniversary: Anniversary, windows: Windows) -> Iterator[Caution]:
    if anniversary.founded is None:
        return
    first = pd.Timestamp(anniversary.founded)
    last = first + pd.Timedelta(days=AFTERMATH)
    near = _touching(windows, (0,), first, last)
    for name, dates in (("aftermath", near), ("aftermath_placebo", _touching(windows, windows.shifts, first, last))):
        dates = dates if name == "aftermath" else dates.difference(near)
        if len(dates):
            yield Caution(name, {"first": _iso(first), "last": _iso(last), "dates": ", ".join(map(_iso, dates))})


def _touching(windows: Windows, shifts: tuple[int, ...], first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    begins = windows.dates + pd.Timedelta(days=min(shifts) + windows.window[0] - windows.flank)
    ends = windows.dates + pd.Timedelta(days=max(shifts) + windows.window[1] + windows.flank)
    return windows.dates[(begins <= last) & (ends >= first)]


def _conclusion(windows: Windows, law: PlaceboLaw | None, x: int, y: int) -> int:
    """Return 1 where the interval lies above 1, -1 below, 0 where it holds 1."""
    w, b = windows.window_days, windows.flank_days
    if law is None:
        exact = rate_ratio(x, w, y, b)
        low, high = exact.low, exact.high
    else:
        low, high = placebo_interval(law, float(log_ratio(x, w, y, b)))
    return int(np.sign((low > 1) - (high < 1)))


def _iso(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"
