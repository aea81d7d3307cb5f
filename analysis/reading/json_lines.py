"""JSON Lines, and a JSON file that holds a list of reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from analysis.reading.encoding import decode
from analysis.reading.record import Record, SetAside


def read_json(file: Path) -> Iterator[Record | SetAside]:
    """Yield one record per object; an object with a `report` inside it (the gold format) gives that report."""
    try:
        content, encoding = decode(file.read_bytes())
    except (OSError, ValueError) as error:
        yield SetAside(file.name, None, f"cannot be read: {error}", "save it as UTF-8")
        return
    if file.suffix.lower() == ".json":
        yield from _whole(file, content, encoding)
        return
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield SetAside(file.name, number, f"is no JSON: {error}", "one JSON object a line", line)
            continue
        yield _record(file, number, value, encoding)


def _whole(file: Path, content: str, encoding: str) -> Iterator[Record | SetAside]:
    try:
        values = json.loads(content)
    except (json.JSONDecodeError, RecursionError) as error:
        yield SetAside(file.name, None, f"is no JSON: {error}", "a list of objects, or use .jsonl for one a line")
        return
    for number, value in enumerate(values if isinstance(values, list) else [values], 1):
        yield _record(file, number, value, encoding)


def _record(file: Path, number: int, value: object, encoding: str) -> Record | SetAside:
    if isinstance(value, dict) and isinstance(value.get("report"), dict):
        value = value["report"]
    if not isinstance(value, dict):
        return SetAside(file.name, number, "is no JSON object", "one object with report_id and text a line", str(value))
    return Record(file.name, number, value, encoding)
