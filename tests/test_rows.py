"""From coded reports to the tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.coding.coder import Coded, build_resources, code_report, code_reports
from analysis.coding.lexicon import read_table
from analysis.coding.rows import confidence, find_evidence, sums_up
from analysis.coding.when import NOT_SAID
from analysis.paths import data_path
from analysis.tables import INCIDENTS, LOCATIONS, PARTICIPANTS, PUBLICATIONS, check_table


def table(text: str, published: str | None = "2023-03-04", **more: str) -> Coded:
    row = {"report_id": "r", "published": published, "source": None, "title": None, "text": text, **more}
    return code_reports(pd.DataFrame([row]))


def row(text: str, published: str | None = "2023-03-04") -> pd.Series:
    incidents = table(text, published).incidents
    assert len(incidents) == 1, incidents["kind"].tolist()
    return incidents.iloc[0]


@pytest.mark.parametrize(
    ("text", "place", "precision", "admin1", "country"),
    [
        ("قصفت مدفعية النظام مدينة إدلب بريف إدلب أمس.", "idlib", "town", "idlib_gov", "SY"),
        ("شن طيران التحالف غارة على بادية بلدة القورية بريف دير الزور.", "quriyah", "area", "deir_ez_zor_gov", "SY"),
        ("قصفت مدفعية النظام قرية زلفاخ في ريف إدلب الجنوبي.", "idlib_south", "area", "idlib_gov", "SY"),
    ],
)
def test_the_most_specific_place_that_is_known_fills_the_columns_of_the_gazetteer(
    text, place, precision, admin1, country
):
    found = row(text)
    assert (found["place_id"], found["place_precision"]) == (place, precision)
    assert (found["admin1"], found["country"]) == (admin1, country)
    assert found[["place_ar", "place_en", "lat", "lon"]].notna().all()


def test_the_spans_of_places_come_most_specific_first():
    text = "في ريف إدلب الجنوبي قصفت مدفعية النظام بلدة كفرنبل أمس."
    spans = [text[slice(*map(int, span.split("-")))] for span in row(text)["place_spans"].split(";")]
    assert spans[0] == "بلدة كفرنبل"


def test_sides_are_those_of_the_first_actor_and_target():
    found = row("قصفت مدفعية لواء فاطميون مواقع قسد في بلدة ذيبان بقذائف الهاون أمس.")
    assert (found["actors"], found["actor_side"], found["target_side"]) == ("fatemiyoun", "iran", "sdf")


@pytest.mark.parametrize("entry", read_table(data_path("lexicon", "origins.tsv")), ids=lambda e: e["word"])
def test_the_words_of_origins_open_and_close_in_their_examples(entry):
    for text, expected in ((entry["example"], True), (entry["trap"], False)):
        if text:
            origins = [p for i in code_report({"report_id": "r", "text": text}).incidents for p in i.origins]
            assert bool(origins) == expected, text


def test_where_fire_came_from_is_no_place_of_the_incident():
    coded = table("أطلقت الفصائل صواريخ من قاعدتها في بلدة مسكنة باتجاه مدينة منبج أمس.")
    roles = coded.locations.set_index("role")["place_id"].to_dict()
    assert roles == {"place": "manbij", "origin": "maskanah"}
    assert coded.incidents["origin_place_id"].tolist() == ["maskanah"]


def test_evidence_is_the_sentence_and_of_a_long_one_the_clauses():
    short = code_report({"report_id": "r", "text": "زار الوفد السوق. قصفت مدفعية النظام بلدة كفرنبل، وعاد."})
    start, end = find_evidence(short.narrative, short.incidents[0].mentions)
    assert short.narrative.text.raw[start:end] == "قصفت مدفعية النظام بلدة كفرنبل، وعاد"
    text = "وكان يوماً طويلاً جداً، " * 20 + "قصفت مدفعية النظام بلدة كفرنبل، " + "ثم عاد الناس إلى بيوتهم، " * 20
    long = code_report({"report_id": "r", "text": text})
    start, end = find_evidence(long.narrative, long.incidents[0].mentions)
    assert text[start:end] == "قصفت مدفعية النظام بلدة كفرنبل"


def test_confidence_never_falls_for_more_found():
    (incident,) = code_report(
        {"report_id": "r", "published": "2023-03-04", "text": "قصفت مدفعية النظام بلدة كفرنبل أمس."}
    ).incidents
    poorer = [
        replace(incident, when=NOT_SAID),
        replace(incident, when=replace(incident.when, basis="inherited")),
        replace(incident, actors=()),
        replace(incident, actors=(("unknown", incident.actors[0][1]),)),
        replace(incident, places=()),
        replace(incident, likelihood=incident.likelihood / 2),
    ]
    assert all(0 <= confidence(poor) < confidence(incident) <= 1 for poor in poorer)
    assert confidence(poorer[0]) < confidence(poorer[1])
    assert confidence(poorer[2]) < confidence(poorer[3])


def test_a_lead_sums_up_where_the_mutual_fire_is_told_each_way_after_it():
    one, two = (
        code_report({"report_id": "r", "published": "2023-03-04", "text": f"عاد الهدوء. {text}"}).incidents[0]
        for text in (
            "قصفت مدفعية قسد مواقع الجيش الوطني في بلدة مارع.",
            "قصفت مدفعية الجيش الوطني مواقع قسد في بلدة تل رفعت.",
        )
    )
    lead = replace(one, mentions=tuple(replace(m, sentence=0) for m in one.mentions))
    assert sums_up(lead, [lead, one, two])
    assert not sums_up(lead, [lead, one])
    assert not sums_up(one, [lead, one, two])


@pytest.mark.parametrize(
    ("text", "first", "last", "basis", "days"),
    [
        ("قصفت مدفعية النظام بلدة كفرنبل.", None, None, None, ()),
        ("دمشق - 8 كانون الثاني 2022: قصفت مدفعية النظام بلدة كفرنبل أمس.", "2022-01-07", "2022-01-07", "inferred", 1),
        (
            "قصفت مدفعية النظام بلدة كفرنبل أمس. يأتي ذلك مع الذكرى السنوية الثانية لمقتل قاسم سليماني.",
            "2022-01-01",
            "2022-01-09",
            "inferred",
            9,
        ),
        ("قصفت مدفعية النظام بلدة كفرنبل في 5 آذار 2021.", "2021-03-05", "2021-03-05", "stated", ()),
    ],
)
def test_without_a_day_of_publication_the_text_is_asked_and_what_rests_on_it_says_so(text, first, last, basis, days):
    coded = table(text, published=None)
    found = coded.incidents.iloc[0]
    shown = [None if pd.isna(found[name]) else str(found[name])[:10] for name in ("date_start", "date_end")]
    assert shown == [first, last]
    assert (None if pd.isna(found["date_basis"]) else found["date_basis"]) == basis
    assert len(coded.publications) == bool(days)
    for told in coded.publications.to_dict("records"):
        assert (told["latest"] - told["earliest"]).days + 1 == days
        assert text[told["start"] : told["end"]]


def test_a_day_given_is_not_inferred_again():
    text = "دمشق - 8 كانون الثاني 2022: قصفت مدفعية النظام بلدة كفرنبل أمس."
    coded = table(text, published="2022-02-01")
    assert coded.publications.empty
    assert coded.incidents["date_basis"].tolist() == ["relative"]


def test_a_users_places_are_places_of_the_coder(tmp_path: Path):
    file = tmp_path / "places.csv"
    file.write_text("id,name_ar,name_en,lat,lon\nzz1,زلفاخ الكبرى,Zulfakh,35.1,40.2\n", encoding="utf-8")
    report = {"report_id": "r", "published": "2023-02-04", "text": "قصفت طائرات مسيّرة قرية زلفاخ الكبرى أمس."}
    incidents = code_reports(pd.DataFrame([report]), build_resources(file)).incidents
    assert incidents.loc[0, ["place_id", "lat", "lon", "place_precision"]].tolist() == ["zz1", 35.1, 40.2, "exact"]
    assert code_reports(pd.DataFrame([report])).incidents["place_id"].isna().all()


def test_the_tables_keep_their_promises_and_hang_together():
    coded = table("اندلعت اشتباكات بين قسد والجيش الوطني في بلدة مارع أمس، وقُتل ثلاثة عناصر. وقصف الطيران مدينة إدلب.")
    for promised, frame in (
        (INCIDENTS, coded.incidents),
        (PARTICIPANTS, coded.participants),
        (LOCATIONS, coded.locations),
        (PUBLICATIONS, coded.publications),
    ):
        check_table(promised, frame)
        assert set(frame.get("incident_id", ())) <= set(coded.incidents["incident_id"])


def test_no_reports_make_empty_tables():
    coded = code_reports(pd.DataFrame(columns=["report_id", "published", "text"]))
    assert coded.incidents.empty
    assert list(coded.incidents.columns) == INCIDENTS.names
