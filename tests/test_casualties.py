"""Whether two tellings tell of the same dead and wounded, and whom an act harmed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from analysis.coding.casualties import Harmed, casualties, compare
from analysis.coding.coder import default_resources, read_report
from analysis.coding.links import is_consequence
from analysis.coding.narrative import Narrative
from analysis.coding.references import make_telling, told_twice


def read(text: str) -> Narrative:
    return read_report({"text": text, "published": "2022-01-08", "title": None}, default_resources())


def told_of(n: Narrative, sentence: int) -> Mapping[str, Harmed]:
    return casualties(n, sentence, {m.first for m in n.acts_in[sentence]})


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [
        ("قُتل سبعة مدنيين بقصف على البلدة.", "أدى القصف إلى مقتل سبعة مدنيين.", "same"),
        ("قُتل طفل وجُرحت امرأتان بقصف.", "أسفر القصف عن مقتل طفل وجرح امرأتين.", "same"),
        ("قُتل مدنيان بقصف على السوق.", "أدى القصف إلى مقتل مدنيين اثنين.", "few"),
        ("أصيب مدنيون بقصف.", "أدى القصف إلى إصابة خمسة مدنيين.", "like"),
        ("قُتل سبعة مدنيين بقصف.", "قُتل ثلاثة مدنيين بانفجار لغم.", "unlike"),
        ("قُتل جندي بقصف.", "قُتلت امرأة بقصف.", "unlike"),
        ("قُتل جندي بقصف.", "أصيب جندي بقصف.", "apart"),
        ("قُتل جندي بقصف.", "قصفت الدبابات التلة.", "one"),
        ("قصفت الدبابات التلة.", "هاجم مسلحون الحاجز.", "none"),
    ],
)
def test_two_tellings_agree_in_whom_they_tell_of(earlier: str, later: str, verdict: str) -> None:
    n = read(f"{earlier}\n{later}")
    assert compare(told_of(n, 0), told_of(n, 1)) == verdict


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("قُتل طفل بقصف على مدينة سرمين.\nوأدى القصف على مدينة سرمين إلى مقتل طفل.", True),
        ("قُتل سبعة مدنيين بغارة على مدينة الباب.\nواستهدفت الغارة مدينة الباب وقتلت سبعة مدنيين.", True),
        ("قُتل طفل بقصف على مدينة سرمين.\nوقُتل طفل بقصف على مدينة الباب.", False),
        ("قُتل طفل بقصف على مدينة سرمين.\nوقُتل شرطي بقصف على مدينة سرمين.", False),
        ("قُتل طفل بقصف على مدينة سرمين.\nوقُتل طفل في قصف آخر على مدينة سرمين.", False),
        ("قُتل ثلاثة مدنيين بقصف على مدينة سرمين.\nوقُتل مدنيان بقصف على مدينة سرمين.", False),
    ],
)
def test_as_many_dead_at_one_place_are_told_of_twice(text: str, twice: bool) -> None:
    n = read(text)
    earlier, later = (
        make_telling(n, n.acts_in[s], range(len(n.acts_in[s]))) for s in (0, max(m.sentence for m in n.acts))
    )
    assert told_twice(earlier, later) is twice


@pytest.mark.parametrize(
    ("text", "act", "harm", "follows"),
    [
        ("استهدفت مسيرة سيارة قرب البلدة، فقتلت ثلاثة من ركابها", "استهدفت", "فقتلت", True),
        ("هاجم مسلحون المخفر فأصيب شرطيان", "هاجم", "فاصيب", True),
        ("شن الطيران غارة على المعسكر قُتل فيها سبعة جنود", "غاره", "قتل", True),
        ("انفجر لغم في الحقل وأصيب على أثره راع", "انفجر", "واصيب", True),
        ("قصفت المدفعية القرية، وجرحت من جرائه امرأة", "قصفت", "وجرحت", True),
        ("استُهدف مخفر الحي صباحاً، وجُرح ثلاثة من حراسه", "استهدف", "وجرح", True),
        ("قصفت المدفعية القرية، وقُتل شرطي جراء هجوم", "قصفت", "وقتل", False),
        ("أعلنت البلدية اتفاقاً وقُتل شرطي", "اتفاقا", "وقتل", False),
        ("قصفت المدفعية القرية وهاجم مسلحون المخفر فقُتل حارس", "قصفت", "فقتل", False),
        ("قُتل حارس فقصفت المدفعية القرية", "فقصفت", "قتل", False),
    ],
)
def test_so_and_in_it_tell_whom_an_act_harmed(text: str, act: str, harm: str, follows: bool) -> None:
    n = read(text)
    words = n.words.words
    one, other = (next(m for m in n.acts if words[m.first] == word) for word in (act, harm))
    assert is_consequence(n, one, other) is follows
