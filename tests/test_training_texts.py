"""The texts written to learn from are coded as gold is: quotes that stand where they are said to, ids, days."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.coding.lexicon import read_table
from analysis.paths import data_path

FILES = ("general_news.jsonl", "conflict_news.jsonl")
KINDS = {row["id"] for row in read_table(data_path("entities", "kinds.tsv"))}
ACTORS = {row["id"] for row in read_table(data_path("entities", "actors.tsv"))}


def records(name: str) -> list[dict[str, Any]]:
    path = Path(data_path("training", name))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", FILES)
def test_quotes_stand_where_they_are_said_to(name: str) -> None:
    for record in records(name):
        text = record["report"]["text"]
        quotes = [q for i in record["incidents"] for q in (*i["triggers"], *i["places"])]
        for quote in (*quotes, *record["summary_mentions"], *record["not_incidents"]):
            start, end = quote["span"]
            assert text[start:end] == quote["quote"], record["report"]["report_id"]


@pytest.mark.parametrize("name", FILES)
def test_ids_are_known_and_days_are_sound(name: str) -> None:
    for record in records(name):
        report = record["report"]
        assert report["source"] == "project training text"
        for incident in record["incidents"]:
            where = report["report_id"]
            assert incident["triggers"], where
            assert set(incident["kinds_ok"]) <= KINDS, where
            assert {*incident["actors"], *incident["targets"]} <= ACTORS, where
            assert incident["date"][0] <= incident["date"][1] <= report["published"], where


def test_no_two_texts_have_one_id_or_one_wording() -> None:
    reports = [record["report"] for name in FILES for record in records(name)]
    assert len({r["report_id"] for r in reports}) == len(reports) == len({r["text"] for r in reports})
