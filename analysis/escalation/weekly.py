"""Published weekly counts of one stretch of time: a first look where no list of incidents is to be had."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.escalation.rates import rate_ratio, ratio_of_ratios


def compare_weeks(
    weekly: pd.DataFrame, column: str, window: tuple[str | date, str | date], control: str | pd.Series | None = None
) -> pd.DataFrame:
    """Compare the rate of `column` in the weeks of `window` (first and last day) with that in all other weeks.

    `weekly` has week_start, week_end (days, inclusive) and counts. `control` is a column, or a series on the same rows,
    that should not react. One row: window_count, window_days, flank_count, flank_days, rate_ratio, exact_low,
    exact_high, exact_p, phi (Pearson's dispersion of the flank weeks around their mean rate), and with a control its
    counts, ratio_of_ratios (conditional on the margins) and Fisher's ratio_low, ratio_high. One window in one year has
    no placebo dates: it tells how large a rise was, not what caused it. Raises ValueError where a week lies across an
    end of the window, or where the window holds no week or all of them.
    """
    first, last = (pd.Timestamp(day) for day in window)
    inside = (weekly["week_start"] >= first) & (weekly["week_end"] <= last)
    across = (weekly["week_start"] <= last) & (weekly["week_end"] >= first) & ~inside
    if across.any() or inside.all() or not inside.any():
        raise ValueError(
            f"the window {first:%Y-%m-%d} to {last:%Y-%m-%d} must hold some weeks, whole ones, and not all"
        )
    days = (weekly["week_end"] - weekly["week_start"]).dt.days + 1
    w, b = int(days[inside].sum()), int(days[~inside].sum())
    x, y = int(weekly.loc[inside, column].sum()), int(weekly.loc[~inside, column].sum())
    exact = rate_ratio(x, w, y, b)
    expected = days[~inside] * (y / b)
    chi = float(((weekly.loc[~inside, column] - expected) ** 2 / expected).sum()) if y else float("nan")
    row = {"window_count": x, "window_days": w, "flank_count": y, "flank_days": b, "rate_ratio": exact.ratio}
    row |= {"exact_low": exact.low, "exact_high": exact.high, "exact_p": exact.p, "phi": chi / (len(expected) - 1)}
    if control is not None:
        other = weekly[control] if isinstance(control, str) else control
        there = int(other[inside].sum()), int(other[~inside].sum())
        compared = ratio_of_ratios(x, y, *there, phi=row["phi"])
        row |= {
            "control_window_count": there[0],
            "control_flank_count": there[1],
            "ratio_of_ratios": compared.ratio,
        }
        row |= {"ratio_low": compared.exact_low, "ratio_high": compared.exact_high}
    return pd.DataFrame([row])
