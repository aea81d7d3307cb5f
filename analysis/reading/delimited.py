"""CSV and TSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from analysis.reading.encoding import decode
from analysis.reading.record import Record, SetAside

LONGEST_FIELD = 20_000_000
"""Characters; a field beyond it is a file gone wrong."""


def read_delimited(file: Path) -> Iterator[Record | SetAside]:
    """Yield one record per row of a CSV or TSV file with a header; a row with too many or too few fields is set aside.

    The delimiter is a tab where the name ends in `.tsv`, else the one of comma, semicolon and tab the header has most.
    """
    try:
        content, encoding = decode(file.read_bytes())
    except (OSError, ValueError) as error:
        yield SetAside(file.name, None, f"cannot be read: {error}", "save it as UTF-8")
        return
    header = content.split("\n", 1)[0]
    delimiter = "\t" if file.suffix.lower() == ".tsv" else max(",;\t", key=header.count)
    rows = _parse(content, delimiter)
    try:
        _, names = next(rows)
    except StopIteration:
        yield SetAside(file.name, None, "the file is empty", "give it a header line and rows")
        return
    except csv.Error as error:
        yield SetAside(file.name, 1, f"the header cannot be parsed: {error}", "mend the header line", header)
        return
    names = [name.strip() for name in names]
    line = 1
    while True:
        try:
            line, values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield SetAside(file.name, line + 1, f"cannot be parsed: {error}", "check the quotes of this row")
            return
        if not any(values):
            continue
        if len(values) != len(names):
            reason = f"{len(values)} fields where the header names {len(names)}"
            yield SetAside(file.name, line, reason, "check quotes and delimiters of this row", delimiter.join(values))
            continue
        yield Record(file.name, line, dict(zip(names, values, strict=True)), encoding)


def _parse(content: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins on.

    In a TSV a quote is an ordinary character, unless reading it as a quote leaves fewer rows of the wrong length.
    """
    limit = csv.field_size_limit(LONGEST_FIELD)
    try:
        if delimiter == "\t" and _misfits(content, csv.QUOTE_NONE) <= _misfits(content, csv.QUOTE_MINIMAL):
            yield from _rows(content, delimiter, csv.QUOTE_NONE)
        else:
            yield from _rows(content, delimiter, csv.QUOTE_MINIMAL)
    finally:
        csv.field_size_limit(limit)


def _rows(content: str, delimiter: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, quoting=quoting)
    begin = 1
    for values in reader:
        yield begin, values
        begin = reader.line_num + 1


def _misfits(content: str, quoting: Literal[0, 3]) -> int:
    try:
        lengths = [len(values) for _, values in _rows(content, "\t", quoting) if any(values)]
    except csv.Error:
        return len(content)
    return sum(length != lengths[0] for length in lengths)
