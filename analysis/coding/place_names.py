"""Names of places in a text with the head nouns before them, found and not yet resolved.

Known names come from the gazetteer, unknown ones from what follows a head noun ("the village of X"), and a head noun
with the article and no name ("the town") is kept as a reference back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence

from analysis.coding.gazetteer import Gazetteer, Place
from analysis.coding.letters import TANWIN
from analysis.coding.lexicon import ALEF, ARTICLE, ARTICLE_PREFIXES
from analysis.coding.mentions import Mention
from analysis.coding.place_heads import BEFORE, TO, Found, Heads, heads_before, relation_of
from analysis.coding.place_unknown import JOIN, find_unknown_names
from analysis.coding.text import Text, fold_word

AFTER = frozenset({"side", "epithet"})
"""Relations of what may follow it: "the EASTERN countryside", "the OCCUPIED ..."."""
OUTLET, NOUN = frozenset({"outlet"}), frozenset({"noun"})
"""Relations of what names a newspaper after a place, and of a verb whose object the bare name is as a common noun."""
SUBJECT = 2
"""Between such a verb and its object stand at most so many words."""
SMALL = frozenset({"town", "village", "quarter", "area"})
"""Kinds of places whose bare name may be an ordinary adjective."""


def find_names(text: Text, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Found]:
    """Find every name of a place and every head noun that stands for one, in reading order."""
    heads = [m for m in mentions if m.sort == "heads"]
    known = _known_names(text, mentions, heads, gazetteer)
    unknown = find_unknown_names(text, mentions, heads, known)
    named = sorted([*known, *unknown], key=lambda f: f.at)
    return sorted([*named, *_references_back(text, heads, named)], key=lambda f: (f.at, f.to))


def _known_names(
    text: Text, mentions: Sequence[Mention], heads: Sequence[Mention], gazetteer: Gazetteer
) -> list[Found]:
    before = {m.to: m for m in heads if relation_of(m, BEFORE)}
    after = {m.at: m for m in heads if not m.prefix and relation_of(m, AFTER)}
    named = {m.to for m in mentions if m.sort == "places" or (m.sort == "heads" and relation_of(m, BEFORE))}
    outlets = {m.to for m in heads if relation_of(m, OUTLET)}
    verbs = [m for m in heads if relation_of(m, NOUN)]
    found: list[Found] = []
    for mention in mentions:
        if mention.sort != "places" or mention.at - 1 in outlets or _is_adjective(text, mention):
            continue
        places = _candidates(text, mention, gazetteer)
        if not places or (found and mention.at < found[-1].to):
            continue
        chain = heads_before(text, mention.at - len(mention.prefix), mention.prefix, before)
        last = found[-1] if found and _lists(text.folded[found[-1].to : mention.at]) else None
        if last is not None and last.heads.many and not chain.ids:
            chain = chain._replace(kinds=last.kinds, many=True)
        places = _meant(places, chain)
        if not chain.ids and not mention.prefix and _describes(text, mention, places, named):
            continue
        if not chain.ids and _is_noun(text, mention, verbs):
            continue
        if not chain.trusted:
            beside = {p.admin1 for p in last.candidates} - {""} if last is not None else set()
            strong = {e.id for e in mention.entries if e.more.get("needs", "") != "head"}
            places = tuple(p for p in places if p.admin1 in beside or (p.id in strong and _alone(p, mention)))
        if places:
            to = _with_sides(text, mention.to, chain, after)
            found.append(Found(chain.at if chain.ids else mention.at, to, mention.at, places, chain, chain.kinds))
    return found


def _describes(text: Text, mention: Mention, places: Sequence[Place], named: Container[int]) -> bool:
    """Whether a name is the adjective of a noun before it: both with the article and nothing between them.

    "The PEACEFUL demonstrations" are no town of Salamiyah; a city is too well known for this, and news put it so.
    """
    if any(p.kind not in SMALL for p in places) or " " in text.folded[mention.at : mention.to]:
        return False
    if not text.folded.startswith(ARTICLE, mention.at) or text.folded[mention.at - 1 : mention.at] != " ":
        return False
    word = text.folded[: mention.at - 1].rpartition(" ")[2]
    start, _ = text.span(mention.at, mention.at)
    tagged = start > 0 and not text.raw[start - 1].isspace()
    noun = word[-1:].isalpha() and any(word.startswith(p) and len(word) > len(p) + 1 for p in ARTICLE_PREFIXES)
    return noun and not tagged and mention.at - 1 not in named


def _is_adjective(text: Text, mention: Mention) -> bool:
    """Whether a tanwin shows that "Syria" is the adjective "Syrian": the name of a country takes none."""
    return TANWIN in text.raw[mention.end - 2 : mention.end + 1] and text.folded[mention.to - 1 : mention.to] == ALEF


def _is_noun(text: Text, mention: Mention, verbs: Sequence[Mention]) -> bool:
    """Whether a name is the ordinary noun that a verb before it takes ("the soldiers shut THE DOOR"), no town."""
    for verb in verbs:
        if not set(verb.ids) & set(mention.ids) or not verb.to < mention.at:
            continue
        words = text.folded[verb.to : mention.at].split()
        if len(words) <= SUBJECT and all(word.isalpha() and len(word) > len(ARTICLE) + 1 for word in words):
            return not mention.prefix
    return False


def _meant(places: Sequence[Place], heads: Heads) -> tuple[Place, ...]:
    """What a name may mean given what stands before it.

    Little villages of an ordinary name are meant only after a word for a settlement ("the village of", "the villages
    of X and Y"), and no little village where the name has a better known bearer and no such word before it.
    """
    known = tuple(p for p in places if not p.little)
    region = heads.many and any(p.kind not in SMALL for p in known)
    if heads.settled and not region:
        return tuple(places)
    return known or tuple(p for p in places if p.alone)


def _alone(place: Place, mention: Mention) -> bool:
    """Whether the form that was found needs no head noun: of a weak name only its longer forms."""
    return place.alone or any(e.id == place.id and e.more.get("needs") == "" for e in mention.entries)


def _lists(between: str) -> bool:
    return not between.isspace() and bool(JOIN.fullmatch(between))


def _candidates(text: Text, mention: Mention, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that a mention may mean; a name without the article is no name with it (a father is not Ibb).

    Little villages are written with it and without it.
    """
    article = text.folded.startswith(ARTICLE, mention.at) or mention.prefix.endswith(TO * 2)
    same = [e for e in mention.entries if not article or fold_word(e.form).startswith(ARTICLE)]
    ids = dict.fromkeys(e.id for e in [*same, *(e for e in mention.entries if e.more.get("weak"))])
    return tuple(gazetteer.places[i] for i in ids if i in gazetteer.places)


def _with_sides(text: Text, to: int, heads: Heads, after: Mapping[int, Mention]) -> int:
    """The end of a name with the side of a countryside and the epithets that follow it."""
    while to < len(text.folded) and text.folded[to] == " " and to + 1 in after:
        entry = relation_of(after[to + 1], AFTER)
        if entry is None:
            break
        if entry.more["relation"] == "side" and not set(heads.relations) & {"countryside", "area", "desert"}:
            break
        only = entry.more.get("kinds", "")
        if only and not set(heads.ids) & set(only.split(";")):
            break
        to = after[to + 1].to
    return to


def _references_back(text: Text, heads: Sequence[Mention], named: Sequence[Found]) -> list[Found]:
    """Head nouns with the article and no name ("the town", "its eastern countryside"): a place named before."""
    before = {m.to: m for m in heads if relation_of(m, BEFORE)}
    after = {m.at: m for m in heads if not m.prefix and relation_of(m, AFTER)}
    taken = [(f.at, f.to) for f in named]
    found = []
    for head in heads:
        entry = next((e for e in head.entries if e.more.get("refers") == "yes"), None)
        if entry is None or _overlaps(head, taken):
            continue
        relation = entry.more["relation"]
        article = text.folded.startswith(ARTICLE, head.at) or head.prefix.endswith(TO) or _owns(entry.form)
        if article != (relation in BEFORE):
            continue
        chain = heads_before(text, head.at - len(head.prefix), head.prefix, before)
        own = Heads(head.at, tuple(entry.more.get("kinds", "").split(";")), (relation,), (entry.id,), False)
        whole = own._replace(relations=(*chain.relations, relation), ids=(*chain.ids, entry.id))
        at = chain.at if chain.ids else head.at
        found.append(Found(at, _with_sides(text, head.to, own, after), head.at, (), whole, own.kinds, back=True))
    return found


def _owns(form: str) -> bool:
    """Whether a head noun of several words is definite by its second ("the line of THE RAILWAY")."""
    return any(word.startswith(ARTICLE) for word in form.split()[1:])


def _overlaps(head: Mention, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a head noun lies in one of the spans, which are in order."""
    after = bisect_left(taken, (head.to, 0))
    return any(head.at < to for _, to in taken[max(0, after - 3) : after])
