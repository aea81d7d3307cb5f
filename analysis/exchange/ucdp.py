"""UCDP Georeferenced Event Dataset (GED), as published in CSV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.exchange.incident_files import read_incident_file

NUMBERS = (
    "id year type_of_violence conflict_new_id dyad_new_id side_a_new_id side_b_new_id number_of_sources where_prec "
    "latitude longitude country_id event_clarity date_prec deaths_a deaths_b deaths_civilians deaths_unknown low best "
    "high"
).split()
PRECISION = {1: "day", 2: "days", 3: "week", 4: "month", 5: "year"}
"""date_prec in our words: 1 the exact day, 2 two to six days, 3 a week, 4 a month, 5 up to a year."""


def read_ucdp(path: str | Path) -> pd.DataFrame:
    """Read a CSV of UCDP GED: one row per event, columns as published, typed; the line of HXL tags is passed over.

    date_start and date_end are the interval within which the event lies (datetime64[s], inclusive), as wide as
    `date_prec` says; `date_precision` says it in words. Counts and codes are Int64, latitude and longitude degrees
    (float64), the rest strings. For a test that needs exact days keep date_prec == 1. A row without a date, or ending
    before it starts, or with an interval that belies its date_prec 1, is set aside with its line, reason and cure:
    `analysis.set_aside(table)`. Raises ValueError where `path` is no such file.
    """
    needed = ("id", "date_prec", "date_start", "date_end")
    table = read_incident_file(path, "a UCDP GED CSV", needed, NUMBERS, _complaint)
    precision = pd.Categorical(table["date_prec"].map(PRECISION), categories=list(PRECISION.values()))
    return table.assign(date_precision=precision)


def _complaint(row: Mapping[str, str], start: date, end: date) -> tuple[str, str] | None:
    if row["date_prec"].strip() == "1" and start != end:
        return f"date_prec 1 says one day, the dates say {start} to {end}", "mend date_prec or the dates"
    return None
