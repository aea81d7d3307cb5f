"""What kind of act it was: what its words say, and where they leave it open, the weapon, the doer and the victim."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.coding.act_mentions import ActMention
from analysis.coding.narrative import Narrative
from analysis.coding.phrases import BY

OPEN = frozenset({"fire", "attack", "harm"})
"""Words that leave the kind open."""
AIR_POWERS = frozenset({"israel", "coalition", "us", "uk", "france", "russia", "saudi_coalition", "saudi_arabia"})
"""Whose unspecified bombardment is from the air (codebook, 2)."""
GUNMEN = frozenset({"unknown", "isis", "tribal_fighters"})
"""Who targets somebody with small arms, where no weapon is named."""
FROM_AFAR = ("drone_strike", "airstrike", "missile_attack", "shelling", "explosion")
"""Kinds that a weapon makes, the more specific first."""
FLOWN = frozenset({"airstrike", "missile_attack"})
"""Kinds that a drone makes more specific: it is an aircraft, and what it fires may be a rocket."""
FOLDS_INTO = {
    "arrest": frozenset({"armed_attack", "attack", "restriction"}),
    "abduction": frozenset({"arrest", "armed_attack", "attack"}),
    "assassination": frozenset({"armed_attack", "attack", "fire", "explosion", "killing", "harm"}),
}
"""Acts that are the more specific ones where they are told with these: a storming that ends in arrests is an arrest."""
RAIDS = frozenset({"raid", "raid2", "search_homes"})
"""Acts of which an arrest is the usual end; without one, and with deaths, they are attacks (codebook, 1.4)."""
BLOODY = frozenset({"armed_attack", "killing", "airstrike", "explosion"})
"""Kinds of which the killing of a named person is the more specific one: assassination (codebook, 1.2)."""
NAMED, BY_MEANS = 10, 18
"""How many words after an act its weapon may stand, and where it is said to be the means ("by", "with")."""
CARRIED_OUT = 14
"""How many words after its subject what was carried out may stand."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The kind of an act and its weapon, and the rule that decided."""

    kind: str
    weapon: str | None
    rule: str


def weapons_near(n: Narrative, m: ActMention) -> list[tuple[str, str]]:
    """(weapon id, kind) of the weapons named at an act: in it, in the words after it, or in its subject before it."""
    stop = next((a.first for a in n.acts if a.first >= m.last and a.sentence == m.sentence), m.last + 12)
    near = []
    for w in n.weapons:
        if n.sentence_of[w.first] != m.sentence:
            continue
        reach = (
            BY_MEANS if n.words.words[w.first].startswith(BY) or n.words.words[w.first - 1].startswith(BY) else NAMED
        )
        after = m.first <= w.first < max(min(stop, m.last + reach), m.last)
        before = m.first - 5 <= w.first < m.first and m.shape != "noun"
        before = before or (m.first - CARRIED_OUT <= w.first < m.first and _carries_out(n, w.first))
        if after or before:
            near.append((abs(w.first - m.last) + (4 if before else 0), w.row.id, w.row.kind))
    return [(weapon, kind) for _, weapon, kind in sorted(near)]


def _carries_out(n: Narrative, word: int) -> bool:
    """Whether a weapon is the subject of a verb of carrying out: "drones carried out, days ago, several raids"."""
    return any(cue.row.id == "light" and cue.last == word for cue in n.cue_at.get(word - 1, ()))


def rule_kind(n: Narrative, group: Sequence[ActMention], actors: Collection[str], person: bool = False) -> Ruling:
    """The kind of an incident from the words of its mentions, the surest first; `person`: a named one was aimed at."""
    ruling = _rule_kind(n, group, actors)
    if person and ruling.kind in BLOODY and any(m.act.kind == "harm" for m in group):
        return Ruling("assassination", ruling.weapon, "a named or ranked person was killed or hurt")
    return ruling


def _rule_kind(n: Narrative, group: Sequence[ActMention], actors: Collection[str]) -> Ruling:
    main = next((m for m in group if m.act.kind != "harm"), group[0])
    kind, told = main.act.kind, {m.act.kind for m in group if m.act.id not in RAIDS}
    weapons = [pair for m in sorted(group, key=lambda m: m.act.kind == "harm") for pair in weapons_near(n, m)]
    weapon = weapons[0][0] if weapons else main.act.weapon or None
    for specific, general in FOLDS_INTO.items():
        if specific in told and kind in general:
            return Ruling(specific, weapon, "the more specific of the acts told together")
    if main.act.id in RAIDS and "harm" in told:
        return Ruling("arrest" if "arrest" in told else "armed_attack", weapon, "a raid, by how it ended")
    if (kind in FLOWN and any(of == "drone_strike" for _, of in weapons)) or _burst_drone(n, main):
        return Ruling("drone_strike", "drone", "a strike from the air by a drone")
    in_the_air = bool(actors) and set(actors) <= AIR_POWERS
    if kind not in OPEN:
        if kind == "shelling" and main.act.id == "shelling_noun" and not weapons and in_the_air:
            return Ruling("airstrike", "aircraft", "whose unspecified fire is from the air")
        return Ruling(kind, weapon, "its word")
    named = [m.act.kind for m in group if m.act.kind not in OPEN] + (
        [weapons[0][1]] if weapons and kind != "harm" else []
    )
    if named and named[-1] in FLOWN and any(of == "drone_strike" for _, of in weapons):
        named.append("drone_strike")  # "an aircraft without pilot", "a rocket from a drone"
    for preferred in FROM_AFAR:
        if preferred in named:
            return Ruling(preferred, weapon, "what else is told of it, or its weapon")
    if kind == "harm":
        means = _means(n, group)
        return Ruling(means or "killing", weapon, "the means of the harm" if means else "deaths whose act is not told")
    if weapons and weapons[0][1]:
        return Ruling("armed_attack", weapon, "its weapon")
    if in_the_air and (kind == "fire" or (main.act.id == "attack" and main.shape == "noun")):
        return Ruling("airstrike", weapon, "whose unspecified fire is from the air")
    if kind == "fire" and not (main.act.id == "target" and actors and set(actors) <= GUNMEN):
        return Ruling("shelling", weapon, "fire with no means named")
    return Ruling("armed_attack", weapon, "an attack with no means named")


def _burst_drone(n: Narrative, m: ActMention) -> bool:
    """Whether a drone is what exploded: right behind the verb or the noun of the explosion."""
    return m.act.kind == "explosion" and any(w.row.kind == "drone_strike" and w.first == m.last for w in n.weapons)


def _means(n: Narrative, group: Sequence[ActMention]) -> str | None:
    """What killed or hurt, where a weapon says so: by an explosion, by gunfire, "by shells"."""
    for m in group:
        for weapon, kind in weapons_near(n, m):
            if kind in ("armed_attack", "explosion") or (kind in FROM_AFAR and _with_it(n, m, weapon)):
                return kind
    return None


def _with_it(n: Narrative, m: ActMention, weapon: str) -> bool:
    """Whether a weapon is the means of an act: glued to "by", or the subject right behind a verb."""
    return any(
        w.row.id == weapon
        and n.sentence_of[w.first] == m.sentence
        and (
            (BY in w.prefix and m.last <= w.first < m.last + 8)
            or (w.first == m.last and not w.prefix and m.shape == "perfect")
        )
        for w in n.weapons
    )
