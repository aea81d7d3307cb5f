"""What a text speaks of without saying that it was done: each row of `unasserted.tsv` by its example and its trap."""

from __future__ import annotations

import pytest

from analysis.coding.asserted import BREAK, DURING, GOVERNED, unasserted
from analysis.coding.coder import default_resources, read_report
from analysis.coding.explain import UNASSERTED
from analysis.coding.lexicon import read_table
from analysis.paths import data_path

ROWS = [row for row in read_table(data_path("lexicon", "unasserted.tsv")) if row["id"] not in (BREAK, DURING)]


def reasons(text: str) -> set[str]:
    n = read_report({"text": text, "published": "2022-01-08"}, default_resources())
    return set(unasserted(n).values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['line']}-{row['word']}")
def test_a_word_governs_its_example_and_not_its_trap(row: dict[str, str]) -> None:
    assert row["on"] in GOVERNED
    assert row["direction"] in ("forward", "back", "both")
    assert row["id"] in reasons(row["example"]), row["example"]
    if row["trap"]:
        assert row["id"] not in reasons(row["trap"]), row["trap"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("قصفت المدفعية القرية أمس.\n#العدوان_الروسي #الأسد_يقتل_السوريين", {"tag"}),
        ("#غارة_على_المطار", set()),
        ("قصفت المدفعية القرية أمس.\nاغتيال قاض في العاصمة...\nانفجار قرب المرفأ...", {"cut"}),
        ("قصفت المدفعية القرية أمس...", set()),
        ("قصفت المدفعية القرية أمس.\nالمزيد: اقتحام مدرسة … اعتقالات … هدم منازل", {"cut"}),
    ],
)
def test_tags_and_cut_headlines_are_none_of_the_report(text: str, why: set[str]) -> None:
    assert reasons(text) & {"tag", "cut"} == why


def test_every_reason_is_said_in_words() -> None:
    assert {row["id"] for row in ROWS} | {"tag", "cut"} == set(UNASSERTED)
