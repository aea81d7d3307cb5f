"""Expressions to days: each kind of date, resolved against the publication date by the rules of the codebook (3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from analysis.coding.date_calendar import OF_THE_CALENDAR
from analysis.coding.date_days import Days
from analysis.coding.date_distance import BY_DISTANCE
from analysis.coding.date_expressions import Expression

APART = 10
"""Two days that contradict each other by more than these are no slip: the date said outweighs 'today'."""


def resolve(expression: Expression, published: date | None) -> Days:
    """The days of an expression, inclusive, against the day of publication (None: unknown)."""
    try:
        days = _KINDS[expression.kind](expression, published)
    except (ValueError, OverflowError):
        return Days(None, None, "stated", "no such day")
    flag = "; ".join(part for part in (expression.flag, days.flag) if part)
    part = days.part or expression.part
    return replace(days, flag=flag, part="evening" if part == "eve" else part)


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


def _relation(e: Expression, p: date | None) -> Days:
    unit = "" if e.unit in ("day", "minute", "hour") or (e.which in ("after", "before") and e.high > 1) else e.unit
    name = f"{e.which} {unit}".strip() if unit else e.which
    return Days(None, None, "relative", relation=(name, e.low, e.high))


_KINDS: dict[str, Callable[[Expression, date | None], Days]] = {
    **OF_THE_CALENDAR, **BY_DISTANCE, "range": _range, "both": _both, "relation": _relation,
}  # fmt: skip
