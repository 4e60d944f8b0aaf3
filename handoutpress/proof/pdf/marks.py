"""What a page's content paints, as values: text, paths, pictures, and the marked-content sequences around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.text_order import as_read

StreamKey = tuple[int, int]
"""Object and generation number of the page or form whose content stream holds a mark."""


class MarkedContent(NamedTuple):
    """A marked-content identifier, and the stream in which it counts (ISO 32000-1, 14.7.4.2)."""

    stream: StreamKey
    mcid: int


@dataclass(frozen=True)
class MarkedSequence:
    """One marked-content sequence (ISO 32000-1, 14.6). ``mcid`` is None where it has none."""

    tag: str
    stream: StreamKey
    mcid: int | None
    parents: tuple[MarkedSequence, ...] = ()
    actual_text: str | None = None

    @property
    def is_artifact(self) -> bool:
        return self.tag == "/Artifact" or any(parent.tag == "/Artifact" for parent in self.parents)

    @property
    def content(self) -> MarkedContent | None:
        """The marked content that the sequence itself begins; None where it has no identifier."""
        return None if self.mcid is None else MarkedContent(self.stream, self.mcid)

    @property
    def owner(self) -> MarkedContent | None:
        """The innermost marked content that this sequence stands under: its own, or that of a parent."""
        for sequence in (self, *reversed(self.parents)):
            if sequence.mcid is not None:
                return MarkedContent(sequence.stream, sequence.mcid)
        return None


@dataclass(frozen=True)
class Ink:
    """A colour as painted: the device space ("DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern", or a name of
    another space) and its components from 0 to 1, palettes and ICC profiles resolved to the space below.

    ``role`` names the colour role whose space it was set in, such as "primary_text"; it is empty for any other ink.
    """

    space: str
    values: tuple[float, ...]
    alpha: float = 1.0
    role: str = ""

    def at(self, alpha: float) -> Ink:
        """Return this ink at an opacity."""
        return self if self.alpha == alpha else replace(self, alpha=alpha)


class Glyph(NamedTuple):
    """One glyph as shown. ``text`` is what it extracts as: None where the font does not say."""

    number: int
    text: str | None
    left: float
    right: float


@dataclass(frozen=True)
class TextMark:
    """One shown string: its glyphs from left to right, the size in pt as printed, and the box of its em square.

    ``font`` is the key of its font in ``FinishedPdf.fonts``; ``in_slot`` is True for what a brand put into a slot of
    the plate.
    """

    box: Box
    sequence: MarkedSequence | None
    ink: Ink
    font: str
    size: float
    baseline: float
    glyphs: tuple[Glyph, ...]
    visible: bool
    clip: Box
    in_slot: bool = False

    @cached_property
    def text(self) -> str:
        """What the mark reads, glyph after glyph in the order of reading."""
        return as_read([glyph.text or "\ufffd" for glyph in self.glyphs])

    @property
    def owner(self) -> MarkedContent | None:
        """The marked content that the mark stands under."""
        return self.sequence.owner if self.sequence else None

    @property
    def is_artifact(self) -> bool:
        """Whether the mark stands outside the handout's text."""
        return self.sequence is not None and self.sequence.is_artifact


@dataclass(frozen=True)
class PathMark:
    """A painted path of so many closed ``shapes``.

    ``line_width`` is the printed width in pt of a stroke, None for a fill.
    """

    box: Box
    sequence: MarkedSequence | None
    ink: Ink
    line_width: float | None
    rectangles: int
    clip: Box
    shapes: int = 0


@dataclass(frozen=True)
class PictureMark:
    """A sampled picture: its size in samples and the colour space it is stored in."""

    box: Box
    sequence: MarkedSequence | None
    columns: int
    rows: int
    space: str
    clip: Box


Mark = TextMark | PathMark | PictureMark


@dataclass(frozen=True)
class PageMarks:
    """All that one page paints, in painting order, and every marked-content sequence on it.

    ``group_spaces`` names the device colour spaces of the transparency groups that were passed through, ``fonts`` the
    keys of the fonts; ``complete`` is False where the content was too deep, too long or broken; ``endless`` is True
    where it was too deep or too long. ``slots`` are the boxes that a brand filled.
    """

    marks: tuple[Mark, ...]
    sequences: tuple[MarkedSequence, ...]
    group_spaces: tuple[str, ...]
    fonts: tuple[str, ...]
    complete: bool = True
    endless: bool = False
    slots: tuple[Box, ...] = ()

    @cached_property
    def texts(self) -> list[TextMark]:
        return [mark for mark in self.marks if isinstance(mark, TextMark)]
