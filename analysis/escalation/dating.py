"""How exactly the incidents of a study are dated, and what of the table went into its counts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.escalation.timeline import count_spans
from analysis.escalation.windows import Windows


def date_bounds(incidents: pd.DataFrame, windows: Windows) -> pd.DataFrame:
    """Return lower, expected, upper and by-start counts of each window and of both its flanks, a row per anniversary.

    Columns: anniversary, window_lower, window_expected, window_upper, window_by_start, and the same with flank_.
    """

    def spans(first: int, last: int) -> pd.DataFrame:
        days = [(day + pd.Timedelta(days=first), day + pd.Timedelta(days=last)) for day in windows.dates]
        return count_spans(incidents, days).drop(columns=["first", "last"])

    first, last = windows.window
    inside, flank = spans(first, last), windows.flank
    beside = spans(first - flank, first - 1) + spans(last + 1, last + flank)
    # An interval that touches both flanks counts once: it touches the whole, and lies not wholly in the window.
    beside["upper"] = spans(first - flank, last + flank)["upper"] - inside["lower"]
    table = pd.concat([inside.add_prefix("window_"), beside.add_prefix("flank_")], axis=1)
    table.insert(0, "anniversary", windows.dates.astype("datetime64[s]"))
    return table


def coverage_row(
    events: pd.DataFrame, known: pd.DataFrame, vague: pd.Series, counts: pd.Series, windows: Windows
) -> pd.DataFrame:
    """Return one row: how many of `events` there are, and why some are in no count.

    `known` are the dated ones, `vague` marks those of them whose interval is too long. Columns (int64): incidents,
    undated, vague, outside (of the observation period), interval_dated (several days, touching a window or a flank),
    counted (in windows and flanks).
    """
    used = known[~vague]
    several = used[used["date_end"] > used["date_start"]]
    reach = [pd.Timedelta(days=days) for days in (windows.window[0] - windows.flank, windows.window[1] + windows.flank)]
    near = np.zeros(len(several), dtype=bool)
    for day in windows.dates:
        near |= ((several["date_start"] <= day + reach[1]) & (several["date_end"] >= day + reach[0])).to_numpy()
    row = {
        "incidents": len(events),
        "undated": len(events) - len(known),
        "vague": int(vague.sum()),
        "outside": len(used) - int(counts.sum()),
        "interval_dated": int(near.sum()),
        "counted": sum(windows.observed),
    }
    return pd.DataFrame([row])
