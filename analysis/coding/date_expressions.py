"""A date as it is said: an expression not yet resolved, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

ALONE = "*"
"""Ends the value of a part of the day that is an adverb."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A date as said, before it is resolved against the publication date."""

    kind: str
    """day, month, year, weekday, deictic, offset, window, period, season, quarter, feast, range, both, relation, ..."""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    last_month: int | None = None
    calendar: str = "gregorian"
    weekday: int | None = None
    last_weekday: int | None = None
    unit: str = ""
    low: int = 0
    high: int = 0
    which: str = ""
    """L last, b before last, C current, X next, R previous, F following, E same."""
    year_which: str = ""
    part: str = ""
    value: str = ""
    about: str = ""
    """about, over, under, or ''."""
    flag: str = ""
    first: Expression | None = None
    last: Expression | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression and the items it was read from: items[first:last]."""

    first: int
    last: int
    expression: Expression


class Matched:
    """What the groups of a match hold."""

    def __init__(self, match: re.Match[str], values: list[Any]) -> None:
        self.match, self.values = match, values

    def __call__(self, name: str) -> Any:
        """The value of a group, None where it took no part."""
        try:
            at = self.match.start(name)
        except IndexError:
            return None
        value = self.values[at] if at >= 0 else None
        return value.rstrip(ALONE) if isinstance(value, str) else value

    def alone(self, name: str) -> bool:
        """Whether a part of the day is said as an adverb, which may stand alone."""
        return str(self.values[self.match.start(name)]).endswith(ALONE)

    def sign(self, name: str) -> str:
        """The sign that a group matched, '' where it took no part."""
        try:
            return self.match[name] or ""
        except IndexError:
            return ""

    def has(self, name: str) -> bool:
        """Whether a group took part."""
        return bool(self.sign(name))
