"""The promise on places, counted as benchmarks/places_against_airwars.py counts it."""

from __future__ import annotations

import statistics
from importlib import import_module
from pathlib import Path

import pytest

from analysis.coding.gazetteer import default_gazetteer

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.mark.shared
def test_some_place_of_a_report_lies_where_researchers_put_its_incident(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    bench = import_module("places_against_airwars")
    gazetteer = default_gazetteer()
    lexicon = gazetteer.lexicon()
    distances = [
        bench.nearest(report["text"], points, lexicon, gazetteer) for report, points in bench.read_pairs(shared)
    ]
    near = [distance for distance in distances if distance is not None and distance <= 15]
    assert len(distances) > 300
    assert len(near) >= 0.75 * len(distances), f"{len(near)} of {len(distances)}"
    assert statistics.median(near) < 5
