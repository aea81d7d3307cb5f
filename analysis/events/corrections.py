"""A person's word on single incidents, applied after coding; what no longer fits is listed and never skipped.

A correction is anchored in the words it is about: the hash of the report's text and a stretch of it. It holds for the
incident whose trigger is that stretch, or overlaps it most. What may become of a line (`Corrected.report`):

applied       done; a second line that says the same counts as applied too
withdrawn     a later line takes it back
already so    the program now says by itself what the line wants; withdraw the line (`withdraw_correction`)
outdated      the program no longer says what `was` holds
orphaned      the report, its text or the incident is no longer there
conflicting   another line says otherwise about the same thing; neither is applied
set aside     the line cannot be read
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.coder import Coded
from analysis.coding.gazetteer import Gazetteer
from analysis.events.correction_fields import read_field
from analysis.events.correction_file import append_correction as append_correction
from analysis.events.correction_file import corrections_of
from analysis.events.correction_file import read_corrections as read_corrections
from analysis.events.correction_file import withdraw_correction as withdraw_correction
from analysis.events.correction_file import write_corrections as write_corrections
from analysis.events.correction_merge import compare_corrections as compare_corrections
from analysis.events.correction_merge import merge_corrections as merge_corrections
from analysis.events.correction_rows import (
    APPLIED,
    Fate,
    Row,
    Texts,
    add_row,
    change_row,
    find_row,
    load_rows,
    rebuild,
    remove_row,
)
from analysis.events.judged_pairs import JudgedPair, judge_pairs
from analysis.events.judgments import Anchor as Anchor
from analysis.events.judgments import Correction as Correction
from analysis.events.judgments import text_hash as text_hash
from analysis.events.judgments import withdrawn_lines
from analysis.tables import set_aside

OUTCOMES = ("applied", "withdrawn", "already so", "outdated", "orphaned", "conflicting", "set aside")
FIT = ("applied", "withdrawn")
REPORT = "file line outcome why cure report_id verb field was now reason coder date".split()


class CorrectionError(ValueError):
    """Corrections that no longer fit; the message lists them, `corrected` is what came of the others."""

    def __init__(self, corrected: Corrected) -> None:
        self.corrected = corrected
        unfit = corrected.unfit.to_dict("records")
        lines = [f"{row['file']}, line {row['line']}: {row['outcome']}: {row['why']}; {row['cure']}" for row in unfit]
        super().__init__("\n".join([f"corrections that do not fit: {len(lines)}", *lines]))


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of corrections: the tables, the pairs for `cluster_incidents`, and the fate of every line."""

    coded: Coded
    """Its incidents carry one more column, `corrected` (string): what a person said of the row, NA where nothing."""
    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
    report: pd.DataFrame
    """One row a line: file, line, outcome, why, cure, then what the line says (strings; line Int64)."""

    @property
    def unfit(self) -> pd.DataFrame:
        """The lines that do not fit: file, line, outcome, why, cure."""
        return self.report.loc[~self.report["outcome"].isin(FIT), REPORT[:5]].reset_index(drop=True)


def apply_corrections(
    coded: Coded,
    corrections: pd.DataFrame | str | Path,
    reports: pd.DataFrame,
    *,
    strict: bool = True,
    gazetteer: Gazetteer | None = None,
) -> Corrected:
    """Apply corrections (a table of `read_corrections`, or its file) to what `code_reports` made of `reports`.

    Lines are applied in the order of the file, each only where its `was` holds. What a person adds has confidence 1;
    an actor or a place that a person names without pointing at its words stands in the long tables at the trigger.
    With `strict`, lines that do not fit raise CorrectionError after all lines were tried; its `corrected` is the
    result without them. Without, they are in `unfit` and the caller says so. `gazetteer`: more places than the
    package's. Raises TableError where a corrected row breaks a promise of the tables.
    """
    if not isinstance(corrections, pd.DataFrame):
        corrections = read_corrections(corrections)
    lines = corrections_of(corrections)
    fates: dict[int, Fate] = {}
    for n, taken_back in withdrawn_lines(lines).items():
        nothing = Fate("orphaned", f"no earlier line on these words is about {lines[n].field}", "mend this line")
        fates[n] = APPLIED if taken_back else nothing
        fates.update(dict.fromkeys(taken_back, Fate("withdrawn", f"taken back by {{lines:[{n}]}}")))
    texts = Texts(reports, {line.report_id for line in lines})
    where = {n: _reports_of(line, texts) for n, line in enumerate(lines) if n not in fates}
    found = {n: report_ids for n, report_ids in where.items() if not isinstance(report_ids, Fate)}
    fates.update({n: fate for n, fate in where.items() if isinstance(fate, Fate)})
    rows = load_rows(coded.incidents, {report_id for report_ids in found.values() for report_id in report_ids})
    for n, report_ids in found.items():
        if lines[n].verb in ("change", "add", "remove"):
            _judge_incident(n, lines[n], rows[report_ids[0]], report_ids[0], texts, fates, gazetteer)
    together, apart = _judge_pairs(found, lines, rows, fates)
    corrected = Corrected(rebuild(coded, rows), together, apart, _report(corrections, fates))
    if strict and len(corrected.unfit):
        raise CorrectionError(corrected)
    return corrected


def _reports_of(line: Correction, texts: Texts) -> tuple[str, ...] | Fate:
    """The reports that a line is about, one or two; else why there is none."""
    anchors = (line.anchor, line.other) if line.verb in ("together", "apart") else (line.anchor,)
    found: list[str] = []
    for anchor in anchors:
        report = texts.find(anchor)
        if isinstance(report, Fate):
            return report
        found.append(report)
    return tuple(found)


def _judge_incident(
    n: int,
    line: Correction,
    rows: list[Row],
    report_id: str,
    texts: Texts,
    fates: dict[int, Fate],
    gazetteer: Gazetteer | None,
) -> None:
    if line.verb == "add":
        add_row(rows, report_id, texts.by_id[report_id], n, line, fates)
        return
    row = find_row(rows, line.start, line.end)
    if row is None:
        fates[n] = _no_incident(report_id, line.anchor)
    elif line.verb == "remove":
        remove_row(row, n, line, fates)
    else:
        try:
            columns = read_field(line.field, line.now, gazetteer)
        except ValueError as error:
            reason, _, cure = str(error).partition("; ")
            fates[n] = Fate("set aside", reason, cure)
        else:
            change_row(row, n, line, fates, columns)


def _judge_pairs(
    found: dict[int, tuple[str, ...]], lines: list[Correction], rows: dict[str, list[Row]], fates: dict[int, Fate]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    judged: list[JudgedPair] = []
    for n, report_ids in found.items():
        line = lines[n]
        if line.verb not in ("together", "apart"):
            continue
        ids = []
        for report_id, anchor in zip(report_ids, (line.anchor, line.other), strict=True):
            row = find_row(rows[report_id], anchor.start, anchor.end)
            if row is None or row.removed_by is not None:
                fates[n] = _no_incident(report_id, anchor)
                break
            ids.append(row.values["incident_id"])
        if n in fates:
            continue
        if ids[0] == ids[1]:
            outcome = "already so" if line.verb == "together" else "outdated"
            fates[n] = Fate(outcome, "the program now codes the two as one incident", "look again; withdraw this line")
        else:
            judged.append(JudgedPair(n, (ids[0], ids[1]), line.verb == "together"))
    return judge_pairs(judged, fates)


def _no_incident(report_id: str, anchor: Anchor) -> Fate:
    why = f"no incident is coded at {anchor.start}-{anchor.end} of {report_id} any more"
    return Fate("orphaned", why, "look again; withdraw this line and judge anew")


def _report(corrections: pd.DataFrame, fates: dict[int, Fate]) -> pd.DataFrame:
    """One row a line, in the order of the file, with those that could not be read."""
    named = [f"{row['file']}, line {row['line']}" for row in corrections.to_dict("records")]

    def lines(match: re.Match[str]) -> str:
        return " and ".join(named[int(n)] for n in re.findall(r"\d+", match[1]))

    rows: list[dict[str, Any]] = []
    for n, line in enumerate(corrections.to_dict("records")):
        why = re.sub(r"\{lines:\[([\d, ]*)\]\}", lines, fates[n].why)
        rows.append(line | {"outcome": fates[n].outcome, "why": why, "cure": fates[n].cure})
    for row in set_aside(corrections).to_dict("records"):
        rows.append(
            {
                "file": row["file"],
                "line": row["line"],
                "outcome": "set aside",
                "why": row["reason"],
                "cure": row["cure"],
            }
        )
    frame = pd.DataFrame(rows, columns=REPORT).sort_values(["file", "line"], kind="stable").reset_index(drop=True)
    return frame.astype({name: "Int64" if name == "line" else "string" for name in REPORT})
