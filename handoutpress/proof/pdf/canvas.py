"""What content streams share while a page is read: the graphics state, and the record of what was painted."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

import pikepdf

from handoutpress.proof.pdf.colours import space_name
from handoutpress.proof.pdf.embedded_fonts import EmbeddedFont
from handoutpress.proof.pdf.geometry import Box, Matrix
from handoutpress.proof.pdf.marks import Ink, Mark, MarkedSequence, PageMarks

EVERYWHERE = Box(-1e6, -1e6, 1e6, 1e6)
BLACK = Ink("DeviceGray", (0.0,))


@dataclass(slots=True)
class GraphicsState:
    """The graphics state (ISO 32000-1, 8.4) as far as the checks read it. A stream changes its own copy of it.

    ``horizontal`` is the horizontal scaling, 1 for none; ``mode`` the text rendering mode (ISO 32000-1, 9.3).
    """

    matrix: Matrix
    clip: Box = EVERYWHERE
    fill: Ink = BLACK
    stroke: Ink = BLACK
    fill_space: Any = "/DeviceGray"
    stroke_space: Any = "/DeviceGray"
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    line_width: float = 1.0
    font: EmbeddedFont | None = None
    font_key: str = ""
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    horizontal: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    in_slot: bool = False

    def copy(self) -> GraphicsState:
        """Return the same state, to be changed apart: a page saves hundreds of them."""
        return GraphicsState(*_ALL_FIELDS_OF(self))


_ALL_FIELDS_OF = attrgetter(*(field.name for field in fields(GraphicsState)))


@dataclass
class Canvas:
    """The record of one page. ``fonts`` is shared between the pages of a file, so that each font is read once."""

    fonts: dict[str, EmbeddedFont]
    marks: list[Mark] = field(default_factory=list)
    sequences: list[MarkedSequence] = field(default_factory=list)
    group_spaces: list[str] = field(default_factory=list)
    font_keys: dict[str, None] = field(default_factory=dict)
    complete: bool = True
    endless: bool = False
    open: list[MarkedSequence] = field(default_factory=list)
    slots: list[Box] = field(default_factory=list)

    @property
    def sequence(self) -> MarkedSequence | None:
        return self.open[-1] if self.open else None

    def begin(self, sequence: MarkedSequence) -> None:
        self.open.append(sequence)
        self.sequences.append(sequence)

    def end(self) -> None:
        if self.open:
            self.open.pop()
        else:
            self.complete = False

    def note_group(self, holder: Any) -> None:
        """Remember the colour space of a page's or form's transparency group (ISO 32000-1, 11.6.6)."""
        group = holder.get("/Group")
        if isinstance(group, pikepdf.Dictionary) and "/CS" in group:
            self.group_spaces.append(space_name(group["/CS"]))

    def result(self) -> PageMarks:
        return PageMarks(
            marks=tuple(self.marks),
            sequences=tuple(self.sequences),
            group_spaces=tuple(self.group_spaces),
            fonts=tuple(self.font_keys),
            complete=self.complete,
            endless=self.endless,
            slots=tuple(self.slots),
        )
