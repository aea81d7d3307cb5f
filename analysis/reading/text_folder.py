"""A folder of `.txt` files, with a `reports.tsv` that says when and where each was published, or without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.reading.delimited import read_delimited
from analysis.reading.encoding import decode
from analysis.reading.record import Record, SetAside

TABLE = "reports.tsv"


def read_text_folder(folder: Path) -> Iterator[Record | SetAside]:
    """Yield the reports of a folder: the rows of `reports.tsv` with their texts, then the texts without a row."""
    texts = {file.stem: file for file in sorted(folder.glob("*.txt"))}
    told: set[str] = set()
    if (folder / TABLE).exists():
        for record in read_delimited(folder / TABLE):
            if isinstance(record, SetAside):
                yield record
                continue
            report_id = str(record.values.get("report_id") or record.values.get("id") or "")
            if report_id not in texts:
                cure = f"put {report_id or 'the report'}.txt beside {TABLE}, or take the row out"
                yield record.aside(f"there is no file {report_id}.txt", cure)
                continue
            told.add(report_id)
            yield from _with_text(record, texts[report_id])
    for stem, file in texts.items():
        if stem not in told:
            yield from read_text_file(file)


def read_text_file(file: Path) -> Iterator[Record | SetAside]:
    """Yield the one report of a text file, under the file's name; when it was published is not known."""
    yield from _with_text(Record(file.name, None, {"report_id": file.stem}), file)


def _with_text(record: Record, file: Path) -> Iterator[Record | SetAside]:
    try:
        text, encoding = decode(file.read_bytes())
    except (OSError, ValueError) as error:
        yield SetAside(file.name, None, f"cannot be read: {error}", "save it as UTF-8")
        return
    yield Record(record.file, record.line, {**record.values, "text": text}, encoding)
