"""How long merging takes and how much memory it needs, on made-up incidents spread as real ones are.

    python benchmarks/merging_speed.py [--incidents 100000] [--years 6] [--reports]

Places are those of the package, chosen by a heavy-tailed law (a few towns get most fire); days are uniform over
the years; three incidents in ten retell an earlier one, with another date, a vaguer place or another toll; one in ten
is dated to a month, one in twenty recalls one act of 3 January 2020 as history, one in ten has no place. With
`--reports` each incident has a text of some forty words, so that words and copies are compared too.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pandas as pd

from analysis.coding.lexicon import read_table
from analysis.events.cluster import cluster_incidents
from analysis.events.collapse import collapse_events
from analysis.events.features import line_of
from analysis.paths import data_path
from analysis.tables import DATE_BASES, DATE_PRECISIONS, INCIDENTS, PLACE_PRECISIONS, REPORTS, STATUSES, make_table

KINDS = ("shelling", "airstrike", "drone_strike", "clash", "armed_attack", "arrest", "explosion", "killing", "protest")
SHARES = (0.3, 0.14, 0.06, 0.14, 0.14, 0.1, 0.06, 0.04, 0.02)
ACTORS = ("", "syrian_army", "russia", "turkey", "sna", "sdf", "isis", "coalition", "israel", "unknown")
HISTORY = {"id": "baghdad", "name_ar": "", "name_en": "Baghdad", "admin1": "baghdad_gov", "country": "IQ"}
HISTORY |= {"lat": "33.31", "lon": "44.36", "precision": "town"}
TARGETS = ("", "civilians", "sdf", "isis", "syrian_army", "opposition_factions", "irgc")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--years", type=float, default=6.0)
    parser.add_argument("--reports", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    incidents = make_incidents(arguments.incidents, arguments.years, rng)
    reports = make_reports(incidents, rng) if arguments.reports else None
    print(f"{len(incidents)} incidents over {arguments.years} years; {memory():.0f} MB before")
    start = time.process_time()
    clustered = cluster_incidents(incidents, reports)
    middle = time.process_time()
    events = collapse_events(clustered, reports)
    end = time.process_time()
    spent = f"cluster {middle - start:.1f} s, collapse {end - middle:.1f} s"
    print(f"{spent}, {len(events)} events, {memory():.0f} MB at most")


def memory() -> float:
    """The largest resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_incidents(count: int, years: float, rng: np.random.Generator) -> pd.DataFrame:
    """Make a table of tables.INCIDENTS of `count` rows, about two to a report."""
    places = [row for row in read_table(data_path("entities", "places.tsv")) if row["kind"] != "country"]
    place = np.minimum((rng.pareto(0.9, count) * 8).astype(int), len(places) - 1)
    order = rng.permutation(len(places))
    day = rng.integers(0, int(365.25 * years), count)
    width = np.where(rng.random(count) < 0.1, 30, rng.integers(0, 2, count))
    kind, actor = rng.choice(len(KINDS), count, p=SHARES), rng.choice(len(ACTORS), count)
    target, toll = rng.choice(len(TARGETS), count), rng.geometric(0.4, count) - 1
    again = np.flatnonzero(rng.random(count) < 0.3)
    again = again[again > 0]
    told = rng.integers(np.maximum(again - 400, 0), again)
    for column in (place, day, width, kind, actor, target, toll):
        column[again] = column[told]
    width[again] = np.where(rng.random(len(again)) < 0.3, 1, width[again])
    toll[again] += rng.random(len(again)) < 0.3
    history = rng.random(count) < 0.05
    placeless = rng.random(count) < 0.1
    start = np.datetime64("2019-01-01")
    rows = []
    for row in range(count):
        where = places[order[place[row]]]
        past = bool(history[row])
        first = np.datetime64("2020-01-03") if past else start + day[row]
        spot = {} if placeless[row] and not past else _spot(HISTORY if past else where)
        rows.append(
            {
                "incident_id": f"r{row // 2}:{row % 2}:{row}",
                "report_id": f"r{row // 2}",
                "start": (row % 2) * 150,
                "end": (row % 2) * 150 + 5,
                "evidence_start": (row % 2) * 150,
                "evidence_end": (row % 2) * 150 + 140,
                "kind": "assassination" if past else KINDS[kind[row]],
                "status": STATUSES[0],
                "background": past,
                "summary": False,
                "date_start": str(first),
                "date_end": str(first + (0 if past else int(width[row]))),
                "date_basis": DATE_BASES[row % 2],
                "date_precision": DATE_PRECISIONS[0],
                "actors": "us" if past else ACTORS[actor[row]],
                "targets": "soleimani" if past else TARGETS[target[row]],
                "killed_min": int(toll[row]) or None,
                "killed_max": int(toll[row]) or None,
                "confidence": 0.8,
                **spot,
            }
        )
    table = make_table(INCIDENTS, rows)
    for party, side in (("actors", "actor_side"), ("targets", "target_side")):
        table[side] = table[party].map(lambda ids: line_of(ids)[-1] if ids else pd.NA).astype("string")
    return table


def _spot(place: dict[str, str]) -> dict[str, object]:
    precision = place["precision"] if place["precision"] in PLACE_PRECISIONS else "area"
    return {
        "place_id": place["id"],
        "place_ar": place["name_ar"],
        "place_en": place["name_en"],
        "admin1": place["admin1"] or None,
        "country": place["country"] or None,
        "lat": float(place["lat"]) if place["lat"] else None,
        "lon": float(place["lon"]) if place["lon"] else None,
        "place_precision": precision,
    }


def make_reports(incidents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Make a text for each report: two stretches of words out of a vocabulary of 20,000, rare words rarer."""
    letters = np.array(list("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"))
    vocabulary = ["".join(rng.choice(letters, rng.integers(3, 7))) for _ in range(20_000)]
    first = incidents.drop_duplicates("report_id")
    texts = []
    for _ in range(len(first)):
        words = np.minimum((rng.pareto(0.8, 44) * 20).astype(int), len(vocabulary) - 1)
        texts.append(" ".join(vocabulary[word] for word in words))
    texts = [texts[rng.integers(0, k)] if k and rng.random() < 0.1 else text for k, text in enumerate(texts)]
    rows = (
        {"report_id": report, "published": day, "source": f"outlet {number % 40}", "text": text}
        for number, (report, day, text) in enumerate(zip(first["report_id"], first["date_end"], texts, strict=True))
    )
    return make_table(REPORTS, rows)


if __name__ == "__main__":
    main()
