"""How well incidents agree with hand-coded reports: found, kind, row, fields, counts.

found    precision, recall, F1 of pairs: an incident is seen at all (see `pairing`)
kind     the same, only pairs with an accepted kind
row      the same, only pairs right in kind, status, date, actors, targets and place at once
fields   share of the pairs with an accepted kind whose field agrees, each field on its own
counts   precision, recall, F1 of exact killed and wounded (least, most)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.coding.coder import code_reports
from analysis.events.gold import GoldReport, read_gold, read_incidents, reports_of_gold
from analysis.events.pairing import FIELDS, CodedAct, Pair, acts_of_table, overlap, pair_acts

COUNTS = ("killed", "wounded")
AROUND = 30
"""Characters shown on either side of a false alarm."""
SHOWN_DIFFERENCES = ("outcome", "report_id", "kind", "words", "fields")


@dataclass(frozen=True, slots=True)
class Rate:
    """Hits among what was predicted and among what the gold holds."""

    hits: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Hits among what was predicted; 0 where nothing was."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Hits among what the gold holds; 0 where it holds nothing."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.hits else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  f1 {self.f1:.3f}"


@dataclass(frozen=True, slots=True)
class Score:
    """The measures of the module's docstring; `str` prints them. `differences` says what stands behind them."""

    reports: int
    gold: int
    predicted: int
    found: Rate
    kind: Rate
    row: Rate
    counts: Rate
    fields: Mapping[str, float]
    differences: pd.DataFrame = field(repr=False)
    """One row per miss, false alarm and pair with a wrong field: outcome, report_id, kind, words, fields (strings)."""

    def __str__(self) -> str:
        rates = [f"{name:7}{getattr(self, name)}" for name in ("found", "kind", "row", "counts")]
        head = f"{self.reports} reports, {self.gold} gold incidents, {self.predicted} predicted"
        return "\n".join([head, *rates, "fields " + "  ".join(f"{k} {v:.3f}" for k, v in self.fields.items())])

    def _repr_html_(self) -> str:
        head = str(self).split("\n", 1)[0]
        return f"<p>{head}</p>{self.table().style.format(precision=2, na_rep='').hide(axis='index').to_html()}"

    def table(self) -> pd.DataFrame:
        """The measures as a table: measure, precision, recall, f1, share (float64; NA where it does not apply)."""
        rates = [
            {"measure": name, "precision": rate.precision, "recall": rate.recall, "f1": rate.f1}
            for name, rate in (("found", self.found), ("kind", self.kind), ("row", self.row), ("counts", self.counts))
        ]
        shares = [{"measure": name, "share": value} for name, value in self.fields.items()]
        return pd.DataFrame([*rates, *shares], columns=["measure", "precision", "recall", "f1", "share"])


def score_incidents(gold: Sequence[GoldReport], incidents: pd.DataFrame) -> Score:
    """Measure a table of incidents (tables.INCIDENTS, or its CSV) against hand-coded reports (`read_gold`).

    Only reports of the gold are scored; one without a prediction counts as all missed. Rows marked `summary` are left
    out, and a row on a stretch that the gold calls a summing-up is no false alarm. Where the gold leaves a date open,
    an empty one is right and a filled one wrong. Raises ValueError where the table lacks a needed column.
    """
    predicted = acts_of_table(incidents)
    n: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    differences: list[dict[str, str]] = []
    for report in gold:
        acts = [act for act in predicted.get(report.report_id, []) if not act.summary]
        pairs = pair_acts(report.acts, acts, report.text)
        paired = {pair.right for pair in pairs}
        left = [act for i, act in enumerate(acts) if i not in paired and not _on_summary(act, report)]
        n.update({"gold": len(report.acts), "predicted": len(pairs) + len(left), "found": len(pairs)})
        for pair in pairs:
            if "kind" in pair.agrees:
                n["kind"] += 1
                n["row"] += all(name in pair.agrees for name in FIELDS if name != "background")
                agreed.update(name for name in FIELDS if name in pair.agrees)
        n.update(_count_counts(report, acts, pairs, left))
        differences += _differences(report, acts, pairs, left)
    return Score(
        reports=len(gold),
        gold=n["gold"],
        predicted=n["predicted"],
        found=Rate(n["found"], n["predicted"], n["gold"]),
        kind=Rate(n["kind"], n["predicted"], n["gold"]),
        row=Rate(n["row"], n["predicted"], n["gold"]),
        counts=Rate(n["counts_hit"], n["counts_predicted"], n["counts_gold"]),
        fields={name: agreed[name] / n["kind"] if n["kind"] else 0.0 for name in FIELDS},
        differences=pd.DataFrame(differences, columns=list(SHOWN_DIFFERENCES), dtype="string"),
    )


def print_score(gold: str | Path, predicted: str | Path | None = None, misses: int = 0) -> str:
    """Say how well predicted incidents agree with a gold file; without a file the gold's reports are coded.

    `misses`: so many differences (misses, false alarms, wrong fields) are listed below. `predicted` is a CSV, JSON
    lines or Parquet file of incidents, or a second coder's file in the gold format. Raises ValueError where a file
    cannot be read.
    """
    records = read_gold(gold)
    incidents = code_reports(reports_of_gold(records)).incidents if predicted is None else read_incidents(predicted)
    score = score_incidents(records, incidents)
    lines = [
        "  ".join(part for part in (row["outcome"], row["report_id"], row["kind"], row["words"], row["fields"]) if part)
        for row in score.differences.head(misses).to_dict("records")
    ]
    return "\n".join([str(score), *lines])


def _on_summary(act: CodedAct, report: GoldReport) -> bool:
    return any(overlap(act.triggers[0], span) for span in report.summaries)


def _count_counts(
    report: GoldReport, acts: Sequence[CodedAct], pairs: Sequence[Pair], left: Sequence[CodedAct]
) -> Counter[str]:
    n: Counter[str] = Counter()
    for name in COUNTS:
        gold = [getattr(act, name) for act in report.acts]
        predicted = [getattr(act, name) for act in acts]
        n["counts_gold"] += sum(count != (None, None) for count in gold)
        n["counts_predicted"] += sum(predicted[pair.right] != (None, None) for pair in pairs)
        n["counts_predicted"] += sum(getattr(act, name)[0] is not None for act in left)
        n["counts_hit"] += sum(
            gold[pair.left] != (None, None) and gold[pair.left] == predicted[pair.right] for pair in pairs
        )
    return n


def _differences(
    report: GoldReport, acts: Sequence[CodedAct], pairs: Sequence[Pair], left: Sequence[CodedAct]
) -> list[dict[str, str]]:
    found = {pair.left for pair in pairs}
    rows = [_difference("MISSED", report, act.kind, act.name) for i, act in enumerate(report.acts) if i not in found]
    for act in left:
        start, end = act.triggers[0]
        words = report.text[max(0, start - AROUND) : end + AROUND].replace("\n", " ")
        rows.append(_difference("FALSE", report, act.kind, words))
    for pair in pairs:
        wrong = [name for name in ("kind", *FIELDS) if name not in pair.agrees]
        if wrong:
            act = report.acts[pair.left]
            said = f"{', '.join(wrong)}" + (f" (coded {acts[pair.right].kind})" if "kind" in wrong else "")
            rows.append(_difference("WRONG", report, act.kind, act.name, said))
    return rows


def _difference(outcome: str, report: GoldReport, kind: str, words: str, fields: str = "") -> dict[str, str]:
    return {"outcome": outcome, "report_id": report.report_id, "kind": kind, "words": words, "fields": fields}
