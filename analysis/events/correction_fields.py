"""The fields of an incident that a person may correct, each as one line of text and back as columns of the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from analysis.coding.actor_context import entities
from analysis.coding.date_days import precision
from analysis.coding.gazetteer import Gazetteer, default_gazetteer
from analysis.coding.lexicon import read_table
from analysis.coding.rows import place_columns
from analysis.paths import data_path
from analysis.tables import DATE_BASES, KINDS, SOURCES, STATUSES

FIELDS = (
    "kind status background summary date date_basis actors targets place place_spans weapon killed wounded said_by"
).split()
"""What a correction may change; each is one judgment, whatever columns it fills."""
WRITTEN = {
    "background": "true or false",
    "summary": "true or false",
    "date": "2022-01-03, or 2022-01-03/2022-01-05, or nothing where the text does not say",
    "actors": "ids of entities/actors.tsv joined by ';', or nothing",
    "targets": "ids of entities/actors.tsv joined by ';', or nothing",
    "place": "an id of entities/places.tsv, or nothing",
    "place_spans": "start-end joined by ';', characters of the report's text",
    "weapon": "an id of lexicon/weapons.tsv, or nothing",
    "killed": "5, or 5-7, or 5- (five or more), or nothing where the text does not speak of it",
    "wounded": "5, or 5-7, or 5- (five or more), or nothing where the text does not speak of it",
}
"""How a field is written, for messages."""
_PLACE_COLUMNS = ("place_ar", "place_en", "admin1", "admin2", "country", "lat", "lon", "place_precision")
_COUNT = re.compile(r"(\d{1,9})(?:(-)(\d{1,9})?)?")
_SPANS = re.compile(r"\d{1,9}-\d{1,9}(?:;\d{1,9}-\d{1,9}){0,99}")


def field_text(row: Mapping[str, Any], name: str) -> str:
    """Write one field of an incident as a correction has it; empty where it is NA.

    >>> field_text({"killed_min": 5, "killed_max": None}, "killed")
    '5-'
    """
    if name == "date":
        days = [_cell(row[f"date_{end}"])[:10] for end in ("start", "end")]
        return days[0] if days[0] == days[1] else "/".join(days)
    if name in ("killed", "wounded"):
        low, high = (_cell(row[f"{name}_{end}"]) for end in ("min", "max"))
        return low if low == high else f"{low}-{high}"
    if name in ("background", "summary"):
        return "true" if row[name] else "false"
    return _cell(row["place_id" if name == "place" else name])


def read_field(name: str, text: str, gazetteer: Gazetteer | None = None) -> dict[str, Any]:
    """Read a field as a correction has it: the columns of tables.INCIDENTS it fills, with their values.

    Raises ValueError, saying how the field is written, where it is unknown or the text is none of its values.

    >>> read_field("killed", "5-7")
    {'killed_min': 5, 'killed_max': 7}
    """
    if name not in FIELDS:
        raise ValueError(f"{name!r} is no field that can be corrected; those are {', '.join(FIELDS)}")
    if name in choices():
        if not text and name not in ("kind", "status"):
            return {name: None}
        if text not in choices()[name]:
            raise ValueError(f"{text!r} is no {name}; write one of {', '.join(choices()[name])}")
        return {name: text == "true"} if name in ("background", "summary") else {name: text}
    try:
        return _READERS[name](name, text, gazetteer)
    except ValueError as error:
        raise ValueError(f"{error}; write {WRITTEN[name]}") from error


def same_value(name: str, first: str, second: str) -> bool:
    """Whether two texts say the same of a field; the order of actors is no difference."""
    if name in ("actors", "targets"):
        return set(first.split(";")) == set(second.split(";"))
    return first == second


@cache
def choices() -> Mapping[str, tuple[str, ...]]:
    """The values of the fields that have a short list of them."""
    weapons = {row["id"]: None for row in read_table(data_path("lexicon", "weapons.tsv"))}
    return {
        "kind": KINDS,
        "status": STATUSES,
        "background": ("true", "false"),
        "summary": ("true", "false"),
        "date_basis": DATE_BASES,
        "weapon": tuple(weapons),
        "said_by": SOURCES,
    }


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    return str(value)


def _date(name: str, text: str, gazetteer: Gazetteer | None) -> dict[str, Any]:
    if not text:
        return {"date_start": None, "date_end": None, "date_precision": None, "date_basis": None}
    first, _, last = text.partition("/")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise ValueError(f"{text!r} is no day or interval of days") from None
    if days[0] > days[1]:
        raise ValueError(f"{text!r} ends before it begins")
    return {"date_start": days[0], "date_end": days[1], "date_precision": precision(*days)}


def _parties(name: str, text: str, gazetteer: Gazetteer | None) -> dict[str, Any]:
    ids = text.split(";") if text else []
    unknown = [actor for actor in ids if actor not in entities()]
    if unknown:
        raise ValueError(f"{', '.join(map(repr, unknown))} is no actor of the table")
    if len(set(ids)) < len(ids):
        raise ValueError(f"{text!r} names an actor twice")
    return {name: text, f"{name[:-1]}_side": entities()[ids[0]]["side"] or None if ids else None}


def _place(name: str, text: str, gazetteer: Gazetteer | None) -> dict[str, Any]:
    if not text:
        return dict.fromkeys(("place_id", *_PLACE_COLUMNS))
    gazetteer = gazetteer or default_gazetteer()
    if text not in gazetteer.places:
        raise ValueError(f"{text!r} is no place of the table")
    place = gazetteer.places[text]
    lat, lon, exactness = gazetteer.point(text)
    return place_columns(place, lat, lon, exactness)


def _place_spans(name: str, text: str, gazetteer: Gazetteer | None) -> dict[str, Any]:
    if text and not _SPANS.fullmatch(text):
        raise ValueError(f"{text!r} is no list of stretches")
    for part in text.split(";") if text else ():
        start, _, end = part.partition("-")
        if int(start) >= int(end):
            raise ValueError(f"{part!r} is an empty stretch")
    return {"place_spans": text}


def _count(name: str, text: str, gazetteer: Gazetteer | None) -> dict[str, Any]:
    if not text:
        return {f"{name}_min": None, f"{name}_max": None}
    found = _COUNT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no count")
    low = int(found[1])
    high = int(found[3]) if found[3] else None if found[2] else low
    if high is not None and high < low:
        raise ValueError(f"{text!r} ends below its beginning")
    return {f"{name}_min": low, f"{name}_max": high}


_READERS = {
    "date": _date,
    "actors": _parties,
    "targets": _parties,
    "place": _place,
    "place_spans": _place_spans,
    "killed": _count,
    "wounded": _count,
}
