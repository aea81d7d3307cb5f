"""Dates in Arabic reports: what was said, and which days it means.

`read_dates` is for analysts; `find_dates` for the coder. `python -m analysis.coding.dates "…" --published 2022-01-08`
prints what was read and why.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analysis.coding.date_days import precision
from analysis.coding.date_expressions import Expression, Phrase
from analysis.coding.date_grammar import find_phrases
from analysis.coding.date_resolve import resolve
from analysis.coding.date_words import Items, read_items
from analysis.coding.remembrance import find_remembrances
from analysis.coding.text import Text, fold

Relation = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text says it, and the days it means."""

    start: int
    end: int
    """Half-open, characters of the text as published."""
    at: int
    to: int
    """The same in the folded text."""
    first: date | None
    last: date | None
    """First and last day it may mean; None where it cannot be resolved."""
    basis: str
    """stated: a calendar date; relative: relative to the report or to what it told before."""
    precision: str
    """day, days, week, month, year, or '' where it is not resolved."""
    flag: str = ""
    """What is wrong with it: 'weekday contradicts date', 'months contradict', 'no such day', 'no year', ..."""
    part_of_day: str = ""
    """dawn, morning, noon, afternoon, evening, night, midnight, day, or ''."""
    relation: Relation | None = None
    """Where it depends on what was told before: ('after', 1, 1), ('same', 0, 0), ...; see `resolve_relation`."""
    reason: str = ""
    """How it was read, for an analyst who doubts it."""


def find_dates(text: Text, published: date | None, title: str | None = None) -> list[DateMention]:
    """Find every date said in a text, in reading order, resolved against the day of publication where there is one."""
    items = read_items(text)
    found = [_mention(text, items, phrase, published) for phrase in find_phrases(items)]
    for remembered in find_remembrances(text, items):
        day = remembered.day(published)
        if day is None:
            continue
        found = [m for m in found if m.to <= remembered.at or remembered.to <= m.at]
        span = text.span(remembered.at, remembered.to)
        reason = f"anniversary {remembered.number or ''} of {remembered.anniversary}, {remembered.founded}"
        found.append(DateMention(*span, remembered.at, remembered.to, day, day, "stated", "day", reason=reason))
    return sorted(found, key=lambda mention: mention.at)


def read_dates(text: str, published: date | str | None = None) -> pd.DataFrame:
    """Read the dates of a text: one row each, in reading order.

    Columns: start, end (int64, characters of `text`, half-open), text (string), date_start, date_end (datetime64[s],
    inclusive, NaT where it cannot be resolved), basis, precision, flag (string). `published` is a date or ISO text;
    without it only dates with a year are resolved. Raises ValueError where it is no date.
    """
    day = _as_day(published)
    folded = fold(text)
    found = find_dates(folded, day)
    return pd.DataFrame(
        {
            "start": pd.array([m.start for m in found], dtype="int64"),
            "end": pd.array([m.end for m in found], dtype="int64"),
            "text": pd.array([text[m.start : m.end] for m in found], dtype="string"),
            "date_start": pd.to_datetime(pd.Series([m.first for m in found], dtype="object")).astype("datetime64[s]"),
            "date_end": pd.to_datetime(pd.Series([m.last for m in found], dtype="object")).astype("datetime64[s]"),
            "basis": pd.array([m.basis for m in found], dtype="string"),
            "precision": pd.array([m.precision or None for m in found], dtype="string"),
            "flag": pd.array([m.flag for m in found], dtype="string"),
        }
    )


def resolve_relation(mention: DateMention, first: date, last: date) -> tuple[date, date]:
    """The days of a mention that depends on an antecedent's days: 'the next day', 'the same month'.

    Returns the antecedent's days where the mention has no relation.

    >>> found = find_dates(fold("وفي اليوم التالي"), None)
    >>> resolve_relation(found[0], date(2022, 1, 3), date(2022, 1, 3))
    (datetime.date(2022, 1, 4), datetime.date(2022, 1, 4))
    """
    if mention.relation is None:
        return first, last
    name, low, high = mention.relation
    direction, _, unit = name.partition(" ")
    if name == "day of month":
        return first.replace(day=min(low, 28)), first.replace(day=min(high, 28))
    if name == "next weekday":
        day = last + timedelta(days=(low - last.weekday() - 1) % 7 + 1)
        return day, day
    step = {"same": 0, "after": 1, "before": -1}[direction]
    if unit == "week":
        return (first, last) if step == 0 else _sorted(first, last, 7 * step, 7 * step)
    if unit == "month":
        number = first.year * 12 + first.month - 1 + step
        start = date(number // 12, number % 12 + 1, 1)
        following = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
        return start, following - timedelta(days=1)
    if unit == "year":
        return date(first.year + step, 1, 1), date(first.year + step, 12, 31)
    return _sorted(first, last, low * step, high * step)


def infer_published(text: Text, title: str | None = None) -> tuple[date | None, tuple[int, int] | None]:
    """The day of publication where the text itself offers one, with the stretch that says so; else (None, None)."""
    items = read_items(text)
    phrases = find_phrases(items)
    for phrase in phrases:
        day = _said_today(phrase.expression) or _dateline(items, phrase)
        if day is not None:
            return day, text.span(items.at[phrase.first], items.to[phrase.last - 1])
    for remembered in find_remembrances(text, items):
        if remembered.number is not None:
            return remembered.day(None), text.span(remembered.at, remembered.to)
    return None, None


def _said_today(expression: Expression) -> date | None:
    """The day of 'today, Sunday 9 July 2023': publication, or a day off where it is yesterday's."""
    first, last = expression.first, expression.last
    if expression.kind != "both" or first is None or last is None or first.kind != "deictic":
        return None
    if not first.value.lstrip("-").isdigit():
        return None
    days = resolve(last, None)
    if days.first is None or days.first != days.last:
        return None
    return days.first - timedelta(days=int(first.value))


def _dateline(items: Items, phrase: Phrase) -> date | None:
    """The day that opens a text as its dateline ('Baghdad - 3 January 2022:') or follows 'published on'."""
    days = resolve(phrase.expression, None)
    if days.first is None or days.first != days.last:
        return None
    before = items.signs[max(phrase.first - 4, 0) : phrase.first]
    opens = phrase.first <= DATELINE and "\n" not in items.signs[: phrase.first]
    closed = items.signs[phrase.last : phrase.last + 1] in (":", "-", "\n", ")", "")
    return days.first if "!" in before or (opens and closed) else None


DATELINE = 6
"""How many words may stand before the day of a dateline."""


def _sorted(first: date, last: date, one: int, two: int) -> tuple[date, date]:
    low, high = min(one, two), max(one, two)
    return first + timedelta(days=low), last + timedelta(days=high)


def _mention(text: Text, items: Items, phrase: Phrase, published: date | None) -> DateMention:
    days = resolve(phrase.expression, published)
    at, to = items.at[phrase.first], items.to[phrase.last - 1]
    exact = precision(days.first, days.last) if days.first and days.last else ""
    return DateMention(
        *text.span(at, to), at, to, days.first, days.last, days.basis, exact, days.flag, days.part, days.relation,
        describe(phrase.expression),
    )  # fmt: skip


def describe(expression: Expression) -> str:
    """An expression in a few words, without what is empty."""
    shown = []
    for name in expression.__slots__:
        value = getattr(expression, name)
        if isinstance(value, Expression):
            shown.append(f"{name}=({describe(value)})")
        elif name != "kind" and value not in (None, "", False, 0) and not (name == "calendar" and value == "gregorian"):
            shown.append(f"{name}={value}")
    return " ".join([expression.kind, *shown])


def _as_day(published: date | str | None) -> date | None:
    if published is None:
        return None
    if isinstance(published, str):
        try:
            return date.fromisoformat(published[:10])
        except ValueError:
            raise ValueError(f"published must be a date like 2022-01-08, got {published!r}") from None
    return date(published.year, published.month, published.day)


def explain_dates(text: str, published: date | str | None = None) -> Iterator[str]:
    """Yield a line for each date of a text: the words, the days, the basis, a flag, and how it was read, by tabs.

    Raises ValueError where `published` is no date.
    """
    published = _as_day(published)
    for mention in find_dates(fold(text), published):
        days = f"{mention.first} to {mention.last}" if mention.first else "not resolved"
        yield "\t".join([text[mention.start : mention.end], days, mention.basis, mention.flag, mention.reason])


def main(arguments: list[str] | None = None) -> None:
    """Print the dates of a text: what was read, the days, the basis, a flag, and how it was read."""
    parser = argparse.ArgumentParser(prog="python -m analysis.coding.dates", description=main.__doc__)
    parser.add_argument("text")
    parser.add_argument("--published", help="day of publication, ISO", default=None)
    options = parser.parse_args(arguments)
    for line in explain_dates(options.text, options.published):
        print(line)


if __name__ == "__main__":
    main()
