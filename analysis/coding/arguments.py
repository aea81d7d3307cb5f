"""Who did it, to whom and where: an act's arguments, by construction first and by ranker where none decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analysis.coding.act_mentions import ActMention
from analysis.coding.actors import ActorMention
from analysis.coding.antecedents import condemns, owner_of, owner_of_thing, two_sides
from analysis.coding.clauses import FIRE, NOBODY, STRIKES, is_theirs, stop_of
from analysis.coding.complements import Role
from analysis.coding.constructions import EXCHANGES, carried_on, read_role
from analysis.coding.narrative import Narrative
from analysis.coding.noun_phrases import phrase_of
from analysis.coding.particles import particle_before
from analysis.coding.ranker import likelihood
from analysis.coding.roles import actor_signs, blamed, claimant, near_actors, with_mark

BLAMED_FOR = STRIKES | {"killing", "abduction"}
"""Kinds of acts that somebody may be blamed for."""
ROLE_AT = 0.35
"""From this likelihood on an actor of the act's own sentence fills a role."""
SURE_ROLE_AT = 0.8
"""From this likelihood on a further actor fills a role without being joined to the first."""
GIVEN = 0.95
"""How sure a role is that a construction gives."""
BESIDE = ("beside", "target")
"""Who condemns an act, or whose place it hit, may have suffered it."""
SIDES_WITHIN = 7
"""So many words after a clash "the two sides" stand."""
OBJECT_WITHIN = 12
"""So many words after an act what it hit is told."""
FAR_AT = 0.4
"""The same for an actor of a sentence around, where the act's own sentence names none."""


Read = Mapping[tuple[int, int], Role | None]
"""What the constructions say of an incident: (first word of a mention, start of an actor of its sentence) -> role."""


def read_roles(n: Narrative, group: Sequence[ActMention]) -> Read:
    """Ask the constructions of every mention of an incident and every actor of its sentence.

    Whose raid air defences meet is whom they act against.
    """
    read = {(m.first, a.at): read_role(n, m, a) for m in group for a in n.actors_of(m.sentence) if a.actor_id}
    if group[0].act.kind != "interception":
        return read
    met = {m.first for m in group if m.act.kind in STRIKES - {"interception"}}
    doers = {key for key, found in read.items() if key[0] in met and found is not None and found.role == "actor"}
    return read | {key: Role("target", "whose attack is met") for key in doers}


def fill_actors(
    n: Narrative, group: Sequence[ActMention], weights: Mapping[str, Mapping[str, float]], read: Read
) -> tuple[tuple[str, ActorMention], ...]:
    """Who did it; where that is nobody or somebody unknown, who claims it."""
    actors = fill_role(n, group, weights["actor"], weights["actor_far"], "actor", read)
    said = any(
        (found := read.get((m.first, a.at))) is not None and found.role == "actor" for _, a in actors for m in group
    )
    accused = None if said or group[0].act.kind not in BLAMED_FOR else blamed(n, group[0])
    if accused is not None and accused.actor_id:
        return ((accused.actor_id, accused),)
    if all(actor == "unknown" for actor, _ in actors):
        claims = claimant(n, group[0])
        if claims is not None and claims.actor_id:
            return ((claims.actor_id, claims),)
    return actors


def fill_role(
    n: Narrative,
    group: Sequence[ActMention],
    near: Mapping[str, float],
    far: Mapping[str, float],
    role: str,
    read: Read,
    others: Collection[str] = (),
) -> tuple[tuple[str, ActorMention], ...]:
    """Who fills a role: who a construction gives it, else the likeliest actor of the sentence that tells of the act.

    The mentions are asked in turn, the main one first, for the likeliest that no construction gives another part; where
    none has an actor in its sentence, the likeliest of the sentences around fills it.
    """
    told = group[:4]
    given = {
        a.at: (GIVEN, meant)
        for m in group
        for a in n.actors_of(m.sentence)
        if (found := read.get((m.first, a.at))) is not None and found.role == role
        if (meant := _meant(n, m, a, others) if role == "target" else a) is not None
    }
    if given:
        return _joined(n, list(given.values()))
    sides = next((s for m in group[:2] if (s := _two_sides(n, m)) is not None), None)
    if sides is not None:
        side = sides[0] if role == "actor" else next((s for s in sides if s.actor_id not in others), sides[1])
        return ((side.actor_id, side),) if side.actor_id else ()
    carried = carried_on(n, group[0]) if role == "actor" else []
    if carried:
        return _joined(n, [(GIVEN, a) for a in carried])
    if role == "target" and group[0].act.kind in STRIKES:
        owner = next(
            (o for m in told if (o := owner_of_thing(n, m.last, _object_stop(n, m), others)) is not None), None
        )
        if owner is not None and owner.actor_id:
            return ((owner.actor_id, owner),)
    elsewhere = {at for (_, at), found in read.items() if found is not None and (found.role, role) != BESIDE}
    if role == "actor" and group[0].act.kind in STRIKES:
        owned = [owner_of_thing(n, m.last, _object_stop(n, m), ()) for m in told if m.act.kind in STRIKES]
        elsewhere |= {a.at for a in n.actors if any(o is not None and o.actor_id == a.actor_id for o in owned)}
    clash = group[0].act.kind == "clash"
    taken = set() if clash and role == "target" else set(others) | _of_other_role(read, n, group, role)
    for m in told:
        ranked = sorted(
            (
                (likelihood(near, actor_signs(n, m, a)), -a.at, a)
                for a in n.actors_of(m.sentence)
                if a.actor_id and a.at not in elsewhere and a.actor_id not in taken
            ),
            key=lambda item: item[:2],
            reverse=True,
        )
        if ranked and ranked[0][0] >= ROLE_AT:
            return _joined(n, [(value, a) for value, _, a in ranked if value >= ROLE_AT])
    main, told_in = group[0], {m.sentence for m in told}
    around = [
        (likelihood(far, actor_signs(n, main, a)), -a.at, a)
        for a in near_actors(n, main)
        if a.actor_id and n.sentence_of[n.words.index(a.at)] not in told_in and a.actor_id not in taken
        if role != "actor" or not condemns(n, a)
    ]
    value, _, mention = max(around, key=lambda item: item[:2], default=(0.0, 0, None))
    return ((mention.actor_id, mention),) if mention is not None and mention.actor_id and value >= FAR_AT else ()


def is_another(target: tuple[str, ActorMention], actors: Collection[tuple[str, ActorMention]], read: Read) -> bool:
    """Whether a target is none of the actors, or another body that counts as the same, as constructions say of it."""
    same = [a for actor, a in actors if actor == target[0]]
    said = any(at == target[1].at and found is not None and found.role == "target" for (_, at), found in read.items())
    return not same or (said and all(a.entity_id != target[1].entity_id for a in same))


def _two_sides(n: Narrative, m: ActMention) -> tuple[ActorMention, ActorMention] | None:
    """The sides of a clash, or of fire that two exchange, where they are only called "the two sides"."""
    stop = min(m.last + SIDES_WITHIN, n.sentence_words(m.sentence).stop)
    mutual = any(particle_before(n, word + 1) == "mutual" for word in range(m.last, stop))
    exchanged = m.act.kind == "clash" or m.act.id in EXCHANGES or (m.act.kind in FIRE and mutual)
    return two_sides(n, m.last, stop) if exchanged else None


def _object_stop(n: Narrative, m: ActMention) -> int:
    """Where the object of an act may end."""
    return min(m.last + OBJECT_WITHIN, stop_of(n, m))


def _meant(n: Narrative, m: ActMention, a: ActorMention, doers: Collection[str]) -> ActorMention | None:
    """Who is hit where "its positions", "one of its leaders" are: nobody strikes himself."""
    if m.act.kind in STRIKES and is_theirs(a, phrase_of(n, a)):
        return owner_of(n, a, doers)
    own = a.use == "back" and a.actor_id in doers and phrase_of(n, a).mark != "ranks"
    return (owner_of(n, a, doers) or a) if own and m.act.kind in STRIKES | {"harm"} else a


def _of_other_role(read: Read, n: Narrative, group: Sequence[ActMention], role: str) -> set[str]:
    """The ids of sides to which a construction gives the other role in an incident."""
    return {
        a.actor_id
        for m in group
        for a in n.actors_of(m.sentence)
        if a.actor_id and a.actor_id not in NOBODY
        if (found := read.get((m.first, a.at))) is not None and found.role not in (role, "none", "beside")
    }


def _joined(n: Narrative, ranked: Sequence[tuple[float, ActorMention]]) -> tuple[tuple[str, ActorMention], ...]:
    """The first of ranked mentions and those joined to it: by "and", by "with the support of", or as sure as itself."""
    chosen: dict[str, ActorMention] = {}
    spans: list[tuple[int, int]] = []
    for value, a in ranked:
        first, last = n.word_span(a.at, a.to)
        joined = any(
            (last == other[0] and n.words.words[other[0]].startswith("و"))
            or (other[1] == first and n.words.words[first].startswith("و"))
            for other in spans
        )
        if a.actor_id and (not chosen or joined or with_mark(n, first) or value >= SURE_ROLE_AT):
            chosen.setdefault(a.actor_id, a)
            spans.append((first, last))
    return tuple(chosen.items())
