"""Rates and their ratios, with exact intervals and the p that agrees with them.

Two-sided p-values differ by convention (one table of counts gives six of them); here it is always the central one,
twice the smaller tail, because that p is below 1 - level exactly when the interval excludes 1 (Fay 2010, R Journal 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.stats.contingency import odds_ratio

LEVEL = 0.95
WEEK = 7


@dataclass(frozen=True, slots=True)
class RateRatio:
    """The ratio of two rates with its exact interval; NaN where nothing was counted."""

    ratio: float
    low: float
    high: float
    p: float


def rate_ratio(x: int, w: float, y: int, b: float, level: float = LEVEL) -> RateRatio:
    """Return the exact ratio of the rates x/w and y/b, for counts x, y in exposures w, b (days).

    Given n = x + y, x is binomial with p = ratio*w / (ratio*w + b) (Przyborowski and Wilenski 1940); Clopper-Pearson
    limits of p are turned back into ratios. x = 0 has the lower limit 0, y = 0 the upper limit inf, n = 0 no estimate
    and the interval [0, inf]. Raises ValueError for negative counts or exposures that are not positive.

    >>> exact = rate_ratio(72, 116, 231, 480)
    >>> [round(value, 4) for value in (exact.ratio, exact.low, exact.high, exact.p)]
    [1.2897, 0.9758, 1.6872, 0.0739]
    """
    if x < 0 or y < 0 or w <= 0 or b <= 0:
        raise ValueError(f"counts must be 0 or more and exposures above 0, got {x} in {w} and {y} in {b}")
    if x + y == 0:
        return RateRatio(np.nan, 0.0, np.inf, 1.0)
    tail = (1 - level) / 2
    low = stats.beta.ppf(tail, x, y + 1) if x else 0.0
    high = stats.beta.ppf(1 - tail, x + 1, y) if y else 1.0
    even = w / (w + b)
    less, more = stats.binom.cdf(x, x + y, even), stats.binom.sf(x - 1, x + y, even)
    return RateRatio(
        float(x / w / (y / b)) if y else np.inf,
        float(low / (1 - low) * b / w),
        float(high / (1 - high) * b / w) if y else np.inf,
        float(min(1.0, 2 * min(less, more))),
    )


def mantel_haenszel(strata: pd.DataFrame) -> float:
    """Return the common rate ratio of strata whose exposures are not in one proportion; NaN where it has no estimate.

    `strata` has window_count, window_days, flank_count, flank_days. Formula: sum x b/(w+b) / sum y w/(w+b) (Rothman,
    Greenland and Lash, Modern Epidemiology). Where w/b is the same in all, it equals the ratio of the pooled rates.
    """
    x, w = strata["window_count"], strata["window_days"]
    y, b = strata["flank_count"], strata["flank_days"]
    above, below = float((x * b / (w + b)).sum()), float((y * w / (w + b)).sum())
    return above / below if below else (np.inf if above else np.nan)


def garwood(count: npt.ArrayLike, exposure: npt.ArrayLike, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact lower and upper limits of a Poisson rate, counts per unit of exposure (Garwood 1936).

    >>> [float(limit.round(4)) for limit in garwood(0, 10)]
    [0.0, 0.3689]
    """
    count, exposure = np.asarray(count, dtype=float), np.asarray(exposure, dtype=float)
    tail = (1 - level) / 2
    low = np.where(count > 0, stats.chi2.ppf(tail, 2 * np.maximum(count, 1)) / 2, 0.0)
    return low / exposure, stats.chi2.isf(tail, 2 * (count + 1)) / 2 / exposure


def log_ratio(x: npt.ArrayLike, w: float, y: npt.ArrayLike, b: float) -> np.ndarray:
    """Return log((x + 1/2)/w) - log((y + 1/2)/b): the statistic of the placebo test, finite for counts of 0."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return np.log((x + 0.5) / w) - np.log((y + 0.5) / b)


def weekly_dispersion(flanks: Sequence[Sequence[npt.ArrayLike]]) -> float:
    """Return the variance of weekly flank counts over their mean, pooled over anniversaries; 1 for Poisson counts.

    `flanks` holds, per anniversary, the daily counts of its flanks (before, after), each cut into whole weeks from its
    first day. The result is Pearson's chi-squared over its degrees of freedom, each anniversary with its own mean;
    anniversaries without incidents say nothing. NaN where no week is left. It understates the dispersion of whole
    windows when incidents cluster for longer than a week.
    """
    chi, freedom = 0.0, 0
    for parts in flanks:
        weeks = np.concatenate([_whole_weeks(np.asarray(part, dtype=float)) for part in parts])
        if weeks.size > 1 and weeks.sum() > 0:
            chi += float(((weeks - weeks.mean()) ** 2).sum() / weeks.mean())
            freedom += weeks.size - 1
    return chi / freedom if freedom else np.nan


def dispersed_interval(x: int, w: float, y: int, b: float, phi: float, level: float = LEVEL) -> tuple[float, float]:
    """Return the quasi-Poisson limits of a rate ratio whose variance is `phi` times that of Poisson counts.

    exp(T -+ z sqrt(phi (1/(x+1/2) + 1/(y+1/2)))) around T of `log_ratio`; a phi below 1 counts as 1.
    """
    spread = stats.norm.ppf((1 + level) / 2) * np.sqrt(_at_least_one(phi) * (1 / (x + 0.5) + 1 / (y + 0.5)))
    centre = log_ratio(x, w, y, b)
    return float(np.exp(centre - spread)), float(np.exp(centre + spread))


@dataclass(frozen=True, slots=True)
class RatioOfRatios:
    """How many times larger one rate ratio is than another; the interval to believe is the dispersed one."""

    ratio: float
    exact_low: float
    exact_high: float
    exact_p: float
    phi: float
    low: float
    high: float


def ratio_of_ratios(x: int, y: int, control_x: int, control_y: int, phi: float, level: float = LEVEL) -> RatioOfRatios:
    """Return (x/y) / (control_x/control_y): windows against flanks, here against a control with the same exposures.

    `ratio` is the maximum likelihood estimate given all margins, with Fisher's exact limits and two-sided p; these hold
    for Poisson counts only and are far too narrow for clustered ones. `low` and `high` are
    exp(D -+ z sqrt(phi sum 1/(n + 1/2))) over the four counts n, around D, the log ratio with 1/2 added to each; a phi
    below 1 counts as 1.

    >>> round(ratio_of_ratios(72, 231, 374, 2199, phi=8.4204).high, 2)
    4.21
    """
    table = np.array([[x, y], [control_x, control_y]])
    halved = table + 0.5
    spread = stats.norm.ppf((1 + level) / 2) * np.sqrt(_at_least_one(phi) * (1 / halved).sum())
    centre = np.log(halved[0, 0] / halved[0, 1]) - np.log(halved[1, 0] / halved[1, 1])
    exact = odds_ratio(table)
    limits = exact.confidence_interval(level)
    return RatioOfRatios(
        float(exact.statistic),
        float(limits.low),
        float(limits.high),
        float(stats.fisher_exact(table).pvalue),
        phi,
        float(np.exp(centre - spread)),
        float(np.exp(centre + spread)),
    )


def _whole_weeks(days: np.ndarray) -> np.ndarray:
    weeks = len(days) // WEEK
    return days[: weeks * WEEK].reshape(weeks, WEEK).sum(axis=1)


def _at_least_one(phi: float) -> float:
    return max(1.0, 1.0 if np.isnan(phi) else phi)
