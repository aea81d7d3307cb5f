"""Placebo dates: every anniversary moved by whole weeks, and the exact law of what would then have been counted.

The statistic is T = log((X + 1/2)/W) - log((Y + 1/2)/B) for X incidents in W window days and Y in B flank days, summed
over anniversaries. Each anniversary moves on its own, uniformly over the shifts (the true date, 0, among them). Counts
are integers, so the law of (X, Y) is a convolution of one small table per anniversary: no random numbers.
Lotwick and Silverman 1982 for random shifts; Phipson and Smyth 2010 for why the true date belongs to the set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve

from analysis.escalation.rates import LEVEL, log_ratio

WHOLE_WEEKS = tuple(range(-182, 183, 7))
"""The 53 shifts in days; whole weeks, because weekdays differ more than holidays do."""

MOST_CELLS = 5_000_000
"""Above so many possible (X, Y) the law is sampled instead of tabulated (about 100,000 incidents)."""

JOINED_CELLS = 200_000
"""Above so many the two halves of the years are joined by a Fourier transform, which errs by less than NOISE a cell."""

NOISE = 1e-18

DRAWS = 500_000
SEED = 20200103


@dataclass(frozen=True, slots=True)
class PlaceboLaw:
    """The exact law of the pooled counts over placebo dates, one entry per possible (X, Y), ordered by statistic."""

    window_count: np.ndarray
    flank_count: np.ndarray
    statistic: np.ndarray
    probability: np.ndarray
    exact: bool = True

    def quantile(self, p: float) -> float:
        """Return the smallest statistic whose cumulative probability reaches `p`."""
        return float(self.statistic[np.searchsorted(np.cumsum(self.probability), p).clip(max=len(self.statistic) - 1)])

    @property
    def mean(self) -> float:
        """The mean of the statistic."""
        return float(self.probability @ self.statistic)

    @property
    def variance(self) -> float:
        """The variance of the statistic."""
        return float(self.probability @ (self.statistic - self.mean) ** 2)


def placebo_law(
    window_counts: Sequence[np.ndarray], flank_counts: Sequence[np.ndarray], window_days: int, flank_days: int
) -> PlaceboLaw:
    """Convolve the placebo counts of K anniversaries into the exact law of their sums.

    `window_counts` and `flank_counts` hold one int64 array per anniversary: what each shift counts there. The days are
    the totals W and B over all anniversaries. Where more than MOST_CELLS sums are possible the law is sampled instead,
    with a fixed seed and the joint shifts (the true date among them) as part of the sample, and `exact` is False.

    >>> law = placebo_law([np.array([0, 2])], [np.array([1, 1])], 1, 1)
    >>> law.window_count, law.probability
    (array([0, 2]), array([0.5, 0.5]))
    """
    exact = _cells(window_counts, flank_counts) <= MOST_CELLS
    x, y, probability = (_convolve if exact else _sample)(window_counts, flank_counts)
    statistic = log_ratio(x, window_days, y, flank_days)
    order = np.argsort(statistic)
    return PlaceboLaw(x[order], y[order], statistic[order], probability[order], exact)


def placebo_p(law: PlaceboLaw, window_count: int, flank_count: int) -> tuple[float, float]:
    """Return P(T* >= T) and the two-sided p = min(1, 2 min(both tails)) of the counts observed.

    Statistics are compared as fractions of integers, so a tie is a tie: T* >= T where
    (2X* + 1)(2Y + 1) >= (2X + 1)(2Y* + 1).
    """
    left = (2 * law.window_count + 1) * (2 * flank_count + 1)
    right = (2 * window_count + 1) * (2 * law.flank_count + 1)
    greater = float(law.probability[left >= right].sum())
    less = float(law.probability[left <= right].sum())
    return min(1.0, greater), min(1.0, 2 * min(greater, less))


def placebo_p_by_halves(
    window_counts: Sequence[np.ndarray], flank_counts: Sequence[np.ndarray], window_count: int, flank_count: int
) -> float:
    """Return the same two-sided p as `placebo_p` without tabulating the law: faster where only p is wanted.

    T* >= T is linear in the counts: sum of u_k = 2 (2Y + 1) x_k - 2 (2X + 1) y_k reaches 2 (X - Y). The law of
    either half of the anniversaries is tabulated; sorting one of them answers every value of the other.
    """
    rise, fall = 2 * (2 * flank_count + 1), 2 * (2 * window_count + 1)
    reached = 2 * (window_count - flank_count)
    middle = len(window_counts) // 2
    halves = [_convolve(window_counts[part], flank_counts[part]) for part in (slice(middle), slice(middle, None))]
    (left, left_p), (right, right_p) = ((rise * x - fall * y, p) for x, y, p in halves)
    order = np.argsort(right)
    cumulated = np.concatenate([[0.0], np.cumsum(right_p[order])])
    ordered = right[order]
    less = left_p @ cumulated[np.searchsorted(ordered, reached - left, side="right")]
    greater = left_p @ (cumulated[-1] - cumulated[np.searchsorted(ordered, reached - left, side="left")])
    return float(min(1.0, 2 * min(greater, less)))


def placebo_interval(law: PlaceboLaw, statistic: float, level: float = LEVEL) -> tuple[float, float]:
    """Return the limits of the rate ratio by inverting the placebo test under a multiplicative effect.

    exp(T - q_high(T*)) to exp(T - q_low(T*)).
    """
    tail = (1 - level) / 2
    return float(np.exp(statistic - law.quantile(1 - tail))), float(np.exp(statistic - law.quantile(tail)))


def minimum_detectable_ratio(
    law: PlaceboLaw, window_days: int, flank_days: int, power: float = 0.8, level: float = LEVEL
) -> float:
    """Return the smallest rate ratio that the placebo test would find with probability `power`; inf where none.

    The placebo windows are what these years count without an effect. A true ratio r multiplies the window count; the
    test finds it where log((rX* + 1/2)/W) - log((Y* + 1/2)/B) exceeds the largest statistic that is not rejected. Each
    (X*, Y*) of the law has its own smallest r that does; the result is the `power` quantile of those.
    """
    upper_tail = np.cumsum(law.probability[::-1])[::-1]
    kept = law.statistic[upper_tail > (1 - level) / 2].max()
    needed = (law.flank_count + 0.5) / flank_days * window_days * np.exp(kept) - 0.5
    smallest = np.where(law.window_count > 0, needed / np.maximum(law.window_count, 1), np.inf)
    smallest = np.where(needed < 0, 0.0, smallest)
    order = np.argsort(smallest)
    reached = np.searchsorted(np.cumsum(law.probability[order]), power).clip(max=len(order) - 1)
    return float(max(1.0, smallest[order][reached]))


def _convolve(
    window_counts: Sequence[np.ndarray], flank_counts: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every possible (X, Y) and its probability, under independent shifts of all years."""
    least_x, least_y = (sum(int(c.min()) for c in counts) for counts in (window_counts, flank_counts))
    years = [np.stack([x - x.min(), y - y.min()]) for x, y in zip(window_counts, flank_counts, strict=True)]
    years.sort(key=lambda pairs: int(np.prod(pairs.max(axis=1) + 1)))
    if _cells(window_counts, flank_counts) > JOINED_CELLS:
        grid = fftconvolve(_add_years(years[::2]), _add_years(years[1::2]))
        grid[grid < NOISE] = 0
    else:
        grid = _add_years(years)
    x, y = np.nonzero(grid)
    return x + least_x, y + least_y, grid[x, y]


def _add_years(years: Sequence[np.ndarray]) -> np.ndarray:
    """Convolve sparse years: the grid of all (X, Y) so far is added once per distinct pair of the next year."""
    grid = np.ones((1, 1))
    for x, y in years:
        rows, columns = grid.shape
        width = int(y.max()) + 1
        pairs, times = np.unique(x * width + y, return_counts=True)
        wider = np.zeros((rows + int(x.max()), columns + width - 1))
        for dx, dy, n in zip(*np.divmod(pairs, width), times, strict=True):
            wider[dx : dx + rows, dy : dy + columns] += grid if n == 1 else n * grid
        grid = wider
    return grid / float(np.prod([float(year.shape[1]) for year in years]))


def _cells(window_counts: Sequence[np.ndarray], flank_counts: Sequence[np.ndarray]) -> int:
    rows, columns = (sum(int(np.ptp(c)) for c in counts) + 1 for counts in (window_counts, flank_counts))
    return rows * columns


def _sample(
    window_counts: Sequence[np.ndarray], flank_counts: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw a shift for each anniversary DRAWS times; the joint shifts are added, so that no p is ever 0."""
    generator = np.random.default_rng(SEED)
    x, y = (np.sum(counts, axis=0, dtype="int64") for counts in (window_counts, flank_counts))
    drawn_x, drawn_y = np.zeros(DRAWS, dtype="int64"), np.zeros(DRAWS, dtype="int64")
    for inside, beside in zip(window_counts, flank_counts, strict=True):
        shift = generator.integers(0, len(inside), DRAWS)
        drawn_x += inside[shift]
        drawn_y += beside[shift]
    x, y = np.concatenate([x, drawn_x]), np.concatenate([y, drawn_y])
    return x, y, np.full(len(x), 1 / len(x))
