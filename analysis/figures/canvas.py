"""The sheet that every figure is drawn on: sizes, colours, the title above, the note below, the side to begin from.

Arabic figures begin at the right: title, axis, key and note stand there; time still runs left to right unless
`mirror` turns it. A figure made here keeps its title, key and note out of the panels by measuring them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, TypeVar

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from analysis.figures.arabic import show
from analysis.figures.measures import (
    HINTED,
    LINE,
    POINT,
    SMALL,
    TEXT,
    TITLE,
    date_number,
    date_ticks,
    decimals_of,
    text_width,
    wrap,
)
from analysis.figures.words import BETWEEN, Words

Target = TypeVar("Target", Axes, Figure)

SIZES = {"column": 85.0, "middle": 120.0, "page": 180.0, "screen": 150.0}
"""Widths in mm: one column, a column and a half, a page of a journal; and a slide, which is seen enlarged."""

MM = 1 / 25.4
MARGIN = 2.0
KEPT = "rasd_drawing"

BLACK, GREY, SILVER, PALE = "#000000", "#7a7a7a", "#b5b5b5", "#d9d9d9"
WINDOW = "#D55E00"
BLUE, ORANGE, SKY, GREEN, YELLOW, PINK = "#0072B2", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#CC79A7"
"""The colours of Okabe and Ito; WINDOW is kept for the days around the anniversary."""

FAMILIES: Mapping[str, tuple[str, str]] = {
    "violence": (BLUE, ""),
    "coercion": (ORANGE, "////"),
    "posture": (SKY, "...."),
    "civil": ("#bbbbbb", "xxxx"),
}
"""Colour and hatch of each family of kinds; the hatch says in greyscale what the colour says."""

STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": TEXT,
    "axes.titlesize": TEXT,
    "axes.labelsize": TEXT,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "legend.fontsize": TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "lines.linewidth": 1.0,
    "hatch.linewidth": 0.4,
    "text.usetex": False,
    "axes.unicode_minus": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "rasd",
    "pdf.fonttype": 42,
    "figure.dpi": 100,
    "savefig.dpi": 300,
}
styled = mpl.rc_context(STYLE)  # type: ignore[arg-type]
"""Decorates every function that draws: its style holds while it runs and is gone afterwards."""


class Style(TypedDict, total=False):
    """What every `draw_…` takes beside its own arguments.

    eastern: Arabic-Indic digits in Arabic lines. mirror: time runs right to left. size: a key of SIZES. source: whose
    data it is, for the note below.
    """

    eastern: bool
    mirror: bool
    size: str
    source: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a figure is about, beside its ink: kept with the Axes or Figure, read by `drawing_of` and `save_figure`."""

    name: str
    lang: str
    title: str
    alt: str
    note: str
    table: pd.DataFrame
    details: Mapping[str, str] = field(default_factory=dict)


def drawing_of(target: Axes | Figure) -> Drawing:
    """Return what a `draw_…` function told about the Axes or Figure it returned; its `table` is the data drawn.

    Raises ValueError where no such function drew it.
    """
    found = getattr(target, KEPT, None)
    if not isinstance(found, Drawing):
        raise ValueError("this figure was not drawn by a draw_… function of analysis.figures")
    return found


@dataclass(frozen=True, slots=True)
class Page:
    """The language, the direction and the size of one figure."""

    lang: str = "en"
    eastern: bool = False
    mirror: bool = False
    size: str = "page"
    source: str = ""

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise ValueError(f"size must be one of {', '.join(SIZES)}, got {self.size!r}")

    @property
    def words(self) -> Words:
        """How the figure speaks."""
        return Words(self.lang, self.eastern)

    def figures(self, value: float, decimals: int = 0, sign: bool = False) -> str:
        """Return a number that stands alone: once, also where the figure speaks two languages."""
        return Words("ar" if self.rtl else "en", self.eastern).number(value, decimals, sign)

    def bare(self, value: float, decimals: int = 0, sign: bool = False) -> str:
        """Return a number that stands alone, ready to draw."""
        return show(self.figures(value, decimals, sign))

    @property
    def rtl(self) -> bool:
        """Whether the figure begins at the right."""
        return self.lang == "ar"

    @property
    def start(self) -> str:
        """The side where reading begins."""
        return "right" if self.rtl else "left"

    @property
    def end(self) -> str:
        """The side where reading ends."""
        return "left" if self.rtl else "right"

    @property
    def width(self) -> float:
        """Width in mm."""
        return SIZES[self.size]

    def figure(self, height: float) -> Figure:
        """Return an empty figure whose panels together are `height` mm high."""
        return Figure(figsize=(self.width * MM, height * MM), layout=ConstrainedLayoutEngine(h_pad=0.03, w_pad=0.03))

    def axes(self, ax: Axes | None, height: float) -> Axes:
        """Return the Axes to draw on, a new one of `height` mm where none is given, with its axis where it belongs."""
        return self.turn(self.figure(height).add_subplot() if ax is None else ax)

    def turn(self, ax: Axes) -> Axes:
        """Put the vertical axis of a panel on the side where reading begins."""
        if self.rtl:
            ax.yaxis.set_ticks_position("right")
            ax.yaxis.set_label_position("right")
            ax.spines["right"].set_visible(True)
            ax.spines["left"].set_visible(False)
        return ax

    def unit(self, ax: Axes, text: str) -> None:
        """Say what the vertical axis counts, in level text above it, where it need not be read sideways."""
        ax.annotate(
            show(text),
            (1.0 if self.rtl else 0.0, 1.0),
            xytext=(0, 3),
            xycoords="axes fraction",
            textcoords="offset points",
            ha=self.start,
            va="bottom",
            size=TEXT,
            linespacing=LINE,
        )

    def corner(self, ax: Axes, text: str, side: str | None = None, y: float = 0.97, **how: Any) -> None:
        """Write into a corner of a panel, an upper one without `y`: where reading ends, or on the side named."""
        side = side or self.end
        ax.text(
            0.995 if side == "right" else 0.005,
            y,
            show(text),
            transform=ax.transAxes,
            ha=side,
            **{"va": "top", "size": TEXT, "linespacing": LINE, "zorder": 5, **how},
        )

    def numbers(self, axis: Axis, sign: bool = False, whole: bool = True) -> None:
        """Write the numbers of an axis in the digits of the figure; `whole` asks for whole numbers only."""
        if whole:
            axis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: self.bare(value, decimals_of(value), sign)))

    def time(self, ax: Axes, first: Any, last: Any, beside: float = 20.0) -> None:
        """Make the horizontal axis a time axis from `first` to `last`, in the months of the language.

        `beside` is the width in mm that is not the panel's.
        """
        low, high = date_number(first) - 0.5, date_number(last) + 0.5
        ax.set_xlim((high, low) if self.mirror else (low, high))
        ticks = date_ticks(pd.Timestamp(first), pd.Timestamp(last), self.words, self.width - beside)
        ax.xaxis.set_major_locator(FixedLocator([date_number(day) for day, _ in ticks]))
        ax.xaxis.set_minor_locator(NullLocator())
        ax.set_xticklabels([show(text) for _, text in ticks], linespacing=LINE)

    def offsets(self, ax: Axes, first: float, last: float, share: float = 0.9) -> None:
        """Make the horizontal axis one of days before and after an anniversary; the panel has `share` of the width."""
        ax.set_xlim((last + 0.5, first - 0.5) if self.mirror else (first - 0.5, last + 0.5))
        ax.xaxis.set_major_locator(MaxNLocator(max(2, int(self.width * share / 16)), integer=True, steps=[1, 2, 5, 10]))
        self.numbers(ax.xaxis, sign=True, whole=False)

    def note(
        self, things: str, drawn: int, undated: int, method: str, marks: str = "", **values: Callable[[Words], str]
    ) -> str:
        """Return the lines at the foot: names of numbered marks; source, what was drawn and what not, method."""

        def said(one: Words) -> str:
            parts = [one.say("source", source=self.source)] if self.source else []
            parts.append(one.say("drawn_of", n=one.count(things, drawn), undated=undated))
            parts.append(one.say(method, **{name: make(one) for name, make in values.items()}))
            return " ".join(parts)

        return "\n".join(part for part in (marks, self.words.each(said)) if part)

    def details(self, span: tuple[Any, Any] | None = None, window: tuple[int, int] | None = None) -> dict[str, str]:
        """Return what the metadata of a figure say beside its rows and their hash."""
        days = {"observed": f"{span[0]:%Y-%m-%d}/{span[1]:%Y-%m-%d}"} if span else {}
        around = {"window": f"{window[0]:+d}/{window[1]:+d}"} if window else {}
        return days | around | ({"source": self.source} if self.source else {})

    def below(self, ax: Axes, text: str, share: float = 0.9) -> None:
        """Name the horizontal axis of a panel that has `share` of the width."""
        ax.set_xlabel(show("\n".join(wrap(text, self.width * share, TEXT))), linespacing=LINE)

    def finish(self, target: Target, drawing: Drawing, key: Sequence[Artist] = (), made: bool = True) -> Target:
        """Write title, key and note, and tie to the target what it shows.

        Where the figure is the caller's (`made` is False) title and key go into the Axes and the note is left out:
        it stands in the caption.
        """
        if made:
            self._surround(target if isinstance(target, Figure) else target.get_figure(root=True), drawing, key)
        elif isinstance(target, Axes):
            above = 5 + TEXT * LINE * (2 if self.lang == "both" else 1)
            target.set_title(show(drawing.title), loc=self.start, pad=above, size=TITLE)  # type: ignore[arg-type]
            if key:
                target.legend(handles=_shown(key), **self._legend(self.end))
        setattr(target, KEPT, drawing)
        return target

    def _surround(self, figure: Any, drawing: Drawing, key: Sequence[Artist]) -> None:
        room = self.width - 2 * MARGIN
        titles = wrap(drawing.title, room, TITLE, bold=True)
        notes = wrap(drawing.note, room, SMALL)
        rows = _rows(key, room)
        title_high, key_high, note_high = (
            number * size * LINE * POINT
            for number, size in ((len(titles), TITLE), (_lines(rows), TEXT), (len(notes), SMALL))
        )
        above = MARGIN + title_high + (key_high + 1.5 if rows else 0.5)
        below = MARGIN + (note_high + 1.0 if notes else 0.0)
        panels = figure.get_size_inches()[1] / MM
        height = panels + above + below
        figure.set_size_inches(self.width * MM, height * MM)
        edge = (1 - MARGIN / self.width) if self.rtl else MARGIN / self.width
        _lines_of_text(figure, titles, edge, 1 - MARGIN / height, height, self.start, TITLE, weight="bold")
        _lines_of_text(figure, notes, edge, (MARGIN + note_high) / height, height, self.start, SMALL, color="#444444")
        y = 1 - (MARGIN + title_high + 1.0) / height
        for row in rows:
            shown = _shown(row[::-1] if self.rtl else row)
            figure.legend(handles=shown, bbox_to_anchor=(edge, y), ncols=len(row), **self._legend(self.start))
            y -= _lines([row]) * TEXT * LINE * POINT / height
        side = MARGIN / self.width
        figure.get_layout_engine().set(rect=(side, below / height, 1 - 2 * side, panels / height))

    def _legend(self, side: str) -> dict[str, Any]:
        return {
            "loc": f"upper {side}",
            "frameon": False,
            "borderpad": 0,
            "borderaxespad": 0,
            "handlelength": 1.5,
            "handletextpad": 0.5,
            "columnspacing": 1.5,
            "markerfirst": not self.rtl,
            "alignment": self.start,
        }


def _rows(key: Iterable[Artist], room: float) -> list[list[Artist]]:
    rows: list[list[Artist]] = []
    used = room + 1
    handle = 4.5 * TEXT * POINT
    for artist in key:
        label = str(artist.get_label())
        if text_width(label, TEXT) + handle > room * HINTED:
            artist.set_label(label := "\n".join(wrap(label.replace(BETWEEN, "\n"), room - handle, TEXT)))
        wide = max(text_width(line, TEXT) for line in label.split("\n")) + handle
        if used + wide > room:
            rows.append([])
            used = 0.0
        rows[-1].append(artist)
        used += wide
    return rows


def _shown(key: Sequence[Artist]) -> list[Artist]:
    for artist in key:
        artist.set_label(show(artist.get_label()))
    return list(key)


def _lines(rows: Sequence[Sequence[Artist]]) -> int:
    return sum(max(str(artist.get_label()).count("\n") + 1 for artist in row) for row in rows)


def _lines_of_text(
    figure: Any, lines: list[str], x: float, y: float, height: float, side: str, size: float, **how: Any
) -> None:
    for number, line in enumerate(lines):
        figure.text(x, y - number * size * LINE * POINT / height, show(line), ha=side, va="top", size=size, **how)
