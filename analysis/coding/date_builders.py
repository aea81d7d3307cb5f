"""Each kind of date from the parts of its pattern: what a match of `date_grammar` says."""

from __future__ import annotations

from typing import Any

from analysis.coding.date_expressions import Expression, Matched

NIGHT = ("night", "midnight")
LAST_ONE = ("Z", "L", "R")


def months(g: Matched) -> dict[str, Any]:
    """The month, in one calendar or in two that may contradict each other."""
    first, second = g("mon"), g("mon2")
    flag = "months contradict" if second is not None and second != first else ""
    return {"month": first, "last_month": second if flag else None, "flag": flag}


def tail(g: Matched) -> dict[str, Any]:
    """The year, or the word for this, last or next year, after a day or a month."""
    calendar = "solar_hijri" if g("era") == "solar" else None
    found: dict[str, Any] = {"year": g("year"), "which": g.sign("which")}
    if g.has("yw") and g("yu") == "year":
        found["year_which"] = g.sign("yw")
    if g.has("yh") and g("yu2") == "year":
        found["year_which"] = "C"
    if calendar:
        found["calendar"] = calendar
    return found


def day(g: Matched) -> Expression | None:
    """A day and month: "3 January 2020", "from 3 to 5 May"."""
    last = g("day2")
    if not 1 <= g("day") <= 31 or (last is not None and not 1 <= last <= 31):
        return None
    if (g.has("unit") and g("unit") != "month") or (g.has("lead") and g("lead") != "day"):
        return None
    return Expression("day", day=g("day"), last_day=last, part=g("part") or "", **months(g), **tail(g))


def day_of_this_month(g: Matched) -> Expression | None:
    """A day of a month that is only pointed at: "the 5th of this month"."""
    if (g.has("unit") and g("unit") != "month") or not 1 <= g("day") <= 31:
        return None
    if g("day") == 1 and g.sign("day") == "r" and "m" not in g.match[0]:
        return None  # "the first of the month" is a day, "first this month" its beginning
    return Expression(
        "day", day=g("day"), last_day=g("day2"), which=g.sign("which") or "C",
        value="of month", part=g("part") or "",
    )  # fmt: skip


def nth_weekday(g: Matched) -> Expression | None:
    """As in "The first Friday of May"."""
    number = -1 if g.sign("ord") == "Z" else g("ord")
    calendar = "hijri" if g.sign("mon") in ("H", "K") else "gregorian"
    if g.has("of") and g("of") != "month":
        return None
    return Expression("nth weekday", weekday=g("w"), low=number, calendar=calendar, **{**tail(g), "month": g("mon")})


def nth_day(g: Matched) -> Expression | None:
    """'The first day of the year', 'the second day of next month'."""
    which = g.sign("which") or "C"
    if g("unit") != "day":
        return None
    if g("of") == "month":
        return Expression("day", day=g("day"), which=which, value="of month")
    return Expression("period", unit=g("of"), which=which, value="first") if g("day") == 1 else None


def day_alone(g: Matched) -> Expression | None:
    """'On day 15': of this month or the last."""
    if g("unit") != "day" or not 1 < g("day") <= 31:
        return None
    return Expression("day", day=g("day"), which="C", value="of month")


def half(g: Matched) -> Expression | None:
    """'Half an hour ago' is today."""
    return Expression("deictic", value="0") if g("unit") in ("hour", "minute") else None


def latest_weekday(g: Matched) -> Expression:
    """'Last Friday', said as 'the latest'."""
    return Expression("weekday", weekday=g("w"), which="L")


def week_of_month(g: Matched) -> Expression | None:
    """As in "The second week of May"."""
    if g("unit") != "week" or (g.has("month") and g("month") != "month"):
        return None
    return Expression("week of month", low=g("n"), **{**tail(g), "month": g("mon")})


def last_of(g: Matched) -> Expression | None:
    """As in "The last day of" a month, week or year."""
    edge = {"day": "lastday", "week": "lastweek", "month": "lastmonth"}.get(g("unit"))
    if edge is None:
        return None
    if g.has("mon"):
        return Expression("month", value=edge, **months(g), **tail(g))
    unit = g("of") or g("of2")
    return Expression("period", unit=unit, which=g.sign("which") or "C", value=edge)


def first_of(g: Matched) -> Expression | None:
    """As in "The first week of" a month or year."""
    if g("edge") != 1 or g("unit") not in ("week", "month", "year"):
        return None
    if g.has("year"):
        return Expression("year", year=g("year"), value="early") if g("unit") == "year" else None
    return Expression("period", unit=g("unit"), which=g.sign("which") or "C", value="early")


def like_today(g: Matched) -> Expression | None:
    """As in "On such a day" of another year or week."""
    if g.has("unit") and g("unit") != "day":
        return None
    return Expression("like today", year=g("year"), which=g.sign("which"))


def this_part(g: Matched) -> Expression:
    """As in "This morning"."""
    return Expression("deictic", value="0", part=g("part"))


def hours(g: Matched) -> Expression | None:
    """As in "The hours of dawn", where no other day is named."""
    return Expression("deictic", value="0", part=g("part"), which="weak") if g("hours") == "hour" else None


def hijri(g: Matched) -> Expression | None:
    """A day, month or year of the Islamic calendar."""
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


def solar(g: Matched) -> Expression | None:
    """A day of the Solar Hijri calendar."""
    year = g("year")
    if not 1 <= g("day") <= 31 or not 1300 <= year <= 1499:
        return None
    return Expression("day", year=year, month=g("mon"), day=g("day"), calendar="solar_hijri")


def month(g: Matched) -> Expression | None:
    """A month, or its beginning, middle or end."""
    if g.has("unit") and g("unit") != "month":
        return None
    return Expression("month", value=g("edge") or "", **months(g), **tail(g))


def month_by_number(g: Matched) -> Expression | None:
    """As in "Month 5" of a year."""
    if g("unit") != "month" or not 1 <= g("num") <= 12:
        return None
    return Expression("month", month=g("num"), **tail(g))


def month_range(g: Matched) -> Expression:
    """As in "Between May and June"."""
    return Expression("month", month=g("mon"), last_month=g("mon2"), value="range", **tail(g))


def numeric(g: Matched) -> Expression:
    """A date in digits."""
    year, month, day = g("date")
    calendar = "hijri" if year is not None and (1300 <= year < 1500) else "gregorian"
    if g("era") == "solar":
        calendar = "solar_hijri"
    return Expression("day", year=year, month=month, day=day, calendar=calendar, part=g("part") or "")


def weekday(g: Matched) -> Expression:
    """A weekday, with its part of the day."""
    return Expression("weekday", weekday=g("w"), which=g.sign("which"), part=g("part") or g("after") or "")


def this_weekday(g: Matched) -> Expression:
    """As in "This Friday"."""
    return Expression("weekday", weekday=g("w"), which="C", part=g("part") or "")


def weekday_of_week(g: Matched) -> Expression | None:
    """As in "Friday of last week"."""
    if g("unit") != "week":
        return None
    return Expression("weekday", weekday=g("w"), which="w" + g.sign("which"), part=g("part") or "")


def weekdays(g: Matched) -> Expression:
    """As in "The night from Thursday to Friday"."""
    return Expression("weekday", weekday=g("w"), last_weekday=g("w2"), which=g.sign("which"), part=g("part") or "")


def deictic(g: Matched) -> Expression:
    """As in "Today", "yesterday evening"."""
    part = g("part") or g("after") or ""
    return Expression("deictic", value=str(g("t")), part=part, which=g.sign("which"))


def night(g: Matched) -> Expression | None:
    """As in "Last night"."""
    return Expression("deictic", value="night", which=g.sign("which"), part="night") if g("part") in NIGHT else None


def part(g: Matched) -> Expression | None:
    """A part of the day alone is of the day of publication, where its sentence names no other day."""
    return Expression("deictic", value="0", part=g("part"), which="weak") if g.alone("part") else None


def offset(g: Matched) -> Expression | None:
    """As in "Three days ago", "two weeks before"."""
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


def since_then(g: Matched) -> Expression | None:
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


def window(g: Matched) -> Expression | None:
    """'The last two days', 'the coming hours'."""
    number = g("n")
    if number is None:
        number = {"U": 1, "V": 2}.get(g.sign("unit"), 0)
    if g.sign("unit") == "U" and not g.has("n"):
        return None
    return Expression("window", unit=g("unit"), low=number, high=number, which=g.sign("which") or "L")


def period(g: Matched) -> Expression | None:
    """As in "Last week", "this month"."""
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


def edge(g: Matched) -> Expression | None:
    """As in "The end of the week"."""
    unit = g("unit")
    if unit not in ("week", "month", "year", "day", "decade"):
        return None
    return Expression("period", unit=unit, which=g.sign("which") or "C", value=g("edge") or "", year=g("year"))


def year(g: Matched) -> Expression | None:
    """A year, or two years as a span."""
    if g.has("unit") and g("unit") != "year":
        return None
    calendar = "hijri" if g("era") == "hijri" or 1300 <= g("year") < 1500 else "gregorian"
    return Expression("year", year=g("year"), calendar=calendar, value=g("edge") or "", high=g("year2") or 0)


def season(g: Matched) -> Expression:
    """A season of a year."""
    which = g.sign("which") or (g.sign("yw") if g("yu") == "year" else "")
    return Expression("season", value=g("season"), year=g("year"), which=which or ("C" if g.has("h") else ""))


def quarter(g: Matched) -> Expression | None:
    """A half, third or quarter of a year or month."""
    number = g("q") if g.sign("n") in LAST_ONE else g("n")
    if not 1 <= number <= g("q"):
        return None
    which = g.sign("which")
    unit = g("unit") or "year"
    return Expression("quarter", unit=unit, low=number, high=g("q"), year=g("year"), which=which, month=g("mon"))


def feast(g: Matched) -> Expression:
    """A feast or holy day, of this year or a named one."""
    return Expression(
        "feast", value=g("feast"), year=g("year"), which=g.sign("which"), day=g("n"), part=g("part") or ""
    )


def earlier(g: Matched) -> Expression:
    """As in "Earlier", "previously": with nothing to hold on to."""
    return Expression("earlier", low=g("days"))


def weekend(g: Matched) -> Expression:
    """The end of this, last or next week."""
    return Expression("weekend", which=g.sign("which"))


def last_day(g: Matched) -> Expression | None:
    """As in "The last day of" a named month."""
    return Expression(
        "period", unit=g("unit"), which=g.sign("which") or "C", value="lastday", month=g("mon"), year=g("year")
    )
