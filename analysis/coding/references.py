"""The same act told again: which mentions of a report tell of one incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.coding.narrative import ActMention, Narrative
from analysis.coding.ranker import likelihood
from analysis.coding.signs import bucket

LINK_AT = 0.5
"""From this likelihood on a mention joins an incident already told."""
LOOK_BACK = 14
"""How many earlier mentions are tried."""


def link_mentions(
    narrative: Narrative, mentions: Sequence[ActMention], weights: Mapping[str, float], link_at: float = LINK_AT
) -> list[list[int]]:
    """Group mentions (in reading order) into incidents: indices of the mentions of each, in order of first telling.

    Each mention joins the incident of the earlier mention that it most likely repeats, or opens its own.
    """
    groups: list[list[int]] = []
    group_of: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        best, chosen = link_at, None
        for earlier in range(index - 1, max(index - 1 - LOOK_BACK, -1), -1):
            likely = likelihood(weights, link_signs(narrative, mentions[earlier], mention))
            if likely > best:
                best, chosen = likely, group_of[earlier]
        if chosen is None:
            chosen = len(groups)
            groups.append([])
        groups[chosen].append(index)
        group_of[index] = chosen
    return groups


def link_signs(n: Narrative, earlier: ActMention, later: ActMention) -> list[str]:
    """What speaks for and against two mentions telling of one act."""
    gap = later.first - earlier.last
    sentences = later.sentence - earlier.sentence
    pair = f"{earlier.act.kind}>{later.act.kind}"
    far = "same" if sentences == 0 else "next" if sentences == 1 else "2-3" if sentences <= 3 else "far"
    definite = "def" if later.definite else later.shape if later.shape in ("noun", "fixed") else "verb"
    signs = [
        f"pair={pair}",
        f"pair={pair}|{far}",
        f"far={far}|{definite}",
        f"pair={pair}|{far}|{definite}",
        f"same_act={earlier.act.id == later.act.id}|{far}",
        f"gap={bucket(gap)}|{far}",
        f"gap={bucket(gap)}|{pair}",
        f"breaks={min(later.clause - earlier.clause, 4) if far == 'same' else 'x'}",
        f"first={earlier.sentence == 0}|{far}",
    ]
    between = [c.row.id for p in range(earlier.last, later.first) for c in n.cue_at.get(p, ())] if gap < 60 else []
    for cue in set(between) & {"result", "cause", "clause", "other_act", "told_again", "light", "against", "agent"}:
        signs.append(f"between={cue}|{far}")
        signs.append(f"between={cue}|{pair}|{far}")
    before = n.words.words[later.first - 1] if later.first else ""
    signs.append(f"before={before}|{far}")
    if n.words.words[later.first][:1] == "و" and later.prefix.startswith("و"):
        signs.append(f"and|{far}")
        signs.append(f"and|{pair}|{far}")
    signs += _agreement("place", _ids_near(n, earlier, "places"), _ids_near(n, later, "places"), far)
    signs += _agreement("actor", _ids_near(n, earlier, "actors"), _ids_near(n, later, "actors"), far)
    signs += _agreement("weapon", _weapons(n, earlier), _weapons(n, later), far)
    if any(c.row.id in ("other_act",) for p in range(later.first - 3, later.last + 3) for c in n.cue_at.get(p, ())):
        signs.append(f"another|{far}")
    in_between = sum(1 for a in n.acts if earlier.first < a.first < later.first and a.act.kind != "harm")
    signs.append(f"acts_between={min(in_between, 3)}|{far}")
    return signs


def _ids_near(n: Narrative, mention: ActMention, what: str) -> frozenset[str]:
    """The ids named in the clause stretch around a mention: between its neighbouring acts in the sentence."""
    span = n.sentence_words(mention.sentence)
    before = [a.last for a in n.acts if a.sentence == mention.sentence and a.last <= mention.first]
    after = [a.first for a in n.acts if a.sentence == mention.sentence and a.first >= mention.last]
    lo = max(before[-1] if before else span.start, mention.first - 10)
    hi = min(after[0] if after else span.stop, mention.last + 16)
    items = n.place_words if what == "places" else n.actor_words
    return frozenset(key for position, key in items if lo <= position < hi)


def _weapons(n: Narrative, mention: ActMention) -> frozenset[str]:
    return frozenset(
        w.row.kind for w in n.weapons if mention.first <= w.first < mention.last + 8
    )


def _agreement(name: str, earlier: frozenset[str], later: frozenset[str], far: str) -> list[str]:
    if not earlier or not later:
        return [f"{name}=missing|{far}", f"{name}={'none' if not earlier and not later else 'one'}|{far}"]
    shared = earlier & later
    verdict = "same" if shared == earlier or shared == later else "some" if shared else "other"
    return [f"{name}={verdict}|{far}", f"{name}={verdict}"]
