"""The codings that the rankers learn from: what they may hold, and that they fit the texts they were made from."""

import json
import re
from hashlib import sha256

from analysis.coding.lexicon import read_table
from analysis.paths import data_path

LINES = data_path("training", "codings.jsonl").read_text(encoding="utf-8").splitlines()
CODINGS = [json.loads(line) for line in LINES]


def spans(coding):
    for incident in coding["incidents"]:
        yield from incident["triggers"]
        yield from incident["places"]
    yield from coding["summary_mentions"]
    yield from coding["not_incidents"]


def test_they_hold_no_words_of_the_reports():
    assert not re.search("[\u0600-\u06ff]", "\n".join(LINES))
    assert all(
        set(coding) == {"report_id", "text", "incidents", "summary_mentions", "not_incidents"} for coding in CODINGS
    )


def test_each_report_is_coded_once_and_every_field_is_of_the_codebook():
    assert len({coding["report_id"] for coding in CODINGS}) == len(CODINGS) == 700
    kinds = {row["id"] for row in read_table(data_path("entities", "kinds.tsv"))}
    for incident in (incident for coding in CODINGS for incident in coding["incidents"]):
        assert incident["triggers"]
        assert set(incident["kinds_ok"]) <= kinds
        assert incident["kind"] in incident["kinds_ok"]
        assert incident["status"] in ("happened", "attempted", "denied")
        assert incident["date"][0] <= incident["date"][1]


def test_their_spans_stand_in_the_texts_they_were_made_from(shared):
    with (shared / "reports" / "reports.jsonl").open(encoding="utf-8") as lines:
        texts = {report["report_id"]: report["text"] for report in map(json.loads, lines)}
    for coding in CODINGS:
        text = texts[coding["report_id"]]
        assert sha256(text.encode()).hexdigest().startswith(coding["text"])
        assert all(0 <= start < end <= len(text) for start, end in spans(coding))


def test_no_report_of_the_gold_is_among_them(shared):
    coded = {coding["report_id"] for coding in CODINGS}
    for name in ("train", "dev", "seed"):
        with (shared / "gold" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            assert coded.isdisjoint(json.loads(line)["report"]["report_id"] for line in lines)
