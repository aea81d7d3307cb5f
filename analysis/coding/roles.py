"""Who did it, whom it hit, and where, so far as no construction decides: what speaks for each role.

An act, an actor or place and what stands between them give signs (prepositions, the form of the act, the head noun);
the rankers weigh them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.clauses import NOBODY
from analysis.coding.lexicon import ARTICLE
from analysis.coding.narrative import Narrative
from analysis.coding.once import once_a_pair, once_a_word
from analysis.coding.particles import particle_before
from analysis.coding.phrases import AND, BY, LIKE, TO, TO_THE
from analysis.coding.signs import KEPT_SIGNS, bucket

STEPS = ((0, "0"), (1, "1"), (2, "2"), (4, "4"), (8, "8"), (16, "16"), (32, "32"))
HEADS = ("position", "member", "person", "aircraft", "drone", "troops", "home", "shell", "rocket", "goods", "families")
MARKS = frozenset("agent against with cause speech result light other_act purpose clause background".split())


def claimant(n: Narrative, m: ActMention) -> ActorMention | None:
    """Who claims an act in its sentence or in one of the three after it: "X claimed the attack"."""
    around = n.sentences_around(m.sentence, 0, 3)
    for word in around:
        for cue in n.cue_at.get(word, ()):
            if cue.row.id != "claimed":
                continue
            lo, hi = (cue.last, cue.last + 5) if cue.row.direction == "forward" else (word - 8, word)
            named = [n.actors[number] for _, number in n.between(n.actor_starts, max(lo, around.start), hi)]
            named = [a for a in named if a.actor_id and a.actor_id not in NOBODY]
            if named:
                return named[0]
    return None


def blamed(n: Narrative, m: ActMention) -> ActorMention | None:
    """Whom somebody blames for an act in its sentence or the one after it: "they accused X"."""
    around = n.sentences_around(m.sentence, 0, 1)
    for word in range(max(around.start, m.first - 12), around.stop):
        if particle_before(n, word + 1) == "blamed":
            found = _accused_after(n, word + 1, around.stop)
            if found is not None:
                return found
    return None


def _accused_after(n: Narrative, lo: int, hi: int) -> ActorMention | None:
    """The last one named between "accused" and "of": "X accused Y of"; where no "of" follows, the first."""
    named = [n.actors[number] for _, number in n.between(n.actor_starts, lo, min(lo + 8, hi))]
    named = [a for a in named if a.actor_id and a.actor_id not in NOBODY]
    if not named:
        return None
    of = next((word for word in range(lo, min(lo + 9, hi)) if n.words.words[word].startswith(BY)), None)
    if of is None:
        return named[0] if n.words.index(named[0].at) < lo + 3 else None
    before = [a for a in named if a.to <= n.words.starts[of]]
    return before[-1] if before else None


@once_a_pair
def actor_signs(n: Narrative, m: ActMention, a: ActorMention) -> list[str]:
    """What speaks for an actor mention being the doer or the victim of an act."""
    first, last = n.word_span(a.at, a.to)
    base = act_class(m)
    side, gap, lo, hi = between_words(m, first, last)
    mark = mark_before(n, first)
    head = a.head or _head(n, first)
    kind = a.actor_id if a.actor_id in NOBODY else "armed"
    same = n.sentence_of[first] == m.sentence
    where = side if same else f"{side}-{min(abs(n.sentence_of[first] - m.sentence), 3)}"
    breaks = n.clause_of[max(first, m.first)] - n.clause_of[min(first, m.first)]
    acts = n.acts_between(lo, hi, m)
    rivals = len(n.between(n.actor_words, lo, hi))
    near = bucket(gap, STEPS)
    voice = m.shape if m.shape in ("perfect", "imperfect", "future") else "noun"
    signs = [
        f"who={a.actor_id}",
        f"is={kind}",
        f"is={kind}|{base}",
        f"is={kind}|armed={min(_armed_in(n, first, a), 2)}|{base}",
        *_distance_signs(where, base, voice, m.act.subject, near if gap <= 2 else "x", near),
        *_mark_signs(mark, where, base, voice, kind),
        *_head_signs(head, mark, where, side, base, a.use),
        *_between_signs(min(breaks, 3), min(acts, 3), min(rivals, 3), mark, where, base, voice),
        f"kind={m.act.kind}|{where}",
        f"act={m.act.id}|{side}",
        f"act={m.act.id}|{kind}",
        f"shape={m.shape}|{m.pronoun != ''}|{where}",
    ]
    if first and same and first - 1 >= n.sentence_words(m.sentence).start:
        signs.append(f"before={n.words.words[first - 1]}|{side}")
    else:
        signs.append(f"opens|{where}")
        signs.append(f"opens|{where}|{base}")
    if same:
        reach = "next" if gap == 0 else "near" if gap <= 3 else "off"
        frame = f"{side}|{reach}|{mark}|{voice}|{min(rivals, 2)}|{min(acts, 1)}"
        follow = _following(n, m)
        rank = follow.index(first) if first in follow else -1
        signs += [
            f"frame={frame}",
            f"frame={frame}|{base}",
            f"frame={frame}|{head}",
            f"rank={rank}/{min(len(follow), 3)}|{voice}|{base}|{side}",
            f"rank={rank}/{min(len(follow), 3)}|{voice}|{head}|{side}",
            f"rank={rank}|{mark}|{voice}|{base}|{side}",
            f"rank={rank}|{side}|{m.act.id}",
        ]
        if side == "before":
            signs.append(f"subject_follows={bool(follow)}|{voice}|{base}|{mark}|{min(acts, 1)}")
    if kind == "civilians":
        signs.append(f"civil={n.words.words[first]}")
        signs.append(f"civil={a.use}|{where}|{base}")
    governor, distance = _governor(n, first)
    if governor is None:
        owner = "none"
    elif governor is m:
        owner = f"self{min(distance, 3)}"
    else:
        owner = f"{act_class(governor)}|{min(distance, 3)}|{governor.act.subject}"
    signs.append(f"owner={owner}|{base}|{side}")
    signs.append(f"owner={owner}|{mark}|{side}")
    signs.append(f"owner={owner}|{head}")
    partner = _partner(n, first)
    if partner is not None:
        signs.append(f"and={mark_before(n, partner)}|{where}")
        signs.append(f"and={mark_before(n, partner)}|{where}|{base}|{voice}")
    if not same:
        signs.append(f"line={n.new_line(min(m.sentence, n.sentence_of[first]) + 1)}|{where}")
        signs.append(f"alone={not any(n.sentence_of[p] == m.sentence for p, _ in n.actor_words)}|{where}|{base}")
        signs.append(f"told={m.definite}|{where}|{base}")
    if m.pronoun:
        signs.append(f"pronoun|{where}|{voice}")
    if last < len(n.words):
        after = {c.row.id for c in n.cue_at.get(last, ())}
        for cue in after & MARKS:
            signs.append(f"then={cue}|{where}")
        if any(
            other.first == last and other.shape in ("perfect", "imperfect")
            for other in n.acts_in.get(n.sentence_of[last], ())
        ):
            signs.append(f"then=verb|{where}")
    for cue in cues_between(n, lo, hi) & MARKS:
        signs.append(f"between={cue}|{where}")
        signs.append(f"between={cue}|{where}|{base}|{voice}")
    return signs


@lru_cache(maxsize=KEPT_SIGNS)
def _distance_signs(where: str, base: str, voice: str, subject: str, beside: str, near: str) -> tuple[str, ...]:
    """On which side of an act an actor stands, and how far."""
    return (
        f"where={where}",
        f"where={where}|{base}|{voice}",
        f"where={where}|{subject}|{voice}|{beside}",
        f"near={near}|{where}",
    )


@lru_cache(maxsize=KEPT_SIGNS)
def _mark_signs(mark: str, where: str, base: str, voice: str, kind: str) -> tuple[str, ...]:
    """What marks its role."""
    return f"mark={mark}|{where}", f"mark={mark}|{where}|{base}", f"mark={mark}|{where}|{voice}|{kind}"


@lru_cache(maxsize=KEPT_SIGNS)
def _head_signs(head: str, mark: str, where: str, side: str, base: str, use: str) -> tuple[str, ...]:
    """What its noun is, and whether it names a body."""
    return (
        f"head={head}|{where}",
        f"head={head}|{where}|{mark}",
        f"head={head}|{base}",
        f"use={use}|{head}|{where}",
        f"use={use}|{mark}|{side}",
    )


@lru_cache(maxsize=KEPT_SIGNS)
def _between_signs(
    breaks: int, acts: int, rivals: int, mark: str, where: str, base: str, voice: str
) -> tuple[str, ...]:
    """What stands between it and the act."""
    return (
        f"breaks={breaks}|{where}",
        f"acts={acts}|{where}",
        f"acts={acts}|{where}|{mark}",
        f"rivals={rivals}|{where}",
        f"rivals={rivals}|{where}|{base}|{voice}",
    )


def _armed_in(n: Narrative, first: int, a: ActorMention) -> int:
    """How many other armed bodies the sentence of a word names."""
    span = n.sentence_words(n.sentence_of[first])
    named = {actor for _, actor in n.between(n.actor_words, span.start, span.stop)}
    return len(named - NOBODY - {a.actor_id, ""})


def _following(n: Narrative, m: ActMention) -> list[int]:
    """The first words of the actors that follow an act before the next act of its sentence."""
    stop = next((a.first for a in n.acts if a.first >= m.last), len(n.words))
    stop = min(stop, n.sentence_words(m.sentence).stop, m.last + 25)
    return [position for position, _ in n.between(n.actor_words, m.last, stop)]


def _governor(n: Narrative, first: int) -> tuple[ActMention | None, int]:
    """The act before a word in its sentence that it most likely depends on, and the words between."""
    before = [a for a in n.acts_in.get(n.sentence_of[first], ()) if a.first < first]
    return (before[-1], first - before[-1].last) if before else (None, 0)


def _partner(n: Narrative, first: int) -> int | None:
    """The first word of the actor that ends right before an actor joined to it by "and"."""
    if not n.words.words[first].startswith("و"):
        return None
    return next((n.words.index(a.at) for a in n.actors if n.word_span(a.at, a.to)[1] == first), None)


def act_class(m: ActMention) -> str:
    """The class of acts that fill their roles alike."""
    kind = m.act.kind
    if kind in ("airstrike", "drone_strike", "shelling", "missile_attack", "fire"):
        return "fire" if m.act.subject == "actor" else f"fire-{m.act.subject}"
    if kind in ("attack", "armed_attack"):
        return f"attack-{m.act.subject}"
    return kind


def between_words(m: ActMention, first: int, last: int) -> tuple[str, int, int, int]:
    """On which side of an act words[first:last] stand, how far, and the words between as first and last."""
    if first >= m.last:
        return "after", first - m.last, m.last, first
    if last <= m.first:
        return "before", m.first - last, last, m.first
    return "inside", 0, m.first, m.first


def with_mark(n: Narrative, first: int) -> bool:
    """Whether "with the support of" or the like stands before a word."""
    return mark_before(n, first) == "with"


@once_a_word
def mark_before(n: Narrative, first: int) -> str:
    """What marks the role of what begins at a word: a preposition before it, or one glued to it."""
    for back in (1, 2):
        for cue in n.cue_at.get(first - back, ()):
            if cue.last == first and cue.row.id in MARKS:
                return cue.row.id
    word = n.words.words[first]
    for glued in (TO_THE, ARTICLE, BY + ARTICLE, AND + ARTICLE, AND + TO, AND + BY):
        if word.startswith(glued):
            return glued
    return word[0] if word[0] in (TO, BY, AND, LIKE) else "none"


def _head(n: Narrative, first: int) -> str:
    classes = n.things.get(first, frozenset())
    return next((name for name in HEADS if name in classes), "name")


def cues_between(n: Narrative, lo: int, hi: int) -> set[str]:
    """The kinds of cues that begin in words[lo:hi]; none over a long stretch."""
    if hi - lo > 40:
        return set()
    return {cue.row.id for cue in n.cues_begun(lo, hi)}


def near_actors(n: Narrative, m: ActMention, back: int = 2, ahead: int = 1) -> Iterator[ActorMention]:
    """The actor mentions that may fill a role: in the sentence of the act and its neighbours."""
    around = n.sentences_around(m.sentence, back, ahead)
    for _, number in n.between(n.actor_starts, around.start, around.stop):
        yield n.actors[number]
