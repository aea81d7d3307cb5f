"""How much the answer hangs on the choices made: window and flank, single years, drawn dates, many comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from analysis.escalation.placebo import SEED, placebo_p_by_halves
from analysis.escalation.timeline import dated
from analysis.escalation.windows import POOLED, count_windows, estimate, estimate_table, fits, positions

if TYPE_CHECKING:
    from analysis.escalation.study import Study

WINDOWS = (3, 7, 14, 21)
FLANKS = (30, 60, 90)


def specification_grid(
    counts: pd.Series, dates: pd.DatetimeIndex, window: tuple[int, int], flank: int, shifts: Sequence[int]
) -> pd.DataFrame:
    """Estimate the same ratio with other windows and flanks, one row each; the declared one is marked `primary`.

    Windows of 3, 7, 14 and 21 days each side, the days before only and the anniversary and after only (of the declared
    window, where it has both), each with flanks of 30, 60 and 90 days, and the declared specification. Columns:
    window_first, window_last, flank (days), primary, observed (False: the observation period is too short, nothing
    was counted), then those of `study.pooled`. The rows share their data: they are one piece of evidence, not many.
    """
    windows = [(-days, days) for days in WINDOWS]
    if window[0] < 0 <= window[1]:
        windows += [(window[0], -1), (0, window[1])]
    choices = [(window, flank)] + [(w, f) for w in windows for f in FLANKS if (w, f) != (window, flank)]
    rows = []
    for chosen, days in choices:
        row: dict[str, Any] = {"window_first": chosen[0], "window_last": chosen[1], "flank": days}
        row |= {"primary": (chosen, days) == (window, flank)}
        row |= {"observed": bool(fits(counts, dates, chosen, days, shifts).all())}
        if row["observed"]:
            row |= estimate(count_windows(counts, dates, chosen, days, shifts)).row
        rows.append(row)
    kinds = dict.fromkeys([*POOLED[:5], "placebo_rank"], "Int64") | dict.fromkeys(POOLED[5:-1], "float64")
    names = ["window_first", "window_last", "flank", "primary", "observed", *POOLED]
    return pd.DataFrame(rows, columns=names).astype(kinds)


def leave_one_out(
    counts: pd.Series, dates: pd.DatetimeIndex, window: tuple[int, int], flank: int, shifts: Sequence[int]
) -> pd.DataFrame:
    """Estimate the pooled ratio without each anniversary in turn: left_out (datetime64[s]), then POOLED columns.

    Empty for a single anniversary.
    """
    windows = count_windows(counts, dates, window, flank, shifts)
    others = [[k for k in range(len(dates)) if k != out] for out in range(len(dates))] if len(dates) > 1 else []
    rows = [estimate(windows.take(kept)).row for kept in others]
    table = estimate_table(rows) if rows else pd.DataFrame(columns=POOLED)
    table.insert(0, "left_out", dates[: len(rows)].astype("datetime64[s]"))
    return table


def redraw_dates(
    incidents: pd.DataFrame,
    counts: pd.Series,
    dates: pd.DatetimeIndex,
    window: tuple[int, int],
    flank: int,
    shifts: Sequence[int],
    draws: int = 200,
    late: bool = False,
    seed: int = SEED,
) -> pd.DataFrame:
    """Draw a day within its interval for every incident dated to several days, and estimate again.

    Days are drawn uniformly, or, with `late`, the more often the later ("a few days ago" leans towards the report).
    `counts` is the daily series of the same incidents, by date_start; it says which days were observed. One row per
    draw: draw, window_count, flank_count (int64), rate_ratio, placebo_p (float64). No row where every incident has one
    day: nothing would change.
    """
    frame = dated(incidents)
    start, end = (positions(counts, pd.DatetimeIndex(frame[name])) for name in ("date_start", "date_end"))
    exact = start == end
    windows = count_windows(counts, dates, window, flank, shifts)
    known = _per_day(start[exact], len(counts))
    generator = np.random.default_rng(seed)
    rows = []
    for draw in range(0 if exact.all() else draws):
        place = generator.random((~exact).sum()) ** (0.5 if late else 1.0)
        moved = start[~exact] + (place * (end - start + 1)[~exact]).astype("int64")
        drawn = windows.recount(known + _per_day(moved, len(counts)))
        x, y = drawn.observed
        ratio = (x / drawn.window_days) / (y / drawn.flank_days) if y else (np.inf if x else np.nan)
        p = placebo_p_by_halves(list(drawn.window_count), list(drawn.flank_count), x, y)
        rows.append((draw, x, y, ratio, p if len(shifts) > 1 else np.nan))
    return pd.DataFrame(rows, columns=["draw", "window_count", "flank_count", "rate_ratio", "placebo_p"])


def compare_studies(studies: Mapping[str, Study]) -> pd.DataFrame:
    """Return the pooled rows of several studies, one per name, with their placebo p adjusted for being several.

    Columns: study, those of `pooled`, holm (for comparisons declared beforehand), benjamini_hochberg (for screening).
    """
    table = pd.concat([study.pooled for study in studies.values()], ignore_index=True)
    table.insert(0, "study", list(studies))
    return table.join(adjust_p(table["placebo_p"]).drop(columns="p"))


def adjust_p(p: pd.Series) -> pd.DataFrame:
    """Return p beside its Holm and Benjamini-Hochberg adjustments, on the index of `p`; NaN stays NaN.

    Holm (1979) for comparisons declared beforehand, Benjamini and Hochberg (1995) for screening many.
    """
    known = p.dropna()
    table = pd.DataFrame({"p": p, "holm": np.nan, "benjamini_hochberg": np.nan})
    if len(known):
        table.loc[known.index, "holm"] = multipletests(known, method="holm")[1]
        table.loc[known.index, "benjamini_hochberg"] = multipletests(known, method="fdr_bh")[1]
    return table


def _per_day(days: np.ndarray, length: int) -> np.ndarray:
    return np.bincount(days[(days >= 0) & (days < length)], minlength=length)
