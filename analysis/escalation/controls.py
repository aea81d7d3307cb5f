"""Negative controls: the same windows where the anniversary cannot, or should not, matter.

(a) The same dates before the founding event absorb winter, New Year and budget cycles. (b) An actor or place that
should not react, from the same sources, cancels part of the reporting wave. (c) The volume of reports is that wave
itself. Each answers with a ratio of rate ratios whose interval carries the dispersion of weekly counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.escalation.rates import rate_ratio, ratio_of_ratios, weekly_dispersion
from analysis.escalation.timeline import Observed, daily_counts
from analysis.escalation.windows import Windows, count_windows

BEFORE = "before"
"""The name of the control on the same dates before the founding event."""

CONTROL = (
    "control anniversaries window_count window_days flank_count flank_days rate_ratio "
    "ratio_of_ratios exact_low exact_high exact_p phi low high"
).split()


def control_table(
    windows: Windows,
    phi: float,
    counts: pd.Series,
    before: pd.DatetimeIndex,
    controls: Mapping[str, pd.DataFrame],
    observed: Observed,
) -> pd.DataFrame:
    """Return one row per control, CONTROL columns: first BEFORE, where there are such dates, then the others.

    `phi` is the weekly dispersion of the incidents studied, `counts` their daily series; `before` are the same dates
    before the event. `controls` maps a name to a table of incidents (date_start, date_end) or of reports (published),
    counted on the anniversaries themselves. The dispersion of a comparison is the larger of the two. exact_low,
    exact_high and exact_p are Fisher's, for Poisson counts, and mostly too narrow.
    """
    compared = [(BEFORE, counts, before)] if len(before) else []
    compared += [(name, daily_counts(_with_days(table), observed), windows.dates) for name, table in controls.items()]
    rows = [
        _row(name, windows, phi, count_windows(series, dates, windows.window, windows.flank), series)
        for name, series, dates in compared
    ]
    return pd.DataFrame(rows, columns=CONTROL)


def window_dispersion(counts: pd.Series, windows: Windows) -> float:
    """Return `weekly_dispersion` of the flanks of the true dates."""
    values = counts.fillna(0).to_numpy(dtype="int64")
    flanks = []
    for day in windows.anchor[:, windows.true]:
        first, last = day + windows.window[0], day + windows.window[1] + 1
        flanks.append((values[first - windows.flank : first], values[last : last + windows.flank]))
    return weekly_dispersion(flanks)


def _row(name: str, here: Windows, phi: float, there: Windows, counts: pd.Series) -> dict[str, Any]:
    x, y = here.observed
    control_x, control_y = there.observed
    dispersion = np.nanmax([1.0, phi, window_dispersion(counts, there)])
    # Exposures are in one proportion by construction, so the ratio of odds is the ratio of rate ratios.
    compared = ratio_of_ratios(x, y, control_x, control_y, float(dispersion))
    return {
        "control": name,
        "anniversaries": len(there.dates),
        "window_count": control_x,
        "window_days": there.window_days,
        "flank_count": control_y,
        "flank_days": there.flank_days,
        "rate_ratio": rate_ratio(control_x, there.window_days, control_y, there.flank_days).ratio,
        "ratio_of_ratios": compared.ratio,
        "exact_low": compared.exact_low,
        "exact_high": compared.exact_high,
        "exact_p": compared.exact_p,
        "phi": compared.phi,
        "low": compared.low,
        "high": compared.high,
    }


def _with_days(table: pd.DataFrame) -> pd.DataFrame:
    if "date_start" in table.columns or "published" not in table.columns:
        return table
    return table.assign(date_start=table["published"], date_end=table["published"])
