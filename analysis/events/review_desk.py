"""What a person sees and does while reviewing incidents, without the widget that shows it.

A card is one incident in its report, small enough to send to a browser whatever the size of the tables. Every judgment
is a line in the file of corrections before the next card is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.actor_context import entities
from analysis.coding.coder import Coded
from analysis.coding.gazetteer import Gazetteer, default_gazetteer
from analysis.events.correction_fields import FIELDS, field_text
from analysis.events.correction_file import append_correction, corrections_of, corrections_table, read_corrections
from analysis.events.corrections import Corrected, apply_corrections
from analysis.events.judgments import Anchor, Correction, text_hash, withdrawn_lines
from analysis.events.review_card import Named, cut_pieces, find_named, marks_of, named_actors, named_places

NO_REASON = "read the report"
"""What stands for a reason where a reviewer gives none."""


class ReviewDesk:
    """Incidents in the order in which a person walks through them, and the file of what the person says.

    `coded` is what `code_reports` made of `reports`, before corrections: those in the file are applied to what is
    shown.
    """

    def __init__(
        self,
        coded: Coded,
        reports: pd.DataFrame,
        corrections: Path,
        coder: str,
        today: date,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        if "corrected" in coded.incidents.columns:
            raise ValueError("review: these incidents carry corrections already; give what code_reports made")
        missing = sorted(set(coded.incidents["report_id"]) - set(reports["report_id"]))
        if missing:
            raise ValueError(f"review: report {missing[0]} is not in `reports`; give the reports that were coded")
        if corrections.exists():
            read_corrections(corrections)  # a file that is none is refused before a person works for an hour
        self.coded, self.corrections, self.coder, self.today = coded, corrections, coder, today
        self.gazetteer = gazetteer or default_gazetteer()
        self._texts = reports.set_index("report_id")
        self._rows_of_report = coded.incidents.groupby("report_id").indices
        self._rows_of_incident = [
            frame.groupby("incident_id").indices for frame in (coded.participants, coded.locations)
        ]
        self._named: dict[str, list[Named]] = {}
        self.below, self.kind, self.least_sure_first = 1.0, "", False
        self.reason = ""
        self.remembered: Anchor | None = None
        self.queue: list[int] = []
        self.at = 0
        self.chosen: tuple[int, int] | None = None
        """The trigger of the incident shown where it is not the one of the queue: one clicked on, or added."""
        self.said: tuple[str, str] = ("", "")
        self._filter({})

    def card(self) -> dict[str, Any]:
        """What is shown now: plain values, ready for JSON."""
        message = {"tone": self.said[0], "text": self.said[1]}
        state = {
            "position": self.at + 1 if self.queue else 0,
            "total": len(self.queue),
            "filter": {"below": self.below, "kind": self.kind, "least_sure_first": self.least_sure_first},
            "reason": self.reason,
            "coder": self.coder,
            "file": str(self.corrections),
            "remembered": str(self.remembered or ""),
            "message": message,
        }
        if not self.queue:
            return state | {"report": None, "incident": None, "pieces": []}
        report_id, anchor = self._here()
        report = self._texts.loc[report_id]
        corrected = self._corrected(report_id)
        rows = corrected.coded.incidents.to_dict("records")
        shown = next((row for row in rows if (row["start"], row["end"]) == (anchor.start, anchor.end)), None)
        return state | {
            "report": {
                "id": report_id,
                "title": _said(report.get("title")),
                "source": _said(report.get("source")),
                "published": _said(report.get("published"))[:10],
            },
            "pieces": [
                {"start": piece.start, "text": piece.text, "marks": list(piece.marks)}
                for piece in cut_pieces(report["text"], marks_of(corrected.coded, rows, shown))
            ],
            "incident": self._incident(shown, anchor, report["text"]),
            "unfit": [f"line {row['line']}: {row['why']}" for row in corrected.unfit.to_dict("records")],
        }

    def take(self, message: Mapping[str, Any]) -> None:
        """Do what a person asked (`do` is the verb); what cannot be done is said on the next card."""
        verbs: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "next": lambda _: self._move(1),
            "previous": lambda _: self._move(-1),
            "choose": self._choose,
            "filter": self._filter,
            "change": self._change,
            "remove": self._remove,
            "add": self._add,
            "undo": self._undo,
            "remember": self._remember,
            "together": self._pair,
            "apart": self._pair,
        }
        self.reason = str(message.get("reason", self.reason))
        self.said = ("", "")
        try:
            verbs[str(message.get("do"))](message)
        except (ValueError, KeyError, TypeError, OSError) as error:
            self.said = ("error", str(error))

    def find(self, what: str, query: str) -> list[dict[str, str]]:
        """Actors or places (`what`) by any of their names: id, ar, en, more; none for anything else."""
        if what not in self._named:
            makers = {"actors": named_actors, "places": lambda: named_places(self.gazetteer)}
            self._named[what] = makers[what]() if what in makers else []
        return [
            {"id": thing.id, "ar": thing.ar, "en": thing.en, "more": thing.more}
            for thing in find_named(query, self._named[what])
        ]

    def _here(self) -> tuple[str, Anchor]:
        row = self.coded.incidents.iloc[self.queue[self.at]]
        start, end = self.chosen or (int(row["start"]), int(row["end"]))
        return row["report_id"], self._anchor(row["report_id"], start, end)

    def _anchor(self, report_id: str, start: int, end: int) -> Anchor:
        return Anchor(report_id, text_hash(self._texts.at[report_id, "text"]), start, end)

    def _corrected(self, report_id: str) -> Corrected:
        """One report with its corrections."""
        incidents = self.coded.incidents.iloc[self._rows_of_report[report_id]].reset_index(drop=True)
        parts = []
        for frame, places in zip((self.coded.participants, self.coded.locations), self._rows_of_incident, strict=True):
            rows = [at for key in incidents["incident_id"] for at in places.get(key, ())]
            parts.append(frame.iloc[rows].reset_index(drop=True))
        report = self._texts.loc[[report_id]].reset_index()
        lines = self._lines()
        mine = lines[(lines["report_id"] == report_id) & ~lines["verb"].isin(("together", "apart"))]
        mine = mine[~((mine["verb"] == "withdraw") & mine["field"].isin(("together", "apart")))]
        mine.attrs = {}
        return apply_corrections(Coded(incidents, *parts), mine, report, strict=False, gazetteer=self.gazetteer)

    def _lines(self) -> pd.DataFrame:
        return read_corrections(self.corrections) if self.corrections.exists() else corrections_table([])

    def _incident(self, shown: Mapping[str, Any] | None, anchor: Anchor, text: str) -> dict[str, Any]:
        """The fields of the incident shown, as corrections write them."""
        base = {"anchor": str(anchor), "words": text[anchor.start : anchor.end], "removed": shown is None}
        if shown is None:
            return base | {"fields": {}, "confidence": None, "corrected": [], "names": {}}
        named = {key: [entities()[key]["name_ar"], entities()[key]["name_en"]] for key in self._actors(shown)}
        place = self.gazetteer.places.get(_said(shown["place_id"]))
        return base | {
            "fields": {name: field_text(shown, name) for name in FIELDS},
            "confidence": float(shown["confidence"]),
            "corrected": _said(shown["corrected"]).split(";") if _said(shown["corrected"]) else [],
            "names": named | ({place.id: [place.name_ar, place.name_en]} if place else {}),
        }

    @staticmethod
    def _actors(shown: Mapping[str, Any]) -> list[str]:
        ids = ";".join(_said(shown[name]) for name in ("actors", "targets")).split(";")
        return [key for key in ids if key in entities()]

    def _move(self, step: int) -> None:
        if not self.queue:
            raise ValueError("no incident passes the filter; widen it")
        at = self.at + step
        if not 0 <= at < len(self.queue):
            self.said = ("note", "this is the last one" if step > 0 else "this is the first one")
            return
        self.at, self.chosen = at, None

    def _choose(self, message: Mapping[str, Any]) -> None:
        start, end = int(message["start"]), int(message["end"])
        self._check_span(start, end)
        self.chosen = (start, end)

    def _filter(self, message: Mapping[str, Any]) -> None:
        self.below = float(message.get("below", self.below))
        self.kind = str(message.get("kind", self.kind))
        self.least_sure_first = bool(message.get("least_sure_first", self.least_sure_first))
        rows = self.coded.incidents
        kept = rows["confidence"] <= self.below
        if self.kind:
            kept &= rows["kind"] == self.kind
        confidence = rows["confidence"].to_numpy()
        self.queue = kept.to_numpy().nonzero()[0].tolist()
        if self.least_sure_first:
            self.queue.sort(key=lambda position: confidence[position])
        self.at, self.chosen = 0, None

    def _change(self, message: Mapping[str, Any]) -> None:
        name, now = str(message["field"]), str(message["now"])
        shown = self._shown()
        was = field_text(shown, name) if name in FIELDS else ""
        if was != now:
            self._check_place(name, now)
            self._write("change", name, was, now)

    def _check_place(self, name: str, now: str) -> None:
        if name == "place" and now and now not in self.gazetteer.places:
            raise ValueError(f"{now!r} is no place of the table; choose one of the list")
        if name == "place_spans":
            for part in filter(None, now.split(";")):
                self._check_span(*map(int, part.split("-")))

    def _remove(self, message: Mapping[str, Any]) -> None:
        self._write("remove", "", str(self._shown()["kind"]), "")

    def _add(self, message: Mapping[str, Any]) -> None:
        start, end = int(message["start"]), int(message["end"])
        self._check_span(start, end)
        report_id, _ = self._here()
        rows = self._corrected(report_id).coded.incidents
        if ((rows["start"] == start) & (rows["end"] == end)).any():
            raise ValueError("an incident is coded on these words; choose others")
        self._write("add", "", "", str(message["kind"]), self._anchor(report_id, start, end))
        self.chosen = (start, end)

    def _undo(self, message: Mapping[str, Any]) -> None:
        """Take back the last judgment on the incident shown."""
        _, anchor = self._here()
        lines = corrections_of(self._lines())
        withdrawn = withdrawn_lines(lines)
        dead = {n for taken_back in withdrawn.values() for n in taken_back} | set(withdrawn)
        for n in reversed(range(len(lines))):
            if n not in dead and lines[n].anchor == anchor:
                line = lines[n]
                self._write("withdraw", line.field if line.verb == "change" else line.verb, line.was, line.now)
                if line.verb == "add":
                    self.chosen = None
                return
        self.said = ("note", "nothing was said of this incident")

    def _remember(self, message: Mapping[str, Any]) -> None:
        self._shown()
        _, self.remembered = self._here()

    def _pair(self, message: Mapping[str, Any]) -> None:
        if self.remembered is None:
            raise ValueError("remember the other incident first")
        self._shown()
        self._write(str(message["do"]), "", "", str(self.remembered))

    def _shown(self) -> Mapping[str, Any]:
        if not self.queue:
            raise ValueError("no incident is shown")
        report_id, anchor = self._here()
        for row in self._corrected(report_id).coded.incidents.to_dict("records"):
            if (row["start"], row["end"]) == (anchor.start, anchor.end):
                return row
        raise ValueError("this is judged to be no incident; take that back first")

    def _check_span(self, start: int, end: int) -> None:
        report_id, _ = self._here()
        if not 0 <= start < end <= len(self._texts.at[report_id, "text"]):
            raise ValueError(f"{start}-{end} is no stretch of this report; mark some words")

    def _write(self, verb: str, name: str, was: str, now: str, anchor: Anchor | None = None) -> None:
        anchor = anchor or self._here()[1]
        line = Correction(
            anchor.report_id,
            anchor.text_hash,
            anchor.start,
            anchor.end,
            self._texts.at[anchor.report_id, "text"][anchor.start : anchor.end],
            verb,
            name,
            was,
            now,
            self.reason.strip() or NO_REASON,
            self.coder,
            self.today.isoformat(),
        )
        append_correction(self.corrections, line)
        self.said = ("saved", f"written to {self.corrections.name}: {' '.join(filter(None, (verb, name, now)))}")


def _said(value: Any) -> str:
    return "" if value is None or value is pd.NA or value is pd.NaT or value != value else str(value)
