"""One study: its tables, its refusals, its cautions, its sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import study_anniversary
from analysis.escalation.breaks import bayesian_blocks, change_points
from analysis.escalation.composite import superpose
from analysis.escalation.hawkes import fit_hawkes
from analysis.escalation.placebo import WHOLE_WEEKS
from analysis.escalation.regression import regress_days
from analysis.escalation.sensitivity import adjust_p, redraw_dates
from analysis.escalation.sentence import number, phrase
from analysis.escalation.simulation import compare_tests
from analysis.escalation.timeline import count_timeline, daily_counts
from analysis.escalation.weekly import compare_weeks
from analysis.escalation.windows import POOLED

OBSERVED = ("2014-09-01", "2025-10-31")
YEARS = range(2021, 2025)


def steady(first: str = "2014-09-01", last: str = "2025-10-31", every: int = 2) -> pd.DataFrame:
    """One incident every `every` days."""
    days = pd.date_range(first, last, freq=f"{every}D", unit="s")
    return pd.DataFrame({"date_start": days, "date_end": days})


def with_bursts(extra: int = 50) -> pd.DataFrame:
    """Steady incidents, and `extra` more within 12 days of each 3 January from 2021 on."""
    days = [pd.Timestamp(f"{year}-01-03") + pd.Timedelta(days=n % 25 - 12) for year in YEARS for n in range(extra)]
    burst = pd.DataFrame({"date_start": days, "date_end": days}).astype("datetime64[s]")
    return pd.concat([steady(), burst], ignore_index=True)


ONE = {"years": [2021]}
A_YEAR_LONG = pd.concat(
    [steady(), pd.DataFrame({"date_start": ["2022-01-01"], "date_end": ["2022-12-31"]}).astype("datetime64[s]")]
)
STUDY = study_anniversary(with_bursts(), "soleimani", YEARS, observed=OBSERVED)


def test_a_burst_around_every_anniversary_is_found_and_told():
    row = STUDY.pooled.iloc[0]

    assert STUDY.pooled.columns.tolist() == POOLED
    assert row["rate_ratio"] > 2
    assert row["placebo_low"] > 1
    assert row["placebo_p"] < 0.001
    assert row["placebo_rank"] == 1
    assert STUDY.controls.loc[0, "control"] == "before"
    assert STUDY.controls.loc[0, "rate_ratio"] == pytest.approx(1, abs=0.1)
    assert "placebo p < 0.0001, true date 1st of 53" in STUDY.sentence()
    assert "found four times in five" not in STUDY.sentence()
    assert str(STUDY).splitlines()[1].startswith("2021-01-03: 65 in 29 days")


def test_the_tables_have_the_rows_they_promise():
    sizes = {"by_anniversary": 4, "placebo_joint": 53, "daily": 4 * 149, "leave_one_out": 4, "grid": 18, "dating": 4}

    assert {name: len(getattr(STUDY, name)) for name in sizes} == sizes
    assert STUDY.by_anniversary.columns.tolist() == ["anniversary", "year", *POOLED]
    assert STUDY.grid["primary"].tolist() == [True] + [False] * 17
    assert STUDY.redraws.empty
    assert STUDY.placebo_law["probability"].sum() == pytest.approx(1)
    assert STUDY.placebo_law["statistic"].is_monotonic_increasing
    daily = STUDY.daily.groupby("part", observed=True)["count"].sum()
    assert daily["window"] == STUDY.pooled.loc[0, "window_count"]
    assert daily["before"] + daily["after"] == STUDY.pooled.loc[0, "flank_count"]
    assert STUDY.coverage.iloc[0].to_dict() == {
        "incidents": len(with_bursts()),
        "undated": 0,
        "vague": 0,
        "outside": 0,
        "interval_dated": 0,
        "counted": int(STUDY.pooled.loc[0, ["window_count", "flank_count"]].sum()),
    }


def test_the_table_given_is_left_alone_and_the_answer_is_the_same_twice():
    frame = with_bursts()
    before = frame.copy()
    again = study_anniversary(frame, "soleimani", YEARS, observed=OBSERVED)

    pd.testing.assert_frame_equal(frame, before)
    for name in ("pooled", "by_anniversary", "placebo_law", "grid", "controls"):
        pd.testing.assert_frame_equal(getattr(STUDY, name), getattr(again, name))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"years": [2025]}, "2025-01-03 needs 2024-04-22 to 2025-09-16"),
        ({"observed": ("2021-01-01", "2025-10-31")}, "outside the observation period"),
        ({"observed": [("2014-09-01", "2022-05-31"), ("2022-06-02", "2025-10-31")]}, "without its gaps"),
        ({"years": [2019, 2020]}, "no anniversary of soleimani is left in 2019-2020"),
        ({"years": []}, "no anniversary of soleimani is left"),
        ({"window": (3, -3)}, "from an earlier to a later day"),
        ({"flank": 0}, "at least one day"),
        ({"shifts": (7, 14)}, "must hold 0, the true date"),
        ({"anniversary": "nobody"}, "no anniversary 'nobody'"),
    ],
)
def test_a_study_that_cannot_be_made_is_refused_and_says_why(arguments, complaint):
    arguments = {"anniversary": "soleimani", "years": YEARS, "observed": OBSERVED} | arguments
    if arguments["years"] == [2025]:
        arguments["observed"] = ("2014-09-01", "2025-06-30")

    with pytest.raises(ValueError, match=complaint):
        study_anniversary(steady(), **arguments)


@pytest.mark.parametrize(
    ("incidents", "arguments", "ids"),
    [
        (steady(), {}, []),
        (steady(every=200), {}, ["few"]),
        (steady(), ONE, ["one_year"]),
        (steady(), {"declared": False}, ["post_hoc"]),
        (steady(), {"flank": 200, "shifts": (0,)}, ["close", "no_placebo"]),
        (steady(), {"anniversary": "2020-10-20", "flank": 270, "shifts": (0,)}, ["close", "aftermath", "no_placebo"]),
        (steady(), {"anniversary": "2020-06-03", "flank": 80}, ["aftermath_placebo"]),
        (steady(), {"years": [2023, 2024], "observed": ("2014-09-01", "2024-09-20")}, []),
        (steady(), {"shifts": (0,), "observed": ("2014-09-01", "2024-03-20")}, ["delay", "no_placebo"]),
        (steady(), {"anniversary": "quds_day", "window": (0, 0)}, ["tolerance"]),
        (steady(), {"anniversary": "quds_day", "window": (-1, 1)}, []),
        (steady().assign(date_end=lambda t: t["date_end"].where(t.index > 2)), {}, ["undated"]),
        (A_YEAR_LONG, {}, ["vague"]),
        (steady().assign(background=False, status="happened"), {}, []),
        (steady().assign(background=lambda t: t.index < 3, status="denied"), {}, ["no_acts"]),
        (steady(), {"years": range(2019, 2025)}, ["founding", "earlier"]),
        (steady(), {"years": None}, []),
        (steady(), {"years": None, "observed": ("2014-09-01", "2025-06-30")}, ["unobserved"]),
        (steady(), {"observed": ("2020-04-01", "2025-10-31")}, ["no_before"]),
        (steady(), {"observed": ("2020-04-01", "2025-10-31"), "control_years": []}, []),
    ],
)  # fmt: skip
def test_what_weakens_an_answer_is_said(incidents, arguments, ids):
    arguments = {"anniversary": "soleimani", "years": YEARS, "observed": OBSERVED} | arguments
    study = study_anniversary(incidents, **arguments)

    assert [caution.id for caution in study.cautions] == ids
    assert all(text in study.sentence() for text in study.warnings)
    assert not any(letter.isascii() and letter.isalpha() for letter in study.sentence("ar"))
    assert all("{" not in study.sentence(lang) for lang in ("en", "ar"))
    assert study._repr_html_().startswith("<p>")


def test_few_incidents_get_no_p_in_the_sentence():
    study = study_anniversary(steady(every=200), "soleimani", YEARS, observed=OBSERVED)

    assert "p =" not in study.sentence()
    assert "exact Poisson" in study.sentence()
    assert pd.notna(study.pooled.loc[0, "placebo_p"])


def test_nothing_counted_is_no_ratio():
    study = study_anniversary(steady().iloc[:0], "soleimani", YEARS, observed=OBSERVED)

    assert study.pooled.loc[0, ["window_count", "flank_count"]].tolist() == [0, 0]
    assert np.isnan(study.pooled.loc[0, "rate_ratio"])
    assert "rate ratio not defined (exact Poisson 0.00-no upper limit" in study.sentence()


def test_years_that_were_not_observed_are_left_out_where_none_were_asked_for():
    study = study_anniversary(steady(), "soleimani", observed=OBSERVED)

    assert study.dates["year"].tolist() == [2021, 2022, 2023, 2024, 2025]
    assert "2020-01-03" not in " ".join(study.warnings)


def test_interval_dates_are_drawn_and_quoted_and_may_decide():
    days = [pd.Timestamp(f"{year}-01-13") for year in YEARS for _ in range(30)]
    vague = pd.DataFrame({"date_start": days, "date_end": [day + pd.Timedelta(days=9) for day in days]})
    frame = pd.concat([steady(), vague.astype("datetime64[s]")], ignore_index=True)
    study = study_anniversary(frame, "soleimani", YEARS, observed=OBSERVED)

    assert len(study.redraws) == 200
    assert study.redraws["rate_ratio"].max() < study.pooled.loc[0, "rate_ratio"]
    assert study.dating[["window_lower", "window_upper"]].diff(axis=1)["window_upper"].tolist() == [30] * 4
    assert (
        study.dating["window_lower"] + study.dating["flank_upper"]
        == study.dating["window_upper"] + study.dating["flank_lower"]
    ).all()
    late = redraw_dates(
        frame, study.counts, pd.DatetimeIndex(study.dates["date"]), (-14, 14), 60, WHOLE_WEEKS, late=True
    )
    assert late["rate_ratio"].mean() < study.redraws["rate_ratio"].mean()
    assert study.coverage.loc[0, "interval_dated"] == 120
    assert "incidents so dated: 120; draws: 200" in study.sentence()
    assert "undecided" in [caution.id for caution in study.cautions]


def test_controls_may_be_an_actor_that_should_not_react_or_the_volume_of_reports():
    reports = pd.DataFrame({"published": pd.date_range(*OBSERVED, freq="D")})
    study = study_anniversary(
        with_bursts(), "soleimani", YEARS, observed=OBSERVED, controls={"Islamic State": steady(), "reports": reports}
    )
    controls = study.controls.set_index("control")

    assert controls.index.tolist() == ["before", "Islamic State", "reports"]
    assert controls.loc["reports", ["window_count", "flank_count"]].tolist() == [116, 480]
    assert controls.loc["Islamic State", "low"] > 1
    assert "Control (reports): 1.00" in study.sentence()


def test_a_wider_specification_that_was_not_observed_is_marked_not_counted():
    study = study_anniversary(steady(), "soleimani", YEARS, observed=("2020-04-20", "2025-10-31"))
    grid = study.grid

    assert grid["observed"].sum() < len(grid)
    assert grid.loc[~grid["observed"], "window_count"].isna().all()
    assert set(grid.loc[~grid["observed"], "flank"]) == {60, 90}


def test_a_moving_feast_is_studied_twice_in_a_year_that_has_it_twice():
    study = study_anniversary(steady("2003-01-01", "2018-12-31"), "ashura", range(2004, 2018), window=(-3, 3), flank=28,
                              observed=("2003-01-01", "2018-12-31"))  # fmt: skip

    assert study.by_anniversary["year"].tolist().count(2009) == 2
    assert study.controls.empty


def test_adjusted_p_values_keep_their_index_and_what_is_missing():
    table = adjust_p(pd.Series({"a": 0.01, "b": np.nan, "c": 0.04}))

    assert table["holm"].round(3).fillna(-1).to_dict() == {"a": 0.02, "b": -1, "c": 0.04}
    assert table["benjamini_hochberg"].round(3).fillna(-1).to_dict() == {"a": 0.02, "b": -1, "c": 0.04}


def test_phrases_are_there_in_both_languages_and_in_no_other():
    assert number(np.inf, "ar") == phrase("unbounded", "ar")
    with pytest.raises(ValueError, match="lang must be one of"):
        STUDY.sentence("fr")


def test_a_composite_leaves_its_simultaneous_band_where_there_is_a_burst():
    table = superpose(STUDY.counts, STUDY.dates["date"])

    assert table.loc[table["outside_simultaneous"], "day"].between(-15, 15).all()
    assert table["outside_simultaneous"].any()
    with pytest.raises(ValueError, match="not observed"):
        superpose(STUDY.counts, STUDY.dates["date"], span=600)


def test_a_step_is_found_by_change_points_and_blocks():
    low = steady("2020-01-01", "2021-12-31", every=7)
    high = pd.concat([steady("2022-01-03", "2022-12-31", every=1)] * 2)
    frame = pd.concat([low, high], ignore_index=True)
    segments = change_points(count_timeline(frame, ("2019-12-30", "2022-12-25"), "W"))
    blocks = bayesian_blocks(daily_counts(frame, ("2019-12-30", "2022-12-31")))

    assert segments["first"].tolist()[1] == pd.Timestamp("2022-01-03")
    assert segments["mean"].round(1).tolist() == [1.0, 14.0]
    assert blocks["first"].iloc[-1] == pd.Timestamp("2022-01-03") or len(blocks) == 2
    assert blocks["rate"].iloc[-1] == pytest.approx(2)


@pytest.mark.parametrize(
    ("fit", "series"),
    [
        (fit_hawkes, daily_counts(steady(), [("2020-01-01", "2020-02-01"), ("2020-03-01", "2020-04-01")])),
        (fit_hawkes, daily_counts(steady().iloc[:0], OBSERVED)),
        (bayesian_blocks, daily_counts(steady(), [("2020-01-01", "2020-02-01"), ("2020-03-01", "2020-04-01")])),
        (change_points, count_timeline(steady(), [("2020-01-01", "2020-02-01"), ("2020-03-01", "2020-04-01")], "W")),
    ],
)
def test_series_with_gaps_are_refused_where_a_gap_would_be_taken_for_quiet(fit, series):
    with pytest.raises(ValueError, match="unobserved"):
        fit(series)


def test_weeks_across_the_edge_of_a_window_are_refused():
    weekly = pd.DataFrame(
        {
            "week_start": pd.to_datetime(["2022-01-01", "2022-01-08", "2022-01-15"]),
            "week_end": pd.to_datetime(["2022-01-07", "2022-01-14", "2022-01-21"]),
            "incidents": [9, 3, 3],
        }
    )

    assert compare_weeks(weekly, "incidents", ("2022-01-01", "2022-01-07")).loc[0, "rate_ratio"] == pytest.approx(3)
    for window in (("2022-01-01", "2022-01-10"), ("2022-01-01", "2022-01-21"), ("2021-01-01", "2021-01-21")):
        with pytest.raises(ValueError, match="must hold some weeks, whole ones, and not all"):
            compare_weeks(weekly, "incidents", window)


def test_three_tests_are_set_side_by_side():
    table = compare_tests(STUDY).set_index("test")

    assert table.index.tolist() == ["exact Poisson", "quasi-Poisson", "placebo dates"]
    assert table.loc["placebo dates", "p"] == STUDY.pooled.loc[0, "placebo_p"]
    assert (
        table.loc["exact Poisson", ["low", "high"]].tolist()
        == STUDY.pooled.loc[0, ["exact_low", "exact_high"]].tolist()
    )


def test_a_regression_finds_a_marked_day_and_a_quiet_weekday():
    days = pd.date_range("2022-01-03", "2022-12-25")
    busy = pd.DatetimeIndex(["2022-03-10", "2022-06-10", "2022-10-10"])
    counts = pd.Series(10, index=days, dtype="Int64")
    counts[days.day_of_week == 4] = 5
    counts[busy] = counts[busy] * 3
    table = regress_days(counts, {"busy": busy}).set_index("term")

    assert table.loc["busy", "rate_ratio"] == pytest.approx(3)
    assert table.loc["Friday", "rate_ratio"] == pytest.approx(0.5)
    assert table.loc["Tuesday", "rate_ratio"] == pytest.approx(1)
    with pytest.raises(ValueError, match="drop"):
        regress_days(counts, {"busy": busy, "the same": busy})
