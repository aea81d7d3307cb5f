"""Acts that a text counts up over a period: statistics, which are no incidents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from analysis.coding.act_mentions import ActMention
from analysis.coding.narrative import Narrative

DURING = "during"
"""Words before a period: "since", "in the course of"."""
DAYS = 3
"""A date no longer than this names a day, at which an act was done once."""
PERIOD = 21
"""A date longer than this many days, told after "during" or "since", is a period over which acts are counted up."""
SUMS = frozenset({"sum", "count"})
THOSE = "those"
"""Words that point back: "those"."""
MOST_DIGITS = 9
HITS = frozenset({"target", "reach", "hit", "strike"})
"""Verbs that say of an act before them whom it hit."""
MET_WITHIN = 6
"""So many words behind "repelled" stands what was repelled."""
OPENS_WITHIN = 3
"""A period among so many words at the start of a sentence is that of the whole."""
TOLL_WITHIN = 4
"""So many words behind "were killed" stands how many were."""
MANY = 10
"""More acts than this, counted over a period, are statistics."""


def is_statistic(n: Narrative, number: int, found: Mapping[int, str]) -> bool:
    """Whether an act is one of many counted up, points back to such, or is the toll of such; `found`: those before."""
    m = n.acts[number]
    counted = _is_counted(n, m) or _is_toll(n, m) or _meets_sum(n, number)
    return counted or _refers_to_sum(n, m, found) or _ends_sum(n, number, found)


def is_summed(n: Narrative, m: ActMention) -> bool:
    """Told in a sentence that names a period: with a word of counting before it, one of many that are counted up."""
    return any(True for _ in _periods(n, m.sentence))


def _periods(n: Narrative, sentence: int) -> Iterator[int]:
    """The words of a sentence at which a period begins over which acts are counted up."""
    span = n.sentence_words(sentence)
    during = words_of(n, DURING)
    for word, number in n.between(n.date_words, span.start, span.stop):
        first, last = n.dates[number].first, n.dates[number].last
        long = first is not None and last is not None and (last - first).days > PERIOD
        if long and not during.isdisjoint(range(word - 2, word + 1)):
            yield word


def _is_counted(n: Narrative, m: ActMention) -> bool:
    """Acts in the plural, or counted by more than ten, in a sentence that names a period: statistics."""
    if m.shape not in ("noun", "fixed") or m.act.kind == "harm" or not is_summed(n, m):
        return False
    return is_tallied(n, m) or (m.number == "p" and not names_a_day(n, n.sentence_words(m.sentence)))


def is_tallied(n: Narrative, m: ActMention) -> bool:
    """Whether the noun of an act has a number of more than ten before it."""
    counts = n.between(n.count_words, max(m.first - 3, 0), m.first + 1)
    counted = any((n.counts[number].low or 0) > MANY for _, number in counts)
    return m.shape in ("noun", "fixed") and m.act.kind != "harm" and (counted or _number_before(n, m) > MANY)


def _is_toll(n: Narrative, m: ActMention) -> bool:
    """More than ten dead or wounded in a sentence that names a period and no day."""
    start = n.sentence_words(m.sentence).start
    if m.act.kind != "harm" or not is_summed(n, m) or names_a_day(n, n.sentence_words(m.sentence)):
        return False
    if not any(n.clause_of[word] == m.clause or word <= start + OPENS_WITHIN for word in _periods(n, m.sentence)):
        return False
    within = range(max(m.first - 3, start), m.last + TOLL_WITHIN)
    return any((n.counts[number].low or 0) > MANY for _, number in n.between(n.count_words, within.start, within.stop))


def _number_before(n: Narrative, m: ActMention) -> int:
    word = n.words.words[m.first - 1] if m.first > n.sentence_words(m.sentence).start else ""
    return int(word) if word.isdecimal() and len(word) <= MOST_DIGITS else 0


def _ends_sum(n: Narrative, number: int, found: Mapping[int, str]) -> bool:
    """Whether deaths and injuries, or a verb that says whom they hit, stand right behind acts that are summed up."""
    m, before = n.acts[number], n.acts[number - 1] if number else None
    ends = m.act.kind in ("harm", "killing") or (m.act.id in HITS and m.shape == "perfect" and not m.prefix)
    return before is not None and ends and before.sentence == m.sentence and found.get(number - 1) in SUMS


def _meets_sum(n: Narrative, number: int) -> bool:
    """Whether it is said of acts that are summed up that they were met, foiled, undergone: "repelled 40 attacks"."""
    m = n.acts[number]
    after = n.acts[number + 1] if number + 1 < len(n.acts) else None
    met = m.act.object == "means" and after is not None and after.sentence == m.sentence
    return met and after is not None and after.first - m.last <= MET_WITHIN and _is_counted(n, after)


def _refers_to_sum(n: Narrative, m: ActMention, found: Mapping[int, str]) -> bool:
    """Whether the sentence of an act is about "those attacks", and the one before only summed attacks up."""
    told = [a for a in n.acts_in.get(m.sentence, ()) if a.act.kind != "harm"]  # "cost lives those attacks"
    if not told or told[0].number != "p":
        return False
    if len(told) > 1 and told[0].first > n.sentence_words(m.sentence).start + 2:
        return False
    if not m.sentence or told[0].first - 1 not in words_of(n, THOSE):
        return False
    starts = (n.sentence_starts[m.sentence - 1], n.sentence_starts[m.sentence])
    before = range(*(bisect_left(n.act_words, start) for start in starts))
    return bool(before) and all(found.get(number) in SUMS for number in before)


def words_of(n: Narrative, reason: str) -> frozenset[int]:
    """The words at which a row of `unasserted.tsv` of one reason begins, found once a narrative."""
    answers = n.answers["words_of"]
    if reason not in answers:
        answers[reason] = frozenset(g.first for g in n.grounds if g.row.reason == reason)
    known: frozenset[int] = answers[reason]
    return known


def _phrases(n: Narrative) -> frozenset[int]:
    """The words inside phrases that govern, "every now and then": a date in one names no day."""
    answers = n.answers["phrases"]
    if not answers:
        within = (g for g in n.grounds if g.row.on)  # what governs nothing is no such phrase
        answers[0] = frozenset(word for g in within for word in range(g.first, g.last))
    known: frozenset[int] = answers[0]
    return known


def names_a_day(n: Narrative, span: range) -> bool:
    """Whether a day is named in a stretch of words, at which an act was done once."""
    within = _phrases(n)
    dates = (n.dates[number] for word, number in n.between(n.date_words, span.start, span.stop) if word not in within)
    return any(d.first is None or d.last is None or (d.last - d.first).days <= DAYS for d in dates)
