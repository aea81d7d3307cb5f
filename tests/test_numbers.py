"""Numbers in digits and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.coding.numbers import number_at, ordinal_at, read_words
from analysis.coding.text import fold

NUMBERS = [
    ("خمسة قتلى", 5), ("ثلاث نساء", 3), ("ثماني غارات", 8), ("عشرة", 10), ("أحد عشر", 11), ("إحدى عشرة", 11),
    ("اثنا عشر", 12), ("اثنتي عشرة", 12), ("خمسة عشر", 15), ("تسع عشرة", 19), ("عشرون", 20), ("عشرين", 20),
    ("واحد وعشرون", 21), ("خمسة وعشرين", 25), ("سبعة و عشرون", 27), ("تسعة وتسعين", 99), ("مئة", 100), ("مائة", 100),
    ("مئة وخمسة", 105), ("مئة وخمسة وعشرون", 125), ("مئتان", 200), ("مئتين وعشرة", 210), ("ثلاثمئة", 300),
    ("ثلاثمائة وستين", 360), ("خمس مئة", 500), ("ثمانمئة وأحد عشر", 811), ("ألف", 1000), ("ألفان", 2000),
    ("ألفين وعشرين", 2020), ("ألفان واثنان وعشرون", 2022), ("ألف وتسعمئة وأربعة وتسعين", 1994), ("ثلاثة آلاف", 3000),
    ("ثلاثة آلاف ومئتين وخمسة", 3205), ("عشرة آلاف", 10_000), ("خمسة وعشرين ألفاً", 25_000), ("مئة ألف", 100_000),
    ("مئة وخمسين ألف", 150_000), ("مليون", 1_000_000), ("مليون ومئتي ألف", 1_200_000), ("ثلاثة ملايين", 3_000_000),
    ("مليونين وخمسمئة ألف", 2_500_000),
    ("3 آلاف", 3000), ("12 ألفاً", 12_000), ("1,200", 1200), ("1.200.000", 1_200_000),
    ("٢٥٠٠", 2500), ("۴۵", 45), ("2 مليون", 2_000_000), ("ثلاثة وخمسة", 3), ("مئة ومئة", 100), ("٧", 7),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_is_read_in_all_its_words(text, value):
    number = number_at(read_words(fold(text)), 0)
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الأول", 1), ("الثانية", 2), ("الثالث", 3), ("العاشر", 10), ("الحادي عشر", 11), ("الثانية عشرة", 12),
        ("الخامس عشر", 15), ("الحادي والعشرين", 21), ("الثاني والعشرون", 22), ("الثامن و العشرين", 28),
        ("الحادي والثلاثين", 31), ("والسابع من", 7), ("للثالث", 3),
    ],
)  # fmt: skip
def test_an_ordinal_is_read_in_all_its_words(text, value):
    ordinal = ordinal_at(read_words(fold(text)), 0)
    assert ordinal is not None
    assert ordinal.value == value


@pytest.mark.parametrize("text", ["قتلى", "ثلاثاء", "العشرين", "خمسين", "وصل", "الحادي", "والد"])
def test_what_is_no_ordinal_is_not_read_as_one(text):
    assert ordinal_at(read_words(fold(text)), 0) is None


@pytest.mark.parametrize("text", ["قتلى", "الثلاثاء", "وصل", "الثالث", "أحد المدنيين", "خميس", "0933123456789"])
def test_what_is_no_number_is_not_read_as_one(text):
    assert number_at(read_words(fold(text)), 0) is None


@given(st.integers(0, 999_999_999))
def test_digits_of_every_script_with_and_without_marks_are_their_value(value):
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    for said in (
        str(value),
        f"{value:,}",
        str(value).translate(arabic),
        f"{value:,}".replace(",", "٬").translate(arabic),
    ):
        number = number_at(read_words(fold(said)), 0)
        assert number is not None
        assert number.value == value


def test_what_is_glued_before_a_number_is_told_apart():
    number = number_at(read_words(fold("وبثلاثة")), 0)
    assert number is not None
    assert (number.value, number.glued, number.article) == (3, "وب", False)
    number = number_at(read_words(fold("الخمسة")), 0)
    assert number is not None
    assert number.article
