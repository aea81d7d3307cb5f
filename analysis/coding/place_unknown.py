"""Names of places that no table has: what follows a head noun ("the village of X", "the villages of X, Y and Z")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from analysis.coding.lexicon import ARTICLE, CONJUNCTIONS
from analysis.coding.mentions import Mention
from analysis.coding.place_heads import BEFORE, Found, heads_before, relation_of
from analysis.coding.text import Text

LISTED = 12
"""As many unknown names are read from one list ("the villages of ...")."""
QUOTES = "\"'“”„‟‘’‚‛‹›«»*"
DUAL = "ي"
"""The ending of a dual before its name."""
JOIN = re.compile(rf" ?[,/-]? ?{CONJUNCTIONS[1]}?")
_WORD = re.compile(r"[^\s.,;:!?()\[\]{}/\\%\n…«»-]+")


def find_unknown_names(
    text: Text, mentions: Sequence[Mention], heads: Sequence[Mention], known: Sequence[Found]
) -> list[Found]:
    """Names after a head noun ("the village of X", "the villages of X, Y and Z") that no table has."""
    words = _Words(text, mentions, known)
    before = {m.to: m for m in heads if relation_of(m, BEFORE)}
    found: list[Found] = []
    for head in heads:
        entry = relation_of(head, BEFORE)
        if entry is None or entry.more.get("names") != "yes" or text.folded.startswith(ARTICLE, head.at):
            continue
        if text.folded[head.to : head.to + 1] != " " or (found and head.at < found[-1].to) or words.inside(head.at):
            continue
        chain = heads_before(text, head.to + 1, "", before)
        if entry.id == "area" and not words.closed_name(head.to + 1):
            continue
        most = 1 if not chain.many else 2 if entry.form.endswith(DUAL) else LISTED
        for at, to in words.names(head.to, most):
            own = chain if at == head.to + 1 else chain._replace(at=at, ids=(), relations=())
            found.append(Found(own.at, to, at, (), own, chain.kinds))
    return found


class _Words:
    """The words of a text that may be an unknown name."""

    def __init__(self, text: Text, mentions: Sequence[Mention], known: Sequence[Found]) -> None:
        self.text = text
        self.known = {f.name_at: f.to for f in known}
        self.starts = sorted(self.known)
        self.heads = {m.at - len(m.prefix) for m in mentions if m.sort == "heads"}
        self.whole = {m.at for m in mentions if m.sort == "heads" and not m.prefix}
        self.opens = {m.at for m in mentions if m.sort == "heads" and any(e.more.get("opens") for e in m.entries)}
        self.opens |= {m.at for m in mentions if m.sort == "heads" and relation_of(m, frozenset({"opener"}))}
        self.closes = {m.at for m in mentions if m.sort == "heads" and relation_of(m, frozenset({"closer", "side"}))}
        self.taken = {m.at - len(m.prefix) for m in mentions if m.sort not in ("heads", "places")}
        self.taken |= {m.at for m in mentions if m.sort == "heads" and m.at not in self.opens}
        self.taken |= {m.at - len(m.prefix) for m in mentions if m.sort == "heads" and m.at not in self.opens}
        self.taken |= {m.at - len(m.prefix) for m in mentions if m.sort == "places" and m.prefix}

    def inside(self, at: int) -> bool:
        """Whether a position lies in a known name, after its first word."""
        number = bisect_left(self.starts, at)
        return number > 0 and at < self.known[self.starts[number - 1]]

    def names(self, position: int, most: int) -> Iterator[tuple[int, int]]:
        """The unknown names that follow a position, at most so many; known ones among them are passed over."""
        for number in range(most):
            join = JOIN.match(self.text.folded, position) if number else None
            at = join.end() if join else position + 1
            if number and join and (not join.group().strip() or at - 1 in self.whole):
                return
            if at in self.known:
                position = self.known[at]
                continue
            to = self.end(at)
            if to is None or (number and not self.closed(to)):
                return
            yield at, to
            position = to

    def closed(self, to: int) -> bool:
        """Whether what follows a word shows that a name ended there: a stop, a conjunction, a head noun or a side."""
        rest = self.text.folded[to : to + 2]
        return rest[:1] != " " or rest[1:] == CONJUNCTIONS[1] or to + 1 in self.heads or to + 1 in self.closes

    def end(self, at: int) -> int | None:
        """Where an unknown name ends that begins here; None where none begins."""
        if self.text.folded[at - 1 : at] != " " and self.text.folded[at - 1 : at] not in CONJUNCTIONS:
            return None
        word = _WORD.match(self.text.folded, at)
        if word is None or at in self.taken or len(word.group()) < 2 or word.group().isdigit():
            return None
        quoted = self._quoted(at)
        if quoted is not None:
            return quoted
        to = word.end()
        following = _WORD.match(self.text.folded, to + 1)
        if at in self.opens:
            if following is None or self.text.folded[to : to + 1] != " ":
                return None
            to = following.end() if to + 1 not in self.taken else to
        if to + 1 in self.closes and self.text.folded[to : to + 1] == " ":
            closer = _WORD.match(self.text.folded, to + 1)
            to = closer.end() if closer else to
        return to

    def closed_name(self, at: int) -> bool:
        """Whether the word that begins here looks like a whole name: quoted, with the article, or closed off."""
        to = self.end(at)
        article = self.text.folded.startswith(ARTICLE, at)
        return to is not None and (article or self._quoted(at) is not None or self.closed(to))

    def _quoted(self, at: int) -> int | None:
        """The end of a quoted name of up to four words."""
        raw, (start, _) = self.text.raw, self.text.span(at, at)
        if start == 0 or raw[start - 1] not in QUOTES:
            return None
        ends = [i for i in (raw.find(q, start + 1, start + 40) for q in QUOTES) if i > 0]
        if not ends or raw.count(" ", start, min(ends)) > 3:
            return None
        to = self.text.position(min(ends))
        return to if _WORD.match(self.text.folded, at) else None
