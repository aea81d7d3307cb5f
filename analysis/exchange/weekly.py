"""Weekly counts as analysts publish them: one row per week, one column per kind of incident."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.exchange.incident_files import read_incident_file


def read_weekly(path: str | Path) -> pd.DataFrame:
    """Read a CSV with week_start, week_end and columns of counts: one row per week, in order.

    week_start and week_end are days (datetime64[s], inclusive; the last week of a month may be shorter); every other
    column that holds nothing but numbers is Int64, the rest strings. A row without dates or ending before it starts is
    set aside with its line, reason and cure: `analysis.set_aside(table)`. Raises ValueError where `path` is no such
    file.
    """
    table = read_incident_file(
        path, "a CSV of weekly counts", ("week_start", "week_end"), (), days=("week_start", "week_end")
    )
    counts = [
        name
        for name in table.columns[2:]
        if pd.to_numeric(table[name], errors="coerce").notna().eq(table[name].notna()).all()
    ]
    return table.astype(dict.fromkeys(counts, "Int64")).sort_values("week_start", ignore_index=True)
