"""Which of the acts told are incidents: how likely they must be, and what must speak for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.coding.act_mentions import MARTYRS, ActMention, is_fired
from analysis.coding.asserted import unasserted
from analysis.coding.lexicon import ARTICLE
from analysis.coding.narrative import Narrative
from analysis.coding.phrases import AND
from analysis.coding.plain import HIT, is_placed, is_plain, is_plain_verb, plain_acts
from analysis.coding.ranker import likelihood
from analysis.coding.references import Weighed, incident_signs, link_mentions
from analysis.coding.signs import CONFLICT, NO_SIDE, act_signs, is_aimed_protest

TOLD_AT = 0.4
"""A mention less likely than this to tell of a concrete act is passed over."""
SURE_AT = 0.4
"""An incident none of whose mentions is this likely is passed over."""
EVEN = 0.5
"""What is plainly told is no less likely than this."""
WEAK = 3
"""The strength of words that tell of an act only among other signs."""
CIVIL_TOO = frozenset({"aircraft"})
"""Ids of weapons and classes of things that civilians have too."""
WRECKS = frozenset("burn_protest burn_protest2 burn_protest3 close_protest".split())
"""What crowds do to things in a protest."""
PLAIN_AT = 0.2
"""The same where a verb plainly tells of it."""


def how_likely(n: Narrative, weights: Mapping[str, Mapping[str, float]]) -> tuple[float, ...]:
    """How likely each act mention tells of a concrete act: 0 where a word says that it is not asserted.

    A plain verb, and a harm told with its cause, is no less than even.
    """
    passed_over = unasserted(n)
    plain = plain_acts(n)
    return tuple(
        0.0 if number in passed_over else _likely(n, m, weights, number in plain) for number, m in enumerate(n.acts)
    )


def _likely(n: Narrative, m: ActMention, weights: Mapping[str, Mapping[str, float]], plain: bool) -> float:
    likely = likelihood(weights["act"], act_signs(n, m))
    return max(likely, EVEN) if plain or is_plain_verb(n, m) else likely


def gather(n: Narrative, likely: Sequence[float], weighed: Weighed) -> list[list[int]]:
    """Group the mentions that may tell of an act into incidents: indices into `n.acts`, the main mention first."""
    kept = [index for index, value in enumerate(likely) if value >= TOLD_AT]
    groups = link_mentions([n.acts[index] for index in kept], weighed)
    indices = ([kept[i] for i in group] for group in groups)
    return [sorted(group, key=lambda i: (n.acts[i].act.kind == "harm", -likely[i])) for group in indices]


def keep_incidents(
    n: Narrative, groups: Sequence[list[int]], likely: Sequence[float], weighed: Weighed
) -> list[list[int]]:
    """Of the groups of mentions those that are incidents of their own: sure enough, and with ground to stand on."""
    told = [[n.acts[i] for i in group] for group in groups]
    best = [likely[group[0]] for group in groups]
    constructed = plain_acts(n)
    kept = []
    for number, group in enumerate(groups):
        sure = likelihood(weighed.weights["incident"], incident_signs(n, told, number, best, weighed))
        plain = is_plain(n, told[number][0], best[number]) or not constructed.isdisjoint(group)
        needed = PLAIN_AT if plain else SURE_AT
        if len(groups) == 1 and not constructed.isdisjoint(group):
            needed = 0.0  # the one thing that a report tells, and plainly
        if sure >= needed and has_ground(n, told[number]):
            kept.append(group)
    return kept


def has_ground(n: Narrative, group: Sequence[ActMention]) -> bool:
    """Whether anything beside the words of the act speaks for it.

    What "the protesters" shouted is told of a protest that was told before. Deaths by accident and crime without arms
    are no incidents; a weak word ("operation", "closed", "spread") needs a body under arms, troops or a weapon in its
    sentence or the one before.
    """
    if all(_is_detail(n, m) for m in group):
        return False
    sentences = {m.sentence for m in group}
    armed = any(n.sentence_of[w.first] in sentences and w.row.id not in CIVIL_TOO for w in n.weapons)
    if all(m.act.kind in ("harm", "killing") for m in group):
        return armed or not any("accident" in n.sentence_cues(m.sentence) for m in group)
    if armed or any(m.act.strength == 1 and m.act.kind in CONFLICT for m in group) or _hits(n, group):
        return True
    if any(is_aimed_protest(n, m) for m in group):
        return True
    around = sentences | {sentence - 1 for sentence in sentences}
    weak = all(m.act.strength == WEAK for m in group)  # a country alone has campaigns of many sorts
    return any(
        a.actor_id is not None and a.actor_id not in NO_SIDE and n.sentence_of[n.words.index(a.at)] in around
        for a in n.actors
        if not (weak and a.use == "country")
    ) or any(
        "troops" in things and CIVIL_TOO.isdisjoint(things)
        for s in sentences
        for w in n.sentence_words(s)
        if (things := n.things.get(w, frozenset()))
    )


def _hits(n: Narrative, group: Sequence[ActMention]) -> bool:
    """Whether somebody is killed by fire, or the noun of fire has what it hit behind it and a place after that."""
    fired = [m for m in group if is_fired(m)]
    if any(m.act.id in MARTYRS for m in group):
        return bool(fired) or any(m.act.kind == "attack" for m in group)
    if fired and any(m.act.kind == "harm" for m in group):
        return True
    return any(m.shape == "noun" and not HIT.isdisjoint(n.things.get(m.last, ())) and is_placed(n, m) for m in fired)


def _is_detail(n: Narrative, m: ActMention) -> bool:
    """Whether it tells what those who protest, known already, did besides: "and the protesters burnt ..."."""
    if m.act.kind != "protest" or not (m.act.strength == WEAK or (m.prefix == AND and m.act.id in WRECKS)):
        return False
    known = [a for a in n.actors_of(m.sentence) if a.actor_id == "protesters"]
    known = [a for a in known if n.text.folded.startswith(ARTICLE, a.name_at)]
    return any(m.act.strength == WEAK or n.words.index(a.at) == m.last for a in known)
