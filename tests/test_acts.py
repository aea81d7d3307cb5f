"""Every row of the table of acts is found in its own example, and not in its traps."""

from __future__ import annotations

import pytest

from analysis.coding.acts import default_grammar
from analysis.coding.lexicon import read_table
from analysis.coding.narrative import find_grammar
from analysis.coding.text import fold
from analysis.paths import data_path

ACTS = read_table(data_path("lexicon", "acts.tsv"))
KINDS = {row["id"] for row in read_table(data_path("entities", "kinds.tsv"))}


def acts_in(phrase: str) -> set[str]:
    return {mention.act.id for mention in find_grammar(fold(phrase), default_grammar())[4]}


def kinds_in(phrase: str) -> set[str]:
    return {mention.act.kind for mention in find_grammar(fold(phrase), default_grammar())[4]}


@pytest.mark.parametrize("row", ACTS, ids=lambda row: row["id"])
def test_a_row_is_found_in_its_example(row: dict[str, str]) -> None:
    assert row["kind"] in kinds_in(row["example"]), acts_in(row["example"])


@pytest.mark.parametrize(
    ("row", "trap"), [(row["id"], trap) for row in ACTS for trap in row["trap"].split(",") if trap.strip()]
)
def test_a_row_is_not_found_in_its_trap(row: str, trap: str) -> None:
    assert row not in acts_in(trap)


def test_every_kind_of_the_codebook_has_words() -> None:
    assert KINDS - {row["kind"] for row in ACTS} == set()


def test_every_row_names_a_kind_or_an_open_class() -> None:
    assert {row["kind"] for row in ACTS} - KINDS <= {"fire", "attack", "harm"}
