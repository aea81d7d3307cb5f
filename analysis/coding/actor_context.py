"""Which of the bodies that share a name a report means: by its day, its outlet, its places and its other actors."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from analysis.coding.actor_phrases import in_list_of_tags
from analysis.coding.gazetteer import default_gazetteer
from analysis.coding.lexicon import Entry, read_table
from analysis.coding.mentions import Mention
from analysis.coding.sentences import find_sentences
from analysis.coding.text import Text
from analysis.paths import data_path

ACTOR_NEAR, COUNTRY_NEAR, ACTOR, COUNTRY = 4.0, 3.0, 2.5, 2.0
"""What an actor or country says that stands in the same sentence, or anywhere in the report."""
RIVAL = 0.5
"""A country counts as one the report is about from this share of the foremost country on."""
FOREMOST = frozenset({"country", "governorate", "city"})
"""Kinds of places that a bare name means first."""
PLAIN = 0.5
"""What a row without conditions scores: less than any condition that holds."""


@cache
def entities() -> dict[str, dict[str, str]]:
    """The rows of `entities/actors.tsv` by id."""
    return {row["id"]: row for row in read_table(data_path("entities", "actors.tsv"))}


def coded_as(entity_id: str) -> str:
    """The id by which the codebook counts an actor: its own, or that of the nearest it belongs to, or `other`."""
    row = entities().get(entity_id)
    return (row["coded_as"] or entity_id) if row else entity_id


@dataclass
class Evidence:
    """What a report says of where it plays and of whom it speaks."""

    sentences: tuple[int, ...]
    """Where each sentence after the first begins, in the folded text."""
    said: list[tuple[int, str]] = field(default_factory=list)
    """(sentence, country or actor id), in the order they were added."""
    total: Counter[str] = field(default_factory=Counter)
    by_sentence: Counter[tuple[int, str]] = field(default_factory=Counter)

    def add(self, at: int, tokens: Iterable[str]) -> None:
        """Take note of a country or actor at a position of the folded text."""
        sentence = bisect_right(self.sentences, at)
        for token in tokens:
            self.total[token] += 1
            self.by_sentence[sentence, token] += 1

    def weight(self, token: str, at: int) -> float:
        """How much speaks for a country (two capitals) or an actor at a position of the folded text; 0: nothing."""
        number, near = self.total[token], self.by_sentence[bisect_right(self.sentences, at), token]
        if not number:
            return 0.0
        often = min(number, 20) / 100
        if not _is_country(token):
            return (ACTOR_NEAR if near else ACTOR) + often
        foremost = max(n for name, n in self.total.items() if _is_country(name))
        return (COUNTRY_NEAR if near else COUNTRY) + often if near or number >= RIVAL * foremost else 0.0


def gather(text: Text, mentions: Sequence[Mention]) -> Evidence:
    """The evidence of a report's places; its actors are added as they are resolved."""
    evidence = Evidence(tuple(sentence.at for sentence in find_sentences(text)[1:]))
    places = default_gazetteer().places
    for mention in mentions:
        if mention.sort == "places" and not in_list_of_tags(text.raw, mention):
            named = [places[key] for key in mention.ids if key in places and places[key].country]
            meant = [p for p in named if p.alone or not p.little]
            countries = {p.country for p in meant if p.kind in FOREMOST} or {p.country for p in meant}
            if len(countries) == 1:
                evidence.add(mention.at, countries)
    return evidence


def tokens_of(entity_id: str) -> set[str]:
    """What the mention of an actor is evidence of: itself, what it belongs to, its country."""
    rows, found = entities(), {entity_id, coded_as(entity_id)}
    country = rows[entity_id].get("country", "") if entity_id in rows else ""
    while entity_id in rows and rows[entity_id]["parent"] not in found | {""}:
        entity_id = rows[entity_id]["parent"]
        found.add(entity_id)
    return (found | {country}) - {"", "other", "unknown", "civilians"}


def choose(
    rows: Sequence[Entry], at: int, published: date | None, outlet: str | None, evidence: Evidence
) -> tuple[str | None, tuple[str, ...], str]:
    """The entity a form means at a position: (its id or None, the candidates, the reason)."""
    valid = [row for row in rows if _in_time(row, published)]
    ids = tuple(dict.fromkeys(row.id for row in valid))
    if not valid:
        return None, tuple(dict.fromkeys(row.id for row in rows)), "nobody had this name on that day"
    scored = sorted(((_score(row, at, outlet, evidence), row.id, row) for row in valid), key=lambda s: -s[0])
    best = scored[0][0]
    if best <= 0:
        return None, ids, "the report does not say which"
    first = dict.fromkeys(entity for score, entity, _ in scored if score == best)
    if len({coded_as(entity) for entity in first}) > 1:
        return None, tuple(first), "a tie"
    if len(ids) == 1 and best == PLAIN:
        return ids[0], ids, "its only meaning" if len(valid) == len(rows) else "its meaning on that day"
    return next(iter(first)), ids, "its usual meaning" if best == PLAIN else "by what else the report names"


def is_plain(rows: Sequence[Entry]) -> bool:
    """Whether a form means one thing whatever else the report says."""
    return len({row.id for row in rows}) == 1 and not any(row.more.get("context") for row in rows)


def _in_time(row: Entry, published: date | None) -> bool:
    since, until = row.more.get("since", ""), row.more.get("until", "")
    if published is None or not (since or until):
        return True
    day = published.isoformat()
    return (not since or since <= day) and (not until or day < until)


def _score(row: Entry, at: int, outlet: str | None, evidence: Evidence) -> float:
    outlets = [name for name in row.more.get("outlet", "").split(";") if name]
    heard = 2.0 if outlet and any(name in outlet for name in outlets) else 0.0
    tokens = [token.strip() for token in row.more.get("context", "").split(";") if token.strip()]
    if not tokens:
        return PLAIN + heard if not outlets or heard else 0.0
    weights = [evidence.weight(token, at) for token in tokens]
    return max(weights) + 0.01 * sum(weights) + heard


def _is_country(token: str) -> bool:
    return len(token) == 2 and token.isupper()
