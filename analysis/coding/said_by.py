"""Whom a report gives as its source for an act: the words of attribution, whom they name, and what they govern.

The words are in `lexicon/attribution.tsv`, the kinds of sources in `lexicon/sources.tsv`. A verb ("said", "added",
"relays ... from") governs what follows in its sentence, "according to" the whole sentence, a source with a colon that
opens a line the sentence after it too. Further it is not carried: on the hand-coded reports that was more often wrong
than right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.coding.act_mentions import ActMention
from analysis.coding.inflect import Form
from analysis.coding.lexicon import CONJUNCTIONS, read_table
from analysis.coding.narrative import Narrative
from analysis.coding.phrases import Found, PhraseBook
from analysis.coding.text import fold_word
from analysis.paths import data_path

AHEAD = 4
"""A source is named within so many words after its verb."""
BEHIND = 5
"""Or ends so many words before it."""
RELAYED = 8
"""So many words after "relayed" may stand from whom."""
HEADING = 4
"""So many words of a name may stand between a source that opens a line and its colon."""
CLOSES = frozenset(".,;!?\n")
UNARMED = frozenset({"civilians", "protesters", "journalists", "unknown", "other", "un"})
"""Actors who are no military source."""
FINER = {"local": "monitor"}
"""Of two sources side by side the second is meant: "activists of the observatory"."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that name a source, the first of them words[first]; `way` is says, goes_on, relays, per or head."""

    first: int
    sentence: int
    way: str
    source: str


def said_by(
    n: Narrative, mentions: Sequence[ActMention], attributions: Sequence[Attribution] | None = None
) -> str | None:
    """The class of the source that a report gives for an incident; None for the outlet's own voice.

    `mentions`: those of the incident, the main one first; the first whose sentence has an attribution decides.
    `attributions`: those of the report, where they were found already.
    """
    attribution = find_attribution(n, mentions, attributions)
    return attribution.source if attribution else None


def find_attribution(
    n: Narrative, mentions: Sequence[ActMention], attributions: Sequence[Attribution] | None = None
) -> Attribution | None:
    """The attribution that decides `said_by`, None where no sentence of the incident has one."""
    found = find_attributions(n) if attributions is None else attributions
    governing = (_governing(found, m) for m in mentions)
    return next((attribution for attribution in governing if attribution is not None), None)


def find_attributions(n: Narrative) -> list[Attribution]:
    """Every attribution of a report, in reading order."""
    named = _named(n)
    marks = [mark for mark in _book().find(n.words.words) if mark.row in NOT_VERBS or mark.prefix in CONJUNCTIONS]
    backs = {mark.first for mark in marks if mark.row == "back"}
    relayed = {mark.first: mark.last for mark in marks if mark.row == "of"}
    that = {mark.first for mark in marks if mark.row == "that"}
    found = [*_headings(n, named)]
    before: str | None = None
    for mark in marks:
        if mark.row in ("back", "of", "that"):
            continue
        sentence = n.sentence_words(n.sentence_of[mark.first])
        if mark.row == "relays" and not _relays(mark, relayed, that, sentence):
            continue
        source = _from_whom(n, mark, named, relayed) or _source(n, mark, named)
        after = range(mark.last, min(mark.last + AHEAD - 1, sentence.stop))
        if source is None and (mark.row == "goes_on" or not backs.isdisjoint(after)):
            source = before
        if source is not None:
            found.append(Attribution(mark.first, n.sentence_of[mark.first], mark.row, source))
            before = source
    return sorted(found, key=lambda attribution: attribution.first)


NOT_VERBS = frozenset({"per", "back", "of", "that"})


def _governing(found: Sequence[Attribution], m: ActMention) -> Attribution | None:
    inside = [a for a in found if a.sentence == m.sentence]
    before = [a for a in inside if a.first <= m.first]
    after = [a for a in inside if a.first > m.first and a.way == "per"]
    headings = [a for a in found if a.way == "head" and a.sentence == m.sentence - 1]
    return (before[-1:] + after[:1] + headings[-1:] + [None])[0]


def _named(n: Narrative) -> dict[int, tuple[str, int]]:
    """The sources named: their class and the word at which they end, by their first word."""
    named = {s.first: (s.row, s.last) for s in n.sources if not s.form.pronoun}
    for first, (source, last) in sorted(named.items(), reverse=True):
        if last in named and FINER.get(source) == named[last][0]:
            named[first] = named[last]
    return named


def _relays(mark: Found[str], relayed: Collection[int], that: Collection[int], sentence: range) -> bool:
    """Whether a verb that also means "to carry" relays words: "that" or "from" follows."""
    after = range(mark.last, min(mark.last + RELAYED, sentence.stop))
    return any(word in relayed or word in that for word in after)


def _from_whom(
    n: Narrative, mark: Found[str], named: dict[int, tuple[str, int]], relayed: dict[int, int]
) -> str | None:
    """From whom an agency relays it ("relayed from a commander"), where that is a source with a class."""
    if mark.row != "relays":
        return None
    stop = n.sentence_words(n.sentence_of[mark.first]).stop
    of = next((relayed[w] for w in range(mark.last, min(mark.last + RELAYED, stop)) if w in relayed), None)
    if of is None:
        return None
    return next((named[w][0] for w in range(of, min(of + RELAYED, stop)) if w in named), None)


def _source(n: Narrative, mark: Found[str], named: dict[int, tuple[str, int]]) -> str | None:
    """The source after a mark; after a verb also a body under arms, and what stands before the verb."""
    sentence = n.sentence_words(n.sentence_of[mark.first])
    after = range(mark.last, min(mark.last + AHEAD, sentence.stop))
    source = next((named[w][0] for w in after if w in named), None)
    if source is not None or mark.row == "per":
        return source
    if mark.row == "says":
        speaker = next((actor for word, actor in n.actor_words if word == mark.last), "")
        if speaker and speaker not in UNARMED:
            return "military"
    ends = {last: source for source, last in named.values()}
    before = range(mark.first, max(mark.first - BEHIND, sentence.start), -1)
    return next((ends[w] for w in before if w in ends), None)


def _headings(n: Narrative, named: dict[int, tuple[str, int]]) -> Iterator[Attribution]:
    """Sources that open a line and end in a colon: "Spokesman of the armed forces, Brigadier X:"."""
    folded = n.text.folded
    for first, (source, last) in named.items():
        line = folded.rfind("\n", 0, n.words.starts[first]) + 1
        if len(folded[line : n.words.starts[first]].split()) > 1:
            continue
        rest = folded[n.words.ends[last - 1] : n.words.ends[min(last + HEADING, len(n.words)) - 1]]
        name, colon, _ = rest.partition(":")
        if colon and CLOSES.isdisjoint(name):
            yield Attribution(first, n.sentence_of[first], "head", source)


@cache
def _book() -> PhraseBook[str]:
    book: PhraseBook[str] = PhraseBook()
    for row in read_table(data_path("lexicon", "attribution.tsv")):
        book.add(Form(fold_word(row["word"]), "fixed"), row["id"])
    return book
