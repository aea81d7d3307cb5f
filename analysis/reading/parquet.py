"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.parquet

from analysis.reading.record import Record, SetAside


def read_parquet(file: Path) -> Iterator[Record | SetAside]:
    """Yield one record per row of a Parquet file, read in batches."""
    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            number = 0
            for batch in table.iter_batches(batch_size=4096):
                for values in batch.to_pylist():
                    number += 1
                    yield Record(file.name, number, values)
    except (OSError, pyarrow.ArrowException) as error:
        yield SetAside(file.name, None, f"cannot be read: {error}", "write it again as Parquet")
