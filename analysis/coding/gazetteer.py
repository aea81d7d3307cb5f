"""The places the coder knows: `entities/places.tsv`, and any table of places that a user adds to it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.coding.lexicon import Entry, Lexicon, build_lexicon, read_entries, read_table
from analysis.coding.text import fold_word
from analysis.paths import data_path
from analysis.tables import PLACE_PRECISIONS

COLUMNS = "id name_en name_ar kind parent country admin1 admin2 lat lon precision source alone".split()
SAME_PLACE_KM = 8.0
"""A place added by a user is one we have where it has the same name and lies as near as this."""
LITTLE = frozenset({"last", "village"})
"""Values of the column `alone` of villages that come last of their namesakes."""
ADMIN_KINDS = frozenset({"country", "governorate", "district", "subdistrict"})

_NAMES = {
    "name_ar": ("name_ar", "arabic", "ar", "name_arabic", "admin4name_ar", "location_ar"),
    "name_en": ("name_en", "name", "english", "en", "asciiname", "admin4name_en", "location_en"),
    "lat": ("lat", "latitude", "y", "latitude_y"),
    "lon": ("lon", "lng", "long", "longitude", "x", "longitude_x"),
    "id": ("pcode", "id", "geonameid", "code"),
    "kind": ("kind", "type"),
    "admin1": ("gov_en", "admin1", "admin1name_en", "governorate"),
    "admin2": ("dist_en", "admin2", "admin2name_en", "district"),
    "country": ("country", "countrycode", "iso2"),
    "precision": ("precision",),
}
"""Column names that tables of places use, in the order they are tried, all lower case."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer; `lat`, `lon` in WGS 84 degrees, None where unknown."""

    id: str
    name_en: str
    name_ar: str
    kind: str
    parent: str
    country: str
    admin1: str
    admin2: str
    lat: float | None
    lon: float | None
    precision: str
    source: str
    alone: bool = True
    """Whether the bare name is a place; False where it needs a head noun or a direction before it."""
    little: bool = False
    """A village that reports hardly name: any better known namesake is meant before it, and its governorate or a place
    near it must be named. Where it is not `alone` either, it counts only after a word for a settlement."""


@dataclass(frozen=True)
class Gazetteer:
    """Places by id, and the entries of the lexicon that name those which the package itself does not carry."""

    places: Mapping[str, Place]
    entries: tuple[Entry, ...] = ()
    _points: dict[str, tuple[float | None, float | None, str]] = field(default_factory=dict, repr=False)
    _sides: dict[str, list[Place]] = field(default_factory=dict, repr=False)
    spelled: list[Mapping[str, tuple[Place, ...]]] = field(default_factory=list, repr=False)
    """What `place_spellings` keeps of it: for each level of likeness the settlements by their key."""

    def point(self, place_id: str) -> tuple[float | None, float | None, str]:
        """Latitude, longitude, precision: the place's own, or those of what it lies in with precision 'area'.

        A governorate or a country lends nobody its point.
        """
        if place_id not in self._points:
            self._points[place_id] = self._find_point(self.places[place_id])
        return self._points[place_id]

    def _find_point(self, place: Place) -> tuple[float | None, float | None, str]:
        if place.lat is not None:
            return place.lat, place.lon, place.precision
        if place.kind in ADMIN_KINDS:
            return None, None, "admin"
        parent = self.places.get(place.parent)
        if parent and parent.kind not in ("governorate", "country", "desert", "sea", "river"):
            lat, lon, _ = self.point(parent.id)
            return lat, lon, "area"
        return None, None, "area"

    def chain(self, place_id: str) -> list[str]:
        """The place and all it lies in, smallest first."""
        found: list[str] = []
        while place_id in self.places and place_id not in found:
            found.append(place_id)
            place_id = self.places[place_id].parent
        return found

    def side_of(self, region: Place, words: str) -> Place:
        """The side of a region that folded words name ("... eastern"), the region itself where they name none."""
        if not self._sides:
            for place in self.places.values():
                if place.kind == "countryside":
                    self._sides.setdefault(place.parent, []).append(place)
        sides = self._sides.get(region.id, ())
        return next(
            (p for p in sides if words.split()[1:] == fold_word(p.name_ar).split()[-len(words.split()) + 1 :]), region
        )

    def lexicon(self) -> Lexicon:
        """The package's lexicon with the names of the added places."""
        return build_lexicon([*read_entries(), *self.entries])


def read_places(path: Path | None = None) -> pd.DataFrame:
    """Read the table of places: one row each, columns `COLUMNS`; `lat`, `lon` float64 degrees, NA unknown."""
    rows = read_table(path or data_path("entities", "places.tsv"))
    frame = pd.DataFrame([{name: row.get(name, "") for name in COLUMNS} for row in rows], columns=COLUMNS)
    for name in ("lat", "lon"):
        frame[name] = pd.to_numeric(frame[name].replace("", None)).astype("float64")
    frame["alone"] = ~frame["alone"].isin(["no", "village"])
    text = [name for name in COLUMNS if name not in ("lat", "lon", "alone")]
    return frame.astype(dict.fromkeys(text, "string"))


@cache
def default_gazetteer() -> Gazetteer:
    """The package's gazetteer, read once."""
    return Gazetteer({place.id: place for place in _read(data_path("entities", "places.tsv"))})


def load_gazetteer(table: pd.DataFrame | Path | str, base: Gazetteer | None = None) -> Gazetteer:
    """Add every place of a table to the gazetteer (default: the package's), in one call.

    `table`: a CSV or TSV file or a DataFrame with an Arabic name, latitude and longitude; the columns of the OCHA list
    of populated places, of GeoNames and of this package are known by name. A row whose name and position are those of a
    place we have is that place: it gains a point where ours had none or a rough one. A new place is `alone` only where
    its name has several words. Use it with `find_mentions(text, gazetteer.lexicon())`.

    Raises ValueError where no name or no coordinates can be found among the columns.
    """
    base = base or default_gazetteer()
    frame = table if isinstance(table, pd.DataFrame) else _read_any(Path(table))
    columns = _columns(frame)
    places = dict(base.places)
    known = _by_name(base)
    admin = _governorates(base)
    entries: list[Entry] = []
    for number, row in enumerate(_records(frame, columns), 2):
        added = _added(row, number, admin)
        if added is None:
            continue
        same = _same(added, known.get(fold_word(added.name_ar), ()), places)
        if same is not None:
            places[same.id] = _sharper(same, added)
        elif added.id not in places:
            places[added.id] = added
            known.setdefault(fold_word(added.name_ar), []).append(added.id)
            entries.append(Entry("places", added.id, added.name_ar, "", file=added.source, line=number))
    return Gazetteer(places, (*base.entries, *entries))


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in km on a sphere of 6371 km (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    across = math.radians(other_lon - lon)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def _read(path: Path) -> Iterator[Place]:
    for row in read_table(path):
        lat, lon = row["lat"], row["lon"]
        yield Place(
            row["id"],
            row["name_en"],
            row["name_ar"],
            row["kind"],
            row["parent"],
            row["country"],
            row["admin1"],
            row["admin2"],
            float(lat) if lat else None,
            float(lon) if lon else None,
            row["precision"],
            row["source"],
            row["alone"] not in ("no", "village"),
            row["alone"] in LITTLE,
        )


def _read_any(path: Path) -> pd.DataFrame:
    tabs = path.suffix.lower() in (".tsv", ".txt")
    return pd.read_csv(path, sep="\t" if tabs else ",", dtype="string", keep_default_na=False)


def _columns(frame: pd.DataFrame) -> dict[str, str]:
    lower = {str(name).strip().lower(): str(name) for name in frame.columns}
    found = {ours: next((lower[name] for name in names if name in lower), "") for ours, names in _NAMES.items()}
    missing = [name for name in ("name_ar", "lat", "lon") if not found[name]]
    if missing:
        raise ValueError(
            f"no column for {', '.join(missing)} among {', '.join(map(str, frame.columns))}: "
            "name the columns name_ar, lat and lon"
        )
    return {ours: theirs for ours, theirs in found.items() if theirs}


def _records(frame: pd.DataFrame, columns: Mapping[str, str]) -> Iterator[dict[str, str]]:
    values = [frame[theirs].fillna("").astype(str).tolist() for theirs in columns.values()]
    for row in zip(*values, strict=True):
        yield dict(zip(columns, row, strict=True))


def _added(row: Mapping[str, str], number: int, admin: Mapping[str, str]) -> Place | None:
    """A place of a row; None where it has no name or no position on the globe."""
    name = " ".join(row["name_ar"].split())
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        return None
    if len(fold_word(name)) < 3 or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    admin1 = admin.get(row.get("admin1", "").strip().lower(), "")
    kind = row.get("kind", "")
    return Place(
        id=row.get("id") or f"row_{number}",
        name_en=row.get("name_en", ""),
        name_ar=name,
        kind=kind if len(kind) > 2 else "village",
        parent=admin1,
        country=row.get("country", ""),
        admin1=admin1,
        admin2="",
        lat=lat,
        lon=lon,
        precision=row.get("precision", "") if row.get("precision", "") in PLACE_PRECISIONS else "exact",
        source="added table",
        alone=" " in fold_word(name),
    )


def _by_name(base: Gazetteer) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for place in base.places.values():
        names[fold_word(place.name_ar)].append(place.id)
    for entry in (*read_entries(), *base.entries):
        if entry.sort == "places" and entry.id in base.places:
            names[fold_word(entry.form)].append(entry.id)
    return names


def _governorates(base: Gazetteer) -> dict[str, str]:
    """Ids of governorates by their English name, with and without the word 'Governorate'."""
    names = {}
    for place in base.places.values():
        if place.kind == "governorate":
            name = place.name_en.lower()
            names[name] = names[name.removesuffix(" governorate")] = place.id
    return names


def _same(added: Place, ids: Iterable[str], places: Mapping[str, Place]) -> Place | None:
    """The place we have that an added one is: same name, and near, or without a point in the same governorate."""
    for place in (places[place_id] for place_id in ids):
        if place.kind in ADMIN_KINDS:
            continue
        same_governorate = place.lat is None and added.admin1 and place.admin1 == added.admin1
        if same_governorate or _apart(place, added) <= SAME_PLACE_KM:
            return place
    return None


def _apart(place: Place, other: Place) -> float:
    if place.lat is None or place.lon is None or other.lat is None or other.lon is None:
        return math.inf
    return distance_km(place.lat, place.lon, other.lat, other.lon)


def _sharper(place: Place, added: Place) -> Place:
    if place.lat is None or place.precision in ("near", "area"):
        return replace(place, lat=added.lat, lon=added.lon, precision=added.precision)
    return place
