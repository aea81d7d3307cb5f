"""Who did it and to whom: the constructions of Arabic that say it, in many regions' and outlets' styles."""

from __future__ import annotations

import pytest

from analysis.coding.coder import code_report, default_resources, read_report
from analysis.coding.constructions import read_role
from analysis.coding.noun_phrases import phrase_of


def roles(sentence: str) -> dict[str, set[str]]:
    """Role -> the actors to whom a construction gives it in any act of a sentence; none for those shut out."""
    n = read_report({"text": sentence, "published": "2023-03-10"}, default_resources())
    found: dict[str, set[str]] = {"actor": set(), "target": set(), "none": set(), "beside": set()}
    for m in n.acts:
        for a in n.actors_of(m.sentence):
            role = read_role(n, m, a)
            if role is not None and a.actor_id not in ("civilians", "unknown"):
                found[role.role].add(a.actor_id or "")
    return found


def check(sentence: str, actors: str, targets: str) -> None:
    found = roles(sentence)
    assert (found["actor"], found["target"]) == (set(actors.split()), set(targets.split())), found


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("قصفت المدفعية التركية مواقع لقوات سوريا الديمقراطية غرب عين عيسى.", "turkey", "sdf"),
        ("استهدف مقاتلو المعارضة بقذائف الهاون معاقل قوات النظام في سهل الغاب.", "opposition_factions", "syrian_army"),
        ("استهدفت، مساء الأربعاء، طائرتان روسيتان مقراً لهيئة تحرير الشام.", "russia", "hts"),
        ("دكّت راجمات حزب الله ثكنة للجيش الإسرائيلي قرب الحدود.", "hezbollah", "israel"),
        ("هاجم عناصر من تنظيم داعش رتلاً للحشد الشعبي على طريق كركوك.", "isis", "pmf"),
        ("اعتقلت قوات الاحتلال الإسرائيلي قيادياً في حركة حماس شرق طولكرم.", "israel", "hamas"),
        ("وكانت قوات سوريا الديمقراطية قد داهمت مقراً لمجلس دير الزور العسكري.", "sdf", "deir_ezzor_military_council"),
        ("أفاد شهود بأن طيران التحالف الدولي استهدف سيارة لتنظيم داعش.", "coalition", "isis"),
        ("القوات العراقية تقصف أوكاراً لتنظيم داعش في جبال حمرين.", "iraqi_forces", "isis"),
    ],
)
def test_a_verb_is_followed_by_its_subject_and_then_its_object(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("حاصرت القوات الروسية البلدة ثم قصفت مواقع المعارضة.", "russia", "opposition_factions"),
        ("قصفت قوات النظام البلدة، كما اعتقلت ثلاثة شبان.", "syrian_army", ""),
        ("داهمت قوات سوريا الديمقراطية المنزل وقتلت صاحبه ومنعت الأهالي من الاقتراب.", "sdf", ""),
        ("قصفت قوات النظام البلدة، كما استهدفت قسد موقعاً للجيش الوطني.", "syrian_army sdf", "sna"),
    ],
)
def test_a_verb_without_a_subject_has_that_of_the_verb_before(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("تحدثت المصادر عن استهداف ميليشيا قسد قاعدة تركية قرب تل أبيض.", "sdf", "turkey"),
        ("تحدثت المصادر عن استهداف نقاط ميليشيا قسد قرب تل أبيض.", "", "sdf"),
        ("أعلن البيان اغتيال قيادي في حركة حماس وسط بيروت.", "", "hamas"),
        ("أدى قصف قوات النظام مدينة إدلب إلى دمار واسع.", "syrian_army", ""),
        ("وقع قصف مدفعي لقوات النظام على أطراف سرمين.", "syrian_army", ""),
        ("تم استهداف نقطة لقوات النظام قرب القرية.", "", "syrian_army"),
        ("تمكنت فصائل المعارضة من قنص أحد عناصر قوات النظام.", "opposition_factions", "syrian_army"),
        ("جاء ذلك بعد هجوم لتنظيم داعش على حاجز للحشد الشعبي.", "isis", "pmf"),
        ("أسفرت غارة إسرائيلية على مقر لحزب الله عن دمار.", "israel", "hezbollah"),
        ("اندلع حريق بعد قصف جوي لطائرة مسيرة تركية.", "turkey", ""),
        ("أثار اعتقال قسد رئيس مجلس دير الزور العسكري غضباً.", "sdf", "deir_ezzor_military_council"),
    ],
)
def test_a_noun_of_an_act_is_followed_by_its_doer_or_its_victim(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("تعرضت مواقع الميليشيات الإيرانية لقصف من طيران مجهول.", "", "iran_backed_militias"),
        ("تعرض حاجز لقسد لهجوم من قبل خلايا تنظيم داعش.", "isis", "sdf"),
        ("تعرضت قاعدة أمريكية في ريف الحسكة، فجر الجمعة، إلى قصف صاروخي.", "", "us"),
        ("شهد الحي قصفاً مماثلاً تعرضت له نقاط الحرس الثوري الإيراني.", "", "irgc"),
        ("القصف المدفعي طال أيضاً مواقع لهيئة تحرير الشام وفصائل المعارضة.", "", "hts opposition_factions"),
        ("عاد عناصر الأسايش الذين احتجزهم تنظيم داعش.", "isis", "asayish"),
    ],
)
def test_who_underwent_it_stands_after_the_verb_of_undergoing(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("قُتل عنصران من قوات النظام بهجوم مسلح غرب درعا.", "", "syrian_army"),
        ("سقط قتلى وجرحى في صفوف قوات النظام إثر هجوم مسلح استهدف رتلاً لهم.", "", "syrian_army"),
        ("إصابة أحد عناصر قسد في كتفه خلال هجوم مسلح طاله شرق الرقة.", "", "sdf"),
        ("ثلاثة جنود أتراك قُتلوا في قصف مدفعي شمال حلب.", "", "turkey"),
        ("قُتل خمسة من عناصر الحشد الشعبي جراء غارة أمريكية قرب القائم.", "us", "pmf"),
        ("قتل 8 حوثيين وأصيب 10 آخرون في غارات للتحالف العربي.", "saudi_coalition", "houthis"),
        ("قتلت قوات سوريا الديمقراطية قيادياً في تنظيم داعش.", "sdf", "isis"),
        ("أصيب شاب برصاص عناصر قسد في سوق البصيرة.", "sdf", ""),
    ],
)
def test_the_dead_and_wounded_are_targets_and_never_who_did_it(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("انفجرت عبوة ناسفة بسيارة عسكرية تابعة لقسد شرق الحسكة.", "", "sdf"),
        ("شن الطيران الروسي غارات جوية استهدفت مقراً لهيئة تحرير الشام.", "russia", "hts"),
        ("نفذ التحالف الدولي فجر اليوم بدعم من قسد عملية إنزال جوي.", "coalition sdf", ""),
        ("قتل شاب جراء استهداف الطيران المسير التركي نقاطاً لقسد شمال منبج.", "turkey", "sdf"),
        ("كثّفت قوات النظام وروسيا قصفهما على أرياف إدلب.", "syrian_army russia", ""),
        ("أقدمت ميليشيا الحوثي على قصف مواقع الجيش اليمني في مأرب.", "houthis", "yemeni_government"),
        ("هيئة تحرير الشام (النصرة سابقاً) استهدفت مواقع لقوات النظام.", "hts", "syrian_army"),
        ("القوات التركية والفصائل الموالية لها قصفت قرية قرب تل تمر.", "turkey sna", ""),
    ],
)
def test_a_verb_of_doing_an_aside_and_a_relative_verb_are_seen_through(
    sentence: str, actors: str, targets: str
) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("دارت اشتباكات بين قسد وفصائل الجيش الوطني شمال منبج.", "sdf", "sna"),
        ("اندلعت اشتباكات عنيفة مع تنظيم داعش قرب تدمر.", "", "isis"),
        ("استعادت القوات العراقية السيطرة على القرية من تنظيم داعش.", "iraqi_forces", "isis"),
    ],
)
def test_sides_stand_with_between_against_and_from(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "shut_out"),
    [
        ("قصفت الطائرات قرى خاضعة لسيطرة قسد شمال حلب.", "sdf"),
        ("سقطت قذائف في مناطق نفوذ هيئة تحرير الشام.", "hts"),
        ("استهدفت المدفعية محيط قاعدة تركية غرب إدلب.", "turkey"),
    ],
)
def test_who_rules_where_it_landed_has_no_part_in_it(sentence: str, shut_out: str) -> None:
    found = roles(sentence)
    assert shut_out not in found["target"] | found["actor"]


@pytest.mark.parametrize(
    ("sentence", "nobody"),
    [
        ("قصف الطيران البلدة، بحسب ما ذكرت وكالة أنباء تابعة للنظام السوري.", "syrian_army"),
        ("اعتقلت الدورية شاباً بتهمة التعامل مع تنظيم داعش.", "isis"),
        ("أطلق مجهولون النار قرب القاعدة التي تديرها قوات التحالف الدولي.", "coalition"),
        ("شنت الطائرات غارات على مواقعه بعد بيان لحزب الله.", "hezbollah"),
        ("قُتل مدني في قصف استهدف القرية وسط تحليق لطيران التحالف الدولي.", "coalition"),
    ],
)
def test_a_source_a_charge_and_an_owner_fill_no_role(sentence: str, nobody: str) -> None:
    n = read_report({"text": sentence, "published": "2023-03-10"}, default_resources())
    fire = [m for m in n.acts if m.act.kind not in ("deployment", "alert")]
    given = [read_role(n, m, a) for m in fire for a in n.actors if a.actor_id == nobody]
    assert not [role for role in given if role is not None and role.role not in ("none", "beside")]


@pytest.mark.parametrize(
    ("sentence", "actor", "mark", "head"),
    [
        ("استهدف القصف مقر القيادة العامة التابع لقسد.", "sdf", "bare", "position"),
        ("وقع الهجوم على مواقع ونقاط عسكرية تابعة للميليشيات الإيرانية.", "iran_backed_militias", "on", "position"),
        ("قتل عدد من عناصر قسد.", "sdf", "bare", "member"),
        ("خرجت من مناطق سيطرة قسد قافلة.", "sdf", "from", ""),
        ("أصيب رجل برصاص قوات النظام.", "syrian_army", "means", "equipment"),
        ("انفجرت عبوة بسيارة عسكرية تابعة لقسد.", "sdf", "means", "vehicle"),
    ],
)
def test_a_phrase_begins_before_its_name(sentence: str, actor: str, mark: str, head: str) -> None:
    n = read_report({"text": sentence, "published": "2023-03-10"}, default_resources())
    a = next(a for a in n.actors if a.actor_id == actor)
    phrase = phrase_of(n, a)
    assert (phrase.mark, phrase.head) == (mark, head)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("قتل ثلاثة جنود في هجوم بسيارة مفخخة. واتهمت السلطات تنظيم القاعدة بالوقوف خلفه.", {"al_qaeda"}),
        ("قتل ثلاثة جنود في هجوم بسيارة مفخخة. وتبنى تنظيم داعش الهجوم.", {"isis"}),
        ("أعلن الجيش السوري وقوع قصف جوي قرب بانياس، متهماً إسرائيل بتنفيذه.", {"israel"}),
        ("أطلق مسلحون من جماعة محلية الرصاص على سيارة في السوق.", {"other"}),
        ("أطلق مسلحون مجهولون الرصاص على سيارة في السوق.", {"unknown"}),
    ],
)
def test_who_is_blamed_or_claims_it_did_it(text: str, actors: set[str]) -> None:
    coded = code_report({"report_id": "r", "text": text, "published": "2023-03-10"})
    assert {actor for actor, _ in coded.incidents[0].actors} == actors


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("اعتقلت قسد رجلين بتهمة الانتماء إلى تنظيم داعش في بلدة الشحيل.", {"civilians", "isis"}),
        ("اعتقل الأمن الداخلي شابا يشتبه بانتمائه لخلية تابعة لتنظيم الدولة في الطبقة.", {"civilians", "isis"}),
        ("ألقت القوات الأمنية القبض على متهمين اثنين لانتمائهما لتنظيم داعش في كركوك.", {"isis"}),
        ("اعتقلت قسد أربعة أشخاص بتهمة التعامل مع خلايا داعش في ريف الرقة.", {"civilians"}),  # dealing is not belonging
    ],
)
def test_who_is_taken_as_a_member_is_of_that_side(sentence: str, targets: set[str]) -> None:
    coded = code_report({"report_id": "r", "text": sentence, "published": "2023-03-10"})
    assert {target for target, _ in coded.incidents[0].targets} == targets


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        (
            "أفاد مرصد محلي بأن المقاتلات الروسية، التي أقلعت من مطار قريب، أغارت على معسكر لهيئة تحرير الشام.",
            "russia",
            "hts",
        ),
        (
            "قوات النظام التي تتمركز في معسكر جورين قصفت نقاطاً للجبهة الوطنية للتحرير.",
            "syrian_army",
            "opposition_factions",
        ),
        ("قوات النظام التي تتمركز في المعسكر قصف مواقعها الطيران التركي.", "turkey syrian_army", "syrian_army"),
        ("انتهت الهدنة مع تنظيم داعش، قصفت المدفعية أطراف البلدة.", "", ""),  # a comma parts no subject from its verb
    ],
)
def test_a_subject_stands_before_its_relative_clause(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        (
            "أرسل الحوثيون تعزيزات إلى الجبهة فاستهدفت هذه التعزيزات غارة نفذتها مقاتلات التحالف العربي.",
            "saudi_coalition houthis",
            "houthis",
        ),
        ("ضرب مواقع تنظيم داعش قصف جوي عنيف للتحالف الدولي.", "coalition", "isis"),
        ("قصفت مواقع تنظيم داعش طائرات التحالف الدولي.", "coalition", "isis"),
    ],
)
def test_an_object_may_stand_before_the_strike_that_hit_it(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("سيطرت القوات العراقية على ثلاث تلال كانت تحت سيطرة تنظيم داعش.", "iraqi_forces", "isis"),
        ("سيطرت القوات العراقية على تلة قرب مناطق سيطرة تنظيم داعش.", "iraqi_forces", ""),
        ("طال القصف منازل في أطراف البلدة الجنوبية من مواقع قوات النظام.", "syrian_army", ""),
        ("سقط جريحان في كمين لتنظيم داعش على طريق السخنة.", "isis", ""),
        ("استنكرت الحكومة العراقية الهجوم الذي طال معسكراً للحشد الشعبي.", "", "pmf"),
        ("قصفت قوات النظام مقرات هيئة تحرير الشام، الفرع السابق لتنظيم القاعدة.", "syrian_army", "hts"),
        ("قصف الجيش الوطني مقراً لتنظيم واي بي جي (ذراع حزب العمال الكردستاني في سوريا).", "sna", "ypg"),
        ("استهدف جناح حركة حماس في المخيم موقعاً للجيش الإسرائيلي.", "hamas", "israel"),  # the branch of X is X
    ],
)
def test_who_ruled_before_who_condemns_and_another_name(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("قالت قسد إن الطيران التركي استهدف إحدى نقاطها غرب الرقة.", {"turkey"}, {"sdf"}),
        ("أعلن الحشد الشعبي أن طائرات أمريكية قصفت مقره قرب القائم.", {"us"}, {"pmf"}),
        ("انسحبت قسد من القرية. وبعد ساعات قصف الجيش التركي مقراتها السابقة.", {"turkey"}, {"sdf"}),
        ("أضافت قسد أن مقاتليها تصدوا لهجوم شنته فصائل الجيش الوطني.", {"sna"}, {"sdf"}),
        ("قتل عشرة عناصر من الجيش الوطني، فضلاً عن اعتقال عنصر قرب القرية.", set(), {"sna"}),
        ("رئاسة الوزراء في العراق: ندين الهجوم الذي استهدف مقر الحشد الشعبي.", set(), {"pmf"}),
    ],
)
def test_whose_positions_and_members_they_are(text: str, actors: set[str], targets: set[str]) -> None:
    coded = code_report({"report_id": "r", "text": text, "published": "2023-03-10"})
    told = coded.incidents[-1]
    assert ({a for a, _ in told.actors}, {t for t, _ in told.targets}) == (actors, targets)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("استهدفت مسيرة تركية سيارة شرق القامشلي. ثم عادت المسيرة وقصفت البلدة.", "turkey"),
        ("استهدفت مسيرة مجهولة سيارة شرق القامشلي. ثم عادت المسيرة وقصفت البلدة.", None),
        ("ألقى الطيران المروحي براميل متفجرة على قرية بريف إدلب في سوريا.", "syrian_army"),
        ("ألقى الطيران المروحي التركي منشورات فوق قرية بريف إدلب في سوريا.", "turkey"),
    ],
)
def test_whose_aircraft_it_is(text: str, actor: str | None) -> None:
    n = read_report({"text": text, "published": "2023-03-10"}, default_resources())
    named = [a.actor_id for a in n.actors]
    assert named[-1:] == [actor] if actor else set(named) <= {"unknown", None}


@pytest.mark.parametrize(
    ("sentence", "actors", "targets"),
    [
        ("واصلت طائرات الأباتشي قصف تنظيم داعش.", "", "isis"),
        ("واصل الجيش التركي قصف مواقع قسد.", "turkey", "sdf"),
        ("شن الجيش عملية، قصف الطيران الروسي خلالها القرية.", "russia", ""),  # a verb of its own after the comma
        ("أعلن الجيش الإسرائيلي مهاجمة مقر لحركة الجهاد الإسلامي.", "", "palestinian_islamic_jihad"),
        ("أصابت طائرة مسيرة البلدة التي تديرها قسد.", "", ""),
        ("خاض مقاتلون من العشائر معارك ضد الحوثيين.", "tribal_fighters", "houthis"),
    ],
)
def test_what_somebody_goes_on_doing_befalls_whom_it_names(sentence: str, actors: str, targets: str) -> None:
    check(sentence, actors, targets)


def test_a_side_fought_against_fights_not_itself() -> None:
    coded = code_report({"report_id": "r", "text": "دارت معارك ضد قوات الحوثي في مأرب.", "published": "2023-03-10"})
    told = coded.incidents[0]
    assert "houthis" not in {a for a, _ in told.actors}
