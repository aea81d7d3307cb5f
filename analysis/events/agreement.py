"""How far two codings of the same reports agree: a coder and a coder, or a coder and the program.

Beside the plain share, Cohen's kappa (statsmodels) and Krippendorff's alpha (nltk) say how much of it is more than
chance would give. Both are 1 for full agreement and 0 for chance; where everybody always says the same they cannot be
told and are NA. Kappa takes each value as a name of its own. Alpha counts half agreements where there are any: ids of
actors by MASI (Passonneau 2006), days by the share that two intervals have in common, all else by equality.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pandas as pd
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, masi_distance
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.coding.sentences import find_sentences
from analysis.coding.text import fold
from analysis.events.gold import GoldReport
from analysis.events.pairing import CodedAct, Pair, acts_of_table, overlap, pair_acts
from analysis.events.scoring import Rate

Coding: TypeAlias = pd.DataFrame | Sequence[GoldReport]
NOBODY = frozenset({"nobody"})
COMPARED = ("kind status background date date_basis actors targets place weapon killed wounded said_by").split()
DISAGREEMENTS = "report_id start kind words field a b".split()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two codings have in common; `str` prints it, a notebook shows it as a table."""

    reports: int
    found: Rate
    """Pairs among the incidents of `a` (recall) and of `b` (precision)."""
    fields: pd.DataFrame
    """One row a field: field, n (pairs), agree (share, as the codebook compares; 0 to 1), kappa, alpha.

    The first row, `incident`, is about sentences: whether an incident is told there.
    """
    disagreements: pd.DataFrame = field(repr=False)
    """One row a disagreement: report_id, start, kind (of `a`), words, field ('incident' where one has no row), a, b."""

    def __str__(self) -> str:
        said = f"a: {self.found.gold} incidents, b: {self.found.predicted}, {self.found.hits} pairs"
        table = self.fields.round(3).to_string(index=False, na_rep="-")
        return f"{self.reports} reports, {said}\nfound  {self.found}\n{table}"

    def _repr_html_(self) -> str:
        head, found, _ = str(self).split("\n", 2)
        table = self.fields.style.format(precision=2, na_rep="–").hide(axis="index").to_html()
        return f"<p>{head}<br>{found}</p>{table}"


def compare_coders(a: Coding, b: Coding, reports: pd.DataFrame) -> Agreement:
    """Compare two codings of `reports` (tables.REPORTS), each a table of incidents or reports of `read_gold`.

    All of `reports` count as read by both: where one has no row, it found nothing. Rows that only sum up are left out.
    Incidents are paired as `rasd score` pairs them; in a clash it is no disagreement which side is named first. Raises
    ValueError where one of the codings holds a report that is not in `reports`, or a needed column is missing.
    """
    ours, theirs = _acts(a), _acts(b)
    texts = dict(zip(reports["report_id"], reports["text"], strict=True))
    for name, acts in (("a", ours), ("b", theirs)):
        if strangers := sorted(set(acts) - set(texts)):
            raise ValueError(f"{name}: report {strangers[0]} is not in the reports; give those that both coded")
    read = [_Read(key, text, ours.get(key, []), theirs.get(key, [])) for key, text in texts.items()]
    told = [pair for one in read for pair in _told(one)]
    compared = [(one, pair, _values(one, pair)) for one in read for pair in one.pairs]
    table = [_measured("incident", told, [one == other for one, other in told])]
    for name in COMPARED:
        pairs = [values[name] for _, _, values in compared]
        table.append(_measured(name, pairs, [_agree(name, pair, values[name]) for _, pair, values in compared]))
    sizes = [sum(map(len, acts)) for acts in zip(*((one.pairs, one.theirs, one.ours) for one in read), strict=True)]
    rows = [row for one in read for row in _disagreements(one)]
    return Agreement(len(read), Rate(*(sizes or (0, 0, 0))), _fields(table), pd.DataFrame(rows, columns=DISAGREEMENTS))


@dataclass(frozen=True, slots=True)
class _Read:
    """A report as two coders read it."""

    report_id: str
    text: str
    ours: list[CodedAct]
    theirs: list[CodedAct]

    @property
    def pairs(self) -> list[Pair]:
        return pair_acts(self.ours, self.theirs, self.text)


LENIENT = ("date", "actors", "targets", "place")
"""Fields in which the codebook lets a near thing count as agreement (see `pairing`)."""


def _acts(coding: Coding) -> dict[str, list[CodedAct]]:
    if isinstance(coding, pd.DataFrame):
        found = acts_of_table(coding) if len(coding) else {}
    else:
        found = {report.report_id: list(report.acts) for report in coding}
    return {report_id: [act for act in acts if not act.summary] for report_id, acts in found.items()}


def _told(read: _Read) -> Iterator[tuple[str, str]]:
    """Of each sentence, whether either coder has the main trigger of an incident in it."""
    for sentence in find_sentences(fold(read.text)):
        span = (sentence.start, sentence.end)
        one, other = (any(overlap(act.triggers[0], span) for act in acts) for acts in (read.ours, read.theirs))
        yield ("told" if one else "not"), ("told" if other else "not")


def _values(read: _Read, pair: Pair) -> Mapping[str, tuple[Hashable, Hashable]]:
    """What the two say of one incident, field by field, as values that can be compared."""
    first, second = read.ours[pair.left], read.theirs[pair.right]
    parties = [first.actors, second.actors, first.targets, second.targets]
    if first.kind == "clash":
        one, other = first.actors | first.targets, second.actors | second.targets
        parties = [one, other, one, other]
    actors, their_actors, targets, their_targets = (ids or NOBODY for ids in parties)
    places = [read.text[slice(*act.places[0])] if act.places else "" for act in (first, second)]
    if any(overlap(p, q) for p in first.places for q in second.places):
        places[1] = places[0]
    plain = "kind status background date_basis weapon killed wounded said_by".split()
    return {name: (getattr(first, name), getattr(second, name)) for name in plain} | {
        "date": (first.days, second.days),
        "actors": (actors, their_actors),
        "targets": (targets, their_targets),
        "place": (places[0], places[1]),
    }


def _agree(name: str, pair: Pair, values: tuple[Hashable, Hashable]) -> bool:
    return name in pair.agrees if name in LENIENT else values[0] == values[1]


def _measured(name: str, pairs: Sequence[tuple[Hashable, Hashable]], same: Sequence[bool]) -> dict[str, Any]:
    agree = sum(same) / len(same) if same else None
    return {"field": name, "n": len(pairs), "agree": agree, "kappa": _kappa(pairs), "alpha": _alpha(name, pairs)}


def _kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two coders, each value a name."""
    names = {value: number for number, value in enumerate(dict.fromkeys(value for pair in pairs for value in pair))}
    if len(names) < 2:
        return None
    codes = pd.DataFrame([[names[one], names[other]] for one, other in pairs], columns=["a", "b"])
    table = pd.crosstab(codes["a"], codes["b"]).reindex(
        index=range(len(names)), columns=range(len(names)), fill_value=0
    )
    return float(cohens_kappa(table.to_numpy(), return_results=False))


def _alpha(name: str, pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Krippendorff's alpha of two coders."""
    if len({value for pair in pairs for value in pair}) < 2:
        return None
    data = [(coder, n, pair[side]) for n, pair in enumerate(pairs) for side, coder in enumerate("ab")]
    distances: Mapping[str, Callable[[Any, Any], float]] = {
        "actors": masi_distance,
        "targets": masi_distance,
        "date": days_distance,
    }
    return float(AnnotationTask(data=data, distance=distances.get(name, binary_distance)).alpha())


def days_distance(first: tuple[Any, Any], second: tuple[Any, Any]) -> float:
    """1 minus the share of days that two inclusive intervals have in common; an open one is like nothing but itself.

    >>> from datetime import date
    >>> days_distance((date(2020, 1, 1), date(2020, 1, 2)), (date(2020, 1, 2), date(2020, 1, 3))).__round__(2)
    0.67
    """
    if first == second:
        return 0.0
    if None in first or None in second:
        return 1.0
    common = (min(first[1], second[1]) - max(first[0], second[0])).days + 1
    whole = sum((last - start).days + 1 for start, last in (first, second)) - max(common, 0)
    return 1.0 - max(common, 0) / whole


def _disagreements(read: _Read) -> Iterator[dict[str, Any]]:
    pairs = read.pairs
    left, right = {pair.left for pair in pairs}, {pair.right for pair in pairs}
    for n, act in enumerate(read.ours):
        if n not in left:
            yield _disagreement(read, act, "incident", act.kind, "")
    for n, act in enumerate(read.theirs):
        if n not in right:
            yield _disagreement(read, act, "incident", "", act.kind)
    for pair in pairs:
        for name, (one, other) in _values(read, pair).items():
            if not _agree(name, pair, (one, other)):
                yield _disagreement(read, read.ours[pair.left], name, _shown(one), _shown(other))


def _disagreement(read: _Read, act: CodedAct, name: str, a: str, b: str) -> dict[str, Any]:
    start, end = act.triggers[0]
    return dict(zip(DISAGREEMENTS, (read.report_id, start, act.kind, read.text[start:end], name, a, b), strict=True))


def _shown(value: Hashable) -> str:
    if isinstance(value, frozenset):
        return ";".join(sorted(value - NOBODY))
    if isinstance(value, tuple):
        low, high = ("" if end is None else str(end) for end in value)
        return low if low == high else f"{low}–{high}"
    return "" if value is None else str(value)


def _fields(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["field", "n", "agree", "kappa", "alpha"])
    return frame.astype({"field": "string", "n": "int64", "agree": "float64", "kappa": "float64", "alpha": "float64"})
