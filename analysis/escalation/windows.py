"""Windows around anniversaries, the flanks outside them, and the same at every placebo date.

A window runs from `window[0]` to `window[1]` days after the anniversary, both inclusive; each flank has `flank` days,
immediately before and after it. What is counted once here is used by the estimate, the grid and the controls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.escalation.placebo import PlaceboLaw, placebo_interval, placebo_law, placebo_p
from analysis.escalation.rates import log_ratio, rate_ratio
from analysis.tables import DAY

POOLED = (
    "anniversaries window_count window_days flank_count flank_days rate_ratio exact_low exact_high exact_p "
    "placebo_low placebo_high placebo_p placebo_rank"
).split()
"""The columns of an estimate: what was counted, the ratio, its two intervals, its two p, its rank among the shifts."""


@dataclass(frozen=True, slots=True)
class Windows:
    """What falls into the windows and flanks of K anniversaries at each of S shifts (int64 arrays of K x S).

    `anchor` is where each shifted anniversary stands in the daily series that was counted.
    """

    dates: pd.DatetimeIndex
    window: tuple[int, int]
    flank: int
    shifts: tuple[int, ...]
    anchor: np.ndarray
    window_count: np.ndarray
    flank_count: np.ndarray

    @property
    def window_days(self) -> int:
        """Days in all windows together."""
        return len(self.dates) * (self.window[1] - self.window[0] + 1)

    @property
    def flank_days(self) -> int:
        """Days in all flanks together."""
        return len(self.dates) * 2 * self.flank

    @property
    def true(self) -> int:
        """Where in `shifts` the true date stands."""
        return self.shifts.index(0)

    @property
    def observed(self) -> tuple[int, int]:
        """The counts in window and flanks at the true dates, over all anniversaries."""
        return int(self.window_count[:, self.true].sum()), int(self.flank_count[:, self.true].sum())

    def take(self, rows: Sequence[int]) -> Windows:
        """Return the same for some of the anniversaries."""
        parts = {name: getattr(self, name)[rows] for name in ("dates", "anchor", "window_count", "flank_count")}
        return replace(self, **parts)

    def recount(self, daily: np.ndarray) -> Windows:
        """Return the same windows over other daily counts (int64) of the same days."""
        before = np.concatenate([[0], np.cumsum(daily)])
        first, last = self.anchor + self.window[0], self.anchor + self.window[1] + 1
        inside = before[last] - before[first]
        around = before[last + self.flank] - before[first - self.flank]
        return replace(self, window_count=inside, flank_count=around - inside)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One row of POOLED columns, with the placebo law behind it (None where no placebo dates were asked for)."""

    row: dict[str, Any]
    law: PlaceboLaw | None


def count_windows(
    counts: pd.Series, dates: pd.DatetimeIndex, window: tuple[int, int], flank: int, shifts: Sequence[int] = (0,)
) -> Windows:
    """Count what falls into windows and flanks around `dates`, moved by each of `shifts` (days, 0 among them).

    `counts` is a daily series as `daily_counts` makes it. Raises ValueError where a window or flank, also at a placebo
    date, has a day that was not observed (nothing is silently counted as zero), or where window or flank is empty.
    """
    _check(window, flank, shifts)
    unseen = dates[~fits(counts, dates, window, flank, shifts)]
    if len(unseen):
        raise ValueError(_outside(counts, unseen, window, flank, shifts))
    anchor = positions(counts, dates)[:, None] + np.array(shifts, dtype="int64")
    nothing = np.zeros_like(anchor)
    windows = Windows(dates, window, flank, tuple(shifts), anchor, nothing, nothing)
    return windows.recount(counts.fillna(0).to_numpy(dtype="int64"))


def fits(
    counts: pd.Series, dates: pd.DatetimeIndex, window: tuple[int, int], flank: int, shifts: Sequence[int] = (0,)
) -> np.ndarray:
    """Return, per date, whether every day of its windows and flanks, at all shifts, was observed (bool array)."""
    anchor = positions(counts, dates)[:, None] + np.array(shifts, dtype="int64")
    first, last = anchor + window[0] - flank, anchor + window[1] + flank + 1
    seen = np.concatenate([[0], np.cumsum(counts.notna().to_numpy())])
    within = (first >= 0) & (last <= len(counts))
    held = seen[last.clip(0, len(counts))] - seen[first.clip(0, len(counts))] == last - first
    return (within & held).all(axis=1)


def positions(counts: pd.Series, dates: pd.DatetimeIndex) -> np.ndarray:
    """Return where `dates` stand in a daily series, 0 its first day (int64; beyond its ends where they are)."""
    return (dates.to_numpy().astype("datetime64[D]") - np.datetime64(counts.index[0], "D")).astype("int64")


def estimate(windows: Windows) -> Estimate:
    """Return the rate ratio of windows and flanks with exact interval and p, and what the placebo dates say of it.

    placebo_rank is the place of the true date among the joint shifts (all years moved together), 1 the highest. With
    the single shift 0 the placebo columns are NaN.
    """
    x, y = windows.observed
    w, b = windows.window_days, windows.flank_days
    exact = rate_ratio(x, w, y, b)
    row: dict[str, Any] = dict.fromkeys(POOLED, np.nan)
    row |= {"anniversaries": len(windows.dates), "window_count": x, "window_days": w, "flank_count": y, "flank_days": b}
    row |= {"rate_ratio": exact.ratio, "exact_low": exact.low, "exact_high": exact.high, "exact_p": exact.p}
    if len(windows.shifts) == 1:
        return Estimate(row, None)
    law = placebo_law(list(windows.window_count), list(windows.flank_count), w, b)
    row["placebo_low"], row["placebo_high"] = placebo_interval(law, float(log_ratio(x, w, y, b)))
    row["placebo_p"] = placebo_p(law, x, y)[1]
    joint_x, joint_y = windows.window_count.sum(axis=0), windows.flank_count.sum(axis=0)
    row["placebo_rank"] = int(((2 * joint_x + 1) * (2 * y + 1) >= (2 * x + 1) * (2 * joint_y + 1)).sum())
    return Estimate(row, law)


def estimate_table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return rows of POOLED columns as a table: counts int64, placebo_rank Int64, the rest float64."""
    table = pd.DataFrame(rows)
    counted = dict.fromkeys(POOLED[:5], "int64")
    return table.astype(counted | dict.fromkeys(POOLED[5:-1], "float64") | {"placebo_rank": "Int64"})


def joint_shifts(windows: Windows) -> pd.DataFrame:
    """Return what every joint shift counts: shift (days), window_count, flank_count, statistic, rate_ratio, true."""
    x, y = windows.window_count.sum(axis=0), windows.flank_count.sum(axis=0)
    statistic = log_ratio(x, windows.window_days, y, windows.flank_days)
    return pd.DataFrame(
        {
            "shift": np.array(windows.shifts, dtype="int64"),
            "window_count": x,
            "flank_count": y,
            "statistic": statistic,
            "rate_ratio": np.exp(statistic),
            "true": np.array(windows.shifts) == 0,
        }
    )


def aligned_counts(counts: pd.Series, dates: pd.DatetimeIndex, first: int, last: int) -> pd.DataFrame:
    """Return daily counts from `first` to `last` days after each date: anniversary, day, date, count (NA: not seen)."""
    days = np.arange(first, last + 1)
    anchors = np.repeat(dates.to_numpy().astype("datetime64[s]"), len(days))
    moved = anchors + np.tile(days, len(dates)).astype("timedelta64[D]")
    return pd.DataFrame(
        {
            "anniversary": pd.Series(anchors, dtype=DAY),
            "day": np.tile(days, len(dates)),
            "date": pd.Series(moved, dtype=DAY),
            "count": counts.reindex(pd.DatetimeIndex(moved)).array,
        }
    )


def _check(window: tuple[int, int], flank: int, shifts: Sequence[int]) -> None:
    if window[1] < window[0]:
        raise ValueError(f"the window must run from an earlier to a later day, got {window}")
    if flank < 1:
        raise ValueError(f"the flanks must have at least one day each, got {flank}")
    if 0 not in shifts or len(set(shifts)) != len(shifts):
        raise ValueError("the shifts must hold 0, the true date, and each shift once")


def _outside(
    counts: pd.Series, unseen: pd.DatetimeIndex, window: tuple[int, int], flank: int, shifts: Sequence[int]
) -> str:
    needs = [
        f"{day:%Y-%m-%d} needs {day + pd.Timedelta(days=min(shifts) + window[0] - flank):%Y-%m-%d} to "
        f"{day + pd.Timedelta(days=max(shifts) + window[1] + flank):%Y-%m-%d}"
        for day in unseen
    ]
    return (
        f"windows, flanks or placebo dates fall outside the observation period ({counts.index[0]:%Y-%m-%d} to "
        f"{counts.index[-1]:%Y-%m-%d}, without its gaps): {'; '.join(needs)}; leave those years out, or choose a "
        "shorter flank, or shifts=(0,) for no placebo dates"
    )
