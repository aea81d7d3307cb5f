"""How many were killed and wounded: the counts of a report given to the incidents that tell of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.coding.act_mentions import ActMention
from analysis.coding.counts import UNCOUNTED, CountMention, find_counts
from analysis.coding.narrative import Narrative
from analysis.coding.victims import one_named

BY_ITS_VERB = 5
"""Within this many words a verb of killing or wounding is the verb of a count."""
NONE_WITHIN = 5
"""Within so many words of its start a sentence says of the one before that nobody was hurt."""
HARMS = ("killed", "wounded")
BLOODY = frozenset(
    "fire airstrike drone_strike shelling missile_attack attack armed_attack clash explosion assassination arrest "
    "abduction harm".split()
)
"""Kinds of act in which people are killed or wounded."""
BLOODLESS = frozenset("agreement commemoration threat refusal alert withdrawal".split())
"""Kinds of act in which nobody is hurt."""
BACK_TO = 3
"""So many sentences back an act may be told of which another source, or a toll, says how many."""
LEAST_SUM = 5
"""From this on a number is hardly by chance the sum of two others."""
Shared = dict[str, list[CountMention]]


def share_counts(n: Narrative, incidents: Sequence[Sequence[ActMention]]) -> list[Shared]:
    """Give each count to the incident that its verb tells of.

    Parts of a total and counts added to another go where that goes. Where no verb of killing or wounding stands by a
    count, the act before it in its sentence takes it, else the nearest, else that of the sentence before. That nobody
    was hurt is said of the act before it, or of that of the count before it. A count whose verb tells of no incident
    goes to one of its sentence that has none of that harm; one that sums up a period, or the incidents of the report,
    is no toll. What only the title counts is of the first incident.
    """
    told = _Told(
        n, incidents, [{} for _ in incidents], {m.first: i for i, group in enumerate(incidents) for m in group}
    )
    last: tuple[CountMention, int | None] | None = None
    without: list[CountMention] = []
    for count in n.counts:
        if count.counted not in HARMS:
            continue
        if last is not None and (count.part or count.group == last[0].group):
            index = last[1]
        elif count.high == 0:
            index = told.before(count)
            if index is None and last is not None and told.sentence(last[0]) == told.sentence(count):
                index = last[1]  # "three were hurt, with no dead"
        else:
            index = told.by_verb(count)
        if index is None and not count.part:
            without.append(count)
        if count.period or (count.high is None and told.of_habit(count)):
            index = None
        if not count.part:
            last = (count, index)
        told.give(index, [count])
    for count in without:
        told.give(told.lacking(count), [c for c in without if (c.group, c.counted) == (count.group, count.counted)])
    if n.title is not None and not any(told.shared):
        told.give(told.first_bloody(), [c for c in find_counts(n.title) if c.counted in HARMS])
    _drop_sums(told.shared)
    for group, counts in zip(incidents, told.shared, strict=True):
        if "killed" not in counts:
            counts.update(one_named(n, group))
    return told.shared


@dataclass(frozen=True, slots=True)
class _Told:
    """The incidents of a report and what was given to each."""

    n: Narrative
    incidents: Sequence[Sequence[ActMention]]
    shared: list[Shared]
    owner: Mapping[int, int]
    """The incident of each mention, by its first word."""

    def give(self, index: int | None, counts: Sequence[CountMention]) -> None:
        """Give counts to an incident, if any."""
        for count in counts if index is not None else ():
            self.shared[index or 0].setdefault(count.counted, []).append(count)

    def sentence(self, count: CountMention) -> int:
        """The sentence of a count."""
        return self.n.sentence_of[self.n.word_span(count.at, count.to)[0]]

    def by_verb(self, count: CountMention) -> int | None:
        """The incident that the verb by a count tells of, else one of its sentence or the one before."""
        n, (first, last) = self.n, self.n.word_span(count.at, count.to)
        inside = [a for a in n.acts if a.sentence == n.sentence_of[first]]
        harms = [a for a in inside if a.act.kind == "harm" and _apart(a, first, last) <= BY_ITS_VERB]
        if harms:
            return self.owner.get(min(harms, key=lambda a: _apart(a, first, last)).first)
        told = self.in_sentence(n.sentence_of[first]) or self.in_sentence(n.sentence_of[first] - 1)
        return self.nearest([a for a in told if self.kind(self.owner[a.first]) not in BLOODLESS], first, last)

    def before(self, count: CountMention) -> int | None:
        """The incident told last before a word, in its sentence or the one before that it goes on with."""
        first, last = self.n.word_span(count.at, count.to)
        sentence = self.n.sentence_of[first]
        told = next((a for a in self.in_sentence(sentence) if first <= a.first < last), None)
        if told is not None and told.act.kind != "harm":
            return self.owner[told.first]  # "the raid caused no losses"
        inside = [a for a in self.in_sentence(sentence) if not self.is_killing(a)]
        before = [a for a in inside if a.first < first]
        if not before and (inside or first - self.n.sentence_words(sentence).start <= NONE_WITHIN):
            before = [a for a in self.in_sentence(sentence - 1) if not self.is_killing(a)]
        return self.owner[before[-1].first] if before else None

    def is_killing(self, mention: ActMention) -> bool:
        """Whether a mention tells of deaths whose act is not told: that nobody was hurt is said of another act."""
        return all(m.act.kind in ("harm", "killing") for m in self.incidents[self.owner[mention.first]])

    def lacking(self, count: CountMention) -> int | None:
        """The incident of a count's sentence of whose killed or wounded nothing is said yet.

        A sentence that tells of no act goes on with the act of the one before, unless it opens a line with no "the
        shelling" in it. A toll, or what another source says, may be told of an incident with a count, and of one told
        some sentences before; with a toll a report may begin.
        """
        n, (first, last) = self.n, self.n.word_span(count.at, count.to)
        sentence = n.sentence_of[first]
        if count.high == 0 or count.period or self.of_habit(count) or "denied" in n.sentence_cues(sentence):
            return None
        inside = self.in_sentence(sentence)
        if inside:
            return self.nearest(self._lacking(inside, count), first, last)
        if count.toll and not any(a.sentence < sentence for group in self.incidents for a in group):
            return self.nearest(self._lacking(self.in_sentence(sentence + 1), count)[:1], first, last)
        back = BACK_TO if count.toll or count.rival else int(not n.new_line(sentence) or self._resumes(sentence))
        told = next((told for s in range(1, back + 1) if (told := self.in_sentence(sentence - s))), [])
        return self.nearest(self._lacking(told, count)[-1:], first, last)

    def _resumes(self, sentence: int) -> bool:
        """Whether a sentence names with the article an act told before: "the shelling led to"."""
        told = self.n.acts_in.get(sentence, ())
        return any(a.definite and a.number != "p" and a.act.kind in BLOODY - {"harm"} for a in told)

    def of_habit(self, count: CountMention) -> bool:
        """Whether a count stands in a sentence on what happens again and again, and not on "that attack"."""
        cues = self.n.sentence_cues(self.n.sentence_of[self.n.word_span(count.at, count.to)[0]])
        return "habit" in cues and "told_again" not in cues

    def _lacking(self, mentions: Sequence[ActMention], count: CountMention) -> list[ActMention]:
        return [
            a
            for a in mentions
            if self.bloody(self.owner[a.first])
            and (count.toll or count.rival or self._lacks(self.owner[a.first], count))
        ]

    def _lacks(self, index: int, count: CountMention) -> bool:
        """Whether nothing is said of the harm of a count in an incident, or no number though the count is one."""
        given = self.shared[index].get(count.counted, ())
        return not given or (count.high is not None and all((c.low, c.high) == UNCOUNTED for c in given))

    def first_bloody(self) -> int | None:
        """The first incident in which people may have been hurt."""
        return next((i for i in range(len(self.incidents)) if self.bloody(i)), None)

    def bloody(self, index: int) -> bool:
        """Whether a word of an incident tells of an act in which people may be hurt."""
        return any(m.act.kind in BLOODY for m in self.incidents[index])

    def kind(self, index: int) -> str:
        """The kind of an incident's main word."""
        return self.incidents[index][0].act.kind

    def in_sentence(self, sentence: int) -> list[ActMention]:
        """The mentions of incidents in a sentence."""
        return [a for a in self.n.acts_in.get(sentence, ()) if a.first in self.owner]

    def nearest(self, mentions: Sequence[ActMention], first: int, last: int) -> int | None:
        """The incident of the last mention before words[first:last], else of the nearest after."""
        before = [a for a in mentions if a.first < first]
        found = before[-1] if before else min(mentions, key=lambda a: _apart(a, first, last), default=None)
        return self.owner[found.first] if found is not None else None


def _drop_sums(shared: Sequence[Shared]) -> None:
    """Take from an incident the sum of its own toll and another's, with which a lead sums up both.

    A small number may be a sum by chance, but hardly where the dead and the wounded are both sums of the same two.
    """
    totals = {harm: [_exact_totals(counts.get(harm, ())) for counts in shared] for harm in HARMS}
    for index, counts in enumerate(shared):
        sums = {harm: _sums(totals[harm], index) for harm in HARMS}
        both = set.intersection(*({other for _, other in found} for found in sums.values()))
        for harm, found in sums.items():
            summed = {group for group, other in found if other in both or totals[harm][index][group] >= LEAST_SUM}
            if summed:
                counts[harm] = [c for c in counts[harm] if c.group not in summed]


def _sums(totals: Sequence[Mapping[int, int]], index: int) -> set[tuple[int, int]]:
    """(group, other): the groups of an incident that are the sum of its own and of another incident's."""
    own = totals[index]
    return {
        (group, other)
        for group, total in own.items()
        for other, theirs in enumerate(totals)
        if other != index and any(mine + their == total for mine in own.values() for their in theirs.values())
    }


def _exact_totals(counts: Sequence[CountMention]) -> dict[int, int]:
    """How many each group of counts makes, where every one of it is exact and a total of its own."""
    totals: dict[int, int] = {}
    open_ended = {c.group for c in counts if c.part or c.added or not c.low or c.low != c.high}
    for count in counts:
        if count.group not in open_ended:
            totals[count.group] = totals.get(count.group, 0) + (count.low or 0)
    return totals


def _apart(mention: ActMention, first: int, last: int) -> int:
    if mention.first < last and first < mention.last:
        return 0
    return max(mention.first - last, first - mention.last) + 1
