"""Clauses that speak of a noun without "which": "a town X holds", with a pronoun that takes up the noun.

Arabic leaves "which" out after an indefinite noun. Who stands in such a clause as its subject did not do what the verb
before the noun says: he holds the place, or backs the fighters.
"""

from __future__ import annotations

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.clauses import NOBODY, phrases_between
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import NounPhrase, phrase_of
from analysis.coding.once import once_a_mention
from analysis.coding.particles import particle_before, particles
from analysis.coding.phrases import ACCUSATIVE
from analysis.coding.text import IMPERFECT, POSSESSORS

LEAST = 5
"""Letters of the shortest verb of the present with a pronoun."""
PLACED = frozenset({"ground", "ground_post", "position", "home", "checkpoint"})
"""Classes of things that somebody may hold."""


@once_a_mention
def resumed_verb(n: Narrative, phrase: NounPhrase) -> int | None:
    """The verb of the present whose subject stands right after it and whose pronoun takes up the noun before it.

    "(a town) holds it X" has the pronoun on the verb, "(a town) rules over-it X" on the preposition after it.
    """
    if phrase.mark != "bare" or phrase.first < 2:
        return None
    floor = n.sentence_words(n.sentence_of[phrase.first]).start
    words = n.words.words
    last = words[phrase.first - 1]
    glued = len(last) >= LEAST and last.endswith(POSSESSORS)
    verb = phrase.first - 1 if glued and last.startswith(IMPERFECT) else phrase.first - 2
    if verb <= floor or (verb != phrase.first - 1 and particles().get(last) != "pronoun"):
        return None
    form = words[verb]
    if not form.startswith(IMPERFECT) or form in particles() or n.things.get(verb):
        return None
    if any(m.first <= verb < m.last for m in n.acts_in.get(n.sentence_of[verb], ())):
        return None
    return verb if n.clause_of[verb] == n.clause_of[phrase.first] else None


def holds_place(n: Narrative, verb: int) -> bool:
    """Whether what stands before such a verb is a place or a position, with an adjective after it or none."""
    for word in (verb - 1, verb - 2):
        at = n.words.starts[word]
        if any(p.at <= at < p.to for p in n.places) or not PLACED.isdisjoint(n.things.get(word, frozenset())):
            return True
        if particle_before(n, word + 1) is not None and particle_before(n, word + 1) != "area":
            return False
    return False


def was_before(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether "was" stands before a phrase that says who rules: "the hills that were under the control of X"."""
    before = range(max(phrase.first - 3, m.last), phrase.first)
    return any(particles().get(n.words.words[word]) in ("was", "remains") for word in before)


def of_a_place(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether "which" before a phrase speaks of a place or a position: "the base that X runs"."""
    for word in range(max(phrase.first - 3, m.last + 1), phrase.first):
        if any(c.row.id == "relative" for c in n.cue_at.get(word, ())):
            at = n.words.starts[word - 1]
            placed = any(p.at <= at < p.to for p in n.places)
            return phrase.mark == "bare" and (placed or "position" in n.things.get(word - 1, ()))
    return False


def continues(n: Narrative, phrase: NounPhrase) -> bool:
    """Whether a place or a thing ends right before a phrase that "and" joins: "the oil field and a post of X"."""
    at = n.words.starts[phrase.first - 1]
    named = any(p.at <= at < p.to for p in n.places) or n.words.words[phrase.first].endswith(ACCUSATIVE)
    return phrase.head in ("position", "home", "vehicle", "member") and (named or bool(n.things.get(phrase.first - 1)))


def mark_of_conjunct(n: Narrative, m: ActMention, phrase: NounPhrase) -> str:
    """What governs the first of those joined by "and": "on" where it stands between the act and it, else nothing."""
    on = any(particle_before(n, word) in ("on", "toward") for word in range(m.last + 1, phrase.first + 1))
    return "on" if on else "bare"


@once_a_mention
def owner_told(n: Narrative, a: ActorMention) -> ActorMention | None:
    """Of which armed body's member a house is: "a house of a leader of X"."""
    if a.use != "generic" or a.actor_id != "civilians" or phrase_of(n, a).head not in ("home", "civilians"):
        return None
    last = n.word_span(a.at, a.to)[1]
    if not {"home", "position"} & n.things.get(last - 1, frozenset()):
        return None
    after = [(b, phrase) for b, phrase in phrases_between(n, last, last + 2) if phrase.first == last]
    return next((b for b, phrase in after if phrase.mark == "to" and b.actor_id not in NOBODY), None)
