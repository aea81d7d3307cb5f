"""Every known word of a text, found in one pass; whole words only; where two overlap, the longer wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.coding.lexicon import ARTICLE_PREFIXES, PREFIXES, Entry, Key, Lexicon
from analysis.coding.text import Text


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


def find_mentions(text: Text, lexicon: Lexicon) -> list[Mention]:
    """Find every known form in a text, in reading order; of two that overlap, the longer wins."""
    hits: dict[tuple[int, int, str], list[tuple[Entry, str]]] = {}
    matching, folded = text.matching, text.folded
    for last, keys in lexicon.automaton.iter(matching):
        end = last - 1  # the hit ends in a space, the matching text begins with one
        for key in keys:
            start = end - key.length
            if not folded[start:end].replace(" ", "").isalnum():
                continue
            word = matching.rfind(" ", 0, start + 1)
            prefix = matching[word + 1 : start + 1]
            if not _may_stand_before(prefix, key):
                continue
            if prefix.endswith("ال") or prefix.endswith("لل"):
                start -= 2 if prefix.endswith("ال") else 1
                prefix = prefix[:-2] + ("ل" if prefix.endswith("لل") else "")
            hits.setdefault((start, end, key.entry.sort), []).append((key.entry, prefix))
    return _longest(
        Mention(
            *text.span(at, to),
            at,
            to,
            sort,
            tuple(dict.fromkeys(entry.id for entry, _ in found)),
            found[0][1],
            tuple(entry for entry, _ in found),
        )
        for (at, to, sort), found in hits.items()
    )


def _may_stand_before(prefix: str, key: Key) -> bool:
    if key.article is True:
        return prefix in ARTICLE_PREFIXES
    if key.article is False:
        return prefix in PREFIXES
    return prefix in PREFIXES or prefix in ARTICLE_PREFIXES


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    taken: list[tuple[int, int]] = []
    for mention in sorted(mentions, key=lambda m: (m.at - m.to, m.at, m.sort)):
        span = (mention.at, mention.to)
        if all(span == other or span[1] <= other[0] or other[1] <= span[0] for other in taken):
            kept.append(mention)
            taken.append(span)
    return sorted(kept, key=lambda m: (m.at, m.to, m.sort))
