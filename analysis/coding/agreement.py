"""The gender of an actor's name, and whether a verb after it may be said of it.

The genders that no ending shows are in `lexicon/genders.tsv`.
"""

from __future__ import annotations

from functools import cache

from analysis.coding.act_mentions import FINITE, ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.lexicon import ARTICLE, read_table
from analysis.coding.narrative import Narrative
from analysis.coding.text import FEMININE, FEMININE_PLURAL, fold_word
from analysis.paths import data_path

ENDINGS = (fold_word(FEMININE), FEMININE_PLURAL)
"""Endings of a feminine noun, folded."""


def gender_of(n: Narrative, a: ActorMention) -> str:
    """The gender with which verbs and pronouns agree with an actor: m, f, or empty where its name does not show it.

    It is that of the first noun of the name: "the forces of X" is feminine, "the army of X" masculine.
    """
    word = n.words.words[n.words.index(a.at)]
    if a.at > n.words.starts[n.words.index(a.at)]:
        word = n.text.folded[a.at : n.words.ends[n.words.index(a.at)]]
    bare = word.removeprefix(ARTICLE)
    known = _genders().get(word) or _genders().get(bare)
    return known or ("f" if bare.endswith(ENDINGS) else "")


def agrees(n: Narrative, a: ActorMention, verb: ActMention) -> bool:
    """Whether a verb that stands after an actor may be said of it."""
    gender = gender_of(n, a)
    return verb.shape not in FINITE or not gender or verb.number != "s" or verb.gender == gender


@cache
def _genders() -> dict[str, str]:
    return {fold_word(row["word"]): row["gender"] for row in read_table(data_path("lexicon", "genders.tsv"))}
