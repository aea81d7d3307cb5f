"""A cross-check by regression: rate ratios of marked days, month and weekday held fixed.

Weekdays differ more than most holidays do (Friday against Monday in Iraq: 0.75), which is why placebo dates keep them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats

from analysis.escalation.rates import LEVEL

WEEKDAYS = ("Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STEPS = 50


def regress_days(counts: pd.Series, marked: Mapping[str, pd.DatetimeIndex], level: float = LEVEL) -> pd.DataFrame:
    """Return the rate ratio of each set of marked days, and of each weekday against Monday, within months.

    `counts` is a daily series such as `daily_counts` returns; unobserved days are left out. The model is Poisson with a
    term for every month of the series, fitted given the months' totals (conditional Poisson: Armstrong, Gasparrini and
    Tobias 2014), its standard errors widened by Pearson's dispersion (quasi-Poisson). Columns: term, rate_ratio, low,
    high, p (normal), phi. Raises ValueError where a term has too few incidents or cannot be told from the others.
    """
    seen = counts.dropna().astype("float64")
    days = pd.DatetimeIndex(seen.index)
    terms = {name: (days.day_of_week == number).astype("float64") for number, name in enumerate(WEEKDAYS, start=1)}
    terms |= {name: days.isin(dates.astype(days.dtype)).astype("float64") for name, dates in marked.items()}
    x, y = np.column_stack(list(terms.values())), seen.to_numpy()
    months = pd.factorize(days.to_period("M"))[0]
    beta, information, expected = _fit(x, y, months)
    freedom = len(y) - (months.max() + 1) - x.shape[1]
    kept = expected > 0
    phi = float(((y - expected)[kept] ** 2 / expected[kept]).sum() / freedom)
    error = np.sqrt(phi * np.diag(np.linalg.inv(information)))
    reach = stats.norm.ppf((1 + level) / 2) * error
    return pd.DataFrame(
        {
            "term": list(terms),
            "rate_ratio": np.exp(beta),
            "low": np.exp(beta - reach),
            "high": np.exp(beta + reach),
            "p": 2 * stats.norm.sf(np.abs(beta / error)),
            "phi": phi,
        }
    )


def _fit(x: np.ndarray, y: np.ndarray, months: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Maximise the likelihood given the months' totals by Newton; return beta, information, expected counts."""
    totals = np.bincount(months, weights=y)
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        share = np.exp(x @ beta)
        expected = share * (totals / np.bincount(months, weights=share))[months]
        within = np.column_stack([np.bincount(months, weights=expected * column) for column in x.T])
        heavy = np.divide(1, totals, out=np.zeros_like(totals), where=totals > 0)
        information = (x * expected[:, None]).T @ x - (within * heavy[:, None]).T @ within
        try:
            step = np.linalg.solve(information, x.T @ (y - expected))
        except np.linalg.LinAlgError as error:
            raise ValueError("the marked days cannot be told apart from weekdays and months; drop a term") from error
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            return beta, information, expected
    raise ValueError("the regression did not settle: a term has too few incidents; drop it")
