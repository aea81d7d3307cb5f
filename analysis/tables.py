"""The tables that pass between the wings: their columns, dtypes, units and promises, checked at the border.

Every table is a plain pandas DataFrame. `make_table` builds one from rows and casts it; `check_table` raises
`TableError` where a frame breaks a promise. Offsets are half-open `[start, end)` in characters of a report's `text`
as published. Days are `datetime64[s]` at midnight; an interval of days is inclusive at both ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.paths import data_path

DAY = "datetime64[s]"
STATUSES = ("happened", "denied", "attempted")
DATE_BASES = ("stated", "relative", "inherited", "published", "inferred")
DATE_PRECISIONS = ("day", "days", "week", "month", "year")
PLACE_PRECISIONS = ("exact", "town", "near", "area", "admin")
SOURCES = ("medical", "military", "official", "monitor", "correspondent", "local", "private", "party", "media")


KINDS = tuple(
    line.split("\t")[0] for line in data_path("entities", "kinds.tsv").read_text(encoding="utf-8").splitlines()[1:]
)


class TableError(ValueError):
    """A table breaks a promise; the message names the table, the column and the cure."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its dtype and what it promises. `values` bounds a category; `required` forbids a missing value."""

    name: str
    dtype: str
    promise: str
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name and columns, in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]


def _spans(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "int64", "characters of the report's text as published", required=True) for name in names)


REPORTS = Table(
    "reports",
    (
        Column("report_id", "string", "unique", required=True),
        Column("published", DAY, "day of publication; NA where the source gives none"),
        Column("source", "string", "outlet, channel or file it came from"),
        Column("url", "string", "where it was published"),
        Column("title", "string", "headline, where it is apart from the text"),
        Column("text", "string", "as published", required=True),
        Column("encoding", "string", "how the file was read: utf-8, windows-1256; NA where it was not a text file"),
    ),
)

SET_ASIDE = Table(
    "set_aside",
    (
        Column("file", "string", "the file, or the name given for it", required=True),
        Column("line", "Int64", "1 for the first; NA where the whole file is meant"),
        Column("reason", "string", "what is wrong", required=True),
        Column("cure", "string", "what to do", required=True),
        Column("content", "string", "the row as it stood, cut at 500 characters, so that nothing is lost"),
    ),
)

INCIDENTS = Table(
    "incidents",
    (
        Column(
            "incident_id", "string", "report_id, offset and kind; stable while report and lexicon are", required=True
        ),
        Column("report_id", "string", "in reports", required=True),
        *_spans("start", "end"),
        *_spans("evidence_start", "evidence_end"),
        Column("kind", "category", "id in entities/kinds.tsv", KINDS, required=True),
        Column("status", "category", "whether it came about", STATUSES, required=True),
        Column("background", "bool", "history of the story", required=True),
        Column("summary", "bool", "a lead that only sums up incidents told one by one", required=True),
        Column("date_start", DAY, "first day on which it may have happened; both or neither"),
        Column("date_end", DAY, "last such day"),
        Column("date_basis", "category", "where the date comes from", DATE_BASES),
        Column("date_precision", "category", "how exact it is", DATE_PRECISIONS),
        Column("actors", "string", "ids joined by ';', as specific as the text; empty where it names nobody"),
        Column("targets", "string", "ids joined by ';'"),
        Column("actor_side", "string", "top of the hierarchy of the first actor, for dyads"),
        Column("target_side", "string", "the same for the first target"),
        Column(
            "place_id", "string", "id in entities/places.tsv, the most specific place; NA where it cannot be resolved"
        ),
        Column("place_ar", "string", "its Arabic name"),
        Column("place_en", "string", "its English name"),
        Column("admin1", "string", "governorate"),
        Column("admin2", "string", "district"),
        Column("country", "string", "country"),
        Column("lat", "float64", "WGS 84, degrees; NA where unknown"),
        Column("lon", "float64", "WGS 84, degrees"),
        Column("place_precision", "category", "how exact the point is", PLACE_PRECISIONS),
        Column("place_spans", "string", "'start-end' joined by ';', most specific first"),
        Column("origin_place_id", "string", "where fire came from"),
        Column("weapon", "string", "id in lexicon/weapons.tsv"),
        Column("killed_min", "Int64", "NA: not spoken of; 0: said to be none"),
        Column("killed_max", "Int64", "NA beside a minimum: open"),
        Column("wounded_min", "Int64", "as killed_min"),
        Column("wounded_max", "Int64", "as killed_max"),
        Column("said_by", "category", "whom the report gives as its source; NA for the outlet's own voice", SOURCES),
        Column("confidence", "float64", "0 to 1; monotone in what was found, not a probability", required=True),
    ),
)

PARTICIPANTS = Table(
    "participants",
    (
        Column("incident_id", "string", "in incidents", required=True),
        Column("role", "category", "who did it or whom it hit", ("actor", "target"), required=True),
        Column("actor_id", "string", "id in entities/actors.tsv", required=True),
        *_spans("start", "end"),
    ),
)

LOCATIONS = Table(
    "locations",
    (
        Column("incident_id", "string", "in incidents", required=True),
        Column(
            "role", "category", "where it landed or happened; where it came from", ("place", "origin"), required=True
        ),
        Column("place_id", "string", "id in entities/places.tsv; NA where it cannot be resolved"),
        *_spans("start", "end"),
        Column("precision", "category", "how exact the point is", PLACE_PRECISIONS),
    ),
)

PUBLICATIONS = Table(
    "publications",
    (
        Column("report_id", "string", "in reports; one that came without a day of publication", required=True),
        Column("published", DAY, "the day that its text tells of: a dateline, an anniversary", required=True),
        Column("earliest", DAY, "first day on which it may have been published", required=True),
        Column("latest", DAY, "last such day", required=True),
        *_spans("start", "end"),
    ),
)

RECONCILED = (
    "kind status background date_start date_end date_basis date_precision actors targets actor_side target_side "
    "place_id place_ar place_en admin1 admin2 country lat lon place_precision origin_place_id weapon "
    "killed_min killed_max wounded_min wounded_max"
).split()

GRADES = ("confirmed", "fair", "weak", "contested")

EVENTS = Table(
    "events",
    (
        Column("event_id", "string", "unique; stable across reruns and when reports are added", required=True),
        *(column for column in INCIDENTS.columns if column.name in RECONCILED),
        Column("confidence", "float64", "the highest among its incidents", required=True),
        Column("n_reports", "int64", "reports that tell of it", required=True),
        Column("n_sources", "int64", "independent sources: copies of one text count once", required=True),
        Column("grade", "category", "confirmed, fair, weak, contested; see events/collapse.py", GRADES, required=True),
        Column("incident_ids", "string", "its rows in incidents, joined by ';'", required=True),
        Column("first_reported", DAY, "earliest publication among its reports"),
        Column("disagreements", "string", "fields on which its incidents contradict each other, with the values"),
    ),
)


def make_table(table: Table, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Build a table from rows, cast to its dtypes and checked; columns that a row lacks are NA.

    Raises TableError as `check_table` does.

    >>> make_table(SET_ASIDE, [{"file": "a.txt", "reason": "empty", "cure": "delete it"}]).shape
    (1, 5)
    """
    rows = list(rows)
    unknown = {name for row in rows for name in row} - set(table.names)
    if unknown:
        raise TableError(f"{table.name}: unknown columns {sorted(unknown)}; known are {table.names}")
    columns = {column.name: _cast(table, column, [row.get(column.name) for row in rows]) for column in table.columns}
    return check_table(table, pd.DataFrame(columns))


def check_table(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` where it keeps the promises of `table` (more columns are welcome), else raise TableError."""
    missing = [name for name in table.names if name not in frame.columns]
    if missing:
        raise TableError(f"{table.name}: the columns {missing} are missing; make the table with make_table")
    for column in table.columns:
        values = frame[column.name]
        if column.required and values.isna().any():
            raise TableError(f"{table.name}: {column.name} is missing in {int(values.isna().sum())} rows")
        if column.values:
            strange = sorted(set(values.dropna().astype(str)) - set(column.values))
            if strange:
                raise TableError(f"{table.name}: {column.name} holds {strange}; allowed are {list(column.values)}")
    for low, high in (("start", "end"), ("evidence_start", "evidence_end"), ("date_start", "date_end")):
        if {low, high} <= set(frame.columns) and (frame[low] > frame[high]).any():
            raise TableError(f"{table.name}: {low} lies after {high} in {int((frame[low] > frame[high]).sum())} rows")
    if {"date_start", "date_end"} <= set(frame.columns) and (
        frame["date_start"].isna() != frame["date_end"].isna()
    ).any():
        raise TableError(f"{table.name}: date_start and date_end must both be there or both be missing")
    for count in ("killed", "wounded"):
        if f"{count}_min" in frame.columns and (frame[f"{count}_min"] > frame[f"{count}_max"]).fillna(False).any():
            raise TableError(f"{table.name}: {count}_min is above {count}_max")
    key = table.columns[0].name
    if table in (REPORTS, INCIDENTS, EVENTS) and frame[key].duplicated().any():
        raise TableError(f"{table.name}: {key} is not unique: {frame[key][frame[key].duplicated()].iloc[0]!r}")
    return frame


def with_set_aside(frame: pd.DataFrame, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a table that carries the rows set aside when it was made; `set_aside` gives them back."""
    frame = frame.copy()
    frame.attrs["set_aside"] = [dict(row) for row in rows]
    return frame


def set_aside(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows and files set aside when a table was read: file, line, reason, cure, content (SET_ASIDE).

    >>> set_aside(pd.DataFrame()).empty
    True
    """
    return make_table(SET_ASIDE, frame.attrs.get("set_aside", []))


def _cast(table: Table, column: Column, values: list[Any]) -> pd.Series:
    try:
        if column.dtype == DAY:
            return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")).dt.normalize(), dtype=DAY)
        if column.dtype == "category":
            strange = sorted({str(value) for value in values if not pd.isna(value)} - set(column.values))
            if strange:
                raise TableError(f"{table.name}: {column.name} holds {strange}; allowed are {list(column.values)}")
            return pd.Series(pd.Categorical(values, categories=list(column.values)))
        if column.dtype in ("float64", "Int64", "string"):
            return (
                pd.Series([pd.NA if value is None else value for value in values], dtype="object")
                .astype("Float64" if column.dtype == "float64" else column.dtype)
                .astype(column.dtype)
            )
        return pd.Series(values, dtype=column.dtype)
    except (TypeError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(f"{table.name}: {column.name} does not fit {column.dtype}: {error}") from error
