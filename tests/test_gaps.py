"""Names that reports use and the tables lack come out as rows."""

from __future__ import annotations

import pandas as pd

from analysis.coding.gaps import COLUMNS, find_gaps, gap_rows, latin
from analysis.coding.gazetteer import COLUMNS as PLACE_COLUMNS

REPORTS = pd.DataFrame(
    {
        "report_id": ["a", "b", "c"],
        "text": [
            "قصف على قرية زنبقان في ريف دير الزور الشرقي. ثم قصفت قرية زنبقان ثانية.",
            'هاجمت ميليشيا "السنابل الحمر" قرية زنبقان قرب الميادين.',
            "انفجار في بلدة هجين.",
        ],
    }
)


def test_unknown_places_are_counted_and_ranked_by_need() -> None:
    gaps = find_gaps(REPORTS)
    assert list(gaps.columns) == list(COLUMNS)
    first = gaps.iloc[0]
    assert (first["form"], first["kind"], first["needed"], first["reports"]) == ("زنبقان", "village", 3, 2)
    assert first["parent"] == "deir_ez_zor_gov"
    assert gaps["reports"].is_monotonic_decreasing


def test_unknown_actors_come_with_their_noun() -> None:
    gaps = find_gaps(REPORTS)
    actors = gaps[gaps["table"] == "lexicon/actors.tsv"]
    assert [form.split()[:2] for form in actors["form"]] == [["ميليشيا", "السنابل"]]


def test_the_example_is_the_text_as_published_on_one_line() -> None:
    text = "وأُصيبَ آخرون في قصفٍ على قرية \u200fزنبقان،\nأمس الأوّل ليلاً قرب النهر"
    example = find_gaps(pd.DataFrame({"report_id": ["a"], "text": [text]}))["example"].iloc[0]
    assert example in " ".join(text.replace("\u200f", "").split())
    assert "قصفٍ على قرية زنبقان، أمس الأوّل" in example


def test_what_the_tables_know_is_no_gap() -> None:
    assert find_gaps(REPORTS.tail(1)).empty


def test_rows_have_the_columns_of_the_table_they_are_pasted_into() -> None:
    lines = gap_rows(find_gaps(REPORTS), "entities/places.tsv").splitlines()
    assert [line.count("\t") for line in lines] == [len(PLACE_COLUMNS) - 1] * len(lines)
    assert lines[0].split("\t")[2:5] == ["زنبقان", "village", "deir_ez_zor_gov"]


def test_a_tab_or_a_line_in_a_name_breaks_no_row() -> None:
    reports = pd.DataFrame({"report_id": ["a"], "text": ['قصف قرية "زنبقان\tالحمر" ليلا']})
    lines = gap_rows(find_gaps(reports), "entities/places.tsv").splitlines()
    assert [line.count("\t") for line in lines] == [len(PLACE_COLUMNS) - 1] * len(lines)


def test_an_id_is_latin() -> None:
    assert latin("تل الزيتون 3") == "tl_alzytwn_3"
    assert latin("؟") == "name"


def test_a_namesake_far_from_all_else_is_a_gap_that_says_so() -> None:
    far = find_gaps(pd.DataFrame({"report_id": ["a"], "text": ["قصف على قرية عدوان غربي إدلب"]}))
    assert [(row.form, row.why) for row in far.itertuples()] == [("عدوان", "far from all else that the report names")]


def test_a_name_of_a_tribe_is_not_cut_after_its_first_word() -> None:
    assert find_gaps(pd.DataFrame({"report_id": ["a"], "text": ["دهم في قرية البو زيتون أمس"]}))["form"].tolist() == [
        "البو زيتون"
    ]
