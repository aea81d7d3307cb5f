"""Hand-coded reports (the gold format of the codebook) as an incidents table, for measuring what comes after coding."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.gazetteer import default_gazetteer
from analysis.coding.lexicon import default_lexicon
from analysis.coding.mentions import find_mentions
from analysis.coding.places import PlaceMention, find_places
from analysis.coding.text import fold
from analysis.events.features import line_of
from analysis.tables import INCIDENTS, make_table


def read_gold(path: Path) -> pd.DataFrame:
    """Read a gold file into a table of tables.INCIDENTS; places are resolved by the package's gazetteer."""
    rows: list[dict[str, Any]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            rows += _rows(json.loads(line))
    return make_table(INCIDENTS, rows)


def _rows(gold: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    report = gold["report"]
    text = fold(report["text"])
    published = date.fromisoformat(report["published"]) if report["published"] else None
    places = find_places(text, find_mentions(text, default_lexicon()), published)
    for incident in gold["incidents"]:
        start, end = incident["triggers"][0]["span"]
        sentence = _sentence(report["text"], start, end)
        yield {
            "incident_id": f"{report['report_id']}:{start}:{incident['kind']}:{incident['n']}",
            "report_id": report["report_id"],
            "start": start,
            "end": end,
            "evidence_start": sentence[0],
            "evidence_end": sentence[1],
            "kind": incident["kind"],
            "status": incident["status"],
            "background": bool(incident.get("background")),
            "summary": False,
            "weapon": incident.get("weapon"),
            "said_by": incident.get("said_by"),
            "confidence": 1.0,
            **_dates(incident),
            **_parties(incident),
            **_tolls(incident),
            **_place([tuple(place["span"]) for place in incident["places"]], places, report["text"]),
        }


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind("\n", 0, start), text.rfind(".", 0, start)) + 1
    last = text.find(".", end)
    return first, len(text) if last < 0 else last


def _dates(incident: Mapping[str, Any]) -> dict[str, Any]:
    if not incident.get("date"):
        return {}
    first, last = incident["date"]
    precision = "day" if first == last else "days"
    return {"date_start": first, "date_end": last, "date_basis": incident["date_basis"], "date_precision": precision}


def _parties(incident: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "actors": ";".join(incident["actors"]),
        "targets": ";".join(incident["targets"]),
        "actor_side": line_of(incident["actors"][0])[-1] if incident["actors"] else None,
        "target_side": line_of(incident["targets"][0])[-1] if incident["targets"] else None,
    }


def _tolls(incident: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{name}_{end}": incident[name][number]
        for name in ("killed", "wounded")
        if incident.get(name)
        for number, end in enumerate(("min", "max"))
    }


def _place(spans: list[tuple[int, int]], found: list[PlaceMention], text: str) -> dict[str, Any]:
    joined = {"place_spans": ";".join(f"{start}-{end}" for start, end in spans)}
    for start, end in spans:
        for mention in found:
            if mention.place_id and mention.start < end and mention.end > start:
                place = default_gazetteer().places[mention.place_id]
                return joined | {
                    "place_id": place.id,
                    "place_ar": place.name_ar,
                    "place_en": place.name_en,
                    "admin1": place.admin1 or None,
                    "admin2": place.admin2 or None,
                    "country": place.country or None,
                    "lat": mention.lat,
                    "lon": mention.lon,
                    "place_precision": mention.precision,
                }
    return joined | ({"place_ar": text[slice(*spans[0])]} if spans else {})
