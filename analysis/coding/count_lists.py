"""How many a list names: "each of Salma Hasan (20 years) and Sami Ali" are two."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from analysis.coding.lexicon import read_table
from analysis.coding.numbers import Words
from analysis.coding.text import AND, BY, fold_word
from analysis.paths import data_path

LONGEST_NAME = 8
"""How many words may name one of a list, who he is included; what stands in brackets is not counted."""
LONGEST_BRACKET = 6
"""How many words and signs a bracket behind a name may have: an age, a by-name."""


def count_named(words: Words, first: int, ends: Callable[[str], bool]) -> tuple[int, int]:
    """(where the list of names that begins at a word ends, how many it names).

    Each name but the first has "and" glued before it; brackets hold ages. The list ends at a preposition, at a word
    for which `ends` holds, at the end of the sentence, and at a comma unless its names are set off by commas.
    """
    position, named, inside, commas = first, 1, 0, False
    while position < len(words.words):
        word = words.words[position]
        if word == "(":
            after = _after_bracket(words, position)
            if after is None:
                break
            position = after
            continue
        if word == ",":
            following = words.words[position + 1 : position + 2]
            if not (commas or named == 1) or not following or following[0][0] != AND or _is_little(following[0]):
                break
            commas = True
        elif word.isalpha():
            is_next = inside > 0 and word[0] == AND and len(word) > 2
            if ends(word) or _is_little(word) or (not is_next and inside > 0 and word[0] == BY and len(word) > 3):
                break
            named, inside = (named + 1, 1) if is_next else (named, inside + 1)
            if inside > LONGEST_NAME:
                break
        elif word in (".", "\n", "!", "?", ":", ";"):
            break
        position += 1
    return position, named if inside else named - 1


def _after_bracket(words: Words, position: int) -> int | None:
    """The word after the bracket that opens at a word; None where it is long or none closes it."""
    inside = words.words[position : position + LONGEST_BRACKET]
    return position + inside.index(")") + 1 if ")" in inside else None


def is_little(following: list[str]) -> bool:
    """Whether the first of the words after a verb is a preposition, glued or not: it has no object there."""
    return bool(following) and (_is_little(following[0]) or (following[0][0] == BY and len(following[0]) > 4))


def _is_little(word: str) -> bool:
    """Whether a word is a preposition or another particle, with or without "and"."""
    return word in _particles() or (word[0] == AND and word[1:] in _particles())


@cache
def _particles() -> frozenset[str]:
    return frozenset(fold_word(row["word"]) for row in read_table(data_path("lexicon", "particles.tsv")))
