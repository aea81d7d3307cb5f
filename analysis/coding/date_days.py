"""Stretches of days, and how far a stretch moves, ends and is cut: what every kind of date is resolved to."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

UNIT_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}
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


def month_start(p: date, months: int) -> date:
    """The first day of the month, so many months from a day's own."""
    number = p.year * 12 + p.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def year_of(which: str, p: date | None) -> int | None:
    """The year that 'last', 'this' or 'next' means at publication; None where it stands for none."""
    if not which or p is None or which[-1] in "EFR":
        return None
    return p.year + {"L": -1, "C": 0, "X": 1}[which[-1]] + steps(which)


def steps(which: str) -> int:
    """One more step for 'the one before last' and 'the one after next'."""
    return {"b": -1, "a": 1}.get(which[:1], 0)


def edge_of(first: date, last: date, edge: str, basis: str, p: date | None) -> Days:
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
            return until(Days(date(first.year, a, 1), month_end(date(first.year, b, 1)), basis), p)
    else:
        low, high = 0, length - 1
    return until(Days(first + timedelta(days=low), first + timedelta(days=high), basis), p)


def until(days: Days, p: date | None) -> Days:
    """The days up to publication, where they run beyond it."""
    if p and days.first and days.last and days.first <= p < days.last:
        return replace(days, last=p)
    return days
