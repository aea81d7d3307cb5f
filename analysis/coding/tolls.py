"""How many were killed and wounded: the counts of a report given to the incidents that tell of them."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.coding.counts import CountMention
from analysis.coding.narrative import ActMention, Narrative

BY_ITS_VERB = 5
"""Within this many words a verb of killing or wounding is the verb of a count."""


def share_counts(n: Narrative, incidents: Sequence[Sequence[ActMention]]) -> list[dict[str, list[CountMention]]]:
    """Give each count to the incident that its verb tells of; a count whose verb tells of none goes nowhere.

    Where no verb of killing or wounding stands by a count, the nearest mention of its sentence takes it, else the
    incident told in the sentence before.
    """
    shared: list[dict[str, list[CountMention]]] = [{} for _ in incidents]
    owner = {m.first: index for index, group in enumerate(incidents) for m in group}
    for count in n.counts:
        if count.counted not in ("killed", "wounded"):
            continue
        first, last = n.word_span(count.at, count.to)
        inside = [a for a in n.acts if a.sentence == n.sentence_of[first]]
        harms = [a for a in inside if a.act.kind == "harm" and _apart(a, first, last) <= BY_ITS_VERB]
        if harms:
            verb = min(harms, key=lambda a: _apart(a, first, last))
            index = owner.get(verb.first)
        else:
            told = [a for a in inside if a.first in owner] or [
                a for a in n.acts if a.first in owner and a.sentence == n.sentence_of[first] - 1
            ]
            nearest = min(told, key=lambda a: _apart(a, first, last), default=None)
            index = owner[nearest.first] if nearest is not None else None
        if index is not None:
            shared[index].setdefault(count.counted, []).append(count)
    return shared


def _apart(mention: ActMention, first: int, last: int) -> int:
    if mention.first < last and first < mention.last:
        return 0
    return max(mention.first - last, first - mention.last) + 1
