"""Every known word of a text, found in one pass: whole words, the longer before the shorter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from analysis.coding.lexicon import ARTICLE, ARTICLE_PREFIXES, PREFIXES, TO, TO_THE, Entry, Lexicon
from analysis.coding.text import Text

NAMES = frozenset({"actors", "places"})
"""The tables of names: a name is one thing, and what stands inside it is none."""
ARTICLES = (ARTICLE, TO_THE)
MAY_STAND_BEFORE = {True: ARTICLE_PREFIXES, False: PREFIXES, None: PREFIXES | ARTICLE_PREFIXES}
"""What may be glued before a form: with the article, without it, either."""


class Mention(NamedTuple):
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
            if prefix not in MAY_STAND_BEFORE[key.article] or matching.find("  ", start + 1, end + 1) >= 0:
                continue
            if folded[start:end] != matching[start + 1 : end + 1]:
                continue  # hard punctuation stands between its words
            if prefix.endswith(ARTICLES):
                start -= len(ARTICLE) if prefix.endswith(ARTICLE) else len(TO)
                prefix = prefix[:-2] + (TO if prefix.endswith(TO_THE) else "")
            hits.setdefault((start, end, key.entry.sort), []).append((key.entry, prefix, key.suffix))
    return _longest([_mention(text, at, to, sort, found) for (at, to, sort), found in hits.items()])


def _mention(text: Text, at: int, to: int, sort: str, found: list[tuple[Entry, str, str]]) -> Mention:
    """A mention of one table: all that it may mean."""
    entry, prefix, suffix = found[0]
    start, end = text.span(at, to)
    if len(found) == 1:
        return Mention(start, end, at, to, sort, (entry.id,), prefix, (entry,), suffix)
    ids = tuple(dict.fromkeys(entry.id for entry, _, _ in found))
    entries = tuple({id(entry): entry for entry, _, _ in found}.values())
    return Mention(start, end, at, to, sort, ids, prefix, entries, min(suffix for _, _, suffix in found))


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Of two of one table that overlap the longer, and of a name and a word; words of two tables may overlap.

    The name of a little village, which may be any man's, takes nothing from an actor or a word.
    """
    actors = _Spans(m for m in mentions if m.sort == "actors")
    weak = {id(m) for m in mentions if all(entry.more.get("weak") for entry in m.entries)}
    free = [
        m for m in mentions if m.sort in NAMES and (id(m) not in weak or not any(True for _ in actors.overlapping(m)))
    ]
    names = _not_overlapped(free)
    taken = _Spans(m for m in names if id(m) not in weak)
    words = [m for m in mentions if m.sort not in NAMES]
    kept_words = [m for m in words if not any(_length(span) >= m.to - m.at for span in taken.overlapping(m))]
    longer = _Spans(m for m in kept_words if any(True for _ in taken.overlapping(m)))
    kept = [m for m in names if not any(_length(span) > m.to - m.at for span in longer.overlapping(m))]
    for sort in sorted({m.sort for m in kept_words}):
        kept += _not_overlapped([m for m in kept_words if m.sort == sort])
    return sorted(kept, key=lambda m: (m.at, m.to, m.sort))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _not_overlapped(mentions: list[Mention]) -> list[Mention]:
    """Of those that overlap the longer, of two as long the earlier."""
    kept = []
    for touching in _touching(mentions):
        if len(touching) == 1:
            kept += touching
            continue
        taken = _Spans(())
        for mention in sorted(touching, key=lambda m: (m.at - m.to, m.at, m.sort)):
            if taken.add(mention):
                kept.append(mention)
    return kept


def _touching(mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    """Mentions in stretches that none of another overlaps, in reading order."""
    stretch: list[Mention] = []
    reached = 0
    for mention in sorted(mentions, key=lambda m: m.at):
        if stretch and mention.at >= reached:
            yield stretch
            stretch = []
        stretch.append(mention)
        reached = max(reached, mention.to)
    if stretch:
        yield stretch


class _Spans:
    """Spans by where they begin."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.spans = sorted({(m.at, m.to) for m in mentions})
        self.widest = max((_length(span) for span in self.spans), default=0)

    def overlapping(self, mention: Mention) -> Iterator[tuple[int, int]]:
        """The spans that overlap a mention's and are not the same."""
        place = bisect_left(self.spans, (mention.at - self.widest, 0))
        while place < len(self.spans) and self.spans[place][0] < mention.to:
            span = self.spans[place]
            if span[1] > mention.at and span != (mention.at, mention.to):
                yield span
            place += 1

    def add(self, mention: Mention) -> bool:
        """Take the mention's span, unless one that overlaps it is taken."""
        if any(True for _ in self.overlapping(mention)):
            return False
        span = (mention.at, mention.to)
        place = bisect_left(self.spans, span)
        if place == len(self.spans) or self.spans[place] != span:
            self.spans.insert(place, span)
            self.widest = max(self.widest, _length(span))
        return True
