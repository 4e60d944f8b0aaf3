"""Glyphs made of glyphs, added to a font file after all of its own (OpenType, glyf and CFF tables)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

GlyphParts = tuple[tuple[int, int, int], ...]
"""Glyphs of the font by number, each with the place of its origin in font units."""
_PLACED_BY_XY = 0x2 | 0x4
"""Flags of a component: its place is in font units, rounded to the grid."""


@dataclass(frozen=True)
class CompositeGlyph:
    """A glyph to add: its parts, none for one without ink, and its width in thousandths of the type size."""

    parts: GlyphParts
    width: int


def with_composites(data: bytes, first: int, added: Sequence[CompositeGlyph]) -> bytes:
    """Return the font ``data`` with the glyphs ``added`` from number ``first`` on; numbers up to there become blank."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    order, metrics, units = [*font.getGlyphOrder()], font["hmtx"].metrics, font["head"].unitsPerEm
    blank = [CompositeGlyph((), 0)] * (first - len(order))
    composites = {f"code{number}": glyph for number, glyph in enumerate((*blank, *added), len(order))}
    add = _add_to_cff if "CFF " in font else _add_to_glyf
    add(font, order, composites)
    font.setGlyphOrder([*order, *composites])
    # Viewers move a glyph by what its left bearing and the left edge of its ink differ (OpenType, hmtx).
    starts = {name: getattr(font["glyf"][name], "xMin", 0) if "glyf" in font else 0 for name in composites}
    metrics |= {name: (round(glyph.width * units / 1000), starts[name]) for name, glyph in composites.items()}
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _add_to_glyf(font: TTFont, order: Sequence[str], composites: dict[str, CompositeGlyph]) -> None:
    table = font["glyf"]
    for name, composite in composites.items():
        glyph = table.glyphs[name] = Glyph()
        if composite.parts:
            glyph.numberOfContours = -1  # says that it is made of components (OpenType, glyf)
            glyph.components = [_component(order[number], x, y) for number, x, y in composite.parts]
    table.glyphOrder = [*order, *composites]
    for name, composite in composites.items():
        if composite.parts:
            table.glyphs[name].recalcBounds(table)


def _component(name: str, x: int, y: int) -> Any:
    component = GlyphComponent()
    component.glyphName, component.x, component.y, component.flags = name, x, y, _PLACED_BY_XY
    return component


def _add_to_cff(font: TTFont, order: Sequence[str], composites: dict[str, CompositeGlyph]) -> None:
    top, glyphs = font["CFF "].cff.topDictIndex[0], font.getGlyphSet()
    strings = top.CharStrings
    for name, composite in composites.items():
        # CFF has no components: the outlines of the parts are drawn once more.
        pen = T2CharStringPen(composite.width, glyphs)
        for number, x, y in composite.parts:
            glyphs[order[number]].draw(TransformPen(pen, (1, 0, 0, 1, x, y)))
        strings.charStringsIndex.append(pen.getCharString(top.Private, top.GlobalSubrs))
        strings.charStrings[name] = len(strings.charStringsIndex) - 1
        top.charset.append(name)
