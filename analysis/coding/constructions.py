"""Which role a construction gives an actor beyond doubt: subject and object of a verb, agent and patient of a noun.

Arabic puts the verb first, then who did it, then whom it hit, with what stands between them marked by a preposition; a
noun of an act ("the shelling of X") is followed by its doer or by its victim, as what else follows it and its own sense
decide. Each rule has a name, which `explain` shows.
"""

from __future__ import annotations

from analysis.coding.actors import ActorMention
from analysis.coding.antecedents import condemns, is_alias
from analysis.coding.clauses import (
    BEFALLS,
    FIRE,
    NOBODY,
    STRIKES,
    VERBS,
    VICTIMS,
    breaks_off,
    doing_before,
    harm_before,
    is_subject_before,
    is_topic,
    mark_of_first,
    partner_of,
    phrases_between,
    related_verb,
    stop_of,
    undergone_after,
    undergone_before,
)
from analysis.coding.complements import MEMBERS, TAKES, Role, read_complement
from analysis.coding.narrative import ActMention, Narrative
from analysis.coding.noun_phrases import NounPhrase, memberships, particles, phrase_of
from analysis.coding.once import once_a_mention
from analysis.coding.phrases import AND

SUBJECT_FIRST = "the verb stands after who did it"
TAKEN = frozenset({"arrest", "abduction", "armed_attack", "killing", "harm"})
"""Acts of whose victims a report says to whom they belong."""
BELONGS_WITHIN = 3
"""A word of belonging stands within so many words before the name."""
REACH = 22
"""An argument stands within so many words after its act."""


def read_role(n: Narrative, m: ActMention, a: ActorMention) -> Role | None:
    """The role that a construction gives an actor in an act of its sentence; None where none decides."""
    if is_alias(n, a):
        return Role("none", "another name of the one before")
    found = _in_its_clause(n, m, a)
    if found is None and condemns(n, a):
        return Role("beside", "who condemns it")
    if found is None and m.shape in VERBS and m.act.subject == "actor" and _has_no_subject(n, m):
        verb = next((g for g in reversed(_verbs_before(n, m)) if _agrees(g, m)), None)
        if verb is not None and (told := read_role(n, verb, a)) is not None and told.role == "actor":
            return Role("actor", "the subject of the verb before")
    return found


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
        if a.use == "generic" and first == m.first and n.words.starts[m.last - 1] <= a.name_at:
            return Role("none", "the word of the act itself")  # "attacking" is written as "his attacker"
        own = m.shape not in VERBS and a.use == "adjective" and a.head in ("", "act") and m.act.subject == "actor"
        of = first == m.first and m.act.kind in STRIKES and m.shape not in VERBS and m.act.id not in BEFALLS
        if of and a.name_at >= n.words.ends[m.last - 1] and a.use != "back" and a.head not in MEMBERS:
            return Role("actor", "an act of")  # "an ambush of X": the noun is one of a place too
        return Role("actor", "whose act it is called") if own else None
    phrase = phrase_of(n, a)
    partner = partner_of(n, phrase)
    if (
        partner is not None
        and partner.actor_id == a.actor_id
        and phrase.mark == "bare"
        and a.use != "back"
        and m.first not in range(*n.word_span(partner.at, partner.to))
    ):
        return _in_its_clause(n, m, partner)  # the same by another name
    if phrase.last <= m.first:
        if m.shape in VERBS and m.pronoun and (found := _doer(n, m, phrase)) is not None:
            return found  # "X intensified its shelling" is written as "X shelled it"
        found = _before(n, m, a, phrase)
        joined = None if found is not None else _joined_after(n, a)
        return _in_its_clause(n, m, joined) if joined is not None else found
    if phrase.first < m.last or phrase.first - m.last > REACH:
        return None
    if n.clause_of[phrase.first] - n.clause_of[m.first] > 2:
        return None
    if m.act.kind in TAKEN and _said_to_belong(n, first):
        return Role("target", "to whom those taken or killed are said to belong")
    if breaks_off(n, m.last, phrase.first):
        return None
    if phrase.mark == "bare" and phrase.first == undergone_after(n, m):
        return Role("target", "what befell it stands before it")
    if phrase.first >= stop_of(n, m):
        verb = related_verb(n, m)
        found = _in_its_clause(n, verb, a) if verb is not None else None
        return found if found is not None and found.role == "target" else None
    if phrase.area:
        if m.act.kind == "takeover" and m.act.subject == "actor" and _was(n, m, phrase):
            return Role("target", "who ruled there before")
        ruled = phrase.mark not in ("from", "by")
        fires = m.act.kind in FIRE and m.shape not in VERBS
        return Role("none", "where somebody rules") if ruled else Role("actor", "fire from there") if fires else None
    if a.use == "adjective" and not a.head:
        called = any(g.last == first for g in n.acts_in.get(m.sentence, ()) if g.shape not in VERBS)
        return Role("actor", "whose act it is called") if called and m.act.subject == "actor" else None
    aside = range(max(phrase.first - 3, m.last + 1), phrase.first)  # "the attack that hit" speaks of the act
    if any(c.row.id == "relative" for word in aside for c in n.cue_at.get(word, ())):
        return Role("beside", "whose place it is") if _of_a_place(n, m, phrase) else None  # "the base that X holds"
    if partner is not None and (phrase.mark == "and" or (partner.actor_id == a.actor_id and a.use != "back")):
        return _as_partner(m, phrase, _in_its_clause(n, m, partner), partner, n)
    return read_complement(n, m, a, phrase)


def _was(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether "was" stands before a phrase that says who rules: "the hills that were under the control of X"."""
    before = range(max(phrase.first - 3, m.last), phrase.first)
    return any(particles().get(n.words.words[word]) == "was" for word in before)


def _of_a_place(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether "which" before a phrase speaks of a place or a position: "the base that X runs"."""
    for word in range(max(phrase.first - 3, m.last + 1), phrase.first):
        if any(c.row.id == "relative" for c in n.cue_at.get(word, ())):
            at = n.words.starts[word - 1]
            placed = any(p.at <= at < p.to for p in n.places)
            return phrase.mark == "bare" and (placed or "position" in n.things.get(word - 1, ()))
    return False


def _said_to_belong(n: Narrative, name: int) -> bool:
    """Whether a word of belonging stands before a name: "on the charge of belonging to X"; helping it is another."""
    before = n.words.words[max(name - BELONGS_WITHIN, 0) : name]
    return any(word in memberships() for word in before)


def _joined_after(n: Narrative, a: ActorMention) -> ActorMention | None:
    """The actor joined to one by "and" right after it."""
    last = n.word_span(a.at, a.to)[1]
    after = phrases_between(n, last, last + 1)
    return next((other for other, phrase in after if phrase.mark == "and" and phrase.first == last), None)


def _as_partner(
    m: ActMention, phrase: NounPhrase, found: Role | None, partner: ActorMention, n: Narrative
) -> Role | None:
    """The role of who is joined by "and" to another; of two sides between whom it is, the second is the target."""
    if m.act.kind == "clash" and phrase.mark == "and" and phrase_of(n, partner).mark == "between":
        return Role("target", "between the two")
    return found


def _before(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    """What stands before an act: the subject of a verb, the doer of a noun, the victims of what it caused."""
    if m.shape not in VERBS:
        for harm in harm_before(n, m):
            found = _in_its_clause(n, harm, a)
            if found is not None and found.role == "target":
                return Role("target", "whom it killed or hurt")
        word = undergone_before(n, m)
        if word is not None and mark_of_first(n, phrase) == "bare":
            undergone = phrase.last == word or word < phrase.first <= word + 1 or phrase.mark == "and"
            return Role("target", "what befell it stands after it") if undergone and not phrase.area else None
        return _doer(n, m, phrase)
    if not is_subject_before(n, m, phrase):
        active = m.act.subject == "actor" and phrase.head not in VICTIMS and a.actor_id not in NOBODY
        return Role("actor", SUBJECT_FIRST) if active and is_topic(n, m, a, phrase) else None
    after = _starts(n, m.last, m)
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


def _doer(n: Narrative, m: ActMention, phrase: NounPhrase) -> Role | None:
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


def _starts(n: Narrative, word: int, m: ActMention) -> bool:
    """Whether somebody stands right at a word."""
    people = not {"person", "member"}.isdisjoint(n.things.get(word, frozenset()))
    return people or any(n.words.index(a.at) == word for a in n.actors_of(m.sentence))
