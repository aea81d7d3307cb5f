"""Names of places in a text with the head nouns before them, found and not yet resolved.

Known names come from the gazetteer, unknown ones from what follows a head noun ("the village of X"), and a head noun
with the article and no name ("the town") is kept as a reference back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from analysis.coding.gazetteer import Gazetteer, Place
from analysis.coding.lexicon import ARTICLE, CONJUNCTIONS, PREPOSITIONS, Entry
from analysis.coding.mentions import Mention
from analysis.coding.text import Text, fold_word

BEFORE = frozenset({"is", "part", "near", "area", "countryside", "desert", "road", "between", "direction", "facility"})
"""Relations in `lexicon/heads.tsv` of what stands before a name."""
AFTER = frozenset({"side", "epithet"})
"""Relations of what may follow it: "the EASTERN countryside", "the OCCUPIED ..."."""
CHAINED = 6
"""As many head nouns may stand before one name."""
LISTED = 12
"""As many unknown names are read from one list ("the villages of ...")."""
QUOTES = "\"'“”„‟‘’‚‛‹›«»*"
TO = PREPOSITIONS[3]
DUAL = "ي"
"""The ending of a dual before its name."""
_WORD = re.compile(r"[^\s.,;:!?()\[\]{}/\\%\n…«»-]+")
_JOIN = re.compile(rf" ?[,/-]? ?{CONJUNCTIONS[1]}?")


class Heads(NamedTuple):
    """What stands before a name, outermost first."""

    at: int
    kinds: tuple[str, ...]
    """The kinds that the innermost head noun allows, best first."""
    relations: tuple[str, ...]
    ids: tuple[str, ...]
    many: bool

    @property
    def trusted(self) -> bool:
        """Whether they say that a place follows ("the town of", "east of"), as "inside" or "between" do not."""
        return (
            bool(self.kinds)
            or self.many
            or bool(set(self.relations) & {"direction", "countryside", "desert", "near", "road"})
        )


class Found(NamedTuple):
    """A name with its surroundings, before it is resolved."""

    at: int
    to: int
    name_at: int
    candidates: tuple[Place, ...]
    heads: Heads
    kinds: tuple[str, ...]
    back: bool = False
    """A head noun with the article and no name ("the town"): it refers back."""


def find_names(text: Text, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Found]:
    """Find every name of a place and every head noun that stands for one, in reading order."""
    heads = [m for m in mentions if m.sort == "heads"]
    known = _known_names(text, mentions, heads, gazetteer)
    unknown = _unknown_names(text, mentions, heads, known)
    named = sorted([*known, *unknown], key=lambda f: f.at)
    return sorted([*named, *_references_back(text, heads, named)], key=lambda f: (f.at, f.to))


def _known_names(
    text: Text, mentions: Sequence[Mention], heads: Sequence[Mention], gazetteer: Gazetteer
) -> list[Found]:
    before = {m.to: m for m in heads if _entry(m, BEFORE)}
    after = {m.at: m for m in heads if not m.prefix and _entry(m, AFTER)}
    found: list[Found] = []
    for mention in mentions:
        if mention.sort != "places":
            continue
        places = _candidates(text, mention, gazetteer)
        if not places or (found and mention.at < found[-1].to):
            continue
        chain = _heads_before(text, mention.at - len(mention.prefix), mention.prefix, before)
        last = found[-1] if found and _lists(text.folded[found[-1].to : mention.at]) else None
        if last is not None and last.heads.many and not chain.ids:
            chain = chain._replace(kinds=last.kinds, many=True)
        if not chain.trusted:
            beside = {p.admin1 for p in last.candidates} - {""} if last is not None else set()
            strong = {e.id for e in mention.entries if e.more.get("needs", "") != "head"}
            places = tuple(p for p in places if p.admin1 in beside or (p.id in strong and _alone(p, mention)))
        if places:
            to = _with_sides(text, mention.to, chain, after)
            found.append(Found(chain.at if chain.ids else mention.at, to, mention.at, places, chain, chain.kinds))
    return found


def _alone(place: Place, mention: Mention) -> bool:
    """Whether the form that was found needs no head noun: of a weak name only its longer forms."""
    return place.alone or any(e.id == place.id and e.more.get("needs") == "" for e in mention.entries)


def _lists(between: str) -> bool:
    return not between.isspace() and bool(_JOIN.fullmatch(between))


def _candidates(text: Text, mention: Mention, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that a mention may mean; a name without the article is no name with it (a father is not Ibb)."""
    article = text.folded.startswith(ARTICLE, mention.at) or mention.prefix.endswith(TO * 2)
    ids = {e.id: None for e in mention.entries if not article or fold_word(e.form).startswith(ARTICLE)}
    return tuple(gazetteer.places[i] for i in ids if i in gazetteer.places)


def _entry(head: Mention, relations: frozenset[str]) -> Entry | None:
    return next((e for e in head.entries if e.more.get("relation") in relations), None)


def _heads_before(text: Text, at: int, prefix: str, heads: Mapping[int, Mention]) -> Heads:
    """The chain of head nouns and directions that ends right before a name."""
    chain: list[tuple[Mention, Entry]] = []
    position = at if prefix in ("", TO) else 0
    while position > 0 and text.folded[position - 1] == " " and position - 1 in heads and len(chain) < CHAINED:
        head = heads[position - 1]
        entry = _entry(head, BEFORE)
        article = text.folded.startswith(ARTICLE, head.at)
        if entry is None or (article and not chain and not fold_word(entry.form).startswith(ARTICLE)):
            break
        chain.append((head, entry))
        position = head.at if not (head.prefix or article) else 0
    chain.reverse()
    kinds = next((k for k in (e.more.get("kinds", "") for _, e in reversed(chain)) if k), "")
    return Heads(
        chain[0][0].at if chain else at,
        tuple(kinds.split(";")) if kinds else (),
        tuple(e.more.get("relation", "") for _, e in chain),
        tuple(e.id for _, e in chain),
        any(e.more.get("number") == "many" for _, e in chain),
    )


def _with_sides(text: Text, to: int, heads: Heads, after: Mapping[int, Mention]) -> int:
    """The end of a name with the side of a countryside and the epithets that follow it."""
    while to < len(text.folded) and text.folded[to] == " " and to + 1 in after:
        entry = _entry(after[to + 1], AFTER)
        if entry is None:
            break
        if entry.more["relation"] == "side" and not set(heads.relations) & {"countryside", "area", "desert"}:
            break
        only = entry.more.get("kinds", "")
        if only and not set(heads.ids) & set(only.split(";")):
            break
        to = after[to + 1].to
    return to


def _unknown_names(
    text: Text, mentions: Sequence[Mention], heads: Sequence[Mention], known: Sequence[Found]
) -> list[Found]:
    """Names after a head noun ("the village of X", "the villages of X, Y and Z") that no table has."""
    words = _Words(text, mentions, known)
    before = {m.to: m for m in heads if _entry(m, BEFORE)}
    found: list[Found] = []
    for head in heads:
        entry = _entry(head, BEFORE)
        if entry is None or entry.more.get("names") != "yes" or text.folded.startswith(ARTICLE, head.at):
            continue
        if text.folded[head.to : head.to + 1] != " " or (found and head.at < found[-1].to):
            continue
        chain = _heads_before(text, head.to + 1, "", before)
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
        self.heads = {m.at - len(m.prefix) for m in mentions if m.sort == "heads"}
        self.whole = {m.at for m in mentions if m.sort == "heads" and not m.prefix}
        self.opens = {m.at for m in mentions if m.sort == "heads" and any(e.more.get("opens") for e in m.entries)}
        self.opens |= {m.at for m in mentions if m.sort == "heads" and _entry(m, frozenset({"opener"}))}
        self.closes = {m.at for m in mentions if m.sort == "heads" and _entry(m, frozenset({"closer", "side"}))}
        self.taken = {m.at - len(m.prefix) for m in mentions if m.sort not in ("heads", "places")}
        self.taken |= {m.at for m in mentions if m.sort == "heads" and m.at not in self.opens}
        self.taken |= {m.at - len(m.prefix) for m in mentions if m.sort == "heads" and m.at not in self.opens}
        self.taken |= {m.at - len(m.prefix) for m in mentions if m.sort == "places" and m.prefix}

    def names(self, position: int, most: int) -> Iterator[tuple[int, int]]:
        """The unknown names that follow a position, at most so many; known ones among them are passed over."""
        for number in range(most):
            join = _JOIN.match(self.text.folded, position) if number else None
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
            to = following.end()
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


def _references_back(text: Text, heads: Sequence[Mention], named: Sequence[Found]) -> list[Found]:
    """Head nouns with the article and no name ("the town", "its eastern countryside"): a place named before."""
    before = {m.to: m for m in heads if _entry(m, BEFORE)}
    after = {m.at: m for m in heads if not m.prefix and _entry(m, AFTER)}
    taken = [(f.at, f.to) for f in named]
    found = []
    for head in heads:
        entry = next((e for e in head.entries if e.more.get("refers") == "yes"), None)
        if entry is None or _overlaps(head, taken):
            continue
        relation = entry.more["relation"]
        article = text.folded.startswith(ARTICLE, head.at) or head.prefix.endswith(TO)
        if article != (relation in BEFORE):
            continue
        chain = _heads_before(text, head.at - len(head.prefix), head.prefix, before)
        own = Heads(head.at, tuple(entry.more.get("kinds", "").split(";")), (relation,), (entry.id,), False)
        whole = own._replace(relations=(*chain.relations, relation), ids=(*chain.ids, entry.id))
        at = chain.at if chain.ids else head.at
        found.append(Found(at, _with_sides(text, head.to, own, after), head.at, (), whole, own.kinds, back=True))
    return found


def _overlaps(head: Mention, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a head noun lies in one of the spans, which are in order."""
    after = bisect_left(taken, (head.to, 0))
    return any(head.at < to for _, to in taken[max(0, after - 3) : after])
