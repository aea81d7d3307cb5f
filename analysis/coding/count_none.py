"""That nobody was hurt: "without casualties", "no one was killed", "the damage was material only"."""

from __future__ import annotations

import re

from analysis.coding.count_words import Counted, CountItems

_HARM = r"(?:(?P<harm>h)|(?P<one>[ac])(?:w(?P<two>[ach]))?|(?P<cue>K)(?![wom]?[abcnNxG]))"
_NONE = re.compile(rf"D[om]{{0,5}}(?:(?<=o)w)?{_HARM}")
_NONE_OF_A_THING = re.compile(rf"D[om]{{0,2}}(?P<thing>[ac])[om]{{0,3}}{_HARM}")
"""'The attack caused no losses'."""
_NOT_KNOWN = re.compile(r"D[om]{0,2}\?")
NOT_KNOWN_WITHIN = 20
"""Within so many words after "no news of" nothing is said of who was hurt."""
PERSONS_HARMED = ("", "killed", "wounded", "detained", "missing", "displaced")
OF_ANY_SORT = frozenset({"injury", "victim", "any_harm", "wounding"})
"""Words of harm that, denied, deny the dead and the wounded."""


def none_at(items: CountItems, position: int) -> tuple[int, tuple[str, ...]]:
    """Where the words end that deny harm at a position, and the harms that they deny; () where they deny none."""
    signs, values = items.signs, items.values
    if signs[position] == "0":
        told = signs[max(position - NOT_KNOWN_WITHIN, 0) : position].rpartition(".")[2]
        if _NOT_KNOWN.search(told):
            return position + 1, ()  # "no news of losses, while the damage was material"
        return position + 1, tuple(values[position].counted.split() or values[position].value.split())
    match = _NONE.match(signs, position)
    if match and match["one"] and values[match.start("one")].counted not in PERSONS_HARMED:
        match = _NONE_OF_A_THING.match(signs, position)
    if match is not None and _is_a(items, "other", match.end()):
        return match.end() + 1, ()  # "without other casualties": there were some
    if match is not None and _is_a(items, "except", *range(position, match.end())):
        return position + 1, ()  # "caused but one"
    if match is None or (match["cue"] and values[match.start("cue")].id != "wounding"):
        return position + 1, ()
    if values[position].value == "near":
        only_one = match["one"] and signs[match.end() : match.end() + 1] == "n" and items.values[match.end()] == 1
        if only_one or (match.end() - position > 2 and not match["two"]):
            return position + 1, ()  # "two dead, not one"
    said: list[str] = []
    for name in ("harm", "one", "two", "cue"):
        if match[name]:
            value: Counted = values[match.start(name)]
            if value.id in OF_ANY_SORT:
                said += ["killed", "wounded"]
            elif value.counted in PERSONS_HARMED[1:]:
                said.append(value.counted)
    return (match.end() if said else position + 1), tuple(dict.fromkeys(said))


def _is_a(items: CountItems, wanted: str, *positions: int) -> bool:
    """Whether a word of an id of `lexicon/counts.tsv` stands at one of some positions."""
    return any(p < len(items.values) and getattr(items.values[p], "id", "") == wanted for p in positions)
