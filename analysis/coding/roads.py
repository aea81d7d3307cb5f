"""Roads by their ends: "the road A - B" is one place, the stretch between the two, where the table of roads has it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from analysis.coding.lexicon import CONJUNCTIONS, read_table
from analysis.paths import data_path

if TYPE_CHECKING:
    from analysis.coding.gazetteer import Gazetteer
    from analysis.coding.place_heads import Found
    from analysis.coding.places import PlaceMention
    from analysis.coding.text import Text

HEAD = "road"
"""The relation in `lexicon/heads.tsv` of what stands before a road's name."""
_TO_THE_OTHER = re.compile(rf" | ?[-/] ?| {CONJUNCTIONS[1]}")


@cache
def read_roads() -> Mapping[frozenset[str], str]:
    """The id of a road by the ids of the two places it joins."""
    return {frozenset((row["one"], row["other"])): row["id"] for row in read_table(data_path("entities", "roads.tsv"))}


def join_roads(
    text: Text, resolved: Sequence[PlaceMention], found: Sequence[Found], gazetteer: Gazetteer
) -> list[tuple[PlaceMention, Found]]:
    """Make one mention of two places that follow a word for road and are the ends of one, in reading order.

    `resolved` and `found` belong together, one by one; what is no road comes back as it was. Of a road that no table
    has both ends stay, and say only between what it lies.
    """
    kept: list[tuple[PlaceMention, Found]] = []
    for mention, names in zip(resolved, found, strict=True):
        road = _road(text, *kept[-1], mention, names) if kept else ""
        if road in gazetteer.places:
            first, its = kept[-1]
            lat, lon, precision = gazetteer.point(road)
            kept[-1] = (
                replace(
                    first, end=mention.end, to=mention.to, place_id=road, lat=lat, lon=lon, precision=precision,
                    kind=gazetteer.places[road].kind, reason="the road between the two", candidates=(road,),
                ),
                its,
            )  # fmt: skip
            continue
        if kept and _ends(text, *kept[-1], mention, names):
            kept[-1] = (_somewhere(kept[-1][0]), kept[-1][1])
            mention = _somewhere(mention)
        kept.append((mention, names))
    return kept


def _somewhere(mention: PlaceMention) -> PlaceMention:
    """An end of a road: what happened on the road may be as far off as the other end."""
    return replace(mention, precision="area") if mention.precision in ("exact", "town", "near") else mention


def _ends(text: Text, one: PlaceMention, its: Found, other: PlaceMention, names: Found) -> bool:
    """Whether two neighbouring mentions are the ends that a word for road is followed by."""
    if HEAD not in its.heads.relations or names.heads.ids:
        return False
    return _TO_THE_OTHER.fullmatch(text.folded, one.to, other.at) is not None


def _road(text: Text, one: PlaceMention, its: Found, other: PlaceMention, names: Found) -> str:
    """The road whose ends two neighbouring mentions are; '' where they are none."""
    ends = frozenset((one.place_id or "", other.place_id or ""))
    return read_roads().get(ends, "") if _ends(text, one, its, other, names) else ""
