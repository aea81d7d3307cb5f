"""The phrase of an actor: a name with the nouns, adjectives and links around it, by the tables of `data/lexicon`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from analysis.coding.lexicon import (
    ALEF,
    ARTICLE,
    CONJUNCTIONS,
    DUAL,
    LIKE,
    PLURALS,
    TO,
    WITH,
    Entry,
    fold_words,
    read_table,
)
from analysis.coding.mentions import Mention
from analysis.coding.text import Text
from analysis.paths import data_path

AND = CONJUNCTIONS[1:]
BELONGING, LOYAL, OF, ADJECTIVE, FROM, PLACE, HEDGE = "belonging loyal of adjective from place hedge".split()
"""Ids of `lexicon/links.tsv`: what may stand between a noun and a name, and what makes a country a place."""
PEOPLE = frozenset({"civilians", "protesters", "journalists"})
"""Classes of nouns that are somebody without a name, and stay it beside one: "the families of the fighters of ..."."""
SERVING = frozenset({"members", "fighters", "soldiers", "officers", "leader", "gunmen"})
"""Ids of collective nouns for people who serve in a body."""
BODIES = frozenset({"force", "organ"})
"""Classes of nouns for a body in which people serve."""
AROUND, TAGS = 30, 3
"""As many hashtags within as many characters are a list and say nothing of who did what where."""
REACH = 6
"""As many words may stand between an adjective and its noun."""
NOUNS = 10
"""As many nouns and links may stand before a name."""


class Found(NamedTuple):
    """A name with the words around it, before it is resolved."""

    at: int
    to: int
    name: Mention
    heads: tuple[Mention, ...]
    """The nouns before the name that its phrase takes in, outermost last."""
    links: frozenset[str]
    """Ids of the links between them."""
    owner: Mention | None
    """The adjective of a country after it, or the body it is said to belong to."""
    itself: tuple[Mention, ...] = ()
    """The name as a noun, where it is one too ("the factions")."""


class Words(NamedTuple):
    """The mentions of a text by sort and by where they end and begin."""

    text: Text
    ending: Mapping[tuple[str, int], Mention]
    beginning: Mapping[tuple[str, int], Mention]

    @classmethod
    def of(cls, text: Text, mentions: Sequence[Mention]) -> Words:
        """Index the mentions of a text; of one that begins with glued letters, the letters count."""
        ending = {(m.sort, m.to): m for m in mentions}
        return cls(text, ending, {(m.sort, word_start(m)): m for m in mentions})

    def before(self, sort: str, position: int) -> Mention | None:
        """The mention of a table that ends right before a word, with only a space between."""
        return self.ending.get((sort, position - 1)) if self.spaced(position - 1) else None

    def after(self, sort: str, position: int) -> Mention | None:
        """The mention of a table that begins right after a word, with only a space between."""
        return self.beginning.get((sort, position + 1)) if self.spaced(position) else None

    def spaced(self, position: int) -> bool:
        """Whether a space stands at a position."""
        return 0 <= position < len(self.text.folded) and self.text.folded[position] == " "


def word_start(mention: Mention) -> int:
    """Where the word of a mention begins, with what is glued before it."""
    return mention.at - len(mention.prefix)


def use_of(rows: Sequence[Entry]) -> str:
    """The column `use` of an actor's row; `name` where it is empty."""
    return rows[0].more.get("use", "") or "name"


def class_of(noun: Mention) -> str:
    """The column `class` of a collective noun."""
    return noun.entries[0].more.get("class", "")


def is_definite(noun: Mention, text: Text) -> bool:
    """Whether a noun has the article."""
    return text.folded.startswith(ARTICLE, noun.at) or (
        noun.prefix.endswith(TO) and text.folded.startswith(TO, noun.at) and not noun.entries[0].form.startswith(TO)
    )


def in_list_of_tags(raw: str, mention: Mention) -> bool:
    """Whether a name is one of the hashtags that an outlet hangs on every post."""
    return raw[max(0, mention.start - AROUND) : mention.end + AROUND].count("#") >= TAGS


def find_names(mentions: Sequence[Mention], words: Words) -> Iterator[Found]:
    """Names with their nouns; adjectives and countries only where they stand for an actor."""
    owners: set[int] = set()
    named: set[int] = set()
    last: Found | None = None
    for mention in mentions:
        if mention.sort != "actors" or mention.at in owners:
            continue
        use = use_of(mention.entries)
        if use == "not":
            continue
        if use == "adjective" and not _modifies_a_noun(mention, words, named):
            continue
        if use == "country" and _is_place(mention, words):
            continue
        at, heads, links = _phrase(mention, words)
        if not heads and mention.prefix.startswith(AND) and last is not None and last.to == word_start(mention) - 1:
            heads, links = last.heads, last.links  # "the militias of X and Y"
        owner = _owner(mention, words)
        if owner is not None:
            owners.add(owner.at)
            named.add(owner.to)
        named.add(mention.to)
        itself = words.ending.get(("collectives", mention.to))
        nouns = (itself,) if itself is not None and itself.at == mention.at else ()
        last = Found(at, owner.to if owner else mention.to, mention, heads, links, owner, nouns)
        yield last


def composed(found: Found, owner: Sequence[str]) -> str | None:
    """The actor that a noun and whose it is make together ("the mercenaries of ..."), by `lexicon/composed.tsv`.

    `owner`: the id of the name and of all it belongs to.
    """
    heads = {head.entries[0].id for head in (*found.heads, *found.itself)}
    for row in _compositions():
        if (
            row["owner"] in owner[:1]
            and (not row["head"] or row["head"] in heads)
            and (not row["link"] or row["link"] in found.links)
        ):
            return row["id"]
    return None


@cache
def _compositions() -> tuple[dict[str, str], ...]:
    return tuple(read_table(data_path("lexicon", "composed.tsv")))


def _phrase(name: Mention, words: Words) -> tuple[int, tuple[Mention, ...], frozenset[str]]:
    """Where the phrase of a name begins, its nouns, and the links between them and it."""
    at = name.at
    heads: list[Mention] = []
    links: set[str] = set()
    passed: set[str] = set()
    position, prefix = word_start(name), name.prefix
    apposed = use_of(name.entries) in ("adjective", "person")
    for _ in range(NOUNS):
        noun, link = words.before("collectives", position), words.before("links", position)
        if prefix not in ("", TO) and not (prefix == WITH and _serves(noun, heads)):
            break
        if noun is not None and class_of(noun) not in (PEOPLE | {"act"}) and not noun.suffix:
            linked = bool(passed & {BELONGING, LOYAL, FROM}) or (
                prefix in (TO, WITH) and not is_definite(noun, words.text)
            )
            if not (linked or apposed or _may_be_possessed(noun, words.text)):
                break
            if heads and OF not in passed and _is_object(heads[-1], words.text):
                break  # "a drone (hit) a seat of X": what is possessed is no accusative
            heads.append(noun)
            links |= passed
            passed, apposed = set(), False
            at, position, prefix = noun.at, word_start(noun), noun.prefix
        elif link is not None and link.entries[0].id in (BELONGING, LOYAL, OF, ADJECTIVE, FROM):
            passed.add(link.entries[0].id)
            if link.entries[0].id == OF and heads and link.to + 1 == word_start(heads[-1]):
                at = link.at
            position, prefix = word_start(link), link.prefix
        else:
            break
    return at, tuple(heads), frozenset(links)


def _serves(noun: Mention | None, heads: Sequence[Mention]) -> bool:
    """Whether a noun is for people who serve in the body that "in" stands before: "a member in the militia of X"."""
    body = not heads or (class_of(heads[-1]) in BODIES and heads[-1].entries[0].id not in SERVING)
    return body and noun is not None and noun.entries[0].id in SERVING


def _may_be_possessed(noun: Mention, text: Text) -> bool:
    """Whether the word after a noun may be its possessor: not after "the soldiers", "two soldiers", "a soldier (hit)".

    What has the article or the endings of the indefinite object, the sound plural or the dual stands for itself.
    """
    if is_definite(noun, text):
        return False
    form = text.folded[noun.at : noun.to]
    if " " + ARTICLE in form:  # "the launchers of (the) rockets"
        return False
    if form.endswith(PLURALS):
        return False
    return not (
        (form.endswith(DUAL) and form.removesuffix(DUAL) + PLURALS[1] in _nouns())
        or (form.endswith(ALEF) and form.removesuffix(ALEF) in _nouns())
    )


def _is_object(noun: Mention, text: Text) -> bool:
    """Whether a noun has the ending of the indefinite object."""
    form = text.folded[noun.at : noun.to].split()[0]
    return form.endswith(ALEF) and form.removesuffix(ALEF) in _nouns()


@cache
def _nouns() -> frozenset[str]:
    return frozenset(fold_words([row["form"] for row in read_table(data_path("lexicon", "collectives.tsv"))]))


def _owner(name: Mention, words: Words) -> Mention | None:
    """The adjective after a name, or the body it is said to belong to."""
    after = words.after("actors", name.to)
    if after is not None:
        return after if use_of(after.entries) == "adjective" and not after.prefix else None
    link = words.after("links", name.to)
    if link is None or link.prefix or link.entries[0].id not in (BELONGING, LOYAL, FROM):
        return None
    after = words.after("actors", link.to)
    if after is None or use_of(after.entries) in ("adjective", "not") or after.prefix not in ("", TO):
        return None
    open_name = len({row.id for row in name.entries}) > 1
    return after if link.entries[0].id != FROM or (open_name and use_of(after.entries) != "country") else None


def _modifies_a_noun(adjective: Mention, words: Words, named: set[int]) -> bool:
    """Whether an adjective of a country belongs to a noun that makes it an actor: "a Turkish drone"."""
    position, prefix = word_start(adjective), adjective.prefix
    if prefix.startswith(AND) and position - 1 in named:
        return True
    for _ in range(REACH):
        if prefix and not prefix.startswith(AND):
            return False
        noun = words.before("collectives", position)
        if noun is not None:
            return class_of(noun) not in PEOPLE
        link = words.before("links", position)
        if link is not None and link.entries[0].id == HEDGE:
            return True
        between = link or words.before("places", position) or words.before("actors", position)
        if between is None or not _may_stand_between(between):
            return False
        position, prefix = word_start(between), between.prefix
    return False


def _may_stand_between(mention: Mention) -> bool:
    if mention.sort == "links":
        return mention.entries[0].id == ADJECTIVE
    return mention.sort == "places" or use_of(mention.entries) == "adjective"


def _is_place(country: Mention, words: Words) -> bool:
    """Whether a country's name says where, not who."""
    if in_list_of_tags(words.text.raw, country) or country.prefix.lstrip("".join(AND)) in (WITH, LIKE):
        return True
    link = words.before("links", word_start(country))
    noun = words.before("collectives", word_start(country))
    if link is None or (noun is not None and class_of(noun) != "position"):
        return False
    return link.entries[0].id in (PLACE, FROM)
