"""Where a sentence ends in news, bulletins, headlines and posts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.coding.sentences import find_sentences
from analysis.coding.text import fold

CASES = [
    ("full stops", "قُصفت البلدة. وأصيب مدنيان.", ["قُصفت البلدة.", "وأصيب مدنيان."]),
    ("no space after a stop", "قُصفت البلدة.وأصيب مدنيان", ["قُصفت البلدة.", "وأصيب مدنيان"]),
    ("question and exclamation", "من قصف البلدة؟ لا أحد يعلم! انتهى", ["من قصف البلدة؟", "لا أحد يعلم!", "انتهى"]),
    ("commas do not cut", "قُصفت البلدة، وأصيب مدنيان؛ ثم هدأت", ["قُصفت البلدة، وأصيب مدنيان؛ ثم هدأت"]),
    ("lines", "حصاد اليوم\nحلب: قصف مدفعي\nإدلب: هدوء", ["حصاد اليوم", "حلب: قصف مدفعي", "إدلب: هدوء"]),
    ("headings of a bulletin", "ريف حلب:\n- قُصفت البلدة\n- أصيب مدني", ["ريف حلب:", "قُصفت البلدة", "أصيب مدني"]),
    ("an ellipsis", "مقتل قيادي.. والتحالف ينفي... حتى الآن", ["مقتل قيادي.. والتحالف ينفي... حتى الآن"]),
    ("one character for an ellipsis", "مقتل قيادي… والتحالف ينفي", ["مقتل قيادي… والتحالف ينفي"]),
    ("a decimal point", "على بعد 3.5 كيلومتر. وانسحبوا", ["على بعد 3.5 كيلومتر.", "وانسحبوا"]),
    ("a decimal point in Arabic digits", "على بعد ٣٫٥ كيلومتر", ["على بعد ٣٫٥ كيلومتر"]),
    ("a date with dots", "في 3.1.2020 وقع الهجوم", ["في 3.1.2020 وقع الهجوم"]),
    (
        "initials and titles",
        "قال د. محمد العلي لوكالة أ.ف.ب. إن القصف توقف",
        ["قال د. محمد العلي لوكالة أ.ف.ب. إن القصف توقف"],
    ),
    ("the mark of a year", "قُتل عام 1441 هـ. وكان قائداً", ["قُتل عام 1441 هـ.", "وكان قائداً"]),
    ("an address", "ذكر موقع السورية.نت أن القصف تجدد", ["ذكر موقع السورية.نت أن القصف تجدد"]),
    ("a Latin address", "المصدر pic.twitter.com/abc قصف", ["المصدر pic.twitter.com/abc قصف"]),
    ("a quote closed after its stop", "قال: «انسحبنا.» ثم عادوا.", ["قال: «انسحبنا.»", "ثم عادوا."]),
    ("bullets that come again", "🔴 قصف على البلدة 🔴 إصابة مدني", ["قصف على البلدة", "إصابة مدني"]),
    ("one picture inside a sentence", "قصف عنيف 💥 على البلدة", ["قصف عنيف 💥 على البلدة"]),
    ("a post without stops", "قصف على البلدة وإصابة مدني", ["قصف على البلدة وإصابة مدني"]),
    ("blank lines", "قصف\n\n\nهدوء\n", ["قصف", "هدوء"]),
    ("a digit before a mark", "اليوم الخميس 20!تموز", ["اليوم الخميس 20!تموز"]),
    ("a stop after a digit", "أصيب 5. وقُتل 3.", ["أصيب 5.", "وقُتل 3."]),
    ("nothing", " \n ", []),
]


@pytest.mark.parametrize(("text", "sentences"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_text_is_cut_where_a_reader_cuts_it(text, sentences):
    folded = fold(text)
    found = [text[s.start : s.end].strip(" «»") for s in find_sentences(folded)]
    assert found == [sentence.strip(" «»") for sentence in sentences]


@given(st.text(alphabet='ابق 3٣.…!؟\n،"«»()-😀🔴\u064e', max_size=60))
def test_sentences_come_in_order_and_hold_every_word(raw):
    text = fold(raw)
    found = find_sentences(text)
    assert all(a.to <= b.at for a, b in itertools.pairwise(found))
    inside = "".join(text.folded[s.at : s.to] for s in found)
    letters = [character for character in text.folded if character.isalnum()]
    assert [character for character in inside if character.isalnum()] == letters
    for sentence in found:
        assert 0 <= sentence.start < sentence.end <= len(raw)
