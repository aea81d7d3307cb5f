"""What a person says of a single incident, as one line: its words, and what may be said.

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
          those with the same `was` and `now` where these are given
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.events.correction_fields import FIELDS, read_field

COLUMNS = "report_id text_hash start end quote verb field was now reason coder date".split()
VERBS = ("change", "add", "remove", "together", "apart", "withdraw")
_HASH = re.compile(r"[0-9a-f]{16}")
_OTHER = re.compile(r"(.+):([0-9a-f]{16}):(\d{1,9})-(\d{1,9})")


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
                and (line.was, line.now) in (("", ""), (lines[m].was, lines[m].now))
            ]
            taken.update(found[n])
        else:
            on_words.setdefault(line.anchor, []).append(n)
    return found


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
