"""Everything found in one report, with the words, sentences and clauses that place it: what the grammar reads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from analysis.coding.act_mentions import ActMention, find_grammar, fired_in
from analysis.coding.actors import NOBODY, ActorMention
from analysis.coding.acts import Cue, Grammar, Ground, Weapon
from analysis.coding.counts import CountMention
from analysis.coding.cues import find_cues, other_stories
from analysis.coding.dates import DateMention
from analysis.coding.phrases import Found, Words
from analysis.coding.places import PlaceMention
from analysis.coding.text import Text, fold

Item = TypeVar("Item")
NO_FORCE = frozenset({"country", "adjective", "people"})
"""How an actor is named that is a nation, not a body under arms."""
LONGEST_BEFORE = 12
"""So many characters before a name hold the preposition before it."""


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


def read_narrative(
    text: Text,
    published: date | None,
    title: str | None,
    found: FoundElsewhere,
    grammar: Grammar,
) -> Narrative:
    """Put together what was found in a report."""
    words, sentence_of, clause_of, things, acts, weapons = find_grammar(text, grammar, _named(text, found, grammar))
    starts = [number for number in range(len(words)) if number == 0 or sentence_of[number] != sentence_of[number - 1]]
    renumbered = {sentence_of[start]: index for index, start in enumerate(starts)}
    sentences = tuple(renumbered[sentence] for sentence in sentence_of)
    named = _inside(words, [(a.at, a.to) for a in found.actors])
    dated = _inside(words, [(d.at, d.to) for d in found.dates], 0)
    told = [act for act in acts if act.first not in named and act.first not in dated]
    acts = [act if act.sentence == (s := sentences[act.first]) else replace(act, sentence=s) for act in told]
    fired = fired_in(acts, weapons, sentences)
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


_QUOTE_OR_LINE = re.compile('[“«"”»\n]')


def _named(text: Text, found: FoundElsewhere, grammar: Grammar) -> list[tuple[int, str]]:
    """Where names begin that tell what an act is: a place as its object, "retook X", and a force, "the flight of X"."""
    places = [
        (p.at, "place")
        for p in found.places
        if p.kind != "country" and _is_object(text.folded[max(p.at - LONGEST_BEFORE, 0) : p.at], grammar)
    ]
    forces = (a for a in found.actors if a.actor_id is not None and a.actor_id not in NOBODY)
    return places + [(a.at, "force") for a in forces if a.head or a.use not in NO_FORCE]


def _is_object(before: str, grammar: Grammar) -> bool:
    """Whether what stands before a name is a word of its own and no preposition."""
    last = before.split()[-1:] if before[-1:].isspace() else []
    return bool(last) and last[0] not in grammar.never_before_verbs | grammar.whence


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
