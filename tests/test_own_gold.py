"""The project's own hand-coded reports keep to the tables, and the program does not fall behind on them."""

from __future__ import annotations

import json
import re

import pytest

from analysis.coding.actor_context import entities
from analysis.events.gold import read_gold, reports_of_gold
from analysis.events.scoring import score_incidents
from analysis.paths import data_path
from analysis.reading.reports import read_reports
from analysis.tables import DATE_BASES, KINDS, SOURCES, STATUSES

PATH = data_path("gold", "gold.jsonl")
RECORDS = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]
INCIDENTS = [(record["report"]["report_id"], incident) for record in RECORDS for incident in record["incidents"]]

FLOORS = {"found": 0.76, "kind": 0.69, "row": 0.23, "counts": 0.72}
"""F1 that the coder must not fall below: a guard against falling, not an aim.

A little below what it reached on 25 November 2026: found 0.799, kind 0.721, row 0.271, counts 0.768. Raise them when
it reaches more; what is short of them here is said by `rasd score data/gold/gold.jsonl --misses 40`.
"""


def test_the_gold_holds_what_its_readme_says():
    none = sum(not record["incidents"] for record in RECORDS)
    readme = data_path("gold", "README.md").read_text(encoding="utf-8")

    assert f"{len(RECORDS)} reports" in readme
    assert f"{len(INCIDENTS)} incidents, {none} reports with none" in readme


def test_every_quote_stands_where_its_span_says():
    for record in RECORDS:
        text = record["report"]["text"]
        quotes = [*record["summary_mentions"], *record["not_incidents"]]
        quotes += [
            quoted for incident in record["incidents"] for quoted in (*incident["triggers"], *incident["places"])
        ]
        for quoted in quotes:
            start, end = quoted["span"]
            assert text[start:end] == quoted["quote"], (record["report"]["report_id"], quoted)


def test_every_report_is_one_of_the_sample_as_published():
    sample = read_reports(data_path("reports")).set_index("report_id")

    for record in RECORDS:
        report = record["report"]
        known = sample.loc[report["report_id"]]
        assert known["text"] == report["text"], report["report_id"]
        day = known["published"]
        assert (None if day is None or day != day else day.date().isoformat()) == report["published"]
        assert (known["title"] if isinstance(known["title"], str) else None) == (report["title"] or None)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("kind", KINDS),
        ("kinds_ok", KINDS),
        ("status", STATUSES),
        ("date_basis", (*DATE_BASES, None)),
        ("said_by", (*SOURCES, None)),
        ("actors", tuple(entities())),
        ("targets", tuple(entities())),
    ],
)
def test_every_id_is_in_the_tables(name, allowed):
    for report_id, incident in INCIDENTS:
        values = incident[name] if isinstance(incident[name], list) else [incident[name]]
        assert set(values) <= set(allowed), (report_id, incident["n"])


def test_a_weapon_is_one_latin_word():
    assert all(re.fullmatch(r"[a-z_]+", incident["weapon"] or "none") for _, incident in INCIDENTS)


@pytest.mark.parametrize("name", ["killed", "wounded", "date"])
def test_every_interval_has_two_ends_in_order(name):
    for report_id, incident in INCIDENTS:
        low, high = incident[name] or (None, None)
        assert low is None or high is None or low <= high, (report_id, incident["n"])
        assert name != "date" or (low is None) == (high is None), (report_id, incident["n"])
        assert low is not None or high is None, (report_id, incident["n"])


def test_an_incident_is_numbered_and_its_kind_is_the_first_that_is_accepted():
    for record in RECORDS:
        assert [incident["n"] for incident in record["incidents"]] == list(range(1, len(record["incidents"]) + 1))
    for report_id, incident in INCIDENTS:
        assert incident["kinds_ok"][0] == incident["kind"], (report_id, incident["n"])
        assert incident["triggers"], (report_id, incident["n"])


def test_a_day_that_a_text_without_a_date_cannot_give_stays_open():
    unknown = [(report, incident) for report, incident in INCIDENTS if incident["date"] == [None, None]]
    undated = {record["report"]["report_id"] for record in RECORDS if record["report"]["published"] is None}

    assert len(unknown) == 18
    assert {report for report, _ in unknown} <= undated


def test_the_program_does_not_fall_below_what_it_reached():
    from analysis.coding.coder import code_reports

    gold = read_gold(PATH)

    score = score_incidents(gold, code_reports(reports_of_gold(gold)).incidents)

    reached = {name: getattr(score, name).f1 for name in FLOORS}
    assert all(reached[name] >= floor for name, floor in FLOORS.items()), str(score)
