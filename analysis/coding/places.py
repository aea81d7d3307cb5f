"""Where: names of places in a text, with their head nouns, resolved to places of the gazetteer.

A head noun narrows what a name can mean ("the countryside of Deir ez-Zor" is no city). Namesakes are decided by the
other places of the sentence, then of the report, then by the dateline; a tie is said and not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from analysis.coding.gazetteer import (
    Gazetteer,
    Place,
    default_gazetteer,
    distance_km,
    load_gazetteer,
    read_places,
)
from analysis.coding.lexicon import ARTICLE, CONJUNCTIONS, PREPOSITIONS
from analysis.coding.mentions import Mention
from analysis.coding.text import SENTENCE_END, Text

__all__ = ["PlaceMention", "find_places", "load_gazetteer", "read_places"]

SETTLEMENTS = frozenset({"city", "town", "village"})
NEAR_KM = 60.0
"""A namesake this near to another place of the sentence or report is the one that is meant."""
RANK = {"country": 0, "city": 1, "governorate": 2, "district": 4, "subdistrict": 5, "town": 3}
"""Which of several places of one name and one region a bare name means: the city before its governorate."""
TO = PREPOSITIONS[3]
_WORD = re.compile(r"[^\s.,;:!?()\[\]{}/\\%\n…«»-]+")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place where the text names it."""

    start: int
    end: int
    """Half-open, characters of the text as published, with the head nouns: "the surroundings of the town of X"."""
    at: int
    to: int
    """The same in the folded text."""
    name_at: int
    """Where the bare name begins, in the folded text."""
    place_id: str | None
    """None where it cannot be resolved: `candidates` then holds the namesakes, or nothing for an unknown name."""
    lat: float | None
    lon: float | None
    precision: str
    """exact, town, near, area, admin: how far from the point it may be."""
    kind: str
    """The kind of the place, or what the head noun says of an unknown one."""
    reason: str
    candidates: tuple[str, ...]


class Heads(NamedTuple):
    """What stands before a name, outermost first."""

    at: int
    kinds: frozenset[str]
    relations: tuple[str, ...]
    ids: tuple[str, ...]
    many: bool


class Found(NamedTuple):
    """A name with its surroundings, before it is resolved."""

    at: int
    to: int
    name_at: int
    candidates: tuple[Place, ...]
    heads: Heads
    kinds: frozenset[str]
    back: bool = False


def find_places(
    text: Text,
    mentions: Sequence[Mention],
    published: date | None = None,
    dateline: str | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[PlaceMention]:
    """Find every place of a text, in reading order.

    `mentions`: what `find_mentions` found in it with a lexicon that names the places of `gazetteer` (default: the
    package's). `dateline`: the id of a place that the report was sent from. Names after a head noun that no table has
    come back with `place_id` None. `published` is accepted for symmetry with `find_actors`; places have no dates yet.
    """
    gazetteer = gazetteer or default_gazetteer()
    found = _find_names(text, mentions, gazetteer)
    return _resolve(text, found, gazetteer, dateline)


# --- names and what stands before them


def _find_names(text: Text, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Found]:
    heads = {m.to: m for m in mentions if m.sort == "heads"}
    found: list[Found] = []
    last: Found | None = None
    for mention in mentions:
        if mention.sort != "places":
            continue
        places = tuple(gazetteer.places[i] for i in mention.ids if i in gazetteer.places)
        if not places or any(f.at <= mention.at < f.to for f in found):
            continue
        before = _heads_before(text, mention.at - len(mention.prefix), mention.prefix, heads)
        listed = last is not None and _is_list(text.folded[last.to : mention.at])
        kinds = before.kinds or (last.kinds if last is not None and listed and last.heads.many else frozenset())
        trusted = bool(before.ids) or listed
        places = tuple(p for p in places if p.alone or trusted)
        if not places:
            continue
        at = before.at if before.ids else mention.at
        last = Found(at, _with_sides(text, mention.to, before, mentions), mention.at, places, before, kinds)
        found.append(last)
    found += _unknown_names(text, mentions, found)
    return sorted(found, key=lambda f: (f.at, f.to))


def _heads_before(text: Text, at: int, prefix: str, heads: dict[int, Mention]) -> Heads:
    """The chain of head nouns and directions that ends right before a name."""
    chain: list[Mention] = []
    if prefix in ("", TO):
        position = at
        while position > 0 and text.folded[position - 1] == " ":
            head = heads.get(position - 1)
            if head is None or _row(head, "relation") in ("side", "epithet"):
                break
            article = text.folded.startswith(ARTICLE, head.at)
            if article and not (chain or head.entries[0].form.startswith(ARTICLE)):
                break
            chain.append(head)
            position = head.at - len(head.prefix)
            if head.prefix or article:
                break
    kinds: frozenset[str] = frozenset()
    for head in chain:
        named = frozenset(_row(head, "kinds").split(";")) - {""}
        kinds = kinds or named
    chain.reverse()
    return Heads(
        chain[0].at if chain else at,
        kinds,
        tuple(_row(head, "relation") for head in chain),
        tuple(head.ids[0] for head in chain),
        any(_row(head, "number") == "many" for head in chain),
    )


def _row(head: Mention, column: str) -> str:
    return head.entries[0].more.get(column, "")


_JOIN = re.compile(rf" ?[,/-]? ?{CONJUNCTIONS[1]}?")


def _is_list(between: str) -> bool:
    return len(between) <= 5 and bool(_JOIN.fullmatch(between)) and between.strip() != ""


def _with_sides(text: Text, to: int, heads: Heads, mentions: Sequence[Mention]) -> int:
    """The end of a name with the sides of a countryside and the epithets of a base that follow it."""
    sides = {
        m.at: m for m in mentions if m.sort == "heads" and _row(m, "relation") in ("side", "epithet") and not m.prefix
    }
    while to < len(text.folded) and text.folded[to] == " " and to + 1 in sides:
        side = sides[to + 1]
        if _row(side, "relation") == "side" and not set(heads.relations) & {"countryside", "area", "desert"}:
            break
        to = side.to
    return to


def _unknown_names(text: Text, mentions: Sequence[Mention], found: Sequence[Found]) -> list[Found]:
    return []


# --- which place is meant


def _resolve(text: Text, found: Sequence[Found], gazetteer: Gazetteer, dateline: str | None) -> list[PlaceMention]:
    narrowed = [_narrow(f) for f in found]
    sure = [n[0] if len({_home(p) for p in n}) == 1 and n else None for n in narrowed]
    sentences = _sentences(text)
    resolved = []
    for index, f in enumerate(found):
        sentence = next((s for s in sentences if s[0] <= f.name_at < s[1]), (0, len(text.folded)))
        near = [p for p, g in zip(sure, found, strict=True) if p and g is not f and sentence[0] <= g.at < sentence[1]]
        all_of = [p for p, g in zip(sure, found, strict=True) if p and g is not f]
        dated = [gazetteer.places[dateline]] if dateline and dateline in gazetteer.places else []
        place, reason = _choose(narrowed[index], near, all_of, dated, gazetteer)
        resolved.append(_mention(text, f, place, narrowed[index], reason, gazetteer))
    return resolved


def _sentences(text: Text) -> list[tuple[int, int]]:
    ends = [0, *(m.end() for m in SENTENCE_END.finditer(text.folded)), len(text.folded)]
    return list(pairwise(ends))


def _narrow(found: Found) -> tuple[Place, ...]:
    """The candidates that the head noun allows; all where it allows none."""
    places = found.candidates
    if found.kinds:
        places = tuple(p for p in places if p.kind in found.kinds) or places
    return tuple(sorted(places, key=lambda p: RANK.get(p.kind, 6)))


def _home(place: Place) -> str:
    """What tells namesakes apart from the several levels (city, district, governorate) of one name."""
    if place.kind in ("country", "governorate", "district", "subdistrict", "city", "town"):
        return place.admin1 if place.kind != "governorate" else place.id
    return place.id


def _choose(
    candidates: tuple[Place, ...],
    sentence: Sequence[Place],
    report: Sequence[Place],
    dateline: Sequence[Place],
    gazetteer: Gazetteer,
) -> tuple[Place | None, str]:
    if not candidates:
        return None, "unknown name"
    if len({_home(p) for p in candidates}) == 1:
        return candidates[0], "the only one of that name" if len(candidates) == 1 else "the city before its region"
    for places, reason in ((sentence, "sentence"), (report, "report"), (dateline, "dateline")):
        chosen = _nearest(candidates, places, gazetteer)
        if chosen is not None:
            return chosen, f"nearest to the other places of the {reason}"
    first, second = RANK.get(candidates[0].kind, 6), RANK.get(candidates[1].kind, 6)
    if first < second and first <= 3:
        return candidates[0], "best known of that name"
    return None, "namesakes that nothing decides"


def _nearest(candidates: Sequence[Place], places: Sequence[Place], gazetteer: Gazetteer) -> Place | None:
    """The one candidate that lies in or by the given places: same governorate, then distance, then country."""
    if not places:
        return None
    for level in ("admin1", "country"):
        names = {getattr(p, level) for p in places} - {""}
        fitting = [c for c in candidates if getattr(c, level) in names]
        homes = {_home(c) for c in fitting}
        if len(homes) == 1:
            return fitting[0]
        if len(homes) > 1:
            return _by_distance(fitting, places, gazetteer)
    return None


def _by_distance(candidates: Sequence[Place], places: Sequence[Place], gazetteer: Gazetteer) -> Place | None:
    points = [gazetteer.point(p.id) for p in places if p.kind not in ("country", "governorate")]
    ranked = sorted(
        (
            min(
                (distance_km(c.lat, c.lon, la, lo) for la, lo, _ in points if la is not None and lo is not None),
                default=None,
            )
            or 1e9,
            number,
        )
        for number, c in enumerate(candidates)
        if c.lat is not None and c.lon is not None
    )
    if len(ranked) < 2:
        return None
    (best, number), (second, _) = ranked[0], ranked[1]
    return candidates[number] if best <= NEAR_KM and best * 2 < second else None


def _mention(
    text: Text, found: Found, place: Place | None, candidates: Collection[Place], reason: str, gazetteer: Gazetteer
) -> PlaceMention:
    lat, lon, precision = gazetteer.point(place.id) if place else (None, None, "area")
    kind = place.kind if place else next(iter(found.kinds), "")
    return PlaceMention(
        *text.span(found.at, found.to),
        found.at,
        found.to,
        found.name_at,
        place.id if place else None,
        lat,
        lon,
        _precision(precision, kind, found.heads.relations),
        kind,
        reason,
        tuple(p.id for p in candidates),
    )


def _precision(precision: str, kind: str, relations: Iterable[str]) -> str:
    """How exact the point is for this mention, given what its head nouns say."""
    relations = set(relations)
    if relations & {"countryside", "desert"}:
        return "area"
    if relations & {"near", "direction", "road", "between"}:
        return "near" if kind not in ("governorate", "country", "district") else "area"
    if kind in ("country", "governorate", "district", "subdistrict"):
        return "admin"
    if "area" in relations:
        return "near" if precision in ("exact", "town", "near") else "area"
    return precision
