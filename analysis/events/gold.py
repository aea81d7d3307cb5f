"""Hand-coded reports, in the file format of the codebook, and files of incidents to compare with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.events.pairing import CodedAct, Span, day_of
from analysis.tables import REPORTS, make_table

_GUARD = r"^'(?=[=+\-@\t\r])"
"""The apostrophe that a written CSV has before a cell that a spreadsheet would run."""


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One hand-coded report: its text, its incidents, and the stretches of leads that only sum up."""

    report_id: str
    text: str
    published: str | None
    title: str | None
    source: str | None
    acts: tuple[CodedAct, ...]
    summaries: tuple[Span, ...]


def read_gold(path: str | Path) -> list[GoldReport]:
    """Read hand-coded reports, one JSON object a line (data/CODEBOOK.md, 13).

    Raises ValueError naming file and line where one cannot be read: a measure over a part of the gold would mislead.
    """
    path = Path(path)
    gold = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            gold.append(_gold_report(json.loads(line)))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            said = f"lacks {error}" if isinstance(error, KeyError) else str(error)
            raise ValueError(f"{path.name}, line {number}: {said}; see the file format in the codebook") from error
    if not gold:
        raise ValueError(f"{path.name}: no coded report in it; give JSON lines in the format of the codebook")
    return gold


def reports_of_gold(gold: Sequence[GoldReport]) -> pd.DataFrame:
    """The reports table (tables.REPORTS) of hand-coded reports, to be coded by the program."""
    names = ("report_id", "text", "published", "title", "source")
    return make_table(REPORTS, [{name: getattr(report, name) for name in names} for report in gold])


def incidents_of_gold(gold: Sequence[GoldReport]) -> pd.DataFrame:
    """The incidents of hand-coded reports as rows, text and number columns as tables.INCIDENTS has them.

    What another coder's table is compared by: report_id, start, end, kind, status, background, date_start, date_end,
    date_basis, actors, targets, place_spans, weapon, killed_min ... wounded_max, said_by. Ids are made of report,
    offset, kind and number.
    """
    rows = [
        {
            "incident_id": f"{report.report_id}:{act.triggers[0][0]}:{act.kind}:{number}",
            "report_id": report.report_id,
            "start": act.triggers[0][0],
            "end": act.triggers[0][1],
            "kind": act.kind,
            "status": act.status,
            "background": act.background,
            "date_start": pd.Timestamp(act.days[0]) if act.days[0] else pd.NaT,
            "date_end": pd.Timestamp(act.days[1]) if act.days[1] else pd.NaT,
            "date_basis": act.date_basis or None,
            "actors": ";".join(sorted(act.actors)),
            "targets": ";".join(sorted(act.targets)),
            "place_spans": ";".join(f"{start}-{end}" for start, end in act.places),
            "weapon": act.weapon or None,
            "killed_min": act.killed[0],
            "killed_max": act.killed[1],
            "wounded_min": act.wounded[0],
            "wounded_max": act.wounded[1],
            "said_by": act.said_by or None,
        }
        for report in gold
        for number, act in enumerate(report.acts, 1)
    ]
    frame = pd.DataFrame(rows)
    return frame.astype(dict.fromkeys(("killed_min", "killed_max", "wounded_min", "wounded_max"), "Int64"))


def read_incidents(path: str | Path) -> pd.DataFrame:
    """Read a file of incidents: CSV (cells as text), JSON lines, Parquet, or JSON lines in the gold format.

    Raises ValueError for another ending or a file that cannot be parsed.
    """
    path = Path(path)
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    if path.suffix in (".jsonl", ".json"):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
        if lines and "incidents" in lines[0]:
            return incidents_of_gold(read_gold(path))
        return pd.DataFrame(lines)
    if path.suffix in (".csv", ".tsv"):
        tabs = "\t" if path.suffix == ".tsv" else ","
        try:
            table = pd.read_csv(path, sep=tabs, dtype="string", keep_default_na=False, encoding="utf-8-sig")
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise ValueError(f"{path.name}: {error}; give the incidents.csv that rasd wrote") from error
        return table.apply(lambda column: column.str.replace(_GUARD, "", regex=True))
    raise ValueError(f"{path.name}: incidents are read from .csv, .tsv, .jsonl or .parquet")


def _gold_report(record: Mapping[str, Any]) -> GoldReport:
    report = record["report"]
    return GoldReport(
        report_id=str(report["report_id"]),
        text=str(report["text"]),
        published=report.get("published") or None,
        title=report.get("title") or None,
        source=report.get("source") or None,
        acts=tuple(_gold_act(incident) for incident in record["incidents"]),
        summaries=tuple(_span(mention) for mention in record.get("summary_mentions", [])),
    )


def _gold_act(incident: Mapping[str, Any]) -> CodedAct:
    if not incident["triggers"]:
        raise ValueError("an incident without a trigger")
    first, last = incident.get("date") or (None, None)
    return CodedAct(
        triggers=tuple(_span(trigger) for trigger in incident["triggers"]),
        kind=incident["kind"],
        kinds_ok=tuple(incident.get("kinds_ok") or [incident["kind"]]),
        status=incident["status"],
        background=bool(incident["background"]),
        days=(day_of(first), day_of(last)),
        actors=frozenset(incident["actors"]),
        targets=frozenset(incident["targets"]),
        places=tuple(_span(place) for place in incident["places"]),
        killed=_count(incident.get("killed")),
        wounded=_count(incident.get("wounded")),
        date_basis=incident.get("date_basis") or "",
        weapon=incident.get("weapon") or "",
        said_by=incident.get("said_by") or "",
        name=str(incident["triggers"][0].get("quote", "")),
    )


def _span(quoted: Mapping[str, Any]) -> Span:
    start, end = quoted["span"]
    return int(start), int(end)


def _count(value: Sequence[int | None] | None) -> tuple[int | None, int | None]:
    return (value[0], value[1]) if value is not None else (None, None)
