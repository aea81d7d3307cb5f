"""What each character folds to: the tables of code points behind `text.fold`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np

HARD = ".,;:!?()[]{}/\\-%\n…"
"""Punctuation that stays as it is."""
OBJECT = "\ufffc"
"""What stands for a picture, a bullet, any other sign."""
TATWEEL = "ـ"
TANWIN = "\u064b"
"""The mark of an indefinite accusative."""
LIGATURE = "\ue000"
"""What a ligature folds to until it is opened."""
LIGATURES = re.compile("[\ufbdd\ufbea-\ufbfb\ufc00-\ufdfc\ufef5-\ufefc]")
_UNIFY = {
    "ا": "أإآٱٲٳ",
    "ي": "ىئیېےۍ",
    "و": "ؤۆۇۈۋ",
    "ه": "ةہەۀۃھۂ",
    "ك": "کگڪ",
    "ب": "پ",
    "ج": "چ",
    "ف": "ڤڥ",
    "ز": "ژ",
    " ": "\t\r\x0b\x0c\"'`“”„‟‘’‚‛‹›«»*_#|~^\u2033\u2032\u02dd´",
    ",": "،٬",
    ";": "؛",
    "?": "؟",
    "%": "٪",
    "-": "‐‑‒–—―−",
    ".": "٫۔",
}


@cache
def fold_table() -> np.ndarray:
    """Folded code for each code point of the basic plane, uint16; 0 drops it."""
    table = np.zeros(0x10000, dtype=np.uint16)
    for code in range(0x10000):
        table[code] = _folded(chr(code))
    for target, sources in _UNIFY.items():
        for source in sources:
            table[ord(source)] = ord(target)
    table[ord(TATWEEL)] = 0
    for hard in HARD:
        table[ord(hard)] = ord(hard)
    for code in range(0xFB50, 0xFEFD):
        if LIGATURES.match(chr(code)) and unicodedata.normalize("NFKC", chr(code)) != chr(code):
            table[code] = ord(LIGATURE)
    for code in range(0xFE70, 0xFEFD):  # presentation forms of single letters
        plain = unicodedata.normalize("NFKC", chr(code)).strip()
        if len(plain) == 1:
            table[code] = table[ord(plain)]
    for code in range(0xFB50, 0xFBFF):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = table[ord(plain)]
    return table


@cache
def space_table() -> np.ndarray:
    """Folded code -> itself for letters and digits, else a space."""
    return np.array([code if chr(code).isalnum() else 32 for code in range(0x10000)], dtype=np.uint16)


def codes_of(text: str) -> np.ndarray:
    """The code points of a text, uint16; those beyond the basic plane as the stand-in that `_beyond` gives them."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(text):
        return np.frombuffer(units, dtype=np.uint16)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    for place in np.flatnonzero(codes > 0xFFFF):
        codes[place] = _beyond(int(codes[place]))
    return codes.astype(np.uint16)


def decoded(units: np.ndarray) -> str:
    """The text of UTF-16 code units."""
    return units.tobytes().decode("utf-16-le", "surrogatepass")


def fold_letters(word: str) -> str:
    """The folded letters of a word."""
    return "".join(chr(code) for code in fold_table()[codes_of(word)] if code)


def _beyond(code: int) -> int:
    """A plain letter or digit for a mathematical or otherwise dressed one, nothing for a tag, else an object."""
    character = chr(code)
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 1 and plain != character and plain.isalnum() and ord(plain) < 0x10000:
        return ord(plain)
    category = unicodedata.category(character)
    if category == "Nd":
        return 48 + unicodedata.digit(character)
    return 0x200B if category in ("Mn", "Me", "Cf") else ord(OBJECT)


def _folded(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if category in ("Zs", "Zl", "Zp"):
        return 32
    if category == "Nd":
        return 48 + unicodedata.digit(character)
    if category[0] in "LN" or character.isascii():
        wide = unicodedata.normalize("NFKC", character) if "\uff00" <= character <= "\uffef" else character
        return ord(wide) if len(wide) == 1 else ord(character)
    return ord(OBJECT)
