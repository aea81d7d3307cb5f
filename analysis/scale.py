"""Many reports: the same coding, spread over the processors of one machine; the result does not depend on how many."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

import pandas as pd

from analysis.coding.coder import Coded, Resources, build_resources, code_reports

TABLES = ("incidents", "participants", "locations", "publications")
CHUNK = 50
"""Reports a task; small enough to share out evenly, large enough to make starting a process worth it."""


def code_many(
    reports: pd.DataFrame,
    workers: int = 1,
    progress: Callable[[int], object] | None = None,
    places: Path | None = None,
) -> Coded:
    """Code a reports table in `workers` processes; the tables are those of `code_reports`, row for row.

    `places` is a file of more places (`load_gazetteer`). `progress` is called with the number of reports finished, each
    time some are. One worker, or a table of one chunk, stays in this process. On a platform that starts processes
    afresh the caller's script needs the usual `if __name__ == "__main__":`. Raises ValueError where the file of places
    has no Arabic name or no coordinates.
    """
    chunks = list(_chunks(reports))
    parts: list[Coded] = []
    for chunk, part in zip(chunks, _coded(chunks, workers, places), strict=True):
        parts.append(part)
        if progress is not None:
            progress(len(chunk))
    return Coded(*(pd.concat([getattr(part, name) for part in parts], ignore_index=True) for name in TABLES))


def _chunks(reports: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, max(len(reports), 1), CHUNK):
        yield reports.iloc[start : start + CHUNK]


def _coded(chunks: list[pd.DataFrame], workers: int, places: Path | None) -> Iterator[Coded]:
    if workers <= 1 or len(chunks) <= 1:
        yield from map(partial(code_reports, resources=build_resources(places)), chunks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(chunks)), mp_context=context) as pool:
        yield from pool.map(partial(_code_afresh, places=places), chunks)


def _code_afresh(chunk: pd.DataFrame, places: Path | None) -> Coded:
    return code_reports(chunk, _kept_resources(places))


@cache
def _kept_resources(places: Path | None) -> Resources:
    """What a process of its own codes with, built once in it."""
    return build_resources(places)
