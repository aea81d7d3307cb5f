"""Who: names of actors in a text with the nouns that build them ("a patrol of the ..."), resolved to one id each.

A name that several bodies share is decided by the day, the outlet, the places and the other actors of the report; what
cannot be decided stays open, with its candidates. A short name ("the organisation") refers back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pandas as pd

from analysis.coding.actor_context import Evidence, choose, coded_as, entities, gather, is_plain, tokens_of
from analysis.coding.actor_phrases import (
    BELONGING,
    FROM,
    LOYAL,
    Found,
    Words,
    class_of,
    composed,
    find_names,
    is_definite,
    use_of,
)
from analysis.coding.lexicon import ARTICLE, Entry, fold_words, read_table
from analysis.coding.mentions import Mention
from analysis.coding.text import Text
from analysis.paths import data_path

OPEN = frozenset({"short", "partisan", "generic"})
"""Uses of names that an adjective after them decides: "the army" + "Turkish"."""
NOBODY = frozenset({"civilians", "protesters", "journalists", "unknown", "un", "other"})
"""Ids that no "its forces" refers back to."""
FIGHTING = frozenset({"force", "gunmen"})
"""Classes of nouns that are an actor even where nobody is named."""
LOOK_BACK = 40
"""As many mentions back a short name may refer."""
IRREGULAR = frozenset({"militia", "rebel_group", "company", "tribe"})
REGULAR = frozenset({"state_forces", "state", "external", "security", "rebel_group"})
BACK_TO = {
    "militia": frozenset({"militia"}),
    "gang": IRREGULAR,
    "faction": IRREGULAR,
    "organisation": frozenset({"militia", "rebel_group"}),
    "gunmen": IRREGULAR,
    "army": frozenset({"state_forces", "state"}),
    "forces": REGULAR,
    "soldiers": REGULAR,
    "officers": REGULAR,
    "unit": frozenset(),
}
"""The types of actors that a noun alone refers back to: "the militia" is never an army, "the army" never a militia."""
ONES = frozenset({"members", "fighters", "soldiers"})
"""Nouns that, without an owner, are of the side whose members were told of before in the sentence."""
ONE_WITHIN = 90
"""So many characters before them."""


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
    """Where the phrase begins in the folded text, with its head noun; the same as `at`."""
    name_at: int
    """Where the bare name begins in the folded text; the same as `at` where there is no name."""
    actor_id: str | None
    """The id by which the codebook counts it; None where it cannot be decided or nobody is named."""
    entity_id: str | None
    """The id in `entities/actors.tsv`, as fine as the text is: a brigade, a person."""
    candidates: tuple[str, ...]
    """The entities that were considered."""
    reason: str
    use: str
    """name, country, adjective, person, people, short, partisan, clients, generic, back (what refers back).

    A noun without a name is generic ("gunmen") or back ("its forces").
    """
    head: str = ""
    """The class of the outermost noun in `lexicon/collectives.tsv`: force, equipment, position, civilians, ..."""


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
    words = Words.of(text, mentions)
    found = list(find_names(mentions, words))
    evidence = gather(text, mentions)
    for name in (name for one in found for name in (one.name, one.owner) if name is not None):
        if is_plain(name.entries) and use_of(name.entries) != "short":
            evidence.add(name.at, tokens_of(name.entries[0].id))
    named = _outermost([_resolve(text, one, published, outlet, evidence) for one in found])
    spans = sorted((m.at, m.to) for m in named)
    nouns = [m for m in _nouns(mentions, words) if not _covered(m.at, spans)]
    names = {one.at: one.name for one in found}
    alone = {noun.at: noun.entries[0].id for noun in mentions if noun.sort == "collectives" and not noun.suffix}
    return _refer_back(text, sorted([*named, *nouns], key=lambda m: (m.at, m.to)), names, alone)


def _resolve(text: Text, found: Found, published: date | None, outlet: str | None, evidence: Evidence) -> ActorMention:
    rows, at = found.name.entries, found.name.at
    use = use_of(rows)
    entity, candidates, reason = choose(rows, at, published, outlet, evidence)
    if found.owner is not None:
        owner, others, _ = choose(found.owner.entries, found.owner.at, published, outlet, evidence)
        of_country = use_of(found.owner.entries) == "adjective"
        if owner is not None and _goes_by_owner(rows, entity, of_country):
            entity, candidates, reason = owner, others, "by whose it is said to be"
            use = "name" if use == "short" else use
    made = composed(found, [entity, *ancestors(entity)]) if entity else None
    if made is not None:
        entity, reason = made, "by its noun and whose it is"
    head = class_of(found.heads[-1]) if found.heads else ""
    actor = coded_as(entity) if entity else None
    start, end = text.span(found.at, found.to)
    return ActorMention(start, end, found.at, found.to, found.at, at, actor, entity, candidates, reason, use, head)


def _goes_by_owner(rows: Sequence[Entry], entity: str | None, of_country: bool) -> bool:
    """Whether a name is open enough for what follows it to decide ("the army" + "Turkish")."""
    use = use_of(rows)
    if entity is None or coded_as(entity) == "other" or use == "short":
        return True
    if use == "partisan":
        return of_country
    return (use in OPEN and of_country) or all(row.more.get("context") for row in rows)


def _nouns(mentions: Sequence[Mention], words: Words) -> Iterator[ActorMention]:
    """Nouns that stand for somebody without a name: civilians, protesters, gunmen, "its forces", "the forces"."""
    for noun in mentions:
        if noun.sort != "collectives" or _is_adjective(noun, words):
            continue
        kind, alone = class_of(noun), noun.entries[0].more.get("alone", "") or None
        told = is_definite(noun, words.text) and (kind == "force" or noun.entries[0].id == "aircraft")
        back = alone is None and (bool(noun.suffix) or told)
        if alone is None and kind not in FIGHTING and not back:
            continue
        if alone == "unknown" and _belongs(noun, words):
            alone = "other"
        reason = "a noun that says who" if alone else "nobody is named"
        use = "back" if back else "generic"
        yield ActorMention(
            noun.start, noun.end, noun.at, noun.to, noun.at, noun.at, alone, alone, (), reason, use, kind
        )


def _belongs(noun: Mention, words: Words) -> bool:
    """Whether gunmen are said to be of some body, if one that no table knows: "gunmen of a group", "loyal to"."""
    link = words.after("links", noun.to)
    if link is None or link.prefix:
        return False
    if link.entries[0].id != FROM:
        return link.entries[0].id in (BELONGING, LOYAL)
    body = words.after("collectives", link.to)
    return body is not None and class_of(body) == "force"


def _is_adjective(noun: Mention, words: Words) -> bool:
    """Whether a word that may be noun or adjective ("armed", "military") follows its noun."""
    if words.ending.get(("links", noun.to)) is None or noun.prefix:
        return False
    start = noun.at
    before = words.before("collectives", start)
    if before is not None and is_definite(noun, words.text) and ARTICLE not in words.text.folded[before.at : before.to]:
        return False  # "the flight of the drone": an adjective would agree
    if before is not None or words.before("actors", start):
        return True
    word = words.text.folded.rfind(" ", 0, max(start - 1, 0)) + 1
    return (
        is_definite(noun, words.text) and words.spaced(start - 1) and ARTICLE in words.text.folded[word : start - 1][:4]
    )


def _outermost(mentions: list[ActorMention]) -> list[ActorMention]:
    """Drop a name that is only a noun of the next one's phrase ("the mercenaries of ...")."""
    follows = [*(m.at for m in mentions[1:]), len(mentions) and mentions[-1].to]
    return [m for m, after in zip(mentions, follows, strict=False) if after > m.name_at]


def _covered(at: int, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1)) - 1
    return place >= 0 and spans[place][0] <= at < spans[place][1]


def _refer_back(
    text: Text, mentions: Sequence[ActorMention], names: dict[int, Mention], alone: dict[int, str]
) -> list[ActorMention]:
    """Resolve short names, "the militia" and "its forces" by the nearest fitting actor before them.

    `alone`: the nouns without a pronoun, by where they stand.
    """
    done: list[ActorMention] = []
    for mention in mentions:
        before: ActorMention | None = None
        name = names.get(mention.at)
        if mention.use == "back":
            noun = alone.get(mention.at, "")
            if noun == "aircraft":
                before = _same_aircraft(text, done, mention)
                if before is None:
                    continue
            else:
                before = _of_its_kind(text, done, noun) if noun in BACK_TO else _nearest(done)
        elif mention.use == "generic" and mention.actor_id is None:
            before = _one_of_them(text, done, mention, alone.get(mention.at, ""))
        elif mention.use == "clients" and name is not None:
            mention = _whose_clients(mention, name, done)
        elif name is not None and mention.reason not in ("by whose it is said to be", "by its noun and whose it is"):
            allowed = {key for row in name.entries for key in row.more.get("back", "").split(";") if key}
            if allowed:
                word = text.folded[name.at : name.to].removeprefix(ARTICLE)
                before = _nearest(done, allowed, text, word)
                if (
                    before is None
                    and mention.use == "short"
                    and not any(row.more.get("context") for row in name.entries)
                ):
                    before = _nearest(done, allowed)
        if before is not None:
            mention = replace(mention, actor_id=before.actor_id, entity_id=before.entity_id, reason="refers back")
        done.append(mention)
    return done


def _of_its_kind(text: Text, done: Sequence[ActorMention], noun: str) -> ActorMention | None:
    """The nearest actor before that the noun fits: one called so before, or of a type that is."""
    forms = _forms(noun)
    for mention in reversed(done[-LOOK_BACK:]):
        if mention.actor_id is None or mention.use == "generic" or mention.actor_id in NOBODY:
            continue
        row = entities().get(mention.entity_id or "", {})
        if row.get("type") in BACK_TO[noun] or any(form in text.folded[mention.at : mention.to] for form in forms):
            return mention
    return None


def _same_aircraft(text: Text, done: Sequence[ActorMention], mention: ActorMention) -> ActorMention | None:
    """The nearest actor before in whose phrase all words of "the drone" stand: "a Turkish drone"."""
    words = {word.removeprefix(ARTICLE) for word in text.folded[mention.at : mention.to].split()}
    for other in reversed(done[-LOOK_BACK:]):
        named = {word.removeprefix(ARTICLE) for word in text.folded[other.at : other.to].split()}
        if words <= named and other.actor_id is not None:
            return other if other.actor_id not in NOBODY else None
    return None


def _one_of_them(text: Text, done: Sequence[ActorMention], mention: ActorMention, noun: str) -> ActorMention | None:
    """Whose a fighter is after others called so in the same sentence: "20 members of X ... and a member"."""
    if noun not in ONES or not done:
        return None
    for other in reversed(done[-LOOK_BACK:]):
        between = text.folded[other.to : mention.at]
        if len(between) > ONE_WITHIN or ". " in between or "\n" in between:
            return None
        if other.actor_id is None or other.actor_id in NOBODY or other.use == "back":
            continue
        called = text.folded[other.at : other.to].split()
        return other if any(form in called for form in _forms(noun)) else None
    return None


@cache
def _forms(noun: str) -> frozenset[str]:
    """The folded forms of a collective noun."""
    rows = read_table(data_path("lexicon", "collectives.tsv"))
    return frozenset(fold_words([row["form"] for row in rows if row["id"] == noun]))


def _whose_clients(mention: ActorMention, name: Mention, done: Sequence[ActorMention]) -> ActorMention:
    """Resolve "the militias loyal to it" by the nearest actor before that has such."""
    backers = {key: row.id for row in name.entries for key in row.more.get("context", "").split(";")}
    before = _nearest(done, set(backers))
    if before is None:
        return replace(mention, actor_id=None, entity_id=None, reason="the report does not say whose")
    family = (before.actor_id or "", before.entity_id or "", *ancestors(before.entity_id or ""))
    entity = next(backers[key] for key in family if key in backers)
    return replace(mention, actor_id=coded_as(entity), entity_id=entity, reason="refers back")


def _nearest(
    done: Sequence[ActorMention], allowed: set[str] | None = None, text: Text | None = None, word: str = ""
) -> ActorMention | None:
    """The nearest actor before that has one of some ids, and whose phrase has a word."""
    for mention in reversed(done[-LOOK_BACK:]):
        if mention.actor_id is None or mention.use == "generic" or (not allowed and mention.actor_id in NOBODY):
            continue
        if word and text and word not in text.folded[mention.at : mention.to]:
            continue
        family = {mention.actor_id, mention.entity_id or "", *ancestors(mention.entity_id or "")}
        if allowed is None or allowed & family:
            return mention
    return None
