"""What is wrong with the hand-kept tables: each row's example and trap are tried, by equality."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from analysis.coding.actors import find_actors
from analysis.coding.lexicon import (
    Entry,
    Lexicon,
    build_lexicon,
    default_lexicon,
    read_entries,
    read_table,
    read_variants,
)
from analysis.coding.mentions import Mention, find_mentions
from analysis.coding.places import find_places
from analysis.coding.text import fold, fold_word
from analysis.paths import data_path

Problem = tuple[str, int, str, str]
"""File with its folder, line, problem, cure."""


def find_problems(folder: Path | None = None) -> pd.DataFrame:
    """Check every table of `lexicon` and `entities/actors.tsv` in a data folder (default: the package's).

    Returns one row per problem: file (string), line (int64), problem (string), cure (string); empty where all is well.
    """
    lexicon_folder = folder / "lexicon" if folder else data_path("lexicon")
    actors = folder / "entities" / "actors.tsv" if folder else data_path("entities", "actors.tsv")
    found: list[Problem] = []
    for path in [*sorted(lexicon_folder.glob("*.tsv")), actors]:
        found += _lines(path)
    if not found:  # what follows reads rows, which needs whole lines
        found += _entities(actors)
        variants = read_variants(lexicon_folder / "variants.tsv")
        entries = list(read_entries(lexicon_folder))
        found += [*_unknown(entries, variants, {row["id"] for row in read_table(actors)}), *_doubles(entries)]
        if not found:
            lexicon = build_lexicon(entries, variants) if folder else default_lexicon()
            found += _examples(lexicon)
    frame = pd.DataFrame(sorted(found), columns=["file", "line", "problem", "cure"])
    return frame.astype({"file": "string", "line": "int64", "problem": "string", "cure": "string"})


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _lines(path: Path) -> Iterator[Problem]:
    """Field counts, stray white space, bytes that are no UTF-8."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        yield _name(path), 1, f"not UTF-8 at byte {error.start}", "save the file as UTF-8"
        return
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        header = header or cells
        if len(cells) != len(header):
            yield _name(path), number, f"{len(cells)} fields, the header has {len(header)}", "keep one tab per column"
        for cell in cells:
            if cell != cell.strip() or "  " in cell:
                yield _name(path), number, f"stray white space in '{cell.strip()}'", "remove it"


def _entities(path: Path) -> Iterator[Problem]:
    rows = read_table(path)
    ids = Counter(row["id"] for row in rows)
    for row in rows:
        line = int(row["line"])
        if ids[row["id"]] > 1:
            yield _name(path), line, f"the id {row['id']} stands {ids[row['id']]} times", "keep one row per actor"
        for name in ("parent", "coded_as"):
            if row[name] and row[name] not in ids:
                yield _name(path), line, f"{name} {row[name]} is no id of this table", "correct it or add its row"
        if not row["source"]:
            yield _name(path), line, f"{row['id']} has no source", "say where this is known from"
        if not row["side"] or not row["type"]:
            yield _name(path), line, f"{row['id']} lacks side or type", "fill them in"
        yield from _dates(_name(path), line, row)
        above = row["id"]
        parents = {r["id"]: r["parent"] for r in rows}
        for _ in rows:
            above = parents.get(above, "")
        if above:
            yield _name(path), line, f"{row['id']} is its own ancestor", "correct the column parent"


def _dates(file: str, line: int, row: Mapping[str, str]) -> Iterator[Problem]:
    days = []
    for name in ("since", "until"):
        if row.get(name):
            try:
                days.append(date.fromisoformat(row[name]))
            except ValueError:
                yield file, line, f"{name} '{row[name]}' is no day", "write it as 2024-12-08"
    if len(days) == 2 and days[0] >= days[1]:
        yield file, line, "until is not after since", "correct one of them"


def _unknown(
    entries: Sequence[Entry], variants: Mapping[str, tuple[str, ...]], actors: Iterable[str]
) -> Iterator[Problem]:
    known = set(actors)
    for entry in entries:
        row = {"since": entry.more.get("since", ""), "until": entry.more.get("until", "")}
        yield from _dates(entry.file, entry.line, row)
        for name in entry.form.split("{")[1:]:
            if name.split("}")[0] not in variants:
                cure = "add it to variants.tsv or correct the name"
                yield entry.file, entry.line, f"no spellings for '{name.split('}')[0]}'", cure
        if not fold_word(entry.form):
            yield entry.file, entry.line, "the form is empty", "write a word or remove the row"
        used = [entry.id] if entry.sort == "actors" else [entry.more.get("alone", "")]
        used += list(entry.more.get("back", "").split(";")) if entry.sort == "actors" else []
        if entry.sort == "actors":
            used += [key for key in entry.more.get("context", "").split(";") if not (len(key) == 2 and key.isupper())]
        for key in used:
            if key and entry.sort in ("actors", "collectives") and key not in known:
                yield entry.file, entry.line, f"{key} is no id of entities/actors.tsv", "correct it or add its row"


def _doubles(entries: Sequence[Entry]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        more = entry.more
        conditions = tuple(more.get(name, "") for name in ("context", "since", "until", "outlet"))
        key = (entry.file, entry.id, entry.form, *conditions)
        if key in first:
            yield entry.file, entry.line, f"the same as line {first[key].line}", "remove one of the two"
        first.setdefault(key, entry)


def _examples(lexicon: Lexicon) -> Iterator[Problem]:
    namesakes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in lexicon.entries:
        namesakes[entry.sort, fold_word(entry.form)].add(entry.id)
    for entry in lexicon.entries:
        if entry.sort == "actors" and not entry.example:
            yield entry.file, entry.line, "no example", "write a phrase in which it is found"
        for phrase in filter(None, [entry.example]):
            if entry.sort == "actors":
                ids = _actors_in(phrase, entry, lexicon)
                wanted = {entry.id} - {""}
            elif entry.sort == "places":
                ids, wanted = _place_in(phrase, entry, lexicon), {entry.id}
            else:
                ids = {
                    key
                    for m in _mentions(phrase, lexicon)
                    if m.sort == entry.sort and entry in m.entries
                    for key in m.ids
                }
                wanted = namesakes[entry.sort, fold_word(entry.form)]
            if ids != wanted:
                yield (
                    entry.file,
                    entry.line,
                    f"the example gives {_list(ids)}, not {_list(wanted)}",
                    "correct the example",
                )
        if entry.trap and _is_found(entry, lexicon):
            yield entry.file, entry.line, f"the trap is taken for {entry.id}", "a longer form, or another trap"


def _actors_in(phrase: str, entry: Entry, lexicon: Lexicon) -> set[str]:
    """The entities that a form stands for in its example."""
    text = fold(phrase)
    mentions = find_mentions(text, lexicon)
    at = {m.at for m in mentions if m.sort == "actors" and entry in m.entries}
    outlet = entry.more.get("outlet", "").split(";")[0] or None
    return {m.entity_id or "nobody" for m in find_actors(text, mentions, _day(entry), outlet) if m.name_at in at}


def _place_in(phrase: str, entry: Entry, lexicon: Lexicon) -> set[str]:
    """The places that a form stands for in its example."""
    text = fold(phrase)
    form, places = fold_word(entry.form), find_places(text, find_mentions(text, lexicon))
    return {m.place_id or "nothing" for m in places if form in text.folded[m.at : m.to]}


def _day(entry: Entry) -> date | None:
    if entry.more.get("since"):
        return date.fromisoformat(entry.more["since"]) + timedelta(1)
    return date.fromisoformat(entry.more["until"]) - timedelta(1) if entry.more.get("until") else None


def _is_found(entry: Entry, lexicon: Lexicon) -> bool:
    text = fold(entry.trap)
    mentions = find_mentions(text, lexicon)
    if entry.sort == "places":  # a weak name is known and yet not taken without a head noun
        return any(m.place_id == entry.id for m in find_places(text, mentions))
    if entry.sort != "actors":
        return any(entry.id in m.ids for m in mentions if m.sort == entry.sort)
    return any(m.entity_id == entry.id for m in find_actors(text, mentions, _day(entry)))


def _mentions(phrase: str, lexicon: Lexicon) -> list[Mention]:
    return find_mentions(fold(phrase), lexicon)


def _list(ids: Iterable[str]) -> str:
    return ", ".join(sorted(ids)) or "nothing"
