"""The same act told again: which mentions of a report tell of one incident.

First within a sentence (a cause, its verb, its victims), then between sentences: a headline, "the bombing", a second
source. What two tellings agree on (place, day, actors, toll, names) and how the later one is worded (with the article,
with "similar", after "also") decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from analysis.coding.act_mentions import ActMention
from analysis.coding.casualties import compare
from analysis.coding.links import (
    MAX_SHARE,
    PLAIN,
    agreement,
    agreement_signs,
    causes_of_harm,
    family,
    is_consequence,
    is_followed_up,
    link_in_sentences,
    link_signs,
    may_fold,
    verdict,
)
from analysis.coding.narrative import Narrative
from analysis.coding.ranker import likelihood
from analysis.coding.signs import KEPT_SIGNS
from analysis.coding.tellings import Standing, Telling, compare_days, make_telling, make_tellings

REPEAT_AT = 0.7
"""From this likelihood on a telling repeats an incident told in another sentence."""
FAR_APART = 40
"""Tellings so many sentences apart are not compared: the time to link grows in line with the text."""


def link_mentions(mentions: Sequence[ActMention], weighed: Weighed) -> list[list[int]]:
    """Group mentions (in reading order) into incidents: indices of the mentions of each, in order of first telling."""
    groups = link_in_sentences(mentions, weighed.linked)
    tellings = weighed.tell(mentions, groups)
    incidents: list[list[Telling]] = []
    for telling in tellings:
        best, chosen = REPEAT_AT, None
        for number, incident in enumerate(incidents):
            if telling.sentence - incident[-1].sentence > FAR_APART:
                continue
            if not any(may_fold(t.main.act.kind, telling.main.act.kind) for t in incident):
                continue
            likely = [
                weighed.repeated(earlier, telling) for earlier in incident if earlier.sentence != telling.sentence
            ]
            if not likely:
                continue
            value = MAX_SHARE * max(likely) + (1 - MAX_SHARE) * sum(likely) / len(likely)
            if value > best:
                best, chosen = value, number
        if chosen is None:
            incidents.append([telling])
        else:
            incidents[chosen].append(telling)
    return [sorted(index for telling in incident for index in telling.mentions) for incident in incidents]


def repeat_signs(earlier: Telling, later: Telling) -> list[str]:
    """What speaks for and against a telling repeating one of an earlier sentence."""
    gap = later.sentence - earlier.sentence
    far = "next" if gap == 1 else "2-3" if gap <= 3 else "far"
    definite, pair = later.definite, f"{earlier.family}>{later.family}"
    kinds = earlier.main.act.kind == later.main.act.kind
    same = "same" if kinds else "family" if earlier.family == later.family else "other"
    same_act = earlier.main.act.id == later.main.act.id
    place = verdict(earlier.places, later.places)
    return [
        *_manner_signs(far, definite, pair, same, earlier.sentence == 0, later.line, same_act),
        *_story_signs(earlier.standing, later.standing, earlier.sentence == 0, definite, same),
        f"numbers={earlier.main.number}>{later.main.number}|{definite}",
        *agreement_signs("place", place, (definite, pair, f"{same}|{definite}|{far}")),
        *agreement("wide", earlier.wide, later.wide, far),
        *agreement("actor", earlier.actors, later.actors, definite, pair),
        *agreement("day", earlier.days, later.days, definite),
        *agreement_signs("when", compare_days(earlier.standing, later.standing), (definite, f"place={place}")),
        *agreement_signs("harmed", compare(earlier.harmed, later.harmed), (far, f"place={place}")),
        *agreement("weapon", earlier.weapons, later.weapons, pair),
        *_role_signs(verdict(earlier.doers, later.doers), verdict(earlier.sufferers, later.sufferers), same, definite),
        *_thing_signs(earlier.things & later.things, definite),
        *_cue_signs(later.another, later.cues, far, definite, same),
        *later.opening,
    ]


def told_twice(earlier: Telling, later: Telling) -> bool:
    """Whether two tellings tell of as many people, of one kind and at one place: nobody dies twice."""
    alike = compare(earlier.harmed, later.harmed) in ("same", "few")
    return alike and not earlier.places.isdisjoint(later.places) and not later.another


def told_apart(earlier: Telling, later: Telling) -> bool:
    """Whether the later of two tellings, which no article refers back, is told as another act.

    A verb does so with "also" ("they also shelled"), and so do days that lie apart: of such pairs of coded reports
    some 94 and 97 in 100 are two acts.
    """
    if later.another and later.definite == "verb" and later.family != "harm":
        return True
    return later.definite != "def" and compare_days(earlier.standing, later.standing) == "apart"


@lru_cache(maxsize=KEPT_SIGNS)
def _manner_signs(
    far: str, definite: str, pair: str, same: str, lead: bool, line: bool, same_act: bool
) -> tuple[str, ...]:
    """How far apart two tellings stand and how the later is worded."""
    return (
        f"far={far}",
        f"far={far}|{definite}",
        f"pair={pair}",
        f"pair={pair}|{definite}",
        f"pair={pair}|{far}",
        f"kinds={same}|{definite}|{far}",
        f"lead={lead}|{definite}",
        f"lead={lead}|{pair}",
        f"line={line}|{far}",
        f"same_act={same_act}|{definite}",
    )


@lru_cache(maxsize=KEPT_SIGNS)
def _story_signs(earlier: Standing, later: Standing, lead: bool, definite: str, same: str) -> tuple[str, ...]:
    """Where in the story two tellings stand: what else the later may repeat, what follows the earlier."""
    return (
        f"before={later.before}|{definite}",
        f"before={later.before}|{same}",
        f"number={earlier.number}|{definite}",
        f"lead={lead}|following={earlier.following}|{same}",
    )


@lru_cache(maxsize=KEPT_SIGNS)
def _role_signs(doers: str, sufferers: str, same: str, definite: str) -> tuple[str, ...]:
    """Whether the same did it to the same."""
    return f"doers={doers}|{same}|{definite}", f"sufferers={sufferers}", f"doers={doers}|sufferers={sufferers}"


@lru_cache(maxsize=KEPT_SIGNS)
def _thing_signs(things: frozenset[str], definite: str) -> tuple[str, ...]:
    """What things, a car, a mosque, both tellings name."""
    return (f"things={min(len(things), 3)}|{definite}", *(f"thing={thing}" for thing in sorted(things)))


@lru_cache(maxsize=KEPT_SIGNS)
def _cue_signs(is_another: bool, cues: frozenset[str], far: str, definite: str, same: str) -> tuple[str, ...]:
    """What the words about the later of two tellings say of it."""
    signs = ["another", f"another|{same}"] if is_another else []
    for cue in cues:
        signs += [f"cue={cue}|{far}", f"cue={cue}|{same}|{definite}"]
    return tuple(signs)


class Weighed:
    """How likely two mentions or tellings of a report tell of one act, each pair weighed once.

    `weights`: the rankers "link" (within a sentence) and "repeat" (between sentences).
    """

    def __init__(self, n: Narrative, weights: Mapping[str, Mapping[str, float]]) -> None:
        self.n, self.weights = n, weights
        self._cause = {n.acts[harm].first: n.acts[cause] for harm, cause in causes_of_harm(n).items()}
        self._standing: dict[int, Standing] = {}
        self._alone: dict[int, Telling] = {}
        self._linked: dict[tuple[int, int], float] = {}
        self._repeated: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}

    def tell(self, mentions: Sequence[ActMention], groups: Sequence[Sequence[int]]) -> list[Telling]:
        """The tellings that groups of mentions make; a mention alone stands in the story where they put it."""
        tellings = make_tellings(self.n, mentions, groups)
        self._standing = {first: telling.standing for telling in tellings for first in telling.firsts}
        self._alone.update({telling.main.first: telling for telling in tellings if len(telling.firsts) == 1})
        return tellings

    def alone(self, m: ActMention) -> Telling:
        """A mention as a telling of its own."""
        if m.first not in self._alone:
            standing = self._standing.get(m.first, Standing())
            self._alone[m.first] = replace(make_telling(self.n, [m], [0]), standing=standing)
        return self._alone[m.first]

    def linked(self, earlier: ActMention, later: ActMention) -> float:
        """The likelihood of two mentions of one sentence telling of one act.

        A harm told with its cause is of the act that its cause is of: of such pairs of coded reports 98 in 100 are one
        act, and where the cause is another act than a third, the harm is too in 93 of 100.
        """
        one, other = self._cause.get(earlier.first, earlier), self._cause.get(later.first, later)
        if one is other:
            return PLAIN
        one, other = (one, other) if one.first < other.first else (other, one)
        key = one.first, other.first
        if key not in self._linked:
            likely = likelihood(self.weights["link"], link_signs(self.n, one, other))
            plain = is_consequence(self.n, one, other) or is_followed_up(self.n, one, other)
            self._linked[key] = max(likely, PLAIN) if plain else likely
        return self._linked[key]

    def repeated(self, earlier: Telling, later: Telling) -> float:
        """The likelihood of a telling repeating one of an earlier sentence."""
        key = earlier.firsts, later.firsts
        if key not in self._repeated:
            likely = likelihood(self.weights["repeat"], repeat_signs(earlier, later))
            if told_apart(earlier, later):
                likely = min(likely, 1 - PLAIN)
            elif told_twice(earlier, later):
                likely = max(likely, PLAIN)
            self._repeated[key] = likely
        return self._repeated[key]

    def one_act(self, a: ActMention, b: ActMention) -> float:
        """The likelihood of two mentions telling of one act."""
        first, second = (a, b) if a.first <= b.first else (b, a)
        if first.sentence == second.sentence:
            return self.linked(first, second)
        return self.repeated(self.alone(first), self.alone(second))


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
