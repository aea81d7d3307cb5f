"""One act told with several words of one sentence: a cause, its verb, its victims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from analysis.coding.act_mentions import ActMention, is_fired
from analysis.coding.narrative import Narrative
from analysis.coding.once import once_a_mention
from analysis.coding.phrases import AND, BY, SO
from analysis.coding.signs import CONFLICT, KEPT_SIGNS, bucket

PLAIN = 0.9
"""No less likely do two mentions tell of one act where the grammar says so."""
LINK_AT = 0.6
"""From this likelihood on a mention joins an incident already told in its sentence."""
MAX_SHARE = 0.5
"""How much the best pair counts beside the mean of all pairs with the incident's tellings."""
RAIDS = frozenset({"raid", "raid2", "storm"})
"""Acts of entering a place to take somebody."""
TAKES = frozenset({"arrest", "abduction"})
FIRE = frozenset({"fire", "airstrike", "drone_strike", "shelling", "missile_attack"})
ATTACK = frozenset({"attack", "armed_attack", "clash", "explosion", "assassination", "interception"})
APART = (
    FIRE | {"explosion", "interception"},
    frozenset({"alert", "deployment"}),
    *(
        frozenset({kind})
        for kind in "withdrawal refusal displacement expulsion restriction protest agreement commemoration".split()
    ),
)
"""Kinds whose words never tell of one act with the words of another of these sets."""


JOINED_WITHIN = 8
"""So many words after one word of harm another may stand that "and" joins to it."""
RESUMED_WITHIN = 4
"""So many words after a verb of harm "in it", "as a result of it" may stand."""
CAUSED_WITHIN = 15
"""So many words after the word of a harm its cause may stand."""


def causes_of_harm(n: Narrative) -> dict[int, int]:
    """For each word of harm whose cause is told behind it, "wounded by shelling", both by their places in `n.acts`."""
    found: dict[int, int] = {}
    for number, m in enumerate(n.acts):
        if m.shape not in ("noun", "fixed") or m.act.kind not in CONFLICT:
            continue
        if m.act.strength > 1 and not is_fired(m):  # "killed by their targeting"
            continue
        causal = any(
            cue.row.id == "cause" and cue.last == m.first
            for p in range(m.first - 3, m.first)
            for cue in n.cue_at.get(p, ())
        )
        if not (causal or BY in m.prefix):
            continue
        before = n.acts[number - 1] if number else None
        if (
            before is not None
            and before.act.kind == "harm"
            and before.sentence == m.sentence
            and m.first - before.last <= CAUSED_WITHIN
            and (before.shape == "perfect" or (before.shape != "imperfect" and not before.definite))
        ):
            found[number - 1] = number
            if number > 1 and _is_joined(n.acts[number - 2], before):  # "killed and wounded by"
                found[number - 2] = number
    return found


def is_consequence(n: Narrative, act: ActMention, harm: ActMention) -> bool:
    """Whether a harm befell by the act told last before it in its sentence: "shelled it, so a guard fell".

    The verb of the harm has "so" glued before it, or a pronoun resumes the act: "in it", "as a result of it"; or "and",
    and no other act is told after it that could have been its cause.
    """
    if harm.act.kind != "harm" or act.act.kind == "harm" or harm.shape != "perfect" or act.first > harm.first:
        return False
    if any(act.first < a.first < harm.first and a.act.kind in CONFLICT for a in n.acts_in.get(harm.sentence, ())):
        return False
    if harm.prefix.startswith(AND) and act.act.kind in FIRE | ATTACK:
        return not any(a.first > harm.first and a.act.kind in CONFLICT for a in n.acts_in.get(harm.sentence, ()))
    return harm.prefix.startswith(SO) or any(
        cue.row.id == "resumed"
        for p in range(harm.last, harm.last + RESUMED_WITHIN)
        if p < len(n.words) and n.sentence_of[p] == harm.sentence
        for cue in n.cue_at.get(p, ())
    )


def is_followed_up(n: Narrative, act: ActMention, taking: ActMention) -> bool:
    """Whether a raid is told with whom it took: "they stormed the house and arrested X" is one act."""
    if act.act.id not in RAIDS or taking.act.kind not in TAKES or taking.shape != "perfect":
        return False
    here = n.acts_in.get(taking.sentence, ())
    return taking.prefix.startswith((AND, SO)) and not any(act.first < a.first < taking.first for a in here)


def _is_joined(a: ActMention, b: ActMention) -> bool:
    """Whether two words of harm stand side by side."""
    return (
        a.act.kind == "harm"
        and a.sentence == b.sentence
        and b.prefix.startswith(AND)
        and b.first - a.last <= JOINED_WITHIN
    )


def may_fold(one: str, other: str) -> bool:
    """Whether words of two kinds may tell of one act, as an arrest and the storming before it may.

    >>> may_fold("arrest", "armed_attack"), may_fold("missile_attack", "displacement")
    (True, False)
    """
    sets = [next((i for i, kinds in enumerate(APART) if kind in kinds), None) for kind in (one, other)]
    return None in sets or sets[0] == sets[1]


def link_in_sentences(
    mentions: Sequence[ActMention], one_act: Callable[[ActMention, ActMention], float]
) -> list[list[int]]:
    """Group the mentions of each sentence: causes first, then the victims told before or after them.

    `one_act`: how likely two mentions of a sentence, the earlier first, tell of one act (`references.Weighed`).
    """
    groups: list[list[int]] = []
    causes = [index for index, mention in enumerate(mentions) if mention.act.kind != "harm"]
    effects = [index for index, mention in enumerate(mentions) if mention.act.kind == "harm"]
    for index in causes + effects:
        best, chosen = LINK_AT, None
        for number, group in enumerate(groups):
            if mentions[group[0]].sentence != mentions[index].sentence:
                continue
            if not any(may_fold(mentions[other].act.kind, mentions[index].act.kind) for other in group):
                continue
            likely = [one_act(mentions[min(other, index)], mentions[max(other, index)]) for other in group]
            value = MAX_SHARE * max(likely) + (1 - MAX_SHARE) * sum(likely) / len(likely)
            if value > best:
                best, chosen = value, number
        if chosen is None:
            groups.append([index])
        else:
            groups[chosen].append(index)
    return sorted((sorted(group) for group in groups), key=lambda group: group[0])


def link_signs(n: Narrative, earlier: ActMention, later: ActMention) -> list[str]:
    """What speaks for and against two mentions of one sentence telling of one act."""
    gap = later.first - earlier.last
    pair = f"{earlier.act.kind}>{later.act.kind}"
    families = f"{family(earlier)}>{family(later)}"
    definite = "def" if later.definite else later.shape if later.shape in ("noun", "fixed") else "verb"
    signs = [
        f"pair={pair}",
        f"pair={pair}|{definite}",
        f"families={families}|{definite}",
        f"same_act={earlier.act.id == later.act.id}|{definite}",
        f"gap={bucket(gap)}|{pair}",
        f"gap={bucket(gap)}|{families}",
        f"breaks={min(later.clause - earlier.clause, 4)}",
        f"breaks={min(later.clause - earlier.clause, 2)}|{families}",
    ]
    between = {c.row.id for p in range(earlier.last, later.first) for c in n.cue_at.get(p, ())} if gap < 60 else set()
    for cue in between & {"result", "cause", "clause", "other_act", "told_again", "light", "against", "agent", "with"}:
        signs.append(f"between={cue}")
        signs.append(f"between={cue}|{families}")
    caused = {c.row.id for p in (later.first - 1, later.first - 2) for c in n.cue_at.get(p, ())} & {"cause", "result"}
    glued = later.prefix[-1:] if later.prefix[-1:] in ("ب", "ل") else ""
    signs.append(f"joined={'/'.join(sorted(caused)) or glued}|{pair}")
    signs.append(f"joined={'/'.join(sorted(caused)) or glued}|{families}")
    told = n.acts_in.get(later.sentence, ())
    crossed = sum(1 for a in told if earlier.first < a.first < later.first and a.act.kind != "harm")
    if (
        later.shape in ("perfect", "imperfect")
        and not later.prefix
        and earlier.shape in ("noun", "fixed")
        and gap <= 9
        and not crossed
    ):
        agrees = earlier.gender == later.gender or earlier.number in ("p", "d")
        signs.append(f"relative|{families}|{agrees}")
        signs.append(f"relative|{later.act.id}|{agrees}")
    if later.first:
        signs.append(f"before={n.words.words[later.first - 1]}")
    if later.prefix.startswith("و"):
        signs.append(f"and|{pair}")
        signs.append(f"and|{families}|{definite}")
    signs += agreement("place", n.place_ids(earlier.first), n.place_ids(later.first), families)
    signs += agreement("actor", _actors(n, earlier), _actors(n, later), families)
    signs += agreement("weapon", weapons_of(n, earlier), weapons_of(n, later), families)
    if another(n, later):
        signs.append("another")
        signs.append(f"another|{families}")
    signs.append(f"acts_between={min(crossed, 3)}")
    signs.append(f"acts_between={min(crossed, 3)}|{families}")
    return signs


def family(mention: ActMention) -> str:
    """The family of kinds in which two words may tell of one act."""
    kind = mention.act.kind
    return "fire" if kind in FIRE else "attack" if kind in ATTACK else kind


@once_a_mention
def another(n: Narrative, mention: ActMention) -> bool:
    """Whether a word says that it is another act: "similar", "also"."""
    return any(
        cue.row.id == "other_act" for p in range(mention.first - 3, mention.last + 3) for cue in n.cue_at.get(p, ())
    )


@once_a_mention
def _actors(n: Narrative, mention: ActMention) -> frozenset[str]:
    span = n.sentence_words(mention.sentence)
    told = n.acts_in.get(mention.sentence, ())
    before = [a.last for a in told if a.last <= mention.first]
    after = [a.first for a in told if a.first >= mention.last]
    lo = max(before[-1] if before else span.start, mention.first - 10)
    hi = min(after[0] if after else span.stop, mention.last + 16)
    return frozenset(key for _, key in n.between(n.actor_words, lo, hi))


@once_a_mention
def weapons_of(n: Narrative, mention: ActMention) -> frozenset[str]:
    """The kinds of act that the weapons just after a mention make."""
    return frozenset(kind for _, kind in n.between(n.weapon_words, mention.first, mention.last + 8))


def agreement(name: str, earlier: frozenset[object], later: frozenset[object], *beside: str) -> tuple[str, ...]:
    """Whether two tellings agree in one respect: "same", "some", "other", or which of them says nothing."""
    return agreement_signs(name, verdict(earlier, later), beside)


def verdict(earlier: frozenset[object], later: frozenset[object]) -> str:
    """How two tellings agree in one respect, in a word."""
    if not earlier or not later:
        return "none" if not earlier and not later else "earlier" if earlier else "later"
    if earlier.isdisjoint(later):
        return "other"
    return "same" if earlier <= later or later <= earlier else "some"


@lru_cache(maxsize=KEPT_SIGNS)
def agreement_signs(name: str, agree: str, beside: tuple[str, ...]) -> tuple[str, ...]:
    """The signs of a verdict, alone and with each of what stands beside it."""
    alone = f"{name}={agree}"
    return tuple(sign for other in beside for sign in (alone, f"{alone}|{other}"))
