"""Villages that the text spells otherwise than the table: found in or near what is named, and nowhere else."""

from __future__ import annotations

import pytest

from analysis.coding.gazetteer import default_gazetteer
from analysis.coding.lexicon import default_lexicon
from analysis.coding.mentions import find_mentions
from analysis.coding.place_spellings import spelling_keys
from analysis.coding.places import PlaceMention, find_places
from analysis.coding.text import fold, fold_word


def first(text: str) -> PlaceMention:
    folded = fold(text)
    return find_places(folded, find_mentions(folded, default_lexicon()))[0]


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("سقطت قذيفتان على قرية سلماسه شمالي تل تمر", "قرية سلماسه", "salmasah"),
        ("عبوة انفجرت في بلدة المركده جنوب الحسكة", "بلدة المركده", "markadah"),
        ("توغل رتل نحو قرية تل الضيق بريف القامشلي", "قرية تل الضيق", "tall_dayyiq"),
        ("حريق في قريتي علوك الغربية وتل الأمير بريف رأس العين", "قريتي علوك الغربية", "uluk_gharbi"),
        ("قتل شابان في قرية حسرات شرق البوكمال", "قرية حسرات", "hasrat"),
        ("لغم قرب قرية سميحان الشرقية شرق تل حميس", "قرب قرية سميحان الشرقية", "sumayhan_sharqi"),
        ("هجوم على قرية ابو حردوبة شرق دير الزور", "قرية ابو حردوبة", "abu_hardub"),
        ("مداهمة في قرية حرمشيخو بريف الحسكة", "قرية حرمشيخو", "haram_shaykhu"),
        ("قصفت مدفعية تركية قرية خربت الرز في ريف الرقة", "قرية خربت الرز", "khirbat_ar_ruzz"),
        ("عاد الأهالي إلى قرية طل علو قرب اليعربية", "قرية طل علو", "tall_allu"),
    ],
)
def test_a_village_is_found_in_another_spelling_of_its_name(text: str, name: str, place_id: str) -> None:
    place = first(text)
    assert (text[place.start : place.end], place.place_id) == (name, place_id)


@pytest.mark.parametrize(
    "text",
    [
        "قصف على قرية سلماسه غربي إدلب",
        "قصف على قرية سلماسه",
        "قال سلماسه إن الطريق مغلق",
        "قصف على قرية خربة الكوبانيات بريف الحسكة",
        "انفجار في قرية القاهرة بريف الحسكة",
    ],
)
def test_no_village_is_meant_far_from_what_is_named_or_without_a_word_for_a_settlement(text: str) -> None:
    folded = fold(text)
    places = find_places(folded, find_mentions(folded, default_lexicon()))
    assert [p.place_id for p in places if p.kind in ("village", "town", "city") and p.place_id] == []


def test_a_direction_before_another_name_is_no_part_of_the_name() -> None:
    text = "قصف قرية سميحان شرق الحسكة"
    assert text[first(text).start : first(text).end] == "قرية سميحان"


def test_a_point_found_by_sound_alone_is_only_near() -> None:
    text = "عاد الأهالي إلى قرية طل علو قرب اليعربية"
    assert first(text).precision == "near"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("الجديدة الغربية", "جديدة غربية", 0),
        ("معرت حرمة", "معرّة حرمه", 1),
        ("ابو حردوب", "أبو حردوبة", 1),
        ("بئر نباج", "بيرنباج", 1),
        ("علوك الغربية", "علوك غربي", 1),
        ("حجي خلف", "الحاج خلف", 1),
        ("مرقدة", "مركدا", 2),
        ("صوامع الظهر", "سوامع الزهر", 2),
        ("شرموخ صغير", "شرموخ", 3),
    ],
)
def test_two_spellings_have_a_key_in_common(one: str, other: str, level: int) -> None:
    keys, others = spelling_keys(fold_word(one)), spelling_keys(fold_word(other))
    assert keys[level] == others[level]
    assert keys[:level] != others[:level] or level == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("الصياد", "الصيادي"), ("تل عيد", "عيد"), ("الحمام", "الهمم"), ("بيت سوا", "بي سوا"), ("شورا", "شور شرقي")],
)
def test_two_names_have_none(one: str, other: str) -> None:
    keys, others = spelling_keys(fold_word(one)), spelling_keys(fold_word(other))
    assert [key for key, its in zip(keys, others, strict=True) if key == its] == []


def test_the_keys_are_made_once_for_a_gazetteer() -> None:
    first("قصف قرية زنبقان بريف الحسكة")
    kept = default_gazetteer().spelled
    first("قصف قرية زنبقون بريف الرقة")
    assert len(kept) == len(spelling_keys(""))
    assert default_gazetteer().spelled is kept
