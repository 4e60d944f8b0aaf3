"""Which encodings of one byte a letter make words of bytes, so that a person can choose: nothing is guessed here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CODECS = {
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1256": "cp1256",
    "macintosh": "mac_roman",
}
"""What spreadsheets of Western and Central Europe, Cyrillic, Greek, Turkish and Arabic, and old Macs save."""
_RAW_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_WORD = re.compile(r"[^\W\d_]+")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW")
_MEASURES = re.compile("[A-Za-z]{0,3}[µμΩ][A-Za-z]{0,3}|[αβγδ][A-Za-z]")
"""Units and such, which mix alphabets by nature: μg, kΩ."""
_SIGNS = "’‘“”„‚«»–—…·°§©®™€£\xa0"
MOST_WORDS = 2_000
MOST_LETTERS = 4


def readings(raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield each encoding that makes words of ``raw``, and a few of the letters that it reads, in alphabetical order.

    Of those that read the same, only the first. The letters are no word, for that may be a patient's name.
    """
    words = list(dict.fromkeys(match.group() for match in _RAW_WORD.finditer(raw)))[:MOST_WORDS]
    known: set[tuple[str, ...]] = set()
    for name, codec in _CODECS.items():
        try:
            read = tuple(word.decode(codec) for word in words)
        except UnicodeDecodeError:
            continue
        letters = sorted({letter for word in read for letter in word if not letter.isascii() and letter.isalpha()})
        if letters and read not in known and all(map(_is_word, read)):
            known.add(read)
            yield name, "".join(letters[:MOST_LETTERS])


def mixed_word(text: str) -> str:
    """Return the first word of ``text`` with letters of two alphabets, such as Latin and Cyrillic; else nothing."""
    if text.isascii():
        return ""
    words = (match.group() for match in _WORD.finditer(text))
    return next((word for word in words if len(_alphabets(word)) > 1 and not _MEASURES.fullmatch(word)), "")


def _is_word(text: str) -> bool:
    bare = text.strip(_SIGNS)
    if not all(letter.isalpha() or letter in "’‘–—…·" for letter in bare) or mixed_word(bare):
        return False
    # No language of Latin letters has words of accented ones alone: this is another alphabet, read wrongly.
    if len(bare) > 2 and not re.search("[A-Za-z]", bare) and _alphabets(bare) == {"LATIN"}:
        return False
    return bare.isupper() or not any(letter.isupper() and not letter.isascii() for letter in bare[1:])


def _alphabets(word: str) -> set[str]:
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return names.intersection(_ALPHABETS)
