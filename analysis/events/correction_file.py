"""Files of corrections: tab-separated, append-only, one line one judgment, made to be read in a diff.

report_id text_hash start end   the anchor: which report, which text, which words of it (half-open, characters)
quote                           those words, for the reader
verb field was now              the judgment; `was` is what the program said when it was made
reason coder date               why, by whom, when

change    `field` of the incident at the anchor was `was` and is `now` (see `correction_fields.FIELDS`)
add       the words tell of an incident of the kind `now`, which the program does not see; changes may follow
remove    the incident there, of the kind `was`, is none
together  it is one act with the incident at `now`, written report_id:text_hash:start-end
apart     it is not
withdraw  earlier lines on this anchor and this `field` (or verb, written in `field`) are taken back: all of them, or
          those that said `now` where that is given
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.events.correction_fields import FIELDS, read_field
from analysis.events.file_lock import alone
from analysis.paths import atomic_path
from analysis.reading.encoding import decode
from analysis.reading.record import SetAside
from analysis.tables import with_set_aside

COLUMNS = "report_id text_hash start end quote verb field was now reason coder date".split()
VERBS = ("change", "add", "remove", "together", "apart", "withdraw")
LONGEST_QUOTE = 60
"""Characters of the report that a line repeats."""
_HASH = re.compile(r"[0-9a-f]{16}")
_OTHER = re.compile(r"(.+):([0-9a-f]{16}):(\d{1,9})-(\d{1,9})")
_FORMULA = re.compile(r"'*[=+\-@]")
_GUARDED = re.compile(r"'+[=+\-@]")
_INVISIBLE = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of one text: the report, the hash of its text, and a half-open stretch in characters."""

    report_id: str
    text_hash: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.report_id}:{self.text_hash}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Correction:
    """One judgment of one person on one incident; see the module's docstring."""

    report_id: str
    text_hash: str
    start: int
    end: int
    quote: str
    verb: str
    field: str
    was: str
    now: str
    reason: str
    coder: str
    date: str

    @property
    def anchor(self) -> Anchor:
        """The words it is about."""
        return Anchor(self.report_id, self.text_hash, self.start, self.end)

    @property
    def other(self) -> Anchor:
        """The other incident of `together` and `apart`."""
        return read_anchor(self.now)


def text_hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a report's text as published, in UTF-8.

    >>> text_hash("a")
    'ca978112ca1bbdca'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_anchor(text: str) -> Anchor:
    """Read an anchor written report_id:text_hash:start-end; raises ValueError where it is none."""
    found = _OTHER.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no incident; write report_id:text_hash:start-end")
    return Anchor(found[1], found[2], int(found[3]), int(found[4]))


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


def withdrawn_lines(lines: Sequence[Correction]) -> dict[int, list[int]]:
    """Of each `withdraw` (its number), the numbers of the earlier lines that it takes back and no other has."""
    taken: set[int] = set()
    found: dict[int, list[int]] = {}
    on_words: dict[Anchor, list[int]] = {}
    for n, line in enumerate(lines):
        if line.verb == "withdraw":
            found[n] = [
                m
                for m in on_words.get(line.anchor, [])
                if m not in taken
                and line.field == (lines[m].field if lines[m].verb == "change" else lines[m].verb)
                and line.now in ("", lines[m].now)
            ]
            taken.update(found[n])
        else:
            on_words.setdefault(line.anchor, []).append(n)
    return found


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


def write_corrections(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a table of corrections as a file, in one step."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(_guard(str(value)) for value in asdict(row).values()) for row in corrections_of(frame)]
    with atomic_path(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return Path(path)


def check_correction(correction: Correction) -> None:
    """Raise ValueError, with the cure after a semicolon, where a judgment cannot be applied to any table."""
    c = correction
    for name in ("report_id", "reason", "coder"):
        if not getattr(c, name).strip():
            raise ValueError(f"no {name}; write it")
    if not _HASH.fullmatch(c.text_hash):
        raise ValueError(f"text_hash {c.text_hash!r} is none; it is 16 digits, see text_hash()")
    if not 0 <= c.start < c.end:
        raise ValueError(f"start {c.start} and end {c.end} are no stretch of text; start is below end")
    try:
        date.fromisoformat(c.date)
    except ValueError:
        raise ValueError(f"date {c.date!r} is no day; write it as 2022-01-03") from None
    if c.verb not in VERBS:
        raise ValueError(f"{c.verb!r} is no verb; write one of {', '.join(VERBS)}")
    _CHECKS.get(c.verb, _check_change)(c)


def _check_change(c: Correction) -> None:
    if c.field != "place":  # a user's own places are known only where the line is applied
        read_field(c.field, c.now)
    if c.was == c.now:
        raise ValueError(f"was and now are both {c.now!r}; a change needs two values")


def _check_add(c: Correction) -> None:
    read_field("kind", c.now)


def _check_remove(c: Correction) -> None:
    if not c.was:
        raise ValueError("remove without `was`; write there the kind that the program gave")


def _check_pair(c: Correction) -> None:
    if c.other == c.anchor:
        raise ValueError("an incident is paired with itself; name two")


def _check_withdraw(c: Correction) -> None:
    if c.field not in (*FIELDS, *VERBS[1:-1]):
        raise ValueError(f"withdraw of {c.field!r}; write in `field` the field or the verb that is taken back")


_CHECKS = {
    "add": _check_add,
    "remove": _check_remove,
    "together": _check_pair,
    "apart": _check_pair,
    "withdraw": _check_withdraw,
}


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
