"""Tables to read in a notebook: what a row says, not its fifty columns; each cell in its own direction; sortable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from analysis.figures.evidence import Html
from analysis.figures.readable import SAID, sort_key
from analysis.figures.words import Words, labels, names

MOST_COLUMNS = 12
READABLE = ("when", "what", "who", "whom", "where", "harm", "told", "grade", "confidence")
"""Columns of incidents and events as a reader sees them."""
NAMED = {"kind": "kind", "actor_id": "actor", "place_id": "place", "admin1": "place", "admin2": "place"}
"""Columns of ids, and the table that names them."""
LONGEST = 300
"""Characters of a cell that are shown."""
STYLE = (
    ".rasd-table{overflow:auto;max-height:34em;margin:.3em 0}"
    ".rasd-table table{border-collapse:collapse;font-size:.95em;margin:0}"
    ".rasd-table table :is(th,td){text-align:start!important;vertical-align:top!important;white-space:normal!important;"
    "max-width:26em;padding:.3em .7em;border-bottom:1px solid #8884}"
    ".rasd-table thead th{position:sticky;top:0;background:var(--jp-layout-color0,Canvas)}"
    ".rasd-table th button{all:unset;cursor:pointer;font-weight:600}"
    ".rasd-table th button:focus-visible{outline:2px solid #0072b2}"
    '.rasd-table th[aria-sort="ascending"] button::after{content:" \\25B2"}'
    '.rasd-table th[aria-sort="descending"] button::after{content:" \\25BC"}'
)


def show_table(table: pd.DataFrame, lang: str = "en", columns: Sequence[str] | None = None, most: int = 200) -> Html:
    """Show a table in a notebook: at most `most` rows, a click on a head sorts, Arabic cells run right to left.

    Rows of incidents and events are told as in the page (when, what, who, whom, where, harm, who tells) in `lang`, 'en'
    or 'ar'; of other tables the first MOST_COLUMNS columns are shown. `columns` names those to show instead. What is
    left out is said beneath. All that the table says is escaped. Raises KeyError for a column that is not there.
    """
    words = Words(lang)
    told = columns is None and {"kind", "status", "date_start", "actors", "killed_min"} <= set(table.columns)
    shown = [name for name in READABLE if name in SAID or name in table] if told else list(columns or table.columns)
    shown = [name for name in shown if name != "grade" or "grade" in table]
    kept = shown if columns is not None else shown[:MOST_COLUMNS]
    rows = [_row(row, kept, told, words) for row in table.head(most).to_dict("records")]
    heads = Markup("").join(
        Markup('<th scope="col"><button type="button">{}</button></th>').format(_head(name, words)) for name in kept
    )
    body = Markup(
        '<div class="rasd-table" dir="{}" lang="{}" tabindex="0"><style>{}</style>'
        '<table class="rasd-sorted"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}<script>{}</script></div>'
    ).format(
        "rtl" if lang == "ar" else "ltr",
        lang,
        Markup(STYLE),
        heads,
        Markup("").join(rows),
        _left_out(len(rows), len(table), [str(name) for name in shown[len(kept) :]], words),
        Markup(_sorting() + "rasdSorting(document.currentScript.parentNode);"),
    )
    return Html(str(body))


def _row(row: dict[str, Any], names: Sequence[str], told: bool, words: Words) -> Markup:
    cells = []
    for name in names:
        if told and name in SAID:
            said, key = SAID[name](row, words) or "–", sort_key(name, row)
        else:
            said, key = _value(name, row[name], words)
        mark = Markup("") if key is None else Markup(' data-k="{}"').format(key)
        cells.append(Markup('<td dir="auto"{}>{}</td>').format(mark, said))
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _value(name: str, value: Any, words: Words) -> tuple[str, str | float | None]:
    """What stands in a cell, and what it is sorted by."""
    if not pd.api.types.is_scalar(value):
        return str(value)[:LONGEST], None
    if pd.isna(value):
        return "–", ""
    if isinstance(value, pd.Timestamp):
        return words.day(value), f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.3g}", value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value), float(value)
    known = names(NAMED.get(name, f"page_{name}"), words.lang)
    text = known.get(str(value), str(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …", None


def _head(name: str, words: Words) -> str:
    label = f"page_column.{name}"
    return words.say(label) if label in labels() else str(name).replace("_", " ")


def _left_out(shown: int, total: int, columns: Sequence[str], words: Words) -> Markup:
    parts = [] if total else [words.say("page_no_rows")]
    if shown < total:
        parts.append(words.say("page_shown", n=shown, total=total))
    if columns:
        parts.append(words.say("page_columns_left", names=words.list(list(columns))))
    return Markup("<p>{}</p>").format(Markup(". ").join(map(escape, parts))) if parts else Markup("")


def _sorting() -> str:
    return (Path(__file__).parent / "sorting.js").read_text(encoding="utf-8")
