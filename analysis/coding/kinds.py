"""What kind of act it was: what its words say, and where they leave it open, the weapon and the victim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.coding.narrative import ActMention, Narrative
from analysis.coding.ranker import likelihood

OPEN = frozenset({"fire", "attack", "harm"})
AIR_POWERS = frozenset({"israel", "coalition", "us", "uk", "france", "russia", "saudi_coalition", "saudi_arabia"})
"""Whose unspecified bombardment is from the air."""
CARRIED_OUT = 14
"""How many words after its subject what was carried out may stand."""
PREFERRED = (
    "drone_strike airstrike missile_attack shelling explosion assassination interception armed_attack clash takeover "
    "abduction arrest"
).split()


def weapons_near(n: Narrative, m: ActMention) -> list[tuple[str, str]]:
    """(weapon id, kind) of the weapons named at an act: in it, in the words after it, or in its subject before it."""
    stop = next((a.first for a in n.acts if a.first >= m.last and a.sentence == m.sentence), m.last + 12)
    near = []
    for w in n.weapons:
        if n.sentence_of[w.first] != m.sentence:
            continue
        after = m.first <= w.first < max(min(stop, m.last + 10), m.last)
        before = m.first - 5 <= w.first < m.first and m.shape != "noun"
        before = before or (m.first - CARRIED_OUT <= w.first < m.first and _carries_out(n, w.first))
        if after or before:
            near.append((abs(w.first - m.last) + (4 if before else 0), w.row.id, w.row.kind))
    return [(weapon, kind) for _, weapon, kind in sorted(near)]


def _carries_out(n: Narrative, word: int) -> bool:
    """Whether a weapon is the subject of a verb of carrying out: "drones carried out, days ago, several raids"."""
    return any(cue.row.id == "light" and cue.last == word for cue in n.cue_at.get(word - 1, ()))


def kind_by_rule(n: Narrative, group: Sequence[ActMention], actors: Sequence[str]) -> tuple[str, str | None]:
    """The kind of an incident and its weapon, from the words of its mentions (the surest first)."""
    main = next((m for m in group if m.act.kind != "harm"), group[0])
    weapons = [pair for m in group if m.act.kind != "harm" for pair in weapons_near(n, m)]
    if main.act.kind == "harm":
        weapons = [pair for m in group for pair in weapons_near(n, m)]
    weapon = weapons[0][0] if weapons else main.act.weapon or None
    kind = main.act.kind
    if kind not in OPEN:
        if kind == "shelling" and main.act.id == "shelling_noun" and not weapons and set(actors) & AIR_POWERS:
            return "airstrike", "aircraft"
        return kind, weapon
    armed = [pair for pair in weapons if pair[1]]
    fixed = [m.act.kind for m in group if m.act.kind not in OPEN]
    for preferred in PREFERRED:
        if preferred in fixed and preferred in ("drone_strike", "airstrike", "missile_attack", "shelling", "explosion"):
            return preferred, weapon
    if armed and not (kind == "harm" and armed[0][1] not in ("armed_attack", "explosion")):
        by_weapon = armed[0][1]
        return ("armed_attack" if by_weapon == "interception" else by_weapon), armed[0][0]
    if kind == "fire":
        if set(actors) & AIR_POWERS:
            return "airstrike", weapon
        return "shelling", weapon
    if kind == "attack":
        return "armed_attack", weapon
    return "killing", weapon


def kind_signs(
    n: Narrative, group: Sequence[ActMention], actors: Sequence[str], targets: Sequence[str], ruled: str
) -> list[str]:
    """What speaks for each kind."""
    main = next((m for m in group if m.act.kind != "harm"), group[0])
    signs = [f"rule={ruled}", f"main={main.act.id}", f"main={main.act.kind}|{main.shape}"]
    signs += {f"any={m.act.id}" for m in group}
    signs += {f"anykind={m.act.kind}" for m in group}
    named = {m.act.kind for m in group}
    signs.append(f"mix={'+'.join(sorted(named))}")
    signs.append(f"rule={ruled}|{main.act.kind}")
    signs.append(f"rule={ruled}|harm={'harm' in named}|arrest={'arrest' in named}")
    first = next((pair for m in group if m.act.kind != "harm" for pair in weapons_near(n, m)), None)
    if first is not None:
        signs += [f"first={first[0]}", f"first={first[1]}|{main.act.kind}"]
    weapons = {pair for m in group for pair in weapons_near(n, m)}
    signs += {f"weapon={weapon}" for weapon, _ in weapons}
    signs += {f"weapon={weapon}|{main.act.kind}" for weapon, _ in weapons}
    signs.append(f"weapons={bool(weapons)}|{main.act.kind}")
    signs += [f"actor={actor}" for actor in actors] + [f"actor={actor}|{main.act.kind}" for actor in actors]
    signs += [f"target={target}" for target in targets] + [f"target={target}|{main.act.kind}" for target in targets]
    signs.append(f"armed_target={bool(set(targets) - {'civilians'})}|{main.act.id}")
    for position in range(main.last, min(main.last + 4, len(n.words))):
        for thing in n.things.get(position, ()):
            signs.append(f"then={thing}|{main.act.kind}")
            signs.append(f"then={thing}|{main.act.id}")
    ranked = any(
        "ranked" in n.things.get(p, ()) for m in group for p in range(m.first - 3, min(m.last + 4, len(n.words)))
    )
    signs.append(f"ranked={ranked}|{main.act.kind}")
    return signs


def choose_kind(models: Mapping[str, Mapping[str, float]], signs: Sequence[str], ruled: str) -> str:
    """The kind whose ranker (`kind:<id>`) likes the signs best; the rule's where there is none."""
    scores = [(likelihood(weights, signs), name[5:]) for name, weights in models.items() if name.startswith("kind:")]
    return max(scores)[1] if scores else ruled
