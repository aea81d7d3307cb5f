"""The tables of counts and numbers: every row's example and trap, and every word of a row, are read as written."""

from __future__ import annotations

import pytest

from analysis.coding.count_words import read_count_items
from analysis.coding.counts import find_counts
from analysis.coding.lexicon import read_table
from analysis.coding.numbers import Words, number_at, ordinal_at, read_words, split_clitics
from analysis.coding.text import fold, fold_word
from analysis.paths import data_path

COUNTS = read_table(data_path("lexicon", "counts.tsv"))
NUMBERS = read_table(data_path("lexicon", "numbers.tsv"))


def ids(phrase: str) -> set[str]:
    """The rows of the table of counts that a phrase has words of."""
    return {getattr(value, "id", "") for value in read_count_items(fold(phrase)).values}


def has_word(phrase: str, row: dict[str, str]) -> bool:
    """Whether one of a row's words, as written or with what is glued to it, begins a word of a phrase."""
    folded = " " + fold(phrase).folded
    words = [fold_word(w) for w in f"{row['word']},{row['plural']}".split(",") if w.strip()]
    return any(f" {glued}{w}" in folded for w in words for glued in ("", "ال", "و", "ب", "ف", "ل", "ولل", "وال"))


@pytest.mark.parametrize("row", COUNTS, ids=lambda row: row["id"])
def test_a_row_of_counts_is_read_in_its_example_and_not_in_its_trap(row: dict[str, str]) -> None:
    assert row["example"], "every row has an example"
    assert has_word(row["example"], row)
    if row["sort"] in ("passed", "each"):  # words that stand in the way of no count leave no item
        assert [(m.low, m.high) for m in find_counts(fold(row["example"]))] == [(3, 3)]
        return
    assert row["id"] in ids(row["example"])
    assert row["id"] not in ids(row["trap"])


def readings(words: Words) -> set[int]:
    """The values of the numbers and ordinals that begin at the words of a phrase."""
    found = [read(words, at) for at in range(len(words.words)) for read in (number_at, ordinal_at)]
    return {number.value for number in found if number is not None}


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row["id"])
def test_a_row_of_numbers_is_read_in_its_example_and_not_in_its_trap(row: dict[str, str]) -> None:
    assert fold_word(row["word"]) in fold(row["example"]).folded
    if row["sort"] == "fraction":  # part of a time of day or a date, no number
        assert any(
            rest == fold_word(row["word"])
            for w in read_words(fold(row["example"])).words
            for *_, rest in split_clitics(w)
        )
    else:
        value = int(row["value"])
        assert {value, value + 10} & readings(read_words(fold(row["example"])))
    assert int(row["value"]) not in readings(read_words(fold(row["trap"]))) or not row["trap"]


def test_at_least_nine_in_ten_rows_have_a_trap_where_words_have_other_meanings() -> None:
    assert sum(bool(row["trap"]) for row in COUNTS) >= 0.9 * len(COUNTS)
