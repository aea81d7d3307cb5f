"""Counts in the order in which a text tells them: each word of harm and each quantity of a text, one after another."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.coding.count_befell import Befell
from analysis.coding.count_harms import HARMS
from analysis.coding.count_none import none_at
from analysis.coding.count_phrases import Quantity, quantity_at
from analysis.coding.count_told import SURNAMED
from analysis.coding.count_words import Counted, CountItems

TWO_WITHIN = 6
"""Within so many words after those counted "the two of them" is said of them."""
_DENIED = re.compile(r"Do?K")
SPEAKS_WITHIN = 4
"""Within so many words after "while" another source speaks."""
REACH_BACK = 7
"""How many words before a verb its numbered subject may end."""
LIVES_WITHIN = 14
"""Within so many words after who was lost stands that it was his life: a name and an age are between."""
REACH_BACK_OF_MANY = 14
"""The same for "they were killed", which only several can have been."""
_ITS_VERB = re.compile("o?K")
_INTERESTING = re.compile(r"[^om,;:/t-]")
"""Signs at which something begins."""


def find_quantities(items: CountItems) -> list[Quantity]:
    """Find every quantity of persons harmed and of things, in reading order."""
    reader = _Reader(items)
    position, signs = 0, items.signs
    while (found := _INTERESTING.search(signs, position)) is not None:
        position = reader.read(found.start())
    reader.settle()
    counted = {harm for q in reader.found if not q.rescued for harm in q.harms}
    return [q for q in reader.found if not (q.rescued and counted.issuperset(q.harms))]


class _Reader(Befell):
    """Reads the signs of a text."""

    def read(self, position: int) -> int:
        """Read what stands at a position; return where to go on."""
        sign = self.items.signs[position]
        if sign in ".\n!":
            self.settle()
            self.end_sentence()
            self.forget_persons()
        elif sign in "()":
            self._read_bracket(position)
        elif sign == "K":
            self._read_cue(position)
        elif sign == "p":
            self._read_parts(position)
        elif sign == "k":
            self.part = False
            self.rival = self.rival or self._another_speaks(position)
        elif sign == "T":
            self.toll_at = position
        elif sign == "2":
            self._read_two(position)
        elif sign == "Y":
            self.period = True
        elif sign == "R":
            self.rival = True
        elif sign == "z":
            self._read_inside(position)
        elif sign == "P":
            self.plus = position
        elif sign == "#":
            self.refined = position
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
        self.settle()
        value: Counted = self.items.values[position]
        joined = self.items.signs[self.cue : position] in ("Kw", "K,w") and not self._has_its_own(self.cue)
        verb = value.value in ("verb", "fell")
        subject = self.subject
        denied = "D" in self.items.signs[max(position - 2, 0) : position]
        alone = verb and not denied and not self._object_follows(position)
        if alone and subject and position - subject.last > self._reach_back(subject, position):
            subject = None
        two = alone and value.who == "two"
        if two and not subject:
            subject = Quantity(position, position + 1, 2, 2, numbered=True)  # "and the two were killed"
        if alone and subject:
            self.part = self.part and "p" not in self.items.signs[subject.last : position]
            self.keep(replace(subject, low=2, high=2, numbered=True) if two else subject, (value.counted,))
            self.end_harm()
            return
        if value.value == "fell" and self._died_later(position, value.counted):
            return
        if joined and self.harms and value.counted not in self.harms:
            self.harms = (*self.harms, value.counted)
        else:
            self.harms = (value.counted,)
        again = self.items.signs[max(position - 2, 0) : position]
        self.more = (
            (self.told == (value.counted,) and again.endswith(("w", "P")))
            or (value.counted in self.harmed and again.endswith("k"))  # "six of ours fell, while two of theirs fell"
            or self._beside_him(position)
        )
        self.wait(position)
        self.cue, self.verb, self.part, self.subject = position, verb, False, None

    def _reach_back(self, subject: Quantity, position: int) -> int:
        """How many words before a verb its subject may end."""
        value: Counted = self.items.values[position]
        if subject.numbered and value.who == "many":
            return REACH_BACK_OF_MANY
        return REACH_BACK if subject.numbered or value.who == "two" else 2

    def _has_its_own(self, cue: int) -> bool:
        """Whether a word of harm has a pronoun for whom it befell: what follows 'and' is not theirs."""
        return bool(self.items.values[cue].value == "owned")

    def _died_later(self, position: int, harm: str) -> bool:
        """'A man was wounded, then died': the one wounded is dead; whether a verb says so."""
        last, signs = self.found[-1] if self.found else None, self.items.signs
        if last is None or harm != "killed" or last.harms != ("wounded",) or (last.low, last.high) != (1, 1):
            return False
        between = signs[last.last : position]
        if not re.fullmatch("[om,]{0,4}w?u", between) or signs[position + 1 : position + 2] in tuple("abcnNx"):
            return False
        self.found[-1] = replace(last, harms=("killed",))
        return True

    def _beside_him(self, position: int) -> bool:
        """Whether a verb of harm is followed by 'with him': 'and with him a guard was killed' is one more."""
        values = self.items.values[position + 1 : position + 2]
        return self.items.signs[position + 1 : position + 2] == "&" and values[0].value == "him"

    def _read_bracket(self, position: int) -> None:
        """What stands in brackets after a count are its parts: 'four people (a father and three girls)'."""
        if self.items.signs[position] == "(":
            self.note_age(position)
            self.opened = self.part
            last = max(self.found[-1].last if self.found else -1, self.subject.last if self.subject else -1)
            self.part = self.part or last == position
        elif self.opened is not None:
            self.part, self.opened = self.opened, None

    def _another_speaks(self, position: int) -> bool:
        """Whether "while" opens what another source says: "while the ministry spoke of two dead"."""
        values = self.items.values[position + 1 : position + 1 + SPEAKS_WITHIN]
        ids = [getattr(value, "id", "") for value in values]
        return self.items.values[position].id == "contrast" and "speech" in ids

    def _read_two(self, position: int) -> None:
        """'Civilians, the two of them ...': the plural before is a dual, which is written like it."""
        last = self.found[-1] if self.found else None
        near = last is not None and position - last.last <= TWO_WITHIN and last.noun == "c"
        if last and near and self.told and (last.low, last.high) == (2, None) and not last.vague:
            self.found[-1] = replace(last, high=2, numbered=True)

    def _read_parts(self, position: int) -> None:
        if self.items.values[position].who == "two":
            self._read_two(position)
        self.part = True
        if self.items.values[position].counted:
            self.harms, self.cue, self.verb = (self.items.values[position].counted,), position, False

    def _object_follows(self, position: int) -> bool:
        """Whether a verb has a count after it, so that the noun before it is who did it."""
        items, at = self.items, position + 1
        if self.is_animal(at):
            return True
        sign = items.signs[at : at + 1] or "o"
        if sign in "abc":
            return items.glued[at] == "" and items.values[at].counted in ("", *HARMS)
        return sign in "GnNx"

    def _read_pronoun(self, position: int) -> None:
        """'His killing', 'their wounding': a count of its own unless the same harm was just counted."""
        value: Counted = self.items.values[position]
        harm = value.counted or "killed"
        low, high = {"1": (1, 1), "2": (2, None), "two": (2, 2)}[value.value]
        last = self.found[-1] if self.found else None
        if last and harm == "wounded" and self.told == ("killed",) and (last.low, last.high) == (low, high):
            return  # "a man was killed after he was hit"
        hurt = last is not None and last.harms == ("wounded",) and (last.low, last.high) == (low, high)
        if last and hurt and harm == "killed" and self.items.signs[last.last : position] in ("w", "wu", "u", "ow"):
            self.found[-1] = replace(last, harms=("killed",))  # "his injury and his death"
            return
        self.keep(Quantity(position, position + 1, low, high, numbered=True), (harm,))

    def _read_one_of_them(self, position: int) -> None:
        """'And killed one of them' is a count, 'four wounded, one of them badly' a part of one."""
        if self.items.values[position].who == "two":
            self._read_two(position)
        if self.harms and position - self.cue == 1:
            self.keep(Quantity(position, position + 1, 1, 1, numbered=True), self.harms)
        else:
            self.part = True

    def _read_inside(self, position: int) -> None:
        """'The death of those in the car', 'losses of life'."""
        value: Counted = self.items.values[position]
        if value.value == "lost" or (self.harms and position - self.cue == 1):
            harms = (value.counted,) if value.value == "lost" else self.harms
            self.keep(Quantity(position, position + 1, 2, None, numbered=True, vague=True), harms)

    def _read_lives(self, position: int) -> None:
        """'Ten people lost their lives' are not missing."""
        last = self.found[-1] if self.found else None
        if last is None or position - last.last > LIVES_WITHIN:
            return
        lost = last.harms == ("missing",) and re.search(r"[K.\n!]", self.items.signs[last.last : position]) is None
        reach = LIVES_WITHIN if lost else 3 if last.what in ("hurt", "injured") else 0
        if position - last.last <= reach:
            self.found[-1] = replace(last, harms=("killed",))

    def _read_same(self, position: int) -> None:
        if self.harms and self.found:
            last = self.found[-1]
            self.keep(Quantity(position, position + 1, last.low, last.high, numbered=True), self.harms)

    def _read_none(self, position: int) -> int:
        last, harms = none_at(self.items, position)
        denied = _DENIED.match(self.items.signs, position)
        if not harms and denied and self.items.values[denied.end() - 1].value == "noun":
            return denied.end()  # "without harm to the women": no word of harm
        if harms:
            self.keep(Quantity(position, last, 0, 0, numbered=True), harms)
            self.end_harm()
        return last

    def _read_quantity(self, position: int) -> int:
        q = quantity_at(self.items, position)
        if q is None:
            return position + 1
        signs = self.items.signs
        if not q.noun and self.is_animal(q.last):
            return q.last + 1  # "thirty sheep"
        if signs[q.first - 1 : q.first] == "B" and q.counted == "":
            return q.last  # "by the bullets of gunmen"
        if self._refines(q):
            return q.last
        self.note(q)
        harms = self.harms_of(q)
        if not harms and self.named_before(q):
            self.keep(Quantity(self.cue + 1, self.cue + 2, 1, 1, numbered=True), self.harms)
            harms = self.told
        if harms:
            self.keep(replace(q, rescued=self.is_rescued(q)), harms)
        elif self._may_be_subject(q):
            self.subject = q
        elif q.counted in HARMS:
            self.subject = None  # "the mourners of the martyrs who fell": the martyrs fell
        return q.last

    def _refines(self, q: Quantity) -> bool:
        """'A number of wounded whose number was put at four': the vague count before is that many."""
        last = self.found[-1] if self.found else None
        if last is None or last.high is not None or not q.numbered or not 0 < q.first - self.refined <= 2:
            return False
        self.found[-1] = replace(last, low=q.low, high=q.high)
        return True

    def _may_be_subject(self, q: Quantity) -> bool:
        """Whether a quantity may be the subject of a verb of harm to come."""
        signs, items = self.items.signs, self.items
        if (
            q.counted
            or (q.what == "national" and q.shape == "accusative")
            or (self.opened is not None and self.subject is not None)
        ):
            return False
        if not q.noun:  # "that nine were killed"
            verb = _ITS_VERB.match(signs, q.last)
            return q.numbered and verb is not None and items.values[verb.end() - 1].who == "many"
        if q.what == "national" and q.noun == "a" and q.article and not q.numbered:
            return False  # "the Russian aggression. They kill"
        if q.noun == "o" or (q.what in SURNAMED and q.shape == "" and signs[q.first - 1 : q.first] == "o"):
            return False
        if q.article and not q.numbered and self.subject and self._is_surname(q, self.subject):
            return False
        if not q.numbered and signs[q.first - 1 : q.first] == "m":
            return False  # "a man of the people of the village": they are no subject
        return q.numbered or not (self.subject and self.subject.numbered)

    def _is_surname(self, q: Quantity, subject: Quantity) -> bool:
        """Whether a noun with the article stands at the end of the name of a person: 'the citizen Salma al-Qannas'."""
        between = self.items.signs[subject.last : q.first]
        return subject.article and subject.noun == q.noun == "a" and re.fullmatch("[oa]{1,3}", between) is not None
