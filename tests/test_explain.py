"""Why a report was coded as it was."""

from __future__ import annotations

import pytest

from analysis.coding.explain import explain_report, heaviest

TEXT = (
    "أفادت مصادر طبية أن مدفعية النظام قصفت أمس بلدة كفرنبل وقُتل مدنيان. "
    "وتحدث الناشطون عن ملف الاعتقالات في البلاد. زار وفد <b>تجاري</b> السوق."
)
REPORT = {"report_id": "r", "published": "2023-03-04", "text": TEXT}


@pytest.fixture(scope="module")
def explanation():
    return explain_report(REPORT)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("kind", "shelling", "قصفت"),
        ("date", "2023-03-03 to 2023-03-03, relative", "أمس"),
        ("place", "kafr_nabl", "كفرنبل"),
        ("said_by", "medical", "مصادر طبية"),
        ("killed", "2 to 2", "مدنيان"),
    ],
)
def test_every_field_names_the_words_that_gave_it(explanation, field, value, words):
    (incident,) = explanation.incidents
    reason = next(r for r in incident.reasons if r.field == field)
    assert reason.value.startswith(value) or field == "place"
    assert any(words in TEXT[start:end] for start, end in reason.spans)
    assert reason.how


def test_a_sentence_without_an_incident_says_which_word_was_held_back(explanation):
    held, dull = explanation.silences
    assert "الاعتقالات" in " ".join(held.why)
    assert "held back at" in held.why[0]
    assert dull.why == ("no act word",)


def test_it_prints_and_shows_as_html_with_the_report_escaped(explanation):
    assert str(explanation).count("\n  kind ") == 1
    html = explain_report({**REPORT, "report_id": "<script>"})._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_it_comes_as_a_table_with_one_row_per_field(explanation):
    frame = explanation.to_frame()
    assert list(frame.columns) == ["incident_id", "field", "value", "words", "how"]
    assert frame.loc[frame["field"] == "kind", "words"].tolist() == ["قصفت"]


def test_a_report_without_incidents_explains_every_sentence():
    explanation = explain_report({"report_id": "r", "text": "فاز الفريق بالمباراة. عمّ الفرح المدينة."})
    assert explanation.incidents == ()
    assert len(explanation.silences) == 2


@pytest.mark.parametrize(("sign", "shown"), [(0, "near +2.0, far -1.0"), (-1, "far -1.0"), (1, "near +2.0")])
def test_the_heaviest_signs_are_shown_first(sign, shown):
    assert heaviest({"near": 2.0, "far": -1.0, "nil": 0.0}, ["far", "near", "near", "nil", "new"], sign) == shown
