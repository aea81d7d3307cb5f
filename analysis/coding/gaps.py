"""What the tables lack: names that reports use as actors or places and no row knows, as rows to complete and paste."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.coding.gazetteer import COLUMNS as PLACE_COLUMNS
from analysis.coding.gazetteer import Gazetteer, default_gazetteer
from analysis.coding.lexicon import ARTICLE, Lexicon, default_lexicon
from analysis.coding.mentions import Mention, find_mentions
from analysis.coding.place_unknown import QUOTES
from analysis.coding.places import PlaceMention, find_places
from analysis.coding.text import Text, fold, fold_word

COLUMNS = {
    "table": "string",
    "id": "string",
    "form": "string",
    "kind": "string",
    "parent": "string",
    "why": "string",
    "needed": "int64",
    "reports": "int64",
    "example": "string",
}
NAMING = frozenset({"militia", "faction", "organisation", "army", "unit"})
"""Ids in `lexicon/collectives.tsv` of nouns that a proper name follows."""
EXAMPLE_WORDS = 3
"""Words shown on either side of a name: enough to see what it is."""
_WORD = re.compile(r"[^\s.,;:!?()\[\]{}/\\%\n…«»-]+")


@dataclass
class Need:
    """A name that a table lacks, and where it was needed."""

    table: str
    why: str
    form: str
    needed: int = 0
    reports: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    parents: Counter[str] = field(default_factory=Counter)
    example: str = ""


def find_gaps(
    reports: pd.DataFrame, lexicon: Lexicon | None = None, gazetteer: Gazetteer | None = None
) -> pd.DataFrame:
    """Find names that reports (columns report_id, text) use as actors or places and that the tables lack.

    Returns one row per name, the most needed first: table (the file that lacks it), id (a Latin proposal), form (the
    name), kind (what its head noun says), parent (the governorate most often named beside it), why, needed (times),
    reports (how many), example (the words around its first use). `gap_rows` makes lines of them to paste.
    """
    lexicon, gazetteer = lexicon or default_lexicon(), gazetteer or default_gazetteer()
    needs: dict[tuple[str, str], Need] = {}
    for number, row in enumerate(reports.to_dict("records")):
        text = fold(str(row["text"]))
        mentions = find_mentions(text, lexicon)
        report = str(row.get("report_id") or number)
        places = find_places(text, mentions, gazetteer=gazetteer)
        beside = _governorate(places, gazetteer)
        for table, why, kind, at, to in [*_places(places), *_actors(text, mentions)]:
            form = _written(text, at, to)
            key = (table, fold_word(form))
            need = needs.setdefault(key, Need(table, why, form, example=_around(text, at, to)))
            need.needed += 1
            need.reports.add(report)
            need.kinds[kind] += 1
            need.parents[beside] += 1
    return _frame(needs.values())


def gap_rows(gaps: pd.DataFrame, table: str) -> str:
    """The gaps of one table ('entities/places.tsv', 'lexicon/actors.tsv') as lines with the columns of that table.

    What a person must fill in (coordinates, a source, who the actor is) is left empty.
    """
    columns = _COLUMNS_OF[table]
    lines = []
    for gap in gaps[gaps["table"] == table].to_dict("records"):
        cells = {**gap, "name_ar": gap["form"], "admin1": gap["parent"]}
        lines.append("\t".join("" if pd.isna(cells.get(name, "")) else str(cells.get(name, "")) for name in columns))
    return "".join(line + "\n" for line in lines)


_COLUMNS_OF = {
    "entities/places.tsv": PLACE_COLUMNS,
    "lexicon/actors.tsv": "id form example trap use context since until back outlet".split(),
}


def _places(places: Sequence[PlaceMention]) -> Iterator[tuple[str, str, str, int, int]]:
    for place in places:
        if place.reason == "unknown name":
            yield "entities/places.tsv", "unknown name", place.kind, place.name_at, place.to
        elif place.place_id is None and place.candidates:
            yield "entities/places.tsv", place.reason, place.kind, place.name_at, place.to
        elif place.place_id and place.lat is None and place.kind in ("village", "town", "city", "field", "base"):
            yield "entities/places.tsv", "no coordinates", place.kind, place.name_at, place.to


def _actors(text: Text, mentions: Sequence[Mention]) -> Iterator[tuple[str, str, str, int, int]]:
    """Proper names after a noun such as militia or brigade where no actor is known."""
    taken = {m.at - len(m.prefix) for m in mentions} | {m.at for m in mentions}
    named = [(m.at, m.to) for m in mentions if m.sort == "actors"]
    for mention in mentions:
        if mention.sort != "collectives" or not NAMING & set(mention.ids):
            continue
        at = mention.to + 1
        if text.folded.startswith(ARTICLE, mention.at) or any(a <= mention.at and at <= b for a, b in named):
            continue
        word = _WORD.match(text.folded, at)
        if word is None or at in taken or not _is_name(text, at, word.group()):
            continue
        to = word.end()
        following = _WORD.match(text.folded, to + 1)
        if following and text.folded[to : to + 1] == " " and to + 1 not in taken and _joined(word, following):
            to = following.end()
        yield "lexicon/actors.tsv", "unknown name", next(iter(NAMING & set(mention.ids))), mention.at, to


def _is_name(text: Text, at: int, word: str) -> bool:
    """A proper name after a noun is quoted or has the article; a bare noun mostly describes."""
    start, _ = text.span(at, at)
    quoted = start > 0 and text.raw[start - 1] in QUOTES
    return len(word) > 2 and (quoted or word.startswith(ARTICLE))


def _joined(word: re.Match[str], following: re.Match[str]) -> bool:
    return following.group().startswith(ARTICLE) and word.group().startswith(ARTICLE)


def _written(text: Text, at: int, to: int) -> str:
    """The name as published, on one line and without quotes and marks."""
    start, end = text.span(at, to)
    kept = "".join(" " if c in QUOTES or c in "_#" else c for c in text.raw[start:end])
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Mn", "Cf", "Cc")).split())


def _around(text: Text, at: int, to: int) -> str:
    """The words around a name as published, on one line and without what cannot be seen."""
    before = text.folded[:at].split(" ")[-EXAMPLE_WORDS - 1 :]
    after = text.folded[to:].split(" ")[: EXAMPLE_WORDS + 1]
    start, end = text.span(at - len(" ".join(before)), to + len(" ".join(after)))
    shown = (c for c in text.raw[start:end] if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc"))
    return " ".join("".join(shown).split())


def _governorate(places: Sequence[PlaceMention], gazetteer: Gazetteer) -> str:
    """The governorate that most places of a report lie in, '' where none does."""
    found = Counter(gazetteer.places[p.place_id].admin1 for p in places if p.place_id)
    del found[""]
    return found.most_common(1)[0][0] if found else ""


def _frame(needs: Iterable[Need]) -> pd.DataFrame:
    ranked = sorted(needs, key=lambda n: (-len(n.reports), -n.needed, n.table, n.form))
    ids: dict[str, int] = defaultdict(int)
    rows = []
    for need in ranked:
        name = latin(need.form)
        ids[name] += 1
        rows.append(
            (
                need.table,
                name if ids[name] == 1 else f"{name}_{ids[name]}",
                need.form,
                need.kinds.most_common(1)[0][0],
                need.parents.most_common(1)[0][0],
                need.why,
                need.needed,
                len(need.reports),
                need.example,
            )
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def latin(form: str) -> str:
    """An id proposed for an Arabic name: its letters one by one, by the names that Unicode gives them.

    >>> latin("قرية مركدة")
    'qrya_mrkda'
    """
    letters = []
    for character in form:
        name = unicodedata.name(character, "").removeprefix("ARABIC LETTER ").split(" WITH ")[0]
        letters.append(_LATIN.get(name, character.lower() if character.isascii() and character.isalnum() else "_"))
    return re.sub("_+", "_", "".join(letters)).strip("_") or "name"


_LATIN = {
    "ALEF": "a", "BEH": "b", "TEH": "t", "TEH MARBUTA": "a", "THEH": "th", "JEEM": "j", "HAH": "h", "KHAH": "kh",
    "DAL": "d", "THAL": "dh", "REH": "r", "ZAIN": "z", "SEEN": "s", "SHEEN": "sh", "SAD": "s", "DAD": "d", "TAH": "t",
    "ZAH": "z", "AIN": "a", "GHAIN": "gh", "FEH": "f", "QAF": "q", "KAF": "k", "LAM": "l", "MEEM": "m", "NOON": "n",
    "HEH": "h", "WAW": "w", "YEH": "y", "ALEF MAKSURA": "a", "HAMZA": "",
}  # fmt: skip
