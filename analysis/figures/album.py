"""Every figure of a corpus at once: what `rasd figures` and `rasd run` write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.escalation.study import Study
from analysis.escalation.timeline import dated
from analysis.figures.aligned import draw_aligned
from analysis.figures.canvas import Style
from analysis.figures.dyads import draw_dyads
from analysis.figures.forest import draw_forest
from analysis.figures.heat import FEASTS, draw_calendar
from analysis.figures.intervals import draw_intervals
from analysis.figures.map import draw_map
from analysis.figures.moments import WINDOW_DAYS, Which, anniversaries, in_window, observed_days, observed_span
from analysis.figures.narrative import draw_narrative
from analysis.figures.placebo import draw_placebo
from analysis.figures.saving import FORMATS, save_figure
from analysis.figures.sources import draw_sources
from analysis.figures.specification import draw_specification
from analysis.figures.strip import draw_strip
from analysis.figures.timeline import draw_timeline

Draw = Callable[[], Axes | Figure]
OF_TABLE = ("timeline", "strip", "intervals", "calendar", "calendar_hijri", "dyads", "sources", "narrative", "map")
OF_STUDY = ("aligned", "forest", "placebo", "specification")
NAMES = (*OF_TABLE, *OF_STUDY)
"""The names of the figures, which are the names of their files."""


def draw_all(
    events: pd.DataFrame,
    incidents: pd.DataFrame,
    reports: pd.DataFrame,
    study: Study | None,
    out: Path | str,
    lang: str | Sequence[str] = "both",
    *,
    anniversary: Which = "soleimani",
    window: tuple[int, int] = WINDOW_DAYS,
    studies: Mapping[str, Study] | None = None,
    formats: Sequence[str] = FORMATS,
    progress: Callable[[int, int], object] | None = None,
    **style: Unpack[Style],
) -> list[Path]:
    """Draw every figure into a folder, as NAME.LANG.png, .svg and .pdf with its table and caption beside it.

    `events` are drawn; where there are none, `incidents` are. Only what happened and is no background is drawn.
    `study` gives four more figures (None: they are left out), `studies` by name the forest of several. `lang` is one
    of 'en', 'ar', 'both' (two languages in one figure), or several of them. A figure that the tables do not allow (no
    date, no flank with any count) is left out. `progress` is called with the figures done and how many there are.
    Returns the paths written.
    """
    told = happened(events if len(events) else incidents)
    around = study.anniversary if study is not None else anniversary
    window = study.window if study is not None else window
    languages = [lang] if isinstance(lang, str) else list(lang)
    drawn = [
        (f"{name}.{spoken}", draw)
        for spoken in languages
        for name, draw in _figures(told, reports, study, studies, around, window, {**style, "lang": spoken})
    ]
    written: list[Path] = []
    for number, (name, draw) in enumerate(drawn, start=1):
        with suppress(NothingToDraw):
            written += save_figure(draw(), Path(out) / name, formats)
        if progress is not None:
            progress(number, len(drawn))
    return written


class NothingToDraw(ValueError):
    """The tables hold nothing that this figure could show."""


def happened(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that a figure of what happened may count: no denial, no attempt, no history, no summary."""
    kept = (table["status"].astype("object") == "happened") & ~table["background"].astype("bool")
    if "summary" in table:
        kept &= ~table["summary"].astype("bool")
    return table[kept]


def fullest_anniversary(events: pd.DataFrame, anniversary: Which, window: tuple[int, int]) -> pd.Timestamp:
    """Return the anniversary whose window holds most intervals of several days, then most rows, then the latest.

    Raises NothingToDraw where no anniversary lies within the dates of the table.
    """
    rows = dated(events)
    days = anniversaries(anniversary, observed_span(events)) if len(rows) else pd.DatetimeIndex([])
    if not len(days):
        raise NothingToDraw("no anniversary within the dates of the table")
    wide = rows[rows["date_end"] > rows["date_start"]]

    def told(day: pd.Timestamp) -> tuple[int, int, pd.Timestamp]:
        one = pd.DatetimeIndex([day])
        return (
            int(in_window(wide["date_start"], one, window).sum()),
            int(in_window(rows["date_start"], one, window).sum()),
            day,
        )

    return max(days, key=told)


def _figures(
    told: pd.DataFrame,
    reports: pd.DataFrame,
    study: Study | None,
    studies: Mapping[str, Study] | None,
    anniversary: Which,
    window: tuple[int, int],
    style: dict[str, Any],
) -> Iterator[tuple[str, Draw]]:
    observed = observed_days(told, reports)
    if len(dated(told)):
        yield "timeline", lambda: draw_timeline(told, anniversary, window, observed=observed, **style)
        yield "strip", lambda: draw_strip(told, anniversary, window, observed=observed, **style)
        yield (
            "intervals",
            lambda: draw_intervals(told, fullest_anniversary(told, anniversary, window), window, **style),
        )
        outlined = [anniversary, *FEASTS]
        yield "calendar", lambda: draw_calendar(told, holidays=outlined, observed=observed, **style)
        yield "calendar_hijri", lambda: draw_calendar(told, "hijri", outlined, observed, **style)
        yield "dyads", lambda: draw_dyads(told, anniversary, window, observed=observed, **style)
        yield "sources", lambda: draw_sources(told, reports, anniversary, window, observed=observed, **style)
        yield "narrative", lambda: draw_narrative(told, anniversary, observed=observed, **style)
    if len(told):
        yield "map", lambda: draw_map(told, **style)
    if study is not None:
        yield "aligned", lambda: draw_aligned(study, **style)
        yield "forest", lambda: draw_forest(studies or study, **style)
        yield "placebo", lambda: draw_placebo(study, **style)
        if study.grid["rate_ratio"].notna().any():
            yield "specification", lambda: draw_specification(study, **style)
