"""From a report's text to incidents: the pipeline, and the promise that nothing is guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.actors import ActorMention, find_actors
from analysis.coding.acts import Grammar, default_grammar
from analysis.coding.counts import find_counts, toll
from analysis.coding.dates import find_dates
from analysis.coding.gazetteer import Gazetteer, default_gazetteer, load_gazetteer
from analysis.coding.kinds import choose_kind, kind_by_rule, kind_signs
from analysis.coding.lexicon import Lexicon, default_lexicon
from analysis.coding.mentions import find_mentions
from analysis.coding.narrative import ActMention, FoundElsewhere, Narrative, read_narrative
from analysis.coding.origins import find_origins
from analysis.coding.places import PlaceMention, find_places
from analysis.coding.publication import Publication, find_dates_between, find_publication, rest_on_publication
from analysis.coding.ranker import default_weights, likelihood
from analysis.coding.references import incident_signs, link_mentions
from analysis.coding.roles import actor_signs, claimant, near_actors, near_places, place_signs, slot, with_mark
from analysis.coding.rows import Coded as Coded
from analysis.coding.rows import incident_rows as incident_rows
from analysis.coding.rows import make_tables
from analysis.coding.said_by import Attribution, find_attributions, said_by
from analysis.coding.signs import CONFLICT, NO_SIDE, act_signs, is_done, is_feared, speaks_of_conflict
from analysis.coding.text import fold
from analysis.coding.tolls import share_counts
from analysis.coding.when import When, tell_dates

TOLD_AT = 0.4
"""A mention less likely than this to tell of a concrete act is passed over."""
SURE_AT = 0.4
"""An incident none of whose mentions is this likely is passed over."""
PLAIN_AT = 0.2
"""The same where a verb plainly tells of it."""
PLAIN_LIKELY = 0.85
"""From this likelihood on a verb tells plainly."""
ROLE_AT = 0.35
"""From this likelihood on an actor of the act's own sentence fills a role."""
SURE_ROLE_AT = 0.8
"""From this likelihood on a further actor fills a role without being joined to the first."""
GIVEN = 0.95
"""How sure a role is that a construction gives."""
FAR_AT = 0.4
"""The same for an actor of a sentence around, where the act's own sentence names none."""


MOVES = frozenset({"alert", "deployment", "withdrawal", "refusal", "displacement", "commemoration"})
"""Kinds that are aimed at nobody: who moves is the actor (codebook, 2)."""
BLOODY = frozenset({"armed_attack", "killing", "airstrike", "explosion"})
"""Kinds of which the killing of a named person is the more specific one: assassination (codebook, 1.2)."""
WORDED = frozenset(
    "alert withdrawal refusal displacement property_seizure expulsion abduction interception commemoration".split()
)
"""Kinds that their own words make certain: no other sign outweighs these."""


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
    likely = tuple(0.0 if is_feared(n, m) else likelihood(weights["act"], act_signs(n, m)) for m in n.acts)
    ordered = gather(n, likely, weights)
    told = [[n.acts[i] for i in group] for group in ordered]
    if "incident" in weights:
        best = [likely[group[0]] for group in ordered]
        known: dict[tuple[int, int], float] = {}
        signs = (incident_signs(n, told, i, best, weights, known) for i in range(len(told)))
        sure = [likelihood(weights["incident"], of_one) for of_one in signs]
        kept = [
            value >= (PLAIN_AT if _is_plain(n, group[0], b) else SURE_AT)
            for value, group, b in zip(sure, told, best, strict=True)
        ]
        ordered = [group for group, keep in zip(ordered, kept, strict=True) if keep]
        told = [group for group, keep in zip(told, kept, strict=True) if keep]
    grounded = [_has_ground(n, group) for group in told]
    ordered = [group for group, ground in zip(ordered, grounded, strict=True) if ground]
    told = [group for group, ground in zip(told, grounded, strict=True) if ground]
    whens = tell_dates(n, told)
    counts = share_counts(n, told)
    attributions = find_attributions(n)
    coded = []
    for group, indices, when, count in zip(told, ordered, whens, counts, strict=True):
        coded.append(_incident(n, group, likely[indices[0]], when, count, weights, attributions))
    return CodedReport(report_id, n, tuple(coded), likely)


def _is_plain(n: Narrative, m: ActMention, likely: float) -> bool:
    """Whether an act is plainly told: by a verb in the past that is sure of it, or by "X did" and its noun."""
    if m.act.kind == "commemoration":  # a word for nothing else
        return True
    if m.shape == "perfect":
        return m.act.strength == 1 and m.act.kind != "harm" and likely >= PLAIN_LIKELY
    return is_done(n, m)


def _has_ground(n: Narrative, group: Sequence[ActMention]) -> bool:
    """Whether anything beside the words of the act speaks for it.

    Deaths by accident and crime without arms are no incidents; a weak word ("operation", "closed", "spread") needs a
    body under arms, troops or a weapon in its sentence or the one before.
    """
    sentences = {m.sentence for m in group}
    armed = any(n.sentence_of[w.first] in sentences for w in n.weapons)
    if all(m.act.kind in ("harm", "killing") for m in group):
        return armed or not any("accident" in n.sentence_cues(m.sentence) for m in group)
    if armed or any(m.act.strength == 1 and m.act.kind in CONFLICT for m in group):
        return True
    around = sentences | {sentence - 1 for sentence in sentences}
    return any(
        a.actor_id is not None and a.actor_id not in NO_SIDE and n.sentence_of[n.words.index(a.at)] in around
        for a in n.actors
    ) or any("troops" in n.things.get(w, ()) for s in sentences for w in n.sentence_words(s))


def gather(n: Narrative, likely: Sequence[float], weights: Mapping[str, Mapping[str, float]]) -> list[list[int]]:
    """Group the mentions that may tell of an act into incidents: indices into `n.acts`, the main mention first."""
    kept = [index for index, value in enumerate(likely) if value >= TOLD_AT]
    groups = link_mentions(n, [n.acts[index] for index in kept], weights)
    indices = ([kept[i] for i in group] for group in groups)
    return [sorted(group, key=lambda i: (n.acts[i].act.kind == "harm", -likely[i])) for group in indices]


def _incident(
    n: Narrative,
    group: Sequence[ActMention],
    likely: float,
    when: When,
    counts: Mapping[str, Sequence[Any]],
    weights: Mapping[str, Mapping[str, float]],
    attributions: Sequence[Attribution],
) -> Incident:
    actors = fill_actors(n, group, weights)
    targets = _fill(n, group, weights["target"], weights["target_far"], "target")
    targets = tuple(t for t in targets if t[0] not in {a for a, _ in actors} or group[0].act.kind == "clash")
    origins = find_origins(n, group, actors)
    places = _places(n, group, weights["place"], {p.at for p in origins})
    ids, ids_of_targets = [a for a, _ in actors], [t for t, _ in targets]
    ruled, weapon = kind_by_rule(n, group, ids)
    worded = ruled in WORDED and {m.act.kind for m in group} <= {ruled, "harm"}
    kind = ruled if worded else choose_kind(weights, kind_signs(n, group, ids, ids_of_targets, ruled), ruled)
    if kind in BLOODY and any(m.act.kind == "harm" for m in group) and any(t.use == "person" for _, t in targets):
        kind = "assassination"
    if kind in MOVES:
        targets = ()
    if kind == "commemoration":  # the deaths it tells of are those remembered
        counts = {}
    return Incident(
        tuple(group),
        kind,
        weapon,
        _status(n, group, weights),
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


def fill_actors(
    n: Narrative, group: Sequence[ActMention], weights: Mapping[str, Mapping[str, float]]
) -> tuple[tuple[str, ActorMention], ...]:
    """Who did it; where that is nobody or somebody unknown, who claims it."""
    actors = _fill(n, group, weights["actor"], weights["actor_far"], "actor")
    if all(actor == "unknown" for actor, _ in actors):
        claims = claimant(n, group[0])
        if claims is not None and claims.actor_id:
            return ((claims.actor_id, claims),)
    return actors


def _fill(
    n: Narrative, group: Sequence[ActMention], near: Mapping[str, float], far: Mapping[str, float], role: str
) -> tuple[tuple[str, ActorMention], ...]:
    """Who fills a role: the likeliest actor of the sentence that tells of the act with those joined to it.

    The mentions are asked in turn, the main one first; where none has an actor in its sentence, the likeliest of the
    sentences around fills it.
    """
    given = {
        a.at: (GIVEN, a) for m in group[:4] for a in n.actors_of(m.sentence) if a.actor_id and slot(n, m, a) == role
    }
    if given:
        return _joined(n, list(given.values()))
    for m in group[:4]:
        ranked = sorted(
            (
                (_sure(slot(n, m, a), role, likelihood(near, actor_signs(n, m, a))), -a.at, a)
                for a in n.actors_of(m.sentence)
                if a.actor_id
            ),
            key=lambda item: item[:2],
            reverse=True,
        )
        if ranked and ranked[0][0] >= ROLE_AT:
            return _joined(n, [(value, a) for value, _, a in ranked if value >= ROLE_AT])
    main, told_in = group[0], {m.sentence for m in group[:4]}
    around = [
        (likelihood(far, actor_signs(n, main, a)), -a.at, a)
        for a in near_actors(n, main)
        if a.actor_id and n.sentence_of[n.words.index(a.at)] not in told_in
    ]
    value, _, mention = max(around, key=lambda item: item[:2], default=(0.0, 0, None))
    return ((mention.actor_id, mention),) if mention is not None and mention.actor_id and value >= FAR_AT else ()


def _sure(slot_of: str | None, role: str, likely: float) -> float:
    """The likelihood that an actor fills a role, where a construction does not decide it."""
    if slot_of is None:
        return likely
    return max(likely, 0.95) if slot_of == role else 0.0


def _joined(n: Narrative, ranked: Sequence[tuple[float, ActorMention]]) -> tuple[tuple[str, ActorMention], ...]:
    """The first of ranked mentions and those joined to it: by "and", by "with the support of", or as sure as itself."""
    chosen: dict[str, ActorMention] = {}
    spans: list[tuple[int, int]] = []
    for value, a in ranked:
        first, last = n.word_span(a.at, a.to)
        joined = any(
            (last == other[0] and n.words.words[other[0]].startswith("و"))
            or (other[1] == first and n.words.words[first].startswith("و"))
            for other in spans
        )
        if a.actor_id and (not chosen or joined or with_mark(n, first) or value >= SURE_ROLE_AT):
            chosen.setdefault(a.actor_id, a)
            spans.append((first, last))
    return tuple(chosen.items())


def _places(
    n: Narrative, group: Sequence[ActMention], weights: Mapping[str, float], origins: Collection[int]
) -> tuple[PlaceMention, ...]:
    best: dict[int, tuple[float, PlaceMention]] = {}
    for m in group[:4]:
        for p in near_places(n, m, back=6, ahead=1):
            if p.at in origins:
                continue
            value = likelihood(weights, place_signs(n, m, p))
            if value > best.get(p.at, (0.0, p))[0]:
                best[p.at] = (value, p)
    ranked = sorted(best.values(), key=lambda item: -item[0])
    sure = [p for value, p in ranked if value >= 0.5]
    return tuple(sure or [p for value, p in ranked[:1] if value >= 0.1])


def status_signs(n: Narrative, group: Sequence[ActMention]) -> list[str]:
    """What speaks for an act having been foiled or denied."""
    signs = []
    for m in group:
        signs += [s for s in act_signs(n, m) if s.startswith(("act=", "cue=", "before="))]
    return sorted(set(signs))


def _status(n: Narrative, group: Sequence[ActMention], weights: Mapping[str, Mapping[str, float]]) -> str:
    signs = status_signs(n, group)
    for status in ("denied", "attempted"):
        if likelihood(weights[f"status:{status}"], signs) >= 0.5:
            return status
    return "happened"


def background_signs(n: Narrative, group: Sequence[ActMention], when: When) -> list[str]:
    """What speaks for an act being history of the story."""
    signs = []
    for m in group:
        signs += [s for s in act_signs(n, m) if s.startswith(("cue=", "sentence=", "part=", "shape="))]
    days = (n.published - when.last).days if n.published and when.last else None
    age = "none" if days is None else "0" if days <= 2 else "14" if days <= 14 else "60" if days <= 60 else "old"
    signs.append(f"age={age}")
    signs.append(f"age={age}|{when.basis}")
    return sorted(set(signs))


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
