"""Two codings of one report side by side: which incident of one is which of the other, and on what they agree.

An incident of the second coding may be one of the first where its trigger overlaps one of the other's triggers, or
stands in the same sentence with a kind the other accepts. The pair that agrees on most wins, one to one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

Span = tuple[int, int]
Count = tuple[int | None, int | None]
Days = tuple[date | None, date | None]

FIELDS = ("status", "background", "date", "actors", "targets", "place")
NO_ID = frozenset({"other", "civilians"})
"""`other` names nobody, and a bare village that was shelled or `civilians` is one thing to most coders."""
GRACE = timedelta(1)
_SENTENCE_END = re.compile(r"[.!؟?\n]+")


@dataclass(frozen=True, slots=True)
class CodedAct:
    """One incident in the form in which codings are compared, whoever coded it."""

    triggers: tuple[Span, ...]
    """Half-open, characters of the report's text; the main one first."""
    kind: str
    kinds_ok: tuple[str, ...]
    status: str
    background: bool
    days: Days
    actors: frozenset[str]
    targets: frozenset[str]
    places: tuple[Span, ...]
    killed: Count
    wounded: Count
    summary: bool = False
    date_basis: str = ""
    weapon: str = ""
    said_by: str = ""
    name: str = ""
    """The words of the main trigger, or the id of the row."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The incident `left` of the first coding and `right` of the second (positions), and the fields that agree."""

    left: int
    right: int
    agrees: frozenset[str]


def pair_acts(first: Sequence[CodedAct], second: Sequence[CodedAct], text: str) -> list[Pair]:
    """Pair two codings of one text, best agreement first, each incident once; ties in the order of the rows."""
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    sentences = [bisect_left(ends, act.triggers[0][0]) for act in first]
    candidates = []
    for right, theirs in enumerate(second):
        sentence = bisect_left(ends, theirs.triggers[0][0])
        for left, ours in enumerate(first):
            on_trigger = any(overlap(span, other) for span in ours.triggers for other in theirs.triggers)
            agrees = None
            if on_trigger or (sentence == sentences[left] and theirs.kind in ours.kinds_ok):
                agrees = agreed_fields(ours, theirs)
                value = 2 * ("kind" in agrees) + 3 * on_trigger + len(agrees)
                candidates.append((-value, right, left, agrees))
    candidates.sort(key=lambda candidate: candidate[:3])
    pairs: list[Pair] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, right, left, agrees in candidates:
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            pairs.append(Pair(left, right, agrees))
    return pairs


def agreed_fields(first: CodedAct, second: CodedAct) -> frozenset[str]:
    """Name the fields, `kind` and those of FIELDS, on which the second coding agrees with the first."""
    parties = (first.actors, first.targets, second.actors, second.targets)
    if first.kind == "clash":  # two sides fire at each other: which is named first is no error
        parties = (first.actors | first.targets,) * 2 + (second.actors | second.targets,) * 2
    actors, targets, their_actors, their_targets = parties
    places = first.places
    agrees = {
        "kind": second.kind in first.kinds_ok,
        "status": second.status == first.status,
        "background": second.background == first.background,
        "date": same_days(first.days, second.days),
        "actors": same_parties(actors, their_actors),
        "targets": same_parties(targets, their_targets),
        "place": any(overlap(p, q) for p in places for q in second.places) if places else not second.places,
    }
    return frozenset(name for name, holds in agrees.items() if holds)


def same_days(first: Days, second: Days) -> bool:
    """Whether the second interval touches the first, is not much wider, and lies half inside it (a day of grace).

    Where the first coder left the date open, an empty one agrees and a filled one does not.
    """
    low, high = first
    start, end = second
    if low is None or high is None:
        return start is None and end is None
    if start is None or end is None or end < start:
        return False
    width = (end - start).days + 1
    inside = (min(end, high + GRACE) - max(start, low - GRACE)).days + 1
    touches = start <= high and end >= low
    return touches and inside * 2 >= width and width <= 2 * ((high - low).days + 1) + 1


def same_parties(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether at least half of all the ids named are named by both."""
    first, second = first - NO_ID, second - NO_ID
    if not first or not second:
        return first == second
    return 2 * len(first & second) >= len(first | second)


def overlap(first: Span, second: Span) -> bool:
    """Whether two half-open stretches share a character."""
    return first[0] < second[1] and second[0] < first[1]


def acts_of_table(incidents: pd.DataFrame) -> dict[str, list[CodedAct]]:
    """The incidents of each report, from a table with the columns of tables.INCIDENTS or from the CSV of one.

    Values may be typed or text as a CSV has them. Raises ValueError where a needed column is missing or a span is no
    pair of numbers.
    """
    missing = [name for name in ("report_id", "start", "end", "kind") if name not in incidents.columns]
    if missing:
        raise ValueError(f"incidents: no column {', '.join(missing)}; give a table with one row per incident")
    acts: dict[str, list[CodedAct]] = {}
    for row in incidents.to_dict("records"):
        acts.setdefault(_plain(row["report_id"]), []).append(_act_of_row({str(k): v for k, v in row.items()}))
    return acts


def _act_of_row(row: dict[str, Any]) -> CodedAct:
    try:
        trigger = (int(float(_plain(row["start"]))), int(float(_plain(row["end"]))))
    except ValueError:
        found = f"start {_plain(row['start'])!r}, end {_plain(row['end'])!r}"
        raise ValueError(f"incidents: {found} in report {row['report_id']}; both must be numbers") from None
    kind = _plain(row["kind"])
    return CodedAct(
        triggers=(trigger,),
        kind=kind,
        kinds_ok=(kind,),
        status=_plain(row.get("status")) or "happened",
        background=_true(row.get("background")),
        days=(_day(row.get("date_start")), _day(row.get("date_end"))),
        actors=_ids(row.get("actors")),
        targets=_ids(row.get("targets")),
        places=_spans(row.get("place_spans")),
        killed=(_number(row.get("killed_min")), _number(row.get("killed_max"))),
        wounded=(_number(row.get("wounded_min")), _number(row.get("wounded_max"))),
        summary=_true(row.get("summary")),
        date_basis=_plain(row.get("date_basis")),
        weapon=_plain(row.get("weapon")),
        said_by=_plain(row.get("said_by")),
        name=_plain(row.get("incident_id")),
    )


def day_of(value: object) -> date | None:
    """The day a value says, ISO text or a timestamp; None where it says none."""
    return _day(value)


def _plain(value: Any) -> str:
    """A cell as text, empty where it is missing."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    text = str(value).strip()
    return "" if text in ("nan", "None", "<NA>", "NaT") else text


def _true(value: Any) -> bool:
    return _plain(value).lower() in ("true", "1", "yes")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(_plain(value)[:10])
    except ValueError:
        return None


def _number(value: Any) -> int | None:
    text = _plain(value)
    return int(float(text)) if text else None


def _ids(value: Any) -> frozenset[str]:
    parts: Iterable[str] = value if isinstance(value, (list, tuple)) else re.split(r"[;|]", _plain(value))
    return frozenset(part for part in parts if part)


def _spans(value: Any) -> tuple[Span, ...]:
    if isinstance(value, (list, tuple)):
        return tuple((int(start), int(end)) for start, end in value)
    parts = (re.fullmatch(r"(\d+)-(\d+)", part) for part in _plain(value).split(";"))
    return tuple((int(match[1]), int(match[2])) for match in parts if match)
