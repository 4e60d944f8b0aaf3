"""The painting operators of a content stream: state, colour, paths, pictures, marks (ISO 32000-1, 8 and 14.6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf

from handoutpress.press.roles import ROLES
from handoutpress.press.roles import space_name as role_space
from handoutpress.proof.canvas import Canvas, Operands, State, floats
from handoutpress.proof.colours import read_ink, space_name
from handoutpress.proof.geometry import Box, Matrix, box_around
from handoutpress.proof.marks import Ink, PathMark, PictureMark, Sequence, StreamKey
from handoutpress.proof.textreader import TEXT_ACTIONS, TextReader

ROLE_OF_SPACE = {role_space(role): role for role in ROLES}
"""A plate sets the colours of its brand in spaces that are named after their roles (docs/plates.md)."""

DrawForm = Callable[[Any, Any, State], None]
"""Paints a form XObject, given the resources of its surroundings and the present state."""


class StreamReader(TextReader):
    """One content stream with its own state stack; marks go to the page's ``Canvas``."""

    def __init__(self, page: Canvas, resources: Any, state: State, key: StreamKey, draw_form: DrawForm) -> None:
        super().__init__(page, resources, state, key)
        self.draw_form = draw_form
        self.stack: list[State] = []
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


def _device(kind: str, space: str) -> Callable[[StreamReader, Operands], None]:
    def act(reader: StreamReader, operands: Operands) -> None:
        ink = read_ink(space, floats(operands))
        if kind == "fill":
            reader.state.fill, reader.state.fill_space = ink, space
        else:
            reader.state.stroke, reader.state.stroke_space = ink, space

    return act


_R = StreamReader
ACTIONS: dict[str, Callable[[StreamReader, Operands], None]] = {
    **TEXT_ACTIONS,
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
}  # fmt: skip
