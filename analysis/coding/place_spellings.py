"""Settlements whose name the text spells otherwise than the table: "the village of X" by a key of how X may be written.

The article kept or dropped, a final ta marbuta, alef or ya, two words or one, the feminine of "upper" or "great", and
letters that are heard alike: a name that was once written in Latin letters came back with one for the other. Such a key
meets strangers too; it is asked only after a word for a settlement whose name no table has, and only a place that lies
in or near what the report names is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.coding.gazetteer import Gazetteer, Place
from analysis.coding.lexicon import ALEF, ARTICLE, HA, TA, default_lexicon, fold_words, read_table
from analysis.coding.namesakes import by_what_is_named
from analysis.coding.place_heads import Found
from analysis.coding.text import Text, fold_word
from analysis.paths import data_path

LONGEST = 4
"""A name has at most so many words."""
SHORTEST = (3, 3, 4, 3)
"""Letters that a key of each level must have to tell one name from others."""
ROUGH = 2
"""From this level on a key says where about it is: it may be the village's neighbour."""
AREA = "area"
"""The id in `lexicon/heads.tsv` of "the area of"."""
TABLE = "entities/places.tsv"
KINDS = frozenset({"city", "town", "village", "farm"})
_NEXT = re.compile(r" ?([^\s.,;:!?()\[\]{}/\\%\n…«»-]+)")
_TWICE = re.compile(r"(.)\1+")


class Respelling(NamedTuple):
    """The stretch of a text that is a place's name in another spelling, and the places it may mean."""

    to: int
    """Where the name ends, in the folded text."""
    places: tuple[Place, ...]
    rough: bool
    """Whether the spellings are so far apart that the point is only near."""


def respelled(
    text: Text, found: Found, report: Collection[Place], gazetteer: Gazetteer, whole: bool
) -> Respelling | None:
    """The settlements that a name may mean in another spelling, None where there are none in or near what is named.

    `report`: the places it is told among. `whole`: the name is known as it stands, and only a longer one is looked for,
    in a close spelling. After "the area of", which may be no settlement's, only the article may be another.
    """
    area = AREA in found.heads.ids[-1:] and not found.candidates
    if found.back or not (found.heads.settled or area):
        return None
    index = _index(gazetteer)
    spans = [to for to in _ends(text.folded, found.name_at) if to > found.to or (to == found.to and not whole)]
    for level in range(1 if area else ROUGH if whole else len(SHORTEST)):
        for to in reversed(spans):
            key = spelling_keys(text.folded[found.name_at : to])[level]
            places = index[level].get(key, ()) if len(key) >= SHORTEST[level] else ()
            near = tuple(p for p in places if by_what_is_named(p, report, gazetteer))
            if near:
                return Respelling(to, near, level >= ROUGH)
    return None


@lru_cache(maxsize=1 << 14)
def spelling_keys(name: str) -> tuple[str, str, str, str]:
    """What a folded name has in common with its other spellings, from the closest level to the widest.

    Without articles; without final weak letters, spaces and doubles; as it sounds; without the word for a side.

    >>> spelling_keys("تل الشور الشرقيه")
    ('تل شور شرقيه', 'تلشورشرقي', 'تلشورشركي', 'تل شور')
    """
    words = [word[2:] if word.startswith(ARTICLE) and len(word) > 4 else word for word in name.split()]
    letters, known, sides, endings = _respellings()
    said = [known.get(word, word) for word in words]
    closed = [_closed(word, endings) for word in [*(_free(word) for word in said[:-1]), *said[-1:]]]
    kept = said[:1] + [word for word in said[1:] if word not in sides]
    return " ".join(words), "".join(closed), _TWICE.sub(r"\1", "".join(closed).translate(letters)), " ".join(kept)


def _closed(word: str, endings: Collection[str]) -> str:
    word = _TWICE.sub(r"\1", word)
    while len(word) > 3 and word[-1] in endings:
        word = word[:-1]
    return word


def _free(word: str) -> str:
    """A word before what it belongs to, its ta as it stands alone: it may be written as it is heard there."""
    joined = len(word) > 3 and word.endswith(TA) and not word.endswith(ALEF + TA)
    return word[:-1] + HA if joined else word


def _ends(folded: str, at: int) -> Iterator[int]:
    """Where the name that begins at a position may end: after each of its words, but for "east" before another name."""
    directions, after = _directions()
    for _ in range(LONGEST):
        word = _NEXT.match(folded, at)
        if word is None:
            return
        at = word.end()
        following = _NEXT.match(folded, at)
        if word[1] not in directions or following is None or following[0][0] != " " or following[1] in after:
            yield at


@cache
def _directions() -> tuple[frozenset[str], frozenset[str]]:
    """The words that say where another place lies unless one of certain words follows them, and these words."""
    rows = read_table(data_path("lexicon", "respellings.tsv"))
    return (
        frozenset(fold_word(row["written"]) for row in rows if row["sort"] == "direction"),
        frozenset(fold_word(row["written"]) for row in rows if row["sort"] == "follows"),
    )


@cache
def _respellings() -> tuple[dict[int, str], Mapping[str, str], frozenset[str], frozenset[str]]:
    """Letters by what they count as, words by what they count as, the words for a side, the endings left aside."""
    rows = read_table(data_path("lexicon", "respellings.tsv"))
    letters = str.maketrans({row["written"]: row["as"] for row in rows if row["sort"] == "letter"})
    words = {fold_word(row["written"]): fold_word(row["as"]) for row in rows if row["sort"] in ("word", "side")}
    sides = frozenset(fold_word(row["as"]) for row in rows if row["sort"] == "side")
    return letters, words, sides, frozenset(row["written"] for row in rows if row["sort"] == "ending")


def _index(gazetteer: Gazetteer) -> Sequence[Mapping[str, tuple[Place, ...]]]:
    """For each level the settlements with a point by their key; made once for a gazetteer."""
    if not gazetteer.spelled:
        tables: list[dict[str, dict[str, Place]]] = [{} for _ in SHORTEST]
        for name, place in _names(gazetteer):
            for table, key in zip(tables, spelling_keys(name), strict=True):
                table.setdefault(key, {})[place.id] = place
        gazetteer.spelled.extend({key: tuple(found.values()) for key, found in table.items()} for table in tables)
    return gazetteer.spelled


def _names(gazetteer: Gazetteer) -> Iterator[tuple[str, Place]]:
    """Every folded name and spelling of a settlement with a point."""
    settlements = {p.id: p for p in gazetteer.places.values() if p.kind in KINDS and p.lat is not None}
    named = [(place.name_ar, place) for place in settlements.values()]
    named += [
        (entry.form, settlements[entry.id])
        for entry in (*default_lexicon().entries, *gazetteer.entries)
        if entry.sort == "places" and entry.id in settlements and entry.file != TABLE and "{" not in entry.form
    ]
    return zip(fold_words([name for name, _ in named]), (place for _, place in named), strict=True)
