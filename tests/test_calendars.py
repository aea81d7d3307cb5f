"""Anniversaries in three calendars, from the table and from the user."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.escalation.calendars import Anniversary, anniversary_dates, find_anniversary, read_anniversaries

TABLE = read_anniversaries()


def iso(dates: pd.DataFrame) -> list[str]:
    return [f"{day:%Y-%m-%d}" for day in dates["date"]]


@pytest.mark.parametrize(
    ("which", "years", "days"),
    [
        ("soleimani", range(2021, 2025), ["2021-01-03", "2022-01-03", "2023-01-03", "2024-01-03"]),
        (
            "soleimani_solar_hijri",
            range(2021, 2027),
            ["2021-01-02", "2022-01-03", "2023-01-03", "2024-01-03", "2025-01-02", "2026-01-03"],
        ),
        (
            "soleimani_hijri",
            range(2020, 2026),
            ["2020-01-03", "2020-12-23", "2021-12-12", "2022-12-02", "2023-11-22", "2024-11-10", "2025-10-30"],
        ),
        (
            "quds_day",
            range(2020, 2027),
            ["2020-05-22", "2021-05-07", "2022-04-29", "2023-04-14", "2024-04-05", "2025-03-28", "2026-03-13"],
        ),
        (
            "ashura",
            range(2020, 2027),
            ["2020-08-29", "2021-08-18", "2022-08-08", "2023-07-28", "2024-07-16", "2025-07-05", "2026-06-25"],
        ),
        ("ashura", [2009], ["2009-01-07", "2009-12-27"]),
        ("nowruz", [2019, 2020], ["2019-03-21", "2020-03-20"]),
        ("2020-02-29", [2020, 2021, 2024], ["2020-02-29", "2021-02-28", "2024-02-29"]),
        ("soleimani", [], []),
        ("soleimani", 2024, ["2024-01-03"]),
    ],
)
def test_an_anniversary_falls_on_the_days_of_its_calendar(which, years, days):
    assert iso(anniversary_dates(which, years)) == days


def test_the_day_itself_and_earlier_years_are_marked():
    dates = anniversary_dates("soleimani", range(2018, 2022))

    assert dates["founding"].tolist() == [False, False, True, False]
    assert dates["before"].tolist() == [True, True, False, False]


def test_a_lunar_date_carries_a_day_on_each_side_and_a_fixed_one_none():
    moving, fixed = anniversary_dates("ashura", 2024), anniversary_dates("soleimani", 2024)

    assert (moving["earliest"][0], moving["latest"][0]) == (pd.Timestamp("2024-07-15"), pd.Timestamp("2024-07-17"))
    assert fixed["earliest"][0] == fixed["date"][0] == fixed["latest"][0]
    assert moving["calendar_date"][0] == "1446-01-10"


@pytest.mark.parametrize(
    "which",
    [
        "2020-01-03",
        date(2020, 1, 3),
        pd.Timestamp("2020-01-03"),
        {"id": "mine", "founded": "2020-01-03"},
        pd.Series({"id": "mine", "founded": "2020-01-03", "calendar": "gregorian", "month": "1", "day": "3"}),
        pd.DataFrame({"id": ["mine"], "month": [1], "day": [3]}),
        Anniversary("mine", "mine", "mine", "gregorian", 1, 3),
        TABLE[TABLE["id"] == "soleimani"],
    ],
)
def test_a_users_own_anniversary_is_one_argument_or_one_row(which):
    assert iso(anniversary_dates(which, 2023)) == ["2023-01-03"]


@pytest.mark.parametrize(
    ("which", "complaint"),
    [
        ("solaimani", "no anniversary 'solaimani'"),
        ({"id": "mine", "month": 13, "day": 1}, "month must be in 1-12, got 13"),
        ({"id": "mine", "month": 1, "day": 40}, "day must be in 1-31"),
        ({"id": "mine", "month": 1, "day": 4, "calendar": "mayan"}, "calendar must be one of"),
        ({"id": "mine"}, "needs month and day"),
        ({"id": "mine", "founded": "the third of January"}, "founded must be an ISO day"),
        (TABLE, "is one row"),
    ],
)
def test_what_is_no_anniversary_is_refused_in_one_line(which, complaint):
    with pytest.raises(ValueError, match=complaint):
        find_anniversary(which)


def test_a_lunar_date_outside_the_table_of_umm_al_qura_is_refused():
    with pytest.raises(ValueError, match="tabulated for 1343-1500 AH"):
        anniversary_dates("ashura", 1900)


@pytest.mark.parametrize("row", TABLE.to_dict("records"), ids=TABLE["id"])
def test_every_row_of_the_table_is_whole(row):
    anniversary = find_anniversary(row)
    dates = anniversary_dates(anniversary, range(2015, 2027))

    assert 12 <= len(dates) <= 13
    assert row["name_en"]
    assert row["name_ar"]
    assert row["source"]
    assert row["variant_of"] == "" or row["variant_of"] in set(TABLE["id"])
    assert bool(row["event_en"]) == bool(row["event_ar"]) == bool(row["founded"])
    assert anniversary.tolerance == (1 if anniversary.calendar == "hijri" else 0)
    if anniversary.founded:
        assert anniversary_dates(anniversary, anniversary.founded.year)["founding"].sum() == 1


def test_a_row_that_cannot_be_read_is_named_with_its_line(tmp_path: Path):
    path = tmp_path / "anniversaries.tsv"
    path.write_text("id\tcalendar\tmonth\tday\na\tgregorian\t1\t3\nb\tgregorian\t0\t3\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"anniversaries.tsv, line 3: .*month must be in 1-12"):
        read_anniversaries(path)


def test_an_id_stands_once(tmp_path: Path):
    path = tmp_path / "anniversaries.tsv"
    path.write_text("id\tmonth\tday\na\t1\t3\na\t1\t4\n", encoding="utf-8")

    with pytest.raises(ValueError, match="'a' stands twice"):
        read_anniversaries(path)


@pytest.mark.shared
def test_the_moving_dates_of_seven_years_agree_with_the_reference(shared: Path):
    reference = pd.read_csv(shared / "data" / "moving_anniversaries_2020_2026_umm_al_qura.csv")
    for name, rows in reference.groupby("name"):
        which = "ramadan" if name == "ramadan_1" else str(name)
        assert iso(anniversary_dates(which, range(2020, 2027))) == rows["date"].tolist(), name


@pytest.mark.shared
def test_the_killing_of_soleimani_agrees_with_the_reference_in_three_calendars(shared: Path):
    reference = pd.read_csv(shared / "data" / "soleimani_anniversaries_three_calendars.csv")
    lunar = anniversary_dates("soleimani_hijri", range(2020, 2026))

    assert iso(anniversary_dates("soleimani", range(2021, 2027))) == reference["gregorian"].tolist()
    solar = anniversary_dates("soleimani_solar_hijri", range(2021, 2027))
    assert iso(solar) == reference["solar_hijri_13_Dey_as_gregorian"].tolist()
    assert solar["calendar_date"].tolist() == reference["jalali"].tolist()
    assert iso(lunar[~lunar["founding"]]) == reference["lunar_hijri_as_gregorian"].tolist()
    assert lunar[~lunar["founding"]]["calendar_date"].tolist() == reference["hijri"].tolist()
