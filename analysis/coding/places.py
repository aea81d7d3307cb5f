"""Where: names of places in a text, with their head nouns, resolved to places of the gazetteer.

A head noun narrows what a name can mean ("the countryside of Deir ez-Zor" is no city). Namesakes are decided by the
other places of the sentence, then of the report, then by the dateline; a tie is said and not guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.coding.gazetteer import Gazetteer, Place, default_gazetteer, load_gazetteer, read_places
from analysis.coding.mentions import Mention
from analysis.coding.namesakes import SETTLEMENTS, astray, choose, foremost, leading, narrow, plausible
from analysis.coding.place_heads import Found
from analysis.coding.place_names import find_names
from analysis.coding.place_spellings import respelled
from analysis.coding.roads import join_roads
from analysis.coding.sentences import find_sentences
from analysis.coding.text import Text

__all__ = ["PlaceMention", "find_places", "load_gazetteer", "read_places"]

VAGUE = frozenset({"near", "direction", "road", "between"})
BESIDE = 30
"""Within so many characters after a mosque or a market the town is named that it stands in."""
NAMED_SO = frozenset({"village", "town"})
"""Head nouns that refer back to what the text itself called so: "the village" to the village of X, not to its town."""
REMEMBERED = 100
"""A head noun refers back at most so many mentions."""

NAMED_BEFORE = "named before"
"""The reason of a place that refers back: "the town"."""
RESPELLED = "a settlement in or near what is named, in another spelling"


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
    narrowed = [narrow(f) for f in found]
    starts = [s.at for s in find_sentences(text)]
    report: dict[str, Place] = {}
    told: dict[int, dict[str, Place]] = {}
    for f in found:
        places = foremost(narrow(f._replace(candidates=leading(f.candidates))))
        if places and not places[0].little:
            told.setdefault(bisect_right(starts, f.name_at), {})[places[0].id] = places[0]
            report[places[0].id] = places[0]
    origin = [gazetteer.places[dateline]] if dateline and dateline in gazetteer.places else []
    resolved: list[PlaceMention] = []
    kept: list[Found] = []
    for f, candidates in zip(found, narrowed, strict=True):
        if kept and f.name_at < kept[-1].to:
            continue  # a part of a longer name in another spelling
        rough = False
        if f.back:
            place, reason = _refer(text, f, [*zip(resolved, kept, strict=True)], origin, gazetteer), NAMED_BEFORE
            candidates = (place,) if place else ()
        else:
            sentence = [*told.get(bisect_right(starts, f.name_at), {}).values()]
            candidates = plausible(f, candidates, sentence, report.values(), gazetteer)
            place, reason = choose(candidates, sentence, [*report.values()], origin, gazetteer)
            village = f.kinds[:1] == ("village",)
            if place and astray(place, report.values(), gazetteer, village):
                place, reason = None, "far from all else that the report names"
            known = place is not None or len(candidates) > 1
            other = respelled(text, f, sentence or report.values(), gazetteer, whole=known)
            if other is not None:
                f, rough = f._replace(to=other.to, candidates=other.places), other.rough
                candidates = plausible(f, other.places, sentence, report.values(), gazetteer)
                place, _ = choose(candidates, sentence, [*report.values()], origin, gazetteer)
                reason = RESPELLED
        kept.append(f)
        mention = _mention(text, f, place, candidates, reason, gazetteer)
        resolved.append(replace(mention, precision="near") if rough and mention.precision != "area" else mention)
    joined = join_roads(text, resolved, kept, gazetteer)
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


def _refer(
    text: Text,
    found: Found,
    before: Sequence[tuple[PlaceMention, Found]],
    origin: Sequence[Place],
    gazetteer: Gazetteer,
) -> Place | None:
    """The place named last that a bare head noun can mean; for a countryside or a governorate, the region of it."""
    told = [(m, f) for m, f in reversed(before[-REMEMBERED:]) if m.place_id and m.at < found.at]
    earlier = [*(gazetteer.places[m.place_id or ""] for m, _ in told), *origin]
    head = found.heads.ids[-1]
    if head in ("countryside", "governorate"):
        region = next((gazetteer.places[p.admin1] for p in earlier if p.admin1 in gazetteer.places), None)
        side = head == "countryside" and region is not None
        return gazetteer.side_of(region, text.folded[found.name_at : found.to]) if side and region else region
    if head in ("area", "surroundings"):
        return next((p for p in earlier if p.kind in SETTLEMENTS | {"area", "quarter"}), None)
    called = [m.place_id or "" for m, f in told if not f.back and f.heads.ids[-1:] == (head,)]
    if called and head in NAMED_SO:
        return gazetteer.places[called[0]]
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
