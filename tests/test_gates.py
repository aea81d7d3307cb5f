"""What a single short sentence must give, and what it must not, whatever the rankers have learned."""

from __future__ import annotations

import pytest

from analysis.coding.coder import code_report

TOLD = [
    ("قتلت مدفعية النظام طفلة في بلدة سرمين.", "shelling"),
    ("قتلت مسيرة تركية شابين في مدينة عامودا.", "drone_strike"),
    ("قتل الاحتلال شابا قرب نابلس.", "killing"),
    ("استشهدت فاطمة العلي بقصف على أطمة.", "shelling"),
    ("أصيب رجلان جراء غارة على أطراف البلدة.", "airstrike"),
    ("#عاجلغارة جوية لطيران التحالف الدولي على سيارة في ريف إدلب.", "airstrike"),
    ("مشاهد من استهداف الطيران الحربي الروسي معمل الآجر في قرية عندان.", "airstrike"),
    ("مقاتلات إسرائيلية تقصف مبنى في بلدة تبنين.", "airstrike"),
    ("تظاهر العشرات في مدينة السويداء احتجاجا على الغلاء.", "protest"),
    ("رفع محتجون لافتات في ساحة الكرامة بالسويداء تطالب بإقالة المحافظ.", "protest"),
    ("مسلحون ملثمون يقتلون بائع خضار في حي الميدان وسط مدينة الموصل.", "killing"),
    ("أرداه جنود الحاجز قتيلا أمام بيته.", "killing"),
    ("ثلاثة فتية قتلو في قصف على قرية معرة مصرين.", "shelling"),
    ("العدوان على حي السبيل خلف ستة شهداء ووقوع حريق في بناء مجاور.", "armed_attack"),
    ("لحظة استهداف مدرسة في مدينة خان يونس.", "shelling"),
    ("استهداف الطيران الروسي لسيارة إسعاف في بلدة سرمين.", "airstrike"),
    ("قتل راعيان باستهداف مدفعية النظام خيمتهما في ريف حماة.", "shelling"),
]
NOT_TOLD = [
    "توفي رجل في المشفى بعد مرض طويل.",
    "وهتف المحتجون طويلا ضد رفع الأسعار.",
    "عاد من السفر كمن لم يغادر بيته.",
    "توفي جندي بحادث سير على طريق القرية.",
    "أفادت الوزارة في نشرتها الدورية بأن الجيش لم يشتر القمح.",
    "لحظة إنقاذ قطة من بئر في القرية.",
    "أعلنت الفنانة في لحظة غضب انسحابها من المسابقة.",
    "انفجرت أزمة بين المدير والمدربين.",
    "وقف الرتل عند باب المشفى.",
    "وثق المركز مقتل تسعين مدنيا بغارات خلال العام الماضي.",
]


def kinds(text: str) -> list[str]:
    report = {"report_id": "r", "text": text, "published": "2022-03-05"}
    return [incident.kind for incident in code_report(report).incidents]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_a_flash_that_tells_of_an_act_gives_it(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_sentence_that_tells_of_none_gives_none(text: str) -> None:
    assert kinds(text) == []
