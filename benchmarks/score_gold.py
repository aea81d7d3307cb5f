"""What the coder reaches on gold, on judged sentences and on reports without incidents.

    python benchmarks/score_gold.py SHARED [dev seed ...]

SHARED: the folder of measuring data. Prints what its `score` says of each gold file, precision, recall and F1 on the
judged sentences, and how many of the reports without incidents got one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from analysis.coding.coder import code_report, default_resources, incident_rows

JUDGED = {
    "assault": frozenset(
        "airstrike drone_strike shelling missile_attack clash armed_attack explosion assassination killing "
        "abduction".split()
    ),
    "protest": frozenset({"protest"}),
}


def main() -> None:
    """Print every measure."""
    shared, names = Path(sys.argv[1]), sys.argv[2:] or ["dev", "seed"]
    for name in names:
        print(name, score(shared, shared / "gold" / f"{name}.jsonl"), sep="\n")
    for event in JUDGED:
        print(event, judged(shared / "bench" / "event_detection_gsr.jsonl", event))
    reports = read(shared / "reports" / "no_incidents.jsonl")
    false = sum(bool(code_report(report.get("report", report)).incidents) for report in reports)
    print(f"reports without incidents: {false} of {len(reports)} got one")


def score(shared: Path, gold: Path) -> str:
    """What the scorer says of a gold file."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for record in read(gold):
            for row in incident_rows(code_report(record["report"])):
                out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        out.flush()
        command = [sys.executable, str(shared / "score"), str(gold), out.name]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def judged(path: Path, event: str) -> dict[str, float]:
    """Precision, recall and F1 on sentences judged to tell of an event ("yes") or not ("easy no", "difficult no")."""
    resources = default_resources()
    hits = said = right = 0
    for sentence in read(path):
        if sentence["event"] != event or sentence["label"] == "ambiguous":
            continue
        coded = code_report({"report_id": sentence["id"], "text": sentence["text"], "published": None}, resources)
        found = any(incident.kind in JUDGED[event] for incident in coded.incidents)
        said += found
        right += sentence["label"] == "yes"
        hits += found and sentence["label"] == "yes"
    precision, recall = hits / max(said, 1), hits / max(right, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
