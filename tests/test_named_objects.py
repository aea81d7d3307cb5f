"""Verbs of taking and fleeing that say what they are by a name: a town taken, a side that flees, an attack met."""

from __future__ import annotations

import pytest

from analysis.coding.arguments import read_roles
from analysis.coding.coder import code_report, default_resources, read_report


def kinds(sentence: str) -> set[str]:
    n = read_report({"text": sentence, "published": "2023-03-10"}, default_resources())
    return {m.act.kind for m in n.acts}


@pytest.mark.parametrize(
    "sentence",
    [
        "احتلت القوات المهاجمة تل رفعت بعد يومين من القتال.",
        "استعاد الجيش العراقي الرطبة من التنظيم.",
        "حرر مقاتلو المجلس العسكري منبج قبل شهر.",
        "مدينة القريتين سيطر عليها التنظيم ليلا.",
        "انتهت المعركة عن سيطرة الفصائل على التلة.",
    ],
)
def test_a_town_by_name_is_taken(sentence: str) -> None:
    assert "takeover" in kinds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "احتلت حلب المرتبة الثانية في إنتاج الزيتون.",
        "حررت دورية المرور مخالفات في دمشق.",
        "استعاد لاعب المنتخب لياقته في بغداد.",
        "خرجت النيران عن السيطرة.",
    ],
)
def test_a_town_where_something_else_is_taken_is_not(sentence: str) -> None:
    assert "takeover" not in kinds(sentence)


def test_a_side_by_name_flees() -> None:
    assert "withdrawal" in kinds("وانتهى القتال بفرار الحوثيين من المديرية.")


def test_whose_attack_is_met_is_the_target() -> None:
    sentence = "اعترضت المنظومات الأمريكية هجوما بمسيرات للفصائل العراقية على القاعدة."
    n = read_report({"text": sentence, "published": "2023-03-10"}, default_resources())
    met, attack = n.acts
    names = {a.at: a.actor_id for a in n.actors}
    told_together = {names[at]: role.role for (_, at), role in read_roles(n, [met, attack]).items() if role}
    assert told_together == {"us": "actor", "iran_backed_militias": "target"}
    attack_alone = {names[at]: role.role for (_, at), role in read_roles(n, [attack]).items() if role}
    assert attack_alone["iran_backed_militias"] == "actor"


def test_a_headline_of_aggression_is_an_attack() -> None:
    coded = code_report({"report_id": "r", "text": "عدوان إسرائيلي على محيط دمشق", "published": "2023-03-10"})
    assert [(i.kind, {a for a, _ in i.actors}) for i in coded.incidents] == [("armed_attack", {"israel"})]
    assert not code_report({"report_id": "r", "text": "ولد في قرية عدوان.", "published": "2023-03-10"}).incidents


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("تمكن المقاتلون من أسر جنديين قرب التلة.", "arrest"),
        ("هؤلاء ضحايا الطائرة المسيرة التي قصفت السوق.", "harm"),
        ("وصل عدد من عناصر الميليشيا مع قوات أخرى إلى البلدة.", "deployment"),
    ],
)
def test_a_trap_leaves_the_act_itself(sentence: str, kind: str) -> None:
    assert kind in kinds(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("وصل عدد القتلى في صفوف قوات النظام إلى تسعة.", "deployment"),
        ("يؤوي المبنى عددا من أسر العمال.", "arrest"),
    ],
)
def test_a_toll_and_families_are_no_act(sentence: str, kind: str) -> None:
    assert kind not in kinds(sentence)
