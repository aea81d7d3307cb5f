"""The head nouns before the name of a place ("the surroundings of the town of"), and a name with all around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from analysis.coding.gazetteer import Place
from analysis.coding.lexicon import ARTICLE, PREPOSITIONS, Entry
from analysis.coding.mentions import Mention
from analysis.coding.text import Text, fold_word

BEFORE = frozenset({"is", "part", "near", "area", "countryside", "desert", "road", "between", "direction", "facility"})
"""Relations in `lexicon/heads.tsv` of what stands before a name."""
CHAINED = 6
"""As many head nouns may stand before one name."""
TO = PREPOSITIONS[3]


class Heads(NamedTuple):
    """What stands before a name, outermost first."""

    at: int
    kinds: tuple[str, ...]
    """The kinds that the innermost head noun allows, best first."""
    relations: tuple[str, ...]
    ids: tuple[str, ...]
    many: bool

    @property
    def settled(self) -> bool:
        """Whether they say that a settlement follows: "the village of", "the villages of X and"."""
        return self.kinds[:1] in (("village",), ("town",)) and (self.relations[-1:] == ("is",) or not self.ids)

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


def relation_of(head: Mention, relations: frozenset[str]) -> Entry | None:
    """The first entry of a head noun that has one of the relations."""
    for entry in head.entries:
        if entry.more.get("relation") in relations:
            return entry
    return None


def heads_before(text: Text, at: int, prefix: str, heads: Mapping[int, Mention]) -> Heads:
    """The chain of head nouns and directions that ends right before a name."""
    chain: list[tuple[Mention, Entry]] = []
    position = at if prefix in ("", TO) else 0
    while position > 0 and text.folded[position - 1] == " " and position - 1 in heads and len(chain) < CHAINED:
        head = heads[position - 1]
        entry = relation_of(head, BEFORE)
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
