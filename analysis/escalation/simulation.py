"""Series without any anniversary effect, to see which tests find one in them all the same."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.escalation.controls import window_dispersion
from analysis.escalation.placebo import SEED, WHOLE_WEEKS, placebo_p_by_halves
from analysis.escalation.rates import dispersed_interval, rate_ratio
from analysis.escalation.study import Study
from analysis.escalation.windows import count_windows

WARM_UP = 200
"""Days simulated before the first one kept, so that clusters already run when it begins."""


def compare_tests(study: Study) -> pd.DataFrame:
    """Return what a naive test, a corrected one and the placebo dates say of the same counts.

    Columns: test, rate_ratio, low, high, p (NaN where the test has none), assumes.
    """
    row, spread = study.pooled.iloc[0], study.dispersion.iloc[0]
    rows = [
        ("exact Poisson", row["exact_low"], row["exact_high"], row["exact_p"], "incidents do not cluster"),
        ("quasi-Poisson", spread["quasi_low"], spread["quasi_high"], np.nan, "clusters last less than a week"),
        ("placebo dates", row["placebo_low"], row["placebo_high"], row["placebo_p"], "ordinary weeks compare fairly"),
    ]
    table = pd.DataFrame(rows, columns=["test", "low", "high", "p", "assumes"])
    table.insert(1, "rate_ratio", float(row["rate_ratio"]))
    return table.astype({"low": "float64", "high": "float64", "p": "float64"})


def simulate_counts(
    index: pd.DatetimeIndex, rate: float, branching: float, decay_days: float, generator: np.random.Generator
) -> pd.Series:
    """Draw daily counts of a self-exciting series: `rate` incidents a day, each bringing on `branching` others.

    The others follow after a geometric number of days with q = exp(-1 / decay_days), as `fit_hawkes` has it; a
    branching of 0 is a Poisson series. Returns an int64 series on `index`.
    """
    days = len(index) + WARM_UP
    born = np.repeat(np.arange(days), generator.poisson(rate * (1 - branching), days))
    incidents = [born]
    while born.size:
        parents = np.repeat(born, generator.poisson(branching, born.size))
        born = parents + generator.geometric(1 - np.exp(-1 / decay_days), parents.size)
        incidents.append(born)
    return pd.Series(np.bincount(np.concatenate(incidents), minlength=days)[WARM_UP:days], index=index)


def false_alarms(
    dates: pd.DatetimeIndex,
    window: tuple[int, int] = (-14, 14),
    flank: int = 60,
    rate: float = 0.6,
    branching: float = 0.7,
    decay_days: float = 4.0,
    draws: int = 400,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return how often each test finds an effect, at 5 %, in simulated series that have none.

    Columns: test, share (of `draws` series), and se, its standard error. A test that keeps its word has a share near
    0.05; the defaults are the clustering fitted to civilian-harm incidents in Syria, 2020 to 2024.
    """
    reach = max(WHOLE_WEEKS) + flank + max(abs(day) for day in window)
    index = pd.date_range(dates.min() - pd.Timedelta(days=reach), dates.max() + pd.Timedelta(days=reach), unit="s")
    generator = np.random.default_rng(seed)
    found = np.zeros(3)
    for _ in range(draws):
        counts = simulate_counts(index, rate, branching, decay_days, generator)
        windows = count_windows(counts, dates, window, flank, WHOLE_WEEKS)
        x, y = windows.observed
        w, b = windows.window_days, windows.flank_days
        low, high = dispersed_interval(x, w, y, b, window_dispersion(counts, windows))
        placebo = placebo_p_by_halves(list(windows.window_count), list(windows.flank_count), x, y)
        found += [rate_ratio(x, w, y, b).p <= 0.05, not low < 1 < high, placebo <= 0.05]
    share = found / draws
    tests = ["exact Poisson", "quasi-Poisson", "placebo dates"]
    return pd.DataFrame({"test": tests, "share": share, "se": np.sqrt(share * (1 - share) / draws)})
