"""A report's text folded for matching, with a way back to what was published.

Folding drops what carries no meaning for matching (vowel marks, tatweel, zero-width and bidi controls), unifies the
spellings of a letter, turns digits of every script into ASCII, and makes one space of every run of soft separators
(white space, quotes, underscores, the hash of a hashtag). Hard punctuation stays, one character each.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np

HARD = ".,;:!?()[]{}/\\-%\n…«»"
SENTENCE_END = re.compile(r"[.!?\n…]+")


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
    return " ".join(fold(form).folded.split())


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
