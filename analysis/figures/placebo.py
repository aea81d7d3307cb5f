"""The placebo plot: is the true date unusual among dates that mean nothing?"""

from __future__ import annotations

from typing import Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.escalation.sentence import LEAST_P, probability
from analysis.escalation.study import Study
from analysis.figures.canvas import BLACK, GREY, PALE, SILVER, WINDOW, Drawing, Page, Style, styled
from analysis.figures.forest import TICKS
from analysis.figures.measures import decimals_of
from analysis.figures.moments import remembered
from analysis.figures.words import Words

BINS = 36


def placebo_table(study: Study) -> pd.DataFrame:
    """Return what the plot shows: the ratio on each shifted date, and the exact law in bins.

    Columns: part ('joint': all years moved together; 'law': each on its own), shift (Int64, days), low, high
    (float64: the bin, or twice the ratio itself), probability (float64), true (boolean: the unmoved date). Ratios are
    exp of the statistic: one half is added to each count, so that no ratio is 0 or without limit.
    """
    joint = study.placebo_joint
    ratio = np.exp(joint["statistic"].astype("float64"))
    stems = pd.DataFrame(
        {"part": "joint", "shift": joint["shift"].astype("Int64"), "low": ratio, "high": ratio, "true": joint["true"]}
    )
    law = study.placebo_law
    statistic = law["statistic"].to_numpy(dtype="float64")
    width = max(float(np.ptp(statistic)), 0.2)
    edges = np.linspace(statistic.min() - 0.01 * width, statistic.min() + 1.01 * width, BINS + 1)
    mass, _ = np.histogram(statistic, edges, weights=law["probability"])
    bins = pd.DataFrame({"part": "law", "low": np.exp(edges[:-1]), "high": np.exp(edges[1:]), "probability": mass})
    table = pd.concat([stems, bins], ignore_index=True)
    return table.assign(true=table["true"].astype("boolean"))[["part", "shift", "low", "high", "probability", "true"]]


@styled
def draw_placebo(study: Study, lang: str = "en", **style: Unpack[Style]) -> Figure:
    """Draw the rate ratio of every date moved by whole weeks, the true one marked, and the exact law beside it.

    Returns a Figure of two Axes with one logarithmic axis of ratios: stems first, then the law of independent moves, in
    which 95 % of the placebo dates lie within the shaded band. The table drawn is `placebo_table`'s.
    """
    page = Page(lang, **style)
    table = placebo_table(study)
    figure = page.figure(62)
    ratios = [2, 5] if page.rtl else [5, 2]
    panels = figure.subplots(1, 2, sharey=True, width_ratios=ratios)
    stems, law = (panels[1], panels[0]) if page.rtl else (panels[0], panels[1])
    low, high = _band(study)
    _stems(page.turn(stems), page, table[table["part"] == "joint"])
    _law(page.turn(law), page, table[table["part"] == "law"], study, low, high)
    _ratio_axis(stems, page, table)
    law.tick_params(axis="y", length=0, labelleft=False, labelright=False)
    words = page.words
    pooled, coverage = study.pooled.iloc[0], study.coverage.iloc[0]
    drawing = Drawing(
        "placebo",
        lang,
        words.each(lambda one: _title(one, study, pooled)),
        words.each(lambda one: _alt(one, study, pooled, low, high)),
        page.note("incidents", int(coverage["counted"]), int(coverage["undated"]), "placebo.note"),
        table,
        page.details((study.counts.index[0], study.counts.index[-1]), study.window),
    )
    key = [
        Line2D([], [], linestyle="", marker="D", color=WINDOW, markersize=5, label=words.key("placebo.true")),
        Line2D([], [], color=GREY, marker="o", markersize=2.5, linewidth=0.8, label=words.key("placebo.moved")),
        Patch(facecolor=PALE, label=words.key("forest.placebo")),
    ]
    return page.finish(figure, drawing, key)


def _band(study: Study) -> tuple[float, float]:
    """Return the ratios between which 95 % of the exact law lie."""
    law = study.placebo_law.sort_values("statistic")
    reached = law["probability"].cumsum().to_numpy()
    statistic = law["statistic"].to_numpy(dtype="float64")
    low, high = (statistic[np.searchsorted(reached, p).clip(max=len(statistic) - 1)] for p in (0.025, 0.975))
    return float(np.exp(low)), float(np.exp(high))


def _stems(ax: Axes, page: Page, joint: pd.DataFrame) -> None:
    ax.set_yscale("log")
    shift = joint["shift"].astype("float64")
    true = joint["true"].fillna(False).astype("bool")
    ax.vlines(shift[~true], 1, joint["low"][~true], color=GREY, linewidth=0.8)
    ax.plot(shift[~true], joint["low"][~true], "o", color=GREY, markersize=2.5)
    ax.vlines(shift[true], 1, joint["low"][true], color=WINDOW, linewidth=1.4)
    ax.plot(shift[true], joint["low"][true], "D", color=WINDOW, markersize=5, zorder=4)
    ax.axhline(1, color=BLACK, linewidth=0.6)
    reach = max(7.0, float(shift.abs().max())) + 6
    page.offsets(ax, -reach, reach, 0.55)
    page.below(ax, page.words.say("placebo.shift"), 0.55)
    page.unit(ax, page.words.say("placebo.unit"))


def _law(ax: Axes, page: Page, law: pd.DataFrame, study: Study, low: float, high: float) -> None:
    ax.axhspan(low, high, color=PALE, alpha=0.6, linewidth=0, zorder=0)
    middle = np.sqrt(law["low"] * law["high"])
    ax.barh(middle, law["probability"], height=(law["high"] - law["low"]) * 0.92, color=SILVER)
    ax.axhline(1, color=BLACK, linewidth=0.6)
    true = study.placebo_joint.loc[study.placebo_joint["true"].astype("bool"), "statistic"]
    ax.axhline(float(np.exp(true.iloc[0])), color=WINDOW, linewidth=1.4)
    most = max(0.01, float(law["probability"].max())) * 1.15
    ax.set_xlim((most, 0) if page.rtl else (0, most))
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    page.below(ax, page.words.say("placebo.share"), 0.24)
    page.unit(ax, page.words.each(lambda one: _p(one, float(study.pooled["placebo_p"].iloc[0]))))


def _p(one: Words, p: float) -> str:
    """The p as the sentence of the study writes it, so that figure and sentence say one number."""
    said = one.number(max(p, LEAST_P), len(probability(p).partition(".")[2]))
    return one.say("placebo.p" if p >= LEAST_P else "placebo.p_below", p=said)


def _ratio_axis(ax: Axes, page: Page, table: pd.DataFrame) -> None:
    law = table[table["part"] == "law"]
    kept = law[law["probability"] > 1e-4]
    values = pd.concat([table.loc[table["part"] == "joint", "low"], kept["low"], kept["high"]])
    low, high = min(0.8, float(values.min())) / 1.1, max(1.25, float(values.max())) * 1.1
    ax.set_ylim(low, high)
    fine = [tick for tick in (*TICKS, 0.3, 0.4, 0.6, 0.7, 0.8, 1.5, 3, 50, 0.02, 0.01) if low <= tick <= high]
    ticks = sorted(fine) if len(fine) < 9 else [tick for tick in fine if tick in TICKS]
    ax.yaxis.set_major_locator(FixedLocator(ticks))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: page.bare(value, decimals_of(value))))


def _title(one: Words, study: Study, pooled: pd.Series) -> str:
    if pd.isna(pooled["placebo_rank"]):
        return one.say("placebo.title_none", ratio=one.number(float(pooled["rate_ratio"]), 2))
    return one.say("placebo.title", rank=int(pooled["placebo_rank"]), dates=len(study.placebo_joint))


def _alt(one: Words, study: Study, pooled: pd.Series, low: float, high: float) -> str:
    joint = study.placebo_joint
    highest = joint.loc[joint["statistic"].astype("float64").idxmax()]
    rank = pooled["placebo_rank"]
    return one.say(
        "placebo.alt",
        dates=len(joint),
        event=remembered(study.anniversary, one),
        ratio=one.number(float(np.exp(joint.loc[joint["true"].astype("bool"), "statistic"].iloc[0])), 2),
        rank=one.number(float("nan") if pd.isna(rank) else int(rank)),
        most=one.number(float(np.exp(highest["statistic"])), 2),
        shift=one.offset(int(highest["shift"])),
        p=_p(one, float(pooled["placebo_p"])).split(" ", 1)[1].removeprefix("= "),
        low=one.number(low, 2),
        high=one.number(high, 2),
    )
