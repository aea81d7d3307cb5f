"""Dates that a calendar gives: days, months, years, weekdays, seasons and feasts, resolved by the codebook's rules.

A date without a year is the latest at or before publication, a weekday likewise. The Islamic calendar is Umm al-Qura
(`hijridate`), the Solar Hijri one that of Iran (`persiantools`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from analysis.coding.date_days import Days, edge_of, month_end, month_start, move, steps, year_of
from analysis.coding.date_expressions import Expression


def _day(e: Expression, p: date | None) -> Days:
    if e.value == "of month":
        return _day_of_month(e, p)
    if e.calendar != "gregorian":
        return _other_calendar(e, p)
    year = e.year if e.year is not None else year_of(e.year_which, p)
    basis = "stated"
    if year is None:
        if p is None:
            return Days(None, None, basis, "no year")
        year = _latest_year(e, p)
    months = [e.month] if e.last_month is None else [e.month, e.last_month]
    days = sorted(date(year, m or 1, d) for m in months for d in (e.day, e.last_day) if d)
    if e.last_day and e.day and e.last_day < e.day and e.last_month is None:
        start = date(year, e.month or 1, 1)
        days[0] = date((start - timedelta(days=1)).year, (start - timedelta(days=1)).month, e.day)
    return Days(days[0], days[-1], basis)


def _latest_year(e: Expression, p: date) -> int:
    """The year in which a day and month is the latest at or before publication, or the next after it."""
    month = e.month or 1
    for year in (
        (p.year, p.year + 1, p.year + 2) if e.which == "X" else (p.year, p.year - 1, p.year - 2, p.year - 3, p.year - 4)
    ):
        try:
            day = date(year, month, e.day or 1)
        except ValueError:
            continue
        if day > p if e.which == "X" else day <= p:
            return year
    return p.year


def _day_of_month(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "stated")
    if e.which and e.which[-1] in "EFR":
        return Days(None, None, "stated", relation=("day of month", e.day or 1, e.last_day or e.day or 1))
    start = month_start(p, {"L": -1, "C": 0, "X": 1}[e.which[-1]] + steps(e.which))
    if e.which == "C" and (e.day or 1) > p.day and e.last_day is None:
        start = month_start(p, -1) if (e.day or 1) > p.day + 1 else start
    return Days(start.replace(day=e.day or 1), start.replace(day=e.last_day or e.day or 1), "stated")


def _other_calendar(e: Expression, p: date | None) -> Days:
    to_gregorian: Callable[[int, int, int], date]
    if e.calendar == "hijri":
        to_gregorian = _from_hijri
        this_year = Gregorian.fromdate(p).to_hijri().year if p else None
    else:
        to_gregorian = _from_solar_hijri
        this_year = JalaliDate(p).year if p else None
    year = e.year
    if year is None:
        if this_year is None or p is None:
            return Days(None, None, "stated", "no year")
        year = this_year
        day = to_gregorian(year, e.month or 1, e.day or 1)
        if e.which == "X":
            year += day <= p
        elif day > p + timedelta(days=1):
            year -= 1
    month = e.month or 1
    if e.day is None:
        first = to_gregorian(year, month, 1)
        following = to_gregorian(year + month // 12, month % 12 + 1, 1)
        return edge_of(first, following - timedelta(days=1), e.value, "stated", p if e.year is None else None)
    return Days(to_gregorian(year, month, e.day), to_gregorian(year, month, e.last_day or e.day), "stated")


def _month(e: Expression, p: date | None) -> Days:
    if e.calendar != "gregorian":
        return _other_calendar(e, p)
    year = e.year if e.year is not None else year_of(e.year_which, p)
    month = e.month or 1
    if year is None:
        if p is None:
            return Days(None, None, "stated", "no year")
        year = p.year
        if e.which == "X":
            year += month <= p.month
        elif month > p.month or (e.which == "L" and month == p.month):
            year -= 1
    first = date(year, month, 1)
    last_month = e.last_month or month
    if e.value == "range" and last_month < month:
        first = date(year - 1, month, 1)
    last = month_end(date(year, last_month, 1))
    if last < first:
        first, last = last.replace(day=1), month_end(first)
    if e.value == "range" or e.last_month:
        return Days(first, last, "stated")
    current = (year, month) == (p.year, p.month) if p else False
    return edge_of(first, last, e.value, "stated", p if current else None)


def _weekday(e: Expression, p: date | None) -> Days:
    if p is None or e.weekday is None:
        return Days(None, None, "relative")
    which = e.which
    if which.startswith("w"):
        start = p - timedelta(days=p.weekday()) + timedelta(days={"L": -7, "C": 0, "X": 7}[which[-1]])
        day = start + timedelta(days=e.weekday)
        return Days(day, day, "relative")
    if which in ("X", "aX"):
        day = p + timedelta(days=(e.weekday - p.weekday() - 1) % 7 + 1 + 7 * (which == "aX"))
    elif which == "F":
        return Days(None, None, "relative", relation=("next weekday", e.weekday, e.weekday))
    else:
        back = (p.weekday() - e.weekday) % 7
        if which and which[-1] in "LR" and back == 0:
            back = 7
        day = p - timedelta(days=back + (7 if which.startswith("b") else 0))
    first = day
    if e.last_weekday is not None:
        # the last day is found as a weekday is, the first is the latest such day before it
        back = (p.weekday() - e.last_weekday) % 7
        day = p - timedelta(days=back)
        if which == "X":
            day = p + timedelta(days=(e.last_weekday - p.weekday() - 1) % 7 + 1)
        elif which and which[-1] in "LR" and back == 0:
            day -= timedelta(days=7)
        first = day - timedelta(days=(e.last_weekday - e.weekday) % 7)
    elif e.part == "night" and day < p:
        return Days(first, day + timedelta(days=1), "relative")
    return Days(first, day, "relative")


def _year(e: Expression, p: date | None) -> Days:
    year = e.year or 1
    if e.calendar == "hijri":
        first = _from_hijri(year, 1, 1)
        last = _from_hijri(year + 1, 1, 1) - timedelta(days=1)
        return Days(first, last, "stated")
    if e.high:
        return Days(date(year, 1, 1), date(e.high, 12, 31), "stated") if e.high >= year else Days(None, None, "stated")
    return edge_of(date(year, 1, 1), date(year, 12, 31), e.value, "stated", p)


def _season(e: Expression, p: date | None) -> Days:
    a, b = (int(part) for part in e.value.split("-"))
    year = e.year
    if year is None:
        if p is None:
            return Days(None, None, "stated", "no year")
        year = p.year + {"X": 1, "L": 0}.get(e.which, 0)
        first = date(year, a, 1)
        if (e.which == "L" and month_end(date(year + (b < a), b, 1)) >= p) or (e.which in ("", "C") and first > p):
            year -= 1
        if e.which == "X" and date(p.year, a, 1) > p:
            year = p.year
    elif b < a:
        year -= 0
    return Days(date(year, a, 1), month_end(date(year + (b < a), b, 1)), "stated" if e.year else "relative")


def _quarter(e: Expression, p: date | None) -> Days:
    if e.month is not None or (e.unit == "month" and p):
        start = (
            date(p.year if p else 1, e.month, 1)
            if e.month
            else month_start(p or date.min, {"L": -1, "X": 1}.get(e.which, 0))
        )
        if e.month and p is None:
            return Days(None, None, "stated", "no year")
        if e.month and p and start > p:
            start = start.replace(year=start.year - 1)
        length = month_end(start).day
        low = length * (e.low - 1) // e.high + 1
        return Days(start.replace(day=low), start.replace(day=length * e.low // e.high), "stated")
    year = e.year
    if year is None:
        if p is None:
            return Days(None, None, "stated", "no year")
        year = p.year + {"L": -1, "X": 1}.get(e.which, 0)
    months = 12 // e.high
    first = date(year, months * (e.low - 1) + 1, 1)
    return Days(first, month_end(date(year, months * e.low, 1)), "stated")


def _feast(e: Expression, p: date | None) -> Days:
    if e.value == "eid":
        both = [_feast(replace(e, value=value), p) for value in ("hijri 10 1 3", "hijri 12 10 4")]
        return max(both, key=lambda days: days.first or date.min)
    first: date
    calendar_name, month, day, length = e.value.split()
    if p is None and e.year is None:
        return Days(None, None, "stated", "no year")
    year = e.year or (p.year if p else 1)
    choices = []
    for gregorian in (year - 1, year, year + 1):
        if calendar_name == "gregorian":
            choices.append(date(gregorian, int(month), int(day)))
            continue
        for hijri in range(gregorian - 580, gregorian - 576):
            if not 1343 <= hijri <= 1500:
                continue
            if day == "0":  # the last Friday of the month
                end = _from_hijri(hijri, int(month), Hijri(hijri, int(month), 1).month_length())
                choices.append(end - timedelta(days=(end.weekday() - 4) % 7))
            else:
                choices.append(_from_hijri(hijri, int(month), int(day)))
    choices = sorted(set(choices))
    if e.year and e.year < 1600:
        first = _from_hijri(e.year, int(month), int(day))
    elif e.year:
        first = next(c for c in choices if c.year == e.year)
    elif e.which == "X" and p:
        first = next(c for c in choices if c > p)
    else:
        first = max(c for c in choices if p and c <= p + timedelta(days=1))
    if e.day:
        first += timedelta(days=e.day - 1)
        return Days(first, first, "stated")
    if e.part in ("eve", "night"):
        eve = first - timedelta(days=1)
        return Days(eve, first if e.part == "night" else eve, "stated", part="evening" if e.part == "eve" else "")
    return Days(first, first + timedelta(days=int(length) - 1), "stated")


def _from_hijri(year: int, month: int, day: int) -> date:
    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)


def _from_solar_hijri(year: int, month: int, day: int) -> date:
    found = JalaliDate(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)


def _nth_weekday(e: Expression, p: date | None) -> Days:
    """The first Tuesday of October, the last Friday of Ramadan."""
    if e.month is None:
        if p is None:
            return Days(None, None, "relative")
        start = month_start(p, {"L": -1, "C": 0, "X": 1}[(e.which or "C")[-1]] + steps(e.which))
        month = Days(start, month_end(start), "relative")
    else:
        month = _month(replace(e, kind="month", value="", weekday=None), p)
    if month.first is None or month.last is None:
        return month
    if e.low > 0:
        day = month.first + timedelta(days=((e.weekday or 0) - month.first.weekday()) % 7 + 7 * (e.low - 1))
    else:
        day = month.last - timedelta(days=(month.last.weekday() - (e.weekday or 0)) % 7)
    return replace(month, first=day, last=day)


def _week_of_month(e: Expression, p: date | None) -> Days:
    if e.month is None:
        if p is None:
            return Days(None, None, "relative")
        start = month_start(p, {"L": -1, "X": 1}.get(e.which, 0))
        month = Days(start, month_end(start), "relative")
    else:
        month = _month(replace(e, kind="month", value=""), p)
    if month.first is None or month.last is None or e.low > 5:
        return Days(None, None, month.basis)
    first = month.first + timedelta(days=7 * (e.low - 1))
    return replace(month, first=first, last=min(month.last, first + timedelta(days=6)))


def _weekend(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "relative")
    friday = move(p, (4 - p.weekday()) % 7 if p.weekday() < 5 else 4 - p.weekday())
    if e.which == "L" or (e.which == "X" and p.weekday() >= 4):
        friday = move(friday, -7 if e.which == "L" else 7)
    return Days(friday, move(friday, 2), "relative")


OF_THE_CALENDAR: dict[str, Callable[[Expression, date | None], Days]] = {
    "day": _day, "month": _month, "weekday": _weekday, "year": _year, "season": _season, "quarter": _quarter,
    "feast": _feast, "nth weekday": _nth_weekday, "week of month": _week_of_month, "weekend": _weekend,
}  # fmt: skip
