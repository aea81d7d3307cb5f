"""Words of a text, and the numbers among them: digits of every script and number words, to milliards.

`read_words` cuts the folded text into words, digit groups and signs. `number_at` and `ordinal_at` read one number that
begins at a word: "مئة وخمسة وعشرون" is 125, "3 آلاف" is 3000, "الثاني والعشرين" is the twenty-second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from analysis.coding.lexicon import ARTICLE, CONJUNCTIONS, PREPOSITIONS, read_table
from analysis.coding.text import AND, FOR, THIS, Text, fold_word
from analysis.paths import data_path

_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w ]")
_CLITICS = (*(c + p for c in CONJUNCTIONS for p in PREPOSITIONS), THIS)
"""What may be glued before a word; the article comes after it."""
MAX_NUMBER = 10**12


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words, digit groups and single signs, in reading order."""

    words: list[str]
    at: list[int]
    """Where each begins in the folded text."""
    to: list[int]
    """Where each ends in the folded text."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from words[first:last]."""

    first: int
    last: int
    value: int
    digits: bool
    """Whether it is written in digits."""
    article: bool
    glued: str
    """What is glued before its first word: '', 'و', 'ب', ..."""


@lru_cache(maxsize=2)  # dates and counts ask for those of one text, one after the other
def read_words(text: Text) -> Words:
    """Cut a folded text into words, digit groups and signs."""
    found = [match.span() for match in _WORD.finditer(text.folded)]
    folded = text.folded
    return Words([folded[at:to] for at, to in found], [at for at, _ in found], [to for _, to in found])


def split_words(folded: str) -> list[str]:
    """A folded phrase cut as a text is: letters, digit groups, signs."""
    return _WORD.findall(folded)


def number_at(words: Words, first: int) -> Number | None:
    """Read the number that begins at a word; None where none does. Ordinals are not numbers.

    >>> from analysis.coding.text import fold
    >>> number_at(read_words(fold("مئة وخمسة وعشرون شخصاً")), 0).value
    125
    """
    digits = words.words[first].isdigit()
    if digits:
        opening = _digits_at(words, first)
        if opening is None:
            return None
        last, value, glued, article = *opening, "", False
    else:
        found = _group_at(words, first)
        if found is None:
            return None
        last, value, glued, article = found
    least = 10**15
    total = 0
    while value < least:
        position, factor = _scale_at(words, last) if value < 1000 else (last, 1)
        if value * factor >= least:
            break
        total, last = total + value * factor, position
        least = factor if factor > 1 else 1 if digits else _scale_of(value)
        rest = _joined_group(words, last)
        if rest is None or least == 1:
            break
        following, value = rest
        if value * (_scale_at(words, following)[1] if value < 1000 else 1) >= least:
            break
        last = following
    return Number(first, last, min(total, MAX_NUMBER), digits, article, glued)


def is_number_word(word: str) -> bool:
    """Whether a word may be a number, an ordinal or a part of one."""
    return bool(_rows(word))


def ordinal_at(words: Words, first: int) -> Number | None:
    """Read the ordinal that begins at a word ("الثالث", "الحادي عشر", "الخامس والعشرين"); None where none does."""
    start = _row(words.words[first], "ordinal") or _row(words.words[first], "ordinal_ten")
    if start is None:
        return None
    glued, article, sort, value = start
    following = words.words[first + 1] if first + 1 < len(words.words) else ""
    if _adjacent(words, first + 1) and (ten := _row(following, "ten")) and not ten[0] and not ten[1]:
        return Number(first, first + 2, value + 10, False, article, glued) if value < 10 else None
    tens = _row(following, "tens")
    if tens and tens[0] == AND and tens[1] == article and value < 10:
        return Number(first, first + 2, value + tens[3], False, article, glued)
    if following == AND and first + 2 < len(words.words):
        tens = _row(words.words[first + 2], "tens")
        if tens and tens[0] == "" and tens[1] == article and value < 10:
            return Number(first, first + 3, value + tens[3], False, article, glued)
    if sort == "ordinal_ten":
        return None
    return Number(first, first + 1, value, False, article, glued)


def split_clitics(word: str) -> list[tuple[str, bool, str]]:
    """Ways to read a word as (glued, article, rest), the whole word first.

    >>> split_clitics("للبيت")[-1]
    ('ل', True, 'بيت')
    """
    found = []
    for clitic in _CLITICS:
        if word.startswith(clitic):
            rest = word[len(clitic) :]
            if len(rest) > 1 or rest == word:
                found.append((clitic, False, rest))
            if rest.startswith(ARTICLE) and len(rest) > 3:
                found.append((clitic, True, rest[2:]))
            if clitic.endswith(FOR) and rest.startswith(FOR) and len(rest) > 2:
                found.append((clitic, True, rest[1:]))
    return found


@cache
def _table() -> dict[str, tuple[tuple[str, int, tuple[str, ...]], ...]]:
    """First folded word -> (sort, value, the words after it)."""
    table: dict[str, list[tuple[str, int, tuple[str, ...]]]] = {}
    for row in read_table(data_path("lexicon", "numbers.tsv")):
        head, *rest = split_words(fold_word(row["word"]))
        table.setdefault(head, []).append((row["sort"], int(row["value"]), tuple(rest)))
    return {head: tuple(sorted(rows, key=lambda r: -len(r[2]))) for head, rows in table.items()}


_SIMPLE = frozenset("unit ten tens hundred hundreds thousand thousands million millions milliard".split())
_SCALES = ("thousand", "million", "milliard")


@lru_cache(maxsize=1 << 16)
def _rows(word: str) -> tuple[tuple[str, bool, str, int, tuple[str, ...]], ...]:
    """Readings of one word: (glued, article, sort, value, the words that must follow)."""
    table = _table()
    found = []
    for glued, article, rest in split_clitics(word):
        for sort, value, following in table.get(rest, ()):
            found.append((glued, article, sort, value, following))
    return tuple(found)


def _row(word: str, *sorts: str) -> tuple[str, bool, str, int] | None:
    for glued, article, sort, value, following in _rows(word):
        if sort in sorts and not following:
            return glued, article, sort, value
    return None


def _adjacent(words: Words, position: int) -> bool:
    """Whether a word stands after the one before with at most a space between."""
    return position < len(words.words) and words.at[position] - words.to[position - 1] <= 1


def _digits_at(words: Words, first: int) -> tuple[int, int] | None:
    """A digit group with its thousands marks: (last, value)."""
    digits = words.words[first]
    if len(digits) > 12:
        return None
    last = first + 1
    count = len(words.words)
    if len(digits) <= 3 and digits[0] != "0":
        while (
            last + 1 < count
            and words.words[last] in (",", ".", "'")
            and len(words.words[last + 1]) == 3
            and words.words[last + 1].isdigit()
            and words.at[last + 1] - words.to[last - 1] == 1
        ):
            digits += words.words[last + 1]
            last += 2
    return last, int(digits)


def _scale_at(words: Words, position: int) -> tuple[int, int]:
    """A scale word (thousand, million) at a position: (the position after it, its factor), or (position, 1)."""
    row = _row(words.words[position], *_SCALES) if _adjacent(words, position) else None
    return (position + 1, row[3]) if row and row[0] == "" and not row[1] else (position, 1)


def _scale_of(value: int) -> int:
    """The greatest scale that a value reaches."""
    return next((scale for scale in (10**9, 10**6, 1000) if value >= scale), 1)


def _group_at(words: Words, first: int) -> tuple[int, int, str, bool] | None:
    """Number words below a thousand, or one scale word: (last, value, glued, article)."""
    part = _part_at(words, first)
    if part is None:
        return None
    last, value, glued, article, sort = part
    hundred = _row(words.words[last], "hundred") if sort == "unit" and _adjacent(words, last) else None
    if hundred and value >= 3 and hundred[0] == "":
        last, value, sort = last + 1, value * 100, "hundreds"
    if sort in ("hundred", "hundreds"):
        rest = _joined(words, last, ("unit", "ten", "teen", "tens"))
        if rest:
            last, value, sort = rest[0], value + rest[1], rest[2]
    if sort == "unit":
        rest = _joined(words, last, ("tens",))
        if rest:
            last, value = rest[0], value + rest[1]
    return last, value, glued, article


def _joined_group(words: Words, position: int) -> tuple[int, int] | None:
    """A group of number words joined with 'and', glued or apart: (last, value)."""
    if not _adjacent(words, position):
        return None
    apart = words.words[position] == AND and _adjacent(words, position + 1)
    if apart and words.words[position + 1].isdigit():
        return None
    group = _group_at(words, position + 1 if apart else position)
    return group[:2] if group and group[2] == ("" if apart else AND) else None


def _part_at(words: Words, first: int) -> tuple[int, int, str, bool, str] | None:
    """One number word, or a teen of two: (last, value, glued, article, sort); the longer reading wins."""
    found = None
    for glued, article, sort, value, following in _rows(words.words[first]):
        last = first + 1 + len(following)
        if following and tuple(words.words[first + 1 : last]) != following:
            continue
        if (following or sort in _SIMPLE or sort == "teen") and (found is None or last > found[0]):
            found = (last, value, glued, article, sort)
    return found


def _joined(words: Words, position: int, sorts: tuple[str, ...]) -> tuple[int, int, str] | None:
    """A number word joined with 'and', glued or apart: (last, value, sort)."""
    if not _adjacent(words, position):
        return None
    if words.words[position] == AND and _adjacent(words, position + 1):
        part = _part_at(words, position + 1)
        return (part[0], part[1], part[4]) if part and part[2] == "" and part[4] in sorts else None
    part = _part_at(words, position)
    return (part[0], part[1], part[4]) if part and part[2] == AND and part[4] in sorts else None
