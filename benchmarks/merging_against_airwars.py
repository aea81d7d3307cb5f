"""How well tellings are merged, measured on reports that Airwars filed under one incident.

    python benchmarks/merging_against_airwars.py SHARED [--gold] [--errors]

`SHARED` holds reports/reports.jsonl (`incident_codes`: the Airwars incidents a report was filed under) and
data/airwars_syria_incidents.csv (what each code stands for: days, place, belligerent, kind of strike, tolls).

How it is counted:

- All reports of the file are coded and all their incidents are merged together; measured are reports with one code.
- The row of a report that is meant: of its rows of a kind that the code's strike type allows (KINDS), neither summary
  nor background where another is there, the one that agrees best with the code's days, place, belligerent and tolls.
  Kind is required, the rest only ranks, so that a day or a place coded wrong counts as an error here. A report without
  a row of such a kind is not measured; how many are is printed. Codes that are not in the incidents file allow any act
  of violence or arrest, and the first in the text is taken.
- Two reports with one code should share an event. Two with different codes should not, unless the two codes are at one
  place (within SAME_PLACE_KM, or the same name, or of a place not stated) with days that touch: Airwars files one act
  under several codes too, and such pairs are not counted at all.
- Pairwise precision and recall over all counted pairs. B-cubed: for each report, the share of its event's reports that
  carry its code (precision) and the share of its code's reports in its event (recall), itself included, averaged over
  reports; F1 of the two averages. "Alone" is the same over codes with several reports only.
- Beside it the naive rules: one event a report; one event a day, place and kind (unknown days or places stay alone).
- Errors: a missed pair is laid to coding where one of its two rows contradicts the code (its days do not touch the
  code's, or its place is known and more than SAME_PLACE_KM from the code's), else to merging. A false pair is laid to
  coding by the same test.

`--gold` measures on the hand-coded reports of gold/train.jsonl instead, so that only merging is measured.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.events.cluster import cluster_incidents
from analysis.events.similarity import distance_km
from analysis.events.wording import words_of
from analysis.tables import REPORTS, make_table

SAME_PLACE_KM = 20.0
AIR = {"airstrike", "drone_strike", "missile_attack", "explosion", "assassination", "killing"}
GROUND_FIRE = {"shelling", "missile_attack", "explosion", "killing"}
GROUND = {"armed_attack", "clash", "arrest", "abduction", "killing", "assassination", "airstrike", "shelling"}
ANY = AIR | GROUND_FIRE | GROUND
KINDS = {
    "Airstrike": AIR | {"shelling"},
    "Drone Strike": AIR | {"shelling"},
    "Artillery": GROUND_FIRE | {"armed_attack", "airstrike"},
    "Airstrike and/or Artillery": AIR | GROUND_FIRE | {"armed_attack"},
    "Naval bombardment": GROUND_FIRE,
    "Ground operation": GROUND | AIR | GROUND_FIRE,
    "Counter-Terrorism Action (Ground)": GROUND,
}
"""Kinds of this package that an Airwars strike type may be coded as: a bombardment is often told without its means."""
BELLIGERENTS = {
    "Russian Military": "russia",
    "Turkish Military": "turkey",
    "U.S.-led Coalition": "coalition",
    "UK Military": "coalition",
    "YPG": "sdf",
    "Israeli Military": "israel",
    "Iranian Military": "iran",
    "Tribal Forces": "tribes",
}


@dataclass(frozen=True)
class Code:
    """What an Airwars code stands for; None where it is not stated."""

    name: str
    kinds: frozenset[str]
    first: pd.Timestamp | None = None
    last: pd.Timestamp | None = None
    lat: float = float("nan")
    lon: float = float("nan")
    place: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    killed: tuple[float, float] | None = None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--gold", action="store_true", help="hand-coded incidents: measure merging alone")
    parser.add_argument("--errors", action="store_true", help="list the pairs that are wrong")
    parser.add_argument("--json", type=Path, help="write the measures here too")
    arguments = parser.parse_args()
    with (arguments.shared / "reports" / "reports.jsonl").open(encoding="utf-8") as lines:
        filed = [json.loads(line) for line in lines]
    codes = read_codes(arguments.shared / "data" / "airwars_syria_incidents.csv")
    reports, incidents = (gold_incidents if arguments.gold else code_all)(arguments.shared, filed)
    start = time.perf_counter()
    clustered = cluster_incidents(incidents, reports)
    seconds = time.perf_counter() - start
    chosen = choose_rows(clustered, reports, filed, codes)
    measures = measure(chosen, codes)
    print(f"{len(incidents)} incidents of {len(reports)} reports merged in {seconds:.1f} s")
    for name, value in measures.items():
        print(f"{name:44} {value:.3f}" if isinstance(value, float) else f"{name:44} {value}")
    if arguments.errors:
        list_errors(chosen, codes)
    if arguments.json:
        arguments.json.write_text(json.dumps(measures, indent=1) + "\n", encoding="utf-8")


def read_codes(path: Path) -> dict[str, Code]:
    """Read what each code stands for."""
    found: dict[str, Code] = {}
    for row in pd.read_csv(path).drop_duplicates("code").to_dict("records"):
        kinds = [kind.strip() for kind in str(row["strike_type_en"]).split(",")]
        stated = pd.notna(row["date_start"])
        found[row["code"]] = Code(
            row["code"],
            frozenset().union(*(KINDS.get(kind, ANY) for kind in kinds)),
            pd.Timestamp(row["date_start"]) if stated else None,
            pd.Timestamp(row["date_end"]) if stated else None,
            float(row["lat"]),
            float(row["lon"]),
            frozenset(words_of(str(row["location_ar"]))) if pd.notna(row["location_ar"]) else frozenset(),
            frozenset(
                BELLIGERENTS[b.strip()] for b in str(row["belligerent_en"]).split(",") if b.strip() in BELLIGERENTS
            ),
            (row["killed_min"], row["killed_max"]) if pd.notna(row["killed_min"]) else None,
        )
    return found


def code_all(shared: Path, filed: Sequence[Mapping[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Code every report with the package's coder."""
    from analysis.coding.coder import code_reports

    reports = reports_table(filed)
    return reports, code_reports(reports).incidents


def reports_table(filed: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The reports table of records of reports.jsonl."""
    names = ("report_id", "published", "source", "url", "title", "text")
    return make_table(REPORTS, [{name: record.get(name) for name in names} for record in filed])


def gold_incidents(shared: Path, filed: Sequence[Mapping[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The hand-coded incidents of gold/train.jsonl, their places resolved by the package."""
    from gold_tables import read_gold  # the script beside this one

    incidents = read_gold(shared / "gold" / "train.jsonl")
    told = set(incidents["report_id"])
    return reports_table(record for record in filed if record["report_id"] in told), incidents


def choose_rows(
    clustered: pd.DataFrame, reports: pd.DataFrame, filed: Sequence[Mapping[str, Any]], codes: Mapping[str, Code]
) -> pd.DataFrame:
    """The row meant in each report with one code: the clustered columns, `code`, and the naive rule's event."""
    text = dict(zip(reports["report_id"], reports["text"], strict=True))
    by_report = dict(list(clustered.groupby("report_id")))
    chosen = []
    asked = 0
    for record in filed:
        if len(record.get("incident_codes") or []) != 1 or record["report_id"] not in text:
            continue
        asked += 1
        name = record["incident_codes"][0]
        code = codes.get(name, Code(name, frozenset(ANY)))
        rows = by_report.get(record["report_id"])
        allowed = [] if rows is None else [r for r in rows.to_dict("records") if r["kind"] in code.kinds]
        if allowed:
            best = min(allowed, key=lambda row: rank(row, code, text[row["report_id"]]))
            chosen.append({**best, "code": name, "naive": naive_event(best), "coding": contradicts(best, code)})
    table = pd.DataFrame(chosen)
    table.attrs["asked"] = asked
    return table


def rank(row: Mapping[str, Any], code: Code, text: str) -> tuple[Any, ...]:
    """Smaller is better: summary and background last, then days, place, belligerent, tolls, order in the text."""
    sides = {row["actor_side"]} - {pd.NA, None}
    tolls = code.killed is not None and pd.notna(row["killed_min"])
    agree = tolls and code.killed[0] <= row["killed_min"] <= code.killed[1] if code.killed else False
    names = words_of(" ".join(text[slice(*map(int, s.split("-")))] for s in str_or(row["place_spans"]).split(";") if s))
    near = place_distance(row, code) <= SAME_PLACE_KM or not code.place.isdisjoint(names)
    return (
        bool(row["summary"]),
        bool(row["background"]),
        -(2 * days_touch(row, code) + 2 * near + (not code.sides.isdisjoint(sides)) + agree),
        row["start"],
    )


def str_or(value: Any) -> str:
    """A string, empty for NA."""
    return "" if pd.isna(value) else str(value)


def days_touch(row: Mapping[str, Any], code: Code) -> bool:
    """Whether a row's days touch those of the code."""
    if code.first is None or pd.isna(row["date_start"]):
        return False
    day = pd.Timedelta(days=1)
    return row["date_start"] <= code.last + day and row["date_end"] >= code.first - day


def place_distance(row: Mapping[str, Any], code: Code) -> float:
    """Kilometres between a row's point and the code's; NaN where either is unknown."""
    if pd.isna(row["lat"]):
        return float("nan")
    return float(
        distance_km(np.array([row["lat"]]), np.array([row["lon"]]), np.array([code.lat]), np.array([code.lon]))[0]
    )


def contradicts(row: Mapping[str, Any], code: Code) -> bool:
    """Whether a row contradicts its code: days that do not touch, or a place far away."""
    if code.first is not None and pd.notna(row["date_start"]) and not days_touch(row, code):
        return True
    return place_distance(row, code) > SAME_PLACE_KM


def naive_event(row: Mapping[str, Any]) -> str:
    """One event a day, place and kind."""
    if pd.isna(row["date_start"]) or pd.isna(row["place_id"]):
        return str(row["incident_id"])
    return f"{row['date_start']:%Y%m%d} {row['place_id']} {row['kind']}"


def may_be_one(a: Code, b: Code) -> bool:
    """Whether two codes may stand for one act: days that touch, at one place or at places not stated."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    if min(a.last, b.last) - max(a.first, b.first) < pd.Timedelta(days=-1):
        return False
    distance = distance_km(*(np.array([x]) for x in (a.lat, a.lon, b.lat, b.lon)))[0]
    if not np.isnan(distance):
        return bool(distance <= SAME_PLACE_KM)
    return not a.place or not b.place or not a.place.isdisjoint(b.place)


def measure(chosen: pd.DataFrame, codes: Mapping[str, Code]) -> dict[str, float | int]:
    """All measures, by name."""
    several = chosen["code"].map(chosen["code"].value_counts()) > 1
    found: dict[str, float | int] = {
        "reports with one code": int(chosen.attrs["asked"]),
        "of them with a row of the code's kind": len(chosen),
        "codes": int(chosen["code"].nunique()),
        "codes with several reports": int(chosen.loc[several, "code"].nunique()),
    }
    for label, column in (("", "event_id"), ("naive one-a-day: ", "naive"), ("one event a report: ", "report_id")):
        pairs = judge_pairs(chosen, column, codes)
        found |= {label + name: value for name, value in pair_measures(pairs).items()}
        found |= {label + name: value for name, value in b_cubed(chosen, column, codes).items()}
        alone = b_cubed(chosen[several], column, codes)
        found |= {f"{label}{name}, codes with several": value for name, value in alone.items()}
    pairs = judge_pairs(chosen, "event_id", codes)
    for name, wrong in (("missed", pairs["same"] & ~pairs["joined"]), ("false", ~pairs["same"] & pairs["joined"])):
        found[f"{name} pairs"] = int(wrong.sum())
        found[f"{name} pairs laid to coding"] = int((wrong & pairs["coding"]).sum())
    return found


def judge_pairs(chosen: pd.DataFrame, column: str, codes: Mapping[str, Code]) -> pd.DataFrame:
    """Pairs of reports that count: whether they have one code, whether they share an event, whether coding errs."""
    rows = chosen[["code", column, "coding", "incident_id"]].to_numpy()
    found = []
    verdict: dict[tuple[str, str], bool] = {}
    for (code, event, coding, one), (other_code, other_event, other_coding, two) in combinations(rows, 2):
        same, joined = code == other_code, event == other_event
        if not same and not joined:
            continue
        key = code, other_code
        if not same and key not in verdict:
            verdict[key] = may_be_one(
                codes.get(code, Code(code, frozenset())), codes.get(other_code, Code("", frozenset()))
            )
        if same or not verdict[key]:
            found.append((same, joined, coding or other_coding, one, two))
    table = pd.DataFrame(found, columns=["same", "joined", "coding", "one", "two"])
    return table.astype({"same": bool, "joined": bool, "coding": bool})


def pair_measures(pairs: pd.DataFrame) -> dict[str, float]:
    """Pairwise precision and recall; NaN where no pair is joined."""
    right = int((pairs["same"] & pairs["joined"]).sum())
    joined, same = int(pairs["joined"].sum()), int(pairs["same"].sum())
    return {
        "pairwise precision": right / joined if joined else float("nan"),
        "pairwise recall": right / same if same else float("nan"),
    }


def b_cubed(chosen: pd.DataFrame, column: str, codes: Mapping[str, Code]) -> dict[str, float]:
    """B-cubed precision, recall and F1; reports whose codes may be one act are left out of each other's events."""
    rows = chosen[["code", column]].to_numpy()
    precision, recall = [], []
    for code, event in rows:
        same = [e for c, e in rows if c == code]
        others = {c for c, e in rows if e == event and c != code}
        wrong = {
            c
            for c in others
            if not may_be_one(codes.get(code, Code("", frozenset())), codes.get(c, Code("", frozenset())))
        }
        together = sum(e == event for e in same)
        strangers = sum(1 for c, e in rows if e == event and c in wrong)
        precision.append(together / (together + strangers))
        recall.append(together / len(same))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return {"B-cubed precision": p, "B-cubed recall": r, "B-cubed F1": 2 * p * r / (p + r)}


def list_errors(chosen: pd.DataFrame, codes: Mapping[str, Code]) -> None:
    """Print the pairs that are wrong."""
    pairs = judge_pairs(chosen, "event_id", codes)
    row_of = {row["incident_id"]: row for row in chosen.to_dict("records")}
    shown = ["code", "incident_id", "date_start", "date_end", "place_id", "place_ar", "actors", "targets", "killed_min"]
    for pair in pairs[pairs["same"] != pairs["joined"]].itertuples():
        print(f"\n{'missed' if pair.same else 'false'}{' (coding)' if pair.coding else ''}")
        for name in (pair.one, pair.two):
            row = row_of[name]
            print("  ", *(f"{row[column]}" for column in shown), row["merged_because"], sep=" | ")


if __name__ == "__main__":
    main()
