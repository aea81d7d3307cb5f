"""Every row of the table of acts is found in its own example, and not in its traps."""

from __future__ import annotations

import pytest

from analysis.coding.act_mentions import find_grammar
from analysis.coding.acts import default_grammar
from analysis.coding.lexicon import read_table
from analysis.coding.text import fold
from analysis.paths import data_path

ACTS = read_table(data_path("lexicon", "acts.tsv"))
KINDS = {row["id"] for row in read_table(data_path("entities", "kinds.tsv"))}


def acts_in(phrase: str) -> set[str]:
    return {mention.act.id for mention in find_grammar(fold(phrase), default_grammar())[4]}


def kinds_in(phrase: str) -> set[str]:
    return {mention.act.kind for mention in find_grammar(fold(phrase), default_grammar())[4]}


@pytest.mark.parametrize("row", ACTS, ids=lambda row: row["id"])
def test_a_row_is_found_in_its_example(row: dict[str, str]) -> None:
    assert row["kind"] in kinds_in(row["example"]), acts_in(row["example"])


@pytest.mark.parametrize(
    ("row", "trap"), [(row["id"], trap) for row in ACTS for trap in row["trap"].split(",") if trap.strip()]
)
def test_a_row_is_not_found_in_its_trap(row: str, trap: str) -> None:
    assert row not in acts_in(trap)


def test_every_kind_of_the_codebook_has_words() -> None:
    assert KINDS - {row["kind"] for row in ACTS} == set()


def test_every_row_names_a_kind_or_an_open_class() -> None:
    assert {row["kind"] for row in ACTS} - KINDS <= {"fire", "attack", "harm"}


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("ارتقى فتيان برصاص الجنود قرب السياج", "ascend"),
        ("اقتاد الملثمون صاحب الدكان إلى جهة غير معروفة", "lead_away"),
        ("أضرب أصحاب المخابز يوما واحدا", "labour_strike2"),
        ("انتشلت الفرق جثث ستة رجال من تحت السقف", "recover_body"),
        ("أبطل خبراء المتفجرات مفعول لغم", "defuse2"),
        ("اقتلع مستوطنون عشرين شجرة", "uproot"),
        ("أجبرت الفصائل سكان الحارة على ترك منازلهم", "force_out"),
        ("استحدثت الدوريات حاجزا جديدا عند المفرق", "set_post4"),
        ("انكفأت القوة المهاجمة نحو الوادي", "fall_back"),
        ("التحم المدافعون مع قوة متقدمة", "close_in"),
        ("خرجت تسعون عائلة من المخيم صباحا", "exit_civ"),
        ("لوح الناطق بضرب الموانئ", "hint_force"),
        ("احتجز خفر السواحل ناقلة محملة بالوقود", "seize_ship"),
        ("أحكمت الكتيبة سيطرتها على المرتفع", "tighten_control"),
        ("أعلنت الوزارة تحييد ستة مسلحين في الجبال", "neutralise"),
    ],
)
def test_what_newsrooms_tell_of_is_found(sentence: str, act: str) -> None:
    assert act in acts_in(sentence)


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("غير الجيش قواعد الاشتباك على الحدود", "clash"),
        ("سيارة دفع رباعي كانت ضمن قوات الموكب", "push"),
        ("شكت البعثة من انتهاكات وقف إطلاق النار", "truce"),
        ("شكت البعثة من انتهاكات وقف إطلاق النار", "gunfire_noun"),
        ("نشرت الوكالة عبر قناتها الرسمية على الشبكة صورا تظهر دبابات", "deploy"),
        ("قتل أحد عناصر التسوية في البلدة", "settle"),
        ("واصل الاحتلال القصف", "occupy"),
        ("تغير الوضع في المدينة قبل وصول طائرات الإغاثة", "air_raid"),
        ("ألغام قديمة تهدد حياة الرعاة", "threaten"),
        ("حركة سياسية جديدة تضم قوات محلية", "move_up"),
        ("أصدرت المحكمة حكما في الطعن بالنتائج", "booby_trap"),
        ("توقفت المحادثات وقال إن التفاهم المتبادل ضروري", "understanding"),
        ("حقق الرماة إصابة مباشرة", "wound"),
    ],
)
def test_what_only_looks_like_an_act_is_none(sentence: str, act: str) -> None:
    assert act not in acts_in(sentence)
