"""When each incident happened: the date said with it, or inherited from the act it is tied to, or the publication's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.coding.act_mentions import ActMention
from analysis.coding.date_days import precision
from analysis.coding.dates import DateMention, resolve_relation
from analysis.coding.narrative import Narrative


@dataclass(frozen=True, slots=True)
class When:
    """The days on which an act may have happened, and where they come from."""

    first: date | None
    last: date | None
    basis: str | None
    precision: str | None
    at: int | None = None
    """Where the date phrase stands in the folded text, if one was used."""


WIDE, WIDE_COST = frozenset({"month", "year"}), 12
"""A month or a year dates an act only where nothing narrower is said near it."""
GAP = 1
"""An incident takes the date of one told at most so many sentences before."""
OF_WITHIN = 4
"""Within so many words after "two days after" stands the act that it is counted from."""
BACKWARDS = {"after": "before", "before": "after"}
NOT_SAID = When(None, None, None, None)


def tell_dates(n: Narrative, incidents: Sequence[Sequence[ActMention]]) -> list[When]:
    """The date of each incident, in the order in which they are told.

    Said with it; else that of the incident told before it in its sentence or the one before, from there to publication
    where "after that" opens it; else the day of publication and the one before.
    """
    said_days = _resolved(n)
    dates: list[When] = []
    for index, group in enumerate(incidents):
        own = _counted_back(n, group, said_days) or _said(n, group, said_days) or _inherited(n, index, incidents, dates)
        dates.append(own or _published(n))
    return dates


def _counted_back(n: Narrative, group: Sequence[ActMention], said_days: Sequence[DateMention]) -> When | None:
    """The date of an act from which another is counted: "three days after the attack" puts the attack three days back.

    Counted from the day said before it in its sentence, else from publication.
    """
    m = min(group, key=lambda m: m.first)
    for d in n.dates:
        if d.relation is None or d.first is not None or not _is_of(n, d, m):
            continue
        name, low, high = d.relation
        start = n.words.starts[n.sentence_words(m.sentence).start]
        before = [s for s in said_days if start <= s.at < d.at]
        if any(s.reason.startswith("anniversary") for s in said_days if start <= s.at):
            return None  # the original event has its own day
        first, last = (before[-1].first, before[-1].last) if before else (n.published, n.published)
        if first is None or last is None or name not in BACKWARDS:
            return None
        days = resolve_relation(replace(d, relation=(BACKWARDS[name], low, high)), first, last)
        return When(*days, "relative", precision(*days), d.at)
    return None


def _resolved(n: Narrative) -> list[DateMention]:
    """The dates of a report with days; those that depend on what was told before ("the next day") by the date before.

    "Two days after the attack" depends on the attack, whose date may be any.
    """
    resolved: list[DateMention] = []
    for d in n.dates:
        if d.first is None and d.relation is not None and resolved and not _of_an_act(n, d):
            before = resolved[-1]
            if before.first is not None and before.last is not None:
                first, last = resolve_relation(d, before.first, before.last)
                d = replace(d, first=first, last=last, precision=precision(first, last))
        if d.first is not None and d.last is not None:
            resolved.append(d)
    return resolved


def _of_an_act(n: Narrative, d: DateMention) -> bool:
    """Whether the noun of an act follows a date phrase: "a day after the attack"."""
    return any(_is_of(n, d, a) for a in n.acts)


def _is_of(n: Narrative, d: DateMention, m: ActMention) -> bool:
    _, last = n.word_span(d.at, d.to)
    return m.shape in ("noun", "fixed") and 1 <= m.first - last < OF_WITHIN and m.clause == n.clause_of[last - 1]


def _said(n: Narrative, group: Sequence[ActMention], said_days: Sequence[DateMention]) -> When | None:
    best: tuple[int, When] | None = None
    for rank, m in enumerate(group):
        for d in said_days:
            first = n.words.index(d.at)
            if n.sentence_of[first] != m.sentence or d.first is None or d.last is None:
                continue
            if n.published is not None and d.first > n.published:
                continue  # a day to come dates no act that was told
            cost = abs(first - m.first) + 3 * abs(n.clause_of[first] - n.clause_of[m.first]) + 5 * rank
            crossed = sum(1 for a in n.acts if min(first, m.first) < a.first < max(first, m.first))
            cost += 4 * crossed + WIDE_COST * (d.precision in WIDE)
            if best is None or cost < best[0]:
                last = d.last if n.published is None else min(d.last, n.published)
                best = (cost, When(d.first, last, d.basis, d.precision, d.at))
    return best[1] if best else None


def _inherited(
    n: Narrative, index: int, incidents: Sequence[Sequence[ActMention]], dates: Sequence[When]
) -> When | None:
    here = min(m.sentence for m in incidents[index])
    for earlier in range(len(dates) - 1, -1, -1):
        before = dates[earlier]
        gap = here - min(m.sentence for m in incidents[earlier])
        if before.basis in ("stated", "relative", "inherited") and 0 <= gap <= GAP:
            if (
                gap
                and (_is_history(n, incidents[earlier]) or _is_item(n, here))
                and not _is_history(n, incidents[index])
            ):
                return None
            last = before.last
            if n.published is not None and last is not None and _opens(n, incidents[index]):
                last = max(last, n.published)
            exact = precision(before.first, last) if before.first and last else before.precision
            return When(before.first, last, "inherited", exact)
    return None


def _is_history(n: Narrative, group: Sequence[ActMention]) -> bool:
    """Whether an act is told as history: its day is none of the acts told after it."""
    return "background" in n.sentence_cues(min(m.sentence for m in group))


def _is_item(n: Narrative, sentence: int) -> bool:
    """Whether a sentence is a line between lines of one sentence: an item of a bulletin, with its own day."""
    first, last = 0, len(n.sentence_starts) - 2
    lines = (s for s in (sentence - 1, sentence, sentence + 1) if first < s <= last)
    return sentence > first and all(n.new_line(s) for s in lines)


def _opens(n: Narrative, group: Sequence[ActMention]) -> bool:
    """Whether "after that" stands before the first mention of an incident in its sentence."""
    first = min(group, key=lambda m: m.first)
    start = n.sentence_words(first.sentence).start
    return any(c.row.id == "after_that" and start <= c.first < first.first for c in n.cues)


def _published(n: Narrative) -> When:
    if n.published is None:
        return NOT_SAID
    return When(n.published - timedelta(1), n.published, "published", "days")
