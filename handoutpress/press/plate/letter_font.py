"""The font of addresses with letters beyond ASCII: a small one that a brand brings into its own file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handoutpress.press.plate.pdf_objects import compressed, stream_bytes


@dataclass(frozen=True)
class LetterFont:
    """A TrueType subset. ``glyphs`` has for each letter its glyph and its width; measures are as in ``FontSubset``."""

    data: bytes
    name: str
    glyphs: Mapping[str, tuple[int, int]]
    ascent: int
    descent: int
    cap_height: int
    bbox: tuple[int, int, int, int]

    def of(self, text: str) -> float:
        return sum(self.glyphs[letter][1] for letter in text) / 1000

    def string(self, text: str) -> bytes:
        """Return ``text`` as a string operand, two bytes a glyph (ISO 32000-1, 9.7.6.2)."""
        return b"<%b>" % "".join(f"{self.glyphs[letter][0]:04X}" for letter in text).encode()


def add_letter_font(font: LetterFont, add: Callable[[bytes], int]) -> int:
    """Add a composite font through ``add``, which gives each object its number; return the font's number (9.7)."""
    packed = zlib.compress(font.data, 6)
    head = b"<< /Length %d /Length1 %d /Filter /FlateDecode >>" % (len(packed), len(font.data))
    file = add(stream_bytes(head, packed))
    name = font.name.encode()
    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /%b /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d"
        b" /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R >>"
        % (name, *font.bbox, font.ascent, font.descent, font.cap_height, file)
    )
    widths = b" ".join(b"%d [%d]" % (glyph, width) for glyph, width in sorted(font.glyphs.values()))
    descendant = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%b /CIDToGIDMap /Identity"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [%b] /FontDescriptor %d 0 R >>"
        % (name, widths, descriptor)
    )
    unicode = add(compressed(b"", _to_unicode(font)))
    return add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H /DescendantFonts [%d 0 R]"
        b" /ToUnicode %d 0 R >>" % (name, descendant, unicode)
    )


def _to_unicode(font: LetterFont) -> bytes:
    """Return which letter each glyph is (ISO 32000-1, 9.10.3)."""
    glyphs = sorted((glyph, letter) for letter, (glyph, _) in font.glyphs.items())
    lines = [f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for glyph, letter in glyphs]
    groups = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    mapped = "\n".join(f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{mapped}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
