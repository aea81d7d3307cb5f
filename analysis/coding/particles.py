"""The little words that mark a phrase: prepositions, "was", "underwent", "carried out", by `lexicon/particles.tsv`."""

from __future__ import annotations

from functools import cache

from analysis.coding.lexicon import ARTICLE, fold_words, read_table
from analysis.coding.narrative import Narrative
from analysis.coding.once import once_a_word
from analysis.coding.phrases import AND, SO
from analysis.coding.text import fold_word
from analysis.paths import data_path


@once_a_word
def particle_before(n: Narrative, word: int) -> str | None:
    """The particle that ends right before a word, the longest that fits."""
    for length in (4, 3, 2, 1):
        if word >= length:
            found = particles().get(" ".join(n.words.words[word - length : word]))
            if found is None and n.words.words[word - length][:1] in (AND, SO):
                found = particles().get(
                    " ".join([n.words.words[word - length][1:], *n.words.words[word - length + 1 : word]])
                )
            if found is not None:
                return found
    return None


def length_before(n: Narrative, first: int) -> int:
    """How many words the particle has that ends right before a word."""
    longest = (length for length in (4, 3, 2) if " ".join(n.words.words[max(first - length, 0) : first]) in particles())
    return next(longest, 1)


@cache
def memberships() -> frozenset[str]:
    """The words of membership, folded: "being one of", "is one of"."""
    return frozenset(word for word, kind in particles().items() if kind == "membership")


@cache
def words_for_one() -> frozenset[str]:
    """The words for "one of", folded."""
    return frozenset(word for word, kind in particles().items() if kind == "one")


@cache
def particles() -> dict[str, str]:
    """The ids of the folded particles."""
    return {fold_word(row["word"]): row["id"] for row in read_table(data_path("lexicon", "particles.tsv"))}


def is_belonging(word: str) -> bool:
    """Whether a word says that somebody belongs to another or is loyal to them."""
    return without_article(word) in belonging()


@cache
def belonging() -> frozenset[str]:
    """The words that say to whom somebody belongs or is loyal, folded, without the article."""
    rows = read_table(data_path("lexicon", "links.tsv"))
    return frozenset(
        fold_words([row["form"] for row in rows if row["id"] in ("belonging", "loyal") and len(row["form"]) > 2])
    )


def without_article(word: str) -> str:
    """A folded word without its article."""
    return word[2:] if word.startswith(ARTICLE) else word
