"""The words of counts: what each word of a text may be in a count, as one sign a word.

| sign | word | sign | word |
|---|---|---|---|
| n N | number, vague quantity | G | bound: more than, at least |
| a b c | a noun that is counted: one, two, many | = | as many |
| K | a word that tells of a harm, verb or verbal noun | s | a harm with the pronoun of whom it befell |
| D h | without; harm of any sort | 0 | none |
| ? | not known | T | toll |
| e w m t x | between, and, of, to, one of | i | in the ranks of |
| p | among them | y | one of them |
| B | a word before who did it: by the bullets of | & | with |
| P | in addition to | u | then |
| # | their number | k | a conjunction that begins a clause anew |
| z | who was inside, all of them; lives lost | R Y | another source, a period |
| 2 | the two of them | r | took to hospital, took from the rubble |
| o | every other word | | |

Signs of punctuation are themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from analysis.coding.count_lists import count_named, is_little
from analysis.coding.lexicon import ARTICLE, read_table
from analysis.coding.numbers import Words, is_number_word, number_at, read_words, split_clitics
from analysis.coding.text import (
    ACCUSATIVE,
    AND,
    DUALS,
    DUALS_JOINED,
    FEMININE,
    FEMININE_JOINED,
    HAMZA,
    HAMZA_SEATS,
    MADDA,
    POSSESSORS,
    RELATION,
    SOUND_PLURAL,
    Text,
    fold_word,
)
from analysis.paths import data_path

SIGNS = {
    "vague": "N", "cue": "K", "bound": "G", "between": "e", "and": "w", "of": "m", "to": "t", "one": "x", "parts": "p",
    "none": "0", "unknown": "?", "toll": "T", "or": "w", "same": "=", "without": "D", "harm": "h", "self": "s",
    "self_hurt": "s", "among": "i", "lives": "$", "one_of_them": "y", "doer": "B", "with": "&", "plus": "P",
    "then": "u", "their_number": "#", "clause": "k", "rival": "R", "period": "Y", "plain": "o", "passed": "",
    "inside": "z", "both": "2", "rescue": "r", "each": "",
}  # fmt: skip
NAMES = frozenset({"named", "third", "schoolmaster"})
"""Rows of words that have no dual and no owner: names, and what with "his" would be another word (a school)."""
PUNCTUATION = frozenset(",;.:()/-!?\n")
QUOTES = frozenset("\"'«»“”‘’#*•")
"""Marks that stand between the words of one phrase; no items."""


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
    """What is glued before, the article included, without 'and', which is an item of its own."""
    at: list[int]
    to: list[int]


def read_count_items(text: Text) -> CountItems:
    """Read every word of a text as a sign of a count, in reading order."""
    words = read_words(text)
    items = CountItems("", [], [], words.at[:0], [])
    signs: list[str] = []
    position, count = 0, len(words.words)

    def add(sign: str, value: Any, glued: str, at: int, to: int) -> None:
        signs.append(sign)
        items.values.append(value)
        items.glued.append(glued)
        items.at.append(at)
        items.to.append(to)

    while position < count:
        word, at = words.words[position], words.at[position]
        if _is_article_of_digits(words, position):
            if word[0] == AND:
                add("w", None, "", at, at + 1)
            number = number_at(words, position + 1)
            add("n", number.value if number else None, "+", at, words.to[number.last - 1 if number else position + 1])
            position = number.last if number else position + 2
        elif word in QUOTES:
            position += 1
        elif _is_plain(word):
            add("o", None, "", at, words.to[position])
            position += 1
        elif word in PUNCTUATION:
            opened = word == "(" and position + 2 < count and words.words[position + 2] == ")"
            if opened and words.words[position + 1].isdigit():
                number = number_at(words, position + 1)
                add("n", number.value if number else None, "", at, words.to[position + 2])
                position += 3
            else:
                add("!" if word == "?" else word, None, "", at, words.to[position])
                position += 1
        else:
            last, sign, value, glued, article = _read(words, position)
            if sign == "K" and value.id in ("killed", "kills") and is_little(words.words[last : last + 1]):
                value = replace(value, value="fell")  # "was killed in the raid"
            if sign == "K" and not glued and not article and signs[-1:] == ["n"]:
                sign, value = _as_noun(word) or (sign, value)  # "23 injuries", not "23, and the injuring of"
            if getattr(value, "id", "") == "son" and MADDA in text.raw[text.span(at, words.to[last - 1])[0] :][:2]:
                sign, value = "o", None  # August is no father
            if article and (sign in "xG" or getattr(value, "id", "") == "third"):
                sign, value = "o", None  # "on Sunday", "the border", "the third of March"
            if glued[:1] == AND:
                add("w", None, "", at, at + 1)
                glued, at = glued[1:], at + 1
            if getattr(value, "id", "") == "each" and signs[-1:] == ["K"]:
                end, named = count_named(words, last, _ends_names)
                if named > 1:
                    sign, value, last = "n", named, end
            if getattr(value, "id", "") == "unit" and signs[-1:] == ["n"] and "(" not in signs[-3:]:
                signs[-1] = "o"  # "a boy of 15 years"
            if sign:
                add(sign, value, glued + ("+" if article else ""), at, words.to[last - 1])
            position = last
    return replace(items, signs="".join(signs))


def _ends_names(word: str) -> bool:
    """Whether a word is no name nor who somebody is, so that a list of names ends at it."""
    return is_number_word(word) or any(
        sign not in "ao" or value.id == "speech" for _, _, sign, value, following in _readings(word) if not following
    )


def _is_article_of_digits(words: Words, position: int) -> bool:
    """Whether a word is the article of the digits beside it: "the 15"."""
    word, following = words.words[position], words.words[position + 1 : position + 2]
    glued = word in (ARTICLE, AND + ARTICLE) and following != [] and following[0].isdigit()
    return glued and words.at[position + 1] == words.to[position]


def _as_noun(word: str) -> tuple[str, Any] | None:
    """The reading of a word of harm as a thing counted, where it has one."""
    return next(
        ((sign, value) for glued, _, sign, value, rest in _readings(word) if (sign, glued, rest) == ("a", "", ())), None
    )


def _read(words: Words, position: int) -> tuple[int, str, Any, str, bool]:
    """The item of the word at a position: (the word after, sign, value, glued, article)."""
    best: tuple[int, str, Any, str, bool] | None = None
    word = words.words[position]
    for glued, article, sign, value, following in _readings(word):
        last = position + 1 + len(following)
        if following and tuple(words.words[position + 1 : last]) != following:
            continue
        if best is None or last > best[0]:
            best = (last, sign, value, glued, article)
    number = number_at(words, position) if best is None or best[1] in "Nx" else None
    if number and (best is None or number.last > best[0] or (best[1] == "x" and len(number.glued) < len(best[3]))):
        best = (number.last, "n", number.value, number.glued, number.article)
    return best or (position + 1, "o", None, "", False)


@cache
def _table() -> dict[str, tuple[tuple[str, Any, tuple[str, ...]], ...]]:
    """First folded word -> (sign, value, the words after it)."""
    table: dict[str, list[tuple[str, Any, tuple[str, ...]]]] = {}
    for row in read_table(data_path("lexicon", "counts.tsv")):
        value = Counted(row["id"], row["counted"], row["who"], row["value"])
        if row["sort"] == "self_hurt":
            value = replace(value, counted="wounded")
        for sign, form, shape in _forms(row):
            head, *rest = form.split()
            found = replace(value, value=shape) if shape else value
            table.setdefault(head, []).append((sign, found, tuple(rest)))
    return {head: tuple(dict.fromkeys(rows)) for head, rows in table.items()}


def _forms(row: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(sign, folded form, shape): of a noun its accusative, its dual with pronouns, its plural."""
    if row["sort"] != "noun":
        for word in row["word"].split(","):
            yield SIGNS[row["sort"]], fold_word(word), ""
        return
    for word in row["word"].split(","):
        first, _, rest = word.strip().partition(" ")
        rest = f" {fold_word(rest)}" if rest else ""
        folded = fold_word(first)
        if row["id"] in NAMES:
            yield "a", folded + rest, ""
            continue
        feminine = first.endswith(FEMININE)
        broken = first + DUALS[1] not in [word.strip() for word in row["plural"].split(",")]
        stem = folded[:-1] + FEMININE_JOINED if feminine else folded
        yield "a", folded + rest, ""
        if not feminine:
            yield "a", folded + ACCUSATIVE + rest, "accusative"
        if not first.endswith(RELATION) and not rest:  # with a pronoun it would look like its own feminine
            for possessor in POSSESSORS:
                yield "a", stem + possessor, "owned"
        for ending in (*DUALS, *DUALS_JOINED) if feminine else DUALS:
            yield "b", stem + ending + rest, ""
        if broken and not feminine and not row["counted"] and row["id"] not in ("person", "individual") and not rest:
            yield "b", folded + DUALS_JOINED[1], "joined"  # "two officers of the police"
        for ending in DUALS_JOINED if not rest else ():
            if len(folded) == 2:  # "his brother" has a long vowel in it: no dual
                vowels = (ending, AND) if ending == DUALS_JOINED[0] else (ending,)
                yield from (("a", folded + vowel + owner, "owned") for vowel in vowels for owner in POSSESSORS)
                continue
            for possessor in POSSESSORS if feminine or broken or ending == DUALS_JOINED[0] else POSSESSORS[1:]:
                yield "b", stem + ending + possessor, "owned"  # of a sound plural, "his two" looks like "his many"
    for word in filter(None, row["plural"].split(",")):
        yield "c", fold_word(word), ""
        if " " in word.strip():
            continue
        sound = word.endswith((DUALS[1], SOUND_PLURAL))
        stem = fold_word(word)[: -1 if sound else None]
        if sound and len(stem) > 3:
            yield "c", stem, ""  # joined to what follows: "fighters of"
        if not word.endswith(SOUND_PLURAL):
            stems = [stem[:-1] + seat for seat in HAMZA_SEATS] if stem.endswith(HAMZA) else [stem]
            for possessor in POSSESSORS:
                for joined in stems:
                    yield "c", joined + possessor, "owned"


@lru_cache(maxsize=1 << 16)
def _is_plain(word: str) -> bool:
    """Whether a word can be no part of a count at all."""
    return not (word.isdigit() or word in PUNCTUATION or _readings(word) or is_number_word(word))


@lru_cache(maxsize=1 << 16)
def _readings(word: str) -> tuple[tuple[str, bool, str, Any, tuple[str, ...]], ...]:
    table = _table()
    found = []
    for glued, article, rest in split_clitics(word):
        rows = sorted(table.get(rest, ()), key=lambda row: _ORDER.get(row[0], 0))
        found += [
            (glued, article, sign, value, following)
            for sign, value, following in rows
            if not (article and (value.value == "owned" or value.id == "named"))  # "the age" is no Omar
        ]
    return tuple(found)


_ORDER = {"c": 1, "a": 2, "b": 3}
"""Where one form is two things: the plural before the singular before the dual."""
