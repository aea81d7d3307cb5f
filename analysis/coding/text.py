"""A report's text folded for matching, with a way back to what was published.

Folding drops what carries no meaning for matching (vowel marks, tatweel, zero-width and bidi controls), unifies the
spellings of a letter, opens presentation forms, turns digits of every script into ASCII, rejoins words that were cut
apart to dodge filters, and makes one space of every run of soft separators (white space, quotes, underscores, the hash
of a hashtag). Hard punctuation stays, one character each; pictures and other signs become one object character.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from analysis.paths import data_path

AND, BY, FOR, THIS = "و", "ب", "ل", "ه"
"""Letters that are glued before a word: and, by, for, and "this" as it is spoken."""
MADDA = "آ"
ACCUSATIVE, FEMININE, FEMININE_JOINED, RELATION = "ا", "ة", "ت", "ي"
"""Endings of a noun: indefinite accusative, feminine, feminine before another ending, 'of Turkey'."""
DUALS, DUALS_JOINED = ("ان", "ين"), ("ا", "ي")
"""The dual, nominative and not, and the same before what it belongs to."""
POSSESSORS = ("ه", "ها", "هم", "هما")
"""Whose it is: his, her, their, of both."""
HARD = ".,;:!?()[]{}/\\-%\n…"
"""Punctuation that stays as it is."""
OBJECT = "\ufffc"
"""What stands for a picture, a bullet, any other sign."""


@dataclass(frozen=True, slots=True)
class Text:
    """A report's text, as published and folded."""

    raw: str
    folded: str
    """Folded for matching; hard punctuation kept, one space between words."""
    matching: str
    """As `folded`, all but letters and digits turned into spaces, one more space at either end: position i is
    folded[i - 1]."""
    origin: np.ndarray
    """int32, len(folded) + 1, never falling: where each folded character stands in `raw`; the last is len(raw)."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded[start:end] stands in `raw`, half-open."""
        first = int(self.origin[start])
        return first, max(int(self.origin[end]), int(self.origin[end - 1]) + 1) if end > start else first

    def position(self, raw_position: int) -> int:
        """The first folded position that stands at or after a raw position."""
        return int(np.searchsorted(self.origin, raw_position))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a heading."""

    start: int
    end: int
    """Half-open, characters of the text as published, without white space at the ends."""
    at: int
    to: int
    """The same in the folded text."""


def fold(raw: str) -> Text:
    """Fold a report's text.

    >>> fold("قصفٌ للتحالف «الدوليّ»").folded
    'قصف للتحالف الدولي '
    >>> fold("هـ ـجـ ـوم على قاعـ.ـدة").folded
    'هجوم علي قاعده'
    """
    folded = _table()[_codes(_rejoin(raw))]
    space = folded == 32
    keep = folded != 0
    keep[1:] &= ~(space[1:] & space[:-1])
    kept = keep.nonzero()[0]
    units = folded[kept]
    text = _decoded(units)
    if "  " in text:  # something was dropped between two spaces
        space = units == 32
        stay = np.flatnonzero(np.concatenate(([True], ~(space[1:] & space[:-1]))))
        kept, units = kept[stay], units[stay]
        text = _decoded(units)
    if LIGATURE in text:
        opened, places = _open_ligatures(raw)
        inner = fold(opened)
        return Text(raw, inner.folded, inner.matching, places[inner.origin])
    origin = np.empty(len(kept) + 1, dtype=np.int32)
    origin[:-1] = kept
    origin[-1] = len(raw)
    return _part_names(Text(raw, text, f" {_decoded(_spaced()[units])} ", origin))


def fold_word(form: str) -> str:
    """A word or phrase of a lexicon as the matcher sees it: folded, single spaces, none at the ends."""
    return " ".join(fold(form).folded.split())


def find_sentences(text: Text) -> list[Sentence]:
    """Cut a text into sentences, in reading order; together they hold every word of it.

    A line end cuts; so does a full stop, a question or an exclamation mark, and a bullet that comes again; not an
    ellipsis, a decimal point, a dot in a date, in an address or after an initial.

    >>> [s.end for s in find_sentences(fold("قُتل 3.5 بالمئة. وأصيب آخرون"))]
    [16, 28]
    """
    folded = text.folded
    cuts = [0]
    for match in _STOP.finditer(folded):
        mark = match[0][0]
        if mark == OBJECT:
            if _is_bullet(text, match.start()):
                cuts.append(match.start())
        elif mark == "\n" or _ends_sentence(folded, match.start(), match.end()):
            cuts.append(match.end())
    cuts.append(len(folded))
    found = []
    for at, to in itertools.pairwise(cuts):
        while at < to and folded[at] in _EDGES_BEFORE:
            at += 1
        while at < to and folded[to - 1] in _EDGES_AFTER:
            to -= 1
        if at < to:
            found.append(Sentence(*text.span(at, to), at, to))
    return found


_STOP = re.compile(rf"[.!?…]+[ )\]]*|\n+|{OBJECT}")
_EDGES_BEFORE = f" \n{OBJECT}-.!?"
_EDGES_AFTER = f" \n{OBJECT}"


def _is_bullet(text: Text, at: int) -> bool:
    """Whether a sign opens an item of a list: it stands before a word, and comes more than once."""
    sign = text.raw[int(text.origin[at])]
    return text.raw.count(sign) > 1 and text.folded[at + 1 : at + 3].strip()[:1].isalnum()


def _ends_sentence(folded: str, at: int, to: int) -> bool:
    mark = folded[at:to].rstrip(" )]")
    before, after = folded[at - 1 : at], folded[to : to + 1]
    if before.isdigit() and after.isalnum() and to == at + len(mark):
        return False
    if mark.strip("!?") == "":
        return True
    if (len(mark) > 1 and "!" not in mark and "?" not in mark) or mark == "…":
        return False
    if to == at + 1 and after.isalnum():
        following = _WORD.match(folded, to)
        if after.isdigit() or after.isascii() or (following and len(following[0]) < 3):
            return False
    word = _word_before(folded, at)
    if len(word) == 1 and word.isalpha():
        # an initial, unless it is the letter that marks a year
        return folded[: at - 1].rstrip(" ")[-1:].isdigit()
    return True


_WORD = re.compile(r"\w+")


def _word_before(folded: str, at: int) -> str:
    first = at
    while first > 0 and at - first < 3 and folded[first - 1].isalnum():
        first -= 1
    return folded[first:at]


def _decoded(units: np.ndarray) -> str:
    return units.tobytes().decode("utf-16-le", "surrogatepass")


def _codes(text: str) -> np.ndarray:
    """The code points of a text, uint16; those beyond the basic plane as the stand-in that `_beyond` gives them."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(text):
        return np.frombuffer(units, dtype=np.uint16)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    for place in np.flatnonzero(codes > 0xFFFF):
        codes[place] = _beyond(int(codes[place]))
    return codes.astype(np.uint16)


def _beyond(code: int) -> int:
    """A plain letter or digit for a mathematical or otherwise dressed one, nothing for a tag, else an object."""
    character = chr(code)
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 1 and plain != character and plain.isalnum() and ord(plain) < 0x10000:
        return ord(plain)
    category = unicodedata.category(character)
    if category == "Nd":
        return 48 + unicodedata.digit(character)
    return 0x200B if category in ("Mn", "Me", "Cf") else ord(OBJECT)


@cache
def _table() -> np.ndarray:
    """Folded code for each code point of the basic plane, uint16; 0 drops it."""
    table = np.zeros(0x10000, dtype=np.uint16)
    for code in range(0x10000):
        table[code] = _folded(chr(code))
    for target, sources in _UNIFY.items():
        for source in sources:
            table[ord(source)] = ord(target)
    table[ord(TATWEEL)] = 0
    for hard in HARD:
        table[ord(hard)] = ord(hard)
    for code in range(0xFB50, 0xFEFD):
        if _LIGATURES.match(chr(code)) and unicodedata.normalize("NFKC", chr(code)) != chr(code):
            table[code] = ord(LIGATURE)
    for code in range(0xFE70, 0xFEFD):  # presentation forms of single letters
        plain = unicodedata.normalize("NFKC", chr(code)).strip()
        if len(plain) == 1:
            table[code] = table[ord(plain)]
    for code in range(0xFB50, 0xFBFF):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = table[ord(plain)]
    return table


def _folded(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if category in ("Zs", "Zl", "Zp"):
        return 32
    if category == "Nd":
        return 48 + unicodedata.digit(character)
    if category[0] in "LN" or character.isascii():
        wide = unicodedata.normalize("NFKC", character) if "\uff00" <= character <= "\uffef" else character
        return ord(wide) if len(wide) == 1 else ord(character)
    return ord(OBJECT)


@cache
def _spaced() -> np.ndarray:
    """Folded code -> itself for letters and digits, else a space."""
    return np.array([code if chr(code).isalnum() else 32 for code in range(0x10000)], dtype=np.uint16)


TATWEEL = "ـ"
_UNIFY = {
    "ا": "أإآٱٲٳ",
    "ي": "ىئیېےۍ",
    "و": "ؤۆۇۈۋ",
    "ه": "ةہەۀۃھۂ",
    "ك": "کگڪ",
    "ب": "پ",
    "ج": "چ",
    "ف": "ڤڥ",
    "ز": "ژ",
    " ": "\t\r\x0b\x0c\"'`“”„‟‘’‚‛‹›«»*_#|~^\u2033\u2032\u02dd´",
    ",": "،٬",
    ";": "؛",
    "?": "؟",
    "%": "٪",
    "-": "‐‑‒–—―−",
    ".": "٫۔",
}


LIGATURE = "\ue000"
"""What a ligature folds to until it is opened."""
_LIGATURES = re.compile("[\ufbdd\ufbea-\ufbfb\ufc00-\ufdfc\ufef5-\ufefc]")


def _open_ligatures(raw: str) -> tuple[str, np.ndarray]:
    """The text with its ligatures as their letters, and for each character (and the end) its place in `raw`."""
    counts = np.ones(len(raw) + 1, dtype=np.int64)
    parts: list[str] = []
    done = 0
    for ligature in _LIGATURES.finditer(raw):
        letters = unicodedata.normalize("NFKC", ligature[0])
        counts[ligature.start()] = len(letters)
        parts += (raw[done : ligature.start()], letters)
        done = ligature.end()
    places = np.repeat(np.arange(len(raw) + 1, dtype=np.int32), counts)
    return "".join([*parts, raw[done:]]), places


_ARABIC = "\u0621-\u063a\u0641-\u0652\u0670-\u06d3"
_JOINT = r"(?:ـ+[ .*_~·|/+-]{1,3}ـ*|[.*_~·|/+-]{1,3}ـ*| ـ+|[0-9]{1,2}|@)"
_CHUNK = re.compile(rf"[{_ARABIC}]+(?:{_JOINT}[{_ARABIC}]+){{1,12}}")
_SPELT = re.compile(rf"(?<![{_ARABIC}])[{_ARABIC}](?: [{_ARABIC}]){{2,9}}(?![{_ARABIC}])")
_JOINTS = re.compile(_JOINT)
_STRONG = re.compile(r"ـ+[ .*_~·|/+-]{1,3}ـ+|ـ+[.*_~·|/+-]{1,3}|[.*_~·|/+-]{1,3}ـ+")
_LOOKS_LIKE = {"1": "ا", "0": "ه", "2": "ا", "3": "ع", "5": "خ", "7": "ح", "9": "ص", "@": "ا"}
_GLUED = frozenset("و ف ب ك ل ال وال بال لل كال فال ول وب ولل ه".split())
DROPPED = "\u200b"


def _rejoin(text: str) -> str:
    """The text with what cuts a word apart turned into characters that folding drops; as long as before.

    A joint with a tatweel on it is one wherever it stands; any other only where it makes a known word whole
    (`lexicon/dodged.tsv`): a hyphen, dots or a digit in a word are common for other reasons.
    """
    parts: list[str] = []
    done = seen = 0
    for at in _marks(text):
        if at < seen:
            continue
        chunk = _CHUNK.match(text, _chunk_start(text, at, done))
        if chunk and chunk.end() > at:
            seen = chunk.end()
            whole = _whole(chunk[0])
            if whole != chunk[0]:
                parts += (text[done : chunk.start()], whole)
                done = seen
    joined = "".join([*parts, text[done:]]) if parts else text
    return _SPELT.sub(_spelt, joined) if _SPELT_HINT.search(joined) else joined


def _marks(text: str) -> list[int]:
    """Where a sign or a digit stands inside a word, or a tatweel beside a gap."""
    found = [at for at in map(_start, _SIGN.finditer(text)) if at and text[at - 1] in _LETTERS]
    if TATWEEL in text:
        gaps = (at for at in map(_start, _GAP.finditer(text)) if at)
        found += [at for at in gaps if text[at - 1] in _LETTERS or text[at - 2 : at - 1] in _LETTERS]
        found.sort()
    return found


_start = re.Match.start
_SIGN = re.compile(rf"[.*_~·|/+@0-9-](?=[{_ARABIC}ـ.*_~·|/+@0-9-])")
_GAP = re.compile(rf"ـ(?:(?=[ .*_~·|/+-])|(?<= ـ)(?=[{_ARABIC}]))")
_SPELT_HINT = re.compile(rf" [{_ARABIC}] [{_ARABIC}](?: |$)")
LONGEST_CHUNK = 60


_LETTERS = frozenset(map(chr, [*range(0x621, 0x63B), *range(0x641, 0x653), *range(0x670, 0x6D4)]))


def _chunk_start(text: str, at: int, least: int) -> int:
    """Where the letters and joints before a place begin."""
    least = max(least, at - LONGEST_CHUNK)
    while at > least and (text[at - 1] in _LETTERS or text[at - 1] in _SEPARATORS):
        at -= 1
    while at < len(text) and text[at] not in _LETTERS:
        at += 1
    return at


_SEPARATORS = frozenset(".*_~·|/+@-ـ")


@lru_cache(maxsize=1 << 14)
def _whole(chunk: str) -> str:
    """A chunk of letters and joints with the joints dropped that are none of its own."""
    pieces = _JOINTS.split(chunk)
    if not _DIGIT.search(chunk):
        if is_dodged("".join(pieces)):
            return _JOINTS.sub(lambda joint: DROPPED * len(joint[0]), chunk)
    else:
        digits = _JOINTS.sub(lambda joint: _as_letters(joint[0]), chunk)
        if is_dodged(digits.replace(DROPPED, "")):
            return digits
    if len(pieces) == 2 and pieces[0].translate(_NO_MARKS) in _GLUED:
        return chunk
    return _STRONG.sub(lambda joint: DROPPED * len(joint[0]), chunk)


_DIGIT = re.compile("[0-9@]")
_NO_MARKS = dict.fromkeys([*range(0x64B, 0x653), 0x670])


def _as_letters(joint: str) -> str:
    if joint[0].isdigit() or joint == "@":
        return "".join(_LOOKS_LIKE.get(sign, sign) for sign in joint)
    return DROPPED * len(joint)


def _spelt(match: re.Match[str]) -> str:
    letters = match[0].replace(" ", "")
    return match[0].replace(" ", DROPPED) if is_dodged(letters) else match[0]


@lru_cache(maxsize=1 << 14)
def is_dodged(word: str) -> bool:
    """Whether a word, without what is glued to it, is one that writers cut apart to dodge filters."""
    known = _dodged()
    plain = _plain(word)
    for length in range(min(5, len(plain) - 2)):
        if length and plain[:length] not in _GLUED:
            continue
        rest = plain[length:]
        if rest in known or any(rest.endswith(end) and rest[: -len(end)] in known for end in _ENDS):
            return True
    return False


def _plain(word: str) -> str:
    """The folded letters of a word."""
    return "".join(chr(code) for code in _table()[_codes(word)] if code)


_ENDS = ("ه", "ها", "هم", "ا", "ي", "يه", "ين", "ون", "ان", "ات", "وا", "ت", "يين")


@cache
def _dodged() -> frozenset[str]:
    rows = data_path("lexicon", "dodged.tsv").read_text(encoding="utf-8").splitlines()[1:]
    words = [row.split("\t")[1] for row in rows if row and not row.startswith("#")]
    return frozenset(_plain(word) for word in words)


@cache
def _written_as_one() -> tuple[tuple[str, int], ...]:
    """Folded names as one word, each with the place of the space it lacks."""
    rows = data_path("lexicon", "joined.tsv").read_text(encoding="utf-8").splitlines()[1:]
    pairs = [row.split("\t")[1].split() for row in rows if row and not row.startswith("#")]
    return tuple((_plain(first) + _plain(last), len(_plain(first))) for first, last in pairs)


def _part_names(text: Text) -> Text:
    """The text with a space in names that are written as one word, 'ديرالزور'."""
    places = []
    for name, length in _written_as_one():
        at = text.folded.find(name)
        while at >= 0:
            glued = text.folded[at - 1 : at] not in ("", " ") and _WORD_BEFORE.search(text.folded, max(at - 4, 0), at)
            if not glued or glued[0] in _GLUED:
                places.append(at + length)
            at = text.folded.find(name, at + 1)
    if not places:
        return text
    places.sort()
    cuts = [0, *places, len(text.folded)]
    folded = " ".join(text.folded[a:b] for a, b in itertools.pairwise(cuts))
    inner = text.matching[1:-1]
    matching = " ".join(inner[a:b] for a, b in itertools.pairwise(cuts))
    origin = np.insert(text.origin, places, text.origin[places])
    return Text(text.raw, folded, f" {matching} ", origin)


_WORD_BEFORE = re.compile(r"\w+\Z")
