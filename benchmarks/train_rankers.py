"""Learn the rankers' weights from gold and write them as a table; or measure them by folds of reports.

    python benchmarks/train_rankers.py GOLD.jsonl [--invented data/training/conflict_news.jsonl] \\
        [--general data/training/general_news.jsonl] [--folds 5] [--out data/rankers.tsv] [--predictions folds.jsonl]

GOLD: coded reports of a conflict; every ranker learns from them. --invented: coded reports of a conflict that were
written to learn from; only what is told twice (link, repeat) is learned from these too. Who writes for a lesson tells
of more acts, and says more plainly who did what to whom, than newsrooms do: with them roles of real reports were filled
worse, and sentences of other news were oftener taken for attacks. --general: coded texts of everyday news in the same
format. Only rankers that tell an act from none and what standing it has (act, incident, status, background) learn from
these: what is told twice is learned from whole reports.
Needs scikit-learn; the package itself does not.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.coding.act_mentions import ActMention
from analysis.coding.acts import default_grammar
from analysis.coding.asserted import unasserted
from analysis.coding.coder import (
    Resources,
    code_narrative,
    incident_rows,
    read_report,
)
from analysis.coding.constructions import read_role
from analysis.coding.gates import TOLD_AT, gather, how_likely
from analysis.coding.lexicon import default_lexicon
from analysis.coding.links import family, link_in_sentences, link_signs
from analysis.coding.locating import near_places, place_signs
from analysis.coding.narrative import Narrative
from analysis.coding.ranker import BIAS
from analysis.coding.references import Weighed, incident_signs, repeat_signs
from analysis.coding.roles import actor_signs, near_actors
from analysis.coding.signs import act_signs
from analysis.coding.standing import background_signs, status_signs
from analysis.coding.when import tell_dates

PARAGRAPH, SENTENCE = re.compile(r"[^\n]+"), re.compile(r"[^.]+")
FLASH = 60
"""A paragraph of fewer characters is no report of its own."""
SHUFFLINGS = 4
"""How often the reports are dealt out anew to learn which groups are incidents: one dealing is a matter of luck."""
SEEN_AT_LEAST = {
    "actor": 12,
    "target": 12,
    "actor_far": 12,
    "target_far": 12,
    "place": 16,
    "repeat": 18,
    "link": 12,
    "act": 5,
    "incident": 5 * SHUFFLINGS,
}
PENALTY = "l2"
NUISANCE = "who="
NUISANCE_SHARE = 0.3
"""How much of the weight of who an actor is the table keeps.

It is fitted beside the other signs of a role so that they need not carry it. That the coalition is mostly the doer
holds in much of the news, but says nothing of the sentence at hand and misleads in reports from elsewhere.
"""
LEAST_WEIGHT = 0.12
STRENGTH = {
    "act": 0.3,
    "link": 0.3,
    "repeat": 0.1,
    "actor": 0.1,
    "target": 0.1,
    "actor_far": 0.05,
    "target_far": 0.05,
    "place": 0.3,
    "incident": 0.3 / SHUFFLINGS,
}
Example = tuple[list[str], int]
Gold = tuple[dict[str, Any], Narrative]


def main() -> None:
    """Learn or measure, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--invented", nargs="*", default=[])
    parser.add_argument("--general", nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", default="")
    parser.add_argument("--predictions", default="")
    args = parser.parse_args()
    gold, invented, general = read_gold(args.gold), read_gold(args.invented), read_gold(args.general)
    if args.folds:
        rows = predictions_by_fold(gold, general, args.folds, invented)
        Path(args.predictions).write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
    if args.out:
        write_weights(learn(gold, general, invented), Path(args.out))


def read_gold(paths: Iterable[str]) -> list[Gold]:
    """Read gold records with their narratives."""
    return _read([record for path in paths for record in _records(Path(path))])


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _read(records: Iterable[dict[str, Any]]) -> list[Gold]:
    resources = Resources(default_lexicon(), default_grammar(), {})
    return [(record, read_report(record["report"], resources)) for record in records]


_FLASHES: dict[str, list[Gold]] = {}


def flashes(whole: Gold) -> list[Gold]:
    """Each paragraph of a coded report, each sentence of one that has no paragraphs, as a report of its own.

    Whole reports with incidents are long, everyday news is short, and a ranker would learn that what is short tells of
    nothing; posts and flashes are as short as a paragraph.
    """
    record = whole[0]
    report = record["report"]
    key = report["report_id"]
    if key not in _FLASHES:
        resources = Resources(default_lexicon(), default_grammar(), {})
        parts = PARAGRAPH if "\n" in report["text"].strip() else SENTENCE
        _FLASHES[key] = []
        for line in parts.finditer(report["text"]):
            start, end = line.span()
            if not FLASH <= end - start < len(report["text"].strip()):
                continue
            incidents = [
                incident | {"triggers": inside}
                for incident in record["incidents"]
                if (
                    inside := [
                        t | {"span": [t["span"][0] - start, t["span"][1] - start]}
                        for t in incident["triggers"]
                        if start <= t["span"][0] and t["span"][1] <= end
                    ]
                )
            ]
            part = {"report": report | {"text": line[0]}, "incidents": incidents}
            _FLASHES[key].append((part, read_report(part["report"], resources)))
    return _FLASHES[key]


def predictions_by_fold(
    gold: Sequence[Gold], general: Sequence[Gold], folds: int, invented: Sequence[Gold] = ()
) -> list[dict[str, Any]]:
    """Code each report of `gold` with weights learned from the other folds, `general` and `invented` only."""
    order = list(range(len(gold)))
    random.Random(7).shuffle(order)
    rows = []
    for fold in range(folds):
        held = set(order[fold::folds])
        weights = learn([g for i, g in enumerate(gold) if i not in held], general, invented)
        for i in sorted(held):
            record, narrative = gold[i]
            rows += incident_rows(code_narrative(narrative, weights, record["report"]["report_id"]))
    return rows


def learn(
    gold: Sequence[Gold], general: Sequence[Gold] = (), invented: Sequence[Gold] = ()
) -> dict[str, dict[str, float]]:
    """Fit every ranker: `invented` serves those of links alone, `general` those of acts and their standing."""
    examples: dict[str, list[Example]] = {}
    for record, n in [*gold, *general]:
        told = triggers_of(record, n)
        _mention_examples(n, told, examples)
        _standing_examples(n, _groups(record, n, told), examples)
    for record, n in (flash for of in gold for flash in flashes(of)):
        _mention_examples(n, triggers_of(record, n), examples)
    for record, n in gold:
        _role_examples(n, _groups(record, n, triggers_of(record, n)), examples)
    for record, n in [*gold, *invented]:
        _link_examples(n, triggers_of(record, n), examples)
    weights = {name: _fit(name, rows) for name, rows in examples.items()}
    weights["repeat"] = _fit_repeat([*gold, *invented], weights)
    weights["incident"] = _fit("incident", _incident_examples(gold, general, invented))
    return weights


def _fit_repeat(reports: Iterable[Gold], weights: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    examples: dict[str, list[Example]] = {"repeat": []}
    for record, n in reports:
        _repeat_examples(n, triggers_of(record, n), weights, examples)
    return _fit("repeat", examples["repeat"])


def _fit(name: str, rows: Sequence[Example]) -> dict[str, float]:
    return fit(rows, STRENGTH.get(name, 0.3), SEEN_AT_LEAST.get(name, 3))


def _incident_examples(
    gold: Sequence[Gold], general: Sequence[Gold], invented: Sequence[Gold], folds: int = 4
) -> list[Example]:
    """Groups gathered with weights learned from other reports: which of them are incidents, each counted once."""
    everything = [(True, *g) for g in gold] + [(False, *g) for g in general]
    further: dict[str, list[Example]] = {"link": []}
    for record, n in invented:
        _link_examples(n, triggers_of(record, n), further)
    rows: list[Example] = []
    for shuffling, fold in itertools.product(range(SHUFFLINGS), range(folds)):
        order = list(range(len(everything)))
        random.Random(11 + shuffling).shuffle(order)
        held = set(order[fold::folds])
        learned = [g for i, g in enumerate(everything) if i not in held]
        examples: dict[str, list[Example]] = {"link": [*further["link"]]}
        for whole, record, n in learned:
            told = triggers_of(record, n)
            _mention_examples(n, told, examples)
            if whole:
                _link_examples(n, told, examples)
                for part, flash in flashes((record, n)):
                    _mention_examples(flash, triggers_of(part, flash), examples)
        weights = {name: _fit(name, examples[name]) for name in ("act", "link")}
        weights["repeat"] = _fit_repeat([*((r, n) for whole, r, n in learned if whole), *invented], weights)
        for i in sorted(held):
            whole, record, n = everything[i]
            for part, told in ((record, n), *(flashes((record, n)) if whole else ())):
                rows += _group_labels(part, told, weights)
    return rows


def _group_labels(record: Mapping[str, Any], n: Narrative, weights: Mapping[str, Mapping[str, float]]) -> list[Example]:
    told = triggers_of(record, n)
    likely = how_likely(n, weights)
    weighed = Weighed(n, weights)
    groups = gather(n, likely, weighed)
    best = [likely[group[0]] for group in groups]
    claims = sorted(
        (
            (of == group[0], likely[of], -number, incident)
            for number, group in enumerate(groups)
            for of in group
            for incident in told[of]
        ),
        reverse=True,
    )
    right: set[int] = set()
    taken: set[int] = set()
    for _, _, number, incident in claims:
        if -number not in right and incident not in taken:
            right.add(-number)
            taken.add(incident)
    mentions = [[n.acts[i] for i in group] for group in groups]
    return [(incident_signs(n, mentions, number, best, weighed), int(number in right)) for number in range(len(groups))]


def triggers_of(record: Mapping[str, Any], n: Narrative) -> list[set[int]]:
    """For each act mention, the gold incidents one of whose triggers it overlaps."""
    told: list[set[int]] = []
    for m in n.acts:
        start, end = n.raw_span(m.first, m.last)
        told.append(
            {
                index
                for index, incident in enumerate(record["incidents"])
                if any(start < t["span"][1] and t["span"][0] < end for t in incident["triggers"])
            }
        )
    return told


def _groups(
    record: Mapping[str, Any], n: Narrative, told: Sequence[set[int]]
) -> list[tuple[dict[str, Any], list[ActMention]]]:
    groups = []
    for index, incident in enumerate(record["incidents"]):
        group = [m for m, of in zip(n.acts, told, strict=True) if index in of]
        main = incident["triggers"][0]["span"]
        group.sort(
            key=lambda m: (
                m.act.kind == "harm",
                not _touches(n.raw_span(m.first, m.last), main),
                m.first,
            )
        )
        if group:
            groups.append((incident, group))
    return groups


def _touches(span: tuple[int, int], other: Sequence[int]) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _mention_examples(n: Narrative, told: Sequence[set[int]], examples: dict[str, list[Example]]) -> None:
    told_in: dict[int, set[str]] = {}
    for m, of in zip(n.acts, told, strict=True):
        if of:
            told_in.setdefault(m.sentence, set()).add(family(m))
    passed_over = unasserted(n)  # a rule decides these: no ranker is asked
    for number, (m, of) in enumerate(zip(n.acts, told, strict=True)):
        if number in passed_over:
            continue
        here = told_in.get(m.sentence, set())
        if not of and here and (m.act.kind == "harm" or family(m) in here):
            continue  # gold lists the main tellings of an act, not each: such a mention speaks neither way
        examples.setdefault("act", []).append((act_signs(n, m), int(bool(of))))


def _link_examples(n: Narrative, told: Sequence[set[int]], examples: dict[str, list[Example]]) -> None:
    positive = [i for i, of in enumerate(told) if of]
    for index, later in enumerate(positive):
        for earlier in positive[:index]:
            if n.acts[earlier].sentence == n.acts[later].sentence:
                same = bool(told[earlier] & told[later])
                examples.setdefault("link", []).append((link_signs(n, n.acts[earlier], n.acts[later]), int(same)))


def _repeat_examples(
    n: Narrative,
    told: Sequence[set[int]],
    weights: Mapping[str, Mapping[str, float]],
    examples: dict[str, list[Example]],
) -> None:
    """Pairs of true tellings, each standing among all that the coder would take for tellings."""
    likely = how_likely(n, weights)
    kept = [i for i, of in enumerate(told) if of or likely[i] >= TOLD_AT]
    mentions = [n.acts[i] for i in kept]
    weighed = Weighed(n, weights)
    tellings = weighed.tell(mentions, link_in_sentences(mentions, weighed.linked))
    incidents = [set().union(*(told[kept[i]] for i in telling.mentions)) for telling in tellings]
    for index, later in enumerate(tellings):
        for number, earlier in enumerate(tellings[:index]):
            if earlier.sentence != later.sentence and incidents[number] and incidents[index]:
                same = bool(incidents[number] & incidents[index])
                examples.setdefault("repeat", []).append((repeat_signs(earlier, later), int(same)))


def _role_examples(
    n: Narrative,
    groups: Sequence[tuple[dict[str, Any], list[ActMention]]],
    examples: dict[str, list[Example]],
) -> None:
    for incident, group in groups:
        for m in group[:4]:
            for a in near_actors(n, m):
                if read_role(n, m, a) is not None:
                    continue
                signs = actor_signs(n, m, a)
                far = "" if n.sentence_of[n.words.index(a.at)] == m.sentence else "_far"
                if far and m is not group[0]:
                    continue
                examples.setdefault(f"actor{far}", []).append((signs, int(a.actor_id in incident["actors"])))
                examples.setdefault(f"target{far}", []).append((signs, int(a.actor_id in incident["targets"])))
            for p in near_places(n, m, back=6, ahead=1):
                right = any(_touches((p.start, p.end), q["span"]) for q in incident["places"])
                examples.setdefault("place", []).append((place_signs(n, m, p), int(right)))


def _standing_examples(
    n: Narrative,
    groups: Sequence[tuple[dict[str, Any], list[ActMention]]],
    examples: dict[str, list[Example]],
) -> None:
    whens = tell_dates(n, [group for _, group in groups])
    for (incident, group), when in zip(groups, whens, strict=True):
        signs = status_signs(n, group)
        for status in ("denied", "attempted"):
            examples.setdefault(f"status:{status}", []).append((signs, int(incident["status"] == status)))
        examples.setdefault("background", []).append((background_signs(n, group, when), int(incident["background"])))


def fit(rows: Sequence[Example], strength: float, seen_at_least: int = 3) -> dict[str, float]:
    """Weights of a logistic regression over the features seen often enough, fitted again without the light ones."""
    seen = Counter(feature for signs, _ in rows for feature in set(signs))
    labels = [label for _, label in rows]
    if len(set(labels)) < 2:
        return {BIAS: 10.0 if labels and labels[0] else -10.0}
    weights = _fit_over({feature for feature, times in seen.items() if times >= seen_at_least}, rows, strength)
    kept = {feature for feature, weight in weights.items() if abs(weight) >= LEAST_WEIGHT} - {BIAS}
    if kept:
        weights = _fit_over(kept, rows, strength)
        left_out = sum(weights.get(f, 0.0) for signs, _ in rows for f in signs if f.startswith(NUISANCE))
        weights[BIAS] += (1 - NUISANCE_SHARE) * left_out / len(rows)
    return {
        f: w * (NUISANCE_SHARE if f.startswith(NUISANCE) else 1) for f, w in weights.items() if f == BIAS or f in kept
    }


def _fit_over(features: Collection[str], rows: Sequence[Example], strength: float) -> dict[str, float]:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1.0 for f in signs if f in features} for signs, _ in rows])
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(penalty=PENALTY, C=strength, max_iter=300, solver="liblinear")
        model.fit(matrix, [label for _, label in rows])
    weights = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    return {BIAS: float(model.intercept_[0]), **{f: float(w) for f, w in weights}}


def write_weights(weights: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Write the table, models and features in order."""
    lines = ["model\tfeature\tweight"]
    lines += [
        f"{model}\t{feature}\t{weight:.3f}"
        for model in sorted(weights)
        for feature, weight in sorted(weights[model].items())
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
