"""The noun phrase in which an actor stands: where it begins, what governs it, what its head noun is.

An actor's name may be the last word of its phrase ("the headquarters of the command that belongs to X"): the
preposition that says which role it has stands before the first. The little words are in `lexicon/particles.tsv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis.coding.act_mentions import RELATING
from analysis.coding.actors import ActorMention
from analysis.coding.lexicon import ARTICLE, fold_words, read_table
from analysis.coding.narrative import Narrative
from analysis.coding.once import once_a_mention, once_a_word
from analysis.coding.particles import (
    belonging,
    length_before,
    particle_before,
    particles,
    without_article,
    words_for_one,
)
from analysis.coding.phrases import ACCUSATIVE, AND, BY, LIKE, SO, TO, TO_THE
from analysis.coding.text import FEMININE, FEMININE_JOINED, POSSESSORS, fold_word
from analysis.paths import data_path

LONGEST = 7
"""So many words before a name its phrase may begin."""
GOVERNING = frozenset(
    {
        "on",
        "ranks",
        "by",
        "from",
        "with",
        "together",
        "between",
        "in",
        "cause",
        "out",
        "expense",
        "jointly",
        "hand",
        "passing",
    }
)
MARKED_BY = {"agent": "by", "purpose": "out", "cause": "cause"}
"""Cues that mark a phrase as a particle does."""
PATIENT = ("position", "home", "member", "person")
"""Classes of things that are hit rather than hit others, the strongest first."""
DEFINITE = (ARTICLE, TO_THE, *(letter + ARTICLE for letter in (BY, LIKE, AND, SO)))
MEANS = frozenset({"fire", "gun", "rocket", "drone", "shell", "gunfire", "aircraft_raid", "armour"})
"""Classes of things that stand where a subject may: "a missile hit ..."."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """The phrase of an actor: words[first:last] of its narrative."""

    first: int
    last: int
    mark: str
    """What governs it: bare, and, to (for, of), means, or an id of `particles.tsv`: on, by, from, with, in, out."""
    head: str
    """position, member, person, home, or the class of its outermost noun in `collectives.tsv`, or empty."""
    area: bool
    """Whether it says where somebody rules ("the areas under X"), not who."""


@once_a_mention
def phrase_of(n: Narrative, a: ActorMention) -> NounPhrase:
    """The noun phrase in which an actor stands."""
    name, last = n.word_span(a.at, a.to)
    first, area = _begin(n, a, name)
    mark = _mark(n, a, first, name)
    return NounPhrase(first, last, mark, _head_of(n, a, first, name), area)


@cache
def _nouns() -> frozenset[str]:
    rows = read_table(data_path("lexicon", "collectives.tsv"))
    things = read_table(data_path("lexicon", "things.tsv"))
    return frozenset(fold_words([row["form"] for row in rows] + [row["word"] for row in things]))


def _begin(n: Narrative, a: ActorMention, name: int) -> tuple[int, bool]:
    """The first word of a phrase, and whether a word of ruling stands in it."""
    words, first, linked, area = n.words.words, name, False, False
    floor = max(n.sentence_words(n.sentence_of[name]).start, name - LONGEST)
    while first > floor:
        word = words[first - 1]
        if _is_object(words[first]) and not is_counted(n, first - 1) and particle_before(n, first) != "about":
            break  # nothing before an indefinite object governs it but its number
        many = _quantity(n, first)
        if many is not None and many >= floor:
            first = many
            if particle_before(n, first) in ("about", "one", "toward"):
                continue
            break
        found = particle_before(n, first)
        if found == "about" or (found == "toward" and is_counted(n, first)):
            first -= length_before(n, first)
            continue
        if found == "one" or (found == "this" and first == name):
            first -= 1
            continue
        act = any(m.first == first - 1 and m.last == first for m in n.acts_in.get(n.sentence_of[first], ()))
        if found == "area" and act and particle_before(n, first - 1) in (None, "cause", "that"):
            break  # "the control of X over" is what X did
        if found == "area":
            area = True
            first -= 1
            linked = linked or word.startswith(ARTICLE)
            continue
        if found is not None or n.clause_of[first - 1] != n.clause_of[first]:
            break
        glued = _glued(n, a, first, name) if first == name else ""
        if glued == AND and _is_noun(word) and not _is_taken(n, first - 1):
            first -= 1
            continue
        if glued and (glued not in (TO, BY) or not _may_own(n, first - 1)):
            break
        if glued and word.endswith(ACCUSATIVE) and not _is_taken(n, first - 1):
            first -= 1  # "positions of X" as an object
            continue
        if without_article(word) in belonging():
            first, linked = first - 1, True
            continue
        if _is_taken(n, first - 1):
            break
        if linked and not word.endswith(ACCUSATIVE):
            first -= 1
            if not word.startswith(ARTICLE) and not _is_adjective(word):
                linked = False
            continue
        if word.isdigit():
            return first - 1, area
        if first == name and a.use == "adjective" and word.startswith(ARTICLE) and _is_noun(word):
            first -= 1  # "the aircraft" before "the Turkish one"
            continue
        if (
            word.endswith(POSSESSORS)
            and first == name
            and not glued
            and word.startswith(AND)
            and not word.startswith(DEFINITE)
            and not _is_noun(word)
        ):
            return first - 1, area  # "and its ally X"
        if word.startswith(DEFINITE) or (word.endswith(ACCUSATIVE) and not _is_noun(word)):
            break
        start = n.sentence_words(n.sentence_of[name]).start
        if first - 1 == start and first == name and a.head and not _is_noun(word):
            break  # an unknown word that opens a sentence before a whole phrase is its verb
        if not MEANS.isdisjoint(n.things.get(first - 1, frozenset())) and "position" not in n.things.get(first - 1, ()):
            break
        first -= 1
    return first, area


def _quantity(n: Narrative, first: int) -> int | None:
    """Where "a number of", "ten of" begins right before a word; None where it does not stand there."""
    words = n.words.words
    if first < 2 or particles().get(words[first - 1]) != "from":
        return None
    for back in (2, 3):
        if first >= back and is_counted(n, first - back) and not (back == 3 and _is_taken(n, first - 2)):
            return first - back
    return None


def is_object_by_ending(n: Narrative, phrase: NounPhrase) -> bool:
    """Whether the first noun of a phrase has the ending of the indefinite object: "(arrested) a leader of X"."""
    return _is_object(n.words.words[phrase.first])


def _is_object(form: str) -> bool:
    return form.endswith(ACCUSATIVE) and not form.endswith(POSSESSORS) and form.removesuffix(ACCUSATIVE) in _nouns()


def is_counted(n: Narrative, word: int) -> bool:
    """Whether a word is a number or a quantity: "8", "ten", "a number"."""
    form = n.words.words[word].removesuffix(ACCUSATIVE)
    return form.isdigit() or form in _quantities() or (form[:1] == BY and form[1:] in _quantities())


@cache
def _quantities() -> frozenset[str]:
    rows = [row for row in read_table(data_path("lexicon", "links.tsv")) if row["id"] == "of"]
    return frozenset(fold_word(row["form"]).split()[0] for row in rows)


def _may_own(n: Narrative, word: int) -> bool:
    """Whether a word is a noun that "of X" may follow, or says that something belongs to it."""
    form = n.words.words[word]
    return _is_noun(form) or form[1:] in _nouns() or without_article(form) in belonging() or form.endswith(ACCUSATIVE)


def _is_noun(word: str) -> bool:
    return word in _nouns() or without_article(word) in _nouns()


def _is_adjective(word: str) -> bool:
    return word.endswith(RELATING)


@once_a_word
def _is_taken(n: Narrative, word: int) -> bool:
    """Whether a word is of an act, a cue, a date, a place or another actor."""
    if any(m.first <= word < m.last for m in n.acts_in.get(n.sentence_of[word], ())):
        return True
    position = n.words.starts[word]
    return any(thing.at <= position < thing.to for things in (n.actors, n.places, n.dates) for thing in things) or any(
        c.last == word + 1 for back in (0, 1, 2) for c in n.cue_at.get(word - back, ()) if c.row.id != "against"
    )


def _mark(n: Narrative, a: ActorMention, first: int, name: int) -> str:
    opening = particles().get(n.words.words[first].lstrip(BY + TO))
    if opening in ("ranks", "life"):
        return opening
    found = particle_before(n, first)
    if found == "toward":
        return "on"
    if found in GOVERNING:
        return found
    for back in (1, 2, 3):
        for cue in n.cue_at.get(first - back, ()):
            if cue.last == first and cue.row.id in MARKED_BY:
                return MARKED_BY[cue.row.id]
    glued = _glued(n, a, first, name)
    if TO in glued:
        return "to"
    if BY in glued:
        return "means"
    if LIKE in glued:
        return "out"
    if AND in glued or SO in glued:
        return "and"
    return "bare"


def _glued(n: Narrative, a: ActorMention, first: int, name: int) -> str:
    """What is glued before the first word of a phrase."""
    word = n.words.words[first]
    if first == name and a.at > n.words.starts[first]:
        return n.text.folded[n.words.starts[first] : a.at]
    if word.startswith(TO_THE):
        return TO
    if first == name or _is_noun(word):
        return ""
    for length in (1, 2):
        rest = word[length:]
        if all(letter in (AND, SO, BY, TO, LIKE) for letter in word[:length]) and _is_noun(rest):
            return word[:length]
    if word.startswith((BY + ARTICLE, LIKE + ARTICLE, AND + ARTICLE)):
        return word[0]
    if word.startswith(AND) and word.endswith(POSSESSORS) and first == name - 1:
        return AND  # "and its ally X"
    return ""


def _head_of(n: Narrative, a: ActorMention, first: int, name: int) -> str:
    """What the outermost noun of a phrase is: by `collectives.tsv` where the actor's own nouns reach so far."""
    one_of = ""
    for word in range(first, name):
        classes = n.things.get(word, frozenset())
        troops = "troops" in classes and "convoy" not in classes  # "a group of X": its members, who may strike
        for found in PATIENT[1:] if troops else PATIENT:
            if found in classes:
                if n.words.words[word] not in words_for_one():
                    return found
                one_of = found  # "one of" the posts is a post
                break
    if one_of:
        return a.head if a.head in PATIENT else one_of
    if first < name and n.words.words[first].endswith(ACCUSATIVE) and not is_counted(n, first):
        return "position"  # something of theirs, an object by its ending
    if first < name and _quantity(n, name) is not None and a.head in ("", "force"):
        return "member"
    named = max(n.words.index(a.name_at), name + 1)
    if a.head == "force" and any("member" in n.things.get(word, ()) for word in range(name, named)):
        return "member"
    if a.head == "equipment" and n.text.folded[a.at :].startswith(_vehicles()):
        return "vehicle"
    return a.head


@cache
def _vehicles() -> tuple[str, ...]:
    rows = read_table(data_path("lexicon", "collectives.tsv"))
    forms = [fold_word(row["form"]) for row in rows if row["id"] == "vehicle"]
    joined = [form[:-1] + FEMININE_JOINED for form in forms if form.endswith(fold_word(FEMININE))]
    return (*forms, *joined, *(ARTICLE + form for form in forms))
