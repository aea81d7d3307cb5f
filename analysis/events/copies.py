"""Which reports are one text: the copy-and-paste of other outlets, which is no second source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH

from analysis.coding.text import fold

ALIKE = 0.6
"""Two texts are copies where they share about this part of their runs of words (Jaccard), or more."""
CONTAINED = 0.8
"""They are too where this part of the shorter text stands in the longer: an agency's text with a lead of one's own."""
RUN = 4
"""Words in a run."""
PERMUTATIONS = 64
SEARCH_AT = 0.3
"""Likeness from which the index should find a pair, to be measured exactly afterwards."""
LONGEST = 4_000
"""Words of a text compared, from its start."""


def find_copies(reports: pd.DataFrame) -> pd.Series:
    """Group reports whose texts are copies of each other: for each row the report_id of the group's first report.

    `reports` holds report_id and text (tables.REPORTS); the result (string) has its index. Texts are compared by their
    runs of four folded words: candidates by MinHash, then measured exactly against the first text of a group, so that
    a chain of small changes does not make one text of two. The order of the rows decides which report is first.
    """
    ids = reports["report_id"].astype(str).tolist()
    runs = [_runs(text) for text in reports["text"].astype(str)]
    first_with: dict[bytes, int] = {}
    first: list[int] = []
    blank = MinHash(num_perm=PERMUTATIONS, hashfunc=int)
    index = MinHashLSH(threshold=SEARCH_AT, num_perm=PERMUTATIONS)
    for row, found in enumerate(runs):
        same = first_with.setdefault(found.tobytes(), row)
        if same != row:
            first.append(first[same])
            continue
        sketch = blank.copy()
        sketch.update_batch(found.tolist())
        original = next((other for other in sorted(index.query(sketch)) if is_copy(runs[other], found)), row)
        if original == row and len(found):
            index.insert(row, sketch)
        first.append(original)
    return pd.Series([ids[row] for row in first], index=reports.index, dtype="string")


def is_copy(runs: Sequence[int] | np.ndarray, other: Sequence[int] | np.ndarray) -> bool:
    """Whether two sorted sets of runs are of one text: alike, or the shorter one contained in the longer."""
    common = len(np.intersect1d(runs, other, assume_unique=True))
    shorter, all_runs = min(len(runs), len(other)), len(runs) + len(other) - common
    return shorter > 0 and (common >= ALIKE * all_runs or common >= CONTAINED * shorter)


def _runs(text: str) -> np.ndarray:
    """The runs of RUN words of a text as sorted 32-bit numbers, each once; a shorter text is one run."""
    words = fold(text).matching.split()[:LONGEST]
    if not words:
        return np.zeros(0, dtype=np.uint32)
    codes = pd.util.hash_array(np.array(words, dtype=object), categorize=False)
    count = max(len(words) - RUN + 1, 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for step in range(min(RUN, len(words))):
        mixed = mixed * np.uint64(1_000_003) ^ codes[step : step + count]
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))
