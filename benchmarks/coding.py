"""How fast coding is: reports a second on one core, beside a bare pass of the matcher over the same text, in one run.

    python benchmarks/coding.py [REPORTS]

REPORTS is anything `read_reports` reads (default: the package's own). Printed: characters, seconds of processor time,
reports of the seed's size (2,900 characters) a second, the share of each step, and the time for one, two, four and
eight copies of one long text, which tells whether time grows in line with text.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis.coding.actors import find_actors
from analysis.coding.coder import code_report, default_resources
from analysis.coding.counts import find_counts
from analysis.coding.dates import find_dates
from analysis.coding.mentions import find_mentions
from analysis.coding.places import find_places
from analysis.coding.text import fold
from analysis.paths import data_path
from analysis.reading.reports import read_reports

SEED_SIZE = 2900
LONGEST = 20_000
COPIES = (1, 2, 4, 8)
DAY = date(2022, 1, 8)


def seconds(work: Callable[[Any], object], items: Iterable[Any]) -> float:
    """Processor seconds that a piece of work takes over all items."""
    begun = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - begun


def steps(reports: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Processor seconds of the whole coding and of its steps over the same reports."""
    resources = default_resources()
    texts = [str(report["text"]) for report in reports]
    folded = [fold(text) for text in texts]
    found = [(text, find_mentions(text, resources.lexicon)) for text in folded]
    return {
        "folding": seconds(fold, texts),
        "matcher": seconds(lambda text: find_mentions(text, resources.lexicon), folded),
        "actors": seconds(lambda pair: find_actors(pair[0], pair[1], DAY), found),
        "places": seconds(lambda pair: find_places(pair[0], pair[1]), found),
        "dates": seconds(lambda text: find_dates(text, DAY), folded),
        "counts": seconds(find_counts, folded),
        "coding": seconds(lambda report: code_report(report, resources), reports),
    }


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    table = read_reports(Path(arguments[0]) if arguments else data_path("reports"))
    reports = table.to_dict("records")
    for report in reports[:20]:
        code_report(report)
    characters = sum(len(str(report["text"])) for report in reports)
    took = steps(reports)
    print(f"{len(reports)} reports, {characters} characters, processor seconds on one core")
    for name, spent in took.items():
        speed = characters / SEED_SIZE / spent
        print(
            f"{name:<8} {spent:7.2f} s {speed:8.0f} reports of the seed's size a second {spent / took['coding']:6.0%}"
        )
    print(f"coding takes {took['coding'] / took['matcher']:.1f} times a bare pass of the matcher")
    text = "\n".join(str(report["text"]) for report in reports)[: LONGEST // COPIES[-1]]
    for copies in COPIES:
        long = {"report_id": "long", "published": "2022-01-08", "text": "\n".join([text] * copies)}
        spent = seconds(code_report, [long])
        each = 1e6 * spent / len(long["text"])
        print(f"{len(long['text']):7} characters in one report: {spent:6.2f} s, {each:5.1f} microseconds each")


if __name__ == "__main__":
    main(sys.argv[1:])
