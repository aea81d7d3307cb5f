"""How likely two incidents tell of one act: a sum of parts, each of which a person can read and argue with.

The score is a log-odds in spirit: 0 says nothing, a positive part speaks for one act and a negative part against it.
What cannot be one act at all (kinds that are no kin, days apart, places far apart) is not scored but left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.events.features import NO_DAY, Features, Party, kin_table

PARTS = ("kind", "days", "place", "actors", "targets", "tolls", "words", "names", "weapon", "denial")
"""What is compared, in the order of the columns of a score."""

MUTUAL = frozenset({"clash", "shelling", "agreement"})
"""Kinds in which the side named first is told as the actor."""
SWAPPED = -0.8
"""What it costs where one telling's actor is the other's target."""
KIN_FLOOR = -0.8
"""Kinds barely kin; the same kind is 1."""
FAR_KM = 25.0
"""Beyond the reach of both places and this, two points are not one place."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs that may be one act: row numbers and parts (float32, pairs x PARTS)."""

    left: np.ndarray
    right: np.ndarray
    parts: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """The sum of the parts."""
        return self.parts.sum(axis=1)


def score_pairs(features: Features, left: np.ndarray, right: np.ndarray) -> Scored:
    """Score pairs of incidents; those that cannot be one act are left out.

    `left` and `right` are row numbers. What is cheap to rule out is ruled out first.
    """
    likeness = _likeness(features)[features.kind[left], features.kind[right]]
    possible = likeness > 0
    left, right, likeness = left[possible], right[possible], likeness[possible]
    names = _product(features.names, left, right) > 0
    place, possible = _place(features, left, right, names)
    left, right, likeness, place, names = (x[possible] for x in (left, right, likeness, place, names))
    days, possible = _days(features, left, right)
    left, right, likeness, place, names, days = (x[possible] for x in (left, right, likeness, place, names, days))
    parts = np.zeros((len(left), len(PARTS)), dtype=np.float32)
    parts[:, 0] = np.where(likeness >= 1, 1.0, KIN_FLOOR + likeness)
    parts[:, 1], parts[:, 2] = days, place
    parts[:, 3] = _actors(features, left, right)
    parts[:, 4] = _targets(features, left, right)
    parts[:, 5] = _tolls(features.counts, left, right)
    # one report's rows share their sentence and its places without being one act
    elsewhere = features.report[left] != features.report[right]
    parts[elsewhere, 6] = _words(features, left[elsewhere], right[elsewhere])
    parts[:, 7] = np.where(elsewhere & names & (place < 2), 1.5, 0.0)
    known = (features.weapon[left] >= 0) & (features.weapon[right] >= 0)
    parts[:, 8] = np.where(known, np.where(features.weapon[left] == features.weapon[right], 0.4, -0.3), 0.0)
    parts[:, 9] = np.where(features.denied[left] != features.denied[right], -0.5, 0.0)
    return Scored(left, right, parts)


def explain_score(parts: np.ndarray) -> str:
    """One pair's parts in words, largest first, those that say nothing left out.

    >>> explain_score(np.array([1.0, 2.0, 3.0, 0, 0, 0, -0.25, 0, 0, 0]))
    'place +3.0, days +2.0, kind +1.0, words -0.2'
    """
    order = np.argsort(-np.abs(parts), kind="stable")
    return ", ".join(f"{PARTS[k]} {parts[k]:+.1f}" for k in order if abs(parts[k]) >= 0.05)


def _likeness(features: Features) -> np.ndarray:
    """How alike two kinds are: 1 for the same, 0 where they cannot be one act."""
    table = np.eye(len(features.kinds), dtype=np.float32)
    kin: Mapping[tuple[str, str], tuple[float, str]] = kin_table()
    for row, kind in enumerate(features.kinds):
        for column, other in enumerate(features.kinds):
            if (kind, other) in kin:
                table[row, column] = kin[kind, other][0]
    return table


def _days(f: Features, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same day +2; less the wider the days together are; days that only touch -1. Undated: nothing known."""
    dated = (f.first[left] != NO_DAY) & (f.first[right] != NO_DAY)
    common = np.minimum(f.last[left], f.last[right]).astype(np.int64) - np.maximum(f.first[left], f.first[right]) + 1
    wider = np.maximum(f.last[left] - f.first[left], f.last[right] - f.first[right]).astype(np.int64) + 1
    score = np.where(common > 0, 2.0 - 0.5 * np.log2(np.maximum(wider, 1)), -1.0)
    return np.where(dated, np.maximum(score, -1.5), 0.0), ~dated | (common >= 0)


def _place(f: Features, left: np.ndarray, right: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same point +3, the same area +1, one within the other +0.8, then by distance against precision."""
    a, b = f.place[left], f.place[right]
    known = (a >= 0) & (b >= 0)
    same = known & (a == b)
    bare = ~f.resolved[left] & ~f.resolved[right]
    n = int(f.place.max(initial=0)) + 1
    within = np.isin(a * n + b, f.within) | np.isin(b * n + a, f.within)
    distance = distance_km(f.lat[left], f.lon[left], f.lat[right], f.lon[right])
    reach = f.radius[left] + f.radius[right]
    fine = f.fine[left] & f.fine[right]
    by_distance = np.select(
        [distance <= reach, distance <= 2 * reach, distance <= reach + FAR_KM],
        [np.where(fine, 1.5, 0.3), np.where(fine, -0.5, -0.3), -2.0],
        default=0.0,
    )
    score = np.where(np.isnan(distance), 0.0, by_distance)
    score = np.where(within, np.maximum(score, 0.8), score)
    score = np.where(same, np.where(fine | bare, 3.0, 1.0), score)
    score = np.where(names & (score < 0), 0.0, score)
    apart = (f.admin1[left] >= 0) & (f.admin1[right] >= 0) & (f.admin1[left] != f.admin1[right])
    far = np.where(np.isnan(distance), apart, distance > reach + FAR_KM)
    abroad = (f.country[left] >= 0) & (f.country[right] >= 0) & (f.country[left] != f.country[right])
    return score, same | within | names | ~(far | (abroad & ~(distance <= reach)))


def distance_km(lat: np.ndarray, lon: np.ndarray, other_lat: np.ndarray, other_lon: np.ndarray) -> np.ndarray:
    """Great-circle distances in km on a sphere of 6371 km (haversine), NaN where a point is unknown."""
    a, b = np.radians(lat), np.radians(other_lat)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))


def _actors(f: Features, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The same actor +1.2, a line above or below +1, the same side +0.6, rival sides -2.2; unknown says nothing.

    Where one's actor is the other's target the roles may be mistaken, which costs less, and nothing in a mutual act.
    """
    score = _party(f.actors, left, right, (1.2, 1.0, 0.6, -2.2))
    mutual = np.isin(f.kind, [number for number, kind in enumerate(f.kinds) if kind in MUTUAL])
    rivals = score < 0
    swapped = rivals & (_crossed(f, left, right) | _crossed(f, right, left))
    score[swapped] = SWAPPED
    both = f.actors.union(f.targets)
    mutual = rivals & (mutual[left] | mutual[right])
    score[mutual] = _party(both, left[mutual], right[mutual], (0.8, 0.7, 0.4, -2.2))
    return score


def _crossed(f: Features, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether one telling's actor is on the side of the other's target."""
    crossed: np.ndarray = (f.actors.sides[left] & f.targets.sides[right]).any(axis=1)
    return crossed


def _targets(f: Features, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The same target +0.8, the same person +3; rival targets only -0.6, for one strike may hit several."""
    score = _party(f.targets, left, right, (0.8, 0.6, 0.3, -0.6))
    person = (f.targets.persons[left] & f.targets.persons[right]).any(axis=1)
    return np.where(person, 3.0, score)


def _party(party: Party, left: np.ndarray, right: np.ndarray, values: tuple[float, float, float, float]) -> np.ndarray:
    same, line, side, rival = values
    named = party.named[left], party.named[right]
    lines = party.lines[left], party.lines[right]
    return np.select(
        [
            (named[0] & named[1]).any(axis=1),
            ((named[0] & lines[1]) | (named[1] & lines[0])).any(axis=1),
            (party.sides[left] & party.sides[right]).any(axis=1),
            named[0].any(axis=1) & named[1].any(axis=1),
        ],
        [same, line, side, rival],
        default=0.0,
    )


def _tolls(counts: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Tolls that agree speak the more for one act the higher they are; tolls that differ speak against, in logarithms.

    A toll rises as reports come in, so that twice the number costs only 0.5.
    """
    score = np.zeros(len(left))
    for low, high, weight in ((0, 1, 1.0), (2, 3, 0.5)):
        least, other_least = counts[left, low], counts[right, low]
        most = np.where(np.isnan(counts[:, high]), np.inf, counts[:, high])
        told = ~(np.isnan(least) | np.isnan(other_least))
        larger = np.fmax(least, other_least)
        smaller = np.fmin(np.fmin(most[left], most[right]), larger)
        exact = (most[left] == least) & (most[right] == other_least)
        agree = np.where(exact, np.minimum(0.3 + 0.3 * np.log2(1 + np.nan_to_num(larger)), 1.8), 0.1)
        differ = -np.minimum(0.5 * np.log2((1 + np.nan_to_num(larger)) / (1 + np.nan_to_num(smaller))), 1.5)
        nothing = exact & (larger == 0)
        value = np.where(smaller >= larger, np.where(nothing, 0.2, agree), differ)
        score += weight * np.where(told, value, 0.0)
    return score


def _words(f: Features, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Cosine of the weighted words, 4 for the same words; below 0.05 it speaks against, a little."""
    told = np.diff(f.words.indptr) > 0
    cosine = _product(f.words, left, right)
    return np.where(told[left] & told[right], 4.0 * cosine - 0.2, 0.0)


def _product(matrix: sparse.csr_matrix, left: np.ndarray, right: np.ndarray, step: int = 100_000) -> np.ndarray:
    """Row-wise dot products of a matrix with itself."""
    parts = [
        np.asarray(matrix[left[k : k + step]].multiply(matrix[right[k : k + step]]).sum(axis=1)).ravel()
        for k in range(0, len(left), step)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)
