"""A table that breaks a promise is refused with its name, its column and the cure; any other passes unchanged."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.tables import (
    EVENTS,
    INCIDENTS,
    REPORTS,
    SET_ASIDE,
    TableError,
    check_table,
    make_table,
    set_aside,
    with_set_aside,
)

ROW = {
    "incident_id": "a:0:clash",
    "report_id": "a",
    "start": 0,
    "end": 3,
    "evidence_start": 0,
    "evidence_end": 9,
    "kind": "clash",
    "status": "happened",
    "background": False,
    "summary": False,
    "confidence": 0.5,
}


def test_what_a_row_leaves_out_is_missing_and_not_nothing():
    table = make_table(INCIDENTS, [ROW])

    assert table.loc[0, ["date_start", "killed_min", "lat", "place_id"]].isna().all()
    assert table.dtypes.astype(str).to_dict() == {column.name: column.dtype for column in INCIDENTS.columns}


@pytest.mark.parametrize("table", [REPORTS, INCIDENTS, EVENTS, SET_ASIDE], ids=lambda table: table.name)
def test_a_table_without_rows_keeps_its_columns_and_dtypes(table):
    empty = make_table(table, [])

    assert empty.dtypes.astype(str).to_dict() == {column.name: column.dtype for column in table.columns}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "quarrel"}, "kind holds"),
        ({"status": None}, "status is missing in 1 rows"),
        ({"start": 5}, "start lies after end"),
        ({"date_start": "2022-01-04"}, "both be there or both be missing"),
        ({"date_start": "2022-01-04", "date_end": "2022-01-03"}, "date_start lies after date_end"),
        ({"killed_min": 3, "killed_max": 2}, "killed_min is above killed_max"),
        ({"wounded_min": "some"}, "wounded_min does not fit Int64"),
        ({"colour": "red"}, "unknown columns"),
    ],
)
def test_a_broken_promise_is_named(change, said):
    with pytest.raises(TableError, match=said):
        make_table(INCIDENTS, [{**ROW, **change}])


def test_an_id_stands_for_one_row():
    with pytest.raises(TableError, match="incident_id is not unique"):
        make_table(INCIDENTS, [ROW, ROW])


def test_a_table_with_more_columns_passes_and_one_with_fewer_does_not():
    table = make_table(INCIDENTS, [ROW])

    assert check_table(INCIDENTS, table.assign(event_id="e")).shape[1] == len(INCIDENTS.columns) + 1
    with pytest.raises(TableError, match="the columns \\['kind'\\] are missing"):
        check_table(INCIDENTS, table.drop(columns="kind"))


def test_what_was_set_aside_travels_with_the_table_through_concat():
    rows = [{"file": "a.txt", "line": 3, "reason": "empty", "cure": "write it", "content": ""}]
    table = with_set_aside(make_table(INCIDENTS, [ROW]), rows)

    assert set_aside(table)["line"].tolist() == [3]
    assert len(pd.concat([table, with_set_aside(table, [])])) == 2
