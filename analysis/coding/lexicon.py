"""The words the coder knows: the tables of `data/lexicon`, compiled into one automaton.

A row is what an Arabic reader would write. A word in braces stands for every spelling that `variants.tsv` lists under
it. What Arabic glues to a word (conjunctions, prepositions, the article, pronouns) is added here: on the left when
matching, on the right as forms of their own.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import ahocorasick
import pandas as pd

from analysis.coding.text import fold
from analysis.paths import data_path

CONJUNCTIONS = ("", "و", "ف")
PREPOSITIONS = ("", "ب", "ك", "ل")
WITH, LIKE, TO = PREPOSITIONS[1:]
ARTICLE, TO_THE = "ال", "لل"
PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا")

PREFIXES = frozenset(c + p for c in CONJUNCTIONS for p in PREPOSITIONS)
"""What may be glued before a word without the article."""
ARTICLE_PREFIXES = frozenset(c + (TO_THE if p == TO else p + ARTICLE) for c in CONJUNCTIONS for p in PREPOSITIONS)
"""What may be glued before a word with the article, the article included."""
WITH_PRONOUNS = frozenset({"collectives"})
"""The tables of common nouns, which take a pronoun ("its forces") unless their row says `no` in `pronoun`."""
TA_MARBUTA, TA, YA, HA = "ة", "ت", "ي", "ه"
HAMZA, SEATS = "ء", "ئؤ"
"""The last letter of "members", and its forms before a pronoun."""
ALEF, PLURALS, DUAL = "ا", ("ون", "ين"), "ان"
"""Endings of a noun that nothing can possess: of an indefinite object, of plural and dual."""
_BRACES = re.compile(r"\{([^{}]*)\}")


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
    suffix: str = ""
    """The pronoun at its end; `length` counts it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every entry of every table, and the automaton over their forms."""

    entries: tuple[Entry, ...]
    automaton: ahocorasick.Automaton


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a hand-kept TSV: a dict per row, with its `file` and `line`; lines that start with # are comments."""
    with path.open(encoding="utf-8", newline="") as handle:
        lines = [(number, line) for number, line in enumerate(handle, 1) if line.strip() and not line.startswith("#")]
    rows = csv.DictReader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    file = f"{path.parent.name}/{path.name}"
    return [
        {name: value or "" for name, value in row.items() if name} | {"file": file, "line": str(number)}
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
                row["file"],
                int(row["line"]),
                more,
            )


def _names_of(path: Path) -> Iterator[Entry]:
    """A table of things is a table of words too: each row's Arabic name means its id."""
    for row in read_table(path):
        if row["name_ar"]:
            more = {"weak": "yes"} if row.get("alone") == "village" else {}
            yield Entry(path.stem, row["id"], row["name_ar"], "", "", row["file"], int(row["line"]), more)


def read_variants(path: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Read the spellings that a word in braces stands for (default: the package's `variants.tsv`)."""
    rows = read_table(path or data_path("lexicon", "variants.tsv"))
    return {row["name"]: tuple(word.strip() for word in row["words"].split(" / ")) for row in rows}


@cache
def default_lexicon() -> Lexicon:
    """The package's lexicon, compiled once."""
    return build_lexicon(read_entries())


def build_lexicon(entries: Iterable[Entry], variants: Mapping[str, tuple[str, ...]] | None = None) -> Lexicon:
    """Compile entries into a lexicon; `variants` are the spellings of words in braces (default: the package's).

    Raises ValueError where a word in braces has no spellings, naming the file and line.
    """
    entries = tuple(entries)
    if variants is None:
        variants = read_variants() if any("{" in entry.form for entry in entries) else {}
    nouns = {entry.form for entry in entries if entry.sort in WITH_PRONOUNS}
    written = [form for entry in entries for form in _forms(entry, variants, nouns)]
    keys: dict[str, list[Key]] = {}
    for (entry, _, suffix), folded in zip(written, fold_words([form for _, form, _ in written]), strict=True):
        form, article = (folded, False) if suffix else _without_article(folded)
        keys.setdefault(form + " ", []).append(Key(entry, len(form), article, suffix))
    automaton = ahocorasick.Automaton()
    for form, found in keys.items():
        automaton.add_word(form, tuple(found))
    automaton.make_automaton()
    return Lexicon(entries, automaton)


def problems(folder: Path | None = None) -> pd.DataFrame:
    """Check every table of words and actors: one row per problem, none where all is well.

    Columns: file, line, problem, cure. `folder`: another folder with `lexicon` and `entities` in it.
    """
    from analysis.coding.problems import find_problems  # it needs the matcher, which needs this module

    return find_problems(folder)


def spellings(form: str, variants: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Every spelling of a form with words in braces.

    Raises KeyError for a word in braces that has no spellings.

    >>> spellings("{لواء} الباقر", {"لواء": ("لواء", "ميليشيا")})
    ['لواء الباقر', 'ميليشيا الباقر']
    """
    parts = _BRACES.split(form)
    return ["".join(choice) for choice in itertools.product(*_choices(parts, variants))]


def _choices(parts: list[str], variants: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for number, part in enumerate(parts):
        yield variants[part] if number % 2 else (part,)


def fold_words(forms: Sequence[str]) -> list[str]:
    """Fold many forms in one go, each as `fold_word` does.

    >>> fold_words(["قوّة", "الدولة  الإسلامية"])
    ['قوه', 'الدوله الاسلاميه']
    """
    return [" ".join(line.split()) for line in fold("\n".join(forms)).folded.split("\n")] if forms else []


def _forms(
    entry: Entry, variants: Mapping[str, tuple[str, ...]], nouns: Collection[str]
) -> Iterator[tuple[Entry, str, str]]:
    """The spellings of an entry, and those with a pronoun: (entry, form, pronoun).

    Before a pronoun the last letter of "members" is written on a seat ("its members"); "fighters of" takes one as it
    is, where an adjective in the same letter would become a feminine. `nouns`: all forms of the tables that take one.
    """
    if "{" not in entry.form:
        written = [entry.form]
    else:
        try:
            written = spellings(entry.form, variants)
        except KeyError as missing:
            raise ValueError(
                f"{entry.file}:{entry.line}: no row of variants.tsv has the name {missing}; add one"
            ) from None
    pronouns = entry.sort in WITH_PRONOUNS and entry.more.get("pronoun") != "no"
    for spelling in written:
        yield entry, spelling, ""
        if pronouns and " " not in spelling:
            stem = spelling[:-1] + TA if spelling.endswith(TA_MARBUTA) else spelling
            plural = spelling.endswith(YA) and spelling[:-1] + PLURALS[1] in nouns
            stems = [stem[:-1] + seat for seat in SEATS] if stem.endswith(HAMZA) else []
            for written_stem, pronoun in itertools.product([stem, *stems], PRONOUNS):
                if plural or not (pronoun == HA and spelling.endswith(YA)):  # would be the feminine of an adjective
                    yield entry, written_stem + pronoun, pronoun


def _without_article(form: str) -> tuple[str, bool | None]:
    if form.startswith(ARTICLE) and len(form) > 4:
        return form[2:], True
    return form, None
