"""Two coders' files of corrections side by side, and as one."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.events.correction_fields import same_value
from analysis.events.correction_file import corrections_of
from analysis.events.judgments import Anchor, Correction, withdrawn_lines
from analysis.tables import with_set_aside

Key = tuple[Anchor, str]
COMPARED = "report_id start end quote about outcome a b lines_a lines_b coder_a coder_b".split()


@dataclass(frozen=True, slots=True)
class MergedCorrections:
    """One table of corrections out of two, and what the two disagree on, which is in none."""

    corrections: pd.DataFrame
    """As `read_corrections` returns it; `write_corrections` writes it."""
    conflicts: pd.DataFrame
    """The rows of `compare_corrections` whose outcome is 'conflict'."""


@dataclass(frozen=True, slots=True)
class _Judgment:
    """What one file says in the end about one thing."""

    now: str
    rows: tuple[int, ...]
    quote: str


def compare_corrections(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Say, for everything that either of two tables of corrections judges, whether they agree.

    One row a judgment: report_id, start, end, quote, about (the field; 'incident' for add and remove; 'one act with
    ...'), outcome ('same', 'conflict', 'only a', 'only b'), what `a` and `b` say in the end, with file and lines, and
    by whom (strings; start, end int64). Lines taken back are left out. A change to what the other calls no incident is
    a conflict.
    """
    ours, theirs = _judgments(a), _judgments(b)
    rows = []
    for key in sorted({**ours, **theirs}, key=lambda key: (key[0].report_id, key[0].start, key[0].end, key[1])):
        here, there = ours.get(key), theirs.get(key)
        outcome = "same"
        if here is None or there is None:
            outcome = "only a" if there is None else "only b"
            whole = (key[0], "incident")
            if (there is None and _says_none(theirs.get(whole))) or (here is None and _says_none(ours.get(whole))):
                outcome = "conflict"
                here, there = here or ours.get(whole), there or theirs.get(whole)
        elif not same_value(key[1], here.now, there.now):
            outcome = "conflict"
        rows.append(_compared(key, outcome, (a, here), (b, there)))
    frame = pd.DataFrame(rows, columns=COMPARED)
    return frame.astype({name: "int64" if name in ("start", "end") else "string" for name in COMPARED})


def merge_corrections(a: pd.DataFrame, b: pd.DataFrame) -> MergedCorrections:
    """Put two coders' corrections together: the lines of `a`, then those of `b` that say more.

    What the two disagree on is left out of the merged table, of both, and named in `conflicts`: talk, withdraw one,
    merge again. What could not be read of either file stays set aside (`tables.set_aside`).
    """
    compared = compare_corrections(a, b)
    ours, theirs = _judgments(a), _judgments(b)
    conflicts = compared[compared["outcome"] == "conflict"].reset_index(drop=True)
    left_out = _keys_in_conflict(ours, theirs)
    rows = [n for key, judgment in ours.items() if key not in left_out for n in judgment.rows]
    more = [n for key, judgment in theirs.items() if key not in left_out | set(ours) for n in judgment.rows]
    merged = pd.concat([a.iloc[sorted(rows)], b.iloc[sorted(more)]], ignore_index=True)
    aside = [*a.attrs.get("set_aside", []), *b.attrs.get("set_aside", [])]
    merged.attrs = {}
    return MergedCorrections(with_set_aside(merged, aside), conflicts)


def _keys_in_conflict(ours: dict[Key, _Judgment], theirs: dict[Key, _Judgment]) -> set[Key]:
    keys = {key for key in ours if key in theirs and not same_value(key[1], ours[key].now, theirs[key].now)}
    for one, other in ((ours, theirs), (theirs, ours)):
        for key in one:
            whole = (key[0], "incident")
            if key not in other and _says_none(other.get(whole)):
                keys |= {key, whole}
    return keys


def _judgments(corrections: pd.DataFrame) -> dict[Key, _Judgment]:
    """What a table says in the end of each thing, lines taken back left out."""
    lines = corrections_of(corrections)
    withdrawn = withdrawn_lines(lines)
    left_out = {n for taken_back in withdrawn.values() for n in taken_back} | set(withdrawn)
    found: dict[Key, _Judgment] = {}
    for n, line in enumerate(lines):
        if n not in left_out:
            key = _key(line)
            before = found[key].rows if key in found else ()
            found[key] = _Judgment(_says(line), (*before, n), line.quote)
    return found


def _key(line: Correction) -> Key:
    if line.verb in ("together", "apart"):
        first, second = sorted((line.anchor, line.other), key=str)
        return first, f"one act with {second}"
    return line.anchor, line.field if line.verb == "change" else "incident"


def _says(line: Correction) -> str:
    if line.verb in ("together", "apart"):
        return "one act" if line.verb == "together" else "two acts"
    return {"change": line.now, "add": f"an incident: {line.now}", "remove": "no incident"}[line.verb]


def _says_none(judgment: _Judgment | None) -> bool:
    return judgment is not None and judgment.now == "no incident"


def _compared(
    key: Key, outcome: str, a: tuple[pd.DataFrame, _Judgment | None], b: tuple[pd.DataFrame, _Judgment | None]
) -> dict[str, object]:
    anchor, about = key
    row: dict[str, object] = {
        "report_id": anchor.report_id,
        "start": anchor.start,
        "end": anchor.end,
        "quote": next((judgment.quote for _, judgment in (a, b) if judgment), ""),
        "about": about,
        "outcome": outcome,
    }
    for name, (frame, judgment) in (("a", a), ("b", b)):
        lines = frame.iloc[list(judgment.rows)] if judgment else frame.iloc[:0]
        row[name] = judgment.now if judgment else None
        row[f"lines_{name}"] = "; ".join(f"{f}, line {n}" for f, n in zip(lines["file"], lines["line"], strict=True))
        row[f"coder_{name}"] = "; ".join(dict.fromkeys(lines["coder"]))
    return row
