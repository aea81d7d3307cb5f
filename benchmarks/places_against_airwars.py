"""How near the places that the coder finds lie to those that human researchers gave the same incidents.

Each report of `reports/reports.jsonl` carries the codes of the Airwars incidents it was filed under;
`data/airwars_syria_incidents.csv` gives those a point and says how exact it is. Taken are the reports with at least one
record that is exact to a village or better; the distance is that of the nearest place of the report to the nearest such
record. Run it as `python benchmarks/places_against_airwars.py FOLDER`, FOLDER holding `reports` and `data`.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
from collections.abc import Iterator
from pathlib import Path

from analysis.coding.gazetteer import Gazetteer, default_gazetteer, distance_km, load_gazetteer
from analysis.coding.lexicon import Lexicon
from analysis.coding.mentions import find_mentions
from analysis.coding.places import find_places
from analysis.coding.text import fold

EXACT = frozenset(
    "village neighbourhood_area exact_location within_100m nearby_landmark street exact_location_other within_1m "
    "exact_location_coalition".split()
)
"""The precisions of Airwars that are a village or better."""
PLACED = frozenset({"exact", "town", "near", "area"})


def main() -> None:
    """Print the share of reports with a place within 15 km, and the median distance of those."""
    parser = argparse.ArgumentParser(description="Places of reports against the coordinates of Airwars.")
    parser.add_argument("folder", type=Path, help="the folder that holds reports/ and data/")
    parser.add_argument("--gazetteer", type=Path, help="a table of places to add, for instance the OCHA list")
    parser.add_argument("--misses", type=int, default=0, help="print so many reports that no place comes near")
    options = parser.parse_args()
    gazetteer = load_gazetteer(options.gazetteer) if options.gazetteer else default_gazetteer()
    lexicon = gazetteer.lexicon()
    found, distances, misses = 0, [], []
    for report, points in read_pairs(options.folder):
        distance = nearest(report["text"], points, lexicon, gazetteer)
        found += 1
        if distance is not None and distance <= 15:
            distances.append(distance)
        else:
            misses.append((report["report_id"], points, distance))
    print(f"reports with a record exact to a village or better: {found}")
    print(f"some place of the report within 15 km: {len(distances)} ({len(distances) / found:.1%})")
    print(f"median distance of those: {statistics.median(distances):.2f} km")
    for miss in misses[: options.misses]:
        print(*miss, sep="\t")


def read_pairs(folder: Path) -> Iterator[tuple[dict[str, str], list[tuple[float, float]]]]:
    """The reports whose incidents have an exact point, each with these points (latitude, longitude)."""
    with (folder / "data" / "airwars_syria_incidents.csv").open(encoding="utf-8", newline="") as handle:
        records = {row["code"]: row for row in csv.DictReader(handle)}
    with (folder / "reports" / "reports.jsonl").open(encoding="utf-8") as handle:
        for line in handle:
            report = json.loads(line)
            rows = [records[code] for code in report.get("incident_codes") or [] if code in records]
            points = [(float(r["lat"]), float(r["lon"])) for r in rows if r["lat"] and r["geo_precision"] in EXACT]
            if points:
                yield report, points


def nearest(text: str, points: list[tuple[float, float]], lexicon: Lexicon, gazetteer: Gazetteer) -> float | None:
    """The distance in km of the nearest place of a text to the nearest of some points; None where no place has one."""
    folded = fold(text)
    places = find_places(folded, find_mentions(folded, lexicon), gazetteer=gazetteer)
    known = [(p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None and p.precision in PLACED]
    return min((distance_km(*place, *point) for place in known for point in points), default=None)


if __name__ == "__main__":
    main()
