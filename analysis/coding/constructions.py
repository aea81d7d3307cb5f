"""Which role a construction gives an actor beyond doubt: subject and object of a verb, agent and patient of a noun.

Arabic puts the verb first, then who did it, then whom it hit, with what stands between them marked by a preposition; a
noun of an act ("the shelling of X") is followed by its doer or by its victim, as what else follows it and its own sense
decide. Each rule has a name, which `explain` shows.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.agreement import agrees
from analysis.coding.antecedents import accused_of, condemns, is_alias, leads
from analysis.coding.clauses import (
    FIRE,
    NOBODY,
    STRIKES,
    VERBS,
    VICTIMS,
    breaks_off,
    harm_before,
    is_subject_before,
    is_topic,
    mark_of_first,
    parted_by_nothing,
    partner_of,
    phrases_between,
    related_verb,
    stop_of,
)
from analysis.coding.complements import MEMBERS, TAKES, Role, read_complement
from analysis.coding.doing import doing_before, foiled_before, undergone_after, undergone_before
from analysis.coding.lexicon import ARTICLE
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import NounPhrase, phrase_of
from analysis.coding.once import once_a_mention
from analysis.coding.overlaps import TAKEN, read_overlap, said_to_belong
from analysis.coding.particles import particle_before, particles
from analysis.coding.phrases import AND, BY, SO
from analysis.coding.precedents import doer_before, is_fronted, stands_behind, starts_at
from analysis.coding.relatives import (
    continues,
    holds_place,
    mark_of_conjunct,
    of_a_place,
    owner_told,
    resumed_verb,
    was_before,
)

SUBJECT_FIRST = "the verb stands after who did it"
EXCHANGES = frozenset({"exchange_fire", "exchange_fire_afar", "exchange_blows"})
"""Acts of two sides on each other."""
CARRIED = 3
"""In so many sentences before it who did it stands, where a sentence only goes on."""
PASSING_WITHIN = 6
"""So many words after a blast who was passing is told."""
REACH = 22
"""An argument stands within so many words after its act."""


def read_role(n: Narrative, m: ActMention, a: ActorMention) -> Role | None:
    """The role that a construction gives an actor in an act of its sentence; None where none decides."""
    if is_alias(n, a):
        return Role("none", "another name of the one before")
    found = _in_its_clause(n, m, a)
    if found is None and condemns(n, a):
        return Role("beside", "who condemns it")
    alone = m.shape in VERBS and _has_no_subject(n, m)
    if found is None and m.act.subject == "actor" and (alone or _is_done_alone(n, m)):
        verb = next((g for g in reversed(_verbs_before(n, m)) if _agrees(g, m)), None)
        told = read_role(n, verb, a) if verb is not None else None
        if told is not None and told.role == "actor":
            return Role("actor", "the subject of the verb before")
        if (verb is None or told is None) and _follows_first_word(n, m, a):
            return Role("actor", "the subject of the verb before")
        phrase = phrase_of(n, a)
        hit = phrase.first == m.last and phrase.mark == "bare" and phrase.head in VICTIMS
        if verb is not None and hit and m.act.object == "target" and alone:
            return Role("target", "object of a verb whose subject is told before")
    return found


def _follows_first_word(n: Narrative, m: ActMention, a: ActorMention) -> bool:
    """Whether an actor stands right after a first word that is a verb of no act: "crossed planes of X and hit"."""
    start, phrase = n.sentence_words(m.sentence).start, phrase_of(n, a)
    word = n.words.words[start]
    verb = not word.startswith(ARTICLE) and word not in particles() and not n.things.get(start)
    first = verb and phrase.first == start + 1 and phrase.last <= m.first and phrase.mark == "bare"
    said = any(c.row.id in ("speech", "claimed") for c in n.cue_at.get(start, ()))
    return first and not said and phrase.head not in VICTIMS and a.actor_id not in NOBODY and agrees(n, a, m)


@once_a_mention
def _has_no_subject(n: Narrative, m: ActMention) -> bool:
    """Whether a verb has the subject of the verb before: "and" or "also" before it, no doer after it."""
    joined = m.prefix == AND or any(c.row.id == "carried" for c in n.cue_at.get(m.first - 1, ()))
    if not joined:
        return False
    after = phrases_between(n, m.last, min(m.last + 6, stop_of(n, m)))
    return not any((role := _in_its_clause(n, m, a)) is not None and role.role == "actor" for a, _ in after) and not (
        after and after[0][1].first == m.last and after[0][1].head not in VICTIMS and after[0][0].actor_id not in NOBODY
    )


def carried_on(n: Narrative, m: ActMention) -> list[ActorMention]:
    """Who did what the sentence before tells, where a verb that opens its sentence names nobody: "It also shelled".

    The verb stands first of the acts of its sentence, nobody stands before it, and no doer after it.
    """
    opening = n.acts_in.get(m.sentence, (m,))[0]
    if m.shape not in VERBS or m.act.subject != "actor" or opening.first != m.first or not m.sentence:
        return []
    start = n.sentence_words(m.sentence).start
    joined = m.prefix == AND or any(c.row.id == "carried" for c in n.cue_at.get(m.first - 1, ()))
    if not (joined or (m.first == start and m.gender == "f")) or phrases_between(n, start, m.first):
        return []
    if any((role := read_role(n, m, a)) is not None and role.role == "actor" for a in n.actors_of(m.sentence)):
        return []
    for sentence in range(m.sentence - 1, max(m.sentence - CARRIED, -1), -1):
        for g in reversed(n.acts_in.get(sentence, ())):
            told = [(a, read_role(n, g, a)) for a in n.actors_of(sentence) if a.actor_id not in NOBODY]
            doers = [a for a, role in told if role is not None and role.role == "actor"]
            if doers and g.act.kind != "harm" and _agrees(g, m):
                return doers
        if n.acts_in.get(sentence):
            return []
    return []


@once_a_mention
def _is_done_alone(n: Narrative, m: ActMention) -> bool:
    """Whether the verb of doing before a noun is joined to the verb before and names nobody: "and carried out"."""
    word = doing_before(n, m)
    if word is None:
        return False
    joined = n.words.words[word][0] in (AND, SO) or any(c.row.id == "carried" for c in n.cue_at.get(word - 1, ()))
    named = any(phrase.mark == "bare" for _, phrase in phrases_between(n, word + 1, m.first))
    return joined and not named and m.shape not in VERBS


def _verbs_before(n: Narrative, m: ActMention) -> list[ActMention]:
    """The last two acts with a doer of their own before a verb in its sentence."""
    before = [g for g in n.acts_in.get(m.sentence, ()) if g.first < m.first and g.act.kind != "harm"]
    return before[-3:]


def _agrees(earlier: ActMention, later: ActMention) -> bool:
    return (
        earlier.shape not in VERBS
        or (earlier.gender, earlier.number) == (later.gender, later.number)
        or later.number == "p"
    )


def _in_its_clause(n: Narrative, m: ActMention, a: ActorMention) -> Role | None:
    """The role of an actor by what stands between it and the act, without looking at other verbs."""
    first, last = n.word_span(a.at, a.to)
    if n.sentence_of[first] != m.sentence or a.actor_id is None:
        return None
    if first <= m.first < last or m.first <= first < m.last:
        return read_overlap(n, m, a)
    phrase = phrase_of(n, a)
    partner = partner_of(n, phrase)
    owner = owner_told(n, a)
    if owner is not None:
        return Role("none", "whose house it is is told after it")
    if partner is not None and phrase.mark == "to" and owner_told(n, partner) is a:
        found = read_complement(n, m, partner, phrase_of(n, partner)) if phrase.first > m.last else None
        return Role("target", "whose house it is") if found is not None and found.role == "target" else None
    if (
        partner is not None
        and (partner.actor_id == a.actor_id or leads(partner, a))
        and phrase.mark == "bare"
        and a.use != "back"
        and m.first not in range(*n.word_span(partner.at, partner.to))
    ):
        return _in_its_clause(n, m, partner)  # the same by another name
    if phrase.last <= m.first:
        if m.shape in VERBS and m.pronoun and (found := doer_before(n, m, phrase)) is not None:
            return found  # "X intensified its shelling" is written as "X shelled it"
        found = _before(n, m, a, phrase)
        joined = None if found is not None else _joined_after(n, a)
        return _in_its_clause(n, m, joined) if joined is not None else found
    if phrase.first < m.last or phrase.first - m.last > REACH:
        return None
    if n.clause_of[phrase.first] - n.clause_of[m.first] > 2:
        return None
    if m.act.kind in TAKEN and said_to_belong(n, first):
        return Role("target", "to whom those taken or killed are said to belong")
    if breaks_off(n, m.last, phrase.first):
        return None
    if phrase.mark == "bare" and phrase.first == undergone_after(n, m):
        return Role("target", "what befell it stands before it")
    if phrase.mark == "passing" and m.act.kind in STRIKES and phrase.first - m.last <= PASSING_WITHIN:
        return Role("target", "who was passing")
    if phrase.first >= stop_of(n, m):
        verb = related_verb(n, m)
        found = _in_its_clause(n, verb, a) if verb is not None else None
        return found if found is not None and found.role == "target" else None
    if phrase.mark == "hand" and m.act.kind == "takeover":
        return Role("target", "who ruled there before") if was_before(n, m, phrase) else Role("actor", "by")
    if phrase.area:
        if m.act.kind == "takeover" and m.act.subject == "actor" and was_before(n, m, phrase):
            return Role("target", "who ruled there before")
        ruled = phrase.mark not in ("from", "by")
        fires = m.act.kind in FIRE and m.shape not in VERBS
        return Role("none", "where somebody rules") if ruled else Role("actor", "fire from there") if fires else None
    if a.use == "adjective" and not a.head:
        if partner is not None and phrase.mark == "and":
            return _in_its_clause(n, m, partner)  # "the Russian and the Syrian air force"
        called = any(g.last == first for g in n.acts_in.get(m.sentence, ()) if g.shape not in VERBS)
        return Role("actor", "whose act it is called") if called and m.act.subject == "actor" else None
    aside = range(max(phrase.first - 3, m.last + 1), phrase.first)  # "the attack that hit" speaks of the act
    if any(c.row.id == "relative" for word in aside for c in n.cue_at.get(word, ())):
        if not of_a_place(n, m, phrase):
            return None
        lost = m.act.kind == "takeover" and m.act.subject == "actor"
        return Role("target", "who ruled there before") if lost else Role("beside", "whose place it is")
    resumed = resumed_verb(n, phrase)
    if resumed is not None and resumed >= m.last:
        if m.act.kind == "takeover" and m.act.subject == "actor":
            return Role("target", "who ruled there before")
        return Role("beside", "whose place it is") if holds_place(n, resumed) else None
    if partner is not None and (phrase.mark == "and" or (partner.actor_id == a.actor_id and a.use != "back")):
        return _as_partner(m, phrase, _in_its_clause(n, m, partner), partner, n)
    if partner is None and phrase.mark == "and" and continues(n, phrase):
        phrase = replace(phrase, mark=mark_of_conjunct(n, m, phrase))
    return read_complement(n, m, a, phrase)


def _joined_after(n: Narrative, a: ActorMention) -> ActorMention | None:
    """The actor joined to one by "and" right after it."""
    last = n.word_span(a.at, a.to)[1]
    after = phrases_between(n, last, last + 1)
    return next((other for other, phrase in after if phrase.mark == "and" and phrase.first == last), None)


def _as_partner(
    m: ActMention, phrase: NounPhrase, found: Role | None, partner: ActorMention, n: Narrative
) -> Role | None:
    """The role of who is joined by "and" to another; of two sides between whom it is, the second is the target."""
    if phrase.mark != "and" or found is None or found.role != "actor":
        return found
    if phrase_of(n, partner).mark == "between" and (m.act.kind == "clash" or m.act.kind in STRIKES):
        return Role("target", "between the two")
    return Role("target", "the other side of an exchange") if m.act.id in EXCHANGES else found


def _before(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    """What stands before an act: the subject of a verb, the doer of a noun, the victims of what it caused."""
    if m.shape not in VERBS:
        for harm in harm_before(n, m):
            found = _in_its_clause(n, harm, a)
            if found is not None and found.role == "target":
                return Role("target", "whom it killed or hurt")
        if (m.prefix.endswith(BY) or particle_before(n, m.first) == "behind") and accused_of(n, m.first) == a:
            return Role("actor", "who is accused of it")
        if stands_behind(n, m) is a:
            return Role("actor", "who stands behind it")
        foiled = foiled_before(n, m) if m.act.kind in STRIKES else None
        if foiled is not None and phrase.mark == "bare" and foiled + 1 == phrase.first:
            return Role("target", "who foiled it")
        word = undergone_before(n, m)
        if word is not None and mark_of_first(n, phrase) == "bare":
            undergone = (
                parted_by_nothing(n, phrase.last, word) or word < phrase.first <= word + 1 or phrase.mark == "and"
            )
            return Role("target", "what befell it stands after it") if undergone and not phrase.area else None
        return doer_before(n, m, phrase)
    if m.pronoun and m.act.object == "target" and is_fronted(n, m, phrase):
        return Role("target", "what is taken up by the pronoun of the verb")
    if not is_subject_before(n, m, phrase):
        active = m.act.subject == "actor" and phrase.head not in VICTIMS and a.actor_id not in NOBODY
        return Role("actor", SUBJECT_FIRST) if active and is_topic(n, m, a, phrase) else None
    after = starts_at(n, m.last, m)
    related = any(c.row.id == "relative" for c in n.cue_at.get(m.first - 1, ()))
    if related and m.pronoun and after and m.act.object == "target":
        return Role("target", "whom somebody is said to have done it to")
    if m.act.kind == "harm":
        if m.gender == "f" and m.number == "s" and phrase.head not in MEMBERS:
            return Role("actor", SUBJECT_FIRST) if after else None
        if after and m.number != "d" and not m.pronoun:
            return Role("actor", SUBJECT_FIRST)
        return Role("target", "what befell it stands after it")
    if m.act.subject == "target":
        return Role("target", "what befell it stands after it")
    if m.act.subject not in ("actor", "mover") or phrase.head in ("position", "home"):
        return None
    if m.act.kind in TAKES and m.gender == "m" and not m.pronoun and not after:
        return None  # "X, who was arrested": the verb may be a passive
    return Role("actor", SUBJECT_FIRST)
