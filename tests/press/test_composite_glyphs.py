"""Glyphs made of glyphs stand where their parts do."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from handoutpress.content.project import builtin_root
from handoutpress.press.layout.composite_glyphs import CompositeGlyph, with_composites

FONT = builtin_root() / "fonts/amiri/Amiri-Regular.ttf"


@pytest.mark.parametrize("shift", [0, -300, 120])
def test_a_glyph_begins_where_its_ink_does(shift: int) -> None:
    """Viewers move a glyph by the difference: a vowel sign of no width would then stand beside its letter."""
    font = TTFont(FONT)
    number, count = font.getGlyphID(font.getBestCmap()[ord("ب")]), len(font.getGlyphOrder())
    drawn = CompositeGlyph(((number, shift, 0),), 0)
    made = TTFont(io.BytesIO(with_composites(FONT.read_bytes(), count + 1, [drawn, CompositeGlyph((), 500)])))
    name = made.getGlyphOrder()[count + 1]
    own = font["glyf"][font.getGlyphName(number)].xMin
    assert made["glyf"][name].xMin == own + shift
    assert made["hmtx"][name] == (0, own + shift)
