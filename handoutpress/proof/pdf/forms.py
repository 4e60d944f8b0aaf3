"""Form XObjects: which of them a brand put into the slots of a plate, and what their words are painted in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

from handoutpress.proof.pdf.colours import Colour
from handoutpress.proof.pdf.geometry import Matrix

MAX_DEPTH = 12
"""Forms inside forms that are followed."""
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_SET = frozenset({"g", "rg", "k", "cs", "sc", "scn", "Tf"})
_WATCHED = " ".join([*_SHOW, *_SET, "q Q gs Do sh f F f* B B* b b* S s BI ID EI"])
"""The operators that set and show words, or paint anything else."""
_MAY_SHOW = (b"Tj", b"TJ", b"Do", b"'", b'"')
"""What a content stream with words holds: a code's, with its hundreds of rectangles, need not be read."""


def matrix_of(form: Any) -> Matrix:
    """Where a form's own space lies in the space that it is drawn in."""
    return Matrix(*(float(number) for number in form.get("/Matrix", (1, 0, 0, 1, 0, 0))))


def is_slot(form: Any) -> bool:
    """Whether a form fills the unit square, as a picture does: branding puts such a form where the slot's picture was.

    The forms that the engine makes for groups are as large as what they hold.
    """
    filled = matrix_of(form).box(*(float(number) for number in form["/BBox"]))
    return all(abs(edge - wanted) < 0.001 for edge, wanted in zip(filled, (0, 0, 1, 1), strict=True))


def slot_inks(pdf: pikepdf.Pdf) -> frozenset[Colour] | None:
    """The colours of the words in a PDF's slots.

    None where they cannot be told, where a letter has no glyph, or where a slot with words paints more than them: that
    may be a ground of their own.
    """
    inks: set[Colour] = set()
    try:
        for form in _slots(pdf):
            art = _ArtForms()
            art.read(form, _TextState((0, 0, 0), None))
            if None in art.inks or (art.inks and art.draws) or art.shows_a_box:
                return None
            inks |= art.inks  # type: ignore[arg-type]
    except (pikepdf.PdfError, KeyError, ValueError, TypeError, IndexError):
        return None
    return frozenset(inks)


def _slots(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The forms in slots that may show words, each once."""
    seen = set()
    for page in pdf.pages:
        for drawn in page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary()).values():
            if drawn.objgen not in seen:
                seen.add(drawn.objgen)
                if drawn.get("/Subtype") == "/Form" and _may_show(drawn.read_bytes()) and is_slot(drawn):
                    yield drawn


def _may_show(content: bytes) -> bool:
    return any(operator in content for operator in _MAY_SHOW)


class _TextState(NamedTuple):
    """What words are painted with now: their colour, None for one that cannot be told, and their font."""

    fill: Colour | None
    font: Any


class _ArtForms:
    """What one slot paints: the colours of its words, None for one that cannot be told, and whether more than words.

    ``shows_a_box`` tells whether one of its letters may have no glyph.
    """

    def __init__(self) -> None:
        self.inks: set[Colour | None] = set()
        self.draws = False
        self.shows_a_box = False

    def read(self, form: Any, now: _TextState, depth: int = 0) -> None:
        kept: list[_TextState] = []
        for part in pikepdf.parse_content_stream(form, _WATCHED):
            name = str(part.operator)
            if name in _SHOW:
                self.inks.add(now.fill)
                self.shows_a_box |= _may_show_a_box(now.font, part.operands[-1])
            elif name in _SET:
                now = _set(now, name, part.operands, form)
            elif name == "q":
                kept.append(now)
            elif name == "Q":
                now = kept.pop()
            elif name == "Do" and depth < MAX_DEPTH and (inner := _inner(form, part.operands[0])) is not None:
                self.read(inner, now, depth + 1)
            elif not (name == "gs" and _is_opaque(form, part.operands[0])):
                self.draws = True


def _set(now: _TextState, name: str, operands: Any, form: Any) -> _TextState:
    if name == "Tf":
        return now._replace(font=form["/Resources"]["/Font"][str(operands[0])])
    return now._replace(fill=_colour(name, [float(number) for number in operands] if name in ("g", "rg") else []))


def _colour(operator: str, numbers: list[float]) -> Colour | None:
    if operator == "g":
        numbers *= 3
    return (round(255 * numbers[0]), round(255 * numbers[1]), round(255 * numbers[2])) if numbers else None


def _inner(form: Any, name: Any) -> Any:
    """The form that a form draws under ``name``; None for a picture."""
    drawn = form["/Resources"]["/XObject"][str(name)]
    return drawn if drawn.get("/Subtype") == "/Form" else None


def _is_opaque(form: Any, name: Any) -> bool:
    return float(form["/Resources"]["/ExtGState"][str(name)].get("/ca", 1)) >= 1


def _may_show_a_box(font: Any, shown: Any) -> bool:
    """Whether a letter has no glyph, or there is no telling. Codes of the engine's fonts are glyphs; 0 is none."""
    if font is None or font.get("/Subtype") != "/Type0":
        return False
    pieces = [shown] if isinstance(shown, pikepdf.String) else shown
    texts = b"".join([bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)])
    codes_are_glyphs = font["/Encoding"] == "/Identity-H" and font["/DescendantFonts"][0]["/CIDToGIDMap"] == "/Identity"
    return not codes_are_glyphs or len(texts) % 2 == 1 or 0 in memoryview(texts).cast("H")
