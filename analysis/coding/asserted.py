"""Which acts a text speaks of but does not assert: feared, planned, demanded, possible, habitual, counted up.

A row of `unasserted.tsv` is a word, what it does to an act that it governs, and how far it governs. Where one governs
an act, the act is no incident, and no ranker is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.coding.acts import Ground
from analysis.coding.furniture import furniture
from analysis.coding.narrative import ActMention, Narrative
from analysis.coding.phrases import AND, Found

BREAK = "break"
"""Words after which something else is told: what stands behind them is taken for granted, not governed."""
DURING = "during"
"""Words before a period: "since", "in the course of"."""
TELLING = frozenset({"threat"})
"""Kinds whose own word is the act: a threat is made whatever it threatens."""
DAYS = 3
"""A date no longer than this names a day, at which an act was done once."""
PERIOD = 21
"""A date longer than this many days, told after "during" or "since", is a period over which acts are counted up."""
DAY_AFTER = 8
"""So many words after an act the day may stand at which it was done."""
JOINED_WITHIN = 7
"""So many words after a governed act another may stand that "and" joins to it."""


def _is_noun(n: Narrative, m: ActMention) -> bool:
    return m.shape in ("noun", "fixed")


def _is_bare(n: Narrative, m: ActMention) -> bool:
    """A noun without article or possessor: an act of no certain one."""
    return _is_noun(n, m) and not m.definite


def _is_verb(n: Narrative, m: ActMention) -> bool:
    return m.shape not in ("noun", "fixed")


def _is_open(n: Narrative, m: ActMention) -> bool:
    """Not told by a verb in the past, and in a sentence that names no day."""
    return m.shape != "perfect" and not _names_a_day(n, n.sentence_words(m.sentence))


def _is_many(n: Narrative, m: ActMention) -> bool:
    return _is_noun(n, m) and m.number == "p" and not _names_a_day(n, n.sentence_words(m.sentence))


def _is_held(n: Narrative, m: ActMention) -> bool:
    """Ground that somebody holds or tries for, not one they took at a time."""
    return m.act.kind == "takeover" and not _names_a_day(n, range(m.first, m.last + DAY_AFTER))


def _is_summed(n: Narrative, m: ActMention) -> bool:
    """Told in a sentence that names a period: with a word of counting before it, one of many that are counted up."""
    span = n.sentence_words(m.sentence)
    during = {g.first for g in n.grounds if g.row.reason == DURING and g.first in span}
    return any(
        d.first is not None
        and d.last is not None
        and (d.last - d.first).days > PERIOD
        and not during.isdisjoint(range(word - 2, word + 1))
        for d, word in ((n.dates[number], word) for word, number in n.between(n.date_words, span.start, span.stop))
    )


def _names_a_day(n: Narrative, span: range) -> bool:
    within = {word for ground in n.grounds for word in range(ground.first, ground.last)}  # "every now and then"
    dates = (n.dates[number] for word, number in n.between(n.date_words, span.start, span.stop) if word not in within)
    return any(d.first is None or d.last is None or (d.last - d.first).days <= DAYS for d in dates)


GOVERNED: Mapping[str, Callable[[Narrative, ActMention], bool]] = {
    "any": lambda n, m: True,
    "noun": _is_noun,
    "bare": _is_bare,
    "verb": _is_verb,
    "open": _is_open,
    "many": _is_many,
    "held": _is_held,
    "summed": _is_summed,
    "itself": lambda n, m: True,
}
"""What a row may govern."""


def unasserted(n: Narrative) -> dict[int, str]:
    """The acts of a report that it does not assert: their places in `n.acts`, and why.

    Why is an id of `unasserted.tsv`, or "tag" or "cut" for what is none of the report.
    """
    breaks = frozenset(g.first for g in n.grounds if g.row.reason == BREAK)
    by_sentence: dict[int, list[Found[Ground]]] = {}
    for ground in n.grounds:
        if ground.row.reason not in (BREAK, DURING):
            by_sentence.setdefault(n.sentence_of[ground.first], []).append(ground)
    found: dict[int, str] = {}
    beside = tuple(furniture(n.text.raw))
    for number, m in enumerate(n.acts):
        at = n.raw_span(m.first, m.last)[0]
        what = next((what for start, end, what in beside if start <= at < end), None)
        if what is not None:
            found[number] = what
            continue
        if m.act.kind in TELLING:
            continue
        if m.shape == "future":
            found[number] = "plan"
            continue
        for ground in by_sentence.get(m.sentence, ()):
            if _governs(n, ground, m, breaks):
                found[number] = ground.row.reason
                break
        else:
            if number - 1 in found and _is_joined(n, n.acts[number - 1], m, breaks):
                found[number] = found[number - 1]
    return found


def _governs(n: Narrative, ground: Found[Ground], m: ActMention, breaks: frozenset[int]) -> bool:
    """Whether a word governs an act: near enough, in its clause, with nothing else told between them."""
    row = ground.row
    if ground.first == m.first and row.on in ("open", "itself"):  # the word is itself an act: "are exposed to"
        between = range(0)
    elif ground.last <= m.first and row.direction != "back":
        between = range(ground.last, m.first)
    elif m.last <= ground.first and row.direction != "forward":
        between = range(m.last, ground.first)
    else:
        return False
    if row.on == "itself" and between != range(0):
        return False
    if row.on == "summed":  # a sum governs its whole sentence
        return len(between) <= row.reach and _is_summed(n, m)
    return (
        len(between) <= row.reach
        and n.clause_of[ground.first] == m.clause
        and breaks.isdisjoint(between)
        and not any(a.shape == "perfect" and a.first in between for a in n.acts_in.get(m.sentence, ()))
        and GOVERNED[row.on](n, m)
    )


def _is_joined(n: Narrative, before: ActMention, m: ActMention, breaks: frozenset[int]) -> bool:
    """Whether "and" joins a noun to a governed one: "for fear of raids and arrests"."""
    between = range(before.last, m.first)
    return (
        m.prefix.startswith(AND)
        and _is_noun(n, m)
        and _is_noun(n, before)
        and m.clause == before.clause
        and len(between) <= JOINED_WITHIN
        and breaks.isdisjoint(between)
    )
