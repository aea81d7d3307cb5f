"""How many were killed and wounded: the counts of a report given to the incidents that tell of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.coding.counts import CountMention
from analysis.coding.narrative import ActMention, Narrative

BY_ITS_VERB = 5
"""Within this many words a verb of killing or wounding is the verb of a count."""
HARMS = ("killed", "wounded")
DEATHS = frozenset({"kill", "die_martyr", "meet_death", "death_noun", "die"})
FOILED = frozenset({"attempt", "foiled", "denied", "negated"})
"""Cues of a sentence in which nobody need have died."""
NAMED_WITHIN, COUNTED_WITHIN = 3, 8
"""Within so many words after a verb of killing stand the name of who was killed, or how many."""
Shared = dict[str, list[CountMention]]


def share_counts(n: Narrative, incidents: Sequence[Sequence[ActMention]]) -> list[Shared]:
    """Give each count to the incident that its verb tells of; a count whose verb tells of none goes nowhere.

    Parts of a total and counts added to another go where that goes. Where no verb of killing or wounding stands by a
    count, the nearest mention of its sentence takes it, else the incident told in the sentence before. That nobody was
    hurt is said of the act before it.
    """
    shared: list[Shared] = [{} for _ in incidents]
    owner = {m.first: index for index, group in enumerate(incidents) for m in group}
    last: tuple[CountMention, int | None] | None = None
    for count in n.counts:
        if count.counted not in HARMS:
            continue
        if last is not None and (count.part or count.group == last[0].group):
            index = last[1]
        elif count.high == 0:
            index = _told_before(n, owner, count)
        else:
            index = _told_with(n, owner, count)
        if not count.part:
            last = (count, index)
        if index is not None:
            shared[index].setdefault(count.counted, []).append(count)
    for group, counts in zip(incidents, shared, strict=True):
        if "killed" not in counts:
            counts.update(_one_named(n, group))
    return shared


def _one_named(n: Narrative, group: Sequence[ActMention]) -> Shared:
    """A man who was assassinated, or killed and named, is one dead though nobody counts him."""
    for m in group:
        victim = _victim(n, m)
        if victim is not None and FOILED.isdisjoint(n.sentence_cues(m.sentence)):
            at, to = n.words.starts[victim], n.words.ends[victim]
            return {"killed": [CountMention(*n.raw_span(victim, victim + 1), at, to, "killed", "", 1, 1)]}
    return {}


def _victim(n: Narrative, m: ActMention) -> int | None:
    """The word that stands for the one killed: a person's name, else what follows "the killing of" with no count."""
    if m.act.kind == "assassination":
        return m.last - 1
    if m.act.id not in DEATHS or m.last >= len(n.words):
        return None
    people = {n.words.index(a.at) for a in n.actors if a.use == "person"}
    named = next((w for w in range(m.last, m.last + NAMED_WITHIN) if w in people), None)
    counted = any(0 <= n.words.index(c.at) - m.last < COUNTED_WITHIN for c in n.counts)
    return m.last if named is None and m.shape == "noun" and not counted else named


def _told_with(n: Narrative, owner: Mapping[int, int], count: CountMention) -> int | None:
    """The incident that the verb by a count tells of, else the nearest of its sentence or the one before."""
    first, last = n.word_span(count.at, count.to)
    inside = [a for a in n.acts if a.sentence == n.sentence_of[first]]
    harms = [a for a in inside if a.act.kind == "harm" and _apart(a, first, last) <= BY_ITS_VERB]
    if harms:
        return owner.get(min(harms, key=lambda a: _apart(a, first, last)).first)
    told = [a for a in inside if a.first in owner] or _in_sentence(n, owner, n.sentence_of[first] - 1)
    nearest = min(told, key=lambda a: _apart(a, first, last), default=None)
    return owner[nearest.first] if nearest is not None else None


def _told_before(n: Narrative, owner: Mapping[int, int], count: CountMention) -> int | None:
    """The incident told last before a word, in its sentence or the one before."""
    first, _ = n.word_span(count.at, count.to)
    sentence = n.sentence_of[first]
    before = [a for a in _in_sentence(n, owner, sentence) if a.first < first] or _in_sentence(n, owner, sentence - 1)
    return owner[before[-1].first] if before else None


def _in_sentence(n: Narrative, owner: Mapping[int, int], sentence: int) -> list[ActMention]:
    return [a for a in n.acts if a.sentence == sentence and a.first in owner]


def _apart(mention: ActMention, first: int, last: int) -> int:
    if mention.first < last and first < mention.last:
        return 0
    return max(mention.first - last, first - mention.last) + 1
