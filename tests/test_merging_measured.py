"""The promise on merging, measured as benchmarks/merging_against_airwars.py counts it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from analysis.events.cluster import cluster_incidents

pytestmark = pytest.mark.shared
BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture
def measured(shared: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Any]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    bench = import_module("merging_against_airwars")
    with (shared / "reports" / "reports.jsonl").open(encoding="utf-8") as lines:
        filed = [json.loads(line) for line in lines]
    codes = bench.read_codes(shared / "data" / "airwars_syria_incidents.csv")
    reports, incidents = getattr(bench, request.param)(shared, filed)
    chosen = bench.choose_rows(cluster_incidents(incidents, reports), reports, filed, codes)
    measures: Mapping[str, Any] = bench.measure(chosen, codes)
    return measures


@pytest.mark.parametrize(
    ("measured", "f1", "precision"), [("code_all", 0.8, 0.9), ("gold_incidents", 0.95, 0.95)], indirect=["measured"]
)
def test_reports_filed_under_one_incident_share_an_event(
    measured: Mapping[str, Any], f1: float, precision: float
) -> None:
    assert measured["B-cubed F1"] >= f1
    assert measured["pairwise precision"] >= precision
    assert measured["B-cubed F1"] > measured["naive one-a-day: B-cubed F1"]
    assert measured["of them with a row of the code's kind"] >= 0.9 * measured["reports with one code"]
