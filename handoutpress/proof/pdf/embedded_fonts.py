"""Fonts as a PDF stores them: from character codes to glyph, text and width (ISO 32000-1, 9.6 to 9.10)."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from fontTools import agl
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont

_HEX = rb"<([0-9A-Fa-f\s]*)>"
_SUBSET = re.compile(r"^[A-Z]{6}\+")
"""The tag of a subset before its font's name (ISO 32000-1, 9.6.4)."""


@dataclass(frozen=True)
class EmbeddedFont:
    """One font of a PDF. ``widths`` are in thousandths of the size; ``embedded`` is None for a Type 3 font."""

    name: str
    two_bytes: bool
    unicode: dict[int, str]
    widths: dict[int, float]
    default_width: float
    glyphs: dict[int, int] | None
    embedded: bytes | None
    is_type3: bool = False

    @property
    def is_subset(self) -> bool:
        return bool(_SUBSET.match(self.name))

    @property
    def family(self) -> str:
        """The name without its subset tag."""
        return _SUBSET.sub("", self.name)

    def codes(self, string: bytes) -> Sequence[int]:
        return struct.unpack(f">{len(string) // 2}H", string[: len(string) // 2 * 2]) if self.two_bytes else string

    def glyph(self, code: int) -> int:
        """Return the glyph number of a code; for a simple font the code itself."""
        return code if self.glyphs is None else self.glyphs.get(code, 0)

    @property
    def embedded_is_readable(self) -> bool:
        """Whether the embedded program opens as a font. Type 1 and pure CFF programs are taken on trust."""
        if not self.embedded:
            return False
        if self.embedded[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
            return len(self.embedded) > 100
        try:
            with TTFont(io.BytesIO(self.embedded), lazy=True) as font:
                return bool(font["maxp"].numGlyphs)
        except Exception:  # fontTools raises anything on broken tables; all mean the same here
            return False


def read_font(font: pikepdf.Object) -> EmbeddedFont:
    """Read a font dictionary. Whatever is missing or broken is left out, never raised."""
    name = str(font.get("/BaseFont", "/unnamed"))[1:]
    subtype = font.get("/Subtype")
    if subtype == "/Type0":
        return _composite(name, font)
    unicode = _simple_unicode(font) | _to_unicode(font)
    first = int(font.get("/FirstChar", 0))
    widths = {first + index: float(width) for index, width in enumerate(_items(font.get("/Widths")))}
    if subtype == "/Type3":
        # Type 3 alone has widths in a glyph space of its own, not in thousandths (ISO 32000-1, 9.6.5).
        scale = 1000 * abs(float(_items(font.get("/FontMatrix"))[0])) if "/FontMatrix" in font else 1.0
        widths = {code: width * scale for code, width in widths.items()}
        return EmbeddedFont(
            name=name,
            two_bytes=False,
            unicode=unicode,
            widths=widths,
            default_width=0.0,
            glyphs=None,
            embedded=None,
            is_type3=True,
        )
    descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
    return EmbeddedFont(
        name=name,
        two_bytes=False,
        unicode=unicode,
        widths=widths,
        default_width=float(descriptor.get("/MissingWidth", 0)) if widths else 500.0,
        glyphs=None,
        embedded=_program(descriptor),
    )


def _composite(name: str, font: pikepdf.Object) -> EmbeddedFont:
    """Read a composite font, whose codes are read as two bytes, each the CID of a glyph (ISO 32000-1, 9.7)."""
    descendant = _items(font.get("/DescendantFonts"))[0]
    mapping = descendant.get("/CIDToGIDMap", pikepdf.Name.Identity)
    glyphs = None
    # Without a stream the map is Identity: a CID is the number of its glyph (ISO 32000-1, 9.7.4.2).
    if isinstance(mapping, pikepdf.Stream):
        data = mapping.read_bytes()
        glyphs = {i // 2: int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data) - 1, 2)}
    return EmbeddedFont(
        name=name,
        two_bytes=True,
        unicode=_to_unicode(font),
        widths=_cid_widths(_items(descendant.get("/W"))),
        default_width=float(descendant.get("/DW", 1000)),
        glyphs=glyphs,
        embedded=_program(descendant.get("/FontDescriptor", pikepdf.Dictionary())),
    )


def _items(array: object) -> list[pikepdf.Object]:
    return list(array) if isinstance(array, pikepdf.Array) else []


def _program(descriptor: pikepdf.Object) -> bytes | None:
    for key in ("/FontFile2", "/FontFile3", "/FontFile"):
        if isinstance(stream := descriptor.get(key), pikepdf.Stream):
            try:
                return stream.read_bytes()
            except pikepdf.PdfError:
                return b""
    return None


def _cid_widths(entries: list[pikepdf.Object]) -> dict[int, float]:
    """Read /W: ``c [w1 w2 …]`` and ``first last w`` (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(entries):
        first, second = int(entries[at]), entries[at + 1]
        if isinstance(second, pikepdf.Array):
            widths.update((first + i, float(width)) for i, width in enumerate(_items(second)))
            at += 2
        elif at + 2 < len(entries):
            last = min(int(second), 0xFFFF)
            widths.update(dict.fromkeys(range(first, last + 1), float(entries[at + 2])))
            at += 3
        else:
            break
    return widths


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    try:
        return _read_cmap(stream.read_bytes())
    except (pikepdf.PdfError, ValueError):
        return {}


def _read_cmap(cmap: bytes) -> dict[int, str]:
    """Read the bfchar and bfrange blocks of a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    texts_of: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(_HEX + rb"\s*" + _HEX, block):
            texts_of[int(code, 16)] = _utf16(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text, array in re.findall(
            _HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[(.*?)\])", block, re.DOTALL
        ):
            codes = range(int(first, 16), min(int(last, 16), 0xFFFF) + 1)
            texts = [_utf16(t) for t in re.findall(_HEX, array)] if array else _consecutive(_utf16(text), len(codes))
            texts_of.update(zip(codes, texts, strict=False))
    return texts_of


def _utf16(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be", "replace")


def _consecutive(first: str, count: int) -> list[str]:
    """Return the texts of a range, of which only the last letter counts up (ISO 32000-1, 9.10.3)."""
    return [first[:-1] + chr(ord(first[-1]) + step) for step in range(count)] if first else [""] * count


def _simple_unicode(font: pikepdf.Object) -> dict[int, str]:
    """Return what the codes of a simple font mean by its encoding and the differences to it (ISO 32000-1, 9.6.6)."""
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    if base in ("/WinAnsiEncoding", "/MacRomanEncoding"):
        codec = "cp1252" if base == "/WinAnsiEncoding" else "mac_roman"
        unicode = {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)}
    else:
        unicode = {code: agl.toUnicode(name) for code, name in enumerate(StandardEncoding) if name != ".notdef"}
    at = 0
    for entry in _items(encoding.get("/Differences")) if isinstance(encoding, pikepdf.Dictionary) else []:
        if isinstance(entry, pikepdf.Name):
            unicode[at] = agl.toUnicode(str(entry)[1:])
            at += 1
        else:
            at = int(entry)
    return unicode
