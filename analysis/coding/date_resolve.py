"""Expressions to days: each kind of date, resolved against the publication date by the rules of the codebook.

Codebook 3. A date without a year is the latest at or before publication; a weekday likewise; "last week" is
[P-13, P-1]; the Islamic calendar is Umm al-Qura (`hijridate`), the Solar Hijri one that of Iran (`persiantools`).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from analysis.coding.date_grammar import Expression

UNIT_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}
APART = 10
"""Two days that contradict each other by more than these are no slip: the date said outweighs 'today'."""
PRECISIONS = ("day", "days", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Days:
    """The days an expression may mean; both None where it cannot be resolved."""

    first: date | None
    last: date | None
    basis: str
    flag: str = ""
    relation: tuple[str, int, int] | None = None
    part: str = ""


def resolve(expression: Expression, published: date | None) -> Days:
    """The days of an expression, inclusive, against the day of publication (None: unknown)."""
    try:
        days = _KINDS[expression.kind](expression, published)
    except (ValueError, OverflowError):
        return Days(None, None, "stated", "no such day")
    flag = "; ".join(part for part in (expression.flag, days.flag) if part)
    part = days.part or expression.part
    return replace(days, flag=flag, part="evening" if part == "eve" else part)


def precision(first: date, last: date) -> str:
    """day, days, week, month or year: the least that holds an interval."""
    length = (last - first).days + 1
    return next(name for name, most in zip(PRECISIONS, (1, 6, 15, 62, 10**7), strict=True) if length <= most)


def move(day: date, days: int) -> date:
    """A day moved by days; stays within the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _day(e: Expression, p: date | None) -> Days:
    if e.value == "of month":
        return _day_of_month(e, p)
    if e.calendar != "gregorian":
        return _other_calendar(e, p)
    year = e.year if e.year is not None else _year_of(e.year_which, p)
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


def _year_of(which: str, p: date | None) -> int | None:
    if not which or p is None or which[-1] in "EFR":
        return None
    return p.year + {"L": -1, "C": 0, "X": 1}[which[-1]] + _twice(which)


def _twice(which: str) -> int:
    """One more step for 'the one before last' and 'the one after next'."""
    return {"b": -1, "a": 1}.get(which[:1], 0)


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
    start = _month_start(p, {"L": -1, "C": 0, "X": 1}[e.which[-1]] + _twice(e.which))
    if e.which == "C" and (e.day or 1) > p.day and e.last_day is None:
        start = _month_start(p, -1) if (e.day or 1) > p.day + 1 else start
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
        return _edge_of(first, following - timedelta(days=1), e.value, "stated", p if e.year is None else None)
    return Days(to_gregorian(year, month, e.day), to_gregorian(year, month, e.last_day or e.day), "stated")


def _month(e: Expression, p: date | None) -> Days:
    if e.calendar != "gregorian":
        return _other_calendar(e, p)
    year = e.year if e.year is not None else _year_of(e.year_which, p)
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
    last = _month_end(date(year, last_month, 1))
    if last < first:
        first, last = last.replace(day=1), _month_end(first)
    if e.value == "range" or e.last_month:
        return Days(first, last, "stated")
    current = (year, month) == (p.year, p.month) if p else False
    return _edge_of(first, last, e.value, "stated", p if current else None)


def _edge_of(first: date, last: date, edge: str, basis: str, p: date | None) -> Days:
    """The early, middle or late part of a period; not beyond publication where the period still runs."""
    length = (last - first).days + 1
    if edge in ("lastday", "lastweek", "lastmonth"):
        back = {"lastday": 0, "lastweek": 6}.get(edge, last.day - 1)
        return Days(last - timedelta(days=back), last, basis)
    if edge == "first":
        return Days(first, first, basis)
    if edge and length <= 31 and length > 7:
        low, high = {"early": (0, 9), "mid": (10, 19), "late": (20, length - 1)}[edge]
    elif edge and length <= 7:
        low, high = {"early": (0, 1), "mid": (2, 4), "late": (5, 6)}[edge]
    elif edge:
        third = {"early": (0, 90), "mid": (120, 244), "late": (270, length - 1)}[edge]
        low, high = third
        a, b = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}[edge]
        if length <= 366:
            return _until(Days(date(first.year, a, 1), _month_end(date(first.year, b, 1)), basis), p)
    else:
        low, high = 0, length - 1
    return _until(Days(first + timedelta(days=low), first + timedelta(days=high), basis), p)


def _until(days: Days, p: date | None) -> Days:
    if p and days.first and days.last and days.first <= p < days.last:
        return replace(days, last=p)
    return days


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


def _deictic(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "relative")
    if e.value == "night":
        back = {"": 0, "X": -1}.get(e.which, 1 + e.which.startswith("b"))
        return Days(move(p, -back), move(p, -back + (1 if back > 0 else 0)), "relative", part="night")
    day = move(p, int(e.value))
    if e.part in ("night", "midnight") and day < p:
        return Days(day, move(day, 1), "relative")
    return Days(day, day, "relative")


def _offset(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "relative")
    unit, number = e.unit, e.low
    sign = 1 if e.which == "future" else -1
    relation = ("after", *_after(unit, number)) if sign > 0 else None
    if unit in ("minute", "hour"):
        if not number:
            near, far = 0, 1 if unit == "hour" else 0
        else:
            far = (number + 23) // 24 if unit == "hour" else 0
            near = number // 24 if unit == "hour" else 0
            if unit == "hour" and number < 24:
                far = 0 if number <= 6 else 1
            if e.about == "under":
                near = 0
    elif not number:
        near, far = {"day": (1, 7), "week": (7, 60), "month": (30, 365), "year": (365, 3652), "decade": (3652, 36520)}[
            unit
        ]
    else:
        days = _back(p, unit, number, sign)
        if e.value == "half":
            days += UNIT_DAYS[unit] // 2
        slack = _slack(unit, number, bool(e.about)) if sign < 0 or e.about else 0
        near, far = days - slack, days + slack
        if e.about == "over":
            near, far = days, days + max(slack, days // 2)
        elif e.about == "under":
            near, far = 1, days
        elif unit == "year" and sign < 0 and e.value != "half":
            return Days(date(p.year - number, 1, 1), date(p.year - number, 12, 31), "relative", relation=relation)
    first, last = sorted((move(p, sign * near), move(p, sign * far)))
    return Days(first, last, "relative", relation=relation)


def _after(unit: str, number: int) -> tuple[int, int]:
    days = UNIT_DAYS[unit]
    return (number * days, number * days) if number else (days, days * 7)


def _back(p: date, unit: str, number: int, sign: int) -> int:
    """Days from publication to the same day some weeks, months or years away."""
    if unit in ("day", "week"):
        return number * UNIT_DAYS[unit]
    months = number * {"month": 1, "year": 12, "decade": 120}[unit] * sign
    start = _month_start(p, months)
    day = min(p.day, _month_end(start).day)
    return abs((start.replace(day=day) - p).days)


def _slack(unit: str, number: int, about: bool) -> int:
    """How far off 'a week ago' may be, in days."""
    if unit == "day":
        return 0 if number < 7 and not about else 1 if number < 10 else number // 7
    if unit == "week":
        return 1 if number == 1 else 3
    return {"month": 7, "year": 45, "decade": 365}[unit]


def _window(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "relative")
    unit, number = e.unit, e.high
    if unit in ("minute", "hour"):
        days = (number + 23) // 24 if number else 1
        if e.which == "X":
            return Days(p, move(p, max(days, 1)), "relative")
        return Days(move(p, -days if unit == "hour" else 0), p, "relative")
    days = number * UNIT_DAYS[unit] if number else {"day": 7, "week": 30, "month": 90, "year": 1096}.get(unit, 3652)
    if e.which == "X":
        return Days(move(p, 1), move(p, days), "relative")
    return Days(move(p, -days), move(p, -1), "relative")


def _period(e: Expression, p: date | None) -> Days:
    if e.year is not None:
        return _edge_of(date(e.year, 1, 1), date(e.year, 12, 31), e.value, "stated", p)
    if p is None:
        return Days(None, None, "relative")
    step = {"L": -1, "C": 0, "X": 1}.get(e.which[-1], 0) + _twice(e.which)
    if e.unit == "day":
        return Days(move(p, step), move(p, step), "relative")
    if e.unit in ("minute", "hour"):
        return Days(move(p, -1) if e.unit == "hour" else p, p, "relative")
    if e.unit == "week":
        monday = move(p, -p.weekday() + 7 * step)
        if e.value == "lastday":
            return Days(move(monday, 6), move(monday, 6), "relative")
        if e.value:
            return _edge_of(monday, move(monday, 6), e.value, "relative", p)
        if step == -1:
            return Days(move(p, -13), move(p, -1), "relative")
        if step == -2:
            return Days(move(p, -20), move(p, -8), "relative")
        if step == 0:
            return Days(move(p, -6), p, "relative")
        return Days(monday, move(monday, 6), "relative")
    if e.unit == "month":
        start = _month_start(p, step)
        return _edge_of(start, _month_end(start), e.value, "relative", p)
    if e.unit == "decade":
        start_year = p.year - p.year % 10 + 10 * step
        return _edge_of(date(start_year, 1, 1), date(start_year + 9, 12, 31), "", "relative", p)
    year = p.year + step
    return _edge_of(date(year, 1, 1), date(year, 12, 31), e.value, "relative", p)


def _year(e: Expression, p: date | None) -> Days:
    year = e.year or 1
    if e.calendar == "hijri":
        first = _from_hijri(year, 1, 1)
        last = _from_hijri(year + 1, 1, 1) - timedelta(days=1)
        return Days(first, last, "stated")
    if e.high:
        return Days(date(year, 1, 1), date(e.high, 12, 31), "stated") if e.high >= year else Days(None, None, "stated")
    return _edge_of(date(year, 1, 1), date(year, 12, 31), e.value, "stated", p)


def _season(e: Expression, p: date | None) -> Days:
    a, b = (int(part) for part in e.value.split("-"))
    year = e.year
    if year is None:
        if p is None:
            return Days(None, None, "stated", "no year")
        year = p.year + {"X": 1, "L": 0}.get(e.which, 0)
        first = date(year, a, 1)
        if (e.which == "L" and _month_end(date(year + (b < a), b, 1)) >= p) or (e.which in ("", "C") and first > p):
            year -= 1
        if e.which == "X" and date(p.year, a, 1) > p:
            year = p.year
    elif b < a:
        year -= 0
    return Days(date(year, a, 1), _month_end(date(year + (b < a), b, 1)), "stated" if e.year else "relative")


def _quarter(e: Expression, p: date | None) -> Days:
    if e.month is not None or (e.unit == "month" and p):
        start = (
            date(p.year if p else 1, e.month, 1)
            if e.month
            else _month_start(p or date.min, {"L": -1, "X": 1}.get(e.which, 0))
        )
        if e.month and p is None:
            return Days(None, None, "stated", "no year")
        if e.month and p and start > p:
            start = start.replace(year=start.year - 1)
        length = _month_end(start).day
        low = length * (e.low - 1) // e.high + 1
        return Days(start.replace(day=low), start.replace(day=length * e.low // e.high), "stated")
    year = e.year
    if year is None:
        if p is None:
            return Days(None, None, "stated", "no year")
        year = p.year + {"L": -1, "X": 1}.get(e.which, 0)
    months = 12 // e.high
    first = date(year, months * (e.low - 1) + 1, 1)
    return Days(first, _month_end(date(year, months * e.low, 1)), "stated")


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


def _range(e: Expression, p: date | None) -> Days:
    assert e.first
    assert e.last
    two = resolve(e.last, p)
    one = resolve(e.first, p)
    if e.value != "since" and two.last and (one.first is None or one.first > two.last):
        one = resolve(e.first, two.last)
    if e.first.kind == "day" and e.first.year is None and e.last.year is not None and two.last:
        one = resolve(e.first, two.last)
    if one.first is None or two.last is None or one.first > two.last:
        return Days(None, None, one.basis, one.flag or two.flag) if one.first is None else replace(one, part="")
    basis = "stated" if "stated" in (one.basis, two.basis if e.value != "since" else "") else "relative"
    return Days(one.first, two.last, basis, "; ".join(f for f in (one.flag, two.flag) if f))


def _both(e: Expression, p: date | None) -> Days:
    """Two ways to say one day; where they contradict, an interval over both, flagged."""
    assert e.first
    assert e.last
    one, two = resolve(e.first, p), resolve(e.last, p)
    part = one.part or two.part
    if two.first is None or two.last is None:
        return replace(
            one, basis="stated" if two.basis == "stated" else one.basis, part=part, flag=two.flag or one.flag
        )
    basis = "stated" if "stated" in (one.basis, two.basis) else "relative"
    weekday = e.first.weekday if e.first.kind == "weekday" else e.last.weekday if e.last.kind == "weekday" else None
    if (weekday is not None and two.basis == "stated") or (one.basis == "stated" and e.last.kind == "weekday"):
        said = e.last if e.last.kind != "weekday" else e.first
        day = two if two.basis == "stated" else one
        return replace(_near_weekday(day, weekday or 0, said, p), basis=basis, part=part)
    if one.first is None or one.last is None:
        return replace(two, basis=basis, part=part)
    if weekday is not None and e.first.kind == "deictic" and one.first == one.last:
        near = _near_weekday(one, weekday, e.first, None)
        return replace(near, basis=basis, part=part, flag="two days contradict" if near.flag else "")
    if two.first <= one.first and one.last <= two.last and basis == "relative":
        return replace(one, part=part)
    if one.first <= two.first and two.last <= one.last:
        flag = "; ".join(f for f in (one.flag, two.flag) if f)
        keep = one if one.part in ("night", "midnight") else two
        return replace(keep, basis=basis, part=part, flag=flag)
    flag = "two days contradict"
    if one.basis == "relative" and two.basis == "stated" and abs((two.first - one.first).days) > APART:
        return replace(two, part=part, flag=flag)
    if e.last.calendar == "hijri" and abs((two.first - one.first).days) <= 2:
        return replace(one, basis=basis, part=part)
    return Days(min(one.first, two.first), max(one.last, two.last), basis, flag, part=part)


def _near_weekday(day: Days, weekday: int, said: Expression, p: date | None) -> Days:
    """A date and the weekday said with it: the date; the year or month that fits; or an interval over both, flagged."""
    assert day.first
    assert day.last
    if said.last_month is not None:
        for end in (day.first, day.last):
            if end.weekday() == weekday:
                return replace(day, first=end, last=end)
    if any(
        (day.first + timedelta(days=n)).weekday() == weekday for n in range(min((day.last - day.first).days + 1, 7))
    ):
        return day
    if said.year is None and not said.year_which and p and abs((p - day.first).days) > APART:
        for year in (p.year, p.year - 1, p.year + 1, p.year - 2, p.year - 3):
            other = resolve(replace(said, year=year), p)
            if other.first and other.first.weekday() == weekday:
                return replace(other, flag="year from its weekday")
    ahead = (weekday - day.first.weekday()) % 7
    fitting = day.first + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    return replace(day, first=min(day.first, fitting), last=max(day.last, fitting), flag="weekday contradicts date")


def _nth_weekday(e: Expression, p: date | None) -> Days:
    """The first Tuesday of October, the last Friday of Ramadan."""
    if e.month is None:
        if p is None:
            return Days(None, None, "relative")
        start = _month_start(p, {"L": -1, "C": 0, "X": 1}[(e.which or "C")[-1]] + _twice(e.which))
        month = Days(start, _month_end(start), "relative")
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
        start = _month_start(p, {"L": -1, "X": 1}.get(e.which, 0))
        month = Days(start, _month_end(start), "relative")
    else:
        month = _month(replace(e, kind="month", value=""), p)
    if month.first is None or month.last is None or e.low > 5:
        return Days(None, None, month.basis)
    first = month.first + timedelta(days=7 * (e.low - 1))
    return replace(month, first=first, last=min(month.last, first + timedelta(days=6)))


def _like_today(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "stated")
    day = p.replace(year=e.year or (p.year - 1 if e.which == "L" else p.year))
    return Days(day, day, "stated" if e.year else "relative")


def _relation(e: Expression, p: date | None) -> Days:
    unit = "" if e.unit in ("day", "minute", "hour") or (e.which in ("after", "before") and e.high > 1) else e.unit
    name = f"{e.which} {unit}".strip() if unit else e.which
    return Days(None, None, "relative", relation=(name, e.low, e.high))


def _earlier(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "relative")
    return Days(move(p, -e.low), move(p, -1), "relative")


def _weekend(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "relative")
    friday = move(p, (4 - p.weekday()) % 7 if p.weekday() < 5 else 4 - p.weekday())
    if e.which == "L" or (e.which == "X" and p.weekday() >= 4):
        friday = move(friday, -7 if e.which == "L" else 7)
    return Days(friday, move(friday, 2), "relative")


def _month_start(p: date, months: int) -> date:
    number = p.year * 12 + p.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


_KINDS: dict[str, Callable[[Expression, date | None], Days]] = {
    "day": _day, "month": _month, "weekday": _weekday, "deictic": _deictic, "offset": _offset, "window": _window,
    "period": _period, "year": _year, "season": _season, "quarter": _quarter, "feast": _feast, "range": _range,
    "both": _both, "nth weekday": _nth_weekday, "week of month": _week_of_month, "like today": _like_today,
    "relation": _relation, "earlier": _earlier, "weekend": _weekend,
}  # fmt: skip
