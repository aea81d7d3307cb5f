"""The cues of a report: words that say how an act is told, where they say it and nothing else.

The rows are in `lexicon/cues.tsv`. A row of the id "none" is a phrase in which the letters of cues mean something else:
"still" (la yazal) negates nothing, "from afar" (an bud) is no "after".
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.coding.acts import Cue
from analysis.coding.phrases import Found, PhraseBook, Words
from analysis.coding.text import Text

NONE = "none"
"""The id of phrases that hide the cues in them."""
HEADING = "other_story"
"""The id of headings over other stories: such a word opens its line or is none."""
MARGIN = " .-:|"
"""What may stand before a heading in its line."""
HEADING_AFTER = 5
"""No heading over other stories stands so near the beginning."""
HEADING_WORDS = 3
"""So many words may follow a heading in its line."""


def find_cues(text: Text, words: Words, book: PhraseBook[Cue]) -> tuple[Found[Cue], ...]:
    """Every cue of a report in reading order, without those that stand in a phrase that only looks like one."""
    found = tuple(book.find(words.words))
    hidden = {word for cue in found if cue.row.id == NONE for word in range(cue.first, cue.last)}
    return tuple(
        cue
        for cue in found
        if cue.first not in hidden and (cue.row.id != HEADING or _opens_its_line(text, words.starts[cue.first]))
    )


def other_stories(text: Text, words: Words, cues: Sequence[Found[Cue]]) -> int | None:
    """The first word after a line that only announces other stories ("read also")."""
    for cue in cues:
        if cue.row.id == HEADING and cue.first > HEADING_AFTER:
            line_end = text.folded.find("\n", words.ends[cue.last - 1])
            rest = text.folded[words.ends[cue.last - 1] : line_end if line_end >= 0 else len(text.folded)]
            if len(rest.split()) <= HEADING_WORDS:
                return cue.last
    return None


def _opens_its_line(text: Text, position: int) -> bool:
    line_start = text.folded.rfind("\n", 0, position) + 1
    return not text.folded[line_start:position].strip(MARGIN)
