"""Every known word of a text, found in one pass: whole words, the longer before the shorter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.coding.lexicon import ARTICLE_PREFIXES, PREFIXES, Entry, Key, Lexicon
from analysis.coding.text import Text

NAMES = frozenset({"actors", "places"})
"""The tables of names: a name is one thing, and what stands inside it is none."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A known word or name where the text has it."""

    start: int
    end: int
    """Half-open, characters of the text as published, without what is glued before the word (its article stays)."""
    at: int
    to: int
    """The same in the folded text."""
    sort: str
    ids: tuple[str, ...]
    """What it may mean; more than one where a form has namesakes."""
    prefix: str
    """What is glued before it: '', 'و', 'ب', 'ولل', ..."""
    entries: tuple[Entry, ...]
    suffix: str = ""
    """The pronoun at its end (within the span), for common nouns: "its forces"."""


def find_mentions(text: Text, lexicon: Lexicon) -> list[Mention]:
    """Find every known form in a text, in reading order.

    Of two of one table that overlap, the longer wins; so it does over every table where the longer is a name.
    """
    hits: dict[tuple[int, int, str], list[tuple[Entry, str, str]]] = {}
    matching, folded = text.matching, text.folded
    for last, keys in lexicon.automaton.iter(matching):
        end = last - 1  # the hit ends in a space, the matching text begins with one
        for key in keys:
            start = end - key.length
            word = matching.rfind(" ", 0, start + 1)
            prefix = matching[word + 1 : start + 1]
            if not _may_stand_before(prefix, key) or matching.find("  ", start + 1, end + 1) >= 0:
                continue
            if folded[start:end] != matching[start + 1 : end + 1]:
                continue  # hard punctuation stands between its words
            if prefix.endswith(("ال", "لل")):
                start -= 2 if prefix.endswith("ال") else 1
                prefix = prefix[:-2] + ("ل" if prefix.endswith("لل") else "")
            hits.setdefault((start, end, key.entry.sort), []).append((key.entry, prefix, key.suffix))
    return _longest(
        [
            Mention(
                *text.span(at, to),
                at,
                to,
                sort,
                tuple(dict.fromkeys(entry.id for entry, _, _ in found)),
                found[0][1],
                tuple({id(entry): entry for entry, _, _ in found}.values()),
                min(suffix for _, _, suffix in found),
            )
            for (at, to, sort), found in hits.items()
        ]
    )


def _may_stand_before(prefix: str, key: Key) -> bool:
    if key.article is True:
        return prefix in ARTICLE_PREFIXES
    if key.article is False:
        return prefix in PREFIXES
    return prefix in PREFIXES or prefix in ARTICLE_PREFIXES


def _longest(mentions: list[Mention]) -> list[Mention]:
    names = _not_overlapped([m for m in mentions if m.sort in NAMES])
    taken = _Spans(names)
    words = [m for m in mentions if m.sort not in NAMES and not taken.overlap(m)]
    by_sort = {sort: [m for m in words if m.sort == sort] for sort in sorted({m.sort for m in words})}
    kept = [*names, *(m for group in by_sort.values() for m in _not_overlapped(group))]
    return sorted(kept, key=lambda m: (m.at, m.to, m.sort))


def _not_overlapped(mentions: list[Mention]) -> list[Mention]:
    taken = _Spans(())
    kept = []
    for mention in sorted(mentions, key=lambda m: (m.at - m.to, m.at, m.sort)):
        if taken.add(mention):
            kept.append(mention)
    return kept


class _Spans:
    """Spans of which no two overlap, unless they are the same."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.spans = sorted({(m.at, m.to) for m in mentions})

    def overlap(self, mention: Mention) -> bool:
        """Whether a longer span than the mention's overlaps it."""
        place = bisect_left(self.spans, (mention.at, mention.to))
        span = (mention.at, mention.to)
        around = self.spans[max(0, place - 1) : place + 1]
        return any(other != span and other[0] < span[1] and span[0] < other[1] for other in around)

    def add(self, mention: Mention) -> bool:
        """Take the mention's span, unless one that overlaps it is taken."""
        if self.overlap(mention):
            return False
        span = (mention.at, mention.to)
        place = bisect_left(self.spans, span)
        if place == len(self.spans) or self.spans[place] != span:
            self.spans.insert(place, span)
        return True
