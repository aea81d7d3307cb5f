"""Dates as reporters write them, against what a reader takes them to mean."""

from __future__ import annotations

import csv
import json
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.coding.dates import DateMention, find_dates, infer_published, main, read_dates, resolve_relation
from analysis.coding.text import fold

PHRASES = Path(__file__).parent / "phrases" / "dates.tsv"
SATURDAY = date(2022, 1, 8)


def phrases() -> list[dict[str, str]]:
    with PHRASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_there_are_at_least_250_date_phrases_and_none_stands_twice():
    rows = phrases()
    assert len(rows) >= 250
    assert len({row["phrase"] for row in rows}) == len(rows)


@pytest.mark.parametrize("row", phrases(), ids=lambda row: row["phrase"])
def test_a_phrase_means_the_days_a_reader_takes_it_to_mean(row):
    found = find_dates(fold(row["phrase"]), date.fromisoformat(row["published"]))
    if row["what"] == "nothing":
        assert found == []
        return
    assert len(found) == 1, [row["phrase"][m.start : m.end] for m in found]
    mention = found[0]
    assert mention.flag == row["flag"]
    if row["what"] == "days":
        assert (str(mention.first), str(mention.last)) == (row["date_start"], row["date_end"])
    else:
        assert mention.first is None
        assert (mention.relation is not None) == (row["what"] == "relation")


def test_most_of_what_people_ask_an_assistant_is_read_as_an_assistant_reads_it():
    """Where they differ, an assistant looks ahead ("Monday" is the next) and a report back."""
    with PHRASES.with_name("assistants.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    right = 0
    for row in rows:
        found = find_dates(fold(row["phrase"]), date.fromisoformat(row["published"]))
        said = [f"{m.first}" if m.first == m.last else f"{m.first}..{m.last}" for m in found]
        right += len(said) == 1 and said[0] in row["days"].split("|")
    assert right >= 0.65 * len(rows), f"{right} of {len(rows)}"


def test_a_mention_lies_where_the_text_has_it_and_keeps_the_part_of_the_day():
    text = "وأُصيب مدني بجروح فجرَ يومِ الأربعاء، 5 كانون الثاني/يناير."
    (mention,) = find_dates(fold(text), SATURDAY)
    assert text[mention.start : mention.end] == "فجرَ يومِ الأربعاء، 5 كانون الثاني/يناير"
    assert (mention.part_of_day, mention.basis, mention.precision) == ("dawn", "stated", "day")


def test_without_a_publication_date_only_dates_with_a_year_are_resolved():
    table = read_dates("قُتل أمس، وقبل عام، وفي 3 كانون الثاني، وفي 3 كانون الثاني 2020")
    assert list(table["date_start"].isna()) == [True, True, True, False]
    assert table["date_start"].iloc[-1] == pd.Timestamp(2020, 1, 3)


def test_the_table_of_a_text_has_its_columns_and_types():
    text = "فجر اليوم قُصفت القاعدة"
    table = read_dates(text, published="2022-01-08")
    assert list(table.columns) == ["start", "end", "text", "date_start", "date_end", "basis", "precision", "flag"]
    assert str(table["date_start"].dtype) == "datetime64[s]"
    assert list(table["text"]) == [text[int(a) : int(b)] for a, b in zip(table["start"], table["end"], strict=True)]
    empty = read_dates("لا شيء هنا")
    assert len(empty) == 0
    assert list(empty.dtypes) == list(table.dtypes)


def test_a_publication_date_that_is_none_is_refused_with_its_cure():
    with pytest.raises(ValueError, match="2022-01-08"):
        read_dates("أمس", published="the day before")


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("وفي اليوم التالي", date(2020, 1, 4), date(2020, 1, 4)),
        ("في اليوم نفسه", date(2020, 1, 3), date(2020, 1, 3)),
        ("بعد يومين من ذلك", date(2020, 1, 5), date(2020, 1, 5)),
        ("قبل ذلك بيوم", date(2020, 1, 2), date(2020, 1, 2)),
        ("في الشهر ذاته", date(2020, 1, 1), date(2020, 1, 31)),
        ("في العام نفسه", date(2020, 1, 1), date(2020, 12, 31)),
        ("وفي الشهر التالي", date(2020, 2, 1), date(2020, 2, 29)),
    ],
)
def test_a_relation_is_resolved_against_what_was_told_before(phrase, first, last):
    (mention,) = find_dates(fold(phrase), SATURDAY)
    assert mention.first is None
    assert resolve_relation(mention, date(2020, 1, 3), date(2020, 1, 3)) == (first, last)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("في الذكرى السنوية الثانية لمقتل قاسم سليماني، استُهدفت القاعدة.", date(2022, 1, 3)),
        ("تزامناً مع الذكرى الأولى لاغتيال سليماني والمهندس", date(2021, 1, 3)),
        ("بغداد - 3 كانون الثاني 2022: سقطت صواريخ قرب المطار.", date(2022, 1, 3)),
        ("نُشر في 2022-01-05\nقُصفت القاعدة فجر اليوم", date(2022, 1, 5)),
        ("قُتل في ذكرى سليماني قبل أعوام", None),
        ("سقطت صواريخ قرب المطار", None),
    ],
)
def test_the_day_of_publication_is_inferred_only_where_the_text_offers_one(text, published):
    day, evidence = infer_published(fold(text))
    assert day == published
    assert (evidence is None) == (published is None)
    if evidence:
        assert 0 <= evidence[0] < evidence[1] <= len(text)


def test_the_command_prints_what_was_read_and_why(capsys):
    main(["قُصفت البلدة مساء أمس الجمعة", "--published", "2022-01-08"])
    said = capsys.readouterr().out
    assert "مساء أمس الجمعة" in said
    assert "2022-01-07" in said
    assert "relative" in said


WORDS = (
    "يوم أمس 3 من كانون الثاني 2020 إلى / - ( ) ، بين و7 الأحد ليلة قبل بعد منذ أيام الشهر الماضي "
    "عيد الفطر مطلع نفسه هـ 1441 ذكرى سليماني الثانية عام قادم بعد"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.dates())
def test_any_words_give_days_in_order_inside_the_text(words, published):
    text = " ".join(words)
    for mention in find_dates(fold(text), published):
        assert 0 <= mention.start < mention.end <= len(text)
        assert (mention.first is None) == (mention.last is None)
        assert mention.first is None or mention.first <= mention.last


@pytest.mark.parametrize(
    "part", ["3 ", "و", "الأحد ", "من ", "3 و", "قبل ", "(", "بين 3 و", "كانون ", "الثاني ", "1/", "ليلة "]
)
def test_reading_takes_linear_time(part):
    def seconds(count: int) -> float:
        text = fold(part * count)
        begun = time.process_time()
        find_dates(text, SATURDAY)
        return time.process_time() - begun

    seconds(100)
    assert seconds(8000) < 40 * max(seconds(1000), 0.002)


@pytest.mark.shared
def test_dates_of_the_gold_reports_are_among_those_read(shared):
    """For nine in ten incidents with a date of their own, a date read in their report is that date."""
    told = found = 0
    for line in (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        report = case["report"]
        published = date.fromisoformat(report["published"]) if report["published"] else None
        mentions = find_dates(fold(f"{report['title'] or ''}\n{report['text']}"), published)
        for incident in case["incidents"]:
            if incident["date_basis"] in ("stated", "relative"):
                told += 1
                first, last = map(date.fromisoformat, incident["date"])
                found += any(_agrees(m, first, last) for m in mentions)
    assert found >= 0.95 * told


def _agrees(mention: DateMention, first: date, last: date) -> bool:
    if mention.first is None or mention.last is None:
        return False
    return mention.first <= last and first <= mention.last
