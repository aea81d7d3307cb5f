"""What befell those counted: the quantities of `count_phrases`, each tied to the harm that is told of it."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.coding.count_phrases import Quantity, quantity_at
from analysis.coding.count_words import Counted, CountItems

HARMS = frozenset({"killed", "wounded", "detained", "missing", "displaced"})
REACH = 9
"""How many words after a word of harm its numbered count may begin."""
REACH_OF_OBJECT = 12
"""The same for a noun in the accusative, which a verb may leave far behind."""
REACH_BACK = 7
"""How many words before a verb its numbered subject may end."""


def find_quantities(items: CountItems) -> list[Quantity]:
    """Find every quantity of persons harmed and of things, in reading order."""
    reader = _Reader(items)
    position, signs = 0, items.signs
    while (found := _INTERESTING.search(signs, position)) is not None:
        position = reader.read(found.start())
    return reader.found


_INTERESTING = re.compile(r"[^om,;:()/t-]")
"""Signs at which something begins."""
_HARM = r"(?:(?P<harm>h)|(?P<one>[ac])(?:w(?P<two>[ach]))?)"
_NONE = re.compile(rf"D[om]{{0,5}}{_HARM}")
_NONE_OF_A_THING = re.compile(rf"D[om]{{0,2}}(?P<thing>[ac])[om]{{1,3}}{_HARM}")
"""'The attack caused no losses'."""


class _Reader:
    """What was read so far, and what is being told."""

    def __init__(self, items: CountItems) -> None:
        self.items = items
        self.found: list[Quantity] = []
        self.subject: Quantity | None = None
        """A quantity of persons not yet tied to a harm: it may be the subject of a verb to come."""
        self.groups = 0
        self.end_sentence()

    def end_sentence(self) -> None:
        self.harms: tuple[str, ...] = ()
        self.cue = -100
        self.verb = False
        self.part = False
        self.subject = None

    def read(self, position: int) -> int:
        """Read what stands at a position; return where to go on."""
        sign = self.items.signs[position]
        if sign in ".\n!":
            self.end_sentence()
        elif sign == "K":
            self._read_cue(position)
        elif sign == "p":
            self.part = True
        elif sign == "s":
            self._read_pronoun(position)
        elif sign == "y":
            self._read_one_of_them(position)
        elif sign == "$":
            self._read_lives(position)
        elif sign == "=":
            self._read_same(position)
        elif sign in "0D":
            return self._read_none(position)
        elif sign in "nNGexabc":
            return self._read_quantity(position)
        return position + 1

    def _read_cue(self, position: int) -> None:
        value: Counted = self.items.values[position]
        joined = self.items.signs[self.cue : position] in ("Kw", "K,w") and not self._has_its_own(self.cue)
        verb = value.value == "verb"
        subject = self.subject
        if verb and subject and not self._object_follows(position):
            gap = position - subject.last
            if gap <= (REACH_BACK if subject.numbered else 2):
                self._keep(subject, (value.counted,))
                self.end_harm()
                return
        if joined and self.harms and value.counted not in self.harms:
            self.harms = (*self.harms, value.counted)
        else:
            self.harms = (value.counted,)
        self.cue, self.verb, self.part, self.subject = position, verb, False, None

    def _has_its_own(self, cue: int) -> bool:
        """Whether a word of harm has a pronoun for whom it befell: what follows 'and' is not theirs."""
        return bool(self.items.values[cue].value == "owned")

    def end_harm(self) -> None:
        self.harms, self.cue, self.part, self.subject = (), -100, False, None

    def _object_follows(self, position: int) -> bool:
        """Whether a verb has a count after it, so that the noun before it is who did it."""
        items, at = self.items, position + 1
        sign = items.signs[at : at + 1] or "o"
        if sign in "abc":
            return items.glued[at] == "" and items.values[at].counted in ("", *HARMS)
        return sign in "GnNx"

    def _read_pronoun(self, position: int) -> None:
        """'His killing', 'their wounding': a count of its own unless the same harm was just counted."""
        value: Counted = self.items.values[position]
        harm = value.counted or "killed"
        low, high = {"1": (1, 1), "2": (2, None), "two": (2, 2)}[value.value]
        self._keep(Quantity(position, position + 1, low, high, numbered=True), (harm,))

    def _read_one_of_them(self, position: int) -> None:
        """'And killed one of them' is a count, 'four wounded, one of them badly' a part of one."""
        if self.harms and position - self.cue == 1:
            self._keep(Quantity(position, position + 1, 1, 1, numbered=True), self.harms)
        else:
            self.part = True

    def _read_lives(self, position: int) -> None:
        """'Ten people lost their lives' are not missing."""
        if self.found and self.found[-1].harms == ("missing",) and position - self.found[-1].last <= 3:
            self.found[-1] = replace(self.found[-1], harms=("killed",))

    def _read_same(self, position: int) -> None:
        if self.harms and self.found:
            last = self.found[-1]
            self._keep(Quantity(position, position + 1, last.low, last.high, numbered=True), self.harms)

    def _read_none(self, position: int) -> int:
        items = self.items
        if items.signs[position] == "0":
            harms = tuple(items.values[position].counted.split() or items.values[position].value.split())
            self._keep(Quantity(position, position + 1, 0, 0, numbered=True), harms)
            return position + 1
        match = _NONE.match(items.signs, position)
        if match and match["one"] and items.values[match.start("one")].counted not in ("", *HARMS):
            match = _NONE_OF_A_THING.match(items.signs, position)
        if match is None:
            return position + 1
        near = items.values[position].value == "near"
        if near and match.end() - position > 2 and not match["two"]:
            return position + 1
        said: list[str] = []
        for name in ("harm", "one", "two"):
            if match[name]:
                value: Counted = items.values[match.start(name)]
                if value.id in ("injury", "victim", "any_harm"):
                    said += ["killed", "wounded"]
                elif value.counted in HARMS:
                    said.append(value.counted)
        if not said:
            return position + 1
        self._keep(Quantity(position, match.end(), 0, 0, numbered=True), tuple(dict.fromkeys(said)))
        return match.end()

    def _read_quantity(self, position: int) -> int:
        q = quantity_at(self.items, position)
        if q is None:
            return position + 1
        harms = self._harms_of(q)
        if harms:
            self._keep(q, harms)
        elif not q.counted and q.noun and (q.numbered or not (self.subject and self.subject.numbered)):
            self.subject = q
        return q.last

    def _harms_of(self, q: Quantity) -> tuple[str, ...]:
        """What befell those counted, or what is counted; () where it is no count."""
        if q.harms:
            return q.harms
        signs, before = self.items.signs, self.items.signs[max(q.first - 3, 0) : q.first]
        if q.what == "family" and before.endswith("m"):
            return ()  # "six people of one family"
        if q.counted and q.counted not in HARMS:
            return (q.counted,) if q.numbered or self._one_more(q) else ()
        if q.counted:
            told = 0 <= q.first - self.cue - 1 <= REACH and self.harms[:1] in (("killed",), ("wounded",))
            if q.counted == "wounded" and self.harms == ("killed",) and q.first - self.cue == 1:
                return self.harms  # "the death of two wounded"
            if told and q.counted not in ("killed", "wounded") and (q.numbered or q.first - self.cue == 1):
                return self.harms  # "the death of three detainees"
            if q.numbered:
                return (q.counted,)
            if q.article or q.counted in ("detained", "displaced", "missing"):
                self._open_toll(q)
                return ()
            return (q.counted,) if "?" not in before else ()
        if q.glued[:1] and not q.numbered:
            return ()
        if self._corpses_of(q):
            return ("killed",)
        gap = q.first - self.cue - 1
        if not self.harms or not gap >= 0:
            return ()
        if q.numbered and not q.noun:
            told = gap == 0 or signs[q.first - 1] == "t"
            return self.harms if told and gap <= REACH else ()
        if q.who == "" and q.noun == "a" and q.what == "national":
            return self.harms if gap == 0 and not q.article and q.shape == "" else ()
        if q.shape == "accusative" and self.verb:
            return self.harms if gap <= REACH_OF_OBJECT else ()
        if q.numbered:
            return self.harms if gap <= REACH else ()
        if signs[q.first - 1] in "abc":
            return ()  # an adjective of the noun before it
        between = signs[self.found[-1].last : q.first] if self.found else ""
        joined = between == "w" or (q.what in ("named", "son") and re.fullmatch("[oa]{0,2}w", between) is not None)
        return self.harms if gap == 0 or (gap <= 3 and self.verb) or joined else ()

    def _open_toll(self, q: Quantity) -> None:
        """'The toll of the dead rose to', 'and the wounded to': the harm of the number that follows."""
        signs = self.items.signs
        if signs[q.first - 1 : q.first] == "T" or re.match(r"[tG:]", signs[q.last : q.last + 1]):
            self.harms, self.cue, self.part, self.verb = (q.counted,), q.last - 1, False, False

    def _keep(self, q: Quantity, harms: tuple[str, ...]) -> None:
        signs = self.items.signs
        last = self.found[-1] if self.found else None
        if last and signs[last.last : q.first] == "(":
            self.part = True  # "eight civilians (six children and two women)"
        if (last and self._was_doer(last, q, harms)) or self._corpses_of(q):
            self.found.pop()
        joined = (
            last is not None
            and last.harms == harms
            and not (self.part or last.part)
            and len(harms) == 1
            and signs[q.first - 1 : q.first] == "w"
            and q.first - last.last <= 6
            and not re.search(r"[K.\n!D0]", signs[last.last : q.first])
            and last.low != 0
        )
        if not joined:
            self.groups += 1
        self.found.append(replace(q, harms=harms, part=self.part and q.low != 0, group=self.groups))
        if self.harms and q.harms == ():
            self.cue = max(self.cue, q.last - 1)

    def _one_more(self, q: Quantity) -> bool:
        """'Three vehicles and a tank': one more of the things just counted."""
        last = self.found[-1] if self.found else None
        joined = last is not None and last.harms == (q.counted,) and self.items.signs[last.last : q.first] == "w"
        return joined and q.noun == "a" and q.shape == "" and not q.glued and not q.article

    def _corpses_of(self, q: Quantity) -> bool:
        """'The bodies of seven men': the bodies are theirs."""
        last = self.found[-1] if self.found else None
        if last is None or last.last != q.first or last.what != "corpse":
            return False
        return q.numbered and not q.counted and not last.numbered and last.noun == "c"

    def _was_doer(self, last: Quantity, q: Quantity, harms: tuple[str, ...]) -> bool:
        """Whether an uncounted noun between a verb and its numbered object is who did it: 'gunmen killed two men'."""
        between = self.items.signs[last.last : q.first]
        return (
            self.verb and q.numbered and not last.numbered and last.noun == "c" and not last.counted
            and last.harms == harms and re.fullmatch("o{0,2}", between) is not None
        )  # fmt: skip
