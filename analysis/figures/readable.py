"""A row of incidents or events as a reader says it: when, what, who, whom, where, what harm, told by whom.

Each function takes one row (a mapping of the columns of `analysis.tables`) and the words to say it in. What the
reports do not say is said to be unsaid, never left for the reader to guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.words import Words

if TYPE_CHECKING:
    from analysis.escalation.study import Study

Row = Mapping[str, Any]
Say = Callable[[Row, Words], str]
NUMBERS = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|(?<![\w.-])\u200e?[+-]\d+\b")
"""Days written in numbers, and numbers with a sign."""
NAMES_OF = {
    "kind": "kind",
    "status": "page_status",
    "actor_side": "side",
    "target_side": "side",
    "place_id": "place",
    "weapon": "weapon",
}
"""Fields whose values are ids, and the table that names them."""
GOVERNORATE = " Governorate"
"""Not said behind each English name of one; Arabic names do without."""


def when(row: Row, words: Words) -> str:
    """Return the day, or the interval of days.

    >>> when({"date_start": pd.Timestamp("2022-01-03"), "date_end": pd.Timestamp("2022-01-05")}, Words())
    '3 January 2022 to 5 January 2022'
    """
    first, last = row["date_start"], row["date_end"]
    if pd.isna(first):
        return words.say("page_undated")
    return words.day(first) if first == last else words.span(first, last)


def what(row: Row, words: Words) -> str:
    """Return the kind, and whether it is denied, attempted, history or a summary."""
    flags = [] if row["status"] == "happened" else [words.name("page_status", row["status"])]
    flags += [words.name("page_flag", flag) for flag in ("background", "summary") if row.get(flag) is True]
    said = words.name("kind", row["kind"])
    return f"{said} ({words.list(flags)})" if flags else said


def who(row: Row, words: Words) -> str:
    """Return who acted."""
    return _people(row["actors"], words)


def whom(row: Row, words: Words) -> str:
    """Return whom it hit."""
    return _people(row["targets"], words)


def where(row: Row, words: Words) -> str:
    """Return the place and its governorate."""
    place, region = row[f"place_{words.lang}"], row["admin1"]
    if _missing(place):
        return words.say("page_unplaced")
    within = "" if _missing(region) else words.name("place", region).removesuffix(GOVERNORATE)
    return str(place) if within in ("", str(place).removesuffix(GOVERNORATE)) else words.list([str(place), within])


def harm(row: Row, words: Words) -> str:
    """Return the killed and the wounded as ranges; nothing where they are not spoken of.

    >>> row = {"killed_min": 2, "killed_max": 4, "wounded_min": 0, "wounded_max": 0}
    >>> harm(row, Words())
    '2 to 4 killed, none wounded'
    """
    hurt = [
        _hurt(row, name, label, words) for name, label in (("killed", "narrative.killed"), ("wounded", "page_wounded"))
    ]
    return words.list([part for part in hurt if part])


def told(row: Row, words: Words) -> str:
    """Return how many reports tell of an event and how many independent sources they are, or who an incident's is."""
    if "n_reports" in row:
        reports, sources = int(row["n_reports"]), int(row["n_sources"])
        counted = words.count("reports", reports)
        return counted if reports == 1 else words.say("page_told", reports=counted, sources=sources)
    return words.name("page_said_by", "none" if _missing(row["said_by"]) else row["said_by"])


def grade(row: Row, words: Words) -> str:
    """Return how well an event is known."""
    return words.name("page_grade", row["grade"])


def dispute(row: Row, words: Words) -> str:
    """Return what the reports of an event contradict each other on; nothing where they agree.

    >>> dispute({"disagreements": "kind: airstrike / explosion; killed: 0 / 3+ / 5-7"}, Words())
    'kind: Air strike / Explosion or IED; killed: 0 / at least 3 / 5 to 7'
    """
    given = row["disagreements"]
    fields = [] if _missing(given) else [part.partition(": ") for part in str(given).split("; ")]
    said = [
        (name, " / ".join(_disputed(name, value, words) for value in values.split(" / "))) for name, _, values in fields
    ]
    return ("؛ " if words.lang == "ar" else "; ").join(
        f"{words.name('page_field', name)}: {values}" for name, values in said
    )


def result(study: Study, lang: str) -> tuple[str, list[str]]:
    """Return the sentence of a study without its cautions, and these one by one."""
    cautions = [caution.text(lang) for caution in study.cautions]
    return study.sentence(lang).removesuffix(" ".join(cautions)).strip(), cautions


def keep_numbers(html: str) -> str:
    """Keep days written in numbers, and signs, from being turned around or broken; `html` is escaped already.

    >>> keep_numbers("-14")
    '<bdi dir="ltr" style="white-space:nowrap">-14</bdi>'
    """
    return NUMBERS.sub(r'<bdi dir="ltr" style="white-space:nowrap">\g<0></bdi>', html)


def sort_key(name: str, row: Row) -> str | float | None:
    """Return by what a table is sorted on a column of this module: days, or numbers; None: by what stands there."""
    if name == "when":
        return "" if pd.isna(row["date_start"]) else f"{row['date_start']:%Y-%m-%d}"
    if name == "harm":
        return float(sum(0 if pd.isna(row[n]) else int(row[n]) for n in ("killed_min", "wounded_min")))
    return float(row["n_reports"]) if name == "told" and "n_reports" in row else None


SAID: Mapping[str, Say] = {
    "when": when,
    "what": what,
    "who": who,
    "whom": whom,
    "where": where,
    "harm": harm,
    "told": told,
    "grade": grade,
    "dispute": dispute,
}
"""What can be said of a row, by the name of its column in a table for readers."""


def _people(ids: Any, words: Words) -> str:
    named = [] if _missing(ids) else [words.name("actor", one) for one in str(ids).split(";")]
    return words.list(named) if named else words.say("page_nobody")


def _disputed(name: str, value: str, words: Words) -> str:
    """One value as `events.reconcile` writes it: an id, a day, days as 'a..b', a toll as 'n', 'n+' or 'a-b'."""
    if name in NAMES_OF:
        return words.name(NAMES_OF[name], value)
    first, between, last = value.partition(".." if name == "date" else "-" if name in ("killed", "wounded") else "\0")
    if name == "date":
        return words.span(pd.Timestamp(first), pd.Timestamp(last)) if between else words.day(pd.Timestamp(first))
    if between:
        return words.say("from_to", first=first, last=last)
    return words.say("page_at_least", count=value[:-1]) if value.endswith("+") else words.text(value)


def _hurt(row: Row, name: str, label: str, words: Words) -> str:
    low, high = row[f"{name}_min"], row[f"{name}_max"]
    if pd.isna(low):
        return "" if pd.isna(high) else words.say("page_range", low=0, count=words.count(label, high))
    if pd.isna(high):
        return words.say("page_at_least", count=words.count(label, low))
    if low < high:
        return words.say("page_range", low=int(low), count=words.count(label, high))
    return words.count(label, low) if low else words.say(f"page_{name}_none")


def _missing(value: Any) -> bool:
    return bool(pd.isna(value)) or value == ""
