"""What was counted so far in a text, and how one count goes with the one before it: added, a part, told again."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.coding.count_phrases import Quantity
from analysis.coding.count_words import CountItems

KIN = frozenset({"son", "companion", "family_member", "child", "woman", "family", "driver"})
"""Nouns that with a pronoun say who was harmed beside someone: his son, her children."""
SURNAMED = frozenset({"militant", "israeli", "military_man", "bomber"})
"""Nouns that are adjectives beside another noun: "a terrorist attack", "an Israeli raid"."""
PERSONS = frozenset({"person", "dignitary"})
"""Nouns of persons beside those that say of what kind."""
OTHERS_WITHIN = 14
"""Within so many words after the name of one killed stand the others killed with him."""
PERIOD_WITHIN = 12
"""Within so many words after a count stands the period that it sums up."""
PERIOD_WITHIN_PARTS = 26
"""The same where no other harm is told between: who they were may be."""
PARALLEL_WITHIN = 9
"""Within so many words after one side's losses stand the other's."""
TOLL_WITHIN = 7
"""Within so many words after "the toll" stands how many it is."""


class Told:
    """The quantities found so far, and what is being told where the reading stands."""

    def __init__(self, items: CountItems) -> None:
        self.items = items
        self.found: list[Quantity] = []
        self.subject: Quantity | None = None
        """A quantity of persons not yet tied to a harm: it may be the subject of a verb to come."""
        self.groups = 0
        self.opened: bool | None = None
        """Whether a bracket that is open opened right after a count; None where none is open."""
        self.plus = self.refined = -100
        """Where "in addition to" and "their number" stood last."""
        self.unknown_to = -1
        """Where those ended last of whom it is not known."""
        self.person = self.waiting = self.thing = -100
        """Where a person and a thing were told of last, and where a verb stands that waits for its subject."""
        self.end_sentence()

    def end_sentence(self) -> None:
        """Forget what was being told: scope ends with the sentence."""
        self.harms: tuple[str, ...] = ()
        self.cue = -100
        self.verb = False
        self.part = False
        self.more = False
        self.rival = self.period = False
        self.toll_at = -100
        self.told: tuple[str, ...] = ()
        self.harmed: set[str] = set()
        self.subject = None

    def end_harm(self) -> None:
        """Forget the word of harm."""
        self.harms, self.cue, self.part, self.more, self.subject = (), -100, False, False, None

    def keep(self, q: Quantity, harms: tuple[str, ...]) -> None:
        """Add a quantity to those found, as a total, a part, or one told beside the last."""
        signs = self.items.signs
        last = self.found[-1] if self.found else None
        if last and last.vague and q.noun == "c" and q.article and not q.numbered and signs[last.last : q.first] == "w":
            return  # "a number of women and children"
        ranks = last is not None and last.shape == q.shape == "accusative" and (last.low or 0) > 10
        if last and ranks and not q.numbered and signs[last.last : q.first] == "w":
            return  # "137 officers and soldiers"
        if self.part and self.opened is None and q.counted in ("killed", "wounded") and self.told not in ((), harms):
            self.part = False  # "seven martyrs, children among them, and 40 wounded"
        if last and self.part and last.what == "victim" and q.counted == "killed" and q.low != last.low:
            self.part = False  # "ten victims, two dead among them"
            self.found.pop()
        if (last and self._was_doer(last, q, harms)) or self.corpses_of(q):
            self.found.pop()
        part = (self.part or self._some_of(q)) and q.low != 0
        more = (self.more and not self.rival) or q.who == "attackers"
        if not self._joined(q, harms):
            self.groups += 1
        toll = q.first - self.toll_at <= TOLL_WITHIN or q.predicate or "T" in signs[q.first : q.last]
        kept = replace(
            q, harms=harms, part=part, group=self.groups, added=more, rival=self.rival and not more, toll=toll
        )
        self.found.append(replace(kept, period=self._of_period(q)))
        self.told = harms if not part else self.told
        if not part and q.low:
            self.harmed.update(harms)
        self.more = False
        if self.harms and q.harms == ():
            self.cue = max(self.cue, q.last - 1)

    def _of_period(self, q: Quantity) -> bool:
        """Whether a period is named before a quantity in its sentence, or soon after it."""
        signs, near = self.items.signs, q.last + PERIOD_WITHIN
        ahead = range(q.last, min(q.last + PERIOD_WITHIN_PARTS, len(signs)))
        ends = (at for at in ahead if signs[at] in ".\n!" or (at >= near and "K" in signs[q.last : at + 1]))
        ahead = range(q.last, next(ends, ahead.stop))
        return self.period or any(getattr(self.items.values[at], "id", "") == "period" for at in ahead)

    def _some_of(self, q: Quantity) -> bool:
        """'Three of the wounded' are a part."""
        of = self.items.signs[q.first : q.last].startswith("nm") and q.counted in ("killed", "wounded")
        return of and self.items.glued[q.last - 1].endswith("+")

    def _joined(self, q: Quantity, harms: tuple[str, ...]) -> bool:
        """Whether a quantity is told side by side with the one before it: "a man and two children"."""
        last, signs = self.found[-1] if self.found else None, self.items.signs
        if last is None or last.harms != harms or len(harms) != 1 or self.part or last.part or last.low == 0:
            return False
        between, sign = signs[last.last : q.first], signs[q.first - 1 : q.first]
        if sign == "&" or (last.last <= self.plus and q.first - self.plus <= 4):
            return re.search(r"[.\n!D0]", between) is None
        near = q.first - last.last <= (9 if (q.what in KIN and q.shape == "owned") or self.parallel(q) else 6)
        if self.another_person(q) or self.others_beside(q):
            return True
        return sign == "w" and near and not re.search(r"[K.\n!D0]", between)

    def another_person(self, q: Quantity) -> bool:
        """'The killing of the mayor of the town and a man', 'of reporter Salma Hasan and the driver Sami Ali'.

        One person more behind the name of another, or who he was: with the article his own name follows.
        """
        last, signs = self.found[-1] if self.found else None, self.items.signs
        if last is None or last.noun != "a" or (last.low, last.high) != (1, 1) or last.harms != self.told:
            return False
        person = q.noun == "a" and q.counted == "" and (q.who or q.what in PERSONS) and q.what not in SURNAMED
        if not person or q.numbered or q.glued or q.shape == "accusative" or q.what == "national":
            return False
        named = not q.article or signs[q.last : q.last + 1] in ("o", "a")
        return named and re.fullmatch(r"[oab]{1,8}w", signs[last.last : q.first]) is not None

    def others_beside(self, q: Quantity) -> bool:
        """'The killing of Salim Haddad of the council and two other leaders': "others" are others than he."""
        last, signs = self.found[-1] if self.found else None, self.items.signs
        if last is None or (last.low, last.high) != (1, 1) or last.harms != self.told or not q.numbered or q.counted:
            return False
        other = any(getattr(value, "id", "") == "other" for value in self.items.values[q.first : q.last])
        between = signs[last.last : q.first]
        return other and len(between) <= OTHERS_WITHIN and re.fullmatch(r"[oa,]*w", between) is not None

    def is_animal(self, position: int) -> bool:
        """Whether an animal stands at a position."""
        return any(getattr(value, "id", "") == "animal" for value in self.items.values[position : position + 1])

    def parallel(self, q: Quantity) -> bool:
        """'Three of the civilians and two of the police', 'ten wounded in the ranks of one and six of the other'."""
        last, signs = self.found[-1] if self.found else None, self.items.signs
        if last is None or not q.numbered or q.noun or q.glued or last.harms != self.told or not last.numbered:
            return False
        if q.first - last.last > PARALLEL_WITHIN:
            return False
        mark = signs[q.last : q.last + 1]
        like = mark in ("m", "i") and mark in signs[last.first : last.last + 1]
        return like and re.fullmatch("[oaci,]{0,8}w", signs[last.last : q.first]) is not None

    def one_more(self, q: Quantity) -> bool:
        """'Three vehicles and a tank': one more of the things just counted."""
        last = self.found[-1] if self.found else None
        joined = last is not None and last.harms == (q.counted,) and self.items.signs[last.last : q.first] == "w"
        return joined and q.noun == "a" and q.shape == "" and not q.glued and not q.article

    def corpses_of(self, q: Quantity) -> bool:
        """'The bodies of seven men': the bodies are theirs."""
        last = self.found[-1] if self.found else None
        if last is None or last.last != q.first or last.what != "corpse":
            return False
        return q.numbered and not q.counted and not last.numbered and last.noun == "c"

    def is_object(self, q: Quantity) -> bool:
        """Whether a noun beside the plural after a verb is whom that killed: 'gunmen killed a mayor'."""
        last = self.found[-1] if self.found else None
        beside = last is not None and last.last == q.first and last.noun == "c" and not last.numbered
        return beside and self.verb and q.noun == "a" and not q.article and q.what not in (*SURNAMED, "national")

    def _was_doer(self, last: Quantity, q: Quantity, harms: tuple[str, ...]) -> bool:
        """Whether an uncounted noun between a verb and its numbered object is who did it: 'gunmen killed two men'."""
        between = self.items.signs[last.last : q.first]
        return (
            self.verb and (q.numbered or self.is_object(q))
            and not last.numbered and last.noun == "c" and not last.counted
            and last.harms == harms and re.fullmatch("o{0,2}", between) is not None
        )  # fmt: skip
