"""How long one study takes: 10,000 incidents, the whole grid, every year left out, 200 redraws of interval dates.

    python benchmarks/study.py

Prints seconds of processor time and of the clock, the best of five.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from analysis import study_anniversary

OBSERVED = ("2014-09-01", "2025-10-31")
CASES = {"exact days": 0.0, "a fifth dated to up to a week": 0.2}


def incidents(number: int, dated_to_intervals: float) -> pd.DataFrame:
    """Incidents spread over the observation period, some of them dated to two to seven days."""
    generator = np.random.default_rng(1)
    days = pd.date_range(*OBSERVED, freq="D", unit="s")
    start = days[generator.integers(0, len(days), number)]
    length = np.where(generator.random(number) < dated_to_intervals, generator.integers(1, 7, number), 0)
    return pd.DataFrame({"date_start": start, "date_end": start + pd.to_timedelta(length, unit="D")})


def main() -> None:
    """Time the study on each case."""
    for name, share in CASES.items():
        table = incidents(10_000, share)
        took = []
        for _ in range(5):
            began, worked = time.perf_counter(), time.process_time()
            study_anniversary(table, "soleimani", range(2021, 2025), observed=OBSERVED)
            took.append((time.process_time() - worked, time.perf_counter() - began))
        print(f"{name}: {min(t for t, _ in took):.2f} s of processor, {min(t for _, t in took):.2f} s by the clock")


if __name__ == "__main__":
    main()
