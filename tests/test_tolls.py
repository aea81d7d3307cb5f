"""How many: the counts of a report given to the incidents that tell of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analysis.coding.coder import default_resources, read_report
from analysis.coding.counts import toll
from analysis.coding.narrative import ActMention, Narrative
from analysis.coding.text import fold
from analysis.coding.tolls import share_counts

Toll = tuple[int | None, int | None]


def told(n: Narrative, *incidents: Sequence[str]) -> list[list[ActMention]]:
    """The acts of a report that begin with some words, grouped as given."""
    words = n.words.words
    return [[m for m in n.acts if words[m.first] in {fold(w).folded for w in group}] for group in incidents]


def tolls(text: str, *incidents: Sequence[str]) -> list[tuple[Toll, Toll]]:
    n = read_report({"text": text, "published": "2022-01-08"}, default_resources())
    groups = told(n, *incidents)
    assert all(groups), "every incident of a case is told in it"
    return [(toll(c.get("killed", ())), toll(c.get("wounded", ()))) for c in share_counts(n, groups)]


NONE: Toll = (None, None)


@pytest.mark.parametrize(
    ("text", "incidents", "expected"),
    [
        (
            "قصفت المدفعية قرية التح ما أدى إلى مقتل رجلين، وانفجرت عبوة ناسفة في جاسم وأصيب طفل",
            [["قصفت", "مقتل"], ["انفجرت", "وانفجرت", "واصيب"]],
            [((2, 2), NONE), (NONE, (1, 1))],
        ),
        (
            "قصفت المدفعية قرية التح ما أدى إلى مقتل ستة مدنيين بينهم طفلان، ثم انفجرت عبوة ناسفة في جاسم",
            [["قصفت", "مقتل"], ["انفجرت"]],
            [((6, 6), NONE), (NONE, NONE)],
        ),
        (
            "انفجرت عبوة ناسفة في جاسم. وقصفت المدفعية قرية التح دون وقوع إصابات",
            [["انفجرت"], ["وقصفت"]],
            [(NONE, NONE), ((0, 0), (0, 0))],
        ),
        ("انفجرت عبوة ناسفة برتل قرب جاسم. ولم يصب أحد", [["انفجرت"]], [((0, 0), (0, 0))]),
    ],
)
def test_a_count_goes_to_the_act_that_it_is_told_of(
    text: str, incidents: list[list[str]], expected: list[tuple[Toll, Toll]]
) -> None:
    assert tolls(text, *incidents) == expected


@pytest.mark.parametrize(
    ("text", "incident", "killed"),
    [
        ("اغتال مسلحون مجهولون الخبير الأمني قرب منزله", ["اغتال"], (1, 1)),
        ("قتل قاسم سليماني بغارة أمريكية قرب المطار", ["قتل", "بغاره"], (1, 1)),
        ("أدت الغارة إلى مقتل وسيم الدرويش قرب جاسم", ["الغاره", "مقتل"], (1, 1)),
        ("نجا القائد من محاولة اغتيال في المدينة", ["محاوله", "اغتيال"], NONE),
        ("أدت الغارة إلى مقتل ثلاثة من العمال", ["الغاره", "مقتل"], (3, 3)),
    ],
)
def test_who_is_named_or_assassinated_is_one_dead(text: str, incident: list[str], killed: Toll) -> None:
    assert tolls(text, incident)[0][0] == killed
