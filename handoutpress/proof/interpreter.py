"""Reading content streams: what a page and the forms on it really paint (ISO 32000-1, 8 and 9).

Only what the checks need is kept: boxes, inks, glyphs and marked content. Broken content ends the reading of that
stream; what was read so far counts, and the page is told to be incomplete.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from handoutpress.proof.colours import read_ink, space_name
from handoutpress.proof.faces import Face, read_face
from handoutpress.proof.geometry import Box, Matrix, box_around
from handoutpress.proof.marks import Glyph, Ink, Mark, PageMarks, PathMark, PictureMark, Sequence, StreamKey, TextMark

MAX_DEPTH = 12
"""Forms inside forms that are followed."""
MAX_OPERATORS = 400_000
"""Operators of one page that are read: a dense leaflet page has about 5,000."""
EVERYWHERE = Box(-1e6, -1e6, 1e6, 1e6)
BLACK = Ink("DeviceGray", (0.0,))
INVISIBLE = 3
"""The text rendering mode that paints nothing (ISO 32000-1, table 106)."""

Operands = list[Any]


class TooMuchContent(Exception):
    """The page holds more operators than a printed page has any use for."""


@dataclass(frozen=True)
class _State:
    """The graphics state (ISO 32000-1, 8.4) as far as the checks read it."""

    matrix: Matrix
    clip: Box = EVERYWHERE
    fill: Ink = BLACK
    stroke: Ink = BLACK
    fill_space: Any = "/DeviceGray"
    stroke_space: Any = "/DeviceGray"
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    line_width: float = 1.0
    face: Face | None = None
    face_key: str = ""
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    horizontal: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class Interpreter:
    """Reads one page. ``faces`` is shared between the pages of a file, so that each font is read once."""

    def __init__(self, faces: dict[str, Face]) -> None:
        self.faces = faces
        self.marks: list[Mark] = []
        self.sequences: list[Sequence] = []
        self.group_spaces: list[str] = []
        self.used_fonts: dict[str, None] = {}
        self.complete = True
        self._open: list[Sequence] = []
        self._operators = 0

    def read_page(self, page: pikepdf.Page) -> PageMarks:
        """All that ``page`` paints; never raises for broken content."""
        try:
            self._note_group(page.obj)
            self._read_stream(page.obj, page.obj.get("/Resources"), _State(Matrix()), page.obj.objgen, 0)
        except (TooMuchContent, pikepdf.PdfError, RecursionError):
            self.complete = False
        return PageMarks(
            tuple(self.marks),
            tuple(self.sequences),
            tuple(self.group_spaces),
            tuple(self.used_fonts),
            self.complete,
        )

    def _read_stream(self, stream: Any, resources: Any, state: _State, key: StreamKey, depth: int) -> None:
        reader = _StreamReader(self, resources, state, key, depth)
        opened = len(self._open)
        for instruction in pikepdf.parse_content_stream(stream):
            self._operators += 1
            if self._operators > MAX_OPERATORS:
                raise TooMuchContent
            try:
                reader.obey(str(instruction.operator), list(instruction.operands))  # type: ignore[call-overload]
            except (ValueError, TypeError, IndexError, KeyError, AttributeError, ArithmeticError):
                self.complete = False
        del self._open[opened:]

    def _note_group(self, holder: Any) -> None:
        group = holder.get("/Group")
        if isinstance(group, pikepdf.Dictionary) and "/CS" in group:
            self.group_spaces.append(space_name(group["/CS"]))

    @property
    def sequence(self) -> Sequence | None:
        return self._open[-1] if self._open else None

    def begin(self, sequence: Sequence) -> None:
        sequence = replace(sequence, parents=tuple(self._open))
        self._open.append(sequence)
        self.sequences.append(sequence)

    def end(self) -> None:
        if self._open:
            self._open.pop()
        else:
            self.complete = False

    def draw_form(self, form: Any, resources: Any, state: _State, depth: int) -> None:
        """Paint a form XObject in the present state (ISO 32000-1, 8.10)."""
        if depth >= MAX_DEPTH:
            self.complete = False
            return
        self._note_group(form)
        matrix = Matrix(*(float(n) for n in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))).then(state.matrix)
        bounds = matrix.box(*_corners(form["/BBox"]))
        inner = replace(state, matrix=matrix, clip=state.clip.overlap(bounds))
        self._read_stream(form, form.get("/Resources", resources), inner, form.objgen, depth + 1)


class _StreamReader:
    """One content stream with its own state stack; marks go to the page's ``Interpreter``."""

    def __init__(self, page: Interpreter, resources: Any, state: _State, key: StreamKey, depth: int) -> None:
        self.page = page
        self.resources = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        self.state = state
        self.key = key
        self.depth = depth
        self.stack: list[_State] = []
        self.points: list[tuple[float, float]] = []
        self.rectangles = 0
        self.clips = False
        self.text_matrix = self.line_matrix = Matrix()

    def obey(self, operator: str, operands: Operands) -> None:
        if action := _ACTIONS.get(operator):
            action(self, operands)

    def resource(self, kind: str, name: Any) -> Any:
        return self.resources.get(kind, pikepdf.Dictionary()).get(str(name))

    # Graphics state

    def save(self, _: Operands) -> None:
        self.stack.append(self.state)

    def restore(self, _: Operands) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concatenate(self, operands: Operands) -> None:
        self.state = replace(self.state, matrix=Matrix(*_floats(operands)).then(self.state.matrix))

    def line_width(self, operands: Operands) -> None:
        self.state = replace(self.state, line_width=float(operands[0]))

    def external_state(self, operands: Operands) -> None:
        external = self.resource("/ExtGState", operands[0]) or pikepdf.Dictionary()
        self.state = replace(
            self.state,
            fill_alpha=float(external.get("/ca", self.state.fill_alpha)),
            stroke_alpha=float(external.get("/CA", self.state.stroke_alpha)),
            line_width=float(external.get("/LW", self.state.line_width)),
        )

    # Colour

    def fill_space(self, operands: Operands) -> None:
        space = self._space(operands[0])
        self.state = replace(self.state, fill_space=space, fill=read_ink(space, ()))

    def stroke_space(self, operands: Operands) -> None:
        space = self._space(operands[0])
        self.state = replace(self.state, stroke_space=space, stroke=read_ink(space, ()))

    def fill_colour(self, operands: Operands) -> None:
        self.state = replace(self.state, fill=read_ink(self.state.fill_space, _floats(operands)))

    def stroke_colour(self, operands: Operands) -> None:
        self.state = replace(self.state, stroke=read_ink(self.state.stroke_space, _floats(operands)))

    def _space(self, name: Any) -> Any:
        return self.resource("/ColorSpace", name) or name

    # Paths

    def add_points(self, operands: Operands) -> None:
        numbers = _floats(operands)
        pairs = zip(numbers[::2], numbers[1::2], strict=False)
        self.points += [self.state.matrix.point(x, y) for x, y in pairs]

    def rectangle(self, operands: Operands) -> None:
        x, y, width, height = _floats(operands)
        self.points += [self.state.matrix.point(x + i * width, y + j * height) for i in (0, 1) for j in (0, 1)]
        self.rectangles += 1

    def mark_clip(self, _: Operands) -> None:
        self.clips = True

    def fill(self, _: Operands) -> None:
        self._paint(replace(self.state.fill, alpha=self.state.fill_alpha), None)
        self.end_path([])

    def stroke(self, _: Operands) -> None:
        width = self.state.line_width * self.state.matrix.mean_scale
        self._paint(replace(self.state.stroke, alpha=self.state.stroke_alpha), width)
        self.end_path([])

    def fill_and_stroke(self, _: Operands) -> None:
        points, rectangles, clips = list(self.points), self.rectangles, self.clips
        self.fill([])
        self.points, self.rectangles, self.clips = points, rectangles, clips
        self.stroke([])

    def _paint(self, ink: Ink, width: float | None) -> None:
        if self.points:
            box = box_around(self.points).grown((width or 0.0) / 2)
            self.page.marks.append(
                PathMark(box, self.page.sequence, ink, width, self.rectangles, self.state.clip)
            )

    def end_path(self, _: Operands) -> None:
        if self.clips:
            clip = box_around(self.points) if self.points else Box(0, 0, 0, 0)
            self.state = replace(self.state, clip=self.state.clip.overlap(clip))
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
            self.page.draw_form(drawn, self.resources, self.state, self.depth)
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
        self.page.begin(Sequence(str(operands[0]), self.key, mcid, (), actual))

    def end_marked(self, _: Operands) -> None:
        self.page.end()

    # Text

    def begin_text(self, _: Operands) -> None:
        self.text_matrix = self.line_matrix = Matrix()

    def font(self, operands: Operands) -> None:
        font = self.resource("/Font", operands[0])
        key = str(font.objgen) if font is not None and font.is_indirect else f"{self.key}{operands[0]}"
        if key not in self.page.faces:
            self.page.faces[key] = read_face(font)
        self.page.used_fonts[key] = None
        self.state = replace(self.state, face=self.page.faces[key], face_key=key, size=float(operands[1]))

    def character_space(self, operands: Operands) -> None:
        self.state = replace(self.state, character_space=float(operands[0]))

    def word_space(self, operands: Operands) -> None:
        self.state = replace(self.state, word_space=float(operands[0]))

    def horizontal_scale(self, operands: Operands) -> None:
        self.state = replace(self.state, horizontal=float(operands[0]) / 100)

    def leading(self, operands: Operands) -> None:
        self.state = replace(self.state, leading=float(operands[0]))

    def rise(self, operands: Operands) -> None:
        self.state = replace(self.state, rise=float(operands[0]))

    def mode(self, operands: Operands) -> None:
        self.state = replace(self.state, mode=int(operands[0]))

    def move(self, operands: Operands) -> None:
        x, y = _floats(operands)
        self.text_matrix = self.line_matrix = Matrix(e=x, f=y).then(self.line_matrix)

    def move_with_leading(self, operands: Operands) -> None:
        self.leading([-float(operands[1])])
        self.move(operands)

    def next_line(self, _: Operands) -> None:
        self.move([0, -self.state.leading])

    def set_matrix(self, operands: Operands) -> None:
        self.text_matrix = self.line_matrix = Matrix(*_floats(operands))

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
        outer = self.text_matrix.then(state.matrix)
        glyphs, width = _set_glyphs(pieces, state, face)
        if glyphs:
            self.page.marks.append(self._text_mark(glyphs, outer))
        self.text_matrix = Matrix(e=width).then(self.text_matrix)

    def _text_mark(self, glyphs: list[Glyph], outer: Matrix) -> TextMark:
        state = self.state
        left, right = glyphs[0].left, glyphs[-1].right
        low, high = state.rise - 0.22 * state.size, state.rise + 0.75 * state.size
        return TextMark(
            box=outer.box(left, low, right, high),
            sequence=self.page.sequence,
            ink=replace(state.fill, alpha=state.fill_alpha),
            font=state.face_key,
            size=abs(state.size) * outer.vertical_scale,
            baseline=outer.point(0, state.rise)[1],
            glyphs=tuple(
                replace(glyph, left=outer.point(glyph.left, 0)[0], right=outer.point(glyph.right, 0)[0])
                for glyph in glyphs
            ),
            visible=state.mode != INVISIBLE,
            clip=state.clip,
        )


def _set_glyphs(pieces: list[Any], state: _State, face: Face) -> tuple[list[Glyph], float]:
    """Lay out a shown string in text space; also its whole advance."""
    glyphs: list[Glyph] = []
    at = 0.0
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            at -= float(piece) / 1000 * state.size * state.horizontal
            continue
        for code in face.codes(bytes(piece)):
            width = face.width(code) / 1000 * state.size
            glyphs.append(Glyph(face.glyph(code), face.unicode.get(code), at, at + width * state.horizontal))
            space = state.word_space if code == 32 and not face.two_bytes else 0.0
            at += (width + state.character_space + space) * state.horizontal
    return glyphs, at


def _floats(operands: Operands) -> list[float]:
    return [float(operand) for operand in operands if not isinstance(operand, pikepdf.Name)]


def _corners(array: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(number) for number in array)
    return left, bottom, right, top


def _device(kind: str, space: str) -> Callable[[_StreamReader, Operands], None]:
    def act(reader: _StreamReader, operands: Operands) -> None:
        ink = read_ink(space, _floats(operands))
        if kind == "fill":
            reader.state = replace(reader.state, fill=ink, fill_space=space)
        else:
            reader.state = replace(reader.state, stroke=ink, stroke_space=space)

    return act


_R = _StreamReader
_ACTIONS: dict[str, Callable[[_StreamReader, Operands], None]] = {
    "q": _R.save, "Q": _R.restore, "cm": _R.concatenate, "w": _R.line_width, "gs": _R.external_state,
    "cs": _R.fill_space, "CS": _R.stroke_space, "sc": _R.fill_colour, "scn": _R.fill_colour,
    "SC": _R.stroke_colour, "SCN": _R.stroke_colour,
    "g": _device("fill", "/DeviceGray"), "G": _device("stroke", "/DeviceGray"),
    "rg": _device("fill", "/DeviceRGB"), "RG": _device("stroke", "/DeviceRGB"),
    "k": _device("fill", "/DeviceCMYK"), "K": _device("stroke", "/DeviceCMYK"),
    "m": _R.add_points, "l": _R.add_points, "c": _R.add_points, "v": _R.add_points, "y": _R.add_points,
    "re": _R.rectangle, "W": _R.mark_clip, "W*": _R.mark_clip, "n": _R.end_path,
    "f": _R.fill, "F": _R.fill, "f*": _R.fill, "S": _R.stroke, "s": _R.stroke,
    "B": _R.fill_and_stroke, "B*": _R.fill_and_stroke, "b": _R.fill_and_stroke, "b*": _R.fill_and_stroke,
    "sh": _R.shade, "Do": _R.draw, "INLINE IMAGE": _R.inline_picture,
    "BMC": _R.begin_marked, "BDC": _R.begin_marked, "EMC": _R.end_marked,
    "BT": _R.begin_text, "Tf": _R.font, "Tc": _R.character_space, "Tw": _R.word_space,
    "Tz": _R.horizontal_scale, "TL": _R.leading, "Ts": _R.rise, "Tr": _R.mode, "Td": _R.move,
    "TD": _R.move_with_leading, "T*": _R.next_line, "Tm": _R.set_matrix, "Tj": _R.show, "TJ": _R.show_array,
    "'": _R.next_line_show, '"': _R.spaced_show,
}  # fmt: skip
