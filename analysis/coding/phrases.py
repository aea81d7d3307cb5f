"""Words of a text, and the phrases of a table found among them.

Names go through the automaton of `mentions`; the words of the grammar (acts, weapons, cues, sources) are found here,
word by word, because they inflect at the end and each use asks which form it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from analysis.coding.inflect import Form
from analysis.coding.lexicon import ARTICLE, ARTICLE_PREFIXES, CONJUNCTIONS, PREFIXES, PREPOSITIONS
from analysis.coding.text import Text

WORD = re.compile(r"[^\W_]+")
AND, SO = CONJUNCTIONS[1:]
BY, LIKE, TO = PREPOSITIONS[1:]
TO_THE = TO * 2
FUTURE = "س"
BEFORE_WORD = (*sorted(PREFIXES), FUTURE)
BEFORE_ARTICLE = tuple(sorted(ARTICLE_PREFIXES))
BEFORE_VERB = frozenset({"", AND, SO, TO, AND + TO, SO + TO})
ACCUSATIVE = "ا"
KEPT_WORDS = 200_000

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, folded, with their places in the folded text."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def index(self, position: int) -> int:
        """The first word that starts at or after a folded position, or contains it."""
        return bisect_left(self.ends, position + 1)


def find_words(text: Text) -> Words:
    """Split a folded text into its words."""
    spans = [match.span() for match in WORD.finditer(text.folded)]
    return Words(
        tuple(text.folded[start:end] for start, end in spans),
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
    )


class Found(NamedTuple, Generic[Row]):
    """A phrase of a table where a text has it: words[first:last]."""

    first: int
    last: int
    row: Row
    prefix: str
    """What is glued before it, the article included."""
    form: Form


Phrase = tuple[str, tuple[str, ...], Row, Form]
"""What a word may begin: what is glued before it, the bare words that must follow, the row, its form."""


@dataclass(frozen=True, slots=True)
class Begun(Generic[Row]):
    """The phrases that one word may begin."""

    alone: tuple[Phrase[Row], ...]
    """Those of one word."""
    longer: dict[str, list[Phrase[Row]]]
    """Those of several, by the bare word that must come next."""


@dataclass(slots=True)
class PhraseBook(Generic[Row]):
    """Phrases by their first word."""

    _first: dict[str, list[tuple[tuple[str, ...], bool, Row, Form]]] = field(default_factory=dict)
    _begun: dict[str, Begun[Row] | None] = field(default_factory=dict)
    """What each word met so far may begin; None where nothing."""

    def add(self, form: Form, row: Row) -> None:
        """Add one form of a row."""
        head, *rest = form.word.split()
        article = head.startswith(ARTICLE) and len(head) > 4 and form.shape in ("noun", "fixed")
        phrase = (tuple(_bare(word) for word in rest), article, row, form)
        self._first.setdefault(head[2:] if article else head, []).append(phrase)

    def find(self, words: Sequence[str]) -> Iterator[Found[Row]]:
        """Yield every phrase found, in reading order; of two that begin at one word, the longer only."""
        known = self._begun
        new = set(words).difference(known)
        if len(known) + len(new) > KEPT_WORDS:
            known.clear()
            new = set(words)
        for word in new:
            known[word] = self._begin(word)
        for position, begun in enumerate(map(known.get, words)):
            if begun is not None:
                yield from _longest(words, position, begun)

    def _begin(self, word: str) -> Begun[Row] | None:
        phrases = [
            (prefix, rest, row, form)
            for prefix in BEFORE_WORD + BEFORE_ARTICLE
            if word.startswith(prefix)
            for rest, article, row, form in self._first.get(word[len(prefix) :], ())
            if _may_stand_before(prefix, article, form)
        ]
        longer: dict[str, list[Phrase[Row]]] = {}
        for phrase in phrases:
            for following in (phrase[1][0], phrase[1][0] + ACCUSATIVE) if phrase[1] else ():
                longer.setdefault(following, []).append(phrase)
        return Begun(tuple(phrase for phrase in phrases if not phrase[1]), longer) if phrases else None


def _may_stand_before(prefix: str, article: bool, form: Form) -> bool:
    if article and not prefix.endswith((ARTICLE, TO_THE)):
        return False
    if form.shape in ("perfect", "imperfect", "future") and prefix not in BEFORE_VERB:
        return False
    return prefix != FUTURE or form.shape == "future"


def _longest(words: Sequence[str], position: int, begun: Begun[Row]) -> Iterable[Found[Row]]:
    """Of the phrases that a word may begin those that are there, the longest only."""
    if begun.longer and position + 1 < len(words):
        there = [
            phrase
            for phrase in begun.longer.get(_bare(words[position + 1]), ())
            if _follows(words, position + 2, phrase[1][1:])
        ]
        if there:
            most = max(len(rest) for _, rest, _, _ in there)
            last = position + 1 + most
            return [Found(position, last, row, prefix, form) for prefix, rest, row, form in there if len(rest) == most]
    return [Found(position, position + 1, row, prefix, form) for prefix, _, row, form in begun.alone]


def _follows(words: Sequence[str], first: int, rest: Sequence[str]) -> bool:
    """Whether the words from `first` on are those of a phrase, whatever article they have."""
    if first + len(rest) > len(words):
        return False
    return all(_bare(words[number]) in (expected, expected + ACCUSATIVE) for number, expected in enumerate(rest, first))


@lru_cache(maxsize=KEPT_WORDS)
def _bare(word: str) -> str:
    for article in (ARTICLE, TO_THE, BY + ARTICLE, AND + ARTICLE):
        if word.startswith(article) and len(word) > len(article) + 1:
            return word[len(article) :]
    return word
