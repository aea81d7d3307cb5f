"""The words in which incidents are told, weighted so that names and rare words count and newsroom phrases do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.coding.lexicon import ARTICLE_PREFIXES
from analysis.coding.text import fold
from analysis.paths import data_path

SHORTEST = 3
"""Letters of the shortest word compared; shorter ones are particles."""
LONGEST_EVIDENCE = 600
"""Characters of evidence compared, from its start."""
ARTICLES = tuple(sorted(ARTICLE_PREFIXES, key=len, reverse=True))
"""What may be glued before a word with the article, the longest first."""


def report_words(incidents: pd.DataFrame, reports: pd.DataFrame | None) -> sparse.csr_matrix:
    """Weighted words of each incident's evidence: one row per incident, of Euclidean length 1, 0 where there is none.

    A word weighs the more the rarer it is in the package's own sample reports, not in the reports at hand: what two
    incidents share must not depend on which others are there.
    """
    return _matrix(_evidence(incidents, reports))


def place_names(incidents: pd.DataFrame, reports: pd.DataFrame | None) -> sparse.csr_matrix:
    """The names of an incident's places as the report writes them: one row per incident, one column per name."""
    if reports is None or "place_spans" not in incidents:
        return sparse.csr_matrix((len(incidents), 1), dtype=np.float32)
    texts = _texts(reports)
    spans = incidents["place_spans"].astype("string").fillna("")
    names = [
        [name for name in (_name(texts.get(report, ""), span) for span in text.split(";") if span) if name]
        for report, text in zip(incidents["report_id"], spans, strict=True)
    ]
    column: dict[str, int] = {}
    indices = [[column.setdefault(name, len(column)) for name in set(row)] for row in names]
    return _csr(indices, [[1.0] * len(row) for row in indices], max(len(column), 1))


def words_of(text: str) -> list[str]:
    """The words of a text for comparison: folded, without article and particles.

    >>> words_of("قصفت الطائرات بلدة الباغوز، ومحيطها")
    ['قصفت', 'طايرات', 'بلده', 'باغوز', 'ومحيطها']
    """
    return [word for word in (_bare(word) for word in fold(text).matching.split()) if len(word) >= SHORTEST]


def _bare(word: str) -> str:
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= SHORTEST:
            return word[len(article) :]
    return word


def _texts(reports: pd.DataFrame) -> dict[str, str]:
    return dict(zip(reports["report_id"].astype(str), reports["text"].astype(str), strict=True))


def _name(text: str, span: str) -> str:
    start, _, end = span.partition("-")
    if not (start.isdigit() and end.isdigit()):
        return ""
    return " ".join(words_of(text[int(start) : int(end)]))


def _evidence(incidents: pd.DataFrame, reports: pd.DataFrame | None) -> list[str]:
    if reports is None:
        return [""] * len(incidents)
    texts = _texts(reports)
    spans = zip(incidents["report_id"], incidents["evidence_start"], incidents["evidence_end"], strict=True)
    return [texts.get(report, "")[start : min(end, start + LONGEST_EVIDENCE)] for report, start, end in spans]


def _matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """Rows of weighted words, of length 1; the same text is read once, and the same word weighed once."""
    column: dict[str, int] = {}
    weights: list[float] = []
    column_of: dict[str, int] = {}
    found: dict[str, list[int]] = {}
    for text in dict.fromkeys(texts):
        tokens = dict.fromkeys(fold(text).matching.split())
        for token in tokens:
            if token in column_of:
                continue
            word = _bare(token)
            if len(word) < SHORTEST:
                column_of[token] = -1
                continue
            column_of[token] = column.setdefault(word, len(column))
            if len(weights) < len(column):
                weights.append(word_weight(word))
        found[text] = sorted({column_of[token] for token in tokens} - {-1})
    rows = [found[text] for text in texts]
    matrix = _csr(rows, [[weights[k] for k in row] for row in rows], max(len(column), 1))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_matrix(sparse.diags_array(scale.astype(np.float32)) @ matrix)


def _csr(indices: Sequence[Sequence[int]], values: Sequence[Sequence[float]], width: int) -> sparse.csr_matrix:
    ends = np.concatenate(([0], np.cumsum([len(row) for row in indices], dtype=np.int64)))
    flat = np.fromiter((i for row in indices for i in row), dtype=np.int32, count=int(ends[-1]))
    data = np.fromiter((v for row in values for v in row), dtype=np.float32, count=int(ends[-1]))
    matrix = sparse.csr_matrix((data, flat, ends), shape=(len(indices), width))
    matrix.sort_indices()
    return matrix


def word_weight(word: str) -> float:
    """How much a shared word says: the logarithm of how rare it is among the package's sample reports."""
    seen, total = _seen()
    return log((1 + total) / (0.5 + seen.get(word, 0)))


@cache
def _seen() -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    paths = sorted(data_path("reports").glob("*.txt"))
    for path in paths:
        counts.update(set(words_of(path.read_text(encoding="utf-8"))))
    return counts, len(paths)
