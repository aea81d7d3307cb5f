"""What is plainly told: constructions that say of an act that it was done, whatever the rankers make of the words."""

from __future__ import annotations

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.clauses import related_verb
from analysis.coding.links import causes_of_harm
from analysis.coding.narrative import Narrative
from analysis.coding.phrases import TO
from analysis.coding.signs import CONFLICT, NAMED, NO_SIDE, STANDING, cues_on, is_done

AROUND = 12
"""How many words around a plain verb tell who, where, when."""
UNPLAIN = STANDING - {"purpose"}
"""Cues that colour a whole sentence; a purpose colours what follows it."""
PLAIN_LIKELY = 0.85
"""From this likelihood on a verb tells plainly."""
VICTIMS = NO_SIDE - {"unknown"}
"""Actors whose presence before a verb does not make them its doer."""
STRIKES = CONFLICT & frozenset(
    "fire attack airstrike drone_strike shelling missile_attack armed_attack explosion assassination arrest".split()
)
"""Acts that somebody does to somebody else."""
RITES = frozenset({"commemorate", "commemorate_noun"})
"""Acts whose words tell of nothing else: a memorial was held."""
PLACED_WITHIN = 14
"""So many words behind an act its place may stand."""
HIT = frozenset({"position", "home", "ground", "person", "member", "families", "road", "goods"})
"""Classes of things that fire hits."""
FILMED_WITHIN = 3
"""So many words behind "footage of" stands what was filmed."""
HEADLINE = 3
"""In a report of no more sentences than this the present tells what has just been done, as headlines do."""


def plain_acts(n: Narrative) -> frozenset[int]:
    """The acts that a construction tells plainly, where no cue is on their sentence: their places in `n.acts`."""
    harms = {number for pair in causes_of_harm(n).items() for number in pair}
    return frozenset(
        number
        for number, m in enumerate(n.acts)
        if not n.sentence_cues(m.sentence) & UNPLAIN
        and (number in harms or m.act.id in RITES or _has_doer(n, m) or _is_headline(n, m) or _is_flash(n, m))
    )


def _is_flash(n: Narrative, m: ActMention) -> bool:
    """Whether a short post tells by a noun of a strike whom it hit, or what was filmed of it.

    With a verb of hitting ("a raid hits a car"), with its doer and its object ("the shelling by X of Y"), or behind
    "the moment of", "footage of": what was filmed took place.
    """
    if m.shape not in ("noun", "fixed") or m.number == "p" or m.act.strength > 2 or m.act.kind not in STRIKES:
        return False
    if len(n.sentence_starts) - 1 > HEADLINE:
        return False
    verb = related_verb(n, m)
    if verb is not None and (is_placed(n, verb) or not HIT.isdisjoint(n.things.get(verb.last, ()))):
        return True
    if any(cue == "filmed" and gap <= FILMED_WITHIN for cue, gap in cues_on(n, m)):
        return True
    return _is_armed(n, m, m.last) and _has_object(n, m)


def _has_object(n: Narrative, m: ActMention) -> bool:
    """Whether who or what was hit stands with "to" behind the doer of a noun: "the targeting by X of Y"."""
    for a in n.actors_of(m.sentence):
        first, last = n.word_span(a.at, a.to)
        if first == m.last and last < n.sentence_words(m.sentence).stop:
            word = n.words.words[last]
            return word.startswith(TO) and (bool(n.things.get(last)) or last in {w for w, _ in n.actor_words})
    return False


def _has_doer(n: Narrative, m: ActMention) -> bool:
    """Whether a noun of one strike has who or what did it right behind it, and a place: "the bombing by X of Y"."""
    return (
        m.shape in ("noun", "fixed")
        and m.number != "p"
        and m.act.strength <= 2
        and m.act.kind in STRIKES
        and _is_armed(n, m, m.last)
        and is_placed(n, m)
    )


def _is_headline(n: Narrative, m: ActMention) -> bool:
    """Whether a short post tells of a strike in the present, the doer before the verb: "warplanes hit a house in X"."""
    if m.shape != "imperfect" or m.act.strength > 2 or len(n.sentence_starts) - 1 > HEADLINE:
        return False
    if m.act.kind not in STRIKES and m.act.kind != "harm":
        return False
    first = n.sentence_words(m.sentence).start
    by_means = any(first <= w.first and 0 <= m.first - w.last <= 2 for w in n.weapons)
    by_whom = any(
        (_is_nameless_fighter(n, a) if a.actor_id is None else a.actor_id not in VICTIMS)
        and 0 <= m.first - n.word_span(a.at, a.to)[1] <= 1
        for a in n.actors_of(m.sentence)
    )
    return (by_means or by_whom) and is_placed(n, m)


def _is_nameless_fighter(n: Narrative, a: ActorMention) -> bool:
    return a.actor_id is None and "fighters" in n.things.get(n.words.index(a.at), ())


def is_placed(n: Narrative, m: ActMention) -> bool:
    """Whether a place stands within some words behind an act."""
    stop = n.sentence_words(m.sentence).stop
    return bool(n.between(n.place_starts, m.last, min(stop, m.last + PLACED_WITHIN)))


def _is_armed(n: Narrative, m: ActMention, word: int) -> bool:
    """Whether a weapon or a body under arms begins at a word."""
    return any(w.first == word for w in n.weapons) or any(
        a.actor_id and a.actor_id not in NO_SIDE and n.words.index(a.at) == word for a in n.actors_of(m.sentence)
    )


def is_plain_verb(n: Narrative, m: ActMention) -> bool:
    """Whether a verb of conflict in the past says, with no other cue on its sentence, who, where, when or with what."""
    if m.shape != "perfect" or m.act.strength > 1 or not (m.act.kind in CONFLICT or m.act.kind == "harm"):
        return False
    if n.sentence_cues(m.sentence) & UNPLAIN:
        return False
    span = n.sentence_words(m.sentence)
    lo, hi = max(span.start, m.first - AROUND), min(span.stop, m.last + AROUND)
    told = (n.actor_words, n.place_starts, n.date_words, n.count_words, n.weapon_words)
    return sum(bool(n.between(items, lo, hi)) for items in told) >= 2


def is_plain(n: Narrative, m: ActMention, likely: float) -> bool:
    """Whether an act is plainly told: by a verb in the past that is sure of it, or by "X did" and its noun.

    "Protested" and "held a sit-in" are verbs for nothing else; "the army killed" is no death that came about.
    """
    if m.act.kind == "commemoration":  # a word for nothing else
        return True
    if m.shape == "perfect" and m.act.kind == "protest":
        return m.act.strength == 1
    if m.act.kind == "harm" and kills(n, m):
        return True
    if m.shape == "perfect":
        return m.act.strength == 1 and m.act.kind != "harm" and likely >= PLAIN_LIKELY
    return is_done(n, m)


def kills(n: Narrative, m: ActMention) -> bool:
    """Whether a verb of harm in the past has a body under arms or a weapon as its subject, right behind it."""
    if m.shape != "perfect":
        return False
    if m.act.subject == "actor":  # "shot dead", "finished off": done by somebody, never undergone
        return True
    if any(w.first == m.last for w in n.weapons):
        return True
    return any(
        a.actor_id and a.actor_id not in NO_SIDE and not a.head and a.use in NAMED and n.words.index(a.at) == m.last
        for a in n.actors_of(m.sentence)
    )
