"""Which incidents tell of one act: an id for each event, and why a row was put there.

Incidents are compared where days touch and places may be one (`blocking`), each pair is scored in readable parts
(`similarity`), and rows join an event best pair first. A row joins only where it could be one act with every row
already there: A and C do not become one because B lies between them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.events.blocking import candidate_pairs
from analysis.events.features import NO_DAY, Features, encode_incidents
from analysis.events.similarity import explain_score, score_pairs
from analysis.tables import INCIDENTS, check_table

MERGE_AT = 4.0
"""Two tellings of this score or more are one act."""
MEAN_AT = 2.5
"""All pairs of an event score at least this on average."""
SAME_REPORT_AT = 8.5
"""What one report tells apart is one act only from this score on, where that report alone says so."""
BRIDGED_AT = 4.5
"""The same where another report tells what ties the two together."""
KEEP_AT = 0.0
"""Pairs below this cannot stand in one event."""
COMPARED = 40
"""Rows of an event that a further row or event is checked against; with more, so many evenly spaced ones."""

Pair = tuple[str, str]


def cluster_incidents(
    incidents: pd.DataFrame,
    reports: pd.DataFrame | None = None,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> pd.DataFrame:
    """Add to each incident the event it tells of: same rows, same order, two more columns; nothing else changes.

    `incidents` is a table of `tables.INCIDENTS`; `reports` (tables.REPORTS) adds the words to what is compared.
    `together` and `apart` are pairs of incident ids that a person judged to be one act or not; they win.

    `event_id` (string) is made from the incident first reported (publication, report id, position), so that reports
    added later keep it. `merged_because` (string): the row it is joined to and the parts of their score; NA where an
    event has one row. A summary (a lead that only sums up) is an event of its own. Raises TableError where the table
    is broken, ValueError where a pair names an unknown incident or two judgments contradict each other.
    """
    check_table(INCIDENTS, incidents)
    order = _canonical_order(incidents, reports)
    rows = incidents.iloc[order].reset_index(drop=True)
    judged = Judgments.of(rows["incident_id"], together, apart)
    features = encode_incidents(rows, reports)
    groups = _told_alike(rows, features, reports, judged)
    scores = _scores(features, np.flatnonzero(groups == np.arange(len(rows))), rows["summary"].to_numpy(bool))
    owner = _join(features, groups, scores, judged)
    event_ids = _event_ids(rows, owner)
    reasons = _reasons(rows, features, groups, scores, owner, judged)
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    clustered = incidents.copy()
    clustered["event_id"] = pd.Series(event_ids, dtype="string").iloc[back].to_numpy()
    clustered["merged_because"] = pd.Series(reasons, dtype="string").iloc[back].to_numpy()
    return clustered.astype({"event_id": "string", "merged_because": "string"})


@dataclass(frozen=True, slots=True)
class Judgments:
    """A person's word on pairs, as row numbers."""

    together: tuple[tuple[int, int], ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()
    rows: frozenset[int] = frozenset()

    @classmethod
    def of(cls, ids: pd.Series, together: Iterable[Pair], apart: Iterable[Pair]) -> Judgments:
        """Find the rows; raises ValueError for an unknown incident or a contradiction."""
        row_of = {name: row for row, name in enumerate(ids)}
        one = [cls._rows(row_of, pair, "together") for pair in together]
        two = frozenset(cls._rows(row_of, pair, "apart") for pair in apart)
        top = _Forest(len(ids))
        for a, b in one:
            top.join(a, b)
        for a, b in two:
            if top.find(a) == top.find(b):
                raise ValueError(
                    f"apart: {ids[a]} and {ids[b]} are also judged to be one act, directly or through others; "
                    "take back one of the two judgments"
                )
        return cls(tuple(one), two, frozenset(row for pair in (*one, *two) for row in pair))

    @staticmethod
    def _rows(row_of: dict[str, int], pair: Pair, which: str) -> tuple[int, int]:
        for name in pair:
            if name not in row_of:
                raise ValueError(f"{which}: no incident {name!r} in the table; check the pair {tuple(pair)}")
        a, b = sorted(row_of[name] for name in pair)
        if a == b:
            raise ValueError(f"{which}: {pair[0]!r} is paired with itself; name two incidents")
        return a, b


@dataclass(slots=True)
class _Forest:
    """Disjoint sets of rows (union-find with path halving); the lower row is the root."""

    size: int
    parent: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parent = list(range(self.size))

    def find(self, row: int) -> int:
        while self.parent[row] != row:
            self.parent[row] = self.parent[self.parent[row]]
            row = self.parent[row]
        return row

    def join(self, a: int, b: int) -> int:
        low, high = sorted((self.find(a), self.find(b)))
        self.parent[high] = low
        return low


@dataclass(frozen=True, slots=True)
class _Scores:
    """Pairs that may stand in one event, sorted by code (left * size + right)."""

    size: int
    code: np.ndarray
    total: np.ndarray

    def between(self, left: Sequence[int], right: Sequence[int]) -> np.ndarray:
        """The scores of all pairs of two groups, -inf for a pair that cannot be one act."""
        a = np.repeat(np.asarray(left, dtype=np.int64), len(right))
        b = np.tile(np.asarray(right, dtype=np.int64), len(left))
        code = np.minimum(a, b) * self.size + np.maximum(a, b)
        at = np.minimum(np.searchsorted(self.code, code), len(self.code) - 1)
        return np.where(self.code[at] == code, self.total[at], -np.inf)


def _canonical_order(incidents: pd.DataFrame, reports: pd.DataFrame | None) -> np.ndarray:
    """Rows by first publication, report, position and id: the result must not depend on the order of the table."""
    keys = incidents[["report_id", "start", "incident_id"]].reset_index(drop=True)
    keys["published"] = first_reported(incidents["report_id"], reports).to_numpy()
    return keys.sort_values(["published", "report_id", "start", "incident_id"], kind="stable").index.to_numpy()


def first_reported(report_ids: pd.Series, reports: pd.DataFrame | None) -> pd.Series:
    """The day of publication of each row's report; NaT where unknown."""
    if reports is None:
        return pd.Series(pd.NaT, index=report_ids.index, dtype="datetime64[s]")
    published = reports.drop_duplicates("report_id").set_index("report_id")["published"]
    return report_ids.map(published).astype("datetime64[s]")


def _told_alike(rows: pd.DataFrame, features: Features, reports: pd.DataFrame | None, judged: Judgments) -> np.ndarray:
    """The first row that each row repeats to the letter: the same text, or the same day, kind, place, parties and toll.

    Without the same text only where such rows would score MERGE_AT in any case: at a point, or with a person as the
    target, or in an area with the actor named. It bounds the work where thousands of reports recall one act. What one
    report tells apart stays apart: the second such row of a report repeats only the second of another.
    """
    groups = np.arange(len(rows))
    vague = features.resolved & features.actors.named.any(axis=1)
    width = features.last - features.first
    exact = (features.fine & (width <= 1)) | ((features.targets.persons.any(axis=1) | vague) & (width == 0))
    exact &= features.first != NO_DAY
    columns = ["kind", "date_start", "date_end", "place_id", "actors", "targets", "status"]
    keys = rows[[*columns, "killed_min", "killed_max"]].astype("string").fillna("")
    keys["copy"] = ""
    if reports is not None:
        texts = reports[reports["text"].str.strip() != ""].drop_duplicates("report_id").set_index("report_id")["text"]
        text = pd.util.hash_pandas_object(texts.astype("object"), index=False)
        keys["copy"] = rows["report_id"].map(text).astype("string").fillna("")
        copied = keys["copy"] != ""
        copy_keys = keys.assign(start=rows["start"].to_numpy())[copied & ~rows["summary"].to_numpy(bool)]
        groups = _first_alike(groups, copy_keys, judged, ["copy", "start", *columns])
    alike = keys[exact & ~rows["summary"].to_numpy(bool) & (groups == np.arange(len(rows)))]
    nth = alike.assign(report=rows.loc[alike.index, "report_id"]).groupby(["report", *columns]).cumcount()
    alike = alike.assign(nth=nth.to_numpy())
    groups = _first_alike(groups, alike, judged, [*columns, "killed_min", "killed_max", "nth"])
    return groups[groups]


def _first_alike(groups: np.ndarray, keys: pd.DataFrame, judged: Judgments, by: list[str]) -> np.ndarray:
    free = keys[~keys.index.isin(judged.rows)]
    if free.empty:
        return groups
    groups = groups.copy()
    alike = free.groupby(by, sort=False).ngroup().to_numpy()
    _, first = np.unique(alike, return_index=True)
    groups[free.index] = free.index.to_numpy()[first[alike]]
    return groups


def _scores(features: Features, heads: np.ndarray, summary: np.ndarray) -> _Scores:
    """All pairs of heads that may stand in one event."""
    compared = np.zeros(len(features), dtype=bool)
    compared[heads] = True
    compared &= ~summary
    codes, totals = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.float32)]
    for left, right in candidate_pairs(features, compared):
        scored = score_pairs(features, left, right)
        total = scored.total
        kept = total >= KEEP_AT
        codes.append(scored.left[kept].astype(np.int64) * len(features) + scored.right[kept])
        totals.append(total[kept])
    code, total = np.concatenate(codes), np.concatenate(totals)
    order = np.argsort(code)
    return _Scores(len(features), code[order], total[order])


def _join(features: Features, groups: np.ndarray, scores: _Scores, judged: Judgments) -> np.ndarray:
    """The first row of the event of each row: best pairs first, each join checked against all pairs."""
    size = len(features)
    forest = _Forest(size)
    members: dict[int, list[int]] = {}
    told_in: dict[int, set[int]] = {}
    for row, head in enumerate(groups):
        told_in.setdefault(int(head), set()).add(int(features.report[row]))
    enemies: dict[int, set[int]] = {}

    def merge(a: int, b: int) -> None:
        low = forest.join(a, b)
        high = a + b - low
        members[low] = members.get(low, [low]) + members.pop(high, [high])
        told_in[low] |= told_in.pop(high)
        if high in enemies:
            for enemy in enemies.pop(high):
                enemies[enemy].discard(high)
                enemies[enemy].add(low)
                enemies.setdefault(low, set()).add(enemy)

    def oppose(a: int, b: int) -> None:
        enemies.setdefault(a, set()).add(b)
        enemies.setdefault(b, set()).add(a)

    def mean_between(one: list[int], two: list[int], elsewhere: bool) -> float:
        one, two = _some(one), _some(two)
        totals = scores.between(one, two)
        if not elsewhere:
            same = (features.report[one][:, None] == features.report[two][None, :]).ravel()
            if (totals[same] < BRIDGED_AT).any():
                return -np.inf
        return float(totals.mean())

    for a, b in judged.together:
        if forest.find(a) != forest.find(b):
            merge(forest.find(a), forest.find(b))
    for a, b in judged.apart:
        oppose(forest.find(a), forest.find(b))
    refused: set[tuple[int, int, int, int]] = set()
    for left, right, total in _best_first(scores):
        a, b = forest.find(left), forest.find(right)
        if a == b or b in enemies.get(a, ()):
            continue
        if total < SAME_REPORT_AT and features.report[left] == features.report[right]:
            continue
        tried = a, b, len(members.get(a, ())), len(members.get(b, ()))
        if tried in refused:
            continue
        mean = mean_between(members.get(a, [a]), members.get(b, [b]), told_in[a].isdisjoint(told_in[b]))
        if mean >= MEAN_AT:
            merge(a, b)
        elif mean == -np.inf:
            oppose(a, b)
        else:
            refused.add(tried)
    return np.array([forest.find(int(head)) for head in groups])


def _some(rows: list[int]) -> list[int]:
    """Rows that stand for an event: all, or COMPARED evenly spaced ones, which bounds the work for huge events."""
    if len(rows) <= COMPARED:
        return rows
    return [rows[k * len(rows) // COMPARED] for k in range(COMPARED)]


def _best_first(scores: _Scores) -> Iterator[tuple[int, int, float]]:
    """Pairs that may join two events, best first; ties in the order of the rows."""
    chosen = np.flatnonzero(scores.total >= MERGE_AT)
    chosen = chosen[np.argsort(-scores.total[chosen], kind="stable")]
    left, right = np.divmod(scores.code[chosen], scores.size)
    yield from zip(left.tolist(), right.tolist(), scores.total[chosen].tolist(), strict=True)


def _event_ids(rows: pd.DataFrame, owner: np.ndarray) -> list[str]:
    """An id for each row's event, from the report and the position of its first row.

    The kind is no part of it: a better lexicon may change the kind of an act but not the act.
    """
    reports, starts, ids = rows["report_id"].tolist(), rows["start"].tolist(), rows["incident_id"].tolist()
    made: dict[int, str] = {}
    taken: set[str] = set()
    for row in np.unique(owner).tolist():
        name = _digest(f"{reports[row]}\t{starts[row]}")
        if name in taken:
            name = _digest(ids[row])
        taken.add(name)
        made[row] = name
    return [made[row] for row in owner.tolist()]


def _digest(content: str) -> str:
    return "e" + hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def _reasons(
    rows: pd.DataFrame, features: Features, groups: np.ndarray, scores: _Scores, owner: np.ndarray, judged: Judgments
) -> list[str | None]:
    """For each row of an event of several rows, the row it hangs on most and why."""
    ids = rows["incident_id"].tolist()
    reasons: list[str | None] = [None] * len(rows)
    for row, head in enumerate(groups.tolist()):
        if row != head:
            reasons[row] = f"with {ids[head]}: told alike (the same text, or the same kind, day, place and parties)"
            reasons[head] = reasons[head] or f"with {ids[row]}: told alike"
    left, right = np.divmod(scores.code, scores.size)
    inside = owner[left] == owner[right]
    best: dict[int, tuple[float, int]] = {}
    for a, b, total in zip(left[inside].tolist(), right[inside].tolist(), scores.total[inside].tolist(), strict=True):
        for row, other in ((a, b), (b, a)):
            if row not in best or total > best[row][0]:
                best[row] = total, other
    chosen = [(row, other) for row, (_, other) in sorted(best.items()) if groups[row] == row]
    pairs = np.array(chosen, dtype=np.int64).reshape(-1, 2)
    scored = score_pairs(features, pairs[:, 0], pairs[:, 1])
    for row, other, parts, total in zip(scored.left, scored.right, scored.parts, scored.total, strict=True):
        reasons[row] = f"with {ids[other]}: {total:.1f} = {explain_score(parts)}"
    for a, b in judged.together:
        for row, other in ((a, b), (b, a)):
            reasons[row] = f"with {ids[other]}: judged to be one act by a person"
    return reasons
