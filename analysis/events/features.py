"""What of an incident is compared with another: kind, days, place, actors, counts and words, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.coding.lexicon import read_table
from analysis.coding.text import fold_word
from analysis.events.wording import place_names, report_words
from analysis.paths import data_path

RADIUS_KM = {"exact": 2.0, "town": 5.0, "near": 10.0, "area": 40.0, "admin": 60.0}
"""How far from its point a place of each precision may reach; a rough reading of tables.PLACE_PRECISIONS."""
UNSTATED_RADIUS_KM = 15.0
VAGUE = frozenset({"unknown", "other"})
"""Actor ids that say nothing about who it was."""
NO_DAY = np.iinfo(np.int32).min


@dataclass(frozen=True, slots=True)
class Party:
    """Who did it, or whom it hit: bits of actors, one row per incident (uint64, rows x words)."""

    named: np.ndarray
    """The actors named."""
    lines: np.ndarray
    """The actors named and all above them."""
    sides: np.ndarray
    """The top of each."""
    persons: np.ndarray
    """Those named that are persons: who was killed once is not killed again."""

    def union(self, other: Party) -> Party:
        """Both parties of an incident as one: for mutual acts, where the side named first is told as the actor."""
        return Party(
            self.named | other.named, self.lines | other.lines, self.sides | other.sides, self.persons | other.persons
        )


@dataclass(frozen=True, slots=True)
class Features:
    """Incidents as arrays, one row each; -1 is an unknown code, NaN an unknown number."""

    report: np.ndarray
    kind: np.ndarray
    kinds: tuple[str, ...]
    first: np.ndarray
    last: np.ndarray
    """Days since 1970 (int32), NO_DAY where undated."""
    place: np.ndarray
    resolved: np.ndarray
    """Whether the place is one of the gazetteer."""
    within: np.ndarray
    """Sorted int64 codes of (place, place it lies in)."""
    lat: np.ndarray
    lon: np.ndarray
    radius: np.ndarray
    """Kilometres around the point."""
    fine: np.ndarray
    """Whether the place is a point rather than an area."""
    admin1: np.ndarray
    country: np.ndarray
    actors: Party
    targets: Party
    """The bits of both mean the same actors."""
    counts: np.ndarray
    """killed_min, killed_max, wounded_min, wounded_max (float64, rows x 4)."""
    denied: np.ndarray
    weapon: np.ndarray
    words: sparse.csr_matrix
    """Weighted words of the evidence, rows of length 1 (or 0 where there is no text)."""
    names: sparse.csr_matrix
    """Names of places in the incident, 0 or 1."""

    def __len__(self) -> int:
        return len(self.report)


def encode_incidents(incidents: pd.DataFrame, reports: pd.DataFrame | None) -> Features:
    """Turn an incidents table (tables.INCIDENTS) and its reports (tables.REPORTS) into arrays.

    Without reports there are no words to compare. Actors that the package does not know are tops of their own.
    """
    texts = report_words(incidents, reports)
    place, resolved, names = _places(incidents)
    kinds = sorted(set(incidents["kind"].astype(str)))
    precision = incidents["place_precision"].astype("string")
    parties = _parties(incidents["actors"], incidents["targets"])
    located = incidents["lat"].notna() & incidents["lon"].notna()
    return Features(
        report=_codes(incidents["report_id"]),
        kind=pd.Categorical(incidents["kind"].astype(str), categories=kinds).codes.astype(np.int32),
        kinds=tuple(kinds),
        first=_days(incidents["date_start"]),
        last=_days(incidents["date_end"]),
        place=place,
        resolved=resolved,
        within=_within(names),
        lat=incidents["lat"].to_numpy(np.float64, na_value=np.nan),
        lon=incidents["lon"].to_numpy(np.float64, na_value=np.nan),
        radius=precision.map(RADIUS_KM).fillna(UNSTATED_RADIUS_KM).to_numpy(np.float64),
        fine=(located & ~precision.isin(["area", "admin"])).to_numpy(bool),
        admin1=_codes(incidents["admin1"]),
        country=_codes(incidents["country"]),
        actors=parties[0],
        targets=parties[1],
        counts=np.column_stack(
            [
                incidents[f"{count}_{end}"].to_numpy(np.float64, na_value=np.nan)
                for count in ("killed", "wounded")
                for end in ("min", "max")
            ]
        ),
        denied=(incidents["status"].astype(str) == "denied").to_numpy(bool),
        weapon=_codes(incidents["weapon"]),
        words=texts,
        names=place_names(incidents, reports),
    )


@cache
def kin_table() -> dict[tuple[str, str], tuple[float, str]]:
    """Kinds that may be one act: likeness (0 to 1) and which of the two is the more specific ('' for neither)."""
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for row in read_table(data_path("entities", "kin.tsv")):
        value = (float(row["likeness"]), row["specific"])
        found[row["id"], row["other"]] = found[row["other"], row["id"]] = value
    return found


@cache
def actor_parents() -> dict[str, str]:
    """The actor above each actor of the package; '' for a top."""
    return {row["id"]: row["parent"] for row in read_table(data_path("entities", "actors.tsv"))}


@cache
def persons() -> frozenset[str]:
    """The actors of the package that are persons."""
    rows = read_table(data_path("entities", "actors.tsv"))
    return frozenset(row["id"] for row in rows if row["type"] == "person")


@cache
def place_parents() -> dict[str, tuple[str, ...]]:
    """What each place of the package lies in: its parent, district and governorate, and theirs; no countries."""
    rows = {row["id"]: row for row in read_table(data_path("entities", "places.tsv"))}
    found: dict[str, tuple[str, ...]] = {}
    for name in rows:
        line: list[str] = []
        waiting = [name]
        while waiting:
            row = rows.get(waiting.pop())
            for above in (row["parent"], row["admin2"], row["admin1"]) if row else ():
                if above and above != name and above not in line and rows.get(above, {}).get("kind") != "country":
                    line.append(above)
                    waiting.append(above)
        found[name] = tuple(line)
    return found


@cache
def countries() -> frozenset[str]:
    """Places that are countries: they say next to nothing about where."""
    rows = read_table(data_path("entities", "places.tsv"))
    return frozenset(row["id"] for row in rows if row["kind"] == "country")


def line_of(actor: str) -> list[str]:
    """An actor and all above it, itself first.

    >>> line_of("irgc_quds_force")
    ['irgc_quds_force', 'irgc', 'iran']
    """
    parents, line = actor_parents(), [actor]
    while (above := parents.get(line[-1], "")) and above not in line:
        line.append(above)
    return line


def _codes(values: pd.Series) -> np.ndarray:
    return pd.factorize(values.astype("string"), sort=True)[0].astype(np.int32)


def _days(values: pd.Series) -> np.ndarray:
    days = values.astype("datetime64[s]").to_numpy().astype("datetime64[D]")
    unknown = np.isnat(days)
    return np.where(unknown, NO_DAY, days.astype(np.int64)).astype(np.int32)


def _places(incidents: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Codes of places, unresolved names included (marked with a leading '?'); which are resolved; the names by code."""
    ids = incidents["place_id"].astype("string")
    ids = ids.mask(ids.isin(countries()))
    bare = incidents["place_ar"].astype("string").where(incidents["place_id"].isna())
    folded = {name: "?" + fold_word(name) for name in bare.dropna().unique()}
    codes, names = pd.factorize(ids.fillna(bare.map(folded).astype("string")), sort=True)
    return codes.astype(np.int64), ids.notna().to_numpy(bool), [str(name) for name in names]


def _within(names: Sequence[str]) -> np.ndarray:
    code_of = {name: code for code, name in enumerate(names)}
    parents = place_parents()
    pairs = [
        code * len(names) + code_of[above]
        for name, code in code_of.items()
        for above in parents.get(name, ())
        if above in code_of
    ]
    return np.array(sorted(pairs), dtype=np.int64)


def _parties(*columns: pd.Series) -> list[Party]:
    """The parties of several columns of ids, with the same bits for the same actors."""
    lists = [column.astype("string").fillna("") for column in columns]
    named = {text: [a for a in text.split(";") if a and a not in VAGUE] for column in lists for text in column.unique()}
    known = sorted({above for actors in named.values() for actor in actors for above in line_of(actor)})
    bit_of = {actor: bit for bit, actor in enumerate(known)}
    width = max((len(known) + 63) // 64, 1)

    def bits(codes: np.ndarray, sets: Iterable[Iterable[str]]) -> np.ndarray:
        table = np.array([_bits([bit_of[actor] for actor in actors], width) for actors in sets], dtype=np.uint64)
        return table.reshape(-1, width)[codes]

    found = []
    for column in lists:
        codes, texts = pd.factorize(column)
        sets = [named[text] for text in texts]
        found.append(
            Party(
                named=bits(codes, sets),
                lines=bits(codes, [[above for actor in actors for above in line_of(actor)] for actors in sets]),
                sides=bits(codes, [[line_of(actor)[-1] for actor in actors] for actors in sets]),
                persons=bits(codes, [[actor for actor in actors if actor in persons()] for actors in sets]),
            )
        )
    return found


def _bits(numbers: Iterable[int], width: int) -> list[int]:
    words = [0] * width
    for number in numbers:
        words[number // 64] |= 1 << number % 64
    return words
