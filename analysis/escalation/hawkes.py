"""How clustered a series is: a self-exciting fit in days (Hawkes 1971; Mohler et al. 2011)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.signal import lfilter
from scipy.special import expit


def fit_hawkes(counts: pd.Series) -> pd.DataFrame:
    """Fit lambda_t = mu + branching (1 - q) sum over lags of q^(lag - 1) y_(t - lag) by maximum likelihood.

    `counts` is a daily series such as `daily_counts` returns, without NA. One row: incidents, days (int64); mu
    (incidents per day that nothing before explains), branching (incidents that one incident brings on: 0 for a Poisson
    series, near 1 for one that feeds on itself), decay_days (-1 / ln q: after so long a follow-up is e times rarer),
    mean_lag_days (1 / (1 - q)), log_likelihood_gain (over a constant rate). With a branching of 0.5 and more a plain
    Poisson interval is not to be believed. A slow change of level looks like excitation; below 100 incidents, or with a
    gain of less than about 4, the fit says nothing. Raises ValueError for a series without incidents or with days that
    nobody observed.
    """
    if counts.isna().any() or not counts.sum():
        raise ValueError("a self-exciting fit needs incidents and no unobserved days; cut the series to such a stretch")
    y = counts.to_numpy(dtype="float64")
    rate = y.mean()
    starts = [np.array([np.log(rate / 2), 0.0, slow]) for slow in (0.0, 1.0, 3.0)]
    options = {"maxiter": 4000, "xatol": 1e-7, "fatol": 1e-9}
    fits = [minimize(_negative_log_likelihood, start, (y,), method="Nelder-Mead", options=options) for start in starts]
    best = min(fits, key=lambda fit: float(fit.fun))
    mu, branching, q = _parameters(best.x)
    constant = float((y * np.log(rate) - rate).sum())
    return pd.DataFrame(
        {
            "incidents": [int(y.sum())],
            "days": [len(y)],
            "mu": [mu],
            "branching": [branching],
            "decay_days": [-1 / np.log(q)],
            "mean_lag_days": [1 / (1 - q)],
            "log_likelihood_gain": [-float(best.fun) - constant],
        }
    )


def _negative_log_likelihood(free: np.ndarray, y: np.ndarray) -> float:
    mu, branching, q = _parameters(free)
    rate = mu + branching * (1 - q) * lfilter([0.0, 1.0], [1.0, -q], y)
    return -float((y * np.log(rate) - rate).sum())


def _parameters(free: np.ndarray) -> tuple[float, float, float]:
    """Return mu > 0 and branching, q between 0 and 1 from three free numbers."""
    branching, q = expit(np.clip(free[1:], -30, 30))
    return float(np.exp(np.clip(free[0], -30, 30))), float(branching), float(q)
