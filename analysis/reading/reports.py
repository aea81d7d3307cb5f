"""Reports from any file or folder to the reports table; what cannot be read is set aside with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.reading.delimited import read_delimited
from analysis.reading.json_lines import read_json
from analysis.reading.parquet import read_parquet
from analysis.reading.record import Record, SetAside
from analysis.reading.text_folder import read_text_file, read_text_folder
from analysis.tables import REPORTS, make_table, with_set_aside

READERS: Mapping[str, Callable[[Path], Iterator[Record | SetAside]]] = {
    ".txt": read_text_file,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".jsonl": read_json,
    ".ndjson": read_json,
    ".json": read_json,
    ".parquet": read_parquet,
}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
TEXT_NAMES = ("report_id", "source", "url", "title", "text")


class ReportsError(ValueError):
    """There is nothing to read; the message says what to do."""


def read_reports(path: str | Path, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Read reports from a file or a folder into the reports table (`analysis.tables.REPORTS`).

    `path` is a folder of `.txt` files, with a `reports.tsv` (report_id, published, source, url, title) or without; or a
    CSV, TSV, JSONL, JSON or Parquet file with those columns and `text`; or one `.txt` file. `id` is taken for
    `report_id`; other names are mapped by `columns`, ours to theirs: `{"text": "body", "published": "date"}`.
    Text files are UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1256; the column `encoding` says which.

    Returns one row per report, in the order of the file. Rows and files that cannot be read are set aside: the table
    of them (`analysis.tables.SET_ASIDE`) comes back with the reports, by `analysis.set_aside(reports)`.
    Raises ReportsError where the path is missing, of an unknown sort, has no report in it, or no text column.
    """
    path = Path(path)
    columns = dict(columns or {})
    rows: list[dict[str, object]] = []
    aside: list[dict[str, object]] = []
    seen: dict[str, str] = {}
    for record in _records(path):
        if isinstance(record, SetAside):
            aside.append(record.row())
            continue
        row = _row(record, columns)
        if isinstance(row, SetAside):
            aside.append(row.row())
        elif (report_id := str(row["report_id"])) in seen:
            reason = f"the id {report_id!r} is taken ({seen[report_id]})"
            aside.append(record.aside(reason, "give it another id").row())
        else:
            seen[report_id] = f"{record.file}, line {record.line}"
            row["published"], note = _published(row["published"], record)
            aside.extend(note)
            rows.append(row)
    if not rows:
        _refuse(path, aside)
    return with_set_aside(make_table(REPORTS, rows), aside)


def _records(path: Path) -> Iterator[Record | SetAside]:
    if not path.exists():
        raise ReportsError(f"{path}: there is no such file or folder; give a folder of reports or a table of them")
    if path.is_dir():
        yield from _folder(path)
    elif path.suffix.lower() in READERS:
        yield from READERS[path.suffix.lower()](path)
    else:
        raise ReportsError(f"{path}: cannot tell its format by its name; use one of {', '.join(sorted(READERS))}")


def _folder(path: Path) -> Iterator[Record | SetAside]:
    if (path / "reports.tsv").exists() or any(path.glob("*.txt")):
        yield from read_text_folder(path)
        return
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in READERS)
    if not files:
        raise ReportsError(f"{path}: no reports in this folder; put .txt files there, or a .csv, .jsonl or .parquet")
    for file in files:
        yield from READERS[file.suffix.lower()](file)


def _row(record: Record, columns: Mapping[str, str]) -> dict[str, object] | SetAside:
    values = {name: record.values.get(columns.get(name, name)) for name in (*TEXT_NAMES, "published")}
    if values["report_id"] is None and "report_id" not in columns:
        values["report_id"] = record.values.get("id")
    row: dict[str, object] = {name: _clean(values[name]) for name in TEXT_NAMES}
    row["published"] = values["published"]
    row["encoding"] = record.encoding
    row["report_id"] = row["report_id"] or f"{Path(record.file).stem}-{record.line}"
    text = row["text"]
    if columns.get("text", "text") not in record.values:
        return record.aside(
            f"no column {columns.get('text', 'text')!r}; it has {', '.join(sorted(map(str, record.values)))}",
            "name the column of the text: columns={'text': '...'}, in the shell --column text=...",
        )
    if not isinstance(text, str) or not text.strip():
        return record.aside("the text is empty", "give the report its text, or take the row out")
    row["text"] = text
    return row


def _clean(value: object) -> str | None:
    if value is None or (isinstance(value, float) and value != value) or value is pd.NA:
        return None
    text = _LONE_SURROGATE.sub("\ufffd", str(value))
    return text if text.strip() else None


def _published(value: object, record: Record) -> tuple[pd.Timestamp | None, list[dict[str, object]]]:
    """The day of publication; what is no day is left unknown, and said."""
    written = _clean(value)
    if written is None:
        return None, []
    day = pd.to_datetime(written.strip()[:10], format="%Y-%m-%d", errors="coerce")
    if pd.isna(day) or not 1900 <= day.year <= 2200:
        reason = f"published {written!r} is no day in the form 2022-01-08; the report is kept, its date left unknown"
        return None, [record.aside(reason, "write it as year-month-day").row()]
    return day, []


def _refuse(path: Path, aside: list[dict[str, object]]) -> None:
    if aside:
        first = aside[0]
        where = first["file"] if pd.isna(first["line"]) else f"{first['file']}, line {first['line']}"
        raise ReportsError(f"{where}: {first['reason']} ({len(aside)} set aside, none read); {first['cure']}")
    raise ReportsError(f"{path}: no report in it; put .txt files there, or a table with a column 'text'")
