"""What befell those counted: the word of harm that a quantity is tied to."""

from __future__ import annotations

import re

from analysis.coding.count_phrases import Quantity
from analysis.coding.count_told import KIN, SURNAMED, Told
from analysis.coding.text import FOR

HARMS = frozenset({"killed", "wounded", "detained", "missing", "displaced"})
REACH = 9
"""How many words after a word of harm its numbered count may begin."""
REACH_OF_OBJECT = 12
"""The same for a noun in the accusative, which a verb may leave far behind."""
REACH_OF_BOUND = 16
"""The same for "at least ten people", which nothing but that verb can want."""
_OF_TOLL = re.compile(r"(?P<filler>[om]{0,4})(?:e[nab]|tG?n|ntn)|[tG:]")
"""What follows the dead or wounded of a toll: how many they are."""
_TOLL_AFTER = re.compile(r"(?P<filler>[omaci,]{1,20}?t)G?n")
"""The same where the act that killed them is told between."""


class Harms(Told):
    """Ties a quantity to its harm."""

    def harms_of(self, q: Quantity) -> tuple[str, ...]:
        """What befell those counted, or what is counted; () where it is no count."""
        if q.harms:
            return q.harms
        signs, before = self.items.signs, self.items.signs[max(q.first - 3, 0) : q.first]
        if (q.what == "family" and before.endswith("m")) or (
            q.what == "national" and q.shape == "accusative" and not q.numbered
        ):
            return ()  # "six people of one family"; "Syria" is no Syrian
        if q.counted:
            return self._harms_of_harmed(q)
        if self._beside_another(q):
            return self.told
        if q.glued[:1] and not q.numbered:
            return ()
        if q.numbered and not q.noun and self.told and re.search("u[to]?$", signs[max(q.first - 2, 0) : q.first]):
            return self.told  # "thirteen at first, then sixteen"
        if self.parallel(q) or (
            q.numbered and not q.noun and self.part and self.told and signs[q.first - 1 : q.first] == "p"
        ):
            return self.told
        if self.corpses_of(q):
            return ("killed",)
        if self.another_person(q) or self.others_beside(q):
            return self.told
        gap = q.first - self.cue - 1
        if not self.harms or not gap >= 0 or (q.shape == "joined" and gap > 0):
            return ()
        if self._cue_id() == "kills" and q.noun == "c" and q.article and not q.numbered:
            return ()  # "they kill the villagers"
        if self._cue_id() == "lost_men" and not (q.numbered and q.noun):
            return ()  # "they lost the village"
        if self._object_of_hit() and (gap > 2 or q.article or (gap > 0 and q.what == "civilian" and not q.numbered)):
            return ()
        if q.noun == "o" or (q.what in SURNAMED and q.noun == "a" and q.shape == ""):
            return self.harms if gap == 0 and not q.glued else ()
        if q.numbered and not q.noun:
            if self._object_of_hit() and gap == 0 and signs[q.last : q.last + 1] == "p":
                return ()  # "three of them hit a house"
            told = gap == 0 or signs[q.first - 1] in "tP"
            return self.harms if told and gap <= REACH else ()
        if q.what == "national" and q.noun == "a":
            return self.harms if gap == 0 and not q.article else ()
        if q.shape == "accusative" and self.verb:
            return self.harms if gap <= max(self._reach_of_object(), REACH if q.numbered else 0) else ()
        if q.numbered:
            return self.harms if gap <= (REACH_OF_BOUND if signs[q.first] == "G" and self.verb else REACH) else ()
        if signs[q.first - 1] == "m":
            return ()  # "a woman of the people of the village"
        if signs[q.first - 1] in "abc" and not self.is_object(q):
            return ()  # an adjective of the noun before it
        between = signs[self.found[-1].last : q.first] if self.found else ""
        joined = between == "w" or (q.what in ("named", "son") and re.fullmatch("[oa]{0,2}w", between) is not None)
        near = self.verb and gap <= 3 and (q.what not in ("named", "son") or q.shape != "")
        return self.harms if gap == 0 or near or joined else ()

    def _harms_of_harmed(self, q: Quantity) -> tuple[str, ...]:
        """The same for a noun that tells itself what befell: dead, wounded, a strike."""
        if q.counted not in HARMS:
            return (q.counted,) if q.numbered or self.one_more(q) else ()
        told = 0 <= q.first - self.cue - 1 <= REACH and self.harms[:1] in (("killed",), ("wounded",))
        if q.counted == "wounded" and self.harms == ("killed",) and q.first - self.cue == 1:
            return self.harms  # "the death of two wounded"
        if q.counted == "wounded" and self.harms == ("detained",) and q.first - self.cue <= (3 if q.shape else 1):
            return self.harms  # "they arrested a wounded man"
        if q.what == "injury" and q.glued and not q.numbered and self.told == ("wounded",):
            return ()  # "three were wounded, with light injuries"
        if told and q.counted not in ("killed", "wounded") and (q.numbered or q.first - self.cue == 1):
            return self.harms  # "the death of three detainees"
        if q.numbered:
            return (q.counted,)
        if q.what == "martyr" and q.glued == FOR:
            return ()  # "in honour of the martyrs"
        if self._toll_comes(q):
            return ()
        if q.article or q.counted in ("detained", "displaced", "missing"):
            if self.is_rescued(q):
                return (q.counted,)
            self.open_toll(q)
            return ()
        return () if self._unknown_before(q.first) else (q.counted,)

    def _toll_comes(self, q: Quantity) -> bool:
        """'The toll of the victims of the shelling rose to nine': how many they are is said behind what killed them."""
        signs = self.items.signs
        said = q.noun == "c" and re.search("T[oc]{0,2}$", signs[max(q.first - 3, 0) : q.first])
        number = _TOLL_AFTER.match(signs, q.last) if said else None
        if number is None:
            return False
        self.harms, self.cue, self.part, self.verb = (q.counted,), number.end("filler") - 1, False, False
        return True

    def is_rescued(self, q: Quantity) -> bool:
        """'They took the wounded to hospital': of whom nobody says how many, there were some."""
        saved = q.counted in ("killed", "wounded") and q.noun == "c" and q.article and not q.glued
        before = self.items.signs[max(q.first - 4, 0) : q.first]
        if saved and before.endswith("cw") and self.found and self.found[-1].rescued:
            return self.found[-1].last == q.first - 1  # "the wounded and the dead"
        return saved and re.search("r[oc]{0,3}$", before) is not None

    def _unknown_before(self, position: int) -> bool:
        """Whether the words before a position say that it is not known; news of dead that came is told."""
        if self.items.signs[self.unknown_to : position] == "w":
            self.unknown_to = position + 1
            return True  # "unconfirmed news of dead and wounded"
        for at in range(max(position - 3, 0), position):
            if self.items.signs[at] == "?":
                came = self.items.values[at].value == "news" and "D" not in self.items.signs[max(at - 3, 0) : at]
                self.unknown_to = -1 if came else position + 1
                return not came
        return False

    def _cue_id(self) -> str:
        """The id of the word of harm."""
        return getattr(self.items.values[self.cue], "id", "") if self.cue >= 0 else ""

    def _object_of_hit(self) -> bool:
        """Whether the word of harm is the active "hit", which things suffer too."""
        return self.verb and self.cue >= 0 and getattr(self.items.values[self.cue], "who", "") == "hit"

    def _reach_of_object(self) -> int:
        """A verb that takes an object may leave it far behind; one that has none reaches as far as any."""
        fell = self.cue >= 0 and getattr(self.items.values[self.cue], "value", "") == "fell"
        return 3 if fell else REACH_OF_OBJECT

    def _beside_another(self, q: Quantity) -> bool:
        """'With his child', 'and his brother': one more of whom the same befell."""
        last = self.found[-1] if self.found else None
        if last is None or len(self.told) != 1 or last.low == 0 or q.article or q.what not in KIN or q.shape != "owned":
            return False
        between = self.items.signs[last.last : q.first]
        return re.fullmatch(r"[oa(),/-]{0,8}(?:w|(?:w[oa]{1,2})?&)", between) is not None

    def open_toll(self, q: Quantity) -> None:
        """'The toll of the dead rose to', 'and the wounded to': the harm of the number that follows."""
        signs = self.items.signs
        number = _OF_TOLL.match(signs, q.last)
        if number or re.search("T[oc]{0,2}$", signs[max(q.first - 3, 0) : q.first]):
            at = number.end("filler") if number and number["filler"] else q.last
            self.harms, self.cue, self.part, self.verb = (q.counted,), at - 1, False, False
