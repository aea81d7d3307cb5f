"""Anniversaries in three calendars: a row of `data/entities/anniversaries.tsv`, or a user's own, to days.

| column of anniversaries.tsv | meaning |
|---|---|
| id | Latin, unique |
| variant_of | the row of which this is the same event in another calendar |
| name_en, name_ar | the event |
| event_en, event_ar | what a sentence calls it, "the killing"; empty for a feast |
| founded | the day itself, ISO; empty where it is a feast and nothing founded it in living memory |
| calendar | gregorian, hijri (Umm al-Qura) or solar_hijri |
| month, day | in that calendar; day 'last-friday' for Quds Day |
| tolerance | days by which calendars disagree: 1 for sighted moons, else 0 |
| source | where it is documented |
| note | what a researcher should know before using it |
"""

from __future__ import annotations

import calendar as gregorian_calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from analysis.paths import data_path

CALENDARS = ("gregorian", "hijri", "solar_hijri")
LAST_FRIDAY = "last-friday"
FRIDAY = 4
HIJRI_YEARS = (1343, 1500)
"""First and last year of the Umm al-Qura table of `hijridate`: 1 August 1924 to 16 November 2077."""


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A date that comes back: what happened, when first, and on which day of which calendar it is remembered."""

    id: str
    name_en: str
    name_ar: str
    calendar: str
    month: int
    day: int | str
    founded: date | None = None
    tolerance: int = 0
    event_en: str = ""
    event_ar: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.calendar not in CALENDARS:
            raise ValueError(f"anniversary {self.id!r}: calendar must be one of {CALENDARS}, got {self.calendar!r}")
        if self.month not in range(1, 13):
            raise ValueError(f"anniversary {self.id!r}: month must be in 1-12, got {self.month!r}")
        if self.day != LAST_FRIDAY and self.day not in range(1, 32):
            raise ValueError(f"anniversary {self.id!r}: day must be in 1-31 or {LAST_FRIDAY!r}, got {self.day!r}")


def read_anniversaries(path: Path | str | None = None) -> pd.DataFrame:
    """Return the table of anniversaries, one row each, all columns as strings, empty where unknown.

    Without `path` the package's own table is read. Raises ValueError, with file, line and cure, where a row cannot
    be an anniversary or an id stands twice.
    """
    path = data_path("entities", "anniversaries.tsv") if path is None else Path(path)
    table = pd.read_csv(path, sep="\t", dtype="str", keep_default_na=False, quoting=3)
    for line, row in enumerate(table.to_dict("records"), start=2):
        try:
            _from_row({str(name): value for name, value in row.items()})
        except (KeyError, ValueError) as error:
            raise ValueError(f"{path}, line {line}: {error}; mend the row") from error
    if table["id"].duplicated().any():
        raise ValueError(f"{path}: the id {table['id'][table['id'].duplicated()].iloc[0]!r} stands twice; keep one")
    return table


def find_anniversary(which: str | date | Mapping[str, Any] | pd.Series | pd.DataFrame | Anniversary) -> Anniversary:
    """Return the anniversary that `which` names.

    `which` is an id of the table, a day (ISO or `date`: the founding event, remembered on its Gregorian day), a row
    with the columns of the table, a table of one such row, or an Anniversary. Raises ValueError otherwise.

    >>> find_anniversary("soleimani").founded
    datetime.date(2020, 1, 3)
    >>> find_anniversary("2019-03-23").month
    3
    """
    if isinstance(which, Anniversary):
        return which
    if isinstance(which, date):
        return _from_day(date(which.year, which.month, which.day))
    if isinstance(which, pd.DataFrame):
        if len(which) != 1:
            raise ValueError(f"an anniversary is one row, got a table of {len(which)}; pick one with .loc or .query")
        which = which.iloc[0]
    if isinstance(which, (pd.Series, Mapping)):
        return _from_row(dict(which))
    day = _as_day(which)
    if day is not None:
        return _from_day(day)
    table = read_anniversaries()
    rows = table[table["id"] == which]
    if rows.empty:
        raise ValueError(
            f"no anniversary {which!r}; give an ISO day, a row, or one of: {', '.join(sorted(table['id']))}"
        )
    return _from_row(dict(rows.iloc[0]))


def anniversary_dates(
    which: str | date | Mapping[str, Any] | pd.Series | pd.DataFrame | Anniversary, years: int | Iterable[int]
) -> pd.DataFrame:
    """Return the days on which an anniversary falls in Gregorian `years`, one row each, in order.

    Columns: date (datetime64[s]); earliest, latest (the same, moved by the tolerance of a calendar that is sighted);
    year (int64, Gregorian); calendar_date (the day in its own calendar, ISO-like); founding (bool: the event itself);
    before (bool: earlier than the event). A lunar anniversary may fall twice in a Gregorian year. A day that a year
    lacks (29 February, 30 Esfand) falls on the last day of its month.

    >>> anniversary_dates("soleimani_solar_hijri", range(2021, 2023))[["date", "calendar_date"]]
            date calendar_date
    0 2021-01-02    1399-10-13
    1 2022-01-03    1400-10-13
    """
    anniversary = find_anniversary(which)
    wanted = {years} if isinstance(years, int) else set(years)
    found = sorted(
        (day, own)
        for day, own in _days(anniversary, min(wanted, default=0), max(wanted, default=-1))
        if day.year in wanted
    )
    days = pd.Series(pd.to_datetime([day for day, _ in found]), dtype="datetime64[s]")
    margin = pd.Timedelta(days=anniversary.tolerance)
    founded = anniversary.founded
    return pd.DataFrame(
        {
            "date": days,
            "earliest": days - margin,
            "latest": days + margin,
            "year": days.dt.year.astype("int64"),
            "calendar_date": pd.Series([own for _, own in found], dtype="string"),
            "founding": pd.Series([day == founded for day, _ in found], dtype="bool"),
            "before": pd.Series([founded is not None and day < founded for day, _ in found], dtype="bool"),
        }
    )


def _days(anniversary: Anniversary, first: int, last: int) -> Iterable[tuple[date, str]]:
    if last < first:
        return
    if anniversary.calendar == "gregorian":
        for year in range(first, last + 1):
            day = _gregorian(year, anniversary.month, anniversary.day)
            yield day, day.isoformat()
    elif anniversary.calendar == "solar_hijri":
        for year in range(first - 622, last - 620):
            jalali = _solar_hijri(year, anniversary.month, anniversary.day)
            yield jalali.to_gregorian(), jalali.isoformat()
    else:
        for year in range(_hijri_year(date(first, 1, 1)), _hijri_year(date(last, 12, 31)) + 1):
            hijri = _hijri(year, anniversary.month, anniversary.day)
            yield date(*hijri.to_gregorian().datetuple()), hijri.isoformat()


def _gregorian(year: int, month: int, day: int | str) -> date:
    length = gregorian_calendar.monthrange(year, month)[1]
    if day == LAST_FRIDAY:
        last = date(year, month, length)
        return last - timedelta(days=(last.weekday() - FRIDAY) % 7)
    return date(year, month, min(int(day), length))


def _solar_hijri(year: int, month: int, day: int | str) -> JalaliDate:
    length = JalaliDate.days_in_month(month, year)
    if day == LAST_FRIDAY:
        last = JalaliDate(year, month, length)
        return last - timedelta(days=(last.to_gregorian().weekday() - FRIDAY) % 7)
    return JalaliDate(year, month, min(int(day), length))


def _hijri(year: int, month: int, day: int | str) -> Hijri:
    length = Hijri(year, month, 1).month_length()
    if day == LAST_FRIDAY:
        return Hijri(year, month, length - (Hijri(year, month, length).weekday() - FRIDAY) % 7)
    return Hijri(year, month, min(int(day), length))


def _hijri_year(day: date) -> int:
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().year
    except OverflowError as error:
        first, last = HIJRI_YEARS
        raise ValueError(f"the Umm al-Qura calendar is tabulated for {first}-{last} AH, not for {day}") from error


def _from_day(day: date) -> Anniversary:
    return Anniversary(day.isoformat(), day.isoformat(), day.isoformat(), "gregorian", day.month, day.day, founded=day)


def _from_row(row: Mapping[str, Any]) -> Anniversary:
    given = {str(name): value for name, value in row.items() if not pd.isna(value) and value != ""}
    founded = _as_day(given.get("founded"))
    if "founded" in given and founded is None:
        raise ValueError(f"founded must be an ISO day, got {given['founded']!r}")
    missing = [name for name in ("id", "month", "day") if name not in given and (founded is None or name == "id")]
    if missing:
        raise ValueError(f"an anniversary needs {' and '.join(missing)}")
    name = str(given.get("name_en", given["id"]))
    day = given.get("day", founded.day if founded else None)
    return Anniversary(
        id=str(given["id"]),
        name_en=name,
        name_ar=str(given.get("name_ar", name)),
        calendar=str(given.get("calendar", "gregorian")),
        month=int(given.get("month", founded.month if founded else 0)),
        day=LAST_FRIDAY if day == LAST_FRIDAY else int(str(day)),
        founded=founded,
        tolerance=int(given.get("tolerance", 0)),
        event_en=str(given.get("event_en", "")),
        event_ar=str(given.get("event_ar", "")),
        source=str(given.get("source", "")),
    )


def _as_day(value: Any) -> date | None:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
