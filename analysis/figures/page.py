"""The page a newsroom mails around: one file with the answer, the figures, the tables and every report's evidence.

It asks nothing of the network, speaks English and Arabic by a switch, and treats the text of reports as hostile: all
of it is escaped, and the page's own policy forbids any script but the one it carries.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.escalation.sentence import tell_years
from analysis.escalation.study import Study
from analysis.figures.album import happened
from analysis.figures.evidence import STYLE
from analysis.figures.moments import Which
from analysis.figures.page_pictures import Picture, draw_pictures, observed_days
from analysis.figures.page_rows import (
    ARABIC,
    ENGLISH,
    aside_table,
    both,
    event_table,
    incident_table,
    kinds_of,
    report_rows,
    source_table,
)
from analysis.figures.readable import keep_numbers, result
from analysis.figures.saving import table_csv
from analysis.paths import write_atomically

PACKAGE = Path(__file__).parent
OF_PICTURES = ("timeline", "map", "dyads", "sources")
"""Sections that are there where their figure is."""


def write_page(
    path: Path | str,
    *,
    reports: pd.DataFrame,
    incidents: pd.DataFrame,
    events: pd.DataFrame | None = None,
    set_aside: pd.DataFrame | None = None,
    study: Study | None = None,
    no_study: str = "",
    anniversary: Which = "soleimani",
    lang: str = "en",
    sample: bool = False,
) -> Path:
    """Write the page of a corpus: one HTML file that needs nothing else; return its path.

    `reports`, `incidents`, `events` and `set_aside` are the tables of `analysis.tables`; without `events` the page
    counts incidents. `study` gives the section on the anniversary; where it is None, `no_study` says why. `anniversary`
    is marked in the figures where there is no study. `lang`, 'en' or 'ar', is what the page speaks when it is opened
    (`?lang=ar` behind its address changes it). `sample` says that the reports were gathered around
    anniversaries. Two runs over the same tables write the same bytes. Long tables and many reports are cut (MOST_ROWS,
    MOST_TEXT of `page_rows`), and the page says so. Raises ValueError for another `lang`.
    """
    if lang not in ("en", "ar"):
        raise ValueError(f"the page opens in 'en' or 'ar', not {lang!r}")
    path = Path(path)
    told = incidents if events is None else events
    pictures = draw_pictures(happened(told), reports, study, anniversary if study is None else study.anniversary)
    write_atomically(
        path, _render(reports, incidents, events, told, set_aside, study, no_study, pictures, lang, sample)
    )
    return path


def _render(
    reports: pd.DataFrame,
    incidents: pd.DataFrame,
    events: pd.DataFrame | None,
    told: pd.DataFrame,
    set_aside: pd.DataFrame | None,
    study: Study | None,
    no_study: str,
    pictures: Mapping[str, Mapping[str, Picture]],
    lang: str,
    sample: bool,
) -> str:
    numbers = {str(report): number for number, report in enumerate(reports["report_id"])}
    tables = [] if events is None else [event_table(events, numbers)]
    tables.append(incident_table(incidents, reports, numbers))
    shown = report_rows(reports, incidents)
    css, script = _file("page.css") + _evidence_css(), _file("sorting.js") + _file("page.js")
    middle = [name for name in ("timeline", "anniversary", *OF_PICTURES[1:]) if name in {*pictures, "anniversary"}]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            lang=lang,
            arabic=ARABIC.say("page_arabic"),
            sections=["summary", *middle, *(table.id for table in tables), "reports", "set_aside", "method"],
            pictures=pictures,
            found=_found(reports, incidents, told, set_aside),
            headline=_headline(pictures),
            unknown=_unknown(told),
            kinds=kinds_of(told),
            study=None if study is None else _told(study),
            no_study=no_study,
            sample=sample,
            tables=tables,
            reports=shown,
            total=len(reports),
            set_aside=aside_table(set_aside),
            source_list=source_table(reports),
            made=both(lambda words: words.say("page_made", version=version("rasd"), hash=_hash(reports, incidents))),
            css=Markup(css),
            script=Markup(script),
            policy=_policy(css, script),
            version=version("rasd"),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("analysis.figures", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "say": lambda label, **values: both(lambda words: words.say(label, **values)),
        "word": lambda label, lang: (ARABIC if lang == "ar" else ENGLISH).say(label),
        "shown": _shown,
    }
    return environment


def _shown(number: int) -> Markup:
    """How many rows a filter leaves, the number where the script finds it."""
    said = both(lambda words: words.say("page_shown", n="{n}", total=number))
    return Markup(str(said).replace("{n}", f"<b>{number}</b>"))


def _found(
    reports: pd.DataFrame, incidents: pd.DataFrame, told: pd.DataFrame, set_aside: pd.DataFrame | None
) -> Markup:
    observed = observed_days(happened(told), reports)
    aside = 0 if set_aside is None else len(set_aside)
    parts = [
        both(
            lambda words: words.say(
                "page_found",
                reports=words.count("reports", len(reports)),
                incidents=words.count("incidents", len(incidents)),
                events=words.count("events", len(told)),
            )
        )
    ]
    if observed is not None:
        first, last = observed
        parts.append(both(lambda words: words.say("page_between", first=words.day(first), last=words.day(last))))
    if aside:
        parts.append(both(lambda words: words.say("page_aside", n=aside)))
    return Markup(" ").join(parts)


def _unknown(told: pd.DataFrame) -> Markup:
    counts = {
        "undated": int(told["date_start"].isna().sum()),
        "unplaced": int(told["place_id"].isna().sum()),
        "unnamed": int((told["actors"].fillna("") == "").sum()),
    }
    return both(lambda words: words.say("page_unknown", **counts))


def _headline(pictures: Mapping[str, Mapping[str, Picture]]) -> Markup | None:
    """The title of the main figure, which is the finding in one sentence."""
    titled = pictures.get("aligned")
    return None if titled is None else both(lambda words: titled[words.lang].title)


def _told(study: Study) -> dict[str, Any]:
    """The result in words: the sentence of the study, its cautions as a list, a line for each year."""
    told = {lang: result(study, lang) for lang in ("en", "ar")}
    cautions = zip(told["en"][1], told["ar"][1], strict=True)
    years = zip(tell_years(study, "en"), tell_years(study, "ar"), strict=True)
    return {
        "sentence": _pair(told["en"][0], told["ar"][0]),
        "cautions": [_pair(*caution) for caution in cautions],
        "years": [_pair(*year) for year in years],
    }


def _pair(english: str, arabic: str) -> Markup:
    return Markup(keep_numbers(str(both(lambda words: arabic if words.lang == "ar" else english))))


def _evidence_css() -> str:
    return STYLE.removeprefix("<style>").removesuffix("</style>")


def _policy(css: str, script: str) -> str:
    """What the page may do: show its own pictures, its own style, its own script; ask nothing of anybody."""
    style, code = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (css, script))
    return (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; style-src-elem 'sha256-{style}'; "
        f"style-src-attr 'unsafe-inline'; script-src 'sha256-{code}'; base-uri 'none'; form-action 'none'"
    )


def _hash(*tables: pd.DataFrame) -> str:
    """What tells this page's data from another's: the first digits of a hash over the tables."""
    return hashlib.sha256("".join(table_csv(table) for table in tables).encode()).hexdigest()[:12]


def _file(name: str) -> str:
    return (PACKAGE / name).read_text(encoding="utf-8")
