"""What a text speaks of without saying that it was done: each row of `unasserted.tsv` by its example and its trap."""

from __future__ import annotations

import pytest

from analysis.coding.asserted import BORNE, GOVERNED, unasserted
from analysis.coding.coder import default_resources, read_report
from analysis.coding.explain import UNASSERTED
from analysis.coding.lexicon import read_table
from analysis.paths import data_path

ROWS = [row for row in read_table(data_path("lexicon", "unasserted.tsv")) if row["id"] not in BORNE]


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


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("منذ مطلع العام الماضي شنت الطائرات غارات على الوادي.", False),
        ("نفذت الفصائل خلال العام الماضي 45 هجوما على القوافل أدت إلى مقتل مئة جندي.", False),
        ("تعاملت فرق الإطفاء مع 230 هجوما منذ بداية العام الماضي. وأودت هذه الهجمات بحياة تسعين مدنيا.", False),
        ("وثقت اللجنة 300 غارة خلال العام الماضي. وعالج الأطباء مئة رجل أصيبوا في تلك الغارات.", False),
        ("وقعت غارات على الوادي أمس. وأودت هذه الغارات بحياة رجلين.", True),
        ("شنت الطائرات خلال الشتاء الماضي 45 غارة على الجبل. وقصفت المدفعية القرية اليوم.", True),
        ("صدت الفصائل خلال العام الماضي عشرات الهجمات.", False),
        ("تقول حصيلة لموقع محلي إن التنظيم قتل 320 جنديا في الفترة الممتدة بين 5 آذار 2020 و10 أيار 2021.", False),
        ("انتشر الحشد في المنطقة الممتدة بين القائم والبوكمال وقتل جندي بانفجار لغم أمس.", True),
        ("صدت الفصائل أمس هجوما على التلة.", True),
        ("قتل وجرح مئات المدنيين خلال العام الماضي.", False),
        ("قتل خلال العام الماضي قائد الفرقة.", True),
        ("قال الوزير الذي يحكم منذ عام 2001: إن الهجوم أوقع 30 قتيلا.", True),
        ("طوق الجنود البيت ليتم اعتقال صاحبه.", True),
        ("سجل المركز خلال العام الماضي 30 هجوما استهدفت الأسواق.", False),
        ("شنت الطائرات اليوم 12 غارة على الوادي.", True),
        ("منذ ساعات الصباح تشن الطائرات غارات على الوادي.", True),
        ("تعاني القرى من القصف، إضافة إلى مداهمات ليلية.", False),
        ("تعاني القرى من القصف، واعتقلت دورية شابين.", True),
        ("قال إن العدو يرى في ذلك اعتداء، ثم قصفت الدبابات القرية.", True),
        ("هاجم مسلحون الحاجز متهمين حراسه بالسرقة.", True),
        ("هاجم رئيس النادي الحكام قائلا إنهم منحازون.", False),
        ("شنت نائبة هجوما على الوزارة، معتبرة أنها قصرت في عملها.", False),
        ("أراد الضابط أن يداهم رجاله الحي.", False),
        ("استطاع المسلحون أن يقتحموا الثكنة.", True),
        ("لم تتمكن الفصائل قبل أن يقصف الجيش التلة.", True),
        ("قبل يومين أراد الضابط أن يداهم رجاله الحي.", False),
        ("لم يلبث الجنود أن قصفوا التلة.", True),
        ("أعلن أن الطائرات تقصف التلة.", True),
        ("تأمل الوساطة أن تقوم الفصائل بسحب المقاتلين.", False),
        ("يقاتل الجنود لاستعادة القرى.", False),
        ("أعلن الجيش السيطرة على القرى.", True),
        ("اليوم الخميس، تتعرض البلدة لغارات.", True),
        ("أكدت الشرطة وقوع اشتباكات في السوق.", True),
        ("أغلقت الشرطة المنطقة وانتشرت في شوارعها.", True),
        ("شهدت المنطقة انتشارا كثيفا للجنود.", True),
        ("زار القائد مناطق انتشار الجنود.", False),
        ("منعت القوات المزارعين من العودة إلى حقولهم بعد قصف القرية.", True),
    ],
)
def test_sums_figures_and_sites_are_not_asserted(text: str, asserted: bool) -> None:
    n = read_report({"text": text, "published": "2022-01-08"}, default_resources())
    passed_over = unasserted(n)
    assert bool([m for k, m in enumerate(n.acts) if k not in passed_over]) is asserted


def test_every_reason_is_said_in_words() -> None:
    assert {row["id"] for row in ROWS} | {"tag", "cut"} == set(UNASSERTED)
