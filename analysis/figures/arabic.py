"""The only door for Arabic text into a figure.

From 3.11 on matplotlib shapes and orders Arabic itself; before, letters must be joined and ordered beforehand, and
doing both prints the text backwards (matplotlib issue 32262). What this matplotlib does is measured, not looked up.
"""

from __future__ import annotations

import re
from functools import cache

import arabic_reshaper
from bidi import get_display
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
CONTROLS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
EMBEDDING = "\u202b"
"""Right-to-left embedding: one before each line, never closed; a closing mark leaves a gap in PDF."""
PAIRS = "()[]{}<>«»‹›≤≥"
MIRRORED = {one: other for pair in zip(PAIRS[::2], PAIRS[1::2], strict=True) for one, other in (pair, pair[::-1])}
BRACKETS = re.compile("[" + re.escape(PAIRS) + "]")
TAG = "\u034f"
"""python-bidi orders brackets but does not turn them; a joiner put behind one stands before it where it must be."""

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def show(text: object) -> str:
    """Return a text as it must be handed to matplotlib so that its Arabic reads right; Latin text is only escaped.

    Call it at the drawing call only and store nothing it returns. Works line by line; control marks in the text are
    dropped, and dollar signs are escaped so that matplotlib reads no mathematics into a report's words.

    >>> show("2 killed, $5")
    '2 killed, \\\\$5'
    """
    lines = [CONTROLS.sub("", line) for line in str(text).split("\n")]
    return "\n".join(_line(line) if ARABIC.search(line) else line for line in lines).replace("$", r"\$")


def digits(text: object, eastern: bool) -> str:
    """Return a text with Arabic-Indic digits, or as it is.

    >>> digits(2020, eastern=True)
    '٢٠٢٠'
    """
    return str(text).translate(EASTERN) if eastern else str(text)


@cache
def matplotlib_shapes_arabic() -> bool:
    """Whether this matplotlib joins Arabic letters itself: lam-alef is narrower than lam alone only where it does."""
    font = FontProperties(family="DejaVu Sans")

    def width(text: str) -> float:
        return float(TextPath((0, 0), text, size=100, prop=font).get_extents().width)

    return width("لا") < width("ل")


def _line(line: str) -> str:
    if matplotlib_shapes_arabic():
        return EMBEDDING + line
    tagged = BRACKETS.sub(lambda bracket: bracket.group() + TAG, _reshaper().reshape(line))
    ordered = str(get_display(tagged, base_dir="R"))
    turned = re.sub(f"{TAG}({BRACKETS.pattern})", lambda bracket: MIRRORED[bracket.group(1)], ordered)
    return CONTROLS.sub("", turned.replace(TAG, ""))


@cache
def _reshaper() -> arabic_reshaper.ArabicReshaper:
    return arabic_reshaper.ArabicReshaper(configuration={"delete_harakat": False})
