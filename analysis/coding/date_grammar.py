"""How dates are said: patterns over the signs of `date_words`, each read as an expression not yet resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from analysis.coding.date_words import Items


@dataclass(frozen=True, slots=True)
class Expression:
    """A date as said, before it is resolved against the publication date."""

    kind: str
    """day, month, year, weekday, deictic, offset, window, period, season, quarter, feast, range, both, relation, ..."""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    last_month: int | None = None
    calendar: str = "gregorian"
    weekday: int | None = None
    last_weekday: int | None = None
    unit: str = ""
    low: int = 0
    high: int = 0
    which: str = ""
    """L last, b before last, C current, X next, R previous, F following, E same."""
    year_which: str = ""
    part: str = ""
    value: str = ""
    about: str = ""
    """about, over, under, or ''."""
    flag: str = ""
    first: Expression | None = None
    last: Expression | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression and the items it was read from: items[first:last]."""

    first: int
    last: int
    expression: Expression


ALONE = "*"
"""Ends the value of a part of the day that is an adverb."""


class _Got:
    """What the groups of a match hold."""

    def __init__(self, match: re.Match[str], values: list[Any]) -> None:
        self.match, self.values = match, values

    def __call__(self, name: str) -> Any:
        try:
            at = self.match.start(name)
        except IndexError:
            return None
        value = self.values[at] if at >= 0 else None
        return value.rstrip(ALONE) if isinstance(value, str) else value

    def alone(self, name: str) -> bool:
        """Whether a part of the day is said as an adverb, which may stand alone."""
        return str(self.values[self.match.start(name)]).endswith(ALONE)

    def sign(self, name: str) -> str:
        try:
            return self.match[name] or ""
        except IndexError:
            return ""

    def has(self, name: str) -> bool:
        return bool(self.sign(name))


MONTH = r"(?P<mon>[Mx])(?:[/(-]?(?P<mon2>[Mx])\)?)?"
YEAR = r"(?:[,/-]?[iml]?U?(?P<year>y)(?P<era>g)?)"
YEAR_WHICH = r"(?:[im]?(?:(?P<yu>U)(?P<yw>b?[LCERF]|a?X)|(?P<yh>h)(?P<yu2>U)))"
WHICH = r"(?P<which>b?[LCRF]|a?X)"
TAIL = rf"(?:{YEAR}|{YEAR_WHICH}|{WHICH})?"
HYEAR = r"(?:[,/-]?[iml]?U?(?P<year>y)(?P<era>g)?)?"
PART = r"(?:(?P<part>A)[im]?)?"
PART_AFTER = r"(?P<after>A(?![UWTmiL]))?"
DAY = r"(?P<day>[nr])"
DAYS = r"(?P<day>[nr])(?:(?:,?w|-|t|wt|/|,)[nr]){0,4}(?:,?w|-|t|wt|/|u)(?P<day2>[nr])"


def _months(g: _Got) -> dict[str, Any]:
    first, second = g("mon"), g("mon2")
    flag = "months contradict" if second is not None and second != first else ""
    return {"month": first, "last_month": second if flag else None, "flag": flag}


def _tail(g: _Got) -> dict[str, Any]:
    calendar = "solar_hijri" if g("era") == "solar" else None
    found: dict[str, Any] = {"year": g("year"), "which": g.sign("which")}
    if g.has("yw") and g("yu") == "year":
        found["year_which"] = g.sign("yw")
    if g.has("yh") and g("yu2") == "year":
        found["year_which"] = "C"
    if calendar:
        found["calendar"] = calendar
    return found


def _day(g: _Got) -> Expression | None:
    last = g("day2")
    if not 1 <= g("day") <= 31 or (last is not None and not 1 <= last <= 31):
        return None
    if (g.has("unit") and g("unit") != "month") or (g.has("lead") and g("lead") != "day"):
        return None
    return Expression("day", day=g("day"), last_day=last, part=g("part") or "", **_months(g), **_tail(g))


def _day_of_this_month(g: _Got) -> Expression | None:
    if (g.has("unit") and g("unit") != "month") or not 1 <= g("day") <= 31:
        return None
    if g("day") == 1 and g.sign("day") == "r" and "m" not in g.match[0]:
        return None  # "the first of the month" is a day, "first this month" its beginning
    return Expression(
        "day", day=g("day"), last_day=g("day2"), which=g.sign("which") or "C",
        value="of month", part=g("part") or "",
    )  # fmt: skip


def _nth_weekday(g: _Got) -> Expression | None:
    number = -1 if g.sign("ord") == "Z" else g("ord")
    calendar = "hijri" if g.sign("mon") in ("H", "K") else "gregorian"
    if g.has("of") and g("of") != "month":
        return None
    return Expression("nth weekday", weekday=g("w"), low=number, calendar=calendar, **{**_tail(g), "month": g("mon")})


def _nth_day(g: _Got) -> Expression | None:
    """'The first day of the year', 'the second day of next month'."""
    which = g.sign("which") or "C"
    if g("unit") != "day":
        return None
    if g("of") == "month":
        return Expression("day", day=g("day"), which=which, value="of month")
    return Expression("period", unit=g("of"), which=which, value="first") if g("day") == 1 else None


def _day_alone(g: _Got) -> Expression | None:
    """'On day 15': of this month or the last."""
    if g("unit") != "day" or not 1 < g("day") <= 31:
        return None
    return Expression("day", day=g("day"), which="C", value="of month")


def _half(g: _Got) -> Expression | None:
    """'Half an hour ago' is today."""
    return Expression("deictic", value="0") if g("unit") in ("hour", "minute") else None


def _latest_weekday(g: _Got) -> Expression:
    """'Last Friday', said as 'the latest'."""
    return Expression("weekday", weekday=g("w"), which="L")


def _week_of_month(g: _Got) -> Expression | None:
    if g("unit") != "week" or (g.has("month") and g("month") != "month"):
        return None
    return Expression("week of month", low=g("n"), **{**_tail(g), "month": g("mon")})


def _last_of(g: _Got) -> Expression | None:
    edge = {"day": "lastday", "week": "lastweek", "month": "lastmonth"}.get(g("unit"))
    if edge is None:
        return None
    if g.has("mon"):
        return Expression("month", value=edge, **_months(g), **_tail(g))
    unit = g("of") or g("of2")
    return Expression("period", unit=unit, which=g.sign("which") or "C", value=edge)


def _first_of(g: _Got) -> Expression | None:
    if g("edge") != 1 or g("unit") not in ("week", "month", "year"):
        return None
    if g.has("year"):
        return Expression("year", year=g("year"), value="early") if g("unit") == "year" else None
    return Expression("period", unit=g("unit"), which=g.sign("which") or "C", value="early")


def _like_today(g: _Got) -> Expression | None:
    if g.has("unit") and g("unit") != "day":
        return None
    return Expression("like today", year=g("year"), which=g.sign("which"))


def _this_part(g: _Got) -> Expression:
    return Expression("deictic", value="0", part=g("part"))


def _hours(g: _Got) -> Expression | None:
    return Expression("deictic", value="0", part=g("part"), which="weak") if g("hours") == "hour" else None


def _hijri(g: _Got) -> Expression | None:
    if (g.has("day") and not 1 <= g("day") <= 30) or (g.has("lead") and g("lead") != "day"):
        return None
    if g.has("unit") and g("unit") != "month":
        return None
    kind = "day" if g.has("day") else "month"
    year = g("year")
    if year is not None and not 1300 <= year <= 1500:
        return None
    return Expression(
        kind, year=year, month=g("mon"), day=g("day"), last_day=g("day2"), calendar="hijri",
        which=g.sign("which"), part=g("part") or "", value=g("edge") or "",
    )  # fmt: skip


def _solar(g: _Got) -> Expression | None:
    year = g("year")
    if not 1 <= g("day") <= 31 or not 1300 <= year <= 1499:
        return None
    return Expression("day", year=year, month=g("mon"), day=g("day"), calendar="solar_hijri")


def _month(g: _Got) -> Expression | None:
    if g.has("unit") and g("unit") != "month":
        return None
    return Expression("month", value=g("edge") or "", **_months(g), **_tail(g))


def _month_by_number(g: _Got) -> Expression | None:
    if g("unit") != "month" or not 1 <= g("num") <= 12:
        return None
    return Expression("month", month=g("num"), **_tail(g))


def _month_range(g: _Got) -> Expression:
    return Expression("month", month=g("mon"), last_month=g("mon2"), value="range", **_tail(g))


def _numeric(g: _Got) -> Expression:
    year, month, day = g("date")
    calendar = "hijri" if year is not None and (1300 <= year < 1500) else "gregorian"
    if g("era") == "solar":
        calendar = "solar_hijri"
    return Expression("day", year=year, month=month, day=day, calendar=calendar, part=g("part") or "")


def _weekday(g: _Got) -> Expression:
    return Expression("weekday", weekday=g("w"), which=g.sign("which"), part=g("part") or g("after") or "")


def _this_weekday(g: _Got) -> Expression:
    return Expression("weekday", weekday=g("w"), which="C", part=g("part") or "")


def _weekday_of_week(g: _Got) -> Expression | None:
    if g("unit") != "week":
        return None
    return Expression("weekday", weekday=g("w"), which="w" + g.sign("which"), part=g("part") or "")


def _weekdays(g: _Got) -> Expression:
    return Expression("weekday", weekday=g("w"), last_weekday=g("w2"), which=g.sign("which"), part=g("part") or "")


def _deictic(g: _Got) -> Expression:
    part = g("part") or g("after") or ""
    return Expression("deictic", value=str(g("t")), part=part, which=g.sign("which"))


def _night(g: _Got) -> Expression | None:
    return Expression("deictic", value="night", which=g.sign("which"), part="night") if g("part") in NIGHT else None


NIGHT = ("night", "midnight")


def _part(g: _Got) -> Expression | None:
    """A part of the day alone is of the day of publication, where its sentence names no other day."""
    return Expression("deictic", value="0", part=g("part"), which="weak") if g.alone("part") else None


def _offset(g: _Got) -> Expression | None:
    unit, number = g("unit"), g("n")
    if g.has("now") and str(g("now")) != "0":
        return None
    if g.has("one") and (g("one") != 1 or g.sign("unit") != "U" or g.has("n")):
        return None
    if g.has("n"):
        if g.sign("unit") == "V":
            return None
        low = high = number
    elif g.sign("unit") == "P":
        low = high = 0
    else:
        low = high = 2 if g.sign("unit") == "V" else 1
    direction = {"a": "future"}.get(g.sign("prep"), "past")
    return Expression(
        "offset", unit=unit, low=low, high=high, which=direction,
        about=g("q") or ("about" if g.has("q") or g.has("q2") else ""),
        value="half" if g.has("half") else "",
    )  # fmt: skip


def _since_then(g: _Got) -> Expression | None:
    """'Two days after that', 'a day before that': relative to what was told before."""
    unit = g("unit")
    days = {"minute": 0, "hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}.get(unit)
    if days is None:
        return None
    number = g("n") if g.has("n") else {"U": 1, "V": 2}.get(g.sign("unit"), 0)
    direction = "before" if g.sign("prep") == "b" else "after"
    low = number * days if number else days
    high = number * days if number else days * 7
    if unit == "hour" and not number:
        high = 1
    if unit == "hour" and number:
        low, high = number // 24, (number + 23) // 24
    return Expression("relation", which=direction, low=low, high=high, unit=unit)


def _window(g: _Got) -> Expression | None:
    """'The last two days', 'the coming hours'."""
    number = g("n")
    if number is None:
        number = {"U": 1, "V": 2}.get(g.sign("unit"), 0)
    if g.sign("unit") == "U" and not g.has("n"):
        return None
    return Expression("window", unit=g("unit"), low=number, high=number, which=g.sign("which") or "L")


def _period(g: _Got) -> Expression | None:
    unit, which = g("unit"), g.sign("which") or "C"
    if unit in ("minute", "hour") and which in "CX":
        return None
    if which in ("E", "F", "R", "J"):
        days = {"day": 1, "week": 7, "month": 30, "year": 365}.get(unit)
        if days is None:
            return None
        direction = {"E": "same", "F": "after", "R": "before"}[which]
        return Expression(
            "relation", which=direction, low=0 if which == "E" else 1, high=0 if which == "E" else 1, unit=unit
        )
    return Expression("period", unit=unit, which=which)


def _edge(g: _Got) -> Expression | None:
    unit = g("unit")
    if unit not in ("week", "month", "year", "day", "decade"):
        return None
    return Expression("period", unit=unit, which=g.sign("which") or "C", value=g("edge") or "", year=g("year"))


def _year(g: _Got) -> Expression | None:
    if g.has("unit") and g("unit") != "year":
        return None
    calendar = "hijri" if g("era") == "hijri" or 1300 <= g("year") < 1500 else "gregorian"
    return Expression("year", year=g("year"), calendar=calendar, value=g("edge") or "", high=g("year2") or 0)


def _season(g: _Got) -> Expression:
    which = g.sign("which") or (g.sign("yw") if g("yu") == "year" else "")
    return Expression("season", value=g("season"), year=g("year"), which=which or ("C" if g.has("h") else ""))


LAST_ONE = ("Z", "L", "R")


def _quarter(g: _Got) -> Expression | None:
    number = g("q") if g.sign("n") in LAST_ONE else g("n")
    if not 1 <= number <= g("q"):
        return None
    which = g.sign("which")
    unit = g("unit") or "year"
    return Expression("quarter", unit=unit, low=number, high=g("q"), year=g("year"), which=which, month=g("mon"))


def _feast(g: _Got) -> Expression:
    return Expression(
        "feast", value=g("feast"), year=g("year"), which=g.sign("which"), day=g("n"), part=g("part") or ""
    )


def _earlier(g: _Got) -> Expression:
    return Expression("earlier", low=g("days"))


def _weekend(g: _Got) -> Expression:
    return Expression("weekend", which=g.sign("which"))


def _last_day(g: _Got) -> Expression | None:
    return Expression(
        "period", unit=g("unit"), which=g.sign("which") or "C", value="lastday", month=g("mon"), year=g("year")
    )


OFFSET_ENDS = r"(?P<q2>q)?(?:w(?P<half>Q))?(?:m(?P<now>T))?(?![WMLCXRFEyrnA]|(?<=U)m)"
"""Where an offset ends: what follows makes no other date of it."""
Builder = Callable[[_Got], "Expression | None"]
PATTERNS: tuple[tuple[str, Builder], ...] = (
    (rf"{PART}{DAYS}m?(?P<unit>U)?{MONTH}{TAIL}", _day),
    (rf"{PART}{DAY}[m/-]?(?P<unit>U)?{MONTH}{TAIL}", _day),
    (rf"(?P<lead>P){DAYS}m?(?P<unit>U)?{MONTH}{TAIL}", _day),
    (rf"{DAYS}m?h?(?P<unit>U)(?P<which>[LCXRFE])?", _day_of_this_month),
    (rf"{DAY}m?(?P<unit>U)(?P<which>b?[LCRFE]|a?X)", _day_of_this_month),
    (rf"{DAY}mh(?P<unit>U)", _day_of_this_month),
    (rf"{DAY}[im](?P<unit>U)(?P<which>b?[LCRFE]|a?X)?(?![yM])", _day_of_this_month),
    (rf"{DAY}m(?P<which>[CL])", _day_of_this_month),
    (rf"{PART}(?P<day>n)(?P<which>C)(?![yM])", _day_of_this_month),
    (rf"(?P<lead>U){DAY}m?(?P<unit>U)?{MONTH}{TAIL}", _day),
    (rf"(?P<lead>U){DAY}m?(?P<unit>U)?(?P<mon>[HK]){HYEAR}", _hijri),
    (rf"(?P<ord>[rZ])(?P<w>[W7])[im]?U?{MONTH}{TAIL}", _nth_weekday),
    (r"(?P<ord>[rZ])(?P<w>[W7])[im]?U?(?P<mon>[HK])(?P<year>y)?", _nth_weekday),
    (r"(?P<ord>[rZ])(?P<w>[W7])[im]?h?(?P<of>U)(?P<which>b?[LC]|a?X)?(?![yM])", _nth_weekday),
    (r"(?P<day>r)(?P<unit>[UP])[im]h?(?P<of>U)(?P<which>b?[LCE]|a?X)?(?![yM])", _nth_day),
    (r"(?P<unit>U)(?P<day>r)[im]h?(?P<of>U)(?P<which>b?[LCE]|a?X)?(?![yM])", _nth_day),
    (r"(?<![bsakqZ])(?P<unit>U)(?P<day>n)(?=[o.,:()\n]|$)", _day_alone),
    (rf"(?P<unit>U)(?P<n>r)[im]?U?{MONTH}{TAIL}", _week_of_month),
    (r"(?P<unit>U)(?P<n>r)[im](?P<month>U)(?P<which>[LCX])?", _week_of_month),
    (r"Z(?P<w>[W7])(?![imMHKxy])", _latest_weekday),
    (rf"Z(?P<unit>U)[im]?U?{MONTH}{TAIL}", _last_of),
    (r"Z(?P<unit>U)[im](?:(?P<of>U)(?P<which>b?[LCE]|a?X)?|h(?P<of2>U))(?![yM])", _last_of),
    (r"~(?:[im]?(?:U?(?P<year>y)|U(?P<which>L)))?", _like_today),
    (r"(?P<unit>U)E[im]U(?P<which>L)", _like_today),
    (r"(?P<mon>[Mx])(?P<day>n),?(?P<year>y)", _day),
    (rf"{PART}{DAYS}m?(?P<unit>U)?(?P<mon>[HK]){HYEAR}", _hijri),
    (rf"{PART}{DAY}m?(?P<unit>U)?(?P<mon>[HK])(?:{HYEAR}|(?P<which>[LCX]))", _hijri),
    (rf"(?:(?P<edge>B)m?)?(?P<unit>U)?(?P<mon>H){HYEAR}(?P<which>[LCX])?", _hijri),
    (rf"(?P<edge>B)m?(?P<unit>U)?(?P<mon>[HK])(?:(?P<which>[LCX])|{HYEAR})", _hijri),
    (rf"(?P<unit>U)(?P<mon>K){HYEAR}(?P<which>[LCX])?", _hijri),
    (r"(?P<mon>K)(?:(?P<year>y)g?|(?P<which>[LCX]))", _hijri),
    (r"(?P<day>[nr])m?(?P<mon>S)[m,]?U?(?P<year>y)g?", _solar),
    (rf"(?P<edge>B)m?(?P<unit>U)?{MONTH}{TAIL}", _month),
    (rf"(?P<unit>U)?(?P<mon>M)(?:w|-|t|wt)(?P<unit2>U)?(?P<mon2>[Mx])(?:{YEAR}|{WHICH})?", _month_range),
    (rf"(?P<unit>U){MONTH}{TAIL}", _month),
    (rf"(?P<unit>U)(?P<num>n)(?:{YEAR}|{WHICH})", _month_by_number),
    (rf"(?P<unit>U)(?P<num>r)(?:{YEAR}|{YEAR_WHICH})", _month_by_number),
    (rf"(?P<unit>U)L[im]U?{MONTH}{TAIL}", _last_of),
    (rf"(?P<day>r)[PU]m?U?(?P<mon>[HK])(?:{HYEAR}|(?P<which>[LCX]))", _hijri),
    (rf"(?P<mon>M)(?:[/(-]?(?P<mon2>[Mx])\)?)?{TAIL}", _month),
    (rf"(?P<mon>x)(?:[/(-](?P<mon2>[Mx])\)?)?(?:{YEAR}|{YEAR_WHICH}|{WHICH})", _month),
    (r"(?<=[ik])(?P<mon>x)", _month),
    (rf"{PART}(?P<date>D)(?P<era>g)?", _numeric),
    (rf"(?:(?<=[iUWTA,(])|(?<![^\n])){PART}(?P<date>d)", _numeric),
    (rf"{PART}[UP]?(?P<w>W)(?:,?wU?W){{0,4}}(?:[-/tu]|,?w|wt)?U?(?P<w2>W){WHICH}?", _weekdays),
    (rf"{PART}U?(?P<w>W)m(?P<unit>U)(?P<which>[LCX])", _weekday_of_week),
    (rf"{PART}U?(?P<w>W){WHICH}?{PART_AFTER}", _weekday),
    (rf"{PART}hU?(?P<w>W)", _this_weekday),
    (rf"{PART}U?(?P<t>T)(?P<which>b?L|a?X)?{PART_AFTER}", _deictic),
    (r"(?P<part>A)(?P<which>b?L|a?X)", _night),
    (r"(?P<part>A)", _part),
    (r"[hs](?P<part>A)(?![UWTmM])", _this_part),
    (r"(?P<hours>P)(?P<part>A)r?", _hours),
    (r"(?P<prep>[ba])ji(?P<q>q)?(?:(?P<n>n)?(?P<unit>[UVP]))", _since_then),
    (r"(?P<prep>[ba])(?P<q>q)?(?P<n>n)?v?(?P<unit>[UVP])v?mj", _since_then),
    (r"(?P<prep>a)(?P<q>q)?(?P<n>n)?v?(?P<unit>[UVP])v?(?=[mu])", _since_then),
    (rf"(?P<prep>[bas])(?P<q>q)?(?P<n>n)?v?(?P<unit>[UVP])(?P<one>n)?v?{OFFSET_ENDS}", _offset),
    (r"[bsa]Q(?P<unit>U)(?!m)", _half),
    (r"(?P<unit>[PV])(?P<n>n)?v?(?P<which>[LX])", _window),
    (r"(?P<n>n)(?P<unit>[UP])(?P<which>[LX])", _window),
    (r"Z(?P<n>n)(?P<unit>[UP])", _window),
    (r"Z(?P<unit>V)", _window),
    (r"(?P<unit>P)(?P<which>[L])?(?P<n>n)(?P<which2>[LX])?", _window),
    (r"(?P<edge>r)(?P<unit>U)(?P<which>b?[LCE]|a?X)?(?![yMrnf])", _first_of),
    (r"(?P<edge>r)(?P<unit>U)y?(?P<year>y)", _first_of),
    (r"(?P<edge>B)m?(?P<unit>U)(?P<which>b?[LCE]|a?X)?(?![yMrn])", _edge),
    (r"(?P<edge>B)m?h(?P<unit>U)", _edge),
    (r"(?P<edge>B)m?(?P<unit>U)?(?P<year>y)(?P<era>g)?", _year),
    (r"(?P<unit>U)(?P<which>b?[LCERF]|a?X)", _period),
    (r"h(?P<unit>U)(?!W)", _period),
    (r"(?P<which>E)(?P<unit>U)", _period),
    (r"(?P<unit>U)(?P<year>y)(?P<era>g)?", _year),
    (r"[UV](?P<year>y)(?:w|-)(?P<year2>y)", _year),
    (r"(?<=[iskt])(?P<year>y)(?P<era>g)?(?![no])", _year),
    (r"(?P<season>O)(?:[im]?U?(?P<year>y)|(?P<which>[LCX])|m?(?P<yu>U)(?P<yw>[LCX])|(?P<h>h)(?P<yu2>U))", _season),
    (r"(?P<h>h)(?P<season>O)", _season),
    (r"(?<=[ik])(?P<season>O)", _season),
    (r"(?P<q>Q)(?P<n>[nrZLR])(?:[im]?(?:U?(?P<year>y)|h?(?P<unit>U)(?P<which>[LCX])?|(?P<mon>M)))?", _quarter),
    (r"(?P<n>[nr])[PU]?m?(?P<feast>f)(?:(?P<year>y)|(?P<which>[LCX]))?", _feast),
    (r"U(?P<n>r)m?(?P<feast>f)(?:(?P<year>y)|(?P<which>[LCX]))?", _feast),
    (rf"{PART}(?P<feast>f)(?:[im]?U?(?P<year>y)|(?P<which>[LCX]))?", _feast),
    (r"(?P<days>Y)", _earlier),
    (r"N(?P<which>[LCX])?", _weekend),
)  # fmt: skip
_COMPILED = [(re.compile(pattern), build) for pattern, build in PATTERNS]
_STARTERS = "nrDdMxHKWTAUVPBOQfNYbsaZhE~"


def find_phrases(items: Items) -> list[Phrase]:
    """Find every date said among the items, in reading order: the longest at each place, neighbours joined."""
    atoms = [atom for atom in _atoms(items) if not _of_a_law(items, atom)]
    return _ranges(items, _join(items, list(_without_weak(items, atoms))))


def _of_a_law(items: Items, atom: Phrase) -> bool:
    """The year of a law or a birth is no date of an act, nor a day that names a party, nor 'day one of'."""
    if items.signs[atom.first - 1 : atom.first] == "&":
        return True
    said = atom.expression
    if said.kind == "deictic" and said.value == "0" and items.signs[atom.last : atom.last + 1] == "r":
        return items.signs[atom.first - 1 : atom.first] != "l"
    return atom.expression.kind == "year" and "z" in items.signs[max(atom.first - 5, 0) : atom.first]


def _without_weak(items: Items, atoms: list[Phrase]) -> Iterator[Phrase]:
    """A part of the day alone counts only where no other day is named in its sentence."""
    for number, atom in enumerate(atoms):
        if atom.expression.kind == "earlier" and items.signs[atom.last : atom.last + 1] == "m":
            continue  # "earlier on Monday" is Monday
        if atom.expression.which == "weak":
            near = [atoms[n] for n in (number - 1, number + 1) if 0 <= n < len(atoms)]
            if any(not _STOP.search(items.signs[min(a.last, atom.last) : max(a.first, atom.first)]) for a in near):
                continue
            atom = replace(atom, expression=replace(atom.expression, which=""))
        yield atom


_STOP = re.compile("[\n.]")


def _atoms(items: Items) -> Iterator[Phrase]:
    position, signs = 0, items.signs
    starter = re.compile(f"[{_STARTERS}y]")
    while (found := starter.search(signs, position)) is not None:
        position = found.start()
        best: Phrase | None = None
        for pattern, build in _COMPILED:
            match = pattern.match(signs, position)
            if match is None or (best and match.end() <= best.last):
                continue
            expression = build(_Got(match, items.values))
            if expression is not None:
                best = Phrase(position, match.end(), expression)
        if best:
            yield best
        position = best.last if best else position + 1


_BETWEEN = re.compile(r"[,(-]{0,2}[=iml]{0,2}U?\(?")
_RANK = {"deictic": 0, "weekday": 1, "day": 2}


def _join(items: Items, atoms: list[Phrase]) -> list[Phrase]:
    """Join neighbours that say the same day: 'today, Sunday 9 July', '3 January 2020, that is 8 Jumada I 1441'."""
    joined: list[Phrase] = []
    for atom in atoms:
        if joined and (both := _same_day(items, joined[-1], atom)):
            joined[-1] = both
        else:
            joined.append(atom)
    return joined


def _same_day(items: Items, before: Phrase, after: Phrase) -> Phrase | None:
    between = items.signs[before.last : after.first]
    if not _BETWEEN.fullmatch(between):
        return None
    one, two = before.expression, after.expression
    ranks = _RANK.get(one.kind if one.kind != "both" else (one.last or one).kind), _RANK.get(two.kind)
    if ranks[0] is None or ranks[1] is None:
        return None
    if ranks[0] > ranks[1] and not (ranks == (2, 1) and "(" in between):
        return None
    if ranks[0] == ranks[1] and not (ranks[0] == 2 and one.calendar != two.calendar):
        return None
    if one.kind == "weekday" and one.last_weekday is not None:
        return None
    last = after.last + (1 if "(" in between and items.signs[after.last : after.last + 1] == ")" else 0)
    if one.kind == "both":
        return Phrase(before.first, last, replace(one, last=Expression("both", first=one.last, last=two)))
    return Phrase(before.first, last, Expression("both", first=one, last=two))


def _ranges(items: Items, phrases: list[Phrase]) -> list[Phrase]:
    """Join 'from … to …', 'between … and …'; a date after 'since' runs to the publication."""
    found: list[Phrase] = []
    for phrase in phrases:
        previous = found[-1] if found else None
        if previous and previous.expression.kind != "range":
            between = items.signs[previous.last : phrase.first]
            opened = items.signs[max(previous.first - 1, 0) : previous.first]
            if re.fullmatch(r",?w?t", between) or (between in ("w", ",w") and opened == "e"):
                found[-1] = Phrase(
                    previous.first, phrase.last, Expression("range", first=previous.expression, last=phrase.expression)
                )
                continue
        found.append(phrase)
    return [_since(items, phrase) for phrase in found]


def _since(items: Items, phrase: Phrase) -> Phrase:
    kind = phrase.expression.kind
    runs = kind in ("period", "month", "year", "season", "quarter", "feast")
    if not runs or items.signs[max(phrase.first - 1, 0) : phrase.first] != "s":
        return phrase
    today = Expression("deictic", value="0")
    return Phrase(phrase.first, phrase.last, Expression("range", first=phrase.expression, last=today, value="since"))
