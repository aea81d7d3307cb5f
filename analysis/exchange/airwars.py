"""Airwars incidents of civilian harm, as published in CSV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.exchange.incident_files import read_incident_file

NUMBERS = ("lat", "lon", "killed_min", "killed_max", "injured_min", "injured_max", "n_sources")
EARLIEST = date(2014, 1, 1)
"""The Syrian archive begins in 2014; an earlier date is a default of the database."""

LONGEST = 30
"""A span of more days than this is a slip of the pen in one of its ends."""


def read_airwars(path: str | Path) -> pd.DataFrame:
    """Read a CSV of Airwars incidents: one row per incident, columns as published, typed.

    date_start and date_end are days (datetime64[s], inclusive), counts Int64, lat and lon degrees (float64), the rest
    strings. `belligerent_en` holds several names joined by ', ': choose with `.str.contains(name, regex=False)`. A row
    without a date, dated before 2014, ending before it starts or spanning more than 30 days is set aside with its
    line, reason and cure: `analysis.set_aside(table)`. Raises ValueError where `path` is no such file.
    """
    return read_incident_file(path, "an Airwars CSV", ("code", "date_start", "date_end"), NUMBERS, _complaint)


def _complaint(row: Mapping[str, str], start: date, end: date) -> tuple[str, str] | None:
    if start < EARLIEST:
        return f"dated {start}, before {EARLIEST}", "look the date up at its url"
    if (end - start).days > LONGEST:
        return f"spans {(end - start).days + 1} days", "look the dates up at its url"
    return None
