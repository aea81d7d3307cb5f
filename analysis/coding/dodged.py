"""Words cut apart to dodge filters, made whole again: dots, hyphens, digits and gaps inside a word."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from analysis.coding.letters import TATWEEL, fold_letters
from analysis.paths import data_path

_ARABIC = "\u0621-\u063a\u0641-\u0652\u0670-\u06d3"
_JOINT = r"(?:ـ+[ .*_~·|/+-]{1,3}ـ*|[.*_~·|/+-]{1,3}ـ*| ـ+|[0-9]{1,2}|@)"
_CHUNK = re.compile(rf"[{_ARABIC}]+(?:{_JOINT}[{_ARABIC}]+){{1,12}}")
_SPELT = re.compile(rf"(?<![{_ARABIC}])[{_ARABIC}](?: [{_ARABIC}]){{2,9}}(?![{_ARABIC}])")
_JOINTS = re.compile(_JOINT)
_STRONG = re.compile(r"ـ+[ .*_~·|/+-]{1,3}ـ+|ـ+[.*_~·|/+-]{1,3}|[.*_~·|/+-]{1,3}ـ+")
_LOOKS_LIKE = {"1": "ا", "0": "ه", "2": "ا", "3": "ع", "5": "خ", "7": "ح", "9": "ص", "@": "ا"}
GLUED = frozenset("و ف ب ك ل ال وال بال لل كال فال ول وب ولل ه".split())
DROPPED = "\u200b"
_SIGN = re.compile(rf"[.*_~·|/+@0-9-](?=[{_ARABIC}ـ.*_~·|/+@0-9-])")
_GAP = re.compile(rf"ـ(?:(?=[ .*_~·|/+-])|(?<= ـ)(?=[{_ARABIC}]))")
_SPELT_HINT = re.compile(rf" [{_ARABIC}] [{_ARABIC}](?: |$)")
LONGEST_CHUNK = 60
_LETTERS = frozenset(map(chr, [*range(0x621, 0x63B), *range(0x641, 0x653), *range(0x670, 0x6D4)]))
_SEPARATORS = frozenset(".*_~·|/+@-ـ")
_DIGIT = re.compile("[0-9@]")
_NO_MARKS = dict.fromkeys([*range(0x64B, 0x653), 0x670])
_ENDS = ("ه", "ها", "هم", "ا", "ي", "يه", "ين", "ون", "ان", "ات", "وا", "ت", "يين")


def rejoin(text: str) -> str:
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


@lru_cache(maxsize=1 << 14)
def is_dodged(word: str) -> bool:
    """Whether a word, without what is glued to it, is one that writers cut apart to dodge filters."""
    known = _dodged()
    plain = fold_letters(word)
    for length in range(min(5, len(plain) - 2)):
        if length and plain[:length] not in GLUED:
            continue
        rest = plain[length:]
        if rest in known or any(rest.endswith(end) and rest[: -len(end)] in known for end in _ENDS):
            return True
    return False


def _marks(text: str) -> list[int]:
    """Where a sign or a digit stands inside a word, or a tatweel beside a gap."""
    found = [at for at in map(_start, _SIGN.finditer(text)) if at and text[at - 1] in _LETTERS]
    if TATWEEL in text:
        gaps = (at for at in map(_start, _GAP.finditer(text)) if at)
        found += [at for at in gaps if text[at - 1] in _LETTERS or text[at - 2 : at - 1] in _LETTERS]
        found.sort()
    return found


_start = re.Match.start


def _chunk_start(text: str, at: int, least: int) -> int:
    """Where the letters and joints before a place begin."""
    least = max(least, at - LONGEST_CHUNK)
    while at > least and (text[at - 1] in _LETTERS or text[at - 1] in _SEPARATORS):
        at -= 1
    while at < len(text) and text[at] not in _LETTERS:
        at += 1
    return at


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
    if len(pieces) == 2 and pieces[0].translate(_NO_MARKS) in GLUED:
        return chunk
    return _STRONG.sub(lambda joint: DROPPED * len(joint[0]), chunk)


def _as_letters(joint: str) -> str:
    if joint[0].isdigit() or joint == "@":
        return "".join(_LOOKS_LIKE.get(sign, sign) for sign in joint)
    return DROPPED * len(joint)


def _spelt(match: re.Match[str]) -> str:
    letters = match[0].replace(" ", "")
    return match[0].replace(" ", DROPPED) if is_dodged(letters) else match[0]


@cache
def _dodged() -> frozenset[str]:
    rows = data_path("lexicon", "dodged.tsv").read_text(encoding="utf-8").splitlines()[1:]
    words = [row.split("\t")[1] for row in rows if row and not row.startswith("#")]
    return frozenset(fold_letters(word) for word in words)
