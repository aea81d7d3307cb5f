"""Where an act happened: what refers back, what was only passed through."""

from __future__ import annotations

import pytest

from analysis.coding.coder import code_report
from analysis.coding.origins import told_elsewhere

CASES = [
    (
        "نفذت قسد إنزالا جويا في قريتي طكيحي والعتال بريف دير الزور. وحلق طيران مروحي للتحالف في سماء المنطقة.",
        1, {"سماء المنطقة", "العتال", "قريتي طكيحي"},
    ),
    (
        "قصفت قوات النظام بلدة كنصفرة أمس. واستهدفت المدفعية محيط البلدة فجر اليوم، ما أدى إلى مقتل مدني.",
        -1, {"محيط البلدة", "بلدة كنصفرة"},
    ),
    ("استقدمت قسد تعزيزات من حقل كونيكو باتجاه بلدة الشحيل أمس.", 0, {"بلدة الشحيل"}),
    ("انسحبت قوات النظام من بلدة كنصفرة أمس.", 0, {"بلدة كنصفرة"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "quotes"), CASES)
def test_a_place_that_refers_back_brings_what_it_refers_to(text: str, number: int, quotes: set[str]) -> None:
    coded = code_report({"report_id": "r", "text": text, "published": "2022-03-05", "title": None})
    assert {text[p.start : p.end] for p in coded.incidents[number].places} == quotes


def test_where_the_fire_of_one_sentence_came_from_is_no_place_of_what_another_tells() -> None:
    text = "قصفت قوات النظام بلدة البارة من مواقعها في كفرنبل. وقصفت الطائرات صباحا مدينة سرمين."
    coded = code_report({"report_id": "r", "text": text, "published": "2022-03-05", "title": None})
    n = coded.narrative
    origins = {p.at for incident in coded.incidents for p in incident.origins}
    assert {text[p.start : p.end] for p in n.places if p.at in origins} == {"كفرنبل"}
    acts = {m.sentence: m for m in n.acts}
    assert told_elsewhere(n, [acts[0]], origins) == set()
    assert told_elsewhere(n, [acts[1]], origins) == origins
    assert told_elsewhere(n, [acts[0], acts[1]], origins) == set()
