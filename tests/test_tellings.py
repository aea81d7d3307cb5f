"""Where in the story a telling stands, and what that says of two tellings being one."""

from datetime import date

import pytest

from analysis.coding.coder import code_report, default_resources, read_report
from analysis.coding.tellings import Standing, compare_days, make_tellings


def tellings(text):
    n = read_report({"report_id": "r", "text": text, "published": "2021-05-04"}, default_resources())
    return make_tellings(n, n.acts, [[index] for index in range(len(n.acts))])


def day(first, last=None):
    return Standing(days=(date(2021, 5, first), date(2021, 5, last or first)))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (day(3), day(3), "one"),
        (day(1, 4), day(3), "one"),
        (day(2), day(3), "next"),
        (day(5), day(3), "apart"),
        (day(1), day(3, 4), "apart"),
        (day(3), Standing(), "open"),
    ],
)
def test_days_are_compared_either_way(one, other, said):
    assert compare_days(one, other) == compare_days(other, one) == said


def test_a_telling_knows_what_it_may_repeat_and_what_follows_it():
    first, second, third = tellings("قصف الجيش قرية التلة. قصف الطيران بلدة الجسر. وقال شهود إن القصف كان عنيفا.")
    assert [t.standing.number for t in (first, second, third)] == [0, 1, 2]
    assert [t.standing.before for t in (first, second, third)] == [0, 1, 2]
    assert [t.standing.following for t in (first, second, third)] == [2, 1, 0]


def test_only_days_that_are_told_count():
    told, untold = tellings("قصف الجيش قرية التلة أمس. انسحب مقاتلون من الجسر.")
    assert told.standing.days == (date(2021, 5, 3), date(2021, 5, 3))
    assert untold.standing.days is None


def test_like_acts_of_different_days_are_two():
    text = (
        "قصفت طائرة مسيرة سيارة في ريف الرقة يوم الأحد 2 أيار. "
        "وكانت طائرة مسيرة قصفت سيارة في ريف الرقة يوم 11 نيسان الماضي."
    )
    assert len(code_report({"report_id": "r", "text": text, "published": "2021-05-04"}).incidents) == 2


def test_the_same_act_told_again_is_one():
    text = "قتل ثلاثة مدنيين بغارة على بلدة الجسر أمس. وقال شهود إن الغارة أصابت منزلا في الجسر أمس."
    assert len(code_report({"report_id": "r", "text": text, "published": "2021-05-04"}).incidents) == 1
