"""The words in which a study is told, in English and Arabic; they live in `data/entities/phrases.tsv`.

A sentence never says "significant", gives no p without its counts, and carries every caution of its study.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.escalation.controls import BEFORE
from analysis.paths import data_path

if TYPE_CHECKING:
    from analysis.escalation.study import Study

LANGUAGES = ("en", "ar")

LEAST_P = 0.0001
"""A smaller p is told as below this."""


@dataclass(frozen=True, slots=True)
class Caution:
    """What a reader of a study must know: the id of a phrase and the values that fill it."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """Return it in words, in English ('en') or Arabic ('ar')."""
        return phrase(self.id, lang, **self.values)


def tell(study: Study, lang: str = "en") -> str:
    """Return a study in words: the counts first, then the control, the design, what could be found, the cautions."""
    parts = [_headline(study, lang), *_controls(study, lang), _design(study, lang)]
    parts += [*_left_out(study, lang), *_redrawn(study, lang), *_detectable(study, lang)]
    return " ".join([*parts, *(caution.text(lang) for caution in study.cautions)])


def tell_years(study: Study, lang: str = "en") -> list[str]:
    """Return one line per anniversary: its counts, its ratio and exact interval."""
    return [
        phrase(
            "year",
            lang,
            anniversary=f"{row['anniversary']:%Y-%m-%d}",
            **{name: row[name] for name in ("window_count", "window_days", "flank_count", "flank_days")},
            rate_ratio=number(row["rate_ratio"], lang),
            low=number(row["exact_low"], lang),
            high=number(row["exact_high"], lang),
        )
        for row in study.by_anniversary.to_dict("records")
    ]


def phrase(key: str, lang: str = "en", **values: Any) -> str:
    """Return a phrase of the table, filled with `values`. Raises ValueError for a language it does not hold."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang must be one of {LANGUAGES}, got {lang!r}")
    return _phrases()[key][lang].format_map(values)


def number(value: float, lang: str = "en") -> str:
    """Return a ratio or rate in two decimals; words where it is undefined or without limit.

    >>> number(0.8149), number(float("inf"))
    ('0.81', 'no upper limit')
    """
    if pd.isna(value):
        return phrase("undefined", lang)
    return phrase("unbounded", lang) if np.isinf(value) else f"{value:.2f}"


def probability(p: float) -> str:
    """Return a p-value with two digits that say something; never 0.

    >>> [probability(p) for p in (0.3486, 0.0057, 1e-9)]
    ['0.35', '0.0057', '0.0001']
    """
    return f"{p:.2f}" if p >= 0.0995 else f"{max(p, LEAST_P):.2g}"


def ordinal(n: int) -> str:
    """Return an English ordinal.

    >>> [ordinal(n) for n in (1, 2, 6, 11, 23, 53)]
    ['1st', '2nd', '6th', '11th', '23rd', '53rd']
    """
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"


def _headline(study: Study, lang: str) -> str:
    row = study.pooled.iloc[0]
    intervals = [phrase("exact", lang, low=number(row["exact_low"], lang), high=number(row["exact_high"], lang))]
    if pd.notna(row["placebo_p"]):
        limits = (number(row[name], lang) for name in ("placebo_low", "placebo_high"))
        intervals.append(phrase("placebo", lang, **dict(zip(("low", "high"), limits, strict=True))))
        if not _few(study):
            rank, shifts = int(row["placebo_rank"]), len(study.placebo_joint)
            place = ordinal(rank) if lang == "en" else rank
            p = float(row["placebo_p"])
            key = "placebo_p" if p >= LEAST_P else "placebo_p_least"
            intervals.append(phrase(key, lang, p=probability(p), rank=place, shifts=shifts))
    return phrase(
        "headline",
        lang,
        **row[["window_count", "window_days", "flank_count", "flank_days"]].astype("int64"),
        window_rate=number(row["window_count"] / row["window_days"], lang),
        flank_rate=number(row["flank_count"] / row["flank_days"], lang),
        rate_ratio=number(row["rate_ratio"], lang),
        intervals=(phrase("separator", lang) + " ").join(intervals),
    )


def _controls(study: Study, lang: str) -> list[str]:
    told = []
    for row in study.controls.to_dict("records"):
        ratios = {name: number(row[name], lang) for name in ("rate_ratio", "low", "high")}
        ratios["ratio"] = number(row["ratio_of_ratios"], lang)
        event = study.anniversary.event_en if lang == "en" else study.anniversary.event_ar
        key = "before" if row["control"] == BEFORE else "control"
        told.append(phrase(key, lang, event=event or phrase("the_event", lang), control=row["control"], **ratios))
    return told


def _design(study: Study, lang: str) -> str:
    days = study.dates["date"]
    return phrase(
        "design" if len(days) > 1 else "design_one",
        lang,
        name=study.anniversary.name_en if lang == "en" else study.anniversary.name_ar,
        anniversaries=len(days),
        first=f"{days.iloc[0]:%Y-%m-%d}",
        last=f"{days.iloc[-1]:%Y-%m-%d}",
        window_first=_signed(study.window[0], lang),
        window_last=_signed(study.window[1], lang),
        flank=study.flank,
    )


def _left_out(study: Study, lang: str) -> list[str]:
    ratios = study.leave_one_out["rate_ratio"].dropna()
    if ratios.empty:
        return []
    return [phrase("left_out", lang, low=number(ratios.min(), lang), high=number(ratios.max(), lang))]


def _redrawn(study: Study, lang: str) -> list[str]:
    near = int(study.coverage.loc[0, "interval_dated"])
    p = study.redraws["placebo_p"].dropna()
    if p.empty or not near or _few(study):
        return []
    ratios = study.redraws["rate_ratio"]
    limits = {"ratio_low": number(ratios.min(), lang), "ratio_high": number(ratios.max(), lang)}
    limits |= {"p_low": probability(p.min()), "p_high": probability(p.max())}
    return [phrase("redrawn", lang, incidents=near, draws=len(study.redraws), **limits)]


def _detectable(study: Study, lang: str) -> list[str]:
    """What could have been found, where nothing was."""
    low, high = study.pooled.loc[0, ["placebo_low", "placebo_high"]]
    if not low <= 1 <= high:
        return []
    ratio = float(study.dispersion.loc[0, "minimum_detectable_ratio"])
    if np.isinf(ratio):
        return [phrase("undetectable", lang)]
    return [phrase("detectable", lang, ratio=number(ratio, lang))]


def _few(study: Study) -> bool:
    return any(caution.id == "few" for caution in study.cautions)


def _signed(days: int, lang: str) -> str:
    """Return a number of days with its sign, which a mark keeps on the left in Arabic."""
    return f"{days:+d}" if lang == "en" else f"\u200e{days:+d}"


@cache
def _phrases() -> dict[str, dict[str, str]]:
    table = pd.read_csv(data_path("entities", "phrases.tsv"), sep="\t", dtype="str", quoting=3).set_index("id")
    return {str(name): {lang: str(row[lang]) for lang in LANGUAGES} for name, row in table.iterrows()}
