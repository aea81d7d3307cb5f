"""A report's text folded for matching, with a way back to what was published.

Folding drops what carries no meaning for matching (vowel marks, tatweel, zero-width and bidi controls), unifies the
spellings of a letter, turns digits of every script into ASCII, and makes one space of every run of soft separators
(white space, quotes, underscores, the hash of a hashtag). Hard punctuation stays, one character each.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np

AND, BY, FOR, THIS = "و", "ب", "ل", "ه"
"""Letters that are glued before a word: and, by, for, and "this" as it is spoken."""
MADDA = "آ"
HARD = ".,;:!?()[]{}/\\-%\n…«»"


@dataclass(frozen=True, slots=True)
class Text:
    """A report's text, as published and folded."""

    raw: str
    folded: str
    """Folded for matching; hard punctuation kept, one space between words."""
    matching: str
    """As `folded`, hard punctuation turned into spaces, one more space at either end: position i is folded[i - 1]."""
    origin: np.ndarray
    """int32, len(folded) + 1: where each folded character stands in `raw`; the last entry is len(raw)."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded[start:end] stands in `raw`, half-open."""
        return int(self.origin[start]), int(self.origin[end])

    def position(self, raw_position: int) -> int:
        """The first folded position that stands at or after a raw position."""
        return int(np.searchsorted(self.origin, raw_position))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a heading."""

    start: int
    end: int
    """Half-open, characters of the text as published, without white space at the ends."""
    at: int
    to: int
    """The same in the folded text."""


def fold(raw: str) -> Text:
    """Fold a report's text.

    >>> fold("قصفٌ للتحالف «الدوليّ»").folded
    'قصف للتحالف الدولي '
    """
    codes = np.frombuffer(raw.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = _table()
    folded = table[np.minimum(codes, len(table) - 1)]
    space = folded == 32
    keep = (folded != 0) & ~(space & np.concatenate(([False], _previous_kept_is_space(folded))))
    kept = np.flatnonzero(keep)
    text = folded[kept].astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
    origin = np.concatenate((kept, [len(raw)])).astype(np.int32)
    return Text(raw, text, f" {text.translate(_HARD_TO_SPACE)} ", origin)


def fold_word(form: str) -> str:
    """A word or phrase of a lexicon as the matcher sees it: folded, single spaces, none at the ends."""
    return " ".join(form.translate(_CHARACTERS).split())


class _Characters(dict[int, str | None]):
    """What each character folds to, learnt from the table when first met: quicker for a word than an array."""

    def __missing__(self, code: int) -> str | None:
        folded = int(_table()[min(code, 0x10000)])
        self[code] = chr(folded) if folded else None
        return self[code]


_CHARACTERS = _Characters()


def find_sentences(text: Text) -> list[Sentence]:
    """Cut a text into sentences, in reading order; together they hold every word of it.

    A line end cuts; so does a full stop, a question or an exclamation mark, not an ellipsis, a decimal point, a dot
    in a date or after an initial.

    >>> [s.end for s in find_sentences(fold("قُتل 3.5 بالمئة. وأصيب آخرون"))]
    [16, 28]
    """
    folded = text.folded
    cuts = [0]
    for match in _STOP.finditer(folded):
        if match[0][0] == "\n" or _ends_sentence(folded, match.start(), match.end()):
            cuts.append(match.end())
    cuts.append(len(folded))
    found = []
    for at, to in itertools.pairwise(cuts):
        while at < to and folded[at] in " \n￼-.!?":
            at += 1
        while at < to and folded[to - 1] in " \n￼":
            to -= 1
        if at < to:
            found.append(Sentence(*text.span(at, to), at, to))
    return found


_STOP = re.compile(r"[.!?…]+[ )\]]*|\n+")
_HARD_TO_SPACE = str.maketrans(dict.fromkeys(HARD, " "))


def _previous_kept_is_space(folded: np.ndarray) -> np.ndarray:
    kept = np.flatnonzero(folded != 0)
    previous = np.zeros(len(folded), dtype=bool)
    previous[kept[1:]] = folded[kept[:-1]] == 32
    return previous[1:]


@cache
def _table() -> np.ndarray:
    """Folded code point for each code point of the basic plane; 0 drops it."""
    table = np.arange(0x10001, dtype=np.uint32)
    table[0x10000] = 0xFFFC  # all beyond the basic plane: one object character
    for code in range(0x10000):
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Mn", "Me", "Cf"):
            table[code] = 0
        elif category in ("Zs", "Zl", "Zp"):
            table[code] = 32
        elif category == "Nd":
            table[code] = 48 + unicodedata.digit(character)
    for targets, sources in _UNIFY.items():
        for source in sources:
            table[ord(source)] = ord(targets)
    table[ord("ـ")] = 0
    return table


_UNIFY = {
    "ا": "أإآٱٲٳ",
    "ي": "ىئیېےۍ",
    "و": "ؤۆۇۈ",
    "ه": "ةہەۀۃھ",
    "ك": "کگڪ",
    "ب": "پ",
    "ج": "چ",
    "ف": "ڤڥ",
    "ز": "ژ",
    " ": "\t\r\"'`“”„‟‘’‚‛‹›«»*_#ـ|~^\u2033\u02dd",
    ",": "،٬",
    ";": "؛",
    "?": "؟",
    "%": "٪",
    "-": "‐‑‒–—―−",
    ".": "٫۔",
}


def _ends_sentence(folded: str, at: int, to: int) -> bool:
    mark = folded[at:to].rstrip(" )]")
    if mark.strip("!?") == "":
        return True
    if (len(mark) > 1 and "!" not in mark and "?" not in mark) or mark == "…":
        return False
    if (
        to < len(folded)
        and folded[at + 1 : at + 2].isalnum()
        and (folded[at + 1].isdigit() or folded[at - 1 : at].isdigit())
    ):
        return False
    word = _word_before(folded, at)
    if len(word) == 1 and word.isalpha():
        before = folded[: at - 1].rstrip(" ")[-1:]
        return before.isdigit()
    return True


def _word_before(folded: str, at: int) -> str:
    first = at
    while first > 0 and at - first < 3 and folded[first - 1].isalnum():
        first -= 1
    return folded[first:at]
