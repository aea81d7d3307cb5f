"""Who was killed though nobody counts him: the one assassinated, the one named."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.coding.act_mentions import ActMention
from analysis.coding.counts import CountMention
from analysis.coding.narrative import Narrative

DEATHS = frozenset({"kill", "die_martyr", "meet_death", "death_noun", "die"})
FOILED = frozenset({"attempt", "foiled", "denied", "negated"})
"""Cues of a sentence in which nobody need have died."""
NAMED_WITHIN, COUNTED_WITHIN = 3, 8
"""Within so many words after a verb of killing stand the name of who was killed, or how many."""


def one_named(n: Narrative, group: Sequence[ActMention]) -> dict[str, list[CountMention]]:
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
