"""Reading a page: what it and the forms on it really paint (ISO 32000-1, 7.8 and 8.10).

Only what the checks need is kept: boxes, inks, glyphs and marked content. Broken content ends the reading of that
stream; what was read so far counts, and the page is marked as incomplete.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pikepdf

from handoutpress.proof.pdf.canvas import Canvas, GraphicsState
from handoutpress.proof.pdf.content_stream import ContentStreamReader
from handoutpress.proof.pdf.embedded_fonts import EmbeddedFont
from handoutpress.proof.pdf.forms import MAX_DEPTH, is_slot, matrix_of
from handoutpress.proof.pdf.geometry import Box, Matrix
from handoutpress.proof.pdf.marks import PageMarks, StreamKey

MAX_OPERATORS = 400_000
"""Operators of one page that are read: a dense leaflet page has about 5,000."""


class TooMuchContentError(Exception):
    """A page that holds more operators than a printed page has any use for."""


def read_page(page: pikepdf.Page, fonts: dict[str, EmbeddedFont]) -> PageMarks:
    """Read all that ``page`` paints; never raise for broken content. ``fonts`` is shared between a file's pages."""
    return _PageReader(Canvas(fonts)).read(page)


class _PageReader:
    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.operators = 0

    def read(self, page: pikepdf.Page) -> PageMarks:
        try:
            self.canvas.note_group(page.obj)
            self._read_stream(page.obj, page.obj.get("/Resources"), GraphicsState(Matrix()), 0)
        except (TooMuchContentError, pikepdf.PdfError, RecursionError):
            self.canvas.complete = False
        return self.canvas.result()

    def _read_stream(self, stream: Any, resources: Any, state: GraphicsState, depth: int) -> None:
        def draw_form(form: Any, outer: Any, now: GraphicsState) -> None:
            self._draw_form(form, outer, now, depth + 1)

        key: StreamKey = stream.objgen
        reader = ContentStreamReader(self.canvas, resources, state, key, draw_form)
        opened = len(self.canvas.open)
        for instruction in pikepdf.parse_content_stream(stream):
            self.operators += 1
            if self.operators > MAX_OPERATORS:
                self.canvas.endless = True
                raise TooMuchContentError
            try:
                reader.obey(instruction)
            except (ValueError, TypeError, IndexError, KeyError, AttributeError, ArithmeticError):
                self.canvas.complete = False
        # Marked content that a stream leaves open, or closes too often, breaks the page (ISO 32000-1, 14.6.1).
        self.canvas.complete &= len(self.canvas.open) == opened
        del self.canvas.open[opened:]

    def _draw_form(self, form: Any, resources: Any, state: GraphicsState, depth: int) -> None:
        """Paint a form XObject in the present state: its matrix first, then its clip (ISO 32000-1, 8.10.1)."""
        if depth > MAX_DEPTH:
            self.canvas.complete, self.canvas.endless = False, True
            return
        self.canvas.note_group(form)
        edges = Box(*(float(number) for number in form["/BBox"]))
        matrix = matrix_of(form).then(state.matrix)
        in_slot = state.in_slot or is_slot(form)
        if in_slot and not state.in_slot:
            self.canvas.slots.append(matrix.box(*edges))
        inner = replace(state, matrix=matrix, clip=state.clip.overlap(matrix.box(*edges)), in_slot=in_slot)
        # Forms of older files may go without resources, and use those of their page (ISO 32000-1, 7.8.3).
        self._read_stream(form, form.get("/Resources", resources), inner, depth)
