"""The text operators of a content stream: where each glyph falls (ISO 32000-1, 9.3 and 9.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf

from handoutpress.proof.canvas import Canvas, Operands, State, floats
from handoutpress.proof.faces import Face, read_face
from handoutpress.proof.geometry import Matrix
from handoutpress.proof.marks import Glyph, StreamKey, TextMark

Placed = tuple[int, str | None, float, float]
"""A glyph's number, its text, and its left and right edge in text space."""
INVISIBLE = 3
"""The text rendering mode that paints nothing (ISO 32000-1, table 106)."""


class TextReader:
    """The text half of one content stream's reader; marks go to the page's ``Canvas``."""

    def __init__(self, page: Canvas, resources: Any, state: State, key: StreamKey) -> None:
        self.page = page
        self.resources = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        self.state = state
        self.key = key
        self.text_matrix = self.line_matrix = Matrix()

    def resource(self, kind: str, name: Any) -> Any:
        return self.resources.get(kind, pikepdf.Dictionary()).get(str(name))

    def begin_text(self, _: Operands) -> None:
        self.text_matrix = self.line_matrix = Matrix()

    def font(self, operands: Operands) -> None:
        font = self.resource("/Font", operands[0])
        key = str(font.objgen) if font is not None and font.is_indirect else f"{self.key}{operands[0]}"
        if key not in self.page.faces:
            self.page.faces[key] = read_face(font)
        self.page.fonts[key] = None
        self.state.face, self.state.face_key, self.state.size = self.page.faces[key], key, float(operands[1])

    def character_space(self, operands: Operands) -> None:
        self.state.character_space = float(operands[0])

    def word_space(self, operands: Operands) -> None:
        self.state.word_space = float(operands[0])

    def horizontal_scale(self, operands: Operands) -> None:
        self.state.horizontal = float(operands[0]) / 100

    def leading(self, operands: Operands) -> None:
        self.state.leading = float(operands[0])

    def rise(self, operands: Operands) -> None:
        self.state.rise = float(operands[0])

    def mode(self, operands: Operands) -> None:
        self.state.mode = int(operands[0])

    def move(self, operands: Operands) -> None:
        x, y = floats(operands)
        self.text_matrix = self.line_matrix = Matrix(e=x, f=y).then(self.line_matrix)

    def move_with_leading(self, operands: Operands) -> None:
        self.leading([-float(operands[1])])
        self.move(operands)

    def next_line(self, _: Operands) -> None:
        self.move([0, -self.state.leading])

    def set_matrix(self, operands: Operands) -> None:
        self.text_matrix = self.line_matrix = Matrix(*floats(operands))

    def show(self, operands: Operands) -> None:
        self._show([operands[0]])

    def show_array(self, operands: Operands) -> None:
        self._show(list(operands[0]))

    def next_line_show(self, operands: Operands) -> None:
        self.next_line([])
        self._show([operands[0]])

    def spaced_show(self, operands: Operands) -> None:
        self.word_space(operands[:1])
        self.character_space(operands[1:2])
        self.next_line_show(operands[2:])

    def _show(self, pieces: list[Any]) -> None:
        state, face = self.state, self.state.face
        if face is None:
            self.page.complete = False
            return
        placed, width = set_glyphs(pieces, state, face)
        if placed:
            self.page.marks.append(self._text_mark(placed, self.text_matrix.then(state.matrix)))
        self.text_matrix = Matrix(e=width).then(self.text_matrix)

    def _text_mark(self, placed: list[Placed], outer: Matrix) -> TextMark:
        state = self.state
        a, e = outer.a, outer.e
        left, right = placed[0][2], placed[-1][3]
        low, high = state.rise - 0.22 * state.size, state.rise + 0.75 * state.size
        return TextMark(
            box=outer.box(left, low, right, high),
            sequence=self.page.sequence,
            ink=state.fill.at(state.fill_alpha),
            font=state.face_key,
            size=abs(state.size) * outer.vertical_scale,
            baseline=outer.point(0, state.rise)[1],
            glyphs=tuple([Glyph(number, text, a * left + e, a * right + e) for number, text, left, right in placed]),
            visible=state.mode != INVISIBLE,
            clip=state.clip,
            in_slot=state.in_slot,
        )


def set_glyphs(pieces: list[Any], state: State, face: Face) -> tuple[list[Placed], float]:
    """Lay out a shown string in text space; also its whole advance."""
    placed: list[Placed] = []
    at, horizontal = 0.0, state.horizontal
    scale, apart = state.size / 1000 * horizontal, state.character_space * horizontal
    word_space = 0.0 if face.two_bytes else state.word_space * horizontal
    unicode, widths, default, glyph = face.unicode, face.widths, face.default_width, face.glyph
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            at -= float(piece) * scale
            continue
        for code in face.codes(bytes(piece)):
            end = at + widths.get(code, default) * scale
            placed.append((glyph(code), unicode.get(code), at, end))
            at = end + apart + word_space if code == 32 else end + apart
    return placed, at


_R = TextReader
TEXT_ACTIONS: dict[str, Callable[[TextReader, Operands], None]] = {
    "BT": _R.begin_text, "Tf": _R.font, "Tc": _R.character_space, "Tw": _R.word_space,
    "Tz": _R.horizontal_scale, "TL": _R.leading, "Ts": _R.rise, "Tr": _R.mode, "Td": _R.move,
    "TD": _R.move_with_leading, "T*": _R.next_line, "Tm": _R.set_matrix, "Tj": _R.show, "TJ": _R.show_array,
    "'": _R.next_line_show, '"': _R.spaced_show,
}  # fmt: skip
