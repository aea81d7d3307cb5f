"""Words of a text, and the phrases of a table found among them.

Names go through the automaton of `mentions`; the words of the grammar (acts, weapons, cues, sources) are found here,
word by word, because they inflect at the end and each use asks which form it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

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


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """A phrase of a table where a text has it: words[first:last]."""

    first: int
    last: int
    row: Row
    prefix: str
    """What is glued before it, the article included."""
    form: Form


@dataclass(slots=True)
class PhraseBook(Generic[Row]):
    """Phrases by their first word."""

    _first: dict[str, list[tuple[tuple[str, ...], bool, Row, Form]]] = field(default_factory=dict)
    _analyses: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def add(self, form: Form, row: Row) -> None:
        """Add one form of a row."""
        head, *rest = form.word.split()
        article = head.startswith(ARTICLE) and len(head) > 4 and form.shape in ("noun", "fixed")
        phrase = (tuple(_bare(word) for word in rest), article, row, form)
        self._first.setdefault(head[2:] if article else head, []).append(phrase)

    def find(self, words: Sequence[str]) -> Iterator[Found[Row]]:
        """Yield every phrase found, in reading order; of two that begin at one word, the longer only."""
        for position, word in enumerate(words):
            analyses = self._analyses.get(word)
            if analyses is None:
                analyses = self._analyse(word)
            if analyses:
                yield from self._at(words, position, analyses)

    def _at(self, words: Sequence[str], position: int, analyses: Iterable[tuple[str, str]]) -> Iterator[Found[Row]]:
        found: list[Found[Row]] = []
        for prefix, stem in analyses:
            for rest, article, row, form in self._first[stem]:
                if article and not prefix.endswith((ARTICLE, TO_THE)):
                    continue
                if form.shape in ("perfect", "imperfect", "future") and prefix not in BEFORE_VERB:
                    continue
                if form.shape != "future" and prefix == FUTURE:
                    continue
                last = position + 1
                for expected in rest:
                    if last >= len(words) or _bare(words[last]) not in (expected, expected + ACCUSATIVE):
                        break
                    last += 1
                else:
                    found.append(Found(position, last, row, prefix, form))
        if found:
            longest = max(match.last for match in found)
            yield from (match for match in found if match.last == longest)

    def _analyse(self, word: str) -> tuple[tuple[str, str], ...]:
        analyses = tuple(
            (prefix, word[len(prefix) :])
            for prefix in BEFORE_WORD + BEFORE_ARTICLE
            if word.startswith(prefix) and word[len(prefix) :] in self._first
        )
        if len(self._analyses) < KEPT_WORDS:
            self._analyses[word] = analyses
        return analyses


def _bare(word: str) -> str:
    for article in (ARTICLE, TO_THE, BY + ARTICLE, AND + ARTICLE):
        if word.startswith(article) and len(word) > len(article) + 1:
            return word[len(article) :]
    return word
