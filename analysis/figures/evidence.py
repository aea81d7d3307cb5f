"""A report as published, right to left, with the words marked from which its incidents were read."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import pandas as pd

from analysis.coding.lexicon import read_table
from analysis.paths import data_path

HUES = {"violence": 12, "coercion": 265, "posture": 205, "civil": 120}
"""Degrees on the colour wheel for the families of kinds; the kinds of one family differ in shade."""
UNKNOWN_COLOUR = "#dddddd"


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of HTML that a notebook shows as such."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.html


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, half-open, and the incidents whose trigger stands in it."""

    start: int
    end: int
    incidents: tuple[int, ...]


def show_evidence(report: Mapping[str, Any] | pd.Series, incidents: pd.DataFrame, lang: str = "en") -> Html:
    """Show one report with the evidence of its incidents marked, for a notebook cell or a page.

    `report` is a row of the reports table; of `incidents` only the rows of that report are used. The clause that says
    it is underlined; in it the trigger is marked, in the colour of its kind, with its number in the table and its kind
    in `lang`: 'en', 'ar', or 'both' for a page that shows the one of class `en` or `ar`. Each stretch is marked once,
    whole; where triggers overlap they share a mark. All that comes from the report is escaped.
    """
    text = str(report["text"])
    rows = incidents[incidents["report_id"] == report["report_id"]].sort_values(["start", "end"])
    clauses = _union([(int(s), int(e)) for s, e in zip(rows["evidence_start"], rows["evidence_end"], strict=True)])
    marks = _marks([(int(s), int(e)) for s, e in zip(rows["start"], rows["end"], strict=True)])
    kinds = [str(kind) for kind in rows["kind"]]
    body: list[str] = []
    at = 0
    for start, end in clauses:
        body.append(_plain(text[at:start]))
        body.append(f'<span class="evidence">{_marked(text, start, end, marks, kinds, lang)}</span>')
        at = end
    body.append(_plain(text[at:]))
    title = report.get("title")
    head = f"<h4>{escape(str(title))}</h4>" if isinstance(title, str) and title else ""
    return Html(f'<article class="rasd-report" dir="rtl" lang="ar">{STYLE}{head}<p>{"".join(body)}</p></article>')


STYLE = (
    "<style>.rasd-report{font-size:1.05em;line-height:2;text-align:right;max-width:46em}"
    ".rasd-report .evidence{text-decoration:underline;text-decoration-color:#999;text-underline-offset:.35em}"
    ".rasd-report mark{color:#111;padding:.05em .2em;border-radius:.2em}"
    ".rasd-report mark small{font-size:.65em;margin-inline:.4em;opacity:.8;unicode-bidi:isolate}</style>"
)


@cache
def kind_colours() -> Mapping[str, str]:
    """A pale background colour for every kind: the hue says its family, the shade the kind within it."""
    kinds = read_table(data_path("entities", "kinds.tsv"))
    colours = {}
    for family, hue in HUES.items():
        members = [kind["id"] for kind in kinds if kind["family"] == family]
        for number, kind in enumerate(members):
            turn = hue + 40 * (number / max(1, len(members) - 1) - 0.5)
            light = 0.72 + 0.14 * (number % 2)
            red, green, blue = colorsys.hls_to_rgb((turn % 360) / 360, light, 0.75)
            colours[kind] = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
    return colours


@cache
def _kind_names(lang: str) -> Mapping[str, str]:
    return {kind["id"]: kind[f"name_{lang}"] for kind in read_table(data_path("entities", "kinds.tsv"))}


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _marks(spans: list[tuple[int, int]]) -> list[Mark]:
    marks: list[Mark] = []
    for number, (start, end) in sorted(enumerate(spans), key=lambda item: item[1]):
        if marks and start < marks[-1].end:
            last = marks.pop()
            marks.append(Mark(last.start, max(last.end, end), (*last.incidents, number)))
        else:
            marks.append(Mark(start, end, (number,)))
    return marks


def _marked(text: str, start: int, end: int, marks: list[Mark], kinds: list[str], lang: str) -> str:
    body: list[str] = []
    at = start
    for mark in marks:
        if not start <= mark.start < end:
            continue
        body.append(_plain(text[at : mark.start]))
        named = {one: _named(mark, kinds, one) for one in (("en", "ar") if lang == "both" else (lang,))}
        colour = kind_colours().get(kinds[mark.incidents[0]], UNKNOWN_COLOUR)
        title = escape(" / ".join(named.values()))
        labels = "".join(
            f'<small class="{one}" dir="{"rtl" if one == "ar" else "ltr"}">{escape(said)}</small>'
            for one, said in named.items()
        )
        shown = _plain(text[mark.start : mark.end])
        body.append(f'<mark style="background:{colour}" title="{title}">{shown}{labels}</mark>')
        at = mark.end
    body.append(_plain(text[at:end]))
    return "".join(body)


def _named(mark: Mark, kinds: list[str], lang: str) -> str:
    known = _kind_names(lang)
    return " · ".join(f"{number + 1} {known.get(kinds[number], kinds[number])}" for number in mark.incidents)


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")
