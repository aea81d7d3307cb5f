"""The same act told again: which mentions of a report tell of one incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.coding.narrative import ActMention, Narrative
from analysis.coding.ranker import likelihood
from analysis.coding.signs import bucket

LINK_AT = 0.5
"""From this likelihood on a mention joins an incident already told."""
MAX_SHARE = 0.0
"""How much the best pair counts beside the mean of all pairs with the incident's mentions."""
LOOK_BACK = 14
"""How many earlier mentions are tried."""


def link_mentions(
    narrative: Narrative, mentions: Sequence[ActMention], weights: Mapping[str, float], link_at: float = LINK_AT
) -> list[list[int]]:
    """Group mentions (in reading order) into incidents: indices of the mentions of each, in order of first telling.

    Each mention joins the incident of the earlier mention that it most likely repeats, or opens its own.
    """
    groups: list[list[int]] = []
    causes = [index for index, mention in enumerate(mentions) if mention.act.kind != "harm"]
    effects = [index for index, mention in enumerate(mentions) if mention.act.kind == "harm"]
    for index in causes + effects:
        best, chosen = link_at, None
        for number, group in enumerate(groups):
            near = [other for other in group if abs(index - other) <= LOOK_BACK]
            if not near:
                continue
            likely = [
                likelihood(
                    weights, link_signs(narrative, mentions[min(other, index)], mentions[max(other, index)])
                )
                for other in near
            ]
            value = MAX_SHARE * max(likely) + (1 - MAX_SHARE) * sum(likely) / len(likely)
            if value > best:
                best, chosen = value, number
        if chosen is None:
            chosen = len(groups)
            groups.append([])
        groups[chosen].append(index)
    return sorted((sorted(group) for group in groups), key=lambda group: group[0])


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
    if far == "same":
        caused = {c.row.id for p in (later.first - 1, later.first - 2) for c in n.cue_at.get(p, ())} & {"cause", "result"}
        glued = later.prefix[-1:] if later.prefix[-1:] in ("ب", "ل") else ""
        signs.append(f"joined={'/'.join(sorted(caused)) or glued}|{pair}")
        if (
            later.shape in ("perfect", "imperfect")
            and not later.prefix
            and earlier.shape in ("noun", "fixed")
            and gap <= 8
            and not any(earlier.first < a.first < later.first for a in n.acts)
        ):
            signs.append(f"relative|{pair}|{earlier.gender == later.gender or earlier.number == 'p'}")
            signs.append(f"relative|{_family(earlier)}>{_family(later)}")
    before = n.words.words[later.first - 1] if later.first else ""
    signs.append(f"before={before}|{far}")
    if n.words.words[later.first][:1] == "و" and later.prefix.startswith("و"):
        signs.append(f"and|{far}")
        signs.append(f"and|{pair}|{far}")
    places = n.place_ids(earlier.first), n.place_ids(later.first)
    signs += _agreement("place", *places, far)
    signs += _agreement(f"place|{_family(earlier)}>{_family(later)}|{definite}", *places, far)
    signs += _agreement("days", _days(n, earlier), _days(n, later), far)
    signs.append(f"families={_family(earlier)}>{_family(later)}|{far}|{definite}")
    signs += _agreement("actor", _ids_near(n, earlier), _ids_near(n, later), far)
    signs += _agreement("weapon", _weapons(n, earlier), _weapons(n, later), far)
    if any(c.row.id in ("other_act",) for p in range(later.first - 3, later.last + 3) for c in n.cue_at.get(p, ())):
        signs.append(f"another|{far}")
    in_between = sum(1 for a in n.acts if earlier.first < a.first < later.first and a.act.kind != "harm")
    signs.append(f"acts_between={min(in_between, 3)}|{far}")
    return signs


def _stretch(n: Narrative, mention: ActMention) -> range:
    """The words that belong to a mention: between its neighbouring acts in the sentence."""
    span = n.sentence_words(mention.sentence)
    before = [a.last for a in n.acts if a.sentence == mention.sentence and a.last <= mention.first]
    after = [a.first for a in n.acts if a.sentence == mention.sentence and a.first >= mention.last]
    lo = max(before[-1] if before else span.start, mention.first - 10)
    return range(lo, min(after[0] if after else span.stop, mention.last + 16))


def _ids_near(n: Narrative, mention: ActMention) -> frozenset[str]:
    stretch = _stretch(n, mention)
    return frozenset(key for position, key in n.actor_words if position in stretch)


def _days(n: Narrative, mention: ActMention) -> frozenset[str]:
    span = n.sentence_words(mention.sentence)
    return frozenset(str(d.first) for d in n.dates if d.first is not None and n.words.index(d.at) in span)


FIRE = frozenset({"fire", "airstrike", "drone_strike", "shelling", "missile_attack"})
ATTACK = frozenset({"attack", "armed_attack", "clash", "explosion", "assassination", "interception"})


def _family(mention: ActMention) -> str:
    kind = mention.act.kind
    return "fire" if kind in FIRE else "attack" if kind in ATTACK else kind


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


def incident_signs(
    n: Narrative,
    groups: Sequence[Sequence[ActMention]],
    index: int,
    likely: Sequence[float],
    weights: Mapping[str, float],
) -> list[str]:
    """What speaks for and against a group of mentions being an incident of its own, not one told already.

    `groups`: the mentions of each, the main one first; `likely`: the likelihood of each main mention; `weights`: of the
    links.
    """
    group, main = groups[index], groups[index][0]
    definite = "def" if main.definite else main.shape
    own = n.place_ids(main.first)
    signs = [
        f"likely={int(likely[index] * 10)}",
        f"size={min(len(group), 4)}",
        f"size={min(len(group), 4)}|likely={int(likely[index] * 5)}",
        f"act={main.act.id}",
        f"kind={main.act.kind}|{definite}",
        f"definite={definite}|place={bool(own)}",
        f"sentence={min(main.sentence, 4)}|{_family(main)}",
        f"only_harm={all(m.act.kind == 'harm' for m in group)}",
    ]
    nearest = -1.0
    for number, other in enumerate(groups):
        if number == index:
            continue
        for a in other[:3]:
            for b in group[:3]:
                first, second = (a, b) if a.first <= b.first else (b, a)
                nearest = max(nearest, likelihood(weights, link_signs(n, first, second)))
        if _family(other[0]) == _family(main):
            there = n.place_ids(other[0].first)
            when = "earlier" if number < index else "later"
            verdict = "none" if not own or not there else "same" if own & there else "other"
            signs.append(f"rival={when}|{verdict}|{definite}")
            signs.append(f"rival={when}|{verdict}|sentence={other[0].sentence == main.sentence}")
    signs.append(f"nearest={int(nearest * 10) if nearest >= 0 else 'alone'}")
    signs.append(f"nearest={int(nearest * 5) if nearest >= 0 else 'alone'}|{definite}|place={bool(own)}")
    for cue in n.sentence_cues(main.sentence):
        signs.append(f"with={cue}")
    return sorted(set(signs))
