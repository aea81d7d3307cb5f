"""Which incidents are worth comparing: days that touch, and places that may be one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.events.features import NO_DAY, Features

CELL_DEGREES = 0.5
"""Side of a cell of the map, about 50 km; a point meets those of its own cell and the eight around it."""
SLACK_DAYS = 1
"""Two intervals touch where at most this many days lie between them: nights belong to two days."""
WIDTHS = (1, 3, 10, 45, 100_000)
"""Classes of interval length in days, so that one vague row does not widen the search of all."""
CHUNK = 500_000
"""Pairs given out at a time, to bound memory."""


def candidate_pairs(features: Features, compared: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give out pairs (left < right) of incidents whose days touch and whose places may be one, each pair once.

    `compared` (bool) marks the rows that take part. A point meets points of its own and the neighbouring map cells; an
    area meets everything of its governorate; what has neither meets everything. Undated rows meet nothing here.
    """
    dated = compared & (features.first != NO_DAY)
    fine = dated & features.fine
    coarse = dated & ~features.fine & (features.admin1 >= 0)
    adrift = dated & ~features.fine & (features.admin1 < 0)
    yield from _grid(features, np.flatnonzero(fine))
    yield from _shared(features, features.admin1, coarse, fine | coarse)
    yield from _shared(features, np.zeros(len(features), dtype=np.int32), adrift, dated)


def _grid(features: Features, rows: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    y = np.floor(features.lat[rows] / CELL_DEGREES).astype(np.int64) + 400
    x = np.floor(features.lon[rows] / CELL_DEGREES).astype(np.int64) + 800
    cell = y * 2000 + x
    for step_y in (-1, 0, 1):
        for step_x in (-1, 0, 1):
            yield from _join(features, rows, cell + step_y * 2000 + step_x, rows, cell)


def _shared(
    features: Features, key: np.ndarray, left: np.ndarray, right: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of a left and a right row with one key; where both are left rows, once."""
    lefts, rights = np.flatnonzero(left), np.flatnonzero(right)
    for i, j in _join(features, lefts, key[lefts], rights, key[rights], ordered=False):
        once = ~left[j] | (i < j)
        low, high = np.minimum(i[once], j[once]), np.maximum(i[once], j[once])
        yield low, high


def _join(
    features: Features,
    lefts: np.ndarray,
    left_key: np.ndarray,
    rights: np.ndarray,
    right_key: np.ndarray,
    ordered: bool = True,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs with one key whose days touch; `ordered` keeps those with left < right, else all but a row with itself."""
    width = features.last[rights] - features.first[rights]
    low = 0
    for high in WIDTHS:
        chosen = (width >= low) & (width < high)
        if chosen.any():
            reach = int(width[chosen].max())
            yield from _join_width(features, lefts, left_key, rights[chosen], right_key[chosen], reach, ordered)
        low = high


def _join_width(
    features: Features,
    lefts: np.ndarray,
    left_key: np.ndarray,
    rights: np.ndarray,
    right_key: np.ndarray,
    reach: int,
    ordered: bool,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    order = np.lexsort((features.first[rights], right_key))
    rights = rights[order]
    base = 1 << 32
    sorted_key = right_key[order].astype(np.int64) * base + features.first[rights]
    key = left_key.astype(np.int64) * base
    begin = np.searchsorted(sorted_key, key + features.first[lefts] - reach - SLACK_DAYS - 1, "left")
    end = np.searchsorted(sorted_key, key + features.last[lefts] + SLACK_DAYS + 1, "right")
    sizes = np.cumsum(end - begin)
    start = 0
    while start < len(lefts):
        before = sizes[start - 1] if start else 0
        stop = max(int(np.searchsorted(sizes, before + CHUNK, "right")), start + 1)
        i, j = _expand(lefts[start:stop], rights, begin[start:stop], end[start:stop])
        keep = (i < j) if ordered else (i != j)
        gap = np.maximum(features.first[j] - features.last[i], features.first[i] - features.last[j])
        keep &= gap <= SLACK_DAYS
        yield i[keep], j[keep]
        start = stop


def _expand(lefts: np.ndarray, rights: np.ndarray, begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    counts = end - begin
    i = np.repeat(lefts, counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return i, rights[np.repeat(begin, counts) + offsets]
