"""Dates told by their distance from publication: "yesterday", "three days ago", "last week", "earlier"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from analysis.coding.date_days import UNIT_DAYS, Days, edge_of, month_end, month_start, move, steps
from analysis.coding.date_expressions import Expression


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
    start = month_start(p, months)
    day = min(p.day, month_end(start).day)
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
        return edge_of(date(e.year, 1, 1), date(e.year, 12, 31), e.value, "stated", p)
    if p is None:
        return Days(None, None, "relative")
    step = {"L": -1, "C": 0, "X": 1}.get(e.which[-1], 0) + steps(e.which)
    if e.unit == "day":
        return Days(move(p, step), move(p, step), "relative")
    if e.unit in ("minute", "hour"):
        return Days(move(p, -1) if e.unit == "hour" else p, p, "relative")
    if e.unit == "week":
        monday = move(p, -p.weekday() + 7 * step)
        if e.value == "lastday":
            return Days(move(monday, 6), move(monday, 6), "relative")
        if e.value:
            return edge_of(monday, move(monday, 6), e.value, "relative", p)
        if step == -1:
            return Days(move(p, -13), move(p, -1), "relative")
        if step == -2:
            return Days(move(p, -20), move(p, -8), "relative")
        if step == 0:
            return Days(move(p, -6), p, "relative")
        return Days(monday, move(monday, 6), "relative")
    if e.unit == "month":
        start = month_start(p, step)
        return edge_of(start, month_end(start), e.value, "relative", p)
    if e.unit == "decade":
        start_year = p.year - p.year % 10 + 10 * step
        return edge_of(date(start_year, 1, 1), date(start_year + 9, 12, 31), "", "relative", p)
    year = p.year + step
    return edge_of(date(year, 1, 1), date(year, 12, 31), e.value, "relative", p)


def _like_today(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "stated")
    day = p.replace(year=e.year or (p.year - 1 if e.which == "L" else p.year))
    return Days(day, day, "stated" if e.year else "relative")


def _earlier(e: Expression, p: date | None) -> Days:
    if p is None:
        return Days(None, None, "relative")
    return Days(move(p, -e.low), move(p, -1), "relative")


BY_DISTANCE: dict[str, Callable[[Expression, date | None], Days]] = {
    "deictic": _deictic, "offset": _offset, "window": _window, "period": _period, "like today": _like_today,
    "earlier": _earlier,
}  # fmt: skip
