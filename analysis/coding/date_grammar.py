"""How dates are said: patterns over the signs of `date_words`, each read as an expression not yet resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from analysis.coding import date_builders as say
from analysis.coding.date_expressions import Expression, Matched, Phrase
from analysis.coding.date_words import Items

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


OFFSET_ENDS = r"(?P<q2>q)?(?:w(?P<half>Q))?(?:m(?P<now>T))?(?![WMLCXRFEyrnA]|(?<=U)m)"
"""Where an offset ends: what follows makes no other date of it."""
Builder = Callable[[Matched], "Expression | None"]
PATTERNS: tuple[tuple[str, Builder], ...] = (
    (rf"{PART}{DAYS}m?(?P<unit>U)?{MONTH}{TAIL}", say.day),
    (rf"{PART}{DAY}[m/-]?(?P<unit>U)?{MONTH}{TAIL}", say.day),
    (rf"(?P<lead>P){DAYS}m?(?P<unit>U)?{MONTH}{TAIL}", say.day),
    (rf"{DAYS}m?h?(?P<unit>U)(?P<which>[LCXRFE])?", say.day_of_this_month),
    (rf"{DAY}m?(?P<unit>U)(?P<which>b?[LCRFE]|a?X)", say.day_of_this_month),
    (rf"{DAY}mh(?P<unit>U)", say.day_of_this_month),
    (rf"{DAY}[im](?P<unit>U)(?P<which>b?[LCRFE]|a?X)?(?![yM])", say.day_of_this_month),
    (rf"{DAY}m(?P<which>[CL])", say.day_of_this_month),
    (rf"{PART}(?P<day>n)(?P<which>C)(?![yM])", say.day_of_this_month),
    (rf"(?P<lead>U){DAY}m?(?P<unit>U)?{MONTH}{TAIL}", say.day),
    (rf"(?P<lead>U){DAY}m?(?P<unit>U)?(?P<mon>[HK]){HYEAR}", say.hijri),
    (rf"(?P<ord>[rZ])(?P<w>[W7])[im]?U?{MONTH}{TAIL}", say.nth_weekday),
    (r"(?P<ord>[rZ])(?P<w>[W7])[im]?U?(?P<mon>[HK])(?P<year>y)?", say.nth_weekday),
    (r"(?P<ord>[rZ])(?P<w>[W7])[im]?h?(?P<of>U)(?P<which>b?[LC]|a?X)?(?![yM])", say.nth_weekday),
    (r"(?P<day>r)(?P<unit>[UP])[im]h?(?P<of>U)(?P<which>b?[LCE]|a?X)?(?![yM])", say.nth_day),
    (r"(?P<unit>U)(?P<day>r)[im]h?(?P<of>U)(?P<which>b?[LCE]|a?X)?(?![yM])", say.nth_day),
    (r"(?<![bsakqZ])(?P<unit>U)(?P<day>n)(?=[o.,:()\n]|$)", say.day_alone),
    (rf"(?P<unit>U)(?P<n>r)[im]?U?{MONTH}{TAIL}", say.week_of_month),
    (r"(?P<unit>U)(?P<n>r)[im](?P<month>U)(?P<which>[LCX])?", say.week_of_month),
    (r"Z(?P<w>[W7])(?![imMHKxy])", say.latest_weekday),
    (rf"Z(?P<unit>U)[im]?U?{MONTH}{TAIL}", say.last_of),
    (r"Z(?P<unit>U)[im](?:(?P<of>U)(?P<which>b?[LCE]|a?X)?|h(?P<of2>U))(?![yM])", say.last_of),
    (r"~(?:[im]?(?:U?(?P<year>y)|U(?P<which>L)))?", say.like_today),
    (r"(?P<unit>U)E[im]U(?P<which>L)", say.like_today),
    (r"(?P<mon>[Mx])(?P<day>n),?(?P<year>y)", say.day),
    (rf"{PART}{DAYS}m?(?P<unit>U)?(?P<mon>[HK]){HYEAR}", say.hijri),
    (rf"{PART}{DAY}m?(?P<unit>U)?(?P<mon>[HK])(?:{HYEAR}|(?P<which>[LCX]))", say.hijri),
    (rf"(?:(?P<edge>B)m?)?(?P<unit>U)?(?P<mon>H){HYEAR}(?P<which>[LCX])?", say.hijri),
    (rf"(?P<edge>B)m?(?P<unit>U)?(?P<mon>[HK])(?:(?P<which>[LCX])|{HYEAR})", say.hijri),
    (rf"(?P<unit>U)(?P<mon>K){HYEAR}(?P<which>[LCX])?", say.hijri),
    (r"(?P<mon>K)(?:(?P<year>y)g?|(?P<which>[LCX]))", say.hijri),
    (r"(?P<day>[nr])m?(?P<mon>S)[m,]?U?(?P<year>y)g?", say.solar),
    (rf"(?P<edge>B)m?(?P<unit>U)?{MONTH}{TAIL}", say.month),
    (rf"(?P<unit>U)?(?P<mon>M)(?:w|-|t|wt)(?P<unit2>U)?(?P<mon2>[Mx])(?:{YEAR}|{WHICH})?", say.month_range),
    (rf"(?P<unit>U){MONTH}{TAIL}", say.month),
    (rf"(?P<unit>U)(?P<num>n)(?:{YEAR}|{WHICH})", say.month_by_number),
    (rf"(?P<unit>U)(?P<num>r)(?:{YEAR}|{YEAR_WHICH})", say.month_by_number),
    (rf"(?P<unit>U)L[im]U?{MONTH}{TAIL}", say.last_of),
    (rf"(?P<day>r)[PU]m?U?(?P<mon>[HK])(?:{HYEAR}|(?P<which>[LCX]))", say.hijri),
    (rf"(?P<mon>M)(?:[/(-]?(?P<mon2>[Mx])\)?)?{TAIL}", say.month),
    (rf"(?P<mon>x)(?:[/(-](?P<mon2>[Mx])\)?)?(?:{YEAR}|{YEAR_WHICH}|{WHICH})", say.month),
    (r"(?<=[ik])(?P<mon>x)", say.month),
    (rf"{PART}(?P<date>D)(?P<era>g)?", say.numeric),
    (rf"(?:(?<=[iUWTA,(])|(?<![^\n])){PART}(?P<date>d)", say.numeric),
    (rf"{PART}[UP]?(?P<w>W)(?:,?wU?W){{0,4}}(?:[-/tu]|,?w|wt)?U?(?P<w2>W){WHICH}?", say.weekdays),
    (rf"{PART}U?(?P<w>W)m(?P<unit>U)(?P<which>[LCX])", say.weekday_of_week),
    (rf"{PART}U?(?P<w>W){WHICH}?{PART_AFTER}", say.weekday),
    (rf"{PART}hU?(?P<w>W)", say.this_weekday),
    (rf"{PART}U?(?P<t>T)(?P<which>b?L|a?X)?{PART_AFTER}", say.deictic),
    (r"(?P<part>A)(?P<which>b?L|a?X)", say.night),
    (r"(?P<part>A)", say.part),
    (r"[hs](?P<part>A)(?![UWTmM])", say.this_part),
    (r"(?P<hours>P)(?P<part>A)r?", say.hours),
    (r"(?P<prep>[ba])ji(?P<q>q)?(?:(?P<n>n)?(?P<unit>[UVP]))", say.since_then),
    (r"(?P<prep>[ba])(?P<q>q)?(?P<n>n)?v?(?P<unit>[UVP])v?mj", say.since_then),
    (r"(?P<prep>a)(?P<q>q)?(?P<n>n)?v?(?P<unit>[UVP])v?(?=[mu])", say.since_then),
    (rf"(?P<prep>[bas])(?P<q>q)?(?P<n>n)?v?(?P<unit>[UVP])(?P<one>n)?v?{OFFSET_ENDS}", say.offset),
    (r"[bsa]Q(?P<unit>U)(?!m)", say.half),
    (r"(?P<unit>[PV])(?P<n>n)?v?(?P<which>[LX])", say.window),
    (r"(?P<n>n)(?P<unit>[UP])(?P<which>[LX])", say.window),
    (r"Z(?P<n>n)(?P<unit>[UP])", say.window),
    (r"Z(?P<unit>V)", say.window),
    (r"(?P<unit>P)(?P<which>[L])?(?P<n>n)(?P<which2>[LX])?", say.window),
    (r"(?P<edge>r)(?P<unit>U)(?P<which>b?[LCE]|a?X)?(?![yMrnf])", say.first_of),
    (r"(?P<edge>r)(?P<unit>U)y?(?P<year>y)", say.first_of),
    (r"(?P<edge>B)m?(?P<unit>U)(?P<which>b?[LCE]|a?X)?(?![yMrn])", say.edge),
    (r"(?P<edge>B)m?h(?P<unit>U)", say.edge),
    (r"(?P<edge>B)m?(?P<unit>U)?(?P<year>y)(?P<era>g)?", say.year),
    (r"(?P<unit>U)(?P<which>b?[LCERF]|a?X)", say.period),
    (r"h(?P<unit>U)(?!W)", say.period),
    (r"(?P<which>E)(?P<unit>U)", say.period),
    (r"(?P<unit>U)(?P<year>y)(?P<era>g)?", say.year),
    (r"[UV](?P<year>y)(?:w|-)(?P<year2>y)", say.year),
    (r"(?<=[iskt])(?P<year>y)(?P<era>g)?(?![no])", say.year),
    (r"(?P<season>O)(?:[im]?U?(?P<year>y)|(?P<which>[LCX])|m?(?P<yu>U)(?P<yw>[LCX])|(?P<h>h)(?P<yu2>U))", say.season),
    (r"(?P<h>h)(?P<season>O)", say.season),
    (r"(?<=[ik])(?P<season>O)", say.season),
    (r"(?P<q>Q)(?P<n>[nrZLR])(?:[im]?(?:U?(?P<year>y)|h?(?P<unit>U)(?P<which>[LCX])?|(?P<mon>M)))?", say.quarter),
    (r"(?P<n>[nr])[PU]?m?(?P<feast>f)(?:(?P<year>y)|(?P<which>[LCX]))?", say.feast),
    (r"U(?P<n>r)m?(?P<feast>f)(?:(?P<year>y)|(?P<which>[LCX]))?", say.feast),
    (rf"{PART}(?P<feast>f)(?:[im]?U?(?P<year>y)|(?P<which>[LCX]))?", say.feast),
    (r"(?P<days>Y)", say.earlier),
    (r"N(?P<which>[LCX])?", say.weekend),
)  # fmt: skip
_COMPILED = [(re.compile(pattern), build) for pattern, build in PATTERNS]
_STARTERS = "nrDdMxHKWTAUVPBOQfNYbsaZhE~"


def find_phrases(items: Items) -> list[Phrase]:
    """Find every date said among the items, in reading order: the longest at each place, neighbours joined."""
    atoms = [atom for atom in _atoms(items) if not _of_a_law(items, atom)]
    return _ranges(items, _join(items, list(_without_weak(items, atoms))))


FORMER_NAME = 5
"""So many words a bracket with a former name has."""


def _of_a_law(items: Items, atom: Phrase) -> bool:
    """No date of an act: the year of a law or a birth, a day that names a party, 'day one of', '(X formerly)'."""
    if items.signs[atom.first - 1 : atom.first] == "&":
        return True
    said = atom.expression
    if said.kind == "deictic" and said.value == "0" and items.signs[atom.last : atom.last + 1] == "r":
        return items.signs[atom.first - 1 : atom.first] != "l"
    if said.kind == "earlier" and items.signs[atom.last : atom.last + 1] == ")":
        return "(" in items.signs[max(atom.first - FORMER_NAME, 0) : atom.first]
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
            expression = build(Matched(match, items.values))
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
