"""The painting operators of a content stream: state, colour, paths, pictures, marks (ISO 32000-1, 8 and 14.6).

The text operators of a content stream: where each glyph falls (ISO 32000-1, 9.3 and 9.4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf

from handoutpress.press.plate.roles import ROLES
from handoutpress.press.plate.roles import space_name as role_space
from handoutpress.proof.pdf.canvas import Canvas, GraphicsState, Operands, floats
from handoutpress.proof.pdf.colours import read_ink, space_name
from handoutpress.proof.pdf.faces import EmbeddedFont, read_face
from handoutpress.proof.pdf.geometry import Box, Matrix, box_around
from handoutpress.proof.pdf.marks import Glyph, Ink, PathMark, PictureMark, Sequence, StreamKey, TextMark

PlacedGlyph = tuple[int, str | None, float, float]
"""A glyph's number, its text, and its left and right edge in text space."""
INVISIBLE = 3
"""The text rendering mode that paints nothing (ISO 32000-1, table 106)."""


class TextOperators:
    """The text half of one content stream's reader; marks go to the page's ``Canvas``."""

    def __init__(self, page: Canvas, resources: Any, state: GraphicsState, key: StreamKey) -> None:
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

    def _text_mark(self, placed: list[PlacedGlyph], outer: Matrix) -> TextMark:
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


def set_glyphs(pieces: list[Any], state: GraphicsState, face: EmbeddedFont) -> tuple[list[PlacedGlyph], float]:
    """Lay out a shown string in text space; also its whole advance."""
    placed: list[PlacedGlyph] = []
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


_T = TextOperators
TEXT_ACTIONS: dict[str, Callable[[TextOperators, Operands], None]] = {
    "BT": _T.begin_text, "Tf": _T.font, "Tc": _T.character_space, "Tw": _T.word_space,
    "Tz": _T.horizontal_scale, "TL": _T.leading, "Ts": _T.rise, "Tr": _T.mode, "Td": _T.move,
    "TD": _T.move_with_leading, "T*": _T.next_line, "Tm": _T.set_matrix, "Tj": _T.show, "TJ": _T.show_array,
    "'": _T.next_line_show, '"': _T.spaced_show,
}  # fmt: skip


ROLE_OF_SPACE = {role_space(role): role for role in ROLES}
"""A plate sets the colours of its brand in spaces that are named after their roles (docs/plates.md)."""

DrawForm = Callable[[Any, Any, GraphicsState], None]
"""Paints a form XObject, given the resources of its surroundings and the present state."""


class ContentStreamReader(TextOperators):
    """One content stream with its own state stack; marks go to the page's ``Canvas``."""

    def __init__(self, page: Canvas, resources: Any, state: GraphicsState, key: StreamKey, draw_form: DrawForm) -> None:
        super().__init__(page, resources, state, key)
        self.draw_form = draw_form
        self.stack: list[GraphicsState] = []
        self.points: list[tuple[float, float]] = []
        self.rectangles = 0
        self.clips = False

    def obey(self, instruction: Any) -> None:
        """Carry out one operator; one that changes nothing the checks read is passed over."""
        if action := ACTIONS.get(str(instruction.operator)):
            action(self, list(instruction.operands))

    # Graphics state

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

    # Colour

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

    # Paths

    def add_points(self, operands: Operands) -> None:
        numbers, point = floats(operands), self.state.matrix.point
        self.points += [point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]

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
        points, rectangles, clips = list(self.points), self.rectangles, self.clips
        self.fill([])
        self.points, self.rectangles, self.clips = points, rectangles, clips
        self.stroke([])

    def _paint(self, ink: Ink, width: float | None) -> None:
        if self.points:
            box = box_around(self.points).grown((width or 0.0) / 2)
            self.page.marks.append(PathMark(box, self.page.sequence, ink, width, self.rectangles, self.state.clip))

    def end_path(self, _: Operands) -> None:
        if self.clips:
            clip = box_around(self.points) if self.points else Box(0, 0, 0, 0)
            self.state.clip = self.state.clip.overlap(clip)
        self.points, self.rectangles, self.clips = [], 0, False

    def shade(self, operands: Operands) -> None:
        shading = self.resource("/Shading", operands[0])
        ink = Ink(space_name(shading["/ColorSpace"]), ())
        self.page.marks.append(PathMark(self.state.clip, self.page.sequence, ink, None, 0, self.state.clip))

    # Pictures and forms

    def draw(self, operands: Operands) -> None:
        drawn = self.resource("/XObject", operands[0])
        if drawn is None:
            raise KeyError(str(operands[0]))
        if drawn.get("/Subtype") == "/Form":
            self.draw_form(drawn, self.resources, self.state)
        else:
            self._picture(drawn)

    def _picture(self, picture: Any) -> None:
        space = "mask" if picture.get("/ImageMask") else space_name(picture.get("/ColorSpace"))
        size = int(picture["/Width"]), int(picture["/Height"])
        box = self.state.matrix.box(0, 0, 1, 1)
        self.page.marks.append(PictureMark(box, self.page.sequence, *size, space, self.state.clip))

    def inline_picture(self, operands: Operands) -> None:
        picture = operands[0]
        box = self.state.matrix.box(0, 0, 1, 1)
        self.page.marks.append(
            PictureMark(box, self.page.sequence, picture.width, picture.height, "inline", self.state.clip)
        )

    # Marked content

    def begin_marked(self, operands: Operands) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self.resource("/Properties", properties)
        mcid = actual = None
        if isinstance(properties, pikepdf.Dictionary):
            mcid = int(properties["/MCID"]) if "/MCID" in properties else None
            actual = str(properties["/ActualText"]) if "/ActualText" in properties else None
        self.page.begin(Sequence(str(operands[0]), self.key, mcid, tuple(self.page.open), actual))

    def end_marked(self, _: Operands) -> None:
        self.page.end()


def _device(kind: str, space: str) -> Callable[[ContentStreamReader, Operands], None]:
    def act(reader: ContentStreamReader, operands: Operands) -> None:
        ink = read_ink(space, floats(operands))
        if kind == "fill":
            reader.state.fill, reader.state.fill_space = ink, space
        else:
            reader.state.stroke, reader.state.stroke_space = ink, space

    return act


_C = ContentStreamReader
ACTIONS: dict[str, Callable[[ContentStreamReader, Operands], None]] = {
    **TEXT_ACTIONS,
    "q": _C.save, "Q": _C.restore, "cm": _C.concatenate, "w": _C.line_width, "gs": _C.external_state,
    "cs": _C.fill_space, "CS": _C.stroke_space, "sc": _C.fill_colour, "scn": _C.fill_colour,
    "SC": _C.stroke_colour, "SCN": _C.stroke_colour,
    "g": _device("fill", "/DeviceGray"), "G": _device("stroke", "/DeviceGray"),
    "rg": _device("fill", "/DeviceRGB"), "RG": _device("stroke", "/DeviceRGB"),
    "k": _device("fill", "/DeviceCMYK"), "K": _device("stroke", "/DeviceCMYK"),
    "m": _C.add_points, "l": _C.add_points, "c": _C.add_points, "v": _C.add_points, "y": _C.add_points,
    "re": _C.rectangle, "W": _C.mark_clip, "W*": _C.mark_clip, "n": _C.end_path,
    "f": _C.fill, "F": _C.fill, "f*": _C.fill, "S": _C.stroke, "s": _C.stroke,
    "B": _C.fill_and_stroke, "B*": _C.fill_and_stroke, "b": _C.fill_and_stroke, "b*": _C.fill_and_stroke,
    "sh": _C.shade, "Do": _C.draw, "INLINE IMAGE": _C.inline_picture,
    "BMC": _C.begin_marked, "BDC": _C.begin_marked, "EMC": _C.end_marked,
}  # fmt: skip
