"""What the review form shows of a report: its text cut at every mark, and the lists a person chooses from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from analysis.coding.actor_context import entities
from analysis.coding.coder import Coded
from analysis.coding.gazetteer import Gazetteer
from analysis.coding.lexicon import default_lexicon, read_table
from analysis.coding.text import fold_word
from analysis.events.correction_fields import choices
from analysis.paths import data_path

SHOWN = 12
"""Things found by name that are offered at once."""


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


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a person looks for by name."""

    id: str
    ar: str
    en: str
    more: str
    searched: str
    """Its id and every name it has, folded, each after a tab."""


def named_places(gazetteer: Gazetteer) -> list[Named]:
    """Every place of the gazetteer."""
    return [
        Named(key, p.name_ar, p.name_en, ", ".join(filter(None, (p.kind, p.admin1, p.country))), searched)
        for key, p in gazetteer.places.items()
        for searched in [_searched(key, p.name_ar, p.name_en)]
    ]


def named_actors() -> list[Named]:
    """Every actor of the table, with the names that reports use for it."""
    forms: dict[str, list[str]] = {}
    for entry in default_lexicon().entries:
        if entry.sort == "actors":
            forms.setdefault(entry.id, []).append(entry.form)
    return [
        Named(
            key,
            row["name_ar"],
            row["name_en"],
            key,
            _searched(key, row["name_ar"], row["name_en"], *forms.get(key, ())),
        )
        for key, row in entities().items()
    ]


def find_named(query: str, things: Sequence[Named]) -> list[Named]:
    """The things one of whose names holds the words of a query: the name itself first, then those that begin so."""
    word = fold_word(query).lower()
    if not word:
        return []
    found = [
        (f"\t{word}\t" not in thing.searched, f"\t{word}" not in thing.searched, len(thing.ar), number)
        for number, thing in enumerate(things)
        if word in thing.searched
    ]
    return [things[number] for *_, number in sorted(found)[:SHOWN]]


def _searched(*names: str) -> str:
    return "".join(f"\t{fold_word(name).lower()}" for name in names) + "\t"


def lists() -> dict[str, Any]:
    """What the form offers, sent once: kinds with their names in two languages, and the short lists."""
    kinds = read_table(data_path("entities", "kinds.tsv"))
    return {
        "kinds": [{"id": k["id"], "family": k["family"], "en": k["name_en"], "ar": k["name_ar"]} for k in kinds],
        **{name: list(choices()[name]) for name in ("status", "date_basis", "weapon", "said_by")},
    }
