"""Constructions: which word of a sentence did it, and which was hit."""

from __future__ import annotations

import pytest

from analysis.coding.coder import default_resources, read_report
from analysis.coding.constructions import read_role
from analysis.coding.links import may_fold
from analysis.coding.narrative import Narrative


def slots(sentence: str) -> dict[tuple[str, str], str]:
    """(act id, actor id) -> the role that a construction gives beyond doubt."""
    n = read(sentence)
    return {
        (m.act.id, a.actor_id): given.role
        for m in n.acts
        for a in n.actors
        if a.actor_id and (given := read_role(n, m, a)) is not None
    }


def read(text: str) -> Narrative:
    return read_report({"text": text, "published": "2023-03-10"}, default_resources())


@pytest.mark.parametrize(
    ("sentence", "act", "actor", "role"),
    [
        ("قصفت قوات النظام أطراف البلدة بالمدفعية.", "bombard", "syrian_army", "actor"),
        ("تعرضت القرية مساء لقصف مدفعي من قبل قوات النظام.", "shelling_noun", "syrian_army", "actor"),
        ("قامت قوات سوريا الديمقراطية باعتقال شابين من السوق.", "arrest", "sdf", "actor"),
        ("انتقد الأهالي قيام قوات سوريا الديمقراطية باعتقال شابين.", "arrest", "sdf", "actor"),
        ("نددت البلدة بقوات سوريا الديمقراطية التي اعتقلت شابين.", "arrest", "sdf", "actor"),
        ("قصفت قوات النظام البلدة، كما اعتقلت ثلاثة شبان.", "arrest", "syrian_army", "actor"),
        ("قال شهود إن عناصر من قوات سوريا الديمقراطية انسحبوا ليلاً.", "withdraw", "sdf", "actor"),
    ],
)
def test_a_construction_names_the_doer(sentence: str, act: str, actor: str, role: str) -> None:
    assert slots(sentence).get((act, actor)) == role


@pytest.mark.parametrize(
    ("sentence", "act", "actor", "role"),
    [
        ("قصفت الطائرات الحربية مواقع لتنظيم داعش في البادية.", "bombard", "isis", "target"),
        ("قُتل ثلاثة عناصر من قوات سوريا الديمقراطية قرب الجسر.", "kill", "sdf", "target"),
        ("داهمت الدورية الحي واعتقلت مدنيين.", "arrest", "civilians", "target"),
        ("سقطت قذيفة بعد قصف من مواقع قوات النظام.", "bombard", "syrian_army", "actor"),
        ("وفجراً قتلت قوات سوريا الديمقراطية رجلاً في بيته.", "kill", "sdf", "actor"),
    ],
)
def test_a_construction_names_the_victim_and_not_who_hit_it(
    sentence: str, act: str, actor: str, role: str | None
) -> None:
    assert slots(sentence).get((act, actor)) == role


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("arrest", "armed_attack", True),
        ("shelling", "harm", True),
        ("alert", "deployment", True),
        ("missile_attack", "displacement", False),
        ("withdrawal", "expulsion", False),
        ("restriction", "alert", False),
    ],
)
def test_some_kinds_never_tell_of_one_act(one: str, other: str, expected: bool) -> None:
    assert may_fold(one, other) is expected
