"""Readers of Airwars, UCDP GED and weekly counts: what is kept, what is set aside and why."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.exchange.airwars import read_airwars
from analysis.exchange.ucdp import read_ucdp
from analysis.exchange.weekly import read_weekly
from analysis.tables import set_aside

AIRWARS = "code,date_start,date_end,region_en,lat,killed_min\n"
UCDP = "id,date_prec,date_start,date_end,latitude,best\n,,#date+start,#date+end,#geo+lat,#affected+killed\n"
WEEKLY = "week_start,week_end,incidents,note\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A1,2021-01-03,2021-01-05,Idlib,35.9,2.0", None),
        ("A1,2021-01-03,2021-02-02,Idlib,,", None),
        ("A1,,,Idlib,35.9,2", "no date that can be read"),
        ("A1,2021-01-03,soon,Idlib,35.9,2", "no date that can be read"),
        ("A1,1970-01-01,1970-01-01,Idlib,35.9,2", "dated 1970-01-01, before 2014-01-01"),
        ("A1,2021-01-03,2020-01-05,Idlib,35.9,2", "ends on 2020-01-05, before it starts on 2021-01-03"),
        ("A1,2021-01-03,2021-02-03,Idlib,35.9,2", "spans 32 days"),
        ("A1,2021-01-03,2021-01-03,Idlib,north,2", "lat is 'north', no number"),
        ("A1,2021-01-03,2021-01-03,Idlib,35.9,2.5", "killed_min is '2.5', no whole number"),
        ("A1,2021-01-03,2021-01-03,Idlib,35.9,inf", "killed_min is 'inf', no whole number"),
        ("A1,2021-01-03,2021-01-03,Idlib,35.9", "5 fields where the header names 6"),
    ],
)
def test_an_airwars_row_is_kept_or_set_aside_with_its_line(tmp_path: Path, row, reason):
    path = tmp_path / "airwars.csv"
    path.write_text(AIRWARS + "A0,2020-12-30,2020-12-30,Idlib,35.9,1\n" + row + "\n", encoding="utf-8")

    table = read_airwars(path)
    aside = set_aside(table)

    assert len(table) == (2 if reason is None else 1)
    assert aside["reason"].tolist() == ([] if reason is None else [reason])
    assert aside["line"].tolist() == ([] if reason is None else [3])
    assert aside["cure"].notna().all()


def test_columns_keep_their_names_and_get_their_types(tmp_path: Path):
    path = tmp_path / "airwars.csv"
    path.write_text(AIRWARS + "A0,2020-12-30,2020-12-31,Deir Ezzor,,1.0\n", encoding="utf-8")

    table = read_airwars(path)

    assert table.columns.tolist() == AIRWARS.strip().split(",")
    assert [str(dtype) for dtype in table.dtypes] == [
        "string", "datetime64[s]", "datetime64[s]", "string", "float64", "Int64",
    ]  # fmt: skip
    assert table["date_end"][0] == pd.Timestamp("2020-12-31")
    assert table["lat"].isna().all()


@pytest.mark.parametrize(
    ("row", "precision", "reason"),
    [
        ("1,1,2014-01-24,2014-01-24,33.3,8", "day", None),
        ("1,2,2014-01-24 00:00:00.000,2014-01-25 00:00:00.000,33.3,8", "days", None),
        ("1,4,2014-01-01,2014-01-31,33.3,8", "month", None),
        ("1,5,2014-01-01,2014-12-31,33.3,8", "year", None),
        ("1,1,2014-01-24,2014-01-25,33.3,8", None, "date_prec 1 says one day, the dates say 2014-01-24 to 2014-01-25"),
        ("1,2,,2014-01-25,33.3,8", None, "no date that can be read"),
    ],
)
def test_a_ucdp_event_keeps_its_interval_and_the_tags_are_passed_over(tmp_path: Path, row, precision, reason):
    path = tmp_path / "ged.csv"
    path.write_text(UCDP + row + "\n", encoding="utf-8")

    table = read_ucdp(path)

    assert table["date_precision"].tolist() == ([precision] if precision else [])
    assert set_aside(table)["reason"].tolist() == ([reason] if reason else [])


def test_weekly_counts_are_numbers_in_order(tmp_path: Path):
    path = tmp_path / "weekly.csv"
    path.write_text(
        WEEKLY + "2022-01-08,2022-01-14,35,35/21\n2022-01-01,2022-01-07,18,18/9\n,,4,4/1\n", encoding="utf-8"
    )

    table = read_weekly(path)

    assert table["incidents"].tolist() == [18, 35]
    assert [str(dtype) for dtype in table.dtypes[2:]] == ["Int64", "string"]
    assert len(set_aside(table)) == 1


@pytest.mark.parametrize(
    ("reader", "content", "complaint"),
    [
        (read_airwars, UCDP + "1,1,2014-01-24,2014-01-24,33.3,8\n", "no column code; give an Airwars CSV"),
        (
            read_ucdp,
            AIRWARS + "A0,2020-12-30,2020-12-30,Idlib,35.9,1\n",
            "no column id, date_prec; give a UCDP GED CSV",
        ),
        (read_weekly, "", "the file is empty; give a CSV of weekly counts"),
    ],
)
def test_another_file_is_refused_with_the_cure(tmp_path: Path, reader, content, complaint):
    path = tmp_path / "file.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ValueError, match=complaint):
        reader(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="cannot be read"):
        read_airwars(tmp_path / "nowhere.csv")


def test_a_header_without_rows_is_an_empty_table_with_dates(tmp_path: Path):
    path = tmp_path / "airwars.csv"
    path.write_text(AIRWARS, encoding="utf-8")

    assert str(read_airwars(path)["date_start"].dtype) == "datetime64[s]"


@pytest.mark.shared
def test_the_dirty_rows_of_airwars_are_set_aside_and_counted(shared: Path):
    table = read_airwars(shared / "data" / "airwars_syria_incidents.csv")
    reasons = set_aside(table)["reason"]

    assert len(table) == 8106
    assert reasons.str.startswith("no date").sum() == 2
    assert reasons.str.startswith("dated 1970").sum() == 1
    assert reasons.str.startswith("ends on").sum() == 1
    assert reasons.str.startswith("spans").sum() == 4
    assert len(reasons) == 8


@pytest.mark.shared
def test_ucdp_comes_whole_with_its_precisions(shared: Path):
    table = read_ucdp(shared / "data" / "ucdp_ged_iraq.csv")

    assert len(table) == 7473
    assert set_aside(table).empty
    counted = table["date_precision"].value_counts().to_dict()
    assert counted == {"day": 6846, "days": 441, "week": 38, "month": 115, "year": 33}
