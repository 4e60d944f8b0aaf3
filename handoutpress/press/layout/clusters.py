"""Letters that are drawn together, as they were written: each cluster of glyphs becomes one glyph of the embedded font.

The engine notes for each glyph the text that it first stood for. That fails where letters carry signs, share strokes or
change places: Arabic, Hebrew, the scripts of India. A raised sign is also a text object of its own, at which readers
break the word. So a cluster is drawn here as one composite glyph with a code of its own, which says what it reads
(ISO 32000-1, 9.10.3). From right to left each letter of a cluster has a code, the later ones without ink, because
readers turn a line around letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from handoutpress.content.text_direction import kind_of, mirrored, reads_from_right
from handoutpress.press.layout.composite_glyphs import CompositeGlyph, GlyphParts, with_composites

CLUSTERED = ((0x0900, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x17FF))
"""Scripts whose letters change places as they are drawn: those of India, Myanmar and Khmer."""
_SIMPLE = re.compile("[\0-\u02ff\u2010-\u2027]*")
"""Nearly every line: Latin letters without signs of their own, dashes and quotation marks."""
JOINING = ("CS", "ES", "ET")
"""Marks that readers join to a number that they touch, on whichever side: a full stop, a comma, a per cent sign."""
UNITS = 1024
"""Pango's units in a CSS pixel."""
SILENT_WIDTH = 1
"""Of a code without ink, in thousandths of the type size: readers leave out what has no box at all."""


@dataclass
class GlyphCodes:
    """The codes of one font that are glyphs of ours, from ``first`` on, each by what it draws and what it reads."""

    first: int
    numbers: dict[tuple[CompositeGlyph, str], int] = field(default_factory=dict)

    def code(self, composite: CompositeGlyph, text: str) -> int:
        return self.numbers.setdefault((composite, text), self.first + len(self.numbers))

    @property
    def composites(self) -> list[CompositeGlyph]:
        return [composite for composite, _ in self.numbers]


@dataclass(frozen=True)
class GlyphCluster:
    """Glyphs that show one piece of text; lengths in thousandths of the type size."""

    text: str
    parts: GlyphParts
    width: float


TURN = GlyphCluster("\u200f", (), SILENT_WIDTH)
"""A right-to-left mark, neither seen nor heard: it keeps a number from what joins it."""


def draw_by_clusters(text: Any, fonts: Any) -> None:
    """Draw such lines here; ``text`` and ``fonts`` are the engine's modules that draw lines and embed fonts."""
    draw, clean = text.draw_first_line, fonts.Font.clean
    if getattr(draw, "patched", False):
        return

    def draw_clustered(stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        if _is_clustered(textbox) and overflow != "ellipsis" and ellipsis == "none":
            runs = list(_runs(text, textbox))
            if not any(glyph.glyph & text.pango.PANGO_GLYPH_UNKNOWN_FLAG for run in runs for glyph in _glyphs(run)):
                stream.set_text_matrix(*matrix.values)
                _ClusteredLine(stream, textbox.pango_layout.text.encode(), text.pango).draw(runs)
                return []
        return draw(stream, textbox, overflow, ellipsis, matrix)

    def clean_with_composites(font: Any, to_unicode: Any, hinting: bool) -> None:
        codes: GlyphCodes | None = getattr(font, "codes", None)
        composites = codes.composites if codes else []
        # The engine subsets a font to the glyphs that it used itself; the parts of ours have to stay in it.
        parts = {glyph: "" for composite in composites for glyph, _, _ in composite.parts}
        clean(font, {**parts, **to_unicode}, hinting)
        if codes:
            font.file_content = with_composites(font.file_content, codes.first, codes.composites)

    draw_clustered.patched = True  # type: ignore[attr-defined]
    text.draw_first_line, fonts.Font.clean = draw_clustered, clean_with_composites


def _is_clustered(textbox: Any) -> bool:
    text, backwards = textbox.text.strip(), textbox.style["direction"] == "rtl"
    if not backwards and _SIMPLE.fullmatch(text):
        return False
    return bool(text) and (reads_from_right(text) or any(_is_joined(letter, backwards) for letter in text))


def _is_joined(letter: str, backwards: bool) -> bool:
    if unicodedata.combining(letter) or any(low <= ord(letter) <= high for low, high in CLUSTERED):
        return True
    return backwards and kind_of(letter) in JOINING


def _runs(text: Any, textbox: Any) -> Iterator[Any]:
    """Yield the runs of glyphs of a line, from left to right."""
    text.pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    line, _ = textbox.pango_layout.get_first_line()
    run = line.runs[0]
    while run != text.ffi.NULL:
        yield run.data
        run = run.next


def _glyphs(run: Any) -> Any:
    return run.glyphs.glyphs[0 : run.glyphs.num_glyphs]


class _ClusteredLine:
    """One line to be drawn, with what is written there as UTF-8."""

    def __init__(self, stream: Any, written: bytes, pango: Any) -> None:
        self._stream = stream
        self._written = written
        self._pango = pango

    def draw(self, runs: list[Any]) -> None:
        """Show the runs; neighbours of one font in one text object, so that no reader breaks a word.

        The letter with which a line from the right begins stands alone: pdfium takes the line below for the same one
        where a sign in it reaches above this one's baseline, but not if this one's last text object is a single letter.
        """
        used, last = None, TURN
        operands: list[str] = []
        for run in runs:
            font, size = self._stream.add_font(run.item.analysis.font)
            if font is not used:
                self._show(operands)
                self._stream.set_font_size(font.hash, size)
                used, operands = font, []
            self._measure(font, size, run)
            for last in self._with_turns(run.item, self._clusters(run, size, font.upem)):
                operands += _operands(font, last, backwards=_is_backwards(run.item))
        alone = _last_code(operands) if last is not TURN and reads_from_right(last.text) else len(operands)
        self._show(operands[:alone])
        self._show(operands[alone:])

    def _show(self, operands: list[str]) -> None:
        if operands:
            self._stream.show_text(" ".join(operands))

    def _measure(self, font: Any, size: float, run: Any) -> None:
        """Note the width of each glyph as its font gives it, as the engine does."""
        for glyph in {info.glyph for info in _glyphs(run)} - {self._pango.PANGO_GLYPH_EMPTY, *font.widths}:
            self._pango.pango_font_get_glyph_extents(
                run.item.analysis.font, glyph, self._stream.ink_rect, self._stream.logical_rect
            )
            font.widths[glyph] = round(self._stream.logical_rect.width * 1000 / UNITS / size)

    def _with_turns(self, item: Any, clusters: Iterable[GlyphCluster]) -> Iterator[GlyphCluster]:
        """Yield the clusters of a run, with a turn where a mark at the end of one from the right touches a number."""
        first, last = item.offset, item.offset + item.length
        parts = self._written[:first], self._written[first:last], self._written[last:]
        before, within, after = (part.decode() for part in parts)
        backwards = _is_backwards(item)
        if backwards and kind_of(within[-1]) in JOINING and _is_number(after[:1]):
            yield TURN
        yield from clusters
        # Where the box begins with a mark, the number may stand in the box before.
        if backwards and kind_of(within[0]) in JOINING and (not before or _is_number(before[-1])):
            yield TURN

    def _clusters(self, run: Any, size: float, units: int) -> Iterator[GlyphCluster]:
        """Yield the clusters of a run from left to right; ``size`` is in px, ``units`` are the font's in an em."""
        starts = run.glyphs.log_clusters[0 : run.glyphs.num_glyphs]
        groups: dict[int, list[Any]] = {}
        for start, glyph in zip(starts, _glyphs(run), strict=True):
            groups.setdefault(start, []).append(glyph)
        ends = dict(zip(sorted(groups), [*sorted(groups)[1:], run.item.length], strict=True))
        for start, glyphs in groups.items():
            first, last = run.item.offset + start, run.item.offset + ends[start]
            width = sum(glyph.geometry.width for glyph in glyphs) / UNITS / size * 1000
            parts = tuple(self._parts(glyphs, units / UNITS / size))
            yield GlyphCluster(self._written[first:last].decode(), parts, width)

    def _parts(self, glyphs: list[Any], scale: float) -> Iterator[tuple[int, int, int]]:
        pen = 0
        for glyph in glyphs:
            place = glyph.geometry
            if glyph.glyph != self._pango.PANGO_GLYPH_EMPTY:
                yield glyph.glyph, round((pen + place.x_offset) * scale), round(-place.y_offset * scale)
            pen += place.width


def _is_backwards(item: Any) -> bool:
    return bool(item.analysis.level % 2)


def _is_number(letter: str) -> bool:
    return bool(letter) and kind_of(letter) == "EN"


def _operands(font: Any, cluster: GlyphCluster, *, backwards: bool) -> Iterator[str]:
    """Yield a cluster as operands of TJ: its codes, and by how much the next one stands nearer."""
    text = mirrored(cluster.text) if backwards else cluster.text
    used = 0
    for code in _codes(font, cluster, [*text] if backwards else [text]):
        yield f"<{code:04x}>"
        used += font.widths[code]
    if surplus := round(used - cluster.width):
        yield str(surplus)


def _last_code(operands: list[str]) -> int:
    """Return where the last code of some operands stands."""
    return max((at for at, operand in enumerate(operands) if operand[0] == "<"), default=len(operands))


def _codes(font: Any, cluster: GlyphCluster, letters: list[str]) -> Iterator[int]:
    """Yield the codes of a cluster from left to right: the first letter's shows all of it."""
    if cluster.parts or cluster is TURN:
        for letter in reversed(letters[1:]):
            yield _code(font, CompositeGlyph((), SILENT_WIDTH), letter)
        yield _code(font, CompositeGlyph(cluster.parts, round(cluster.width)), letters[0])


def _code(font: Any, composite: CompositeGlyph, text: str) -> int:
    """Return the code of a glyph that reads ``text``: the font's own where this one glyph reads nothing else."""
    parts = composite.parts
    if len(parts) == 1 and parts[0][1:] == (0, 0) and font.to_unicode.get(parts[0][0], text) == text:
        code = parts[0][0]
    else:
        if not hasattr(font, "codes"):
            font.codes = GlyphCodes(font.glyph_count)
        code = font.codes.code(composite, text)
        font.widths[code] = composite.width
    font.to_unicode[code] = text
    return int(code)
