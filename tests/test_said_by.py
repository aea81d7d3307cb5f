"""Whom a report gives as its source for an act."""

from __future__ import annotations

import pytest

from analysis.coding.coder import code_report
from analysis.coding.lexicon import read_table
from analysis.coding.said_by import find_attributions
from analysis.paths import data_path
from analysis.tables import SOURCES

ACT = "قصفت مدفعية النظام بلدة كفرنبل وقُتل مدنيان"


def coded(text):
    return code_report({"report_id": "r", "published": "2023-03-04", "text": text})


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"{ACT}.", None),
        (f"أفادت مصادر طبية أن {ACT}.", "medical"),
        (f"قال مراسلنا في إدلب: {ACT}.", "correspondent"),
        (f"ذكر المرصد السوري لحقوق الإنسان أن {ACT}.", "monitor"),
        (f"أكد مصدر عسكري أن {ACT}.", "military"),
        (f"{ACT}، بحسب ما ذكرت مصادر محلية.", "local"),
        (f"{ACT}، وفقاً لوكالة سانا.", "media"),
        (f"مصادر محلية قالت إن {ACT}.", "local"),
        (f"أفاد ناشطون في المرصد أن {ACT}.", "local"),
        (f"أفاد نشطاء المرصد أن {ACT}.", "monitor"),
        (f"نقلت وكالة رويترز عن مصدر عسكري أن {ACT}.", "military"),
        (f"نقلت وكالة رويترز أن {ACT}.", "media"),
        (f"مصدر خاص للموقع:\n{ACT}.", "private"),
        (f"زار الوزير المدينة. وقالت مصادر طبية إنها بخير. {ACT}.", None),
        (f"قالت مصادر محلية إن السوق مغلق. وأضافت المصادر أن {ACT}.", "local"),
        (f"نقل الدفاع المدني الجرحى. {ACT}.", None),
    ],
)
def test_the_words_of_attribution_tell_the_source(text, source):
    incidents = coded(text).incidents
    assert [incident.said_by for incident in incidents if incident.kind == "shelling"] == [source]


def test_a_following_form_that_only_looks_like_a_verb_of_saying_is_none():
    assert find_attributions(coded("نقل الأهالي الجرحى إلى مشفى التابع للمدينة").narrative) == []


def test_every_class_of_the_table_of_sources_is_one_of_the_codebook():
    assert {row["id"] for row in read_table(data_path("lexicon", "sources.tsv"))} <= set(SOURCES)


def test_every_row_of_the_words_of_attribution_says_what_it_does():
    rows = read_table(data_path("lexicon", "attribution.tsv"))
    assert {row["id"] for row in rows} == {"says", "goes_on", "per", "relays", "of", "that", "back"}
    assert len({row["word"] for row in rows}) == len(rows)
