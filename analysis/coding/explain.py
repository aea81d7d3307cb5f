"""Why a report was coded as it was: the words, and the rule or the weighed signs, behind every field and silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.asserted import unasserted
from analysis.coding.coder import CodedReport, Incident, Resources, code_report, default_resources
from analysis.coding.constructions import read_role
from analysis.coding.gates import TOLD_AT
from analysis.coding.kinds import rule_kind, weapons_near
from analysis.coding.locating import place_signs
from analysis.coding.narrative import Narrative
from analysis.coding.places import PlaceMention
from analysis.coding.ranker import likelihood
from analysis.coding.roles import actor_signs, blamed, claimant
from analysis.coding.rows import PARTS, by_specificity, confidence, incident_rows
from analysis.coding.said_by import find_attribution
from analysis.coding.signs import act_signs, cues_on
from analysis.coding.standing import background_signs, status_signs
from analysis.coding.tolls import share_counts

Weights = Mapping[str, Mapping[str, float]]
Span = tuple[int, int]
SHOWN = 4
"""So many of the heaviest signs are shown."""
TOLD_IN = 4
"""The coder looks for roles and places at so many mentions of an incident."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One field of an incident: its value, the stretches of the text that gave it, and how."""

    field: str
    value: str
    spans: tuple[Span, ...]
    how: str


@dataclass(frozen=True, slots=True)
class IncidentReasons:
    """An incident with the reasons for its fields."""

    incident_id: str
    start: int
    end: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """A sentence that gave no incident, and why, one line for each word that might have."""

    start: int
    end: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report, explained: `print` it, or show it in a notebook cell."""

    report_id: str
    text: str
    incidents: tuple[IncidentReasons, ...]
    silences: tuple[Silence, ...]

    def __str__(self) -> str:
        lines = [f"{self.report_id}: {len(self.incidents)} incidents"]
        for incident in self.incidents:
            lines += ["", f"{incident.incident_id}  {self._quote(incident.start, incident.end)}"]
            for reason in incident.reasons:
                words = " / ".join(self._quote(*span) for span in reason.spans)
                lines.append(f"  {reason.field:<11} {reason.value or '-'}  {words}  [{reason.how}]")
        if self.silences:
            lines += ["", "sentences that gave no incident"]
        for silence in self.silences:
            lines.append(f"  {self._quote(silence.start, silence.end)}")
            lines += [f"      {why}" for why in silence.why]
        return "\n".join(lines)

    def to_frame(self) -> pd.DataFrame:
        """One row per incident and field: incident_id, field, value, words, how (string)."""
        rows = [
            {
                "incident_id": incident.incident_id,
                "field": reason.field,
                "value": reason.value,
                "words": " / ".join(self.text[start:end] for start, end in reason.spans),
                "how": reason.how,
            }
            for incident in self.incidents
            for reason in incident.reasons
        ]
        return pd.DataFrame(rows, columns=["incident_id", "field", "value", "words", "how"], dtype="string")

    def _repr_html_(self) -> str:
        """The same as tables; everything from the report is escaped."""
        parts = [f"<h4>{escape(self.report_id)}</h4>"]
        for incident in self.incidents:
            title = f"{incident.incident_id} {self._quote(incident.start, incident.end)}"
            parts.append(f"<table><caption><bdi>{escape(title)}</bdi></caption>")
            for reason in incident.reasons:
                words = " / ".join(self._quote(*span) for span in reason.spans)
                cells = (reason.field, reason.value, words, reason.how)
                parts.append("<tr>" + "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in cells) + "</tr>")
            parts.append("</table>")
        if self.silences:
            parts.append("<table><caption>sentences that gave no incident</caption>")
        for silence in self.silences:
            why = "<br>".join(f"<bdi>{escape(line)}</bdi>" for line in silence.why)
            quote = escape(self._quote(silence.start, silence.end))
            parts.append(f'<tr><td dir="rtl">{quote}</td><td>{why}</td></tr>')
        if self.silences:
            parts.append("</table>")
        return "".join(parts)

    def _quote(self, start: int, end: int) -> str:
        return f"“{' '.join(self.text[start:end].split())}”"


def explain_report(report: Mapping[str, Any], resources: Resources | None = None) -> Explanation:
    """Say which words gave each field of a report's incidents, and why its other sentences gave none.

    `report`: a mapping or a row of the reports table, as for `code_report`. A field decided by a rule names it; one
    decided by a ranker names its likelihood and the signs that weighed most, with their weights (`data/rankers.tsv`).
    """
    resources = resources or default_resources()
    coded = code_report(report, resources)
    rows = incident_rows(coded, resources.gazetteer)
    counts = share_counts(coded.narrative, [incident.mentions for incident in coded.incidents])
    explained = [
        IncidentReasons(
            row["incident_id"],
            row["start"],
            row["end"],
            tuple(_reasons(coded, incident, row, shared, resources.weights)),
        )
        for row, incident, shared in zip(rows, coded.incidents, counts, strict=True)
    ]
    silences = tuple(_silences(coded, resources.weights))
    return Explanation(coded.report_id, coded.narrative.text.raw, tuple(explained), silences)


def heaviest(weights: Mapping[str, float], signs: Sequence[str], sign: int = 0) -> str:
    """The signs that weighed most, with their weights; `sign` -1 keeps those against, 1 those for.

    >>> heaviest({"near": 2.0, "far": -1.0}, ["near", "far", "new"])
    'near +2.0, far -1.0'
    """
    weighed = [(weights[s], s) for s in dict.fromkeys(signs) if s in weights and weights[s] * sign >= 0 and weights[s]]
    weighed.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    return ", ".join(f"{s} {weight:+.1f}" for weight, s in weighed[:SHOWN])


def _reasons(
    coded: CodedReport, incident: Incident, row: Mapping[str, Any], counts: Mapping[str, Any], weights: Weights
) -> Iterator[Reason]:
    n, group = coded.narrative, incident.mentions
    yield _told(n, incident, weights)
    yield _kind(n, incident)
    for status in ("attempted", "denied"):
        if incident.status == status:
            model = weights[f"status:{status}"]
            yield Reason("status", status, _mentions(n, group), _ranked(model, status_signs(n, group)))
    if incident.background:
        signs = background_signs(n, group, incident.when)
        yield Reason("background", "true", _mentions(n, group[:1]), _ranked(weights["background"], signs))
    yield _date(coded, incident)
    for role, filled in (("actor", incident.actors), ("target", incident.targets)):
        for actor, mention in filled:
            yield _party(n, group, role, actor, mention, weights)
    for place in by_specificity(incident.places):
        yield _place(n, group, place, weights)
    for place in incident.origins:
        how = f"fire from there, by the words before it (origins.tsv); {place.reason}"
        yield Reason("origin", place.place_id or "unknown", ((place.start, place.end),), how)
    if incident.weapon:
        yield _weapon(n, incident)
    for name in ("killed", "wounded"):
        if counts.get(name):
            low, high = row[f"{name}_min"], row[f"{name}_max"]
            spans = tuple((count.start, count.end) for count in counts[name])
            yield Reason(name, f"{low} to {'open' if high is None else high}", spans, "counts of its sentences")
    attribution = find_attribution(n, group)
    if attribution is not None:
        spans = (n.raw_span(attribution.first, min(attribution.first + 4, len(n.words))),)
        yield Reason("said_by", attribution.source, spans, f"attribution: {attribution.way}")
    found = f"likelihood {incident.likelihood:.2f} weighed by what was found: " + ", ".join(
        f"{part} {share}" for part, share in PARTS.items()
    )
    yield Reason("confidence", str(confidence(incident)), (), found)


def _told(n: Narrative, incident: Incident, weights: Weights) -> Reason:
    main = incident.mentions[0]
    act = f"{main.act.id} ({main.shape}, acts.tsv)"
    return Reason("told", act, _mentions(n, incident.mentions), _ranked(weights["act"], act_signs(n, main)))


def _kind(n: Narrative, incident: Incident) -> Reason:
    group, main = incident.mentions, incident.mentions[0]
    person = any(target.use == "person" for _, target in incident.targets)
    ruling = rule_kind(n, group, [actor for actor, _ in incident.actors], person)
    return Reason("kind", incident.kind, _mentions(n, group[:1]), f"{main.act.id} in acts.tsv; {ruling.rule}")


def _date(coded: CodedReport, incident: Incident) -> Reason:
    when = incident.when
    value = "unknown" if when.first is None else f"{when.first} to {when.last}, {when.basis}"
    mention = next((d for d in coded.narrative.dates if d.at == when.at), None)
    if mention is not None:
        how = f"{mention.reason or mention.basis}{', ' + mention.flag if mention.flag else ''}"
        return Reason("date", value, ((mention.start, mention.end),), how)
    publication = coded.publication
    if when.basis == "inferred" and publication is not None:
        how = f"no day of publication given; by these words between {publication.earliest} and {publication.latest}"
        return Reason("date", value, ((publication.start, publication.end),), how)
    hows = {
        "inherited": "from the incident it is tied to",
        "published": "nothing said: the day of publication and the one before",
        None: "nothing said, and no day of publication",
    }
    return Reason("date", value, (), hows.get(when.basis, str(when.basis)))


def _party(
    n: Narrative, group: Sequence[ActMention], role: str, actor: str, mention: ActorMention, weights: Weights
) -> Reason:
    sentence = n.sentence_of[n.words.index(mention.at)]
    inside = [m for m in group[:TOLD_IN] if m.sentence == sentence]
    given = (read_role(n, m, mention) for m in group)
    rule = next((found.rule for found in given if found is not None and found.role == role), None)
    if rule is None and role == "actor" and mention in (claimant(n, group[0]), blamed(n, group[0])):
        rule = "who claims it or is blamed for it"
    if rule is not None:
        return Reason(role, actor, ((mention.start, mention.end),), f"{mention.reason}; by construction: {rule}")
    model = weights[role if inside else f"{role}_far"]
    best = max(inside or group[:1], key=lambda m: likelihood(model, actor_signs(n, m, mention)))
    near = "" if inside else "from a sentence around; "
    how = f"{mention.reason}; {near}{_ranked(model, actor_signs(n, best, mention))}"
    return Reason(role, actor, ((mention.start, mention.end),), how)


def _place(n: Narrative, group: Sequence[ActMention], place: PlaceMention, weights: Weights) -> Reason:
    model = weights["place"]
    best = max(group[:TOLD_IN], key=lambda m: likelihood(model, place_signs(n, m, place)))
    value = f"{place.place_id or 'not in the gazetteer'}, {place.precision}"
    how = f"{place.reason}; {_ranked(model, place_signs(n, best, place))}"
    return Reason("place", value, ((place.start, place.end),), how)


def _weapon(n: Narrative, incident: Incident) -> Reason:
    near = {weapon for m in incident.mentions for weapon, _ in weapons_near(n, m)}
    sentences = {m.sentence for m in incident.mentions}
    spans = tuple(
        n.raw_span(w.first, w.last)
        for w in n.weapons
        if w.row.id == incident.weapon and n.sentence_of[w.first] in sentences
    )
    if incident.weapon in near:
        return Reason("weapon", str(incident.weapon), spans, "weapons.tsv, by the act")
    return Reason("weapon", str(incident.weapon), _mentions(n, incident.mentions[:1]), "the act implies it (acts.tsv)")


UNASSERTED = {
    "allowed": "somebody may or can",
    "called": "what something is called",
    "charge": "a charge",
    "condition": "a condition",
    "count": "counted up",
    "cut": "a headline of another story",
    "demand": "demanded",
    "drill": "a drill",
    "fear": "feared",
    "figure": "a figure of speech",
    "general": "said in general",
    "habit": "a habit",
    "held": "ground that is held or tried for",
    "named": "the name of what was hit",
    "negated": "said not to be so",
    "plan": "planned",
    "possible": "possible",
    "purpose": "a purpose",
    "site": "where somebody stands",
    "sum": "summed over a period",
    "tag": "a hashtag beside the text",
    "title": "part of a name",
    "warned": "threatened or warned of",
    "wreck": "only its traces",
}
"""What the ids of `unasserted` say."""


def _silences(coded: CodedReport, weights: Weights) -> Iterator[Silence]:
    n = coded.narrative
    told = {m.sentence for incident in coded.incidents for m in incident.mentions}
    passed_over = unasserted(n)
    for sentence in range(len(n.sentence_starts) - 1):
        words = n.sentence_words(sentence)
        if sentence in told or not len(words):
            continue
        held = [
            _held_back(n, m, likely, weights, passed_over.get(number))
            for number, (m, likely) in enumerate(zip(n.acts, coded.likelihoods, strict=False))
            if m.sentence == sentence
        ]
        yield Silence(*n.raw_span(words.start, words.stop), tuple(held or ["no act word"]))


def _held_back(n: Narrative, m: ActMention, likely: float, weights: Weights, passed_over: str | None) -> str:
    start, end = n.raw_span(m.first, m.last)
    word = f"“{n.text.raw[start:end]}” ({m.act.id})"
    if passed_over is not None:
        return f"{word}: not told as done: {UNASSERTED.get(passed_over, passed_over)}"
    if likely >= TOLD_AT:
        return f"{word}: may tell of an act ({likely:.2f}), but nothing beside it makes an incident"
    cues = sorted({cue for cue, _ in cues_on(n, m)})
    by = f"; cues that reach it: {', '.join(cues)}" if cues else ""
    against = heaviest(weights["act"], act_signs(n, m), -1)
    return f"{word}: held back at {likely:.2f} (told from {TOLD_AT}){by}; against: {against or 'nothing for it'}"


def _ranked(model: Mapping[str, float], signs: Sequence[str]) -> str:
    return f"{likelihood(model, signs):.2f}: {heaviest(model, signs)}"


def _mentions(n: Narrative, group: Sequence[ActMention]) -> tuple[Span, ...]:
    return tuple(n.raw_span(m.first, m.last) for m in group)
