"""Counts in Arabic reports: how many, of what, and what befell them.

`read_counts` is for analysts; `find_counts` for the coder; `toll` makes one figure of several tellings; `acled_deaths`
and `ucdp_deaths` are views of a toll as others code it. The rules are those of the codebook, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.coding.count_grammar import find_quantities
from analysis.coding.count_words import read_count_items
from analysis.coding.text import Text, fold

SEVERAL = 3
"""So many are "several" things: up to this a number is told of none in particular."""
UNCOUNTED = (2, None)
"""A plural without a number."""


@dataclass(frozen=True, slots=True)
class CountMention:
    """A count as a text says it."""

    start: int
    end: int
    """Half-open, characters of the text as published."""
    at: int
    to: int
    """The same in the folded text."""
    counted: str
    """killed, wounded, detained, missing, displaced; strikes, rockets, vehicles, ..."""
    who: str
    """fighters, civilians, children, women, ..., or ''."""
    low: int | None
    high: int | None
    """Least and most; None for an open end. Codebook 4."""
    part: bool = False
    """Whether it is a part of a total said before it ("among them")."""
    group: int = 0
    """Mentions of one group are added: "a woman and five men"."""
    added: bool = False
    """Whether it adds to what its incident tells of before: "and two soldiers were killed"."""
    rival: bool = False
    """Whether another source gives it: "while others spoke of two dead"."""
    toll: bool = False
    """Whether it is called a toll: "the number of the dead reached eight"."""
    period: bool = False
    """Whether it sums up a period: "since the start of the year"."""


def find_counts(text: Text) -> list[CountMention]:
    """Find every count of persons harmed and of things in a text, in reading order."""
    items = read_count_items(text)
    found: list[CountMention] = []
    for q in find_quantities(items):
        at, to = items.at[q.first], items.to[q.last - 1]
        span = text.span(at, to)
        for harm in q.harms:
            low, high = q.low, q.high
            if len(q.harms) > 1 and low != 0:
                # "ten dead and wounded" says of neither how many
                low, high = (low if q.vague and (low or 0) >= 20 else 2), None
            found.append(
                CountMention(*span, at, to, harm, q.who, low, high, q.part, q.group, q.added, q.rival, q.toll, q.period)
            )
    return found


def read_counts(text: str) -> pd.DataFrame:
    """Read the counts of a text: one row each, in reading order.

    Columns: start, end (int64, characters of `text`, half-open), text, counted, who (string), min, max (Int64; NA max:
    open).
    """
    found = find_counts(fold(text))
    return pd.DataFrame(
        {
            "start": pd.array([m.start for m in found], dtype="int64"),
            "end": pd.array([m.end for m in found], dtype="int64"),
            "text": pd.array([text[m.start : m.end] for m in found], dtype="string"),
            "counted": pd.array([m.counted for m in found], dtype="string"),
            "who": pd.array([m.who for m in found], dtype="string"),
            "min": pd.array([m.low for m in found], dtype="Int64"),
            "max": pd.array([m.high for m in found], dtype="Int64"),
        }
    )


def toll(mentions: Sequence[CountMention]) -> tuple[int | None, int | None]:
    """One [least, most] of the mentions of one harm of one incident; (None, None) where there are none.

    Parts of a total do not count, mentions of a group are added; of several tellings the last with an exact figure
    that no other exceeds, else the greatest.

    >>> toll(find_counts(fold("مقتل امرأة وثلاثة أطفال")))
    (4, 4)
    """
    groups: dict[int, list[CountMention]] = {}
    parts: dict[int, list[CountMention]] = {}
    for mention in mentions:
        if not mention.part:
            groups.setdefault(mention.group, []).append(mention)
        elif groups:
            parts.setdefault(next(reversed(groups)), []).append(mention)
    if not groups:
        return max((max(m.low or 0, 2) for m in mentions), default=None), None  # of a total that is not told
    totals: list[tuple[int | None, int | None]] = []
    for number, group in groups.items():
        told = _with_parts(_sum([(m.low, m.high) for m in group]), parts.get(number, ()))
        if group[0].added and totals:
            totals[-1] = _sum([totals[-1], told])
        else:
            totals.append(told)
    closed = [t for t in totals if t[1] is not None]
    closed = [t for t in closed if t[1]] or closed  # "none of theirs was hurt" is no other figure
    if len(closed) > 1 and any(m.rival and not m.part for m in mentions):
        return min(t[0] or 0 for t in closed), max(t[1] or 0 for t in closed)  # sources that disagree
    best = max(closed or totals, key=lambda t: t[0] or 0)
    again = (best[0] or 0) > SEVERAL and (best[0], None) in totals
    return (best[0], None) if again else best  # "30 at least", told again as "30"


def _with_parts(told: tuple[int | None, int | None], parts: Sequence[CountMention]) -> tuple[int | None, int | None]:
    """How many an uncounted plural is of whom a number is told: "others, four children among them" are four or more.

    Parts of different kinds are added: "five women and four children".
    """
    if told != UNCOUNTED or not parts:
        return told
    lows = [part.low or 0 for part in parts]
    return max(UNCOUNTED[0], sum(lows) if len({part.who for part in parts}) == len(parts) else max(lows)), None


def _sum(tolls: Iterable[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    if set(tolls) == {UNCOUNTED}:
        return UNCOUNTED  # "women and children" are no four
    lows, highs = zip(*tolls, strict=True)
    return sum(low or 0 for low in lows), None if None in highs else sum(highs)


def acled_deaths(low: int | None, high: int | None, active_war: bool = True) -> int | None:
    """One number as ACLED codes a toll: the least of a range, 10 for tens, 100 for hundreds.

    An uncounted plural is 10 in an active war, else 3. None where deaths are not spoken of. Source: ACLED's FAQ on
    fatalities ("the most conservative estimate").
    """
    if low is None:
        return None
    if high is None and low in (2, 3):
        return 10 if active_war else 3
    if high is None and low in (20, 200):
        return low // 2
    return low


def ucdp_deaths(low: int | None, high: int | None) -> tuple[int | None, int | None, int | None]:
    """(low, best, high) as UCDP GED has them: best is the least that the report supports, high NA where it is open."""
    return low, low, high
