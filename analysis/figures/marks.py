"""Other dates that a reader must know of: numbered in the picture, named beneath it."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.canvas import BLACK, GREY, Page
from analysis.figures.measures import SMALL, date_number
from analysis.figures.moments import Span

CLOSE = 5.0
"""Two numbers nearer than this, in mm, stand on different levels."""

LEVELS = 3


def draw_marks(page: Page, ax: Axes, marks: pd.DataFrame | None, span: Span) -> str:
    """Draw a dotted line with a number for every mark within a span; return their names, for the note.

    `marks` has date, label_en, label_ar, one row each; numbers follow the days. Numbers that would cover each other
    are staggered. Raises ValueError where a column is missing.
    """
    if marks is None:
        return ""
    missing = {"date", "label_en", "label_ar"} - set(marks.columns)
    if missing:
        raise ValueError(f"marks lack {', '.join(sorted(missing))}; give date, label_en and label_ar")
    days = pd.to_datetime(marks["date"])
    shown = marks.assign(date=days)[days.between(*span)].sort_values("date", kind="stable").reset_index(drop=True)
    per_day = page.width / max(1, (span[1] - span[0]).days)
    taken = [float("-inf")] * LEVELS
    for number, day in enumerate(shown["date"], start=1):
        at = (day - span[0]).days * per_day
        level = next((n for n, last in enumerate(taken) if at - last >= CLOSE), taken.index(min(taken)))
        taken[level] = at
        ax.axvline(date_number(day), color=GREY, linewidth=0.7, linestyle=":", zorder=4)
        ax.text(
            date_number(day),
            0.86 - 0.11 * level,
            page.bare(number),
            transform=ax.get_xaxis_transform(),
            ha="center",
            va="center",
            size=SMALL,
            zorder=6,
        ).set_bbox({"boxstyle": "circle,pad=0.2", "facecolor": "white", "edgecolor": BLACK, "linewidth": 0.5})
    rows = shown.to_dict("records")
    return page.words.each(
        lambda one: one.list(
            [
                one.say("mark", n=number, name=row[f"label_{one.lang}"], date=one.day(row["date"]))
                for number, row in enumerate(rows, start=1)
            ]
        )
    )
