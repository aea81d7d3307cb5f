"""Whole reports: what a coder would write down, and what must hold for any text."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.coding.coder import code_report, code_reports


def coded(text: str, published: str | None = "2023-03-10") -> list[tuple[str, frozenset[str]]]:
    report = code_report({"report_id": "r", "text": text, "published": published})
    return [(i.kind, frozenset(actor for actor, _ in i.actors)) for i in report.incidents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "قصفت قوات النظام بالمدفعية الثقيلة بلدة البارة في ريف إدلب الجنوبي، ما أدى إلى مقتل مدني وإصابة آخرين.",
            [("shelling", frozenset({"syrian_army"}))],
        ),
        (
            "شن الطيران الحربي الروسي غارة جوية على أطراف مدينة أريحا.",
            [("airstrike", frozenset({"russia"}))],
        ),
        ("اعتقلت قوات سوريا الديمقراطية شابين في بلدة الشحيل.", [("arrest", frozenset({"sdf"}))]),
    ],
)
def test_a_plain_report_is_coded(text: str, expected: list[tuple[str, frozenset[str]]]) -> None:
    assert coded(text) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\n", "١٢٣", "‏", "abc", "قصف", "(((((", "و" * 5000, "🚨" * 50])
def test_any_text_is_coded_without_an_error(text: str) -> None:
    code_report({"report_id": "r", "text": text, "published": None})


def test_deaths_by_accident_are_no_incident() -> None:
    assert coded("توفي رجل وأصيب ثلاثة آخرون إثر انقلاب سيارة على الطريق الدولي قرب حاجز لقوات النظام.") == []


def test_offsets_point_at_the_trigger_as_published() -> None:
    text = "أفاد مراسلنا أنّ قوّات النظام قَصَفَت بالمدفعية بلدة البارة في ريف إدلب."
    frame = code_reports(pd.DataFrame([{"report_id": "r", "text": text, "published": "2023-03-10"}])).incidents
    assert [text[row.start : row.end] for row in frame.itertuples()] == ["قَصَفَت"]


def test_a_report_is_coded_the_same_twice() -> None:
    text = "دارت اشتباكات عنيفة بين الجيش الوطني وقوات النظام قرب مدينة الباب، وأصيب عنصران."
    assert coded(text) == coded(text)


@pytest.mark.parametrize(
    ("text", "kind", "actor"),
    [
        (
            "انفجرت عبوة ناسفة بسيارة عسكرية لقوات النظام قرب مدينة نوى. وتبنى تنظيم داعش العملية في بيان.",
            "explosion",
            "isis",
        ),
        ("نفذت طائرات مسيرة تركية، قبل أيام، عدة غارات على مواقع لقوات سوريا الديمقراطية.", "drone_strike", "turkey"),
        ("رفض عناصر من ميليشيا الدفاع الوطني تنفيذ الأوامر في بلدة التبني.", "refusal", "national_defence_forces"),
    ],
)
def test_a_claim_a_means_and_plain_words_decide(text: str, kind: str, actor: str) -> None:
    assert coded(text) == [(kind, frozenset({actor}))]


def test_a_refusal_is_aimed_at_nobody() -> None:
    text = "رفض عناصر من ميليشيا الدفاع الوطني تنفيذ أوامر قوات النظام في بلدة التبني."
    report = code_report({"report_id": "r", "text": text, "published": "2023-03-10"})
    assert [(i.kind, i.targets) for i in report.incidents] == [("refusal", ())]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("نظم الحشد الشعبي مجلس عزاء في مدينة البوكمال بمناسبة الذكرى السنوية الثانية لمقتل قاسم سليماني.", "pmf"),
        ("أحيا الآلاف في بغداد ذكرى مقتل قاسم سليماني.", None),
        ("أقيم حفل تأبين في العاصمة دمشق اليوم لقاسم سليماني.", None),
    ],
)
def test_a_commemoration_is_no_new_killing_of_the_man_it_remembers(text, actors):
    report = {"report_id": "r", "text": text, "published": "2022-01-04", "title": None}

    incidents = [incident for incident in code_report(report).incidents if not incident.background]

    assert [incident.kind for incident in incidents] == ["commemoration"]
    assert incidents[0].killed == (None, None)
    assert not incidents[0].targets
    if actors:
        assert [actor for actor, _ in incidents[0].actors] == [actors]
