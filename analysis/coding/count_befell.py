"""Whom a verb befell that has nobody behind it: the one told before it in its sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.coding.count_harms import HARMS, Harms
from analysis.coding.count_phrases import Quantity
from analysis.coding.count_told import SURNAMED
from analysis.coding.count_words import Counted

PERSON_WITHIN = 40
"""Within so many words before a verb of harm its subject stands: he may be described at length."""
NAME_WITHIN = 16
"""How many words and signs a name with an age may have between a verb of harm and "and his son"."""
_AGE = re.compile(r"\(o?n(?!o{2})o?\)")
_NAME_AND_KIN = re.compile(r"o{1,5}(?:\([no]{1,4}\)[o,]{0,2})?w")
_NO_SUBJECT = re.compile(r"[o,]?[abcnNG]")


class Befell(Harms):
    """Waits for the subject of "was hit", "was killed", "fell"; where none comes, it is who was told before.

    'A boy of eleven years from the village was hit': verbs that have no object have their subject behind them or, in a
    clause that begins with it, before them.
    """

    def forget_persons(self) -> None:
        """Begin a sentence."""
        self.person = self.waiting = self.thing = -100

    def note(self, q: Quantity) -> None:
        """Remember who, who speaks not counted, and what was told of last."""
        one = q.noun == "a" and (q.low, q.high) == (1, 1) and q.counted == "" and q.shape != "owned"
        speaks = any(getattr(v, "id", "") == "speech" for v in self.items.values[max(q.first - 2, 0) : q.first])
        if one and not speaks and q.what not in (*SURNAMED, "national", "other", "named"):
            self.person = q.last
        elif q.counted:
            self.thing = q.last

    def note_age(self, position: int) -> None:
        """A bracket with an age stands behind a name."""
        if self.items.signs[position - 1 : position] == "o" and _AGE.match(self.items.signs, position):
            self.person = position

    def wait(self, position: int) -> None:
        """Wait for the subject of a verb of harm."""
        value: Counted = self.items.values[position]
        signs = self.items.signs
        alone = value.value == "fell" and value.who == "" and value.counted in ("killed", "wounded")
        told = position - self.person <= PERSON_WITHIN and not self.part and self.told != (value.counted,)
        denied = "D" in signs[max(position - 2, 0) : position]
        its = position == self.thing  # "his house was hit"
        self.waiting = position if alone and told and not (denied or its or self._follows(position)) else -100

    def _follows(self, position: int) -> bool:
        """Whether a number or a person stands behind a verb: its subject."""
        match = _NO_SUBJECT.match(self.items.signs, position + 1)
        if match is None:
            return False
        return match[0][-1] in "nNG" or self.items.values[match.end() - 1].counted in ("", *HARMS)

    def settle(self) -> None:
        """Where a verb waited in vain, count the person told before it."""
        position, self.waiting = self.waiting, -100
        last = self.found[-1] if self.found else None
        if position < 0 or (last is not None and last.first > position):
            return
        value: Counted = self.items.values[position]
        if value.counted == "killed" and last and last.harms == ("wounded",) and (last.low, last.high) == (1, 1):
            self.found[-1] = replace(last, harms=("killed",))  # "was hit by a bullet, and died in hospital"
            return
        self.groups += 1
        self.found.append(
            Quantity(position, position + 1, 1, 1, numbered=True, harms=(value.counted,), group=self.groups)
        )
        self.told = (value.counted,)

    def named_before(self, q: Quantity) -> bool:
        """Whether a name stands between a word of harm and "and his son": 'the killing of Khalida and her son'."""
        from_cue = self.items.signs[self.cue + 1 : q.first] if 0 < q.first - self.cue <= NAME_WITHIN else ""
        kin = (
            q.noun == "a" and q.shape == "owned" and q.what in ("son", "driver", "companion", "child", "family_member")
        )
        return kin and len(self.harms) == 1 and _NAME_AND_KIN.fullmatch(from_cue) is not None
