"""Small linear rankers over interpretable features: weights learned from gold, kept as a readable table.

A model is a sum of weights, one per feature that holds, turned into a number from 0 to 1. Nothing but the table is
needed to use it; `benchmarks/train_rankers.py` makes the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat

from analysis.coding.lexicon import read_table
from analysis.paths import data_path

BIAS = "bias"


@cache
def default_weights() -> Mapping[str, Mapping[str, float]]:
    """The package's weights: model -> feature -> weight (`data/rankers.tsv`)."""
    weights: dict[str, dict[str, float]] = {}
    for row in read_table(data_path("rankers.tsv")):
        weights.setdefault(row["model"], {})[row["feature"]] = float(row["weight"])
    return weights


def likelihood(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The logistic of the summed weights of the features that hold.

    >>> likelihood({"bias": 0.0, "near": 2.0}, ["near", "never seen"])
    0.8807970779778823
    """
    total = sum(map(weights.get, features, repeat(0.0)), weights.get(BIAS, 0.0))
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
