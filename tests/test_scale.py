"""Coding in several processes gives the tables of one, row for row."""

from __future__ import annotations

import pandas as pd
from pandas.testing import assert_frame_equal

from analysis import scale
from analysis.coding.coder import code_reports
from analysis.paths import data_path
from analysis.reading.reports import read_reports


def test_two_processes_give_what_one_gives(monkeypatch):
    monkeypatch.setattr(scale, "CHUNK", 2)
    reports = read_reports(data_path("reports")).head(5)
    finished: list[int] = []

    spread = scale.code_many(reports, workers=2, progress=finished.append)

    whole = code_reports(reports)
    for name in ("incidents", "participants", "locations"):
        assert_frame_equal(getattr(spread, name), getattr(whole, name))
    assert finished == [2, 2, 1]


def test_no_report_gives_empty_tables():
    coded = scale.code_many(read_reports(data_path("reports")).head(0))

    assert isinstance(coded.incidents, pd.DataFrame)
    assert coded.incidents.empty
