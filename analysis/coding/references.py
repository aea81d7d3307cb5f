"""The same act told again: which mentions of a report tell of one incident.

First within a sentence (a cause, its verb, its victims), then between sentences: a headline, "the bombing", a second
source. What two tellings agree on (place, day, actors, toll, names) and how the later one is worded (with the article,
with "similar", after "also") decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.coding.links import (
    MAX_SHARE,
    agreement,
    another,
    family,
    link_in_sentences,
    link_signs,
    may_fold,
    weapons_of,
)
from analysis.coding.narrative import ActMention, Narrative
from analysis.coding.ranker import likelihood
from analysis.coding.signs import bucket

REPEAT_AT = 0.5
"""From this likelihood on a telling repeats an incident told in another sentence."""
FAR_APART = 40
"""Tellings so many sentences apart are not compared: the time to link grows in line with the text."""
STRETCH = 14
"""How many words around its mentions belong to a telling."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The mentions of one sentence that tell of one act, and what is told with them."""

    mentions: tuple[int, ...]
    """Indices into the mentions given."""
    main: ActMention
    sentence: int
    families: frozenset[str]
    places: frozenset[str]
    wide: frozenset[str]
    actors: frozenset[str]
    days: frozenset[str]
    tolls: frozenset[tuple[str, int | None, int | None]]
    weapons: frozenset[str]
    names: frozenset[str]
    """Words near its mentions that stand in few sentences of the report."""


def link_mentions(
    n: Narrative, mentions: Sequence[ActMention], weights: Mapping[str, Mapping[str, float]]
) -> list[list[int]]:
    """Group mentions (in reading order) into incidents: indices of the mentions of each, in order of first telling.

    `weights`: the rankers "link" (within a sentence) and "repeat" (between sentences).
    """
    tellings = [make_telling(n, mentions, group) for group in link_in_sentences(n, mentions, weights["link"])]
    incidents: list[list[Telling]] = []
    for telling in tellings:
        best, chosen = REPEAT_AT, None
        for number, incident in enumerate(incidents):
            if telling.sentence - incident[-1].sentence > FAR_APART:
                continue
            likely = [
                likelihood(weights["repeat"], repeat_signs(n, earlier, telling))
                for earlier in incident
                if earlier.sentence != telling.sentence
            ]
            if not likely or not any(may_fold(t.main.act.kind, telling.main.act.kind) for t in incident):
                continue
            value = MAX_SHARE * max(likely) + (1 - MAX_SHARE) * sum(likely) / len(likely)
            if value > best:
                best, chosen = value, number
        if chosen is None:
            incidents.append([telling])
        else:
            incidents[chosen].append(telling)
    return [sorted(index for telling in incident for index in telling.mentions) for incident in incidents]


def make_telling(n: Narrative, mentions: Sequence[ActMention], group: Sequence[int]) -> Telling:
    """What one sentence tells with a group of mentions."""
    told = [mentions[index] for index in group]
    main = next((m for m in told if m.act.kind != "harm"), told[0])
    span = n.sentence_words(main.sentence)
    lo, hi = max(span.start, told[0].first - STRETCH), min(span.stop, told[-1].last + STRETCH)
    return Telling(
        tuple(group),
        main,
        main.sentence,
        frozenset(family(m) for m in told),
        frozenset().union(*(n.place_ids(m.first) for m in told)),
        frozenset(key for _, key in n.between(n.place_words, lo, hi)),
        frozenset(actor for _, actor in n.between(n.actor_words, lo, hi)) - {""},
        frozenset(
            str(n.dates[i].first)
            for _, i in n.between(n.date_words, span.start, span.stop)
            if n.dates[i].first is not None
        ),
        frozenset(
            (n.counts[i].counted, n.counts[i].low, n.counts[i].high) for _, i in n.between(n.count_words, lo, hi)
        ),
        frozenset().union(*(weapons_of(n, m) for m in told)),
        frozenset(n.words.words[w] for w in range(lo, hi) if n.words.words[w] in n.rare),
    )


def repeat_signs(n: Narrative, earlier: Telling, later: Telling) -> list[str]:
    """What speaks for and against a telling repeating one of an earlier sentence."""
    gap = later.sentence - earlier.sentence
    far = "next" if gap == 1 else "2-3" if gap <= 3 else "far"
    main = later.main
    definite = "def" if main.definite else main.shape if main.shape in ("noun", "fixed") else "verb"
    one = "harm" if earlier.families == {"harm"} else family(earlier.main)
    two = "harm" if later.families == {"harm"} else family(main)
    pair = f"{one}>{two}"
    same = "same" if earlier.main.act.kind == main.act.kind else "family" if one == two else "other"
    signs = [
        f"far={far}",
        f"far={far}|{definite}",
        f"pair={pair}",
        f"pair={pair}|{definite}",
        f"pair={pair}|{far}",
        f"kinds={same}|{definite}|{far}",
        f"lead={earlier.sentence == 0}|{definite}",
        f"lead={earlier.sentence == 0}|{pair}",
        f"line={n.new_line(later.sentence)}|{far}",
        f"same_act={earlier.main.act.id == main.act.id}|{definite}",
    ]
    signs += agreement("place", earlier.places, later.places, definite)
    signs += agreement("place", earlier.places, later.places, pair)
    signs += agreement("wide", earlier.wide, later.wide, far)
    signs += agreement("actor", earlier.actors, later.actors, definite)
    signs += agreement("actor", earlier.actors, later.actors, pair)
    signs += agreement("day", earlier.days, later.days, definite)
    signs += agreement("toll", earlier.tolls, later.tolls, pair)
    signs += agreement("toll", earlier.tolls, later.tolls, far)
    signs += agreement("weapon", earlier.weapons, later.weapons, pair)
    shared = len(earlier.names & later.names)
    names = bucket(shared, ((0, "0"), (1, "1"), (2, "2"), (4, "4"), (8, "8")))
    signs += [f"names={names}", f"names={names}|{far}", f"names={names}|{same}", f"names={names}|{definite}"]
    place = "same" if earlier.places & later.places else "no" if earlier.places and later.places else "?"
    signs.append(f"names={names}|place={place}|{same}")
    signs.append(f"place={place}|{same}|{definite}|{far}")
    if another(n, main):
        signs += ["another", f"another|{same}"]
    cues = n.sentence_cues(later.sentence)
    for cue in cues & {"background", "other_act", "told_again", "speech", "clause", "period", "habit"}:
        signs.append(f"cue={cue}|{far}")
        signs.append(f"cue={cue}|{same}|{definite}")
    opening = n.words.words[n.sentence_words(later.sentence).start]
    signs.append(f"opens={opening}")
    if main.first:
        signs.append(f"before={n.words.words[main.first - 1]}|{definite}")
    return signs


class Weighed:
    """What was weighed for one group of a report's mentions and is asked again for another."""

    def __init__(self, n: Narrative, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.n, self.weights = n, weights
        self._alone: dict[int, Telling] = {}
        self._pairs: dict[tuple[int, int], float] = {}

    def alone(self, m: ActMention) -> Telling:
        """A mention as a telling of its own."""
        if m.first not in self._alone:
            self._alone[m.first] = make_telling(self.n, [m], [0])
        return self._alone[m.first]

    def one_act(self, a: ActMention, b: ActMention) -> float:
        """The likelihood of two mentions telling of one act."""
        first, second = (a, b) if a.first <= b.first else (b, a)
        key = (first.first, second.first)
        if key not in self._pairs:
            if first.sentence == second.sentence:
                model, signs = "link", link_signs(self.n, first, second)
            else:
                model, signs = "repeat", repeat_signs(self.n, self.alone(first), self.alone(second))
            self._pairs[key] = likelihood(self.weights[model], signs)
        return self._pairs[key]


def incident_signs(
    n: Narrative,
    groups: Sequence[Sequence[ActMention]],
    index: int,
    likely: Sequence[float],
    weighed: Weighed,
) -> list[str]:
    """What speaks for and against a group of mentions being an incident of its own, not one told already.

    `groups`: the mentions of each, the main one first; `likely`: the likelihood of each main mention; `weighed`: the
    same for all groups of a report.
    """
    group, main = groups[index], groups[index][0]
    definite = "def" if main.definite else main.shape
    own = n.place_ids(main.first)
    told = weighed.alone(main)
    signs = [
        f"likely={int(likely[index] * 10)}",
        f"size={min(len(group), 4)}",
        f"size={min(len(group), 4)}|likely={int(likely[index] * 5)}",
        f"act={main.act.id}",
        f"kind={main.act.kind}|{definite}",
        f"definite={definite}|place={bool(own)}",
        f"sentence={min(main.sentence, 4)}|{family(main)}",
        f"only_harm={all(m.act.kind == 'harm' for m in group)}",
    ]
    for name, here, anywhere in (
        ("day", told.days, n.dates),
        ("toll", told.tolls, n.counts),
        ("actor", told.actors, n.actors),
    ):
        if anywhere:  # what a report never tells says nothing of one of its acts
            signs.append(f"{name}={bool(here)}|{definite}")
    nearest = {"earlier": -1.0, "later": -1.0}
    for number, other in enumerate(groups):
        if number == index or abs(other[0].sentence - main.sentence) > FAR_APART:
            continue
        when = "earlier" if number < index else "later"
        for a in other[:3]:
            for b in group[:3]:
                nearest[when] = max(nearest[when], weighed.one_act(a, b))
        if family(other[0]) == family(main):
            there = n.place_ids(other[0].first)
            verdict = "none" if not own or not there else "same" if own & there else "other"
            signs.append(f"rival={when}|{verdict}|{definite}")
            signs.append(f"rival={when}|{verdict}|sentence={other[0].sentence == main.sentence}")
    for when, near in nearest.items():
        signs.append(f"{when}={int(near * 10) if near >= 0 else 'none'}")
        signs.append(f"{when}={int(near * 5) if near >= 0 else 'none'}|{definite}|place={bool(own)}")
    for cue in n.sentence_cues(main.sentence):
        signs.append(f"with={cue}")
    return sorted(set(signs))
