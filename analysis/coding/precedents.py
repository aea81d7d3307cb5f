"""Who stands before an act and takes part in it: "X carried out", "X stands behind", an object before its verb."""

from __future__ import annotations

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.clauses import VERBS, mark_of_first, phrases_between
from analysis.coding.complements import Role
from analysis.coding.doing import doing_before
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import NounPhrase, phrase_of
from analysis.coding.particles import particle_before, particles

FRONTED_WITHIN = 5
"""So many words may stand between a fronted object and its verb."""


def is_fronted(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether a phrase opens its clause before a verb with its pronoun and another subject: "X, shelled it Y"."""
    first = phrase.first
    opens = first == n.sentence_words(m.sentence).start or particle_before(n, first) == "that"
    opens = opens or n.clause_of[first] != n.clause_of[first - 1]
    if not opens or phrase.mark != "bare" or phrase.area or n.clause_of[first] != n.clause_of[m.first]:
        return False
    if m.first - phrase.last > FRONTED_WITHIN or any(
        phrase.last <= g.first < m.first for g in n.acts_in.get(m.sentence, ())
    ):
        return False
    relative = any(c.row.id == "relative" for w in range(phrase.last, m.first) for c in n.cue_at.get(w, ()))
    return not relative and not phrases_between(n, phrase.last, m.first) and starts_at(n, m.last, m)


def stands_behind(n: Narrative, m: ActMention) -> ActorMention | None:
    """Who "stands behind" an act or took "its responsibility for" it, before the noun of the act."""
    if m.shape in VERBS or particle_before(n, m.first) != "behind":
        return None
    word = m.first - 1
    while (
        word > m.first - 4 and particle_before(n, word + 1) == "behind" and particles().get(n.words.words[word]) is None
    ):
        word -= 1
    ends = {n.word_span(b.at, b.to)[1]: b for b in n.actors_of(m.sentence)}
    for back in range(3):
        if word - back in ends:
            return ends[word - back]
        if particle_before(n, word - back + 1) not in ("auxiliary", "behind", "was"):
            break
    return None


def doer_before(n: Narrative, m: ActMention, phrase: NounPhrase) -> Role | None:
    """Who stands with a verb of doing before the noun of an act: "X carried out a raid", "the doing by X of a raid"."""
    word = doing_before(n, m)
    if word is None or m.act.subject not in ("actor", "mover"):
        return None
    if phrase.mark == "with" and word < phrase.first:
        return Role("actor", "with the support of")
    mark = mark_of_first(n, phrase)
    if mark != "bare" or phrase.area or phrase.head in ("position", "home"):
        return None
    after = phrase.first == word + 1 or (phrase.mark == "and" and phrase.first > word)
    return Role("actor", "who does it") if after or phrase.last == word else None


def starts_at(n: Narrative, word: int, m: ActMention) -> bool:
    """Whether somebody stands right at a word."""
    people = not {"person", "member"}.isdisjoint(n.things.get(word, frozenset()))
    return people or any(word in (n.words.index(a.at), phrase_of(n, a).first) for a in n.actors_of(m.sentence))
