"""The block ``picture``, and pictures within other blocks: each with its caption and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handoutpress.content.models.blocks.picture import Credit, PictureContent, ShownPicture
from handoutpress.content.pictures.handout_picture import PictureUse, use_of
from handoutpress.content.text.ties import MOST
from handoutpress.press.page.blocks.drawings import DrawingView, picture_drawing
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import NOTHING, TextWriter
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.phrases import apart, ended_well, say

_GAP = 7.0
"""Between two columns, mm."""
_LETTER = 0.65
"""How wide a letter of a label is on the average at most, in em, its cell's padding included."""
_OF_SCREEN = 12
"""Letters that a third of a phone's screen has room for."""
_WORDS = re.compile(r"[^\s\-\u3000-\u9fff\uff00-\uffef]+")
"""What is never broken: Chinese is, between any two signs."""


@dataclass(frozen=True)
class PictureView:
    """A picture with the words below it; ``drawing`` is None where the page shows no pictures.

    ``labels`` stand below as many equal parts of the drawing, or ``listed`` in lines where a word is wider than a part.
    """

    drawing: DrawingView | None
    labels: tuple[Markup, ...]
    listed: bool
    caption: Markup
    credit: Markup

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        yield from paragraphs(*self.labels, self.caption, self.credit)


def picture_section(name: str, content: PictureContent, writer: TextWriter) -> SectionView:
    """Return the section of a picture."""
    return SectionView(name, "picture", content.heading or "", block=picture_view(content, use_of(content), writer))


def column_width(writer: TextWriter, columns: int) -> float | None:
    """Return how wide each of so many columns is, mm; None on a screen."""
    width = writer.choice.text_width
    return (width - _GAP * (columns - 1)) / columns if width else None


def picture_view(
    picture: ShownPicture, use: PictureUse, writer: TextWriter, widest: float | None = None
) -> PictureView:
    """Return a picture as the page of ``writer`` shows it, at most ``widest`` mm wide, else as wide as the text."""
    drawing = None
    if writer.choice.with_pictures:
        widest = widest or writer.choice.text_width
        drawing = picture_drawing(writer.pictures[picture.file], use, picture.alt, widest, writer.fineness)
    room = _letters_of_part(picture, drawing, writer) if drawing else 0
    return PictureView(
        drawing=drawing,
        # "Days 1 to 3" stays on one line where its part of the drawing has room.
        labels=tuple(writer.plain(label, max(1, min(room, MOST))) for label in picture.labels) if drawing else (),
        listed=_longest_word(picture.labels) > room,
        caption=ended_well(writer.line(picture.caption)) if picture.caption else NOTHING,
        credit=_credit(picture.credit, writer) if picture.credit else NOTHING,
    )


def _letters_of_part(picture: ShownPicture, drawing: DrawingView, writer: TextWriter) -> int:
    """Return how many letters of a label a line has below its part of the drawing."""
    em = writer.choice.em
    return int(drawing.width / max(1, len(picture.labels)) / em / _LETTER) if em else _OF_SCREEN


def _longest_word(labels: Sequence[str]) -> int:
    """Return the letters of the longest word, which a hyphen parts and marks beside letters do not lengthen."""
    return max((len(word) for label in labels for word in _WORDS.findall(label)), default=0)


def _credit(credit: Credit, writer: TextWriter) -> Markup:
    """Return whose picture it is; a licence is named by its own name, a right without one is not."""
    by = apart(credit.by, writer.language)
    if credit.licence.startswith("CC"):
        by = Markup("{}, {}").format(by, apart(credit.licence, writer.language))
    return say(writer.phrases.blocks.picture_by, writer.language, by=by)
