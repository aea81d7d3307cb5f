"""Incidents to counts over time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.escalation.timeline import (
    count_spans,
    count_timeline,
    daily_counts,
    dated,
    observed_days,
    rolling_rate,
    severity_weights,
)

JANUARY = ("2024-01-01", "2024-01-31")


def incidents(*rows: tuple[str, str], **columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["date_start", "date_end"]).assign(**columns)


@pytest.mark.parametrize(
    ("start", "end", "first_week", "second_week"),
    [
        ("2024-01-03", "2024-01-03", (1, 1.0, 1), (0, 0.0, 0)),
        ("2024-01-06", "2024-01-09", (0, 0.5, 1), (0, 0.5, 1)),
        ("2024-01-07", "2024-01-10", (0, 0.25, 1), (0, 0.75, 1)),
        ("2023-12-30", "2024-01-02", (0, 0.5, 1), (0, 0.0, 0)),
        ("2023-12-01", "2023-12-31", (0, 0.0, 0), (0, 0.0, 0)),
        ("2023-12-28", "2024-02-05", (0, 7 / 40, 1), (0, 7 / 40, 1)),
    ],
)
def test_an_interval_counts_lower_inside_expected_by_its_days_and_upper_where_it_touches(
    start, end, first_week, second_week
):
    weeks = count_timeline(incidents((start, end)), JANUARY, "W")

    counted = [tuple(row) for row in weeks[["lower", "expected", "upper"]].astype(float).to_numpy()[:2]]
    assert counted == [pytest.approx(first_week), pytest.approx(second_week)]


def test_days_that_nobody_observed_are_not_zero():
    observed = [("2024-01-01", "2024-01-07"), ("2024-01-15", "2024-01-18")]
    weeks = count_timeline(incidents(("2024-01-02", "2024-01-02"), ("2024-01-10", "2024-01-10")), observed, "W")

    assert weeks["observed_days"].tolist() == [7, 0, 4]
    assert weeks["expected"].isna().tolist() == [False, True, False]
    assert weeks["expected"].sum() == 1
    assert daily_counts(incidents(), observed).isna().sum() == 7


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("kind", {"shelling": 2, "clash": 1}),
        ("family", {"violence": 3}),
        ("actors", {"sdf": 2, "us": 1, "is": 1}),
        ("dyad", {"sdf > is": 2, "is > ?": 1}),
        (["kind", "country"], {("shelling", "Syria"): 2, ("clash", "Iraq"): 1}),
    ],
)
def test_counts_go_by_kind_family_actor_dyad_and_place(by, groups):
    frame = incidents(
        ("2024-01-02", "2024-01-02"),
        ("2024-01-03", "2024-01-04"),
        ("2024-01-05", "2024-01-05"),
        kind=["shelling", "shelling", "clash"],
        actors=["sdf", "sdf;us", "is"],
        actor_side=["sdf", "sdf", "is"],
        target_side=["is", "is", None],
        country=["Syria", "Syria", "Iraq"],
    )
    days = count_timeline(frame, JANUARY, "D", by)

    assert days.groupby(by)["expected"].sum().to_dict() == groups
    assert len(days) == 31 * len(groups)


def test_weights_are_a_table_the_user_can_change():
    frame = incidents(("2024-01-02", "2024-01-02"), ("2024-01-02", "2024-01-03"), kind=["airstrike", "threat"])
    weights = severity_weights()
    weights.loc[weights["kind"] == "threat", "weight"] = 10

    days = count_timeline(frame, JANUARY, "D", weights=weights)

    assert days["upper"].tolist()[:4] == [0, 13, 10, 0]
    assert days["expected"].tolist()[:4] == [0, 8, 5, 0]


@pytest.mark.parametrize(
    ("frame", "arguments", "complaint"),
    [
        (pd.DataFrame({"date_start": []}), {}, "lacks date_end"),
        (incidents(("2024-01-04", "2024-01-02")), {}, "before date_start in 1 rows"),
        (incidents(("2024-01-04", "soon")), {}, "date_end holds what is no date"),
        (incidents(("2024-01-04", "2024-01-04")), {"by": "colour"}, "no such column"),
        (
            incidents(("2024-01-04", "2024-01-04"), kind=["dance"]),
            {"weights": severity_weights()},
            r"no weight for the kinds \['dance'\]",
        ),
    ],
)
def test_a_table_that_cannot_be_counted_is_refused(frame, arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        count_timeline(frame, JANUARY, **arguments)


@pytest.mark.parametrize("observed", [("2024-01-31", "2024-01-01"), [("2024-01-01",)], ()])
def test_an_observation_period_ends_after_it_begins(observed):
    with pytest.raises(ValueError, match="observed"):
        observed_days(observed)


@pytest.mark.parametrize(
    "day", ["2024-01-02", "2024-01-02 23:00:00", date(2024, 1, 2), pd.Timestamp("2024-01-02T23:00Z")], ids=str
)
def test_a_day_may_come_as_text_date_or_moment(day):
    frame = pd.DataFrame({"date_start": [day, None], "date_end": [day, None]})

    assert daily_counts(frame, JANUARY).tolist()[:3] == [0, 1, 0]


def test_incidents_without_a_date_are_in_no_count_and_the_table_given_is_left_alone():
    frame = incidents(("2024-01-02", "2024-01-02"), (None, None))
    before = frame.copy()

    assert len(dated(frame)) == 1
    assert daily_counts(frame, JANUARY).sum() == 1
    pd.testing.assert_frame_equal(frame, before)


@given(
    st.lists(st.tuples(st.integers(-5, 35), st.integers(0, 12)), max_size=12),
    st.integers(0, 25),
    st.integers(0, 8),
)
@settings(max_examples=60, deadline=None)
def test_timeline_and_spans_agree_with_counting_one_by_one(intervals, first, length):
    zero = pd.Timestamp("2024-01-01")
    frame = pd.DataFrame(
        [(zero + pd.Timedelta(days=start), zero + pd.Timedelta(days=start + days)) for start, days in intervals],
        columns=["date_start", "date_end"],
    ).astype("datetime64[s]")
    held = [range(start, start + days + 1) for start, days in intervals]
    span = range(first, first + length + 1)

    counted = count_spans(frame, [(zero + pd.Timedelta(days=first), zero + pd.Timedelta(days=first + length))]).iloc[0]
    days = count_timeline(frame, JANUARY, "D")

    assert counted["lower"] == sum(set(days) <= set(span) for days in held)
    assert counted["upper"] == sum(bool(set(days) & set(span)) for days in held)
    assert counted["expected"] == pytest.approx(sum(len(set(days) & set(span)) / len(days) for days in held))
    assert counted["by_start"] == sum(days[0] in span for days in held)
    if len(frame):
        daily = [sum(1 / len(days) for days in held if day in days) for day in range(31)]
        np.testing.assert_allclose(days["expected"].astype(float), daily, atol=1e-12)
        assert days["upper"].tolist() == [sum(day in days for days in held) for day in range(31)]
        assert days["lower"].tolist() == [sum(set(days) == {day} for days in held) for day in range(31)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0] * 10, (0.0, 0.0, 0.0, 0.3689)),
        ([1] * 10, (10.0, 1.0, 0.4795, 1.8390)),
        ([1] * 5 + [None] * 5, (5.0, 1.0, 0.3247, 2.3337)),
    ],
)
def test_the_rolling_rate_has_the_exact_band_of_garwood(counts, expected):
    series = pd.Series(counts, index=pd.date_range("2024-01-01", periods=10), dtype="Int64")

    middle = rolling_rate(series, days=21).iloc[5]

    assert tuple(middle[["count", "rate", "low", "high"]]) == pytest.approx(expected, abs=5e-5)


def test_a_window_that_nobody_observed_has_no_rate():
    series = pd.Series([1, None, None, None, 2], index=pd.date_range("2024-01-01", periods=5), dtype="Int64")

    rates = rolling_rate(series, days=3)

    assert rates["rate"].isna().tolist() == [False, False, True, False, False]
    assert rates["observed_days"].tolist() == [1, 1, 0, 1, 1]
