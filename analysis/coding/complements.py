"""What follows an act: the subject and object of a verb, the doer and the victim of a noun, in order and by mark."""

from __future__ import annotations

from typing import NamedTuple

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.clauses import (
    BEFALLS,
    FIRE,
    NOBODY,
    STRIKES,
    VERBS,
    VICTIMS,
    has_subject,
    is_passive,
    object_follows,
    phrases_between,
    speaks_of_noun,
    stop_of,
    struck_before,
)
from analysis.coding.doing import doing_before
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import NounPhrase, is_counted, is_object_by_ending
from analysis.coding.particles import particle_before
from analysis.coding.text import POSSESSORS

TAKES = frozenset({"arrest", "abduction", "assassination", "killing", "restriction", "expulsion", "property_seizure"})
"""Kinds whose nouns are followed by whom they befall."""
MOVES = frozenset({"alert", "deployment", "withdrawal", "refusal", "displacement"})
"""Kinds whose nouns are followed by who moves."""
PASSIVE = TAKES | FIRE | {"armed_attack", "attack", "interception"}
"""Kinds whose verbs are written alike whether somebody does it or suffers it."""
MEMBERS = ("member", "person")
ACTING = frozenset({"attack", "infiltrate"})
"""Acts whose noun is followed by "of" those who do it, be they only members."""
ON_WITHIN = 9
"""Whom an act is aimed at stands within so many words after it."""


class Role(NamedTuple):
    """A role and the construction that gives it."""

    role: str
    """actor or target; none for who has no part in the act, beside for who did not do it, but may have suffered it."""
    rule: str


def read_complement(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    """The role of an actor whose phrase follows an act and depends on it; None where no construction decides."""
    near = phrase.first - m.last
    if phrase.mark == "by":
        launched = n.words.words[phrase.first - 1].endswith(POSSESSORS) and m.act.kind == "interception"
        return _hit(a, phrase, "who launched what was shot down") if launched else Role("actor", "by")
    if phrase.mark == "hand" and m.act.kind != "takeover":
        return Role("actor", "by")
    if phrase.mark == "with" and m.act.kind != "harm":
        return Role("actor", "with the support of")
    if m.act.kind == "explosion" and phrase.mark == "means" and near <= 4:
        return _hit(a, phrase, "it blew up")
    if phrase.mark == "means" and phrase.head == "equipment" and a.actor_id != "civilians" and near <= ON_WITHIN:
        return Role("actor", "with whose weapons")
    if m.act.kind == "clash":
        return _side(phrase, near)
    if phrase.mark in ("between", "jointly") and near <= 3:
        return Role("actor", "between the two")
    if phrase.mark == "life":
        return _hit(a, phrase, "whose life it took")
    if m.act.kind == "harm":
        return _after_harm(n, m, a, phrase)
    if phrase.mark == "ranks":
        return _hit(a, phrase, "in the ranks of")
    if phrase.mark == "from" and phrase.head == "position" and m.act.kind in FIRE and a.use != "back":
        return Role("actor", "fire from there")
    if m.act.kind == "interception" and phrase.mark == "to" and phrase.head == "equipment":
        return _hit(a, phrase, "whose weapon was met")
    if m.act.kind == "armed_attack" and phrase.mark == "out" and phrase.head == "position" and near <= 4:
        return _hit(a, phrase, "into whose position") if m.act.id == "infiltrate" else None
    if phrase.mark == "expense":
        return _hit(a, phrase, "at whose expense")
    if m.act.kind == "takeover" and phrase.mark == "on" and phrase.head in ("position", "home", "vehicle"):
        return _hit(a, phrase, "of a position")
    if m.act.kind in ("takeover", "expulsion") and phrase.mark in ("from", "on", "to"):
        return _hit(a, phrase, "taken from") if phrase.mark == "from" and not _is_part(n, phrase) else None
    aimed = m.act.kind in STRIKES or (m.act.object == "target" and m.shape not in VERBS) or m.act.kind == "restriction"
    if phrase.mark == "on" and aimed and near <= ON_WITHIN:
        return _hit(a, phrase, "on")
    nominal = m.shape == "perfect" and not m.prefix and m.gender == "m" and m.number != "p"
    made = particle_before(n, m.first) == "made" and n.clause_of[m.first - 1] == n.clause_of[m.first]
    nominal = nominal and (made or (phrase.mark in ("to", "from") and near <= 2) or doing_before(n, m) is not None)
    if m.shape in VERBS and not nominal:
        if phrase.mark == "bare" and near == 0 and speaks_of_noun(n, m):
            return _hit(a, phrase, "whom the act hit of which it speaks")
        return _after_verb(n, m, a, phrase)
    return _after_noun(n, m, a, phrase)  # "a shelling of X" is written as "shelled"


def _is_part(n: Narrative, phrase: NounPhrase) -> bool:
    """Whether "from" says of whom somebody is one: "fighters of X"."""
    if phrase.first < 2:
        return False
    before = n.things.get(phrase.first - 2, frozenset())
    return is_counted(n, phrase.first - 2) or not {"member", "person", "troops"}.isdisjoint(before)


def _side(phrase: NounPhrase, near: int) -> Role | None:
    """The sides of a clash: between the first and the second, of the first with or against the second."""
    if near > ON_WITHIN:
        return None
    if phrase.mark in ("together", "on"):
        return Role("target", "clash with")
    if phrase.mark == "between" or (phrase.mark in ("bare", "to") and near <= 1):
        return Role("actor", "between the two" if phrase.mark == "between" else "subject")
    return None


def _after_verb(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    if m.act.subject == "target":
        if phrase.mark == "from":
            return Role("actor", "from") if not _is_part(n, phrase) else None
        if phrase.mark != "bare" or has_subject(n, m, phrase):
            return None
        return Role("target", "what befell it stands before it")
    if m.act.subject == "weapon" and m.act.object == "target" and phrase.mark == "bare":
        return _weapon_or_object(n, m, a, phrase)
    if m.act.subject not in ("actor", "mover"):
        return None
    if a.head == "act" and a.use == "adjective":
        return Role("actor", "whose act it is called") if phrase.first == m.last else None
    if phrase.mark == "bare":
        return _subject_or_object(n, m, a, phrase)
    if phrase.mark == "to" and phrase.head in ("position", "vehicle") and m.act.kind in STRIKES:
        return _hit(a, phrase, "on") if phrase.first - m.last <= ON_WITHIN else None
    return None


def _weapon_or_object(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    """Of a verb whose subject is a weapon: "hit a rocket of X a post of Y", "a raid hit a post of Y"."""
    if struck_before(n, m, phrase):
        return Role("target", "object before the strike that hit it")
    flies = {"drone", "air_object", "aircraft"} & n.things.get(m.last, frozenset()) and "rocket" not in n.things[m.last]
    if (
        phrase.first == m.last
        and phrase.head == "equipment"
        and a.actor_id not in NOBODY
        and not (flies and m.act.id != "hit")
    ):
        return Role("actor", "with whose weapons")  # but "there fell a drone of X" may tell of its loss
    return _hit(a, phrase, "object after subject") if has_subject(n, m, phrase) else None


def _subject_or_object(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    takes_object = m.act.object == "target"
    if takes_object and phrase.first == m.last and (is_passive(n, m) or _done_by_another(n, m, phrase)):
        return Role("target", "what befell it stands after a passive")
    if takes_object and is_object_by_ending(n, phrase) and phrase.first == m.last:
        return _hit(a, phrase, "object by its ending")
    if takes_object and struck_before(n, m, phrase):
        return Role("target", "object before the strike that hit it")
    if has_subject(n, m, phrase):
        beside = any(other.last == phrase.first for _, other in phrases_between(n, m.last, phrase.first))
        people = beside and m.act.kind in STRIKES | TAKES and phrase.head in (*MEMBERS, "position", "")
        return _hit(a, phrase, "object after subject") if takes_object or people else None
    if phrase.head == "position" and m.act.kind in TAKES and phrase.first == m.last and object_follows(n, m, phrase, a):
        return Role("actor", "subject")  # "arrested the checkpoints of X two men"
    car = phrase.head == "vehicle" and phrase.first == m.last and m.act.kind in FIRE and _only_drives(n, m.last)
    if car or phrase.head in ("position", "home") or (m.number == "p" and not m.pronoun):
        return _hit(a, phrase, "object") if takes_object else None
    if a.actor_id == "civilians" and m.act.kind not in MOVES:
        suffer = m.act.kind in PASSIVE and takes_object and phrase.first == m.last
        suffer = suffer and not object_follows(n, m, phrase, a)
        return _hit(a, phrase, "object") if suffer else None  # armed men do it and people suffer it
    if (
        phrase.head in (*MEMBERS, "vehicle")
        and m.act.kind in PASSIVE
        and m.act.id != "infiltrate"
        and not object_follows(n, m, phrase, a)
    ):
        return None  # "a member of X was sniped": the verb may be a passive
    if phrase.first == m.last or (phrase.head not in VICTIMS and a.actor_id not in NOBODY - {"unknown", "other"}):
        return Role("actor", "subject")
    return None


def _only_drives(n: Narrative, word: int) -> bool:
    """Whether a vehicle has no gun: a car is hit, a tank may hit."""
    classes = n.things.get(word, frozenset())
    return "troops" not in classes or "convoy" in classes


def _done_by_another(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether "at the hands of" follows: the verb is a passive, whose subject is what it befell."""
    for _, other in phrases_between(n, phrase.last, min(phrase.last + ON_WITHIN, stop_of(n, m))):
        if other.mark == "by" and not n.words.words[other.first - 1].endswith(POSSESSORS):
            return True
    return False


def _after_harm(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    """Who was killed or hurt, after the verb or noun that says it; who killed, where the verb agrees with them."""
    if phrase.mark == "ranks" or (phrase.mark == "from" and phrase.first - m.last <= 4 and phrase.head != "equipment"):
        caused = any(m.last <= g.first < phrase.first for g in n.acts_in.get(m.sentence, ()))
        return _hit(a, phrase, "in the ranks of") if not caused else None
    if phrase.mark != "bare":
        return None
    active = m.shape in VERBS and m.gender == "f" and m.number == "s"
    if a.use == "person" and phrase.first - m.last <= 2 and not active:
        return Role("target", "the victim")  # "the killing of the (commander) X"
    named = a.actor_id not in NOBODY - {"other"} and a.use != "people" and phrase.head not in VICTIMS
    active = active or (m.shape in VERBS and named and object_follows(n, m, phrase, a) and not is_counted(n, m.last))
    if phrase.first == m.last:
        if phrase.head in MEMBERS or a.actor_id in (NOBODY - {"other"} if active else NOBODY):
            return _hit(a, phrase, "the victim") if not active else None
        if not active and is_counted(n, phrase.first):
            return _hit(a, phrase, "the victim")
        return Role("actor", "who killed") if active and phrase.head != "equipment" else None
    before = [(b, other) for b, other in phrases_between(n, m.last, phrase.first) if other.first == m.last]
    killed = any((role := _after_harm(n, m, b, other)) is not None and role.role == "actor" for b, other in before)
    if killed:
        return _hit(a, phrase, "object after subject")
    return None


def _hit(a: ActorMention, phrase: NounPhrase, rule: str) -> Role | None:
    """A victim; whose "his car" is, the grammar does not say."""
    if a.use == "back" and phrase.head not in ("member", "person", "position"):
        return None
    return Role("target", rule)


def _after_noun(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    kind, near = m.act.kind, phrase.first - m.last
    if phrase.mark == "from" and kind in STRIKES and near <= 4 and a.actor_id != "civilians":
        return Role("actor", "from") if not _is_part(n, phrase) else None
    if m.act.subject == "target" and near == 0 and phrase.mark == "bare":
        return _hit(a, phrase, "the victim")
    if m.act.subject not in ("actor", "mover"):
        return None
    if kind in MOVES:
        return Role("actor", "who moves") if phrase.mark in ("bare", "to") and near <= 2 else None
    if phrase.mark == "bare" and near == 0:
        return _genitive(n, m, a, phrase)
    if phrase.mark == "to" and near <= 2:
        acting = m.act.id in ACTING and phrase.head in (*MEMBERS, "gunmen") and a.actor_id != "civilians"
        if acting:
            return Role("actor", "an act of")
        if phrase.head in VICTIMS or a.actor_id in NOBODY:
            placed = phrase.head in ("position", "vehicle") and kind in STRIKES
            return _hit(a, phrase, "of a position") if placed else None
        return Role("actor", "an act of") if kind in STRIKES and m.act.id not in BEFALLS else None
    if phrase.mark == "bare" and phrase.head == "position" and m.act.kind in STRIKES and near == 0:
        return _hit(a, phrase, "of a position")
    if phrase.mark == "bare" and m.act.object == "target" and _doer_before(n, m, phrase):
        return _hit(a, phrase, "object after the doer")
    return None


def _genitive(n: Narrative, m: ActMention, a: ActorMention, phrase: NounPhrase) -> Role | None:
    """Who follows a noun of an act at once: its doer where its object comes after, else whom its sense lets it be."""
    if phrase.head in ("position", "vehicle") and (m.act.object == "target" or m.act.kind in STRIKES):
        return _hit(a, phrase, "of a position")
    if object_follows(n, m, phrase, a):
        doer = phrase.head not in ("position", "home") and a.actor_id != "civilians" and a.use != "generic"
        return Role("actor", "doer before the object") if doer else None
    if m.act.kind in TAKES or m.act.id in BEFALLS:
        armed = phrase.head == "equipment" and a.actor_id not in NOBODY
        return Role("actor", "an act of") if armed else _hit(a, phrase, "whom it befell")
    if particle_before(n, m.first) == "made" or (m.act.kind in STRIKES and doing_before(n, m) is not None):
        return _hit(a, phrase, "it was done to") if m.act.object == "target" else None
    if phrase.head in VICTIMS or a.actor_id in NOBODY:
        return None
    return Role("actor", "an act of")


def _doer_before(n: Narrative, m: ActMention, phrase: NounPhrase) -> bool:
    """Whether another actor stands as the doer of a noun of an act, right after it or before it, before a phrase."""
    for _, other in phrases_between(n, m.last, phrase.first):
        if other.first == m.last and other.mark == "bare" and other.head not in VICTIMS:
            return True
    return any(
        n.word_span(other.at, other.to)[0] == m.first and other.use == "adjective" for other in n.actors_of(m.sentence)
    )
