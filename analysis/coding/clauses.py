"""How far an act governs its sentence: where its arguments end, whether its subject and its object are told."""

from __future__ import annotations

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.agreement import agrees
from analysis.coding.lexicon import ARTICLE
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import MEANS, NounPhrase, phrase_of
from analysis.coding.once import once_a_mention, once_a_word
from analysis.coding.particles import is_belonging, particle_before, particles
from analysis.coding.phrases import AND, BY, SO, TO

NOBODY = frozenset({"civilians", "unknown", "protesters", "journalists", "other"})
FIRE = frozenset({"fire", "airstrike", "drone_strike", "shelling", "missile_attack"})
STRIKES = FIRE | {"attack", "armed_attack", "assassination", "explosion", "interception"}
"""Kinds of acts that are aimed at somebody."""
VERBS = frozenset({"perfect", "imperfect", "future"})
VICTIMS = frozenset({"position", "home", "member", "person", "vehicle", "civilians"})
"""Heads of phrases that are hit rather than hit others."""
BEFALLS = frozenset({"target", "snipe"})
"""Acts whose nouns are followed by whom they befall, "on" a place by where it was."""
CLAUSES = frozenset({"clause", "speech", "result", "claimed", "after_that"})
"""Cues with which another clause begins."""
WEAPONS = frozenset({"explosive", "rocket", "shell", "drone"})
"""Classes of things that may be the subject of "hit"."""
THINGS = frozenset({"position", "home", "person", "member", "goods", "families", "checkpoint", "ground_post"})
"""Classes of things that an act may have for its object."""
RELATED = frozenset({"target", "reach", "hit", "strike"})
"""Verbs that say of an act before them whom it hit: "a strike that targeted"."""
PARTICIPLE = ARTICLE + "م"
"""How a definite participle begins."""
PASSIVE_VOWEL = "\u064f"
RELATED_WITHIN = 10
ASIDE_WITHIN = 9
"""So many words may stand between a subject and its verb where most of them are an aside in brackets."""
RELATIVE_WITHIN = 14
"""So many words long a relative clause between a subject and its verb may be."""
CAUSED_WITHIN = 18
"""So many words after the dead and wounded stands what killed them."""


def breaks_off(n: Narrative, lo: int, hi: int) -> bool:
    """Whether another clause begins in words[lo:hi]: somebody says something, a conjunction, a result."""
    return any(opens_clause(n, word) for word in range(lo, hi))


@once_a_word
def opens_clause(n: Narrative, word: int) -> bool:
    """Whether another clause begins at a word."""
    if n.words.words[word] in particles():  # "between" is written as "showed"
        return False
    return any(cue.row.id in CLAUSES for cue in n.cue_at.get(word, ()))


@once_a_mention
def stop_of(n: Narrative, m: ActMention) -> int:
    """Where the arguments of an act end: at the next act that is not its own subject or means."""
    reached = m.last
    for g in n.acts_in.get(m.sentence, ()):
        if g.first < m.last:
            continue
        if g.first <= reached + 1 and g.shape not in VERBS and not g.prefix.startswith((AND, SO)):
            reached = g.last
            continue
        return g.first
    return n.sentence_words(m.sentence).stop


@once_a_mention
def is_passive(n: Narrative, m: ActMention) -> bool:
    """Whether a verb is written with the vowel of the passive on its first letter or the one after it."""
    if m.shape not in VERBS:
        return False
    raw = n.text.raw[slice(*n.raw_span(m.first, m.first + 1))]
    return PASSIVE_VOWEL in raw[len(m.prefix) : len(m.prefix) + 4]


@once_a_mention
def related_verb(n: Narrative, m: ActMention) -> ActMention | None:
    """The verb after the noun of an act that says whom it hit: "strikes that targeted"."""
    stop = stop_of(n, m)
    if m.shape in VERBS or stop - m.last > RELATED_WITHIN:
        return None
    verb = next((g for g in n.acts_in.get(m.sentence, ()) if g.first == stop), None)
    if verb is None or verb.shape not in VERBS or verb.prefix or verb.act.id not in RELATED or m.act.kind == "harm":
        return None
    agrees = verb.gender == m.gender or m.number != "s"
    return verb if agrees and not breaks_off(n, m.last, verb.first) else None


@once_a_mention
def speaks_of_noun(n: Narrative, m: ActMention) -> bool:
    """Whether a verb says of the indefinite noun of an act before it whom that hit: its subject is the noun.

    A noun with the article needs "which" for that; without it a new clause may begin: "after the raids X hit".
    """
    before = (g for g in n.acts_in.get(m.sentence, ()) if g.first < m.first and not g.definite)
    return any(related_verb(n, g) is m for g in before)


@once_a_mention
def harm_before(n: Narrative, m: ActMention) -> list[ActMention]:
    """The deaths and injuries that the words right before an act say it caused: "X was killed by".

    Nearest last; empty where no word of cause stands between.
    """
    before = [g for g in n.acts_in.get(m.sentence, ()) if g.first < m.first]
    caused = particle_before(n, m.first) in ("cause", "in") or m.prefix.endswith(BY)
    if not caused or m.shape in VERBS:
        return []
    harms: list[ActMention] = []
    for g in reversed(before):
        if g.act.kind != "harm" or m.first - g.last > CAUSED_WITHIN or breaks_off(n, g.last, m.first):
            break
        harms.insert(0, g)
    return harms


@once_a_mention
def partner_of(n: Narrative, phrase: NounPhrase) -> ActorMention | None:
    """The actor whose name ends right before a phrase, or before "on one side" there."""
    before = phrase.first - 2 if particle_before(n, phrase.first) == "one_side" else phrase.first
    return next((a for a in n.actors_of(n.sentence_of[phrase.first]) if n.word_span(a.at, a.to)[1] == before), None)


@once_a_mention
def mark_of_first(n: Narrative, phrase: NounPhrase) -> str:
    """The mark of the first of the phrases joined by "and" of which one is the last."""
    for _ in range(4):
        partner = partner_of(n, phrase) if phrase.mark == "and" else None
        if partner is None:
            break
        phrase = phrase_of(n, partner)
    return "bare" if phrase.mark == "and" else phrase.mark


def phrases_between(n: Narrative, lo: int, hi: int) -> list[tuple[ActorMention, NounPhrase]]:
    """The actors that begin in words[lo:hi], each with its phrase."""
    found = [n.actors[number] for _, number in n.between(n.actor_starts, lo, hi)]
    return [(a, phrase_of(n, a)) for a in found]


def object_follows(n: Narrative, m: ActMention, phrase: NounPhrase, a: ActorMention) -> bool:
    """Whether a place, a thing or somebody else, without a preposition or with "on", stands after a doer."""
    stop = stop_of(n, m)
    aimed = (None, "on") if m.act.kind in STRIKES and m.act.id not in BEFALLS else (None,)
    for _, number in n.between(n.place_starts, phrase.last, min(stop, phrase.last + 6)):
        at = n.words.index(n.places[number].at)
        away = particles().get(n.words.words[at]) in ("out", "in")  # "near the village" begins with "near"
        if not away and particle_before(n, at) in aimed and n.words.words[at][0] not in (BY, AND, SO):
            return True
    for other, second in phrases_between(n, phrase.last, min(stop, phrase.last + 8)):
        fits = second.mark in ("bare", "on") or (second.mark == "to" and second.head in VICTIMS)
        if other.actor_id != a.actor_id and fits:
            return True
    return any(
        not THINGS.isdisjoint(n.things.get(word, frozenset()))
        and particle_before(n, word) is None
        and n.words.words[word][0] not in (BY, AND, TO)
        for word in range(phrase.last, min(stop, phrase.last + 6))
    )


def is_theirs(a: ActorMention, phrase: NounPhrase) -> bool:
    """Whether a phrase is "its positions" or the like: what is hit, whose the pronoun says."""
    return a.use == "back" and phrase.head in ("position", "home")


def struck_before(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether the noun of a strike stands as subject of a verb behind its object: "hit those convoys a raid by X"."""
    if m.act.id not in RELATED or m.shape not in VERBS or phrase.first != m.last:
        return False
    strike = next((g for g in n.acts_in.get(m.sentence, ()) if g.first == phrase.last), None)
    strikes = strike is not None and strike.shape not in VERBS and not strike.prefix and strike.act.kind in STRIKES
    return strike is not None and strikes and strike.gender == m.gender


def has_subject(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether the subject of a verb stands before a phrase: somebody, a weapon, or an act."""
    for _, other in phrases_between(n, m.last, phrase.first):
        if other.mark == "bare" and other.first - m.last <= 6 and other.head not in ("position", "home"):
            return True  # "hit the positions of Y the planes of X": a position hits nobody
    if m.last < phrase.first:
        if any(g.first == m.last and g.shape not in VERBS for g in n.acts_in.get(m.sentence, ())):
            return True
        things = n.things.get(m.last, frozenset())
        means = not MEANS.isdisjoint(things) and "position" not in things
        if means and n.words.words[m.last][0] not in (BY, AND):
            return True
    elif phrase.head not in VICTIMS and not _weapon_before(n, m):
        return False  # who stands right after a verb is its subject
    if m.last <= phrase.first and _weapon_before(n, m):
        return True
    return _is_related(n, m) or any(is_subject_before(n, m, phrase_of(n, a)) for a in n.actors_of(m.sentence))


@once_a_mention
def _weapon_before(n: Narrative, m: ActMention) -> bool:
    """Whether a weapon stands as subject before a verb that agrees with it: "explosive devices hit"."""
    floor = n.sentence_words(m.sentence).start
    if m.shape not in VERBS or m.prefix or m.number != "s" or m.first == floor:
        return False
    first = next((word for word in (m.first - 2, m.first - 1) if word >= floor and _is_weapon(n, word)), None)
    if first is None or n.words.words[first][0] in (BY, AND, TO) or n.clause_of[first] != n.clause_of[m.first]:
        return False
    named = any(n.word_span(a.at, a.to)[0] <= first < n.word_span(a.at, a.to)[1] for a in n.actors_of(m.sentence))
    governed = particle_before(n, first) is not None and particle_before(n, first) != "that"
    return not named and not governed


def _is_weapon(n: Narrative, word: int) -> bool:
    return not WEAPONS.isdisjoint(n.things.get(word, frozenset()))


@once_a_mention
def _is_related(n: Narrative, m: ActMention) -> bool:
    """Whether the noun of an act before a verb is its subject: "a strike that targeted"."""
    nouns = [g for g in n.acts_in.get(m.sentence, ()) if g.first < m.first]
    return bool(nouns) and related_verb(n, nouns[-1]) is m


def parted_by_nothing(n: Narrative, last: int, verb: int) -> bool:
    """Whether only "has", "was" and the like stand between a subject that ends at a word and its verb."""
    return 0 <= verb - last <= 2 and all(_may_part(n, word) for word in range(last, verb))


def is_subject_before(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether a phrase is the subject of a verb after it: nothing between them but "has", "was", "which"."""
    if m.shape not in VERBS or m.prefix or phrase.area or not 0 <= m.first - phrase.last <= ASIDE_WITHIN:
        return False
    between = [word for word in range(phrase.last, m.first) if not _in_brackets(n, phrase.last, word)]
    if phrase.last == m.first and n.clause_of[m.first] != n.clause_of[phrase.last - 1]:
        return False  # a comma alone parts no subject from its verb
    if len(between) > 3 or any(not _may_part(n, word) for word in between):
        return False
    mark = mark_of_first(n, phrase)
    return mark != "to" and (mark == "bare" or bool(between))


def is_topic(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> bool:
    """Whether an actor is the subject of a verb beyond a relative clause: "the planes of X, which took off ..., hit".

    The verb agrees with it and opens no clause, nobody stands after the verb who could be its subject, and the words
    between begin with "which" and hold one verb of an act at most.
    """
    between = range(phrase.last, m.first)
    if m.shape not in VERBS or m.prefix or phrase.area or not 3 <= len(between) <= RELATIVE_WITHIN:
        return False
    if (
        not (_is_relative(n, phrase.last) or _is_participle(n, phrase.last))
        or _is_relative(n, m.first - 1)
        or mark_of_first(n, phrase) not in ("bare", "on")
    ):
        return False
    if particle_before(n, m.first) not in (None, "auxiliary", "was", "pronoun") or not agrees(n, a, m):
        return False
    if breaks_off(n, phrase.last, m.first):
        return False
    inner = [g for g in n.acts_in.get(m.sentence, ()) if phrase.last <= g.first < m.first and g.shape in VERBS]
    if inner and not (len(inner) == 1 and inner[0].first <= phrase.last + 2):
        return False
    after = phrases_between(n, m.last, m.last + 1)
    return not any(second.mark == "bare" and second.head not in VICTIMS for _, second in after)


def _is_participle(n: Narrative, word: int) -> bool:
    """Whether a definite word says where those before it stand or come from: "the forces (those) posted in"."""
    taken = n.things.get(word) or particle_before(n, word + 1) is not None
    return n.words.words[word].startswith(PARTICIPLE) and not taken


def _is_relative(n: Narrative, word: int) -> bool:
    return any(cue.row.id == "relative" for cue in n.cue_at.get(word, ()))


def _may_part(n: Narrative, word: int) -> bool:
    """Whether a word may stand between a subject and its verb: "has", "also", "loyal to it"."""
    found = particle_before(n, word + 1)
    who = found == "from" and particle_before(n, word) == "auxiliary"  # "it is X who shelled"
    return who or found in ("auxiliary", "was", "pronoun", "which_is") or is_belonging(n.words.words[word])


def _in_brackets(n: Narrative, first: int, word: int) -> bool:
    """Whether a bracket opens between two words and closes after the second: an aside."""
    before = n.text.folded[n.words.ends[first - 1] : n.words.starts[word]]
    return before.count("(") > before.count(")")
