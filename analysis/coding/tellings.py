"""What one sentence tells of an act, and where in the story it stands: what two tellings are compared by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from analysis.coding.act_mentions import ActMention
from analysis.coding.casualties import Harmed, casualties
from analysis.coding.clauses import NOBODY
from analysis.coding.constructions import read_role
from analysis.coding.links import another, family, may_fold, weapons_of
from analysis.coding.narrative import Narrative
from analysis.coding.when import When, tell_dates

STRETCH = 14
"""How many words around its mentions belong to a telling."""
CUES = frozenset({"background", "other_act", "told_again", "speech", "clause", "period", "habit"})
"""Cues that say whether a telling repeats another."""
MOST = 3
"""Beyond so many tellings it does not matter how many more there are."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a telling stands among those it may repeat or be repeated by; numbers up to `MOST`."""

    number: int = 0
    """How many tellings stand before it."""
    before: int = 0
    """How many of earlier sentences may tell of the same act, by their kinds."""
    following: int = 0
    """How many of its family stand in later sentences."""
    days: tuple[date, date] | None = None
    """The first and the last day that are told of it, none where they are inherited or the publication's."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The mentions of one sentence that tell of one act, and what is told with them."""

    mentions: tuple[int, ...]
    """Indices into the mentions given."""
    firsts: tuple[int, ...]
    """The first word of each."""
    main: ActMention
    sentence: int
    family: str
    """That of its main mention; harm where it tells of nothing else."""
    definite: str
    """How its main mention is worded: def, noun, fixed or verb."""
    places: frozenset[str]
    wide: frozenset[str]
    actors: frozenset[str]
    days: frozenset[str]
    tolls: frozenset[tuple[str, int | None, int | None]]
    harmed: Mapping[str, Harmed]
    """Who was killed and wounded."""
    weapons: frozenset[str]
    things: frozenset[str]
    """Classes of things named with it: a car, a mosque, a patrol."""
    doers: frozenset[str]
    sufferers: frozenset[str]
    """Actors to whom a construction gives a part in it."""
    another: bool
    """Whether a word says that it is another act."""
    cues: frozenset[str]
    """Of `CUES` those that stand in its sentence."""
    line: bool
    """Whether its sentence opens a line."""
    opening: tuple[str, ...]
    """Signs of the word that opens its sentence and of the one before its main mention."""
    standing: Standing = Standing()
    """Where in the story it stands."""


def make_tellings(n: Narrative, mentions: Sequence[ActMention], groups: Sequence[Sequence[int]]) -> list[Telling]:
    """The tellings that groups of mentions make, each group of one sentence, in reading order."""
    tellings = [make_telling(n, mentions, group) for group in groups]
    whens = tell_dates(n, [[mentions[index] for index in group] for group in groups])
    return [
        replace(telling, standing=_standing(tellings, number, whens[number])) for number, telling in enumerate(tellings)
    ]


def compare_days(one: Standing, other: Standing) -> str:
    """Whether two tellings may be of one day: "one", "next" (a day between their days' ends), "apart", or "open"."""
    if one.days is None or other.days is None:
        return "open"
    between = max((other.days[0] - one.days[1]).days, (one.days[0] - other.days[1]).days)
    return "one" if between <= 0 else "next" if between == 1 else "apart"


def _standing(tellings: Sequence[Telling], number: int, when: When) -> Standing:
    told = tellings[number]
    earlier = (tellings[i] for i in range(number - 1, -1, -1) if tellings[i].sentence < told.sentence)
    later = (tellings[i] for i in range(number + 1, len(tellings)) if tellings[i].sentence > told.sentence)
    return Standing(
        min(number, MOST),
        _up_to_most(t for t in earlier if may_fold(t.main.act.kind, told.main.act.kind)),
        _up_to_most(t for t in later if t.family == told.family),
        (when.first, when.last) if when.first and when.last and when.basis in ("stated", "relative") else None,
    )


def _up_to_most(tellings: Iterator[Telling]) -> int:
    return sum(1 for _ in islice(tellings, MOST))


def make_telling(n: Narrative, mentions: Sequence[ActMention], group: Sequence[int]) -> Telling:
    """What one sentence tells with a group of mentions."""
    told = [mentions[index] for index in group]
    main = next((m for m in told if m.act.kind != "harm"), told[0])
    span = n.sentence_words(main.sentence)
    lo, hi = max(span.start, told[0].first - STRETCH), min(span.stop, told[-1].last + STRETCH)
    words = n.words.words
    definite = "def" if main.definite else main.shape if main.shape in ("noun", "fixed") else "verb"
    opening = [f"opens={words[span.start]}"]
    if main.first:
        opening.append(f"before={words[main.first - 1]}|{definite}")
    return Telling(
        tuple(group),
        tuple(m.first for m in told),
        main,
        main.sentence,
        "harm" if {family(m) for m in told} == {"harm"} else family(main),
        definite,
        frozenset().union(*(n.place_ids(m.first) for m in told)),
        frozenset(key for _, key in n.between(n.place_words, lo, hi)),
        frozenset(actor for _, actor in n.between(n.actor_words, lo, hi)) - {""},
        frozenset(
            str(n.dates[i].first)
            for _, i in n.between(n.date_words, span.start, span.stop)
            if n.dates[i].first is not None
        ),
        frozenset(
            (n.counts[i].counted, n.counts[i].low, n.counts[i].high) for _, i in n.between(n.count_words, lo, hi)
        ),
        casualties(n, main.sentence, {m.first for m in told}),
        frozenset().union(*(weapons_of(n, m) for m in told)),
        frozenset().union(*(n.things.get(word, frozenset()) for word in range(lo, hi))),
        _in_role(n, told, "actor"),
        _in_role(n, told, "target"),
        another(n, main),
        n.sentence_cues(main.sentence) & CUES,
        n.new_line(main.sentence),
        tuple(opening),
    )


def _in_role(n: Narrative, told: Sequence[ActMention], role: str) -> frozenset[str]:
    """The actors of its sentence to whom a construction gives a role in any of some mentions."""
    return frozenset(
        a.actor_id
        for m in told
        for a in n.actors_of(m.sentence)
        if a.actor_id and a.actor_id not in NOBODY and (found := read_role(n, m, a)) is not None and found.role == role
    )
