"""A cue is found where it says how an act is told, and reaches so far and no further: never beyond its sentence."""

from __future__ import annotations

import pytest

from analysis.coding.acts import default_grammar, shaped
from analysis.coding.coder import default_resources, read_report
from analysis.coding.cues import NONE
from analysis.coding.inflect import Form
from analysis.coding.lexicon import read_table
from analysis.coding.narrative import Narrative
from analysis.coding.phrases import PhraseBook
from analysis.coding.signs import cues_on, speaks_of_conflict
from analysis.coding.text import fold_word
from analysis.paths import data_path

ROWS = read_table(data_path("lexicon", "cues.tsv"))
CUES_ALONE: PhraseBook[str] = PhraseBook()
"""Every cue, without the phrases that hide some."""
for each in ROWS:
    if each["id"] != NONE:
        for shape in shaped(each["shape"], each["word"]):
            CUES_ALONE.add(shape, each["id"])


def read(text: str) -> Narrative:
    return read_report({"text": text, "published": "2023-03-10"}, default_resources())


def found(row: dict[str, str], text: str) -> bool:
    """Whether a row's word, in one of its forms, is a cue of a text."""
    forms = set(shaped(row["shape"], row["word"]))
    return any(cue.row.id == row["id"] and cue.form in forms for cue in read(text).cues)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['line']}-{row['word']}")
def test_a_cue_is_found_in_its_example_and_not_in_its_trap(row: dict[str, str]) -> None:
    assert row["example"], row["word"]
    if row["id"] == NONE:
        assert hides(row, row["example"]), row["example"]
    else:
        assert found(row, row["example"]), row["example"]
    if row["trap"]:
        assert not found(row, row["trap"]), row["trap"]


def hides(row: dict[str, str], text: str) -> bool:
    """Whether a phrase that is no cue stands in a text, cues would stand in it by themselves, and none does."""
    n = read(text)
    form = Form(fold_word(row["word"]), "fixed")
    spans = [(f.first, f.last) for f in default_grammar().cues.find(n.words.words) if f.form == form]
    alone = list(CUES_ALONE.find(n.words.words))
    return any(
        any(lo <= cue.first and cue.last <= hi for cue in alone) and not any(lo <= cue.first < hi for cue in n.cues)
        for lo, hi in spans
    )


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
