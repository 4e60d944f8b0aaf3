"""The bytes of somebody else's text file as text: UTF-8, UTF-16, what the file declares, or what a person says.

Nothing is guessed: a guess turns Олена into Îëåíà, and no one sees it before the patient.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from handoutpress.yamlfile.encodings import readings
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem

_AS_BROWSERS_READ = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "iso8859-1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
}
"""Names that mean more than they say (WHATWG, Encoding, 4.2)."""


def decode_foreign(raw: bytes, path: Path, *, encoding: str = "", declared: str = "") -> str:
    """Return ``raw`` as text: by the ``encoding`` that a person named, else UTF-8 or marked UTF-16, else ``declared``.

    Raises ``ContentError`` at the first byte that is none of these, ``HandoutError`` for an unknown ``encoding``.
    """
    if encoding:
        return _decoded(raw, path, _python_name(encoding), encoding)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(raw, path, "utf-16", "UTF-16").removeprefix("\ufeff")
    try:
        return _without_nulls(raw.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        if declared and _is_known(declared):
            return _decoded(raw, path, _python_name(declared), declared)
        raise ContentError([_unknown(raw, error.start, path)]) from None


def _decoded(raw: bytes, path: Path, codec: str, name: str) -> str:
    try:
        return _without_nulls(raw.decode(codec), path)
    except UnicodeDecodeError as error:
        sentence = f"The byte 0x{raw[error.start]:02X} is not {name}."
        raise ContentError([Problem(path, *_place(raw, error.start), sentence, _hint(raw))]) from None


def _hint(raw: bytes) -> str:
    """Return what to do, with the encodings that make words of ``raw`` and the letters that each reads."""
    save = 'save it as UTF-8 ("CSV UTF-8" in a spreadsheet), or name its encoding'
    if read := [f"{name} reads “{letters}”" for name, letters in readings(raw)]:
        return f"{save}, as in --encoding {read[0].partition(' ')[0]}: here {', '.join(read)}."
    return f"{save}, such as --encoding windows-1252 (Western Europe), windows-1251 (Cyrillic) or gb18030 (Chinese)."


def _unknown(raw: bytes, offset: int, path: Path) -> Problem:
    sentence = f"The byte 0x{raw[offset]:02X} is not UTF-8, and the file does not say what it is."
    return Problem(path, *_place(raw, offset), sentence, _hint(raw))


def _place(raw: bytes, offset: int) -> tuple[int, int]:
    """Return the line and the byte in it, from 1."""
    return raw.count(b"\n", 0, offset) + 1, offset - raw.rfind(b"\n", 0, offset)


def _without_nulls(text: str, path: Path) -> str:
    if "\x00" in text:
        hint = 'save it as UTF-8 ("CSV UTF-8" in a spreadsheet).'
        raise ContentError([Problem(path, 0, 0, "This is not text, or text in another encoding than UTF-8.", hint)])
    return text


def _is_known(name: str) -> bool:
    try:
        return bool(codecs.lookup(_AS_BROWSERS_READ.get(name.strip().lower(), name.strip()))._is_text_encoding)
    except (LookupError, ValueError):
        return False


def _python_name(name: str) -> str:
    if not _is_known(name):
        raise HandoutError(
            f'There is no encoding "{name}". Hint: name one such as utf-8, windows-1252 or windows-1251.'
        )
    return _AS_BROWSERS_READ.get(name.strip().lower(), name.strip())
