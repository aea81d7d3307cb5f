"""A report's text folded for matching, with a way back to what was published.

Folding drops what carries no meaning for matching (vowel marks, tatweel, zero-width and bidi controls), unifies the
spellings of a letter, opens presentation forms, turns digits of every script into ASCII, rejoins words that were cut
apart to dodge filters, and makes one space of every run of soft separators (white space, quotes, underscores, the hash
of a hashtag). Hard punctuation stays, one character each; pictures and other signs become one object character.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from analysis.coding.dodged import GLUED, rejoin
from analysis.coding.letters import LIGATURE, LIGATURES, codes_of, decoded, fold_letters, fold_table, space_table
from analysis.paths import data_path

HASH = "#"
AND, BY, FOR, THIS = "و", "ب", "ل", "ه"
"""Letters that are glued before a word: and, by, for, and "this" as it is spoken."""
ALEF, MADDA = "ا", "آ"
ACCUSATIVE, FEMININE, FEMININE_JOINED, RELATION = ALEF, "ة", "ت", "ي"
"""Endings of a noun: indefinite accusative, feminine, feminine before another ending, 'of Turkey'."""
DUALS, DUALS_JOINED = ("ان", "ين"), ("ا", "ي")
"""The dual, nominative and not, and the same before what it belongs to."""
SOUND_PLURAL, FEMININE_PLURAL = "ون", "ات"
HAMZA, HAMZA_SEATS = "ء", ("ي", "و", "ء")
"""The last letter of "sons", and what it is before a pronoun, folded."""
IMPERFECT = ("ي", "ت")
"""The letters with which a verb of the present begins: he, she."""
POSSESSORS = ("ه", "ها", "هم", "هما")
"""Whose it is: his, her, their, of both."""


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A report's text, as published and folded; each is a key of its own for what is remembered of it."""

    raw: str
    folded: str
    """Folded for matching; hard punctuation kept, one space between words."""
    matching: str
    """As `folded`, all but letters and digits turned into spaces, one more space at either end: position i is
    folded[i - 1]."""
    origin: np.ndarray
    """int32, len(folded) + 1, never falling: where each folded character stands in `raw`; the last is len(raw)."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded[start:end] stands in `raw`, half-open."""
        place = self.origin.item
        first: int = place(start)
        return first, max(place(end), place(end - 1) + 1) if end > start else first

    def position(self, raw_position: int) -> int:
        """The first folded position that stands at or after a raw position."""
        return int(np.searchsorted(self.origin, raw_position))


def fold(raw: str) -> Text:
    """Fold a report's text.

    >>> fold("قصفٌ للتحالف «الدوليّ»").folded
    'قصف للتحالف الدولي '
    >>> fold("هـ ـجـ ـوم على قاعـ.ـدة").folded
    'هجوم علي قاعده'
    """
    folded = fold_table()[codes_of(rejoin(raw))]
    space = folded == 32
    keep = folded != 0
    keep[1:] &= ~(space[1:] & space[:-1])
    kept = keep.nonzero()[0]
    units = folded[kept]
    text = decoded(units)
    if "  " in text:  # something was dropped between two spaces
        space = units == 32
        stay = np.flatnonzero(np.concatenate(([True], ~(space[1:] & space[:-1]))))
        kept, units = kept[stay], units[stay]
        text = decoded(units)
    if LIGATURE in text:
        opened, places = _open_ligatures(raw)
        inner = fold(opened)
        return Text(raw, inner.folded, inner.matching, places[inner.origin])
    origin = np.empty(len(kept) + 1, dtype=np.int32)
    origin[:-1] = kept
    origin[-1] = len(raw)
    return _part_names(Text(raw, text, f" {decoded(space_table()[units])} ", origin))


@lru_cache(maxsize=1 << 16)
def fold_word(form: str) -> str:
    """A word or phrase of a lexicon as the matcher sees it: folded, single spaces, none at the ends."""
    return " ".join(fold(form).folded.split())


def _open_ligatures(raw: str) -> tuple[str, np.ndarray]:
    """The text with its ligatures as their letters, and for each character (and the end) its place in `raw`."""
    counts = np.ones(len(raw) + 1, dtype=np.int64)
    parts: list[str] = []
    done = 0
    for ligature in LIGATURES.finditer(raw):
        letters = unicodedata.normalize("NFKC", ligature[0])
        counts[ligature.start()] = len(letters)
        parts += (raw[done : ligature.start()], letters)
        done = ligature.end()
    places = np.repeat(np.arange(len(raw) + 1, dtype=np.int32), counts)
    return "".join([*parts, raw[done:]]), places


@cache
def _written_as_one() -> tuple[tuple[str, int], ...]:
    """Folded names as one word, each with the place of the space it lacks."""
    pairs = [words for words in _joined() if len(words) == 2]
    return tuple((first + last, len(first)) for first, last in pairs)


@cache
def _joined() -> tuple[tuple[str, ...], ...]:
    """The rows of `joined.tsv`, folded: names of two words that are written as one, and hashtags of one."""
    rows = data_path("lexicon", "joined.tsv").read_text(encoding="utf-8").splitlines()[1:]
    words = (row.split("\t")[1].split() for row in rows if row and not row.startswith("#"))
    return tuple(tuple(fold_letters(word) for word in row) for row in words)


def _ends_of_tags(text: Text) -> Iterator[int]:
    """Where a hashtag like "urgent" ends though the next word is written on to it."""
    if HASH in text.raw:
        for tag in (words[0] for words in _joined() if len(words) == 1):
            for found in re.finditer(rf"\b{tag}(?=\w)", text.folded):
                if text.raw[text.origin[found.start()] - 1] == HASH:
                    yield found.end()


def _part_names(text: Text) -> Text:
    """The text with a space in names that are written as one word, 'ديرالزور', and after hashtags glued to a word."""
    places = list(_ends_of_tags(text))
    for name, length in _written_as_one():
        at = text.folded.find(name)
        while at >= 0:
            glued = text.folded[at - 1 : at] not in ("", " ") and _WORD_BEFORE.search(text.folded, max(at - 4, 0), at)
            if not glued or glued[0] in GLUED:
                places.append(at + length)
            at = text.folded.find(name, at + 1)
    if not places:
        return text
    places.sort()
    cuts = [0, *places, len(text.folded)]
    folded = " ".join(text.folded[a:b] for a, b in itertools.pairwise(cuts))
    inner = text.matching[1:-1]
    matching = " ".join(inner[a:b] for a, b in itertools.pairwise(cuts))
    origin = np.insert(text.origin, places, text.origin[places])
    return Text(text.raw, folded, f" {matching} ", origin)


_WORD_BEFORE = re.compile(r"\w+\Z")
