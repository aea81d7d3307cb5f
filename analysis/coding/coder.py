"""From a report's text to incidents: the pipeline, and the promise that nothing is guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention, find_actors
from analysis.coding.acts import Grammar, default_grammar
from analysis.coding.arguments import fill_actors, fill_role, is_another, read_roles
from analysis.coding.counts import find_counts, toll
from analysis.coding.dates import find_dates
from analysis.coding.gates import gather, how_likely, keep_incidents
from analysis.coding.gazetteer import Gazetteer, default_gazetteer, load_gazetteer
from analysis.coding.kinds import rule_kind
from analysis.coding.lexicon import Lexicon, default_lexicon
from analysis.coding.locating import fill_places
from analysis.coding.mentions import find_mentions
from analysis.coding.narrative import FoundElsewhere, Narrative, read_narrative
from analysis.coding.origins import find_origins, told_elsewhere
from analysis.coding.places import PlaceMention, find_places
from analysis.coding.publication import Publication, find_dates_between, find_publication, rest_on_publication
from analysis.coding.ranker import default_weights, likelihood
from analysis.coding.references import Weighed
from analysis.coding.rows import Coded as Coded
from analysis.coding.rows import incident_rows as incident_rows
from analysis.coding.rows import make_tables
from analysis.coding.said_by import Attribution, find_attributions, said_by
from analysis.coding.signs import speaks_of_conflict
from analysis.coding.standing import background_signs, tell_status
from analysis.coding.text import fold
from analysis.coding.tolls import share_counts
from analysis.coding.when import When, tell_dates

MOVES = frozenset({"alert", "deployment", "withdrawal", "refusal", "displacement", "commemoration"})
"""Kinds that are aimed at nobody: who moves is the actor (codebook, 2)."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What the coder knows: names, grammar, weights."""

    lexicon: Lexicon
    grammar: Grammar
    weights: Mapping[str, Mapping[str, float]]
    gazetteer: Gazetteer = field(default_factory=default_gazetteer)


@cache
def default_resources() -> Resources:
    """The package's own, loaded once."""
    return Resources(default_lexicon(), default_grammar(), default_weights())


def build_resources(places: Path | str | pd.DataFrame | None = None) -> Resources:
    """What the coder knows, with the places of a table added to the package's (see `gazetteer.load_gazetteer`).

    Raises ValueError where the table has no Arabic name or no coordinates.
    """
    if places is None:
        return default_resources()
    gazetteer = load_gazetteer(places)
    return replace(default_resources(), lexicon=gazetteer.lexicon(), gazetteer=gazetteer)


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as a report tells it, with the mentions it was read from."""

    mentions: tuple[ActMention, ...]
    kind: str
    weapon: str | None
    status: str
    background: bool
    when: When
    actors: tuple[tuple[str, ActorMention], ...]
    targets: tuple[tuple[str, ActorMention], ...]
    places: tuple[PlaceMention, ...]
    killed: tuple[int | None, int | None]
    wounded: tuple[int | None, int | None]
    said_by: str | None
    likelihood: float
    origins: tuple[PlaceMention, ...] = ()
    """Where fire came from; none of `places`."""


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A report with its incidents."""

    report_id: str
    narrative: Narrative
    incidents: tuple[Incident, ...]
    likelihoods: tuple[float, ...] = field(default=())
    """Of each act mention of the narrative, that it tells of a concrete act."""
    publication: Publication | None = None
    """When its text says that it was published, where it came without a day."""


def read_report(report: Mapping[str, Any], resources: Resources, publication: Publication | None = None) -> Narrative:
    """Find everything in one report; `publication` is what its text says of its own day, where it came without one."""
    text = fold(str(report["text"]))
    published = publication.latest if publication else _day(report.get("published"))
    title = _text(report.get("title"))
    mentions = find_mentions(text, resources.lexicon)
    found = FoundElsewhere(
        find_actors(text, mentions, published, _text(report.get("source"))),
        find_places(text, mentions, published, gazetteer=resources.gazetteer),
        find_dates_between(text, publication, title) if publication else find_dates(text, published, title),
        find_counts(text),
    )
    return read_narrative(text, published, title, found, resources.grammar)


def code_report(report: Mapping[str, Any], resources: Resources | None = None) -> CodedReport:
    """Code one report (report_id, text, published, title): its incidents in the order in which they are told."""
    resources = resources or default_resources()
    publication = None
    if _day(report.get("published")) is None:
        publication = find_publication(fold(str(report["text"])), _text(report.get("title")))
    n = read_report(report, resources, publication)
    coded = code_narrative(n, resources.weights, str(report.get("report_id", "")))
    if publication is None:
        return coded
    whens = rest_on_publication([incident.when for incident in coded.incidents], n.text, publication)
    incidents = [replace(incident, when=when) for incident, when in zip(coded.incidents, whens, strict=True)]
    return replace(coded, incidents=tuple(incidents), publication=publication)


def code_narrative(n: Narrative, weights: Mapping[str, Mapping[str, float]], report_id: str = "") -> CodedReport:
    """Code a report already read."""
    if not speaks_of_conflict(n):
        return CodedReport(report_id, n, (), (0.0,) * len(n.acts))
    likely = how_likely(n, weights)
    weighed = Weighed(n, weights)
    ordered = keep_incidents(n, gather(n, likely, weighed), likely, weighed)
    told = [[n.acts[i] for i in group] for group in ordered]
    whens = tell_dates(n, told)
    counts = share_counts(n, told)
    attributions = find_attributions(n)
    coded: list[Incident] = []
    fired_from: set[int] = set()
    for group, indices, when, count in zip(told, ordered, whens, counts, strict=True):
        coded.append(_incident(n, group, likely[indices[0]], when, count, weights, attributions, fired_from))
        fired_from |= {p.at for p in coded[-1].origins}
    return CodedReport(report_id, n, tuple(coded), likely)


def _incident(
    n: Narrative,
    group: Sequence[ActMention],
    likely: float,
    when: When,
    counts: Mapping[str, Sequence[Any]],
    weights: Mapping[str, Mapping[str, float]],
    attributions: Sequence[Attribution],
    fired_from: Collection[int],
) -> Incident:
    """`fired_from`: the folded starts of the places that the fire of incidents told before came from."""
    read = read_roles(n, group)
    actors = fill_actors(n, group, weights, read)
    targets = fill_role(n, group, weights["target"], weights["target_far"], "target", read, {a for a, _ in actors})
    targets = tuple(t for t in targets if group[0].act.kind == "clash" or is_another(t, actors, read))
    origins = find_origins(n, group, actors)
    places = fill_places(n, group, weights["place"], {p.at for p in origins} | told_elsewhere(n, group, fired_from))
    person = any(target.use == "person" for _, target in targets)
    ruling = rule_kind(n, group, [actor for actor, _ in actors], person)
    if ruling.kind in MOVES:
        targets = ()
    if ruling.kind == "commemoration":  # the deaths it tells of are those remembered
        counts = {}
    return Incident(
        tuple(group),
        ruling.kind,
        ruling.weapon,
        tell_status(n, group, weights),
        likelihood(weights["background"], background_signs(n, group, when)) >= 0.5,
        when,
        actors,
        targets,
        places,
        toll(counts.get("killed", ())),
        toll(counts.get("wounded", ())),
        said_by(n, group, attributions),
        likely,
        origins,
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _day(value: Any) -> date | None:
    if value is None or value != value:
        return None
    if isinstance(value, str):
        return date.fromisoformat(value[:10]) if value else None
    return value.date() if hasattr(value, "date") else value


def code_reports(reports: pd.DataFrame, resources: Resources | None = None) -> Coded:
    """Code a reports table (columns of `tables.REPORTS`; report_id and text at least) into its incidents.

    One row per incident as one report tells it, in the order of the reports. Raises TableError where the rows break a
    promise of the tables.
    """
    resources = resources or default_resources()
    coded = (code_report(report, resources) for report in reports.to_dict("records"))
    return make_tables(coded, resources.gazetteer)
