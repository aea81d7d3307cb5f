"""The promise on merging, counted as benchmarks/merging_against_airwars.py counts it, on a quarter of the codes.

Coding all the reports takes most of two minutes, so the test takes runs of codes in the order of their days:
whole runs, because the acts that could be merged by mistake are those of one week. The script measures all of them.
The hand-coded reports need no coding and are all merged.
"""

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


RUN, OF = 20, 4
"""Codes in a run, and of how many runs one is measured."""


def choose_reports(filed: list[dict[str, Any]], codes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The reports with one code, of every fourth run of codes in the order of their days; codes without a day last."""
    told = {record["incident_codes"][0] for record in filed if len(record.get("incident_codes") or []) == 1}
    days = {name: str(codes[name].first) if name in codes and codes[name].first is not None else "z" for name in told}
    chosen = {name for n, name in enumerate(sorted(told, key=lambda name: (days[name], name))) if n // RUN % OF == 0}
    return [record for record in filed if chosen.issuperset(record.get("incident_codes") or ["-"])]


@pytest.fixture
def measured(shared: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Any]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    bench = import_module("merging_against_airwars")
    with (shared / "reports" / "reports.jsonl").open(encoding="utf-8") as lines:
        filed = [json.loads(line) for line in lines]
    codes = bench.read_codes(shared / "data" / "airwars_syria_incidents.csv")
    if request.param == "code_all":
        filed = choose_reports(filed, codes)
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
