"""Where: names of places in a text, with their head nouns, resolved to places of the gazetteer.

A head noun narrows what a name can mean ("the countryside of Deir ez-Zor" is no city). Namesakes are decided by the
other places of the sentence, then of the report, then by the dateline; a tie is said and not guessed.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.coding.gazetteer import (
    Gazetteer,
    Place,
    default_gazetteer,
    distance_km,
    load_gazetteer,
    read_places,
)
from analysis.coding.mentions import Mention
from analysis.coding.place_heads import Found
from analysis.coding.place_names import find_names
from analysis.coding.roads import join_roads
from analysis.coding.sentences import find_sentences
from analysis.coding.text import Text

__all__ = ["PlaceMention", "find_places", "load_gazetteer", "read_places"]

SETTLEMENTS = frozenset({"city", "town", "village"})
SEATS = frozenset({"city", "governorate", "district", "subdistrict"})
"""A name that one of these bears is the best known of its namesakes where the others need a head noun."""
VAGUE = frozenset({"near", "direction", "road", "between"})
NEAR_KM = 60.0
"""A namesake this near to another place of the sentence or report is the one that is meant."""
FAR_KM = 150.0
"""A village is another of its name, which no table has, where all else that the report names lies as far from it."""
BESIDE = 30
"""Within so many characters after a mosque or a market the town is named that it stands in."""
REMEMBERED = 100
"""A head noun refers back at most so many mentions."""
RANK = {"country": 0, "city": 1, "governorate": 2, "town": 3, "district": 4, "subdistrict": 5}
"""Which of several places of one name a bare name means first: the city before its governorate."""


NAMED_BEFORE = "named before"
"""The reason of a place that refers back: "the town"."""


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
    return _resolve(text, find_names(text, mentions, gazetteer), gazetteer, dateline)


def _resolve(text: Text, found: Sequence[Found], gazetteer: Gazetteer, dateline: str | None) -> list[PlaceMention]:
    narrowed = [_narrow(f) for f in found]
    starts = [s.at for s in find_sentences(text)]
    report: dict[str, Place] = {}
    told: dict[int, dict[str, Place]] = {}
    for f, places in zip(found, narrowed, strict=True):
        if len({_home(p) for p in places}) == 1:
            told.setdefault(bisect_right(starts, f.name_at), {})[places[0].id] = places[0]
            report[places[0].id] = places[0]
    origin = [gazetteer.places[dateline]] if dateline and dateline in gazetteer.places else []
    resolved: list[PlaceMention] = []
    for f, candidates in zip(found, narrowed, strict=True):
        if f.back:
            place, reason = _refer(text, f, resolved, origin, gazetteer), NAMED_BEFORE
            candidates = (place,) if place else ()
        else:
            sentence = told.get(bisect_right(starts, f.name_at), {})
            place, reason = _choose(candidates, [*sentence.values()], [*report.values()], origin, gazetteer)
            if place and len(candidates) == 1 and _astray(place, report.values(), gazetteer):
                place, reason = None, "far from all else that the report names"
        resolved.append(_mention(text, f, place, candidates, reason, gazetteer))
    joined = join_roads(text, resolved, found, gazetteer)
    towns = [m for m, _ in joined if m.place_id and m.kind in SETTLEMENTS]
    return [_lodge(m, f, towns, starts, gazetteer) for m, f in joined]


def _lodge(
    mention: PlaceMention, found: Found, towns: Sequence[PlaceMention], starts: Sequence[int], gazetteer: Gazetteer
) -> PlaceMention:
    """An unknown mosque, market or quarter stands in the town that is named right after it, or else before it."""
    lodged = found.heads.relations[-1:] == ("facility",) or "quarter" in found.heads.ids
    if mention.place_id or mention.candidates or not lodged:
        return mention
    number = bisect_left(towns, mention.to, key=lambda m: m.at)
    after, before = towns[number : number + 1], towns[max(0, number - 1) : number]
    sentence = bisect_right(starts, mention.at)
    beside = [m for m in after if m.at - mention.to <= BESIDE and bisect_right(starts, m.at) == sentence]
    beside += [m for m in before if found.back or bisect_right(starts, m.at) == sentence]
    if not beside:
        return mention
    place_id, point = beside[0].place_id or "", gazetteer.point(beside[0].place_id or "")
    return replace(
        mention,
        place_id=place_id,
        lat=point[0],
        lon=point[1],
        precision="area" if point[2] == "area" else "near",
        reason="stands in the place named beside it",
        candidates=(place_id,),
    )


def _narrow(found: Found) -> tuple[Place, ...]:
    """The candidates that the head noun allows, best first; all where it allows none."""
    if any(kind in found.kinds for kind in (p.kind for p in found.candidates)):
        allowed = [p for p in found.candidates if p.kind in found.kinds]
        best = min(found.kinds.index(p.kind) for p in allowed)
        exact = found.heads.relations[-1:] == ("is",) and found.kinds[best] not in SETTLEMENTS
        places = [p for p in allowed if not exact or p.kind == found.kinds[best]]
        return tuple(sorted(places, key=lambda p: found.kinds.index(p.kind)))
    return tuple(sorted(found.candidates, key=lambda p: RANK.get(p.kind, 6)))


def _home(place: Place) -> str:
    """What tells namesakes apart, and not the several levels (city, district, governorate) of one name."""
    if place.kind == "governorate":
        return place.id
    return place.admin1 if place.kind in ("district", "subdistrict", "city", "town") and place.admin1 else place.id


def _choose(
    candidates: tuple[Place, ...],
    sentence: Sequence[Place],
    report: Sequence[Place],
    dateline: Sequence[Place],
    gazetteer: Gazetteer,
) -> tuple[Place | None, str]:
    if not candidates:
        return None, "unknown name"
    if len(candidates) == 1:
        return candidates[0], "the only one of that name"
    if len({_home(p) for p in candidates}) == 1:
        return candidates[0], "the first of its levels"
    for places, reason in ((sentence, "sentence"), (report, "report"), (dateline, "dateline")):
        chosen = _nearest(candidates, places, gazetteer)
        if chosen is not None:
            return chosen, f"by the other places of the {reason}"
    strong = [p for p in candidates if p.alone]
    if len({_home(p) for p in strong}) == 1 and any(p.kind in SEATS for p in strong):
        return strong[0], "the best known of that name"
    first, second = (RANK.get(p.kind, 6) for p in candidates[:2])
    if first < second and first <= RANK["town"]:
        return candidates[0], "the best known of that name"
    return None, "namesakes that nothing decides"


def _astray(place: Place, report: Iterable[Place], gazetteer: Gazetteer) -> bool:
    """Whether a village lies far from everything else that the report names."""
    if place.kind != "village":
        return False
    point = gazetteer.point(place.id)
    others = [gazetteer.point(p.id) for p in report if p.id != place.id and p.kind != "country"]
    apart = [km for km in (_km(point, other) for other in others) if math.isfinite(km)]
    return bool(apart) and min(apart) >= FAR_KM


def _nearest(candidates: Sequence[Place], places: Sequence[Place], gazetteer: Gazetteer) -> Place | None:
    """The one candidate that lies in or by the given places: same governorate, then distance, then country."""
    others = [p for p in places if p not in candidates]
    for level in ("admin1", "country"):
        names = {getattr(p, level) for p in others} - {""}
        fitting = [c for c in candidates if getattr(c, level) in names]
        if len({_home(c) for c in fitting}) == 1:
            return fitting[0]
        if fitting:
            return _by_distance(fitting, others, gazetteer)
    return None


def _by_distance(candidates: Sequence[Place], places: Sequence[Place], gazetteer: Gazetteer) -> Place | None:
    """The candidate that is clearly nearer than the next to any settlement of the given places."""
    points = [gazetteer.point(p.id) for p in places if p.kind not in ("country", "governorate")]
    ranked = []
    for number, candidate in enumerate(candidates):
        apart = [_km(gazetteer.point(candidate.id), point) for point in points]
        ranked.append((min(apart, default=math.inf), number))
    ranked.sort()
    (best, number), (second, _) = ranked[0], ranked[1]
    return candidates[number] if best <= NEAR_KM and 2 * best < second else None


def _km(point: tuple[float | None, float | None, str], other: tuple[float | None, float | None, str]) -> float:
    if point[0] is None or point[1] is None or other[0] is None or other[1] is None:
        return math.inf
    return distance_km(point[0], point[1], other[0], other[1])


def _refer(
    text: Text, found: Found, before: Sequence[PlaceMention], origin: Sequence[Place], gazetteer: Gazetteer
) -> Place | None:
    """The place named last that a bare head noun can mean; for a countryside or a governorate, the region of it."""
    earlier = [gazetteer.places[m.place_id] for m in reversed(before[-REMEMBERED:]) if m.place_id and m.at < found.at]
    earlier += origin
    head = found.heads.ids[-1]
    if head in ("countryside", "governorate"):
        region = next((gazetteer.places[p.admin1] for p in earlier if p.admin1 in gazetteer.places), None)
        side = head == "countryside" and region is not None
        return gazetteer.side_of(region, text.folded[found.name_at : found.to]) if side and region else region
    if head in ("area", "surroundings"):
        return next((p for p in earlier if p.kind in SETTLEMENTS | {"area", "quarter"}), None)
    kinds = set(found.kinds) if head in SETTLEMENTS else set(found.kinds) - SETTLEMENTS
    if head != "city":
        kinds -= {"city"}
    return next((p for p in earlier if p.kind in kinds), None)


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
        _precision(precision, kind, found.kinds, found.heads.relations),
        kind,
        reason if place or candidates else "unknown name" if not found.back else "nothing named before",
        tuple(p.id for p in candidates),
    )


def _precision(precision: str, kind: str, kinds: Sequence[str], relations: Iterable[str]) -> str:
    """How exact the point is for this mention, given what its head nouns say."""
    relations = set(relations)
    if relations & {"countryside", "desert", "back_countryside"} or kind in ("countryside", "desert", "area"):
        return "area"
    if kind in ("country", "governorate", "district", "subdistrict"):
        return "area" if relations & VAGUE else "admin"
    named_after = bool(kinds) and kind not in kinds and not SETTLEMENTS & set(kinds)
    if precision in ("exact", "town") and (relations & (VAGUE | {"area"}) or named_after):
        return "near"
    return precision
