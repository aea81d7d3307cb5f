"""Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1256, and which of them it was."""

from __future__ import annotations

import codecs

ARABIC = range(0x0600, 0x0700)


def decode(content: bytes) -> tuple[str, str]:
    """Decode a report's bytes; return the text with `\\n` line ends, and the encoding found.

    Raises ValueError where the bytes are neither Unicode nor Arabic in Windows-1256.

    >>> decode("قصف".encode("cp1256"))
    ('قصف', 'windows-1256')
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lines(content.decode("utf-16")), "utf-16"
    try:
        return _lines(content.decode("utf-8-sig")), "utf-8"
    except UnicodeDecodeError as error:
        text = content.decode("cp1256", errors="replace")
        letters = [character for character in text if character.isalpha()]
        arabic = sum(ord(character) in ARABIC for character in letters)
        if not letters or arabic * 2 < len(letters) or "\x00" in text:
            raise ValueError(f"neither UTF-8 (byte {error.start}) nor Arabic in Windows-1256") from error
        return _lines(text), "windows-1256"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
