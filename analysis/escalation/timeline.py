"""Incidents to counts over time: lower, expected and upper, with days that nobody observed kept apart from zeros.

An incident dated to an interval of days is certainly in a period that holds the whole interval (lower), possibly in
one that the interval touches (upper), and on each of its days with the same probability (expected: aoristic analysis,
Ratcliffe and McCullagh 1998). Incidents without a date are in no count; `study_anniversary` says how many there were.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from analysis.escalation.rates import LEVEL, garwood
from analysis.paths import data_path
from analysis.tables import DAY

Observed = Sequence[Any]
"""(first, last), both inclusive, or several such pairs with unobserved days between them."""

SEVERAL = ("actors", "targets")
"""Columns that hold several ids joined by ';': an incident counts under each of them."""


def observed_days(observed: Observed) -> pd.Series:
    """Return a boolean series over all days from the first to the last observed: True where somebody looked.

    Raises ValueError where `observed` is no (first, last), or several of them, or a pair ends before it begins.

    >>> int(observed_days([("2024-01-01", "2024-01-05"), ("2024-01-09", "2024-01-10")]).sum())
    7
    """
    if not len(observed):
        raise ValueError("observed is empty: give (first day, last day)")
    pairs = [tuple(observed)] if isinstance(observed[0], (str, date, datetime, np.datetime64)) else list(observed)
    spans = [tuple(pd.Timestamp(day).normalize() for day in pair) for pair in pairs]
    if any(len(span) != 2 or span[1] < span[0] for span in spans):
        raise ValueError(f"observed must be (first day, last day), or several such pairs, got {observed!r}")
    index = pd.date_range(min(first for first, _ in spans), max(last for _, last in spans), freq="D", unit="s")
    days = pd.Series(False, index=index, name="observed")
    for first, last in spans:
        days.loc[first:last] = True
    return days


def dated(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents that have a date, with date_start and date_end as days (datetime64[s]).

    Dates may be datetimes, `date` objects or ISO strings; hours and time zones are dropped. Raises ValueError where a
    column is missing, holds something else, or an interval ends before it begins.
    """
    missing = [name for name in ("date_start", "date_end") if name not in incidents.columns]
    if missing:
        raise ValueError(f"the table lacks {' and '.join(missing)}; name its date columns date_start and date_end")
    days = {name: _days(incidents[name]) for name in ("date_start", "date_end")}
    frame = incidents.assign(**days).dropna(subset=["date_start", "date_end"])
    backwards = int((frame["date_end"] < frame["date_start"]).sum())
    if backwards:
        raise ValueError(f"date_end lies before date_start in {backwards} rows; mend them or set them aside")
    return frame


def daily_counts(incidents: pd.DataFrame, observed: Observed) -> pd.Series:
    """Count incidents per day by date_start: Int64 over all days from first to last, NA where nobody observed."""
    days = observed_days(observed)
    start, _ = _day_numbers(dated(incidents), days.index[0])
    counts = np.bincount(start[(start >= 0) & (start < len(days))], minlength=len(days))
    return pd.Series(counts, index=days.index, name="count").astype("Int64").where(days)


def count_timeline(
    incidents: pd.DataFrame,
    observed: Observed,
    freq: str = "D",
    by: str | Sequence[str] = (),
    weights: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count incidents per period, and per value of the columns `by`, in one long table.

    `incidents` has date_start, date_end. `freq` is a pandas period: D (day), W (week to Sunday), W-SAT, M, Q, Y. `by`
    names columns of `incidents`, or 'family' (of kinds.tsv) or 'dyad' (actor_side > target_side); NA makes a group of
    its own; actors and targets are counted under each id they hold. `weights` (kind, weight) turns counts into
    weighted sums; see `severity_weights`. Every group has every period.

    Columns: period_start, period_end (datetime64[s], inclusive), those of `by`, observed_days (int64), lower, expected,
    upper (Float64; NA where no day of the period was observed). Time grows with incidents plus groups times days.
    Raises ValueError where a column is missing, a kind has no weight or an interval ends before it begins.
    """
    days = observed_days(observed)
    columns = [by] if isinstance(by, str) else list(by)
    frame = _with_columns(dated(incidents), columns)
    frame = frame.assign(_weight=1.0 if weights is None else _weights_of(frame, weights))
    periods, slots = _periods(days, freq)
    groups = frame.groupby(columns, dropna=False, observed=True) if columns else [((), frame)]
    tables = [
        periods.assign(**dict(zip(columns, values, strict=True)), **_count(group, days, slots, len(periods)))
        for values, group in groups
    ]
    order = ["period_start", "period_end", *columns, "observed_days", "lower", "expected", "upper"]
    return pd.concat(tables, ignore_index=True)[order] if tables else pd.DataFrame(columns=order)


def count_spans(incidents: pd.DataFrame, spans: Sequence[tuple[Any, Any]]) -> pd.DataFrame:
    """Count incidents in spans of days, both ends inclusive, one row per span.

    Columns: first, last (datetime64[s]), lower, expected, upper, by_start (by date_start alone).
    """
    frame = dated(incidents)
    start, end = _day_numbers(frame, pd.Timestamp(0))
    rows = []
    for first, last in spans:
        low, high = pd.Timestamp(first).normalize(), pd.Timestamp(last).normalize()
        left, right = (int(np.datetime64(day, "D").astype("int64")) for day in (low, high))
        shared = np.clip(np.minimum(end, right) - np.maximum(start, left) + 1, 0, None)
        rows.append(
            {
                "first": low,
                "last": high,
                "lower": int(((start >= left) & (end <= right)).sum()),
                "expected": float((shared / (end - start + 1)).sum()),
                "upper": int((shared > 0).sum()),
                "by_start": int(((start >= left) & (start <= right)).sum()),
            }
        )
    return pd.DataFrame(rows, columns=["first", "last", "lower", "expected", "upper", "by_start"]).astype(
        {"first": DAY, "last": DAY}
    )


def rolling_rate(counts: pd.Series, days: int = 28, level: float = LEVEL) -> pd.DataFrame:
    """Return the rate per observed day in a centred window of `days`, with its exact (Garwood 1936) limits.

    `counts` is a daily series such as `daily_counts` returns; NA days add nothing to the exposure. Columns: count
    (float64), observed_days (int64), rate, low, high (float64; NaN where no day of the window was observed); the index
    is that of `counts`. The band holds day by day for Poisson counts: clustered ones leave it more often.
    """
    seen = counts.notna()
    window = {"window": days, "min_periods": 1, "center": True}
    count = counts.astype("float64").fillna(0.0).rolling(**window).sum().round(9)
    exposure = seen.astype("float64").rolling(**window).sum().round().where(lambda n: n > 0)
    low, high = garwood(count, exposure, level)
    return pd.DataFrame(
        {
            "count": count,
            "observed_days": exposure.fillna(0).astype("int64"),
            "rate": count / exposure,
            "low": low,
            "high": high,
        },
        index=counts.index,
    )


def severity_weights() -> pd.DataFrame:
    """Return the package's weight of each kind of incident (kind, weight, why), to be changed and handed back.

    The weights are a judgment, not a measurement: they only order kinds by harm that can be expected of them.
    """
    return pd.read_csv(data_path("entities", "severity.tsv"), sep="\t", dtype={"kind": "string", "why": "string"})


def _days(dates: pd.Series) -> pd.Series:
    try:
        return pd.to_datetime(dates, format="ISO8601").dt.tz_localize(None).dt.normalize().astype(DAY)
    except (TypeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"{dates.name} holds what is no date ({reason}); write days as YYYY-MM-DD") from error


def _periods(days: pd.Series, freq: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the periods with their observed days, and the number of the period of each day."""
    spans = pd.PeriodIndex(days.index, freq=freq)
    slots, labels = pd.factorize(spans)
    table = pd.DataFrame(
        {
            "period_start": labels.start_time.normalize().astype(DAY),
            "period_end": labels.end_time.normalize().astype(DAY),
            "observed_days": np.bincount(slots, weights=days.to_numpy(), minlength=len(labels)).astype("int64"),
        }
    )
    return table, slots


def _count(frame: pd.DataFrame, days: pd.Series, slots: np.ndarray, periods: int) -> dict[str, Any]:
    """Return lower, expected and upper per period, by differences: one step up where an interval begins, one down."""
    seen = days.to_numpy()
    start, end = _day_numbers(frame, days.index[0])
    first, last = start.clip(0, len(days)), end.clip(-1, len(days) - 1)
    seen_before = np.concatenate([[0], np.cumsum(seen)])
    kept = (first <= last) & (seen_before[np.maximum(last + 1, first)] > seen_before[first])
    start, end, first, last = start[kept], end[kept], first[kept], last[kept]
    weight = frame["_weight"].to_numpy()[kept]

    inside = (start == first) & (end == last) & (slots[first] == slots[last])
    lower = np.bincount(slots[first][inside], weights=weight[inside], minlength=periods)
    upper = _ladder(slots[first], slots[last], weight, periods)
    exact = start == end
    share = weight / (end - start + 1)
    daily = np.bincount(first[exact], weights=weight[exact], minlength=len(days))
    daily = daily + _ladder(first[~exact], last[~exact], share[~exact], len(days))
    expected = np.bincount(slots, weights=daily * seen, minlength=periods)

    unseen = np.bincount(slots, weights=seen, minlength=periods) == 0
    counts = {"lower": lower, "expected": expected, "upper": upper}
    return {name: pd.Series(values, dtype="Float64").mask(unseen) for name, values in counts.items()}


def _ladder(first: np.ndarray, last: np.ndarray, height: np.ndarray, size: int) -> np.ndarray:
    """Add `height` to every slot from `first` to `last`; slots that nothing touches are exactly 0."""
    up = np.bincount(first, weights=height, minlength=size + 1)
    down = np.bincount(last + 1, weights=height, minlength=size + 1)
    touching = np.cumsum(np.bincount(first, minlength=size + 1) - np.bincount(last + 1, minlength=size + 1))
    return np.where(touching > 0, np.cumsum(up - down), 0.0)[:size]


def _day_numbers(frame: pd.DataFrame, origin: pd.Timestamp) -> tuple[np.ndarray, np.ndarray]:
    zero = np.datetime64(origin, "D")
    start, end = (frame[name].to_numpy().astype("datetime64[D]") - zero for name in ("date_start", "date_end"))
    return start.astype("int64"), end.astype("int64")


def _with_columns(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    if "family" in columns and "family" not in frame:
        kinds = pd.read_csv(data_path("entities", "kinds.tsv"), sep="\t", dtype="string").set_index("id")
        frame = frame.assign(family=frame["kind"].astype("string").map(kinds["family"]))
    if "dyad" in columns and "dyad" not in frame:
        sides = [frame[name].astype("string").fillna("?") for name in ("actor_side", "target_side")]
        frame = frame.assign(dyad=sides[0] + " > " + sides[1])
    missing = [name for name in columns if name not in frame]
    if missing:
        raise ValueError(f"cannot count by {missing}: the table has no such column")
    for name in set(columns) & set(SEVERAL):
        frame = frame.assign(**{name: frame[name].astype("string").str.split(";")}).explode(name)
    return frame


def _weights_of(frame: pd.DataFrame, weights: pd.DataFrame) -> pd.Series:
    weight = frame["kind"].astype("string").map(weights.set_index("kind")["weight"])
    if weight.isna().any():
        raise ValueError(
            f"no weight for the kinds {sorted(frame['kind'][weight.isna()].astype(str).unique())}; add rows"
        )
    return weight.astype("float64")
