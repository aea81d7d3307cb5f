"""Which of several places of one name is meant: by its head noun, by the other places told, or by none of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from analysis.coding.gazetteer import Gazetteer, Place, distance_km
from analysis.coding.place_heads import Found

SETTLEMENTS = frozenset({"city", "town", "village"})
SEATS = frozenset({"city", "governorate", "district", "subdistrict"})
"""A name that one of these bears is the best known of its namesakes where the others need a head noun."""
NEAR_KM = 60.0
"""A namesake this near to another place of the sentence or report is the one that is meant."""
FAR_KM = 150.0
"""A village is another of its name, which no table has, where all else that the report names lies as far from it."""
RANK = {"country": 0, "city": 1, "governorate": 2, "town": 3, "district": 4, "subdistrict": 5}
"""Which of several places of one name a bare name means first: the city before its governorate."""


def narrow(found: Found) -> tuple[Place, ...]:
    """The candidates that the head noun allows, best first; all where it allows none."""
    if any(kind in found.kinds for kind in (p.kind for p in found.candidates)):
        allowed = [p for p in found.candidates if p.kind in found.kinds]
        best = min(found.kinds.index(p.kind) for p in allowed)
        exact = found.heads.relations[-1:] == ("is",) and found.kinds[best] not in SETTLEMENTS
        places = [p for p in allowed if not exact or p.kind == found.kinds[best]]
        return tuple(sorted(places, key=lambda p: found.kinds.index(p.kind)))
    return tuple(sorted(found.candidates, key=lambda p: RANK.get(p.kind, 6)))


def leading(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The candidates that are no little villages; all where all are."""
    return tuple(p for p in places if not p.little) or places


def plausible(
    found: Found,
    candidates: tuple[Place, ...],
    sentence: Collection[Place],
    report: Collection[Place],
    gazetteer: Gazetteer,
) -> tuple[Place, ...]:
    """The candidates without the little villages that cannot be meant; as they are where they have none.

    Those cannot that lie far from all else, if anything else bears the name, and those of another governorate than the
    sentence names, if it has one of that name.
    """
    if not any(p.little for p in found.candidates):
        return candidates
    near = tuple(p for p in found.candidates if not (p.little and astray(p, report, gazetteer)))
    if 0 < len(near) < len(found.candidates):
        candidates = narrow(found._replace(candidates=near))
    named = {p.admin1 for p in sentence if p not in found.candidates}
    return tuple(p for p in candidates if p.admin1 and p.admin1 in named) or candidates


def foremost(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The levels of one place, if no namesakes of it are as well known; else nothing."""
    if len({home(p) for p in places}) == 1:
        return places
    strong = tuple(p for p in places if p.alone)
    return strong if len({home(p) for p in strong}) == 1 and any(p.kind in SEATS for p in strong) else ()


def choose(
    candidates: tuple[Place, ...],
    sentence: Sequence[Place],
    report: Sequence[Place],
    dateline: Sequence[Place],
    gazetteer: Gazetteer,
) -> tuple[Place | None, str]:
    """The place that is meant, and why; None where nothing decides.

    A little village is meant before a better known namesake only where its own sentence says so.
    """
    if not candidates:
        return None, "unknown name"
    if len(candidates) == 1:
        return candidates[0], "the only one of that name"
    if len({home(p) for p in candidates}) == 1:
        return candidates[0], "the first of its levels"
    known = leading(candidates)
    if len(known) < len(candidates):
        place = _nearest(candidates, sentence, gazetteer)
        if place is not None and not any(p.admin1 == place.admin1 and p.lat is None for p in known):
            return place, "by the other places of the sentence"
        place, reason = choose(known, sentence, report, dateline, gazetteer)
        return place, "the best known of that name" if len(known) == 1 else reason
    for places, reason in ((sentence, "sentence"), (report, "report"), (dateline, "dateline")):
        chosen = _nearest(candidates, places, gazetteer)
        if chosen is not None:
            return chosen, f"by the other places of the {reason}"
    strong = foremost(candidates)
    if strong:
        return strong[0], "the best known of that name"
    first, second = (RANK.get(p.kind, 6) for p in candidates[:2])
    if first < second and first <= RANK["town"]:
        return candidates[0], "the best known of that name"
    return None, "namesakes that nothing decides"


def astray(place: Place, report: Iterable[Place], gazetteer: Gazetteer, called_village: bool = False) -> bool:
    """Whether a village, or a town of its name that the text calls a village, lies far from all else the report names.

    A little one, whose name is many a village's, must lie near: within `NEAR_KM`, or in a governorate that is named.
    """
    if place.kind != "village" and not (called_village and place.kind in SETTLEMENTS):
        return False
    point = gazetteer.point(place.id)
    others = [p for p in report if p.id != place.id and p.kind != "country"]
    if place.little and any(p.admin1 == place.admin1 for p in others):
        return False
    apart = [km for km in (_km(point, gazetteer.point(p.id)) for p in others) if math.isfinite(km)]
    return bool(apart) and min(apart) >= (NEAR_KM if place.little else FAR_KM)


def by_what_is_named(place: Place, report: Iterable[Place], gazetteer: Gazetteer) -> bool:
    """Whether a place lies in a governorate that the report names something of, or near a place it names."""
    others = [p for p in report if p.id != place.id and p.kind != "country"]
    if any(p.admin1 == place.admin1 for p in others if p.admin1):
        return True
    point = gazetteer.point(place.id)
    return any(_km(point, gazetteer.point(p.id)) <= NEAR_KM for p in others if p.kind != "governorate")


def home(place: Place) -> str:
    """What tells namesakes apart, and not the several levels (city, district, governorate) of one name."""
    if place.kind == "governorate":
        return place.id
    return place.admin1 if place.kind in ("district", "subdistrict", "city", "town") and place.admin1 else place.id


def _nearest(candidates: Sequence[Place], places: Sequence[Place], gazetteer: Gazetteer) -> Place | None:
    """The one candidate that lies in or by the given places: same governorate, then distance, then country."""
    others = [p for p in places if p not in candidates]
    for level in ("admin1", "country"):
        names = {getattr(p, level) for p in others} - {""}
        fitting = [c for c in candidates if getattr(c, level) in names]
        if len({home(c) for c in fitting}) == 1:
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
