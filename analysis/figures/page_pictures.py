"""The figures of the page, drawn in both languages, each with what a reader needs who does not see it."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.escalation.study import Study
from analysis.figures.aligned import draw_aligned
from analysis.figures.canvas import drawing_of
from analysis.figures.dyads import draw_dyads
from analysis.figures.map import draw_map
from analysis.figures.moments import Which
from analysis.figures.moments import observed_days as observed_days
from analysis.figures.narrative import draw_narrative
from analysis.figures.placebo import draw_placebo
from analysis.figures.saving import picture
from analysis.figures.sources import draw_sources
from analysis.figures.specification import draw_specification
from analysis.figures.timeline import draw_timeline

DPI = 144
"""Sharp in a browser window, and small enough to mail."""

Draw = Callable[[str], Axes | Figure]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG as base64, its size in pixels, and its title, note and description in words."""

    data: str
    width: int
    height: int
    title: str
    note: str
    alt: str


def draw_pictures(
    told: pd.DataFrame, reports: pd.DataFrame, study: Study | None, anniversary: Which
) -> dict[str, dict[str, Picture]]:
    """Draw the figures of the page; return them by name, then by language ('en', 'ar').

    A figure that the tables do not allow is not there.
    """
    return {
        name: {lang: _picture(draw(lang)) for lang in ("en", "ar")}
        for name, draw in _figures(told, reports, study, anniversary).items()
    }


def _figures(told: pd.DataFrame, reports: pd.DataFrame, study: Study | None, anniversary: Which) -> Mapping[str, Draw]:
    figures: dict[str, Draw] = {}
    observed = observed_days(told, reports)
    if observed is not None:
        figures |= {
            "timeline": lambda lang: draw_timeline(told, anniversary, observed=observed, lang=lang),
            "narrative": lambda lang: draw_narrative(told, anniversary, observed=observed, lang=lang),
            "dyads": lambda lang: draw_dyads(told, anniversary, observed=observed, lang=lang),
            "sources": lambda lang: draw_sources(told, reports, anniversary, observed=observed, lang=lang),
        }
    if told["lat"].notna().any():
        figures["map"] = lambda lang: draw_map(told, lang)
    if study is not None:
        figures |= {
            "aligned": lambda lang: draw_aligned(study, lang),
            "placebo": lambda lang: draw_placebo(study, lang),
        }
        if study.grid["rate_ratio"].notna().any():
            figures["specification"] = lambda lang: draw_specification(study, lang)
    return figures


def _picture(target: Axes | Figure) -> Picture:
    drawing = drawing_of(target)
    png = picture(target, "png", DPI)
    width, height = struct.unpack(">II", png[16:24])
    return Picture(b64encode(png).decode("ascii"), width, height, drawing.title, drawing.note, drawing.alt)
