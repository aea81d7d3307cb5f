"""How many is said: noun phrases over the signs of `count_words`, each read as a quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.coding.count_words import Counted, CountItems

YEARS = range(1300, 2101)


@dataclass(frozen=True, slots=True)
class Quantity:
    """items[first:last] say how many, of whom, and what befell them."""

    first: int
    last: int
    low: int | None
    high: int | None
    counted: str = ""
    """The noun's own: killed for 'dead', strikes for 'strikes'; '' for persons."""
    who: str = ""
    harms: tuple[str, ...] = ()
    numbered: bool = False
    """Whether a number, a vague quantity or a dual says how many."""
    vague: bool = False
    what: str = ""
    """The id of its noun in `lexicon/counts.tsv`."""
    noun: str = ""
    """The sign of its noun: a, b, c or ''."""
    shape: str = ""
    """accusative, owned, or ''."""
    glued: str = ""
    article: bool = False
    part: bool = False
    group: int = 0
    added: bool = False
    """Whether it adds to the one before it: "and three soldiers were killed"."""
    rival: bool = False
    """Whether another source than that of the count before gives it."""
    toll: bool = False
    """Whether it is called a toll: "the number of the dead reached eight"."""
    period: bool = False
    """Whether it sums up a period: "since the start of the year"."""
    predicate: bool = False
    """Whether a sentence says how many they are: "the dead are eight"."""
    rescued: bool = False
    """Whether only that they were taken away says that there were any: "they took the wounded to hospital"."""


_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"(?P<pre>G)?m?e(?P<lo>[nab])w(?P<hi>[nb])m?(?P<noun>[abc])?",
        r"(?<=m)n(?P<was>[ac])t(?P<num>n)(?:m?(?P<noun>[ac]))?",  # risen "from 25 dead to 27"
        r"(?<=m)nt(?P<num>n)(?!m?[abc])",
        r"(?P<pre>G)?(?P<lo>n)(?:t|-|w(?=n))(?P<hi>n)m?(?P<noun>[abc])",
        r"(?P<lo>n)t(?P<hi>n)",
        r"(?P<num>n)T(?P<noun>c)",  # "to 12 the number of the dead"
        r"xm?(?P<one>[co])",
        r"(?P<pre>G)?(?P<num>[nN])(?P<post>G)?(?:m?(?P<noun>[abc])(?P<two>n)?(?P<post2>G(?![nN]))?)?",
        r"(?P<pre>G)?(?P<noun>b)(?P<two>n)?(?P<post2>G(?![nN]))?",
        r"(?P<pre>G)?(?P<noun>[ac])(?:(?P<after>n)(?![abcm]))?(?P<post2>G(?![nN]))?",
    )
]
_MIXED = re.compile(r"[em]?(?P<one>[ac])w(?P<two>[ac])(?!n)")
_SAID_LATER = re.compile(r"[omac]{0,6}(?P<post>G)")


def quantity_at(items: CountItems, position: int) -> Quantity | None:
    """Read the quantity that begins at an item; None where none does."""
    for pattern in _PATTERNS:
        match = pattern.match(items.signs, position)
        if match:
            return _read(items, match)
    return None


def _read(items: CountItems, match: re.Match[str]) -> Quantity | None:
    groups, values = match.groupdict(), items.values
    last = match.end()
    noun_at = next((match.start(name) for name in ("noun", "was", "one") if groups.get(name)), -1)
    counted = groups.get("num") or groups.get("lo")
    if counted and noun_at > 0 and items.glued[noun_at][:1] not in ("", "+"):
        noun_at, last = -1, match.end("post") if groups.get("post") else match.end("num" if groups.get("num") else "hi")
    noun: Counted | None = values[noun_at] if noun_at >= 0 else None
    sign = items.signs[noun_at] if noun_at >= 0 else ""
    if groups.get("one") and noun is None and values[match.start()].value == "things":
        return None  # "one of the shells"
    size = _size(items, match, sign)
    if size is None:
        return None
    if groups.get("after") and not size[2]:
        last = match.start("after")
    low, high, numbered, vague = size
    if low in YEARS and low == high and noun is None:
        return None
    for name in ("pre", "post", "post2"):
        at = match.start(name) if groups.get(name) else -1
        if 0 <= at < last:
            low, high = _bounded(values[at].value, low, high)
    glued = items.glued[match.start()]
    at = match.start("after") if groups.get("after") and size[2] else -1
    said = (
        at >= 0
        and noun is not None
        and noun.counted != ""
        and items.glued[noun_at].endswith("+")
        and not items.glued[at]
    )
    q = Quantity(
        match.start(), last, low, high, predicate=said, numbered=numbered, vague=vague, noun=sign,
        counted=noun.counted if noun else "", who=noun.who if noun else "", what=noun.id if noun else "",
        shape=noun.value if noun else "", glued=glued.rstrip("+"), article=glued.endswith("+"),
    )  # fmt: skip
    return _said_later(items, _with_adjectives(items, _mixed(items, q)))


def _size(items: CountItems, match: re.Match[str], noun: str) -> tuple[int | None, int | None, bool, bool] | None:
    """(low, high, numbered, vague) of a match before its bounds."""
    groups, values = match.groupdict(), items.values
    if groups.get("one"):
        return 1, 1, True, False
    if groups.get("lo"):
        low, high = (_end_of_range(items, match.start(name)) for name in ("lo", "hi"))
        return (low, high, True, False) if low is not None and high is not None and low < high else None
    if groups.get("num") == "n":
        value = values[match.start("num")]
        return (value, value, True, False) if value is not None else None
    if groups.get("num") == "N":
        return int(values[match.start("num")].value), None, True, True
    if groups.get("after"):
        value, at = values[match.start("after")], match.start("noun")
        definite = items.glued[at].endswith("+") or values[at].value == "owned"
        agrees = items.glued[match.start("after")] == ("+" if definite else "") and (noun == "a") == (value == 1)
        predicate = definite and items.glued[match.start("after")] == "" and values[at].counted in ("killed", "wounded")
        if value and (agrees or predicate):  # "the two men", "the dead are eight"
            return value, value, True, False
    if match["noun"] == "b":
        return 2, 2, True, False
    return (1, 1, False, False) if match["noun"] == "a" else (2, None, False, False)


def _end_of_range(items: CountItems, position: int) -> int | None:
    """An end of a range: a number, or one or two "dead" where the other end has a noun or is as many dead."""
    sign, value = items.signs[position], items.values[position]
    if sign == "n":
        return int(value) if value is not None else None
    return {"a": 1, "b": 2}[sign] if value.counted in ("killed", "wounded") else None


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


def _mixed(items: CountItems, q: Quantity) -> Quantity:
    """'n dead and wounded' without saying how many of each."""
    signs = items.signs
    if not q.numbered or signs[q.first] not in "nNG":
        return q
    harms = {"killed", "wounded"}
    if not q.counted:
        match = _MIXED.match(signs, q.last)
        if match:
            one, two = items.values[match.start("one")].counted, items.values[match.start("two")].counted
            if {one, two} == harms:
                return replace(q, last=match.end(), harms=(one, two))
    elif q.counted in harms and signs[q.last : q.last + 1] == "w":
        noun = signs[q.last + 1 : q.last + 2]
        if noun and noun == q.noun and noun in "ac" and signs[q.last + 2 : q.last + 3] not in ("n", "t"):
            two = items.values[q.last + 1].counted
            if {q.counted, two} == harms:
                return replace(q, last=q.last + 2, harms=(q.counted, two))
    return q


def _with_adjectives(items: CountItems, q: Quantity) -> Quantity:
    """'Two Turkish soldiers', 'five civilian men': a second noun beside the first says who they are."""
    last, who = q.last, q.who
    definite = "+" if items.glued[q.last - 1].endswith("+") else ""
    while q.noun and not q.counted and last < len(items.signs) and items.signs[last] in "abc":
        noun: Counted = items.values[last]
        if items.glued[last] != definite or noun.counted or (noun.id not in ("national", "other") and noun.who == ""):
            break
        who = who or noun.who
        last += 1
    if last == q.last:
        return q
    if q.noun == "c" and not q.numbered and items.signs[last : last + 1] == "n" and items.values[last] == 2:
        return replace(q, last=last + 1, who=who, low=2, high=2, numbered=True)  # "soldiers others two"
    return replace(q, last=last, who=who)


def _said_later(items: CountItems, q: Quantity) -> Quantity:
    """'25 fighters of the opposition at least'."""
    if q.low is None or q.low != q.high or not q.numbered:
        return q
    match = _SAID_LATER.match(items.signs, q.last)
    if match and items.values[match.start("post")].id == "at_least":
        return replace(q, high=None)
    return q
