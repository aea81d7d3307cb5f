"""Who is meant and who only speaks: whose "its positions" are, another name of the same, who condemns an act.

Nobody shells himself: where X hit "one of its positions", the pronoun means another than X.
"""

from __future__ import annotations

from collections.abc import Collection

from analysis.coding.act_mentions import RELATING
from analysis.coding.actors import ActorMention
from analysis.coding.agreement import gender_of
from analysis.coding.clauses import NOBODY
from analysis.coding.lexicon import ARTICLE
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import phrase_of
from analysis.coding.once import once_a_mention, once_a_word
from analysis.coding.particles import is_belonging, particle_before, particles
from analysis.coding.phrases import TO
from analysis.coding.text import POSSESSORS

PRONOUNS = dict(zip(POSSESSORS[::-1], "ppfm", strict=True))
"""Possessive pronouns, the longest first, and what they agree with: plural, feminine, masculine."""
OWNED = frozenset({"position", "member", "troops", "checkpoint", "vehicle", "armour"})
"""Classes of things of which one may be somebody's."""
WITHIN = 45
"""So many words before a pronoun who it means is named."""
ACCUSED_WITHIN = 12
"""So many words before what somebody is accused of the verb stands."""
SENTENCES_BACK = 3
"""So many sentences before "the two sides" they are named."""
ALIAS_WITHIN = 5
"""So many words before a name "branch of" may stand."""
COLON_WITHIN = 7
"""So many words after a speaker "we condemn" may stand."""


def owner_of(n: Narrative, a: ActorMention, but: Collection[str]) -> ActorMention | None:
    """The nearest actor before "its positions" whom the pronoun may mean, `but` some; None where there is no such."""
    noun = n.words.words[n.word_span(a.at, a.to)[1] - 1]
    return _meant_by(n, noun, n.words.index(a.at), but)


def owner_of_thing(n: Narrative, lo: int, hi: int, but: Collection[str]) -> ActorMention | None:
    """Whose "a post of theirs", "a car that belongs to it" in words[lo:hi] is, `but` some."""
    words = n.words.words
    for word in range(lo + 1, hi):
        if not (words[word].startswith(TO) and words[word][1:] in PRONOUNS):
            continue
        noun = word - 1
        while noun > lo and (is_belonging(words[noun]) or words[noun].endswith(RELATING)):
            noun -= 1
        if not OWNED.isdisjoint(n.things.get(noun, frozenset())):
            return _meant_by(n, words[word], noun, but)
    return None


def _meant_by(n: Narrative, form: str, first: int, but: Collection[str]) -> ActorMention | None:
    """The nearest actor before a word with which the pronoun at the end of a form agrees, `but` some."""
    pronoun = next((PRONOUNS[ending] for ending in PRONOUNS if form.endswith(ending)), None)
    if pronoun is None:
        return None
    for other in reversed([other for other in n.actors if other.at < n.words.starts[first]]):
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


def two_sides(n: Narrative, lo: int, hi: int) -> tuple[ActorMention, ActorMention] | None:
    """The last two named before "the two sides" in words[lo:hi], the one first who is named first in the report."""
    both = next((word for word in range(max(lo, 0), hi) if particles().get(n.words.words[word]) == "both"), None)
    if both is None:
        return None
    found: dict[str, ActorMention] = {}
    for other in reversed([other for other in n.actors if other.at < n.words.starts[both]]):
        if n.sentence_of[both] - n.sentence_of[n.words.index(other.at)] > SENTENCES_BACK:
            break
        if other.actor_id and other.actor_id not in NOBODY - {"other"} and not phrase_of(n, other).area:
            found.setdefault(other.actor_id, other)
        if len(found) == 2:
            opens = {o.actor_id: o.at for o in reversed(n.actors)}
            first, second = sorted(found.values(), key=lambda o: opens[o.actor_id])
            return first, second
    return None


def in_brackets(n: Narrative, a: ActorMention) -> bool:
    """Whether an actor stands in brackets behind something else: another name of it, or an aside."""
    line = n.text.folded[max(0, a.at - 80) : a.at].rpartition("\n")[2]
    return line.count("(") > line.count(")") and line.rpartition("(")[0].strip() != ""


@once_a_mention
def is_alias(n: Narrative, a: ActorMention) -> bool:
    """Whether an actor is only another name of the one right before: "X, the branch of Y", "X (the arm of Y)"."""
    name = n.words.index(a.at)
    last = n.word_span(a.at, a.to)[1]
    if _in_apposition(n, a) or any(
        n.words.index(b.at) == last and leads(a, b) for b in n.actors_of(n.sentence_of[name])
    ):
        return True
    for word in range(name - 1, max(name - ALIAS_WITHIN, 0), -1):
        if particles().get(n.words.words[word]) == "alias":
            ends = {n.word_span(b.at, b.to)[1] for b in n.actors_of(n.sentence_of[name]) if b.at < a.at}
            parted = n.clause_of[word] != n.clause_of[word - 1]  # by a comma or a bracket
            return word in ends and parted
        if n.clause_of[word] != n.clause_of[name]:
            return False
    return False


def leads(a: ActorMention, person: ActorMention) -> bool:
    """Whether a phrase with a noun for a man of a body stands before his name: "the leader of X, Y" is Y."""
    return person.use == "person" and a.use in ("name", "short", "adjective", "partisan") and a.head == "force"


def _in_apposition(n: Narrative, a: ActorMention) -> bool:
    """Whether a comma parts an actor from the one before, of whom it only says to whom it is loyal or belongs.

    "X, the faction loyal to Y" and "X, which is a faction loyal to Y" speak of X; "X, and the faction" of two.
    """
    phrase = phrase_of(n, a)
    first = phrase.first
    words = n.words.words
    which = first > 0 and particles().get(words[first - 1]) == "which_is"
    before = first - 1 if which else first
    if (
        not before
        or n.clause_of[before] == n.clause_of[before - 1]
        or n.sentence_of[before] != n.sentence_of[before - 1]
    ):
        return False
    loyal = any(is_belonging(word) for word in words[first : phrase.last])
    told = which or (loyal and words[first].startswith(ARTICLE) and a.head == "force")
    return told and any(n.word_span(b.at, b.to)[1] == before and b.actor_id for b in n.actors_of(n.sentence_of[before]))


@once_a_word
def accused_of(n: Narrative, word: int) -> ActorMention | None:
    """Who is accused of what begins at a word: the last one named between "accused" and it: "X accused Y of"."""
    floor = max(n.sentence_words(n.sentence_of[word]).start, word - ACCUSED_WITHIN)
    for verb in range(word - 1, floor - 1, -1):
        charged = particle_before(n, verb + 1) == "charges" and particle_before(n, word) == "behind"
        if charged or particle_before(n, verb + 1) == "blamed":
            named = [n.actors[number] for _, number in n.between(n.actor_starts, verb + 1, word)]
            named = [b for b in named if b.actor_id and b.actor_id not in NOBODY and phrase_of(n, b).mark == "bare"]
            if named or not n.words.words[verb].startswith(ARTICLE):
                return named[-1] if named else None
            ends = {n.word_span(b.at, b.to)[1]: b for b in n.actors_of(n.sentence_of[word])}
            return ends.get(verb)  # "X, the one accused of"
    return None


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
