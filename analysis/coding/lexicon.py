"""The words the coder knows: the tables of `data/lexicon`, compiled into one automaton.

A row is what an Arabic reader would write. What Arabic glues to a word (conjunctions, prepositions, the article,
pronouns) is added here, at matching time on the left and as forms on the right.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import ahocorasick

from analysis.coding.text import fold_word
from analysis.paths import data_path

CONJUNCTIONS = ("", "و", "ف")
PREPOSITIONS = ("", "ب", "ك", "ل")
ARTICLE = "ال"
PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم")

PREFIXES = frozenset(c + p for c in CONJUNCTIONS for p in PREPOSITIONS)
"""What may be glued before a word without the article."""
ARTICLE_PREFIXES = frozenset(c + ("لل" if p == "ل" else p + ARTICLE) for c in CONJUNCTIONS for p in PREPOSITIONS)
"""What may be glued before a word with the article, the article included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a lexicon table: a form, the id it means, and the phrases that prove it."""

    sort: str
    """The table it stands in: actors, places, acts, ..."""
    id: str
    form: str
    example: str
    trap: str = ""
    file: str = ""
    line: int = 0
    more: Mapping[str, str] = field(default_factory=dict)
    """The other columns of the row."""


@dataclass(frozen=True, slots=True)
class Key:
    """A form as the automaton holds it: folded, without its article."""

    entry: Entry
    length: int
    article: bool | None
    """True: only with the article; False: only without; None: either."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every entry of every table, and the automaton over their forms."""

    entries: tuple[Entry, ...]
    automaton: ahocorasick.Automaton


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a hand-kept TSV: one dict per row, with its `file` and `line`; lines that start with # are comments."""
    with path.open(encoding="utf-8", newline="") as handle:
        lines = [(number, line) for number, line in enumerate(handle, 1) if line.strip() and not line.startswith("#")]
    rows = csv.DictReader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        {**{name: value or "" for name, value in row.items() if name}, "file": path.name, "line": str(number)}
        for (number, _), row in zip(lines[1:], rows, strict=True)
    ]


def read_entries(folder: Path | None = None) -> Iterator[Entry]:
    """Read every row of every table of a lexicon folder (default: the package's, and the names of its places)."""
    if folder is None:
        yield from _names_of(data_path("entities", "places.tsv"))
    for path in sorted((folder or data_path("lexicon")).glob("*.tsv")):
        for row in read_table(path):
            if "form" not in row:
                continue
            known = ("id", "form", "example", "trap", "file", "line")
            more = {name: value for name, value in row.items() if name not in known}
            yield Entry(
                path.stem,
                row["id"],
                row["form"],
                row.get("example", ""),
                row.get("trap", ""),
                path.name,
                int(row["line"]),
                more,
            )


def _names_of(path: Path) -> Iterator[Entry]:
    """A table of things is a table of words too: each row's Arabic name means its id."""
    for row in read_table(path):
        if row["name_ar"]:
            yield Entry(path.stem, row["id"], row["name_ar"], "", "", path.name, int(row["line"]))


@cache
def default_lexicon() -> Lexicon:
    """The package's lexicon, compiled once."""
    return build_lexicon(read_entries())


def build_lexicon(entries: Iterable[Entry]) -> Lexicon:
    """Compile entries into a lexicon."""
    entries = tuple(entries)
    keys: dict[str, list[Key]] = {}
    for entry in entries:
        for form, article in _forms(entry):
            keys.setdefault(form + " ", []).append(Key(entry, len(form), article))
    automaton = ahocorasick.Automaton()
    for form, found in keys.items():
        automaton.add_word(form, tuple(found))
    automaton.make_automaton()
    return Lexicon(entries, automaton)


def _forms(entry: Entry) -> Iterator[tuple[str, bool | None]]:
    """The folded forms of an entry without their article, and whether the article must stand before them."""
    form = fold_word(entry.form)
    if form.startswith(ARTICLE) and len(form) > 4:
        yield form[2:], True
    else:
        yield form, None
