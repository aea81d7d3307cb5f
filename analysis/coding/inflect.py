"""Every form of a verb or noun that a newsroom writes, made from the few that a table keeps.

Forms come folded (`text.fold_word`), since that is how they are matched: no vowel marks, one alef, one ya.
What stands before a word (conjunctions, prepositions, the article) is taken off when matching, not added here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.coding.text import fold_word

OBJECTS = ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم")
"""Pronouns that a verb or a noun may carry at its end."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word, folded."""

    word: str
    shape: str
    """perfect, imperfect, future, noun or fixed."""
    number: str = "s"
    """s singular, d dual, p plural."""
    gender: str = "m"
    pronoun: str = ""
    """The pronoun glued at its end: the object of a verb, the possessor of a noun."""


def inflect_verb(perfect: str, imperfect: str) -> Iterator[Form]:
    """Yield the third persons of a verb, active and passive alike, and what statements use of the first.

    `perfect` and `imperfect` are the third person masculine singular as written: final ى or ا tells a weak verb.

    >>> sorted({form.word for form in inflect_verb("قصف", "") if not form.pronoun})
    ['قصف', 'قصفا', 'قصفت', 'قصفتا', 'قصفن', 'قصفنا', 'قصفو', 'قصفوا']
    """
    if perfect:
        yield from _perfect(perfect)
    if imperfect:
        yield from _imperfect(imperfect)


def inflect_noun(noun: str) -> Iterator[Form]:
    """Yield a noun with its dual, its sound plural, its accusative alef and its pronouns; of a phrase, the first word.

    >>> [form.word for form in inflect_noun("غارة") if form.number == "d" and not form.pronoun]
    ['غارتان', 'غارتين', 'غارتا', 'غارتي']
    """
    first, _, rest = noun.partition(" ")
    rest = f" {fold_word(rest)}" if rest else ""
    word = fold_word(first)
    feminine = first.endswith("ة")
    gender = "f" if feminine or word.endswith("ات") else "m"
    stem = word[:-1] if feminine else word
    joined = stem + "ت" if feminine else word
    number = "p" if word.endswith("ات") else "s"
    yield Form(word + rest, "noun", number, gender)
    if not feminine:
        yield Form(word + "ا" + rest, "noun", number, gender)
    if number == "s" and not word.endswith(("ين", "ان", "ون")):
        for ending in ("ان", "ين", "ا", "ي"):
            if feminine or ending in ("ان", "ين"):
                yield Form(joined + ending + rest, "noun", "d", gender)
        if not rest:
            yield Form(stem + "ات", "noun", "p", "f")
    if not rest:
        for pronoun in OBJECTS:
            yield Form(joined + pronoun, "noun", number, gender, pronoun)
            if number == "s":
                yield Form(stem + "ات" + pronoun, "noun", "p", "f", pronoun)


def _perfect(perfect: str) -> Iterator[Form]:
    word = fold_word(perfect)
    weak = perfect[-1] in "ىا"
    stem = word[:-1] if weak else word
    back = stem + ("ي" if perfect.endswith("ى") else "و" if weak else "")  # the letter that returns: القى, القيا
    endings = (
        (word, stem + "ا" if weak else word, "s", "m"),
        (stem + "ت", stem + "ت", "s", "f"),
        (stem + "وا", stem + "و", "p", "m"),
        (back + "ا", back + "ا", "d", "m"),
        (stem + "تا", stem + "تا", "d", "f"),
        (back + "ن", back + "ن", "p", "f"),
        (back + "نا", back + "نا", "p", "1"),
    )
    if not weak and len(word) > 2:
        yield Form(stem + "و", "perfect", "p", "m")  # as posts write it, without the silent alef
    for whole, before, number, gender in endings:
        yield Form(whole, "perfect", number, gender)
        for pronoun in OBJECTS:
            yield Form(before + pronoun, "perfect", number, gender, pronoun)


def _imperfect(imperfect: str) -> Iterator[Form]:
    word = fold_word(imperfect)
    body = word[1:]
    weak = imperfect[-1] in "ىيوا"
    stem = body[:-1] if weak else body
    back = body if not weak else stem + ("و" if imperfect.endswith("و") else "ي")
    endings = (
        ("ي", body, "s", "m"),
        ("ت", body, "s", "f"),
        ("ن", body, "p", "1"),
        ("ي", stem + "ون", "p", "m"),
        ("ي", stem + "وا", "p", "m"),
        ("ي", back + "ان", "d", "m"),
        ("ت", back + "ان", "d", "f"),
    )
    for future in ("", "س"):
        shape = "future" if future else "imperfect"
        for prefix, ending, number, gender in endings:
            yield Form(future + prefix + ending, shape, number, gender)
            joined = stem + "ا" if imperfect.endswith("ى") and ending == body else ending
            for pronoun in OBJECTS:
                yield Form(future + prefix + joined.removesuffix("ا") + pronoun, shape, number, gender, pronoun)
