"""Who: names of actors in a text with the nouns that build them ("a patrol of the ..."), resolved to one id each.

A name that several bodies share is decided by the day, the outlet, the places and the other actors of the report; what
cannot be decided stays open, with its candidates. A short name ("the organisation") refers back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.coding.actor_context import Evidence, choose, coded_as, entities, gather, is_plain, tokens_of
from analysis.coding.lexicon import CONJUNCTIONS, Entry
from analysis.coding.mentions import Mention
from analysis.coding.text import Text

AND = CONJUNCTIONS[1:]
BELONGING, OF, ADJECTIVE, FROM, PLACE, AGENT = "belonging", "of", "adjective", "from", "place", "agent"
"""Ids of `lexicon/links.tsv`: what may stand between a noun and a name, and what makes a country a place."""
OPEN = frozenset({"short", "partisan", "generic"})
"""Uses of names that an adjective after them decides: "the army" + "Turkish"."""
UNOWNED = frozenset({"civilians", "protesters", "journalists", "unknown", "un"})
"""Ids that no "its forces" refers back to."""


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor where the text names it."""

    start: int
    end: int
    """Half-open, characters of the text as published: the whole phrase, with the nouns before the name."""
    at: int
    to: int
    """The same in the folded text."""
    head_at: int
    """Where the phrase begins in the folded text, with its head noun; `at` is the same."""
    name_at: int
    """Where the bare name begins in the folded text; `at` for a phrase without a name."""
    actor_id: str | None
    """The id by which the codebook counts it; None where it cannot be decided or nobody is named."""
    entity_id: str | None
    """The id in `entities/actors.tsv`, as fine as the text is: a brigade, a person."""
    candidates: tuple[str, ...]
    """The entities that were considered."""
    reason: str
    use: str
    """name, country, adjective, person, people, short, partisan, clients, generic (a noun alone), back (refers back)."""
    head: str = ""
    """The class of the head noun in `lexicon/collectives.tsv`: force, gunmen, equipment, position, civilians, ..."""


class Found(NamedTuple):
    """A name with the nouns before it, before it is resolved."""

    at: int
    name: Mention
    to: int
    head: str
    owner: Mention | None
    """A second name that the first is said to belong to, or an adjective of a country after it."""


def read_actors() -> pd.DataFrame:
    """Read the table of actors: one row each, all columns text; `since` and `until` are ISO days or empty."""
    frame = pd.DataFrame(entities().values()).drop(columns=["file", "line"])
    return frame.astype("string")


def side_of(actor_id: str) -> str | None:
    """The side an actor stands on, None for an unknown id.

    >>> side_of("fatemiyoun")
    'iran'
    """
    row = entities().get(actor_id)
    return row["side"] or None if row else None


def ancestors(actor_id: str) -> list[str]:
    """What an actor belongs to, nearest first.

    >>> ancestors("soleimani")
    ['irgc_quds_force', 'irgc', 'iran']
    """
    found: list[str] = []
    row = entities().get(actor_id)
    while row and row["parent"] and row["parent"] not in found:
        found.append(row["parent"])
        row = entities().get(row["parent"])
    return found


def find_actors(
    text: Text, mentions: Sequence[Mention], published: date | None = None, outlet: str | None = None
) -> list[ActorMention]:
    """Find every actor of a text, in reading order.

    `mentions`: what `find_mentions` found in it. `published` decides names that changed hands; `outlet` (as the report
    gives it) helps with partisan names. Phrases that name nobody ("gunmen", "its forces") come too: see `use`.
    """
    words = _Words.of(text, mentions)
    found = list(_names(text, mentions, words))
    evidence = gather(text, mentions)
    for one in found:
        rows = _rows(one.name, published)
        if is_plain(rows) and _use(rows) not in ("short", "clients"):
            evidence.add(one.name.at, tokens_of(rows[0].id))
    named = [_resolve(text, one, published, outlet, evidence) for one in found]
    covered = sorted((m.at, m.to) for m in named)
    nouns = [m for m in _nouns(text, mentions, words) if not _covered(m, covered)]
    return _refer_back(sorted([*named, *nouns], key=lambda m: (m.at, m.to)), found)


# --- the words around a name


class _Words(NamedTuple):
    """Collectives and links of a text by where they end and begin."""

    nouns: Mapping[int, Mention]
    links: Mapping[int, Mention]
    actors: Mapping[int, Mention]
    actors_from: Mapping[int, Mention]
    links_from: Mapping[int, Mention]

    @classmethod
    def of(cls, text: Text, mentions: Sequence[Mention]) -> _Words:
        def by(sort: str, end: str) -> dict[int, Mention]:
            return {getattr(m, end): m for m in mentions if m.sort == sort}

        return cls(
            by("collectives", "to"), by("links", "to"), by("actors", "to"), by("actors", "at"), by("links", "at")
        )


def _word_start(mention: Mention) -> int:
    return mention.at - len(mention.prefix)


def _rows(mention: Mention, published: date | None = None) -> tuple[Entry, ...]:
    return mention.entries


def _use(rows: Sequence[Entry]) -> str:
    return rows[0].more.get("use", "") or "name"


def _class(noun: Mention) -> str:
    return noun.entries[0].more.get("class", "")


def _names(text: Text, mentions: Sequence[Mention], words: _Words) -> Iterator[Found]:
    """Names with their head nouns; adjectives and countries only where they stand for an actor."""
    owners: set[int] = set()
    licensed: set[int] = set()
    for mention in mentions:
        if mention.sort != "actors" or mention.at in owners:
            continue
        use = _use(mention.entries)
        if use == "adjective":
            if not _modifies_a_noun(text, mention, words, licensed):
                continue
            licensed.add(mention.to)
        if use == "country" and _is_place(text, mention, words):
            continue
        at, head = _phrase_start(text, mention, words)
        owner = _owner(text, mention, words)
        to = mention.to
        if owner is not None:
            owners.add(owner.at)
            licensed.add(owner.to)
            to = owner.to
        yield Found(at, mention, to, head, owner)


def _before(text: Text, position: int) -> int:
    """Where the word before a position ends, if only a space stands between them; else -1."""
    return position - 1 if position > 0 and text.folded[position - 1] == " " else -1


def _phrase_start(text: Text, name: Mention, words: _Words) -> tuple[int, str]:
    """Where the phrase of a name begins, and the class of its outermost noun."""
    at, head, kind = name.at, "", ""
    position, prefix = _word_start(name), name.prefix
    while not prefix.startswith(AND) and (not prefix or prefix in ("ل",)):
        end = _before(text, position)
        noun, link = words.nouns.get(end), words.links.get(end)
        if noun is not None and _class(noun) not in ("act", "civilians", "protesters", "journalists"):
            at, head = noun.at, _class(noun)
            position, prefix = _word_start(noun), noun.prefix
        elif link is not None and link.entries[0].id in (BELONGING, OF, ADJECTIVE, FROM):
            kind = link.entries[0].id
            if kind == OF and head:
                at = link.at
            position, prefix = _word_start(link), link.prefix
        else:
            break
        if prefix and noun is not None:
            break
    return at, head


def _owner(text: Text, name: Mention, words: _Words) -> Mention | None:
    """The adjective after a name, or the body it is said to belong to."""
    position = name.to + 1
    if position >= len(text.folded) or text.folded[name.to : position] != " ":
        return None
    after = words.actors_from.get(position)
    if after is not None and _use(after.entries) == "adjective" and not after.prefix:
        return after
    link = words.links_from.get(position)
    if (
        link is not None
        and link.entries[0].id == BELONGING
        and not link.prefix
        and text.folded[link.to : link.to + 1] == " "
    ):
        for start in (link.to + 1, link.to + 2, link.to + 3):
            after = words.actors_from.get(start)
            if after is not None and _word_start(after) == link.to + 1 and _use(after.entries) != "adjective":
                return after
    return None


def _modifies_a_noun(text: Text, adjective: Mention, words: _Words, licensed: set[int]) -> bool:
    """Whether an adjective of a country belongs to a noun that makes it an actor: "a Turkish drone"."""
    position, prefix = _word_start(adjective), adjective.prefix
    for _ in range(4):
        end = _before(text, position)
        if end in licensed:
            return True
        noun, link, name = words.nouns.get(end), words.links.get(end), words.actors.get(end)
        if noun is not None:
            return _class(noun) not in ("civilians", "protesters", "journalists")
        if name is not None and _use(name.entries) == "adjective":
            position = _word_start(name)
        elif link is not None and link.entries[0].id == ADJECTIVE:
            position = _word_start(link)
        else:
            return False
        if prefix and not prefix.startswith(AND):
            return False
    return False


def _is_place(text: Text, country: Mention, words: _Words) -> bool:
    """Whether a country's name says where, not who."""
    if country.prefix.lstrip("".join(AND)) in ("ب", "ك"):
        return True
    end = _before(text, _word_start(country))
    link, noun = words.links.get(end), words.nouns.get(end)
    if link is None:
        return False
    return link.entries[0].id in (PLACE, FROM) and not (noun is not None and _class(noun) != "position")


# --- whom they mean


def _resolve(text: Text, found: Found, published: date | None, outlet: str | None, evidence: Evidence) -> ActorMention:
    rows = _rows(found.name)
    use = _use(rows)
    entity, candidates, reason = choose(rows, found.name.at, published, outlet, evidence)
    if use == "short":
        entity, reason = None, "a short name"
    if found.owner is not None:
        of, others, _ = choose(_rows(found.owner), found.owner.at, published, outlet, evidence)
        open_name = use in OPEN or entity is None or coded_as(entity) == "other" or not is_plain(rows)
        if of is not None and open_name:
            entity, candidates, reason = of, others, "by whose it is said to be"
            use = "name" if use == "short" else use
    start, end = text.span(found.at, found.to)
    actor = coded_as(entity) if entity else None
    return ActorMention(
        start, end, found.at, found.to, found.at, found.name.at, actor, entity, candidates, reason, use, found.head
    )


def _nouns(text: Text, mentions: Sequence[Mention], words: _Words) -> Iterator[ActorMention]:
    """Nouns that stand for somebody without a name: civilians, protesters, gunmen, "its forces", "the forces"."""
    for mention in mentions:
        if mention.sort != "collectives":
            continue
        row = mention.entries[0]
        kind, alone = row.more.get("class", ""), row.more.get("alone", "") or None
        definite = text.folded.startswith("ال", mention.at) or (
            mention.prefix.endswith("ل") and text.folded.startswith("ل", mention.at)
        )
        refers = bool(mention.suffix) or (definite and kind == "force")
        if (alone is None and kind != "force" and not mention.suffix) or kind == "act":
            continue
        yield ActorMention(
            mention.start,
            mention.end,
            mention.at,
            mention.to,
            mention.at,
            mention.at,
            alone,
            alone,
            (),
            "a noun that says who" if alone else "nobody is named",
            "back" if refers and alone is None else "generic",
            kind,
        )


def _covered(mention: ActorMention, spans: list[tuple[int, int]]) -> bool:
    from bisect import bisect_right

    place = bisect_right(spans, (mention.at, 10**9)) - 1
    return place >= 0 and spans[place][0] <= mention.at < spans[place][1]


def _refer_back(mentions: list[ActorMention], found: Sequence[Found]) -> list[ActorMention]:
    """Resolve short names and "its forces" by the nearest fitting actor before them."""
    rows = {one.at: one.name.entries[0] for one in found}
    done: list[ActorMention] = []
    for mention in mentions:
        if mention.use == "short":
            row = rows[mention.at]
            allowed = {key for key in row.more.get("back", "").split(";") if key}
            before = _nearest(done, allowed)
            if before is not None:
                mention = replace(mention, actor_id=before.actor_id, entity_id=before.entity_id, reason="refers back")
            elif row.id:
                mention = replace(mention, actor_id=coded_as(row.id), entity_id=row.id, reason="its usual meaning")
        elif mention.use == "back":
            before = _nearest(done, None)
            if before is not None:
                mention = replace(mention, actor_id=before.actor_id, entity_id=before.entity_id, reason="refers back")
        done.append(mention)
    return done


def _nearest(done: Sequence[ActorMention], allowed: set[str] | None) -> ActorMention | None:
    for mention in reversed(done[-40:]):
        if mention.actor_id is None or mention.use in ("generic",) or mention.actor_id in UNOWNED:
            continue
        if allowed is None or allowed & {
            mention.actor_id,
            mention.entity_id or "",
            *ancestors(mention.entity_id or ""),
        }:
            return mention
    return None
