"""The incidents that corrections are about: found by their anchors, changed line by line, put back into the tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding.coder import Coded
from analysis.coding.sentences import find_sentences
from analysis.coding.text import fold
from analysis.events.correction_fields import field_text, same_value
from analysis.events.judgments import Anchor, Correction, text_hash
from analysis.events.pairing import overlap
from analysis.tables import INCIDENTS, LOCATIONS, PARTICIPANTS, Table, make_table


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a line; see `corrections.OUTCOMES`."""

    outcome: str
    why: str = ""
    cure: str = ""


APPLIED = Fate("applied")


@dataclass(frozen=True, slots=True)
class Said:
    """A change that a line (its number) made; the columns as they stood before are kept, to take it back."""

    line: int
    field: str
    was: str
    now: str
    before: Mapping[str, Any]


@dataclass(slots=True)
class Row:
    """An incident while lines are applied to it."""

    values: dict[str, Any]
    position: int
    """Its place in the table, that of its report's last row for one that was added."""
    added_by: int | None = None
    removed_by: int | None = None
    said: list[Said] = field(default_factory=list)
    disputed: dict[tuple[str, str], int] = field(default_factory=dict)
    """(field, was) of changes that lines disagree on, with the first line of them."""

    @property
    def span(self) -> tuple[int, int]:
        """Its trigger."""
        return self.values["start"], self.values["end"]


class Texts:
    """The texts that anchors are in, by report and by hash."""

    def __init__(self, reports: pd.DataFrame, report_ids: Collection[str]) -> None:
        named = reports[reports["report_id"].isin(list(report_ids))]
        self.by_id: dict[str, str] = dict(zip(named["report_id"], named["text"], strict=True))
        self._hashes = {report_id: text_hash(text) for report_id, text in self.by_id.items()}
        self._reports = reports
        self._by_hash: dict[str, list[str]] | None = None

    def find(self, anchor: Anchor) -> str | Fate:
        """The id of the report that an anchor is in, also where it was given a new id; else why there is none."""
        if self._hashes.get(anchor.report_id) == anchor.text_hash:
            return anchor.report_id
        if self._by_hash is None:
            self._by_hash = {}
            for report_id, text in zip(self._reports["report_id"], self._reports["text"], strict=True):
                self.by_id.setdefault(report_id, text)
                self._by_hash.setdefault(text_hash(text), []).append(report_id)
        same = self._by_hash.get(anchor.text_hash, [])
        if len(same) == 1:
            return same[0]
        if len(same) > 1:
            why = f"there is no report {anchor.report_id}, and its text stands in {', '.join(same[:3])}"
        elif anchor.report_id in self._hashes:
            why = f"the text of {anchor.report_id} is no longer the one that was judged"
        else:
            why = f"there is no report {anchor.report_id} nor another with its text"
        return Fate("orphaned", why, "judge the report anew and withdraw this line")


def load_rows(incidents: pd.DataFrame, report_ids: Collection[str]) -> dict[str, list[Row]]:
    """The incidents of some reports, to be changed."""
    rows: dict[str, list[Row]] = {report_id: [] for report_id in report_ids}
    about = incidents["report_id"].isin(list(report_ids)).to_numpy()
    for position, values in zip(about.nonzero()[0], incidents[about].to_dict("records"), strict=True):
        plain = {str(name): None if _missing(value) else value for name, value in values.items()}
        rows[str(plain["report_id"])].append(Row(plain, int(position)))
    return rows


def find_row(rows: Sequence[Row], start: int, end: int) -> Row | None:
    """The incident an anchor means: its trigger is the anchor, or else overlaps it most; removed ones come last."""
    exact = [row for row in rows if row.span == (start, end)]
    near = [row for row in rows if overlap(row.span, (start, end))]
    near.sort(key=lambda row: -(min(row.span[1], end) - max(row.span[0], start)))
    for found in (exact, near):
        for row in sorted(found, key=lambda row: row.removed_by is not None):
            return row
    return None


def change_row(row: Row, n: int, line: Correction, fates: dict[int, Fate], columns: Mapping[str, Any]) -> None:
    """Fill one field of an incident as line `n` says; `columns` are the values that `read_field` made of it."""
    name = line.field
    current = field_text(row.values, name)
    if row.removed_by is not None:
        _dispute(fates, n, [row.removed_by], "whether this is an incident at all")
        row.removed_by = None
    elif (key := (name, line.was)) in row.disputed:
        _dispute(fates, n, [row.disputed[key]], f"{name}")
    elif same_value(name, current, line.was):
        row.said.append(Said(n, name, line.was, line.now, {column: row.values[column] for column in columns}))
        row.values.update(columns)
        fates[n] = APPLIED
    elif any(said.field == name and said.now == line.now and said.was == line.was for said in row.said):
        fates[n] = APPLIED
    elif rivals := [said for said in row.said if said.field == name and same_value(name, said.was, line.was)]:
        undone = [said for said in row.said if said.field == name and said.line >= rivals[0].line]
        _dispute(fates, n, [said.line for said in undone], f"{name}")
        row.disputed[key] = rivals[0].line
        row.values.update(undone[0].before)
        row.said = [said for said in row.said if said not in undone]
    elif same_value(name, current, line.now):
        fates[n] = Fate("already so", f"the program now codes {name} {current!r} by itself", "withdraw this line")
    else:
        why = f"{name} was {line.was!r} when this was judged and is {current!r} now"
        fates[n] = Fate("outdated", why, "look again; withdraw this line and judge anew")


def remove_row(row: Row, n: int, line: Correction, fates: dict[int, Fate]) -> None:
    """Take an incident out as line `n` says."""
    if row.removed_by is None and row.values["kind"] != line.was:
        why = f"the incident was of kind {line.was!r} when this was judged and is {row.values['kind']!r} now"
        fates[n] = Fate("outdated", why, "look again; withdraw this line and judge anew")
        return
    if row.removed_by is None:
        row.removed_by = n
    fates[n] = APPLIED


def add_row(rows: list[Row], report_id: str, text: str, n: int, line: Correction, fates: dict[int, Fate]) -> None:
    """Add an incident as line `n` says, with its kind and nothing else."""
    if line.end > len(text):
        why = f"the words end at {line.end}, the text of {report_id} at {len(text)}"
        fates[n] = Fate("orphaned", why, "mend start and end")
        return
    for row in rows:
        if row.removed_by is None and overlap(row.span, (line.start, line.end)):
            kind = row.values["kind"]
            if row.added_by is not None and row.span == (line.start, line.end):
                if kind == line.now:
                    fates[n] = APPLIED
                else:
                    _dispute(fates, n, [row.added_by], "the kind of the incident added")
                    row.removed_by = row.added_by
                return
            if kind == line.now:
                fates[n] = Fate("already so", f"the program now codes this {kind} by itself", "withdraw this line")
                return
    position = max((row.position for row in rows), default=10**9)
    rows.append(Row(_added(rows, report_id, text, line), position, added_by=n))
    fates[n] = APPLIED


def rebuild(coded: Coded, rows: Mapping[str, Sequence[Row]]) -> Coded:
    """The three tables with the changed rows in them, in the order of the coder, an added one after its report's."""
    old = coded.incidents
    touched = [row for report in rows.values() for row in report if row.said or _came_or_went(row)]
    kept = [row for row in touched if row.removed_by is None]
    replaced = [row.position for row in touched if row.added_by is None]
    stay = np.setdiff1d(np.arange(len(old)), replaced)
    made = make_table(INCIDENTS, [{name: row.values.get(name) for name in INCIDENTS.names} for row in kept])
    for name in old.columns.difference(INCIDENTS.names):
        made[name] = pd.Series([row.values.get(name) for row in kept], dtype=old[name].dtype)
    order = np.concatenate([stay, [row.position + 0.5 * (row.added_by is not None) for row in kept]])
    incidents = pd.concat([old.iloc[stay], made], ignore_index=True) if kept else old.iloc[stay]
    incidents = incidents.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)
    told = incidents["incident_id"].map({row.values["incident_id"]: _told(row) for row in kept}).astype("string")
    incidents["corrected"] = told.fillna(incidents["corrected"]) if "corrected" in incidents.columns else told
    ids = [row.values["incident_id"] for row in touched]
    people, spots = _parts_of(coded.participants, ids), _parts_of(coded.locations, ids)
    with_people = [part for row in kept for part in _participants(row, people)]
    with_places = [part for row in kept for part in _locations(row, spots)]
    return replace(
        coded,
        incidents=incidents,
        participants=_long(PARTICIPANTS, coded.participants, ids, with_people),
        locations=_long(LOCATIONS, coded.locations, ids, with_places),
    )


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _came_or_went(row: Row) -> bool:
    return row.added_by is not None or row.removed_by is not None


def _told(row: Row) -> str:
    """What a person said of a row: 'added', and the fields that were changed."""
    return ";".join(dict.fromkeys(["added"] * (row.added_by is not None) + [said.field for said in row.said]))


def _dispute(fates: dict[int, Fate], n: int, rivals: Sequence[int], about: str) -> None:
    """Set aside line `n` and the lines it contradicts, each naming the others."""
    for line in (n, *rivals):
        others = [other for other in (*rivals, n) if other != line]
        fates[line] = Fate(
            "conflicting", f"disagrees on {about} with {{lines:{others}}}", "withdraw all but one of them"
        )


def _added(rows: Sequence[Row], report_id: str, text: str, line: Correction) -> dict[str, Any]:
    said_in = [s for s in find_sentences(fold(text)) if s.start <= line.start < s.end]
    start, end = (said_in[0].start, max(said_in[0].end, line.end)) if said_in else (line.start, line.end)
    taken = {row.values["incident_id"] for row in rows}
    incident_id = f"{report_id}:{line.start}:{line.now}"
    while incident_id in taken:
        incident_id += ":added"
    return dict.fromkeys(INCIDENTS.names) | {
        "incident_id": incident_id,
        "report_id": report_id,
        "start": line.start,
        "end": line.end,
        "evidence_start": start,
        "evidence_end": end,
        "kind": line.now,
        "status": "happened",
        "background": False,
        "summary": False,
        "actors": "",
        "targets": "",
        "place_spans": "",
        "confidence": 1.0,
    }


def _long(table: Table, old: pd.DataFrame, ids: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A long table without the rows of some incidents, and with new ones for them."""
    stay = old[~old["incident_id"].isin(ids)]
    return pd.concat([stay, make_table(table, rows)], ignore_index=True) if rows else stay.reset_index(drop=True)


def _parts_of(table: pd.DataFrame, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a long table by incident, for some incidents, NA as None."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for part in table[table["incident_id"].isin(ids)].to_dict("records"):
        plain = {str(name): None if _missing(value) else value for name, value in part.items()}
        parts.setdefault(str(plain["incident_id"]), []).append(plain)
    return parts


def _participants(row: Row, people: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    key = row.values["incident_id"]
    known = people.get(key, [])
    parts = []
    for role in ("actor", "target"):
        for actor in (row.values[f"{role}s"] or "").split(";"):
            named = [part for part in known if part["role"] == role and part["actor_id"] == actor]
            pointed = {"incident_id": key, "role": role, "actor_id": actor, "start": row.span[0], "end": row.span[1]}
            parts += named or ([pointed] if actor else [])
    return parts


def _locations(row: Row, places: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    key, place, exactness = (row.values[name] for name in ("incident_id", "place_id", "place_precision"))
    known = places.get(key, [])
    changed = {said.field for said in row.said}
    parts = [part for part in known if part["role"] == "origin" or not changed & {"place", "place_spans"}]
    if not changed & {"place", "place_spans"}:
        return parts
    parts_of_spans = [span.split("-") for span in (row.values["place_spans"] or "").split(";") if span]
    spans = [(int(start), int(end)) for start, end in parts_of_spans]
    named = {(part["start"], part["end"]): part for part in known if part["role"] == "place"}
    for number, span in enumerate(spans or ([row.span] if place else [])):
        new = {"incident_id": key, "role": "place", "start": span[0], "end": span[1]}
        if number == 0:
            parts.append(new | {"place_id": place, "precision": exactness})
        else:
            parts.append(named.get(span, new | {"place_id": None, "precision": None}))
    return parts
