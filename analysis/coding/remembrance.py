"""Anniversaries in a text: 'the second anniversary of the killing of X' is a day, where the table knows X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from analysis.coding.date_words import Items
from analysis.coding.lexicon import ARTICLE, CONJUNCTIONS, PREPOSITIONS, read_table
from analysis.coding.text import Text, fold_word
from analysis.paths import data_path

WINDOW = 140
"""How many characters after the word 'anniversary' may name what is remembered."""
MOST_YEARS = 60
AHEAD = timedelta(days=14)
"""A commemoration without its number may be told of some days before it comes."""


@dataclass(frozen=True, slots=True)
class Remembrance:
    """An anniversary said in folded[at:to]: of what, and which."""

    at: int
    to: int
    anniversary: str
    """An id of `entities/anniversaries.tsv`."""
    founded: date
    number: int | None
    """The second: 2; None where the text does not say."""

    def day(self, published: date | None) -> date | None:
        """The day of the anniversary: by its number, or the nearest that is not far ahead of publication."""
        if self.number is not None:
            return _in_year(self.founded, self.founded.year + self.number)
        if published is None:
            return None
        years = range(published.year + 1, max(published.year - 2, self.founded.year), -1)
        days = (_in_year(self.founded, year) for year in years if year <= date.max.year)
        return next((day for day in days if day - AHEAD <= published), None)


def find_remembrances(text: Text, items: Items) -> Iterator[Remembrance]:
    """Find the anniversaries that a text names, in reading order."""
    for place in re.finditer("@", items.signs):
        number = place.start()
        at = items.at[number]
        window = text.matching[at + 1 : at + 1 + WINDOW]
        stop = re.search(r"[.\n]", text.folded[at : at + WINDOW])
        name = _names()[0].search(window, 0, stop.start() if stop else len(window))
        if name is None:
            continue
        anniversary = _names()[1][name[1]]
        founded = _founded().get(anniversary)
        if founded is not None:
            yield Remembrance(at, at + name.end(), anniversary, founded, _number(items, number, at + name.start()))


def _number(items: Items, place: int, end: int) -> int | None:
    """The ordinal beside the word 'anniversary': after it, before what is remembered, or just before it."""
    if place and items.signs[place - 1] == "r":
        return int(items.values[place - 1])
    for number in range(place + 1, min(place + 8, len(items.signs))):
        if items.at[number] >= end and number > place + 3:
            break
        if items.signs[number] == "r" and 1 <= items.values[number] <= MOST_YEARS:
            return int(items.values[number])
    return None


def _in_year(founded: date, year: int) -> date:
    try:
        return founded.replace(year=year)
    except ValueError:  # 29 February
        return founded.replace(year=year, day=28)


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for every name, longer ones first, and the anniversary of each."""
    known = {fold_word(row["word"]): row["anniversary"] for row in read_table(data_path("lexicon", "remembered.tsv"))}
    glued = "|".join(sorted({c + p for c in CONJUNCTIONS for p in PREPOSITIONS} - {""}, key=len, reverse=True))
    bare = {name.removeprefix(ARTICLE) if name.startswith(ARTICLE) else name: name for name in known}
    names = "|".join(re.escape(name) for name in sorted({*known, *bare}, key=len, reverse=True))
    lookup = {**{short: known[name] for short, name in bare.items()}, **known}
    return re.compile(rf"(?<!\S)(?:{glued})?(?:{ARTICLE}|{PREPOSITIONS[-1]})?({names})(?!\S)"), lookup


@cache
def _founded() -> dict[str, date]:
    rows = read_table(data_path("entities", "anniversaries.tsv"))
    return {row["id"]: date.fromisoformat(row["founded"]) for row in rows if row["founded"]}
