"""The first report, hand-coded, gone through as a whole: what the coder is held to, with and without its day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.coding.coder import Coded, code_reports

FOUND, FALSE = 15, 1
"""At least so many of its 17 incidents with the right kind, at most so many that are none."""
DATED = {"given": 0.95, None: 0.75}
"""The share of those found whose days meet the hand-coded ones and are little wider, with its day and without."""


@pytest.fixture(scope="module")
def seed(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "gold" / "seed.jsonl").read_text(encoding="utf-8").splitlines()[0])


def coded(seed: dict[str, Any], **changed: Any) -> Coded:
    return code_reports(pd.DataFrame([{**seed["report"], **changed}]))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def paired(seed: dict[str, Any], incidents: pd.DataFrame) -> list[tuple[pd.Series, dict[str, Any]]]:
    """Rows and the hand-coded incidents on whose triggers they stand with an accepted kind, each used once."""
    left = list(seed["incidents"])
    pairs = []
    for _, row in incidents[~incidents["summary"]].iterrows():
        for gold in left:
            on = any(overlap((row["start"], row["end"]), tuple(t["span"])) for t in gold["triggers"])
            if on and row["kind"] in (gold.get("kinds_ok") or [gold["kind"]]):
                pairs.append((row, gold))
                left.remove(gold)
                break
    return pairs


@pytest.mark.shared
@pytest.mark.parametrize("published", ["given", None])
def test_incidents_of_the_seed_are_found(seed: dict[str, Any], published: str | None) -> None:
    day = seed["report"]["published"] if published else None
    incidents = coded(seed, published=day).incidents
    told = incidents[~incidents["summary"]]
    pairs = paired(seed, incidents)
    leads = [tuple(lead["span"]) for lead in seed["summary_mentions"]]
    on_leads = sum(any(overlap((r["start"], r["end"]), lead) for lead in leads) for _, r in told.iterrows())
    assert len(pairs) >= FOUND
    assert len(told) - len(pairs) - on_leads <= FALSE


@pytest.mark.shared
@pytest.mark.parametrize("published", ["given", None])
def test_incidents_of_the_seed_are_dated(seed: dict[str, Any], published: str | None) -> None:
    day = seed["report"]["published"] if published else None
    pairs = paired(seed, coded(seed, published=day).incidents)
    right = [dated_as(row, *map(pd.Timestamp, gold["date"])) for row, gold in pairs]
    assert sum(right) >= DATED[published] * len(pairs)


def dated_as(row: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> bool:
    """Whether the days of a row meet an interval and are at most twice as wide and a day."""
    meets = row["date_start"] <= last and first <= row["date_end"]
    wide = (row["date_end"] - row["date_start"]).days + 1
    return bool(meets and wide <= 2 * ((last - first).days + 1) + 1)


@pytest.mark.shared
def test_nothing_that_is_only_feared_is_coded(seed: dict[str, Any]) -> None:
    feared = [tuple(span["span"]) for span in seed["not_incidents"]]
    for _, row in coded(seed).incidents.iterrows():
        assert not any(overlap((row["start"], row["end"]), span) for span in feared), row["incident_id"]


@pytest.mark.shared
def test_without_its_day_publication_is_inferred_from_the_anniversary(seed: dict[str, Any]) -> None:
    tables = coded(seed, published=None)
    (told,) = tables.publications.to_dict("records")
    assert told["earliest"] <= pd.Timestamp(seed["report"]["published"]) <= told["latest"]
    dated = tables.incidents[tables.incidents["date_start"].notna()]
    assert set(dated["date_basis"]) <= {"inferred", "stated"}
    assert (dated["date_basis"] == "inferred").any()
    assert coded(seed).publications.empty


@pytest.mark.shared
def test_places_of_the_seed_are_in_the_gazetteer_and_bases_are_no_targets(seed: dict[str, Any]) -> None:
    tables = coded(seed)
    incidents = tables.incidents
    assert incidents["place_id"].notna().mean() >= 0.9
    fired = [row for row, gold in paired(seed, incidents) if gold["kind"] == "missile_attack"]
    assert [row["origin_place_id"] for row in fired] == ["rahbah_castle"]
    assert {row["place_id"] for row in fired} != {"rahbah_castle"}
