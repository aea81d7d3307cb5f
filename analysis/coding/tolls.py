"""How many were killed and wounded: the counts of a report given to the incidents that tell of them."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.coding.counts import CountMention
from analysis.coding.narrative import ActMention, Narrative

Toll = tuple[int | None, int | None]


def share_counts(n: Narrative, incidents: Sequence[Sequence[ActMention]]) -> list[dict[str, list[CountMention]]]:
    """Give each count to the incident that has the nearest mention in its sentence, else to the last one told."""
    shared: list[dict[str, list[CountMention]]] = [{} for _ in incidents]
    mentions = sorted((m.first, m.last, index) for index, group in enumerate(incidents) for m in group)
    for count in n.counts:
        if count.counted not in ("killed", "wounded"):
            continue
        first, last = n.word_span(count.at, count.to)
        sentence = n.sentence_of[first]
        inside = [
            (0 if f < last and first < l else min(abs(first - l), abs(f - last)) + 1, index)
            for f, l, index in mentions
            if n.sentence_of[f] == sentence
        ]
        if not inside:
            inside = [
                (sentence - n.sentence_of[f], index) for f, _, index in mentions if 0 < sentence - n.sentence_of[f] <= 1
            ]
        if inside:
            shared[min(inside)[1]].setdefault(count.counted, []).append(count)
    return shared


def toll(counts: Sequence[CountMention]) -> Toll:
    """One toll of several tellings: the newest exact figure that is not below the others."""
    if not counts:
        return (None, None)
    exact = [c for c in counts if c.low is not None and c.low == c.high]
    best = max(exact or counts, key=lambda c: c.low or 0)
    return (best.low, best.high)
