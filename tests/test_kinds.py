"""The kind of an act: from its words, and where they leave it open from weapon, doer and victim."""

from __future__ import annotations

import pytest

from analysis.coding.coder import code_report

CASES = [
    # its own word
    ("اندلعت اشتباكات بين قسد وداعش في بلدة الشحيل.", "clash"),
    ("اعتقلت قسد أربعة شبان في مدينة الرقة أمس.", "arrest"),
    ("انفجرت عبوة ناسفة بسيارة عسكرية لقسد في بلدة البصيرة.", "explosion"),
    # open words: the weapon
    ("استهدفت فصائل المعارضة بقذائف الهاون مواقع قوات النظام في قرية جورين.", "shelling"),
    ("استهدف الجيش الوطني بصاروخ موجه سيارة عسكرية لقسد قرب تل رفعت.", "missile_attack"),
    ("استهدف مسلحون بالرشاشات دورية للجيش العراقي في بلدة الكرمة.", "armed_attack"),
    ("استهدفت القوات التركية قرية في ريف تل تمر بعشرات القذائف المدفعية والصاروخية.", "shelling"),
    ("قصفت طائرة مسيرة تركية سيارة لقسد في مدينة عامودا.", "drone_strike"),
    ("استهدفت مسيرة تركية بغارة جوية موقعا لقسد في عين عيسى.", "drone_strike"),
    ("استهدفت طائرة استطلاعية تركية سيارة في ريف عين العرب.", "drone_strike"),
    ("استهدفت طائرات انتحارية مقرا للحشد الشعبي في كركوك.", "drone_strike"),
    ("استهدفت طائرة تركية بلا طيار دراجة نارية قرب الدرباسية.", "drone_strike"),
    ("قصف صاروخي من طائرة مسيرة استهدف دراجة نارية في الباب.", "drone_strike"),
    ("انفجرت طائرة مسيرة مفخخة في مقر للبيشمركة قرب أربيل.", "drone_strike"),
    ("قصفت الطائرات الحربية بلدة الجسر بصواريخ فراغية.", "airstrike"),
    ("انفجرت سيارة مفخخة في سوق الجسر.", "explosion"),
    # open words: whose fire it was
    ("تعرضت مواقع الميليشيات الإيرانية في البوكمال لقصف إسرائيلي فجر اليوم.", "airstrike"),
    ("قصفت قوات النظام بلدة النيرب شرق إدلب.", "shelling"),
    ("تعرضت بلدة كنصفرة لقصف من قوات النظام وروسيا.", "shelling"),
    ("قصفت إسرائيل بالمدفعية قرية في ريف القنيطرة.", "shelling"),
    ("استهدف مسلحون مجهولون حاجزا لقسد في بلدة الحوايج.", "armed_attack"),
    # open words with nothing beside them
    ("هاجم مسلحون مقرا لقسد في بلدة ذيبان.", "armed_attack"),
    # several words told together: the more specific
    ("داهمت قسد منازل في بلدة الشحيل واعتقلت ثلاثة شبان.", "arrest"),
    ("اقتحمت القوات الإسرائيلية مخيم جنين واعتقلت خمسة فلسطينيين.", "arrest"),
    ("داهمت قوات التحالف منزلا في قرية الزر وقتلت رجلا كان فيه.", "armed_attack"),
    ("داهم مسلحون القرية واختطفوا معلما من منزله في ريف درعا.", "abduction"),
    ("احتجز مسلحون أربعة رهائن في مصرف بمدينة عدن.", "abduction"),
    # deaths: how they came about, or not
    ("قتل مدني برصاص مجهولين في مدينة طفس.", "armed_attack"),
    ("قتل ثلاثة مدنيين بقذائف سقطت على حي سكني في مدينة تعز.", "shelling"),
    ("عثر الأهالي على جثتي عنصرين من قوات النظام في بادية السخنة.", "killing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_the_words_then_the_weapon_then_the_doer_give_the_kind(text: str, kind: str) -> None:
    coded = code_report({"report_id": "r", "text": text, "published": "2022-03-05", "title": None})
    assert [incident.kind for incident in coded.incidents] == [kind]
