"""Who is meant and who only speaks: whose "its positions" are, another name of the same, who condemns an act.

Nobody shells himself: where X hit "one of its positions", the pronoun means another than X.
"""

from __future__ import annotations

from collections.abc import Collection

from analysis.coding.actors import ActorMention
from analysis.coding.agreement import gender_of
from analysis.coding.clauses import NOBODY
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import particle_before, particles, phrase_of
from analysis.coding.once import once_a_mention
from analysis.coding.text import POSSESSORS

PRONOUNS = dict(zip(POSSESSORS[::-1], "ppfm", strict=True))
"""Possessive pronouns, the longest first, and what they agree with: plural, feminine, masculine."""
WITHIN = 45
"""So many words before a pronoun who it means is named."""
ALIAS_WITHIN = 5
"""So many words before a name "branch of" may stand."""
COLON_WITHIN = 7
"""So many words after a speaker "we condemn" may stand."""


def owner_of(n: Narrative, a: ActorMention, but: Collection[str]) -> ActorMention | None:
    """The nearest actor before "its positions" whom the pronoun may mean, `but` some; None where there is no such."""
    first = n.words.index(a.at)
    noun = n.words.words[n.word_span(a.at, a.to)[1] - 1]
    pronoun = next((PRONOUNS[ending] for ending in PRONOUNS if noun.endswith(ending)), None)
    if pronoun is None:
        return None
    for other in reversed([other for other in n.actors if other.at < a.at]):
        if first - n.words.index(other.at) > WITHIN:
            return None
        if other.actor_id is None or other.use in ("back", "generic") or other.actor_id in NOBODY | set(but):
            continue
        if phrase_of(n, other).area or in_brackets(n, other):
            continue
        gender = gender_of(n, other)
        if pronoun == "p" or not gender or gender == pronoun:
            return other
    return None


def in_brackets(n: Narrative, a: ActorMention) -> bool:
    """Whether an actor stands in brackets behind something else: another name of it, or an aside."""
    line = n.text.folded[max(0, a.at - 80) : a.at].rpartition("\n")[2]
    return line.count("(") > line.count(")") and line.rpartition("(")[0].strip() != ""


@once_a_mention
def is_alias(n: Narrative, a: ActorMention) -> bool:
    """Whether an actor is only another name of the one right before: "X, the branch of Y", "X (the arm of Y)"."""
    name = n.words.index(a.at)
    for word in range(name - 1, max(name - ALIAS_WITHIN, 0), -1):
        if particles().get(n.words.words[word]) == "alias":
            ends = {n.word_span(b.at, b.to)[1] for b in n.actors_of(n.sentence_of[name]) if b.at < a.at}
            parted = n.clause_of[word] != n.clause_of[word - 1]  # by a comma or a bracket
            return word in ends and parted
        if n.clause_of[word] != n.clause_of[name]:
            return False
    return False


@once_a_mention
def condemns(n: Narrative, a: ActorMention) -> bool:
    """Whether an actor is the subject of "condemn", or says "we condemn" after a colon: it did not do it."""
    phrase = phrase_of(n, a)
    if particle_before(n, phrase.first) == "condemns" and phrase.mark == "bare":
        return True
    for word in range(phrase.last, min(phrase.last + COLON_WITHIN, len(n.words))):
        between = n.text.folded[n.words.ends[phrase.last - 1] : n.words.starts[word]]
        if particles().get(n.words.words[word]) == "condemns" and (":" in between or word == phrase.last):
            return phrase.mark == "bare"
    return False
