from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cluster import incident, made, table

from analysis.events.cluster import cluster_incidents
from analysis.events.collapse import collapse_events
from analysis.events.copies import find_copies
from analysis.tables import EVENTS, REPORTS, TableError, check_table, make_table

DAY = pd.Timestamp("2023-05-04")


def one_event(*rows: dict[str, Any], reports: pd.DataFrame | None = None) -> pd.Series:
    """The event of rows that are one by decree."""
    events = collapse_events(table(*rows).assign(event_id="e1"), reports)
    assert len(events) == 1
    return events.iloc[0]


def reports_table(*rows: tuple[str, str | None, str | None, str]) -> pd.DataFrame:
    names = ("report_id", "published", "source", "text")
    return make_table(REPORTS, [dict(zip(names, row, strict=True)) for row in rows])


@pytest.mark.parametrize(
    ("field", "tellings", "expected", "disagreement"),
    [
        ("kind", [{"kind": "airstrike"}, {"kind": "drone_strike"}], "drone_strike", "kind: airstrike / drone_strike"),
        ("kind", [{"kind": "clash"}, {"kind": "shelling"}, {"kind": "clash"}], "clash", "kind: clash / shelling"),
        ("kind", [{}, {}], "airstrike", None),
        ("background", [{"background": True}, {"background": False}], False, None),
        ("background", [{"background": True}, {"background": True}], True, None),
        ("status", [{"status": "denied"}, {}], "happened", "status: denied / happened"),
        ("status", [{"status": "attempted"}, {"status": "attempted"}, {}], "attempted", None),
        ("actors", [{"actors": "iran"}, {"actors": "irgc_quds_force"}], "irgc_quds_force", None),
        ("actors", [{"actors": "unknown"}, {"actors": "us"}], "us", None),
        (
            "actors",
            [{"actors": "us"}, {"actors": "israel"}, {"actors": "israel"}],
            "israel",
            "actor_side: coalition / israel",
        ),
        ("actors", [{"actors": "us;israel"}, {"actors": "israel"}], "us;israel", None),
        ("actors", [{"actors": ""}, {"actors": ""}], "", None),
        ("targets", [{"targets": "civilians"}, {"targets": "irgc"}], "civilians;irgc", None),
        ("weapon", [{"weapon": None}, {"weapon": "drone"}], "drone", None),
        (
            "weapon",
            [{"weapon": "aircraft"}, {"weapon": "drone"}, {"weapon": "drone"}],
            "drone",
            "weapon: aircraft / drone",
        ),
        ("place_id", [{"place": "dayr_az_zawr"}, {"place": "mayadin"}], "mayadin", None),
        ("place_id", [{"place": "unnamed"}, {"place": "mayadin"}], "mayadin", None),
        ("place_id", [{"place": "quriyah"}, {}, {}], "mayadin", "place_id: quriyah / mayadin"),
        ("date_start", [{}, {"day": ("2023-05-03", "2023-05-04")}], DAY, None),
        ("date_end", [{}, {"day": ("2023-05-01", "2023-05-31")}], DAY, None),
        ("date_start", [{}, {"day": (None, None)}], DAY, None),
        ("date_start", [{"day": "2023-05-05"}, {}, {}], DAY, "date: 2023-05-05 / 2023-05-04"),
        ("killed_min", [{"killed_min": 3, "killed_max": 3}, {}], 3, None),
        ("killed_max", [{"killed_min": 3, "killed_max": 3}, {"killed_min": 2}], pd.NA, None),
        (
            "killed_min",
            [{"killed_min": 3, "killed_max": 3}, {"killed_min": 5, "killed_max": 5}],
            3,
            "killed: 3 / 5",
        ),
    ],
)
def test_each_field_is_reconciled_by_its_rule(
    field: str, tellings: list[dict[str, Any]], expected: Any, disagreement: str | None
) -> None:
    event = one_event(*(incident(f"r{n}", **telling) for n, telling in enumerate(tellings)))
    assert (pd.isna(event[field]) and expected is pd.NA) or event[field] == expected
    assert (None if pd.isna(event["disagreements"]) else event["disagreements"]) == disagreement


def test_the_newest_toll_counts_and_the_older_one_is_kept_as_a_disagreement() -> None:
    reports = reports_table(("a", "2023-05-04", "x", "أول"), ("b", "2023-05-06", "y", "ثان"), ("c", None, "z", "ثالث"))
    rows = [incident(name, killed_min=n, killed_max=n) for name, n in (("a", 2), ("b", 5), ("c", 9))]
    event = one_event(*rows, reports=reports)
    assert (event["killed_min"], event["killed_max"]) == (5, 5)
    assert event["disagreements"] == "killed: 2 / 5 / 9"
    assert event["first_reported"] == DAY


TEXT = (
    "قتل ثلاثة عناصر من الحرس الثوري الإيراني في غارة استهدفت سيارة عسكرية عند مدخل مدينة الميادين الشرقي فجر الخميس "
    "وقالت مصادر محلية إن سيارات الإسعاف نقلت المصابين إلى مشفى المدينة وسط انتشار أمني كثيف وإغلاق الطرق المؤدية إليها"
)
OTHER = (
    "أفاد مراسلنا بسماع انفجار قوي في الميادين تبعه تحليق لطائرات مجهولة، ثم تبين أن سيارة تابعة للميليشيات الإيرانية "
    "احترقت بالكامل ولم يعرف عدد القتلى حتى لحظة إعداد هذا التقرير بينما تحدث الأهالي عن حالة من الهلع في الأسواق"
)


@pytest.mark.parametrize(
    ("reports", "sources"),
    [
        pytest.param([("a", "x", TEXT), ("b", "y", OTHER)], 2, id="two outlets, two texts"),
        pytest.param([("a", "x", TEXT), ("b", "x", OTHER)], 1, id="one outlet twice"),
        pytest.param([("a", "x", TEXT), ("b", "y", TEXT)], 1, id="the same text"),
        pytest.param([("a", "x", TEXT), ("b", "y", "عاجل: " + TEXT + " (وكالات)")], 1, id="the same text with a tag"),
        pytest.param([("a", "x", TEXT), ("b", "y", OTHER + ". " + TEXT)], 1, id="a text inside a longer one"),
        pytest.param([("a", "x", TEXT), ("b", "y", TEXT), ("c", "y", OTHER)], 1, id="an outlet that copies and adds"),
        pytest.param([("a", None, TEXT), ("b", None, OTHER)], 2, id="outlets unknown"),
    ],
)
def test_copies_and_reports_of_one_outlet_are_one_source(
    reports: list[tuple[str, str | None, str]], sources: int
) -> None:
    known = reports_table(*((name, "2023-05-04", source, text) for name, source, text in reports))
    event = one_event(*(incident(name) for name, _, _ in reports), reports=known)
    assert (event["n_reports"], event["n_sources"]) == (len(reports), sources)


@pytest.mark.parametrize(
    ("tellings", "grade"),
    [
        ([{}], "weak"),
        ([{}, {}], "fair"),
        ([{"said_by": "military"}, {}], "confirmed"),
        ([{"said_by": "official", "actors": ""}, {"actors": ""}], "fair"),
        ([{"said_by": "medical"}, {}], "fair"),
        ([{"actors": "us"}, {"actors": "israel", "said_by": "military"}], "contested"),
        ([{"status": "denied"}, {}], "contested"),
    ],
)
def test_the_grade_says_how_well_an_event_is_attested(tellings: list[dict[str, Any]], grade: str) -> None:
    assert one_event(*(incident(f"r{n}", **telling) for n, telling in enumerate(tellings)))["grade"] == grade


def test_near_duplicates_are_found_and_others_are_not() -> None:
    reports = reports_table(
        ("a", None, None, TEXT),
        ("b", None, None, TEXT.replace("الخميس", "اليوم")),
        ("c", None, None, OTHER),
        ("d", None, None, ""),
    )
    assert find_copies(reports).tolist() == ["a", "a", "c", "d"]


def test_a_lead_that_only_sums_up_makes_no_event() -> None:
    clustered = cluster_incidents(table(incident("a", summary=True), incident("a", 50)))
    events = collapse_events(clustered)
    assert events["incident_ids"].tolist() == ["a:50:airstrike"]


def test_a_table_without_events_is_refused() -> None:
    with pytest.raises(TableError, match="event_id is missing"):
        collapse_events(table(incident("a")))


def test_no_incidents_make_no_events() -> None:
    assert check_table(EVENTS, collapse_events(cluster_incidents(table()))).empty


@settings(max_examples=25, deadline=None)
@given(st.lists(made, max_size=20))
def test_every_row_that_is_no_summary_stands_in_one_event(drawn: list[dict[str, Any]]) -> None:
    rows = table(*(incident(d["report"], n, d["day"], d["place"], **d["more"]) for n, d in enumerate(drawn)))
    clustered = cluster_incidents(rows)
    events = check_table(EVENTS, collapse_events(clustered))
    told = [name for names in events["incident_ids"] for name in names.split(";")]
    assert sorted(told) == sorted(clustered.loc[~clustered["summary"], "incident_id"])
    assert (events["n_sources"] <= events["n_reports"]).all()
    assert events["date_start"].dropna().is_monotonic_increasing
    lone = events[~events["incident_ids"].str.contains(";")]
    first = rows.set_index("incident_id").loc[lone["incident_ids"], ["actors", "place_id", "lat"]]
    np.testing.assert_array_equal(
        first.astype(object).fillna("NA"), lone[["actors", "place_id", "lat"]].astype(object).fillna("NA")
    )
