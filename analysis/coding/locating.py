"""Where an act happened: the likeliest of the places told near it, and what "the town", "the area" refers back to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from analysis.coding.act_mentions import ActMention
from analysis.coding.narrative import Narrative
from analysis.coding.once import once_a_mention
from analysis.coding.phrases import AND
from analysis.coding.places import NAMED_BEFORE, PlaceMention
from analysis.coding.ranker import likelihood
from analysis.coding.roles import MARKS, STEPS, act_class, between_words, cues_between, mark_before
from analysis.coding.signs import KEPT_SIGNS, bucket

SURE_AT = 0.5
"""A place at least this likely is where it happened, beside others as likely."""
LEAST = 0.1
"""Where none is, the likeliest is, if not less likely than this."""


def fill_places(
    n: Narrative, group: Sequence[ActMention], weights: Mapping[str, float], origins: Collection[int]
) -> tuple[PlaceMention, ...]:
    """Where it happened, likeliest first; none of `origins`, the folded starts of the places that fire came from."""
    best: dict[int, tuple[float, PlaceMention]] = {}
    for m in group[:4]:
        for p in near_places(n, m, back=6, ahead=1):
            if p.at in origins:
                continue
            value = likelihood(weights, place_signs(n, m, p))
            if value > best.get(p.at, (0.0, p))[0]:
                best[p.at] = (value, p)
    ranked = sorted(best.values(), key=lambda item: -item[0])
    sure = [p for value, p in ranked if value >= SURE_AT]
    chosen = sure or [p for value, p in ranked[:1] if value >= LEAST]
    return tuple({p.at: p for p in [*chosen, *(q for p in chosen for q in antecedents(n, p))]}.values())


def antecedents(n: Narrative, place: PlaceMention) -> list[PlaceMention]:
    """What "the town" or "over the area" refers back to: the place named last before it, with those joined to it.

    None for a place that has a name of its own.
    """
    if place.reason != NAMED_BEFORE or place.place_id is None:
        return []
    before = [p for p in n.places if p.at < place.at and p.reason != NAMED_BEFORE]
    named = next((p for p in reversed(before) if p.place_id == place.place_id), None)
    if named is None:
        return []
    joined = [named]
    for p in reversed(before[: before.index(named)]):
        (_, last), (first, _) = n.word_span(p.at, p.to), n.word_span(joined[-1].at, joined[-1].to)
        if last != first or not n.words.words[first].startswith(AND):
            break
        joined.append(p)
    return joined


def near_places(n: Narrative, m: ActMention, back: int = 2, ahead: int = 1) -> Iterator[PlaceMention]:
    """The place mentions that may be where an act happened."""
    around = n.sentences_around(m.sentence, back, ahead)
    for _, number in n.between(n.place_starts, around.start, around.stop):
        yield n.places[number]


def place_signs(n: Narrative, m: ActMention, p: PlaceMention) -> list[str]:
    """What speaks for a place being where an act happened."""
    stands = _standing(n, p)
    first = stands.first
    side, gap, lo, hi = between_words(m, first, stands.last)
    where = side if stands.sentence == m.sentence else f"{side}-{min(abs(stands.sentence - m.sentence), 3)}"
    acts = min(n.acts_between(lo, hi, m), 3)
    breaks = min(n.clause_of[max(first, m.first)] - n.clause_of[min(first, m.first)], 3)
    rivals = min(len(n.between(n.place_words, lo, hi)), 3)
    return [
        *_distance_signs(where, bucket(gap, STEPS), acts, breaks, rivals),
        *_name_signs(p.kind, p.precision, p.place_id is not None, p.name_at > p.at, where),
        *_mark_signs(stands.mark, m.act.kind, act_class(m), where),
        f"before={stands.before}|{side}",
        stands.head,
        *(f"between={cue}|{where}" for cue in cues_between(n, lo, hi) & MARKS),
    ]


class _Standing(NamedTuple):
    """Where a place stands in its text: words[first:last], what marks it, the word before it, a sign of its first."""

    first: int
    last: int
    sentence: int
    mark: str
    before: str
    head: str


@once_a_mention
def _standing(n: Narrative, p: PlaceMention) -> _Standing:
    first, last = n.word_span(p.at, p.to)
    before = n.words.words[first - 1] if first else ""
    return _Standing(first, last, n.sentence_of[first], mark_before(n, first), before, f"head={n.words.words[first]}")


@lru_cache(maxsize=KEPT_SIGNS)
def _distance_signs(where: str, near: str, acts: int, breaks: int, rivals: int) -> tuple[str, ...]:
    """How far a place stands from an act, and what stands between."""
    return (
        f"where={where}",
        f"near={near}|{where}",
        f"acts={acts}|{where}",
        f"breaks={breaks}|{where}",
        f"rivals={rivals}|{where}",
    )


@lru_cache(maxsize=KEPT_SIGNS)
def _name_signs(kind: str, precision: str, known: bool, headed: bool, where: str) -> tuple[str, ...]:
    """What kind of place it is and how it is named."""
    return (
        f"kind={kind}",
        f"kind={kind}|{where}",
        f"precision={precision}|{where}",
        f"known={known}",
        f"headed={headed}|{where}",
    )


@lru_cache(maxsize=KEPT_SIGNS)
def _mark_signs(mark: str, kind: str, of_class: str, where: str) -> tuple[str, ...]:
    """What marks its role, beside what act."""
    return f"mark={mark}|{where}", f"mark={mark}|{of_class}", f"act={kind}|{where}"
