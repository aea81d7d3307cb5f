"""The tables of the grammar, compiled: acts, weapons, things, cues and sources, each a book of phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from analysis.coding.inflect import Form, inflect_noun, inflect_verb
from analysis.coding.lexicon import read_table
from analysis.coding.phrases import PhraseBook
from analysis.coding.text import fold_word
from analysis.paths import data_path

NOMINAL = frozenset({"noun", "bare", "many"})
"""What a row of `unasserted.tsv` governs that is a noun: behind its word a form that may be verb or noun is a noun."""

BEFORE_NOUNS = frozenset("cause against fear purpose attempt agent with result light about filmed".split())
"""Cues behind which a form that may be verb or noun is a noun."""


@dataclass(frozen=True, slots=True)
class Act:
    """A row of `acts.tsv`: a word that tells of an act, and what stands around it."""

    id: str
    kind: str
    """A kind of `entities/kinds.tsv`, or a class whose kind the weapon and the victim decide: fire, attack, harm."""
    strength: int
    """1: a concrete act wherever it stands; 2: mostly; 3: only among other signs."""
    needs: tuple[str, ...]
    """Words or classes of things (@class) of which one must follow in the clause."""
    bars: tuple[str, ...]
    """Words or classes of things that must not follow."""
    weapon: str
    subject: str
    """What its subject is: actor, target, weapon, mover, means, none."""
    object: str
    """What its object is: target, place, means, none."""


@dataclass(frozen=True, slots=True)
class Weapon:
    """A row of `weapons.tsv`."""

    id: str
    kind: str
    group: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of `cues.tsv`: what it says, which way, and how many words far (0: to the end of its sentence)."""

    id: str
    direction: str
    scope: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A row of `unasserted.tsv`: a word that governs an act which is then not asserted."""

    reason: str
    """Why: fear, plan, demand, habit ..., or "break": what follows it is governed by nothing before it."""
    on: str
    """Which acts it governs, a key of `asserted.GOVERNED`."""
    direction: str
    """forward: acts after it; back: acts before it; both."""
    reach: int
    """How many words may stand between."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Every book of phrases."""

    acts: PhraseBook[Act]
    weapons: PhraseBook[Weapon]
    things: PhraseBook[str]
    cues: PhraseBook[Cue]
    sources: PhraseBook[str]
    needs: dict[str, frozenset[str]]
    """The folded words that a need names with a word and not with a class."""
    traps: PhraseBook[str]
    """Phrases in which a word is not the act that it seems: the id of that act."""
    grounds: PhraseBook[Ground]
    nominal_after: frozenset[str]
    """Words after which a form that may be verb or noun is a noun."""
    never_before_verbs: frozenset[str]
    """Prepositions that stand before no verb, whatever the letters: "in", "inside"."""
    whence: frozenset[str]
    """Words for "from", which no object of a verb follows."""


@cache
def default_grammar() -> Grammar:
    """The package's grammar, compiled once."""
    acts: PhraseBook[Act] = PhraseBook()
    traps: PhraseBook[str] = PhraseBook()
    for row in read_table(data_path("lexicon", "acts.tsv")):
        for trap in _list(row["trap"]):
            traps.add(Form(fold_word(trap), "fixed"), row["id"])
    needs: dict[str, frozenset[str]] = {}
    for act, form in _act_forms():
        acts.add(form, act)
        for need in (*act.needs, *act.bars):
            if not need.startswith("@"):
                needs[need] = frozenset({fold_word(need)})
    weapons: PhraseBook[Weapon] = PhraseBook()
    for row in read_table(data_path("lexicon", "weapons.tsv")):
        for form in inflect_noun(row["word"]):
            weapons.add(form, Weapon(row["id"], row["kind"], row["group"]))
    things: PhraseBook[str] = PhraseBook()
    for row in read_table(data_path("lexicon", "things.tsv")):
        for form in inflect_noun(row["word"]):
            things.add(form, row["id"])
    cues: PhraseBook[Cue] = PhraseBook()
    nominal: frozenset[str] = frozenset()
    for row in read_table(data_path("lexicon", "cues.tsv")):
        for form in shaped(row["shape"], row["word"]):
            cues.add(form, Cue(row["id"], row["direction"], int(row["scope"])))
            if row["id"] in BEFORE_NOUNS:
                nominal |= {form.word}
    sources: PhraseBook[str] = PhraseBook()
    for row in read_table(data_path("lexicon", "sources.tsv")):
        for form in inflect_noun(row["word"]):
            sources.add(form, row["id"])
    grounds: PhraseBook[Ground] = PhraseBook()
    for ground, form in _ground_forms():
        grounds.add(form, ground)
        if ground.on in NOMINAL and " " not in form.word:
            nominal |= {form.word}
    particles = read_table(data_path("lexicon", "particles.tsv"))
    prepositions = frozenset(fold_word(row["word"]) for row in particles if row["id"] == "in")
    whence = frozenset(fold_word(row["word"]) for row in particles if row["id"] == "from")
    return Grammar(acts, weapons, things, cues, sources, needs, traps, grounds, nominal, prepositions, whence)


def _ground_forms() -> Iterator[tuple[Ground, Form]]:
    for row in read_table(data_path("lexicon", "unasserted.tsv")):
        ground = Ground(row["id"], row["on"], row["direction"], int(row["reach"]))
        yield from ((ground, form) for form in shaped(row["shape"], row["word"]))


def shaped(shape: str, word: str) -> Iterable[Form]:
    """The forms of a word of a table with a column `shape`; a verb is its perfect, and its imperfect if it has one."""
    perfect, _, imperfect = word.partition(" ")
    if shape == "noun":
        return inflect_noun(word)
    if shape == "verb":
        return inflect_verb(perfect, imperfect)
    if shape == "imperfect":
        return inflect_verb("", word)
    if shape == "future":
        return (form for form in inflect_verb("", word) if form.shape == "future")
    return (Form(fold_word(word), "fixed"),)


def _act_forms() -> Iterator[tuple[Act, Form]]:
    for row in read_table(data_path("lexicon", "acts.tsv")):
        act = Act(
            row["id"],
            row["kind"],
            int(row["strength"]),
            _list(row["with"]),
            _list(row["without"]),
            row["weapon"],
            row["subject"],
            row["object"],
        )
        seen: set[tuple[str, str]] = set()
        forms = list(inflect_verb(row["perfect"], row["imperfect"]))
        for noun in _list(row["noun"]):
            forms += inflect_noun(noun)
        for fixed in _list(row["fixed"]):
            forms.append(Form(fold_word(fixed), "fixed"))
        for form in forms:
            if (form.word, form.shape) not in seen:
                seen.add((form.word, form.shape))
                yield act, form


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())
