"""The placebo law against brute force, exact rates against libraries, the size of the test on clustered data."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.escalation import placebo
from analysis.escalation.hawkes import fit_hawkes
from analysis.escalation.placebo import (
    WHOLE_WEEKS,
    minimum_detectable_ratio,
    placebo_interval,
    placebo_law,
    placebo_p,
    placebo_p_by_halves,
)
from analysis.escalation.rates import (
    dispersed_interval,
    garwood,
    log_ratio,
    mantel_haenszel,
    rate_ratio,
    ratio_of_ratios,
    weekly_dispersion,
)
from analysis.escalation.simulation import false_alarms, simulate_counts
from analysis.escalation.windows import count_windows, estimate

COUNTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9)), min_size=4, max_size=4)


@given(st.lists(COUNTS, min_size=1, max_size=4), st.integers(0, 20), st.integers(0, 30))
@settings(max_examples=80, deadline=None)
def test_the_convolution_is_the_law_of_all_combinations_of_shifts(years, x, y):
    inside = [np.array([pair[0] for pair in year]) for year in years]
    beside = [np.array([pair[1] for pair in year]) for year in years]
    law = placebo_law(inside, beside, 2, 7)

    sums = [tuple(np.sum(chosen, axis=0)) for chosen in product(*years)]
    share = Fraction(1, len(sums))
    reached = [Fraction(2 * a + 1, 2 * b + 1) for a, b in sums]
    here = Fraction(2 * x + 1, 2 * y + 1)
    greater = float(share * sum(ratio >= here for ratio in reached))
    less = float(share * sum(ratio <= here for ratio in reached))

    assert law.probability.sum() == pytest.approx(1)
    assert {(int(a), int(b)) for a, b in zip(law.window_count, law.flank_count, strict=True)} == set(sums)
    assert placebo_p(law, x, y) == (pytest.approx(greater), pytest.approx(min(1, 2 * min(greater, less))))
    assert placebo_p_by_halves(inside, beside, x, y) == pytest.approx(min(1, 2 * min(greater, less)))
    assert law.mean == pytest.approx(np.mean([log_ratio(a, 2, b, 7) for a, b in sums]))


@given(st.lists(COUNTS, min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_the_placebo_p_is_never_below_one_in_all_combinations(years):
    inside = [np.array([pair[0] for pair in year]) for year in years]
    beside = [np.array([pair[1] for pair in year]) for year in years]
    law = placebo_law(inside, beside, 1, 1)

    true = sum(int(counts[0]) for counts in inside), sum(int(counts[0]) for counts in beside)

    assert placebo_p(law, *true)[0] >= 4.0 ** -len(years) * (1 - 1e-9)


def test_a_law_too_large_to_tabulate_is_sampled_and_says_so(monkeypatch):
    generator = np.random.default_rng(1)
    inside, beside = ([generator.poisson(mean, 53) for _ in range(4)] for mean in (30, 120))
    exact = placebo_law(inside, beside, 116, 480)
    monkeypatch.setattr(placebo, "MOST_CELLS", 10)
    sampled = placebo_law(inside, beside, 116, 480)

    assert (exact.exact, sampled.exact) == (True, False)
    assert placebo_p(sampled, 130, 480)[1] == pytest.approx(placebo_p(exact, 130, 480)[1], abs=0.003)
    assert placebo_interval(sampled, 0.1) == pytest.approx(placebo_interval(exact, 0.1), rel=0.01)


def test_joining_halves_by_fourier_changes_no_digit(monkeypatch):
    generator = np.random.default_rng(4)
    inside, beside = ([generator.poisson(mean, 53) for _ in range(6)] for mean in (9, 30))
    added = placebo_law(inside, beside, 174, 720)
    monkeypatch.setattr(placebo, "JOINED_CELLS", 10)
    joined = placebo_law(inside, beside, 174, 720)

    assert joined.variance == pytest.approx(added.variance, rel=1e-12)
    assert placebo_interval(joined, 0.1) == pytest.approx(placebo_interval(added, 0.1), rel=1e-12)
    assert placebo_p(joined, 80, 180) == pytest.approx(placebo_p(added, 80, 180), abs=1e-13)


def test_the_minimum_detectable_ratio_is_found_with_the_power_it_promises():
    generator = np.random.default_rng(2)
    inside, beside = ([generator.poisson(mean, 53) for _ in range(4)] for mean in (8, 30))
    law = placebo_law(inside, beside, 116, 480)
    ratio = minimum_detectable_ratio(law, 116, 480)

    def power(r: float) -> float:
        statistic = log_ratio(r * law.window_count, 116, law.flank_count, 480)
        tail = np.array([law.probability[law.statistic >= t - 1e-12].sum() for t in statistic])
        return float(law.probability[tail <= 0.025].sum())

    assert power(ratio * 1.001) >= 0.8 > power(ratio * 0.97)


def test_where_most_placebo_windows_are_empty_no_ratio_can_be_detected():
    law = placebo_law([np.array([0, 0, 0, 1])], [np.array([2, 2, 2, 2])], 29, 120)

    assert minimum_detectable_ratio(law, 29, 120) == np.inf


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((5, 29, 37, 120), (0.5592, 0.1715, 1.4262, 0.2944)),
        ((0, 29, 1, 120), (0.0, 0.0, 161.3793, 1.0)),
        ((1, 15, 0, 60), (np.inf, 0.1026, np.inf, 0.4)),
        ((0, 29, 0, 120), (np.nan, 0.0, np.inf, 1.0)),
    ],
)
def test_the_exact_interval_holds_at_its_edges(counts, expected):
    exact = rate_ratio(*counts)

    assert (exact.ratio, exact.low, exact.high, exact.p) == pytest.approx(expected, abs=5e-5, nan_ok=True)


@given(st.integers(0, 60), st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_the_exact_interval_is_that_of_scipy_and_agrees_with_its_p(x, y):
    if x + y == 0:
        return
    exact = rate_ratio(x, 29, y, 120)
    limits = stats.binomtest(x, x + y, 29 / 149).proportion_ci(method="exact")

    assert exact.low == pytest.approx(limits.low / (1 - limits.low) * 120 / 29 if x else 0)
    assert exact.high == pytest.approx(limits.high / (1 - limits.high) * 120 / 29 if y else np.inf)
    assert (exact.p <= 0.05) == (not exact.low < 1 < exact.high)


@pytest.mark.parametrize("counts", [(-1, 29, 3, 120), (1, 0, 3, 120), (1, 29, 3, -1)])
def test_counts_and_exposures_that_cannot_be_are_refused(counts):
    with pytest.raises(ValueError, match="counts must be 0 or more"):
        rate_ratio(*counts)


def test_the_mantel_haenszel_ratio_is_the_pooled_one_under_equal_proportions():
    names = ["window_count", "window_days", "flank_count", "flank_days"]
    equal = pd.DataFrame([(5, 29, 37, 120), (16, 29, 67, 120)], columns=names)
    unequal = pd.DataFrame([(2, 10, 10, 100), (30, 20, 10, 20)], columns=names)

    assert mantel_haenszel(equal) == pytest.approx(rate_ratio(21, 58, 104, 240).ratio)
    assert mantel_haenszel(unequal) == pytest.approx((2 * 100 / 110 + 30 / 2) / (10 * 10 / 110 + 10 / 2))
    assert np.isnan(mantel_haenszel(equal * 0 + 0.0 * equal.assign(window_days=1, flank_days=1)))


@pytest.mark.parametrize(
    ("flanks", "phi"),
    [
        ([([1] * 7, [1] * 7)], 0.0),
        ([([2] * 7, [0] * 7)], 14.0),
        ([([1] * 10, [1] * 13)], 0.0),
        ([([0] * 14, [0] * 14)], np.nan),
        ([([1] * 6, [1] * 6)], np.nan),
    ],
)
def test_weekly_dispersion_counts_whole_weeks_of_each_flank(flanks, phi):
    assert weekly_dispersion(flanks) == pytest.approx(phi, nan_ok=True)


def test_a_dispersion_below_one_does_not_narrow_an_interval():
    assert dispersed_interval(10, 29, 40, 120, 0.4) == dispersed_interval(10, 29, 40, 120, 1.0)
    assert ratio_of_ratios(10, 40, 12, 40, 0.4).low == ratio_of_ratios(10, 40, 12, 40, 1.0).low


def test_the_interval_of_garwood_for_no_incident_is_the_rule_of_three():
    low, high = garwood(0, 100)

    assert (float(low), float(high)) == (0.0, pytest.approx(3.689 / 100, abs=1e-4))


DATES = pd.DatetimeIndex([f"{year}-01-03" for year in range(2021, 2025)])


@pytest.mark.parametrize(
    ("branching", "exact", "placebo_dates"), [(0.0, (0.02, 0.08), (0.025, 0.08)), (0.7, (0.25, 0.50), (0.025, 0.08))]
)
def test_without_an_effect_the_placebo_test_errs_near_five_percent_and_the_naive_one_far_more_where_incidents_cluster(
    branching, exact, placebo_dates
):
    share = false_alarms(DATES, branching=branching, draws=400).set_index("test")["share"]

    assert exact[0] <= share["exact Poisson"] <= exact[1]
    assert placebo_dates[0] <= share["placebo dates"] <= placebo_dates[1]
    assert share["placebo dates"] - 0.03 <= share["quasi-Poisson"] <= share["exact Poisson"] + 0.03


def test_the_placebo_interval_covers_the_truth_on_clustered_data():
    index = pd.date_range("2020-03-01", "2024-11-30", unit="s")
    generator = np.random.default_rng(7)
    covered = 0
    for _ in range(150):
        counts = simulate_counts(index, 0.6, 0.5, 5.0, generator)
        row = estimate(count_windows(counts, DATES, (-14, 14), 60, WHOLE_WEEKS)).row
        covered += row["placebo_low"] <= 1 <= row["placebo_high"]

    assert 0.90 <= covered / 150 <= 0.99


@pytest.mark.parametrize("branching", [0.0, 0.7])
def test_a_simulated_series_has_the_rate_and_the_clustering_asked_for(branching):
    index = pd.date_range("2000-01-01", "2029-12-31", unit="s")
    counts = simulate_counts(index, 0.6, branching, 4.0, np.random.default_rng(3))
    fitted = fit_hawkes(counts).iloc[0]

    assert counts.mean() == pytest.approx(0.6, rel=0.1)
    assert (fitted["log_likelihood_gain"] > 100) == (branching > 0)
    if branching:
        assert fitted["branching"] == pytest.approx(branching, abs=0.06)
        assert fitted["decay_days"] == pytest.approx(4, rel=0.3)
