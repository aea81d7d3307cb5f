"""Folding: what the matcher sees, and where it stood in the text as published."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coding.dodged import is_dodged
from analysis.coding.text import fold, fold_word

ALIKE = [
    ("vowel marks", "قُتِلَ مُسَلَّحٌ", "قتل مسلح"),
    ("hamza and madda", "أُصيب إمرأة آخر ٱلرجل", "اصيب امراه اخر الرجل"),
    ("hamza seats", "مسؤول قارئ شيء", "مسوول قاري شيء"),
    ("decomposed hamza", "ا\u0654صيب", "اصيب"),
    ("alef maksura", "مستشفى", "مستشفي"),
    ("ta marbuta", "قاعدة", "قاعده"),
    ("tatweel", "قـــصـــف", "قصف"),
    ("zero-width and bidi controls", "\u200fقص\u200cف\u202b مدفعي\u202c\ufeff", "قصف مدفعي"),
    ("Persian letters", "کرکوک ڤيلق یوم پیشمرگه", "كركوك فيلق يوم بيشمركه"),
    ("Persian and Arabic digits", "۱۲ و٣٤ و56", "12 و34 و56"),
    ("full-width and mathematical digits", "１２ 𝟑𝟒", "12 34"),
    ("presentation forms", "ﻗﺼﻒ ﻣﺪﻓﻌﻲ ﻻ ﷲ", "قصف مدفعي لا الله"),
    ("hashtags", "#دير_الزور #قسد", " دير الزور قسد"),
    ("quotes of every sort", "«قسد» “قسد” \"قسد\" ”قسد“ ‹قسد› 'قسد'", " قسد قسد قسد قسد قسد قسد "),
    ("runs of white space", "قصف \u00a0\t  مدفعي", "قصف مدفعي"),
    ("a missing space after a comma", "الثلاثاء،ونقل", "الثلاثاء,ونقل"),
    ("names written as one word", "ريف ديرالزور وبديرالزور", "ريف دير الزور وبدير الزور"),
    ("a hashtag written on to a word", "#عاجلغارة العاجل", " عاجل غاره العاجل"),
    ("pictures and bullets", "🔴 عاجل • قصف", "\ufffc عاجل \ufffc قصف"),
    ("dashes", "السورية – العراقية—شرقاً", "السوريه - العراقيه-شرقا"),
    ("percent and decimal marks", "٣٫٥٪", "3.5%"),
    ("ornate brackets and a private sign", "﴿ﻻ﴾ \ue000", "\ufffcلا\ufffc \ufffc"),
    ("an empty text", "", ""),
]


@pytest.mark.parametrize(("raw", "folded"), [case[1:] for case in ALIKE], ids=[case[0] for case in ALIKE])
def test_spellings_of_one_word_fold_alike(raw, folded):
    assert fold(raw).folded == folded


DODGED = [
    ("قصـ ـف", "قصف"),
    ("قت-يل", "قتيل"),
    ("هـ ـجـ ـوم", "هجوم"),
    ("قاعـ.ـدة", "قاعده"),
    ("د1عش", "داعش"),
    ("الإر..هابي", "الارهابي"),
    ("قـ.ـتـ.ل طفـ.ل", "قتل طفل"),
    ("قـ.وات النظام", "قوات النظام"),
    ("وأصيـ.ـب", "واصيب"),
    ("ا.ن.ف.ج.ا.ر", "انفجار"),
    ("ق ص ف", "قصف"),
    ("غا*رة", "غاره"),
    ("شهـ/ـداء", "شهداء"),
    ("الصو_اريخ", "الصواريخ"),
    ("دا@عش", "دا@عش"),
]


@pytest.mark.parametrize(("raw", "folded"), DODGED)
def test_words_cut_apart_to_dodge_filters_are_rejoined(raw, folded):
    assert fold(raw).folded == folded


@pytest.mark.parametrize(
    "raw",
    [
        "الحدود السورية-العراقية",
        "الخميس-الجمعة",
        "#دير_الزور",
        "أ ف ب",
        "و3قتلى",
        "ال47عنصراً",
        "في المدينة.ووفق المرصد",
        "شرقي المدينة ـ محور",
        "إف 16",
        "اللواء105حرس",
        "24/7",
        "موقع عنب.بلدي",
    ],
)
def test_what_is_apart_for_another_reason_stays_apart(raw):
    plain = raw.replace("ـ", "").replace("#", " ").replace("_", " ")
    assert fold(raw).folded.split() == [fold_word(word) for word in plain.split()]


def test_a_known_word_is_known_with_what_is_glued_to_it():
    assert is_dodged("والقصف")
    assert is_dodged("بصاروخ")
    assert not is_dodged("السوريالعراقي")


def test_a_span_lies_where_the_word_stood_as_published():
    raw = "استُهدِف 💥 الـمـقـرُّ «قصـ ـفاً» بديرالزور"
    text = fold(raw)
    for word, published in [
        ("استهدف", "استُهدِف"),
        ("المقر", "الـمـقـرُّ"),
        ("قصفا", "قصـ ـفاً"),
        ("دير", "دير"),
        ("الزور", "الزور"),
    ]:
        at = text.folded.index(word)
        start, end = text.span(at, at + len(word))
        assert raw[start:end] == published


SIGNS = st.text(alphabet='ابتةقصفلمنهويىـ.-_*1٣٫ ،\u200f\u064f\u0651\n"«»#/😀ﻻﷺﷲ🔴\ud83d𝟏د', max_size=50)


@settings(max_examples=400, deadline=None)
@given(SIGNS | st.text(max_size=50))
def test_every_folded_character_maps_back_into_the_text(raw):
    text = fold(raw)
    assert len(text.origin) == len(text.folded) + 1
    assert len(text.matching) == len(text.folded) + 2
    assert text.origin[-1] == len(raw)
    assert all(a <= b for a, b in zip(text.origin, text.origin[1:], strict=False))
    for at in range(len(text.folded)):
        start, end = text.span(at, at + 1)
        assert 0 <= start < end <= len(raw)
        assert text.position(start) <= at
        assert text.matching[at + 1] in (text.folded[at], " ")
    assert text.matching.replace(" ", "").isalnum() or not text.matching.strip()


@given(SIGNS)
def test_folding_a_folded_text_changes_no_word(raw):
    once = fold_word(raw)
    assert fold_word(fold_word(once)) == fold_word(once)


@pytest.mark.parametrize("part", ["ـ ", "ق.", "ق-", "ق ", "ا1", "ﻻ", "😀", "«", "_ق", "ـق", "ق ـ"])
def test_folding_takes_linear_time(part):
    def seconds(count: int) -> float:
        begun = time.process_time()
        fold(part * count)
        return time.process_time() - begun

    seconds(1000)
    assert seconds(40_000) < 40 * max(seconds(5_000), 0.002)
