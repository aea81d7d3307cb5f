"""A cue reaches so far and no further: never beyond its sentence."""

from __future__ import annotations

import pytest

from analysis.coding.coder import default_resources, read_report
from analysis.coding.narrative import Narrative
from analysis.coding.signs import cues_on, speaks_of_conflict


def read(text: str) -> Narrative:
    return read_report({"text": text, "published": "2023-03-10"}, default_resources())


def test_the_scope_of_a_cue_ends_with_its_sentence() -> None:
    n = read("لم ترد معلومات عن ضحايا. قصفت المدفعية أطراف القرية.")
    assert all(cue != "negated" for m in n.acts if m.sentence == 1 for cue, _ in cues_on(n, m))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت قوات النظام بالمدفعية أطراف البلدة وأصيب مدنيان.", True),
        ("فاز الفريق في مباراة أمس بعد هجوم ضاغط في الشوط الثاني وسجل اللاعب هدفين أمام جمهور كبير في الملعب.", False),
        ("شهدت الأسواق ارتفاعا في أسعار الخضار والفواكه مع اقتراب العيد.", False),
    ],
)
def test_a_report_about_something_else_is_left_alone(text: str, expected: bool) -> None:
    assert speaks_of_conflict(read(text)) is expected
