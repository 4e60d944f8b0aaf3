"""The operators of one content stream: state, colour, paths, pictures, marks, text (ISO 32000-1, 8, 9 and 14.6).

Only what the checks read is kept; ``OPERATORS``, at the end, lists what is obeyed, and by which method.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf

from handoutpress.content.brand.brand import ROLES
from handoutpress.press.plate.roles import space_name as role_space
from handoutpress.proof.pdf.canvas import Canvas, GraphicsState
from handoutpress.proof.pdf.colours import read_ink, space_name
from handoutpress.proof.pdf.embedded_fonts import EmbeddedFont, read_font
from handoutpress.proof.pdf.geometry import Box, Matrix, box_around
from handoutpress.proof.pdf.marks import Glyph, Ink, MarkedSequence, PathMark, PictureMark, StreamKey, TextMark

Operands = list[Any]
DrawForm = Callable[[Any, Any, GraphicsState], None]
"""Paints a form XObject, given the resources of its surroundings and the present state."""
PlacedGlyph = tuple[int, str | None, float, float]
"""A glyph's number, its text, and its left and right edge in text space."""
INVISIBLE = 3
"""The text rendering mode that paints nothing (ISO 32000-1, table 106)."""
ROLE_OF_SPACE = {role_space(role): role for role in ROLES}
"""A plate sets the colours of its brand in spaces that are named after their roles (docs/plates.md)."""


class ContentStreamReader:
    """One content stream with its own state stack; marks go to the page's ``Canvas``."""

    def __init__(self, page: Canvas, resources: Any, state: GraphicsState, key: StreamKey, draw_form: DrawForm) -> None:
        self.page = page
        self.resources = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        self.state = state
        self.key = key
        self.draw_form = draw_form
        self.stack: list[GraphicsState] = []
        self.points: list[tuple[float, float]] = []
        self.rectangles = self.shapes = 0
        self.clips = False
        self.text_matrix = self.line_matrix = Matrix()

    def obey(self, instruction: Any) -> None:
        """Carry out one operator; one that changes nothing the checks read is passed over."""
        if action := OPERATORS.get(str(instruction.operator)):
            action(self, list(instruction.operands))

    def resource(self, kind: str, name: Any) -> Any:
        return self.resources.get(kind, pikepdf.Dictionary()).get(str(name))

    # Graphics state (ISO 32000-1, 8.4)

    def save(self, _: Operands) -> None:
        self.stack.append(self.state.copy())

    def restore(self, _: Operands) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concatenate(self, operands: Operands) -> None:
        self.state.matrix = Matrix(*floats(operands)).then(self.state.matrix)

    def line_width(self, operands: Operands) -> None:
        self.state.line_width = float(operands[0])

    def external_state(self, operands: Operands) -> None:
        external = self.resource("/ExtGState", operands[0]) or pikepdf.Dictionary()
        state = self.state
        state.fill_alpha = float(external.get("/ca", state.fill_alpha))
        state.stroke_alpha = float(external.get("/CA", state.stroke_alpha))
        state.line_width = float(external.get("/LW", state.line_width))

    # Colour (ISO 32000-1, 8.6)

    def fill_space(self, operands: Operands) -> None:
        self.state.fill_space = space = self._space(operands[0])
        self.state.fill = replace(read_ink(space, ()), role=ROLE_OF_SPACE.get(str(operands[0]), ""))

    def stroke_space(self, operands: Operands) -> None:
        self.state.stroke_space = space = self._space(operands[0])
        self.state.stroke = read_ink(space, ())

    def fill_colour(self, operands: Operands) -> None:
        state, role = self.state, self.state.fill.role
        ink = read_ink(state.fill_space, floats(operands))
        state.fill = replace(ink, role=role) if role else ink

    def stroke_colour(self, operands: Operands) -> None:
        self.state.stroke = read_ink(self.state.stroke_space, floats(operands))

    def _space(self, name: Any) -> Any:
        return self.resource("/ColorSpace", name) or name

    # Paths (ISO 32000-1, 8.5)

    def add_points(self, operands: Operands) -> None:
        numbers, point = floats(operands), self.state.matrix.point
        self.points += [point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]

    def close_shape(self, _: Operands) -> None:
        self.shapes += 1

    def rectangle(self, operands: Operands) -> None:
        x, y, width, height = floats(operands)
        right, top, point = x + width, y + height, self.state.matrix.point
        self.points += (point(x, y), point(x, top), point(right, y), point(right, top))
        self.rectangles += 1

    def mark_clip(self, _: Operands) -> None:
        self.clips = True

    def fill(self, _: Operands) -> None:
        self._paint(self.state.fill.at(self.state.fill_alpha), None)
        self.end_path([])

    def stroke(self, _: Operands) -> None:
        width = self.state.line_width * self.state.matrix.mean_scale
        self._paint(self.state.stroke.at(self.state.stroke_alpha), width)
        self.end_path([])

    def fill_and_stroke(self, _: Operands) -> None:
        path = list(self.points), self.rectangles, self.shapes, self.clips
        self.fill([])
        self.points, self.rectangles, self.shapes, self.clips = path
        self.stroke([])

    def _paint(self, ink: Ink, width: float | None) -> None:
        if self.points:
            box = box_around(self.points).grown((width or 0.0) / 2)
            counts = self.rectangles, self.state.clip, self.shapes
            self.page.marks.append(PathMark(box, self.page.sequence, ink, width, *counts))

    def end_path(self, _: Operands) -> None:
        # A clip takes effect only after the path that makes it was painted (ISO 32000-1, 8.5.4).
        if self.clips:
            clip = box_around(self.points) if self.points else Box(0, 0, 0, 0)
            self.state.clip = self.state.clip.overlap(clip)
        self.points, self.rectangles, self.shapes, self.clips = [], 0, 0, False

    def shade(self, operands: Operands) -> None:
        shading = self.resource("/Shading", operands[0])
        ink = Ink(space_name(shading["/ColorSpace"]), ())
        self.page.marks.append(PathMark(self.state.clip, self.page.sequence, ink, None, 0, self.state.clip))

    # Pictures and forms (ISO 32000-1, 8.8 to 8.10)

    def draw(self, operands: Operands) -> None:
        drawn = self.resource("/XObject", operands[0])
        if drawn is None:
            raise KeyError(str(operands[0]))
        if drawn.get("/Subtype") == "/Form":
            self.draw_form(drawn, self.resources, self.state)
        else:
            space = "mask" if drawn.get("/ImageMask") else space_name(drawn.get("/ColorSpace"))
            self._add_picture(int(drawn["/Width"]), int(drawn["/Height"]), space)

    def inline_picture(self, operands: Operands) -> None:
        self._add_picture(operands[0].width, operands[0].height, "inline")

    def _add_picture(self, columns: int, rows: int, space: str) -> None:
        box = self.state.matrix.box(0, 0, 1, 1)  # a picture fills the unit square (ISO 32000-1, 8.9.4)
        self.page.marks.append(PictureMark(box, self.page.sequence, columns, rows, space, self.state.clip))

    # Marked content (ISO 32000-1, 14.6)

    def begin_marked(self, operands: Operands) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self.resource("/Properties", properties)
        mcid = actual = None
        if isinstance(properties, pikepdf.Dictionary):
            mcid = int(properties["/MCID"]) if "/MCID" in properties else None
            actual = str(properties["/ActualText"]) if "/ActualText" in properties else None
        self.page.begin(MarkedSequence(str(operands[0]), self.key, mcid, tuple(self.page.open), actual))

    def end_marked(self, _: Operands) -> None:
        self.page.end()

    # Text state (ISO 32000-1, 9.3)

    def font(self, operands: Operands) -> None:
        font = self.resource("/Font", operands[0])
        key = str(font.objgen) if font is not None and font.is_indirect else f"{self.key}{operands[0]}"
        if key not in self.page.fonts:
            self.page.fonts[key] = read_font(font)
        self.page.font_keys[key] = None
        self.state.font, self.state.font_key, self.state.size = self.page.fonts[key], key, float(operands[1])

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

    # Text: where each glyph falls (ISO 32000-1, 9.4)

    def begin_text(self, _: Operands) -> None:
        self.text_matrix = self.line_matrix = Matrix()

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

    def _show(self, parts: list[Any]) -> None:
        state, font = self.state, self.state.font
        if font is None:
            self.page.complete = False
            return
        placed, width = place_glyphs(parts, state, font)
        if placed:
            self.page.marks.append(self._text_mark(placed, self.text_matrix.then(state.matrix)))
        self.text_matrix = Matrix(e=width).then(self.text_matrix)

    def _text_mark(self, placed: list[PlacedGlyph], outer: Matrix) -> TextMark:
        state = self.state
        a, e = outer.a, outer.e
        left, right = placed[0][2], placed[-1][3]
        low, high = state.rise - 0.22 * state.size, state.rise + 0.75 * state.size
        return TextMark(
            box=outer.box(left, low, right, high),
            sequence=self.page.sequence,
            ink=state.fill.at(state.fill_alpha),
            font=state.font_key,
            size=abs(state.size) * outer.vertical_scale,
            baseline=outer.point(0, state.rise)[1],
            glyphs=tuple([Glyph(number, text, a * left + e, a * right + e) for number, text, left, right in placed]),
            visible=state.mode != INVISIBLE,
            clip=state.clip,
            in_slot=state.in_slot,
        )


def place_glyphs(parts: list[Any], state: GraphicsState, font: EmbeddedFont) -> tuple[list[PlacedGlyph], float]:
    """Lay out the strings and gaps of one showing operator in text space; return also their advance."""
    placed: list[PlacedGlyph] = []
    at, horizontal = 0.0, state.horizontal
    scale, apart = state.size / 1000 * horizontal, state.character_space * horizontal
    # Word spacing is for the single-byte code 32 alone (ISO 32000-1, 9.3.3).
    word_space = 0.0 if font.two_bytes else state.word_space * horizontal
    unicode, widths, default, glyph = font.unicode, font.widths, font.default_width, font.glyph
    for part in parts:
        if not isinstance(part, pikepdf.String):
            at -= float(part) * scale
            continue
        for code in font.codes(bytes(part)):
            end = at + widths.get(code, default) * scale
            placed.append((glyph(code), unicode.get(code), at, end))
            at = end + apart + word_space if code == 32 else end + apart
    return placed, at


def floats(operands: Operands) -> list[float]:
    """Return the numbers among the operands."""
    try:
        return list(map(float, operands))
    except TypeError:  # the name of a pattern stands after its colour
        return [float(operand) for operand in operands if not isinstance(operand, pikepdf.Name)]


Action = Callable[[ContentStreamReader, Operands], None]


def _device(space: str, stroke: bool = False) -> Action:
    """Return what sets a colour and its device space at once (ISO 32000-1, 8.6.8)."""

    def set_colour(reader: ContentStreamReader, operands: Operands) -> None:
        ink = read_ink(space, floats(operands))
        if stroke:
            reader.state.stroke, reader.state.stroke_space = ink, space
        else:
            reader.state.fill, reader.state.fill_space = ink, space

    return set_colour


_C = ContentStreamReader
OPERATORS: dict[str, Action] = {
    "q": _C.save, "Q": _C.restore, "cm": _C.concatenate, "w": _C.line_width, "gs": _C.external_state,
    "cs": _C.fill_space, "CS": _C.stroke_space, "sc": _C.fill_colour, "scn": _C.fill_colour,
    "SC": _C.stroke_colour, "SCN": _C.stroke_colour,
    "g": _device("/DeviceGray"), "G": _device("/DeviceGray", stroke=True),
    "rg": _device("/DeviceRGB"), "RG": _device("/DeviceRGB", stroke=True),
    "k": _device("/DeviceCMYK"), "K": _device("/DeviceCMYK", stroke=True),
    "m": _C.add_points, "l": _C.add_points, "c": _C.add_points, "v": _C.add_points, "y": _C.add_points,
    "h": _C.close_shape, "re": _C.rectangle, "W": _C.mark_clip, "W*": _C.mark_clip, "n": _C.end_path,
    "f": _C.fill, "F": _C.fill, "f*": _C.fill, "S": _C.stroke, "s": _C.stroke,
    "B": _C.fill_and_stroke, "B*": _C.fill_and_stroke, "b": _C.fill_and_stroke, "b*": _C.fill_and_stroke,
    "sh": _C.shade, "Do": _C.draw, "INLINE IMAGE": _C.inline_picture,
    "BMC": _C.begin_marked, "BDC": _C.begin_marked, "EMC": _C.end_marked,
    "BT": _C.begin_text, "Tf": _C.font, "Tc": _C.character_space, "Tw": _C.word_space,
    "Tz": _C.horizontal_scale, "TL": _C.leading, "Ts": _C.rise, "Tr": _C.mode, "Td": _C.move,
    "TD": _C.move_with_leading, "T*": _C.next_line, "Tm": _C.set_matrix, "Tj": _C.show, "TJ": _C.show_array,
    "'": _C.next_line_show, '"': _C.spaced_show,
}  # fmt: skip
