"""When each incident happened: the date said with it, or inherited from the act it is tied to, or the publication's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.coding.narrative import ActMention, Narrative


@dataclass(frozen=True, slots=True)
class When:
    """The days on which an act may have happened, and where they come from."""

    first: date | None
    last: date | None
    basis: str | None
    precision: str | None
    at: int | None = None
    """Where the date phrase stands in the folded text, if one was used."""


NOT_SAID = When(None, None, None, None)


def tell_dates(n: Narrative, incidents: Sequence[Sequence[ActMention]]) -> list[When]:
    """The date of each incident, in the order in which they are told."""
    said: list[When | None] = [_said(n, group) for group in incidents]
    dates: list[When] = []
    for index, _group in enumerate(incidents):
        own = said[index]
        if own is None:
            own = _inherited(n, index, incidents, dates)
        dates.append(own or _published(n))
    return dates


def _said(n: Narrative, group: Sequence[ActMention]) -> When | None:
    best: tuple[int, When] | None = None
    for rank, m in enumerate(group):
        for d in n.dates:
            first = n.words.index(d.at)
            if n.sentence_of[first] != m.sentence or d.first is None or d.last is None:
                continue
            if n.published is not None and d.first > n.published:
                continue  # a day to come dates no act that was told
            cost = abs(first - m.first) + 3 * abs(n.clause_of[first] - n.clause_of[m.first]) + 5 * rank
            crossed = sum(1 for a in n.acts if min(first, m.first) < a.first < max(first, m.first))
            cost += 4 * crossed
            if best is None or cost < best[0]:
                last = d.last if n.published is None else min(d.last, n.published)
                best = (cost, When(d.first, last, d.basis, d.precision, d.at))
    return best[1] if best else None


def _inherited(
    n: Narrative, index: int, incidents: Sequence[Sequence[ActMention]], dates: Sequence[When]
) -> When | None:
    here = min(m.sentence for m in incidents[index])
    for earlier in range(len(dates) - 1, -1, -1):
        gap = here - min(m.sentence for m in incidents[earlier])
        if dates[earlier].basis in ("stated", "relative", "inherited") and 0 <= gap <= 1:
            return When(dates[earlier].first, dates[earlier].last, "inherited", dates[earlier].precision)
    return None


def _published(n: Narrative) -> When:
    if n.published is None:
        return NOT_SAID
    return When(n.published - timedelta(1), n.published, "published", "days")
