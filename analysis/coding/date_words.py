"""The words of dates: what each word of a text may be in a date, as one sign a word.

The signs are what the patterns of `date_grammar` are made of. A word that is no part of a date is `o`.

| sign | word | sign | word |
|---|---|---|---|
| n y r | number, year, ordinal | c | time on a clock |
| D d | date in digits, without year | g | era: AH, AD, solar |
| M x | month, month that is also a word | H K S | Hijri month (K: also a word), Solar Hijri |
| W 7 | weekday, weekday without its article | T Y J | deictic, "earlier", "later" |
| A | part of the day | U V P | unit: one, two, many |
| L R C | last, previous, current | X F E | next, following, same |
| B O Q | edge of a period, season, quarter or half | f N @ | feast, weekend, anniversary |
| h j ~ | this, that, "a day like this" | Z % | latest, every |
| b s k a | before, since, during, after | i m u l | in, of, on, "for" glued to a word |
| t e w | to, between, and | q v | about, several |
| = ! z & | "that is", issued on, law, head of a name | o | every other word |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from analysis.coding.lexicon import ARTICLE, read_table
from analysis.coding.numbers import (
    Number,
    Words,
    is_number_word,
    number_at,
    ordinal_at,
    read_words,
    split_clitics,
    split_words,
)
from analysis.coding.text import ALEF, AND, BY, FOR, MADDA, THIS, Text, fold_word
from analysis.paths import data_path

SIGNS = {
    "month": "M", "hijri": "H", "solar": "S", "weekday": "W", "deictic": "T", "earlier": "Y", "part": "A", "unit": "U",
    "units2": "V", "units": "P", "last": "L", "previous": "R", "current": "C", "next": "X", "following": "F",
    "same": "E", "edge": "B", "before": "b", "since": "s", "during": "k", "after": "a", "in": "i", "of": "m",
    "to": "t", "between": "e", "and": "w", "on": "u", "about": "q", "several": "v", "this": "h", "that": "j",
    "era": "g", "season": "O", "quarter": "Q", "equal": "=", "weekend": "N", "feast": "f", "law": "z",
    "latest": "Z", "later": "J", "like": "~", "weekday_bare": "7", "every": "%", "anniversary": "@",
    "name": "&", "issued": "!",
}  # fmt: skip
"""The sort of a row of `lexicon/dates.tsv` -> its sign."""
GLUED = {AND: "w", BY: "i", FOR: "l", THIS: "h"}
"""The sign of a letter glued before a word."""
WEAK = {"M": "x", "H": "K"}
"""The sign of a month whose name is also a common word or a man's name."""
PUNCTUATION = frozenset(",()/-.:\n")
YEARS = (1300, 2100)

_NUMERIC = re.compile(r"(\d{1,4})( ?[/\\] ?| ?- ?|\.)(\d{1,2})(?:( ?[/\\] ?| ?- ?|\.)(\d{4}|\d{1,2}))?(?!\d)")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


@dataclass(frozen=True, slots=True)
class Items:
    """A text as signs: one character each in `signs`, with its value and its place in the folded text."""

    signs: str
    values: list[Any]
    at: list[int]
    to: list[int]


def read_items(text: Text) -> Items:
    """Read every word of a text as a sign of a date, in reading order."""
    words = read_words(text)
    reader = _Reader(text, words)
    position, count = 0, len(words.words)
    while position < count:
        if _is_plain(words.words[position]):
            reader.add("o", None, words.at[position], words.to[position])
            position += 1
        else:
            position = reader.read(position)
    return _this_day(Items("".join(reader.signs), reader.values, reader.at, reader.to))


_THE_DAY = re.compile(r"T(?=[FERXB]|C|rm?[fHK]|r[LX]|r[im]h?U)|(?<=E)T")


def _this_day(items: Items) -> Items:
    """'The day' before 'after', 'itself' and the like is a unit, not today."""
    signs = items.signs
    for match in _THE_DAY.finditer(signs):
        if items.values[match.start()] == 0:
            items.values[match.start()] = "day"
            signs = signs[: match.start()] + "U" + signs[match.end() :]
    return Items(signs, items.values, items.at, items.to)


class _Reader:
    """The items read so far."""

    def __init__(self, text: Text, words: Words) -> None:
        self.text, self.words = text, words
        self.signs: list[str] = []
        self.values: list[Any] = []
        self.at: list[int] = []
        self.to: list[int] = []

    def add(self, sign: str, value: Any, at: int, to: int) -> None:
        self.signs.append(sign)
        self.values.append(value)
        self.at.append(at)
        self.to.append(to)

    def read(self, position: int) -> int:
        """Read the item that begins at a word; return the word after it."""
        words = self.words
        word = words.words[position]
        if word.isdigit():
            return self._read_digits(position)
        readings = _readings(word)
        best: tuple[int, str, bool, str, Any] | None = None
        for glued, article, sign, value, following, demands in readings:
            last = position + 1 + len(following)
            if following and tuple(words.words[position + 1 : last]) != following:
                continue
            if demands is not None and demands != article:
                continue
            if best is None or last > best[0]:
                best = (last, glued, article, sign, value)
        if best is None or (best[0] == position + 1 and best[3] not in "WMxUVPT"):
            number = _number_from(words, position)
            if number and (best is None or number[0].last > best[0] or best[3] in "bB"):
                return self._add_number(*number)
        if best is None:
            at = words.at[position]
            if word == ARTICLE and position + 1 < len(words.words) and words.words[position + 1].isdigit():
                return position + 1
            self.add(word if word in PUNCTUATION else "o", None, at, words.to[position])
            return position + 1
        last, glued, _, sign, value = best
        to = words.to[last - 1]
        if sign == "x":
            month = self.text.raw[slice(*self.text.span(words.at[position] + len(glued), to))]
            if MADDA in month:
                sign = "M"
            elif glued and month[:1] == ALEF:  # with what is glued to it another word: a gate, a door
                self.add("o", None, words.at[position], to)
                return last
        at = self._add_glued(glued, words.at[position])
        self.add(sign, value, at, to)
        return last

    def _add_glued(self, glued: str, at: int) -> int:
        """Signs for what is glued before a word; where the word itself begins."""
        for letter in glued:
            sign = GLUED.get(letter)
            if sign:
                self.add(sign, None, at, at + 1)
            at += 1
        return at

    def _add_number(self, number: Number, ordinal: bool) -> int:
        at = self._add_glued(number.glued, self.words.at[number.first])
        to = self.words.to[number.last - 1]
        sign = "r" if ordinal else "y" if YEARS[0] <= number.value <= YEARS[1] else "n"
        self.add(sign, number.value, at, to)
        return number.last

    def _read_digits(self, position: int) -> int:
        words, folded = self.words, self.text.folded
        at = words.at[position]
        before = folded[at - 1 : at]
        match = (
            _NUMERIC.match(folded, at) if len(words.words[position]) <= 4 and before not in ("/", ".", "-") else None
        )
        if match and (value := _numeric(match)) is not None:
            self.add("D" if match[5] else "d", value, at, match.end())
            return self._word_at(match.end(), position)
        clock = _CLOCK.match(folded, at)
        if clock:
            self.add("c", None, at, clock.end())
            return self._word_at(clock.end(), position)
        number = number_at(words, position)
        if number is None:
            self.add("o", None, at, words.to[position])
            return position + 1
        if number.last == position + 1 and len(words.words[position]) > 2 and words.words[position][0] == "0":
            self.add("o", None, at, words.to[position])
            return position + 1
        return self._add_number(number, False)

    def _word_at(self, folded_position: int, position: int) -> int:
        while position < len(self.words.at) and self.words.at[position] < folded_position:
            position += 1
        return position


def _number_from(words: Words, position: int) -> tuple[Number, bool] | None:
    ordinal = ordinal_at(words, position)
    if ordinal:
        return ordinal, True
    number = number_at(words, position)
    return (number, False) if number else None


def _numeric(match: re.Match[str]) -> tuple[int | None, int, int] | None:
    """(year, month, day) of digits with two signs between, day first; a year may come first; None where it is none."""
    first, second, third = int(match[1]), int(match[3]), match[5]
    sign = match[2].strip()
    if third is None:
        if len(match[1]) > 2 or sign == "." or not (1 <= first <= 31 and 1 <= second <= 12):
            return None
        return (None, second, first) if sign in "/\\" and sign else None
    if match[4].strip() != sign:
        return None
    if len(match[1]) == 4:
        return (first, second, int(third)) if 1 <= second <= 12 and len(third) <= 2 else None
    if len(match[1]) > 2 or len(third) == 1:
        return None
    year = int(third) if len(third) == 4 else 2000 + int(third)
    if not (YEARS[0] <= year <= YEARS[1]) or (len(third) == 2 and sign == "."):
        return None
    if 1 <= second <= 12 and 1 <= first <= 31:
        return year, second, first
    if 1 <= first <= 12 and 13 <= second <= 31:
        return year, first, second
    return None


@cache
def _table() -> dict[str, tuple[tuple[str, Any, tuple[str, ...], bool | None], ...]]:
    """First folded word -> (sign, value, the words after it, whether the article must or must not stand)."""
    table: dict[str, list[tuple[str, Any, tuple[str, ...], bool | None]]] = {}
    for row in read_table(data_path("lexicon", "dates.tsv")):
        head, *rest = split_words(fold_word(row["word"]))
        sign = SIGNS[row["sort"]]
        if row["alone"] == "no":
            sign = WEAK.get(sign, sign)
        demands: bool | None = False if row["article"] == "no" else None
        if head.startswith(ARTICLE) and len(head) > 4:
            head, demands = head[2:], True
        value: Any = int(row["value"]) if row["value"].lstrip("-").isdigit() else row["value"]
        table.setdefault(head, []).append((sign, value, tuple(rest), demands))
    return {head: tuple(rows) for head, rows in table.items()}


@lru_cache(maxsize=1 << 16)
def _is_plain(word: str) -> bool:
    """Whether a word can be no part of a date at all."""
    plain = not word.isdigit() and word not in PUNCTUATION and word != ARTICLE
    return plain and not _readings(word) and not is_number_word(word)


@lru_cache(maxsize=1 << 16)
def _readings(word: str) -> tuple[tuple[str, bool, str, Any, tuple[str, ...], bool | None], ...]:
    table = _table()
    found = []
    for glued, article, rest in split_clitics(word):
        for sign, value, following, demands in table.get(rest, ()):
            found.append((glued, article, sign, value, following, demands))
    return tuple(found)
