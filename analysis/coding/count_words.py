"""The words of counts: what each word of a text may be in a count, as one sign a word.

`n` number, `N` vague quantity, `a` `b` `c` a noun that is counted: one, two, many, `K` a word that tells of a harm
(verb or verbal noun), `G` bound, `e` between, `w` and, `m` of, `t` to, `x` one of, `p` "among them", `0` none,
`?` not known, `T` toll; signs of punctuation are themselves, every other word is `o`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from analysis.coding.lexicon import read_table
from analysis.coding.numbers import Words, number_at, read_words, split_clitics
from analysis.coding.text import Text, fold_word
from analysis.paths import data_path

SIGNS = {
    "vague": "N", "cue": "K", "bound": "G", "between": "e", "and": "w", "of": "m", "to": "t", "one": "x", "parts": "p",
    "none": "0", "unknown": "?", "toll": "T", "or": "w",
}  # fmt: skip
PUNCTUATION = frozenset(",;.:()/-!?\n")


@dataclass(frozen=True, slots=True)
class Counted:
    """A word of `lexicon/counts.tsv`: what it counts, who they are, and its value."""

    id: str
    counted: str
    who: str
    value: str


@dataclass(frozen=True, slots=True)
class CountItems:
    """A text as signs, one character each, with the value, the glued letters and the place of each."""

    signs: str
    values: list[Any]
    glued: list[str]
    at: list[int]
    to: list[int]


def read_count_items(text: Text) -> CountItems:
    """Read every word of a text as a sign of a count, in reading order."""
    words = read_words(text)
    items = CountItems("", [], [], [], [])
    signs: list[str] = []
    position, count = 0, len(words.words)
    while position < count:
        last, found = _read(words, position)
        at = words.at[position]
        for sign, value, glued, length in found:
            signs.append(sign)
            items.values.append(value)
            items.glued.append(glued)
            items.at.append(at)
            items.to.append(at + length if length else words.to[last - 1])
            at += length
        position = last
    return CountItems("".join(signs), items.values, items.glued, items.at, items.to)


def _read(words: Words, position: int) -> tuple[int, list[tuple[str, Any, str, int]]]:
    """The items of the word at a position: (the word after, [(sign, value, glued, length or 0)])."""
    word = words.words[position]
    best: tuple[int, str, bool, str, Any] | None = None
    if not word.isdigit():
        for glued, article, sign, value, following in _readings(word):
            last = position + 1 + len(following)
            if following and tuple(words.words[position + 1 : last]) != following:
                continue
            if best is None or last > best[0]:
                best = (last, glued, article, sign, value)
    number = number_at(words, position) if best is None or best[3] == "N" else None
    if number and (best is None or number.last > best[0]):
        best = (number.last, number.glued, number.article, "n", number.value)
    if best is None:
        if word in PUNCTUATION:
            return position + 1, [(word, None, "", 0)]
        return position + 1, [("o", word, "", 0)]
    last, glued, article, sign, value = best
    found: list[tuple[str, Any, str, int]] = []
    if glued[:1] == AND and glued:
        found.append(("w", None, "", 1))
    found.append((sign, value, glued.lstrip(AND) + ("ال" if article else ""), 0))
    return last, found


AND = "و"


@cache
def _table() -> dict[str, tuple[tuple[str, Any, tuple[str, ...]], ...]]:
    """First folded word -> (sign, value, the words after it)."""
    table: dict[str, list[tuple[str, Any, tuple[str, ...]]]] = {}
    for row in read_table(data_path("lexicon", "counts.tsv")):
        value = Counted(row["id"], row["counted"], row["who"], row["value"])
        for sign, form in _forms(row):
            head, *rest = form.split()
            table.setdefault(head, []).append((sign, value, tuple(rest)))
    return {head: tuple(dict.fromkeys(rows)) for head, rows in table.items()}


def _forms(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    if row["sort"] != "noun":
        for word in row["word"].split(","):
            yield SIGNS[row["sort"]], fold_word(word)
        return
    for word in row["word"].split(","):
        first, _, rest = word.strip().partition(" ")
        rest = f" {fold_word(rest)}" if rest else ""
        folded = fold_word(first)
        yield "a", folded + rest
        if not first.endswith(("ة", "ى")):
            yield "a", folded + "ا" + rest
        stem = folded[:-1] + "ت" if first.endswith("ة") else folded
        for ending in ("ان", "ين", "ا", "ي") if first.endswith("ة") else ("ان", "ين"):
            yield "b", stem + ending + rest
        yield "b", stem + "اه" + rest
        yield "b", stem + "اها" + rest
    for word in row["plural"].split(","):
        yield "c", fold_word(word)


@lru_cache(maxsize=1 << 16)
def _readings(word: str) -> tuple[tuple[str, bool, str, Any, tuple[str, ...]], ...]:
    table = _table()
    found = []
    for glued, article, rest in split_clitics(word):
        rows = sorted(table.get(rest, ()), key=lambda row: _ORDER.get(row[0], 0))
        for sign, value, following in rows:
            found.append((glued, article, sign, value, following))
    return tuple(found)


_ORDER = {"c": 1, "a": 2, "b": 3}
