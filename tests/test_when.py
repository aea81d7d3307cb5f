"""When: the day said with an act, the day before it or after it, that of the act it follows, or the publication's."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.coding.coder import code_reports, default_resources, read_report
from analysis.coding.text import fold
from analysis.coding.when import tell_dates

Days = tuple[str, str, str]


def days(text: str, *incidents: str) -> list[Days]:
    """First day, last day and basis of the incidents whose acts begin with some words."""
    n = read_report({"text": text, "published": "2022-01-08"}, default_resources())
    groups = [[m for m in n.acts if n.words.words[m.first] == fold(word).folded] for word in incidents]
    assert all(groups), "every incident of a case is told in it"
    return [(str(when.first), str(when.last), str(when.basis)) for when in tell_dates(n, groups)]


@pytest.mark.parametrize(
    ("text", "incidents", "expected"),
    [
        (
            "قصفت الطائرات موقعا قرب جاسم الثلاثاء الماضي. وعقب ذلك أطلقت الفصائل صواريخ على القاعدة",
            ["قصفت", "اطلقت"],
            [("2022-01-04", "2022-01-04", "relative"), ("2022-01-04", "2022-01-08", "inherited")],
        ),
        (
            "قصفت الطائرات موقعا قرب جاسم الثلاثاء الماضي. وأطلقت الفصائل صواريخ على القاعدة",
            ["قصفت", "واطلقت"],
            [("2022-01-04", "2022-01-04", "relative"), ("2022-01-04", "2022-01-04", "inherited")],
        ),
        (
            "قصفت الطائرات موقعا قرب جاسم في 3 كانون الثاني. وفي اليوم التالي انفجرت عبوة ناسفة في البلدة",
            ["قصفت", "انفجرت"],
            [("2022-01-03", "2022-01-03", "stated"), ("2022-01-04", "2022-01-04", "relative")],
        ),
        (
            "اعتقلت قوة شابا في جاسم يوم الخميس، وكانت البلدة قد شهدت خلال الشهر الماضي توترا",
            ["اعتقلت"],
            [("2022-01-06", "2022-01-06", "relative")],
        ),
        (
            "قصفت الطائرات موقعا قرب جاسم أمس، وذلك بعد ثلاثة أيام على هجوم استهدف القاعدة",
            ["قصفت", "هجوم"],
            [("2022-01-07", "2022-01-07", "relative"), ("2022-01-04", "2022-01-04", "relative")],
        ),
        (
            "انفجرت عبوة ناسفة في البلدة بعد يوم من اغتيال تاجر فيها",
            ["اغتيال"],
            [("2022-01-07", "2022-01-07", "relative")],
        ),
        (  # history has its own day, and what is told after it another
            "وكان قد قتل ثلاثة جنود في قصف في العشرين من الشهر الماضي. وذكرت مواقع أن غارات طالت محيط المطار",
            ["قصف", "غارات"],
            [("2021-12-20", "2021-12-20", "stated"), ("2022-01-07", "2022-01-08", "published")],
        ),
        (  # so have the items of a bulletin
            "انفجرت عبوة ناسفة في جاسم مساء أمس.\nأطلق مسلحون النار على شاب في نوى.\nاعتقلت قوة شابا في طفس.\n",
            ["انفجرت", "اطلق", "اعتقلت"],
            [("2022-01-07", "2022-01-07", "relative")] + 2 * [("2022-01-07", "2022-01-08", "published")],
        ),
        ("قصفت الطائرات موقعا قرب جاسم", ["قصفت"], [("2022-01-07", "2022-01-08", "published")]),
    ],
)
def test_an_act_has_the_day_that_the_narrative_gives_it(text: str, incidents: list[str], expected: list[Days]) -> None:
    assert days(text, *incidents) == expected


def test_a_day_counted_from_an_act_is_not_counted_from_the_day_before() -> None:
    text = "قصفت الطائرات موقعا في 3 كانون الثاني. وانفجرت عبوة ناسفة في البلدة بعد يومين من الهجوم"
    ((*_, basis),) = days(text, "وانفجرت")
    assert basis == "published"


def test_without_a_day_of_publication_a_weekday_is_that_of_most_days_it_may_be() -> None:
    text = (
        "استهدفت طائرات التحالف الدولي بغارة جوية موقعا لميليشيا الباقر في البوكمال الثلاثاء الماضي.\n"
        "ويأتي ذلك بالتزامن مع الذكرى السنوية الثانية لمقتل قاسم سليماني"
    )
    incidents = code_reports(pd.DataFrame([{"report_id": "r", "text": text, "published": None}])).incidents
    struck = incidents[incidents["kind"] == "airstrike"].iloc[0]
    assert (struck["date_start"].date(), struck["date_end"].date()) == (date(2022, 1, 4), date(2022, 1, 4))
    assert struck["date_basis"] == "inferred"
