"""What a page carries beside its report: hashtags hung on its end, headlines of other stories that are cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

TAGS = re.compile(r"(?:#[^\s#]+[ \t]*)+$", re.MULTILINE)
"""Hashtags at the end of a line, with nothing after them."""
LINE = re.compile(r"[^\n]+")
CUT = ("...", "…")
"""How a headline ends that a page cuts off; the last also stands between headlines on one line."""
HEADLINES = 2
"""So many lines cut off, or cuts inside one line, make a list; one alone may be the report's own."""


def furniture(raw: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of a text as published, half-open, that are none of its report, and what they are: "tag" or "cut"."""
    for tags in TAGS.finditer(raw):
        if raw[: tags.start()].strip():  # a post of nothing but tags says what it says in them
            yield *tags.span(), "tag"
    lines = [line for line in LINE.finditer(raw) if any(mark in line[0] for mark in CUT)]
    cut_off = [line for line in lines if line[0].rstrip().endswith(CUT)]
    for line in lines:
        if (len(cut_off) >= HEADLINES and line in cut_off) or line[0].count(CUT[-1]) >= HEADLINES:
            yield *line.span(), "cut"
