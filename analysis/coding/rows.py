"""Rows of the tables: what a coded report says of each incident, beside it who took part, where, and from where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention, side_of
from analysis.coding.gazetteer import Gazetteer, Place, default_gazetteer
from analysis.coding.links import family
from analysis.coding.narrative import Narrative
from analysis.coding.places import PlaceMention
from analysis.tables import INCIDENTS, LOCATIONS, PARTICIPANTS, PUBLICATIONS, make_table

if TYPE_CHECKING:
    from analysis.coding.coder import CodedReport, Incident

WIDTH = {
    **dict.fromkeys(("town", "camp", "island"), 1),
    "city": 2,
    **dict.fromkeys(("subdistrict", "valley", "mountain", "plain", "woods"), 3),
    **dict.fromkeys(("countryside", "desert", "area", "district", "road"), 4),
    "governorate": 5,
    **dict.fromkeys(("region", "sea", "river"), 6),
    "country": 7,
}
"""How wide the kinds of places are; kinds not listed (a quarter, a village, a base) are the most specific."""
ROUGH = frozenset({"near", "area", "admin"})
LONG_SENTENCE = 60
NAMELESS = frozenset({"unknown", "other"})
"""Ids of actors that say only that there was somebody."""
PARTS = {"act": 0.6, "date": 0.15, "actor": 0.1, "place": 0.15}
"""What each thing found weighs in the confidence; they sum to one."""


@dataclass(frozen=True, slots=True)
class Coded:
    """The tables that coding makes: incidents, participants, locations, publications (see `analysis.tables`)."""

    incidents: pd.DataFrame
    participants: pd.DataFrame
    locations: pd.DataFrame
    publications: pd.DataFrame = field(default_factory=lambda: make_table(PUBLICATIONS, ()))
    """The days of publication inferred from the texts of reports that came without one."""


def make_tables(coded: Iterable[CodedReport], gazetteer: Gazetteer | None = None) -> Coded:
    """The tables of coded reports: one row per incident as one report tells it, in the order given.

    Raises TableError where the rows break a promise of the tables.
    """
    gazetteer = gazetteer or default_gazetteer()
    incidents: list[dict[str, Any]] = []
    participants: list[dict[str, Any]] = []
    locations: list[dict[str, Any]] = []
    publications: list[dict[str, Any]] = []
    for report in coded:
        rows = incident_rows(report, gazetteer)
        incidents += rows
        for row, incident in zip(rows, report.incidents, strict=True):
            participants += _participants(row["incident_id"], incident)
            locations += _locations(row["incident_id"], incident)
        publications += _publications(report)
    return Coded(
        make_table(INCIDENTS, incidents),
        make_table(PARTICIPANTS, participants),
        make_table(LOCATIONS, locations),
        make_table(PUBLICATIONS, publications),
    )


def incident_rows(coded: CodedReport, gazetteer: Gazetteer | None = None) -> list[dict[str, Any]]:
    """The rows of the incidents table for one coded report (columns of `tables.INCIDENTS`), in the order of telling."""
    gazetteer = gazetteer or default_gazetteer()
    return [_row(coded, number, gazetteer) for number in range(len(coded.incidents))]


def by_specificity(places: Iterable[PlaceMention]) -> list[PlaceMention]:
    """Mentions of places, the most specific first; among equals the order given.

    A road without a point crosses whole regions, as a river does.
    """
    return sorted(places, key=lambda p: WIDTH["river"] if p.kind == "road" and p.lat is None else WIDTH.get(p.kind, 0))


def confidence(incident: Incident) -> float:
    """How much of an incident was found, 0 to 1: no probability, but never lower for more found.

    The likelihood that its words tell of a concrete act, times 0.6 and 0.15 more for a date said with it (half for
    one inherited), 0.1 for an actor with a name (half for one said to be unknown), 0.15 for a place with a point (half
    for a wide one).
    """
    date = {"stated": 1.0, "relative": 1.0, "inherited": 0.5}.get(incident.when.basis or "", 0.0)
    actors = {actor for actor, _ in incident.actors}
    actor = 1.0 if actors - NAMELESS else 0.5 if actors else 0.0
    resolved = [p for p in incident.places if p.place_id]
    place = 1.0 if any(p.precision not in ("area", "admin") for p in resolved) else 0.5 if resolved else 0.0
    found = PARTS["act"] + PARTS["date"] * date + PARTS["actor"] * actor + PARTS["place"] * place
    return round(incident.likelihood * found, 3)


def find_evidence(n: Narrative, mentions: Sequence[ActMention]) -> tuple[int, int]:
    """The stretch that says it, in characters of the text as published: the sentence of the main mention.

    Of a sentence of more than 60 words (a post without stops, a bulletin) only the clauses from the first to the last
    mention in it.
    """
    sentence = n.sentence_words(mentions[0].sentence)
    first, stop = sentence.start, sentence.stop
    if len(sentence) > LONG_SENTENCE:
        inside = [m for m in mentions if m.sentence == mentions[0].sentence]
        low = n.clause_of[min(m.first for m in inside)]
        high = n.clause_of[max(m.last for m in inside) - 1]
        told = [word for word in sentence if low <= n.clause_of[word] <= high]
        first, stop = told[0], told[-1] + 1
    return n.raw_span(first, stop)


def sums_up(incident: Incident, incidents: Sequence[Incident]) -> bool:
    """Whether a lead only sums up incidents told one by one: mutual fire of two sides, told after it each way."""
    lead = incident.mentions[0]
    sides = {side_of(actor) for actor, _ in (*incident.actors, *incident.targets)} - {None}
    if len(sides) < 2 or any(m.sentence for m in incident.mentions):
        return False
    later = [other for other in incidents if other.mentions[0].sentence and family(other.mentions[0]) == family(lead)]
    ways = {(_side(other.actors), _side(other.targets)) for other in later}
    return any((target, actor) in ways for actor, target in ways if actor != target and {actor, target} <= sides)


def _row(coded: CodedReport, number: int, gazetteer: Gazetteer) -> dict[str, Any]:
    n, incident = coded.narrative, coded.incidents[number]
    main = incident.mentions[0]
    start, end = n.raw_span(main.first, main.last)
    evidence = find_evidence(n, incident.mentions)
    when = incident.when
    places = by_specificity(incident.places)
    return {
        "incident_id": f"{coded.report_id}:{start}:{incident.kind}",
        "report_id": coded.report_id,
        "start": start,
        "end": end,
        "evidence_start": evidence[0],
        "evidence_end": evidence[1],
        "kind": incident.kind,
        "status": incident.status,
        "background": incident.background,
        "summary": sums_up(incident, coded.incidents),
        "date_start": when.first and when.first.isoformat(),
        "date_end": when.last and when.last.isoformat(),
        "date_basis": when.basis,
        "date_precision": when.precision or None,
        "actors": ";".join(actor for actor, _ in incident.actors),
        "targets": ";".join(target for target, _ in incident.targets),
        "actor_side": _side(incident.actors),
        "target_side": _side(incident.targets),
        **_place_columns(places, gazetteer),
        "place_spans": ";".join(f"{p.start}-{p.end}" for p in places),
        "origin_place_id": next((p.place_id for p in by_specificity(incident.origins) if p.place_id), None),
        "weapon": incident.weapon,
        "killed_min": incident.killed[0],
        "killed_max": incident.killed[1],
        "wounded_min": incident.wounded[0],
        "wounded_max": incident.wounded[1],
        "said_by": incident.said_by,
        "confidence": confidence(incident),
    }


def _side(filled: Sequence[tuple[str, ActorMention]]) -> str | None:
    """The side of the first actor that has one."""
    return next((side for actor, _ in filled if (side := side_of(actor))), None)


def _place_columns(places: Sequence[PlaceMention], gazetteer: Gazetteer) -> dict[str, Any]:
    """The columns of the gazetteer for the most specific place that can be resolved.

    Where a more specific one cannot ("the village of X in the countryside of Y"), the point is at best near.
    """
    number, mention = next(((i, p) for i, p in enumerate(places) if p.place_id in gazetteer.places), (0, None))
    if mention is None or mention.place_id is None:
        return {}
    place = gazetteer.places[mention.place_id]
    precision = mention.precision
    if number and WIDTH.get(places[0].kind, 0) < WIDTH.get(mention.kind, 0) and precision not in ROUGH:
        precision = "near"
    return place_columns(place, mention.lat, mention.lon, precision)


def place_columns(place: Place, lat: float | None, lon: float | None, precision: str) -> dict[str, Any]:
    """The columns of the incidents table that a place of the gazetteer fills; `precision` is that of the point."""
    return {
        "place_id": place.id,
        "place_ar": place.name_ar or None,
        "place_en": place.name_en or None,
        "admin1": place.admin1 or None,
        "admin2": place.admin2 or None,
        "country": place.country or None,
        "lat": lat,
        "lon": lon,
        "place_precision": precision or None,
    }


def _participants(key: str, incident: Incident) -> list[dict[str, Any]]:
    return [
        {"incident_id": key, "role": role, "actor_id": actor, "start": m.start, "end": m.end}
        for role, filled in (("actor", incident.actors), ("target", incident.targets))
        for actor, m in filled
    ]


def _locations(key: str, incident: Incident) -> list[dict[str, Any]]:
    return [
        {
            "incident_id": key,
            "role": role,
            "place_id": p.place_id,
            "start": p.start,
            "end": p.end,
            "precision": p.precision or None,
        }
        for role, places in (("place", by_specificity(incident.places)), ("origin", incident.origins))
        for p in places
    ]


def _publications(coded: CodedReport) -> list[dict[str, Any]]:
    found = coded.publication
    if found is None:
        return []
    return [
        {
            "report_id": coded.report_id,
            "published": found.day.isoformat(),
            "earliest": found.earliest.isoformat(),
            "latest": found.latest.isoformat(),
            "start": found.start,
            "end": found.end,
        }
    ]
