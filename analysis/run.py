"""The whole way at once: reports to incidents, events, a study, figures and the page; what `rasd run` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.coding.coder import Coded
from analysis.coding.gazetteer import load_gazetteer
from analysis.events.cluster import cluster_incidents
from analysis.events.collapse import collapse_events
from analysis.events.corrections import apply_corrections
from analysis.exchange.files import write_table
from analysis.paths import data_path
from analysis.reading.reports import read_reports
from analysis.scale import code_many
from analysis.tables import set_aside

if TYPE_CHECKING:
    from analysis.escalation.study import Study

Advance = Callable[[str, int, int], object]
LANGUAGES = {"en": ("en",), "ar": ("ar",), "both": ("en", "ar")}
"""Languages asked for, and those in which each figure is drawn: 'both' draws every figure twice."""


@dataclass(frozen=True, slots=True)
class Work:
    """What to run on, and how."""

    reports: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    corrections: Path | None = None
    places: Path | None = None
    anniversary: str = "soleimani"
    lang: str = "both"
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made: the tables of `analysis.tables`, the study, and the files written."""

    reports: pd.DataFrame
    coded: Coded
    set_aside: pd.DataFrame
    unfit_corrections: pd.DataFrame
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    events: pd.DataFrame | None = None
    study: Study | None = None
    no_study: str = ""
    """Why there is no study, where there is none."""
    files: tuple[Path, ...] = ()
    sample: bool = False
    """Whether these are the package's own reports, gathered around anniversaries."""

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables to write, by file name."""
        named = {
            "incidents": self.coded.incidents,
            "participants": self.coded.participants,
            "locations": self.coded.locations,
            "publications": self.coded.publications if len(self.coded.publications) else None,
            "events": self.events,
            "set_aside": self.set_aside if len(self.set_aside) else None,
            "unfit_corrections": self.unfit_corrections if len(self.unfit_corrections) else None,
        }
        return {name: table for name, table in named.items() if table is not None}


def read_and_code(work: Work, advance: Advance) -> Outcome:
    """Read reports and code them, corrections applied; what could not be read is in `set_aside`.

    Without a file of corrections the package's own is applied to the package's own reports, and none to others.
    Corrections that no longer fit are in `unfit_corrections`; the others hold.
    """
    table = read_reports(work.reports, work.columns)
    done = 0

    def progress(number: int) -> None:
        nonlocal done
        done += number
        advance("coding", done, len(table))

    coded = code_many(table, work.workers, progress, work.places)
    outcome = Outcome(table, coded, set_aside(table), pd.DataFrame(), sample=is_sample(work.reports))
    corrections = work.corrections or _own_corrections(work.reports)
    if corrections is None:
        return outcome
    gazetteer = None if work.places is None else load_gazetteer(work.places)
    corrected = apply_corrections(coded, corrections, table, strict=False, gazetteer=gazetteer)
    return replace(
        outcome,
        coded=corrected.coded,
        unfit_corrections=corrected.unfit,
        together=corrected.together,
        apart=corrected.apart,
    )


def merge_and_study(outcome: Outcome, work: Work, advance: Advance) -> Outcome:
    """Merge the incidents into events, and ask whether they are denser around the anniversary."""
    from analysis.escalation.study import study_anniversary
    from analysis.figures.page_pictures import observed_days

    advance("merging", 0, 1)
    clustered = cluster_incidents(outcome.coded.incidents, outcome.reports, outcome.together, outcome.apart)
    events = collapse_events(clustered, outcome.reports)
    advance("merging", 1, 1)
    coded = replace(outcome.coded, incidents=clustered)
    told = events[(events["status"] == "happened") & ~events["background"]]
    merged = replace(outcome, coded=coded, events=events)
    observed = observed_days(told, outcome.reports)
    if observed is None:
        return replace(merged, no_study="no incident is dated to a day or a few")
    try:
        return replace(merged, study=study_anniversary(told, work.anniversary, observed=observed))
    except ValueError as error:
        return replace(merged, no_study=str(error))


def run_all(work: Work, out: Path, advance: Advance) -> Outcome:
    """Go the whole way and write everything into a folder: tables, figures, and `report.html`."""
    from analysis.figures.page import write_page

    outcome = merge_and_study(read_and_code(work, advance), work, advance)
    files = write_tables(outcome.tables(), out)
    figures = write_figures(outcome, work, out / "figures", advance)
    page = write_page(
        out / "report.html",
        reports=outcome.reports,
        incidents=outcome.coded.incidents,
        events=outcome.events,
        set_aside=outcome.set_aside,
        study=outcome.study,
        no_study=outcome.no_study,
        anniversary=work.anniversary,
        lang="ar" if work.lang == "ar" else "en",
        sample=outcome.sample,
    )
    return replace(outcome, files=(*files, *figures, page))


def draw_figures(work: Work, out: Path, advance: Advance) -> list[Path]:
    """Code and merge, then draw every figure into a folder."""
    return write_figures(merge_and_study(read_and_code(work, advance), work, advance), work, out, advance)


def write_figures(outcome: Outcome, work: Work, out: Path, advance: Advance) -> list[Path]:
    """Draw every figure of an outcome into a folder, each with its table and its caption."""
    from analysis.figures.album import draw_all

    return draw_all(
        outcome.events,
        outcome.coded.incidents,
        outcome.reports,
        outcome.study,
        out,
        LANGUAGES[work.lang],
        anniversary=work.anniversary,
        progress=lambda done, of: advance("drawing", done, of),
    )


def write_tables(tables: Mapping[str, pd.DataFrame], out: Path) -> list[Path]:
    """Write each table as CSV and Parquet into a folder; return the files."""
    return [
        write_table(table, Path(out) / f"{name}.{ending}")
        for name, table in tables.items()
        for ending in ("csv", "parquet")
    ]


def is_sample(reports: Path) -> bool:
    """Whether a path is the package's own sample of reports, gathered around anniversaries."""
    return Path(reports).resolve() == data_path("reports").resolve()


def _own_corrections(reports: Path) -> Path | None:
    return data_path("corrections.tsv") if is_sample(reports) else None
