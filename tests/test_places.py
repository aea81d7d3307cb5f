"""Places in texts: found with their head nouns, resolved by what stands around them."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from analysis.coding.gazetteer import default_gazetteer
from analysis.coding.lexicon import default_lexicon, read_entries
from analysis.coding.mentions import find_mentions
from analysis.coding.places import PlaceMention, find_places
from analysis.coding.text import fold


def places(text: str, dateline: str | None = None) -> list[PlaceMention]:
    folded = fold(text)
    return find_places(folded, find_mentions(folded, default_lexicon()), dateline=dateline)


def found(text: str, dateline: str | None = None) -> list[tuple[str, str | None]]:
    return [(text[p.start : p.end], p.place_id) for p in places(text, dateline)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف على مدينة دير الزور", [("مدينة دير الزور", "deir_ez_zor")]),
        ("قصف على محافظة دير الزور", [("محافظة دير الزور", "deir_ez_zor_gov")]),
        ("قصف على ريف دير الزور الشرقي", [("ريف دير الزور الشرقي", "deir_ez_zor_east")]),
        ("قصف على ريف القامشلي الجنوبي", [("ريف القامشلي الجنوبي", "qamishli_district")]),
        ("غارة على قاعدة حقل العمر", [("قاعدة حقل العمر", "omar_oil_field")]),
        ("غارة في بادية بلدة القورية", [("بادية بلدة القورية", "quriyah")]),
        ("انفجار بالقرب من مدينة كفرنبل", [("بالقرب من مدينة كفرنبل", "kafranbil")]),
        ("انفجار على أطراف بلدة هجين أمس", [("أطراف بلدة هجين", "hajin")]),
        ("هجوم جنوب شرقي البوكمال", [("جنوب شرقي البوكمال", "abu_kamal")]),
        ("على الطريق الواصل بين مدينتي نوى وجاسم", [("الطريق الواصل بين مدينتي نوى", "nawa"), ("جاسم", "jasim")]),
        ("في #دير_الزور", [("دير_الزور", "deir_ez_zor")]),
        ("من بلدتي الشحيل والبصيرة", [("بلدتي الشحيل", "shuhayl"), ("البصيرة", "busayrah")]),
        ("اجتماع في «الميادين»", [("الميادين", "mayadin")]),
        ("شهدت السلمية تظاهرة", [("السلمية", "as_salamiyah")]),
        ("في بلدات الخيام، العديسة", [("بلدات الخيام", "khiam"), ("العديسة", "odaisseh")]),
        ("أعلنت القيادة اليوم الرقة منطقة مفتوحة", [("الرقة", "ar_raqqah")]),
        ("وصلوا إلى الفرقلس ليلا", [("الفرقلس", "furqlus")]),
        ("استهدفت قوات حكومية كفرعمة", [("كفرعمة", "kafr_amma")]),
        ("مدينة حديثة غربي العراق", [("مدينة حديثة", "haditha"), ("غربي العراق", "iraq")]),
        ("قتال في بلدة الحراك بدرعا", [("بلدة الحراك", "hirak"), ("درعا", "dara")]),
    ],
)
def test_a_head_noun_belongs_to_the_place_and_narrows_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كمين على طريق دير الزور – تدمر", [("طريق دير الزور – تدمر", "deir_ez_zor_palmyra_road")]),
        ("لغم على طريق خناصر-أثريا أمس", [("طريق خناصر-أثريا", "ithriya_khanasir_road")]),
        (
            "على الطريق الواصل بين مدينتي الرقة والحسكة",
            [("الطريق الواصل بين مدينتي الرقة والحسكة", "raqqa_hasakah_road")],
        ),
        ("رتل على الطريق الدولي أم 4", [("الطريق الدولي أم 4", "m4_highway")]),
        ("إصابة أم 4 أطفال", []),
        ("حافلات من دير الزور - تدمر", [("دير الزور", "deir_ez_zor"), ("تدمر", "tadmur")]),
        ("عبوة على أوتوستراد حمص حماة", [("أوتوستراد حمص حماة", "homs_hama_road")]),
        ("كمين على الطريق العام بين الرمادي والفلوجة", [("الطريق العام بين الرمادي والفلوجة", "ramadi_fallujah_road")]),
        ("لغم على طريق الـM4 أمس", [("طريق الـM4", "m4_highway")]),
        ("على طريق الرقة، ووصل إلى الحسكة", [("طريق الرقة", "ar_raqqah"), ("الحسكة", "al_hasakah")]),
    ],
)
def test_a_road_with_both_its_ends_is_one_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "precisions"),
    [
        ("كمين على الطريق الواصل بين بلدتي الصور والبصيرة", ["area", "area"]),
        ("كمين على طريق نوى - إزرع", ["area", "area"]),
        ("كمين على طريق نوى، وقصف على إزرع", ["near", "town"]),
        ("دورية بين نوى وإزرع", ["near", "town"]),
    ],
)
def test_what_happened_on_a_road_that_no_table_has_lies_somewhere_between_its_ends(
    text: str, precisions: list[str]
) -> None:
    assert [p.precision for p in places(text)] == precisions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("عثروا على ألغام قرب خط السكة في بلدة هجين", ("قرب خط السكة", "hajin")),
        ("تسللوا من جهة محطة القطار وسط حلب", ("محطة القطار وسط حلب", "aleppo")),
        ("سرقوا قضبان السكة الحديدية في الشدادي", ("السكة الحديدية", "shaddadi_town")),
    ],
)
def test_a_railway_stands_in_the_town_named_beside_it(text: str, expected: tuple[str, str]) -> None:
    assert found(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أغلق الحارس الباب ونام", []),
        ("كسرت دورية الجيش الباب ودخلت", []),
        ("خرجوا من الباب الخلفي", []),
        ("أغلقت قسد مدينة الباب", [("مدينة الباب", "al_bab")]),
        ("فتحت الشرطة الطريق إلى الباب", [("الباب", "al_bab")]),
        ("قصفت المدفعية الباب", [("الباب", "al_bab")]),
        ("جرح جندياً سورياً وآخر تركيًا", []),
        ("كانت دوماً هادئة", []),
        ("قصف على دوما في سوريا", [("دوما", "duma"), ("سوريا", "syria")]),
        ("قال مراسل تلفزيون سوريا في الرقة", [("الرقة", "ar_raqqah")]),
        ('ذكرت شبكة "الخابور" أن القصف توقف', []),
        ("قصف قرب نهر الخابور", [("قرب نهر الخابور", "khabur")]),
    ],
)
def test_a_door_an_adjective_and_a_newspaper_are_no_places(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("داهموا قرية أبو حامضة بمنطقة الدشيشة. ثم غادروا القرية.", "abu_hamidah"),
        ("دخلوا بلدة آفس قرب مدينة سراقب. وقصفت البلدة.", "afis"),
        ("قصفوا كنصفرة. ثم غادروا القرية.", "kansafrah"),
    ],
)
def test_the_village_is_what_the_text_called_a_village(text: str, expected: str) -> None:
    assert found(text)[-1][1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف على قرية عدوان غربي إدلب", None),
        ("قصف على قريتي الروضة والزنبقات بريف الحسكة", None),
        ("قصف على قرية عدوان غربي نوى", "adwan"),
        ("قصف على قرية عدوان", "adwan"),
        ("احترقت أكوام الطوب في حلب", None),
    ],
)
def test_a_village_far_from_all_else_that_is_named_is_another_of_its_name(text: str, expected: str | None) -> None:
    place = next((p for p in places(text) if p.kind == "village" or p.place_id is None), None)
    assert (place.place_id if place else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في قرية تل الزيتونات أمس", [("قرية تل الزيتونات", None)]),
        ('قصف قرية "عين البلوطات" ليلا', [('قرية "عين البلوطات', None)]),
        ("في قرية البو زيتون أمس", [("قرية البو زيتون", None)]),
        ("قصف قرى السنبلات، والزنبقات، والريحانات.", [("قرى السنبلات", None), ("الزنبقات", None), ("الريحانات", None)]),
    ],
)
def test_an_unknown_name_after_a_head_noun_comes_back_unresolved(text: str, expected: list[tuple[str, None]]) -> None:
    assert found(text) == expected
    assert all(p.lat is None and p.candidates == () for p in places(text))


@pytest.mark.parametrize(
    "text",
    [
        "زار دير الرهبان القديم",
        "أهداف الثورة السورية",
        "قتل العديد من المدنيين",
        "نقل عنه أنه رفض",
        "موقع إخباري نشر الصور",
        "قرية كانت تحت سيطرة الفصائل",
        "منطقة آمنة على الحدود",
        "من شدة القصف",
        "تسلم الإدارة الجديدة الملف",
        "خرجت التظاهرات السلمية أمس",
        "ضبطوا كمية من المواد المخدرة",
        "رفع الرايات السوداء",
        "تبنوا الحلول السلمية ولم يتخلوا عنها",
        "كانت حركتهم سلمية",
        "اعتقلوا شخصية بارزة",
        "سالت الدماء وظلت تسيل",
        "امتد الحراك الشعبي",
        "حاولوا كسب الوقت",
        "اشتروا دبابات حديثة",
        "ألقى خطابا وختم حديثه عن السلام",
        "استقبلوهم بإعزاز كبير",
    ],
)
def test_a_word_that_only_looks_like_a_place_is_none(text: str) -> None:
    assert [name for name, place_id in found(text) if place_id] == []


@pytest.mark.parametrize(
    ("text", "dateline", "expected"),
    [
        ("قصف على الصالحية قرب البوكمال", None, "salihiyah_dura_europos"),
        ("قتلى في قرية الصالحية بريف البوكمال", None, "salihiyah_dura_europos"),
        ("قتلى في بلدة المنصورة بمحافظة عدن", None, "al_mansurah_2"),
        ("انفجار في طرابلس. وزار وفد بيروت.", None, "tripoli_lebanon"),
        ("انفجار في طرابلس. وزار وفد بنغازي.", None, "tripoli_libya"),
        ("انفجار في طرابلس", None, None),
        ("انفجار في طرابلس", "beirut", "tripoli_lebanon"),
        ("مقتل شخص في سنجار غرب الموصل", None, "sinjar"),
    ],
)
def test_namesakes_are_decided_by_sentence_report_and_dateline_or_not_at_all(
    text: str, dateline: str | None, expected: str | None
) -> None:
    place = places(text, dateline)[0]
    assert place.place_id == expected
    if expected is None:
        assert len(place.candidates) > 1
        assert place.lat is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصف قرى هجين والسنبلات.", [("قرى هجين", "hajin"), ("السنبلات", None)]),
        (
            "قصف بلدات هجين والشعفة، واستهدفت مدينة الرقة",
            [("بلدات هجين", "hajin"), ("الشعفة", "shafah"), ("مدينة الرقة", "ar_raqqah")],
        ),
        ("في ضواحي إسطنبول، وفق مصدر", [("ضواحي إسطنبول", "istanbul")]),
    ],
)
def test_a_list_that_begins_with_a_known_name_keeps_it(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected


def test_one_place_that_cannot_be_resolved_spoils_no_other() -> None:
    assert found("قصف على قرية زنبقان وبلدة هجين وطرابلس") == [
        ("قرية زنبقان", None),
        ("بلدة هجين", "hajin"),
        ("طرابلس", None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اقتحموا بلدة هجين. ثم غادروا البلدة.", ("البلدة", "hajin")),
        ("قصف مدينة إعزاز. وطال القصف محيط المدينة.", ("محيط المدينة", "azaz")),
        ("انفجار في دير الزور. وفي الريف الشرقي قتل رجل.", ("الريف الشرقي", "deir_ez_zor_east")),
        ("هاجموا سجن الصناعة. وحوصر السجن.", ("السجن", "sinaa_prison")),
        ("انفجار في بلدة هجين قرب السوق الشعبي.", ("السوق", "hajin")),
    ],
)
def test_a_head_noun_with_the_article_means_a_place_named_before(text: str, expected: tuple[str, str]) -> None:
    name, place_id = found(text)[-1]
    assert (name.startswith(expected[0]) or name.endswith(expected[0]), place_id) == (True, expected[1])


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("في قاعدة عين الأسد", "exact"),
        ("في مدينة الميادين", "town"),
        ("في محيط مدينة الميادين", "near"),
        ("غربي مدينة الميادين", "near"),
        ("في بادية الميادين", "area"),
        ("في ريف حلب الشمالي", "area"),
        ("في محافظة نينوى", "admin"),
    ],
)
def test_the_precision_says_what_the_head_nouns_say(text: str, precision: str) -> None:
    assert [p.precision for p in places(text)] == [precision]


def test_a_country_has_no_point() -> None:
    assert [(p.place_id, p.lat) for p in places("في سوريا والعراق")] == [("syria", None), ("iraq", None)]


def test_every_span_is_where_the_text_has_it() -> None:
    text = "قُصفت مدينةُ الرّقة، و«بلدة الكرامة» وقرية زنبقان ثم ريف إدلب."
    for place in places(text):
        assert fold(text[place.start : place.end]).folded.strip() == fold(text).folded[place.at : place.to].strip()


def test_every_place_noun_at_the_end_of_a_text_is_survived() -> None:
    for entry in read_entries():
        if entry.sort == "heads":
            places(f"قرب {entry.form}")


def test_finding_places_is_linear_in_hostile_text() -> None:
    def seconds(count: int) -> float:
        text = "قرى " + "ل، " * count + "مدينة " * count
        begun = time.process_time()
        places(text)
        return time.process_time() - begun

    seconds(100)
    assert seconds(16_000) < 40 * max(seconds(2000), 0.002)


@pytest.mark.shared
def test_gold_places_are_found_and_resolved(shared: Path) -> None:
    gazetteer = default_gazetteer()
    quotes = hits = near = placed = 0
    for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        mentions = places(report["report"]["text"])
        countries = [gazetteer.places[m.place_id].country for m in mentions if m.place_id]
        here = sum(c in ("SY", "IQ") for c in countries) * 2 >= max(1, len(countries))
        for start, end in {tuple(q["span"]) for i in report["incidents"] for q in i["places"]}:
            over = [m for m in mentions if m.start < end and start < m.end]
            quotes += 1
            hits += bool(over)
            if here:
                near += 1
                placed += any(m.lat is not None for m in over)
    assert hits / quotes >= 0.90
    assert placed / near >= 0.85


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("لغم في قرية شاهين بريف الحسكة", [("قرية شاهين", "shahin")]),
        ("قال شاهين إن الطريق إلى الحسكة مغلق", [("الحسكة", "al_hasakah")]),
        ("خرج شاهين شرق شاهين بعد القصف", []),
        ("قصف على قريتي شاهين وجلغم في محافظة الحسكة", "shahin jalgham al_hasakah_gov"),
        ("جريمة في قرية البشيرية بريف الحسكة", "bushayriyah al_hasakah_gov"),
        ("نزوح من قرى فلسطين", "palestine"),
        ("قصف على قرية الحمران قرب جرابلس", "hamran_crossing jarabulus"),
        ("انفجار في قرية شاهين غربي إدلب", [("قرية شاهين", None)]),
        ("قصف مدرسة أبو حسين في جباليا", "jabalia"),
        ("أوقف محمد حسين في مدينة إدلب", [("مدينة إدلب", "idlib")]),
    ],
)
def test_a_little_village_needs_a_word_for_a_settlement_and_comes_last_of_its_name(
    text: str, expected: list[tuple[str, str | None]] | str
) -> None:
    if isinstance(expected, str):
        assert [place_id for _, place_id in found(text)][: len(expected.split())] == expected.split()
    else:
        assert found(text)[: len(expected)] == expected


GOVERNORATES = {"al_hasakah_gov": "الحسكة", "ar_raqqah_gov": "الرقة", "deir_ez_zor_gov": "دير الزور"}


def test_every_village_of_the_jazira_is_found_by_name_or_is_a_tie_with_its_namesakes() -> None:
    gazetteer = default_gazetteer()
    wrong = []
    villages = [p for p in gazetteer.places.values() if p.admin1 in GOVERNORATES and p.kind == "village"]
    villages = [p for p in villages if p.source.startswith("GeoNames")]
    for village in villages:
        place = places(f"لغم قرب قرية {village.name_ar} في ريف {GOVERNORATES[village.admin1]}")[0]
        found_at = gazetteer.places[place.place_id].admin1 if place.place_id else ""
        if found_at != village.admin1 and (place.place_id or village.id not in place.candidates):
            wrong.append((village.id, village.name_ar, place.place_id, place.candidates, place.reason))
    assert len(villages) > 2200
    assert wrong == []
