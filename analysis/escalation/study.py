"""Is there an escalation around an anniversary? One call, one Study, one sentence.

A Study holds plain DataFrames:

| table | rows | columns |
|---|---|---|
| pooled | 1 | anniversaries, window_count, window_days, flank_count, flank_days (int64); rate_ratio, exact_low, exact_high, exact_p, placebo_low, placebo_high, placebo_p (float64); placebo_rank (Int64) |
| by_anniversary | K | anniversary (datetime64[s]), year (int64), then those of pooled |
| dispersion | 1 | phi_weekly, quasi_low, quasi_high, phi_placebo, placebo_mean, placebo_sd, placebo_p_greater, joint_p_greater, joint_p, minimum_detectable_ratio (float64) |
| placebo_joint | S | shift (days), window_count, flank_count, statistic, rate_ratio, true: all years moved together |
| placebo_law | any | window_count, flank_count, statistic, rate_ratio, probability: the exact law of independent shifts, by statistic |
| daily | K x days | anniversary, day (from the anniversary), date, count (Int64), part ('before', 'window', 'after') |
| controls | any | control, anniversaries, window_count, window_days, flank_count, flank_days, rate_ratio, ratio_of_ratios, exact_low, exact_high, exact_p, phi, low, high |
| dating | K | anniversary, then lower, expected, upper, by_start of the window (window_lower ...) and of both flanks (flank_lower ...) |
| redraws | 0 or M | draw, window_count, flank_count, rate_ratio, placebo_p: days drawn within the intervals of incidents dated to several days |
| grid | 19 or fewer | window_first, window_last, flank, primary, observed, then those of pooled: other windows and flanks |
| leave_one_out | K or 0 | left_out, then those of pooled |
| coverage | 1 | incidents; of these undated, vague (dated to more than 21 days) and outside the observation period; interval_dated (several days, touching a window or flank); counted (in windows and flanks) |
| dates | K | date, earliest, latest, year, calendar_date, founding, before: as `anniversary_dates` returns them |

and the daily series `counts` (Int64 over the observation period, NA where nobody observed), from which the composite and
the break points are made. `warnings` lists, in words, what a reader must know; `sentence()` carries them all.
"""  # noqa: E501

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.escalation.calendars import Anniversary, anniversary_dates, find_anniversary
from analysis.escalation.cautions import LONGEST, cautions_of_counts, cautions_of_coverage, cautions_of_design
from analysis.escalation.controls import control_table, window_dispersion
from analysis.escalation.dating import coverage_row, date_bounds
from analysis.escalation.placebo import WHOLE_WEEKS, minimum_detectable_ratio, placebo_p
from analysis.escalation.rates import dispersed_interval
from analysis.escalation.sensitivity import leave_one_out, redraw_dates, specification_grid
from analysis.escalation.sentence import Caution, tell, tell_years
from analysis.escalation.timeline import Observed, daily_counts, dated
from analysis.escalation.windows import (
    Estimate,
    Windows,
    aligned_counts,
    count_windows,
    estimate,
    estimate_table,
    fits,
    joint_shifts,
)


@dataclass(frozen=True, repr=False, eq=False)
class Study:
    """The answer to one question about one anniversary; its tables are described at the top of this module."""

    anniversary: Anniversary
    window: tuple[int, int]
    flank: int
    pooled: pd.DataFrame
    by_anniversary: pd.DataFrame
    dispersion: pd.DataFrame
    placebo_joint: pd.DataFrame
    placebo_law: pd.DataFrame
    daily: pd.DataFrame
    controls: pd.DataFrame
    dating: pd.DataFrame
    redraws: pd.DataFrame
    grid: pd.DataFrame
    leave_one_out: pd.DataFrame
    coverage: pd.DataFrame
    dates: pd.DataFrame
    counts: pd.Series
    cautions: tuple[Caution, ...]

    @property
    def warnings(self) -> list[str]:
        """What a reader must know, in English; `sentence` carries it too."""
        return [caution.text() for caution in self.cautions]

    def sentence(self, lang: str = "en") -> str:
        """Return the result in words, in English ('en') or Arabic ('ar'), with its counts and its cautions."""
        return tell(self, lang)

    def __str__(self) -> str:
        return "\n".join([self.sentence(), *tell_years(self)])

    def __repr__(self) -> str:
        return f"<Study of {self.anniversary.id}: {self.sentence()}>"

    def _repr_html_(self) -> str:
        tables = (self.pooled, self.by_anniversary.drop(columns="anniversaries"))
        return f"<p>{html.escape(self.sentence())}</p>" + "".join(
            table.to_html(index=False, float_format="{:.3g}".format) for table in tables
        )


def study_anniversary(
    events: pd.DataFrame,
    anniversary: str | date | Mapping[str, Any] | pd.Series | pd.DataFrame | Anniversary,
    years: Iterable[int] | None = None,
    *,
    observed: Observed,
    window: tuple[int, int] = (-14, 14),
    flank: int = 60,
    controls: Mapping[str, pd.DataFrame] | None = None,
    control_years: Iterable[int] | None = None,
    shifts: Sequence[int] = WHOLE_WEEKS,
    redraws: int = 200,
    declared: bool = True,
) -> Study:
    """Ask whether incidents are more frequent around an anniversary than just outside, and than ordinary dates show.

    `events` is any table with date_start and date_end (days, inclusive), one row per incident, already cut down to the
    actor, place or kind asked about; it is counted by date_start. `anniversary` is an id of `read_anniversaries`, the
    day of the founding event, or a row. `years` are Gregorian; without them every anniversary that was observed is
    taken. `observed` is (first, last), or several such pairs: days outside are not zeros. `window` gives first and
    last day, from the anniversary; each flank has `flank` days, immediately outside.

    `controls` maps names to tables that should not react (incidents, or reports with `published`). The same dates
    before the founding event are a control where they were observed: `control_years`, or the last as many years as
    there are anniversaries. `shifts` are the placebo dates, in days; (0,) asks for none. Incidents dated to several
    days are drawn within their intervals `redraws` times. `declared` False says that the window was chosen after
    seeing the data.

    Raises ValueError where a window, a flank or a placebo window reaches outside the observation period, where no
    anniversary is left, or where the table has no usable dates. Everything else that weakens the answer is in
    `warnings`. Method: conditional binomial (Przyborowski and Wilenski 1940) and placebo dates by exact convolution
    (Lotwick and Silverman 1982; Phipson and Smyth 2010); see `rates` and `placebo`.
    """
    which = find_anniversary(anniversary)
    known = dated(events)
    vague = (known["date_end"] - known["date_start"]).dt.days >= LONGEST
    incidents = known[~vague]
    counts = daily_counts(incidents, observed)
    dates, choice = _choose_dates(which, years, counts, window, flank, shifts)
    index = pd.DatetimeIndex(dates["date"])
    spec = (counts, index, window, flank, shifts)

    windows = count_windows(*spec)
    result = estimate(windows)
    before = _dates_before(which, control_years, counts, windows)
    phi = window_dispersion(counts, windows)
    dating = date_bounds(incidents, windows)
    coverage = coverage_row(events, known, vague, counts, windows)
    cautions = (
        *choice,
        *cautions_of_design(which, windows, counts, declared),
        *cautions_of_counts(windows, result.law, dating),
        *cautions_of_coverage(events, coverage),
        *([Caution("no_before")] if which.founded and control_years is None and not len(before) else []),
    )
    return Study(
        anniversary=which,
        window=window,
        flank=flank,
        pooled=estimate_table([result.row]),
        by_anniversary=_by_anniversary(windows),
        dispersion=_dispersion(windows, result, phi),
        placebo_joint=joint_shifts(windows),
        placebo_law=_law_table(result),
        daily=_daily(counts, windows),
        controls=control_table(windows, phi, counts, before, controls or {}, observed),
        dating=dating,
        redraws=redraw_dates(incidents, *spec, draws=redraws),
        grid=specification_grid(*spec),
        leave_one_out=leave_one_out(*spec),
        coverage=coverage,
        dates=dates,
        counts=counts,
        cautions=cautions,
    )


def _choose_dates(
    anniversary: Anniversary,
    years: Iterable[int] | None,
    counts: pd.Series,
    window: tuple[int, int],
    flank: int,
    shifts: Sequence[int],
) -> tuple[pd.DataFrame, list[Caution]]:
    """Return the anniversaries to study, and why others of the years asked for are left out."""
    wanted = range(counts.index[0].year, counts.index[-1].year + 1) if years is None else list(years)
    dates = anniversary_dates(anniversary, wanted)
    after = dates[~dates["founding"] & ~dates["before"]]
    if years is None:
        held = fits(counts, pd.DatetimeIndex(after["date"]), window, flank, shifts)
        left_out = {"unobserved": after[~held]}
        after = after[held]
    else:
        left_out = {"founding": dates[dates["founding"]], "earlier": dates[dates["before"]]}
    if after.empty:
        raise ValueError(
            f"no anniversary of {anniversary.id} is left in {min(wanted, default='no')}-{max(wanted, default='year')} "
            "whose windows, flanks and placebo dates were all observed; name other years, or widen `observed`"
        )
    why = [
        Caution(name, {"dates": ", ".join(f"{day:%Y-%m-%d}" for day in rows["date"])})
        for name, rows in left_out.items()
        if len(rows)
    ]
    return after.reset_index(drop=True), why


def _dates_before(
    anniversary: Anniversary, years: Iterable[int] | None, counts: pd.Series, windows: Windows
) -> pd.DatetimeIndex:
    """Return the same dates before the founding event: those asked for, or the last that fit, one per anniversary."""
    if years is not None:
        return pd.DatetimeIndex(anniversary_dates(anniversary, years)["date"])
    if anniversary.founded is None:
        return pd.DatetimeIndex([])
    founded = pd.Timestamp(anniversary.founded)
    dates = anniversary_dates(anniversary, range(counts.index[0].year, founded.year + 1))
    index = pd.DatetimeIndex(dates["date"])
    ended = index + pd.Timedelta(days=windows.window[1] + windows.flank) < founded
    return index[ended & fits(counts, index, windows.window, windows.flank)][-len(windows.dates) :]


def _by_anniversary(windows: Windows) -> pd.DataFrame:
    table = estimate_table([estimate(windows.take([k])).row for k in range(len(windows.dates))])
    table.insert(0, "anniversary", windows.dates.astype("datetime64[s]"))
    table.insert(1, "year", windows.dates.year.astype("int64"))
    return table


def _dispersion(windows: Windows, result: Estimate, phi: float) -> pd.DataFrame:
    x, y = windows.observed
    w, b = windows.window_days, windows.flank_days
    low, high = dispersed_interval(x, w, y, b, phi)
    row = {"phi_weekly": phi, "quasi_low": low, "quasi_high": high}
    names = "phi_placebo placebo_mean placebo_sd placebo_p_greater joint_p_greater joint_p minimum_detectable_ratio"
    row |= dict.fromkeys(names.split(), np.nan)
    if result.law is not None:
        law, shifts = result.law, len(windows.shifts)
        joint_x, joint_y = windows.window_count.sum(axis=0), windows.flank_count.sum(axis=0)
        below = int(((2 * joint_x + 1) * (2 * y + 1) <= (2 * x + 1) * (2 * joint_y + 1)).sum())
        row |= {
            "phi_placebo": law.variance / (1 / (x + 0.5) + 1 / (y + 0.5)),
            "placebo_mean": law.mean,
            "placebo_sd": law.variance**0.5,
            "placebo_p_greater": placebo_p(law, x, y)[0],
            "joint_p_greater": result.row["placebo_rank"] / shifts,
            "joint_p": min(1.0, 2 * min(result.row["placebo_rank"], below) / shifts),
            "minimum_detectable_ratio": minimum_detectable_ratio(law, w, b),
        }
    return pd.DataFrame([row])


def _law_table(result: Estimate) -> pd.DataFrame:
    law = result.law
    names = ["window_count", "flank_count", "statistic", "rate_ratio", "probability"]
    if law is None:
        return pd.DataFrame(columns=names)
    columns = (law.window_count, law.flank_count, law.statistic, np.exp(law.statistic), law.probability)
    return pd.DataFrame(dict(zip(names, columns, strict=True)))


def _daily(counts: pd.Series, windows: Windows) -> pd.DataFrame:
    first, last = windows.window
    table = aligned_counts(counts, windows.dates, first - windows.flank, last + windows.flank)
    part = np.select([table["day"] < first, table["day"] > last], ["before", "after"], "window")
    return table.assign(part=pd.Categorical(part, categories=["before", "window", "after"]))
