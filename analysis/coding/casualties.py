"""Who was killed and wounded in one telling of an act, and whether two tellings tell of the same of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from analysis.coding.act_mentions import ActMention
from analysis.coding.counts import CountMention, toll
from analysis.coding.narrative import Narrative

BY_ITS_WORD = 5
"""Within so many words a word of harm is the one that a count belongs to."""
FEW = 2
"""So many dead of one kind are told of in many acts; a greater number tells an act apart."""


@dataclass(frozen=True, slots=True)
class Harmed:
    """How many one harm befell, and who they were."""

    low: int
    high: int | None
    who: frozenset[str]
    """The kinds of people named: civilians, fighters, children, ..."""

    @property
    def exact(self) -> bool:
        """Whether their number is told."""
        return self.low == self.high


def casualties(n: Narrative, sentence: int, firsts: Collection[int]) -> dict[str, Harmed]:
    """Who was killed and wounded by the counts of a sentence that belong to its mentions beginning at these words."""
    told: dict[str, list[CountMention]] = {}
    span = n.sentence_words(sentence)
    for word, number in n.between(n.count_words, span.start, span.stop):
        count = n.counts[number]
        if count.counted in ("killed", "wounded") and not count.period and _owner(n, sentence, word) in firsts:
            told.setdefault(count.counted, []).append(count)
    found = {}
    for harm, counts in told.items():
        low, high = toll(counts)
        if low is not None:
            found[harm] = Harmed(low, high, frozenset(c.who for c in counts) - {""})
    return found


def _owner(n: Narrative, sentence: int, word: int) -> int | None:
    """The first word of the mention that a count at a word belongs to: its word of harm, else the nearest act."""
    acts = n.acts_in.get(sentence, ())
    harms = [a for a in acts if a.act.kind == "harm" and abs(a.first - word) <= BY_ITS_WORD]
    nearest: ActMention | None = min(harms or acts, key=lambda a: abs(a.first - word), default=None)
    return nearest.first if nearest else None


def compare(earlier: Mapping[str, Harmed], later: Mapping[str, Harmed]) -> str:
    """How the casualties of two tellings agree, in a word.

    "none" or "one": a telling has none; "unlike": other numbers, or other people; "same": the same number, of more than
    a few or of two harms; "few": the same number of a few; "like": one may be the other, less exactly told; "apart":
    one tells of the dead, the other of the wounded.
    """
    if not earlier or not later:
        return "one" if earlier or later else "none"
    both = [(earlier[harm], later[harm]) for harm in earlier if harm in later]
    if not both:
        return "apart"
    if any(_unlike(a, b) for a, b in both):
        return "unlike"
    equal = [a for a, b in both if a.exact and b.exact and a.low]
    if len(equal) > 1 or any(a.low > FEW for a in equal):
        return "same"
    return "few" if equal else "like"


def _unlike(a: Harmed, b: Harmed) -> bool:
    """Whether two tolls can not be one: their ranges do not meet, or so many of them were other people."""
    least = min((high for high in (a.high, b.high) if high is not None), default=None)
    if least is not None and max(a.low, b.low) > least:
        return True
    return bool(a.who and b.who and a.who.isdisjoint(b.who))
