"""When the level of a series changed: change points with a Poisson cost, and Bayesian blocks.

A bump is two change points; neither method gives a p for an anniversary. Read them for what else happened in the years.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import ruptures
from astropy.stats import bayesian_blocks as astropy_blocks

from analysis.tables import DAY


class _PoissonCost(ruptures.base.BaseCost):
    """The negative log-likelihood of Poisson counts with one mean, up to terms that no segmentation changes."""

    model = "poisson"
    min_size = 2

    def fit(self, signal: np.ndarray) -> _PoissonCost:
        self.before = np.concatenate([[0.0], np.cumsum(signal)])
        self.signal = signal
        return self

    def error(self, start: int, end: int) -> float:
        total = self.before[end] - self.before[start]
        return float(total - total * np.log(total / (end - start))) if total else 0.0


def change_points(timeline: pd.DataFrame, penalty: float | None = None) -> pd.DataFrame:
    """Cut a timeline into segments of constant mean by PELT (Killick, Fearnhead and Eckley 2012) with a Poisson cost.

    `timeline` is one group of `count_timeline`, best by week, without NA; `expected` is cut. `penalty` is the gain in
    log-likelihood that a further change must bring; 3 ln n without it, and it decides how many there are. Segments
    have two periods at least. Columns: first, last (days, inclusive), periods, mean (per period). Raises ValueError
    for a timeline with unobserved periods or several groups.
    """
    counts = timeline["expected"]
    if counts.isna().any() or timeline["period_start"].duplicated().any():
        raise ValueError("change points need one group without unobserved periods; cut the timeline to one of them")
    values = counts.to_numpy(dtype="float64")
    chosen = 3 * np.log(len(values)) if penalty is None else penalty
    ends = ruptures.Pelt(custom_cost=_PoissonCost(), jump=1).fit(values).predict(pen=chosen)
    starts = [0, *ends[:-1]]
    return pd.DataFrame(
        {
            "first": timeline["period_start"].to_numpy()[starts],
            "last": timeline["period_end"].to_numpy()[np.array(ends) - 1],
            "periods": np.subtract(ends, starts),
            "mean": [values[start:end].mean() for start, end in zip(starts, ends, strict=True)],
        }
    ).astype({"first": DAY, "last": DAY})


def bayesian_blocks(counts: pd.Series, p0: float = 0.05) -> pd.DataFrame:
    """Cut a daily series into blocks of constant rate (Scargle et al. 2013), from its first to its last incident.

    `counts` is a daily series such as `daily_counts` returns, without NA; `p0` is the false-alarm probability of one
    change point, not of all. Columns: first, last (days, inclusive), days, count (int64), rate (per day). Clustered
    incidents make blocks: a short one with a high rate is a burst, whatever its cause. Empty for fewer than two days
    with incidents. Raises ValueError for a series with unobserved days.
    """
    if counts.isna().any():
        raise ValueError("Bayesian blocks need a series without unobserved days; cut it to an observed stretch")
    values = counts.to_numpy(dtype="int64")
    busy = np.flatnonzero(values)
    rows: list[dict[str, Any]] = []
    if len(busy) > 1:
        edges = astropy_blocks(busy.astype("float64"), values[busy], fitness="events", p0=p0)
        # An edge lies halfway between two days with incidents; the block after it begins with the next whole day.
        starts = np.ceil(edges[:-1]).astype("int64")
        for start, end in zip(starts, [*starts[1:], busy[-1] + 1], strict=True):
            count, days = int(values[start:end].sum()), int(end - start)
            rows.append({"first": counts.index[start], "last": counts.index[end - 1], "days": days, "count": count})
    table = pd.DataFrame(rows, columns=["first", "last", "days", "count"]).astype({"first": DAY, "last": DAY})
    return table.assign(rate=(table["count"] / table["days"]).astype("float64"))
