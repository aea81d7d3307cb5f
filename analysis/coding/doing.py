"""Verbs that only say that an act was done or undergone: "X carried out a raid", "X was subjected to shelling"."""

from __future__ import annotations

from analysis.coding.act_mentions import ActMention
from analysis.coding.clauses import VERBS, opens_clause
from analysis.coding.lexicon import ARTICLE
from analysis.coding.narrative import Narrative
from analysis.coding.once import once_a_mention
from analysis.coding.particles import particle_before, particles
from analysis.coding.phrases import AND, BY, SO, TO

UNDERGONE_WITHIN = 26
"""So many words after "underwent" what was undergone may stand."""
DOING_WITHIN = 16
"""So many words before the noun of an act its verb of doing may stand."""
FOILED_WITHIN = 7
"""So many words before an attack the verb of foiling it may stand."""
DOING = {"by": {"did"}, "from": {"does", "did"}, "on": {"does", "did"}, "out": {"does", "resorts"}}
"""What verbs of doing stand before the noun of an act, by its preposition: "did" with, "could" from, "resorted" to."""
WANTED = {"out": "undergoes", "from": "escapes", "in": "falls"}
"""What stands before the noun of an act, and before whom it befell: "underwent" to, "escaped" from, "fell" in."""


def has_to(m: ActMention) -> bool:
    """Whether "to" or "for" is glued before an act; the article ends in the same letter."""
    return TO in m.prefix.removesuffix(ARTICLE)


@once_a_mention
def doing_before(n: Narrative, m: ActMention) -> int | None:
    """The word of a verb of doing of which the noun of an act is the object: "X carried out ... a raid"."""
    masculine = (m.gender, m.number) == ("m", "s")  # "X went on shelling" is written as "X shelled"
    verb = m.shape != "perfect" or bool(m.prefix) or not (m.pronoun or masculine)
    if (m.shape in VERBS and verb) or has_to(m):
        return None
    mark = "by" if m.prefix.endswith(BY) else particle_before(n, m.first) or ""
    wanted = DOING.get(mark, {"does"})
    floor = max(n.sentence_words(m.sentence).start, m.first - DOING_WITHIN)
    for word in range(m.first - 1, floor - 1, -1):
        if any(g.first <= word < g.last for g in n.acts_in.get(m.sentence, ())) and not m.prefix:
            return None
        if m.shape in VERBS and not m.pronoun and n.clause_of[word] != n.clause_of[m.first]:
            return None
        if _is_particle(n, word, wanted):
            return word
        if opens_clause(n, word):
            return None
    return None


@once_a_mention
def undergone_before(n: Narrative, m: ActMention) -> int | None:
    """The word of "underwent" of which the noun of an act is what was undergone: "X was subjected ... to shelling"."""
    mark = particle_before(n, m.first)
    if m.shape in VERBS or not (has_to(m) or mark in WANTED):
        return None
    wanted = WANTED.get(mark or "", "undergoes")
    floor = max(n.sentence_words(m.sentence).start, m.first - UNDERGONE_WITHIN)
    for word in range(m.first - 1, floor - 1, -1):
        if _is_particle(n, word, {wanted}):
            return word
        if opens_clause(n, word) or any(g.first <= word < g.last for g in n.acts_in.get(m.sentence, ())):
            return None
    return None


@once_a_mention
def foiled_before(n: Narrative, m: ActMention) -> int | None:
    """The word of a verb of foiling of which the noun of an attack is the object: "X foiled an attempt to"."""
    if m.shape in VERBS or m.prefix not in ("", ARTICLE):
        return None
    floor = max(n.sentence_words(m.sentence).start, m.first - FOILED_WITHIN)
    for word in range(m.first - 1, floor - 1, -1):
        if _is_particle(n, word, {"foils"}):
            return word
        if opens_clause(n, word) or particle_before(n, word + 1) in ("on", "out", "in", "cause"):
            return None
    return None


@once_a_mention
def undergone_after(n: Narrative, m: ActMention) -> int | None:
    """The word after "to which ... was subjected" behind the noun of an act, where who underwent it begins."""
    for word in range(m.last, min(m.last + 4, n.sentence_words(m.sentence).stop - 1)):
        if _is_particle(n, word, {"undergoes"}) and particles().get(n.words.words[word + 1]) == "pronoun":
            return word + 2
    return None


def _is_particle(n: Narrative, word: int, wanted: set[str]) -> bool:
    form = n.words.words[word]
    bare = form[1:] if form[0] in (AND, SO, BY, TO) else form
    return bool(wanted & {particles().get(form), particles().get(bare)})
