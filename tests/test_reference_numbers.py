"""The numbers of the method's reference run, to the digit, from the data it was run on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import read_airwars, read_ucdp, study_anniversary
from analysis.escalation.breaks import bayesian_blocks, change_points
from analysis.escalation.calendars import anniversary_dates
from analysis.escalation.composite import superpose
from analysis.escalation.controls import window_dispersion
from analysis.escalation.hawkes import fit_hawkes
from analysis.escalation.placebo import WHOLE_WEEKS
from analysis.escalation.rates import rate_ratio
from analysis.escalation.regression import regress_days
from analysis.escalation.sensitivity import compare_studies
from analysis.escalation.study import Study
from analysis.escalation.timeline import count_spans, count_timeline, daily_counts
from analysis.escalation.weekly import compare_weeks
from analysis.escalation.windows import POOLED, count_windows, estimate, fits
from analysis.exchange.weekly import read_weekly

pytestmark = pytest.mark.shared

AIRWARS_OBSERVED = ("2014-09-01", "2025-10-31")
UCDP_OBSERVED = ("2003-07-01", "2018-06-30")
FIVE_YEARS = ("2020-01-01", "2024-12-31")
BELLIGERENTS = ("Turkish Military", "Russian Military", "U.S.-led Coalition", "Israeli Military", "YPG")
SERIES = ("Syria, all", "Deir ez-Zor, all", *BELLIGERENTS)
DIGITS = 1e-9


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "statistics" / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def airwars(shared: Path) -> dict[str, pd.DataFrame]:
    table = read_airwars(shared / "data" / "airwars_syria_incidents.csv")
    series = {"Syria, all": table, "Deir ez-Zor, all": table[table["region_en"] == "Deir Ezzor"]}
    named = {name: table["belligerent_en"].str.contains(name, regex=False) for name in BELLIGERENTS}
    return series | {name: table[mask.fillna(False)] for name, mask in named.items()}


@pytest.fixture(scope="module")
def studies(airwars: dict[str, pd.DataFrame]) -> dict[str, Study]:
    return {
        name: study_anniversary(
            table,
            "soleimani",
            years=range(2021, 2025),
            window=(-14, 14),
            flank=60,
            observed=AIRWARS_OBSERVED,
            redraws=0,
        )
        for name, table in airwars.items()
    }


@pytest.fixture(scope="module")
def ucdp(shared: Path) -> pd.DataFrame:
    return read_ucdp(shared / "data" / "ucdp_ged_iraq.csv")


@pytest.mark.parametrize("name", SERIES)
def test_the_pooled_row_of_airwars(studies, reference, name):
    pooled, dispersion = studies[name].pooled.iloc[0], studies[name].dispersion.iloc[0]
    expected = reference[f"Airwars {name}"]["pooled"]
    ours = {
        "K": pooled["anniversaries"],
        "X": pooled["window_count"],
        "W": pooled["window_days"],
        "Y": pooled["flank_count"],
        "B": pooled["flank_days"],
        "RR": pooled["rate_ratio"],
        "exact_lo": pooled["exact_low"],
        "exact_hi": pooled["exact_high"],
        "exact_p": pooled["exact_p"],
        "placebo_lo": pooled["placebo_low"],
        "placebo_hi": pooled["placebo_high"],
        "p_placebo_two": pooled["placebo_p"],
        "joint_rank_from_top": pooled["placebo_rank"],
        "phi_weekly": dispersion["phi_weekly"],
        "qp_lo": dispersion["quasi_low"],
        "qp_hi": dispersion["quasi_high"],
        "phi_placebo": dispersion["phi_placebo"],
        "placebo_mean": dispersion["placebo_mean"],
        "placebo_sd": dispersion["placebo_sd"],
        "p_placebo_greater": dispersion["placebo_p_greater"],
        "p_joint_greater": dispersion["joint_p_greater"],
        "p_joint_two": dispersion["joint_p"],
        "loo_min": studies[name].leave_one_out["rate_ratio"].min(),
        "loo_max": studies[name].leave_one_out["rate_ratio"].max(),
    }

    assert ours == pytest.approx({key: expected[key] for key in ours}, rel=DIGITS)


@pytest.mark.parametrize("name", SERIES)
def test_the_years_before_the_killing_as_control(studies, reference, name):
    control = studies[name].controls.iloc[0]
    expected = reference[f"Airwars {name}"]["pooled"]
    ours = {
        "ctrl_X": control["window_count"],
        "ctrl_Y": control["flank_count"],
        "ctrl_RR": control["rate_ratio"],
        "RRR": control["ratio_of_ratios"],
        "RRR_lo": control["exact_low"],
        "RRR_hi": control["exact_high"],
        "RRR_p": control["exact_p"],
        "RRR_phi": control["phi"],
        "RRR_qp_lo": control["low"],
        "RRR_qp_hi": control["high"],
    }
    known = {key: np.nan if expected[key] is None else expected[key] for key in ours}

    assert ours == pytest.approx(known, rel=DIGITS, nan_ok=True)


@pytest.mark.parametrize("name", SERIES)
def test_the_rows_of_single_anniversaries_and_the_53_joint_shifts(studies, reference, name):
    expected = reference[f"Airwars {name}"]
    rows = studies[name].by_anniversary
    columns = ["window_count", "window_days", "flank_count", "flank_days", "rate_ratio", "exact_low", "exact_high"]
    years = pd.DataFrame(expected["per_anchor"])

    assert [f"{day:%Y-%m-%d}" for day in rows["anniversary"]] == years["anchor"].tolist()
    np.testing.assert_allclose(
        rows[[*columns, "exact_p"]].astype(float), years[["x", "w", "y", "b", "rr", "lo", "hi", "p"]], rtol=DIGITS
    )
    joint = studies[name].placebo_joint
    assert joint["shift"].astype(str).tolist() == list(expected["placebo_joint"])
    np.testing.assert_allclose(joint["statistic"], list(expected["placebo_joint"].values()), rtol=0, atol=1e-12)


def test_holm_and_benjamini_hochberg_over_the_seven_series(studies, reference):
    table = compare_studies(studies).set_index("study")

    for name in SERIES:
        assert table.loc[name, "holm"] == pytest.approx(reference["airwars_holm"][f"Airwars {name}"], rel=DIGITS)
        assert table.loc[name, "benjamini_hochberg"] == pytest.approx(reference["airwars_bh"][f"Airwars {name}"])


def test_the_grid_of_54_specifications(studies, shared):
    grid = pd.read_csv(shared / "statistics" / "airwars_spec_grid.csv")
    names = {
        "X": "window_count",
        "Y": "flank_count",
        "RR": "rate_ratio",
        "exact_lo": "exact_low",
        "exact_hi": "exact_high",
        "exact_p": "exact_p",
        "p_placebo_two": "placebo_p",
    }
    compared = 0
    for name, rows in grid.groupby("group"):
        ours = studies[str(name)].grid.set_index(["window_first", "window_last", "flank"])
        for row in rows.to_dict("records"):
            cell = ours.loc[(-row["pre"], row["post"], row["flank"])]
            for theirs, mine in names.items():
                assert float(cell[mine]) == pytest.approx(row[theirs], rel=DIGITS), (name, row)
            compared += 1

    assert compared == 54


def test_the_seven_day_window_on_which_a_naive_test_finds_an_escalation(airwars):
    study = study_anniversary(
        airwars["Syria, all"], "soleimani", range(2021, 2025), window=(-7, 7), observed=AIRWARS_OBSERVED
    )
    row = study.pooled.iloc[0]

    assert row[["window_count", "window_days", "flank_count", "flank_days"]].tolist() == [46, 60, 227, 480]
    assert round(row["exact_p"], 4) == 0.0057
    assert round(row["placebo_p"], 3) == 0.128
    assert row[["rate_ratio", "exact_low", "exact_high"]].astype(float).round(4).tolist() == [1.6211, 1.1542, 2.2338]
    assert row[["placebo_low", "placebo_high"]].astype(float).round(3).tolist() == [0.879, 2.980]
    assert row["placebo_rank"] == 2


def test_the_sentence_of_the_method(studies):
    assert str(studies["Syria, all"]).startswith(
        "72 incidents in 116 anniversary days (0.62/day) against 231 in 480 flank days (0.48/day): rate ratio 1.29 "
        "(exact Poisson 0.98-1.69; placebo-calibrated 0.81-2.10; placebo p = 0.35, true date 6th of 53). "
        "Same dates before the killing: 0.70."
    )


def test_aoristic_counts_of_the_windows(airwars, shared):
    for name, rows in pd.read_csv(shared / "statistics" / "airwars_aoristic.csv").groupby("group"):
        days = pd.to_datetime(rows["anchor"])
        spans = count_spans(airwars[str(name)], [(d - pd.Timedelta(days=14), d + pd.Timedelta(days=14)) for d in days])
        np.testing.assert_allclose(spans[["lower", "expected", "upper"]], rows[["lower", "expected", "upper"]])


def test_the_composite_and_its_bands(studies, shared):
    ours = superpose(studies["Syria, all"].counts, studies["Syria, all"].dates["date"])
    expected = pd.read_csv(shared / "statistics" / "sea_syria_all.csv")
    names = {"day": "day", "composite": "mean", "roll7": "smoothed", "lo": "low", "hi": "high"}
    names |= {"sim_lo": "simultaneous_low", "sim_hi": "simultaneous_high"}

    np.testing.assert_allclose(ours[list(names.values())], expected[list(names)], rtol=0, atol=1e-12)
    assert ours.loc[ours["outside"], "day"].tolist() == [23, 24, 25, 26]
    assert not ours["outside_simultaneous"].any()


HIJRI = [
    ("UCDP Iraq Ashura (10 Muharram), -3..+3", "ashura", (-3, 3)),
    ("UCDP Iraq Arbaeen (20 Safar), -3..+3", "arbaeen", (-3, 3)),
    ("UCDP Iraq Mawlid (12 Rabi I), 0..+0", "mawlid", (0, 0)),
    ("UCDP Iraq Quds Day (last Friday of Ramadan), -1..+1", "quds_day", (-1, 1)),
    ("UCDP Iraq Eid al-Fitr (1-3 Shawwal), 0..+2", "eid_al_fitr", (0, 2)),
    ("UCDP Iraq Eid al-Adha (10-13 Dhu al-Hijja), 0..+3", "eid_al_adha", (0, 3)),
    ("UCDP Iraq Ramadan (whole month) 0..+28", "ramadan", (0, 28)),
]


@pytest.mark.parametrize(("name", "anniversary", "window"), HIJRI)
def test_the_hijri_rows_of_ucdp_iraq(ucdp, reference, name, anniversary, window):
    counts = daily_counts(ucdp[ucdp["date_prec"] == 1], UCDP_OBSERVED)
    dates = pd.DatetimeIndex(anniversary_dates(anniversary, range(2003, 2019))["date"])
    dates = dates[fits(counts, dates, window, 28, WHOLE_WEEKS)]
    windows = count_windows(counts, dates, window, 28, WHOLE_WEEKS)
    result = estimate(windows)
    expected = reference[name]
    pooled, row = expected["pooled"], result.row
    x, y = windows.observed
    ours = {
        "K": row["anniversaries"],
        "X": x,
        "Y": y,
        "RR": row["rate_ratio"],
        "exact_lo": row["exact_low"],
        "exact_hi": row["exact_high"],
        "exact_p": row["exact_p"],
        "p_placebo_two": row["placebo_p"],
        "placebo_lo": row["placebo_low"],
        "placebo_hi": row["placebo_high"],
        "joint_rank_from_top": row["placebo_rank"],
        "phi_placebo": result.law.variance / (1 / (x + 0.5) + 1 / (y + 0.5)),
        "phi_weekly": window_dispersion(counts, windows),
    }

    assert ours == pytest.approx({key: pooled[key] for key in ours}, rel=DIGITS)
    assert [f"{day:%Y-%m-%d}" for day in dates] == [year["anchor"] for year in expected["per_anchor"]]
    assert windows.window_count[:, windows.true].tolist() == [year["x"] for year in expected["per_anchor"]]


def test_the_third_of_january_in_iraq_as_negative_control(ucdp, reference):
    counts = daily_counts(ucdp[ucdp["date_prec"] == 1], UCDP_OBSERVED)
    dates = pd.DatetimeIndex(anniversary_dates({"id": "control", "month": 1, "day": 3}, range(2005, 2018))["date"])
    row = estimate(count_windows(counts, dates, (-14, 14), 60, WHOLE_WEEKS)).row
    expected = reference["UCDP Iraq 3 January 2005-2018 (negative control)"]["pooled"]

    assert [row[name] for name in POOLED[:5]] == [13, 449, 377, 1847, 1560]
    assert row["rate_ratio"] == pytest.approx(expected["RR"], rel=DIGITS)
    assert row["placebo_p"] == pytest.approx(expected["p_placebo_two"], rel=DIGITS)
    assert row["placebo_low"] == pytest.approx(expected["placebo_lo"], rel=DIGITS)
    assert row["placebo_high"] == pytest.approx(expected["placebo_hi"], rel=DIGITS)


def test_the_regression_with_months_and_weekdays_agrees(ucdp, reference):
    feasts = {"ashura": ("ashura", -3, 3), "arbaeen": ("arbaeen", -3, 3), "eidfitr": ("eid_al_fitr", 0, 2)}
    feasts |= {"eidadha": ("eid_al_adha", 0, 3), "quds": ("quds_day", -1, 1)}
    marked = {
        name: pd.DatetimeIndex(
            [
                day + pd.Timedelta(days=n)
                for day in anniversary_dates(which, range(2003, 2020))["date"]
                for n in range(first, last + 1)
            ]
        )
        for name, (which, first, last) in feasts.items()
    }
    counts = daily_counts(ucdp[ucdp["date_prec"] == 1], ("2004-01-01", "2018-12-31"))
    table = regress_days(counts, marked).set_index("term")
    expected = reference["ucdp_glm"]
    weekdays = dict(enumerate(table.index[:6], start=1))
    names = {f"C(dow)[T.{number}]": name for number, name in weekdays.items()} | {name: name for name in marked}

    assert table["phi"].iloc[0] == pytest.approx(expected["scale"], rel=1e-6)
    for theirs, mine in names.items():
        ours = table.loc[mine, ["rate_ratio", "low", "high", "p"]].tolist()
        assert ours == pytest.approx([expected["table"][theirs][key] for key in ("IRR", "lo", "hi", "p")], rel=1e-5)


def test_weekly_counts_of_iraq_in_the_first_quarter_of_2022(shared, reference):
    weekly = read_weekly(shared / "data" / "iraq_weekly_2022q1.csv")
    islamic_state = weekly["incidents_total"] - weekly["incidents_pro_iran"] - weekly["other_coded"]
    january = ("2022-01-01", "2022-01-14")
    pro_iran = compare_weeks(weekly, "incidents_pro_iran", january, islamic_state).iloc[0]
    total = compare_weeks(weekly, "incidents_total", january).iloc[0]

    for row, name in ((pro_iran, "musings_incidents_pro_iran"), (total, "musings_incidents_total")):
        ours = dict(zip("x w y b rr lo hi p phi".split(), row.iloc[:9], strict=True))
        assert ours == pytest.approx({key: reference[name][key] for key in ours}, rel=DIGITS)
    ratio = reference["musings_rrr"]
    assert pro_iran[["control_window_count", "control_flank_count"]].tolist() == [23, 84]
    assert pro_iran["ratio_of_ratios"] == pytest.approx(ratio["rrr"], rel=1e-6)
    assert pro_iran[["ratio_low", "ratio_high"]].tolist() == pytest.approx([ratio["lo"], ratio["hi"]], rel=1e-6)


def test_fourteen_ramadans_counted_lower_expected_and_upper(ucdp):
    days = anniversary_dates("ramadan", range(2004, 2018))["date"]
    spans = count_spans(ucdp, [(day, day + pd.Timedelta(days=28)) for day in days])

    assert spans[["lower", "upper", "by_start"]].sum().tolist() == [689, 710, 694]
    assert round(spans["expected"].sum(), 6) == 695.818345
    in_2014 = spans.iloc[10]
    daily = count_timeline(ucdp, UCDP_OBSERVED).set_index("period_start")["expected"]
    assert round(sum(daily[day : day + pd.Timedelta(days=28)].sum() for day in days), 6) == 695.818345
    assert (in_2014["lower"], round(in_2014["expected"], 6), in_2014["upper"]) == (99, 101.382913, 103)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Syria, all", (1301, 0.2214, 0.6898, 4.2314, 363.9618)),
        ("Deir ez-Zor, all", (85, 0.0224, 0.5213, 6.2935, 64.9363)),
        ("Turkish Military", (375, 0.0729, 0.6559, 14.1042, 47.7277)),
    ],
)
def test_how_clustered_five_years_are(airwars, name, expected):
    row = fit_hawkes(daily_counts(airwars[name], FIVE_YEARS)).iloc[0]

    ours = row[["incidents", "mu", "branching", "decay_days", "log_likelihood_gain"]].astype(float)
    assert row["days"] == 1827
    assert ours.round(4).tolist() == pytest.approx(expected, abs=1.1e-4)


def test_the_change_points_of_five_years_of_weeks(airwars):
    weeks = count_timeline(airwars["Syria, all"], FIVE_YEARS, "W")
    segments = change_points(weeks)
    new_level_from = [f"{day + pd.Timedelta(days=6):%Y-%m-%d}" for day in segments["first"].iloc[1:]]

    assert len(weeks) == 262
    assert new_level_from == [
        "2020-01-26", "2020-03-08", "2021-06-13", "2023-08-27", "2023-10-29", "2024-12-01", "2024-12-15",
    ]  # fmt: skip
    assert segments["mean"].round(3).tolist() == [8.667, 34.5, 2.273, 4.426, 15.222, 3.544, 28.5, 3.25]


def test_the_bayesian_blocks_of_deir_ez_zor(airwars):
    blocks = bayesian_blocks(daily_counts(airwars["Deir ez-Zor, all"], FIVE_YEARS))

    starts = [f"{day:%Y-%m-%d}" for day in blocks["first"]]
    assert starts == ["2020-05-01", "2023-08-17", "2023-08-30", "2023-09-12", "2023-09-29"]
    assert f"{blocks['last'].iloc[-1]:%Y-%m-%d}" == "2024-12-23"
    assert blocks["count"].sum() == 85
    assert blocks["rate"].idxmax() == 2


def test_one_table_of_counts_has_six_p_values_and_ours_is_the_central_one():
    from statsmodels.stats.rates import test_poisson_2indep as two_rates

    counts = (5, 116, 17, 480)

    assert round(rate_ratio(*counts).p, 4) == 0.8632
    assert round(stats.binomtest(5, 22, 116 / 596).pvalue, 4) == 0.6009
    others = {
        method: round(float(two_rates(*counts, method=method).pvalue), 4)
        for method in ("exact-cond", "cond-midp", "etest", "score")
    }
    assert others == {"exact-cond": 0.6009, "cond-midp": 0.5081, "etest": 0.7172, "score": 0.6990}
    assert round(stats.poisson_means_test(5, 116, 17, 480).pvalue, 4) == 0.7356
