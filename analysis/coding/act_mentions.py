"""Acts where a text tells of them: of each word the reading that its needs and its neighbours make likeliest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.coding.acts import Act, Grammar, Weapon
from analysis.coding.lexicon import ARTICLE
from analysis.coding.phrases import AND, BY, LIKE, SO, TO, TO_THE, Found, Words, find_words
from analysis.coding.sentences import find_sentences
from analysis.coding.text import ACCUSATIVE, DUALS, FEMININE, Text

RELATING = ("ي", "ي" + "ه")
"""Endings of an adjective made from a noun, folded."""
FINITE = frozenset({"perfect", "imperfect", "future"})
"""Shapes of a verb."""
AFTER_SUBJECT, SUBJECT_WITHIN = frozenset({"hit", "reach", "defence_counter"}), 3
"""Verbs that stand as well so many words after what they need: "a raid hit", "the defences met"."""
NEEDED_WITHIN = 9
"""How many words after an act what it needs may stand."""
BREAKS = frozenset(",;:()-")
"""Punctuation that ends a clause."""
FIRED = frozenset({"fire", "airstrike", "drone_strike", "shelling", "missile_attack"})
"""Kinds and classes of acts of fire."""
MARTYRS = frozenset({"die_martyr", "ascend"})
"""Words for a death that only a conflict brings."""
STRUCK_BY_NATURE = frozenset({"strike", "reach", "pelt"})
"""Acts of fire whose words also tell what storms and floods do."""


@dataclass(frozen=True, slots=True)
class ActMention:
    """An act where the text tells of it: words[first:last]."""

    first: int
    last: int
    act: Act
    shape: str
    prefix: str
    number: str
    gender: str
    pronoun: str
    sentence: int
    clause: int

    @property
    def definite(self) -> bool:
        """With the article or a possessor's pronoun."""
        return self.prefix.endswith((ARTICLE, TO_THE)) or (self.shape == "noun" and bool(self.pronoun))


def place_words(text: Text, words: Words) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The sentence of each word, and its clause as punctuation cuts it."""
    sentences = find_sentences(text)
    starts = [sentence.at for sentence in sentences]
    sentence_of = tuple(max(bisect_right(starts, start) - 1, 0) for start in words.starts)
    clauses: list[int] = []
    clause = 0
    for number in range(len(words)):
        if number:
            gap = text.folded[words.ends[number - 1] : words.starts[number]]
            if sentence_of[number] != sentence_of[number - 1] or not BREAKS.isdisjoint(gap):
                clause += 1
        clauses.append(clause)
    return sentence_of, tuple(clauses)


def find_grammar(
    text: Text, grammar: Grammar, named: Sequence[tuple[int, str]] = ()
) -> tuple[
    Words, tuple[int, ...], tuple[int, ...], dict[int, frozenset[str]], list[ActMention], tuple[Found[Weapon], ...]
]:
    """Words, their sentences and clauses, things, the acts whose needs are met, and weapons.

    `named`: where in the folded text names begin that an act may need as well, and the class of each.
    """
    words = find_words(text)
    sentence_of, clause_of = place_words(text, words)
    things: dict[int, set[str]] = {}
    for thing in grammar.things.find(words.words):
        if not thing.prefix.endswith(LIKE):  # "like guns" is also "as a defender"
            things.setdefault(thing.first, set()).add(thing.row)
    weapons = tuple(weapon for weapon in grammar.weapons.find(words.words) if not weapon.prefix.endswith(LIKE))
    for weapon in weapons:
        things.setdefault(weapon.first, set()).add(weapon.row.group)
    frozen = {position: frozenset(classes) for position, classes in things.items()}
    needed = dict(frozen)
    for at, group in named:
        word = words.index(at)
        needed[word] = needed.get(word, frozenset()) | {group}
    trapped = {(word, trap.row) for trap in grammar.traps.find(words.words) for word in range(trap.first, trap.last)}
    acts = []
    for found in grammar.acts.find(words.words):
        if (found.first, found.row.id) not in trapped and not _is_misread(text, words, found, grammar):
            mention = _mention(found, sentence_of, clause_of)
            away = _needed_at(mention, words, sentence_of, needed, grammar)
            if away is not None:
                acts.append((mention, away))
    told = _one_reading(acts, words, frozen, grammar.nominal_after)
    return words, sentence_of, clause_of, frozen, told, weapons


def _is_misread(text: Text, words: Words, found: Found[Act], grammar: Grammar) -> bool:
    """Whether what looks like a verb is none: behind "in", or with the ending of a feminine noun read as "him"."""
    if found.form.shape not in FINITE:
        return False
    before = found.first - 1
    if not found.prefix and before >= 0 and words.words[before] in grammar.never_before_verbs:
        return not text.folded[words.ends[before] : words.starts[found.first]].strip()
    if not found.form.pronoun:
        return False
    end = words.ends[found.last - 1]
    return text.raw[text.span(end - 1, end)[0]] == FEMININE


def _mention(found: Found[Act], sentence_of: Sequence[int], clause_of: Sequence[int]) -> ActMention:
    form = found.form
    return ActMention(
        found.first,
        found.last,
        found.row,
        form.shape,
        found.prefix,
        form.number,
        form.gender,
        form.pronoun,
        sentence_of[found.first],
        clause_of[found.first],
    )


def _needed_at(
    mention: ActMention,
    words: Words,
    sentence_of: Sequence[int],
    things: dict[int, frozenset[str]],
    grammar: Grammar,
) -> int | None:
    """How many words after an act what it needs stands; 0 where it needs nothing, None where it is not there."""
    act = mention.act
    if not act.needs and not act.bars:
        return 0
    window = range(mention.last, min(mention.last + NEEDED_WITHIN, len(words)))
    window = range(window.start, next((w for w in window if sentence_of[w] != mention.sentence), window.stop))
    if act.bars and _first_of(act.bars, window[:5], words, things, grammar) is not None:
        return None
    if not act.needs:
        return 0
    found = _first_of(act.needs, window, words, things, grammar)
    if found is not None:
        barred = act.bars and _first_of(act.bars, range(mention.last, found), words, things, grammar) is not None
        return None if barred else found - mention.last  # what it is not said of may stand nearer than what it needs
    before = range(max(mention.first - SUBJECT_WITHIN, 0), mention.first) if act.id in AFTER_SUBJECT else range(0)
    before = range(
        next((w + 1 for w in reversed(before) if sentence_of[w] != mention.sentence), before.start), before.stop
    )
    return None if _first_of(act.needs, before, words, things, grammar) is None else NEEDED_WITHIN


def _first_of(
    wanted: Sequence[str], window: range, words: Words, things: dict[int, frozenset[str]], grammar: Grammar
) -> int | None:
    """The first word of a window that is one of the words or of the classes of things (@class) wanted."""
    classes = {want[1:] for want in wanted if want.startswith("@")}
    forms = {form for want in wanted if not want.startswith("@") for form in grammar.needs[want]}
    for word in window:
        form = words.words[word]
        if form in forms or (form[:1] in (AND, SO, BY, TO) and form[1:] in forms):
            return word
        if not classes.isdisjoint(things.get(word, ())):
            return word
    return None


def _one_reading(
    acts: Sequence[tuple[ActMention, int]],
    words: Words,
    things: dict[int, frozenset[str]],
    nominal_after: frozenset[str],
) -> list[ActMention]:
    """Of several readings of one word, the one that its needs or its neighbours make likelier; longer phrases first."""
    chosen: list[ActMention] = []
    reach = -1
    by_first: dict[int, list[tuple[ActMention, int]]] = {}
    for mention, away in acts:
        by_first.setdefault(mention.first, []).append((mention, away))
    for first in sorted(by_first):
        if first < reach:
            continue
        best, _ = max(by_first[first], key=lambda pair: _fitness(pair[0], pair[1], words, things, nominal_after))
        chosen.append(best)
        reach = best.last
    return chosen


def _fitness(
    mention: ActMention, away: int, words: Words, things: dict[int, frozenset[str]], nominal_after: frozenset[str]
) -> tuple[int, ...]:
    nominal = mention.shape in ("noun", "fixed")
    before = words.words[mention.first - 1] if mention.first else ""
    after = words.words[mention.last] if mention.last < len(words) else ""
    looks_nominal = (
        mention.prefix.endswith((ARTICLE, TO_THE, BY, LIKE))
        or (mention.prefix.endswith(TO) and mention.shape != "imperfect")
        or before in nominal_after
        or (
            words.words[mention.last - 1].endswith(ACCUSATIVE) and not before.endswith(DUALS[0])
        )  # a verb is seldom dual
        or (
            after.endswith(RELATING)
            and not after.startswith(ARTICLE)
            and mention.gender == "m"
            and "person" not in things.get(mention.last, ())  # "a civilian was killed" is no civil killing
        )
    )
    return (
        mention.last - mention.first,
        int(mention.shape == "fixed" and mention.act.kind != "harm"),
        bool(mention.act.needs),
        -away,
        int(nominal == looks_nominal),
        -mention.act.strength,
    )


def is_fired(m: ActMention) -> bool:
    """Whether somebody fires or aims: what burns then, or falls, is no accident."""
    return m.act.kind in FIRED and m.act.subject == "actor" and m.act.id not in STRUCK_BY_NATURE


def fired_in(acts: Sequence[ActMention], weapons: Sequence[Found[Weapon]], sentences: Sequence[int]) -> frozenset[int]:
    """The sentences that tell of fire: a house that burns or falls in them is hit, and had no accident."""
    armed = {sentences[weapon.first] for weapon in weapons}
    fallen = {m.sentence for m in acts if m.act.id in MARTYRS}
    shots = {m.sentence for m in acts if is_fired(m) and (m.act.strength == 1 or m.sentence in armed)}
    return frozenset(shots | {m.sentence for m in acts if m.act.kind == "attack" and m.sentence in fallen})
