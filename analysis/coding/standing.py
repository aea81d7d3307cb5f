"""How an act stands in its report: whether it happened, was foiled or denied, and whether it is history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.coding.act_mentions import ActMention
from analysis.coding.narrative import Narrative
from analysis.coding.ranker import likelihood
from analysis.coding.signs import act_signs
from analysis.coding.when import When

FOILS = frozenset({"foil", "repel", "counter_ground"})
"""Acts that meet another and undo it: it was attempted, no more."""
FOILED_WITHIN = 5
"""So many words behind "foiled" stands what was planned."""


def status_signs(n: Narrative, group: Sequence[ActMention]) -> list[str]:
    """What speaks for an act having been foiled or denied."""
    signs = []
    for m in group:
        signs += [s for s in act_signs(n, m) if s.startswith(("act=", "cue=", "before="))]
    return sorted(set(signs))


def tell_status(n: Narrative, group: Sequence[ActMention], weights: Mapping[str, Mapping[str, float]]) -> str:
    """Whether an act "happened", was "attempted" or is "denied"."""
    if any(m.act.id in FOILS or _is_foiled(n, m) for m in group):
        return "attempted"
    signs = status_signs(n, group)
    for status in ("denied", "attempted"):
        if likelihood(weights[f"status:{status}"], signs) >= 0.5:
            return status
    return "happened"


def _is_foiled(n: Narrative, m: ActMention) -> bool:
    """Whether the plan of an act, or the attempt at it, was foiled: "foiled a plan to blow up"."""
    lo = max(m.first - FOILED_WITHIN, n.sentence_words(m.sentence).start)
    foiled = [cue.last for cue in n.cues_begun(lo, m.first) if cue.row.id == "foiled"]
    return bool(foiled) and any(cue.row.id in ("plan", "attempt") for cue in n.cues_begun(foiled[0], m.first))


def background_signs(n: Narrative, group: Sequence[ActMention], when: When) -> list[str]:
    """What speaks for an act being history of the story."""
    signs = []
    for m in group:
        signs += [s for s in act_signs(n, m) if s.startswith(("cue=", "sentence=", "part=", "shape="))]
    days = (n.published - when.last).days if n.published and when.last else None
    age = "none" if days is None else "0" if days <= 2 else "14" if days <= 14 else "60" if days <= 60 else "old"
    signs.append(f"age={age}")
    signs.append(f"age={age}|{when.basis}")
    return sorted(set(signs))
