"""When a report without a day of publication was published, as its own text tells; dates that rest on it say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.coding.date_days import precision
from analysis.coding.dates import DateMention, find_dates, infer_published
from analysis.coding.text import Text
from analysis.coding.when import When

BEFORE_ANNIVERSARY, AFTER_ANNIVERSARY = timedelta(days=1), timedelta(days=7)
"""A report that says "this comes with the second anniversary" was published about it, not on the very day."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The days between which a report was published, read from the words raw[start:end] of its own text."""

    day: date
    earliest: date
    latest: date
    start: int
    end: int


def find_publication(text: Text, title: str | None = None) -> Publication | None:
    """When a text says that it was published: a dateline, "today, 9 July 2023", the second anniversary of a known day.

    None where it offers nothing. From an anniversary come the days around it, from the others the day itself.
    """
    day, span = infer_published(text, title)
    if day is None or span is None:
        return None
    remembered = any((m.start, m.end) == span and m.reason.startswith("anniversary") for m in find_dates(text, None))
    if not remembered:
        return Publication(day, day, day, *span)
    return Publication(day, day - BEFORE_ANNIVERSARY, day + AFTER_ANNIVERSARY, *span)


def find_dates_between(text: Text, publication: Publication, title: str | None = None) -> list[DateMention]:
    """The dates of a text as `find_dates`, each on the days that most days of publication give it, or as wide as all.

    "Last Tuesday" of a report of 2 to 10 January 2022 is the 4th on six days of the nine; "yesterday" is any of them.
    """
    days = (publication.latest - publication.earliest).days
    found = [find_dates(text, publication.latest - timedelta(back), title) for back in range(days + 1)]
    others: dict[tuple[int, int], list[DateMention]] = {}
    for mention in (mention for mentions in found for mention in mentions):
        others.setdefault((mention.at, mention.to), []).append(mention)
    return [_likeliest(mention, others[mention.at, mention.to]) for mention in found[0]]


def _likeliest(mention: DateMention, readings: Sequence[DateMention]) -> DateMention:
    """A mention with the days that most days of publication give it, else with all that any of them gives."""
    spans = Counter((m.first, m.last) for m in readings if m.first is not None and m.last is not None)
    if mention.first is None or not spans:
        return mention
    (first, last), often = spans.most_common(1)[0]
    if 2 * often <= len(readings):
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return replace(mention, first=first, last=last, precision=precision(first, last))


def rest_on_publication(whens: Sequence[When], text: Text, publication: Publication) -> list[When]:
    """Mark the dates that rest on an inferred day of publication: basis 'inferred'; others stay as they are."""
    stated = {(m.first, m.last) for m in find_dates(text, None) if m.first is not None}
    marked = []
    for when in whens:
        if when.basis == "published":
            first, last = publication.earliest - timedelta(1), publication.latest
            when = replace(when, first=first, last=last, precision=precision(first, last), basis="inferred")
        elif when.first is not None and (when.first, when.last) not in stated:
            when = replace(when, basis="inferred")
        marked.append(when)
    return marked
