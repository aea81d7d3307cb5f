"""Counts in Arabic reports: how many, of what, and what befell them.

`read_counts` is for analysts; `find_counts` for the coder. The rules are those of the codebook, section 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.coding.count_words import Counted, CountItems, read_count_items
from analysis.coding.text import Text, fold

HARMS = ("killed", "wounded", "detained", "missing", "displaced")
REACH = 9
"""How many words after a word of harm its count may begin."""


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


def find_counts(text: Text) -> list[CountMention]:
    """Find every count of persons harmed and of things in a text, in reading order."""
    items = read_count_items(text)
    found: list[CountMention] = []
    for first, last, counted, quantity in _assigned(items):
        at, to = items.at[first], items.to[last - 1]
        span = text.span(at, to)
        for harm in counted:
            low, high = quantity.low, quantity.high
            if len(counted) > 1 and not quantity.none:
                low, high = (2, None) if (low or 0) < 20 or quantity.exact else (low, None)
            found.append(CountMention(*span, at, to, harm, quantity.who, low, high, quantity.part))
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


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a noun phrase counts."""

    low: int | None
    high: int | None
    counted: str = ""
    who: str = ""
    counted_too: str = ""
    """The other harm of 'n killed and wounded'."""
    numbered: bool = False
    """Whether a number, a vague quantity or a dual says how many."""
    exact: bool = False
    none: bool = False
    part: bool = False
    glued: str = ""


_QUANTITIES = [
    re.compile(pattern)
    for pattern in (
        r"0",
        r"(?P<pre>G)?e(?P<lo>n)w(?P<hi>n)m?(?P<noun>[abc])?",
        r"(?P<lo>n)(?:t|-|w(?=n))(?P<hi>n)m?(?P<noun>[abc])",
        r"x(?P<one>m?c)",
        r"(?P<pre>G)?(?P<num>[nN])(?P<post>G)?m?(?P<noun>[abc])?(?P<two>n)?(?P<post2>G)?",
        r"(?P<pre>G)?(?P<noun>b)(?P<two>n)?",
        r"(?P<pre>G)?(?P<noun>[ac])(?P<after>n)?",
    )
]


def _assigned(items: CountItems) -> list[tuple[int, int, tuple[str, ...], Quantity]]:
    """Every quantity with what befell whom: (first item, last item, harms, quantity)."""
    found: list[tuple[int, int, tuple[str, ...], Quantity]] = []
    position, signs = 0, items.signs
    harms: tuple[str, ...] = ()
    cue_at = -100
    part = False
    while position < len(signs):
        sign = signs[position]
        if sign in ".\n!?;":
            harms, cue_at, part = (), -100, False
        if sign == "K":
            value: Counted = items.values[position]
            joined = harms and signs[cue_at:position] in ("Kw", "K,w") and value.counted not in harms
            harms = (*harms, value.counted) if joined else (value.counted,)
            cue_at, part = position, False
        elif sign == "p":
            part = True
        else:
            read = _quantity(items, position)
            if read:
                last, quantity = read
                counted = _harm(items, position, last, quantity, harms, cue_at)
                if counted:
                    found.append((position, last, counted, replace(quantity, part=part)))
                    if set(counted) & set(HARMS):
                        cue_at = last - 1 if harms else cue_at
                position = last
                continue
        position += 1
    return found


def _harm(
    items: CountItems, first: int, last: int, q: Quantity, harms: tuple[str, ...], cue_at: int
) -> tuple[str, ...]:
    """What befell those counted; () where nothing did, or it is no count."""
    if q.none:
        return tuple(q.counted.split())
    if q.counted_too:
        return (q.counted, q.counted_too)
    if q.counted and q.counted not in HARMS:
        return (q.counted,) if q.numbered else ()
    if q.counted:
        return (q.counted,) if q.numbered or _told(items, first, harms, cue_at) else ()
    if q.glued and q.glued[0] in "لبك" and items.signs[first - 1 : first] != "K":
        return ()
    gap = first - cue_at - 1
    if harms and (gap <= REACH if q.numbered else gap <= 1):
        return harms
    after = items.signs[last : last + 2]
    if q.numbered and "K" in after:
        value: Counted = items.values[last + after.index("K")]
        return (value.counted,) if value.value == "verb" else ()
    return ()


def _told(items: CountItems, first: int, harms: tuple[str, ...], cue_at: int) -> bool:
    """Whether an uncounted noun of harm ('dead and wounded') is told as an outcome, not spoken of."""
    return not items.glued[first].endswith("ال") and items.signs[max(first - 3, 0) : first].find("?") < 0


def _quantity(items: CountItems, position: int) -> tuple[int, Quantity] | None:
    for number, pattern in enumerate(_QUANTITIES):
        match = pattern.match(items.signs, position)
        if match:
            if number == 0:
                value: Counted = items.values[position]
                return match.end(), Quantity(0, 0, value.value, none=True, numbered=True, exact=True)
            return _read(items, match)
    return None


def _read(items: CountItems, match: re.Match[str]) -> tuple[int, Quantity] | None:
    groups = match.groupdict()
    values, last = items.values, match.end()

    def value(name: str) -> Any:
        return values[match.start(name)] if groups.get(name) else None

    noun: Counted | None = value("noun")
    numbered, exact = True, False
    low: int | None
    high: int | None
    if groups.get("one"):
        noun, low, high, exact = values[match.end() - 1], 1, 1, True
    elif groups.get("lo"):
        low, high = value("lo"), value("hi")
        if low is None or high is None or low >= high:
            return None
    elif groups.get("num") == "n":
        low = high = value("num")
        exact = True
    elif groups.get("num") == "N":
        low, high = int(value("num").value), None
    elif groups.get("noun") == "b":
        low = high = 2
        exact = True
    elif groups.get("noun") == "a":
        low = high = 1
        exact, numbered = True, False
    else:
        low, high, numbered = 2, None, False
    if groups.get("after"):
        if items.values[match.start("after")] == 1 and groups.get("noun") == "a":
            numbered = True
        else:
            low = high = value("after")
            numbered = True
    for name in ("pre", "post", "post2"):
        bound: Counted | None = value(name)
        if bound:
            low, high = _bounded(bound.value, low, high)
    counted = noun.counted if noun else ""
    glued = items.glued[match.start()]
    quantity = Quantity(low, high, counted, noun.who if noun else "", "", numbered, exact, glued=glued)
    mixed = re.compile(r"(?:e|m)?(?P<one>[ac])w(?P<two>[ac])").match(items.signs, last)
    if not counted and mixed and not (noun is None and groups.get("num") is None):
        one, two = values[mixed.start("one")].counted, values[mixed.start("two")].counted
        if {one, two} == {"killed", "wounded"}:
            return mixed.end(), replace(quantity, counted=one, counted_too=two)
    return last, quantity


def _bounded(bound: str, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    if bound == "over":
        return (low + 1 if low is not None and high == low else low), None
    if bound == "least":
        return low, None
    if bound == "under":
        return 0, (high - 1 if high is not None else None)
    if bound == "most":
        return 0, high
    return low, high
