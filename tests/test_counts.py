"""Counts as reporters write them, against the codebook."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.coding.counts import CountMention, acled_deaths, find_counts, read_counts, toll, ucdp_deaths
from analysis.coding.text import fold

PHRASES = Path(__file__).parent / "phrases" / "counts.tsv"


def phrases() -> list[dict[str, str]]:
    with PHRASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def as_said(mentions: list[CountMention]) -> set[str]:
    """'killed 3', 'wounded 2+', 'killed 5-7': the toll of each thing counted."""
    shown = set()
    for counted in {m.counted for m in mentions}:
        low, high = toll([m for m in mentions if m.counted == counted])
        shown.add(
            f"{counted} {low}" if low == high else f"{counted} {low}+" if high is None else f"{counted} {low}-{high}"
        )
    return shown


def test_there_are_at_least_150_count_phrases_and_none_stands_twice():
    rows = phrases()
    assert len(rows) >= 150
    assert len({row["phrase"] for row in rows}) == len(rows)


@pytest.mark.parametrize("row", phrases(), ids=lambda row: row["phrase"])
def test_a_phrase_counts_what_a_reader_counts(row):
    expected = {part for part in row["counts"].split("; ") if part}
    assert as_said(find_counts(fold(row["phrase"]))) == expected


def test_a_mention_lies_where_the_text_has_it_and_says_who():
    text = "أسفر القصفُ عن مقتلِ ثلاثةِ أطفالٍ وإصابةِ امرأتَيْنِ"
    killed, wounded = find_counts(fold(text))
    assert text[killed.start : killed.end] == "ثلاثةِ أطفالٍ"
    assert (killed.counted, killed.who) == ("killed", "children")
    assert text[wounded.start : wounded.end] == "امرأتَيْنِ"
    assert (wounded.counted, wounded.who, wounded.low, wounded.high) == ("wounded", "women", 2, 2)


def test_parts_of_a_total_are_marked_and_do_not_add_to_it():
    mentions = find_counts(fold("مقتل تسعة مدنيين بينهم أربعة أطفال"))
    assert [(m.low, m.part) for m in mentions] == [(9, False), (4, True)]
    assert toll(mentions) == (9, 9)


def test_those_told_side_by_side_are_added():
    mentions = find_counts(fold("استشهاد رجل وامرأة وطفلين"))
    assert len({m.group for m in mentions}) == 1
    assert toll(mentions) == (4, 4)


def test_the_table_of_a_text_has_its_columns_and_types():
    table = read_counts("مقتل أكثر من 20 عنصراً")
    assert list(table.columns) == ["start", "end", "text", "counted", "who", "min", "max"]
    assert table.loc[0, "min"] == 21
    assert table["max"].isna().all()
    assert list(read_counts("لا شيء").dtypes) == list(table.dtypes)


@pytest.mark.parametrize(
    ("low", "high", "acled", "ucdp"),
    [
        (3, 3, 3, (3, 3, 3)),
        (0, 0, 0, (0, 0, 0)),
        (2, None, 10, (2, 2, None)),
        (20, None, 10, (20, 20, None)),
        (200, None, 100, (200, 200, None)),
        (21, None, 21, (21, 21, None)),
        (5, 7, 5, (5, 5, 7)),
        (None, None, None, (None, None, None)),
    ],
)
def test_a_toll_can_be_viewed_as_others_code_it(low, high, acled, ucdp):
    assert acled_deaths(low, high) == acled
    assert ucdp_deaths(low, high) == ucdp


WORDS = (
    "مقتل 3 عناصر وإصابة بين و7 قتلى من أكثر على الأقل دون إصابات ( ) بينهم طفلان عدد جرحى إلى قُتل آخرين أحد . العشرات"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_words_give_counts_in_order_inside_the_text(words):
    text = " ".join(words)
    for mention in find_counts(fold(text)):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.low is not None
        assert mention.high is None or mention.low <= mention.high


@pytest.mark.parametrize(
    "part", ["3 ", "مقتل ", "قتلى و", "بين 3 و", "دون ", "عدد من ", "من ", "ثلاثة ", "مئة و", "ألف ", "( "]
)
def test_reading_takes_linear_time(part):
    def seconds(count: int) -> float:
        text = fold(part * count)
        begun = time.process_time()
        find_counts(text)
        return time.process_time() - begun

    seconds(100)
    assert min(seconds(8000) for _ in range(3)) < 40 * max(seconds(1000), 0.002)


@pytest.mark.shared
def test_tolls_of_the_gold_reports_are_among_those_read(shared):
    """For more than six in seven tolls of the gold reports, a count read in the report is that toll."""
    told = found = 0
    for line in (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        mentions = find_counts(fold(case["report"]["text"]))
        for incident in case["incidents"]:
            for harm in ("killed", "wounded"):
                if incident[harm] is not None:
                    told += 1
                    found += tuple(incident[harm]) in _tolls([m for m in mentions if m.counted == harm])
    assert found >= 0.86 * told


def _tolls(mentions: list[CountMention]) -> set[tuple[int | None, int | None]]:
    groups = {m.group for m in mentions}
    single = {(m.low, m.high) for m in mentions}
    return single | {toll([m for m in mentions if m.group == group]) for group in groups}
