"""How wide a text is, where its lines break, and which days a time axis can name in the room it has."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from matplotlib.dates import date2num
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.figures.arabic import show
from analysis.figures.words import Words

POINT = 25.4 / 72
TITLE, TEXT, SMALL = 9.0, 7.0, 6.0
LINE = 1.45
"""Height of a line of text, in its size; Arabic needs more than Latin."""
HINTED = 0.95
"""Letters on a coarse screen are fitted to its dots and come out a little wider than their outlines."""
Ticks: TypeAlias = list[tuple[pd.Timestamp, str]]


def decimals_of(value: float) -> int:
    """Return how many decimals a tick needs so that it says what it is."""
    return len(f"{value:.6f}".rstrip("0").split(".")[1])


def date_number(day: Any) -> float:
    """Return a day as matplotlib counts it."""
    return float(date2num(pd.Timestamp(day).to_pydatetime()))


def day_numbers(days: pd.Series) -> np.ndarray:
    """Return many days as matplotlib counts them (float64); there is none among them that is missing."""
    return days.to_numpy(dtype="datetime64[D]").astype("int64") + date_number("1970-01-01")


def date_ticks(first: pd.Timestamp, last: pd.Timestamp, words: Words, room: float) -> Ticks:
    """Return days to mark between two days, with labels that fit side by side into `room` mm: days, months or years."""
    choices = itertools.chain(_days(first, last, words), _months(first, last, words), _years(first, last, words))
    return next(ticks for ticks in choices if len(ticks) < 2 or _wide(ticks) <= room)


def _wide(ticks: Ticks) -> float:
    widest = max(text_width(line, TEXT) for _, label in ticks for line in label.split("\n"))
    return len(ticks) * (widest + 3.0)


def _days(first: pd.Timestamp, last: pd.Timestamp, words: Words) -> Iterator[Ticks]:
    for step in (1, 2, 5, 7, 14):
        days = pd.date_range(first, last, freq=f"{step}D")
        if len(days) < 12:
            yield [(day, words.day(day, year=False)) for day in days]


def _months(first: pd.Timestamp, last: pd.Timestamp, words: Words) -> Iterator[Ticks]:
    for step in (1, 2, 3, 6):
        days = pd.date_range(pd.Timestamp(first.year, 1, 1), last, freq=f"{step}MS")
        days = days[days >= first]
        if 1 < len(days) < 30:
            begins = {day.year: day for day in reversed(days)}
            names = [words.month(day.month, short=True) for day in days]
            yield [
                (day, f"{name}\n{words.number(day.year)}" if begins[day.year] == day else name)
                for day, name in zip(days, names, strict=True)
            ]


def _years(first: pd.Timestamp, last: pd.Timestamp, words: Words) -> Iterator[Ticks]:
    years = pd.date_range(pd.Timestamp(first.year, 1, 1), last, freq="YS")
    years = years[years >= first]
    for step in range(1, len(years) + 2):
        yield [(day, words.number(day.year)) for day in years[::step]]


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width in mm of one line of text as matplotlib draws it."""
    prop = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(show(text), prop, False)[0]) * POINT


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines that fit into `room` mm, in reading order; a word longer than that stays whole."""
    lines: list[str] = []
    room = room * HINTED
    space = text_width("a a", size, bold) - text_width("aa", size, bold)
    for paragraph in text.split("\n") if text else []:
        line, used = "", 0.0
        for word in paragraph.split():
            wide = text_width(word, size, bold)
            if line and used + space + wide > room:
                lines.append(line)
                line, used = word, wide
            else:
                line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
        lines.append(line)
    return lines
