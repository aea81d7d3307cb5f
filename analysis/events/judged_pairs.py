"""Which incidents a person judged to be one act, and which not, so that no two judgments contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.events.correction_rows import APPLIED, Fate

IdPair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Line `line` says that two incidents are one act (`one`) or not."""

    line: int
    pair: IdPair
    one: bool


def judge_pairs(judged: Sequence[JudgedPair], fates: dict[int, Fate]) -> tuple[tuple[IdPair, ...], tuple[IdPair, ...]]:
    """Return the pairs that are together and those that are apart; lines that contradict each other are disputed.

    Two lines on one pair that say otherwise are both set aside; a line that contradicts what several others say
    together is set aside alone, and named with them.
    """
    disputed: set[IdPair] = set()
    first: dict[IdPair, JudgedPair] = {}
    for each in judged:
        pair = _sorted(each.pair)
        other = first.setdefault(pair, each)
        if other.one != each.one:
            disputed.add(pair)
    together: list[IdPair] = []
    apart: list[IdPair] = []
    group: dict[str, frozenset[str]] = {}
    for each in judged:
        a, b = pair = _sorted(each.pair)
        fates[each.line] = APPLIED
        if pair in disputed:
            lines = [j.line for j in judged if _sorted(j.pair) == pair and j.one != each.one]
            _conflict(fates, each.line, lines)
            continue
        with_a, with_b = group.get(a, frozenset({a})), group.get(b, frozenset({b}))
        if each.one:
            united = with_a | with_b
            broken = [p for p in apart if p[0] in united and p[1] in united]
            if broken:
                _conflict(fates, each.line, [j.line for j in judged if _sorted(j.pair) in broken])
                continue
            group.update(dict.fromkeys(united, united))
            together.append(pair)
        elif b in with_a:
            inside = [j.line for j in judged if j.one and j.line != each.line and set(j.pair) <= with_a]
            _conflict(fates, each.line, inside)
        else:
            apart.append(pair)
    return tuple(dict.fromkeys(together)), tuple(dict.fromkeys(apart))


def _sorted(pair: IdPair) -> IdPair:
    return (pair[0], pair[1]) if pair[0] <= pair[1] else (pair[1], pair[0])


def _conflict(fates: dict[int, Fate], line: int, others: list[int]) -> None:
    why = f"disagrees on whether the two are one act with {{lines:{others}}}"
    fates[line] = Fate("conflicting", why, "withdraw all but one of them")
