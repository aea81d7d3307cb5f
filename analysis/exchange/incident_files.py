"""What the readers of other people's incident files share: rows with an interval of days, bad ones set aside."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.reading.delimited import read_delimited
from analysis.reading.record import Record, SetAside
from analysis.tables import DAY, with_set_aside

Complaint = Callable[[Mapping[str, str], date, date], tuple[str, str] | None]
"""Given a row and its days, what is wrong with it and the cure, or None."""

DEGREES = ("lat", "lon", "latitude", "longitude")


def read_incident_file(
    path: str | Path,
    what: str,
    needed: Sequence[str],
    numbers: Sequence[str],
    complaint: Complaint | None = None,
    days: tuple[str, str] = ("date_start", "date_end"),
) -> pd.DataFrame:
    """Read a delimited file whose rows have a first and a last day; columns keep their names and order.

    The two columns `days` become datetime64[s], those of `numbers` Int64 (degrees float64; a cell that is no number
    sets its row aside), the rest strings, NA where empty. A row of HXL tags (all cells empty or beginning with '#') is
    passed over. Raises ValueError where `path` cannot be read or lacks one of the columns `needed`.
    """
    kept: list[dict[str, Any]] = []
    aside: list[SetAside] = []
    for record in read_delimited(Path(path)):
        if isinstance(record, SetAside):
            if not kept and record.line in (None, 1):
                raise ValueError(f"{path}: {record.reason}; give {what}")
            aside.append(record)
            continue
        row = {name: str(value).strip() for name, value in record.values.items()}
        missing = [name for name in needed if name not in row]
        if missing:
            raise ValueError(f"{path}: no column {', '.join(missing)}; give {what}")
        if all(value == "" or value.startswith("#") for value in row.values()):
            continue
        outcome = _typed(record, row, numbers, complaint, days)
        if isinstance(outcome, SetAside):
            aside.append(outcome)
        else:
            kept.append(outcome)
    return with_set_aside(_table(kept, needed, numbers, days), [row.row() for row in aside])


def _typed(
    record: Record, row: dict[str, str], numbers: Sequence[str], complaint: Complaint | None, days: tuple[str, str]
) -> dict[str, Any] | SetAside:
    start, end = (_day(row[name]) for name in days)
    if start is None or end is None:
        return record.aside("no date that can be read", f"write {' and '.join(days)} as YYYY-MM-DD")
    if end < start:
        return record.aside(f"ends on {end}, before it starts on {start}", f"mend {days[0]} or {days[1]}")
    wrong = complaint(row, start, end) if complaint else None
    if wrong:
        return record.aside(*wrong)
    values: dict[str, Any] = {name: value or None for name, value in row.items()}
    for name in numbers:
        if values.get(name) is not None:
            number = _number(row[name])
            if number is None or not (name in DEGREES or number.is_integer()):
                wanted = "number" if name in DEGREES else "whole number"
                return record.aside(f"{name} is {row[name]!r}, no {wanted}", f"mend {name} or leave it empty")
            values[name] = number
    return values | dict(zip(days, (start, end), strict=True))


def _table(
    rows: list[dict[str, Any]], needed: Sequence[str], numbers: Sequence[str], days: tuple[str, str]
) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=None if rows else list(needed))
    for name in frame.columns:
        if name in days:
            frame[name] = pd.to_datetime(frame[name]).astype(DAY)
        elif name in DEGREES:
            frame[name] = frame[name].astype("float64")
        elif name in numbers:
            frame[name] = frame[name].astype("Float64").astype("Int64")
        else:
            frame[name] = frame[name].astype("string")
    return frame


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
