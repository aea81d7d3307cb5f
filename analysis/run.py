"""The whole way at once: reports to incidents, events, figures and the page; what `rasd run` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.coding.coder import Coded
from analysis.exchange.files import write_table
from analysis.reading.reports import read_reports
from analysis.scale import code_many
from analysis.tables import set_aside

Advance = Callable[[str, int, int], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made: the tables of `analysis.tables`, and the files written."""

    reports: pd.DataFrame
    coded: Coded
    set_aside: pd.DataFrame
    unfit_corrections: pd.DataFrame | None = None
    events: pd.DataFrame = field(default_factory=pd.DataFrame)
    files: tuple[Path, ...] = ()

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables to write, by file name."""
        tables = {
            "incidents": self.coded.incidents,
            "participants": self.coded.participants,
            "locations": self.coded.locations,
        }
        if not self.events.empty:
            tables["events"] = self.events
        if not self.set_aside.empty:
            tables["set_aside"] = self.set_aside
        return tables


def write_tables(tables: Mapping[str, pd.DataFrame], out: Path) -> list[Path]:
    """Write each table as CSV and Parquet into a folder; return the files."""
    return [
        write_table(table, Path(out) / f"{name}.{ending}")
        for name, table in tables.items()
        for ending in ("csv", "parquet")
    ]


def read_and_code(
    reports: Path,
    columns: Mapping[str, str],
    corrections: Path | None,
    places: Path | None,
    workers: int,
    advance: Advance,
) -> Outcome:
    """Read reports and code them, corrections applied; what could not be read is in `set_aside`."""
    table = read_reports(reports, columns)
    done = 0

    def progress(number: int) -> None:
        nonlocal done
        done += number
        advance("coding", done, len(table))

    return Outcome(table, code_many(table, workers, progress), set_aside(table))
