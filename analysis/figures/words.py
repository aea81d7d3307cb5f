"""The words of figures in two languages: labels from `data/labels.tsv`, names from the entity tables, numbers, days.

A figure speaks English ('en'), Arabic ('ar') or both, the Arabic line above the English one. Nothing here is shaped
or reordered: texts are in reading order until `figures.arabic.show` hands them to matplotlib.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from hijridate import Gregorian

from analysis.coding.lexicon import read_table
from analysis.figures.arabic import digits
from analysis.paths import data_path

LANGUAGES = {"en": ("en",), "ar": ("ar",), "both": ("ar", "en")}
NAMED = {"kind": "kinds.tsv", "actor": "actors.tsv", "place": "places.tsv", "anniversary": "anniversaries.tsv"}
BETWEEN = " · "
"""Stands between the two languages of a figure where both are said in one line."""

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Words:
    """How one figure speaks: its language, and whether Arabic lines carry Arabic-Indic digits."""

    lang: str = "en"
    eastern: bool = False

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, got {self.lang!r}")

    def each(self, make: Callable[[Words], str], joint: str = "\n") -> str:
        """Let `make` say it in each language of the figure; equal lines are said once."""
        said = [make(Words(lang, self.eastern)) for lang in LANGUAGES[self.lang]]
        return joint.join(dict.fromkeys(said))

    def say(self, label: str, **values: Any) -> str:
        """Return a label of `data/labels.tsv` with its `{values}` filled in; numbers get their digits.

        >>> Words("en").say("days_from", event="3 January")
        'Days from 3 January'
        """
        return self.each(lambda words: words._filled(label, values))

    def count(self, label: str, number: int) -> str:
        """Return a number with its noun, in the form that the number asks for.

        >>> Words("en").count("events", 1), Words("ar").count("events", 5), Words("ar").count("events", 2)
        ('1 event', '5 أحداث', 'حدثان')
        """
        return self.each(lambda words: words._counted(label, int(number)))

    def things(self, what: str) -> str:
        """Return 'events', 'incidents' or 'reports' as it stands within a sentence."""
        return self.each(lambda words: words.say(f"things.{what}").lower())

    def key(self, label: str, **values: Any) -> str:
        """Return a label for the key of a figure: both languages in one line."""
        return self.each(lambda words: words._filled(label, values), BETWEEN)

    def name(self, table: str, key: Any) -> str:
        """Return the name of a kind, actor, place, anniversary or side; the key itself where no table knows it."""
        if pd.isna(key) or key == "":
            return self.say("nobody")
        return self.each(lambda words: words._script(names(table, words.lang).get(str(key), str(key))))

    def number(self, value: float, decimals: int = 0, sign: bool = False) -> str:
        """Return a number with a true minus; Arabic-Indic digits bring their own decimal mark.

        >>> Words("ar", eastern=True).number(-1.5, 1)
        '−١٫٥'
        """
        if value != value:
            return "–"
        if value in (float("inf"), float("-inf")):
            return "∞" if value > 0 else f"{MINUS}∞"
        text = f"{value:{'+' if sign and round(value, decimals) else ''}.{decimals}f}".replace("-", MINUS)
        return self.each(lambda words: words._digits(text))

    def offset(self, days: int) -> str:
        """Return days from a date: signed in English, in words in Arabic, where a sign would stand on either side."""
        sort = "same" if days == 0 else "before" if days < 0 else "after"
        return self.say(f"offset.{sort}", n=abs(int(days)))

    def month(self, number: int, short: bool = False) -> str:
        """Return the name of a Gregorian month, 1 to 12; Arabic names are those of Syria and Iraq."""
        return self.each(
            lambda words: words.say(f"month.{number}")[: 3 if short and words.lang == "en" else None],
        )

    def hijri_month(self, number: int) -> str:
        """Return the name of a month of the lunar calendar, 1 to 12."""
        return self.say(f"hijri.{number}")

    def day(self, day: Any, year: bool = True) -> str:
        """Return a day as a reader says it.

        >>> Words("ar").day("2022-01-03")
        '3 كانون الثاني 2022'
        """
        day = pd.Timestamp(day)
        return self.each(
            lambda words: words._script(f"{day.day} {words.month(day.month)}" + (f" {day.year}" if year else ""))
        )

    def hijri_day(self, day: Any) -> str:
        """Return a day in the Umm al-Qura calendar.

        >>> Words("en").hijri_day("2020-01-03")
        '8 Jumada I 1441'
        """
        day = pd.Timestamp(day)
        own = Gregorian(day.year, day.month, day.day).to_hijri()
        return self.each(lambda words: words._script(f"{own.day} {words.hijri_month(own.month)} {own.year}"))

    def span(self, first: Any, last: Any) -> str:
        """Return two days as 'from … to …'."""
        return self.each(lambda words: words.say("from_to", first=words.day(first), last=words.day(last)))

    def interval(self, low: float, high: float, decimals: int = 2) -> str:
        """Return the two limits of an interval; in Arabic with words, because a dash there reads both ways."""
        return self.each(
            lambda words: words.say("interval", low=words.number(low, decimals), high=words.number(high, decimals))
        )

    def text(self, text: str) -> str:
        """Return a ready text in the digits of the figure."""
        return self.each(lambda words: words._script(text))

    def list(self, parts: list[str]) -> str:
        """Join parts with the comma of the language."""
        return ("، " if self.lang == "ar" else ", ").join(parts)

    def _filled(self, label: str, values: Mapping[str, Any]) -> str:
        said = {name: self._digits(str(value)) if isinstance(value, int) else value for name, value in values.items()}
        return self._script(labels()[label][self.lang]).format(**said)

    def _counted(self, label: str, number: int) -> str:
        forms = labels()[label][self.lang].split("|")
        which = int(number != 1) if self.lang == "en" else _arabic_form(number)
        return self._script(forms[min(which, len(forms) - 1)].format(n=number))

    def _digits(self, number: str) -> str:
        return self._script(number.replace(".", "٫") if self.eastern and self.lang == "ar" else number)

    def _script(self, text: str) -> str:
        return digits(text, self.eastern and self.lang == "ar")


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """Return the table of labels: id to language to text; forms of a counted noun are divided by '|'.

    English has two (1, more), Arabic five (1, 2, 3 to 10, 11 and more, round hundreds); the last one given serves
    for those behind it.
    """
    table = _read("labels.tsv")
    return {row["id"]: {"en": row["en"], "ar": row["ar"]} for row in table.to_dict("records")}


@cache
def names(table: str, lang: str) -> Mapping[str, str]:
    """Return id to name of a table of entities, or of the labels that begin with `table` and a dot."""
    own = {key.removeprefix(f"{table}."): said[lang] for key, said in labels().items() if key.startswith(f"{table}.")}
    if table == "side":
        return {**names("actor", lang), **own}
    if table not in NAMED:
        return own
    rows = read_table(data_path("entities", NAMED[table]))
    return {**{row["id"]: row[f"name_{lang}"] for row in rows}, **own}


def _read(*parts: str) -> pd.DataFrame:
    return pd.read_csv(data_path(*parts), sep="\t", dtype="str", keep_default_na=False, quoting=3)


def _arabic_form(number: int) -> int:
    if number in (1, 2):
        return number - 1
    rest = number % 100
    return 2 if 3 <= rest <= 10 else 4 if number and rest <= 2 else 3
