"""How fast texts are folded, cut into sentences, and their dates and counts read, on one core.

    python benchmarks/reading_text.py [FOLDER_OR_FILE] [--repeat 5]

Without an argument the package's own sample reports are read, again and again until they make a few megabytes. Prints
megabytes of UTF-8 text a second of processor time, the best of several runs, and the share of folding in the plain
work of a table look-up, so that numbers of different machines can be compared.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from analysis.coding.counts import find_counts
from analysis.coding.dates import find_dates
from analysis.coding.sentences import find_sentences
from analysis.coding.text import fold
from analysis.paths import data_path

PUBLISHED = date(2022, 1, 8)


def texts_of(path: Path) -> list[str]:
    """The texts of a folder of .txt files, or of a file of JSON lines with a field `text`."""
    if path.is_dir():
        return [file.read_text(encoding="utf-8") for file in sorted(path.glob("*.txt"))]
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [row["text"] if "text" in row else row["report"]["text"] for row in rows]


def megabytes_a_second(work: Callable, items: Sequence, megabytes: float, repeat: int) -> float:
    """The best of several runs."""
    best = float("inf")
    for _ in range(repeat):
        begun = time.process_time()
        for item in items:
            work(item)
        best = min(best, time.process_time() - begun)
    return megabytes / best


def look_up(text: str, table: np.ndarray) -> np.ndarray:
    """The least that folding must do: one look-up per character, what is dropped left out."""
    codes = table[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)]
    return codes[np.flatnonzero(codes)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path, default=data_path("reports"))
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    texts = texts_of(options.path)
    size = sum(len(text.encode()) for text in texts) / 1e6
    texts = texts * max(1, round(2 / size))
    size = sum(len(text.encode()) for text in texts) / 1e6
    folded = [fold(text) for text in texts]
    table = np.arange(0x10000, dtype=np.uint16)
    print(f"{len(texts)} texts, {size:.1f} MB of UTF-8")
    rows: list[tuple[str, Callable, Sequence]] = [
        ("one look-up a character", lambda text: look_up(text, table), texts),
        ("fold", fold, texts),
        ("sentences", find_sentences, folded),
        ("dates", lambda text: find_dates(text, PUBLISHED), folded),
        ("counts", find_counts, folded),
        ("dates and counts", lambda text: (find_dates(text, PUBLISHED), find_counts(text)), folded),
    ]
    for name, work, items in rows:
        print(f"{name:24s} {megabytes_a_second(work, items, size, options.repeat):7.1f} MB/s")


if __name__ == "__main__":
    main()
