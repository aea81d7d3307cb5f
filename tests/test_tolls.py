"""How many: the counts of a report given to the incidents that tell of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analysis.coding.act_mentions import ActMention
from analysis.coding.coder import default_resources, read_report
from analysis.coding.counts import toll
from analysis.coding.narrative import Narrative
from analysis.coding.text import fold
from analysis.coding.tolls import share_counts

Toll = tuple[int | None, int | None]


def told(n: Narrative, *incidents: Sequence[str]) -> list[list[ActMention]]:
    """The acts of a report that begin with some words, grouped as given."""
    words = n.words.words
    return [[m for m in n.acts if words[m.first] in {fold(w).folded for w in group}] for group in incidents]


def tolls(text: str, *incidents: Sequence[str], title: str | None = None) -> list[tuple[Toll, Toll]]:
    n = read_report({"text": text, "published": "2022-01-08", "title": title}, default_resources())
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


@pytest.mark.parametrize(
    ("text", "incidents", "expected"),
    [
        (  # the verb tells of no incident: the count is of the act of its sentence
            "قصفت المدفعية قرية التح، وقضى فيها راعيان",
            [["قصفت"]],
            [((2, 2), NONE)],
        ),
        (  # a sentence that tells of no act goes on with the one before
            "هاجم مسلحون حافلة قرب الطيبة. قتل 22 جندياً وجرح ستة",
            [["هاجم"]],
            [((22, 22), (6, 6))],
        ),
        (  # but not where it opens a line
            "هاجم مسلحون حافلة قرب الطيبة\nقتل رجل في شجار في السوق",
            [["هاجم"]],
            [(NONE, NONE)],
        ),
        (  # a toll may open a line
            "هاجم مسلحون حافلة قرب الطيبة.\nوبلغ عدد القتلى تسعة",
            [["هاجم"]],
            [((9, 9), NONE)],
        ),
        (  # what sums up a period is no toll of an act told elsewhere
            "قصفت المدفعية قرية التح وقتل رجل. وبلغ عدد القتلى منذ بداية العام 80 مدنياً",
            [["قصفت", "وقتل"]],
            [((1, 1), NONE)],
        ),
        (  # nor of the act of its own sentence
            "قصفت المدفعية قرية التح التي قتل فيها 80 مدنياً منذ مطلع العام",
            [["قصفت"]],
            [(NONE, NONE)],
        ),
        (  # what is told before is meant, not what follows
            "قصفت المدفعية قرية التح وسقط قتيلان فيما قصفت الطائرات المطار",
            [["قصفت"]],
            [((2, 2), NONE)],
        ),
        (  # an agreement hurts nobody
            "وقعت الفصائل اتفاق هدنة، وسقط عشرات الضحايا",
            [["اتفاق"]],
            [(NONE, NONE)],
        ),
        (  # nor is an act hurt of whom another sentence says nothing
            "قصفت المدفعية قرية التح. وفي المخيم شب حريق كبير أدى إلى أضرار مادية فقط",
            [["قصفت"]],
            [(NONE, NONE)],
        ),
        ("قصفت المدفعية قرية التح. ولم تقع إصابات", [["قصفت"]], [((0, 0), (0, 0))]),
        (  # "the shelling" goes on with an act though it opens a line
            "قصفت المدفعية قرية التح.\nوخلّف القصف مقتل رجلين في بيتهما",
            [["قصفت"]],
            [((2, 2), NONE)],
        ),
        (  # but several kinds of attacks do not
            "قصفت المدفعية قرية التح.\nوتتسبب الهجمات بمقتل مدنيين في كل شهر",
            [["قصفت"]],
            [(NONE, NONE)],
        ),
        (  # a number is newer than a plural
            "قصفت المدفعية قرية التح وسقط قتلى.\nوأدى القصف إلى استشهاد راع",
            [["قصفت", "قتلي"]],
            [((1, 1), NONE)],
        ),
        (  # with a toll a report may begin
            "ارتفع إلى سبعة عدد الجرحى في السوق.\nوقصفت المدفعية قرية التح",
            [["وقصفت"]],
            [(NONE, (7, 7))],
        ),
        (  # whom nothing befell after a count are of its act
            "سقطت صواريخ على المطار. وقال المحافظ إن بين ثلاثة وستة حراس أصيبوا، ولا قتلى",
            [["سقطت", "اصيبوا"]],
            [((0, 0), (3, 6))],
        ),
        (  # that nobody died is said of no death
            "رد الفصيل على مقتل قائده فقصف القاعدة. ولم يسقط قتلى",
            [["مقتل"], ["فقصف"]],
            [((1, 1), NONE), ((0, 0), NONE)],
        ),
        (  # people are not hurt by the closing of a road
            "أغلقت الشرطة الطريق، وقضى رجلان في البلدة",
            [["اغلقت"]],
            [(NONE, NONE)],
        ),
    ],
)
def test_a_count_whose_verb_tells_of_no_incident_goes_to_one_that_lacks_it(
    text: str, incidents: list[list[str]], expected: list[tuple[Toll, Toll]]
) -> None:
    assert tolls(text, *incidents) == expected


@pytest.mark.parametrize(
    ("text", "incident", "killed", "wounded"),
    [
        ("قصفت المدفعية قرية التح. من جانبه قال الوزير إن عدد القتلى بلغ أربعة", ["قصفت"], (4, 4), NONE),
        (
            "قصفت المدفعية قرية التح ما أدى إلى مقتل رجلين. فيما تحدثت مصادر أخرى عن ثلاثة قتلى",
            ["قصفت", "مقتل"],
            (2, 3),
            NONE,
        ),
        (
            "هاجم مسلحون حافلة فقتل تسعة وجرح أربعة، بينما أحصى المرصد 15 قتيلاً",
            ["هاجم", "فقتل", "وجرح"],
            (9, 15),
            (4, 4),
        ),
        (
            "قصفت المدفعية قرية التح ما أدى إلى مقتل رجل. ولم تعلق الوزارة. وتحدثت مصادر أخرى عن ثلاثة قتلى",
            ["قصفت", "مقتل"],
            (1, 3),
            NONE,
        ),
        # a toll that rises is no disagreement, and "while" alone is no other source
        ("هاجم مسلحون حافلة فقتل تسعة، ثم ارتفعت الحصيلة إلى 15 قتيلاً", ["هاجم", "فقتل"], (15, 15), NONE),
        ("هاجم مسلحون حافلة فقتل تسعة بينما جرح 15", ["هاجم", "فقتل", "جرح"], (9, 9), (15, 15)),
        # the other side's dead are added, not rivals
        ("هاجم مسلحون حافلة فقتل تسعة، فيما أعلنت الشرطة مقتل أحد المهاجمين", ["هاجم", "فقتل", "مقتل"], (10, 10), NONE),
    ],
)
def test_sources_that_disagree_give_the_least_and_the_most(
    text: str, incident: list[str], killed: Toll, wounded: Toll
) -> None:
    assert tolls(text, incident) == [(killed, wounded)]


def test_what_only_the_title_counts_is_of_the_first_incident_in_which_people_are_hurt() -> None:
    title = "ثلاثة قتلى بقصف على التح"
    assert tolls("قصفت المدفعية قرية التح فجر اليوم", ["قصفت"], title=title) == [((3, 3), NONE)]
    assert tolls("قصفت المدفعية قرية التح فقتل رجلان", ["قصفت", "فقتل"], title=title) == [((2, 2), NONE)]
    assert tolls("أغلقت الشرطة الطريق", ["اغلقت"], title=title) == [(NONE, NONE)]


def test_whom_nobody_killed_though_they_tried_is_not_dead() -> None:
    assert tolls("نجا القائد من محاولة اغتيال رئيس بلدية في المدينة", ["محاوله", "اغتيال"])[0][0] == NONE


def test_the_sum_of_two_acts_with_which_a_lead_begins_is_the_toll_of_neither() -> None:
    text = "أعلنت الشرطة مقتل 24 مدنياً. انفجرت عبوة ناسفة في حي اليرموك ما أدى إلى مقتل ستة. وقتل 18 جراء سقوط قذائف"
    assert tolls(text, ["انفجرت", "مقتل"], ["وقتل", "سقوط"]) == [((6, 6), NONE), ((18, 18), NONE)]
    alone = "أعلنت الشرطة مقتل 24 مدنياً. انفجرت عبوة ناسفة في حي اليرموك"
    assert tolls(alone, ["انفجرت", "مقتل"]) == [((24, 24), NONE)]


def test_a_small_sum_is_dropped_where_the_dead_and_the_wounded_are_sums_of_the_same_two() -> None:
    text = "قتل أربعة وأصيب تسعة بهجمات. انفجر لغم فقتل ثلاثة وأصيب سبعة. وهاجم مسلحون حافلة فقتل رجل وأصيب اثنان"
    n = read_report({"text": text, "published": "2022-01-08", "title": None}, default_resources())
    shared = share_counts(n, [[m for m in n.acts if (m.sentence == 2) is last] for last in (False, True)])
    assert [(toll(c["killed"]), toll(c["wounded"])) for c in shared] == [((3, 3), (7, 7)), ((1, 1), (2, 2))]
