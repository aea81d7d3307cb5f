"""Where fire came from: places after "launched from", "its source is", "from its base in", "the forces posted in".

Such a place is not where the fire landed. The words are in `lexicon/origins.tsv`: source, launched, out ("from"), base,
posted open a stretch that holds an origin; toward ("in the direction of") closes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.inflect import Form
from analysis.coding.lexicon import CONJUNCTIONS, read_table
from analysis.coding.links import FIRE
from analysis.coding.narrative import Narrative
from analysis.coding.phrases import PhraseBook
from analysis.coding.places import PlaceMention
from analysis.coding.text import fold_word
from analysis.paths import data_path

REACH = 14
"""An origin stands within so many words of the act."""
STRETCH = 12
"""So many words after its opening a stretch may hold the place."""
AFTER_BASE = 6
"""So many words after "from its base" the place that it is in may begin."""
OPENINGS = ("source", "launched", "posted", "out")
CLOSING = {"toward", "struck"}
SENT = "deployment"
"""What is sent "from a base towards a town" has an origin too."""
LAUNCHES = frozenset({"missile_attack", "fire", SENT})
"""Acts after which a bare "from" with a direction right after the place says where they came from."""

Marks = dict[int, dict[str, int]]
"""For each word, what begins there in the table of origins, and the word at which it ends."""


def find_origins(
    n: Narrative, group: Sequence[ActMention], actors: Sequence[tuple[str, ActorMention]]
) -> tuple[PlaceMention, ...]:
    """The places from which the fire of one incident came, in reading order; none for acts that are no fire.

    `group`: the mentions of the incident. `actors`: who did it; forces "posted in" a place fire from there only where
    they are the ones who fire.
    """
    fires = {m.first for m in group if m.act.kind in FIRE or m.act.kind == SENT}
    ends = {n.word_span(a.at, a.to)[1] for _, a in actors}
    found: dict[int, PlaceMention] = {}
    for sentence in dict.fromkeys(m.sentence for m in group if m.first in fires):
        span = n.sentence_words(sentence)
        told = [n.places[number] for _, number in n.between(n.place_starts, span.start, span.stop)]
        places = [(*n.word_span(p.at, p.to), p) for p in told]
        if places:
            marks = _marks(n, span)
            for first, row, last in _openings(n, marks, span, fires):
                if row != "posted" or first in ends:
                    found |= {p.at: p for p in _inside(n, places, marks, row, last, min(last + STRETCH, span.stop))}
    return tuple(found[at] for at in sorted(found))


def told_elsewhere(n: Narrative, group: Sequence[ActMention], origins: Collection[int]) -> set[int]:
    """Of the origins of other acts those of other sentences: where fire came from there, nothing happened here."""
    sentences = {m.sentence for m in group}
    return {at for at in origins if n.sentence_of[n.word_span(at, at + 1)[0]] not in sentences}


def _marks(n: Narrative, span: range) -> Marks:
    marks: Marks = {}
    for found in _book().find(n.words.words[span.start : span.stop]):
        marks.setdefault(found.first + span.start, {})[found.row] = found.last + span.start
    return marks


def _openings(n: Narrative, marks: Marks, span: range, fires: Collection[int]) -> Iterator[tuple[int, str, int]]:
    """What opens an origin of these acts: its first word, its row ("launch" for a "from" before no base), its end."""
    for first, rows in marks.items():
        row = next((row for row in OPENINGS if row in rows), None)
        if row is None or any(first in range(at + 1, to) for at, ends in marks.items() for to in ends.values()):
            continue
        act = _told_by(n, first, span)
        if act is None or act.first not in fires:
            continue
        last = rows[row]
        if row == "out":
            if "part" in marks.get(first - 1, {}):
                continue
            if "base" not in marks.get(last, {}):
                row = "launch"
                if act.act.kind not in LAUNCHES:
                    continue
        yield first, row, last


def _told_by(n: Narrative, word: int, span: range) -> ActMention | None:
    """The act that a word belongs to: the nearest before it in its clause, else the next, else the nearest before."""
    inside = [a for a in n.acts if a.first in span and a.act.kind != "harm"]
    before = [a for a in inside if a.first <= word and word - a.last <= REACH]
    after = [a for a in inside if word < a.first <= word + REACH]
    if before and (not after or n.clause_of[before[-1].first] == n.clause_of[word]):
        return before[-1]
    return after[0] if after else before[-1] if before else None


def _inside(
    n: Narrative, places: Sequence[tuple[int, int, PlaceMention]], marks: Marks, row: str, at: int, to: int
) -> Iterator[PlaceMention]:
    """The places of a stretch: the first, near its opening, and those tied to it or before the direction after it."""
    passed = {w for first, rows in marks.items() if "stays" in rows for w in range(first, rows["stays"])}
    closed = next((w for w in range(at, to) if w not in passed and CLOSING & marks.get(w, {}).keys()), None)
    named = next((w for w, _ in n.actor_words if at <= w < to), to) if row == "source" else to
    reached: int | None = None
    for first, last, place in places:
        first = at if first < at < last else first  # "posted near": the preposition is part of the place
        if not at <= first < (to if closed is None else closed) or first in passed:
            continue
        if reached is None:
            base = row == "out" or "base" in marks.get(at, {})
            near = first - at <= (AFTER_BASE if base else int("in" in marks.get(at, {})))
            if not near or first > named or n.words.words[first].startswith(CONJUNCTIONS[1]):
                return
            if row == "launch" and (closed is None or closed > last + 1 or "toward" not in marks[closed]):
                return
        elif closed is None and first - reached > 1:
            return
        yield place
        reached = last


@cache
def _book() -> PhraseBook[str]:
    book: PhraseBook[str] = PhraseBook()
    for row in read_table(data_path("lexicon", "origins.tsv")):
        book.add(Form(fold_word(row["word"]), "fixed"), row["id"])
    return book
