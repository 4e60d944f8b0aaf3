"""What is copied or read aloud of a page: its letters, not the shapes that stand for them.

The engine notes for each glyph the text of the first cluster that showed it. Three things go wrong with that in
Arabic: a letter that is first met under a vowel sign gets no text at all, the sign gets the text of both, and a
bracket that was mirrored gives its text to every bracket of the page. So on the plate the table of each font is
written anew from the font itself (ISO 32000-1, 9.10.3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Name

SILENT = "\u200c"
"""For a glyph that is part of its neighbour's letter: a character that is neither seen nor heard."""
_ENTRY = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]*)>")
_SINGLE, _MULTIPLE, _LIGATURE, _EXTENSION = 1, 2, 4, 7
"""Kinds of substitution (OpenType, GSUB)."""
ROUNDS = 4
"""A form of a form of a form: no shipped font goes deeper."""


@lru_cache(maxsize=32)
def letters(path: Path) -> Mapping[int, str]:
    """The text of each glyph of the font at ``path``: from its character map, then through its substitutions."""
    with TTFont(path, lazy=True) as font:
        texts: dict[str, str] = {}
        for code, glyph in sorted(font.getBestCmap().items()):
            texts.setdefault(glyph, unicodedata.normalize("NFKC", chr(code)) if code >= 0xFB50 else chr(code))
        tables = list(_tables(font))
        for _ in range(ROUNDS):
            for kind, table in tables:
                _spread(kind, table, texts)
        for kind, table in tables:
            if kind == _MULTIPLE:  # a letter that is drawn in several strokes is told by the first
                for strokes in table.mapping.values():
                    texts.update({stroke: SILENT for stroke in strokes[1:] if stroke not in texts})
        return {font.getGlyphID(glyph): text for glyph, text in texts.items()}


def _tables(font: TTFont) -> Iterable[tuple[int, Any]]:
    for lookup in font["GSUB"].table.LookupList.Lookup if "GSUB" in font else ():
        for table in lookup.SubTable:
            inner = table.ExtSubTable if lookup.LookupType == _EXTENSION else table
            if inner.LookupType in (_SINGLE, _MULTIPLE, _LIGATURE):
                yield inner.LookupType, inner


def _spread(kind: int, table: Any, texts: dict[str, str]) -> None:
    """Give each glyph that is put in place of others their text, unless it has one."""
    if kind == _SINGLE:
        for glyph, form in table.mapping.items():
            if glyph in texts:
                texts.setdefault(form, texts[glyph])
        return
    for first, ligatures in table.ligatures.items() if kind == _LIGATURE else ():
        for ligature in ligatures:
            parts = [first, *ligature.Component]
            if all(part in texts for part in parts):
                texts.setdefault(ligature.LigGlyph, "".join(texts[part] for part in parts))


def mend_letters(pdf: pikepdf.Pdf, files: Sequence[Path], *, right_to_left: bool) -> None:
    """Mend the text of each glyph in the fonts of ``pdf`` that come from ``files``.

    From left to right only those are mended that have none, which ISO 14289-1, 7.21.7, does not allow.
    """
    by_name = {_file_name(path): path for path in files}
    for font in _fonts(pdf):
        name = _plain(str(font.BaseFont).partition("+")[2])
        if path := by_name.get(name):
            font.ToUnicode.write(_mended(font.ToUnicode.read_bytes(), letters(path), right_to_left))


def _better(noted: str, text: str) -> str:
    """The engine's text of a glyph or the font's: the shorter, since either may hold a neighbour's letter.

    A space may be one that does not break, which only the engine knows.
    """
    if noted and (not text or text.isspace() or len(noted) < len(text)):
        return noted
    return text or SILENT


def _fonts(pdf: pikepdf.Pdf) -> Iterable[Any]:
    found = {}
    for page in pdf.pages:
        for font in page.obj.Resources.get(Name.Font, pikepdf.Dictionary()).values():
            found[font.objgen] = font
    return [font for font in found.values() if Name.ToUnicode in font and Name.BaseFont in font]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower()).removesuffix("regular")


@lru_cache(maxsize=64)
def _file_name(path: Path) -> str:
    with TTFont(path, lazy=True) as font:
        names = font["name"]
        family = names.getDebugName(16) or names.getDebugName(1) or ""
        return _plain(family + (names.getDebugName(17) or names.getDebugName(2) or ""))


def _mended(table: bytes, texts: Mapping[int, str], right_to_left: bool) -> bytes:
    def entry(match: re.Match[bytes]) -> bytes:
        noted = bytes.fromhex(match[2].decode()).decode("utf-16-be")
        text = _better(noted, texts.get(int(match[1], 16), "")) if right_to_left or not noted else noted
        return b"<%b> <%b>" % (match[1], text.encode("utf-16-be").hex().encode())

    return _ENTRY.sub(entry, table)
