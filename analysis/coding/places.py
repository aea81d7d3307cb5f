"""Where: names of places in a text, with their head nouns, resolved to places of the gazetteer.

A head noun narrows what a name can mean ("the countryside of Deir ez-Zor" is no city). Namesakes are decided by the
other places of the sentence, then of the report, then by the dateline; a tie is said and not guessed.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from analysis.coding.gazetteer import (
    Gazetteer,
    Place,
    default_gazetteer,
    distance_km,
    load_gazetteer,
    read_places,
)
from analysis.coding.lexicon import ARTICLE, CONJUNCTIONS, PREPOSITIONS, Entry
from analysis.coding.mentions import Mention
from analysis.coding.text import Text, find_sentences, fold_word

__all__ = ["PlaceMention", "find_places", "load_gazetteer", "read_places"]

SETTLEMENTS = frozenset({"city", "town", "village"})
BEFORE = frozenset({"is", "part", "near", "area", "countryside", "desert", "road", "between", "direction", "facility"})
"""Relations in `lexicon/heads.tsv` of what stands before a name."""
AFTER = frozenset({"side", "epithet"})
"""Relations of what may follow it: "the EASTERN countryside", "the OCCUPIED ..."."""
VAGUE = frozenset({"near", "direction", "road", "between"})
NEAR_KM = 60.0
"""A namesake this near to another place of the sentence or report is the one that is meant."""
RANK = {"country": 0, "city": 1, "governorate": 2, "town": 3, "district": 4, "subdistrict": 5}
"""Which of several places of one name a bare name means first: the city before its governorate."""
LISTED = 12
"""As many unknown names are read from one list ("the villages of ...")."""
QUOTES = "\"'“”„‟‘’‚‛‹›«»*"
TO = PREPOSITIONS[3]
DUAL = "ي"
"""The ending of a dual before its name."""
_WORD = re.compile(r"[^\s.,;:!?()\[\]{}/\\%\n…«»-]+")
_JOIN = re.compile(rf" ?[,/-]? ?{CONJUNCTIONS[1]}?")


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
    kinds: tuple[str, ...]
    """The kinds that the innermost head noun allows, best first."""
    relations: tuple[str, ...]
    ids: tuple[str, ...]
    many: bool

    @property
    def trusted(self) -> bool:
        """Whether they say that a place follows ("the town of", "east of"), as "inside" or "between" do not."""
        return bool(self.kinds) or self.many or bool(set(self.relations) & {"direction", "countryside", "desert", "near", "road"})


class Found(NamedTuple):
    """A name with its surroundings, before it is resolved."""

    at: int
    to: int
    name_at: int
    candidates: tuple[Place, ...]
    heads: Heads
    kinds: tuple[str, ...]
    back: bool = False
    """A head noun with the article and no name ("the town"): it refers back."""


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
    heads = [m for m in mentions if m.sort == "heads"]
    known = _known_names(text, mentions, heads, gazetteer)
    unknown = _unknown_names(text, mentions, heads, known)
    named = sorted([*known, *unknown], key=lambda f: f.at)
    found = sorted([*named, *_references_back(text, heads, named)], key=lambda f: (f.at, f.to))
    return _resolve(text, found, gazetteer, dateline)


# --- names and what stands before them


def _known_names(
    text: Text, mentions: Sequence[Mention], heads: Sequence[Mention], gazetteer: Gazetteer
) -> list[Found]:
    before = {m.to: m for m in heads if _entry(m, BEFORE)}
    after = {m.at: m for m in heads if not m.prefix and _entry(m, AFTER)}
    found: list[Found] = []
    for mention in mentions:
        if mention.sort != "places":
            continue
        places = _candidates(text, mention, gazetteer)
        if not places or (found and mention.at < found[-1].to):
            continue
        chain = _heads_before(text, mention.at - len(mention.prefix), mention.prefix, before)
        last = found[-1] if found and _lists(text.folded[found[-1].to : mention.at]) else None
        if last is not None and last.heads.many and not chain.ids:
            chain = chain._replace(kinds=last.kinds, many=True)
        if not chain.trusted:
            beside = {p.admin1 for p in last.candidates} if last is not None else set()
            strong = {e.id for e in mention.entries if e.more.get("needs", "") != "head"}
            places = tuple(p for p in places if p.admin1 in beside or (p.id in strong and _alone(p, mention)))
        if places:
            to = _with_sides(text, mention.to, chain, after)
            found.append(Found(chain.at if chain.ids else mention.at, to, mention.at, places, chain, chain.kinds))
    return found


def _alone(place: Place, mention: Mention) -> bool:
    """Whether the form that was found needs no head noun: of a weak name only its longer forms."""
    return place.alone or any(e.id == place.id and e.more.get("needs") == "" for e in mention.entries)


def _lists(between: str) -> bool:
    return not between.isspace() and bool(_JOIN.fullmatch(between))


def _candidates(text: Text, mention: Mention, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that a mention may mean; a name without the article is no name with it (a father is not Ibb)."""
    article = text.folded.startswith(ARTICLE, mention.at) or mention.prefix.endswith(TO * 2)
    ids = {e.id: None for e in mention.entries if not article or fold_word(e.form).startswith(ARTICLE)}
    return tuple(gazetteer.places[i] for i in ids if i in gazetteer.places)


def _entry(head: Mention, relations: frozenset[str]) -> Entry | None:
    return next((e for e in head.entries if e.more.get("relation") in relations), None)


def _heads_before(text: Text, at: int, prefix: str, heads: Mapping[int, Mention]) -> Heads:
    """The chain of head nouns and directions that ends right before a name."""
    chain: list[tuple[Mention, Entry]] = []
    position = at if prefix in ("", TO) else 0
    while position > 0 and text.folded[position - 1] == " " and position - 1 in heads:
        head = heads[position - 1]
        entry = _entry(head, BEFORE)
        article = text.folded.startswith(ARTICLE, head.at)
        if entry is None or (article and not chain and not fold_word(entry.form).startswith(ARTICLE)):
            break
        chain.append((head, entry))
        position = head.at if not (head.prefix or article) else 0
    chain.reverse()
    kinds = next((k for k in (e.more.get("kinds", "") for _, e in reversed(chain)) if k), "")
    return Heads(
        chain[0][0].at if chain else at,
        tuple(kinds.split(";")) if kinds else (),
        tuple(e.more.get("relation", "") for _, e in chain),
        tuple(e.id for _, e in chain),
        any(e.more.get("number") == "many" for _, e in chain),
    )


def _with_sides(text: Text, to: int, heads: Heads, after: Mapping[int, Mention]) -> int:
    """The end of a name with the side of a countryside and the epithets that follow it."""
    while to < len(text.folded) and text.folded[to] == " " and to + 1 in after:
        entry = _entry(after[to + 1], AFTER)
        if entry is None:
            break
        if entry.more["relation"] == "side" and not set(heads.relations) & {"countryside", "area", "desert"}:
            break
        only = entry.more.get("kinds", "")
        if only and not set(heads.ids) & set(only.split(";")):
            break
        to = after[to + 1].to
    return to


def _unknown_names(
    text: Text, mentions: Sequence[Mention], heads: Sequence[Mention], known: Sequence[Found]
) -> list[Found]:
    """Names after a head noun ("the village of X", "the villages of X, Y and Z") that no table has."""
    words = _Words(text, mentions, known)
    before = {m.to: m for m in heads if _entry(m, BEFORE)}
    found: list[Found] = []
    for head in heads:
        entry = _entry(head, BEFORE)
        if entry is None or entry.more.get("names") != "yes" or text.folded.startswith(ARTICLE, head.at):
            continue
        if found and head.at < found[-1].to:
            continue
        chain = _heads_before(text, head.to + 1, "", before)
        if entry.id == "area" and not words.closed_name(head.to + 1):
            continue
        most = 1 if not chain.many else 2 if entry.form.endswith(DUAL) else LISTED
        for number, (at, to) in enumerate(words.names(head.to, most)):
            own = chain if number == 0 else chain._replace(at=at, ids=(), relations=())
            found.append(Found(own.at, to, at, (), own, chain.kinds))
    return found


class _Words:
    """The words of a text that may be an unknown name."""

    def __init__(self, text: Text, mentions: Sequence[Mention], known: Sequence[Found]) -> None:
        self.text = text
        self.known = {f.name_at: f.to for f in known}
        self.heads = {m.at - len(m.prefix) for m in mentions if m.sort == "heads"}
        self.opens = {m.at for m in mentions if m.sort == "heads" and any(e.more.get("opens") for e in m.entries)}
        self.opens |= {m.at for m in mentions if m.sort == "heads" and _entry(m, frozenset({"opener"}))}
        self.closes = {m.at for m in mentions if m.sort == "heads" and _entry(m, frozenset({"closer", "side"}))}
        self.taken = {m.at - len(m.prefix) for m in mentions if m.sort not in ("heads", "places")}
        self.taken |= {m.at for m in mentions if m.sort == "heads" and m.at not in self.opens}
        self.taken |= {m.at - len(m.prefix) for m in mentions if m.sort == "heads" and m.at not in self.opens}
        self.taken |= {m.at - len(m.prefix) for m in mentions if m.sort == "places" and m.prefix}

    def names(self, position: int, most: int) -> Iterator[tuple[int, int]]:
        """The unknown names that follow a position, at most so many; known ones among them are passed over."""
        for number in range(most):
            join = _JOIN.match(self.text.folded, position) if number else None
            at = join.end() if join else position + 1
            if number and join and not join.group().strip():
                return
            if at in self.known:
                position = self.known[at]
                continue
            to = self.end(at)
            if to is None or (number and not self.closed(to)):
                return
            yield at, to
            position = to

    def closed(self, to: int) -> bool:
        """Whether what follows a word shows that a name ended there: a stop, a conjunction, a head noun or a side."""
        rest = self.text.folded[to : to + 2]
        return rest[:1] != " " or rest[1:] == CONJUNCTIONS[1] or to + 1 in self.heads or to + 1 in self.closes

    def end(self, at: int) -> int | None:
        """Where an unknown name ends that begins here; None where none begins."""
        if self.text.folded[at - 1 : at] != " " and self.text.folded[at - 1 : at] not in CONJUNCTIONS:
            return None
        word = _WORD.match(self.text.folded, at)
        if word is None or at in self.taken or len(word.group()) < 2 or word.group().isdigit():
            return None
        quoted = self._quoted(at)
        if quoted is not None:
            return quoted
        to = word.end()
        following = _WORD.match(self.text.folded, to + 1)
        if at in self.opens:
            if following is None or self.text.folded[to : to + 1] != " ":
                return None
            to = following.end()
        if to + 1 in self.closes and self.text.folded[to : to + 1] == " ":
            closer = _WORD.match(self.text.folded, to + 1)
            to = closer.end() if closer else to
        return to

    def closed_name(self, at: int) -> bool:
        """Whether the word that begins here looks like a whole name: quoted, with the article, or closed off."""
        to = self.end(at)
        article = self.text.folded.startswith(ARTICLE, at)
        return to is not None and (article or self._quoted(at) is not None or self.closed(to))

    def _quoted(self, at: int) -> int | None:
        """The end of a quoted name of up to four words."""
        raw, (start, _) = self.text.raw, self.text.span(at, at)
        if start == 0 or raw[start - 1] not in QUOTES:
            return None
        ends = [i for i in (raw.find(q, start + 1, start + 40) for q in QUOTES) if i > 0]
        if not ends or raw.count(" ", start, min(ends)) > 3:
            return None
        to = self.text.position(min(ends))
        return to if _WORD.match(self.text.folded, at) else None


def _references_back(text: Text, heads: Sequence[Mention], named: Sequence[Found]) -> list[Found]:
    """Head nouns with the article and no name ("the town", "its eastern countryside"): a place named before."""
    before = {m.to: m for m in heads if _entry(m, BEFORE)}
    after = {m.at: m for m in heads if not m.prefix and _entry(m, AFTER)}
    taken = sorted((f.at, f.to) for f in named)
    found = []
    for head in heads:
        entry = next((e for e in head.entries if e.more.get("refers") == "yes"), None)
        if entry is None or any(at < head.to and head.at < to for at, to in taken):
            continue
        relation = entry.more["relation"]
        article = text.folded.startswith(ARTICLE, head.at) or head.prefix.endswith(TO)
        if article != (relation in BEFORE):
            continue
        chain = _heads_before(text, head.at - len(head.prefix), head.prefix, before)
        own = Heads(head.at, tuple(entry.more.get("kinds", "").split(";")), (relation,), (entry.id,), False)
        whole = own._replace(relations=(*chain.relations, relation), ids=(*chain.ids, entry.id))
        at = chain.at if chain.ids else head.at
        found.append(Found(at, _with_sides(text, head.to, own, after), head.at, (), whole, own.kinds, back=True))
    return found


# --- which place is meant


def _resolve(text: Text, found: Sequence[Found], gazetteer: Gazetteer, dateline: str | None) -> list[PlaceMention]:
    narrowed = [_narrow(f) for f in found]
    sure = [(f.name_at, n[0]) for f, n in zip(found, narrowed, strict=True) if len({_home(p) for p in n}) == 1]
    report = [place for _, place in sure]
    origin = [gazetteer.places[dateline]] if dateline and dateline in gazetteer.places else []
    sentences = find_sentences(text)
    starts = [s.at for s in sentences]
    resolved: list[PlaceMention] = []
    for f, candidates in zip(found, narrowed, strict=True):
        if f.back:
            place, reason = _refer(text, f, resolved, origin, gazetteer), "named before"
            candidates = (place,) if place else ()
        else:
            number = bisect_right(starts, f.name_at) - 1
            here = range(sentences[number].at, sentences[number].to) if number >= 0 else range(0)
            place, reason = _choose(candidates, [p for at, p in sure if at in here], report, origin, gazetteer)
        resolved.append(_mention(text, f, place, candidates, reason, gazetteer))
    return resolved


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
    first, second = (RANK.get(p.kind, 6) for p in candidates[:2])
    if first < second and first <= RANK["town"]:
        return candidates[0], "the best known of that name"
    return None, "namesakes that nothing decides"


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
    earlier = [gazetteer.places[m.place_id] for m in reversed(before) if m.place_id and m.at < found.at]
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
