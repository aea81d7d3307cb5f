"""Files of corrections: tab-separated, append-only, one line one judgment (see `judgments`), to be read in a diff."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.events.file_lock import alone
from analysis.events.judgments import COLUMNS, Correction, check_correction
from analysis.paths import atomic_path
from analysis.reading.encoding import decode
from analysis.reading.record import SetAside
from analysis.tables import with_set_aside

LONGEST_QUOTE = 60
"""Characters of the report that a line repeats."""
_FORMULA = re.compile(r"'*[=+\-@]")
_GUARDED = re.compile(r"'+[=+\-@]")
_INVISIBLE = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def read_corrections(path: str | Path) -> pd.DataFrame:
    """Read a file of corrections: columns COLUMNS (strings; start, end int64), then `file` and `line` (1: the header).

    A line that cannot be read, or names an unknown verb, field or value, is set aside with its line and a cure
    (`tables.set_aside`); the rest is kept, in the order of the file. Lines that begin with # and empty ones are passed
    over. Raises FileNotFoundError where there is no file, ValueError where its header lacks a column.
    """
    path = Path(path)
    content, _ = decode(path.read_bytes())
    lines = content.split("\n")
    names = lines[0].split("\t")
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise ValueError(f"{path.name}, line 1: no column {', '.join(missing)}; the header is {' '.join(COLUMNS)}")
    kept: list[dict[str, Any]] = []
    aside: list[SetAside] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            correction = _read_line(line, names)
        except ValueError as error:
            reason, _, cure = str(error).partition("; ")
            aside.append(SetAside(path.name, number, reason, cure or "mend the line", line))
        else:
            kept.append(asdict(correction) | {"file": path.name, "line": number})
    return with_set_aside(corrections_table(kept), [row.row() for row in aside])


def corrections_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table of corrections as `read_corrections` returns it, from rows with its columns."""
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "file", "line"])
    whole = ("start", "end", "line")
    return frame.astype({name: "int64" if name in whole else "string" for name in frame.columns})


def corrections_of(frame: pd.DataFrame) -> list[Correction]:
    """The corrections of a table, in its order."""
    return [Correction(**row) for row in frame[COLUMNS].to_dict("records")]


def append_correction(path: str | Path, correction: Correction | Mapping[str, Any]) -> None:
    """Add one judgment at the end of a file, in one step; the file is made where it is missing.

    Nothing that stands there is touched. A second writer waits, at most file_lock.PATIENCE seconds. Raises ValueError
    where the judgment is none (as `check_correction`) or the file is no file of corrections, TimeoutError where
    another writer does not finish.
    """
    if not isinstance(correction, Correction):
        correction = Correction(**correction)
    correction = _tidy(correction)
    check_correction(correction)
    path = Path(path)
    with alone(path):
        content = path.read_bytes() if path.exists() else b""
        try:
            names = content.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r").split("\t")
        except UnicodeDecodeError:
            raise ValueError(f"{path.name} is not UTF-8; save it as UTF-8 before adding to it") from None
        if not content.strip():
            names, content = COLUMNS, "\t".join(COLUMNS).encode() + b"\n"
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise ValueError(f"{path.name}: its first line lacks {', '.join(missing)}; give a file of corrections")
        cells = {name: _guard(str(value)) for name, value in asdict(correction).items()}
        line = "\t".join(cells.get(name, "") for name in names)
        joint = b"" if content.endswith(b"\n") else b"\n"
        with atomic_path(path) as temporary:
            temporary.write_bytes(content + joint + line.encode("utf-8", "surrogatepass") + b"\n")


def withdraw_correction(path: str | Path, line: int, reason: str, coder: str, today: date | str) -> None:
    """Take back the judgment that stands on a line of a file (1: the header), by a line at its end.

    Raises ValueError where no judgment can be read on that line, or it is itself a withdrawal; else as
    `append_correction`.
    """
    frame = read_corrections(path)
    found = corrections_of(frame[frame["line"] == line])
    if not found or found[0].verb == "withdraw":
        raise ValueError(f"{Path(path).name}, line {line}: no judgment that could be taken back stands there")
    was = found[0]
    name = was.field if was.verb == "change" else was.verb
    day = today if isinstance(today, str) else today.isoformat()
    append_correction(path, replace(was, verb="withdraw", field=name, reason=reason, coder=coder, date=day))


def write_corrections(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a table of corrections as a file, in one step."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(_guard(str(value)) for value in asdict(row).values()) for row in corrections_of(frame)]
    with atomic_path(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return Path(path)


def _read_line(line: str, names: list[str]) -> Correction:
    cells = line.split("\t")
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} cells where the header names {len(names)}; check the tabs of this line")
    values: dict[str, Any] = {
        name: _unguard(cell.strip()) for name, cell in zip(names, cells, strict=True) if name in COLUMNS
    }
    for name in ("start", "end"):
        if not re.fullmatch(r"\d{1,9}", values[name]):
            raise ValueError(f"{name} {values[name]!r} is no number; write a position in the text")
        values[name] = int(values[name])
    correction = Correction(**values)
    check_correction(correction)
    return correction


def _tidy(c: Correction) -> Correction:
    """A judgment as it is written: one line, no invisible marks in the quote."""
    if re.search(r"[\t\r\n]", c.report_id):
        raise ValueError(f"report_id {c.report_id!r} holds a tab or a line end; rename the report")
    quote = _INVISIBLE.sub("", " ".join(c.quote.split()))
    if len(quote) > LONGEST_QUOTE:
        quote = f"{quote[: LONGEST_QUOTE - 1]}…"
    return replace(
        c,
        quote=quote,
        reason=" ".join(c.reason.split()),
        coder=" ".join(c.coder.split()),
        was=" ".join(c.was.split()),
        now=" ".join(c.now.split()) if c.verb not in ("together", "apart") else c.now,
    )


def _guard(cell: str) -> str:
    """A cell that a spreadsheet would run gets an apostrophe before it; `_unguard` takes it off."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguard(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
