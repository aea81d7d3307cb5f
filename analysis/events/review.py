"""A form in JupyterLab that walks a person through incidents and writes every judgment to the corrections at once."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from analysis.coding.coder import Coded
from analysis.coding.gazetteer import Gazetteer
from analysis.events.review_card import lists
from analysis.events.review_desk import ReviewDesk

HERE = Path(__file__).resolve().parent


class ReviewForm(anywidget.AnyWidget):
    """The form; `desk` holds the tables, the browser sees one card at a time."""

    _esm = HERE / "review.js"
    _css = HERE / "review.css"
    card = traitlets.Dict().tag(sync=True)
    lists = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk = desk
        super().__init__(card=desk.card(), lists=lists())
        self.on_msg(self._take)

    def _take(self, _: Any, content: dict[str, Any], __: Any) -> None:
        if content.get("do") == "find":
            what, query = str(content.get("what", "")), str(content.get("query", ""))
            self.send({"to": content.get("to"), "query": query, "found": self.desk.find(what, query)})
            return
        self.desk.take(content)
        self.card = self.desk.card()


def review(
    coded: Coded,
    corrections: str | Path = "corrections.tsv",
    *,
    reports: pd.DataFrame,
    coder: str | None = None,
    today: date | None = None,
    gazetteer: Gazetteer | None = None,
) -> ReviewForm:
    """Walk through incidents in a notebook, one report at a time, and correct them.

    `coded` is what `code_reports` made of `reports`, before corrections: those that stand in the file are applied to
    what is shown. Each judgment is added to the file at once; apply it to the tables with `apply_corrections`. `coder`
    names you in the file (default: your name on this computer), `today` dates it. Keys: n next, p previous, x no
    incident, u take back, m remember, o one act with the remembered, t two acts.

    Raises ValueError where the incidents carry corrections already, a report is missing, or the file is none of
    corrections.
    """
    return ReviewForm(ReviewDesk(coded, reports, Path(corrections), coder or _name(), today or date.today(), gazetteer))


def _name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "reviewer"
