"""Everything found in one report, with the words, sentences and clauses that place it: what the grammar reads."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from analysis.coding.actors import ActorMention
from analysis.coding.acts import Act, Cue, Grammar, Ground, Weapon
from analysis.coding.counts import CountMention
from analysis.coding.cues import find_cues, other_stories
from analysis.coding.dates import DateMention
from analysis.coding.lexicon import ARTICLE
from analysis.coding.phrases import AND, BY, LIKE, SO, TO, TO_THE, Found, Words, find_words
from analysis.coding.places import PlaceMention
from analysis.coding.sentences import find_sentences
from analysis.coding.text import ACCUSATIVE, DUALS, FEMININE, Text, fold

RELATING = ("ي", "ي" + "ه")
"""Endings of an adjective made from a noun, folded."""
FINITE = frozenset({"perfect", "imperfect", "future"})
"""Shapes of a verb."""
Item = TypeVar("Item")

AFTER_SUBJECT, SUBJECT_WITHIN = frozenset({"hit", "reach"}), 3
"""Verbs that stand as well so many words after what they need: "a raid hit", "a shell fired by X hit"."""
NEEDED_WITHIN = 9
"""How many words after an act what it needs may stand."""
BREAKS = frozenset(",;:()-")
"""Punctuation that ends a clause."""


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


@dataclass(frozen=True, slots=True)
class FoundElsewhere:
    """What the other finders found in a text."""

    actors: Sequence[ActorMention]
    places: Sequence[PlaceMention]
    dates: Sequence[DateMention]
    counts: Sequence[CountMention]


@dataclass(frozen=True, slots=True)
class Narrative:
    """One report, read: words and what was found, each placed by word numbers."""

    text: Text
    title: Text | None
    published: date | None
    words: Words
    sentence_of: tuple[int, ...]
    """The sentence of each word."""
    clause_of: tuple[int, ...]
    """The clause of each word, numbered through the report."""
    sentence_starts: tuple[int, ...]
    """The first word of each sentence, and the number of words."""
    acts: tuple[ActMention, ...]
    weapons: tuple[Found[Weapon], ...]
    things: dict[int, frozenset[str]]
    """The classes of each word that is a thing."""
    cues: tuple[Found[Cue], ...]
    grounds: tuple[Found[Ground], ...]
    sources: tuple[Found[str], ...]
    actors: tuple[ActorMention, ...]
    places: tuple[PlaceMention, ...]
    dates: tuple[DateMention, ...]
    counts: tuple[CountMention, ...]
    cue_at: dict[int, tuple[Found[Cue], ...]]
    """The cues that begin at a word."""
    other_stories: int | None = None
    """The first word of the headlines of other stories and navigation at the end of a page, if any."""
    quotes: tuple[tuple[int, int], ...] = ()
    """Quoted stretches of more than a few words, as words."""
    place_words: tuple[tuple[int, str], ...] = ()
    """The first word of each place's name, and its id or, where it has none, its name."""
    cues_in: dict[int, frozenset[str]] = field(default_factory=dict)
    """The kinds of cues in each sentence."""
    places_at: dict[int, frozenset[str]] = field(default_factory=dict)
    """For the first word of each act, the definite places told with it."""
    actor_words: tuple[tuple[int, str], ...] = ()
    """The first word of each actor, and its id."""
    actor_starts: tuple[tuple[int, int], ...] = ()
    """The first word of each actor, and its place in `actors`."""
    place_starts: tuple[tuple[int, int], ...] = ()
    """The first word of each place with its head nouns, and its place in `places`."""
    weapon_words: tuple[tuple[int, str], ...] = ()
    """The first word of each weapon, and the kind of act that it makes."""
    date_words: tuple[tuple[int, int], ...] = ()
    """The first word of each date, and its place in `dates`."""
    count_words: tuple[tuple[int, int], ...] = ()
    """The same of the counts."""
    act_words: tuple[int, ...] = ()
    """The first word of each act."""
    acts_in: dict[int, tuple[ActMention, ...]] = field(default_factory=dict)
    """The acts of each sentence."""
    actors_in: dict[int, tuple[ActorMention, ...]] = field(default_factory=dict, repr=False)
    """The actors named in each sentence."""
    cue_words: tuple[int, ...] = field(default=(), repr=False)
    """The first word of each of `cues`, which are in reading order."""
    answers: dict[str, dict[Any, Any]] = field(
        default_factory=lambda: defaultdict(dict), init=False, repr=False, compare=False
    )
    """What was asked of the narrative so far, for `once`: question -> what it was asked of -> answer."""

    def quoted(self, word: int) -> bool:
        """Whether a word stands in a quoted stretch."""
        return any(first <= word < last for first, last in self.quotes)

    def word_span(self, at: int, to: int) -> tuple[int, int]:
        """The words of a folded span, half-open."""
        answers = self.answers["word_span"]
        found: tuple[int, int] | None = answers.get((at, to))
        if found is None:
            first = self.words.index(at)
            found = answers[at, to] = first, max(bisect_left(self.words.starts, to), first + 1)
        return found

    def raw_span(self, first: int, last: int) -> tuple[int, int]:
        """Where words[first:last] stand in the text as published."""
        start, _ = self.text.span(self.words.starts[first], self.words.starts[first])
        _, end = self.text.span(self.words.ends[last - 1], self.words.ends[last - 1])
        # the end is that of the last letter, not the start of what follows it
        inner, _ = self.text.span(self.words.ends[last - 1] - 1, self.words.ends[last - 1] - 1)
        return start, max(min(end, inner + 1), start + 1)

    def place_ids(self, word: int) -> frozenset[str]:
        """The definite places (no governorates, no countries) nearest after a word, else before it, in its sentence."""
        return self.places_at.get(word, frozenset())

    def between(self, items: Sequence[tuple[int, Item]], lo: int, hi: int) -> Sequence[tuple[int, Item]]:
        """Of `place_words`, `actor_words`, `date_words` or `count_words` those that begin in words[lo:hi]."""
        return items[bisect_left(items, (lo,)) : bisect_left(items, (hi,))]  # (5,) sorts before (5, anything)

    def new_line(self, sentence: int) -> bool:
        """Whether a sentence opens a line of its own."""
        if sentence >= len(self.sentence_starts) - 1:
            return False
        first = self.sentence_starts[sentence]
        before = self.words.ends[first - 1] if first else 0
        return "\n" in self.text.folded[before : self.words.starts[first]]

    def sentence_cues(self, sentence: int) -> frozenset[str]:
        """The kinds of cues that stand in a sentence."""
        return self.cues_in.get(sentence, frozenset())

    def cues_begun(self, lo: int, hi: int) -> Sequence[Found[Cue]]:
        """The cues that begin in words[lo:hi]."""
        return self.cues[bisect_left(self.cue_words, lo) : bisect_left(self.cue_words, hi)]

    def actors_of(self, sentence: int) -> Sequence[ActorMention]:
        """The actors named in a sentence."""
        return self.actors_in.get(sentence, ())

    def acts_between(self, lo: int, hi: int, but: ActMention) -> int:
        """How many acts begin in words[lo:hi], one left out."""
        number = bisect_left(self.act_words, hi) - bisect_left(self.act_words, lo)
        return max(number, 0) - (lo <= but.first < hi)

    def sentences_around(self, sentence: int, back: int, ahead: int) -> range:
        """The words of a sentence and of so many before and after it."""
        last = len(self.sentence_starts) - 1
        return range(
            self.sentence_starts[max(sentence - back, 0)], self.sentence_starts[min(sentence + ahead + 1, last)]
        )

    def sentence_words(self, sentence: int) -> range:
        """The words of a sentence."""
        return range(self.sentence_starts[sentence], self.sentence_starts[sentence + 1])


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
    text: Text, grammar: Grammar
) -> tuple[
    Words, tuple[int, ...], tuple[int, ...], dict[int, frozenset[str]], list[ActMention], tuple[Found[Weapon], ...]
]:
    """Words, their sentences and clauses, things, the acts whose needs are met, and weapons."""
    words = find_words(text)
    sentence_of, clause_of = place_words(text, words)
    things: dict[int, set[str]] = {}
    for thing in grammar.things.find(words.words):
        things.setdefault(thing.first, set()).add(thing.row)
    weapons = tuple(grammar.weapons.find(words.words))
    for weapon in weapons:
        things.setdefault(weapon.first, set()).add(weapon.row.group)
    frozen = {position: frozenset(classes) for position, classes in things.items()}
    trapped = {(word, trap.row) for trap in grammar.traps.find(words.words) for word in range(trap.first, trap.last)}
    acts = []
    for found in grammar.acts.find(words.words):
        if (found.first, found.row.id) not in trapped and not _is_misread(text, words, found, grammar):
            mention = _mention(found, sentence_of, clause_of)
            away = _needed_at(mention, words, sentence_of, frozen, grammar)
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


def read_narrative(
    text: Text,
    published: date | None,
    title: str | None,
    found: FoundElsewhere,
    grammar: Grammar,
) -> Narrative:
    """Put together what was found in a report."""
    words, sentence_of, clause_of, things, acts, weapons = find_grammar(text, grammar)
    starts = [number for number in range(len(words)) if number == 0 or sentence_of[number] != sentence_of[number - 1]]
    renumbered = {sentence_of[start]: index for index, start in enumerate(starts)}
    sentences = tuple(renumbered[sentence] for sentence in sentence_of)
    named = _inside(words, [(a.at, a.to) for a in found.actors])
    dated = _inside(words, [(d.at, d.to) for d in found.dates], 0)
    told = [act for act in acts if act.first not in named and act.first not in dated]
    acts = [act if act.sentence == (s := sentences[act.first]) else replace(act, sentence=s) for act in told]
    fired = _fired_in(acts, weapons, sentences)
    cues = tuple(
        cue
        for cue in find_cues(text, words, grammar.cues)
        if cue.row.id != "accident" or sentences[cue.first] not in fired
    )
    cue_at: dict[int, tuple[Found[Cue], ...]] = {}
    for cue in cues:
        cue_at[cue.first] = (*cue_at.get(cue.first, ()), cue)
    cues_in: dict[int, set[str]] = {}
    for cue in cues:
        cues_in.setdefault(sentences[cue.first], set()).add(cue.row.id)
    place_words = tuple(
        sorted(
            (words.index(place.name_at), place.place_id or text.folded[place.name_at : place.to])
            for place in found.places
        )
    )
    actor_starts = tuple(sorted((words.index(a.at), number) for number, a in enumerate(found.actors)))
    actors_in: dict[int, list[ActorMention]] = {}
    for word, number in actor_starts:
        actors_in.setdefault(sentences[word], []).append(found.actors[number])
    return Narrative(
        text=text,
        title=fold(title) if title else None,
        published=published,
        words=words,
        sentence_of=sentences,
        clause_of=clause_of,
        sentence_starts=(*starts, len(words)),
        acts=tuple(acts),
        weapons=weapons,
        weapon_words=tuple((weapon.first, weapon.row.kind) for weapon in weapons),
        things=things,
        cues=cues,
        grounds=tuple(grammar.grounds.find(words.words)),
        sources=tuple(grammar.sources.find(words.words)),
        actors=tuple(found.actors),
        places=tuple(found.places),
        dates=tuple(found.dates),
        counts=tuple(found.counts),
        cue_at=cue_at,
        cue_words=tuple(cue.first for cue in cues),
        other_stories=other_stories(text, words, cues),
        place_words=place_words,
        cues_in={sentence: frozenset(ids) for sentence, ids in cues_in.items()},
        places_at=_places_at(text, words, sentences, acts, found.places),
        actor_words=tuple(sorted((words.index(actor.at), actor.actor_id or "") for actor in found.actors)),
        actor_starts=actor_starts,
        place_starts=tuple(sorted((words.index(p.at), number) for number, p in enumerate(found.places))),
        date_words=tuple(sorted((words.index(d.at), number) for number, d in enumerate(found.dates))),
        count_words=tuple(sorted((words.index(c.at), number) for number, c in enumerate(found.counts))),
        act_words=tuple(act.first for act in acts),
        acts_in={sentence: tuple(told) for sentence, told in groupby(acts, lambda act: act.sentence)},
        actors_in={sentence: tuple(named) for sentence, named in actors_in.items()},
        quotes=_quotes(text, words),
    )


FIRED = frozenset({"fire", "airstrike", "drone_strike", "shelling", "missile_attack"})
"""Kinds and classes of acts of fire."""
MARTYRS = frozenset({"die_martyr", "ascend"})
"""Words for a death that only a conflict brings."""
STRUCK_BY_NATURE = frozenset({"strike", "reach", "pelt"})
"""Acts of fire whose words also tell what storms and floods do."""


def is_fired(m: ActMention) -> bool:
    """Whether somebody fires or aims: what burns then, or falls, is no accident."""
    return m.act.kind in FIRED and m.act.subject == "actor" and m.act.id not in STRUCK_BY_NATURE


def _fired_in(acts: Sequence[ActMention], weapons: Sequence[Found[Weapon]], sentences: Sequence[int]) -> frozenset[int]:
    """The sentences that tell of fire: a house that burns or falls in them is hit, and had no accident."""
    armed = {sentences[weapon.first] for weapon in weapons}
    fallen = {m.sentence for m in acts if m.act.id in MARTYRS}
    shots = {m.sentence for m in acts if is_fired(m) and (m.act.strength == 1 or m.sentence in armed)}
    return frozenset(shots | {m.sentence for m in acts if m.act.kind == "attack" and m.sentence in fallen})


_QUOTE_OR_LINE = re.compile('[“«"”»\n]')


def _quotes(text: Text, words: Words) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _QUOTE_OR_LINE.finditer(text.raw):
        position, character = mark.start(), mark[0]
        if character in "“«" or (character == '"' and opened is None):
            opened = position
        elif character in "”»" or (character == '"' and opened is not None):
            if opened is not None and position - opened > 40:
                spans.append((words.index(text.position(opened)), words.index(text.position(position))))
            opened = None
        elif character == "\n":
            opened = None
    return tuple(spans)


WIDE = frozenset({"governorate", "country", "region"})
"""Kinds of places that tell no two acts apart."""


def _places_at(
    text: Text, words: Words, sentences: Sequence[int], acts: Sequence[ActMention], places: Sequence[PlaceMention]
) -> dict[int, frozenset[str]]:
    """For each act, the definite places after it and before the next act of its sentence; else those before it."""
    definite = [
        (words.index(p.name_at), p.place_id or text.folded[p.name_at : p.to])
        for p in places
        if p.kind not in WIDE and p.precision != "area"
    ]
    at: dict[int, frozenset[str]] = {}
    for number, act in enumerate(acts):
        following = acts[number + 1].first if number + 1 < len(acts) else len(words)
        previous = acts[number - 1].last if number else 0
        after = [k for w, k in definite if act.last <= w < following and sentences[w] == act.sentence]
        before = [k for w, k in definite if previous <= w < act.first and sentences[w] == act.sentence]
        at[act.first] = frozenset(after or before)
    return at


def _inside(words: Words, spans: Sequence[tuple[int, int]], after: int = 1) -> frozenset[int]:
    """The words that stand inside folded spans, after their first words."""
    inside: set[int] = set()
    for at, to in spans:
        first = words.index(at)
        inside.update(range(first + after, max(bisect_left(words.starts, to), first + 1)))
    return frozenset(inside)
