"""Verbs and nouns take every form that a newsroom writes."""

from __future__ import annotations

import pytest

from analysis.coding.inflect import inflect_noun, inflect_verb
from analysis.coding.text import fold_word


@pytest.mark.parametrize(
    ("perfect", "imperfect", "expected"),
    [
        ("قصف", "يقصف", ["قصفت", "قصفوا", "قصفا", "قصفتهم", "يقصف", "تقصف", "يقصفون", "سيقصف", "نقصف", "قصفوها"]),
        ("ألقى", "يلقي", ["ألقى", "ألقت", "ألقوا", "ألقاه", "ألقتها", "ألقيا", "يلقون", "تلقي", "سنلقي"]),
        ("غزا", "يغزو", ["غزا", "غزت", "غزوا", "غزاه", "غزونا", "يغزون"]),
        ("أصيب", "يصاب", ["أصيب", "أصيبت", "أصيبوا", "أصيبا", "يصاب", "يصابون"]),
        ("شن", "يشن", ["شن", "شنت", "شنوا", "شنته", "شنها", "يشن", "تشنها", "يشنون"]),
    ],
)
def test_a_verb_is_found_in_person_number_voice_and_with_its_object(
    perfect: str, imperfect: str, expected: list[str]
) -> None:
    forms = {form.word for form in inflect_verb(perfect, imperfect)}
    assert {fold_word(word) for word in expected} <= forms


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("غارة", ["غارة", "غارتين", "غارتان", "غارات", "غارته", "غاراتها"]),
        ("انفجار", ["انفجار", "انفجارين", "انفجارات", "انفجاره", "انفجارا"]),
        ("هجوم صاروخي", ["هجوم صاروخي", "هجوما صاروخي"]),
    ],
)
def test_a_noun_is_found_in_dual_plural_and_with_its_possessor(noun: str, expected: list[str]) -> None:
    forms = {form.word for form in inflect_noun(noun)}
    assert {fold_word(word) for word in expected} <= forms


def test_a_form_says_what_it_is() -> None:
    shapes = {form.word: form.shape for form in inflect_verb("سحب", "يسحب")}
    assert (shapes["سحبت"], shapes["يسحب"], shapes["سيسحب"]) == ("perfect", "imperfect", "future")
