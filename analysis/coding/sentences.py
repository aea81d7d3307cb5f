"""Where a text's sentences and headings begin and end."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from analysis.coding.letters import OBJECT
from analysis.coding.text import Text

_STOP = re.compile(rf"[.!?…]+[ )\]]*|\n+|{OBJECT}")
_EDGES_BEFORE = f" \n{OBJECT}-.!?"
_EDGES_AFTER = f" \n{OBJECT}"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a heading."""

    start: int
    end: int
    """Half-open, characters of the text as published, without white space at the ends."""
    at: int
    to: int
    """The same in the folded text."""


@lru_cache(maxsize=2)  # places, the narrative and others ask for those of one text
def find_sentences(text: Text) -> tuple[Sentence, ...]:
    """Cut a text into sentences, in reading order; together they hold every word of it.

    A line end cuts; so does a full stop, a question or an exclamation mark, and a bullet that comes again; not an
    ellipsis, a decimal point, a dot in a date, in an address or after an initial.

    >>> from analysis.coding.text import fold
    >>> [s.end for s in find_sentences(fold("قُتل 3.5 بالمئة. وأصيب آخرون"))]
    [16, 28]
    """
    folded = text.folded
    cuts = [0]
    for match in _STOP.finditer(folded):
        mark = match[0][0]
        if mark == OBJECT:
            if _is_bullet(text, match.start()):
                cuts.append(match.start())
        elif mark == "\n" or _ends_sentence(folded, match.start(), match.end()):
            cuts.append(match.end())
    cuts.append(len(folded))
    found = []
    for at, to in itertools.pairwise(cuts):
        while at < to and folded[at] in _EDGES_BEFORE:
            at += 1
        while at < to and folded[to - 1] in _EDGES_AFTER:
            to -= 1
        if at < to:
            found.append(Sentence(*text.span(at, to), at, to))
    return tuple(found)


def _is_bullet(text: Text, at: int) -> bool:
    """Whether a sign opens an item of a list: it stands before a word, and comes more than once."""
    sign = text.raw[int(text.origin[at])]
    return text.raw.count(sign) > 1 and text.folded[at + 1 : at + 3].strip()[:1].isalnum()


def _ends_sentence(folded: str, at: int, to: int) -> bool:
    mark = folded[at:to].rstrip(" )]")
    before, after = folded[at - 1 : at], folded[to : to + 1]
    if before.isdigit() and after.isalnum() and to == at + len(mark):
        return False
    if mark.strip("!?") == "":
        return True
    if (len(mark) > 1 and "!" not in mark and "?" not in mark) or mark == "…":
        return False
    if to == at + 1 and after.isalnum():
        following = _WORD.match(folded, to)
        if after.isdigit() or after.isascii() or (following and len(following[0]) < 3):
            return False
    word = _word_before(folded, at)
    if len(word) == 1 and word.isalpha():
        # an initial, unless it is the letter that marks a year
        return folded[: at - 1].rstrip(" ")[-1:].isdigit()
    return True


def _word_before(folded: str, at: int) -> str:
    first = at
    while first > 0 and at - first < 3 and folded[first - 1].isalnum():
        first -= 1
    return folded[first:at]
