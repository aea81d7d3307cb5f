"""Who: names with the nouns that build them, names that several bodies share, short names that refer back."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from analysis.coding.actors import ActorMention, ancestors, find_actors, read_actors, side_of
from analysis.coding.lexicon import default_lexicon
from analysis.coding.mentions import find_mentions
from analysis.coding.text import fold

BEFORE, AFTER = date(2022, 6, 1), date(2025, 6, 1)
"""Before and after the government of Syria changed hands on 8 December 2024."""


def actors(phrase: str, published: date | None = BEFORE, outlet: str | None = None) -> list[ActorMention]:
    text = fold(phrase)
    return find_actors(text, find_mentions(text, default_lexicon()), published, outlet)


def named(phrase: str, published: date | None = BEFORE, outlet: str | None = None) -> list[tuple[str, str | None]]:
    return [(phrase[m.start : m.end], m.actor_id) for m in actors(phrase, published, outlet)]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("مرت دورية تابعة للحرس الثوري", [("دورية تابعة للحرس الثوري", "irgc")]),
        ("قُتل قيادي في داعش", [("قيادي في داعش", "isis")]),
        ("هاجم عناصر من ميليشيا قسد الحي", [("عناصر من ميليشيا قسد", "sdf")]),
        ("حلقت طائرات مسيرة تابعة لـ «قسد»", [("طائرات مسيرة تابعة", "sdf")]),
        ("أصيب أحد عناصر قوات النظام", [("أحد عناصر قوات النظام", "syrian_army")]),
        ("دمر سيارة عسكرية لقوات الأسد", [("سيارة عسكرية لقوات الأسد", "syrian_army")]),
        ("وصل رتل عسكري أمريكي", [("رتل عسكري أمريكي", "us")]),
        ("قصفت مسيّرة تركية النقطة", [("مسيّرة تركية", "turkey")]),
        ("سيرت القوات التركية والروسية دورية", [("القوات التركية", "turkey"), ("الروسية", "russia"), ("دورية", None)]),
        ("استهدف قاعدة حقل العمر الأمريكية", [("الأمريكية", "us")]),
        ("شن غارات يرجح أنها إسرائيلية", [("إسرائيلية", "israel")]),
        (
            "أصيب عناصر اللواء الثامن التابع للأمن العسكري",
            [("عناصر اللواء الثامن التابع للأمن العسكري", "syrian_state")],
        ),
        ("هاجم مسلحون سيارة تابعة لقسد", [("مسلحون", "unknown"), ("سيارة تابعة لقسد", "sdf")]),
        (
            "هاجم الإرهابيون حاجزا لقوات النظام",
            [("الإرهابيون", "opposition_factions"), ("حاجزا لقوات النظام", "syrian_army")],
        ),
        ("أوقف جنديان عنصرين من داعش", [("جنديان", None), ("عنصرين من داعش", "isis")]),
        ("قصفت طيران التحالف الدولي", [("طيران التحالف الدولي", "coalition")]),
        ("سلم المسلحون لقوات النظام أسلحة", [("المسلحون", "unknown"), ("قوات النظام", "syrian_army")]),
        ("هاجمه مسلحون مجهولون", [("مسلحون مجهولون", "unknown")]),
        ("قصفت طائرات مجهولة الهوية الموقع", [("طائرات مجهولة الهوية", "unknown")]),
        (
            "مقتل مدنيين اثنين ومتظاهر وصحفية",
            [("مدنيين", "civilians"), ("متظاهر", "protesters"), ("صحفية", "journalists")],
        ),
    ],
)
def test_a_phrase_is_one_mention_with_its_nouns(phrase: str, expected: list) -> None:
    if "«" in phrase:
        expected = [(phrase[phrase.index("طائرات") : phrase.index("»")], "sdf")]
    assert named(phrase) == expected


@pytest.mark.parametrize("militia", ["ميليشيا", "مليشيا", "ميليشيات", "المليشيات", "الميلشيات", "الميليشيات"])
@pytest.mark.parametrize(
    "loyal", ["إيرانية", "الموالية لإيران", "المدعومة من إيران", "التابعة لإيران", "الموالية لطهران"]
)
def test_militias_of_iran_are_found_in_every_spelling(militia: str, loyal: str) -> None:
    loyal = f"ال{loyal}" if loyal == "إيرانية" and militia.startswith("ال") else loyal
    assert named(f"استهدف {militia} {loyal}") == [(f"{militia} {loyal}", "iran_backed_militias")]


@pytest.mark.parametrize(
    ("phrase", "actor"),
    [
        ("أذرع إيران", "iran_backed_militias"),
        ('"قسد"', "sdf"),
        ("قوات سوريا الديمقراطية", "sdf"),
        ("قوات سوريا الديموقراطية", "sdf"),
        ("قوات سورية الديمقراطية", "sdf"),
        ("د1عش", "isis"),
        ("تنظيم الدولة", "isis"),
        ("خلايا التنظيم", "isis"),
        ("عصابات الأسد", "syrian_army"),
        ("ميليشيا أسد", "syrian_army"),
        ("جيش الاحتلال التركي", "turkey"),
        ("مرتزقة جيش الاحتلال التركي", "sna"),
        ("فصائل موالية لتركيا", "sna"),
        ("كتائب حزب الله العراقي", "kataib_hezbollah"),
        ("حزب الله اللبناني", "hezbollah"),
        ("رئيس الوزراء العراقي", "iraqi_state"),
        ("مصطفى الكاظمي", "iraqi_state"),
    ],
)
def test_epithets_and_spellings_resolve(phrase: str, actor: str) -> None:
    assert [m.actor_id for m in actors(f"تقرير عن {phrase}")] == [actor]


@pytest.mark.parametrize(
    ("phrase", "published", "actor"),
    [
        ("انتشر الجيش السوري", BEFORE, "syrian_army"),
        ("انتشر الجيش السوري", date(2024, 12, 7), "syrian_army"),
        ("انتشر الجيش السوري", date(2024, 12, 8), "syrian_government_2024"),
        ("انتشر الجيش السوري", AFTER, "syrian_government_2024"),
        ("أعلنت وزارة الدفاع السورية", AFTER, "syrian_government_2024"),
        ("انتشر الأمن العام", AFTER, "syrian_government_2024"),
        ("فلول النظام المخلوع", AFTER, "syrian_army"),
        ("سيطرت القوات الكردية", date(2015, 7, 1), "ypg"),
        ("سيطرت القوات الكردية", BEFORE, "sdf"),
        ("انتشر الجيش السوري", None, None),  # without a day it stays open
    ],
)
def test_a_name_means_who_bore_it_on_that_day(phrase: str, published: date | None, actor: str | None) -> None:
    assert [m.actor_id for m in actors(phrase, published)] == [actor]


def test_what_cannot_be_decided_keeps_its_candidates() -> None:
    (mention,) = actors("انتشر الجيش السوري", None)
    assert mention.actor_id is None
    assert set(mention.candidates) == {"syrian_army", "syrian_government_2024"}


@pytest.mark.parametrize(
    ("phrase", "actor"),
    [
        ("قصف حزب الله موقعا من جنوب لبنان", "hezbollah"),
        ("هاجم حزب الله رتلا قرب بغداد", "kataib_hezbollah"),
        ("حلق طيران التحالف فوق دير الزور", "coalition"),
        ("قصف طيران التحالف مواقع في صنعاء", "saudi_coalition"),
        ("قتل ضابط في الحرس الجمهوري بريف دمشق", "republican_guard_syria"),
        ("هاجم الحرس الجمهوري حيا في تعز باليمن", "other"),
        ("قصف الجيش الوطني نقطة في ريف حلب", "sna"),
        ("تقدم الجيش الوطني في مأرب باليمن", "yemeni_government"),
        ("اقتحم الاحتلال مخيم جنين في الضفة الغربية", "israel"),
        ("قصف الاحتلال التركي ريف تل تمر", "turkey"),
        ("أعلنت القوات الأمنية في بغداد", "iraqi_forces"),
        ("قصف العدو", None),
        ("هاجم المرتزقة", None),
    ],
)
def test_a_shared_name_is_decided_by_where_the_report_plays(phrase: str, actor: str | None) -> None:
    assert {m.actor_id for m in actors(phrase) if m.use not in ("back", "generic")} == {actor}


@pytest.mark.parametrize(
    ("phrase", "actor"),
    [
        ("قصفت القوات التركية والفصائل الموالية لها القرية", "sna"),
        ("انسحب الحرس الثوري والميليشيات الموالية له", "iran_backed_militias"),
        ("تقدمت قوات النظام والميليشيات المساندة لها", "syrian_army"),
    ],
)
def test_clients_are_those_of_the_backer_named_before(phrase: str, actor: str) -> None:
    assert actors(phrase)[-1].actor_id == actor


@pytest.mark.parametrize(
    ("phrase", "noun", "actor"),
    [
        ("قصف التحالف الدولي موقعا للواء فاطميون وردت الميليشيا بعد ساعة", "الميليشيا", "fatemiyoun"),
        ("نقلت ميليشيا الباقر ذخائر وحلق طيران التحالف الدولي فانسحبت تلك الميليشيا", "الميليشيا", "baqir_brigade"),
        ("دخلت قوات سوريا الديمقراطية القرية بعد خروج ميليشيا الباقر ونشرت القوات حواجز", "القوات", "sdf"),
        ("حلق طيران التحالف الدولي ثم انسحبت الميليشيا", "الميليشيا", None),
    ],
)
def test_a_noun_alone_refers_to_the_last_actor_of_its_kind(phrase: str, noun: str, actor: str | None) -> None:
    at = phrase.rindex(noun)
    (mention,) = [m for m in actors(phrase) if m.start <= at < m.end]
    assert (mention.use, mention.actor_id) == ("back", actor)


@pytest.mark.parametrize(
    ("phrase", "span"),
    [
        ("تعرضت نقاط عسكرية تابعة لميليشيا الباقر لقصف", "نقاط عسكرية تابعة لميليشيا الباقر"),
        ("وتعرضت النقاط التابعة لميليشيا فاطميون", "النقاط التابعة لميليشيا فاطميون"),
    ],
)
def test_a_phrase_reaches_over_the_noun_that_it_belongs_to(phrase: str, span: str) -> None:
    assert span in {phrase[m.start : m.end] for m in actors(phrase)}


@pytest.mark.parametrize(
    ("phrase", "actor"),
    [
        ("هاجم تنظيم داعش حقلا. ثم انسحب التنظيم", "isis"),
        ("قصفت تركيا مواقع حزب العمال الكردستاني وقال الحزب إنه سيرد", "pkk"),
        ("قال الجيش الأردني إن مسيرة سقطت وأضاف الجيش أنه أسقطها", "jordan"),
        ("هاجمت قسد القرية ونشرت قواتها", "sdf"),
        ("اعتقلت هيئة تحرير الشام رجلا وقالت الهيئة إنه مطلوب", "hts"),
    ],
)
def test_a_short_name_refers_back(phrase: str, actor: str) -> None:
    mention = actors(phrase)[-1]
    expected = "other" if actor == "jordan" else actor
    assert (mention.actor_id, mention.reason) == (expected, "refers back")


@pytest.mark.parametrize(
    "phrase",
    [
        "زار الوفد دير مار موسى",
        "وصل إلى المدينة المنورة",
        "نشر الموقع الإلكتروني خبرا",
        "تأخرت رحلة شركة طيران",
        "وضعوا قاعدة للتفاوض",
        "خطب الإمام عن الجهاد وفضله",
        "احتفل الفريق بالنصر",
        "توكلوا على الله",
        "دفع مئة ليرة تركية",
        "قال المرصد السوري لحقوق الإنسان",
        "سافر إلى تركيا عبر الحدود التركية",
        "اقتادوه إلى جهة مجهولة",
        "بحسب النظام الداخلي للهيئة العامة",
        "وقعوا تحالف انتخابي",
    ],
)
def test_a_word_with_another_meaning_is_no_actor(phrase: str) -> None:
    assert named(phrase) == []


def test_a_name_within_another_name_is_not_found_twice() -> None:
    assert named("أعلن مجلس سوريا الديمقراطية موقفه") == [("مجلس سوريا الديمقراطية", "sdf")]
    assert named("قصف قرب حي الحرس الجمهوري") in ([], [("الحرس الجمهوري", "republican_guard_syria")])


def test_a_mention_keeps_the_finer_entity() -> None:
    (mention,) = actors("قُتل عصام زهر الدين")
    assert (mention.entity_id, mention.actor_id) == ("issam_zahreddine", "republican_guard_syria")


def test_spans_hold_what_was_published_and_say_where_the_name_begins() -> None:
    phrase = "قُصِفت  دوريّةٌ   تابعةٌ للحرسِ الثوريّ أمس"
    (mention,) = actors(phrase)
    assert phrase[mention.start : mention.end] == "دوريّةٌ   تابعةٌ للحرسِ الثوريّ"
    assert fold(phrase).folded[mention.name_at : mention.to] == "لحرس الثوري"
    assert mention.head_at == mention.at < mention.name_at
    assert mention.head == "force"


@pytest.mark.parametrize(
    ("actor", "above", "side"),
    [
        ("soleimani", ["irgc_quds_force", "irgc", "iran"], "iran"),
        ("houthis", ["iran_backed_militias", "iran"], "houthis"),
        ("civilians", [], "civilians"),
        ("nobody_known", [], None),
    ],
)
def test_an_actor_has_a_side_and_what_it_belongs_to(actor: str, above: list[str], side: str | None) -> None:
    assert (ancestors(actor), side_of(actor)) == (above, side)


def test_every_actor_is_counted_as_itself_or_as_one_it_belongs_to() -> None:
    table = read_actors().set_index("id")
    codebook = set(table.index[table.source == "codebook"])
    for actor, row in table.iterrows():
        counted = row.coded_as or actor
        assert counted in codebook, actor
        assert counted in ("other", "civilians", actor) or counted in codebook


@pytest.mark.parametrize("phrase", ["قوات النظام ", "التنظيم ", "عناصر من ", "الموالية لها ", "قواتها "])
def test_time_grows_with_the_length_of_a_hostile_text_and_not_faster(phrase: str) -> None:
    def seconds(length: int) -> float:
        text = fold((phrase * (length // len(phrase) + 1))[:length])
        mentions = find_mentions(text, default_lexicon())
        started = time.process_time()
        find_actors(text, mentions, BEFORE)
        return time.process_time() - started

    short, long = min(seconds(5_000) for _ in range(3)), min(seconds(40_000) for _ in range(2))
    assert long < 8 * 4 * short + 0.1


@pytest.mark.shared
@pytest.mark.parametrize(("name", "least"), [("train", 0.95), ("dev", 0.92)])
def test_the_actors_that_the_gold_names_are_found(shared: Path, name: str, least: float) -> None:
    hits = total = 0
    for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        report = record["report"]
        published = date.fromisoformat(report["published"][:10]) if report.get("published") else None
        ids = {m.actor_id for m in actors(report["text"], published, report.get("source"))}
        for incident in record["incidents"]:
            wanted = {*incident["actors"], *incident["targets"]}
            total += len(wanted)
            hits += len(wanted & ids)
    assert hits >= least * total, f"{hits} of {total}"


@pytest.mark.shared
def test_the_ids_of_the_codebook_are_all_there(shared: Path) -> None:
    lines = (shared / "ontology" / "actors.csv").read_text(encoding="utf-8").splitlines()[1:]
    ids = [line.split(",")[0] for line in lines]
    table = read_actors().set_index("id")
    assert table.index[: len(ids)].tolist() == ids
    assert (table.loc[ids, "coded_as"] == "").all()
