"""Tables to CSV and Parquet: written in one step, safe to open in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.paths import atomic_path, guard_cell


def write_table(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a table as `.csv` or `.parquet`, by the name; the file takes its place in one step.

    In CSV days are ISO dates, missing values empty, and a text cell that a spreadsheet would run gets an apostrophe
    before it. Raises ValueError for another ending.

    >>> import tempfile
    >>> frame = pd.DataFrame({"name": ["=1+1"], "day": [pd.Timestamp("2020-01-03")]})
    >>> print(write_table(frame, Path(tempfile.mkdtemp()) / "a.csv").read_text())
    name,day
    '=1+1,2020-01-03
    <BLANKLINE>
    """
    path = Path(path)
    frame = frame.copy()
    frame.attrs = {}
    if path.suffix == ".parquet":
        with atomic_path(path) as temporary:
            frame.to_parquet(temporary, index=False)
        return path
    if path.suffix != ".csv":
        raise ValueError(f"{path}: a table is written as .csv or .parquet")
    for name in frame.columns:
        if pd.api.types.is_string_dtype(frame[name].dtype) or frame[name].dtype == object:
            frame[name] = frame[name].map(guard_cell, na_action="ignore")
    with atomic_path(path) as temporary:
        frame.to_csv(temporary, index=False, encoding="utf-8", date_format="%Y-%m-%d", lineterminator="\n")
    return path
