"""The map: how many where, with a ring that says how far the place may lie from its centre."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse

from analysis.escalation.timeline import dated
from analysis.figures.arabic import show
from analysis.figures.canvas import BLACK, BLUE, GREY, ORANGE, Drawing, Page, Style, styled
from analysis.figures.measures import SMALL, text_width
from analysis.figures.moments import counted
from analysis.figures.words import BETWEEN, Words
from analysis.paths import data_path

RADIUS_KM: Mapping[str, float] = {"exact": 1, "town": 5, "near": 15, "area": 40, "admin": 80}
"""How far from its centre a place of each precision may lie: an order of magnitude, not a measurement."""

EDGES = (34.0, 50.0, 28.0, 39.0)
"""West, east, south and north of the base map, in degrees."""

RING: dict[str, Any] = {"facecolor": "none", "edgecolor": "#b07500", "linewidth": 0.5, "linestyle": "--", "alpha": 0.8}
DISC: dict[str, Any] = {"facecolor": BLUE, "alpha": 0.75, "edgecolor": "white", "linewidth": 0.4}
KM_PER_DEGREE = 111.2
NAMED = 8
COUNTRIES: Mapping[str, tuple[float, float]] = {
    "syria": (38.3, 35.2),
    "iraq": (43.6, 32.4),
    "turkey": (38.5, 38.2),
    "iran": (47.3, 35.0),
    "jordan": (36.6, 30.8),
    "saudi_arabia": (41.0, 29.6),
    "lebanon": (35.85, 33.95),
    "kuwait": (47.6, 29.3),
}
RIVERS: Mapping[str, tuple[float, float, float]] = {"euphrates": (44.75, 31.85, -35), "tigris": (43.7, 34.95, -62)}
"""Where names of countries and rivers stand (longitude, latitude, turn): on land that is theirs, off the towns."""


def map_table(events: pd.DataFrame) -> pd.DataFrame:
    """Count rows per point and precision, most first.

    Columns: place_id, place_en, place_ar, lat, lon (float64, degrees WGS 84), place_precision, radius_km (float64),
    count (int64). Rows without coordinates are left out.
    """
    rows = events.dropna(subset=["lat", "lon"])
    rows = rows.assign(place_precision=rows["place_precision"].astype("object").fillna("none"))
    keys = ["place_id", "place_en", "place_ar", "lat", "lon", "place_precision"]
    table = rows.groupby(keys, dropna=False).size().rename("count").reset_index()
    table["radius_km"] = table["place_precision"].map(RADIUS_KM).fillna(RADIUS_KM["admin"]).astype("float64")
    order = table.sort_values(["count", "lat", "lon", "place_precision"], ascending=[False, True, True, True])
    return order[[*keys, "radius_km", "count"]].reset_index(drop=True)


@styled
def draw_map(events: pd.DataFrame, lang: str = "en", ax: Axes | None = None, **style: Unpack[Style]) -> Axes:
    """Draw where incidents happened, as discs whose area is their number, on borders and rivers of the region.

    A ring shows how far the place may lie from its centre (RADIUS_KM by precision), so that no disc is a false point;
    rows without coordinates, and those beyond the map, are counted in the corner. The frame closes in on what is
    drawn. The table drawn is `map_table`'s.
    """
    page = Page(lang, **style)
    made = ax is None
    table = map_table(events)
    inside = table[table["lon"].between(*EDGES[:2]) & table["lat"].between(*EDGES[2:])]
    frame = _frame(inside)
    stretch = 1 / np.cos(np.radians((frame[2] + frame[3]) / 2))
    height = (page.width - 4) * (frame[3] - frame[2]) * stretch / (frame[1] - frame[0])
    ax = page.axes(ax, height)
    ax.set_xlim(*frame[:2])
    ax.set_ylim(*frame[2:])
    ax.set_aspect(stretch)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(True)
        spine.set_color(GREY)
    _base(ax, page, frame)
    per_mm = (frame[1] - frame[0]) / (page.width - 4)
    most = int(inside["count"].max()) if len(inside) else 1
    sizes = _discs(ax, inside, per_mm, stretch, most)
    _places(ax, page, inside, sizes, per_mm, stretch, frame)
    _scale(ax, page, frame, stretch, per_mm, most, counted(events))
    unplaced = int(events[["lat", "lon"]].isna().any(axis=1).sum())
    beyond = int(table["count"].sum() - inside["count"].sum())
    words, what = page.words, counted(events)
    page.corner(
        ax,
        words.each(
            lambda one: (
                one.say("map.unplaced", n=unplaced) + ("\n" + one.say("map.outside", n=beyond) if beyond else "")
            )
        ),
        bbox={"facecolor": "white", "edgecolor": GREY, "linewidth": 0.5, "pad": 2},
    )
    drawing = Drawing(
        "map",
        lang,
        words.each(lambda one: _title(one, inside, what)),
        words.each(lambda one: _alt(one, inside, unplaced, beyond, what)),
        page.note(what, int(inside["count"].sum()), len(events) - len(dated(events)), "map.note"),
        table,
        page.details(),
    )
    return page.finish(ax, drawing, _key(page, inside), made)


@cache
def base_map() -> Mapping[str, list[np.ndarray]]:
    """Return the lines of the base map by layer (countries, rivers, lakes, coastlines): arrays of (lon, lat)."""
    layers = json.loads(data_path("map", "levant.json").read_text(encoding="utf-8"))
    return {name: [np.array(line, dtype=float) for line in lines if len(line) > 1] for name, lines in layers.items()}


def _frame(inside: pd.DataFrame) -> tuple[float, float, float, float]:
    """Return west, east, south, north around the points, with room, not narrower than six degrees."""
    if inside.empty:
        return (34.0, 50.0, 29.0, 38.5)
    west, east = inside["lon"].min() - 0.8, inside["lon"].max() + 0.8
    south, north = inside["lat"].min() - 0.6, inside["lat"].max() + 0.6
    for short, low, high in ((6.0 - (east - west), "w", "e"), (4.5 - (north - south), "s", "n")):
        if short > 0 and low == "w":
            west, east = west - short / 2, east + short / 2
        elif short > 0:
            south, north = south - short / 2, north + short / 2
        del high
    return max(west, EDGES[0]), min(east, EDGES[1]), max(south, EDGES[2]), min(north, EDGES[3])


def _base(ax: Axes, page: Page, frame: tuple[float, float, float, float]) -> None:
    for layer, colour, width in (
        ("rivers", "#9ecae1", 0.8),
        ("lakes", "#9ecae1", 0.8),
        ("coastlines", GREY, 0.6),
        ("countries", GREY, 0.5),
    ):
        ax.add_collection(LineCollection(base_map()[layer], colors=colour, linewidths=width, zorder=1), autolim=False)
    words = page.words
    for name, (lon, lat) in COUNTRIES.items():
        if frame[0] + 0.3 < lon < frame[1] - 0.3 and frame[2] + 0.2 < lat < frame[3] - 0.2:
            ax.text(
                lon,
                lat,
                show(words.say(f"geo.{name}")),
                color="#9a9a9a",
                size=SMALL,
                ha="center",
                va="center",
                zorder=1,
            )
    for name, (lon, lat, turn) in RIVERS.items():
        if frame[0] + 0.3 < lon < frame[1] - 0.3 and frame[2] + 0.2 < lat < frame[3] - 0.2:
            ax.text(
                lon,
                lat,
                show(words.key(f"geo.{name}")),
                color="#4a90c2",
                size=5.5,
                rotation=turn,
                ha="center",
                va="center",
                zorder=1,
            )


def _discs(ax: Axes, inside: pd.DataFrame, per_mm: float, stretch: float, most: int) -> list[float]:
    """Draw rings and discs; return the radius of each disc in degrees of longitude."""
    radii = [_disc(int(count), most) * per_mm for count in inside["count"]]
    places = list(zip(inside["lon"], inside["lat"], strict=True))
    far = inside["radius_km"] / KM_PER_DEGREE
    rings = [Ellipse(place, 2 * ring * stretch, 2 * ring) for place, ring in zip(places, far, strict=True)]
    discs = [Ellipse(place, 2 * size, 2 * size / stretch) for place, size in zip(places, radii, strict=True)]
    ax.add_collection(PatchCollection(rings, facecolor=ORANGE, alpha=0.05, linewidth=0, zorder=2), autolim=False)
    ax.add_collection(PatchCollection(rings, zorder=2, **RING), autolim=False)
    ax.add_collection(PatchCollection(discs, zorder=3, **DISC), autolim=False)
    return radii


def _disc(count: int, most: int) -> float:
    """Return the radius in mm: the area is the count, the largest disc 3.5 mm, none below 0.6 mm."""
    return max(0.6, 3.5 * float(np.sqrt(count / most)))


def _places(
    ax: Axes,
    page: Page,
    inside: pd.DataFrame,
    sizes: list[float],
    per_mm: float,
    stretch: float,
    frame: tuple[float, float, float, float],
) -> None:
    """Name the places with most, where their name covers no other name and no greater disc."""
    taken: list[tuple[float, float, float, float]] = []
    seen: set[str] = set()
    numbered: list[tuple[float, float, float]] = []
    for row, radius in zip(inside.itertuples(index=False), sizes, strict=True):
        apart = [np.hypot(row.lon - x, (row.lat - y) * stretch) > r + 0.5 * radius for x, y, r in numbered]
        if radius > 1.3 * per_mm and all(apart):
            numbered.append((row.lon, row.lat, radius))
            ax.text(
                row.lon, row.lat, page.bare(row.count), color="white", size=SMALL, ha="center", va="center", zorder=5
            )
    for row, radius in zip(inside.itertuples(index=False), sizes, strict=True):
        if len(seen) == NAMED:
            break
        text = page.words.each(lambda one, row=row: _place(one, row))  # type: ignore[misc]
        if not text or text in seen:
            continue
        wide = max(text_width(line, SMALL) for line in text.split("\n")) * per_mm
        high = SMALL * 1.2 * (text.count("\n") + 1) * 25.4 / 72 * per_mm / stretch
        for side in (1, -1):
            left = row.lon + radius + 0.6 * per_mm if side == 1 else row.lon - radius - 0.6 * per_mm - wide
            box = (left, left + wide, row.lat - high / 2, row.lat + high / 2)
            free = all(box[1] < b[0] or b[1] < box[0] or box[3] < b[2] or b[3] < box[2] for b in taken)
            if free and frame[0] < box[0] and box[1] < frame[1]:
                ax.text(
                    left if side == 1 else left + wide,
                    row.lat,
                    show(text),
                    size=SMALL,
                    ha="left" if side == 1 else "right",
                    va="center",
                    linespacing=1.1,
                    zorder=6,
                ).set_bbox({"facecolor": "white", "edgecolor": "none", "alpha": 0.6, "pad": 0.3})
                taken.append(box)
                seen.add(text)
                break


def _place(one: Words, row: Any) -> str:
    name = row.place_en if one.lang == "en" else row.place_ar
    return str(name) if isinstance(name, str) else ""


def _scale(
    ax: Axes, page: Page, frame: tuple[float, float, float, float], stretch: float, per_mm: float, most: int, what: str
) -> None:
    """Draw 100 km, and discs with their numbers, in the lower left corner."""
    words, km = page.words, 100
    wide = km / KM_PER_DEGREE * stretch
    x, y = frame[0] + 3 * per_mm, frame[2] + 2.5 * per_mm / stretch
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 1}
    ax.plot([x, x + wide], [y, y], color=BLACK, linewidth=1.2, solid_capstyle="butt", zorder=6)
    said = show(words.key("map.scale", km=km))
    ax.text(x + wide / 2, y + 0.5 * per_mm / stretch, said, size=SMALL, ha="center", va="bottom", zorder=6).set_bbox(
        box
    )
    y += 8.0 * per_mm / stretch
    for count in dict.fromkeys((1, max(1, most // 4), most)):
        radius = _disc(count, most) * per_mm
        ax.add_patch(Ellipse((x + radius, y), 2 * radius, 2 * radius / stretch, zorder=6, **DISC))
        x += 2 * radius + 0.6 * per_mm
        said = page.figures(count)
        ax.text(x, y, show(said), size=SMALL, va="center", zorder=6).set_bbox(box)
        x += (text_width(said, SMALL) + 2.5) * per_mm
    ax.text(x, y, show(words.key(f"things.{what}")), size=SMALL, va="center", zorder=6).set_bbox(box)


def _key(page: Page, inside: pd.DataFrame) -> list[Any]:
    key: list[Any] = []
    ring = {"linestyle": "", "marker": "o", "markerfacecolor": "#fbe8c8", "color": "#b07500", "markeredgewidth": 0.5}
    for precision in [name for name in RADIUS_KM if (inside["place_precision"] == name).any()]:
        label = page.words.each(
            lambda one, p=precision: one.say("map.within", km=int(RADIUS_KM[p]), precision=one.say(f"precision.{p}")),  # type: ignore[misc]
            BETWEEN,
        )
        key.append(Line2D([], [], markersize=3 + len(key), label=label, **ring))  # type: ignore[arg-type]
    return key


def _title(one: Words, inside: pd.DataFrame, what: str) -> str:
    places = len(inside[["lat", "lon"]].drop_duplicates())
    return one.say("map.title", count=one.count(what, int(inside["count"].sum())), places=one.count("places", places))


def _alt(one: Words, inside: pd.DataFrame, unplaced: int, beyond: int, what: str) -> str:
    named = [row for row in inside.itertuples(index=False) if _place(one, row)][:5]
    by_precision = inside.groupby("place_precision")["count"].sum()
    kept = [name for name in (*RADIUS_KM, "none") if name in by_precision.index]
    return one.say(
        "map.alt",
        drawn=one.count(what, int(inside["count"].sum())),
        places=one.count("places", len(inside[["lat", "lon"]].drop_duplicates())),
        most=one.list([f"{_place(one, row)} {one.number(row.count)}" for row in named]),
        precisions=one.list([f"{one.say(f'precision.{name}')} {one.number(int(by_precision[name]))}" for name in kept]),
        unplaced=one.number(unplaced),
        outside=one.number(beyond),
    )
