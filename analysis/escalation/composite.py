"""Superposed epochs: the mean course of daily counts around an anniversary, against composites of placebo dates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.escalation.placebo import SEED, WHOLE_WEEKS
from analysis.escalation.rates import LEVEL
from analysis.escalation.windows import fits, positions


def superpose(
    counts: pd.Series,
    dates: pd.Series | pd.DatetimeIndex,
    span: int = 45,
    smooth: int = 7,
    shifts: tuple[int, ...] = WHOLE_WEEKS,
    draws: int = 2000,
    seed: int = SEED,
    level: float = LEVEL,
) -> pd.DataFrame:
    """Return the composite (Chree 1912; Haurwitz and Brier 1981) of daily counts from -span to +span days.

    `counts` is a daily series (`Study.counts`), `dates` the anniversaries (`Study.dates["date"]`). The placebo
    composites move each anniversary by a shift of its own, `draws` times with a fixed `seed`. Columns: day (int64);
    mean (incidents per day over the anniversaries), smoothed (its centred mean over `smooth` days); low, high
    (pointwise placebo quantiles); simultaneous_low, simultaneous_high (mean +- c sd of the placebo composites, c such
    that `level` of them stay inside on all days at once); outside, outside_simultaneous (bool). The first and last
    smooth // 2 days have no smoothed mean and no band. A pointwise band is left somewhere by most null composites:
    the simultaneous one decides. Raises ValueError where days around a placebo date were not observed.
    """
    index = pd.DatetimeIndex(dates)
    if not fits(counts, index, (-span, span), 0, shifts).all():
        raise ValueError(f"days within {span} of a placebo date were not observed; shorten the span or leave years out")
    values = counts.fillna(0).to_numpy(dtype="float64")
    anchor = positions(counts, index)
    days = np.arange(-span, span + 1)
    generator = np.random.default_rng(seed)
    mean = values[anchor[:, None] + days].mean(axis=0)
    moved = anchor + generator.choice(np.array(shifts), (draws, len(anchor)))
    placebo = _smooth(np.mean([values[moved[:, k, None] + days] for k in range(len(anchor))], axis=0), smooth)
    centre, spread = placebo.mean(axis=0), placebo.std(axis=0)
    farthest = (np.abs(placebo - centre) / np.where(spread > 0, spread, np.inf)).max(axis=1)
    reach = np.quantile(farthest, level) * spread
    low, high = np.quantile(placebo, [(1 - level) / 2, (1 + level) / 2], axis=0)
    bands = {"smoothed": _smooth(mean[None], smooth)[0], "low": low, "high": high}
    bands |= {"simultaneous_low": centre - reach, "simultaneous_high": centre + reach}
    table = pd.DataFrame(bands, index=days[smooth // 2 : len(days) - (smooth - 1) // 2]).reindex(days)
    table.insert(0, "mean", mean)
    table["outside"] = (table["smoothed"] < table["low"]) | (table["smoothed"] > table["high"])
    below, above = (table[f"simultaneous_{end}"] for end in ("low", "high"))
    table["outside_simultaneous"] = (table["smoothed"] < below) | (table["smoothed"] > above)
    return table.rename_axis("day").reset_index()


def _smooth(courses: np.ndarray, days: int) -> np.ndarray:
    """Return the moving mean over `days` of each row, without its incomplete ends."""
    return np.lib.stride_tricks.sliding_window_view(courses, days, axis=1).mean(axis=2)
