"""A figure to files: the picture, the table it drew and its caption, written together and the same on every run.

The alternative text and the metadata travel inside the picture: PNG text chunks, `<title>` and `<desc>` of an SVG,
Subject and Keywords of a PDF. No file holds the time of day or the machine, so a rerun gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Sequence
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from analysis.figures.canvas import Drawing, drawing_of, styled
from analysis.figures.evidence import Html
from analysis.figures.words import BETWEEN
from analysis.paths import atomic_path, guard_cell, write_atomically

FORMATS = ("png", "svg", "pdf")


def save_figure(
    target: Axes | Figure, path: Path | str, formats: Sequence[str] = ("png",), dpi: int = 300
) -> list[Path]:
    """Write a figure of a `draw_…` function: `path` with each ending, `path.csv` (its table) and `path.txt` (caption).

    `path` may carry an ending, which then is the one format written. Every file takes its place in one step, and the
    pictures come last, so that a picture never stands without its table. Returns the paths written, pictures first.
    Raises ValueError for an unknown format or a figure that no `draw_…` function made.
    """
    path = Path(path)
    if path.suffix.lstrip(".") in FORMATS:
        path, formats = path.with_suffix(""), (path.suffix.lstrip("."),)
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ValueError(f"a figure is written as {', '.join(FORMATS)}, not {', '.join(unknown)}")
    drawing = drawing_of(target)
    table = table_csv(drawing.table)
    facts = metadata(drawing, table)
    pictures = [(path.with_name(f"{path.name}.{kind}"), picture(target, kind, dpi)) for kind in formats]
    beside = [
        (path.with_name(f"{path.name}.csv"), table),
        (path.with_name(f"{path.name}.txt"), caption(drawing, facts)),
    ]
    for file, text in beside:
        write_atomically(file, text)
    for file, content in pictures:
        with atomic_path(file) as temporary:
            temporary.write_bytes(content)
    return [file for file, _ in (*pictures, *beside)]


@styled
def picture(target: Axes | Figure, kind: str = "png", dpi: int = 300) -> bytes:
    """Return a figure as the bytes of a PNG, SVG or PDF file, with its alternative text and metadata inside."""
    drawing = drawing_of(target)
    figure: Any = target if isinstance(target, Figure) else target.get_figure(root=True)
    facts = metadata(drawing, table_csv(drawing.table))
    if isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
    content = _printed(figure, kind, dpi, _embedded(kind, drawing, facts))
    return _described(content, drawing, facts) if kind == "svg" else content


def show_figure(target: Axes | Figure, dpi: int = 144) -> Html:
    """Show a figure in a notebook or a page: an `<img>` that carries the picture and its alternative text."""
    drawing = drawing_of(target)
    data = base64.b64encode(picture(target, "png", dpi)).decode("ascii")
    direction = "ltr" if drawing.lang == "en" else "rtl"
    return Html(
        f'<figure class="rasd-figure" dir="{direction}" style="margin:0">'
        f'<img src="data:image/png;base64,{data}" alt="{escape(drawing.alt)}" style="max-width:100%;height:auto">'
        "</figure>"
    )


def caption(drawing: Drawing, facts: dict[str, str]) -> str:
    """Return the caption of a figure: title, what it shows in words, note, and the facts of its metadata."""
    lines = [drawing.title, "", drawing.alt, "", drawing.note, ""]
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in facts.items())]) + "\n"


def metadata(drawing: Drawing, table: str) -> dict[str, str]:
    """Return what a reader needs to find the data behind a figure again: figure, version, rows, hash, window, days."""
    return {
        "figure": drawing.name,
        "lang": drawing.lang,
        "rasd": _version(),
        "rows": str(len(drawing.table)),
        "sha256": hashlib.sha256(table.encode()).hexdigest(),
        **drawing.details,
    }


def table_csv(table: pd.DataFrame) -> str:
    """Return a tidy table as CSV: ISO days, empty where unknown, no cell that a spreadsheet would run."""
    frame = table.copy()
    frame.attrs = {}
    for name in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_datetime64_any_dtype(frame[name]):
            frame[name] = frame[name].astype("object").map(guard_cell, na_action="ignore")
    return str(frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n", float_format="%.10g"))


def _printed(figure: Figure, kind: str, dpi: int, facts: dict[str, Any]) -> bytes:
    """Let the canvas of a format print at once: `savefig` would draw everything twice."""
    canvas, own_dpi = figure.canvas, figure.dpi
    buffer = io.BytesIO()
    try:
        figure.set_dpi(dpi)
        if kind == "png":
            FigureCanvasAgg(figure).print_png(buffer, metadata=facts)
        elif kind == "svg":
            FigureCanvasSVG(figure).print_svg(buffer, metadata=facts)
        else:
            FigureCanvasPdf(figure).print_pdf(buffer, metadata=facts)
    finally:
        figure.set_dpi(own_dpi)
        figure.set_canvas(canvas)
    return buffer.getvalue()


def _version() -> str:
    try:
        return version("rasd")
    except PackageNotFoundError:
        return "0"


def _embedded(kind: str, drawing: Drawing, facts: dict[str, str]) -> dict[str, Any]:
    title, facts_line = drawing.title.replace("\n", BETWEEN), json.dumps(facts, ensure_ascii=False)
    if kind == "png":
        return {"Title": title, "Description": drawing.alt, "Software": f"rasd {_version()}", "Comment": facts_line}
    if kind == "svg":
        return {"Title": title, "Description": drawing.alt, "Date": None, "Creator": f"rasd {_version()}"}
    return {
        "Title": title,
        "Subject": drawing.alt,
        "Keywords": facts_line,
        "Creator": f"rasd {_version()}",
        "CreationDate": None,
    }


def _described(content: bytes, drawing: Drawing, facts: dict[str, str]) -> bytes:
    """Give an SVG the description that a screen reader reads, and the role of a picture."""
    text = content.decode("utf-8")
    head, body = text.split("<svg ", 1)
    opening, rest = body.split(">", 1)
    title, rest = rest.split("</title>", 1)
    title = title.replace("<title>", '<title id="rasd-title">')
    described = f'<desc id="rasd-desc">{escape(drawing.alt)}</desc>'
    noted = f"<!-- {json.dumps(facts, ensure_ascii=False).replace('--', '- -')} -->"
    spoken = f'role="img" aria-labelledby="rasd-title rasd-desc" xml:lang="{_spoken(drawing)}"'
    return f"{head}<svg {spoken} {opening}>{title}</title>\n {described}\n {noted}{rest}".encode()


def _spoken(drawing: Drawing) -> str:
    return "en" if drawing.lang == "en" else "ar"
