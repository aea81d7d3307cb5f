"""The tables and the reports of the page as rows of cells, each in both languages; all that reports say is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from markupsafe import Markup, escape

from analysis.figures.evidence import STYLE, kind_colours, show_evidence
from analysis.figures.readable import SAID, sort_key
from analysis.figures.words import Words

ENGLISH, ARABIC = Words("en"), Words("ar")
MOST_ROWS = 800
MOST_TEXT = 250_000
"""Rows of a table and characters of reports that the page carries; the files beside it hold all."""
QUOTED = 110
"""Characters of a clause that a table quotes."""
EVENT_COLUMNS = ("when", "what", "who", "whom", "where", "harm", "told", "grade", "dispute", "report")
INCIDENT_COLUMNS = ("when", "what", "who", "whom", "where", "harm", "told", "words", "report", "confidence")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, ready as HTML, and what it is sorted by where that is something else."""

    said: Markup
    key: str | float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of the page, and the kind it may be filtered by."""

    cells: list[Cell]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A table of the page; `total` counts the rows that stand in the `file`."""

    id: str
    columns: Sequence[str]
    rows: list[Row]
    total: int
    file: str = ""
    kinds: Sequence[Mapping[str, Any]] = ()


def both(make: Callable[[Words], str]) -> Markup:
    """Return what `make` says in English and in Arabic, escaped; the language of the page decides which is seen."""
    english, arabic = make(ENGLISH), make(ARABIC)
    if english == arabic:
        return escape(english)
    return Markup('<span class="en">{}</span><span class="ar">{}</span>').format(english, arabic)


def event_table(events: pd.DataFrame, numbers: Mapping[str, int]) -> Listed:
    """Return the events as a table; `numbers` leads from a report's id to its place on the page."""
    return Listed(
        "events",
        EVENT_COLUMNS,
        [_event(row, numbers) for row in _by_date(events).head(MOST_ROWS).to_dict("records")],
        len(events),
        "events.csv",
        kinds_of(events),
    )


def incident_table(incidents: pd.DataFrame, reports: pd.DataFrame, numbers: Mapping[str, int]) -> Listed:
    """Return the incidents as a table, each with its words and its number in its report."""
    texts = dict(zip(reports["report_id"], reports["text"], strict=True))
    counted = incidents.sort_values(["start", "end"]).groupby("report_id").cumcount() + 1
    rows = _by_date(incidents.assign(number=counted)).head(MOST_ROWS)
    return Listed(
        "incidents",
        INCIDENT_COLUMNS,
        [_incident(row, str(texts.get(row["report_id"], "")), numbers) for row in rows.to_dict("records")],
        len(incidents),
        "incidents.csv",
        kinds_of(incidents),
    )


def kinds_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the kinds of a table, the most frequent first: id, names, count, colour."""
    counts = table["kind"].astype("object").value_counts()
    return [
        {
            "id": kind,
            "en": ENGLISH.name("kind", kind),
            "ar": ARABIC.name("kind", kind),
            "said": both(lambda words, kind=kind: words.name("kind", kind)),  # type: ignore[misc]
            "count": int(count),
            "colour": kind_colours().get(kind, "#ddd"),
        }
        for kind, count in counts.items()
        if count
    ]


def report_rows(reports: pd.DataFrame, incidents: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the reports with their evidence, as many as MOST_TEXT characters allow."""
    told = {str(report): rows for report, rows in incidents.groupby("report_id")}
    none = incidents.iloc[:0]
    shown: list[dict[str, Any]] = []
    room = MOST_TEXT
    for number, row in enumerate(reports.to_dict("records")):
        if len(row["text"]) <= room:
            room -= len(row["text"])
            shown.append(_report(row, number, told.get(str(row["report_id"]), none)))
    return shown


def aside_table(aside: pd.DataFrame | None) -> Listed:
    """Return what was set aside, and why."""
    names = ("file", "line", "reason", "cure")
    rows = [] if aside is None else aside.head(MOST_ROWS).to_dict("records")
    cells = [Row([Cell(_plain(row[name])) for name in names]) for row in rows]
    return Listed("set_aside", names, cells, 0 if aside is None else len(aside), "set_aside.csv")


def source_table(reports: pd.DataFrame) -> Listed:
    """Return the sources of the reports: how many, from when to when."""
    groups = reports.groupby(reports["source"].astype("object").fillna(""), sort=False)["published"]
    table = groups.agg(["size", "min", "max"]).sort_values("size", ascending=False, kind="stable")
    rows = [
        Row([
            Cell(Markup("<bdi>{}</bdi>").format(source) if source else _say("page_no_source")),
            Cell(escape(size), float(size)),
            _day(first),
            _day(last),
        ])
        for source, size, first, last in table.head(MOST_ROWS).itertuples()
    ]  # fmt: skip
    return Listed("source_list", ("source", "reports", "first", "last"), rows, len(table), "reports")


def _event(row: Mapping[str, Any], numbers: Mapping[str, int]) -> Row:
    told = dict.fromkeys(incident.rsplit(":", 2)[0] for incident in str(row["incident_ids"]).split(";"))
    return Row([*_cells(row, EVENT_COLUMNS), Cell(_links(told, numbers))], str(row["kind"]))


def _incident(row: Mapping[str, Any], text: str, numbers: Mapping[str, int]) -> Row:
    number = numbers.get(str(row["report_id"]))
    quote = _quote(row, text)
    words = Markup('<a href="#r{}"><bdi lang="ar" dir="rtl">{}</bdi></a>').format(number, quote)
    place = Markup("<bdi>{}</bdi> ({})").format(row["report_id"], row["number"])
    sure = Cell(escape(f"{row['confidence']:.2f}"), float(row["confidence"]))
    return Row([*_cells(row, INCIDENT_COLUMNS), Cell(words), Cell(place), sure], str(row["kind"]))


def _cells(row: Mapping[str, Any], columns: Iterable[str]) -> list[Cell]:
    return [
        Cell(both(lambda words, name=name: SAID[name](row, words) or "–"), sort_key(name, row))  # type: ignore[misc]
        for name in columns
        if name in SAID
    ]


def _quote(row: Mapping[str, Any], text: str) -> Markup:
    """The clause that says it, the trigger in bold, cut where it is long."""
    start, end = int(row["start"]), int(row["end"])
    first, last = max(int(row["evidence_start"]), start - QUOTED // 2), min(int(row["evidence_end"]), end + QUOTED // 2)
    before, after = text[first:start], text[end:last]
    if first > int(row["evidence_start"]):
        before = "… " + before.partition(" ")[2]
    if last < int(row["evidence_end"]):
        after = after.rpartition(" ")[0] + " …"
    return Markup("{}<b>{}</b>{}").format(before, text[start:end], after)


def _links(told: Iterable[str], numbers: Mapping[str, int]) -> Markup:
    return Markup(" ").join(
        Markup('<a href="#r{}"><bdi>{}</bdi></a>').format(numbers[report], report)
        if report in numbers
        else escape(report)
        for report in told
    )


def _report(row: Mapping[str, Any], number: int, incidents: pd.DataFrame) -> dict[str, Any]:
    evidence = str(show_evidence({**row, "title": None}, incidents, "both")).replace(STYLE, "", 1)
    published, url = row["published"], row["url"]
    return {
        "number": number,
        "id": row["report_id"],
        "title": _plain(row["title"]) if isinstance(row["title"], str) and row["title"] else _say("page_untitled"),
        "published": _say("page_undated") if pd.isna(published) else both(lambda words: words.day(published)),
        "source": _say("page_no_source") if pd.isna(row["source"]) else row["source"],
        "count": both(lambda words: words.count("incidents", len(incidents))),
        "kinds": " ".join(dict.fromkeys(incidents["kind"].astype(str))),
        "evidence": Markup(evidence),
        "url": url if isinstance(url, str) and urlsplit(url).scheme in ("http", "https") else None,
    }


def _by_date(table: pd.DataFrame) -> pd.DataFrame:
    """In the order of the last day that may be meant, so that years told at a stretch do not come before everything."""
    return table.sort_values(["date_end", "date_start"], kind="stable", na_position="last")


def _day(day: Any) -> Cell:
    if pd.isna(day):
        return Cell(Markup("–"), "")
    return Cell(both(lambda words: words.day(day)), f"{day:%Y-%m-%d}")


def _say(label: str) -> Markup:
    return both(lambda words: words.say(label))


def _plain(value: Any) -> Markup:
    return Markup("–") if pd.isna(value) else Markup('<bdi dir="auto">{}</bdi>').format(value)
