"""The role of an actor whose words are those of the act, or who is said to own those whom it took."""

from __future__ import annotations

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.clauses import BEFALLS, NOBODY, STRIKES, VERBS
from analysis.coding.complements import MEMBERS, Role
from analysis.coding.narrative import Narrative
from analysis.coding.particles import memberships
from analysis.coding.phrases import BY

TAKEN = frozenset({"arrest", "abduction", "armed_attack", "killing", "harm"})
"""Acts of whose victims a report says to whom they belong."""
BELONGS_WITHIN = 3
"""A word of belonging stands within so many words before the name."""


def read_overlap(n: Narrative, m: ActMention, a: ActorMention) -> Role | None:
    """The role of an actor whose phrase and the words of the act overlap: "a Turkish raid", "an ambush of X"."""
    first, last = n.word_span(a.at, a.to)
    noun, known = m.shape not in VERBS, a.actor_id not in NOBODY
    if m.act.kind == "harm" and a.actor_id == "civilians" and a.use == "generic":
        return Role("target", "the victim") if first > m.first else None  # "civilian victims"
    if a.use == "generic" and first == m.first and n.words.starts[m.last - 1] <= a.name_at:
        return Role("none", "the word of the act itself")  # "attacking" is written as "his attacker"
    if m.act.kind == "interception" and noun and known and a.head == "equipment" and last > m.last > first > m.first:
        return Role("target", "what was shot down")  # "the shooting down of a plane" with "American" after it
    if m.act.kind in ("harm", "killing") and known and m.first < first and last > m.last:
        return Role("target", "the victim")  # "the body of a fighter of X"
    armed = a.head == "equipment" and n.words.words[first].startswith(BY) and m.act.subject == "actor"
    if armed and known and noun and last > m.last:
        return Role("actor", "with whose weapons")  # "a strike by drone" with "Turkish" after it
    of = first == m.first and m.act.kind in STRIKES and noun and m.act.id not in BEFALLS
    if of and a.name_at >= n.words.ends[m.last - 1] and a.use != "back" and a.head not in MEMBERS:
        return Role("actor", "an act of")  # "an ambush of X": the noun is one of a place too
    own = noun and a.use == "adjective" and a.head in ("", "act") and m.act.subject == "actor"
    return Role("actor", "whose act it is called") if own else None


def said_to_belong(n: Narrative, name: int) -> bool:
    """Whether a word of belonging stands before a name: "on the charge of belonging to X"; helping it is another."""
    before = n.words.words[max(name - BELONGS_WITHIN, 0) : name]
    return any(word in memberships() for word in before)
