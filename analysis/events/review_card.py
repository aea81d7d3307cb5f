"""What the review form shows of a report: its text cut at every mark, and the lists a person chooses from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from analysis.coding.actor_context import entities
from analysis.coding.coder import Coded
from analysis.coding.gazetteer import Gazetteer
from analysis.coding.lexicon import read_table
from analysis.coding.text import fold_word
from analysis.events.correction_fields import choices
from analysis.paths import data_path

PLACES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a report and what it is to the incidents of that report."""

    start: int
    text: str
    marks: tuple[str, ...]
    """trigger, evidence, actor, target, place of the incident shown; `other` and its number for triggers of others."""


def cut_pieces(text: str, layers: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """Cut a text where a layer begins or ends; put together, the pieces are the text.

    >>> [(p.text, p.marks) for p in cut_pieces("abcd", [(1, 3, "place"), (2, 4, "evidence")])]
    [('a', ()), ('b', ('place',)), ('c', ('place', 'evidence')), ('d', ('evidence',))]
    """
    cuts = sorted({0, len(text), *(min(max(at, 0), len(text)) for start, end, _ in layers for at in (start, end))})
    pieces = []
    for start, end in pairwise(cuts):
        marks = tuple(dict.fromkeys(name for low, high, name in layers if low <= start and end <= high))
        pieces.append(Piece(start, text[start:end], marks))
    return pieces


def marks_of(
    coded: Coded, rows: Sequence[Mapping[str, Any]], shown: Mapping[str, Any] | None
) -> list[tuple[int, int, str]]:
    """What to mark in a report: the words behind the incident shown, and the triggers of the others.

    `rows` are the report's incidents, `shown` one of them or None.
    """
    layers = [(row["start"], row["end"], f"other {row['start']}-{row['end']}") for row in rows if row is not shown]
    if shown is None:
        return layers
    layers.append((shown["evidence_start"], shown["evidence_end"], "evidence"))
    for frame in (coded.participants, coded.locations):
        for part in frame[frame["incident_id"] == shown["incident_id"]].to_dict("records"):
            if (part["start"], part["end"]) != (shown["start"], shown["end"]):
                layers.append((part["start"], part["end"], part["role"]))
    return [*layers, (shown["start"], shown["end"], "trigger")]


def place_names(gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """The names of every place as they are searched, with its id."""
    return [(f"\t{fold_word(place.name_ar)}\t{place.name_en.lower()}", key) for key, place in gazetteer.places.items()]


def find_places(query: str, names: Sequence[tuple[str, str]], gazetteer: Gazetteer) -> list[dict[str, str]]:
    """The places whose Arabic or English name holds the words of a query, those that begin with them first."""
    word = fold_word(query).lower()
    if not word:
        return []
    found = sorted((f"\t{word}" not in both, len(both), key) for both, key in names if word in both)
    places = [gazetteer.places[key] for *_, key in found[:PLACES_SHOWN]]
    return [
        {"id": p.id, "ar": p.name_ar, "en": p.name_en, "more": ", ".join(filter(None, (p.kind, p.admin1, p.country)))}
        for p in places
    ]


def lists() -> dict[str, Any]:
    """What the form offers, sent once: kinds, actors and the short lists, with their names in two languages."""
    kinds = read_table(data_path("entities", "kinds.tsv"))
    return {
        "kinds": [{"id": k["id"], "family": k["family"], "en": k["name_en"], "ar": k["name_ar"]} for k in kinds],
        "actors": [{"id": key, "en": row["name_en"], "ar": row["name_ar"]} for key, row in entities().items()],
        **{name: list(choices()[name]) for name in ("status", "date_basis", "weapon", "said_by")},
    }
