"""The table of places: facts with a source, and other people's tables added to it."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.coding.gazetteer import default_gazetteer, distance_km, load_gazetteer, read_places
from analysis.coding.lexicon import read_entries
from analysis.coding.mentions import find_mentions
from analysis.coding.places import find_places
from analysis.coding.roads import read_roads
from analysis.coding.text import fold
from analysis.tables import PLACE_PRECISIONS


def test_every_place_has_names_a_kind_a_source_and_a_parent_that_exists() -> None:
    table = read_places()
    assert table["id"].is_unique
    assert (table[["id", "name_en", "name_ar", "kind", "source"]] != "").all().all()
    assert set(table.loc[table["parent"] != "", "parent"]) <= set(table["id"])
    assert set(table.loc[table["admin1"] != "", "admin1"]) <= set(table["id"])
    assert set(table["precision"]) <= set(PLACE_PRECISIONS)


def test_no_place_is_its_own_ancestor() -> None:
    gazetteer = default_gazetteer()
    for place_id in gazetteer.places:
        chain = gazetteer.chain(place_id)
        assert gazetteer.places[chain[-1]].parent == ""


def test_every_point_lies_in_its_country() -> None:
    boxes = {"SY": (32.2, 37.4, 35.6, 42.5), "IQ": (29.0, 37.5, 38.7, 48.7), "LB": (33.0, 34.8, 35.0, 36.7)}
    table = read_places().dropna(subset=["lat"])
    for country, (south, north, west, east) in boxes.items():
        rows = table[table["country"] == country]
        outside = rows[~(rows["lat"].between(south, north) & rows["lon"].between(west, east))]
        assert list(outside["id"]) == []


def test_a_place_lies_near_its_governorate() -> None:
    table = read_places().set_index("id")
    far = []
    for place_id, row in table[table["country"].isin(["SY", "IQ"])].dropna(subset=["lat"]).iterrows():
        if row["admin1"] and row["admin1"] in table.index and row["kind"] not in ("desert", "river"):
            home = table.loc[row["admin1"]]
            if distance_km(row["lat"], row["lon"], home["lat"], home["lon"]) > 260:
                far.append(place_id)
    assert far == []


def test_nothing_stands_at_the_centre_of_a_country() -> None:
    table = read_places()
    assert table.loc[table["kind"] == "country", "lat"].isna().all()


def test_every_spelling_names_a_place_that_exists() -> None:
    places = default_gazetteer().places
    assert {e.id for e in read_entries() if e.sort == "places"} <= set(places)


@pytest.mark.parametrize(
    ("place_id", "lat", "lon"),
    [
        ("deir_ez_zor", 35.336, 40.14),
        ("mayadin", 35.02, 40.45),
        ("abu_kamal", 34.452, 40.919),
        ("tanf", 33.506, 38.618),
    ],
)
def test_well_known_places_stand_where_they_are(place_id: str, lat: float, lon: float) -> None:
    found = default_gazetteer().point(place_id)
    assert found[0] is not None
    assert found[1] is not None
    assert distance_km(found[0], found[1], lat, lon) < 2


def test_a_village_without_a_point_takes_its_subdistricts_as_an_area_and_never_a_governorates() -> None:
    gazetteer = default_gazetteer()
    for place in gazetteer.places.values():
        lat, _, precision = gazetteer.point(place.id)
        if place.lat is None and lat is not None:
            assert precision == "area"
            assert gazetteer.places[place.parent].kind not in ("governorate", "country")


def added(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_a_table_of_places_is_added_in_one_call() -> None:
    table = added(name_ar=["تل السنابل", "زنبقان"], latitude=["36.1", "36.2"], lng=["37.1", "37.2"])
    gazetteer = load_gazetteer(table)
    text = fold("قصف على تل السنابل وقرية زنبقان، وزنبقان زهر")
    found = find_places(text, find_mentions(text, gazetteer.lexicon()), gazetteer=gazetteer)
    assert [p.lat for p in found] == [36.1, 36.2]


def test_an_added_place_that_we_have_sharpens_ours_and_gets_no_twin() -> None:
    before = default_gazetteer().places["sarrin"]
    assert before.lat is not None
    gazetteer = load_gazetteer(added(name_ar=[before.name_ar], lat=[before.lat + 0.02], lon=[before.lon]))
    assert gazetteer.entries == ()
    assert gazetteer.places["sarrin"].lat == pytest.approx(before.lat + 0.02)
    assert default_gazetteer().places["sarrin"] == before


@pytest.mark.parametrize(
    "row",
    [
        ("", "36", "37"),
        ("تل السنابل", "", "37"),
        ("تل السنابل", "north", "37"),
        ("تل", "1", "2"),
        ("تل السنابل", "96", "37"),
        ("تل السنابل", "nan", "37"),
    ],
)
def test_a_row_without_a_name_or_a_position_is_passed_over(row: tuple[str, str, str]) -> None:
    gazetteer = load_gazetteer(added(name_ar=[row[0]], lat=[row[1]], lon=[row[2]]))
    assert gazetteer.entries == ()


def test_a_table_without_coordinates_says_what_is_missing() -> None:
    with pytest.raises(ValueError, match="no column for lat, lon among name_ar"):
        load_gazetteer(added(name_ar=["تل السنابل"]))


def test_time_to_load_a_table_grows_with_its_rows_and_not_faster() -> None:
    def seconds(count: int) -> float:
        names = [f"تل السنابل {number}" for number in range(count)]
        table = added(name_ar=names, lat=[34 + number / 9000 for number in range(count)], lon=[40.0] * count)
        begun = time.process_time()
        load_gazetteer(table).lexicon()
        return time.process_time() - begun

    seconds(1)
    alone = min(seconds(1), seconds(1))
    few, many = (seconds(count) - alone for count in (500, 4000))
    assert many < 8 * 4 * max(few, 0.05)


@pytest.mark.shared
def test_the_list_of_populated_places_loads_in_one_call(shared: Path) -> None:
    gazetteer = load_gazetteer(shared / "data" / "syria_populated_places.csv")
    assert len(gazetteer.entries) > 5_000
    text = fold("قصف مدفعي على قرية كفر عروق")
    found = find_places(text, find_mentions(text, gazetteer.lexicon()), gazetteer=gazetteer)
    assert [p.lat is not None for p in found] == [True]


def test_every_road_joins_two_places_that_exist_and_is_a_row_of_its_own() -> None:
    known = default_gazetteer().places
    for ends, road in read_roads().items():
        assert len(ends) == 2
        assert set(ends) <= set(known), road
        assert known[road].kind == "road"
        assert known[road].precision == "area"
