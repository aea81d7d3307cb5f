"""The same roles in other words: constructions met in wordings from which no rule was written."""

from __future__ import annotations

import pytest
from test_roles import check

from analysis.coding.coder import code_report


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("ضرب مخزنا للحشد الشعبي طيران أمريكي قرب القائم.", "us", "pmf"),
        ("دكت مواقع داعش المدفعية العراقية غرب كركوك.", "iraqi_forces", "isis"),
        ("هاجم ثكنة للجيش العراقي مسلحون من داعش في ديالى.", "isis", "iraqi_forces"),
        ("مدفعية حزب الله دكت موقعا إسرائيليا في مزارع شبعا.", "hezbollah", "israel"),
        ("نقاط الجيش التركي في ريف حلب قصفتها قوات النظام أمس.", "syrian_army", "turkey"),
        ("مواقع قسد قرب تل رفعت استهدفتها المدفعية التركية.", "turkey", "sdf"),
        ("استهدف مقرات هيئة تحرير الشام الطيران الروسي في ريف إدلب.", "russia", "hts"),
        ("قصف مرابض المدفعية التابعة لقوات النظام الطيران الإسرائيلي فجرا.", "israel", "syrian_army"),
        ("استهدف مخفرا للشرطة العراقية مسلحون مجهولون في الطارمية.", "", "iraqi_forces"),
        ("أصابت قافلة للحشد الشعبي غارة نفذتها طائرات إسرائيلية في البوكمال.", "israel", "pmf"),
        ("قال ناشطون إن المدفعية التركية المتمركزة في رأس العين قصفت نقطة لقسد.", "turkey", "sdf"),
        ("شوهدت مروحيات تركية وهي تقصف مواقع لحزب العمال الكردستاني في زاب.", "turkey", "pkk"),
        ("عبوات ناسفة تستهدف رتلا للتحالف الدولي في الديوانية.", "", "coalition"),
        ("مسيرات تركية تقصف سيارة لقسد في الدرباسية.", "turkey", "sdf"),
    ],
)
def test_the_object_before_its_subject_and_the_verb_after_it(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("استُهدف مقر لحزب الله بغارة إسرائيلية في النبطية.", "israel", "hezbollah"),
        ("قُصفت نقاط لقوات النظام بقذائف هاون أطلقتها هيئة تحرير الشام.", "hts", "syrian_army"),
        ("اعتُقل ثلاثة من عناصر داعش على يد القوات العراقية في الموصل.", "iraqi_forces", "isis"),
        ("تم اعتقال قيادي في حركة حماس من قبل الجيش الإسرائيلي في جنين.", "israel", "hamas"),
        ("جرى استهداف رتل للجيش التركي بعبوة ناسفة قرب سراقب.", "", "turkey"),
        ("أُسر جنديان من قوات النظام خلال هجوم لهيئة تحرير الشام على قرية كباني.", "hts", "syrian_army"),
        ("قتل ستة عناصر من الحشد الشعبي، وجرى أسر عنصر آخر قرب الموصل.", "", "pmf"),
        ("جرى احتجاز عنصرين من الأسايش عند حاجز لقوات النظام.", "", "asayish"),
        ("ألقي القبض على قيادي في داعش بعملية نفذتها قسد.", "sdf", "isis"),
    ],
)
def test_passives_and_who_did_it_behind_them(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("أدى استهداف قسد سيارة للجيش الوطني إلى احتراقها.", "sdf", "sna"),
        ("أسفر قصف إسرائيلي استهدف موقعا لحزب الله عن أضرار.", "israel", "hezbollah"),
        ("هجوم داعش على ثكنة للجيش العراقي في كركوك يوقع جرحى.", "isis", "iraqi_forces"),
        ("غارة للتحالف الدولي ضد معسكر لداعش في البادية.", "coalition", "isis"),
        ("إثر قيام الطيران التركي بقصف نقطة لقسد في عين عيسى.", "turkey", "sdf"),
        ("نفذ الحشد الشعبي هجوما بالصواريخ على قاعدة أمريكية في أربيل.", "pmf", "us"),
        ("هجوم بالعبوات الناسفة ضد قافلة للقوات الأمريكية في الديوانية.", "", "us"),
        ("أعلن الجيش العراقي مقتل قيادي في داعش بضربة جوية للتحالف الدولي.", "coalition", "isis"),
        ("مقتل قياديين في الجهاد الإسلامي بقصف للاحتلال على خان يونس.", "israel", "palestinian_islamic_jihad"),
        ("حاول مسلحو داعش اقتحام نقطة للجيش العراقي في داقوق.", "isis", "iraqi_forces"),
        ("بادرت فصائل المعارضة إلى قصف مواقع النظام.", "opposition_factions", "syrian_army"),
        ("ردت إسرائيل بقصف مواقع لحزب الله.", "israel", "hezbollah"),
        ("تمكن الحشد الشعبي من إلقاء القبض على ثلاثة من عناصر داعش.", "pmf", "isis"),
        ("أحبط الحشد الشعبي تسللا لعناصر داعش نحو تلال حمرين.", "isis", "pmf"),
        ("تسبب قصف قوات النظام بمقتل امرأة وطفلها في سرمين.", "syrian_army", ""),
        ("قتل جنديان بكمين لقسد قرب منبج.", "sdf", ""),
    ],
)
def test_nouns_of_acts(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("تعرض مقر للحشد الشعبي في جرف الصخر لضربة جوية أمريكية.", "us", "pmf"),
        ("كان رتل للقوات الأمريكية قد تعرض لهجوم بعبوة ناسفة في بابل.", "", "us"),
        ("وتعرضت عدة نقاط لقوات النظام لقصف مدفعي من فصائل المعارضة.", "opposition_factions", "syrian_army"),
        ("نجا قائد في قوات النظام من محاولة اغتيال نفذها مجهولون في درعا.", "", "syrian_army"),
        ("وقعت دورية للجيش العراقي في كمين نصبه داعش قرب الحويجة.", "isis", "iraqi_forces"),
        ("خسر الجيش العراقي خمسة جنود في هجوم شنه داعش.", "isis", "iraqi_forces"),
        ("لم تسلم مقرات الحشد الشعبي من القصف الأمريكي أمس.", "us", "pmf"),
        ("أودت ضربة أمريكية بحياة قيادي في حركة النجباء.", "us", "nujaba"),
        ("أودى انفجار لغم بحياة عنصرين من قسد.", "", "sdf"),
        ("لقي جنديان تركيان مصرعهما بصاروخ موجه أطلقته قسد.", "sdf", "turkey"),
        ("عثر على جثة عنصر من قوات النظام مقتولا بالرصاص.", "", "syrian_army"),
        ("انفجرت عبوة ناسفة لدى مرور رتل للتحالف الدولي جنوب بغداد.", "", "coalition"),
        ("انفجر لغم أرضي بسيارة تقل عناصر من قوات النظام في بادية السخنة.", "", "syrian_army"),
        ("سقط ستة قتلى من فصائل المعارضة بقصف للطيران الروسي.", "russia", "opposition_factions"),
        ("خلف هجوم لداعش سبعة قتلى من الدفاع الوطني.", "isis", "national_defence_forces"),
    ],
)
def test_who_underwent_escaped_or_fell(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("قصفت الطائرات الروسية بلدة تسيطر عليها هيئة تحرير الشام.", "russia", ""),
        ("استهدفت مسيرة تركية قرية يديرها مجلس منبج العسكري.", "turkey", ""),
        ("قصفت الطائرات بلدة يسيطر عليها تنظيم داعش شرق حمص.", "", ""),
        ("قتل مقاتل من قسد كان يستقل دراجة استهدفتها مسيرة تركية.", "turkey", "sdf"),
        ("الغارة التي شنتها إسرائيل واستهدفت مقر الحرس الثوري قرب دمشق.", "israel", "irgc"),
        (
            "سيطرت قوات النظام بدعم من حزب الله على بلدة كانت بيد المعارضة.",
            "hezbollah syrian_army",
            "opposition_factions",
        ),
        ("استولى الجيش العراقي على قرى كانت بيد تنظيم داعش غرب الأنبار.", "iraqi_forces", "isis"),
        ("أسقط الجيش الأمريكي مسيرة أطلقتها ميليشيات موالية لإيران.", "us", "iran_backed_militias"),
        ("أسقطت دفاعات النظام مسيرات أطلقتها هيئة تحرير الشام.", "syrian_army", "hts"),
        ("دارت معارك عنيفة خاضها الجيش العراقي ضد تنظيم داعش في الشرقاط.", "iraqi_forces", "isis"),
        ("يعتقد أن داعش يقف وراء الهجوم على حاجز قوات النظام.", "isis", "syrian_army"),
    ],
)
def test_clauses_that_speak_of_a_noun(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("قصفت قوات النظام وحليفتها روسيا مواقع هيئة تحرير الشام.", "russia syrian_army", "hts"),
        ("شنت تركيا والجيش الوطني هجوما على مواقع قسد.", "sna turkey", "sdf"),
        ("استهدف القصف التركي نقاطا لقسد وقوات النظام في ريف حلب.", "turkey", "sdf syrian_army"),
        ("قتل عناصر من قوات النظام وحزب الله بغارات إسرائيلية.", "israel", "hezbollah syrian_army"),
        ("كما استهدفت المسيّرات التركية عربة لقسد ومقرا للأسايش.", "turkey", "asayish sdf"),
        ("تبادلت قوات النظام وقسد القصف بالمدفعية قرب تل رفعت.", "syrian_army", "sdf"),
        ("اندلعت مواجهات مسلحة بين مقاتلي قسد من جهة وعناصر الجيش الوطني من جهة أخرى.", "sdf", "sna"),
        ("اشتبكت قوات النظام مع مسلحي داعش في بادية الرصافة.", "syrian_army", "isis"),
        ("اشتباكات بين الأسايش والدفاع الوطني في القامشلي.", "asayish", "national_defence_forces"),
        ("قصف الطيران الإسرائيلي موقعا لحزب الله، الفصيل الموالي لإيران، جنوب لبنان.", "israel", "hezbollah"),
        ("داهمت دورية مشتركة لقسد والتحالف الدولي منزلا لقيادي في داعش.", "coalition sdf", "isis"),
        ("جددت الطائرات الحربية الروسية والسورية قصفها على ريف إدلب.", "russia syrian_army", ""),
    ],
)
def test_joined_sides_and_other_names(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("وقعت قسد اتفاقا خلال هجوم تركي على عين عيسى.", "turkey", ""),  # signed, not fell
        ("حملت قسد الجرحى إلى المشفى بعد قصف تركي على القرية.", "turkey", ""),  # carried, not charged
        (
            "قصف الطيران الإسرائيلي مواقع حزب الله، والميليشيات الموالية لإيران.",
            "israel",
            "hezbollah iran_backed_militias",
        ),
        ("اعتقلت قسد رجلا أثناء مرور رتل للتحالف الدولي.", "sdf", ""),
        ("استهدفت الغارة نحو عشرة عناصر من تنظيم داعش.", "", "isis"),  # about ten, not towards
        ("قتل جندي من قوات النظام بيد تنظيم داعش.", "isis", "syrian_army"),  # at the hands of, not in the hands of
        ("قصفت قوات النظام القرية وانسحبت قسد منها.", "syrian_army sdf", ""),
        ("استهدفت قسد بسيارة مفخخة حاجزا للجيش الوطني.", "sdf", "sna"),
    ],
)
def test_what_only_looks_like_them(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("مقتل قائد فيلق القدس قاسم سليماني بضربة أمريكية في بغداد.", "us", "soleimani"),
        ("اغتيال الجنرال قاسم سليماني بغارة أمريكية.", "us", "soleimani"),
        ("قتل قائد فيلق القدس وأصيب قاسم سليماني بغارة أمريكية.", "us", "irgc_quds_force soleimani"),  # two men
        ("اعتقلت حواجز قسد عشرين شابا في الكسرة.", "sdf", ""),
        ("اعتقلت القوات العراقية عناصر حواجز قسد في الكسرة.", "iraqi_forces", "sdf"),
    ],
)
def test_a_rank_before_a_name_and_posts_that_arrest(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("قصفت قوات النظام بلدة تفتناز. كما استهدفت بقذائف الهاون محيط بنش.", {"syrian_army"}, set()),
        ("شنت تركيا غارات على مواقع قسد. وقصفت أيضا محطة كهرباء في عامودا.", {"turkey"}, set()),
        (
            "قصفت قوات النظام بلدة تفتناز. كما اعتقلت هيئة تحرير الشام عنصرا من قوات النظام في سرمدا.",
            {"hts"},
            {"syrian_army"},
        ),
        ("قالت قسد إن طائرة مسيرة قصفت نقطة لها في المالكية.", set(), {"sdf"}),
        ("هاجم داعش قوات النظام. ودارت اشتباكات عنيفة بين الطرفين قرب السخنة.", {"isis"}, {"syrian_army"}),
        ("سيطرت الجبهة الشامية على مقرات لفرقة الحمزة في الباب.", {"sna"}, {"sna"}),
        ("قالت حركة حماس إن الاحتلال اغتال أحد قادتها في بيروت.", {"israel"}, {"hamas"}),
        ("اتهمت قسد تركيا بقصف مواقعها في عين عيسى.", {"turkey"}, {"sdf"}),
    ],
)
def test_whom_a_report_told_of_before(text: str, actors: set[str], targets: set[str]) -> None:
    told = code_report({"report_id": "r", "text": text, "published": "2023-03-10"}).incidents[-1]
    assert ({a for a, _ in told.actors}, {t for t, _ in told.targets}) == (actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("عبرت مقاتلات إسرائيلية الحدود وقصفت شاحنة لحزب الله.", "israel", "hezbollah"),
        ("زار وفد من قسد المدينة وقصفت تركيا أطرافها.", "turkey", ""),  # a subject of its own
        ("سيطرة الجيش السوري على قرية كانت تحت قبضة هيئة تحرير الشام.", "syrian_army", "hts"),
        ("حاصرت قوات النظام مقاتلي المعارضة في درعا البلد.", "syrian_army", "opposition_factions"),
        ("تتهم أنقرة حزب العمال الكردستاني بالوقوف وراء التفجير في إسطنبول.", "pkk", ""),
        ("أفشلت القوات العراقية محاولة تسلل لعناصر داعش.", "isis", "iraqi_forces"),
        ("أعلن الحوثيون إسقاط طائرة أمريكية مسيرة فوق مأرب.", "", "us"),
        ("استهدفت فصائل المعارضة بصاروخ موجه موقعا لقوات النظام.", "opposition_factions", "syrian_army"),
        ("نفذ الطيران الحربي الروسي والسوري غارات على ريف اللاذقية.", "russia syrian_army", ""),
        ("قتل الجيش العراقي قياديا في تنظيم داعش غرب الأنبار.", "iraqi_forces", "isis"),
        ("قتل قيادي في تنظيم داعش وأصيب جندي عراقي بانفجار لغم.", "", "isis iraqi_forces"),  # a passive
        ("قصفت دبابة لقوات النظام أطراف البلدة.", "syrian_army", ""),  # a tank hits, a car is hit
        ("قصفت سيارة لقوات النظام على الطريق.", "", "syrian_army"),
    ],
)
def test_who_acts_and_who_is_acted_on_without_a_word_for_it(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("قُتل عنصر بميليشيا حزب الله برصاص قناص.", "", "hezbollah"),
        ("أصيب ضابط بالجيش اللبناني في انفجار لغم.", "", "lebanese_army"),
        ("قتل جنديان بكمين لقسد قرب منبج.", "sdf", ""),
        ("نفذت مقاتلات التحالف أربع غارات استهدفت مليشيات الحوثيين.", "saudi_coalition", "houthis"),
        ("شنت الطائرات الروسية غارات استهدفت هيئة تحرير الشام.", "russia", "hts"),
        ("بعد الغارات استهدفت القوات الروسية القرية.", "russia", ""),
    ],
)
def test_who_serves_in_a_body_and_whom_an_act_hit_that_a_verb_speaks_of(
    sentence: str, actors: str, targets: str
) -> None:
    check(sentence, actors, targets)
