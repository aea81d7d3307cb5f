"""One act told several times: which value each field takes, and what the tellings disagree on.

The rules, by field:

- `kind`: the kind told by most sources; of two kinds that are kin the more specific (data/entities/kin.tsv).
- `status`: that of most sources, `happened` before `attempted` before `denied` where they are as many.
- `background`: only if every telling is.
- days: the days on which all dated tellings agree; where no day is common to all, those of the largest part that has
  one (earlier published first), and the days are listed. Precision and basis are those of the narrowest telling used.
- `actors`: all that are named, less those above another named one; of rival sides the side of most sources.
- `targets`: the same, but all sides stay: one act may hit several.
- place: the most precise one among the tellings that do not contradict most; columns of one place go together.
- `weapon`, `origin_place_id`: that of most sources, the first told of several.
- counts: the newest toll, from the reports of the last day that gives one: the least and the most they give.

"Most sources" counts independent sources, not rows, so that a text copied ten times has one voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.events.features import VAGUE, kin_table, line_of
from analysis.tables import RECONCILED

PLACE_COLUMNS = "place_id place_ar place_en admin1 admin2 country lat lon place_precision".split()
FINENESS = {"exact": 0, "town": 1, "near": 2, "area": 3, "admin": 4}
STATUS_ORDER = {"happened": 0, "attempted": 1, "denied": 2}
BASIS_ORDER = {"stated": 0, "relative": 1, "inherited": 2, "inferred": 3, "published": 4}


@dataclass(frozen=True, slots=True)
class Telling:
    """One row of incidents (None for NA), the day its report was published, and the source behind it."""

    row: Mapping[str, Any]
    published: pd.Timestamp | None
    source: str


def reconcile(told: Sequence[Telling]) -> tuple[dict[str, Any], dict[str, str]]:
    """Reconcile the tellings of one act: the fields of tables.RECONCILED, and by field the values that contradict."""
    if len(told) == 1:
        return {name: told[0].row[name] for name in RECONCILED}, {}
    told = sorted(told, key=lambda t: (t.published is None, t.published or pd.Timestamp(0), t.row["incident_id"]))
    fields: dict[str, Any] = {"background": all(telling.row["background"] for telling in told)}
    disagreements: dict[str, str] = {}
    fields["kind"] = _kind(told, disagreements)
    fields["status"] = _status(told, disagreements)
    fields.update(_days(told, disagreements))
    fields.update(_party(told, "actors", "actor_side", disagreements))
    fields.update(_party(told, "targets", "target_side"))
    fields.update(_place(told, disagreements))
    for name in ("weapon", "origin_place_id"):
        fields[name] = _most_told(told, name, disagreements if name == "weapon" else {})
    for name in ("killed", "wounded"):
        fields.update(_toll(told, name, disagreements))
    return fields, disagreements


def _votes(told: Sequence[Telling], name: str) -> dict[Any, int]:
    """How many sources give each value, in the order of first telling; None left out."""
    sources: dict[Any, set[str]] = {}
    for telling in told:
        if telling.row[name] is not None:
            sources.setdefault(telling.row[name], set()).add(telling.source)
    return {value: len(who) for value, who in sources.items()}


def _list(values: Iterable[Any]) -> str:
    return " / ".join(str(value) for value in values)


def _most_told(told: Sequence[Telling], name: str, disagreements: dict[str, str]) -> Any:
    votes = _votes(told, name)
    if len(votes) > 1:
        disagreements[name] = _list(votes)
    return max(votes, key=lambda value: votes[value], default=None)


def _kind(told: Sequence[Telling], disagreements: dict[str, str]) -> str:
    votes = _votes(told, "kind")
    if len(votes) > 1:
        disagreements["kind"] = _list(votes)
    kin = kin_table()
    specific = {
        kind for kind in votes if any(kin.get((kind, other), (0, ""))[1] == kind for other in votes if other != kind)
    }
    vague = {
        kind for kind in votes if any(kin.get((kind, other), (0, ""))[1] == other for other in votes if other != kind)
    }
    left = {kind: count for kind, count in votes.items() if kind not in vague} or votes
    return str(max(left, key=lambda kind: (left[kind], kind in specific)))


def _status(told: Sequence[Telling], disagreements: dict[str, str]) -> str:
    votes = _votes(told, "status")
    if len(votes) > 1 and "denied" in votes:
        disagreements["status"] = _list(votes)
    return str(max(votes, key=lambda status: (votes[status], -STATUS_ORDER[status])))


def _days(told: Sequence[Telling], disagreements: dict[str, str]) -> dict[str, Any]:
    dated = [telling for telling in told if telling.row["date_start"] is not None]
    if not dated:
        return dict.fromkeys(("date_start", "date_end", "date_basis", "date_precision"))
    first, last, used = _common_days(dated)
    if len(used) < len(dated):
        spans = dict.fromkeys(_span(telling.row["date_start"], telling.row["date_end"]) for telling in dated)
        disagreements["date"] = _list(spans)
    narrow = min(used, key=lambda t: (t.row["date_end"] - t.row["date_start"], BASIS_ORDER.get(t.row["date_basis"], 9)))
    precision = "day" if first == last else narrow.row["date_precision"]
    return {
        "date_start": first,
        "date_end": last,
        "date_basis": narrow.row["date_basis"],
        "date_precision": precision,
    }


def _common_days(dated: Sequence[Telling]) -> tuple[pd.Timestamp, pd.Timestamp, list[Telling]]:
    """The days common to most sources, and who tells of them; a common stretch begins on some telling's first."""
    best: tuple[int, list[Telling]] = (0, [])
    for day in dict.fromkeys(telling.row["date_start"] for telling in dated):
        used = [telling for telling in dated if telling.row["date_start"] <= day <= telling.row["date_end"]]
        voices = len({telling.source for telling in used})
        if voices > best[0]:
            best = voices, used
    used = best[1]
    return max(t.row["date_start"] for t in used), min(t.row["date_end"] for t in used), used


def _span(first: pd.Timestamp, last: pd.Timestamp) -> str:
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d}..{last:%Y-%m-%d}"


def _party(
    told: Sequence[Telling], name: str, side: str, disagreements: dict[str, str] | None = None
) -> dict[str, Any]:
    """All actors named, less those above another; with `disagreements`, of rival sides only the one most told of."""
    sources: dict[str, set[str]] = {}
    for telling in told:
        for actor in (telling.row[name] or "").split(";"):
            if actor:
                sources.setdefault(actor, set()).add(telling.source)
    clear = [actor for actor in sources if actor not in VAGUE] or list(sources)
    voices: dict[str, set[str]] = {}
    for actor in clear:
        voices.setdefault(line_of(actor)[-1], set()).update(sources[actor])
    if disagreements is not None and _rivals(told, name):
        disagreements[side] = _list(voices)
        top = max(voices, key=lambda s: len(voices[s]))
        clear = [actor for actor in clear if line_of(actor)[-1] == top]
    above = {upper for actor in clear for upper in line_of(actor)[1:]}
    kept = [actor for actor in clear if actor not in above]
    return {name: ";".join(kept), side: line_of(kept[0])[-1] if kept else None}


def _rivals(told: Sequence[Telling], name: str) -> bool:
    """Whether two tellings name actors of which no two are on one side."""
    sides = [
        {line_of(actor)[-1] for actor in (telling.row[name] or "").split(";") if actor and actor not in VAGUE}
        for telling in told
    ]
    sides = [found for found in sides if found]
    return any(a.isdisjoint(b) for number, a in enumerate(sides) for b in sides[:number])


def _place(told: Sequence[Telling], disagreements: dict[str, str]) -> dict[str, Any]:
    placed = [telling for telling in told if telling.row["place_id"] is not None or telling.row["place_ar"] is not None]
    if not placed:
        return {name: _most_told(told, name, {}) for name in PLACE_COLUMNS}
    votes = _votes(placed, "place_id")

    def rank(telling: Telling) -> tuple[int, int]:
        fine = FINENESS.get(telling.row["place_precision"], 5)
        return min(fine, 2) if fine <= 2 else fine, -votes.get(telling.row["place_id"], 0)

    best = min(placed, key=rank)
    points = dict.fromkeys(t.row["place_id"] for t in placed if FINENESS.get(t.row["place_precision"], 5) <= 2)
    if len(points) > 1:
        disagreements["place_id"] = _list(points)
    return {name: best.row[name] for name in PLACE_COLUMNS}


def _toll(told: Sequence[Telling], name: str, disagreements: dict[str, str]) -> dict[str, Any]:
    low, high = f"{name}_min", f"{name}_max"
    counted = [telling for telling in told if telling.row[low] is not None]
    if not counted:
        return {low: None, high: None}
    ranges = dict.fromkeys((telling.row[low], telling.row[high]) for telling in counted)
    least, most = max(r[0] for r in ranges), min((r[1] for r in ranges if r[1] is not None), default=None)
    if most is not None and least > most:
        disagreements[name] = _list(_range(*found) for found in ranges)
    days = [telling.published for telling in counted if telling.published is not None]
    newest = [telling for telling in counted if not days or telling.published == max(days)]
    tops = [telling.row[high] for telling in newest]
    return {
        low: min(telling.row[low] for telling in newest),
        high: None if None in tops else max(tops),
    }


def _range(low: int, high: int | None) -> str:
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"
