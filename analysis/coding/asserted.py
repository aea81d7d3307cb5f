"""Which acts a text speaks of but does not assert: feared, planned, demanded, possible, habitual, counted up.

A row of `unasserted.tsv` is a word, what it does to an act that it governs, and how far it governs. Where one governs
an act, the act is no incident, and no ranker is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.coding.act_mentions import ActMention
from analysis.coding.acts import Ground
from analysis.coding.furniture import furniture
from analysis.coding.lexicon import ARTICLE
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import particle_before
from analysis.coding.phrases import AND, BY, TO, TO_THE, Found
from analysis.coding.summed import DURING, THOSE, is_statistic, is_summed, is_tallied, names_a_day, words_of

BREAK = "break"
"""Words after which something else is told: what stands behind them is taken for granted, not governed."""
BESIDE = "beside"
"""Words that join one noun to another as "and" does: "in addition to"."""
OCCURS = "occurs"
"""Nouns of coming about, before the noun of an act."""
DONE = "done"
"""Words before "that" with which what follows was done: "before it", "could"."""
DONE_WITHIN = 3
"""No row of `done` reaches further than so many words."""
WISHED = frozenset({"subjunctive", "wished"})
BORNE = frozenset({BREAK, DURING, BESIDE, THOSE, DONE, OCCURS})
"""Reasons that are none: their words only bear on how far others govern."""
SITES = frozenset({"deployment", "takeover"})
"""Kinds whose nouns behind "points of", "areas of" name where somebody stands, not that they went there."""
LAUNCHES = frozenset({"launch_missile", "launch_shell", "launch_drone"})
ONSLAUGHTS = frozenset({"attack", "assault", "aggression"})
"""Acts that are made with words too."""
BLASTS = frozenset({"explode", "detonate"})
TELLING = frozenset({"threat"})
"""Kinds whose own word is the act: a threat is made whatever it threatens."""
ARMED_MEN = frozenset({"fighters", "troops"})
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
    return m.shape != "perfect" and not names_a_day(n, n.sentence_words(m.sentence))


def _is_many(n: Narrative, m: ActMention) -> bool:
    return _is_noun(n, m) and m.number == "p" and not names_a_day(n, n.sentence_words(m.sentence))


def _is_held(n: Narrative, m: ActMention) -> bool:
    """Ground that somebody holds or tries for, not one they took at a time."""
    return m.act.kind == "takeover" and not names_a_day(n, range(m.first, m.last + DAY_AFTER))


def _is_appraised(n: Narrative, m: ActMention) -> bool:
    """An indefinite noun by which an act, or what is none, is called: no construct with somebody's or some place."""
    after = n.words.words[m.last] if m.last < n.sentence_words(m.sentence).stop else ""
    if m.prefix.startswith(TO) or m.last - m.first > 1:  # "prepare for an attack"; a phrase may have its article inside
        return False
    return _is_bare(n, m) and m.number == "s" and not after.startswith(ARTICLE) and not _names_after(n, m.last)


def _names_after(n: Narrative, word: int) -> bool:
    return any(n.between(items, word, word + 1) for items in (n.place_starts, n.actor_words))


def _is_unfoiled(n: Narrative, m: ActMention) -> bool:
    return _is_noun(n, m) and "foiled" not in n.sentence_cues(m.sentence)


def _is_barred(n: Narrative, m: ActMention) -> bool:
    """A noun behind "from", or behind "the occurring of": what somebody is kept from, or what is kept from coming."""
    return _is_noun(n, m) and (particle_before(n, m.first) == "from" or m.first - 1 in words_of(n, OCCURS))


def _is_by(n: Narrative, m: ActMention) -> bool:
    """What somebody was convicted "of": with "by" on it or on the noun before it."""
    carried = m.prefix.startswith((BY, AND)) or (m.first > 0 and n.words.words[m.first - 1].startswith(BY))
    return _is_noun(n, m) and carried


def _is_posture(n: Narrative, m: ActMention) -> bool:
    """Where somebody stands or fires from; a masculine verb there is the same letters, or a clause on the place."""
    looks_so = _is_noun(n, m) or (m.shape == "perfect" and (m.number, m.gender) == ("s", "m"))
    return looks_so and not m.prefix.startswith(AND) and (m.act.kind in SITES or m.act.id in LAUNCHES)


def _is_aim(n: Narrative, m: ActMention) -> bool:
    """Ground that somebody fights "for taking", and does not say that they try."""
    if m.act.kind != "takeover" or m.shape != "noun" or "attempt" in n.sentence_cues(m.sentence):
        return False
    return m.prefix.endswith(TO_THE) or (_is_to(m.prefix) and m.act.id != "control_noun")  # "subject to the control of"


def _is_to(prefix: str) -> bool:
    """Whether "to" is the last thing glued on, and no article ends in its letter."""
    return prefix.endswith(TO) and not prefix.endswith(ARTICLE)


def _is_undated(n: Narrative, m: ActMention) -> bool:
    return not names_a_day(n, n.sentence_words(m.sentence))


def _is_subjunctive(n: Narrative, m: ActMention) -> bool:
    return m.shape == "imperfect"


def _is_blast(n: Narrative, m: ActMention) -> bool:
    return m.act.id in BLASTS


def _is_verbal(n: Narrative, m: ActMention) -> bool:
    """An onslaught of words: told by a verb, or by a noun without article, with no arms, deaths or reporter around."""
    if m.act.id not in ONSLAUGHTS or not (_is_verb(n, m) or _is_bare(n, m)):
        return False
    span = n.sentence_words(m.sentence)
    if any(w.first in span for w in n.weapons) or any(a.act.kind == "harm" for a in n.acts_in.get(m.sentence, ())):
        return False
    if any(ARMED_MEN & n.things.get(word, frozenset()) for word in span):
        return False
    return not any(cue.row.id == "speech" for cue in n.cues_begun(span.start, m.first))


GOVERNED: Mapping[str, Callable[[Narrative, ActMention], bool]] = {
    "any": lambda n, m: True,
    "noun": _is_noun,
    "bare": _is_bare,
    "verb": _is_verb,
    "open": _is_open,
    "many": _is_many,
    "held": _is_held,
    "summed": is_summed,
    "tallied": is_tallied,
    "tallied_open": lambda n, m: is_tallied(n, m) and not names_a_day(n, n.sentence_words(m.sentence)),
    "itself": lambda n, m: True,
    "appraised": _is_appraised,
    "unfoiled": _is_unfoiled,
    "barred": _is_barred,
    "by": _is_by,
    "posture": _is_posture,
    "blast": _is_blast,
    "subjunctive": _is_subjunctive,
    "wished": _is_noun,
    "undated": _is_undated,
    "verbal": _is_verbal,
}
"""What a row may govern."""


def unasserted(n: Narrative) -> dict[int, str]:
    """The acts of a report that it does not assert: their places in `n.acts`, and why.

    Why is an id of `unasserted.tsv`, or "tag" or "cut" for what is none of the report.
    """
    breaks = frozenset(g.first for g in n.grounds if g.row.reason == BREAK)
    by_sentence: dict[int, list[Found[Ground]]] = {}
    for ground in n.grounds:
        if ground.row.reason not in BORNE:
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
        if _is_aim(n, m):
            found[number] = "purpose"
            continue
        if is_statistic(n, number, found):
            found[number] = "sum"
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
    if row.on in ("summed", "tallied", "tallied_open"):  # a sum governs its whole sentence
        return len(between) <= row.reach and GOVERNED[row.on](n, m)
    if row.on == "verbal":  # "attacked ..., calling him": how it was done is told behind a comma too
        return len(between) <= row.reach and _is_verbal(n, m)
    if row.on == "posture" and ground.prefix.endswith((ARTICLE, TO_THE)):  # no construct: "the area saw them spread"
        return False
    if row.on == "open" and _is_to(ground.prefix):  # "so that ... was arrested": a result
        return False
    if row.on in WISHED and _was_done(n, ground.first):
        return False
    return (
        len(between) <= row.reach
        and n.clause_of[ground.first] == m.clause
        and breaks.isdisjoint(between)
        and not any(a.shape == "perfect" and a.first in between for a in n.acts_in.get(m.sentence, ()))
        and GOVERNED[row.on](n, m)
    )


def _was_done(n: Narrative, that: int) -> bool:
    """Whether a word before "that" says that what follows was done: "before it", "the gunmen could"."""
    answers = n.answers[DONE]
    if not answers:
        answers["reach"] = {g.last: g.row.reach for g in n.grounds if g.row.reason == DONE}
    reach: dict[int, int] = answers["reach"]
    return any(that - last <= reach.get(last, -1) for last in range(max(that - DONE_WITHIN, 0), that + 1))


def _is_joined(n: Narrative, before: ActMention, m: ActMention, breaks: frozenset[int]) -> bool:
    """Whether "and" or "in addition to" joins a noun to a governed one: "for fear of raids and arrests"."""
    between = range(before.last, m.first)
    beside = not words_of(n, BESIDE).isdisjoint(between)
    return (
        (beside or m.prefix.startswith(AND))
        and _is_noun(n, m)
        and _is_noun(n, before)
        and m.sentence == before.sentence
        and m.clause - before.clause <= beside
        and len(between) <= JOINED_WITHIN
        and breaks.isdisjoint(between)
    )
