"""From incidents that tell of one act to the act: each field reconciled by a stated rule, contradictions kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.events.cluster import first_reported
from analysis.events.copies import find_copies
from analysis.events.reconcile import Telling, reconcile
from analysis.tables import EVENTS, INCIDENTS, RECONCILED, TableError, check_table, make_table


def collapse_events(clustered: pd.DataFrame, reports: pd.DataFrame | None = None) -> pd.DataFrame:
    """Make the events table (tables.EVENTS) of incidents that carry an `event_id`: one row per act.

    `clustered` comes from `cluster_incidents`; `reports` (tables.REPORTS) gives days of publication, outlets and texts.
    Without it every report counts as a source of its own and no day of publication is known. Events stand in the order
    of their first day, undated ones last. Rows that only sum up others (`summary`) make no event.

    The rules by field are those of `reconcile`. `n_sources` counts texts, not reports: copies of one text and reports
    of one outlet are one source. `grade` is in the manner of Airwars, read from the tellings alone:

    - contested: rival sides are named as having done it, or one telling says that it did not happen;
    - confirmed: two sources or more, and one of them rests on the word of the side that did it, of the military or of
      officials (Airwars asks that the attacker accept responsibility; whose military speaks is not known here);
    - fair: two sources or more;
    - weak: one source.

    Raises TableError where a table is broken or `event_id` is missing.
    """
    check_table(INCIDENTS, clustered)
    if "event_id" not in clustered.columns or clustered["event_id"].isna().any():
        raise TableError("incidents: event_id is missing; make it with cluster_incidents")
    rows = clustered[~clustered["summary"].astype(bool)]
    original, outlet = _original_texts(rows, reports), _outlets(reports)
    rows = rows.assign(_published=first_reported(rows["report_id"], reports).to_numpy())
    records: dict[str, list[dict[str, Any]]] = {}
    for record in rows.to_dict("records"):
        records.setdefault(record["event_id"], []).append(_plain(record))
    tellings = {event_id: _tellings(told, original, outlet) for event_id, told in records.items()}
    events = make_table(EVENTS, [_event(event_id, told) for event_id, told in tellings.items()])
    return events.sort_values(["date_start", "date_end", "event_id"], na_position="last").reset_index(drop=True)


def _plain(record: Mapping[Any, Any]) -> dict[str, Any]:
    """A row without NA: None instead."""
    return {
        str(name): None if value is pd.NA or value is pd.NaT or value != value else value
        for name, value in record.items()
    }


def _original_texts(rows: pd.DataFrame, reports: pd.DataFrame | None) -> dict[str, str]:
    """The report whose text each report copies; only reports that share an event are compared."""
    if reports is None:
        return {}
    several = rows.groupby("event_id")["report_id"].transform("nunique") > 1
    known = reports.drop_duplicates("report_id")
    compared = known[known["report_id"].isin(set(rows.loc[several, "report_id"]))]
    compared = compared.sort_values(["published", "report_id"])
    return dict(zip(compared["report_id"], find_copies(compared), strict=True))


def _outlets(reports: pd.DataFrame | None) -> dict[str, str]:
    if reports is None:
        return {}
    named = reports[reports["source"].notna()]
    return dict(zip(named["report_id"], named["source"], strict=True))


def _tellings(
    records: Sequence[dict[str, Any]], original: Mapping[str, str], outlet: Mapping[str, str]
) -> list[Telling]:
    """The rows of one event, each with the independent source behind it: one for copies of a text and for an outlet.

    Sources are found within the event: that one outlet once copied another does not make them one elsewhere.
    """
    label: dict[tuple[str, str], str] = {}
    for record in records:
        report = record["report_id"]
        keys = [("text", original.get(report, report))]
        if report in outlet:
            keys.append(("outlet", outlet[report]))
        known = {label[key] for key in keys if key in label} or {report}
        one = min(known)
        label = {key: one if name in known else name for key, name in label.items()}
        label.update(dict.fromkeys(keys, one))
    return [
        Telling(record, record.pop("_published"), label["text", original.get(record["report_id"], record["report_id"])])
        for record in records
    ]


def _event(event_id: str, told: Sequence[Telling]) -> dict[str, Any]:
    """One row of the events table."""
    fields, disagreements = reconcile(told)
    n_sources = len({telling.source for telling in told})
    published = [telling.published for telling in told if telling.published is not None]
    return {
        **{name: fields[name] for name in RECONCILED},
        "event_id": event_id,
        "confidence": max(telling.row["confidence"] for telling in told),
        "n_reports": len({telling.row["report_id"] for telling in told}),
        "n_sources": n_sources,
        "grade": _grade(told, n_sources, disagreements),
        "incident_ids": ";".join(telling.row["incident_id"] for telling in told),
        "first_reported": min(published, default=None),
        "disagreements": "; ".join(f"{name}: {values}" for name, values in disagreements.items()) or None,
    }


def _grade(told: Sequence[Telling], n_sources: int, disagreements: Mapping[str, str]) -> str:
    if "actor_side" in disagreements or "status" in disagreements:
        return "contested"
    if n_sources < 2:
        return "weak"
    own_word = any(telling.row["said_by"] in ("military", "official", "party") for telling in told)
    named = any(telling.row["actors"] for telling in told)
    return "confirmed" if own_word and named else "fair"
